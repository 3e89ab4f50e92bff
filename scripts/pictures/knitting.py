"""A swatch of stocking stitch, drawn stitch by stitch."""

from __future__ import annotations

from paper import Colour, Sheet

COLUMNS, ROWS = 33, 27
WRONG = (10, 1)
"""Row, counted from below and from 0, whose outermost right blue stitch stands so many places too far to the right."""

CREAM: Colour = (236, 226, 204)
BLUE: Colour = (62, 104, 132)


def stitches() -> bytes:
    """A diamond of blue in cream, with one stitch out of its place."""
    wide, high = 1600 / COLUMNS, 1260 / ROWS
    sheet = Sheet(1600, 1300, (196, 182, 156), seed=9)
    for row in range(ROWS - 1, -1, -1):
        for column in range(COLUMNS):
            colour = BLUE if _blue(column, ROWS - 1 - row) else CREAM
            _stitch(sheet, (column + 0.5) * wide, row * high + 20, wide, high, colour)
    return sheet.png(20)


def _blue(column: int, row: int) -> bool:
    """Whether a stitch belongs to the diamond; rows count from below."""
    reach = 10 - abs(row - ROWS // 2)
    away = column - COLUMNS // 2
    if row == WRONG[0] and away in (reach, reach + WRONG[1]):
        return away == reach + WRONG[1]
    return reach >= 0 and abs(away) <= reach and abs(away) >= reach - 3


def _stitch(sheet: Sheet, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
    """One stitch: two leaves that meet at the foot, each with a shadow and a strand of light."""
    dark: Colour = (int(colour[0] * 0.72), int(colour[1] * 0.72), int(colour[2] * 0.72))
    light: Colour = (min(255, colour[0] + 16), min(255, colour[1] + 16), min(255, colour[2] + 16))
    for side in (-1, 1):
        top, foot = (x + side * wide * 0.49, y - high * 0.36), (x + side * wide * 0.01, y + high * 1.04)
        inner, outer = (x + side * wide * 0.03, y + high * 0.1), (x + side * wide * 0.5, y + high * 0.44)
        sheet.area([top, outer, foot, inner], dark)
        inset = [
            (px + (x + side * wide * 0.26 - px) * 0.16, py + (y + high * 0.3 - py) * 0.16)
            for px, py in (top, outer, foot, inner)
        ]
        sheet.area(inset, colour)
        sheet.ruled((x + side * wide * 0.36, y), (x + side * wide * 0.1, y + high * 0.66), light, 2)
