"""What decides whether something is called a match. Tuned on one half of PAN's training pairs (docs/originality.md)."""

from __future__ import annotations

from typing import NamedTuple


class Settings(NamedTuple):
    """Thresholds; lengths in words unless said otherwise."""

    run: int = 10
    run_gap: int = 8
    copied: float = 0.85
    solid: int = 25
    shortest: int = 150
    cosine: float = 0.25
    dice: float = 0.25
    gap: int = 2
    passage_cosine: float = 0.4
    strength: float = 33.0
    beside: float = 0.7
    swallow: float = 0.6
    balance: float = 0.9
    reach: int = 3
    fit: int = 1
    runseed: int = 0
    summary_ratio: float = 3.0
    summary_cost: float = 0.5
    summary_base: float = 0.0
    summary_usual: float = 0.0
    summary_weight: float = 28.0
    summary_cosine: float = 0.3
    summary_seed: float = 0.2
    summary_places: int = 3
    summary_closest: float = 0.2
    margin: float = 0.05
    leftover: float = 15.0


DEFAULT = Settings()
