"""The conversation of a site as the gate, the inbox and reports see it: what was asked where, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.collect import Stat, Unreadable, digest_file
from blogq.config.schema import Config
from blogq.content.post import BROKEN
from blogq.conversation.anchors import anchors_of
from blogq.conversation.comment import WORDLESS, Comment
from blogq.conversation.gathering import gather, unmatched
from blogq.conversation.matching import Place, matched
from blogq.conversation.replies import Channel, Exchange, Talk, answers
from blogq.conversation.scanning import bounds_of
from blogq.finding import Finding
from blogq.library.permalinks import quoted
from blogq.library.site import aliases_of, assemble
from blogq.library.status import Choice
from blogq.listing import Survey
from blogq.plan.jobs import split_base
from blogq.source_names import STORE
from blogq.sources import Sources


class Heard(NamedTuple):
    """Everything that was said on a site."""

    talk: Talk
    comments: dict[str, tuple[Comment, ...]]
    """All comments on a post or page, approved or not, the oldest first, by the path of its source."""
    findings: list[Finding]


def hear(found: Survey) -> Heard:
    """Return the conversation of a site that was read; `found.sources` must be there."""
    sources, config = found.sources, found.loaded.config
    assert sources is not None
    gathered = gather(config, sources.comments, _digests(sources), Path(sources.bounds[0]) / STORE)
    origin, prefix = split_base(config.base_url)
    urls = _urls(found, sources, prefix)
    live = [at for at, row in enumerate(found.rows) if row.status == "live" and at in urls]
    rows = [found.rows[at]._replace(url=urls[at]) for at in live]
    places = [
        Place(row.url.removeprefix(prefix), aliases_of(found.entries[at]), found.entries[at].path)
        for at, row in zip(live, rows, strict=True)
    ]
    on = matched(gathered.comments, places, prefix)
    channels_of = channel_names(config)
    exchanges: list[Exchange] = []
    last: dict[str, int] = {}
    pending = 0
    for index, comments in on.of.items():
        row = rows[index]
        shown = [each for each in comments if each.approved]
        pending += len(comments) - len(shown)
        for each in shown:
            if each.is_owner and each.kind not in WORDLESS:
                channel = channels_of.get(each.source, "")
                last[channel] = max(last.get(channel, each.created), each.created)
        exchanges += exchanges_at(shown, row.path, row.title, f"{origin}{row.url}", channels_of)
    exchanges.sort(key=by_age)
    capacity = config.comments.capacity if config.comments is not None else 0
    channels = [Channel("", config.base_url, capacity, last.get(""))]
    channels += [Channel(each.name, each.url, each.capacity, last.get(each.name)) for each in config.channels]
    by_path = {rows[index].path: comments for index, comments in on.of.items()}
    return Heard(
        Talk(tuple(exchanges), tuple(channels), pending),
        by_path,
        [*gathered.findings, *unmatched(on.lost)],
    )


def channel_names(config: Config) -> dict[str, str]:
    """Return the name of the channel whose conversation each source holds, by the source's path."""
    return {source.path: source.channel for source in config.comment_sources}


def exchanges_at(
    shown: Sequence[Comment], path: str, title: str, address: str, channels_of: Mapping[str, str]
) -> list[Exchange]:
    """Return what is there to be answered at one post, with its answers.

    `shown` are its approved comments in order of time; `path` and `title` are the post's, `address` is where its page
    is, and `channels_of` has the channel of each source.
    """
    anchors = anchors_of(shown)
    return [
        Exchange(
            comment,
            path,
            title,
            answered,
            channels_of.get(comment.source, ""),
            comment.address or f"{address}#{anchors[comment.source, comment.id]}",
        )
        for comment, answered in answers(shown)
    ]


def by_age(each: Exchange) -> tuple[int, str, str, str]:
    """Order exchanges from the oldest to the newest; those of one moment by where they are kept."""
    return (each.comment.created, each.path, each.comment.source, each.comment.id)


def _urls(found: Survey, sources: Sources, prefix: str) -> dict[int, str]:
    """Return where live sources stand on the site; after a build nobody has asked for that yet."""
    urls = {at: row.url for at, row in enumerate(found.rows) if row.url}
    if urls:
        return urls
    whole = [entry for entry in found.entries if not entry.flags & BROKEN]
    site, _ = assemble(whole, [], found.loaded.config, Choice(found.now), sources.shown, lambda entry, key: 0)
    of_path = dict(zip((entry.path for entry in site.entries), site.urls, strict=True))
    return {at: prefix + quoted(of_path[entry.path]) for at, entry in enumerate(found.entries) if entry.path in of_path}


def _digests(sources: Sources) -> dict[str, tuple[Stat, bytes]]:
    """Return stat tuples and digests of the files of comments, by real path; those that can't be read are missing."""
    found: dict[str, tuple[Stat, bytes]] = {}
    bounds: Sequence[str] = bounds_of(sources.comments)
    for listing in sources.comments:
        for path in listing.paths:
            try:
                found[f"{listing.root}/{path}"] = digest_file(listing.root, path, path, tuple(bounds))
            except Unreadable:
                continue
    return found
