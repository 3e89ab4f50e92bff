"""How large an SVG is: from its `width` and `height`, else from its `viewBox`."""

from __future__ import annotations

import re

from blogq.pattern import Pattern

HEAD = 1 << 16
"""Bytes in which the root element is looked for."""
LARGEST = 100_000
"""Pixels; what claims to be larger isn't believed."""

_ROOT = Pattern(
    r"<(?:[A-Za-z_][\w.-]*:)?svg(?=[\s/>])((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
)
_SKIPPED = Pattern(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_PIXELS = Pattern(r"\s*\+?([0-9]{1,6}(?:\.[0-9]+)?|\.[0-9]+)(?:px)?\s*")
_NUMBERS = Pattern(r"[\s,]+")


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, (0, 0) where the image doesn't say; None when the bytes are no SVG."""
    text = data[:HEAD].decode("utf-8", "replace")
    if "\0" in text:
        text = data[:HEAD].decode("utf-16", "replace")
    root = _ROOT.search(_SKIPPED.sub("", text))
    if root is None:
        return None
    found = {name: _attribute(root[1], name) for name in ("width", "height", "viewBox")}
    width, height = (_pixels(found[name]) for name in ("width", "height"))
    box = [_number(each) for each in _NUMBERS.split(found["viewBox"].strip())]
    across, down = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if across > 0 and down > 0:
        if width and not height:
            height = width * down / across
        elif height and not width:
            width = height * across / down
        elif not width and not height and not found["width"] and not found["height"]:
            width, height = across, down
    if 0.5 <= width <= LARGEST and 0.5 <= height <= LARGEST:
        return round(width) or 1, round(height) or 1
    return 0, 0


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"(?:^|\s){name}\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    return match[1][1:-1] if match else ""


def _pixels(text: str) -> float:
    """Return a length in pixels; 0 for other units and for none."""
    match = _PIXELS.fullmatch(text)
    return float(match[1]) if match else 0.0


def _number(text: str) -> float:
    match = re.fullmatch(r"[-+]?(?:[0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?", text)
    return float(text) if match else 0.0
