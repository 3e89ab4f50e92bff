"""Texts that share sentences, and an index of them that is nothing but dictionaries: what the real one must say."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import NamedTuple

from blogq.originality.fingerprint import Fingerprints, fingerprints
from blogq.originality.index import Document, Entry, Query, entry
from blogq.originality.index import candidates as limits
from blogq.originality.index.store import Index
from blogq.originality.material import Material, Part

_WORDS = (
    "harbour lantern voyage morning window anchor mountain letter garden winter kettle bridge saddle copper meadow"
    " river candle thunder ladder orchard pebble sailor tunnel basket feather compass island market a the of and in"
).split()
SENTENCES = [" ".join(random.Random(number).choices(_WORDS, k=9)) + "." for number in range(14)]

Parts = tuple[str, ...]
Key = tuple[str, str]


class Text(NamedTuple):
    """A document as the model keeps it."""

    date: int
    parts: Parts


class Said(NamedTuple):
    """An answer with names in place of numbers."""

    candidates: tuple[tuple[Key, int, float, float], ...]
    common: tuple[int, ...]
    counted: tuple[int, ...]
    words: tuple[int, ...]


def entry_of(key: Key, text: Text) -> Entry:
    """A text as it's added."""
    told = Document(*key, b"v", text.date, f"On {key[1]}", f"{key[1]}.md", f"/{key[1]}/", "en")
    return entry(told, Material(tuple(Part(part) for part in text.parts)))


def said(index: Index, key: Key, text: Text) -> Said:
    """What an index says of a document that it has."""
    number = index.numbers(key[0])[key[1]][0]
    answer = index.candidates([Query(fingerprints(text.parts), number, text.date)])[0]
    named = []
    for each in answer.candidates:
        document = index.document(each.document)
        named.append(((document.corpus, document.name), each.hits, each.weight, each.best))
    return Said(tuple(named), *answer[1:])


class Model:
    """Which documents there are."""

    def __init__(self) -> None:
        self.texts: dict[Key, Text] = {}
        self.order: dict[Key, int] = {}
        """Key → the lot that the index draws for it."""

    def own(self) -> list[Key]:
        return [key for key in self.texts if not key[0]]

    def say(self, key: Key) -> Said:
        """What must be said of one of the documents."""
        prints = {each: fingerprints(text.parts) for each, text in self.texts.items()}
        holders: dict[int, set[Key]] = defaultdict(set)
        for each, found in prints.items():
            for one in found.hashes.tolist():
                holders[one].add(each)
        sketch = {each: found.sketch for each, found in prints.items()}
        size = len(self.texts)
        power = 2 ** int(math.log2(size)) if size else 1
        limit = max(limits.LEAST_LIMIT, min(limits.LARGEST_LIMIT, power // 100))

        def frequency(one: int) -> int:
            count = len(holders[one])
            if count > limits.CROWD:
                return limit + 1
            if count > limits.LEAST_LIMIT:
                return max(limits.LEAST_LIMIT, len({sketch[each] for each in holders[one]}))
            return count

        given = prints[key]
        common = {one for one in given.hashes.tolist() if frequency(one) > limit}
        runs = _by_part(given)
        of_runs = set().union(*runs)
        blocks: list[set[int]] = []
        size_of = limits.BLOCK
        for words, part in zip(given.words, runs, strict=True):
            if size_of >= limits.BLOCK:
                blocks.append(set())
                size_of = 0
            blocks[-1] |= part
            size_of += words
        weight = {}
        for one in set(given.hashes.tolist()) - common:
            even = 2 ** int(math.log2(max(frequency(one), 1)))
            exact = round(64 * math.log(max(power, 2 * limit) / even))
            weight[one] = exact if one in of_runs else exact * 45 // 64
        found = []
        for other, text in self.texts.items():
            if other == key or (not other[0] and text.date > self.texts[key].date):
                continue
            shared = set(prints[other].hashes.tolist()) & weight.keys()
            if len(shared) >= 2:
                total = sum(weight[one] for one in shared)
                best = max((sum(weight[one] for one in block & shared) for block in blocks), default=0)
                found.append((other, len(shared), total, best))
        last = {each[0]: (self.texts[each[0]].date, self.order[each[0]]) for each in found}
        by_whole = sorted(found, key=lambda each: (-each[2], -each[3], last[each[0]]))
        by_part = sorted(found, key=lambda each: (-each[3], -each[2], last[each[0]]))
        kept = {each[0] for each in (*by_whole[: limits.MOST], *by_part[: limits.MOST])}
        best_first = [each for each in by_whole if each[0] in kept]
        return Said(
            tuple((other, hits, total / 64, best / 64) for other, hits, total, best in best_first),
            tuple(len(part & common) for part in runs),
            tuple(
                sum(run and at == number for at, run in zip(given.parts.tolist(), given.runs.tolist(), strict=True))
                for number in range(len(given.words))
            ),
            given.words,
        )


def _by_part(given: Fingerprints) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in given.words]
    for one, part, run in zip(given.hashes.tolist(), given.parts.tolist(), given.runs.tolist(), strict=True):
        if run:
            found[part].add(one)
    return found
