"""What related posts are found by: the telling words of a post and its labels, taken once, when it is parsed.

The words are those that it uses most, stop words left out; how rare each of them is among all posts counts later
(library/related.py), for no post can know that of itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from struct import Struct
from zlib import crc32

from blogq.content.post import LABELS, SLOTS, WORDS
from blogq.measure.stop_words import stop_words
from blogq.pattern import Pattern

STEM = 8
"""Letters by which words are told apart once an `s` at the end is off: *container*, *containers*. For any language."""
SHORTEST = 3
"""Characters of a word at least."""
ENOUGH = 2 * WORDS
"""Stems that are looked at: the most used words make them, so those left out could hardly be among the first."""
IN_TITLE = 4
"""How often a word of the title counts."""
LONGEST = 60_000
"""Characters of a text that are looked at."""

_PLAIN = (("’", "'"), ("“", " "), ("”", " "), ("‘", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_SPACED = bytes(code if chr(code).isalnum() or chr(code) in "_'+#" else 32 for code in range(128)).lower() + bytes(128)
"""Makes letters small, and white space of all but words."""
_DIGIT = Pattern(r"[\d_'+#]")
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
    stop = stop_words(short)
    words = [word for word in found if word not in stop and len(word) >= SHORTEST]
    words.sort(key=found.__getitem__, reverse=True)
    stems: dict[str, int] = {}
    shown: dict[str, str] = {}
    for word in words:
        stem = said = word.removesuffix("'s").rstrip("'") if "'" in word else word
        if stem[-1:] == "s" and stem[-2:] != "ss" and len(stem) > SHORTEST:
            stem = stem[:-1]
        stem = stem[:STEM]
        if stem in stems:
            stems[stem] += found[word]
        else:
            if len(stems) == ENOUGH:
                break
            stems[stem], shown[stem] = found[word], said
    if pairs:
        stems.update(pairs)
    ranked = sorted(stems, key=stems.__getitem__, reverse=True)[:WORDS]
    hashes = [_hash(f"{short}\0{stem}") for stem in ranked] + [0] * (WORDS - len(ranked))
    hashes += [_hash(f"{short}\0{taxonomy}\0{label.casefold()}") for taxonomy, label in labels_of(terms)]
    hashes += [0] * (SLOTS - len(hashes))
    # Of two that happen to be the same number the first one stands for both.
    apart = [each if each not in hashes[:slot] else 0 for slot, each in enumerate(hashes)]
    return [shown.get(stem, "") for stem in ranked], _PACK(*apart)


def _words(text: str) -> list[str]:
    """Return what may be a word of a text, in lower case; most texts are ASCII but for their punctuation."""
    for mark, plain in _PLAIN:
        text = text.replace(mark, plain)
    if not text.isascii():
        return _WORD.findall(text.casefold())
    words = text.encode().translate(_SPACED).decode().split()
    return [word for word in words if word[0] >= "a"] if _DIGIT.search(text) else words


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


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) or 1


def _pairs(text: str) -> dict[str, int]:
    """Return the pairs of Chinese characters and Korean syllables of a text that it has more than once."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(text):
        found.update(map(str.__add__, run, run[1:]))
    return {pair: count for pair, count in found.items() if count > 1}
