"""Terms of taxonomies: which labels are one term, what it is called, and where its page stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.content.post import GROUP, UNIT
from blogq.library.permalinks import impossible, slugified

AUTHORS = "authors"
"""The taxonomy whose terms are people."""


class Term(NamedTuple):
    """One term, with the live posts that have it."""

    taxonomy: str
    title: str
    slug: str
    posts: tuple[int, ...]
    """Indexes of entries, newest first."""


def taxonomy_words(config: Config, language: str, taxonomy: str) -> tuple[str, str]:
    """Return title and folder of a taxonomy in a language, as config says them; empty where it doesn't."""
    own, of_language = config.taxonomies[taxonomy], config.languages.get(language)
    words = of_language.taxonomies.get(taxonomy) if of_language else None
    if words is None:
        return own.title, own.path
    return words.title or own.title, words.path or own.path


def folder_of(config: Config, language: str, taxonomy: str) -> str:
    """Return the folder in which a taxonomy's pages stand in a language, without slashes around it."""
    return (taxonomy_words(config, language, taxonomy)[1] or taxonomy).strip("/")


def edition_author(config: Config, language: str) -> str:
    """Return the author of posts in a language that name none: a key of `authors`, a name, or nothing."""
    found = config.languages.get(language)
    return (found.author if found else "") or config.author


def author_key(config: Config, label: str) -> str:
    """Return the key of the author whom a post names by key or by name, in any case; empty where config has none."""
    if label in config.authors:
        return label
    folded = label.casefold()
    for key, author in config.authors.items():
        if folded in (key.casefold(), author.name.casefold()):
            return key
    return ""


def with_author(posts: Sequence[tuple[int, str]], author: str) -> Sequence[tuple[int, str]]:
    """Return `posts`, index and joined terms, with the `author` of the edition given to those that name none.

    Only where some name theirs: a page of all posts by the only author would be the home page once more.
    """
    if not author or not any(f"{AUTHORS}{UNIT}" in joined for _, joined in posts):
        return posts

    def signed(joined: str) -> str:
        if any(taxonomy == AUTHORS for taxonomy, _ in split_terms(joined)):
            return joined
        own = f"{AUTHORS}{UNIT}{author}"
        return f"{joined}{GROUP}{own}" if joined else own

    return [(index, signed(joined)) for index, joined in posts]


class Terms(NamedTuple):
    """All terms of one language."""

    by_taxonomy: dict[str, tuple[Term, ...]]
    """Terms in the order of their titles."""
    of_label: dict[tuple[str, str], Term]
    """The term of a label as written in front matter."""
    nameless: tuple[tuple[str, str, int], ...]
    """Taxonomy, label and entry of labels that no URL can be made of."""


def split_terms(joined: str) -> list[tuple[str, list[str]]]:
    """Return the terms of an entry: taxonomy and labels."""
    groups: list[tuple[str, list[str]]] = []
    if joined:
        for group in joined.split(GROUP):
            taxonomy, *labels = group.split(UNIT)
            groups.append((taxonomy, labels))
    return groups


def collect_terms(posts: Sequence[tuple[int, str]], config: Config) -> Terms:
    """Group posts, given as index and joined terms, newest first.

    Labels that differ only in case are one term, called by its commonest form. Terms whose slugs coincide
    (`C` and `c` are one, `C!` and `C?` are not) are numbered in the order of the alphabet.
    """
    uses: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in config.taxonomies}
    others: defaultdict[str, list[int]] = defaultdict(list)
    for index, joined in posts:
        if joined:
            for group in joined.split(GROUP):
                taxonomy, *labels = group.split(UNIT)
                of_taxonomy = uses.get(taxonomy, others)
                for label in labels:
                    of_taxonomy[label].append(index)
    by_taxonomy: dict[str, tuple[Term, ...]] = {}
    of_label: dict[tuple[str, str], Term] = {}
    nameless: list[tuple[str, str, int]] = []
    for taxonomy, labels_used in uses.items():
        groups: dict[str, list[str]] = {}
        for label in labels_used:
            key = author_key(config, label) if taxonomy == AUTHORS else ""
            groups.setdefault((key or label).casefold(), []).append(label)
        taken: Counter[str] = Counter()
        terms: list[Term] = []
        for folded in sorted(groups):
            labels = sorted(groups[folded])
            label = max(labels, key=lambda label: len(labels_used[label]))
            key = author_key(config, label) if taxonomy == AUTHORS else ""
            slug = slugified(key or label)
            if not slug or impossible(f"/{slug}/"):
                nameless.append((taxonomy, label, labels_used[label][0]))
                continue
            taken[slug] += 1
            if taken[slug] > 1:
                slug = f"{slug}-{taken[slug]}"
            if len(labels) == 1:
                indexes = labels_used[label]
            else:
                found = {index for each in labels for index in labels_used[each]}
                indexes = [index for index, _ in posts if index in found]
            term = Term(
                taxonomy,
                config.authors[key].name or key if key else label,
                slug,
                tuple(dict.fromkeys(indexes)),
            )
            terms.append(term)
            for each in labels:
                of_label[taxonomy, each] = term
        by_taxonomy[taxonomy] = tuple(sorted(terms, key=lambda term: (term.title.casefold(), term.slug)))
    return Terms(by_taxonomy, of_label, tuple(nameless))
