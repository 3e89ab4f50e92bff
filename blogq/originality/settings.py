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
    cosine: float = 0.33
    dice: float = 0.28
    gap: int = 4
    passage_cosine: float = 0.4
    strength: float = 33.0
    beside: float = 0.7
    swallow: float = 0.6
    balance: float = 0.9
    reach: int = 6
    fit: int = 1
    runseed: int = 1


DEFAULT = Settings()
