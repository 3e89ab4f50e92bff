"""Menus as pages put themselves into them; what config says of menus is added in plan/menus.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from blogq.content.post import GROUP, UNIT, Entry


class Placed(NamedTuple):
    """A page's place in a menu."""

    weight: int
    """0 where it says none."""
    title: str
    entry: int
    parent: str
    """Title of the entry of the menu below which it stands, or empty."""


def by_weight(weight: int) -> tuple[bool, int]:
    """Return by what to sort: lighter first, and those that say no weight last."""
    return weight == 0, weight


def collect_menus(entries: Sequence[Entry], indexes: Iterable[int]) -> Mapping[str, tuple[Placed, ...]]:
    """Return the entries of each menu that some of the sources, given by `indexes`, put themselves into."""
    menus: dict[str, list[Placed]] = {}
    for index in indexes:
        for group in entries[index].menus.split(GROUP):
            menu, weight, title, parent = group.split(UNIT)
            menus.setdefault(menu, []).append(Placed(int(weight), title or entries[index].title, index, parent))
    return {
        menu: tuple(sorted(found, key=lambda each: (by_weight(each.weight), each.title.casefold(), each.entry)))
        for menu, found in sorted(menus.items())
    }
