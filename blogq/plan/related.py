"""The views of related posts, and in words what they have in common with the page."""

from __future__ import annotations

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
_WORDS = (1 << WORDS) - 1
"""The bits of words."""


def related_views(cards: Cards, index: int) -> tuple[RelatedView, ...]:
    """Return the posts related to the one at `index`."""
    related = cards.plan.related
    found = related.of(index) if related is not None else ()
    if not found:
        return ()
    site = cards.site
    entry = site.entries[index]
    words = entry.telling.split(UNIT)
    comma = COMMAS.get(cards.language(index)[:2], ", ")
    labels = list(enumerate(labels_of(split_terms(entry.terms)), WORDS)) if entry.terms else []
    of_label = site.editions[cards.number_of[site.languages[index]]].terms.of_label
    views: list[RelatedView] = []
    for other, told in found:
        reasons: list[ReasonView] = []
        if told >> WORDS:
            terms: dict[str, dict[str, None]] = {}
            for slot, label in labels:
                if told >> slot & 1 and (term := of_label.get(label)) is not None:
                    terms.setdefault(label[0], {})[term.title] = None
            for each, titles in terms.items():
                kind = "series" if each == SERIES else "taxonomy"
                reasons.append(ReasonView(kind, each, tuple(titles), comma.join(titles)))
        if told & _WORDS:
            shown = [word for slot, word in enumerate(words) if told >> slot & 1 and word]
            reasons.append(ReasonView("content" if shown else "similar", "", tuple(shown), comma.join(shown)))
        url = cards.url(site.urls[other])
        views.append(RelatedView(url, site.entries[other].title, cards.dated(other), tuple(reasons)))
    return tuple(views)
