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

from blogq.plan.head_views import IconView, SearchPage, SharedImage, SharePage
from blogq.plan.view_parts import (
    AuthorView,
    DateView,
    FeedView,
    HeadingView,
    ImageView,
    LanguageView,
    LinkView,
    MenuView,
    PagerView,
    ProfileView,
    ReasonView,
    SeriesView,
    TermCountView,
    TermView,
    TranslationView,
)

if TYPE_CHECKING:
    from blogq.plan.comment_view import CommentsView


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
    icons: tuple[IconView, ...] = ()
    """The site's icons, for `<link>` in `<head>`."""
    manifest: str = ""
    """URL of the web manifest."""
    search: str = ""
    """URL of the page for searching, or empty."""


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
    shared: SharedImage | None = None
    """What stands for the page where its address is shared: its own picture, or one that is drawn."""


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
    shared: SharedImage | None = None


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
    shared: SharedImage | None = None


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
    shared: SharedImage | None = None


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
    shared: SharedImage | None = None


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


Page = PostPage | ListPage | TaxonomyPage | ArchivePage | ErrorPage | RedirectPage | SharePage | SearchPage
