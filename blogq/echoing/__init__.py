"""What a site's posts have in common with what was written before: bring the index up to date, ask, align, judge.

    posts, corpora ──→ holdings ──→ Index ──→ alignment ──→ Texts ──→ rules of scope `texts` ──→ findings, shares

`findings.of_texts` is what the gate calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from blogq.finding import Finding


class Compared(NamedTuple):
    """What came of comparing a site's posts with what was written before."""

    findings: tuple[Finding, ...] = ()
    shares: Mapping[str, float] = MappingProxyType({})
    """Share of each post's words that is copied, 0 to 1, by path; of posts that were compared."""
    problems: tuple[Finding, ...] = ()
    """What is wrong with the corpora."""
    waiting: int = 0
    """Posts that aren't in the index yet, where a few only were to be judged."""
