"""Ask an index for what is like each post, and hold the two against each other; both once, then they are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from blogq import workers
from blogq.echoing.holdings import LAST, Posted
from blogq.originality import ledger as kept
from blogq.originality.evidence import evidence
from blogq.originality.fingerprint import fingerprints
from blogq.originality.index import Query
from blogq.originality.index.candidates import Answer, Candidate
from blogq.originality.index.store import Index
from blogq.originality.ledger import Ledger
from blogq.originality.material import Material

BEST = 14.0
"""Weight of runs in one part of a text from which on a document is worth holding against it: three or four that stand
nowhere else, or more that stand elsewhere, too. A copy of forty words has some fourteen."""
TEN = 10
"""Documents of corpora that are held against a text besides, the heaviest: what is reworded has hardly any runs."""
HEAVY = 24.0
"""Weight that those have."""
TURN = 32
"""Pairs that a worker compares at a time; fewer than two such turns are not worth a second process."""


def answers_of(index: Index, ledger: Ledger, posts: Sequence[Posted], numbers: Mapping[str, int]) -> dict[int, Answer]:
    """Return what the index says of each post, by its number there."""
    known = ledger.answers()
    new: dict[int, Answer] = {}
    asked: list[int] = []
    queries: list[Query] = []
    for post in posts:
        number = numbers.get(post.path)
        if number is not None and number not in known:
            parts = [part.text for part in index.material(number).parts]
            # Of two posts of one moment the one whose path comes first is the earlier; nobody has read a draft.
            queries.append(Query(fingerprints(parts), number, LAST - 1 if post.date == LAST else post.date))
            asked.append(number)
    if queries:
        new = dict(zip(asked, index.candidates(queries), strict=True))
        ledger.keep_answers(new)
    return known | new


def worth(candidates: Iterable[Candidate], own: Callable[[int], bool]) -> list[int]:
    """Return the documents among `candidates` that are worth holding against the text."""
    found = []
    besides = 0
    for each in candidates:
        if each.best >= BEST:
            found.append(each.document)
        elif each.weight >= HEAVY and besides < TEN and not own(each.document):
            besides += 1
            found.append(each.document)
    return found


def align(
    ledger: Ledger, pairs: Sequence[tuple[int, int]], material: Callable[[int], Material], jobs: int
) -> dict[tuple[int, int], bytes]:
    """Return what came of holding texts against each other, as the ledger keeps it, by text and source."""
    known = ledger.alignments()
    todo = [pair for pair in pairs if pair not in known]
    if not todo:
        return known
    texts = {number: material(number).text for number in {number for pair in todo for number in pair}}
    work = [(texts[one], texts[other]) for one, other in todo]
    found = dict(zip(todo, _aligned(work, jobs), strict=True))
    ledger.keep_alignments(found)
    return known | found


def _aligned(work: Sequence[tuple[str, str]], jobs: int) -> list[bytes]:
    jobs = min(jobs or workers.processors(), len(work) // TURN)
    if jobs < 2:
        return _turn(None, work)
    _turn(None, work[:1])  # Loads what is needed before the workers are forked, so that they share it.
    executor = workers.start(jobs, _nothing)
    try:
        return [each for turn in workers.in_turns(executor, _turn, work, TURN) for each in turn]
    finally:
        executor.shutdown()


def _nothing() -> None:
    return None


def _turn(_: None, work: Sequence[tuple[str, str]]) -> list[bytes]:
    return [kept.told(evidence(text, source)) for text, source in work]
