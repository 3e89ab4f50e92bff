"""Structure: whether a reader finds a way through the post."""

from __future__ import annotations

from blogq.lint.score.counted import Counted
from blogq.lint.score.reading import Reading

PART = "structure"

PARAGRAPH = 200
"""Words from which a paragraph is too long: 1.3% of 959 posts on respected blogs have such a one."""

SECTION = 800
"""Words from which a section wants a subheading: 9.5% of them have such a one."""

MOST_OFF = 30.0
"""Points off at most for long paragraphs, for long sections, and headings each. A bound's worth too many takes all."""

HEADING = 4.0
"""Points off for a level left out and for an empty heading: the same, so that an empty one never mends a level."""


def structure(reading: Reading) -> list[Counted]:
    """Return what was counted, with its points of 100.

    A text without any markup is not judged: line ends and headings may have been lost on its way. All that is counted
    takes points off, and none of it shrinks when paragraphs are added: words too many are added up over paragraphs
    (idle ones join their neighbours) and sections.
    """
    rows = [Counted(PART, _told(reading), 1, 100.0, 100.0)]
    if reading.is_plain:
        return rows
    headings = reading.skipped + reading.hollow
    for what, value, points in (
        ("words too many in long paragraphs", too_many(reading.paragraphs, PARAGRAPH), MOST_OFF / PARAGRAPH),
        ("words too many in sections without a subheading", too_many(reading.sections, SECTION), MOST_OFF / SECTION),
        ("levels of headings left out, and empty headings", headings, HEADING),
    ):
        if value:
            rows.append(Counted(PART, what, value, -min(MOST_OFF, points * value), 0.0))
    return rows


def _told(reading: Reading) -> str:
    """Return what the points are for from which the others are taken: there is no praise for what isn't there."""
    if reading.post.headings:
        return "a text with an order"
    if reading.words <= SECTION:
        return "short enough to need no headings"
    return "no markup, so not judged" if reading.is_plain else "a text without headings"


def too_many(lengths: list[int], bound: int) -> int:
    """Return the words beyond `bound`, of all together."""
    return sum(length - bound for length in lengths if length > bound)
