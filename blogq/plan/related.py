"""The views of related posts: their cards, and in words what they have in common with the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogq.content.post import UNIT, WORDS
from blogq.content.telling import labels_of
from blogq.library.series import TAXONOMY as SERIES
from blogq.library.taxonomies import split_terms
from blogq.plan.views import LinkView, ReasonView, RelatedView

if TYPE_CHECKING:
    from blogq.plan.cards import Cards

COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}
"""Between the items of a list, where that is no comma and space; by language (CLDR's list patterns)."""


def related_views(cards: Cards, index: int) -> tuple[RelatedView, ...]:
    """Return the posts related to the one at `index`."""
    related = cards.plan.related
    if related is None:
        return ()
    words = cards.site.entries[index].telling.split(UNIT)
    return tuple(
        RelatedView(cards.card(other), _reasons(cards, index, words, reasons)) for other, reasons in related.of(index)
    )


def _reasons(cards: Cards, index: int, words: Sequence[str], told: int) -> tuple[ReasonView, ...]:
    """Return reasons given as bits: of words, then of labels, in the order of a vector."""
    site = cards.site
    number = cards.number_of[site.languages[index]]
    terms: dict[str, dict[LinkView, None]] = {}
    if told >> WORDS:
        for slot, (taxonomy, label) in enumerate(labels_of(split_terms(site.entries[index].terms)), WORDS):
            term = site.editions[number].terms.of_label.get((taxonomy, label)) if told >> slot & 1 else None
            if term is not None:
                url = cards.url(cards.plan.term_urls[number, taxonomy, term.slug])
                terms.setdefault(taxonomy, {})[LinkView(term.title, url)] = None
    comma = COMMAS.get(cards.language(index)[:2], ", ")
    found = [
        ReasonView("series" if each == SERIES else "taxonomy", each, tuple(of), comma.join(link.title for link in of))
        for each, of in terms.items()
    ]
    common = [slot for slot in range(WORDS) if told >> slot & 1]
    if common:
        shown = [words[slot] for slot in common if words[slot]]
        found.append(ReasonView("content", "", tuple(LinkView(word, "") for word in shown), comma.join(shown)))
    return tuple(found)
