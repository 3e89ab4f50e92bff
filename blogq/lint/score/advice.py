"""What an author can do to raise a score, most telling first."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, expm1, log1p

from blogq.lint.score import WEIGHTS, Score
from blogq.lint.score.care import undescribed
from blogq.lint.score.counted import Counted, Edit, within
from blogq.lint.score.originality import COPIED
from blogq.lint.score.reading import Reading
from blogq.lint.score.structure import PARAGRAPH, SECTION
from blogq.lint.score.substance import CHECKABLE, FEW, KINDS, MANY, WORDS, checked_share, count_share, weighed
from blogq.lint.subject import Subject

SOURCES = 3
"""Links that one edit asks for at most."""


def advice(post: Subject, score: Score, goal: float) -> tuple[Edit, ...]:
    """Return the fewest edits that bring `score` of `post` to `goal`, as far as counting knows; none where it is there.

    Greedy: always the one that brings most. They add up, so no fewer of them would do. To say more is never small: that
    comes last, and only where the rest isn't enough. Where all of it isn't, all of it is returned.
    """
    reading = Reading(post)
    rows = {row.what: row for row in score.counted}
    total = sum(WEIGHTS[part] for part in score.parts)
    open_edits = sorted(_candidates(reading, score, rows, total), key=lambda edit: (-edit.points, edit.what))
    chosen: list[Edit] = []
    reached = score.exact
    for edit in open_edits:
        if reached >= goal:
            return tuple(chosen)
        chosen.append(edit)
        reached += edit.points
    if reached < goal and (more := _more(reading, (goal - reached) * total / WEIGHTS["substance"], total)):
        chosen.append(more)
    return tuple(chosen)


def _candidates(reading: Reading, score: Score, rows: dict[str, Counted], total: float) -> list[Edit]:
    found: list[Edit] = []

    def offer(part: str, what: str, points: float) -> None:
        counted = [row for row in score.counted if row.part == part]
        gain = within([*counted, Counted(part, what, 0, points, 0.0)]) - within(counted)
        if gain > 0:
            found.append(Edit(what, gain * WEIGHTS[part] / total))

    missing = undescribed(reading)
    told: tuple[tuple[str, str, Callable[[int], str]], ...] = (
        ("care", "title", lambda count: "add a title"),
        ("care", "description", lambda count: "add a description"),
        ("care", "pictures without alternative text", lambda count: f"describe {_times(missing, 'picture')}"),
        ("care", "placeholders", lambda count: "write what the placeholder stands for"),
        ("care", "doubled words", lambda count: f"take out {_times(count, 'doubled word')}"),
        ("substance", "words in repeated sentences", lambda count: "say each thing once: sentences are repeated"),
        ("substance", "fillers", lambda count: f"take out {_times(count, 'filler')}"),
        ("originality", COPIED, lambda count: "quote with a link, or write anew, what stands in earlier texts"),
        ("structure", "levels of headings left out, and empty headings", lambda count: "put the headings in order"),
    )
    for part, what, say in told:
        if (row := rows.get(what)) and row.points < row.most:
            offer(part, say(round(row.value)), row.most - row.points)
    if row := rows.get("words too many in long paragraphs"):
        count = sum(length > PARAGRAPH for length in reading.paragraphs)
        offer("structure", f"split {_times(count, 'long paragraph')}", -row.points)
    if row := rows.get("words too many in sections without a subheading"):
        count = sum(length > SECTION for length in reading.sections)
        offer("structure", f"give {_times(count, 'long section')} subheadings", -row.points)
    links = rows.get("links out")
    have = round(links.value) if links else 0
    kinds = [row for row in score.counted if row.what in KINDS]
    amount = sum(weighed(row.what, round(row.value)) for row in kinds)
    added = min(SOURCES, KINDS["links out"][1] - have)
    if added > 0:
        gain = CHECKABLE * (checked_share(amount + added * KINDS["links out"][0]) - checked_share(amount))
        offer("substance", "name a source: link it" if added == 1 else f"name {added} sources: link them", gain)
    return found


def _more(reading: Reading, wanted: float, total: float) -> Edit | None:
    """Return how many more informing words would bring `wanted` points of substance, as far as they can."""
    have = reading.information
    share = min(1.0, count_share(have) + wanted / WORDS)
    words = ceil(FEW * expm1(share * log1p(MANY / FEW)) - have)
    if words < 1:
        return None
    gain = WORDS * (count_share(have + words) - count_share(have)) * WEIGHTS["substance"] / total
    # A choice: what has been said in full needs no more words.
    told = f"say more: about {_times(words, 'different word')} that carry information"
    return Edit(f"{told}; or leave it: a short post can be right", gain)


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
