"""What decides whether something is called a match.

All values were chosen on one half of PAN's training pairs, or are Sanchez-Perez, Gelbukh and Sidorov's of 2014; figures
of the other half are in docs/originality.md. They are no options of blogq: a match should mean the same everywhere.
"""

from __future__ import annotations

from typing import NamedTuple


class Settings(NamedTuple):
    """Thresholds. Cosines and shares are 0 to 1; weights are sums of tf-isf (natural logarithm)."""

    run: int = 10
    """Words of the longest run that a verbatim passage must have."""
    run_gap: int = 8
    """Words that may be changed between two runs of one passage."""
    wide_gap: int = 20
    """The same where nearly all of the passage is copied all the same."""
    copied: float = 0.85
    """Share of the words of a verbatim passage, on either side, that is copied."""
    much: int = 80
    """Words copied from which on a smaller share is enough, and that share."""
    much_copied: float = 0.75
    piece: int = 10
    """Words copied without which a piece isn't part of a row of copies."""
    apart: float = 3.0
    """How many times as long as a row of copies its source may be for the row to be told of as one."""
    solid: int = 25
    """Words of a run that can't be anything but a copy."""
    shortest: int = 150
    """Characters of the shortest passage, unless it's half of one of the texts."""
    cosine: float = 0.22
    """Similarity of two units that are worth a look, and next their share of common terms (Dice)."""
    dice: float = 0.2
    gap: int = 2
    """Units without a counterpart that may stand between two of a passage."""
    passage_cosine: float = 0.4
    """Similarity of a reworded passage and its source (Sanchez-Perez et al.: .4)."""
    clear: float = 0.75
    """Share of the best cosine of either unit that a pair must have to be a seed."""
    row: int = 3
    """Seeds that follow each other in both texts, no unit twice, from which on order itself is evidence."""
    row_cosine: float = 0.3
    """What is enough in place of `passage_cosine` where there are so many."""
    strength: float = 60.0
    """Characters of the shorter side × (cosine − .33), plus the bonus: the shorter, the more similar it must be."""
    row_bonus: float = 28.0
    """For each seed in order beyond the first."""
    beside: float = 0.7
    """Similarity needed where the same source is also copied word for word."""
    swallow: float = 0.6
    """Share of a reworded passage that copies make up from which on they are told of instead."""
    reach: int = 3
    """Units by which a passage may grow beyond its first and last seed."""
    balance: float = 0.9
    """What a passage's borders are set by: product / (lengths)^balance; 1 is the cosine, less makes longer passages."""
    summary_ratio: float = 3.0
    """How many times as long as a summary its source is."""
    summary_cost: float = 0.55
    """Share of a unit's weight that the source must cover for the unit to speak for a summary."""
    summary_weight: float = 28.0
    """Weight covered beyond that, which a summary must have."""
    summary_cosine: float = 0.3
    """Similarity of a summary to its source as a whole."""
    summary_seed: float = 0.2
    """Similarity of two units by which one of them is a place that is summed up."""
    summary_places: int = 3
    """Places of the source that a summary must draw on."""
    summary_closest: float = 0.2
    """Mean similarity of a summary's units to the unit of the source that each is most like."""
    margin: float = 0.05
    """By how much a passage must be more similar than the summary around it to stand against it."""
    no_summary: int = 40
    """Words of a run that no summary has: beside it there is a copy, whatever is around."""
    leftover: float = 20.0
    """Weight covered that a summary must have outside the largest such passage."""
    leftover_solid: float = 45.0
    """The same where a passage has a solid run."""
    leftover_share: float = 0.12
    """Share of the weight there which that must be."""


DEFAULT = Settings()
