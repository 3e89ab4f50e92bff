"""The keys of front matter: what they mean.

Keys mean what they mean in Jekyll, Hugo, Zola, Pelican and Eleventy; case, hyphens and underscores make no
difference: `publishDate`, `publish_date` and `Publish-Date` are one key. A key in no table here is the site's own
and goes to `extra`.
"""

from __future__ import annotations

from functools import lru_cache

_OURS = """
title date updated publish expiry draft published status unlisted slug permalink aliases redirect_to taxonomies
weight series_order replaces pinned menus cascade language layout summary description audience image extra
"""
"""What a key can mean; `published`, `status`, `taxonomies` and `extra` are spread over other fields."""

_SYNONYMS = {
    "updated": "lastmod last_modified last_modified_at modified modified_at updated_at last_updated",
    "publish": "publish_date published_at published_on pub_date",
    "expiry": "expiry_date expires expiration_date expire_date unpublish_date",
    "unlisted": "hidden eleventy_exclude_from_collections",
    "permalink": "url path",
    "aliases": "alias redirect_from",
    "weight": "order nav_order",
    "series_order": "series_weight series_part",
    "pinned": "sticky",
    "menus": "menu",
    "language": "lang locale",
    "summary": "excerpt",
    "description": "meta_description",
    "image": "images cover cover_image hero hero_image thumbnail featured_image feature_image og_image social_image"
    " share_image",
    "extra": "params",
}
_LABELS = (("tags", "tag"), ("categories", "category"), ("authors", "author"), ("series", "serie"))
"""Spellings of one taxonomy's key."""

_LOOSE = "images cover coverimage hero heroimage thumbnail ogimage socialimage shareimage order navorder"
LOOSE = frozenset(_LOOSE.split())
"""Synonyms with which themes mean other things too: what doesn't fit is theirs, and no mistake."""

_ELSEWHERE_WORDS = """
abstract agency alternates amp anchor answer archive area audio authored autor background badge banner
bibliography bio block body book border brand breadcrumb button byline canonical canonicalurl caption card
cascade changefreq chapter city class code collection color colors comment comments company content
contents contributors copyright count country covers credit credits css data dates day deck dek details
disqus domain duration editor email embed end endpoint event events excerpts faq feature featured feed
file files footer footnotes form format gallery github group header heading headline height here hide hint
home hook icon icons ids index info intro isbn item items keyword keywords kind label labels languages
late latex layouts lead length level license lines link links linktitle list local locales location logo
main markup mast math mathjax media members menu menus meta model month movie name names nav navigation
news next note number online orders outputs owner page pages paginate pagination parent parts past paths
people person phone photo photos pin pinned place podcast poster posts preview previous price priority
product project publishedin publisher question quote rate rating read reading ref related release repo
repository resource resources review robots role score scripts search section seo share short show sidebar
site sitemap size skip slide slides slugs social sort source speaker speakers sponsor stage stars start
state stats step steps sticky style subject subtitle subtitles summaries tables tagline team template
templates test text theme themes thumb time titles toc tool tools topic topics translation translations
translator type types updates uri users uuid value values version video videos views width word words year
years zone
"""
_ELSEWHERE = frozenset(_ELSEWHERE_WORDS.split())
"""Keys of other generators and of well-known themes that stand close to one of ours without being it."""

_FOLD = str.maketrans("", "", "-_ ")


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """Return `key` as it is compared: without case, hyphens, underscores and spaces."""
    return key.lower().translate(_FOLD)


@lru_cache(maxsize=8)
def meanings(taxonomies: tuple[str, ...]) -> dict[str, str]:
    """Return what each key means, folded → one of `_OURS`, or `=` and the name of one of `taxonomies`."""
    table = {fold(name): name for name in _OURS.split()}
    for name, spellings in _SYNONYMS.items():
        table.update((fold(spelling), name) for spelling in spellings.split())
    for taxonomy in taxonomies:
        for group in _LABELS:
            if fold(taxonomy) in group:
                table.update((spelling, f"={taxonomy}") for spelling in group)
    table.update((fold(taxonomy), f"={taxonomy}") for taxonomy in taxonomies)
    return table


@lru_cache(maxsize=4096)
def near_miss(key: str, taxonomies: tuple[str, ...]) -> str:
    """Return the key that `key`, which means nothing, was probably meant to be; or nothing.

    One letter too many, too few, wrong, or two swapped (Damerau's distance 1), in at least four letters. A
    digit at the end counts as no slip: `title2` is a key of its own.
    """
    folded = fold(key)
    if len(folded) < 4 or folded in _ELSEWHERE or folded[-1].isdigit():
        return ""
    if any(folded in spellings for spellings in _LABELS):
        return ""
    for known, meaning in meanings(taxonomies).items():
        if len(known) >= 4 and is_slip(folded, known):
            return meaning.lstrip("=") if fold(meaning.lstrip("=")) == known else known
    return ""


def is_slip(one: str, other: str) -> bool:
    """Return whether the words differ by a letter added, dropped, changed, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]
