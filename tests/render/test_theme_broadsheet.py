"""The theme `broadsheet`, on top of `plain`: sound HTML for every view, its own options, and little weight."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from colours import AA, colours_of, contrast
from markupsafe import Markup
from plain_views import CASES, HOME, POST, SITE, THEME, card
from theme_sites import themed

from blogq.plan.view_parts import ImageView
from blogq.plan.views import Page, SiteView
from blogq.render.environment import Environment
from blogq.render.files import Found, Setup, below, locale_name
from blogq.render.theme import Theme, load_theme

FOLDER = THEME.parent / "broadsheet"
PARENT = (THEME / "static" / "style.css").read_text(encoding="utf-8")
BROADSHEET = (FOLDER / "static" / "broadsheet.css").read_text(encoding="utf-8")
STYLE = BROADSHEET + (FOLDER / "static" / "front.css").read_text(encoding="utf-8")
"""What comes on top of plain's stylesheet: on every page, and on lists."""
PHOTO = "https://example.org/photos/slow.jpg"


@cache
def theme() -> Theme:
    loaded, findings = load_theme(Path("/nowhere"), "broadsheet", {})
    assert findings == []
    return loaded


@cache
def files() -> dict[str, Found]:
    """The files of both themes, as a build finds them."""
    found: dict[str, Found] = {}
    for number, layer in enumerate(theme().layers[1:], 1):
        for path in sorted(layer.folder.rglob("*.*")):
            name = key = path.relative_to(layer.folder).as_posix()
            if path.parent.name == "locales":
                folder = str(path.parent)
                found[locale_name(number, path.name)] = Found(path.name, folder, (folder,), str(path), bytes(32))
                continue
            while key in found:
                key = below(key)
            found[key] = Found(name, str(layer.folder), (str(layer.folder),), str(path), bytes(32))
    return found


def render(template: str, site: SiteView, page: Page, **options: Any) -> str:
    """A page with the theme's options, some of them `options`."""
    mine: Mapping[str, Any] = {**theme().options, **options}
    shown = {name: value for name, value in site.options.items() if name not in ("accent",)}
    site = replace(site, options={**mine, **shown, **options})
    environment = Environment(Setup(files(), ""))
    environment.show(site)
    return environment.get_template(template).render(site=site, page=page, t=environment.texts)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, Page]:
    """A rendered page and its view."""
    template, site, page = CASES[request.param]
    return render(template, site, page), page


def test_html_parses_strictly(case: tuple[str, Page]) -> None:
    html5lib.HTMLParser(strict=True).parse(case[0])


def test_page_stands_on_its_own(case: tuple[str, Page]) -> None:
    html, page = case
    assert html.startswith("<!doctype html>\n")
    assert len(re.findall("<h1[ >]", html)) == 1
    assert f'<body data-kind="{page.kind}"' in html
    assert f'<link rel="canonical" href="{page.canonical}">' in html
    assert "<script>" not in html and not re.search(r"<[^>]*\s/>", html)
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?!/|https://example\.org/)", html) == []
    sheets = re.findall(r'<link rel="stylesheet" href="/(\w+)\.[0-9a-f]{8}\.css">', html)
    assert sheets == ["style", "broadsheet", *(["front"] if page.kind not in ("post", "page") else [])]


def test_front_page_opens_with_the_newest_post() -> None:
    cards = tuple(card(number, image=PHOTO) for number in range(1, 5))
    html = render("home.html", SITE, replace(HOME, posts=cards))
    assert '<div class="h-feed front">' in html
    assert html.count('<article class="card h-entry">') == 4
    loading = re.findall(r'<img class="u-featured" src="/photos/slow\.jpg" alt="" (\w+="\w+")', html)
    assert loading == ['fetchpriority="high"', 'loading="lazy"', 'loading="lazy"', 'loading="lazy"']
    assert '<p class="about">Essays on writing less, and better.</p>' in html.partition("<main")[0]
    assert html.count("Essays on writing less, and better.</p>") == 1


def test_front_page_may_show_all_posts_alike() -> None:
    assert " front" not in render("home.html", SITE, HOME, front="even")
    second = replace(HOME, pager=replace(HOME.pager, number=2))
    assert " front" not in render("home.html", SITE, second)


def test_front_page_leads_on_to_sections_and_terms() -> None:
    html = render("home.html", SITE, replace(HOME, sections=SITE.menu[:1]))
    index = re.findall(r'<nav class="index".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', index) == [
        ("/posts/", "Posts"),
        ("/tags/", "Tags"),
        ("/authors/", "Authors"),
        ("/archive/", "Archive"),
    ]


def test_cards_say_what_they_are_filed_under() -> None:
    html = render("home.html", SITE, HOME)
    assert '<p class="kicker"><a class="p-category" href="/tags/writing/">Writing</a></p>' in html
    assert "<img" not in html, "these posts have no pictures"


def test_pictures_may_be_left_out() -> None:
    home = replace(HOME, posts=(card(1, image=PHOTO),))
    assert "<img" in render("home.html", SITE, home) and "<img" not in render("home.html", SITE, home, pictures=False)
    post = replace(POST, cover=ImageView("/photos/slow.jpg", 0, 0, "", (), ""), content=Markup("<p>Text.</p>"))
    assert 'class="cover"' in render("post.html", SITE, post)
    assert 'class="cover"' not in render("post.html", SITE, post, pictures=False)
    assert 'class="cover"' not in render("post.html", SITE, post, cover=False)


def test_pictures_are_asked_for_below_the_subpath() -> None:
    site = replace(SITE, url="https://example.org/blog/de/", home="/blog/de/", path="/blog")
    home = replace(
        HOME, posts=(card(1, image="https://example.org/blog/p%20q.jpg"), card(2, image="https://cdn.example/x"))
    )
    sources = re.findall('<img[^>]* src="([^"]*)"', render("home.html", site, home))
    assert sources == ["/blog/p%20q.jpg", "https://cdn.example/x"]


def test_options_are_obeyed() -> None:
    html = render("post.html", SITE, POST, masthead_line="<Lower Marsh>", drop_cap=False, accent="#224466")
    assert '<p class="line">&lt;Lower Marsh&gt;</p>' in html
    assert 'class="short"' in html and 'class="short initial"' in render("post.html", SITE, POST)
    assert "<style>:root{--accent:#224466}</style>" in html
    assert "<style>" not in render("post.html", SITE, POST)
    assert 'class="long initial"' in render("post.html", replace(SITE, title="The Lower Marsh Courier"), POST)


def test_every_option_says_what_it_is_for() -> None:
    assert all(about.get("help") for about in theme().declared.values())
    assert theme().options["accent"] == "#9b1c1f" == re.findall("--accent: (#[0-9a-f]{6})", STYLE)[0]
    head = (FOLDER / "templates/partials/head.html").read_text(encoding="utf-8")
    assert 'usual = "#9b1c1f"' in head


def test_a_site_overrides_the_theme_and_its_parent(tmp_path: Path) -> None:
    own = '{% extends "partials/card.html" %}{% block summary %}{{ super() }}<hr>{% endblock %}'
    site = themed(
        tmp_path,
        {
            "templates/partials/card.html": own,
            "static/broadsheet.css": "/* mine */",
            "static/photo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "content/posts/second.md": "---\ntitle: Second\ndate: 2025-12-02\nimage: /photo.svg\n---\nText.\n",
        },
        "theme: broadsheet\n",
    )
    site.build()
    assert site.told() == []
    html = site.text("index.html")
    assert html.count("<hr>") == 2, "the lead is a card as well"
    assert '<img class="u-featured" src="/photo.svg" alt="" fetchpriority="high" decoding="async">' in html
    name = re.findall(r"/(broadsheet\.[0-9a-f]{8}\.css)", html)[0]
    assert site.text(name) == "/* mine */"


def test_style_is_small_and_asks_no_one() -> None:
    assert len(BROADSHEET.encode()) <= 6 * 1024 and len(STYLE.encode()) <= 13 * 1024
    assert "url(" not in STYLE and "@import" not in STYLE
    assert not re.search(r"(margin|padding|border)-(left|right)|[^-](left|right):|text-align: (left|right)", STYLE)
    assert [path.suffix for path in FOLDER.rglob("*.js")] == []
    assert "letter-spacing: -" not in STYLE, "Arabic letters are joined: spacing goes through variables"


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme, those of plain where broadsheet has none of its own; links worked out."""
    return colours_of(PARENT + STYLE, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(scheme: str) -> None:
    colours = palette(scheme)
    used = {"text", "quiet", "link", "comment", "keyword", "string", "number", "call", "type", "name", "error"}
    low = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name in used
        for ground in ("ground", "raised")
        if contrast(colours[name], colours[ground]) < AA
    }
    assert low == {}
    assert contrast(colours["text"], colours["mark"]) >= AA
    assert contrast(colours["rule"], colours["ground"]) >= 3


def test_a_page_of_about_1000_words_fits() -> None:
    """Styles and script leave at least 6.5 KiB of 15 for the page itself, gzipped."""
    static = (THEME / "static" / "copy.js", THEME / "static" / "style.css", FOLDER / "static" / "broadsheet.css")
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in static) <= 8.5 * 1024


def test_lists_may_show_titles_alone() -> None:
    assert "p-summary" not in render("home.html", SITE, HOME, list="titles")


def test_pictures_come_in_their_sizes() -> None:
    cover = ImageView("/a.jpg", 800, 600, "/a-480.jpg 480w, /a.jpg 800w", (), "")
    html = render("home.html", SITE, replace(HOME, posts=(card(1, image=PHOTO, cover=cover),) * 2))
    assert html.count('srcset="/a-480.jpg 480w, /a.jpg 800w"') == 2
    assert html.count('width="800" height="600"') == 2, "the room is known before the picture comes"
    assert html.count('loading="lazy"') == 1


def test_sheets_of_a_site_come_after_those_of_the_theme(tmp_path: Path) -> None:
    """Also where lists load a sheet more: what a site says wins."""
    link = '<link rel="stylesheet" href="{{ asset("mine.css") }}">'
    own = f'{{% extends "partials/head.html" %}}{{% block styles %}}{{{{ super() }}}}{link}{{% endblock %}}'
    files = {"templates/partials/head.html": own, "static/mine.css": "/* mine */", "content/about.md": "Text.\n"}
    site = themed(tmp_path, files, "theme: broadsheet\n")
    site.build()
    for path, expected in (
        ("index.html", "style broadsheet front mine"),
        ("about/index.html", "style broadsheet mine"),
    ):
        sheets = re.findall(r'rel="stylesheet" href="/(\w+)\.[0-9a-f]{8}\.css"', site.text(path))
        assert sheets == expected.split(), path
