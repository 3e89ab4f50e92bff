"""Paper, ink and letters: a canvas that draws like a hand, for the pictures that are no SVG."""

from __future__ import annotations

import math
import random
from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

SCALE = 2
"""Everything is drawn so many times larger and made smaller at the end, for smooth edges."""

INK = (43, 47, 51)
RED = (192, 74, 38)
BLUE = (31, 78, 95)
GREY = (150, 148, 140)
PAPER = (252, 249, 240)

FACES = {
    "serif": ("NotoSerif-Regular.ttf", "DejaVuSerif.ttf"),
    "bold": ("NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf"),
    "italic": ("DejaVuSerif-Italic.ttf", "NotoSerif-Regular.ttf"),
    "sans": ("NotoSans-Regular.ttf", "DejaVuSans.ttf"),
    "sans-bold": ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf"),
    "mono": ("DejaVuSansMono.ttf", "NotoSansMono-Regular.ttf"),
}

Point = tuple[float, float]
Colour = tuple[int, int, int]


@cache
def font(face: str, size: float) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels of the finished picture; Pillow's own where the machine has none of ours."""
    for name in FACES[face]:
        try:
            return ImageFont.truetype(name, round(size * SCALE))
        except OSError:
            continue
    return ImageFont.load_default(round(size * SCALE))


class Sheet:
    """A picture being drawn; all measures are pixels of the finished picture."""

    def __init__(self, width: int, height: int, colour: Colour = PAPER, seed: int = 1) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.draw = ImageDraw.Draw(self.image)
        self.random = random.Random(seed)

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        """A filled rectangle."""
        corners = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        self.draw.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def area(self, points: list[Point], fill: Colour) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def ruled(self, start: Point, end: Point, colour: Colour, width: float = 1) -> None:
        """A line drawn with a ruler."""
        self.draw.line([(x * SCALE, y * SCALE) for x, y in (start, end)], fill=colour, width=round(width * SCALE))

    def line(self, points: list[Point], colour: Colour = INK, width: float = 4, wobble: float = 2.2) -> None:
        """A line drawn by hand through `points`: it drifts a little, and its width with it."""
        path = _dense(points)
        drift = [self.random.uniform(0, math.tau) for _ in range(6)]
        done = 0.0
        before = path[0]
        for x, y in path:
            done += math.dist(before, (x, y))
            before = (x, y)
            dx = wobble * (math.sin(done / 57 + drift[0]) + 0.5 * math.sin(done / 23 + drift[1]))
            dy = wobble * (math.sin(done / 61 + drift[2]) + 0.5 * math.sin(done / 19 + drift[3]))
            r = width / 2 * (1 + 0.16 * math.sin(done / 41 + drift[4]))
            cx, cy, r = (x + dx / 2) * SCALE, (y + dy / 2) * SCALE, r * SCALE
            self.draw.ellipse([cx - r, cy - r, cx + r, cy + r], fill=colour)

    def dashes(self, start: Point, end: Point, colour: Colour = INK, width: float = 4, dash: float = 18) -> None:
        """A dashed line by hand."""
        length = math.dist(start, end)
        for i in range(0, int(length / dash), 2):
            a, b = i * dash / length, min(1, (i + 1) * dash / length)
            ends = [tuple(s + (e - s) * t for s, e in zip(start, end, strict=True)) for t in (a, b)]
            self.line([(ends[0][0], ends[0][1]), (ends[1][0], ends[1][1])], colour, width, 0.8)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour = INK, width: float = 4) -> None:
        """An ellipse by hand, around its centre; it doesn't quite close."""
        turn = self.random.uniform(0, math.tau)
        steps = [turn + (math.tau + 0.12) * i / 60 for i in range(61)]
        self.line([(x + rx * math.cos(t), y + ry * math.sin(t)) for t in steps], colour, width)

    def rectangle(self, x: float, y: float, w: float, h: float, colour: Colour = INK, width: float = 4) -> None:
        """A rectangle by hand, whose corners overshoot."""
        o = 5
        for a, b in (
            ((x - o, y), (x + w + o, y)),
            ((x + w, y - o), (x + w, y + h + o)),
            ((x + w + o, y + h), (x - o, y + h)),
            ((x, y + h + o), (x, y - o)),
        ):
            self.line([a, b], colour, width)

    def arrow(self, points: list[Point], colour: Colour = INK, width: float = 4, head: float = 22) -> None:
        """A line by hand with a head at its end."""
        self.line(points, colour, width)
        (x0, y0), (x1, y1) = points[-2:]
        angle = math.atan2(y1 - y0, x1 - x0)
        for turn in (2.6, -2.6):
            tip = (x1 + head * math.cos(angle + turn), y1 + head * math.sin(angle + turn))
            self.line([tip, (x1, y1)], colour, width, 0.8)

    def text(
        self, x: float, y: float, text: str, face: str, size: float, colour: Colour = INK, anchor: str = "ls"
    ) -> None:
        """Type; `anchor` as Pillow has it."""
        self.draw.text((x * SCALE, y * SCALE), text, fill=colour, font=font(face, size), anchor=anchor)

    def hand(self, x: float, y: float, text: str, size: float, colour: Colour = INK, face: str = "italic") -> float:
        """Letters one by one, each a little off its line and angle; gives where the next would stand."""
        letters = font(face, size)
        for letter in text:
            advance = letters.getlength(letter) / SCALE
            if letter != " ":
                side = round(size * SCALE * 2)
                one = Image.new("L", (side, side), 0)
                ImageDraw.Draw(one).text((side // 4, side * 3 // 4), letter, fill=255, font=letters, anchor="ls")
                one = one.rotate(self.random.uniform(-4, 4), resample=Image.Resampling.BICUBIC)
                at = (x * SCALE - side / 4, (y + self.random.uniform(-0.03, 0.03) * size) * SCALE - side * 3 / 4)
                self.image.paste(Image.new("RGB", one.size, colour), (round(at[0]), round(at[1])), one)
            x += advance
        return x

    def png(self, colours: int = 48) -> bytes:
        """The finished picture as a PNG with a palette."""
        small = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        return out.getvalue()

    def jpeg(self, quality: int = 78) -> bytes:
        """The finished picture as a JPEG."""
        small = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        return out.getvalue()


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """Points on an ellipse around (x, y) between two angles in degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * i / 24) for i in range(25)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def _dense(points: list[Point]) -> list[Point]:
    """The same way in steps of about one pixel."""
    path: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(1, round(math.dist((x0, y0), (x1, y1))))
        path += [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps)]
    return [*path, points[-1]]
