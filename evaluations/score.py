"""How scores spread over a folder of posts, which posts are at the ends, and how well scores agree with grades.

    python -m evaluations.score FOLDER …
    python -m evaluations.score --grades grades.csv

A folder is read as a blog in Markdown; the table has one line for each. The file of grades has lines `path,grade`, with
a header or without; paths are relative to it, texts may be Markdown or plain. Tables are Markdown.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Sequence
from math import log, nan
from pathlib import Path

from blogq.config.schema import Config
from blogq.content.post import ParseOptions
from blogq.lint.reader import SubjectReader
from blogq.lint.score import Score, score
from blogq.lint.subject import Subject

_READER = SubjectReader(ParseOptions.of(Config()))


def subject(data: bytes, path: str, language: str = "en") -> Subject | None:
    """Return a source as the gate reads it; None where it can't be read."""
    return _READER.read(data, path, path, "post", language)


def posts(folder: Path) -> list[Subject]:
    """Return the posts below a folder, in the order of paths, without lists of sections."""
    found = [
        subject(path.read_bytes(), str(path.relative_to(folder)))
        for path in sorted(folder.rglob("*.md"))
        if path.name != "_index.md"
    ]
    return [each for each in found if each is not None]


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, the mean one where several are equal."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [statistics.fmean(places[value]) for value in values]


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's rank correlation."""
    return statistics.correlation(ranks(one), ranks(other))


def partial(one: Sequence[float], other: Sequence[float], held: Sequence[float]) -> float:
    """Return Spearman's correlation of two with a third held constant; NaN where one of them is all that it is."""
    a, b, c = spearman(one, other), spearman(one, held), spearman(other, held)
    rest = (1 - b * b) * (1 - c * c)
    return float((a - b * c) / rest**0.5) if rest > 0 else nan


def words(post: Subject) -> int:
    """Return the words of its prose, by white space."""
    return sum(len(passage.text.split()) for passage in post.prose)


def spread(folder: Path, ends: int) -> None:
    """Print how the scores of a blog spread, and the posts at both ends."""
    read = posts(folder)
    start = time.process_time()
    scores = [score(post) for post in read]
    spent = time.process_time() - start
    judged: list[tuple[Subject, Score]] = [
        (post, each) for post, each in zip(read, scores, strict=True) if each is not None
    ]
    if len(judged) < 2:
        print(f"{folder}: too few posts")
        return
    judged.sort(key=lambda pair: (pair[1].exact, pair[0].path))
    exact = [each.exact for _, each in judged]
    cuts = statistics.quantiles(exact, n=20, method="inclusive")
    lengths = [words(post) for post, _ in judged]
    like = statistics.correlation(exact, [log(1 + length) for length in lengths])
    figures = " | ".join(f"{cuts[place]:.0f}" for place in (0, 4, 9, 14, 18))
    took = 1000 * spent / max(1, sum(lengths)) * 700
    print("| Blog | posts | scored | 5% | 25% | 50% | 75% | 95% | with log words, Pearson | ms for 700 words |")
    print("|" + "---|" * 10)
    print(f"| {folder.name} | {len(read)} | {len(judged)} | {figures} | {like:.2f} | {took:.1f} |")
    for title, few in (("Lowest", judged[:ends]), ("Highest", judged[-ends:])):
        print(f"\n{title}:\n")
        for post, each in few:
            parts = ", ".join(f"{part} {points}" for part, points in each.parts.items())
            print(f"- {each.total} ({parts}; {words(post)} words): {post.path}")
    print()


def agreement(file: Path) -> None:
    """Print how well scores agree with the grades in a file."""
    grades, found, lengths = [], [], []
    with file.open(newline="", encoding="utf-8") as rows:
        for row in csv.reader(rows):
            try:
                grade = float(row[1])
            except (IndexError, ValueError):
                continue
            post = subject((file.parent / row[0]).read_bytes(), row[0])
            judged = score(post) if post else None
            if post and judged:
                grades.append(grade)
                found.append(judged.exact)
                lengths.append(float(words(post)))
    print("| Texts | Spearman | with length held constant |\n|---|---|---|")
    print(f"| {len(grades)} | {spearman(found, grades):.3f} | {partial(found, grades, lengths):.3f} |")


def main() -> None:
    """Print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--grades", type=Path)
    parser.add_argument("--ends", type=int, default=5, help="posts shown at either end")
    given = parser.parse_args()
    for folder in given.folders:
        spread(folder, given.ends)
    if given.grades:
        agreement(given.grades)


if __name__ == "__main__":
    main()
