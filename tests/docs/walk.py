"""A page of the manual gone through from top to bottom, as a reader would who does all that it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from shown import Box, Typed, boxes, pattern_of, typed
from terminal import Terminal


def write(place: Path, box: Box) -> None:
    """Write the files that a box shows."""
    for name in box.files:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if box.adds:
            path.write_text(f"{path.read_text(encoding='utf-8')}\n{box.text}", encoding="utf-8")
        else:
            path.write_text(box.text, encoding="utf-8")


def walk(
    page: str,
    terminal: Terminal,
    codes: Mapping[str, Collection[int]],
    after: Callable[[Typed | Box, Terminal], None] = lambda step, terminal: None,
    before: Mapping[str, Callable[[Terminal], None]] = MappingProxyType({}),
    any_number: bool = False,
) -> int:
    """Do what `page` says in `terminal`; return how many commands ran.

    `codes`: what commands may exit with, where it isn't 0. `before`: what happens before one. `any_number`: whether
    numbers in what is shown may be others. A command that the page has twice is `COMMAND #2` the second time.
    """
    ran = 0
    seen: Counter[str] = Counter()
    for box in boxes(page):
        write(terminal.place, box)
        after(box, terminal)
        for each in typed(box):
            plain = each.command.partition(" #")[0].strip()
            seen[plain] += 1
            name = plain if seen[plain] == 1 else f"{plain} #{seen[plain]}"
            where = f"{each.page}:{each.line}: {each.command}"
            before.get(name, lambda terminal: None)(terminal)
            try:
                outcome = terminal.type(each.command)
            except AssertionError as error:
                raise AssertionError(f"{where}\n{error}") from error
            ran += outcome.ran
            expected = codes.get(name, (0,))
            assert outcome.code in expected, f"{where}\nexit code {outcome.code}, not {expected}\n{outcome.text}"
            if each.shown and outcome.ran:
                text = f"{outcome.text.rstrip()}\n" if outcome.text.strip() else ""
                found = pattern_of(each.shown, any_number).fullmatch(text)
                assert found, f"{where}\nshown:\n{each.shown}\nis:\n{text}"
            after(each, terminal)
    return ran
