"""`blogq.originality.compare` beside the truth: the training pairs of PAN's text alignment task of 2013.

    BLOGQ_PAN=…/train_corpus python -m evaluations.originality
    BLOGQ_PAN=…/train_corpus python -m evaluations.originality --sample 150 --half tuning
    python -m evaluations.originality --blogs FOLDER
    python -m evaluations.originality --speed FOLDER
    BLOGQ_PAN=…/train_corpus python -m evaluations.originality --pool
    python -m evaluations.originality --gate FOLDER

The folder holds `susp/`, `src/` and one folder for each kind, with its `pairs` and the annotated passages as XML. The
pairs of each kind are parted at random, always the same way: what is tuned is tuned on the one half, what is reported
is of the other. Nothing of these texts may be kept in the repository.

Measures are those of Potthast et al. (2010), "An evaluation framework for plagiarism detection": precision and recall
are means over detections and cases of the share of characters (of both texts) that is covered; granularity is the mean
number of detections of a case that is found at all; plagdet = F1 / log2(1 + granularity).

With `--blogs` half of each post of a folder of Markdown files is pasted into another post, disguised in different ways;
the table says how much of the copies is found, and in how many pairs of posts that were left alone something is. With
`--speed` the posts of a folder, and texts made to be slow, are compared; times are of the processor, the best of five.
`--pool` and `--gate` are of `evaluations/pool.py`.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blogq.measure.sentences import sentences
from blogq.originality import Passage, compare
from blogq.originality.fold import table
from blogq.originality.words import words

KINDS = (
    "01-no-plagiarism",
    "02-no-obfuscation",
    "03-random-obfuscation",
    "04-translation-obfuscation",
    "05-summary-obfuscation",
)
SEED = 20_13
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.S)
LEFT_OUT = re.compile(r"^```.*?^```|^\[[^\]\n]+\]:.*$|\]\([^)\n]*\)|https?:\S+", re.S | re.M)


class Match(NamedTuple):
    """A passage and its source, as character offsets; ends are not within."""

    start: int
    end: int
    source_start: int
    source_end: int

    @property
    def size(self) -> int:
        """Characters of both sides."""
        return self.end - self.start + self.source_end - self.source_start


class Tally(NamedTuple):
    """What plagdet is computed of; tallies of several pairs are joined by adding."""

    precision: tuple[float, ...] = ()
    """Of each detection, the share of its characters that belongs to cases which it overlaps."""
    recall: tuple[float, ...] = ()
    """Of each case, the share of its characters that is detected."""
    detections: tuple[int, ...] = ()
    """Of each case that is detected at all, by how many detections."""


class Figures(NamedTuple):
    """The four measures."""

    plagdet: float
    recall: float
    precision: float
    granularity: float


def overlap(one: Match, other: Match) -> bool:
    """Whether two matches overlap in both texts."""
    return (
        one.start < other.end
        and other.start < one.end
        and one.source_start < other.source_end
        and other.source_start < one.source_end
    )


def union(spans: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """Characters between `start` and `end` that some span covers."""
    total, reach = 0, start
    for low, high in sorted(spans):
        low, high = max(low, reach), min(high, end)
        if high > low:
            total += high - low
            reach = high
    return total


def covered(one: Match, others: list[Match]) -> float:
    """Share of the characters of a match that those of the others cover which overlap it."""
    met = [other for other in others if overlap(one, other)]
    here = union(((other.start, other.end) for other in met), one.start, one.end)
    there = union(((other.source_start, other.source_end) for other in met), one.source_start, one.source_end)
    return (here + there) / one.size


def tally(cases: list[Match], detections: list[Match]) -> Tally:
    """Compare what was found in one pair with what is there."""
    counts = [sum(overlap(case, found) for found in detections) for case in cases]
    return Tally(
        tuple(covered(found, cases) for found in detections),
        tuple(covered(case, detections) for case in cases),
        tuple(count for count in counts if count),
    )


def mean(values: tuple[float, ...] | tuple[int, ...], none: float) -> float:
    """Mean, or what it is of nothing."""
    return math.fsum(values) / len(values) if values else none


def figures(tallies: Iterable[Tally]) -> Figures:
    """Put the tallies of all pairs together."""
    parts = list(tallies)
    precision = mean(tuple(value for part in parts for value in part.precision), 0.0)
    recall = mean(tuple(value for part in parts for value in part.recall), 0.0)
    granularity = mean(tuple(value for part in parts for value in part.detections), 1.0)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(f1 / math.log2(1 + granularity), recall, precision, granularity)


class Case(NamedTuple):
    """A pair of texts with its truth."""

    text: Path
    source: Path
    cases: tuple[Match, ...]


@lru_cache(maxsize=512)
def read(path: Path) -> str:
    """Text of a file, with its line ends as they are, for offsets count them."""
    return path.read_bytes().decode("utf-8")


def annotated(path: Path) -> tuple[Match, ...]:
    """Passages that an XML file tells of."""
    found = []
    for feature in ElementTree.parse(path).iter("feature"):
        if feature.get("name") == "plagiarism":
            start, size = int(feature.get("this_offset", 0)), int(feature.get("this_length", 0))
            source, source_size = int(feature.get("source_offset", 0)), int(feature.get("source_length", 0))
            found.append(Match(start, start + size, source, source + source_size))
    return tuple(found)


def pairs(corpus: Path, kind: str, half: str) -> list[Case]:
    """Return the pairs of one kind that belong to one half (`tuning`, `reporting`) or `all`, in random order."""
    lines = sorted((corpus / kind / "pairs").read_text(encoding="utf-8").split("\n"))
    names = [line.split() for line in lines if line.strip()]
    random.Random(f"{SEED} {kind}").shuffle(names)
    middle = len(names) // 2
    chosen = {"tuning": names[:middle], "reporting": names[middle:], "all": names}[half]
    return [
        Case(
            corpus / "susp" / text,
            corpus / "src" / source,
            annotated(corpus / kind / f"{Path(text).stem}-{Path(source).stem}.xml"),
        )
        for text, source in chosen
    ]


def detections(case: Case, comparing: Callable[[str, str], Iterable[Passage]] = compare) -> list[Match]:
    """What is found in a pair."""
    return [
        Match(found.start, found.end, found.source_start, found.source_end)
        for found in comparing(read(case.text), read(case.source))
    ]


def evaluate(corpus: Path, half: str, sample: int | None) -> None:
    """Print a table for one half."""
    print(f"\n{half}\n")
    print("| kind | pairs | plagdet | recall | precision | granularity | false alarms | ms a pair |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    everything: list[Tally] = []
    total = 0
    for kind in KINDS:
        chosen = pairs(corpus, kind, half)[:sample]
        begin = time.perf_counter()
        found = [detections(case) for case in chosen]
        took = (time.perf_counter() - begin) / len(chosen) * 1000
        tallies = [tally(list(case.cases), matches) for case, matches in zip(chosen, found, strict=True)]
        false = sum(bool(matches) and not case.cases for case, matches in zip(chosen, found, strict=True))
        row(kind, len(chosen), figures(tallies), false, took)
        everything += tallies
        total += len(chosen)
    row("overall", total, figures(everything), None, None)


def row(kind: str, size: int, result: Figures, false: int | None, took: float | None) -> None:
    """Print one line of the table."""
    numbers = " | ".join(f"{value:.4f}" for value in result)
    rest = f"{'' if false is None else false} | {'' if took is None else f'{took:.1f}'}"
    print(f"| {kind} | {size} | {numbers} | {rest} |", flush=True)


def replaced(text: str, source: random.Random) -> str:
    """Replace every tenth word or so by another word of the same text."""
    known = re.findall(r"\w+", text)
    return re.sub(r"\w+", lambda word: source.choice(known) if source.random() < 0.1 else word[0], text)


def shuffled(text: str, source: random.Random) -> str:
    """Put the sentences in another order."""
    parts = [text[start:end] for start, end in sentences(text, "en")]
    source.shuffle(parts)
    return " ".join(parts)


def look_alikes(text: str, source: random.Random) -> str:
    """Replace every fifth letter by any character that Unicode says looks like it."""
    of_letter: dict[str, list[str]] = {}
    for code, letter in table().looks.items():
        of_letter.setdefault(letter, []).append(chr(code))
    return "".join(source.choice(of_letter.get(one, [one])) if source.random() < 0.2 else one for one in text)


TRICKS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, _: text,
    "capitals": lambda text, _: text.upper(),
    "no punctuation": lambda text, _: re.sub(r"[^\w\s]", " ", text),
    "other spacing": lambda text, source: re.sub(r"\s+", lambda _: source.choice(" \n\u00a0") * 2, text),
    "zero width": lambda text, source: re.sub(r"(?<=\w)(?=\w)", lambda _: source.choice(["\u200b", "", ""]), text),
    "look-alikes": look_alikes,
    "10 % of words replaced": replaced,
    "sentences shuffled": shuffled,
}


def posts(folder: Path) -> list[str]:
    """Return posts of 2,000 characters and more in random order, without front matter, code and link targets."""
    files = sorted(folder.rglob("*.md"))
    random.Random(SEED).shuffle(files)
    bodies = [FRONT_MATTER.sub("", path.read_text(encoding="utf-8")) for path in files]
    return [body for body in (LEFT_OUT.sub("", body) for body in bodies) if len(body) >= 2000]


def speed(folder: Path) -> None:
    """Print how long comparisons take."""
    bodies = posts(folder)
    thousand = [" ".join(body.split(" ")[:1000]) for body in bodies if len(body.split(" ")) >= 1000][:40]
    times = sorted(best(one, thousand[number - 1]) for number, one in enumerate(thousand))
    middle, high = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"\n{len(times)} pairs of posts cut to 1,000 words: median {middle:.1f} ms, 95th percentile {high:.1f} ms\n")
    whole, other, size = " ".join(bodies[::2]), " ".join(bodies[1::2]), 65_536
    source = random.Random(SEED)
    drawn = [" ".join(source.choice("alpha beta gamma delta eta".split()).title() + "." for _ in range(10_000))] * 2
    shapes = {
        "posts, 64 KB": (whole[:size], other[:size]),
        "the same 64 KB": (whole[:size], whole[:size] + " "),
        "one word, 64 KB": ("word " * (size // 5), "word " * (size // 5) + "."),
        "10,000 sentences of the same word": ("Word. " * 10_000, "Word. " * 10_000 + "."),
        "10,000 sentences of one of five words": (drawn[0], drawn[1][7:]),
        "posts, 1 MB": (whole[:1_000_000], other[:1_000_000]),
    }
    print("| texts | characters | ms |\n|---|--:|--:|")
    for name, (one, two) in shapes.items():
        print(f"| {name} | {len(one):,} and {len(two):,} | {best(one, two):.0f} |", flush=True)


def best(text: str, source: str) -> float:
    """Return the shortest of five comparisons, in milliseconds; both texts are read anew each time."""
    shortest = math.inf
    for _ in range(5):
        words.cache_clear()
        begin = time.process_time()
        compare(text, source)
        shortest = min(shortest, (time.process_time() - begin) * 1000)
    return shortest


def disguises(folder: Path) -> None:
    """Print how much of disguised copies is found in posts of a folder, and how often unrelated posts match."""
    bodies = [body[:20_000] for body in posts(folder)[:200]]
    print(f"\n{len(bodies)} posts\n\n| half a post, copied | found, mean | found, least | ≥ 95 % found |")
    print("|---|--:|--:|--:|")
    for name, trick in TRICKS.items():
        source = random.Random(f"{SEED} {name}")
        shares = []
        for number, original in enumerate(bodies):
            copy = trick(original[: len(original) // 2].rsplit(" ", 1)[0], source)
            other = bodies[number - 1]
            text = f"{other[: len(other) // 2]}\n\n{copy}\n\n{other[len(other) // 2 :]}"
            start = len(other) // 2 + 2
            found = [(passage.start, passage.end) for passage in compare(text, original)]
            shares.append(union(found, start, start + len(copy)) / len(copy))
        most = sum(share >= 0.95 for share in shares) / len(shares)
        print(f"| {name} | {mean(tuple(shares), 0):.2%} | {min(shares):.1%} | {most:.1%} |", flush=True)
    matched = [bool(compare(one, bodies[number - 1])) for number, one in enumerate(bodies)]
    print(f"\nPairs of posts that nothing was pasted into: {len(matched)}, with a match: {sum(matched)}")


def main() -> None:
    """Evaluate both halves, or what the options say."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--half", choices=("tuning", "reporting", "all"), action="append")
    parser.add_argument("--sample", type=int, help="pairs of each kind, instead of all")
    parser.add_argument("--blogs", type=Path, help="a folder of posts: disguised copies of them instead of PAN's pairs")
    parser.add_argument("--speed", type=Path, help="a folder of posts: how long it takes")
    parser.add_argument("--pool", action="store_true", help="look for sources among all of them")
    parser.add_argument("--gate", type=Path, help="a folder of posts: disguised copies of them, found by the gate")
    options = parser.parse_args()
    if options.gate:
        from evaluations.pool import gate

        return gate(options.gate)
    if options.speed:
        return speed(options.speed)
    if options.blogs:
        return disguises(options.blogs)
    folder = os.environ.get("BLOGQ_PAN")
    if not folder:
        sys.exit("Set BLOGQ_PAN to the folder of the training corpus.")
    if options.pool:
        from evaluations.pool import pool

        return pool(Path(folder), options.half or ["tuning", "reporting"], options.sample)
    for half in options.half or ("tuning", "reporting"):
        evaluate(Path(folder), half, options.sample)


if __name__ == "__main__":
    main()
