"""A site that answers for its URLs while it is being edited: what the preview shows."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from blogq.collect import real
from blogq.content.post import Entry
from blogq.finding import Finding
from blogq.library.permalinks import quoted
from blogq.library.status import Choice
from blogq.live.conversation import folders_of, heard_again, is_said_in
from blogq.live.desk import desk_of
from blogq.live.edits import edited_url, is_of_texts, is_other, is_planned_the_same, offers, with_texts
from blogq.live.files import file_of
from blogq.live.judging import LiveGate
from blogq.live.kin import LiveKin, showing_other
from blogq.live.known import LiveBaseline
from blogq.live.margin import Margins
from blogq.live.media_types import TYPES, media_type
from blogq.live.planning import planned, setup_of, with_index, with_pictures, with_related
from blogq.live.published import content_of
from blogq.live.reading import MUCH, Reader
from blogq.live.rendering import Renderings
from blogq.live.state import Read, State, told_of
from blogq.live.unpublished import mark_of, marked_links, words_for_draft
from blogq.live.whole_gate import WholeGate
from blogq.plan.jobs import RenderJob
from blogq.preview.source import Answer, Change, Desk, Judged, Offer, Place
from blogq.section_defaults import section_texts
from blogq.store.columns import Damaged
from blogq.workers import processors

TIDIED = 32
"""Records that are made anew before those that nobody needs any more are forgotten."""
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
        self._waiting = waiting
        self.reader = Reader(self.site, overrides, jobs, self._stopped)
        self.renderings = Renderings(self.reader.shelf)
        self.margins: Margins | None = None
        if check:
            # One processor is for the page on screen.
            whole = WholeGate(self.site, overrides, now, jobs or max(1, processors() - 1))
            self.margins = Margins(LiveGate(), whole, LiveBaseline(self.site))
        self.kin = LiveKin(self.reader.store)
        self._updating = threading.Lock()
        self.state = self._planned(self.reader.read(None))
        self.renderings.show(self.state, None)
        self._first = frozenset(self.state.rows)

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

    @property
    def editor(self) -> str:
        """Name of the editor that the config asks for, or empty."""
        return self.state.read.loaded.config.editor

    def file_of(self, shown: str) -> str:
        """Return the real path of the file of the site that findings call `shown`; empty where there is none."""
        return file_of(self.state, str(self.site), shown)

    def answer(self, path: str) -> Answer:
        """Return what there is at `path`: decoded, without the subpath, beginning with a slash."""
        state = self.state
        job = state.jobs.get(path) or state.jobs.get(path.removesuffix("index.html"))
        if job is not None:
            return self._page(state, job, 200)
        copy = state.copies.get(path)
        if copy is not None:
            return Answer(200, media_type(path), load=lambda: content_of(copy, state.read.sources.bounds))
        if f"{path}/" in state.jobs:
            return Answer(307, "text/plain; charset=utf-8", location=self.prefix + quoted(f"{path}/"))
        return self._not_found(state, path)

    def judge(self, path: str) -> Judged | None:
        """Return what the gate says of the page at `path`; None where it says nothing."""
        state = self.state
        job = state.jobs.get(path) or state.jobs.get(path.removesuffix("index.html"))
        if job is None or self.margins is None or job.kind not in ("post", "page"):
            return None
        return self.margins.judge(state, self.reader.shelf, job.subject, job.kind, self._present())

    def desk(self) -> Desk:
        """Return what the start page shows, as far as it is known."""
        return desk_of(self.state, self.margins, self._mark, self._first)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have `listener` called, in another thread, when the gate has said something new."""
        if self.margins is not None:
            self.margins.whole.listen(listener)

    def close(self) -> None:
        """End the process that judges the whole blog."""
        if self.margins is not None:
            self.margins.whole.close()

    def _not_found(self, state: State, path: str) -> Answer:
        homes = sorted((edition.home for edition in state.arranged.plan.site.editions), key=len, reverse=True)
        home = next((each for each in homes if path.startswith(each)), "/")
        job = state.jobs.get(f"{home}404.html")
        if job is None:
            copy = state.copies.get(f"{home}404.html")
            body = b"<!doctype html><title>404</title><p>Not found.</p>\n"
            if copy is not None:
                with content_of(copy, state.read.sources.bounds).file as file:
                    body = file.read()
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
        links = marked_links(made.data, job.url, self.prefix, self._mark_at) if is_page else ()
        words = words_for_draft(state.setup.files, state.languages) if links else ()
        return Answer(status, kind, made.data, "", None, is_page, findings, mark, when, source, links, words)

    def _wrong(self, state: State, entry: Entry | None, mistake: Finding | None = None) -> tuple[Finding, ...]:
        """Return all errors, what is wrong with menus and texts, and with the source `entry`."""
        own = state.read.told.get(entry.path, ()) if entry is not None else ()
        first = (mistake,) if mistake is not None else ()
        return tuple(
            dict.fromkeys((*first, *state.serious, *state.mild, *(each for each in own if each.severity != "note")))
        )

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
        return mark_of(entry, self.state.read.loaded.config, self._present())

    def _mark_at(self, path: str) -> tuple[str, str]:
        """Return the same of the page at `path`; nothing of one that isn't there."""
        jobs = self.state.jobs
        job = jobs.get(path) or jobs.get(path.removesuffix("index.html")) or jobs.get(f"{path}/")
        return self._mark(self._entry_of(self.state, job)) if job is not None else ("", "")

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
        places += folders_of(state.read, self.site)
        return [place for place in places if place.folder.name not in ("node_modules", "_site")]

    def _is_elsewhere(self, folder: Path) -> bool:
        return not real(folder).is_relative_to(self.site)

    def is_settled(self, path: str) -> bool:
        """Return False while a known source or file of comments is empty or gone.

        It is for a moment when many editors save.
        """
        try:
            if os.stat(path).st_size:
                return True
        except OSError:
            pass
        if is_said_in(self.state.read, path):
            return False
        found = self._row(self.state, path)
        return found is None or not self.state.read.entries[found].record

    def warm(self) -> None:
        """Load what the first edit will need, while nobody waits."""
        with self._updating:
            self.reader.warm(self.state.read)
        # What was read stays: looking for garbage needn't look at it again and again.
        gc.collect()
        gc.freeze()
        if self.margins is not None:
            first = next((job for job in self.state.arranged.plan.jobs if job.kind == "post"), None)
            if first is not None:
                self.judge(first.url)
            self.margins.whole.start()

    def _stopped(self, who: str) -> None:
        """Tell that the process with the number `who` holds the store, unless it is one that can be asked again."""
        if self.margins is None or not self.margins.whole.interrupt(who):
            self._waiting(who)

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
        edited = edited_url(state, changed)
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
            arranged, talked = heard_again(before, arranged, read, self.reader.store)
            state = with_related(State(read, arranged, setup_of(read, self.reader.store)), self._present(), self.kin)
            state = with_index(with_pictures(state, self.reader.store), self.reader.store)
            other = showing_other(state.arranged.plan, before.arranged.plan.related)
            shown: frozenset[str] | None = urls | talked | other
            if _shaping(before) != _shaping(state) or before.arranged.plan.pictures != state.arranged.plan.pictures:
                shown = None
        else:
            state, shown = self._planned(read), None
            spoiled = [each for each in state.arranged.findings if each.severity == "error"]
            if spoiled and (whole := self.reader.without_spoiled(before.read, read, spoiled)) is not None:
                state = self._planned(whole)
        files = tuple(url for url, copy in state.copies.items() if is_other(before.copies.get(url), copy, before, read))
        offered = () if same else offers(before, state)
        chosen = {path for path in paths or () if self._row(state, path) is not None}
        known = {state.read.entries[row].path: state.read.entries[row]
                 for path in chosen if (row := self._row(state, path)) is not None}  # fmt: skip
        edited = edited_url(state, known or {entry.path: entry for entry in changed})
        known_before = set(map(id, before.read.entries))
        many = sum(id(entry) not in known_before for entry in read.entries) >= MUCH
        return self._show(before, state, shown, files, offered, edited, many)

    def _show(
        self,
        before: State,
        state: State,
        urls: frozenset[str] | None,
        files: tuple[str, ...],
        offers: tuple[Offer, ...],
        edited: str,
        many: bool = False,
    ) -> Change:
        if (before.serious, before.mild) != (state.serious, state.mild):
            urls = None
        # In this order: whoever has seen the new page is told of the new state.
        self.state = state
        self.renderings.show(state, urls)
        if self.margins is not None:
            self.margins.whole.changed(many)
        if self.reader.shelf.appended >= TIDIED:
            self.reader.shelf.keep_only([*before.read.entries, *state.read.entries])
        prefix = state.arranged.plan.prefix
        told = None if urls is None else frozenset(prefix + quoted(url) for url in urls)
        return Change(told, tuple(prefix + quoted(url) for url in files), offers, edited)


def _shaping(state: State) -> tuple[object, ...]:
    """Return the names and digests of all files that shape pages; of static ones only the names."""
    files = state.setup.files
    return tuple((name, b"" if name.startswith("static/") else found.digest) for name, found in sorted(files.items()))
