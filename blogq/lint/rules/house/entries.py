"""Entries of the house style as the rule has them: fit to be compared, hashed and sent to another process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any, NamedTuple

from blogq.config.rarities import StyleEntry
from blogq.expression import Expression, Wrong, expression
from blogq.finding import Severity
from blogq.lint.rules.house.phrases import Phrase, Phrases, phrases_of

SCOPES = ("text", "headings", "title")


class Entry(NamedTuple):
    """One entry; what its fields mean is said of `StyleEntry` in the schema."""

    name: str
    words: tuple[str, ...]
    swap: tuple[tuple[str, str], ...]
    pattern: str
    case: bool
    message: str
    severity: Severity
    replacement: str
    exceptions: tuple[str, ...]
    at_most: int
    languages: tuple[str, ...]
    scope: tuple[str, ...]

    @property
    def known_as(self) -> str:
        """What fingerprints call it: nothing that changes when a word is added to it."""
        return self.name or self.pattern

    def is_for(self, language: str) -> bool:
        """Return whether it is for posts in `language`: `pt` is for `pt-BR` as well."""
        spoken = language.lower()
        return not self.languages or any(f"{spoken}-".startswith(f"{each.lower()}-") for each in self.languages)


def entries_of(style: Iterable[StyleEntry]) -> tuple[Entry, ...]:
    """Return the entries of a config."""
    return tuple(entry_of(asdict(each)) for each in style)


def too_large(style: Iterable[StyleEntry]) -> Iterator[tuple[StyleEntry, str]]:
    """Yield those of `style` whose patterns are right and yet can't be compiled, with the reason."""
    for each in style:
        if each.pattern:
            try:
                expression(each.pattern, each.case).prepare()
            except Wrong as error:
                yield each, error.what


def entry_of(given: Mapping[str, Any]) -> Entry:
    """Return an entry from its options by name; what is left out is as by default."""
    values = {**asdict(StyleEntry()), **given}
    for name in ("words", "exceptions", "languages", "scope"):
        values[name] = (values[name],) if isinstance(values[name], str) else tuple(values[name])
    return Entry(**{**values, "swap": tuple(values["swap"].items()), "scope": values["scope"] or SCOPES})


class House(NamedTuple):
    """The entries that are for one language, ready to search with."""

    entries: tuple[Entry, ...]
    phrases: Phrases
    expressions: tuple[tuple[int, Expression], ...]
    """Patterns, with the indexes of their entries."""


@lru_cache(maxsize=8)
def house_of(entries: tuple[Entry, ...], language: str) -> House:
    """Return what to search with in posts in `language`."""
    chosen = tuple(each for each in entries if each.is_for(language))
    phrases: list[Phrase] = []
    for at, entry in enumerate(chosen):
        for word in entry.words:
            phrases += phrases_of(word, at, entry.case, entry.replacement or None)
        for word, instead in entry.swap:
            phrases += phrases_of(word, at, entry.case, instead)
        for word in entry.exceptions:
            phrases += phrases_of(word, at, False, None, fine=True)
    patterns = tuple((at, expression(each.pattern, each.case)) for at, each in enumerate(chosen) if each.pattern)
    return House(chosen, Phrases(phrases), patterns)
