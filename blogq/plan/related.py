"""The views of related posts, and in words what they have in common with the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogq.content.post import UNIT, WORDS
from blogq.content.telling import labels_of
from blogq.library.series import TAXONOMY as SERIES
from blogq.library.taxonomies import split_terms
from blogq.plan.view_parts import ReasonView
from blogq.plan.views import RelatedView

if TYPE_CHECKING:
    from blogq.plan.cards import Cards

COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}
"""Between the items of a list, where that is no comma and space; by language (CLDR's list patterns)."""


def related_views(cards: Cards, index: int) -> tuple[RelatedView, ...]:
    """Return the posts related to the one at `index`."""
    related = cards.plan.related
    found = related.of(index) if related is not None else ()
    if not found:
        return ()
    site = cards.site
    words = site.entries[index].telling.split(UNIT)
    return tuple(
        RelatedView(
            cards.url(site.urls[other]),
            site.entries[other].title,
            cards.dated(other),
            cards.language(other),
            _reasons(cards, index, words, told),
        )
        for other, told in found
    )


def _reasons(cards: Cards, index: int, words: Sequence[str], told: int) -> tuple[ReasonView, ...]:
    """Return reasons given as bits: of words, then of labels, in the order of a vector."""
    found: list[ReasonView] = []
    comma = COMMAS.get(cards.language(index)[:2], ", ")
    if told >> WORDS:
        site = cards.site
        of_label = site.editions[cards.number_of[site.languages[index]]].terms.of_label
        terms: dict[str, dict[str, None]] = {}
        for slot, (taxonomy, label) in enumerate(labels_of(split_terms(site.entries[index].terms)), WORDS):
            term = of_label.get((taxonomy, label)) if told >> slot & 1 else None
            if term is not None:
                terms.setdefault(taxonomy, {})[term.title] = None
        for each, titles in terms.items():
            found.append(
                ReasonView("series" if each == SERIES else "taxonomy", each, tuple(titles), comma.join(titles))
            )
    told &= (1 << WORDS) - 1
    if told:
        shown = tuple([word for slot, word in enumerate(words) if told >> slot & 1 and word])
        found.append(ReasonView("content", "", shown, comma.join(shown)))
    return tuple(found)
