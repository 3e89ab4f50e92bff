"""Notice what is saved: events of the file system gathered into batches, and looking for oneself where there are none.

Editors save in many ways: over the old file, beside it and then in its place, by emptying it first. A batch ends a
moment after its last event, and not while a file that had text is empty or gone. Events can't be relied on: the system
may have no more watches to give, network folders send none, links lead elsewhere. So coverage is checked when watching
begins, everything is looked at now and then, and what nobody was told of makes scanning take over.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from blogq.preview.source import Place, Source

QUIET = 0.012
"""Seconds without an event that end a batch."""
LONGEST = 0.2
"""Seconds that a batch may take, however many events there are."""
MANY = 40
"""Paths from which a batch is one of many files, which may take longer: a branch that is switched."""
QUIET_OF_MANY, LONGEST_OF_MANY = 0.08, 1.5
PATIENCE = 0.3
"""Seconds to wait for a file that is empty or gone to be written."""
SWEPT = 3.0
"""Seconds after which everything is looked at, at the soonest."""
SWEEPING = 60
"""Times as long as it takes to look at everything are to pass before it is done again; when scanning, `SCANNING`."""
SCANNING = 4
SCANNED = 0.25
"""The least number of seconds between two scans."""
DOUBT = 1.0
"""Seconds in which an event is to tell of what was found by looking at everything."""
MISSED = 2
"""Changes that nobody was told of, from which events aren't relied on."""
_TOLD = {EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED, EVENT_TYPE_CLOSED}
_SHOWN = {".well-known", ".nojekyll", ".htaccess"}


def matters(path: str) -> bool:
    """Return whether a file of this name can be a source: not hidden, nor what an editor leaves behind."""
    name = os.path.basename(path)
    if name.endswith(("~", ".swp", ".swx", ".tmp")) or name == "4913" or (name[:1] == "#" and name[-1:] == "#"):
        return False
    return not name.startswith(".") or name in _SHOWN


class _Handler(FileSystemEventHandler):
    def __init__(self, put: Callable[[str], None]) -> None:
        self.put = put

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _TOLD or (event.is_directory and event.event_type == EVENT_TYPE_MODIFIED):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self.put(os.fsdecode(path))


class Watcher:
    """Watches the folders of a source."""

    def __init__(self, source: Source, told: Callable[[str], None], scan_only: bool = False) -> None:
        """`told` is called with a sentence when scanning takes over; with `scan_only` it does so from the beginning."""
        self.source = source
        self.told = told
        self.is_scanning = False
        self.ended = False
        self.cost = 0.02
        """Seconds that it takes to look at everything."""
        self._paths: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._observer: Observer | None = None  # type: ignore[valid-type]
        self._watched: set[Place] = set()
        self._missed = 0
        self._is_doubtful = False
        self._only = scan_only

    def start(self) -> None:
        """Begin to watch, and check that every folder is."""
        if self._only:
            self.scan("as asked for")
            return
        try:
            # That alone fails where other programs have taken all instances that the system gives.
            self._observer = Observer()
            self._observer.start()
            self.cover()
        except OSError as error:
            self.scan(f"the system refuses to watch: {error.strerror or error}")
            return
        if sys.platform == "linux":
            threading.Thread(target=self._check, name="blogq-coverage", daemon=True).start()

    def _check(self) -> None:
        folders = sum(_folders(place) for place in tuple(self._watched))
        watches = _watches()
        if 0 <= watches < folders and not self.ended:
            self.scan(
                f"the system watches {watches:,} of {folders:,} folders (its limit is fs.inotify.max_user_watches)"
            )

    def cover(self) -> None:
        """Watch folders that have been added, and no longer those that are gone. OSError when the system refuses."""
        if self._observer is None or self.is_scanning:
            return
        places = set(self.source.places())
        for place in places - self._watched:
            if place.folder.is_dir():
                handler = _Handler(self._put)
                self._observer.schedule(handler, str(place.folder), recursive=place.deep)
                self._watched.add(place)
        self._watched &= {place for place in places if place.folder.is_dir()}

    def _put(self, path: str) -> None:
        if matters(path):
            self._paths.put(path)

    def scan(self, why: str) -> None:
        """Look at everything at short intervals from now on."""
        if not self.is_scanning:
            self.is_scanning = True
            self.told(f"Looking for changes every moment: {why}.")
            self._paths.put("")

    def found(self) -> None:
        """Note that looking at everything has brought up a change, of which an event may still tell."""
        self._is_doubtful = not self.is_scanning

    def end(self) -> None:
        """Stop watching."""
        self.ended = True
        self._paths.put("")
        if self._observer is not None:
            self._observer.stop()

    def batch(self) -> set[str] | None:
        """Wait for what changes next and return the paths; None when it is time to look at everything."""
        while not self.ended:
            wait = max(SCANNED, SCANNING * self.cost) if self.is_scanning else max(SWEPT, SWEEPING * self.cost)
            try:
                first = self._paths.get(timeout=min(wait, DOUBT) if self._is_doubtful else wait)
            except queue.Empty:
                if self._is_doubtful:
                    self._is_doubtful = False
                    self._missed += 1
                    if self._missed >= MISSED:
                        self.scan("the file system doesn't tell of all of them")
                return None
            self._is_doubtful = False
            paths = self._gathered({first} if first else set())
            if paths:
                return paths
        return set()

    def _gathered(self, paths: set[str]) -> set[str]:
        """Return `paths` with those of further events, until there is a pause and every file is settled."""
        began = time.monotonic()
        while True:
            many = len(paths) >= MANY
            if time.monotonic() - began >= (LONGEST_OF_MANY if many else LONGEST) and self._is_done(paths, began):
                return paths
            try:
                path = self._paths.get(timeout=QUIET_OF_MANY if many else QUIET)
            except queue.Empty:
                # Asked after the pause: a file may have been emptied in it, of which no event has come yet.
                if self._is_done(paths, began):
                    return paths
                continue
            if path:
                paths.add(path)

    def _is_done(self, paths: set[str], began: float) -> bool:
        """Return whether no file among `paths` is just being saved, or they are too many or too old to wait for."""
        if len(paths) >= MANY or time.monotonic() - began >= PATIENCE:
            return True
        return all(map(self.source.is_settled, paths))


def _folders(place: Place) -> int:
    return sum(1 for _ in os.walk(place.folder)) if place.deep else 1


def _watches() -> int:
    """Return how many folders the kernel watches for this process (`inotify` lines of proc(5)); -1 if it won't say."""
    count = 0
    try:
        for each in os.listdir("/proc/self/fdinfo"):
            try:
                count += Path(f"/proc/self/fdinfo/{each}").read_text().count("inotify wd:")
            except OSError:
                continue
    except OSError:
        return -1
    return count
