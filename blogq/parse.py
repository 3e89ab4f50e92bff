"""Parse what has changed: in this process when it is little, else in workers, each with a segment of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogq import workers
from blogq.collect import COARSE, LARGEST_SOURCE, Stat, Unreadable, is_young, read_file
from blogq.content.cascade import Cascade
from blogq.content.post import BROKEN, Dates, Entry, ParseOptions, broken
from blogq.helper import Helper, Later
from blogq.inherited import affected, given_to, inherit, source_digest
from blogq.sources import Sources
from blogq.store.digest import NONE
from blogq.store.memo import Memo
from blogq.store.segments import SegmentWriter, Writer

if TYPE_CHECKING:
    from blogq.content.parser import Parser

TURN = 64
"""Posts that a worker parses at a time; fewer than two such turns are not worth a second process."""
UNKNOWN: Stat = (-1, -1, -1, -1)
"""Stat tuple of a source that couldn't be read: it will be tried again."""


class ParseTask(NamedTuple):
    """What a worker needs to parse."""

    options: ParseOptions
    root: str
    shown: str
    bounds: tuple[str, ...]
    segments: Path
    segment: str
    """Segment to append to, or empty for a new one."""
    cascade: Cascade
    """Defaults for front matter."""


class Item(NamedTuple):
    """One source to be parsed."""

    path: str
    known: bytes
    """What it is remembered by, or nothing where it is to be parsed in any case."""
    dates: Dates | None
    """When it was committed, where that is asked for."""


class Parsed(NamedTuple):
    """All sources, parsed."""

    entries: list[Entry]
    stats: list[Stat]
    changed: int
    """How many were parsed anew, gone or new."""


class ParseWorker:
    """Parses one source after the other."""

    def __init__(self, task: ParseTask, writer: Writer | None = None) -> None:
        self.task = task
        self.parser: Parser | None = None
        self.writer: Writer = writer or SegmentWriter(task.segments, task.segment)

    def parse(self, path: str, known: bytes, dates: Dates | None) -> tuple[Stat, Entry | None]:
        """Return the stat tuple and entry of a source; no entry when it is still the one remembered by `known`."""
        task = self.task
        shown = task.shown + path
        try:
            source = read_file(task.root, path, shown, task.bounds, LARGEST_SOURCE)
        except Unreadable as error:
            return UNKNOWN, broken(path, NONE, [error.finding]).entry
        is_by = source_digest(source.data, given_to(path, task.cascade, dates))
        if known and is_by == known:
            return source.stat, None
        if self.parser is None:
            from blogq.content.parser import Parser

            self.parser = Parser(task.options)
        post = self.parser.parse(path, shown, source.data, task.cascade.of(path), dates)
        if post.entry.flags & BROKEN:
            return source.stat, post.entry._replace(source=is_by)
        place = self.writer.append(post.record)
        entry = post.entry._replace(
            source=is_by, segment=place.segment, start=place.offset, size=place.size, record=place.digest
        )
        return source.stat, entry


def _turn(worker: ParseWorker, items: Sequence[Item]) -> list[tuple[Stat, Entry | None]]:
    return [worker.parse(*item) for item in items]


def warm_parser() -> None:
    """Import what parsing needs; a task for the helper while it isn't known yet whether there is anything to parse."""
    import blogq.content.dates
    import blogq.content.fragments
    import blogq.content.front_matter
    import blogq.content.markdown
    import blogq.content.parser
    import blogq.content.telling
    import blogq.content.text  # noqa: F401


def parse_few(task: ParseTask, items: Sequence[Item]) -> list[tuple[Stat, Entry | None]]:
    """Parse a few sources; a task for the helper."""
    worker = ParseWorker(task)
    results = _turn(worker, items)
    worker.writer.close()
    return results


class Parsing:
    """The parsing of a site: what there is to do, begun by `begin` and ended by `result`."""

    def __init__(self, sources: Sources, memo: Memo, options: ParseOptions, segments: Path, jobs: int) -> None:
        listing = sources.content
        self.memo = memo
        self.jobs = jobs
        self.paths = [listing.paths[index] for index in sources.posts]
        self.stats = [listing.stats[index] for index in sources.posts]
        self.old: Sequence[int]
        if memo.paths == self.paths:
            self.old = range(len(self.paths))
            self.gone = 0
        else:
            places = {path: at for at, path in enumerate(memo.paths)}
            self.old = [places.get(path, -1) for path in self.paths]
            self.gone = len(places.keys() - set(self.paths))
        known = memo.stats if isinstance(self.old, range) else [memo.stats[at] if at >= 0 else None for at in self.old]
        limit = memo.at - COARSE
        self.todo = [
            at
            for at, (old, stat) in enumerate(zip(known, self.stats, strict=True))
            if old != stat or (max(stat[1], stat[2]) >= limit and is_young(stat, memo.at))
        ]
        self.inherited = inherit(sources, options, self.paths, self.todo, memo.given, segments.parent)
        if memo.paths and self.inherited.kept != memo.given:
            others = affected(self.inherited, options, self.paths, memo.given, segments.parent)
            self.todo = sorted(others.union(self.todo))
        self.task = self.task_of(sources, options, segments, memo.newest_segment(), self.inherited.cascade)
        self.later: Later[list[tuple[Stat, Entry | None]]] | None = None
        self._found: list[tuple[int, Stat, Entry | None]] | None = None

    @staticmethod
    def task_of(sources: Sources, options: ParseOptions, segments: Path, segment: str, cascade: Cascade) -> ParseTask:
        """Return what a worker needs to parse `sources`, appending to `segment` in the folder `segments`."""
        listing = sources.content
        return ParseTask(options, listing.root, sources.shown, sources.bounds, segments, segment, cascade)

    def begin(self, helper: Helper) -> None:
        """Have `helper` parse what there is to parse."""
        if self.todo:
            self.later = helper.submit(parse_few, self.task, [self._item(at, b"") for at in self.todo])

    def _item(self, at: int, known: bytes) -> Item:
        path = self.paths[at]
        return Item(path, known, self.inherited.dates.get(path))

    @property
    def is_much(self) -> bool:
        """Whether there is enough to do for a pool of workers."""
        return self.jobs > 1 and len(self.todo) >= 2 * TURN

    @property
    def is_nothing(self) -> bool:
        """Whether all is as the memo has it."""
        return not self.todo and not self.gone and self.is_given_the_same

    @property
    def is_given_the_same(self) -> bool:
        """Whether sources inherit what they did when the memo was written."""
        return self.inherited.kept == self.memo.given

    def found(self, progress: Callable[[int, int], None]) -> list[tuple[int, Stat, Entry | None]]:
        """Return what came of each source that was to be looked at: where it stands, its stat tuple, and its entry.

        No entry where its bytes are those that the memo knows. The work is done once.
        """
        if self._found is None:
            found: list[tuple[int, Stat, Entry | None]] = []
            for results in self._results():
                for stat, entry in results:
                    at = self.todo[len(found)]
                    if entry is not None and entry.source != NONE and entry.source == self._known(at):
                        entry = None
                    if self.inherited.seen.get(self.paths[at], stat) != stat:
                        # It was changed between two readings: what others inherit from it may be out of date.
                        stat = UNKNOWN
                    found.append((at, stat, entry))
                progress(len(found), len(self.todo))
            self._found = found
        return self._found

    def result(self, progress: Callable[[int, int], None]) -> Parsed:
        """Return every source parsed, in the order of paths; from the memo what hasn't changed."""
        found = self.found(progress)
        known = self.memo.entries() if self.memo.paths else []
        entries: list[Entry | None] = [known[place] if place >= 0 else None for place in self.old]
        stats = list(self.stats)
        changed = self.gone
        for at, stat, entry in found:
            stats[at] = stat
            if entry is not None:
                entries[at] = entry
                changed += 1
        return Parsed([entry for entry in entries if entry is not None], stats, changed)

    def _known(self, at: int) -> bytes:
        """Return the digest that the memo knows of a source, or nothing."""
        place = self.old[at]
        source = self.memo.entry(place).source if place >= 0 else b""
        return b"" if source == NONE else source

    def _results(self) -> Iterable[list[tuple[Stat, Entry | None]]]:
        if self.later is not None:
            yield self.later.result()
            return
        items = [self._item(at, self._known(at)) for at in self.todo]
        if self.is_much:
            task = self.task._replace(segment="")
            with workers.start(min(self.jobs, -(-len(items) // TURN)), ParseWorker, task) as executor:
                yield from workers.in_turns(executor, _turn, items, TURN)
            return
        worker = ParseWorker(self.task)
        if len(items) > TURN:
            workers.collect_garbage()
        for at in range(0, len(items), TURN):
            yield _turn(worker, items[at : at + TURN])
        worker.writer.close()


def is_wasteful(segments: Path, used: frozenset[str], live: int) -> bool:
    """Return whether more than half of the segments in use is garbage; `live` bytes of them aren't."""
    held = sum((segments / name).stat().st_size for name in used if (segments / name).exists())
    return held > 2 * live + (1 << 20)


def tidy(segments: Path, entries: list[Entry]) -> list[Entry]:
    """Remove segments that nothing refers to; write the records anew when more than half of the rest is garbage.

    Return the entries, with the new places of their records. Call `sweep` once they are saved.
    """
    used = frozenset(entry.segment for entry in entries if entry.segment)
    if not is_wasteful(segments, used, sum(entry.size for entry in entries if entry.segment)):
        return entries
    from blogq.store.records import place_of
    from blogq.store.segments import SegmentReader

    reader, writer = SegmentReader(segments), SegmentWriter(segments)
    moved: list[Entry] = []
    for entry in entries:
        if entry.segment:
            place = writer.append(reader.read(place_of(entry)))
            entry = entry._replace(segment=place.segment, start=place.offset)
        moved.append(entry)
    writer.close()
    reader.close()
    return moved


def sweep(segments: Path, entries: list[Entry]) -> None:
    """Remove segments that no entry refers to."""
    used = {entry.segment for entry in entries}
    if segments.is_dir():
        for path in segments.iterdir():
            if path.name not in used:
                path.unlink(missing_ok=True)
