"""Made-up views for the theme `plain`: usual, and the same emptied, overlong, hostile, in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from markupsafe import Markup

from blogq.plan.head_views import IconView, SharedImage
from blogq.plan.view_parts import (
    AuthorView,
    HeadingView,
    LanguageView,
    MenuView,
    PagerView,
    ProfileView,
    SeriesPartView,
    SeriesView,
)
from blogq.plan.views import (
    ArchivePage,
    CardView,
    DateView,
    ErrorPage,
    FeedView,
    LinkView,
    ListPage,
    MonthView,
    Page,
    PostPage,
    RedirectPage,
    SiteView,
    TaxonomyPage,
    TermCountView,
    TermView,
    TranslationView,
    YearView,
)

THEME = Path(__file__).parent.parent.parent / "themes" / "plain"
MANIFEST = yaml.safe_load((THEME / "theme.yaml").read_text(encoding="utf-8"))
NASTY = "\"><script>alert(1)</script> & <b>'{{ 7*7 }}"
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 8 + " and then some more words " * 30
ARABIC = "مرحبا بالعالم: مقالة عن HTML"
CHINESE = "关于静态博客生成器的一些想法,以及为什么质量胜于数量"


def options(**changes: Any) -> Mapping[str, Any]:
    """The theme's options with their defaults, and `changes`."""
    return MappingProxyType({name: spec["default"] for name, spec in MANIFEST["options"].items()} | changes)


DATE = DateView("2026-03-01T09:30:00+01:00", "2026-03-01", "1 March 2026", 2026, 3)
FEED = FeedView("Slow Notes (RSS)", "/feed.xml", "application/rss+xml")
BARE = SiteView(
    *("", "", "https://example.org/", "/", "", "en", "ltr", ""),
    (),
    {},
    (),
    (),
    (),
    "",
    "",
    (),
    "blogq 0.1",
    options(),
    {},
)
MENU = (
    MenuView("Posts", "/posts/", ()),
    MenuView("", "/archive/", (), "archive"),
    MenuView("About", "/about/", ()),
)
SITE = SiteView(
    title="Slow Notes",
    description="Essays on writing less, and better.",
    url="https://example.org/",
    home="/",
    path="",
    language="en",
    direction="ltr",
    author="Ada Moss",
    menu=MENU,
    menus={"main": MENU, "footer": (MenuView("Imprint", "/imprint/", ()),)},
    taxonomies=(LinkView("", "/tags/", "tags"), LinkView("", "/authors/", "authors")),
    feeds=(FEED, FeedView("Slow Notes (Atom)", "/atom.xml", "application/atom+xml")),
    profiles=(ProfileView("Mastodon", "https://social.example/@ada", "me"),),
    archive="/archive/",
    locale="en_US",
    languages=(),
    generator="blogq 0.1.0",
    options=options(),
    extra={},
)

BODY = Markup((Path(__file__).parent / "plain" / "body.html").read_text(encoding="utf-8"))

TOC = (
    HeadingView("why", Markup("Why <em>so</em> slow?"), (HeadingView("how", Markup("How it works"), ()),)),
    HeadingView("then", Markup("And then?"), ()),
)
ADA = AuthorView(
    *("authors", "Ada Moss", "/authors/ada-moss/", "https://ada.example/", "/ada.jpg", "Ada repairs clocks."),
    (ProfileView("Mastodon", "https://social.example/@ada", "me"),),
)
SERIES = SeriesView(
    *("Slow tools", "/series/slow-tools/", 2, 3),
    SeriesPartView(1, "A pencil", "/posts/pencil/"),
    SeriesPartView(3, "A kettle", "/posts/kettle/"),
    tuple(SeriesPartView(n, title, f"/posts/{n}/") for n, title in enumerate(["A pencil", "A bench", "A kettle"], 1)),
)
TERMS = (TermView("tags", "Writing", "/tags/writing/"), TermView("tags", "Tools", "/tags/tools/"))
TRANSLATIONS = (
    TranslationView(
        "en", "/posts/slow/", "https://example.org/posts/slow/", "In praise of slow blogs", "English", "en_US"
    ),
    TranslationView("ar", "/ar/posts/slow/", "https://example.org/ar/posts/slow/", ARABIC, "العربية", "ar_EG"),
)
POST = PostPage(
    kind="post",
    url="/posts/slow/",
    canonical="https://example.org/posts/slow/",
    title="In praise of slow blogs",
    description="Why it is fine to publish four times a year.",
    language="en",
    direction="ltr",
    date=DATE,
    updated=replace(DATE, iso="2026-04-02T00:00:00Z", day="2026-04-02", text="2 April 2026"),
    content=BODY,
    summary=Markup("<p>The first paragraph.</p>"),
    toc=TOC,
    authors=(ADA,),
    terms=TERMS,
    words=1200,
    minutes=6,
    image="https://example.org/slow.png",
    shared=SharedImage("https://example.org/slow.png", 1200, 630, "A snail", "image/png", False),
    previous=LinkView("On reading aloud", "/posts/aloud/"),
    next=LinkView("A year of four posts", "/posts/year/"),
    series=SERIES,
    breadcrumbs=(LinkView("Posts", "/posts/"),),
    translations=TRANSLATIONS,
    json_ld=Markup('{"@context":"https://schema.org","@type":"BlogPosting","headline":"x\\u003c/script"}'),
    feeds=(FEED,),
    noindex=False,
    pinned=False,
    draft=False,
    extra={},
)


def card(number: int = 1, **changes: Any) -> CardView:
    """A card, as a list shows it."""
    made = CardView(
        url=f"/posts/{number}/",
        title=("In praise of slow blogs", "On reading aloud", "What a comment is worth")[number % 3],
        date=DATE,
        updated=None,
        summary=Markup(
            "<p>A blog is a conversation with people, and a conversation has pauses in it. "
            "Nobody wants to talk to somebody who speaks every day at nine.</p>"
        ),
        description="A blog is a conversation.",
        more=True,
        authors=(ADA,),
        terms=TERMS,
        minutes=6,
        language="en",
        direction="ltr",
        image="",
        pinned=number == 1,
        draft=number == 2,
    )
    return replace(made, **changes)


CARDS = tuple(card(number) for number in range(1, 11))
LIST = ListPage(
    kind="term",
    url="/tags/writing/page/2/",
    canonical="https://example.org/tags/writing/page/2/",
    title="Writing (page 2)",
    heading="Writing",
    description="",
    language="en",
    direction="ltr",
    taxonomy="Tags",
    author=None,
    content=Markup("<p>About this list.</p>"),
    posts=CARDS,
    count=42,
    pager=PagerView(2, 5, "/tags/writing/", "/tags/writing/page/3/", "/tags/writing/", "/tags/writing/page/5/"),
    sections=(LinkView("Essays", "/posts/essays/"),),
    pages=(LinkView("Colophon", "/posts/colophon/"),),
    breadcrumbs=(LinkView("Tags", "/tags/"),),
    translations=(),
    json_ld=Markup(""),
    feeds=(FEED,),
    image="",
    noindex=False,
    extra={},
)
ONLY = PagerView(1, 1, "", "", "/", "/")
HOME = replace(
    LIST,
    kind="home",
    url="/",
    canonical="https://example.org/",
    title="Slow Notes",
    heading="Slow Notes",
    content=Markup(""),
    breadcrumbs=(),
    sections=(),
    pages=(),
    taxonomy="",
    pager=PagerView(1, 5, "", "/page/2/", "/", "/page/5/"),
)
SECTION = replace(LIST, kind="section", url="/posts/", title="Posts", heading="Posts", pager=ONLY)
TAXONOMY = TaxonomyPage(
    *("taxonomy", "/tags/", "https://example.org/tags/", "", "tags", "", "en", "ltr"),
    terms=tuple(TermCountView(f"Term {n}", f"/tags/{n}/", n) for n in range(1, 101)),
    content=Markup(""),
    translations=(),
    json_ld=Markup(""),
    feeds=(),
    image="",
    noindex=False,
    extra={},
)
MONTHS = (
    MonthView("March", "/archive/2026/03/", 4, CARDS[:4]),
    MonthView("May", "/archive/2026/05/", 1, CARDS[:1]),
)
ARCHIVE = ArchivePage(
    *("archive", "/archive/", "https://example.org/archive/", "", "", "en", "ltr"),
    years=(
        YearView(2026, "2026", "/archive/2026/", 5, tuple(replace(m, posts=()) for m in MONTHS)),
        YearView(2025, "2025", "/archive/2025/", 1, (replace(MONTHS[0], posts=()),)),
    ),
    breadcrumbs=(),
    translations=(),
    json_ld=Markup(""),
    feeds=(),
    image="",
    noindex=False,
)
YEAR = replace(
    ARCHIVE,
    kind="year",
    title="2026",
    years=(YearView(2026, "2026", "/archive/2026/", 5, MONTHS),),
    breadcrumbs=(LinkView("", "/archive/", "archive"),),
)
LOST = ErrorPage(
    *("404", "/404.html", "https://example.org/404.html", "", "", "en", "ltr"),
    Markup(""),
    (),
    Markup(""),
    (),
    "",
    True,
)
MOVED = RedirectPage(
    "redirect",
    "/old/",
    "https://example.org/posts/slow/",
    "In praise of slow blogs",
    "/posts/slow/",
    "en",
    "ltr",
)

LANGUAGES = (LanguageView("en", "English", "/", "ltr"), LanguageView("ar", "العربية", "/ar/", "rtl"))

USUAL: dict[str, tuple[str, SiteView, Page]] = {
    "home": ("home.html", SITE, HOME),
    "home-2": (
        "home.html",
        SITE,
        replace(HOME, url="/page/2/", title="Slow Notes (page 2)", pager=LIST.pager),
    ),
    "home-own-title": (
        "home.html",
        SITE,
        replace(HOME, heading="Welcome", content=Markup("<p>Come in.</p>")),
    ),
    "post": ("post.html", SITE, POST),
    "post-languages": ("post.html", replace(SITE, languages=LANGUAGES), POST),
    "404-languages": ("404.html", replace(SITE, languages=LANGUAGES), LOST),
    "post-draft": ("post.html", SITE, replace(POST, draft=True, noindex=True)),
    "page": ("page.html", SITE, replace(POST, kind="page", url="/about/", title="About", date=None)),
    "section": ("section.html", SITE, SECTION),
    "term": ("term.html", SITE, LIST),
    "author": (
        "term.html",
        SITE,
        replace(LIST, url=ADA.url, title="Ada Moss", heading="Ada Moss", author=ADA, content=Markup(""), pager=ONLY),
    ),
    "submenu": (
        "post.html",
        replace(SITE, menu=(MenuView("More", "", (*MENU, MenuView("Deeper", "/deeper/", MENU))), *MENU)),
        replace(POST, pinned=True),
    ),
    "taxonomy": ("taxonomy.html", SITE, TAXONOMY),
    "taxonomy-text": (
        "taxonomy.html",
        SITE,
        replace(TAXONOMY, description="All of them.", content=Markup("<p>Why we label.</p>")),
    ),
    "archive": ("archive.html", SITE, ARCHIVE),
    "year": ("archive.html", SITE, YEAR),
    "month": ("archive.html", SITE, replace(YEAR, kind="month", title="March 2026")),
    "404": ("404.html", SITE, LOST),
    "404-own": ("404.html", SITE, replace(LOST, content=Markup("<p>Gone.</p>"))),
    "redirect": ("redirect.html", SITE, MOVED),
}


def emptied(page: Page) -> Page:
    """`page` with nothing in it that may be left out."""
    blank: dict[str, Any] = {
        "description": "",
        "content": Markup(""),
        "summary": Markup(""),
        "json_ld": Markup(""),
        "image": "",
        "date": None,
        "updated": None,
        "previous": None,
        "next": None,
        "series": None,
        "author": None,
        "minutes": 0,
        "words": 0,
        "count": 0,
        "taxonomy": "",
        "pager": ONLY,
    }
    names = {field.name for field in fields(page)}
    tuples = {name: () for name in names if isinstance(getattr(page, name), tuple)}
    return replace(page, **{key: value for key, value in (blank | tuples).items() if key in names})


def titled(page: Page, title: str, language: str = "en", direction: str = "ltr") -> Page:
    """`page` under another title and in another language, its cards and terms likewise."""
    changes: dict[str, Any] = {"title": title, "language": language, "direction": direction}
    if isinstance(page, ListPage):
        posts = tuple(
            replace(post, title=title, language=language, direction=direction, description=title) for post in page.posts
        )
        changes |= {"heading": title, "taxonomy": title, "posts": posts}
    if isinstance(page, PostPage):
        changes |= {
            "terms": tuple(TermView("tags", f"{title} {n}", f"/tags/{n}/") for n in range(100)),
            "previous": LinkView(title, "/a/"),
            "next": LinkView(title, "/b/"),
            "description": title,
            "authors": (ADA, replace(ADA, title=title, url="", website="", avatar="", bio="", profiles=())),
            "series": replace(
                SERIES,
                title=title,
                next=SeriesPartView(3, title, "/d/"),
                parts=tuple(SeriesPartView(n, title, f"/d/{n}/") for n in range(1, 101)),
            ),
            "breadcrumbs": (LinkView(title, "/c/"),),
        }
    return replace(page, **changes)


NASTY_SITE = replace(
    SITE,
    title=NASTY,
    description=NASTY,
    menu=(MenuView(NASTY, "/x/", ()),),
    menus={"footer": (MenuView(NASTY, "/x/", ()),)},
    taxonomies=(LinkView(NASTY, "/y/"),),
    options=options(accent="#aa3366", footer=NASTY, favicon="/favicon.svg", show_toc=False, show_reading_time=False),
    icons=(IconView("icon", "/favicon.svg", "image/svg+xml", "any"),),
)
ARABIC_SITE = replace(
    SITE, title=ARABIC, language="ar", direction="rtl", menu=(MenuView("الأرشيف", "/ar/archive/", ()),)
)
CHINESE_SITE = replace(SITE, title=CHINESE, language="zh-Hans", description=CHINESE)

EXTREME: dict[str, tuple[str, SiteView, Page]] = {}
for _name, (_template, _site, _page) in USUAL.items():
    EXTREME |= {
        f"{_name} empty": (_template, replace(BARE, title="x"), emptied(_page)),
        f"{_name} long": (_template, replace(SITE, title=LONG), titled(_page, LONG)),
        f"{_name} nasty": (_template, NASTY_SITE, titled(_page, NASTY)),
        f"{_name} rtl": (_template, ARABIC_SITE, titled(_page, ARABIC, "ar", "rtl")),
        f"{_name} cjk": (_template, CHINESE_SITE, titled(_page, CHINESE, "zh-Hans")),
        f"{_name} unknown language": (_template, replace(SITE, language="sw"), titled(_page, "Habari", "sw")),
    }
CASES = USUAL | EXTREME
