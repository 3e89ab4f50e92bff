"""Judge the posts that aren't judged yet, in this process or in workers, and remember the judgements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from blogq import workers
from blogq.collect import LARGEST_SOURCE, Unreadable, read_file
from blogq.config.schema import Config
from blogq.content.cascade import Cascade, Rule
from blogq.content.post import ParseOptions
from blogq.finding import Finding, as_finding
from blogq.lint.judge import Brief
from blogq.lint.selection import Selected
from blogq.lint.subject import Subject
from blogq.lint.suppression import Suppression
from blogq.sources import Sources
from blogq.store.digest import compose, of_value
from blogq.store.judgements import add_judgements, decoded, load_judgements, tidy
from blogq.store.versions import code_digest

if TYPE_CHECKING:
    from blogq.originality.fingerprint import Fingerprints

R = TypeVar("R")
Progress = Callable[[int, int], None]
"""Takes how many posts have been looked at, and of how many."""

TURN = 16
"""Posts that a worker judges at a time; fewer than two such turns are not worth a second process."""


class Item(NamedTuple):
    """A post or page to be judged."""

    path: str
    """Relative to the content folder, with `/`."""
    kind: str
    language: str
    source: bytes
    """What its content, and what it inherits, is remembered by; empty where it isn't to be judged."""


class Task(NamedTuple):
    """What a worker needs to judge."""

    options: ParseOptions
    author: str
    selected: tuple[tuple[str, Any, Any], ...]
    """Code, options and severity of each rule."""
    root: str
    shown: str
    bounds: tuple[str, ...]
    cascade: Cascade
    """Defaults for front matter."""
    boilerplate: tuple[tuple[str, ...], ...] | None = None
    """What of posts' texts isn't compared with others, as words; None where nothing is."""


class Kept(NamedTuple):
    """The judgement of one post, as it is kept."""

    brief: Brief
    line: bytes


class Compared(NamedTuple):
    """What is compared of a post with other texts."""

    material: bytes
    """Its text, packed."""
    fingerprints: Fingerprints


class Judging:
    """The judgements of a site's posts by some rules."""

    def __init__(
        self, store: Path, config: Config, sources: Sources, cascade: Cascade, selected: Sequence[Selected]
    ) -> None:
        options = ParseOptions.of(config)
        of_posts = [each for each in selected if each.rule.scope == "post"]
        chosen = tuple((each.rule.code, dict(each.options), each.severity) for each in of_posts)
        listing = sources.content
        self.store = store
        boilerplate = None
        if any(each.rule.scope == "texts" for each in selected):
            from blogq.lint.comparable import boilerplate_of

            boilerplate = boilerplate_of(config.boilerplate)
        self.task = Task(
            options, config.author, chosen, listing.root, sources.shown, sources.bounds, cascade, boilerplate
        )
        self.environment = compose((code_digest(), of_value((options, config.author, chosen))))
        self.known = load_judgements(store)
        self.fresh: list[int] = []
        """Which items were judged just now."""
        self.compared: dict[int, Compared] = {}
        """What is compared of those that were judged just now, by item."""
        self.waiting = 0
        """How many are not judged, since they were too many."""

    def key(self, item: Item) -> bytes:
        """Return what the judgement of `item` follows from."""
        told = compose((self.environment, item.source), self.task.shown + item.path, item.kind, item.language)
        return told.hex().encode()

    def judge(
        self,
        items: Sequence[Item],
        jobs: int,
        most: int | None = None,
        keep: bool = False,
        progress: Progress | None = None,
    ) -> list[Kept | None]:
        """Return the judgement of each of `items`, None for what can't be judged.

        Where more than `most` aren't judged yet, none of these is, and they are None as well. With `keep`, nothing is
        forgotten of what isn't among the items.
        """
        keys = [self.key(item) if item.source else b"" for item in items]
        todo = [at for at, key in enumerate(keys) if key and key not in self.known]
        if todo and (most is None or len(todo) <= most):
            made = [*zip(todo, _work(self.task, _judged, [items[at] for at in todo], jobs, progress), strict=True)]
            new = {keys[at]: judged[0] for at, judged in made if judged is not None}
            self.compared = {at: judged[1] for at, judged in made if judged is not None and judged[1] is not None}
            if new:
                self.known |= add_judgements(self.store, new)
            self.fresh = [at for at in todo if keys[at] in new]
        else:
            self.waiting = len(todo)
        lines = [self.known.get(key) for key in keys]
        if todo and not keep:
            tidy(self.store, [line for line in lines if line is not None])
        return [
            None if brief is None or line is None else Kept(as_brief(brief), line)
            for brief, line in zip(decoded(lines, 0), lines, strict=True)
        ]


def findings_of(judged: Sequence[Kept | None]) -> list[list[Finding]]:
    """Return the findings of each judgement."""
    some = [None if kept is None or not any(kept.brief.counts) else kept.line for kept in judged]
    return [[as_finding(each) for each in told or ()] for told in decoded(some, 1)]


def figures_of(judged: Sequence[Kept | None]) -> list[dict[str, float | int]]:
    """Return the figures that reports show of each judgement, by name."""
    return [told or {} for told in decoded([kept and kept.line for kept in judged], 2)]


def as_brief(told: Sequence[Any]) -> Brief:
    """Return a brief as it was before it was kept."""
    *rest, suppressions = told
    return Brief._make((*rest, tuple(Suppression(tuple(codes), *said) for codes, *said in suppressions)))


class _Worker:
    """Judges one post after the other."""

    def __init__(self, task: Task) -> None:
        from blogq.lint.reader import SubjectReader
        from blogq.lint.registry import rule

        self.task = task
        self.reader = SubjectReader(task.options, task.author)
        self.selected = [Selected(rule(code), options, severity) for code, options, severity in task.selected]

    def judge(self, item: Item) -> tuple[bytes, Compared | None] | None:
        """Return the judgement of a post, as it is kept, and what is compared of it.

        None where it can't be read: the build tells of that.
        """
        from blogq.lint.judge import judge
        from blogq.store.judgements import written

        subject = read_subject(self.reader, self.task, item)
        return None if subject is None else (written(judge(subject, self.selected)), self._compared(item, subject))

    def read(self, item: Item) -> Compared | None:
        """Return what is compared of a post; None where it can't be read, or nothing is."""
        subject = read_subject(self.reader, self.task, item)
        return None if subject is None else self._compared(item, subject)

    def _compared(self, item: Item, subject: Subject) -> Compared | None:
        if self.task.boilerplate is None or item.kind != "post" or subject.redirects:
            return None
        from blogq.lint.comparable import material_of
        from blogq.originality.fingerprint import fingerprints
        from blogq.originality.material import packed

        material = material_of(subject, self.task.boilerplate)
        return Compared(packed(material), fingerprints([part.text for part in material.parts]))


def read_subject(reader: Any, task: Task, item: Item) -> Subject | None:
    """Return the post that is `item`, read by a `SubjectReader`; None where it can't be read."""
    shown = task.shown + item.path
    try:
        data = read_file(task.root, item.path, shown, task.bounds, LARGEST_SOURCE).data
    except Unreadable:
        return None
    given: tuple[Rule, ...] = task.cascade.of(item.path)
    found: Subject | None = reader.read(data, item.path, shown, item.kind, item.language, given)
    return found


def _judged(worker: _Worker, items: Sequence[Item]) -> list[tuple[bytes, Compared | None] | None]:
    return [worker.judge(item) for item in items]


def _read(worker: _Worker, items: Sequence[Item]) -> list[Compared | None]:
    return [worker.read(item) for item in items]


def compared(task: Task, items: Sequence[Item], jobs: int) -> list[Compared | None]:
    """Return what is compared of each of `items` with other texts; None where one can't be read, or nothing is."""
    return [*_work(task, _read, items, jobs)]


def _work(
    task: Task,
    work: Callable[[_Worker, Sequence[Item]], list[R]],
    items: Sequence[Item],
    jobs: int,
    progress: Progress | None = None,
) -> list[R]:
    found: list[R] = []
    if not items:
        return found
    jobs = min(jobs or workers.processors(), len(items) // TURN)
    if jobs < 2:
        worker = _Worker(task)
        for at in range(0, len(items), TURN):
            found += work(worker, items[at : at + TURN])
            if progress:
                progress(len(found), len(items))
        return found
    from blogq.lint.reader import SubjectReader

    # Loaded before the workers are forked, so that they share it.
    SubjectReader(task.options)
    executor = workers.start(jobs, _Worker, task)
    try:
        for turn in workers.in_turns(executor, work, items, TURN):
            found += turn
            if progress:
                progress(len(found), len(items))
        return found
    finally:
        executor.shutdown()
