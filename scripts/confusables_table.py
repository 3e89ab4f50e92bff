"""Make `blogq/originality/data/confusables.z` from Unicode's table of characters that look alike.

    pip download --no-deps confusable-homoglyphs==3.3.1
    python scripts/confusables_table.py confusable_homoglyphs-3.3.1-py2.py3-none-any.whl

The wheel is only a way to get Unicode's confusables.txt (UTS #39) from a package registry: its `confusables.json` is
that table, read both ways. No code of it is used. The NOTICE beside the table gives the terms of Unicode.

The table is UTF-8 text, compressed with zlib. The first line holds characters that stand for a letter or digit though
they are neither (`℮`). Each other line is a target and all characters that look like it: `a` and then `аɑα…`. Targets
are in lower case, or what Unicode has when there is no letter of Latin, Cyrillic or Greek. What NFKC turns into the
target by itself isn't listed.
"""

from __future__ import annotations

import json
import sys
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).parent.parent / "blogq" / "originality" / "data" / "confusables.z"
SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
SEQUENCES = {"rn": "m", "vv": "w"}
"""Two letters that Unicode gives as the image of one."""
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def pairs(wheel: Path) -> list[tuple[str, str]]:
    """Return characters and what they look like, in both directions."""
    with zipfile.ZipFile(wheel) as archive:
        table = json.loads(archive.read("confusable_homoglyphs/confusables.json"))
    return [(one, entry["c"]) for one, entries in table.items() for entry in entries]


def script(character: str) -> str:
    """Return the first word of a character's name, which for letters is their script."""
    return unicodedata.name(character, "").partition(" ")[0]


def bare(text: str) -> str:
    """Return a text without marks and in compatibility form."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def classes(found: list[tuple[str, str]]) -> list[set[str]]:
    """Return the sets of single characters that look alike."""
    leader: dict[str, str] = {}

    def lead(character: str) -> str:
        while leader.setdefault(character, character) != character:
            character = leader[character]
        return character

    for one, other in found:
        ends = [SEQUENCES.get(bare(end), bare(end) or end) if len(end) > 1 else end for end in (one, other)]
        if all(len(end) == 1 for end in ends) and not all(end.isascii() for end in ends):
            leader[max(map(lead, ends))] = min(map(lead, ends))
    sets: dict[str, set[str]] = defaultdict(set)
    for character in leader:
        sets[lead(character)].add(character)
    return list(sets.values())


def target(alike: set[str]) -> str | None:
    """Return the letter or digit that stands for a set; None when it's of no script that matters here."""
    plain = sorted(c for c in alike if c.isascii() and c.isalnum())
    if plain:
        # l, I and 1 are one set in Unicode's table, O and 0 another.
        return max(plain).casefold()
    known = sorted(c for c in alike if script(c) in SCRIPTS and c.isalpha())
    if not known:
        return None
    for one in known:
        name = unicodedata.name(one)
        if name.startswith(SMALL_CAPITAL) and len(name) == len(SMALL_CAPITAL) + 1:
            return name[-1].lower()
    return known[0].casefold() if len(known[0].casefold()) == 1 else known[0]


def main(wheel: Path) -> None:
    """Write the table, and say how large it is."""
    lines: dict[str, set[str]] = defaultdict(set)
    for alike in classes(pairs(wheel)):
        stands = target(alike)
        if stands and unicodedata.category(stands) != "Lm":
            lines[stands] |= {c for c in alike if not c.isascii() and c.casefold() != stands and bare(c) != stands}
    every = {c for alike in lines.values() for c in alike}
    every |= {chr(code) for code in range(128, sys.maxunicode) if any(script(c) in SCRIPTS for c in bare(chr(code)))}
    signs = sorted(c for c in every if not c.isalnum() and not unicodedata.category(c).startswith(("Z", "M", "P")))
    text = "\n".join(["".join(signs), *(key + "".join(sorted(lines[key])) for key in sorted(lines) if lines[key])])
    data = zlib.compress(text.encode(), 9)
    TABLE.write_bytes(data)
    print(f"{sum(map(len, lines.values()))} characters, {len(lines)} targets, {len(signs)} signs, {len(data):,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
