"""Texts of taxonomies and terms: `tags/_index.md` and `tags/python/_index.md`, as in Hugo.

Such a source is shown on the page that lists the terms, or the posts of one, instead of having a page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from blogq.config.schema import Config
from blogq.content.post import HAS_TITLE, Entry
from blogq.finding import Finding, Span
from blogq.library.permalinks import slugified
from blogq.library.taxonomies import Term, Terms, folder_of, taxonomy_words

if TYPE_CHECKING:
    from blogq.library.site import Edition, Site

BUILT_IN = frozenset(Config().taxonomies)
"""Taxonomies that themes have words for."""


def take_texts(
    members: dict[str, list[int]],
    post_folders: frozenset[str],
    entries: Sequence[Entry],
    terms: Terms,
    config: Config,
    language: str,
    shown: str,
) -> tuple[dict[tuple[str, str], int], list[Finding]]:
    """Take the texts of taxonomies and terms out of `members`; return them by taxonomy and slug, and what is wrong.

    `members` are the pages and section texts of one language by folder. The slug is empty for a taxonomy's own text.
    A folder with posts or pages of its own stays a section.
    """
    found: dict[tuple[str, str], int] = {}
    findings: list[Finding] = []
    # `tags/_index.es.md` stands in the folder of the site's own language, whatever the Spanish one is called.
    bases = {
        folder_of(config, each, name): name
        for each in (config.language.lower(), language)
        for name in config.taxonomies
    }
    for folder in sorted(members):
        taxonomy = bases.get(folder)
        of_term = "" if taxonomy else folder.rpartition("/")[2]
        taxonomy = taxonomy or bases.get(folder.rpartition("/")[0])
        if not taxonomy or len(members[folder]) != 1:
            continue
        index = members[folder][0]
        is_section = any(each == folder or each.startswith(f"{folder}/") for each in post_folders)
        if entries[index].kind != "section" or entries[index].redirect_to or is_section:
            continue
        slugs = {term.slug for term in terms.by_taxonomy.get(taxonomy, ())}
        slug = slugified(of_term)
        if (taxonomy, slug) not in found and (slug in slugs if of_term else slugs):
            found[taxonomy, slug] = index
            del members[folder]
        elif of_term and slug not in slugs:
            message = f"no live post has the term {of_term!r} of {taxonomy}, so this is a page without posts"
            hint = f"check the folder's name, or give a post `{taxonomy}: [{of_term}]`"
            findings.append(Finding("ST101", "note", Span(shown + entries[index].path), message, hint))
    return found, findings


def retitled(terms: Terms, texts: Mapping[tuple[str, str], int], entries: Sequence[Entry]) -> Terms:
    """Return `terms` with the titles that their texts give them."""
    titles = {where: entries[index].title for where, index in texts.items() if entries[index].flags & HAS_TITLE}
    if not any(slug for _, slug in titles):
        return terms

    def named(term: Term) -> Term:
        return term._replace(title=titles.get((term.taxonomy, term.slug), term.title))

    return terms._replace(
        by_taxonomy={
            taxonomy: tuple(sorted(map(named, found), key=lambda term: (term.title.casefold(), term.slug)))
            for taxonomy, found in terms.by_taxonomy.items()
        },
        of_label={label: named(term) for label, term in terms.of_label.items()},
    )


def taxonomy_title(site: Site, edition: Edition, taxonomy: str) -> str:
    """Return what a taxonomy is called: as its own text says, else config for the edition's language or for all.

    Empty where nobody says it and the theme has a word for it; by its name where it has none.
    """
    index = edition.texts.get((taxonomy, ""), -1)
    if index >= 0 and site.entries[index].flags & HAS_TITLE:
        return site.entries[index].title
    title = taxonomy_words(site.config, edition.language, taxonomy)[0]
    return title or ("" if taxonomy in BUILT_IN else taxonomy.capitalize())
