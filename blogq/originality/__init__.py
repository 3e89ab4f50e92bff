"""Whose words these are: passages of a text that match passages of another.

`compare` is a pure function of two strings. docs/originality.md says how it works and how well.
"""

from __future__ import annotations

from blogq.originality.passage import Kind, Passage

__all__ = ["VERSION", "Kind", "Passage", "compare"]

VERSION = 1
"""Raised whenever `compare` may give another result for the same strings; part of any key under which one is kept."""


def compare(text: str, source: str) -> tuple[Passage, ...]:
    """Find the passages of `text` that match passages of `source`, in the order of `text`.

    Verbatim, reworded and summarised passages are told apart (`Passage.kind`). A stretch of the text is in one passage
    at most: the one that explains it best. Nothing is found in texts that have nothing but phrases in common. Same
    input, same output on every machine. Time grows a little faster than the length of both texts; memory is bounded.
    """
    from blogq.originality.comparison import compare

    return compare(text, source)
