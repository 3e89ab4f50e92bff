"""Sheets with more letters than lines: a notebook's page, a poster, a section through the ground, a chalkboard."""

from __future__ import annotations

import csv
from pathlib import Path

from paper import BLUE, GREY, INK, PAPER, RED, SCALE, Colour, Sheet
from PIL import Image, ImageFilter

POSTS = Path(__file__).parent.parent.parent / "example-site" / "content" / "posts"


def notebook() -> bytes:
    """The tally of what each reading found; a stroke of the picture stands for ten mistakes."""
    sheet = Sheet(1600, 1010, seed=7)
    for x in range(0, 1600, 40):
        sheet.ruled((x, 0), (x, 1010), (214, 226, 230))
    for y in range(20, 1010, 40):
        sheet.ruled((0, y), (1600, y), (214, 226, 230))
    sheet.ruled((326, 0), (326, 1010), (226, 150, 140), 3)
    sheet.hand(360, 92, "first reading", 46, BLUE)
    sheet.hand(1010, 92, "under the ruler", 46, RED)
    sheet.hand(44, 92, "2019", 40, GREY)
    with (POSTS / "what-the-second-reading-finds" / "notebook.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    y = 180
    for row in rows:
        first, second = int(row["first reading"]), int(row["second reading"])
        sheet.hand(44, y + 62, row["kind"], 44)
        bottom = max(_tally(sheet, 360, y, first, BLUE), _tally(sheet, 1010, y, second, RED))
        sheet.hand(360, bottom + 52, str(first), 36, BLUE)
        sheet.hand(1010, bottom + 52, str(second), 36, RED)
        y = bottom + 84
        sheet.line([(30, y - 18), (1560, y - 18)], GREY, 1.5)
    sheet.hand(1010, 985, "one stroke: ten mistakes", 32, GREY)
    return sheet.png(32)


def _tally(sheet: Sheet, left: float, top: float, count: int, colour: Colour) -> float:
    """Strokes in bundles of five, one for ten mistakes; gives the y below them."""
    strokes = max(1, round(count / 10))
    for i in range(strokes):
        bundle, place = divmod(i, 5)
        row, column = divmod(bundle, 6)
        x, y = left + column * 92, top + row * 68
        if place == 4:
            sheet.line([(x - 8, y + 42), (x + 62, y + 12)], colour, 4)
        else:
            jump = sheet.random.uniform(-4, 4)
            sheet.line([(x + place * 16, y + jump), (x + place * 16 + 3, y + 52 + jump)], colour, 4)
    return top + ((strokes - 1) // 30) * 68 + 56


def date() -> bytes:
    """A date that is three dates."""
    sheet = Sheet(1600, 1000, (246, 240, 226), seed=3)
    sheet.text(800, 520, "03/04/05", "bold", 330, INK, "ms")
    readings = [
        (300, 800, "3 April 2005", "in Ludlow", RED, [(420, 560), (360, 640), (310, 715)]),
        (800, 890, "4 March 2005", "in Vermont", BLUE, [(800, 560), (806, 690), (800, 805)]),
        (1300, 800, "5 April 2003", "in a file name of mine", (120, 100, 30), [(1180, 560), (1240, 640), (1290, 715)]),
    ]
    for x, y, meaning, where, colour, way in readings:
        sheet.arrow(way, colour, 6, 30)
        sheet.text(x, y, meaning, "serif", 62, colour, "ms")
        sheet.text(x, y + 58, where, "italic", 36, INK, "ms")
    sheet.hand(92, 128, "Delivered on", 60, GREY)
    sheet.line([(90, 158), (540, 152)], GREY, 3)
    return sheet.png(40)


def strata() -> bytes:
    """The leaflet as ground, with a sentence in each layer; the oldest lies lowest."""
    layers = [
        (2021, "Scan for our app.", (233, 222, 200), INK),
        (2012, "This leaflet is not a toy.", (214, 193, 158), INK),
        (2003, "Remove the cardboard.", (191, 160, 120), INK),
        (1997, "Keep fish out of the inlet.", (160, 126, 90), PAPER),
        (1994, "Not for milk.", (124, 93, 66), PAPER),
        (1987, "Fill the pump with water.", (78, 60, 48), PAPER),
    ]
    sheet = Sheet(1600, 1100, (221, 232, 234), seed=11)
    tops = [150, 300, 455, 610, 770, 940]
    edges = [_edge(sheet, top) for top in tops]
    for (year, sentence, earth, ink), edge, top in zip(layers, edges, tops, strict=True):
        sheet.area([*edge, (1600, 1100), (0, 1100)], earth)
        for _ in range(46):
            x, y = sheet.random.uniform(0, 1600), top + sheet.random.uniform(30, 150)
            darker: Colour = (max(0, earth[0] - 16), max(0, earth[1] - 16), max(0, earth[2] - 16))
            sheet.ruled((x, y), (x + sheet.random.uniform(8, 46), y + sheet.random.uniform(-3, 3)), darker, 3)
        sheet.text(84, top + 100, str(year), "mono", 40, ink)
        sheet.hand(300, top + 104, sentence, 62, ink, "serif")
    for x in range(10, 1600, 26):
        blade = sheet.random.uniform(18, 46)
        base = edges[0][min(len(edges[0]) - 1, x // 40)][1] + 4
        sheet.line([(x, base), (x + sheet.random.uniform(-12, 12), base - blade)], (96, 122, 84), 4, 1)
    return sheet.png(48)


def _edge(sheet: Sheet, top: float) -> list[tuple[float, float]]:
    """The upper edge of a layer, from left to right, gently uneven."""
    height, slope, points = 0.0, 0.0, []
    for x in range(0, 1641, 40):
        slope = 0.8 * slope + sheet.random.uniform(-4, 4)
        height = 0.92 * (height + slope)
        points.append((float(x), top + height))
    return points


def chalkboard() -> bytes:
    """What the baker has left, in chalk."""
    sheet = Sheet(1600, 1200, (120, 84, 52), seed=5)
    for y in range(0, 1200, 7):
        shade = sheet.random.randint(-12, 12)
        sheet.ruled((0, y), (1600, y + sheet.random.uniform(-5, 5)), (116 + shade, 80 + shade, 48 + shade), 5)
    sheet.box(70, 70, 1460, 1060, (44, 52, 50), 6)
    for _ in range(34):
        x, y = sheet.random.uniform(80, 1300), sheet.random.uniform(90, 1090)
        grey = sheet.random.randint(50, 60)
        sheet.line(
            [(x, y), (x + sheet.random.uniform(60, 200), y + sheet.random.uniform(-40, 40))],
            (grey, grey + 8, grey + 6),
            34,
        )
    board = sheet.image.filter(ImageFilter.GaussianBlur(14 * SCALE))
    sheet.image.paste(board.crop(_px(84, 84, 1516, 1116)), _px(84, 84))
    chalk, yellow = (236, 236, 226), (240, 214, 130)
    sheet.hand(170, 250, "Saturday", 120, yellow, "bold")
    sheet.line([(170, 284), (720, 272)], yellow, 9)
    for y, text in ((450, "14 tins"), (600, "9 rye"), (750, "buns"), (900, "seeded, 40p off")):
        sheet.hand(200, y, text, 100, chalk, "serif")
    sheet.line([(180, 722), (470, 708)], chalk, 10)
    sheet.line([(186, 744), (460, 728)], chalk, 7)
    sheet.hand(860, 1050, "Shut at noon", 92, yellow, "serif")
    loaf = [(1010, 560), (1030, 470), (1100, 420), (1200, 410), (1300, 430), (1370, 490), (1380, 560), (1010, 560)]
    sheet.line(loaf, chalk, 9)
    for x in (1110, 1195, 1280):
        sheet.line([(x - 26, 500), (x + 22, 452)], chalk, 8)
    dust = Image.effect_noise(sheet.image.size, 46).convert("L").point(lambda v: 255 if v > 176 else 0)
    dark = Image.new("RGB", sheet.image.size, (44, 52, 50))
    inside = Image.new("L", sheet.image.size, 0)
    inside.paste(dust.crop(_px(84, 84, 1516, 1116)), _px(84, 84))
    sheet.image.paste(dark, (0, 0), inside)
    return sheet.jpeg(72)


def _px(*measures: float) -> tuple[int, ...]:
    """Measures of the finished picture as pixels of the large one."""
    return tuple(round(each * SCALE) for each in measures)
