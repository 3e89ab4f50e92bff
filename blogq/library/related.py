"""Related posts: for each post the few others that have most in common with it, and what that is.

Two posts have words and labels in common (content/telling.py). Each counts by how rare it is, in a few steps, so that
another post changes next to nothing for those that it has little to do with; all is whole numbers. Lists are a pure
function of the posts. `Kinship.updated` finds the same lists as `Kinship.of` while it looks at few of them again:
those of posts that changed, of posts with a word whose rarity went a step up or down, and of posts that a changed post
enters or leaves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from struct import Struct
from typing import NamedTuple

from blogq.content.post import SLOTS, STRONG, VECTOR, WORDS
from blogq.library.feature_index import entries_of, exchanged
from blogq.library.rarity import COMMON, MOST, RARER, SMALL, Tables, points_of
from blogq.library.related_lists import Related

LEAST = 5
"""Points that two posts need to be called related. Tried on three blogs: docs/related.md."""
RECENT = 1
"""Points more for a post that isn't much older than the one that it is related to."""
YEAR = 366 * 86400
"""How much older that is, in seconds."""
TOLD = 3
"""Words, and labels, that are given as reasons for one post."""
NOBODY = -1

_NUMBER = (1 << 31) - 1
_SLOTS = Struct(f"<{SLOTS}I")


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
        self.sample = bytearray()
        """By number: 1 for the posts by which it is told how rare a word is."""
        self._known: dict[int, tuple[int, Sequence[int]]] = {}
        self._sets: dict[int, frozenset[int]] = {}
        self._ids: list[int] = []
        """The numbers themselves: the same objects everywhere, which are counted much faster."""
        self._sizes: Counter[int] = Counter()

    @classmethod
    def of(cls, posts: Sequence[Post], size: int) -> Kinship:
        """Return the lists of `posts`, made from nothing."""
        made = cls(size)
        for post in posts:
            made._append(post)
        made.sample = made._sampled()
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

    def _put(self, number: int, post: Post | None) -> bool:
        """Let a number be that of another post, or of none; return whether more has changed than words and labels."""
        facts = self.facts
        before = Fact(*(column[number] for column in facts.values()))
        if before.open:
            self._sizes[before.group] -= 1
        path, vector, fact = post or Post("", bytes(VECTOR), Fact(0, 0, 0, 0))
        self.paths[number] = path
        self.vectors[number * VECTOR : (number + 1) * VECTOR] = vector
        for name, value in zip(facts, fact, strict=True):
            facts[name][number] = value
        if fact.open:
            self._sizes[fact.group] += 1
        return fact != before

    def count_groups(self) -> None:
        """Count the posts of each group, after the columns have been loaded."""
        self._sizes = Counter(
            group for group, is_open in zip(self.facts["group"], self.facts["open"], strict=True) if is_open
        )

    def _features(self, number: int) -> tuple[int, ...]:
        return _SLOTS.unpack_from(self.vectors, number * VECTOR)

    def _sampled(self) -> bytearray:
        """Return which posts tell how rare words are: of each group the oldest ones, as many as a power of two allows.

        So a post that is newer than they are makes no word rarer or more common, until there are twice as many.
        """
        sample = bytearray(len(self.paths))
        facts = self.facts
        paths, dates = self.paths, facts["date"]
        groups: dict[int, list[int]] = {}
        for number, (group, is_open) in enumerate(zip(facts["group"], facts["open"], strict=True)):
            if is_open:
                groups.setdefault(group, []).append(number)
        for numbers in groups.values():
            numbers.sort(key=lambda number: (dates[number], paths[number]))
            for number in numbers[: 1 << len(numbers).bit_length() - 1]:
                sample[number] = 1
        return sample

    def _index_all(self) -> None:
        """Make the index, and know what `_with` would find there."""
        is_open, sample = self.facts["open"], self.sample
        found: dict[int, list[int]] = {}
        have = found.setdefault
        for number, features in enumerate(_SLOTS.iter_unpack(self.vectors)):
            if is_open[number]:
                low = number << 1
                strong = low | 1
                for feature in features[:STRONG]:
                    have(feature, []).append(strong)
                for feature in features[STRONG:]:
                    have(feature, []).append(low)
        found.pop(0, None)
        index = self.index = array("Q")
        known = self._known
        for feature in sorted(found):
            entries, high = found[feature], feature << 32
            if len(entries) == 1:
                index.append(high | entries[0])
                known[feature] = sample[entries[0] >> 1], ()
            else:
                index.extend([high | entry for entry in entries])
                known[feature] = self._weighed(entries)

    def _span(self, feature: int) -> tuple[int, int]:
        """Return from where to where the entries of a feature stand in the index."""
        start = bisect_left(self.index, feature << 32)
        return start, bisect_left(self.index, (feature + 1) << 32, start)

    def _weighed(self, entries: Sequence[int]) -> tuple[int, Sequence[int]]:
        """Return how common a feature with such entries is, in bits, and its posts: twice those that use it most.

        What many newer posts have is as common as a fourth of them would make it. No posts if there are too many.
        """
        uses = len(entries)
        if uses > MOST:
            return 64, ()
        ids = self._ids
        if len(ids) < len(self.paths):
            ids += range(len(ids), len(self.paths))
        numbers = [ids[entry >> 1 & _NUMBER] for entry in entries]
        in_sample = sum(map(self.sample.__getitem__, numbers))
        bits = max(in_sample.bit_length(), uses.bit_length() - 2)
        return bits, numbers + [ids[entry >> 1 & _NUMBER] for entry in entries if entry & 1] if uses > 1 else ()

    def _with(self, feature: int) -> tuple[int, Sequence[int]]:
        """Return what `_weighed` says of a feature."""
        known = self._known.get(feature)
        if known is None:
            start, end = self._span(feature)
            entries = self.index[start:end] if end - start <= MOST else range(end - start)
            known = self._known[feature] = self._weighed(entries)
        return known

    # The lists.

    def _shared(self, number: int) -> Mapping[int, int]:
        """Return the points of the posts that may be related to a post, itself among them; symmetric from LEAST on."""
        of = self._sizes[self.facts["group"][number]].bit_length()
        of_word, of_label, _ = points_of(of)
        known = self._known
        features = self._features(number)
        parts: list[Sequence[int]] = []
        for slot, feature in enumerate(features[:WORDS]):
            if feature:
                bits, numbers = known.get(feature) or self._with(feature)
                if numbers and (points := of_word[bits]):
                    parts += [numbers] * (points << (slot < STRONG))
        shared = Counter(chain.from_iterable(parts))
        common: list[int] = []
        for feature in features[WORDS:]:
            if feature:
                bits, numbers = known.get(feature) or self._with(feature)
                if numbers and (points := of_label[bits]):
                    if points == COMMON and of > SMALL:
                        common.append(feature)
                    else:
                        get = shared.get
                        for other in numbers:
                            shared[other] = get(other, 0) + points
        if common:
            sets = [self._sets.get(feature) or self._set(feature) for feature in common]
            for other in [other for other, points in shared.items() if points >= RARER]:
                for each in sets:
                    if other in each:
                        shared[other] += COMMON
        return shared

    def _set(self, feature: int) -> frozenset[int]:
        found = self._sets[feature] = frozenset(self._with(feature)[1])
        return found

    def _relate(self, number: int) -> None:
        """Make the list of a post."""
        if not self.size:
            return
        dates, groups, series = self.facts["date"], self.facts["group"], self.facts["series"]
        group, own, since = groups[number], series[number], dates[number] - YEAR
        shared = self._shared(number)
        least = LEAST
        if not own and len(self._sizes) == 1 and len(shared) > self.size + 1:
            # Nobody but itself is left out, so the best ones are among those with the most points.
            least = max(LEAST, sorted(shared.values())[-self.size - 1] - RECENT)
        best = [
            (-points - RECENT * (dates[other] >= since), -dates[other], self.paths[other], other)
            for other, points in shared.items()
            if points >= least and other != number and groups[other] == group and not (own and series[other] == own)
        ]
        best.sort()
        start = number * self.size
        tables = points_of(self._sizes[group].bit_length())
        slots = {feature: slot for slot, feature in enumerate(self._features(number))}
        for place, (points, _, _, other) in enumerate(best[: self.size], start):
            self.members[place], self.points[place] = other, -points
            self.reasons[place] = self._told(slots, other, tables)
        for place in range(start + min(len(best), self.size), start + self.size):
            self.members[place], self.points[place], self.reasons[place] = NOBODY, 0, 0

    def _told(self, slots: Mapping[int, int], other: int, tables: Tables) -> int:
        """Return the bits of the slots that tell what two posts have in common, the rarest of them.

        `slots` are those of the features of the one whose list it is.
        """
        of_word, of_label, steps = tables
        words: list[tuple[int, int]] = []
        labels: list[tuple[int, int]] = []
        for feature in slots.keys() & self._features(other):
            if feature:
                slot, bits = slots[feature], (self._known.get(feature) or self._with(feature))[0]
                if slot >= WORDS:
                    if of_label[bits]:
                        labels.append((-of_label[bits], slot))
                elif of_word[bits]:
                    words.append((-steps[bits], slot))
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
                before.update(entries_of(self._features(number), number))
        others = [self._put(number, post) for number, post in changed.items()]
        for post in added:
            self._append(post)
        after: set[int] = set()
        for number in (*changed, *new):
            if self.facts["open"][number]:
                after.update(entries_of(self._features(number), number))
        sample = self._sampled() if added or any(others) else self.sample
        features = {entry >> 32 for entry in before ^ after}
        if sample != self.sample:
            was = self.sample + bytes(len(sample) - len(self.sample))
            for number, (now, then) in enumerate(zip(sample, was, strict=True)):
                if now != then:
                    features.update(self._features(number))
        common = {feature: self._with(feature)[0] for feature in features if feature}
        self.sample = sample
        self.index = exchanged(self.index, before - after, after - before)
        self._known.clear()
        self._sets.clear()

        grown = {group for group, posts in self._sizes.items() if posts.bit_length() != sizes.get(group, 0)}
        own, groups = {*changed, *new}, self.facts["group"]
        again = own | {number for number, is_open in enumerate(self.facts["open"]) if not is_open}
        again |= {number for number, group in enumerate(groups) if group in grown} if grown else set()
        again |= self._stepped(common)
        if self.size:
            again |= {at // self.size for at, member in enumerate(self.members) if member in own}
            again |= self._entered(own)
        for number in again:
            if self.paths[number]:
                self._relate(number)
            else:
                start, end = number * self.size, (number + 1) * self.size
                self.members[start:end] = array("q", [NOBODY] * self.size)

    def _stepped(self, common: Mapping[int, int]) -> set[int]:
        """Return the posts with a feature that doesn't count what it did when it was as common as `common` says."""
        tables = [table for of in {posts.bit_length() for posts in self._sizes.values()} for table in points_of(of)]
        found: set[int] = set()
        for feature, before in common.items():
            bits = self._with(feature)[0]
            if any(points[before] != points[bits] for points in tables):
                start, end = self._span(feature)
                found.update(entry >> 1 & _NUMBER for entry in self.index[start:end])
        return found

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
