"""What related posts are found by: the telling words of a post and its labels, taken once, when it is parsed.

The words are those that it uses most, stop words left out; how rare each of them is among all posts counts later
(library/related.py), for no post can know that of itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from struct import Struct
from zlib import crc32

from blogq.content.post import LABELS, SLOTS, WORDS
from blogq.measure.stop_words import stop_words
from blogq.pattern import Pattern

STEM = 8
"""Letters by which words are told apart once an `s` at the end is off: *container*, *containers*. For any language."""
SHORTEST = 3
"""Characters of a word at least."""
ENOUGH = WORDS + 8
"""Stems that are looked at: the most used words make them, so those left out could hardly be among the first."""
IN_TITLE = 4
"""How often a word of the title counts."""
LONGEST = 60_000
"""Characters of a text that are looked at."""

_PLAIN = (("’", "'"), ("“", " "), ("”", " "), ("‘", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_SPACED = bytes(code if chr(code).isalnum() or chr(code) in "_'+#" else 32 for code in range(128)).lower() + bytes(128)
"""Makes letters small, and white space of all but words."""
_NO_LETTER = "0123456789_'+#"
"""What no word begins with."""
_PACK = Struct(f"<{SLOTS}I").pack
_WORD = Pattern(r"[^\W\d_][\w'+#]+")
_RUN = Pattern("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f]+")
"""Chinese characters, in Japanese too, and Korean syllables: no spaces, or endings that cling."""
_KATAKANA = Pattern("[\u30a1-\u30fa\u30fc]{2,}")
_PARTED = Pattern("[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f]")


def telling(
    title: str, text: str, language: str, terms: Iterable[tuple[str, Iterable[str]]] = ()
) -> tuple[list[str], bytes]:
    """Return the words that tell most of a text in `language` (a BCP 47 tag), and them and its labels as a vector.

    The most used words come first; of those used as often the earlier one. A pair of Chinese characters or of Korean
    syllables stands for a word, and is empty among the words: it is good for finding, and says nothing to readers.
    """
    short = language[:2].lower()
    text = f"{title}\n" * IN_TITLE + text[:LONGEST]
    found = Counter(_words(text))
    pairs: dict[str, int] = {}
    if not text.isascii() and _PARTED.search(text):
        pairs = _pairs(text)
        found = Counter({word: count for word, count in found.items() if not _PARTED.search(word)})
        found.update(_KATAKANA.findall(text))
    stems, shown = _stems(found, stop_words(short))
    if pairs:
        stems.update(pairs)
    ranked = sorted(stems, key=stems.__getitem__, reverse=True)[:WORDS]
    seed = _seed(short)
    hashes = [crc32(stem.encode("utf-8", "surrogatepass"), seed) for stem in ranked]
    hashes += [0] * (WORDS - len(ranked))
    hashes += [
        crc32(f"{taxonomy}\0{label.casefold()}".encode("utf-8", "surrogatepass"), seed)
        for taxonomy, label in labels_of(terms)
    ]
    hashes += [0] * (SLOTS - len(hashes))
    if len({*hashes}) < SLOTS - hashes.count(0):
        # Of two that happen to be the same number the first one stands for both.
        hashes = [each if each not in hashes[:slot] else 0 for slot, each in enumerate(hashes)]
    return [shown.get(stem, "") for stem in ranked], _PACK(*hashes)


def _stems(found: Mapping[str, int], stop: Collection[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Return how often the most used stems of counted words are used, and the word that each of them is shown as."""
    stems: dict[str, int] = {}
    shown: dict[str, str] = {}
    often = [word for word, count in found.items() if count > 1]
    often.sort(key=found.__getitem__, reverse=True)
    # Most words are used once: they are looked at where the others don't fill a vector.
    for words in (often, (word for word, count in found.items() if count == 1)):
        for word in words:
            if word in stop or len(word) < SHORTEST or word[0] in _NO_LETTER:
                continue
            stem = said = word.removesuffix("'s").rstrip("'") if "'" in word else word
            if stem[-1:] == "s" and stem[-2:] != "ss" and len(stem) > SHORTEST:
                stem = stem[:-1]
            stem = stem[:STEM]
            if stem in stems:
                stems[stem] += found[word]
            else:
                if len(stems) == ENOUGH:
                    return stems, shown
                stems[stem], shown[stem] = found[word], said
    return stems, shown


@cache
def _seed(language: str) -> int:
    return crc32(f"{language}\0".encode("utf-8", "surrogatepass"))


def _words(text: str) -> list[str]:
    """Return what may be a word of a text, in lower case; most texts are ASCII but for their punctuation."""
    if not text.isascii():
        for mark, plain in _PLAIN:
            text = text.replace(mark, plain)
        if not text.isascii():
            return _WORD.findall(text.casefold())
    return text.encode().translate(_SPACED).decode().split()


def labels_of(terms: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[str, str]]:
    """Return the labels that a post is found by, in the order in which its vector has them: taxonomy and label.

    Its authors are none of them: who likes one post of an author finds the others on the author's page.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for taxonomy, labels in terms:
        if taxonomy != "authors":
            for label in labels:
                found.setdefault((taxonomy, label.casefold()), (taxonomy, label))
    return list(found.values())[:LABELS]


def _pairs(text: str) -> dict[str, int]:
    """Return the pairs of Chinese characters and Korean syllables of a text that it has more than once."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(text):
        found.update(map(str.__add__, run, run[1:]))
    return {pair: count for pair, count in found.items() if count > 1}
