"""Contrast of colours, as WCAG reckons it."""

from __future__ import annotations

import re

AA = 4.5
"""Least contrast of text and ground (WCAG 2.2, success criterion 1.4.3)."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def with_white(colour: str) -> str:
    """A colour mixed with as much white, as `color-mix(in srgb, … 50%, white)` mixes it."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02x}" for at in (1, 3, 5))


def colours_of(style: str, scheme: str) -> dict[str, str]:
    """The custom properties of a stylesheet that are colours, as they are where the scheme is `light` or `dark`.

    The last one said counts, outside of media queries; links are worked out.
    """
    usual = re.sub(r"@media[^{]*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", style)
    both = re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", usual)
    found = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", usual))
    found |= {name: light if scheme == "light" else dark for name, light, dark in both}
    return found | {"link": found["accent"] if scheme == "light" else with_white(found["accent"])}
