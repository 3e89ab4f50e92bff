"""textstat's figures, counted once for all of them.

What blogq prints under one of textstat's names is what textstat 0.7.13 itself makes of the text, its quirks included: a
sentence of two words doesn't count, an apostrophe stays only before t, s, d, ve, ll and re, and the syllables of an
English word are those of CMU's dictionary or, when it isn't there, the parts that Pyphen would hyphenate. textstat goes
over the text anew for each figure, takes half a second to import, and from 0.7.10 on downloads the dictionary at run
time; nothing of it is imported here. The word lists for "difficult words" are read from its folder.

The formulas are those of the field, and their sources stand in docs/measures.md.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from blogq.measure.hyphenation import hyphenates, hyphenations, package_folder
from blogq.measure.tables import pronounced


class _Flesch(NamedTuple):
    base: float = 206.835
    per_sentence_length: float = 1.015
    per_syllables: float = 84.6


_FLESCH = {
    "de": _Flesch(180, 1, 58.5),
    "es": _Flesch(206.84, 1.02, 60.0),
    "fr": _Flesch(207, 1.015, 73.6),
    "it": _Flesch(217, 1.3, 60.0),
    "nl": _Flesch(206.835, 0.93, 77),
    "ru": _Flesch(206.835, 1.3, 60.1),
    "hu": _Flesch(206.835, 1.015, 58.5),
}
"""Constants of Flesch's formula, where textstat has others than the English ones."""

_FOG_SYLLABLES = {"pl": 4, "hu": 5}
"""From how many syllables on the Fog index takes a word for difficult, where it's not 3."""

_MS_PER_CHARACTER = 14.69
"""Demberg & Keller 2008, the time to read one character."""


class _Patterns(NamedTuple):
    stray_apostrophe: re.Pattern[str]
    punctuation: re.Pattern[str]
    sentence: re.Pattern[str]
    three_words: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    return _Patterns(
        stray_apostrophe=re.compile(r"'(?![tsd]|ve|ll|re)"),
        punctuation=re.compile(r"[^\w\s']+"),
        sentence=re.compile(r"\b[^.!?]+[.!?]*"),
        three_words=re.compile(r"\w\S*+\s\W*+\w\S*+\s\W*+\w"),
        word=re.compile(r"\w\S*"),
    )


def textstat_language(language: str) -> str:
    """The name by which textstat knows a language tag: `en_US`, its default, for plain `en`."""
    return "en_US" if language.lower() == "en" else language.replace("-", "_")


@lru_cache(maxsize=1 << 15)
def _syllables(word: str, language: str) -> int:
    """Syllables of a word in lower case as textstat counts them; `language` is textstat's name."""
    if language.partition("_")[0] == "en":
        known = pronounced(word)
        if known is not None:
            return known
    return hyphenations(word, language) + 1


@cache
def _easy_words(root: str) -> frozenset[str]:
    """Words that textstat takes for easy: its Spanish list for Spanish, the English one for all other languages."""
    folder = package_folder("textstat") / "resources"
    path = folder / root / "easy_words.txt"
    if not path.is_file():
        path = folder / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in path.read_text(encoding="utf-8").split("\n"))


def _bare(text: str) -> str:
    """The text without punctuation; white space and the apostrophes of contractions stay."""
    patterns = _patterns()
    if "'" in text:
        text = patterns.stray_apostrophe.sub("", text)
    return patterns.punctuation.sub("", text)


def _sentences(text: str) -> int:
    """Stretches between stops that have more than two words, at least one; none only in an empty text."""
    if not text:
        return 0
    patterns = _patterns()
    return max(1, sum(1 for piece in patterns.sentence.findall(text) if patterns.three_words.match(piece)))


def figures(text: str, language: str) -> dict[str, float]:
    """All of textstat's figures for a text, by the names of its methods (called without further arguments).

    `text_standard` is what `text_standard(text, float_output=True)` gives, and the four variants of Vienna's formula
    are `wiener_sachtextformel_1` to `_4`. For a language without a hyphenation dictionary (Arabic, Chinese, Japanese …)
    what needs syllables is left out; textstat fails there. What is counted for Arabic only is in `further`.
    """
    tag = textstat_language(language)
    raw = text.split()
    words = _bare(text).split()
    sentences = _sentences(text)
    types = Counter(words)
    lengths = {word: len(word.replace("'", "")) for word in types}
    characters = sum(map(len, raw))
    letters = sum(lengths[word] * times for word, times in types.items())
    long_words = sum(times for word, times in types.items() if lengths[word] > 6)
    short_words = sum(times for word, times in types.items() if lengths[word] <= 3)
    count = len(words)
    per_sentence = count / sentences if sentences else 0.0
    characters_per_word = characters / len(raw) if raw else 0.0
    letters_per_word = letters / count if count else 0.0
    sentences_per_word = sentences / count if count else 0.0
    found: dict[str, float] = {
        "char_count": characters,
        "letter_count": letters,
        "lexicon_count": count,
        "miniword_count": short_words,
        "long_word_count": long_words,
        "sentence_count": sentences,
        "words_per_sentence": per_sentence,
        "avg_sentence_length": per_sentence,
        "avg_sentence_per_word": sentences_per_word,
        "avg_character_per_word": characters_per_word,
        "avg_letter_per_word": letters_per_word,
        "reading_time": _MS_PER_CHARACTER * characters / 1000,
        "automated_readability_index": 0.0,
        "coleman_liau_index": 0.0,
        "gutierrez_polini": 0.0,
        "gulpease_index": 0.0,
        "lix": per_sentence + 100 * long_words / count if count else 0.0,
        "rix": long_words / sentences if sentences else 0.0,
        "mcalpine_eflaw": (count + short_words) / sentences if sentences else 0.0,
    }
    if characters_per_word and per_sentence:
        found["automated_readability_index"] = 4.71 * characters_per_word + 0.5 * per_sentence - 21.43
    if letters_per_word and sentences_per_word:
        found["coleman_liau_index"] = 0.058 * (letters_per_word * 100) - 0.296 * (sentences_per_word * 100) - 15.8
    if letters_per_word and per_sentence:
        found["gutierrez_polini"] = 95.2 - 9.7 * letters_per_word - 0.35 * per_sentence
    if sentences_per_word and characters_per_word:
        found["gulpease_index"] = 300 * sentences_per_word - 10 * characters_per_word + 89
    if hyphenates(tag):
        _add_syllabic(found, types, tag)
        found["linsear_write_formula"] = _linsear_write(text, raw, words, tag)
        found["text_standard"] = float(max(1, min(_standard(found), 18)))
    return found


def _add_syllabic(found: dict[str, float], types: Counter[str], tag: str) -> None:
    """Add what is made of syllables and of words that are difficult; `found` has all other counts."""
    root = tag.partition("_")[0]
    easy = _easy_words(root)
    fog_threshold = _FOG_SYLLABLES.get(root, 3)
    total = polysyllables = monosyllables = unlisted = difficult = different = fog_difficult = 0
    for word, times in types.items():
        lower = word.lower()
        syllables = _syllables(lower, tag)
        total += syllables * times
        if syllables >= 3:
            polysyllables += times
        elif syllables == 1:
            monosyllables += times
        if lower not in easy:
            unlisted += times
            if "\u0307" in lower:
                # Lower case of a Turkish İ is two characters; here, unlike above, textstat drops the second.
                syllables = _syllables(_bare(lower), tag)
            if syllables >= 2:
                difficult += times
                different += 1
            if syllables >= fog_threshold:
                fog_difficult += times
    words, sentences, length = found["lexicon_count"], found["sentence_count"], found["words_per_sentence"]
    found |= {
        "syllable_count": total,
        "polysyllabcount": polysyllables,
        "monosyllabcount": monosyllables,
        "difficult_words": different,
        "avg_syllables_per_word": total / words if words else 0.0,
        "flesch_reading_ease": 0.0,
        "flesch_kincaid_grade": 0.0,
        "fernandez_huerta": 0.0,
        "szigriszt_pazos": 0.0,
        "crawford": 0.0,
        "smog_index": 1.043 * (30 * (polysyllables / sentences)) ** 0.5 + 3.1291 if sentences else 0.0,
        "gunning_fog": 0.0,
        "dale_chall_readability_score": 0.0,
        "dale_chall_readability_score_v2": 0.0,
        "spache_readability": 0.0,
        **{f"wiener_sachtextformel_{variant}": 0.0 for variant in (1, 2, 3, 4)},
    }
    if not words:
        return
    flesch = _FLESCH.get(root, _Flesch())
    per_word = total / words
    found["szigriszt_pazos"] = flesch.base - 62.3 * per_word - words / sentences
    if per_word and length:
        found["flesch_reading_ease"] = (
            flesch.base - flesch.per_sentence_length * length - flesch.per_syllables * per_word
        )
        found["flesch_kincaid_grade"] = 0.39 * length + 11.8 * per_word - 15.59
        found["fernandez_huerta"] = 206.84 - 60 * per_word - 1.02 * length
        found["crawford"] = -0.205 * (100 * found["avg_sentence_per_word"]) + 0.049 * (100 * per_word) - 3.407
    found["gunning_fog"] = 0.4 * (length + 100 * fog_difficult / words)
    share = 100 * unlisted / words
    found["dale_chall_readability_score"] = 0.1579 * share + 0.0496 * length + (3.6365 if share > 5 else 0)
    share = 100 * difficult / words
    score = 0.1579 * share + 0.0496 * length
    found["dale_chall_readability_score_v2"] = score + 3.6365 if score > 0.05 else score
    found["spache_readability"] = 0.141 * length + 0.086 * share + 0.839
    many, long, single = (100 * part / words for part in (polysyllables, found["long_word_count"], monosyllables))
    found["wiener_sachtextformel_1"] = 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875
    found["wiener_sachtextformel_2"] = 0.2007 * many + 0.1682 * length + 0.1373 * long - 2.779
    found["wiener_sachtextformel_3"] = 0.2963 * many + 0.1905 * length - 1.1144
    found["wiener_sachtextformel_4"] = 0.2744 * many + 0.2656 * length - 1.693


def _linsear_write(text: str, raw: list[str], words: list[str], tag: str) -> float:
    """Linsear Write over the first 100 words, or over a text that has no more."""
    part = text
    if len(raw) > 100:
        words = words[:100]
        if len(words) == 100:
            # The text up to the 100th token that has a word in it.
            last = next(islice(_patterns().word.finditer(text), 99, None))
            part = text[: last.end()]
    points = 0
    for word in words:
        syllables = _syllables(word.lower(), tag)
        points += 3 if syllables >= 3 else 1 if syllables else 0
    sentences = _sentences(part) if part.split() else 0
    if not sentences:
        return 0.0
    score = points / sentences
    return (score - 2 if score <= 20 else score) / 2


def _standard(found: dict[str, float]) -> float:
    """The school grade that most formulas agree on: each votes for its grade rounded down, up, and to the nearest."""

    def votes(name: str) -> list[int]:
        return [math.floor(found[name]), math.ceil(found[name]), round(found[name])]

    ease = found["flesch_reading_ease"]
    grades = votes("flesch_kincaid_grade")
    bands = (
        (90, 100, [5]),
        (80, 90, [6]),
        (70, 80, [7]),
        (60, 70, [8, 9]),
        (50, 60, [10]),
        (40, 50, [11]),
        (30, 40, [12]),
    )
    grades += next((grade for low, high, grade in bands if low <= ease < high), [13])
    for name in (
        "smog_index",
        "coleman_liau_index",
        "automated_readability_index",
        "dale_chall_readability_score",
        "linsear_write_formula",
        "gunning_fog",
    ):
        grades += votes(name)
    return Counter(grades).most_common(1)[0][0]


def further(text: str, language: str) -> dict[str, float]:
    """Figures of textstat's that `figures` doesn't have: those for Arabic, and nothing for other languages.

    Imports textstat, which takes half a second or more. None of these needs the pronunciation dictionary, so nothing is
    downloaded.
    """
    if language.partition("-")[0].lower() != "ar":
        return {}
    from textstat import textstat

    names = ("osman", "count_arabic_syllables", "count_arabic_long_words", "count_complex_arabic_words", "count_faseeh")
    return {name: float(getattr(textstat, name)(text)) for name in names}
