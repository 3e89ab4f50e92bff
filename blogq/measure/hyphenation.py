"""Where words may be hyphenated: Liang's algorithm on the dictionaries that Pyphen ships.

textstat takes the parts of a word that CMU's dictionary doesn't know from Pyphen. Pyphen itself spends 50 ms on reading
the English patterns and 70 µs on a word. Here patterns are kept as they are written, and only those that match are
looked into. The dictionaries stay Pyphen's, so they change when textstat's figures do.

Source: F. M. Liang, "Word Hy-phen-a-tion by Com-put-er", Stanford 1983.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_EDGE = 2
"""Characters that must stay together at each end of a word: Pyphen's defaults."""


def package_folder(name: str) -> Path:
    """Folder of an installed package, which is not imported. ModuleNotFoundError when it isn't there."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"blogq needs the package {name}, which is not installed", name=name)
    return Path(spec.submodule_search_locations[0])


@cache
def _dictionaries() -> dict[str, Path]:
    """Dictionaries by lower-case language name; `de` is the first of `de_AT`, `de_CH`, `de_DE`."""
    found: dict[str, Path] = {}
    for path in sorted((package_folder("pyphen") / "dictionaries").glob("*.dic")):
        name = path.stem.removeprefix("hyph_").lower()
        found[name] = path
        found.setdefault(name.split("_")[0], path)
    return found


def _dictionary(language: str) -> Path | None:
    parts = language.replace("-", "_").lower().split("_")
    while parts:
        path = _dictionaries().get("_".join(parts))
        if path:
            return path
        parts.pop()
    return None


@cache
def _patterns(path: Path) -> tuple[dict[str, str], int]:
    """Patterns of a dictionary by their letters, and the length of the longest."""
    encoding, _, body = path.read_bytes().partition(b"\n")
    name = encoding.decode().strip()
    text = body.decode("cp1251" if name.lower() == "microsoft-cp1251" else name)
    if "^^" in text:
        text = re.sub(r"\^{2}([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)
    # Without settings, comments, and what is to be written in place of the letters at a break.
    text = re.sub(r"(?m)^(?:[%#]|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN).*$", "", re.sub(r"[ \t\r]+\n", "\n", text))
    if "=" in text:
        text = re.sub(r"/[^\n]*=[^\n]*", "", text)
    # Taking digits out of bytes is far quicker than out of text, and in UTF-8 it comes to the same.
    bare = text.encode().translate(None, b"0123456789").decode()
    lines = zip(bare.split("\n"), text.split("\n"), strict=True)
    patterns = {letters: pattern for letters, pattern in lines if len(letters) != len(pattern)}
    return patterns, max(map(len, patterns), default=0)


@cache
def _values(pattern: str) -> tuple[tuple[int, int], ...]:
    """What a pattern says: before which of its letters, and how strongly for (odd) or against (even) a break."""
    found: list[tuple[int, int]] = []
    letters = 0
    for before, sign in zip(" " + pattern, pattern, strict=False):
        if not sign.isdigit():
            letters += 1
        elif not before.isdigit():
            found.append((letters, int(sign)))
    return tuple(found)


def hyphenates(language: str) -> bool:
    """Whether there is a dictionary for a language, such as `de` or `pt_BR`."""
    return _dictionary(language) is not None


def hyphenations(word: str, language: str) -> int:
    """In how many places a word in lower case may be hyphenated; KeyError when the language has no dictionary."""
    path = _dictionary(language)
    if path is None:
        raise KeyError(language)
    patterns, longest = _patterns(path)
    dotted = f".{word}."
    size = len(dotted)
    values = [0] * (size + 1)
    get = patterns.get
    for start in range(size - 1):
        for end in range(start + 1, min(start + longest, size) + 1):
            pattern = get(dotted[start:end])
            if pattern is not None:
                for offset, value in _values(pattern):
                    if value > values[start + offset]:
                        values[start + offset] = value
    return sum(value % 2 for value in values[_EDGE + 1 : len(word) - _EDGE + 2])
