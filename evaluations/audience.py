"""How easy texts for different readers are, and how often the rules on readability speak of them.

    python -m evaluations.audience general:news=path/to/Int-Txt expert:RFCs=path/to/rfcs/text official:memo=path …

Each argument is a collection of texts: for whom they are written, a name, and a folder (`.md`, `.rst`, `.txt`). The
tables are those of docs/audience.md: percentiles of ease, and how many texts have findings with no audience declared.
Below them stand the 5th and the 95th percentile of all that is written for the same readers, where each
collection counts the same however large it is: blogq/content/audience.py has them, rounded. Last, what the 5th
percentile would be if one of the collections had not been looked at, and how much of that one lies below it.

Of `.rst` and `.txt` only paragraphs count: blocks of lines that begin at the margin and end a sentence.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.content.post import ParseOptions
from blogq.lint.reader import SubjectReader
from blogq.lint.registry import rule
from blogq.lint.rules.readability.hard_text import reading_ease
from blogq.lint.subject import Subject

CODES = ("RD002", "RD003", "RD004")
SEVERITIES = ("note", "warning")
ENOUGH = 100
"""Words of a text for its ease to count, as in RD002."""
LEVELS = ("Ele-Txt", "Int-Txt", "Adv-Txt")
"""Folders of OneStopEnglish: each line of its texts is a paragraph."""
DENSE = 45
"""Flesch's reading ease below which hardly any post on personal blogs lies."""

_READER = SubjectReader(ParseOptions.of(Config()))
_ROLE = re.compile(r":[a-z:]+:`([^`<]*)[^`]*`")
_LINK = re.compile(r"`([^`<]+?)\s*<[^>]+>`__?")
_END = re.compile(r"[.!?:][\"')\]”’]*$")


class Text(NamedTuple):
    """One text of a collection, measured."""

    ease: float
    flesch: float
    """Flesch's reading ease, as RD002 takes it."""
    findings: dict[str, str]
    """The worst severity by code, with no audience declared."""


class Collection(NamedTuple):
    """Texts of one kind."""

    audience: str
    name: str
    texts: list[Text]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie, the nearest of them."""
    return sorted(values)[round(share * (len(values) - 1))]


def mixed(collections: Sequence[Collection], share: float) -> float:
    """Return the ease below which `share` of the texts lie, where each collection has the same weight."""
    weighted = sorted(
        (text.ease, 1 / len(each.texts) / len(collections)) for each in collections for text in each.texts
    )
    below = 0.0
    for ease, weight in weighted:
        below += weight
        if below >= share:
            return ease
    return weighted[-1][0]


def markdown(text: str) -> str:
    """Return the paragraphs of a text in reStructuredText, or in none, as Markdown without markup."""
    text = _LINK.sub(r"\1", _ROLE.sub(r"\1", text.replace("\r", "").removeprefix("\ufeff")))
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text) if block[:1].strip()]
    kept = [block for block in blocks if block[0] not in ".-*+=#|" and _END.search(block)]
    return "\n\n".join(block.replace("``", "`") for block in kept)


def subjects(folder: Path) -> Iterator[Subject]:
    """Yield the texts below a folder that are long enough, in the order of paths; no lists of sections."""
    seen = set()
    for path in sorted(folder.glob("*") if folder.name in LEVELS else folder.rglob("*")):
        if path.suffix not in (".md", ".rst", ".txt") or path.name == "_index.md" or not path.is_file():
            continue
        data = path.read_bytes()
        if data in seen:
            continue
        seen.add(data)
        if path.suffix != ".md":
            text = data.decode("utf-8", "replace")
            data = markdown(text.replace("\n", "\n\n") if folder.name in LEVELS else text).encode()
        shown = str(path.relative_to(folder).with_suffix(".md"))
        found = _READER.read(data, shown, shown, "post", "en")
        if found is not None and found.measures.words >= ENOUGH and found.measures.ease is not None:
            yield found


def judged(subject: Subject) -> Text:
    """Measure one text and apply the rules."""
    worst: dict[str, str] = {}
    for code in CODES:
        found = [each.severity for each in rule(code).check(subject, rule(code).options)]
        if found:
            worst[code] = max(found, key=SEVERITIES.index)
    return Text(subject.measures.ease or 0.0, reading_ease(subject.measures) or 0.0, worst)


def collection(argument: str) -> Collection:
    """Read what an argument names."""
    name, _, folder = argument.partition("=")
    audience, _, short = name.rpartition(":")
    return Collection(audience, short, [judged(each) for each in subjects(Path(folder))])


def share(texts: Sequence[Text], code: str, *severities: str) -> str:
    """Return how many per cent of the texts have a finding of a rule."""
    return f"{100 * statistics.fmean(text.findings.get(code) in severities for text in texts):.1f}"


def row(*cells: object) -> None:
    """Print a row of a table."""
    print("|", " | ".join(map(str, cells)), "|")


def main() -> None:
    """Print the tables."""
    if not sys.argv[1:]:
        sys.exit(__doc__)
    found = [each for each in map(collection, sys.argv[1:]) if each.texts]
    row(
        "Texts",
        "for",
        "number",
        "5%",
        "median",
        "95%",
        "Flesch <45",
        "RD002 note",
        "warning",
        "RD003 note",
        "warning",
        "RD004",
    )
    row(*["---"] * 12)
    for audience, name, texts in found:
        ease = [text.ease for text in texts]
        eases = [f"{percentile(ease, part):.0f}" for part in (0.05, 0.5, 0.95)]
        rates = [share(texts, code, severity) for code in CODES[:2] for severity in SEVERITIES]
        dense = f"{100 * statistics.fmean(text.flesch < DENSE for text in texts):.1f}"
        row(name, audience or "–", len(texts), *eases, dense, *rates, share(texts, "RD004", "note"))
    for audience in dict.fromkeys(each.audience for each in found):
        of = [each for each in found if each.audience == audience]
        print(f"\n{audience or 'others'}: {mixed(of, 0.05):.1f} to {mixed(of, 0.95):.1f}")
        for left in of if len(of) > 1 else ():
            low = mixed([each for each in of if each is not left], 0.05)
            under = 100 * statistics.fmean(text.ease < low for text in left.texts)
            print(f"- without {left.name}: {low:.1f}, and {under:.1f}% of it lie below that")


if __name__ == "__main__":
    main()
