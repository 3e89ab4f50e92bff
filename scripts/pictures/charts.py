"""Charts of the posts' own figures, as SVG that follows the reader's choice of light or dark."""

from __future__ import annotations

import csv
import runpy
import sys
from collections import Counter
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

POSTS = Path(__file__).parent.parent.parent / "example-site" / "content" / "posts"

STYLE = """text{font:13px system-ui,sans-serif;fill:#333}.s{font-size:11.5px}.e{text-anchor:end}.c{text-anchor:middle}
.b{fill:#1f4e5f}.l{fill:#9db8c0}.o{fill:#c8552b}.y{fill:#d9b44a}.a{stroke:#999;fill:none}.g{stroke:#ddd;fill:none}.p{fill:#fff}
.w{fill:#fff}.k{fill:#14323d}@media(prefers-color-scheme:dark){text{fill:#ddd}.p{fill:#1c1f21}.b{fill:#6fb0c4}.l{fill:#4b646d}.o{fill:#f08a5d}.y{fill:#d9b44a}
.g{stroke:#3a3f42}.w{fill:#fff}.k{fill:#14323d}}"""


def svg(width: int, height: int, title: str, body: list[str]) -> bytes:
    """A whole SVG file."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t">'
    parts = [head, f'<title id="t">{escape(title)}</title>', f"<style>{STYLE}</style>"]
    parts += [f'<rect class="p" width="{width}" height="{height}"/>', *body, "</svg>", ""]
    return "\n".join(parts).encode()


def bar(x: float, y: float, w: float, h: float, kind: str) -> str:
    """A filled rectangle."""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>'


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """A line of type."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def rule(x0: float, y0: float, x1: float, y1: float, kind: str = "a") -> str:
    """A straight line."""
    return f'<path class="{kind}" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"/>'


def square(x: float, y: float, w: float, h: float, opacity: float, kind: str) -> str:
    """A rectangle whose strength is a figure."""
    return f'<rect class="{kind}" opacity="{opacity:.2f}" x="{x}" y="{y}" width="{w}" height="{h}"/>'


def dot(x: float, y: float, fill: str, edge: str = "") -> str:
    """A small circle; with `edge`, a colour, a ring."""
    ring = f' stroke="{edge}" stroke-width="2"' if edge else ""
    return f'<circle class="{fill}"{ring} cx="{x:.1f}" cy="{y}" r="{4.5 if edge else 5}"/>'


def table(post: str, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside a post."""
    with (POSTS / post / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found() -> bytes:
    """Share of planted mistakes found, by way of reading and kind."""
    possible, *rows = table("forty-planted-mistakes", "mistakes.csv")
    kinds = {"typing": "l", "wrong word": "b", "figures": "o", "sense": "y"}
    out = []
    for share in (0, 25, 50, 75, 100):
        y = 300 - 2.4 * share
        out += [rule(60, y, 730, y, "g"), text(52, y + 4, f"{share} %", "e s")]
    for i, row in enumerate(rows):
        left = 74 + i * 132
        for j, (kind, colour) in enumerate(kinds.items()):
            share = 100 * int(row[kind]) / int(possible[kind])
            out.append(bar(left + j * 27, 300 - 2.4 * share, 24, 2.4 * share, colour))
            out.append(text(left + j * 27 + 12, 295 - 2.4 * share, f"{share:.0f}", "c s"))
        name = row["way of reading"].replace("by the computer's voice", "computer's voice")
        out.append(text(left + 52, 322, name, "c"))
    for j, (kind, colour) in enumerate(kinds.items()):
        out += [bar(74 + j * 132, 340, 12, 12, colour), text(92 + j * 132, 351, kind)]
    return svg(740, 364, "Mistakes found in per cent of those planted", out)


def scores() -> bytes:
    """Every text through every formula."""
    module = _program("does-the-formula-speak-german/ease.py")
    names = {"en": "English", "de": "German", "es": "Spanish"}
    makers = {"en": "Flesch", "de": "Amstad", "es": "Szigriszt"}
    out = [text(400, 24, "formula", "c s")]
    for j, formula in enumerate(names):
        out.append(text(220 + j * 180, 48, f"{makers[formula]}, for {names[formula]}", "c"))
    for i, language in enumerate(names):
        y = 62 + i * 84
        words = (POSTS / "does-the-formula-speak-german" / f"{language}.txt").read_text(encoding="utf-8")
        out.append(text(116, y + 44, f"{names[language]} text", "e"))
        for j, formula in enumerate(names):
            score = module["ease"](words, language, formula)
            shade = max(0.16, min(1.0, (score - 35) / 90))
            x = 132 + j * 180
            out.append(square(x, y, 176, 80, shade, "l"))
            if language == formula:
                frame = f'x="{x + 2}" y="{y + 2}" width="172" height="76"'
                out.append(f'<rect fill="none" stroke="#c8552b" stroke-width="3" {frame}/>')
            out.append(f'<text class="c" style="font-size:24px" x="{x + 88}" y="{y + 49}">{score:.1f}</text>')
    return svg(690, 330, "Nine scores for ease: three texts by three formulas", out)


def replies() -> bytes:
    """The line on which the answer of a reply begins, before and after."""
    rows = table("a-taxman-on-letters", "replies.csv")
    out = []
    for name, label, base, kind in (("before", "October", 190, "l"), ("after", "November", 400, "b")):
        out.append(text(714, base - 120, f"{label}, fifty replies", "e"))
        out.append(rule(46, base, 714, base))
        for i, row in enumerate(rows):
            count, x = int(row[name]), 50 + i * 44 + (14 if row["line"] == "never" else 0)
            if count:
                out += [
                    bar(x, base - count * 4.8, 34, count * 4.8, kind),
                    text(x + 17, base - count * 4.8 - 5, str(count), "c s"),
                ]
    for i, row in enumerate(rows):
        x = 67 + i * 44 + (14 if row["line"] == "never" else 0)
        out += [text(x, 418, row["line"], "c s")]
    out.append(text(46, 440, "The line on which the answer begins", ""))
    out += [text(714, 88, "median: line 7", "e s"), text(714, 298, "median: line 1", "e s")]
    return svg(740, 452, "The line on which the answer begins, in fifty replies of October and fifty of November", out)


def words() -> bytes:
    """The words in each edition of the leaflet."""
    rows = table("fourteen-editions", "editions.csv")
    out = []
    for mark in (0, 1000, 2000, 3000):
        y = 290 - mark * 0.085
        out += [rule(56, y, 730, y, "g"), text(48, y + 4, f"{mark:,}", "e s")]
    for i, row in enumerate(rows):
        count, x = int(row["words"]), 64 + i * 44.4
        last = i == len(rows) - 1
        out.append(bar(x, 290 - count * 0.085, 34, count * 0.085, "o" if last else "b"))
        out += [text(x + 17, 284 - count * 0.085, f"{count:,}", "c s"), text(x + 17, 307, row["year"], "c s")]
    out.append(text(56, 330, "Words in each edition of the leaflet"))
    return svg(740, 342, "Words in each edition of the leaflet, 1987 to 2026", out)


def shared() -> bytes:
    """Runs of four words that pairs of posts share, among those that stood here when the post came out."""
    module, names, texts = _program("i-have-said-this-before/repeats.py", "4"), [], []
    for row in table("two-years-of-second-passes", "drafts.csv"):
        if row["date"] < "2026-09-17":
            names.append(row["post"])
            texts.append(module["shingles"](_source(row["post"]), 4))
    pairs = Counter({(i, j): len(texts[i] & texts[j]) for i, j in combinations(range(len(names)), 2)})
    most, size, out = max(pairs.values()), 19, []
    for (i, j), count in pairs.items():
        strength = 0.05 if not count else 0.2 + 0.8 * count / most
        out.append(square(230 + i * size, 8 + j * size, size - 2, size - 2, strength, "b"))
        if count > 2:
            out.append(text(230 + i * size + 8.5, 8 + j * size + 13, str(count), "c s w"))
    for i, name in enumerate(names):
        out.append(text(222, 21 + i * size, name, "e s"))
    out.append(text(480, 60, f"Runs of four words in common; at most {most}", "s"))
    return svg(740, 456, "Runs of four words that pairs of posts share", out)


def _program(path: str, *arguments: str) -> dict[str, Any]:
    """The functions of a program that a post gives away, without running it on any file."""
    before, sys.argv = sys.argv, [path, *arguments]
    try:
        return runpy.run_path(str(POSTS / path))
    finally:
        sys.argv = before


def _source(name: str) -> str:
    """The Markdown of a post by its name."""
    found = [p for p in POSTS.glob("**/*.md") if p.stem == name or (p.stem == "index" and p.parent.name.endswith(name))]
    return found[0].read_text(encoding="utf-8")


def passes() -> bytes:
    """Words of the draft and words published, for each post."""
    rows = table("two-years-of-second-passes", "drafts.csv")
    out = []
    for mark in (0, 500, 1000, 1500, 2000):
        x = 214 + mark * 0.248
        out += [rule(x, 24, x, 30 + len(rows) * 18, "g"), text(x, 16, f"{mark:,}", "c s")]
    for i, row in enumerate(rows):
        y, draft, published = 40 + i * 18, 214 + int(row["draft"]) * 0.248, 214 + int(row["published"]) * 0.248
        colour = "#c8552b" if published > draft else "#7d9aa3"
        out.append(text(204, y + 4, row["post"], "e s"))
        out.append(f'<path stroke="{colour}" stroke-width="2" d="M{draft:.1f} {y}H{published:.1f}"/>')
        out += [dot(draft, y, "p", colour), dot(published, y, "o" if published > draft else "b")]
    y = 48 + len(rows) * 18
    out += [dot(220, y, "p", "#7d9aa3"), dot(340, y, "b")]
    out += [text(232, y + 4, "words drafted", "s"), text(352, y + 4, "words published", "s")]
    return svg(740, y + 16, "Words drafted and words published, for 26 posts", out)
