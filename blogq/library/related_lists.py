"""Lists of related posts as a plan has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Related(NamedTuple):
    """The lists, as a plan has them: by the indexes of its entries."""

    size: int
    numbers: Sequence[int]
    """By index: the number of a post in the columns, or -1."""
    indexes: Sequence[int]
    """By number: its index, or -1."""
    members: Sequence[int]
    """As `Kinship` has them: `size` numbers for each post, and the bits of their reasons."""
    reasons: Sequence[int]

    def of(self, index: int) -> list[tuple[int, int]]:
        """Return the posts that the one at `index` is related to, best first, each with the bits of its reasons."""
        number = self.numbers[index]
        if number < 0:
            return []
        start, end = number * self.size, (number + 1) * self.size
        pairs = zip(self.members[start:end], self.reasons[start:end], strict=True)
        return [(self.indexes[member], reasons) for member, reasons in pairs if member >= 0]
