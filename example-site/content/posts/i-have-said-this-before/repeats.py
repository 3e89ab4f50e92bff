"""Runs of words that stand in more than one text: python3 repeats.py 5 posts/*.md"""

import re
import sys
from collections import defaultdict
from pathlib import Path

FRONT_MATTER = r"\A---.*?^---|\A\+\+\+.*?^\+\+\+|\A\{.*?^\}"
NOT_MINE = r"^( *)```.*?^\1```|^ *>[^\n]*$|\{\{< quote.*?/quote >\}\}|^ *\|[^\n]*$"  # code, quotations, tables
SYNTAX = r"^\[[^\]\n]+\]: [^\n]*$|\]\([^)]*\)|\]\[[^\]]*\]|\{[^}]*\}|[*_`#\[\]]"


def words(text: str) -> list[str]:
    """The author's own words, in lower case and without punctuation."""
    for pattern in (FRONT_MATTER, NOT_MINE, SYNTAX):
        text = re.sub(pattern, " ", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    """Every run of `size` words."""
    own = words(text)
    return {tuple(own[i : i + size]) for i in range(len(own) - size + 1)}


size, *paths = sys.argv[1:]
seen = defaultdict(list)
for path in map(Path, paths):
    name = path.parent.name if path.stem == "index" else path.stem
    for shingle in shingles(path.read_text(encoding="utf-8"), int(size)):
        seen[shingle].append(name)
for shingle, names in sorted(seen.items(), key=lambda item: (-len(item[1]), item[0])):
    if len(names) > 1:
        print(len(names), " ".join(shingle), "|", ", ".join(sorted(names)))
