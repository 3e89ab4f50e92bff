"""What several views have in common: dates, links, people, menus, images, and a post's place in its series."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class DateView:
    """A moment, in the time zone in which it was written."""

    iso: str
    """RFC 3339, for `datetime="…"`: `2026-03-01T09:30:00+01:00`."""
    day: str
    """`2026-03-01`."""
    text: str
    """As readers of the page's language write it, by `date_format` of the config: `March 1, 2026`, `1. März 2026`."""
    year: int
    month: int
    """1 to 12."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A title and where it leads."""

    title: str
    """Empty where config gives none and the theme has a word for it: see `key`."""
    url: str
    key: str = ""
    """The theme's text that stands for an empty title, such as `archive`: `{{ link.title or t[link.key] }}`."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed to be announced in `<head>` or linked."""

    title: str
    url: str
    type: str
    """Its media type: `application/rss+xml`, `application/atom+xml`, `application/feed+json`."""


@dataclass(frozen=True, slots=True)
class TranslationView:
    """The same page in another language."""

    language: str
    """BCP 47 tag, for `hreflang` and `lang`."""
    url: str
    canonical: str
    """Absolute URL."""
    title: str
    """Empty for pages that the theme names, such as the archive."""
    name: str
    """The language's own name for itself: `Español`."""
    locale: str
    """Language and territory for Open Graph, `es_ES`; empty where they aren't known."""


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of a taxonomy, such as one tag."""

    taxonomy: str
    """Name of the taxonomy: `tags`."""
    title: str
    """The term as it was first written, or as its own text is called."""
    url: str
    """URL of the term's page."""


@dataclass(frozen=True, slots=True)
class TermCountView:
    """A term with the number of live posts that have it."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A place elsewhere where readers can meet the authors."""

    name: str
    url: str
    rel: str


@dataclass(frozen=True, slots=True)
class AuthorView:
    """Somebody who writes here, with what config says of them under `authors`."""

    taxonomy: str
    """`authors`."""
    title: str
    """Full name, or what the post says where config knows no such author."""
    url: str
    """URL of the author's page on this site; empty where there is none."""
    website: str
    """Address elsewhere, or empty."""
    avatar: str
    """URL of a picture, or empty."""
    bio: str
    """Plain text, or empty."""
    profiles: tuple[ProfileView, ...]


@dataclass(frozen=True, slots=True)
class MenuView:
    """An entry of a menu."""

    title: str
    url: str
    """Empty for one that only holds others."""
    children: tuple[MenuView, ...]
    """Entries below it."""
    key: str = ""
    """The theme's text that stands for an empty title, such as `archive`: `{{ entry.title or t[entry.key] }}`."""


@dataclass(frozen=True, slots=True)
class SeriesPartView:
    """One post of a series."""

    position: int
    """Counts from 1."""
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series that a post belongs to, and its place there. What isn't live isn't counted."""

    title: str
    url: str
    """URL of the page that lists the series, oldest part first."""
    position: int
    """Counts from 1."""
    total: int
    previous: SeriesPartView | None
    """The part before this one."""
    next: SeriesPartView | None
    """The part after this one."""
    parts: tuple[SeriesPartView, ...]
    """All parts in order, this one among them; of a series of more than 100 those nearest to this one."""


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site."""

    language: str
    """BCP 47 tag."""
    name: str
    """The language's own name for itself: `Español`."""
    home: str
    """Root-relative URL of the home page in that language."""
    direction: str


@dataclass(frozen=True, slots=True)
class HeadingView:
    """An entry of a table of contents."""

    id: str
    html: Markup
    """HTML: the heading's text, with no links in it."""
    children: tuple[HeadingView, ...]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """What a related post has in common with the page."""

    kind: str
    """`taxonomy`: both have these terms; `series`: both are parts of this; `content`: both use these words much;
    `similar`: they use the same words, in a language whose words can't be told apart."""
    taxonomy: str
    """Name of the taxonomy, such as `tags`; empty for words."""
    labels: tuple[str, ...]
    """The words, or the titles of the terms; none for `similar`."""
    text: str
    """They with commas between them."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """An image in one format, for a `<source>` of `<picture>`."""

    type: str
    """Media type: `image/avif`."""
    srcset: str
    """URLs with their widths, as `srcset` says them."""


@dataclass(frozen=True, slots=True)
class ImageView:
    """An image; `picture(…)` makes HTML of it."""

    url: str
    """URL of what every browser can show; root-relative for images of the site."""
    width: int
    """Of that, in pixels; 0 where it isn't known."""
    height: int
    srcset: str
    """The same in several widths, or empty."""
    sources: tuple[SourceView, ...]
    """Better formats, the best one first."""
    sizes: str
    """How wide pages show images: `images.sizes` of the config."""


@dataclass(frozen=True, slots=True)
class PagerView:
    """One page of a list that was cut into pages."""

    number: int
    """Counts from 1."""
    total: int
    previous: str
    """URL of the page before, or empty."""
    next: str
    """URL of the page after, or empty."""
    first: str
    last: str
