"""What an edit of some sources changes: nothing but texts, so that the plan still stands, or more than that."""

from __future__ import annotations

from collections.abc import Mapping

from blogq.arrangement import Arrangement
from blogq.content.post import Entry
from blogq.library.permalinks import quoted
from blogq.live.state import Read, State
from blogq.plan.jobs import CopyJob
from blogq.plan.showing import jobs_showing
from blogq.preview.source import Offer

PLACED = ("segment", "start", "size")
"""Where a record is."""
TEXTS = (
    *(*PLACED, "source", "card", "record", "ids", "findings", "links", "references", "shortcodes", "images"),
    *("vector", "telling"),
)
"""What an edit of the text changes in an entry. Links and images of a text are looked up when its page is made; what
its words change in lists of related posts is looked at by itself."""


def is_of_texts(old: Entry, new: Entry) -> bool:
    """Return whether nothing that a plan follows from differs between `old` and `new`."""
    if old.redirect_to and old.links != new.links:
        return False
    return old._replace(**{name: getattr(new, name) for name in TEXTS}) == new


def is_planned_the_same(before: State, read: Read) -> bool:
    """Return whether the plan of `before` is one of `read` as well, but for texts."""
    old = before.read
    if (old.loaded, old.theme.options, old.output) != (read.loaded, read.theme.options, read.output):
        return False
    if _listings(old) != _listings(read) or len(old.entries) != len(read.entries):
        return False
    return all(one is other or is_of_texts(one, other) for one, other in zip(old.entries, read.entries, strict=True))


def _listings(read: Read) -> list[tuple[str, list[str]]]:
    """Return the names of all files that are published."""
    sources = read.sources
    scans = [sources.content, sources.assets, *(layer.static for layer in sources.layers)]
    return [(scan.root, scan.paths) for scan in scans]


def with_texts(arranged: Arrangement, changed: Mapping[str, Entry]) -> tuple[Arrangement, frozenset[str]]:
    """Return the plan with the entries `changed` (by path) in place, and the URLs of the outputs that show them."""
    plan, by_path = arranged.plan, arranged.targets.by_path
    entries = list(plan.site.entries)
    urls: set[str] = set()
    for path, entry in changed.items():
        index = by_path.get(path)
        if index is not None:
            urls |= {job.url for job in jobs_showing(plan, index, entries[index].card != entry.card)}
            entries[index] = entry
    site = plan.site._replace(entries=tuple(entries))
    return arranged._replace(plan=plan._replace(site=site)), frozenset(urls)


def offers(before: State, state: State) -> tuple[Offer, ...]:
    """Return the pages that weren't there, or were elsewhere; none where there are many."""
    old = dict(zip((e.path for e in before.arranged.plan.site.entries), before.arranged.plan.site.urls, strict=True))
    site, prefix = state.arranged.plan.site, state.arranged.plan.prefix
    here = {entry.path for entry in site.entries}
    gone = {entry.source: old[entry.path] for entry in before.arranged.plan.site.entries if entry.path not in here}
    found: list[Offer] = []
    for entry, url in zip(site.entries, site.urls, strict=True):
        was = old.get(entry.path)
        if was == url or entry.kind == "section":
            continue
        was = was or gone.get(entry.source, "")
        found.append(Offer(entry.title, prefix + quoted(url), prefix + quoted(was) if was else ""))
    return tuple(found) if len(found) <= 3 else ()


def edited_url(state: State, changed: Mapping[str, Entry]) -> str:
    """Return the URL of the page of the one source among `changed`."""
    found = [index for path in changed if (index := state.arranged.targets.by_path.get(path)) is not None]
    if len(found) != 1:
        return ""
    plan = state.arranged.plan
    return plan.prefix + quoted(plan.site.urls[found[0]])


def is_other(old: CopyJob | None, new: CopyJob, before: State, read: Read) -> bool:
    """Return whether a file was there and is another one now."""
    if old is None:
        return False
    place = f"{new.root}/{new.source}"
    was, found = before.read.files.get(place), read.files.get(place)
    return was is not None and found is not None and was[1] != found[1]
