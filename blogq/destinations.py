"""Where the links and images of a site lead, for the gate: what leads nowhere, and which images are large.

The answer follows from what sources say of themselves, from files and config and from what is live, so it is kept in
`.blogq/leads` by a digest of just that, beside the digests of the records that were read for it. While nothing of it
changes, no record is read and no plan made; a text that changes, and no link or heading in it, changes nothing.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from blogq.config.schema import Check
from blogq.content.name import is_image
from blogq.content.post import BROKEN, DRAFT, HELD, MISSING, Cold, Entry
from blogq.finding import from_json
from blogq.lint.whole import Astray, Shown, Whole
from blogq.listing import Row, Survey, survey
from blogq.store.columns import Damaged
from blogq.store.digest import compose, of_value
from blogq.store.versions import code_digest

if TYPE_CHECKING:
    from blogq.collect import Scan
    from blogq.library.links import Targets
    from blogq.library.site import Site
    from blogq.link_check import Dead
    from blogq.sources import Sources

LARGEST = 1 << 28
"""Bytes beyond which what is kept isn't read."""
_UNCOUNTED = frozenset(("segment", "start", "size", "source", "record", "card", "vector", "telling"))
"""What an entry says of its record and its text: where a link leads doesn't depend on it. Where in the text the link
stands does; so the records that were read count besides."""
_SCALES = (".png", ".jpg", ".jpeg", ".webp", ".avif")
"""Endings of images of which smaller ones are made. GIFs mostly move, and are left as they are, like SVGs."""


class _Half(NamedTuple):
    """A site with some choice of its sources, and what links on it can lead to."""

    site: Site
    targets: Targets
    read: Callable[[int], Cold]
    """Loads the record of an entry."""
    looked_at: set[int]
    """Entries whose records were read."""


def leads_of(found: Survey, store: Path, least: int) -> Whole:
    """Return what there is on a site for rules of scope `site`; images of fewer than `least` bytes are left out."""
    key = leads_digest(found, least)
    records = {entry.path: entry.record.hex() for entry in found.entries}
    known = _load(store / "leads", key, records)
    if known is None:
        try:
            known, read = _found(found, store, least)
        except Damaged:
            # A record is lost: without the memo every source is parsed again.
            (store / "memo").unlink(missing_ok=True)
            known, read = _found(survey(store.parent, found.now), store, least)
        _save(store / "leads", key, known, {path: records[path] for path in read})
    return known


def leads_digest(found: Survey, least: int) -> bytes:
    """Return the digest of all that `leads_of` follows from but the records that it reads."""
    assert found.sources is not None
    parts = [code_digest(), of_value((replace(found.loaded.config, check=Check(), style=()), least))]
    texts = []
    for name, column in zip(Entry._fields, zip(*found.entries, strict=True), strict=False):
        if name in _UNCOUNTED:
            continue
        if isinstance(column[0], bytes):
            parts += column
        elif isinstance(column[0], int):
            parts.append(compose((array("q", column).tobytes(),)))
        else:
            texts.append("\0".join(column))
    texts.append("\0".join(row.status for row in found.rows))
    for listing in _listings(found.sources):
        texts.append("\0".join(listing.paths))
        sizes = [stat[0] for path, stat in zip(listing.paths, listing.stats, strict=True) if is_image(path)]
        parts.append(compose((array("q", sizes).tobytes(),)))
    # Each text counts with its length, so that none can run into the next.
    return compose(parts, *(f"{len(text)}\0{text}" for text in texts))


def _listings(sources: Sources) -> Iterator[Scan]:
    yield sources.content
    yield sources.assets
    yield from (layer.static for layer in sources.layers)


def _found(found: Survey, store: Path, least: int) -> tuple[Whole, list[str]]:
    """Return what there is, and the paths of the sources whose records were read."""
    entries = [entry for entry in found.entries if not entry.flags & BROKEN]
    live = _half(found, store, entries, False)
    astray = [*_of_parsing(found.entries)]
    soon = None
    if any(row.status not in ("live", "broken") for row in found.rows):
        waiting = [entry._replace(flags=entry.flags & ~(DRAFT | HELD), expiry=MISSING) for entry in entries]
        soon = _half(found, store, waiting, True)
    shown = [*_large(found, live, range(len(live.site.entries)), least)]
    astray += _astray(found, live, range(len(live.site.entries)), soon)
    if soon is not None:
        status = {entry.path: row.status for entry, row in zip(found.entries, found.rows, strict=True)}
        own = [at for at, entry in enumerate(soon.site.entries) if status[entry.path] in ("draft", "scheduled", "held")]
        shown += _large(found, soon, own, least)
        astray += _astray(found, soon, own, None)
    halves = [live] if soon is None else [live, soon]
    read = {half.site.entries[index].path for half in halves for index in half.looked_at}
    return Whole(tuple(astray), tuple(shown)), sorted(read)


def _half(found: Survey, store: Path, entries: list[Entry], everything: bool) -> _Half:
    """Return the site made of `entries` as a build would publish it; with `everything` also what isn't live yet."""
    from blogq.library.links import targets_of
    from blogq.library.site import assemble
    from blogq.library.status import Choice
    from blogq.outputs import copy_jobs
    from blogq.plan.claims import settle
    from blogq.plan.jobs import make_plan
    from blogq.store.records import Records

    sources, config = found.sources, found.loaded.config
    assert sources is not None
    posts = set(sources.posts)
    others = [path for at, path in enumerate(sources.content.paths) if at not in posts]
    choice = Choice(found.now, config.drafts or everything, config.future or everything)
    site, _ = assemble(entries, others, config, choice, sources.shown, lambda entry, key: 0)
    site = site._replace(files={**site.files, **sources.asset_urls()})
    plan = make_plan(site)
    # That a file is there is all that counts here, not what is in it.
    files = {
        f"{listing.root}/{path}": (stat, b"")
        for listing in _listings(sources)
        for path, stat in zip(listing.paths, listing.stats, strict=True)
    }
    jobs, copies, _ = settle(plan, copy_jobs(sources, plan, files), sources.shown, lambda entry, key: 0)
    urls = frozenset([*("/" + copy.path for copy in copies), *(job.url for job in jobs), *site.urls])
    records = Records(store / "bodies", site.entries)
    looked_at: set[int] = set()

    def read(index: int) -> Cold:
        looked_at.add(index)
        return records.read(index)

    return _Half(site, targets_of(site, urls), read, looked_at)


def _of_parsing(entries: Sequence[Entry]) -> Iterator[Astray]:
    """Yield the links within a page that parsing has found dead."""
    for entry in entries:
        if '"LK001"' in entry.findings:
            for each in from_json(entry.findings):
                if each.code == "LK001":
                    target = each.message.partition(" leads nowhere")[0].removeprefix("the link ")
                    yield Astray(
                        each.span.path, each.span.line, each.span.column, target, "link", each.message, each.hint
                    )


def _astray(found: Survey, half: _Half, indexes: Sequence[int], soon: _Half | None) -> Iterator[Astray]:
    """Yield what leads nowhere from the entries at `indexes`; `soon` is the site with all that isn't live."""
    from blogq.link_check import CIRCLE, dead_links, is_of_image, template_code, told

    assert found.sources is not None
    shown = found.sources.shown
    coded: dict[int, list[Dead]] = {}
    waiting = {row.path: row for row in found.rows if row.status not in ("live", "broken")}
    for each in dead_links(half.site, half.targets, half.read, indexes):
        path = shown + half.site.entries[each.entry].path
        place = (path, each.line, each.column)
        if each.kind == "t":
            coded.setdefault(each.entry, []).append(each)
        elif each.kind == "r":
            yield Astray(*place, each.target, "link", f"`redirect_to` {each.why}", CIRCLE)
        elif is_of_image(each):
            yield Astray(*place, each.target, "image", *told(each))
        else:
            row = _waiting(each, half, soon, waiting, shown) if soon else None
            message, hint = told(each)
            if row is not None:
                message, hint = _not_yet(each.target, row)
            yield Astray(*place, each.target, "link", message, hint)
    for index, links in coded.items():
        path = shown + half.site.entries[index].path
        message, hint = template_code(links)
        yield Astray(path, links[0].line, links[0].column, "template code", "link", message, hint, "warning")


def _waiting(dead: Dead, half: _Half, soon: _Half, waiting: dict[str, Row], shown: str) -> Row | None:
    """Return the source that a dead link of a live one leads to, where that isn't live; None where there is none."""
    from urllib.parse import unquote

    from blogq.library.links import resolve
    from blogq.library.site import index_of

    index = index_of(soon.site, half.site.entries[dead.entry].path)
    if index is None:
        return None
    url, leads_to, _ = resolve(soon.site, soon.targets, index, dead.target)
    if leads_to < 0:
        plain = unquote(url.partition("#")[0].partition("?")[0])
        wanted = (plain, f"{plain}/", plain.removesuffix("index.html"))
        leads_to = next((at for at, each in enumerate(soon.site.urls) if each in wanted), -1)
    return waiting.get(shown + soon.site.entries[leads_to].path) if leads_to >= 0 else None


def _not_yet(target: str, row: Row) -> tuple[str, str]:
    """Return message and hint about a link to a source that isn't live."""
    if row.status == "expired":
        return f"the link {target} leads nowhere: {row.path} has expired", "take the link out, or lead it elsewhere"
    if row.status == "held":
        message = f"the link {target} leads nowhere until {row.path} is mended: the gate holds that post back"
        return message, "mend that post; blogq check says what is wrong with it"
    why = "is a draft" if row.status == "draft" else "isn't published yet"
    when = f" (it is dated {row.date[:10]})" if row.status == "scheduled" and row.date else ""
    message = f"the link {target} leads nowhere until {row.path} goes live: that {why}{when}"
    return message, "publish that one first, or leave the link out until then"


def _large(found: Survey, half: _Half, indexes: Sequence[int], least: int) -> Iterator[Shown]:
    """Yield the places at which the entries at `indexes` show an image of at least `least` bytes as it is."""
    from blogq.plan.pictures import urls_of

    sources = found.sources
    assert sources is not None
    sizes: dict[str, int] = {}
    for layer in reversed(sources.layers):
        # Of two static files with one name the first layer's is published.
        sizes |= {f"/{path}": stat[0] for path, stat in zip(layer.static.paths, layer.static.stats, strict=True)}
    own = dict(zip(sources.content.paths, sources.content.stats, strict=True))
    own |= {sources.beside + path: s for path, s in zip(sources.assets.paths, sources.assets.stats, strict=True)}
    beside = {url: own[path][0] for path, url in half.site.files.items() if path in own}
    large = {url: size for url, size in (sizes | beside).items() if size >= least and is_image(url)}
    if not large:
        return
    scaled = {url for url in large if url in beside and url.lower().endswith(_SCALES)}
    if not found.loaded.config.images.enabled:
        scaled = set()
    for index in indexes:
        entry = half.site.entries[index]
        if not entry.links:
            continue
        of_target = {
            target: url
            for target in entry.links.split("\x1f")
            for url in urls_of(half.site, half.targets, index, target)
            if url in large
        }
        for target, kind, line, column in half.read(index).page["links"] if of_target else ():
            url = of_target.get(target, "")
            # What Markdown and front matter show is published in smaller sizes; raw HTML shows the file itself.
            if url and (kind == "i" or kind == "m") and not (url in scaled and (kind == "i" or not column)):
                yield Shown(sources.shown + entry.path, line, column, target, large[url])


def _load(path: Path, key: bytes, records: Mapping[str, str]) -> Whole | None:
    """Return what was kept under `key` with those of the `records` (digests by path) that were read; else None."""
    with suppress(OSError, ValueError, TypeError):
        if path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            start = b"%08x%s" % (crc32(data[8:]), key.hex().encode())
            if data.startswith(start):
                astray, shown, read = json.loads(data[len(start) :])
                if any(records.get(name) != record for name, record in read.items()):
                    return None
                return Whole(tuple(Astray(*each) for each in astray), tuple(Shown(*each) for each in shown))
    return None


def _save(path: Path, key: bytes, whole: Whole, read: Mapping[str, str]) -> None:
    """Keep `whole`; what the disk refuses is left out, for nothing but time depends on it."""
    told = key.hex().encode() + json.dumps([whole.astray, whole.shown, read], separators=(",", ":")).encode()
    beside = path.with_name(f"leads.{os.getpid()}")
    with suppress(OSError):
        try:
            beside.write_bytes(b"%08x" % crc32(told) + told)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
