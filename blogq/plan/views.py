"""All that a template may see, typed. docs/views.md is generated from the docstrings here.

Every template gets two names: `site`, a `SiteView`, and `page`, one of the page views below, told apart by
`page.kind`. Views are frozen: what is not in them can't reach an output. Texts are escaped where they are
printed; only the types marked *HTML* are markup already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from blogq.plan.view_parts import (
    AuthorView,
    HeadingView,
    ImageView,
    LanguageView,
    MenuView,
    PagerView,
    ProfileView,
    ReasonView,
    SeriesView,
)

if TYPE_CHECKING:
    from blogq.plan.comment_view import CommentsView


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
class SiteView:
    """What all pages of one language share."""

    title: str
    description: str
    url: str
    """Absolute URL of the home page in this language."""
    home: str
    """Root-relative URL of the home page in this language."""
    path: str
    """Subpath of the site, without a slash at the end; empty when it stands at the root of its host."""
    language: str
    direction: str
    """`ltr` or `rtl`."""
    author: str
    """Name of the site's author, or empty."""
    menu: tuple[MenuView, ...]
    """The navigation, which is the menu `main`; where nothing says what stands in it, sections with posts, archive and
    pages of the top folder."""
    menus: Mapping[str, tuple[MenuView, ...]]
    """All menus by name; `main` is always among them."""
    taxonomies: tuple[LinkView, ...]
    """The taxonomies that have terms, with the pages that list them; `key` is the taxonomy's name."""
    feeds: tuple[FeedView, ...]
    profiles: tuple[ProfileView, ...]
    archive: str
    """URL of the archive, or empty when there are no posts."""
    locale: str
    """Language and territory for Open Graph, `en_US`; empty where they aren't known."""
    languages: tuple[LanguageView, ...]
    """The languages of the site, its own first; empty when there is only one."""
    generator: str
    """`blogq` and its version."""
    options: Mapping[str, Any]
    """The theme's options, defaults filled in."""
    extra: Mapping[str, Any]
    """`extra` of the config."""


@dataclass(frozen=True, slots=True)
class CardView:
    """What lists show of a post."""

    url: str
    title: str
    date: DateView | None
    updated: DateView | None
    summary: Markup
    """HTML: up to `<!-- more -->`, or the first paragraphs."""
    description: str
    """The description or summary given in front matter, else the beginning of the text; plain."""
    more: bool
    """Whether there is more to read than the summary."""
    authors: tuple[AuthorView, ...]
    terms: tuple[TermView, ...]
    """Terms of all taxonomies but authors, in the order of config."""
    minutes: int
    """Reading time: 238 words, or 500 CJK characters, a minute (Brysbaert 2019), rounded up."""
    language: str
    direction: str
    image: str
    """URL of the post's image, or empty."""
    pinned: bool
    """Whether it stands before the others on the home page and in sections."""
    draft: bool
    """True only in builds with `--drafts`."""
    cover: ImageView | None = None
    """The post's image in its sizes, for `picture(item.cover, …)`."""


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A post that readers of the page may like, in the language of the page."""

    url: str
    title: str
    date: DateView | None
    """Never None: only posts are related."""
    reasons: tuple[ReasonView, ...]
    """Terms before words."""


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post (`kind` is `post`) or an undated page (`page`). Templates `post.html`, `page.html`."""

    kind: str
    url: str
    canonical: str
    """Absolute URL."""
    title: str
    description: str
    language: str
    direction: str
    date: DateView | None
    updated: DateView | None
    content: Markup
    """HTML of the body."""
    summary: Markup
    toc: tuple[HeadingView, ...]
    """Headings of levels 2 to 4, nested."""
    authors: tuple[AuthorView, ...]
    terms: tuple[TermView, ...]
    words: int
    minutes: int
    image: str
    """Absolute URL of the page's image, or empty."""
    previous: LinkView | None
    """The next older post of the same language."""
    next: LinkView | None
    """The next newer post of the same language."""
    series: SeriesView | None
    """The series that it is a part of; the first one where it names several."""
    breadcrumbs: tuple[LinkView, ...]
    """The sections above, outermost first, without the home page."""
    translations: tuple[TranslationView, ...]
    """This page in its languages, itself among them; empty when there is only one."""
    json_ld: Markup
    """HTML-safe JSON-LD, to stand inside `<script type="application/ld+json">`."""
    feeds: tuple[FeedView, ...]
    noindex: bool
    """True for unlisted pages and for drafts."""
    pinned: bool
    draft: bool
    extra: Mapping[str, Any]
    """Every front matter key that blogq doesn't know."""
    cover: ImageView | None = None
    """The page's image in its sizes, for `picture(page.cover, …)`."""
    related: tuple[RelatedView, ...] = ()
    """Other posts with the most in common, best first; up to as many as `related` of the config says. Nothing for
    pages without a date; and nothing at all where no template of theme or site names the word `related`."""
    comments: CommentsView | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of posts: `kind` is `home`, `section` or `term`. Templates `home.html`, `section.html`, `term.html`."""

    kind: str
    url: str
    canonical: str
    title: str
    heading: str
    """What stands above the list: the title, without the page's number."""
    description: str
    language: str
    direction: str
    taxonomy: str
    """Title of the taxonomy, for a term's page."""
    author: AuthorView | None
    """Whose posts these are, on an author's page."""
    content: Markup
    """HTML of the section's or term's own text (`_index.md`), on its first page."""
    posts: tuple[CardView, ...]
    """Newest first, pinned ones before; the parts of a series oldest first."""
    count: int
    """Posts on all pages of the list together."""
    pager: PagerView
    sections: tuple[LinkView, ...]
    """Sections right below this one."""
    pages: tuple[LinkView, ...]
    """Undated pages right in this section."""
    breadcrumbs: tuple[LinkView, ...]
    translations: tuple[TranslationView, ...]
    json_ld: Markup
    feeds: tuple[FeedView, ...]
    image: str
    noindex: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaxonomyPage:
    """The terms of one taxonomy: `kind` is `taxonomy`. Template `taxonomy.html`."""

    kind: str
    url: str
    canonical: str
    title: str
    """Empty for tags, categories, authors and series unless config names them: themes have words for those."""
    taxonomy: str
    """Name of the taxonomy: `tags`."""
    description: str
    language: str
    direction: str
    terms: tuple[TermCountView, ...]
    """In the order of the alphabet."""
    content: Markup
    """HTML of the taxonomy's own text (`_index.md`), or empty."""
    translations: tuple[TranslationView, ...]
    json_ld: Markup
    feeds: tuple[FeedView, ...]
    image: str
    noindex: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the archive."""

    name: str
    """As it stands by itself: `March`, `März`."""
    url: str
    count: int
    posts: tuple[CardView, ...]
    """Filled on the pages of a year and of a month, empty on the archive's first page."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the archive."""

    year: int
    name: str
    """As it stands by itself: `2026`, in Chinese `2026年`."""
    url: str
    count: int
    months: tuple[MonthView, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """The archive: `kind` is `archive`, `year` or `month`. Template `archive.html`."""

    kind: str
    url: str
    canonical: str
    title: str
    """The year, or the month with its year; empty for the archive itself, which the theme names."""
    description: str
    language: str
    direction: str
    years: tuple[YearView, ...]
    """All years; on the page of a year or month only that one, with its posts."""
    breadcrumbs: tuple[LinkView, ...]
    translations: tuple[TranslationView, ...]
    json_ld: Markup
    feeds: tuple[FeedView, ...]
    image: str
    noindex: bool


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What readers get for an address that isn't there: `kind` is `404`. Template `404.html`."""

    kind: str
    url: str
    canonical: str
    title: str
    """Of the site's own `404.md`; empty where there is none, and the theme names it."""
    description: str
    language: str
    direction: str
    content: Markup
    """HTML of the site's own `404.md`, or empty."""
    translations: tuple[TranslationView, ...]
    json_ld: Markup
    feeds: tuple[FeedView, ...]
    image: str
    noindex: bool


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """An old address, or a source with `redirect_to`: `kind` is `redirect`. Template `redirect.html`."""

    kind: str
    url: str
    canonical: str
    """Whole address of the page to go to."""
    title: str
    target: str
    """URL of the page to go to; root-relative where it is on the site."""
    language: str
    direction: str


Page = PostPage | ListPage | TaxonomyPage | ArchivePage | ErrorPage | RedirectPage
