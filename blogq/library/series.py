"""Series: posts that are to be read one after the other, and each one's place among them."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.content.post import MISSING, Entry
from blogq.library.taxonomies import Terms

TAXONOMY = "series"
"""The taxonomy whose terms are series."""


def collect_series(
    entries: Sequence[Entry], terms: Terms
) -> tuple[dict[str, tuple[int, ...]], dict[int, tuple[str, int]]]:
    """Return the posts of each series by its slug, first part first; and series and place (from 1) of each post.

    Parts go by `series_order`, then `weight`, then date: those that have a number before those that don't. A post in
    several series has its place in the first one that it names.
    """
    ordered: dict[str, tuple[int, ...]] = {}
    places: dict[int, tuple[str, int]] = {}
    named: dict[int, int] = {}
    for term in terms.by_taxonomy.get(TAXONOMY, ()):
        ordered[term.slug] = tuple(sorted(term.posts, key=lambda i: (_rank(entries[i]), entries[i].date, i)))
        for at, index in enumerate(ordered[term.slug], 1):
            rank = _naming(entries[index], term.slug, terms)
            if index not in places or rank < named[index]:
                places[index], named[index] = (term.slug, at), rank
    return ordered, places


def _rank(entry: Entry) -> tuple[bool, int]:
    order = entry.series_order if entry.series_order != MISSING else entry.weight or MISSING
    return order == MISSING, order


def _naming(entry: Entry, slug: str, terms: Terms) -> int:
    """Return as which of its series an entry names the one called `slug`."""
    from blogq.library.taxonomies import split_terms

    labels = next((labels for taxonomy, labels in split_terms(entry.terms) if taxonomy == TAXONOMY), [])
    slugs = [term.slug for label in labels if (term := terms.of_label.get((TAXONOMY, label)))]
    return slugs.index(slug) if slug in slugs else len(slugs)
