"""Parse what has changed: in this process when it is little, else in workers, each with a segment of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from blogq import workers
from blogq.collect import LARGEST_SOURCE, Stat, Unreadable, is_young, read_file
from blogq.content.post import BROKEN, Entry, ParseOptions, Parser, broken
from blogq.sources import Sources
from blogq.store.digest import NONE, digest
from blogq.store.memo import Memo
from blogq.store.segments import SegmentWriter

TURN = 64
"""Posts that a worker parses at a time; fewer than two such turns are not worth a second process."""
LARGEST_SEGMENT = 64 << 20
"""Bytes beyond which a segment is not appended to."""
UNKNOWN: Stat = (-1, -1, -1, -1)
"""Stat tuple of a source that couldn't be read: it will be tried again."""


@dataclass(frozen=True, slots=True)
class ParseTask:
    """What a worker needs to parse."""

    options: ParseOptions
    root: str
    shown: str
    bounds: tuple[str, ...]
    segments: Path
    segment: str
    """Segment to append to, or empty for a new one."""


class Parsed(NamedTuple):
    """All sources, parsed."""

    entries: list[Entry]
    stats: list[Stat]
    changed: int
    """How many were parsed anew, gone or new."""


class ParseWorker:
    """Parses one source after the other."""

    def __init__(self, task: ParseTask) -> None:
        self.task = task
        self.parser: Parser | None = None
        self.writer = SegmentWriter(task.segments, task.segment)

    def parse(self, path: str, known: bytes) -> tuple[Stat, Entry | None]:
        """Return the stat tuple and entry of a source; no entry when its bytes still have the digest `known`."""
        task = self.task
        shown = task.shown + path
        try:
            source = read_file(task.root, path, shown, task.bounds, LARGEST_SOURCE)
        except Unreadable as error:
            return UNKNOWN, broken(path, NONE, [error.finding]).entry
        if known and digest(source.data) == known:
            return source.stat, None
        if self.parser is None:
            self.parser = Parser(task.options)
        post = self.parser.parse(path, shown, source.data)
        if post.entry.flags & BROKEN:
            return source.stat, post.entry
        place = self.writer.append(post.record)
        entry = post.entry._replace(segment=place.segment, start=place.offset, size=place.size, record=place.digest)
        return source.stat, entry


def _turn(worker: ParseWorker, items: Sequence[tuple[str, bytes]]) -> list[tuple[Stat, Entry | None]]:
    return [worker.parse(path, known) for path, known in items]


def parse_sources(
    sources: Sources,
    memo: Memo,
    options: ParseOptions,
    segments: Path,
    jobs: int,
    progress: Callable[[int, int], None],
) -> Parsed:
    """Return every Markdown source parsed, in the order of paths; from `memo` what hasn't changed."""
    listing = sources.content
    paths = [listing.paths[index] for index in sources.posts]
    stats = [listing.stats[index] for index in sources.posts]
    todo: list[int] = []
    if memo.paths == paths:
        old: Sequence[int] = range(len(paths))
        gone = 0
    else:
        places = {path: at for at, path in enumerate(memo.paths)}
        old = [places.get(path, -1) for path in paths]
        gone = len(places.keys() - set(paths))
    entries: list[Entry | None] = [None] * len(paths)
    known = memo.entries() if memo.paths else []
    for at, place in enumerate(old):
        if place < 0:
            todo.append(at)
        elif memo.stats[place] != stats[at] or is_young(stats[at], memo.at):
            entries[at] = known[place]
            todo.append(at)
        else:
            entries[at] = known[place]
    changed = gone
    if todo:
        items: list[tuple[str, bytes]] = []
        for at in todo:
            entry = entries[at]
            items.append((paths[at], entry.source if entry is not None and entry.source != NONE else b""))
        task = ParseTask(options, listing.root, sources.shown, sources.bounds, segments, "")
        done = 0
        for results in _results(task, items, jobs, known):
            for stat, found in results:
                at = todo[done]
                done += 1
                stats[at] = stat
                if found is not None:
                    entries[at] = found
                    changed += 1
            progress(done, len(todo))
    return Parsed([entry for entry in entries if entry is not None], stats, changed)


def _results(
    task: ParseTask, items: list[tuple[str, bytes]], jobs: int, known: list[Entry]
) -> Iterable[list[tuple[Stat, Entry | None]]]:
    if jobs > 1 and len(items) >= 2 * TURN:
        with workers.start(min(jobs, -(-len(items) // TURN)), ParseWorker, task) as executor:
            yield from workers.in_turns(executor, _turn, items, TURN)
        return
    newest = max((entry.segment for entry in known), default="")
    try:
        if newest and (task.segments / newest).stat().st_size < LARGEST_SEGMENT:
            from dataclasses import replace

            task = replace(task, segment=newest)
    except OSError:
        pass
    worker = ParseWorker(task)
    for at in range(0, len(items), TURN):
        yield _turn(worker, items[at : at + TURN])
    worker.writer.close()


def tidy(segments: Path, entries: list[Entry]) -> list[Entry]:
    """Remove segments that nothing refers to; write the records anew when more than half of the rest is garbage.

    Return the entries, with the new places of their records. Call `sweep` once they are saved.
    """
    used = {entry.segment for entry in entries if entry.segment}
    held = sum((segments / name).stat().st_size for name in used if (segments / name).exists())
    live = sum(entry.size for entry in entries if entry.segment)
    if held <= 2 * live + (1 << 20):
        return entries
    from blogq.store.segments import Place, SegmentReader

    reader, writer = SegmentReader(segments), SegmentWriter(segments)
    moved: list[Entry] = []
    for entry in entries:
        if entry.segment:
            place = writer.append(reader.read(Place(entry.segment, entry.start, entry.size, entry.record)))
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
