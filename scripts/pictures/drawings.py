"""Drawings by hand: the pump against its wall, the float switch, and what four people drew of it."""

from __future__ import annotations

import math

from paper import BLUE, GREY, INK, RED, Colour, Sheet, arc

WATER: Colour = (206, 226, 234)
PENCIL: Colour = (92, 92, 96)


def pump() -> bytes:
    """A pump beside a wall, from above, and what somebody standing there can see of it."""
    sheet = Sheet(1600, 1000, seed=21)
    sheet.box(0, 0, 1600, 150, (214, 178, 156))
    for row in range(3):
        for brick in range(-1, 14):
            sheet.rectangle(brick * 130 + (row % 2) * 65, row * 50, 130, 50, (176, 132, 108), 2)
    sheet.box(560, 250, 300, 210, (224, 230, 230), 18)
    sheet.rectangle(560, 250, 300, 210, INK, 5)
    sheet.box(860, 285, 330, 140, (236, 238, 236), 12)
    sheet.rectangle(860, 285, 330, 140, INK, 5)
    for x in range(900, 1170, 34):
        sheet.line([(x, 298), (x, 412)], GREY, 3)
    for y in (322, 388):
        sheet.line([(0, y), (556, y)], BLUE, 5)
    for x in range(60, 520, 120):
        sheet.arrow([(x, 355), (x + 60, 355)], BLUE, 4, 16)
    sheet.box(668, 176, 84, 74, (250, 250, 248), 6)
    sheet.rectangle(668, 176, 84, 74, INK, 5)
    sheet.box(662, 162, 96, 16, RED)
    sheet.hand(60, 300, "water comes from here", 40, BLUE)
    sheet.hand(820, 222, "cap and label", 42, RED)
    sheet.arrow([(806, 206), (786, 190), (764, 172)], RED, 4)
    sheet.hand(930, 470, "motor", 40)
    flex = [(1190, 355), (1290, 365), (1350, 430), (1330, 540), (1230, 590), (1140, 640), (1150, 730), (1240, 770)]
    sheet.line(flex, INK, 7, 5)
    sheet.box(1240, 736, 76, 68, (250, 250, 248), 8)
    sheet.rectangle(1240, 736, 76, 68, INK, 5)
    for y in (748, 768, 788):
        sheet.line([(1316, y), (1346, y)], INK, 6, 1)
    sheet.ellipse(1290, 770, 120, 96, RED, 6)
    sheet.hand(1420, 790, "here", 54, RED)
    eye = (420, 850)
    sheet.line([*arc(*eye, 96, 62, 200, 340)], INK, 5)
    sheet.line([*arc(eye[0], eye[1] - 40, 96, 62, 20, 160)], INK, 5)
    sheet.ellipse(eye[0], eye[1] - 22, 22, 22, INK, 9)
    sheet.dashes((480, 790), (880, 440), GREY, 5)
    sheet.dashes((440, 780), (640, 480), GREY, 5)
    sheet.hand(250, 960, "a person standing up", 40)
    return sheet.png(40)


def float_switch() -> bytes:
    """A cistern twice: the float hanging, the float tipped."""
    sheet = Sheet(1600, 960, seed=31)
    for left, level, on in ((130, 700, False), (890, 430, True)):
        _cistern(sheet, left, 210, 580, 600, level, INK, 6)
        gland = (left + 350, 210)
        if on:
            sheet.line([gland, (left + 346, 400), (left + 300, 452)], INK, 6)
            _float(sheet, left + 258, 410, -50)
            sheet.box(left + 500, 96, 60, 60, (246, 206, 90), 30)
        else:
            sheet.line([gland, (left + 352, 500)], INK, 6)
            _float(sheet, left + 352, 566, 90)
            sheet.box(left + 500, 96, 60, 60, (120, 120, 116), 30)
        sheet.ellipse(left + 530, 126, 32, 32, INK, 5)
        if on:
            for turn in range(0, 360, 45):
                a = math.radians(turn)
                ray = [(left + 530 + r * math.cos(a), 126 + r * math.sin(a)) for r in (44, 66)]
                sheet.line(ray, (214, 150, 30), 5, 0.8)
        sheet.line([gland, (left + 350, 126), (left + 496, 126)], INK, 5)
        sheet.hand(left, 900, "high: the pump is on" if on else "low: the pump is off", 48, RED if on else BLUE)
    return sheet.png(40)


def _cistern(sheet: Sheet, x: float, y: float, w: float, h: float, level: float, colour: Colour, width: float) -> None:
    """A tank with water up to `level`."""
    sheet.box(x, level, w, y + h - level, WATER)
    waves = [(x + 6 + i * 8, level + 5 * math.sin(i / 2.2)) for i in range(int(w / 8))]
    sheet.line(waves, BLUE, 4, 0.5)
    sheet.line([(x, y), (x, y + h), (x + w, y + h), (x + w, y)], colour, width)
    sheet.line([(x - 24, y), (x + w + 24, y)], colour, width + 3)


def _float(sheet: Sheet, x: float, y: float, angle: float) -> None:
    """A float switch whose nose points `angle` degrees clockwise from the right."""
    a = math.radians(angle)
    shape = [(-70, -34), (30, -34), (72, -12), (72, 12), (30, 34), (-70, 34), (-70, -34)]
    turned = [(x + px * math.cos(a) - py * math.sin(a), y + px * math.sin(a) + py * math.cos(a)) for px, py in shape]
    sheet.area(turned, (244, 196, 160))
    sheet.line(turned, INK, 5)


def four_drawings() -> bytes:
    """What four people drew."""
    sheet = Sheet(1600, 1240, (226, 222, 212), seed=41)
    for number, (x, y) in enumerate(((50, 50), (820, 50), (50, 640), (820, 640)), start=1):
        sheet.box(x + 8, y + 9, 730, 550, (196, 192, 182))
        sheet.box(x, y, 730, 550, (254, 253, 249))
        sheet.hand(x + 26, y + 66, str(number), 52, GREY)
        (_gareth, _dan, _joss, _priya)[number - 1](sheet, x, y)
    return sheet.png(32)


def _gareth(sheet: Sheet, x: float, y: float) -> None:
    sheet.rectangle(x + 190, y + 130, 350, 300, PENCIL, 4)
    sheet.line([*arc(x + 365, y + 236, 44, 44, 180, 400), (x + 366, y + 300), (x + 366, y + 330)], PENCIL, 6)
    sheet.ellipse(x + 366, y + 366, 4, 4, PENCIL, 6)


def _dan(sheet: Sheet, x: float, y: float) -> None:
    left, top = x + 120, y + 140
    sheet.rectangle(left, top, 500, 46, PENCIL, 4)
    for screw in (left + 60, left + 440):
        sheet.ellipse(screw, top + 22, 15, 15, PENCIL, 3)
        sheet.line([(screw - 10, top + 30), (screw + 10, top + 14)], PENCIL, 3, 0.5)
    sheet.rectangle(left + 220, top - 42, 60, 42, PENCIL, 4)
    for groove in (14, 28):
        sheet.line([(left + 222, top - groove), (left + 278, top - groove)], PENCIL, 2, 0.5)
    for wall in (left, left + 456):
        sheet.line([(wall, top + 46), (wall, top + 350)], PENCIL, 4)
        sheet.line([(wall + 44, top + 46), (wall + 44, top + 350)], PENCIL, 4)
        for rung in range(60, 340, 18):
            sheet.line([(wall + 2, top + rung + 14), (wall + 42, top + rung - 14)], PENCIL, 2, 0.8)
    sheet.line(
        [*arc(left + 200, top + 250, 18, 10, 180, 360), *arc(left + 236, top + 250, 18, 10, 180, 300)], PENCIL, 3
    )


def _joss(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([(x + 250, y + 150), (x + 430, y + 150), (x + 430, y + 210), (x + 470, y + 210)], PENCIL, 5)
    sheet.line([(x + 250, y + 200), (x + 380, y + 200), (x + 380, y + 250), (x + 470, y + 250)], PENCIL, 5)
    sheet.line([(x + 330, y + 150), (x + 330, y + 104)], PENCIL, 5)
    sheet.line([(x + 280, y + 102), (x + 380, y + 102)], PENCIL, 6)
    for drop in (290, 330):
        sheet.line([(x + 425, y + drop), (x + 420, y + drop + 18)], PENCIL, 4, 0.5)
    for middle, mouth in ((x + 220, (20, 160)), (x + 520, (200, 340))):
        sheet.ellipse(middle, y + 430, 72, 72, PENCIL, 4)
        for eye in (-24, 24):
            sheet.ellipse(middle + eye, y + 412, 4, 5, PENCIL, 5)
        bow = y + 440 if mouth[0] < 90 else y + 476
        sheet.line(arc(middle, bow, 34, 22, *mouth), PENCIL, 4)


def _priya(sheet: Sheet, x: float, y: float) -> None:
    for left, level, on in ((x + 90, y + 390, False), (x + 420, y + 260, True)):
        sheet.line([(left, y + 130), (left, y + 450), (left + 220, y + 450), (left + 220, y + 130)], PENCIL, 4)
        sheet.line([(left - 10, y + 130), (left + 230, y + 130)], PENCIL, 5)
        sheet.line([(left + 4, level), (left + 216, level)], PENCIL, 3)
        if on:
            sheet.line([(left + 130, y + 132), (left + 126, y + 250), (left + 100, y + 284)], PENCIL, 3)
            sheet.line(
                [
                    (left + 112, y + 270),
                    (left + 60, y + 206),
                    (left + 34, y + 226),
                    (left + 86, y + 292),
                    (left + 112, y + 270),
                ],
                PENCIL,
                4,
            )
        else:
            sheet.line([(left + 130, y + 132), (left + 130, y + 300)], PENCIL, 3)
            sheet.line(
                [
                    (left + 110, y + 300),
                    (left + 150, y + 300),
                    (left + 150, y + 372),
                    (left + 110, y + 372),
                    (left + 110, y + 300),
                ],
                PENCIL,
                4,
            )
        sheet.hand(left + 70, y + 510, "on" if on else "off", 40, PENCIL)
