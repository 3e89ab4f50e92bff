"""The labels of the Corvedale 300: 62 × 40 mm, drawn large."""

from __future__ import annotations

from paper import INK, RED, SCALE, Colour, Sheet, arc, font

WHITE: Colour = (255, 255, 255)
BENCH: Colour = (206, 212, 210)

OLD = (
    "Before commissioning, ensure that the pump body has been completely filled with clean water via the priming port "
    "and that all entrapped air has been expelled. Under no circumstances should the unit be operated in a dry "
    "condition, as this may result in irreparable damage to the mechanical seal, which is excluded from the terms of "
    "the guarantee. Refer to section 4.2 of the installation instructions prior to use. Corvedale Pumps Ltd, Ludlow."
)
PROSE = (
    "Fill the pump with water before you switch it on, because its seal burns in ninety seconds when dry. Unscrew this "
    "cap, pour in two litres, screw it back."
)
STEPS = ("1  Unscrew this cap", "2  Pour in 2 litres of water", "3  Screw the cap back, hand tight")


def old_label() -> bytes:
    """The label that nobody read, on the bench, beside a scale in millimetres."""
    sheet = Sheet(1600, 1120, BENCH, seed=2)
    _stock(sheet, 120, 90, 1360)
    _old(sheet, 120, 90, 1360)
    for mm in range(63):
        x = 120 + 1360 * mm / 62
        sheet.ruled((x, 1016), (x, 1016 + (44 if mm % 10 == 0 else 30 if mm % 5 == 0 else 18)), INK, 2)
        if mm % 10 == 0:
            sheet.text(x, 1094, str(mm), "sans", 26, INK, "ms")
    return sheet.png(32)


def four_labels() -> bytes:
    """The four candidates side by side, two above two."""
    sheet = Sheet(1600, 1180, BENCH, seed=4)
    places = {"A": (60, 100), "B": (830, 100), "C": (60, 650), "D": (830, 650)}
    for name, (x, y) in places.items():
        _stock(sheet, x, y, 710)
        sheet.text(x, y - 18, name, "bold", 54)
    _old(sheet, *places["A"], 710)
    x, y = places["B"]
    _wrapped(sheet, PROSE, x + 36, y + 84, 640, "sans", 45, 66)
    x, y = places["C"]
    sheet.box(x, y, 710, 92, INK, 8)
    sheet.text(x + 355, y + 62, "BEFORE YOU SWITCH ON", "sans-bold", 46, WHITE, "ms")
    for i, step in enumerate(STEPS):
        sheet.text(x + 36, y + 172 + i * 80, step, "sans", 41)
    sheet.text(x + 36, y + 420, "Dry, the seal burns in 90 seconds", "sans", 37, RED)
    _pictures(sheet, *places["D"])
    return sheet.png(40)


def _stock(sheet: Sheet, x: float, y: float, width: float) -> None:
    """A white label with a shadow; its height follows from 62 × 40."""
    height = width * 40 / 62
    sheet.box(x + 7, y + 9, width, height, (176, 182, 180), 12)
    sheet.box(x, y, width, height, WHITE, 10)


def _old(sheet: Sheet, x: float, y: float, width: float) -> None:
    """The old text, in the proportions of its five points."""
    unit = width / 1360
    sheet.box(x, y, width, 150 * unit, (190, 30, 36), 10 * unit)
    sheet.text(x + width / 2, y + 106 * unit, "WARNING!", "sans-bold", 92 * unit, WHITE, "ms")
    _wrapped(sheet, OLD, x + 40 * unit, y + 236 * unit, width - 80 * unit, "sans", 39 * unit, 92 * unit)


def _wrapped(sheet: Sheet, text: str, x: float, y: float, width: float, face: str, size: float, leading: float) -> None:
    """Type in lines of at most `width`."""
    line = ""
    for word in [*text.split(), ""]:
        longer = f"{line} {word}".strip()
        if not word or font(face, size).getlength(longer) / SCALE > width:
            sheet.text(x, y, line, face, size)
            line, y = word, y + leading
        else:
            line = longer


def _pictures(sheet: Sheet, x: float, y: float) -> None:
    """Priya's label: three drawings, of which the third is too much like the first."""
    for i, words in enumerate(("cap off", "water in", "cap on")):
        left, middle = x + 12 + i * 232, x + 127 + i * 232
        if i:
            sheet.ruled((left - 2, y + 30), (left - 2, y + 430), (200, 200, 200), 2)
        sheet.line(
            [
                (middle - 76, y + 340),
                (middle + 76, y + 340),
                (middle + 76, y + 246),
                (middle - 76, y + 246),
                (middle - 76, y + 341),
            ]
        )
        sheet.line([(middle - 30, y + 246), (middle - 30, y + 214), (middle + 30, y + 214), (middle + 30, y + 246)])
        if i == 1:
            jug = [
                (middle + 20, y + 130),
                (middle + 92, y + 100),
                (middle + 70, y + 48),
                (middle + 4, y + 76),
                (middle + 20, y + 130),
            ]
            sheet.line(jug)
            sheet.line([(middle + 16, y + 128), (middle + 2, y + 160), (middle, y + 206)], (60, 120, 170), 6)
        else:
            sheet.line(
                [
                    (middle - 36, y + 180),
                    (middle + 36, y + 180),
                    (middle + 36, y + 154),
                    (middle - 36, y + 154),
                    (middle - 36, y + 180),
                ]
            )
            turn = arc(middle, y + 120, 46, 26, 200, 340) if i else arc(middle, y + 120, 46, 26, 340, 200)
            sheet.arrow(turn, RED, 5, 18)
        sheet.text(middle, y + 408, words, "sans", 40, INK, "ms")
