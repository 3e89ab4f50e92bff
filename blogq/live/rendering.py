"""Pages of a site in memory: rendered when they are asked for, kept while they stay the same.

Where a page can't be rendered, the one that was made last stays, with what is wrong.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from blogq.finding import Finding
from blogq.live.records import LiveRecords, Shelf
from blogq.live.state import State
from blogq.plan.jobs import RenderJob
from blogq.render.files import STATIC, Found, Setup
from blogq.render.page import Renderer, Scene
from blogq.render.template import Templates

MOST_PAGES = 256
"""Pages that are kept."""
MOST_BYTES = 32 << 20
"""Bytes of all pages that are kept."""


class Rendered(NamedTuple):
    """A page as it was last made, and what is wrong where it couldn't be made anew."""

    data: bytes | None
    """None where it was never made."""
    mistake: Finding | None
    stamp: int
    """Which state it was made of."""


class Renderings:
    """The pages of a site, whichever state it is in. Safe to use from several threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, Rendered] = OrderedDict()
        self._size = 0
        self._stamp = 0
        self._all_since = 0
        self._since: dict[str, int] = {}
        self._state: State | None = None
        self._renderer: Renderer | None = None
        self._templates: Templates | None = None

    def show(self, state: State, urls: Iterable[str] | None) -> None:
        """Take pages from `state` from now on, of which those at `urls` may look different; None for all of them."""
        with self._lock:
            self._stamp += 1
            if urls is None:
                self._all_since = self._stamp
                self._since.clear()
            else:
                self._since.update(dict.fromkeys(urls, self._stamp))
            before = self._state.setup if self._state is not None else None
            if before is None or (before is not state.setup and not _is_shaped_alike(before, state.setup)):
                self._templates = None
            elif self._templates is not None:
                # What static files hold shows in no page.
                self._templates.files = self._templates.environment.files = state.setup.files
            self._state, self._renderer = state, None

    def page(self, job: RenderJob) -> Rendered:
        """Return the page of `job`, made anew where it may look different. Raise `Damaged` when a record is lost.

        Whoever asks may know of a state before or after the one that is shown: what counts is the URL.
        """
        with self._lock:
            kept = self._pages.get(job.url)
            assert self._state is not None
            here = self._state.jobs.get(job.url)
            if here is None:
                return Rendered(kept.data if kept is not None else None, None, 0)
            job = here
            if kept is not None and kept.stamp >= max(self._all_since, self._since.get(job.url, 0)):
                self._pages.move_to_end(job.url)
                return kept
            made = self._renderer_of().render(job)
            if isinstance(made, Finding):
                found = Rendered(kept.data if kept is not None else None, made, self._stamp)
            else:
                found = Rendered(made.data, None, self._stamp)
            self._keep(job.url, found)
            return found

    def mistakes(self) -> list[Finding]:
        """Return what is wrong with the pages that were asked for last."""
        with self._lock:
            return [each.mistake for each in self._pages.values() if each.mistake is not None]

    def _renderer_of(self) -> Renderer:
        state = self._state
        assert state is not None
        if self._renderer is None:
            if self._templates is None:
                self._templates = Templates(state.setup)
            # Kept by the identity of views, none of which will come again.
            self._templates.environment.partials.clear()
            arranged, sources = state.arranged, state.read.sources
            scene = Scene(
                *(arranged.plan, arranged.targets, state.read.theme.options, state.setup),
                *(self._shelf.stored.folder, frozenset[str](), sources.shown),
            )
            records = LiveRecords(self._shelf, arranged.plan.site.entries)
            self._renderer = Renderer(scene, self._templates, records=records)
        return self._renderer

    def _keep(self, url: str, page: Rendered) -> None:
        old = self._pages.pop(url, None)
        self._size += len(page.data or b"") - len(old.data or b"" if old is not None else b"")
        self._pages[url] = page
        while len(self._pages) > MOST_PAGES or (self._size > MOST_BYTES and len(self._pages) > 1):
            gone, last = self._pages.popitem(last=False)
            self._size -= len(last.data or b"")
            self._since.pop(gone, None)


def _is_shaped_alike(one: Setup, other: Setup) -> bool:
    """Return whether templates loaded with `one` are those of `other`: nothing differs but what static files hold."""
    return _shaping(one) == _shaping(other) and one._replace(files={}) == other._replace(files={})


def _shaping(setup: Setup) -> dict[str, Found | None]:
    return {name: None if name.startswith(STATIC) else found for name, found in setup.files.items()}
