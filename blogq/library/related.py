"""Related posts: for each post the few others that have most in common with it, and what that is.

Two posts have words and labels in common (content/telling.py). Each counts by how rare it is, in a few steps, so that
another post changes next to nothing for those that it has little to do with; all is whole numbers. Lists are a pure
function of the posts. `Kinship.updated` finds the same lists as `Kinship.of` while it looks at few of them again:
those of posts that changed, of posts with a word whose rarity went a step up or down, and of posts that a changed post
enters or leaves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from struct import Struct
from typing import NamedTuple

from blogq.content.post import SLOTS, STRONG, VECTOR, WORDS

LEAST = 10
"""Points that two posts need to be called related. Tried on three blogs: docs/related.md."""
LABEL = 5
"""How much a label in common counts, beside a word that neither uses most."""
RECENT = 2
"""Points more for a post that isn't much older than the one that it is related to."""
YEAR = 366 * 86400
"""How much older that is, in seconds."""
POINTS = (0, 1, 2, 4, 6)
"""What a word or label in common counts, by its step of rarity."""
TOLD = 3
"""Words, and labels, that are given as reasons for one post."""
FEW = 6
"""Bits of the number of posts, at least: in a blog of fewer than 32 there would be no steps."""
MOST = 255
"""Posts beyond which a word or label says nothing; so the time that one list takes has a bound."""
NOBODY = -1

_NUMBER = (1 << 31) - 1
_SLOTS = Struct(f"<{SLOTS}I")
_WEIGHTS = (*[2] * STRONG, *[1] * (WORDS - STRONG), *[LABEL] * (SLOTS - WORDS))
"""By slot, on the side of the post whose list it is; on the other side labels count once."""


class Fact(NamedTuple):
    """What is known of a post but for its words. Any change of it is a change of the post."""

    date: int
    group: int
    """Hash of its language: posts of one group are related to each other alone."""
    series: int
    """Hash of the series that its page shows, whose parts it needn't be told of; or 0."""
    open: int
    """1 where others may be told of it: it is live, and no draft."""


class Post(NamedTuple):
    """A post as lists are made from it."""

    path: str
    vector: bytes
    fact: Fact


def rarity(uses: int, posts: int) -> int:
    """Return the step of a word that `uses` of `posts` have: from 0, for one that says nothing, to 4.

    Both are taken as powers of two only, so that it seldom changes with one post more. It falls by one each time there
    are four times as many, in a small blog each time there are twice as many; what a quarter of the posts have is 0.
    """
    return _rarity(uses.bit_length(), posts.bit_length())


@cache
def _rarity(bits: int, of: int) -> int:
    return max(0, min((10 - bits) // 2, max(of, FEW) - 2 - bits)) if bits < of else 0


class Related(NamedTuple):
    """The lists, as a plan has them: by the indexes of its entries."""

    size: int
    numbers: Sequence[int]
    """By index: the number of a post in the columns, or -1."""
    indexes: Sequence[int]
    """By number: its index, or -1."""
    members: Sequence[int]
    """As `Kinship` has them."""
    reasons: Sequence[int]

    def of(self, index: int) -> list[tuple[int, int]]:
        """Return the posts that the one at `index` is related to, best first, each with the bits of its reasons."""
        number = self.numbers[index]
        if number < 0:
            return []
        start, end = number * self.size, (number + 1) * self.size
        pairs = zip(self.members[start:end], self.reasons[start:end], strict=True)
        return [(self.indexes[member], reasons) for member, reasons in pairs if member >= 0]

    def listing(self, index: int) -> list[int]:
        """Return the posts whose lists have the one at `index`."""
        number = self.numbers[index]
        if number < 0:
            return []
        return [self.indexes[at // self.size] for at, member in enumerate(self.members) if member == number]


class Kinship:
    """The lists of all posts, and what they were made from: columns by number, which a post keeps while it is there."""

    def __init__(self, size: int) -> None:
        """Hold nothing; lists are to have up to `size` posts."""
        self.size = size
        self.paths: list[str] = []
        """Empty for a number that no post has any more."""
        self.vectors = bytearray()
        self.facts: dict[str, array[int]] = {name: array("q") for name in Fact._fields}
        self.index = array("Q")
        """Sorted: hash << 32 | number << 1 | whether the post uses it most; of posts that others may be told of."""
        self.members = array("q")
        """`size` numbers for each post, best first, filled up with `NOBODY`."""
        self.points = array("q")
        self.reasons = array("q")
        """Bits of the slots, in the vector of the post whose list it is, that tell what they have in common."""
        self._known: dict[int, tuple[int, list[int]]] = {}
        self._sizes: Counter[int] = Counter()

    @classmethod
    def of(cls, posts: Sequence[Post], size: int) -> Kinship:
        """Return the lists of `posts`, made from nothing."""
        made = cls(size)
        for post in posts:
            made._append(post)
        made._index_all()
        for number in range(len(posts)):
            made._relate(number)
        return made

    def updated(self, posts: Sequence[Post]) -> tuple[Kinship, bool]:
        """Return the lists of `posts`, with this value used up; and whether any list or number has changed."""
        places = {path: number for number, path in enumerate(self.paths) if path}
        changed: dict[int, Post | None] = {}
        added: list[Post] = []
        vectors, facts = self.vectors, list(zip(*self.facts.values(), strict=True))
        for post in posts:
            number = places.pop(post.path, NOBODY)
            if number < 0:
                added.append(post)
            elif facts[number] != post.fact or vectors[number * VECTOR : (number + 1) * VECTOR] != post.vector:
                changed[number] = post
        changed |= dict.fromkeys(places.values())
        if not changed and not added:
            return self, False
        gone = self.paths.count("") + len(places)
        if 4 * (len(changed) + len(added)) > len(posts) or 8 * gone > len(posts) + 64:
            return Kinship.of(posts, self.size), True
        self._change(changed, added)
        return self, True

    def changed(self, number: int, vector: bytes) -> None:
        """Give the post with a number another vector."""
        fact = Fact(*(column[number] for column in self.facts.values()))
        self._change({number: Post(self.paths[number], vector, fact)}, [])

    def lists(self, indexes: array[int], entries: int) -> Related:
        """Return the lists for a plan of so many `entries`; `indexes` are theirs by number, or -1."""
        numbers = array("q", [NOBODY]) * entries
        for number, index in enumerate(indexes):
            if index >= 0:
                numbers[index] = number
        return Related(self.size, numbers, indexes, self.members[:], self.reasons[:])

    # The columns.

    def _append(self, post: Post) -> int:
        self.paths.append(post.path)
        self.vectors += post.vector
        for column, value in zip(self.facts.values(), post.fact, strict=True):
            column.append(value)
        self.members.extend([NOBODY] * self.size)
        self.points.extend([0] * self.size)
        self.reasons.extend([0] * self.size)
        if post.fact.open:
            self._sizes[post.fact.group] += 1
        return len(self.paths) - 1

    def _put(self, number: int, post: Post | None) -> None:
        """Let a number be that of another post, or of none."""
        facts = self.facts
        if facts["open"][number]:
            self._sizes[facts["group"][number]] -= 1
        path, vector, fact = post or Post("", bytes(VECTOR), Fact(0, 0, 0, 0))
        self.paths[number] = path
        self.vectors[number * VECTOR : (number + 1) * VECTOR] = vector
        for name, value in zip(facts, fact, strict=True):
            facts[name][number] = value
        if fact.open:
            self._sizes[fact.group] += 1

    def count_groups(self) -> None:
        """Count the posts of each group, after the columns have been loaded."""
        self._sizes = Counter(
            group for group, is_open in zip(self.facts["group"], self.facts["open"], strict=True) if is_open
        )

    def _features(self, number: int) -> tuple[int, ...]:
        return _SLOTS.unpack_from(self.vectors, number * VECTOR)

    def _index_all(self) -> None:
        is_open = self.facts["open"]
        found: list[int] = []
        for number, features in enumerate(_SLOTS.iter_unpack(self.vectors)):
            if is_open[number]:
                found += _entries(features, number)
        found.sort()
        self.index = array("Q", found)

    def _span(self, feature: int) -> tuple[int, int]:
        """Return from where to where the entries of a feature stand in the index."""
        start = bisect_left(self.index, feature << 32)
        return start, bisect_left(self.index, (feature + 1) << 32, start)

    def _with(self, feature: int) -> tuple[int, list[int]]:
        """Return how many posts have a feature, and their numbers: twice those that use it most, none if too many."""
        known = self._known.get(feature)
        if known is None:
            start, end = self._span(feature)
            numbers: list[int] = []
            if end - start <= MOST:
                for entry in self.index[start:end]:
                    numbers += [entry >> 1 & _NUMBER] * (1 + (entry & 1))
            known = self._known[feature] = end - start, numbers
        return known

    # The lists.

    def _shared(self, number: int) -> Counter[int]:
        """Return the points of all posts that have something in common with a post, itself among them."""
        posts = self._sizes[self.facts["group"][number]]
        parts: list[list[int]] = []
        for weight, feature in zip(_WEIGHTS, self._features(number), strict=True):
            if feature:
                uses, numbers = self._with(feature)
                if numbers and (step := _rarity(uses.bit_length(), posts.bit_length())):
                    parts += [numbers] * (POINTS[step] * weight)
        return Counter(chain.from_iterable(parts))

    def _relate(self, number: int) -> None:
        """Make the list of a post."""
        if not self.size:
            return
        dates, groups, series = self.facts["date"], self.facts["group"], self.facts["series"]
        group, own, since = groups[number], series[number], dates[number] - YEAR
        best = [
            (-points - RECENT * (dates[other] >= since), -dates[other], self.paths[other], other)
            for other, points in self._shared(number).items()
            if points >= LEAST and other != number and groups[other] == group and not (own and series[other] == own)
        ]
        best.sort()
        start = number * self.size
        for place in range(self.size):
            least, _, _, other = best[place] if place < len(best) else (0, 0, "", NOBODY)
            self.members[start + place] = other
            self.points[start + place] = -least
            self.reasons[start + place] = self._told(number, other) if other >= 0 else 0

    def _told(self, number: int, other: int) -> int:
        """Return the bits of the slots that tell what two posts have in common, the rarest of them."""
        posts = self._sizes[self.facts["group"][number]]
        theirs = set(self._features(other))
        words: list[tuple[int, int]] = []
        labels: list[tuple[int, int]] = []
        for slot, feature in enumerate(self._features(number)):
            if feature in theirs and feature and (step := rarity(self._with(feature)[0], posts)):
                (words if slot < WORDS else labels).append((-step, slot))
        # The commonest words explain nothing beside others.
        words = [told for told in words if told[0] < -1] or ([] if labels else words)
        return sum(1 << slot for told in (words, labels) for _, slot in sorted(told)[:TOLD])

    def _change(self, changed: Mapping[int, Post | None], added: Sequence[Post]) -> None:
        """Give numbers other posts, or none, and add posts; make those lists again that this changes."""
        sizes = {group: posts.bit_length() for group, posts in self._sizes.items()}
        new = range(len(self.paths), len(self.paths) + len(added))
        before: set[int] = set()
        for number in changed:
            if self.facts["open"][number]:
                before.update(_entries(self._features(number), number))
        for number, post in changed.items():
            self._put(number, post)
        for post in added:
            self._append(post)
        after: set[int] = set()
        for number in (*changed, *new):
            if self.facts["open"][number]:
                after.update(_entries(self._features(number), number))
        features = {entry >> 32 for entry in before ^ after}
        uses = {feature: self._uses(feature) for feature in features}
        for entry in before - after:
            del self.index[bisect_left(self.index, entry)]
        for entry in after - before:
            insort(self.index, entry)
        self._known.clear()

        grown = {group for group, posts in self._sizes.items() if posts.bit_length() != sizes.get(group, 0)}
        own, groups = {*changed, *new}, self.facts["group"]
        again = own | {number for number, is_open in enumerate(self.facts["open"]) if not is_open}
        again |= {number for number, group in enumerate(groups) if group in grown} if grown else set()
        again |= self._stepped(uses)
        if self.size:
            again |= {at // self.size for at, member in enumerate(self.members) if member in own}
            again |= self._entered(own)
        for number in again:
            if self.paths[number]:
                self._relate(number)
            else:
                start, end = number * self.size, (number + 1) * self.size
                self.members[start:end] = array("q", [NOBODY] * self.size)

    def _stepped(self, uses: Mapping[int, int]) -> set[int]:
        """Return the posts with a feature that isn't as rare as it was when it had as many posts as `uses` says."""
        found: set[int] = set()
        for feature, before in uses.items():
            start, end = self._span(feature)
            if any(rarity(before, posts) != rarity(end - start, posts) for posts in self._sizes.values()):
                found.update(entry >> 1 & _NUMBER for entry in self.index[start:end])
        return found

    def _uses(self, feature: int) -> int:
        start, end = self._span(feature)
        return end - start

    def _entered(self, changed: Iterable[int]) -> set[int]:
        """Return the posts whose lists one of those that have `changed` may enter."""
        groups, found = self.facts["group"], set()
        for number in changed:
            if self.facts["open"][number]:
                group = groups[number]
                for other, points in self._shared(number).items():
                    last = (other + 1) * self.size - 1
                    if points >= LEAST and groups[other] == group and points + RECENT >= self.points[last]:
                        found.add(other)
        return found


def _entries(features: Sequence[int], number: int) -> list[int]:
    """Return what stands in the index for a post."""
    low = number << 1
    return [feature << 32 | low | (slot < STRONG) for slot, feature in enumerate(features) if feature]
