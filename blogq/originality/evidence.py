"""What two texts have in common, as it is kept: passages with their places in both, and the longest run of words."""

from __future__ import annotations

from typing import NamedTuple

from blogq.originality.comparison import matches_of, passage
from blogq.originality.passage import Kind
from blogq.originality.verbatim import runs
from blogq.originality.vocabulary import Pair
from blogq.originality.vocabulary import pair as read


class Stretch(NamedTuple):
    """A passage of a text that matches one of a source. Ends are not within."""

    kind: Kind
    similarity: float
    start: int
    """Character of the text; so are the next three, of text or source."""
    end: int
    source_start: int
    source_end: int
    first: int
    """Number of its first word in the text."""
    last: int
    """Number of the word after its last."""
    source_first: int
    """Number of its first word in the source."""

    @property
    def words(self) -> int:
        """Words of the text in it."""
        return self.last - self.first


class Evidence(NamedTuple):
    """What a text has in common with a source."""

    words: int
    """Words of the text."""
    source_words: int
    stretches: tuple[Stretch, ...]
    """In the order of the text."""
    run: Stretch | None
    """The longest run of words that stands in both, word for word; None where there are not five in a row."""


def evidence(text: str, source: str) -> Evidence:
    """Return what a text has in common with a source: see `blogq.originality.compare` for the passages."""
    pair = read(text, source)
    found = []
    for match in matches_of(pair):
        told = passage(pair, match)
        where = (told.start, told.end, told.source_start, told.source_end)
        found.append(
            Stretch(told.kind, told.similarity, *where, match.box.start, match.box.end, match.box.source_start)
        )
    return Evidence(len(pair.text.keys), len(pair.source.keys), tuple(found), _longest(pair))


def _longest(pair: Pair) -> Stretch | None:
    found = runs(pair)
    if not len(found.starts):
        return None
    first, source_first, size = int(found.starts[0]), int(found.source_starts[0]), int(found.lengths[0])
    text, source = pair.text, pair.source
    return Stretch(
        "verbatim",
        1.0,
        int(text.starts[first]),
        int(text.ends[first + size - 1]),
        int(source.starts[source_first]),
        int(source.ends[source_first + size - 1]),
        first,
        first + size,
        source_first,
    )
