"""A page of the manual gone through from top to bottom, as a reader would who does all that it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

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
) -> int:
    """Do what `page` says in `terminal`; return how many commands ran. `codes`: what commands may exit with, else 0."""
    ran = 0
    for box in boxes(page):
        write(terminal.place, box)
        after(box, terminal)
        for each in typed(box):
            where = f"{each.page}:{each.line}: {each.command}"
            try:
                outcome = terminal.type(each.command)
            except AssertionError as error:
                raise AssertionError(f"{where}\n{error}") from error
            ran += outcome.ran
            expected = codes.get(each.command, (0,))
            assert outcome.code in expected, f"{where}\nexit code {outcome.code}, not {expected}\n{outcome.text}"
            if each.shown and outcome.ran:
                text = f"{outcome.text.rstrip()}\n" if outcome.text.strip() else ""
                assert pattern_of(each.shown).fullmatch(text), f"{where}\nshown:\n{each.shown}\nis:\n{text}"
            after(each, terminal)
    return ran
