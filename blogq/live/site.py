"""A site that answers for its URLs while it is being edited: what the preview shows."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from blogq.collect import Unreadable, read_file, real
from blogq.content.post import DRAFT, MISSING, Entry
from blogq.finding import Finding
from blogq.library.permalinks import quoted
from blogq.library.site import moment
from blogq.library.status import Choice, goes_live
from blogq.live.edits import is_of_texts, is_planned_the_same, offers, with_texts
from blogq.live.judging import LiveGate, leads
from blogq.live.kin import LiveKin, showing_other
from blogq.live.media_types import TYPES, media_type
from blogq.live.planning import planned, setup_of, with_index, with_pictures, with_related
from blogq.live.reading import MUCH, Reader
from blogq.live.rendering import Renderings
from blogq.live.state import Read, State, told_of
from blogq.plan.jobs import CopyJob, RenderJob
from blogq.preview.source import Answer, Change, Judged, Offer, Place, Waiting
from blogq.section_defaults import section_texts
from blogq.store.columns import Damaged

LARGEST_SHOWN = 1 << 30
"""Bytes of a file that is handed to a browser, which holds it in memory."""
JUDGED = 30
"""Posts that aren't public yet of which the start page has the score; to judge one takes some 30 ms."""
PAGES = frozenset(("post", "page", "list", "taxonomy", "archive", "404", "redirect", "search"))
"""Kinds of outputs that people look at."""


class LiveSite:
    """A site in memory. `update` may be called from one thread while others ask for pages."""

    def __init__(
        self,
        site: Path,
        overrides: Mapping[str, Any],
        all_posts: bool = True,
        now: int | None = None,
        jobs: int = 0,
        waiting: Callable[[str], None] = lambda who: None,
        check: bool = True,
    ) -> None:
        """Read the site in the folder `site`; the gate judges pages with `check`.

        `overrides` are config values by dotted key. Drafts and future posts are shown, unless `all_posts` is False.
        `now` is the present in seconds since 1970, None for the system's time; `waiting` is called when a build has to
        end first. OSError when the store can't be written.
        """
        self.site = real(site)
        self.all_posts = all_posts
        self.now = now
        self.reader = Reader(self.site, overrides, jobs, waiting)
        self.renderings = Renderings(self.reader.shelf)
        self.gate = LiveGate() if check else None
        self.kin = LiveKin(self.reader.store)
        self._updating = threading.Lock()
        self.state = self._planned(self.reader.read(None))
        self.renderings.show(self.state, None)

    def told(self) -> str:
        """Return in words how much there is."""
        site = self.state.arranged.plan.site
        posts = sum(entry.kind == "post" for entry in site.entries)
        pages = len(site.entries) - posts
        return f"{posts:,} post{'s' * (posts != 1)}, {pages:,} page{'s' * (pages != 1)}"

    # What there is.

    @property
    def prefix(self) -> str:
        """Subpath of the site, without a slash at the end."""
        return self.state.arranged.plan.prefix

    def answer(self, path: str) -> Answer:
        """Return what there is at `path`: decoded, without the subpath, beginning with a slash."""
        state = self.state
        job = state.jobs.get(path) or state.jobs.get(path.removesuffix("index.html"))
        if job is not None:
            return self._page(state, job, 200)
        copy = state.copies.get(path)
        if copy is not None:
            return Answer(200, media_type(path), load=lambda: self._file(copy))
        if f"{path}/" in state.jobs:
            return Answer(307, "text/plain; charset=utf-8", location=self.prefix + quoted(f"{path}/"))
        return self._not_found(state, path)

    def judge(self, path: str) -> Judged | None:
        """Return what the gate says of the page at `path`; None where it says nothing."""
        state = self.state
        job = state.jobs.get(path) or state.jobs.get(path.removesuffix("index.html"))
        if job is None or self.gate is None or job.kind not in ("post", "page"):
            return None
        site = state.arranged.plan.site
        language = site.languages[job.subject]
        judged = self.gate.judge(state, site.entries[job.subject], job.kind, language, self._present())
        if judged is None:
            return None
        return judged._replace(findings=(*judged.findings, *leads(state, self.reader.shelf, job.subject)))

    def waiting(self) -> list[Waiting]:
        """Return what isn't public yet: drafts, those that were edited last first, then what is scheduled, by day."""
        state = self.state
        plan, read = state.arranged.plan, state.read
        drafts: list[tuple[int, Waiting]] = []
        scheduled: list[Waiting] = []
        for entry, url in zip(plan.site.entries, plan.site.urls, strict=True):
            mark, when = self._mark(entry)
            if not mark or entry.kind == "section":
                continue
            judged = self.judge(url) if len(drafts) + len(scheduled) < JUDGED else None
            score = judged.score if judged is not None else None
            told = Waiting(entry.title, plan.prefix + quoted(url), read.sources.shown + entry.path, when, score)
            if mark == "draft":
                drafts.append((-read.stats[state.rows[entry.path]][1], told))
            else:
                scheduled.append(told)
        return [told for _, told in sorted(drafts)] + sorted(scheduled, key=lambda told: told.when)

    def _not_found(self, state: State, path: str) -> Answer:
        homes = sorted((edition.home for edition in state.arranged.plan.site.editions), key=len, reverse=True)
        home = next((each for each in homes if path.startswith(each)), "/")
        job = state.jobs.get(f"{home}404.html")
        if job is None:
            copy = state.copies.get(f"{home}404.html")
            body = self._file(copy) if copy is not None else b"<!doctype html><title>404</title><p>Not found.</p>\n"
            return Answer(404, TYPES[".html"], body, is_page=True, findings=self._wrong(state, None))
        return self._page(state, job, 404)

    def _page(self, state: State, job: RenderJob, status: int) -> Answer:
        try:
            made = self.renderings.page(job)
        except Damaged:
            # The state has changed meanwhile, or the store was tampered with: read all of it again.
            self.update(None)
            made = self.renderings.page(job)
        is_page = job.kind in PAGES
        entry = self._entry_of(state, job)
        findings = self._wrong(state, entry, made.mistake) if is_page or made.mistake else ()
        kind = media_type(job.path)
        if made.data is None:
            return Answer(500, TYPES[".html"], b"", is_page=True, findings=findings)
        mark, when = self._mark(entry)
        source = state.read.sources.shown + entry.path if entry is not None else ""
        return Answer(status, kind, made.data, "", None, is_page, findings, mark, when, source)

    def _file(self, copy: CopyJob) -> bytes:
        """Return the bytes of a file that is published as it is. OSError when it can't be read."""
        try:
            data = read_file(copy.root, copy.source, copy.shown, self.state.read.sources.bounds, LARGEST_SHOWN).data
        except Unreadable as error:
            raise OSError(error.finding.message) from error
        if copy.strip:
            from blogq.images import metadata

            return metadata.without_metadata(data)
        return data

    def _wrong(self, state: State, entry: Entry | None, mistake: Finding | None = None) -> tuple[Finding, ...]:
        """Return all errors, and whatever else is wrong with the source `entry`."""
        own = state.read.told.get(entry.path, ()) if entry is not None else ()
        first = (mistake,) if mistake is not None else ()
        return tuple(dict.fromkeys((*first, *state.serious, *(each for each in own if each.severity != "note"))))

    @staticmethod
    def _entry_of(state: State, job: RenderJob) -> Entry | None:
        """Return the source of a page, None for one that blogq makes."""
        plan = state.arranged.plan
        if job.kind in ("post", "page"):
            return plan.site.entries[job.subject]
        if job.kind == "list" and plan.lists[job.subject].entry >= 0:
            return plan.site.entries[plan.lists[job.subject].entry]
        return None

    def _mark(self, entry: Entry | None) -> tuple[str, str]:
        """Return why a build would leave `entry` out, and the day from which it wouldn't."""
        if entry is None:
            return "", ""
        if entry.flags & DRAFT:
            return "draft", ""
        moment_ = goes_live(entry)
        if moment_ != MISSING and moment_ > self._present():
            return "scheduled", moment(moment_, entry.offset).date().isoformat()
        return "", ""

    def _present(self) -> int:
        return int(time.time()) if self.now is None else self.now

    def _planned(self, read: Read) -> State:
        """Return the state that follows from `read`."""
        config, now = read.loaded.config, self._present()
        choice = Choice(now, self.all_posts or config.drafts, self.all_posts or config.future)
        return planned(read, choice, self.reader.shelf, self.reader.store, self.kin)

    def places(self) -> list[Place]:
        """Return the folders whose files matter, as of the last update."""
        state = self.state
        avoided = {str(state.read.output), str(self.reader.store)}
        places = [Place(self.site, False)]
        inside = [entry.path for entry in os.scandir(self.site) if entry.is_dir() and not entry.name.startswith(".")]
        places += [Place(Path(path), True) for path in sorted(inside) if path not in avoided]
        places += [Place(layer.folder, True) for layer in state.read.theme.layers if self._is_elsewhere(layer.folder)]
        content = Path(state.read.sources.content.root or self.site)
        if self._is_elsewhere(content):
            places.append(Place(content, True))
        return [place for place in places if place.folder.name not in ("node_modules", "_site")]

    def _is_elsewhere(self, folder: Path) -> bool:
        return not real(folder).is_relative_to(self.site)

    def is_settled(self, path: str) -> bool:
        """Return False while a known source is empty or gone, as it is for a moment when many editors save."""
        try:
            if os.stat(path).st_size:
                return True
        except OSError:
            pass
        found = self._row(self.state, path)
        return found is None or not self.state.read.entries[found].record

    def warm(self) -> None:
        """Load what the first edit will need, while nobody waits."""
        with self._updating:
            self.reader.warm(self.state.read)
        if self.gate is not None:
            first = next((job for job in self.state.arranged.plan.jobs if job.kind == "post"), None)
            if first is not None:
                self.judge(first.url)

    # What has changed.

    def update(self, paths: Collection[str] | None) -> Change:
        """Take in what has changed in the files at the absolute `paths`; None to look at everything."""
        with self._updating:
            before = self.state
            rows = self._rows(before, paths)
            if rows is not None:
                done = self._edited(before, rows)
                if done is not None:
                    return done
            return self._read_again(before, paths)

    def _row(self, state: State, path: str) -> int | None:
        root = state.read.sources.content.root + os.sep
        return state.rows.get(path[len(root) :].replace(os.sep, "/")) if path.startswith(root) else None

    def _rows(self, state: State, paths: Collection[str] | None) -> dict[int, str] | None:
        """Return which sources are at `paths`, None where something else is among them that matters."""
        if paths is None or len(paths) >= MUCH:
            return None
        rows: dict[int, str] = {}
        for path in paths:
            row = self._row(state, path)
            if row is None:
                if not os.path.lexists(path) and not self._is_known(state, path):
                    # It came and went while something was saved.
                    continue
                return None
            if not os.path.isfile(path) or section_texts([state.read.entries[row].path]):
                return None
            rows[row] = path
        return rows

    @staticmethod
    def _is_known(state: State, path: str) -> bool:
        """Return whether `path`, at which there is nothing now, was something that matters or a folder of such."""
        if path.endswith((".yaml", ".yml")) or path in state.read.files:
            return True
        listing, inside = state.read.sources.content, path + os.sep
        if any(each.startswith(inside) for each in state.read.files):
            return True
        below = inside[len(listing.root) + 1 :]
        return inside.startswith(listing.root + os.sep) and any(each.startswith(below) for each in listing.paths)

    def _edited(self, before: State, rows: Mapping[int, str]) -> Change | None:
        """Take in new texts of the sources at `rows`; None when more than texts has changed."""
        read = before.read
        entries, stats, told = list(read.entries), list(read.stats), dict(read.told)
        changed: dict[str, Entry] = {}
        for row in rows:
            old = entries[row]
            stats[row], entry = self.reader.one(read, old)
            if entry is None:
                continue
            if not is_of_texts(old, entry):
                return None
            entries[row] = changed[entry.path] = entry
            told.pop(entry.path, None)
            told |= told_of([entry])
        if not changed:
            state = State(read._replace(stats=stats), before.arranged, before.setup)
            return self._show(before, state, frozenset(), (), (), "")
        by_path = before.arranged.targets.by_path
        changed_at = {by_path[path]: entry for path, entry in changed.items() if path in by_path}
        plan, related = self.kin.with_texts(before.arranged.plan, changed_at)
        arranged, urls = with_texts(before.arranged._replace(plan=plan), changed)
        urls |= related
        state = State(read._replace(entries=entries, stats=stats, told=told), arranged, before.setup)
        if any(before.read.entries[row].images != entries[row].images for row in rows):
            state = with_pictures(state, self.reader.store)
        edited = self._edited_url(state, changed)
        return self._show(before, state, urls, (), (), edited)

    def _read_again(self, before: State, paths: Collection[str] | None) -> Change:
        """Read everything again that may have changed."""
        read = self.reader.read(before.read)
        same = is_planned_the_same(before, read)
        changed = [
            new
            for old, new in zip(before.read.entries, read.entries, strict=False)
            if old is not new and old.path == new.path
        ]
        if same:
            arranged, urls = with_texts(before.arranged, {entry.path: entry for entry in changed})
            state = with_related(State(read, arranged, setup_of(read, self.reader.store)), self._present(), self.kin)
            state = with_index(with_pictures(state, self.reader.store), self.reader.store)
            shown: frozenset[str] | None = urls | showing_other(state.arranged.plan, before.arranged.plan.related)
            if _shaping(before) != _shaping(state) or before.arranged.plan.pictures != state.arranged.plan.pictures:
                shown = None
        else:
            state, shown = self._planned(read), None
            spoiled = [each for each in state.arranged.findings if each.severity == "error"]
            if spoiled and (whole := self.reader.without_spoiled(before.read, read, spoiled)) is not None:
                state = self._planned(whole)
        files = tuple(
            url for url, copy in state.copies.items() if _is_other(before.copies.get(url), copy, before, read)
        )
        offered = () if same else offers(before, state)
        chosen = {path for path in paths or () if self._row(state, path) is not None}
        known = {state.read.entries[row].path: state.read.entries[row]
                 for path in chosen if (row := self._row(state, path)) is not None}  # fmt: skip
        edited = self._edited_url(state, known or {entry.path: entry for entry in changed})
        return self._show(before, state, shown, files, offered, edited)

    def _show(
        self,
        before: State,
        state: State,
        urls: frozenset[str] | None,
        files: tuple[str, ...],
        offers: tuple[Offer, ...],
        edited: str,
    ) -> Change:
        if before.serious != state.serious:
            urls = None
        self.renderings.show(state, urls)
        self.state = state
        if len(self.reader.shelf.own) > 2 * MUCH:
            self.reader.shelf.keep_only([*before.read.entries, *state.read.entries])
        prefix = state.arranged.plan.prefix
        told = None if urls is None else frozenset(prefix + quoted(url) for url in urls)
        return Change(told, tuple(prefix + quoted(url) for url in files), offers, edited)

    @staticmethod
    def _edited_url(state: State, changed: Mapping[str, Entry]) -> str:
        """Return the URL of the page of the one source among `changed`."""
        found = [index for path in changed if (index := state.arranged.targets.by_path.get(path)) is not None]
        if len(found) != 1:
            return ""
        plan = state.arranged.plan
        return plan.prefix + quoted(plan.site.urls[found[0]])


def _shaping(state: State) -> tuple[object, ...]:
    """Return the names and digests of all files that shape pages; of static ones only the names."""
    files = state.setup.files
    return tuple((name, b"" if name.startswith("static/") else found.digest) for name, found in sorted(files.items()))


def _is_other(old: CopyJob | None, new: CopyJob, before: State, read: Read) -> bool:
    """Return whether a file was there and is another one now."""
    if old is None:
        return False
    place = f"{new.root}/{new.source}"
    was, found = before.read.files.get(place), read.files.get(place)
    return was is not None and found is not None and was[1] != found[1]
