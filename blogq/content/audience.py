"""For whom a text is written: one of three names, or a range of ease of the writer's own (docs/audience.md)."""

from __future__ import annotations

from dataclasses import dataclass

from blogq.pattern import Pattern

FORMS = "general, professional, expert, or a range of ease such as 40-60, the lower end first"
"""How an audience is written, for hints."""

_RANGE = Pattern(r"([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})\Z")
_TOP = 100


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers, and how easy texts for them are."""

    name: str
    """`general`, `professional` or `expert`; empty for a range of the writer's own."""
    low: int
    """Ease, 0 to 100, below which a text is harder than such readers are used to."""
    high: int
    """Ease above which it is easier than most texts for them."""

    def __str__(self) -> str:
        """Return it as front matter and config say it."""
        return self.name or f"{self.low}-{self.high}"

    @property
    def is_expert(self) -> bool:
        """Whether its readers stand what experts do: by name, or because the range goes down as far."""
        return self.low <= NAMED["expert"].low


NAMED = {
    each.name: each
    for each in (Audience("general", 45, 70), Audience("professional", 38, 65), Audience("expert", 25, 55))
}
"""The named audiences. Their bounds are the 5th and the 95th percentile of ease in texts that are written for such
readers, several collections of which count the same: docs/audience.md has them, `python -m evaluations.audience` makes
the table. The lower ones are exact to a point, the upper ones to five."""


def audience_of(text: str) -> Audience | None:
    """Return the audience that `text` names, such as `expert` or `40-60`; None where it names none.

    The ends of a range are of the scale of ease, 0 to 100, the lower one first.
    """
    word = text.strip().lower()
    found = _RANGE.match(word)
    if not found:
        return NAMED.get(word)
    low, high = int(found[1]), int(found[2])
    return Audience("", low, high) if low < high <= _TOP else None
