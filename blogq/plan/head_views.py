"""What pages say of themselves to other programs: icons, share images, and the page for searching."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from blogq.plan.view_parts import DateView, FeedView, TranslationView


@dataclass(frozen=True, slots=True)
class IconView:
    """An icon of the site, for `<link>` in `<head>`."""

    rel: str
    """`icon` or `apple-touch-icon`."""
    url: str
    type: str
    """Media type."""
    sizes: str
    """`32x32`, `any` for a drawing; empty where it needn't be said."""


@dataclass(frozen=True, slots=True)
class SharedImage:
    """The image that stands for a page where somebody shares its address."""

    url: str
    """Absolute."""
    width: int
    """In pixels; 0 where it isn't known."""
    height: int
    alt: str
    """What it shows, as plain text, or empty."""
    type: str
    """Media type, or empty."""
    made: bool
    """Whether blogq has drawn it, from the page's title; False for a picture that front matter names."""


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text broken into lines by `fitted(…)`, for `share.svg`."""

    size: float
    """Size of the letters in pixels."""
    lines: tuple[str, ...]
    """None where the fonts lack a letter of the text."""


@dataclass(frozen=True, slots=True)
class SharePage:
    """What a share image can show: `kind` is `share`. Template `share.svg`, 1200 by 630 pixels."""

    kind: str
    url: str
    """URL of the image."""
    subject: str
    """`post` or `page`; `home` for the image of all pages that have none of their own."""
    title: str
    """Of the page; the site's title on that of the home page."""
    description: str
    """Of the site, on that of the home page; else empty."""
    authors: tuple[str, ...]
    """Their names."""
    date: DateView | None
    terms: tuple[str, ...]
    """Titles of the terms of all taxonomies but authors, in the order of config."""
    host: str
    """Where the site stands, as readers know it: `example.org`."""
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page for searching the site: `kind` is `search`. Template `search.html`."""

    kind: str
    url: str
    canonical: str
    title: str
    """Empty: the theme names it."""
    description: str
    language: str
    direction: str
    index: str
    """Root-relative URL of the folder of the index, with a slash at its end, for `pagefind.js` in it."""
    translations: tuple[TranslationView, ...]
    json_ld: Markup
    feeds: tuple[FeedView, ...]
    image: str
    shared: SharedImage | None
    noindex: bool
