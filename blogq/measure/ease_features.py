"""What of an English text makes it easy or hard to read, as numbers that don't depend on its length.

Each feature is one that research on readability has found to go with readers' judgement: length of sentences and words,
how frequent the content words are, and at which level learners know them. Names are left out of the vocabulary: a word
with a capital inside a sentence says nothing of how hard the text is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log
from operator import mul
from typing import NamedTuple

from blogq.measure.stop_words import stop_words
from blogq.measure.syllables import syllables
from blogq.measure.tables import frequencies, levels

RARE = 3.0
"""Zipf frequency of words that are not in the table: less than one in a million."""

UNLISTED = 6
"""Level of words in none of the lists: one above C2."""

HIGHEST = 8.0
"""Zipf frequency of a sentence's rarest content word when it has none."""

_CAPITALS = frozenset(("I", "I'm", "I’m", "I'd", "I’d", "I'll", "I’ll", "I've", "I’ve"))
_PRONOUNS = frozenset("i me my you your he him his she her we us our they them their it".split())
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "tions", "sions", "ments", "ities", "isms")


class _Word(NamedTuple):
    """What is known of one word: numbers and, as 0 or 1, what it is."""

    content: bool
    syllables: int
    polysyllables: bool
    monosyllables: bool
    letters: int
    long_words: bool
    zipf: float
    rare: bool
    unlisted_frequency: bool
    common: bool
    level: int
    beyond_a2: bool
    beyond_b1: bool
    beyond_b2: bool
    first_level: bool
    abstract: bool
    pronouns: bool
    of: bool


_OF_ALL = "syllables polysyllables monosyllables letters long_words zipf first_level abstract pronouns of".split()
_OF_CONTENT = "zipf rare unlisted_frequency common level beyond_a2 beyond_b1 beyond_b2 syllables".split()


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> _Word:
    """What is known of a word in lower case."""
    straight = word.replace("’", "'")
    zipf = frequencies().get(straight.removesuffix("'s"), RARE)
    known = level(straight)
    count = syllables(word, "en")
    letters = len(word) if word.isalpha() else sum(map(str.isalpha, word))
    return _Word(
        content=straight not in stop_words("en") and letters > 0,
        syllables=count,
        polysyllables=count >= 3,
        monosyllables=count == 1,
        letters=letters,
        long_words=letters > 6,
        zipf=zipf,
        rare=zipf < 4,
        unlisted_frequency=zipf <= RARE,
        common=zipf >= 5,
        level=known,
        beyond_a2=known >= 2,
        beyond_b1=known >= 3,
        beyond_b2=known >= 4,
        first_level=known == 0,
        abstract=letters > 6 and word.endswith(_ABSTRACT),
        pronouns=word in _PRONOUNS,
        of=word == "of",
    )


def level(word: str) -> int:
    """Level of a word in lower case, in any of its forms: 0 (A1) to 5 (C2), 6 when no list has it."""
    known = levels()
    word = word.replace("’", "'").removesuffix("'s")
    found = known.get(word)
    if found is None:
        found = min((known[base] for base in _bases(word) if base in known), default=UNLISTED)
    return found


def _bases(word: str) -> list[str]:
    """Words that a word may be a regular form of: base forms of cities, stopped, making, nicer, quickly, re-read."""
    bases: list[str] = []
    for ending in ("s", "es", "ed", "d", "ing", "er", "r", "est", "st", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            bases.append(stem)
            if ending in ("ed", "ing", "er", "est"):
                bases.append(stem + "e")
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    bases.append(stem[:-1])
            if stem.endswith("i"):
                bases.append(stem[:-1] + "y")
    if word.endswith("ly"):
        bases += [word[:-1] + "e", word[:-2] + "le"]
    if "-" in word:
        bases += word.split("-")
    return bases


def features(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Features of a text, given as the words of each sentence as they are written (code spans left out).

    Shares are of all words, unless the name begins with `content_`. Empty for a text without words.
    """
    lengths = [len(sentence) for sentence in sentences if sentence]
    count = sum(lengths)
    if not count:
        return {}
    kept: Counter[str] = Counter()
    rarest: list[float] = []
    for sentence in sentences:
        said = [
            written if written.islower() else written.lower()
            for at, written in enumerate(sentence)
            if not at or written.islower() or written == written.lower() or written in _CAPITALS
        ]
        kept.update(said)
        if sentence:
            rarest.append(min((word.zipf for word in map(_word, said) if word.content), default=HIGHEST))
    vocabulary = [(_word(word), times) for word, times in kept.items()]
    content = [(word, times) for word, times in vocabulary if word.content]
    return {
        "log_sentence_length": log(count / len(lengths)),
        "log_weighted_length": log(sum(length * length for length in lengths) / count),
        "long_sentences": sum(length for length in lengths if length > 25) / count,
        "rarest": sum(rarest) / len(rarest),
        **_means(vocabulary, _OF_ALL, ""),
        **_means(content, _OF_CONTENT, "content_"),
    }


def _means(words: list[tuple[_Word, int]], names: Sequence[str], prefix: str) -> dict[str, float]:
    """Means over running text, given words and how often each occurs; 0 without words."""
    if not words:
        return dict.fromkeys((prefix + name for name in names), 0.0)
    columns = dict(zip(_Word._fields, zip(*(word for word, _ in words), strict=True), strict=True))
    times = [count for _, count in words]
    total = sum(times)
    return {prefix + name: sum(map(mul, columns[name], times)) / total for name in names}
