"""Substance: how much a post says, how precisely, and how much of it can be checked."""

from __future__ import annotations

from bisect import bisect_left
from math import log1p, sqrt

from blogq.content.markdown.passage_kinds import QUOTES
from blogq.lint.score.counted import Counted
from blogq.lint.score.reading import Reading
from blogq.lint.subject import Subject
from blogq.pattern import Pattern

PART = "substance"

WORDS, LONG, VARIETY, CHECKABLE = 50.0, 20.0, 10.0, 20.0
"""Points at most. Of 12,959 graded essays the log of different content words and the share of long words go best with
grades (Spearman .72, .35 with length held constant); so they have most of the points."""

FEW, MANY = 12, 1500
"""Different informing words: the scale is all but linear under the first, logarithmic above, and full at the second."""

LONG_LETTERS = 7
"""Letters of a long word, as in LIX (Björnsson 1968)."""

LEAST_LONG, MOST_LONG = 0.15, 0.75
"""Shares of long words among the different ones between which points rise."""

SHRINKAGE = 15
"""Words added to the share's denominator: of a handful of words a share says little."""

RICHEST = 12.0
"""Different informing words per square root of all words (Guiraud 1954) at which variety is full."""

KINDS = {
    "links out": (1.0, 20),
    "numbers": (0.5, 30),
    "names": (0.25, 40),
    "quotations with a source": (2.0, 5),
    "code blocks": (2.0, 5),
    "tables": (2.0, 3),
    "pictures with alternative text": (1.0, 8),
}
"""Things that can be checked: what one counts, and how many count at most, lest one kind do for all."""

CHECKED_SCALE, CHECKED_FULL = 3.0, 40.0
"""Of the sum of these: where its scale turns logarithmic, and where it is full."""

REPEATED, FILLED = 60.0, 60.0
"""Points off for each repeated word, and each filler, per different informing word; at most `MOST_OFF` each."""
MOST_OFF = 30.0

_FENCE = Pattern(r"\s*(`{3,}|~{3,})")
_SOURCE = Pattern(r"(?:^|\s)[—–―-]{1,2}\s?[^\W\d_a-z]")


def saturated(value: float, scale: float, full: float) -> float:
    """Return 0 to 1: log(1 + value ÷ scale), 1 from `full` on."""
    return min(1.0, log1p(value / scale) / log1p(full / scale))


def long_share(reading: Reading) -> float:
    """Return the share of long words among the different informing ones, 0 to 1, shrunk where there are few."""
    count = sum(1 for word in reading.types if len(word.removesuffix("'s").replace("-", "")) >= LONG_LETTERS)
    return count / (len(reading.types) + SHRINKAGE)


def variety(reading: Reading) -> float:
    """Return different informing words per square root of all words."""
    return reading.information / sqrt(reading.words) if reading.words else 0.0


def checkable(reading: Reading) -> dict[str, int]:
    """Return how many different things of each kind can be checked."""
    post = reading.post
    shown = {picture.target for picture in post.pictures}
    return {
        "links out": len(set(post.outward) - shown),
        "numbers": len(reading.numbers),
        "names": len(reading.names),
        "quotations with a source": len(_quotations(post)),
        "code blocks": len(_blocks(post, ("fence", "code_block"))),
        "tables": len(_blocks(post, ("table",))),
        "pictures with alternative text": len({picture.target for picture in post.pictures if picture.alt.strip()}),
    }


def substance(reading: Reading) -> list[Counted]:
    """Return what was counted, with its points of 100.

    Nothing here grows when a paragraph is copied, or idle words are put in: words, numbers, names, links, quotations,
    blocks and pictures are counted once each however often they stand there; variety has the number of all words below
    the line; and what is taken off is counted, not averaged, and related to different informing words.
    """
    share = long_share(reading)
    rich = variety(reading)
    rows = [
        Counted(
            PART, "different informing words", reading.information, WORDS * count_share(reading.information), WORDS
        ),
        Counted(PART, "share of long words", share, LONG * long_points(share), LONG),
        Counted(PART, "variety", rich, VARIETY * min(1.0, rich / RICHEST), VARIETY),
    ]
    kinds = checkable(reading)
    amounts = {kind: weighed(kind, count) for kind, count in kinds.items()}
    total = sum(amounts.values())
    points = CHECKABLE * checked_share(total)
    # The points are of the sum: each kind is shown with its part of them.
    rows += [
        Counted(PART, kind, kinds[kind], points * amount / total, CHECKABLE)
        for kind, amount in amounts.items()
        if amount
    ]
    per = max(1.0, reading.information)
    for what, value, price in (
        ("words in repeated sentences", reading.repeated, REPEATED),
        ("fillers", reading.fillers, FILLED),
    ):
        if value:
            rows.append(Counted(PART, what, value, -min(MOST_OFF, price * value / per), 0.0))
    return rows


def count_share(information: float) -> float:
    """Return what part of its points a number of different informing words gives, 0 to 1."""
    return saturated(information, FEW, MANY)


def long_points(share: float) -> float:
    """Return what part of its points a share of long words gives, 0 to 1."""
    return min(1.0, max(0.0, (share - LEAST_LONG) / (MOST_LONG - LEAST_LONG)))


def checked_share(total: float) -> float:
    """Return what part of their points the things that can be checked give, 0 to 1."""
    return saturated(total, CHECKED_SCALE, CHECKED_FULL)


def weighed(kind: str, count: int) -> float:
    """Return what `count` things of a kind come to."""
    one, most = KINDS[kind]
    return one * min(count, most)


def _quotations(post: Subject) -> set[str]:
    """Return quotations that name their source themselves: by a link, after a dash, or as a shortcode's argument."""
    linked = {link.line for link in post.links if link.kind in "ax"}
    named = [use.line for use in post.calls if use.name in QUOTES and use.said("by", "source", "author", "url", at=0)]
    quoted = [(passage.line, passage.text) for passage in post.passages if passage.quoted]
    places = [bisect_left(quoted, (line, "")) for line in named]
    return {quoted[at][1] for at in places if at < len(quoted)} | {
        passage.text
        for passage in post.passages
        if passage.quoted
        and passage.kind == "paragraph"
        and (_SOURCE.search(passage.text) or not linked.isdisjoint(range(passage.line, passage.marks[-1][1] + 1)))
    }


def _blocks(post: Subject, kinds: tuple[str, ...]) -> set[str]:
    """Return what the blocks of these kinds say, each once, without the empty ones."""
    return {text for block in post.blocks if block.kind in kinds and (text := _said(post, block.kind, block.line))}


def _said(post: Subject, kind: str, line: int) -> str:
    lines = post.lines[line - 1 :]
    if kind == "fence" and lines and (opening := _FENCE.match(lines[0])):
        mark = opening[1]
        found = []
        for each in lines[1:]:
            if each.strip().startswith(mark) and not each.strip().strip(mark[0]):
                break
            found.append(each)
        return "\n".join(found).strip()
    found = []
    for each in lines:
        if not each.strip() or (kind == "code_block" and not each.startswith((" ", "\t"))):
            break
        found.append(each)
    return "\n".join(found).strip()
