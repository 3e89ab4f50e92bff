"""Texts to compare: posts of the example site, and what may be done to a copied one."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from pathlib import Path

from blogq.measure.sentences import sentences

ROOT = Path(__file__).parents[2]


@cache
def posts() -> tuple[str, ...]:
    """Bodies of the English posts without headings, one blank line between paragraphs; those of 250 words and more."""
    found = []
    for path in sorted((ROOT / "example-site" / "content" / "posts").glob("*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        kept = [block for block in body.split("\n\n") if re.match(r"[A-Z][\w',]* ", block) and "{{" not in block]
        text = "\n\n".join(kept)
        if "." not in path.stem and not path.stem.startswith("_") and len(text.split()) >= 250:
            found.append(text)
    return tuple(found)


def halves(text: str) -> tuple[str, str]:
    """The first and the second half of a text, parted between two sentences."""
    ends = [end for _, end in sentences(text, "en")]
    middle = min(ends, key=lambda end: abs(end - len(text) // 2))
    return text[:middle], text[middle:].lstrip()


def pasted(copy: str, into: str) -> tuple[str, int, int]:
    """A text with a copy in its middle, and where the copy stands."""
    before, after = halves(into)
    text = f"{before}\n\n{copy}\n\n{after}"
    return text, len(before) + 2, len(before) + 2 + len(copy)


def replaced(text: str, share: float, source: random.Random) -> str:
    """A text in which some words are other words, which nothing else has."""
    return re.sub(r"\w+", lambda word: f"zq{source.randrange(10**6)}" if source.random() < share else word[0], text)


def shuffled(text: str, source: random.Random) -> str:
    """The sentences of a text in another order."""
    parts = [text[start:end] for start, end in sentences(text, "en")]
    source.shuffle(parts)
    return " ".join(parts)


def hidden(text: str, source: random.Random) -> str:
    """A text with characters that can't be seen in every third word."""
    marks = "\u200b\u2060\ufeff\u00ad\u200d\u034f\u180e\u202c\u3164\U000e0061"
    words = re.split(r"(?<=\w)(?=\w)", text)
    return "".join(part + (source.choice(marks) if source.random() < 0.2 else "") for part in words)


def one_letter_homoglyphs() -> dict[str, list[str]]:
    """Look-alikes of a to z, found by their names in Unicode rather than in blogq's table.

    Cyrillic and Greek letters whose capital or small form is the same drawing in every typeface; wide, mathematical and
    small capital letters are found through their names and compatibility forms.
    """
    same = {
        "a": "\u0430\u0251", "c": "\u0441\u03f2", "d": "\u0501", "e": "\u0435\u212e", "g": "\u0261", "h": "\u04bb",
        "i": "\u0456\u03b9", "j": "\u0458\u03f3", "l": "\u04cf", "o": "\u043e\u03bf\u0585\u1d0f", "p": "\u0440\u03c1",
        "q": "\u051b", "s": "\u0455", "u": "\u057d\u1d1c", "v": "\u03bd\u0475\u1d20", "w": "\u051d\u1d21",
        "x": "\u0445", "y": "\u0443\u04af", "n": "\u0578", "z": "\u1d22", "A": "\u0410\u0391\u13aa",
        "B": "\u0412\u0392", "C": "\u0421\u216d", "E": "\u0415\u0395", "H": "\u041d\u0397", "I": "\u0406\u0399",
        "K": "\u041a\u039a", "M": "\u041c\u039c", "N": "\u039d", "O": "\u041e\u039f", "P": "\u0420\u03a1",
        "S": "\u0405", "T": "\u0422\u03a4", "X": "\u0425\u03a7", "Y": "\u03a5", "Z": "\u0396",
    }  # fmt: skip
    found = {letter: list(glyphs) for letter, glyphs in same.items()}
    for code in (*range(0xFF21, 0xFF5B), *range(0x1D400, 0x1D6A4), *range(0x24B6, 0x24EA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain.isascii() and plain.isalpha():
            found.setdefault(plain, []).append(chr(code))
    return found
