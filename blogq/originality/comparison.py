"""One text held against another: copies, rewordings and a summary are found apart, then put together."""

from __future__ import annotations

from blogq.originality import vectors
from blogq.originality.passage import Box, Match, Passage, common, hull, overlap
from blogq.originality.reworded import rewordings
from blogq.originality.settings import DEFAULT, Settings
from blogq.originality.summary import summary, summed_up
from blogq.originality.verbatim import copies
from blogq.originality.vocabulary import Pair
from blogq.originality.vocabulary import pair as read
from blogq.originality.words import Words


def compare(text: str, source: str, settings: Settings = DEFAULT) -> tuple[Passage, ...]:
    """Find the passages of `text` that match passages of `source`: see `blogq.originality.compare`."""
    pair = read(text, source)
    return tuple(passage(pair, match) for match in matches_of(pair, settings))


def matches_of(pair: Pair, settings: Settings = DEFAULT) -> list[Match]:
    """Find what matches in two texts that were read, in the order of the text."""
    if not pair.text.keys or not pair.source.keys:
        return []
    model = vectors.model(pair)
    matches = merged(copies(pair, settings), rewordings(pair, model, settings), settings)
    whole = summary(pair, model, settings)
    summing = summed_up(pair, whole, matches, settings) if whole else None
    if summing:
        matches = [*(match for match in matches if not common(match.box, summing.box)), summing]
    return sorted(matches, key=lambda match: match.box)


def merged(verbatim: list[Match], reworded: list[Match], settings: Settings) -> list[Match]:
    """Put copies and rewordings together so that a stretch of the text is explained once.

    Both lists have the strongest first. A rewording gives way to copies that make up most of it or have a solid run,
    and to a stronger rewording; copies that are a small part of a rewording become part of it.
    """
    kept = list(verbatim)
    copied = max((match.size for match in verbatim if match.longest >= settings.solid), default=0.0)
    for match in reworded:
        if match.size < copied and match.similarity < settings.beside:
            continue
        met = [other for other in kept if common(other.box, match.box)]
        parts = [other for other in met if overlap(other.box, match.box)]
        if not met:
            kept.append(match)
            continue
        explained = sum(common(other.box, match.box) for other in met)
        if (
            not parts
            or any(other.kind != "verbatim" for other in met)
            or any(other.longest >= settings.solid for other in parts)
            or explained >= settings.swallow * (match.box.end - match.box.start)
        ):
            continue
        kept = [other for other in kept if other not in parts]
        kept.append(match._replace(box=hull([match.box, *(other.box for other in parts)])))
    return kept


def passage(pair: Pair, match: Match) -> Passage:
    """Return a match in characters."""
    box: Box = match.box
    start, end = _characters(pair.text, box.start, box.end)
    source_start, source_end = _characters(pair.source, box.source_start, box.source_end)
    return Passage(match.kind, start, end, source_start, source_end, round(min(match.similarity, 1.0), 4))


def _characters(words: Words, first: int, last: int) -> tuple[int, int]:
    """Offsets of a row of words. What opens and closes sentences that are within as a whole belongs to it."""
    start, end = int(words.starts[first]), int(words.ends[last - 1])
    if first == 0 or words.heads[first] != words.heads[first - 1]:
        start = int(words.heads[first])
    if last == len(words.keys) or words.tails[last] != words.tails[last - 1]:
        end = int(words.tails[last - 1])
    return start, end
