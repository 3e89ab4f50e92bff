"""A post as the score reads it: its sentences as the words in them that carry information.

Each word is judged by itself, never by where it stands, so putting idle words anywhere changes nothing here but the
number of words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from blogq.content.markdown.passage import Passage
from blogq.lint.score.fillers import endings, idle_words, phrases
from blogq.lint.subject import Subject
from blogq.measure.stop_words import stop_words
from blogq.measure.tables import frequencies, pronounced
from blogq.measure.words import words
from blogq.pattern import Pattern

VERY_FREQUENT = 5.3
"""Zipf frequency from which an English word says nothing of what a text is about: the 480 commonest."""

UNKNOWN = 0.5
"""What a word counts that is in no English table: it may be a term, a name, or misspelt. Of graded essays, the
number of different words that are *correctly spelt* goes best with the grade."""

_HEADING, _PARAGRAPH, _QUOTE = "heading", "paragraph_open", "blockquote_open"
"""Kinds of blocks, as the reader calls them."""

_NOTHING = Pattern(r"\s*(?:=+|-+)?\s*")
"""A blank line, or what underlines a heading."""

_REACH = 40
"""Characters before a name that are looked at for the word there."""

# Every stop parts two pieces, whatever stands around it: so no insertion between sentences can join or part others.
_STOP = Pattern(r"[.!?…。！？]+[\"'”’)\]»*_]*\s+|\n\s*\n")
_CAPITAL = Pattern(r"(?<=\w\s)[A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я][\w'’]+")


@lru_cache(maxsize=1 << 15)
def weight(word: str, language: str) -> float:
    """Return how much information a word in lower case carries: 0, ½ or 1. `language` is two letters."""
    if len(word) < 2 or not any(map(str.isalpha, word)) or word in stop_words(language):
        return 0.0
    if language != "en":
        return 1.0
    bare = word.removesuffix("'s")
    if word in idle_words() or bare in idle_words() or bare in stop_words("en"):
        return 0.0
    zipf = frequencies().get(bare)
    if zipf is not None:
        return 1.0 if zipf < VERY_FREQUENT else 0.0
    if pronounced(bare) is not None:
        return 1.0
    pieces = bare.split("-")
    if len(pieces) > 1 and all(weight(piece, "en") != UNKNOWN for piece in pieces):
        # A compound of known words is known; one of idle words only is idle.
        return 1.0 if any(weight(piece, "en") for piece in pieces) else 0.0
    return UNKNOWN


def _before(text: str, offset: int) -> str:
    """Return the word that ends before the white space before `offset`, in lower case."""
    return text[max(0, offset - _REACH) : offset].split()[-1].lower().replace("’", "'")


def _fillers(said: list[str]) -> int:
    """Return at how many places of a sentence, given as words in lower case, a phrase of the list begins."""
    listed = phrases()
    opened = list(zip(said, said[1:], said[2:], strict=False))
    if listed.keys().isdisjoint(opened):
        return 0
    return sum(
        any(tuple(said[at : at + len(phrase)]) == phrase for phrase in listed[three])
        for at, three in enumerate(opened)
        if three in listed
    )


class Reading:
    """One post, read for the score."""

    def __init__(self, post: Subject) -> None:
        self.post = post
        self.language = post.language.partition("-")[0].partition("_")[0].lower() or "en"
        self.sentences: list[list[tuple[str, ...]]] = []
        """Of each passage of its prose, the informing words of each sentence, in lower case."""
        self.lengths: list[int] = []
        """Words of each passage of its prose."""
        self.numbers: set[str] = set()
        """Different numbers of two characters or more."""
        self.fillers = 0
        """How often a phrase of the list of fillers stands in it; of English only."""
        language = self.language
        for passage in post.prose:
            length = 0
            said = []
            for sentence in _STOP.split(passage.text.lower().replace("’", "'")):
                lower = words(sentence)
                length += len(lower)
                said.append(tuple([word for word in lower if weight(word, language)]))
                if language == "en":
                    self.fillers += _fillers(lower)
                self.numbers.update([word for word in lower if word < ":" and len(word) > 1 and word == word.upper()])
            self.sentences.append(said)
            self.lengths.append(length)
        self.words = sum(self.lengths)
        """Words of its prose."""
        self.types = set(chain.from_iterable(chain.from_iterable(self.sentences)))
        """Different words that carry information."""
        self.information = sum(weight(word, language) for word in self.types)
        """How much they come to."""

    @cached_property
    def names(self) -> set[str]:
        """Different words with a capital that follow another word, nothing but a blank between; in lower case.

        After words that can end a filler or a transition they don't count: in "however Mary" she may have begun the
        sentence before the other word came. In German there are none, for every noun has a capital.
        """
        if self.language == "de":
            return set()
        final = endings()
        return {
            name
            for passage in self.post.prose
            for found in _CAPITAL.finditer(passage.text)
            if weight(name := found[0].lower().replace("’", "'"), self.language)
            and _before(passage.text, found.start()) not in final
        }

    @cached_property
    def is_plain(self) -> bool:
        """Whether it has no markup at all, as a text has that came from elsewhere and lost it."""
        post = self.post
        return not (post.headings or post.links or post.pictures) and all(
            block.kind == _PARAGRAPH for block in post.blocks
        )

    @cached_property
    def repeated(self) -> int:
        """Informing words in sentences that have stood in the post before, of four such words or more."""
        seen: set[tuple[str, ...]] = set()
        count = 0
        for sentence in chain.from_iterable(self.sentences):
            if len(sentence) >= 4:
                if sentence in seen:
                    count += len(sentence)
                seen.add(sentence)
        return count

    @cached_property
    def paragraphs(self) -> list[int]:
        """Words of its paragraphs, items of lists aside.

        What says nothing, or nothing that other paragraphs don't say, doesn't part the paragraphs around it: they count
        as one. So a long paragraph can't be made short by putting fillers in, nor a repeated one by parting it.
        """
        post = self.post
        titles = {passage.line for passage in post.passages if is_heading(passage)}
        edges = [
            block.line
            for block in post.blocks
            if (block.line in titles if block.kind == _HEADING else block.kind not in (_PARAGRAPH, _QUOTE))
        ]
        keys = [set(filter(None, said)) for said in self.sentences]
        told = Counter(chain.from_iterable(keys))
        found: list[int] = []
        last = -1
        joined = True
        at = 0
        for passage, key, length in zip(post.prose, keys, self.lengths, strict=True):
            if passage.listed:
                continue
            line = passage.line
            edge = False
            while at < len(edges) and edges[at] < line:
                edge = edge or edges[at] > last
                at += 1
            empty = all(told[sentence] > 1 for sentence in key)
            if found and not edge and (empty or joined):
                found[-1] += length
            else:
                found.append(length)
            joined = empty
            last = line
        return found

    @cached_property
    def sections(self) -> list[int]:
        """Words of prose under each heading, and before the first."""
        lengths = iter(self.lengths)
        found = [0]
        for passage in self.post.passages:
            if is_heading(passage):
                found.append(0)
            elif passage.kind == "paragraph" and not passage.quoted and not passage.note:
                found[-1] += next(lengths)
        return found

    @cached_property
    def skipped(self) -> int:
        """How often a heading is more than one level below the one before it."""
        levels = [passage.level for passage in self.post.passages if is_heading(passage)]
        return sum(after > before + 1 for before, after in pairwise(levels))

    @cached_property
    def hollow(self) -> int:
        """Headings that say nothing, or under which nothing follows that stands only there.

        A filler, or a sentence that the post has elsewhere, fills no section.
        """
        post = self.post
        headings = [block.line for block in post.blocks if block.kind == _HEADING]
        if len(headings) > len(post.headings):
            # The first one is the title, and no part of the text.
            del headings[0]
        bare = sum(not heading.text.strip() for heading in post.headings)
        if not headings:
            return bare
        said = Counter(chain.from_iterable(self.sentences))
        full: set[int] = set(headings)
        saying: set[int] = set()
        for passage, sentences in zip(post.prose, self.sentences, strict=True):
            full.update(range(passage.line, passage.marks[-1][1] + 1 if passage.marks else 0))
            if any(sentence and said[sentence] == 1 for sentence in sentences):
                saying.add(passage.line)
        # What is no prose stands for itself: a picture, a call, a line of code.
        written = Counter(line.strip() for line in post.lines)
        saying.update(
            number
            for number, line in enumerate(post.lines, 1)
            if number not in full and written[line.strip()] == 1 and not _NOTHING.fullmatch(line)
        )
        lines = sorted(saying)
        return bare + sum(
            bisect_right(lines, begin) == bisect_left(lines, end)
            for begin, end in pairwise([*headings, len(post.lines) + 1])
        )


def is_heading(passage: Passage) -> bool:
    """Return whether it is a heading of the post itself."""
    return passage.kind == "heading" and not passage.quoted and not passage.note
