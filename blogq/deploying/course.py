"""Carrying out a plan: new files before what names them, removals last, and a record that can be gone on from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from blogq.deploying.crew import each_of
from blogq.deploying.plan import File, Plan, planned
from blogq.deploying.record import LARGEST, NAME, Record, decoded, encoded, key
from blogq.deploying.target import Target
from blogq.store.digest import digest

Progress = Callable[[int, int], None]
"""Told how many files are done, and how many there are."""
NOTES = 20
"""How often at most it is noted how far a run has come: at 10,000 files the record is 0.7 MB, and sent each time."""


def survey(files: Sequence[File], target: Target) -> tuple[Plan, Record]:
    """Return what is to be done at `target` so that it holds `files`, and its record.

    A file that blogq hasn't put there and that holds what it would put there is taken for its own.
    """
    there = target.files()
    record = decoded(target.read(NAME)) if there.get(NAME, 0) <= LARGEST and NAME in there else Record()
    plan = planned(files, record, there)
    if plan.foreign and target.comparable:
        candidates = [file for file in plan.foreign if there.get(file.path) == file.size]
        same = each_of(candidates, lambda file: _same(file, target), target.together)
        alike = {file.path: file.digest for file, is_same in zip(candidates, same, strict=True) if is_same}
        if alike:
            record = record._replace(files={**record.files, **{key(path): value for path, value in alike.items()}})
            plan = planned(files, record, there)._replace(stale=True)
    return plan, record


def _same(file: File, target: Target) -> bool:
    data = target.read(file.path)
    return data is not None and digest(data).hex() == file.digest


def carry_out(
    plan: Plan,
    record: Record,
    files: Sequence[File],
    target: Target,
    message: str,
    progress: Progress = lambda done, total: None,
) -> None:
    """Make `target` hold `files`, as `plan` says.

    Before the first file is sent, the record names all that will be sent, without its content: whatever happens, what
    is there is known to be ours, and what is not known to be whole is sent again. Raise `Unusable`.
    """
    if plan.nothing and not plan.stale:
        return
    total = len(plan.new) + len(plan.changed) + len(plan.gone)
    done = unnoted = 0
    batch = max(target.batch, -(-total // NOTES))
    rows = dict(record.files)
    if not plan.nothing:
        rows |= {key(file.path): "" for file in (*plan.new, *plan.changed)}
        target.note(encoded(rows))
    if plan.obstacles:
        # A file where a folder is to be, or the other way round: there is room for one of the two.
        target.remove(plan.obstacles)
    for step in plan.uploads():
        for at in range(0, len(step), batch):
            part = step[at : at + batch]
            target.send(part)
            rows |= {key(file.path): file.digest for file in part}
            done += len(part)
            unnoted += len(part)
            progress(done, total)
            if unnoted >= batch:
                target.note(encoded(rows))
                unnoted = 0
    for paths in plan.removals():
        for at in range(0, len(paths), batch):
            target.remove(paths[at : at + batch])
            done += len(paths[at : at + batch])
            progress(done, total)
    # Last: while a file is still there, the record names it.
    target.note(encoded({key(file.path): file.digest for file in files}))
    target.finish(message)
