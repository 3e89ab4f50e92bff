"""Icons and the web manifest of a site: drawn from its icon, or from the first letter of its title."""

from __future__ import annotations

import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any

from blogq.plan.companions import manifest_icons
from blogq.plan.jobs import Plan
from blogq.plan.views import SiteView
from blogq.sharing.drawing import NotDrawn, OwnFont, draw

_ACCENT = "#3b5b76"
"""Where the theme has no accent colour that can be read."""
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_WHITE = (255, 255, 255)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "ICO")
"""What an icon may be besides SVG, by Pillow's names; a `.png` that holds an `.ico` is common."""


def accent_of(options: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return the accent colour among a theme's options, as red, green and blue; ours where it isn't told in hex."""
    told = options.get("accent")
    text = (told if isinstance(told, str) and _HEX.fullmatch(told) else _ACCENT)[1:]
    text = "".join(2 * digit for digit in text) if len(text) == 3 else text
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def on(colour: tuple[int, int, int]) -> str:
    """Return white or near-black, whichever can be read better on a colour (WCAG 2.2, relative luminance)."""
    parts = [each / 255 for each in colour]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0565 else "#161616"


def in_hex(colour: tuple[int, int, int]) -> str:
    """Return a colour as CSS has it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def letter_of(title: str) -> str:
    """Return the first letter or digit of a title, as a capital, with its accents; nothing where there is none."""
    title = unicodedata.normalize("NFC", title)
    at = next((at for at, each in enumerate(title) if unicodedata.category(each)[0] in "LN"), -1)
    if at < 0:
        return ""
    end = at + 1
    while end < len(title) and unicodedata.category(title[end])[0] == "M":
        end += 1
    upper = title[at:end].upper()
    return upper if len(upper) == end - at else title[at:end]


def letter_icon(title: str, options: Mapping[str, Any]) -> bytes:
    """Return the icon of a site that has none: the first letter of its title on the accent colour, as SVG."""
    accent = accent_of(options)
    letter = letter_of(title)
    text = (
        f'<text x="32" y="45" text-anchor="middle" font-family="Inter,system-ui,sans-serif" font-weight="700"'
        f' font-size="38" fill="{on(accent)}">{escape(letter)}</text>'
        if letter
        else ""
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{in_hex(accent)}"/>{text}</svg>\n'
    ).encode()


def plain_ico(options: Mapping[str, Any]) -> bytes:
    """Return a small icon for those who ask for `/favicon.ico` all the same: the accent colour, with round corners."""
    side, radius = 32, 7
    rows = bytearray()
    colour = bytes(accent_of(options))
    for y in range(side):
        rows.append(0)
        for x in range(side):
            across, down = (max(radius - at - 0.5, at + 0.5 - side + radius, 0) for at in (x, y))
            rows += colour + (b"\xff" if across**2 + down**2 <= radius**2 else b"\0")

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")
    return as_ico(b"\x89PNG\r\n\x1a\n" + data, side)


def as_ico(png: bytes, side: int) -> bytes:
    """Return a PNG of `side` by `side` pixels in the wrapping that `/favicon.ico` has."""
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), 22) + png


def resized(data: bytes, is_svg: bool, size: int, fonts: Sequence[OwnFont] = ()) -> bytes:
    """Return the icon `data` as a PNG of `size` by `size` pixels. Raise `NotDrawn` where it can't be read.

    What isn't square gets margins. That for Apple's home screen, which shows black where there is nothing, is on white.
    """
    from PIL import Image

    try:
        opened = Image.open(BytesIO(draw(data, fonts, size) if is_svg else data), formats=FORMATS)
        image = opened.convert("RGBA")
    except NotDrawn:
        raise
    except Exception as error:  # Pillow raises nearly anything for files that aren't what they seem.
        raise NotDrawn("it is no PNG, JPEG, WebP, GIF, ICO or SVG, whatever its name says, or it is damaged") from error
    scale = size / max(image.size)
    image = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )
    ground = Image.new("RGBA", (size, size), (*_WHITE, 255 if size == 180 else 0))
    ground.alpha_composite(image, ((size - image.width) // 2, (size - image.height) // 2))
    out = BytesIO()
    ground.save(out, "PNG", compress_level=9)
    return out.getvalue()


def manifest(plan: Plan, site: SiteView, options: Mapping[str, Any]) -> bytes:
    """Return the web manifest (w3.org/TR/appmanifest) of a site in its first language."""
    told: dict[str, Any] = {
        "name": site.title,
        "start_url": site.home,
        "scope": site.home,
        "display": "minimal-ui",
        "lang": site.language,
        "dir": site.direction,
        "theme_color": in_hex(accent_of(options)),
        "background_color": "#ffffff",
        "icons": manifest_icons(plan),
    }
    if site.description:
        told["description"] = site.description
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
