"""JSON-LD (schema.org) of pages: what search engines and others read of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blogq.plan.head_views import SharedImage
from blogq.plan.view_parts import AuthorView, LinkView
from blogq.plan.views import CardView, SiteView

_CONTEXT = "https://schema.org"


def person(author: AuthorView, origin: str, whole: bool = False) -> dict[str, Any]:
    """Return an author; `origin` is scheme and host of the site. `whole` with all ways to meet them, and a picture."""
    told: dict[str, Any] = {"@type": "Person", "name": author.title}
    if author.url:
        told["url"] = origin + author.url
    elsewhere = [each for each in (author.website, *(profile.url for profile in author.profiles)) if each]
    if whole and elsewhere:
        told["sameAs"] = elsewhere
    elif author.website:
        told["sameAs"] = author.website
    if whole and author.bio:
        told["description"] = author.bio
    if whole and author.avatar:
        told["image"] = origin + author.avatar if author.avatar.startswith("/") else author.avatar
    return told


def picture(shared: SharedImage | None, image: str) -> Any:
    """Return the image of a page, whose own one stands at `image`; None where it has none."""
    if shared is None or not shared.width:
        return image or None
    return {"@type": "ImageObject", "url": shared.url, "width": shared.width, "height": shared.height}


def article(
    kind: str, card: CardView, canonical: str, site: SiteView, origin: str, words: int, image: Any
) -> dict[str, Any]:
    """Return a post, or an undated page."""
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "BlogPosting" if kind == "post" else "WebPage",
        "headline" if kind == "post" else "name": card.title,
        "url": canonical,
        "mainEntityOfPage": canonical,
        "inLanguage": card.language,
        "isPartOf": {"@type": "Blog", "name": site.title, "url": site.url},
    }
    if card.description:
        told["description"] = card.description
    if card.date:
        told["datePublished"] = card.date.iso
        told["dateModified"] = (card.updated or card.date).iso
    if card.authors:
        told["author"] = [person(author, origin) for author in card.authors]
    if image:
        told["image"] = image
    if kind == "post":
        told["wordCount"] = words
        if card.terms:
            told["keywords"] = list(dict.fromkeys(term.title for term in card.terms))
    return told


def home(site: SiteView) -> dict[str, Any]:
    """Return the site and its blog, of the home page."""
    said: dict[str, Any] = {"name": site.title, "url": site.url, "inLanguage": site.language}
    if site.description:
        said["description"] = site.description
    website = {"@type": "WebSite", **said}
    blog: dict[str, Any] = {"@type": "Blog", **said}
    if site.author:
        blog["author"] = {"@type": "Person", "name": site.author}
    return {"@context": _CONTEXT, "@graph": [website, blog]}


def profile(author: AuthorView, canonical: str, origin: str) -> dict[str, Any]:
    """Return an author's page."""
    return {
        "@context": _CONTEXT,
        "@type": "ProfilePage",
        "url": canonical,
        "mainEntity": person(author, origin, whole=True),
    }


def collection(name: str, description: str, canonical: str, site: SiteView) -> dict[str, Any]:
    """Return a list of posts."""
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": canonical,
        "inLanguage": site.language,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
    }
    if description:
        told["description"] = description
    return told


def with_way(told: dict[str, Any], crumbs: Sequence[LinkView], title: str, canonical: str, origin: str) -> Any:
    """Return `told` of the page at `canonical`, with the way to it where every step of that has a title of its own."""
    if not crumbs or not title or not all(crumb.title for crumb in crumbs):
        return told
    steps = [(crumb.title, origin + crumb.url) for crumb in crumbs] + [(title, canonical)]
    way = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(steps, 1)
        ],
    }
    if told["@type"] == "BlogPosting":
        # Only pages have ways to them.
        return {**told, "mainEntityOfPage": {"@type": "WebPage", "@id": canonical, "breadcrumb": way}}
    return {**told, "breadcrumb": way}
