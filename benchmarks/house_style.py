"""What the house style costs: `python benchmarks/house_style.py FOLDER` times rule HS001 on Markdown files in FOLDER.

CPU milliseconds for a post, on 300 posts of 100 words or more, chosen by a fixed seed. Parsing isn't counted, nor is
what happens once in a run: compiling patterns.
"""

from __future__ import annotations

import random
import re
import sys
import time
from pathlib import Path
from typing import Any

from blogq.config.schema import Config
from blogq.content.post import ParseOptions
from blogq.lint.reader import SubjectReader
from blogq.lint.rules.house.entries import entry_of
from blogq.lint.rules.house.house_style import RULE
from blogq.lint.subject import Subject

POSTS = 300
PHRASES = (
    "in order to",
    "utilize",
    "at this point in time",
    "very",
    "leverage",
    "a lot of",
    "the fact that",
    "basically",
)


def subjects(folder: Path) -> list[Subject]:
    """Return the posts to judge."""
    reader = SubjectReader(ParseOptions.of(Config()))
    files = sorted(folder.rglob("*.md"))
    random.Random(1).shuffle(files)
    found: list[Subject] = []
    for file in files:
        subject = reader.read(file.read_bytes(), file.name, file.name, "post", "en")
        if subject is not None and subject.measures.words >= 100:
            found.append(subject)
        if len(found) == POSTS:
            break
    return found


def timed(name: str, posts: list[Subject], entries: list[dict[str, Any]]) -> None:
    """Print what `entries` cost."""
    options = {**RULE.options, "entries": tuple(map(entry_of, entries))}
    findings = sum(len(list(RULE.check(post, options))) for post in posts)
    started = time.process_time()
    for post in posts:
        list(RULE.check(post, options))
    spent = (time.process_time() - started) * 1000 / len(posts)
    print(f"{name:32} {spent:5.2f} ms a post, {findings / len(posts):4.1f} findings in one")


def main() -> None:
    posts = subjects(Path(sys.argv[1]))
    print(f"{len(posts)} posts, {sum(post.measures.words for post in posts) // len(posts)} words on average")
    known = sorted({word for post in posts[:50] for each in post.prose for word in re.findall(r"[a-z]{4,}", each.text)})
    random.Random(1).shuffle(known)
    never = [f"{word}xq" for word in known]
    timed("200 words that no post has", posts, [{"words": never[:200]}])
    timed("200 entries of one such word", posts, [{"words": word} for word in never[:200]])
    timed("192 such words, 8 usual phrases", posts, [{"swap": dict.fromkeys([*never[:192], *PHRASES], "x")}])
    timed("100 such words, 100 of the posts'", posts, [{"words": word} for word in never[:100] + known[:100]])
    timed("20 patterns for words", posts, [{"pattern": rf"\b{word}(?:s|ed)?\b"} for word in never[:20]])
    timed("20 patterns for phrases", posts, [{"pattern": rf"\b\w+ing \w+ {word}"} for word in never[:20]])


if __name__ == "__main__":
    main()
