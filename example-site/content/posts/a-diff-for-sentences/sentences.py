"""Show what changed between two versions of a text, one sentence at a time."""

import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

END = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?[A-Z0-9])")


def sentences(path: str) -> list[str]:
    """The sentences of a text file, each on one line, whatever its line breaks were."""
    return [" ".join(each.split()) for each in END.split(Path(path).read_text(encoding="utf-8")) if each.strip()]


def changes(old: list[str], new: list[str]):
    """Where two lists differ: what happened, the old part, the new part."""
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield what, old[i:j], new[k:m]


def marked(old: str, new: str) -> str:
    """A sentence with what went in [-brackets-] and what came in {+braces+}."""
    out = []
    for what, gone, come in changes(old.split(), new.split()):
        if what == "equal":
            out += gone
            continue
        out += [f"[-{' '.join(gone)}-]"] * bool(gone) + [f"{{+{' '.join(come)}+}}"] * bool(come)
    return " ".join(out)


for what, gone, come in changes(sentences(sys.argv[1]), sentences(sys.argv[2])):
    if what == "equal":
        print(f"  ({len(gone)} unchanged)")
    elif len(gone) == len(come):
        print(*(f"~ {marked(old, new)}" for old, new in zip(gone, come, strict=True)), sep="\n")
    else:
        print(*(f"- {each}" for each in gone), *(f"+ {each}" for each in come), sep="\n")
