"""What readers have said, as the preview has it: kept up to date by itself, and who of them waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.arrangement import Arrangement, with_comments
from blogq.collect import real
from blogq.content.post import MISSING, Entry
from blogq.library.permalinks import quoted
from blogq.live.state import Read, State
from blogq.preview.source import Place, Unanswered
from blogq.source_names import COMMENTS, FAILED

if TYPE_CHECKING:
    from blogq.conversation.replies import Exchange

MOST = 50
"""Comments that the start page shows; `blogq inbox` lists all."""


def heard_again(before: State, arranged: Arrangement, read: Read, store: Path) -> tuple[Arrangement, frozenset[str]]:
    """Return `arranged`, a plan of `read`, with what readers have said by now, and the URLs of pages where that is new.

    Files of comments are read only where one has changed since `before`, or couldn't be read then.
    """
    if not read.sources.comments:
        return arranged, frozenset()
    if _listed(before.read) == _listed(read) and not (store / COMMENTS / FAILED).exists():
        return arranged, frozenset()
    old = arranged.plan.talk
    plan, noticed = with_comments(arranged.plan, read.sources, read.files)
    others = [each for each in arranged.findings if not each.code.startswith("CM")]
    changed = (at for at in {*old, *plan.talk} if old.get(at) != plan.talk.get(at))
    return arranged._replace(plan=plan, findings=[*others, *noticed]), frozenset(plan.site.urls[at] for at in changed)


def _listed(read: Read) -> list[tuple[str, str, bytes]]:
    """Return every file of comments with its digest."""
    known: Mapping[str, object] = read.files
    return [
        (scan.root, path, read.files[file][1] if (file := f"{scan.root}/{path}") in known else b"")
        for scan in read.sources.comments
        for path in scan.paths
    ]


def is_said_in(read: Read, path: str) -> bool:
    """Return whether `path` was a file of comments."""
    folders = [scan for scan in read.sources.comments if scan.root and path.startswith(f"{scan.root}/")]
    return any(path[len(scan.root) + 1 :] in scan.paths for scan in folders)


def folders_of(read: Read, site: Path) -> list[Place]:
    """Return the folders with comments that lie elsewhere than in the folders of `site` that are watched anyway."""
    places = []
    for source, scan in zip(read.loaded.config.comment_sources, read.sources.comments, strict=True):
        place = real(site / source.path)
        if not scan.root:
            # It isn't there yet; whoever makes it does so in the folder above.
            if place.parent.is_dir() and not place.parent.is_relative_to(site):
                places.append(Place(place.parent, False))
        elif not place.is_relative_to(site) or place.relative_to(site).as_posix().startswith("."):
            places.append(Place(Path(scan.root), scan.root == str(place)))
    return places


def waiting_in(state: State, mark_of: Callable[[Entry], tuple[str, str]]) -> tuple[tuple[Unanswered, ...], int]:
    """Return what waits for an answer at published posts, the oldest first, `MOST` at most, and how many more do.

    `mark_of` returns why a build would leave an entry out.
    """
    plan = state.arranged.plan
    if not plan.talk:
        return (), 0
    from blogq.report.inbox import beginning
    from blogq.talking import by_age, channel_names, exchanges_at

    site, shown = plan.site, state.read.sources.shown
    names = channel_names(site.config)
    found: list[Exchange] = []
    for at, comments in plan.talk.items():
        entry, url = site.entries[at], plan.prefix + quoted(site.urls[at])
        if not mark_of(entry)[0]:
            asked = exchanges_at(comments, shown + entry.path, entry.title, url, names)
            found += [each for each in asked if each.answered is None]
    found.sort(key=by_age)
    told = tuple(
        Unanswered(each.comment.author, beginning(each), each.link, _day(each.comment.created), each.title)
        for each in found[:MOST]
    )
    return told, len(found) - len(told)


def _day(created: int) -> str:
    return "" if created == MISSING else f"{datetime.fromtimestamp(created, UTC):%Y-%m-%d}"
