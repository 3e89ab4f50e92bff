"""The theme `plain`: every template with usual and with extreme views is sound HTML and says what it must."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from colours import AA, colours_of, contrast
from markupsafe import Markup
from plain_views import CASES, MANIFEST, POST, SITE, THEME, TOC, options

from blogq.plan.cldr import plural_forms
from blogq.plan.frozen import freeze
from blogq.plan.view_parts import HeadingView, ImageView, SourceView
from blogq.plan.views import Page, SiteView
from blogq.render.environment import Environment
from blogq.render.files import Found, Setup, locale_name
from blogq.render.texts import PLACEHOLDER
from blogq.render.theme import load_theme

STYLE = (THEME / "static" / "style.css").read_text(encoding="utf-8")
WIDTH = 7 * 1024
"""Most bytes of the stylesheet, gzipped."""


def environment() -> Environment:
    """The renderer's own environment over the theme's folder."""
    files = {}
    for path in sorted(THEME.rglob("*.*")):
        name = path.relative_to(THEME).as_posix()
        data = path.read_bytes()
        if path.parent.name == "locales":
            digest = hashlib.sha256(data).digest()
            files[locale_name(0, path.name)] = Found(name, str(THEME), (str(THEME),), name, digest)
            continue
        files[name] = Found(name, str(THEME), (str(THEME),), name, hashlib.sha256(data).digest())
    return Environment(Setup(files, ""))


def render(template: str, site: SiteView, page: Page) -> str:
    made = environment()
    made.show(site)
    return made.get_template(template).render(site=site, page=page, t=made.texts)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, str, Page]:
    """A rendered page: the name of its case, its HTML and its view."""
    template, site, page = CASES[request.param]
    return request.param, render(template, site, page), page


def rendered(name: str) -> str:
    return render(*CASES[name])


def test_html_parses_strictly(case: tuple[str, str, Page]) -> None:
    html5lib.HTMLParser(strict=True).parse(case[1])


def test_page_stands_on_its_own(case: tuple[str, str, Page]) -> None:
    _name, html, page = case
    assert html.startswith("<!doctype html>\n")
    assert len(re.findall("<h1[ >]", html)) == 1
    assert f'<html lang="{page.language}" dir="{page.direction}">' in html
    assert f'<link rel="canonical" href="{page.canonical}">' in html
    assert '<meta charset="utf-8">' in html
    assert "<script>" not in html and "49" not in re.findall("<title>.*?</title>", html, re.DOTALL)[0]
    assert not re.search(r"<[^>]*\s/>", html), "void elements have no slash"
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?!/|https://example\.org/)", html) == []


def test_every_page_view_has_its_template() -> None:
    assert {path.stem for path in (THEME / "templates").glob("*.html")} >= {
        *("base", "home", "post", "page", "section", "taxonomy", "term", "archive", "404", "redirect")
    }


def test_head_of_a_post() -> None:
    html = rendered("post")
    for wanted in (
        "<title>In praise of slow blogs · Slow Notes</title>",
        '<meta property="og:type" content="article">',
        '<meta property="article:published_time" content="2026-03-01T09:30:00+01:00">',
        '<meta property="article:modified_time" content="2026-04-02T00:00:00Z">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<link rel="alternate" hreflang="ar" href="https://example.org/ar/posts/slow/">',
        '<link rel="alternate" hreflang="x-default" href="https://example.org/posts/slow/">',
        '<script type="application/ld+json">{"@context"',
        '<a href="/posts/" aria-current="true">Posts</a>',
    ):
        assert wanted in html
    assert re.search(r'<link rel="stylesheet" href="/style\.[0-9a-f]{8}\.css">', html)
    assert "noindex" not in html and 'rel="icon"' not in html and "<style>" not in html
    assert '<meta name="robots" content="noindex">' in rendered("post-draft")
    assert ">Draft</strong>" in rendered("post-draft")


def test_home_is_titled_by_the_site() -> None:
    assert "<title>Slow Notes</title>" in rendered("home")
    assert "<title>Slow Notes (page 2)</title>" in rendered("home-2")


def test_lists_name_their_neighbours() -> None:
    html = rendered("term")
    assert '<link rel="prev" href="/tags/writing/">' in html
    assert '<link rel="next" href="/tags/writing/page/3/">' in html
    assert html.count('<article class="card h-entry">') == 10


def test_microformats_of_a_post() -> None:
    html = rendered("post")
    for name in (
        "h-entry",
        "p-name",
        "u-url",
        "dt-published",
        "dt-updated",
        "p-author h-card",
        "e-content",
        "p-category",
    ):
        assert f'class="{name}' in html or f' {name}"' in html, name


@pytest.mark.parametrize(
    ("toc", "shown"),
    [
        ((), False),
        (TOC[1:], False),
        (TOC[:1], False),
        (TOC, True),
        ((TOC[0], TOC[0], TOC[0]), True),
        ((HeadingView("a", Markup("A"), TOC[:1]),), True),
    ],
)
def test_contents_are_listed_from_three_headings_on(toc: tuple[HeadingView, ...], shown: bool) -> None:
    html = render("post.html", SITE, replace(POST, toc=toc))
    assert ('<nav class="toc"' in html) is shown


def test_options_are_obeyed() -> None:
    html = rendered("post nasty")
    assert '<link rel="icon" href="/favicon.svg" type="image/svg+xml" sizes="any">' in html
    assert "<style>:root{--accent:#aa3366}</style>" in html
    assert "min read" not in html and '<nav class="toc"' not in html


def texts(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((THEME / "locales" / f"{language}.yaml").read_text(encoding="utf-8"))
    return found


def values_in(text: Any) -> set[str]:
    return set(PLACEHOLDER.findall(text["other"] if isinstance(text, dict) else text))


SHIPPED = sorted(path.stem for path in (THEME / "locales").glob("*.yaml"))


@pytest.mark.parametrize("language", SHIPPED)
def test_texts_are_complete_in_every_language(language: str) -> None:
    """Each key of the English file, with the same values in it, in each form that the language has for numbers."""
    own, english = texts(language), texts("en")
    assert list(own) == list(english)
    for key, text in own.items():
        assert values_in(text) == values_in(english[key]), key
        assert isinstance(text, dict) == isinstance(english[key], dict), key
        forms = text if isinstance(text, dict) else {"other": text}
        assert all(form.strip() for form in forms.values()), key
        if isinstance(text, dict):
            # `many` of Romance languages is for millions.
            assert plural_forms(language) - text.keys() <= ({"many"} if language in ("es", "fr") else set()), key
            assert text.keys() <= plural_forms(language), key


def test_texts_in_the_languages_that_were_promised() -> None:
    assert {"en", "es", "de", "fr", "zh", "ar", "ja"} <= set(SHIPPED)


def test_templates_ask_for_every_text_and_for_no_other() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (THEME / "templates").rglob("*.html"))
    asked = set(re.findall(r"""\bt(?:\[|\()"(\w+)\"""", sources))
    by_key = {"tags", "categories", "authors", "series", "archive"}
    by_key |= {f"related_{kind}" for kind in ("taxonomy", "series", "content", "similar")}
    assert (asked - {"related_"}) | by_key == set(texts("en"))


def test_languages_lead_to_this_page_or_home() -> None:
    switcher = r'<nav class="languages".*?</nav>'
    (post,) = re.findall(switcher, rendered("post-languages"), re.S)
    assert 'href="/ar/posts/slow/" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in post
    (lost,) = re.findall(switcher, rendered("404-languages"), re.S)
    assert 'href="/ar/" hreflang="ar"' in lost
    assert not re.findall(switcher, rendered("post"))


def test_words_follow_the_language_of_the_site() -> None:
    assert "انتقل إلى النص" in rendered("post rtl")
    assert "跳到正文" in rendered("post cjk")
    assert "Skip to the text" in rendered("post unknown language")


def test_theme_is_loaded_without_a_finding(tmp_path: Path) -> None:
    theme, findings = load_theme(tmp_path, "plain", {"accent": "#aa3366", "show_toc": False})
    assert findings == []
    assert theme.options == options(accent="#aa3366", show_toc=False)
    assert all(spec["help"] for spec in MANIFEST["options"].values())


def test_style_is_small_and_asks_no_one() -> None:
    assert len(gzip.compress(STYLE.encode(), 9)) <= WIDTH
    assert "url(" not in STYLE and "@import" not in STYLE
    assert not re.search(r"(margin|padding|border)-(left|right)|[^-](left|right):", STYLE), "sides are logical"


def palette(scheme: str) -> dict[str, str]:
    """The custom properties of the light or the dark scheme that are colours; links worked out."""
    return colours_of(STYLE, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(scheme: str) -> None:
    colours = palette(scheme)
    used = {
        "text",
        "quiet",
        "link",
        "comment",
        "keyword",
        "string",
        "number",
        "call",
        "type",
        "name",
        "error",
    }
    assert used <= colours.keys()
    low = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name in used
        for ground in ("ground", "raised")
        if contrast(colours[name], colours[ground]) < AA
    }
    assert low == {}
    assert contrast(colours["text"], colours["mark"]) >= AA


AVIF = SourceView("image/avif", "/a.avif 800w")
COVER = ImageView("/a.jpg", 800, 600, "/a-480.jpg 480w, /a.jpg 800w", (AVIF,), "9rem")


def covered(content: str = "<p>Text.</p>", extra: Mapping[str, Any] | None = None, **chosen: Any) -> str:
    """The cover of a post, as its page shows it."""
    page = replace(POST, cover=COVER, content=Markup(content), extra=freeze(extra or {}))
    html = render("post.html", replace(SITE, options=options(**chosen)), page)
    return "".join(re.findall(r'<figure class="cover">.*?</figure>', html))


def test_a_post_opens_with_its_cover() -> None:
    """In all its sizes and at once; as decoration, unless front matter says what it shows."""
    assert covered() == (
        '<figure class="cover"><picture><source type="image/avif" srcset="/a.avif 800w" sizes="9rem">'
        '<img src="/a.jpg" srcset="/a-480.jpg 480w, /a.jpg 800w" sizes="9rem" width="800" height="600" alt=""'
        ' class="u-featured" fetchpriority="high"></picture></figure>'
    )


@pytest.mark.parametrize(
    ("extra", "alt"),
    [
        ({"image_alt": 'A "snail"'}, "A &#34;snail&#34;"),
        ({"cover": {"image": "a.jpg", "alt": "Snail"}}, "Snail"),
        ({"image": {"path": "a.jpg", "alt": "Snail"}}, "Snail"),
        ({"cover": "grid", "image": {"alt": ""}}, ""),
    ],
)
def test_front_matter_says_what_a_cover_shows(extra: Mapping[str, Any], alt: str) -> None:
    assert f' alt="{alt}"' in covered(extra=extra)


def test_a_cover_that_the_text_shows_is_not_shown_twice() -> None:
    """A link to it is no picture of it."""
    assert covered('<p><picture><img src="/a.jpg" alt="A snail" /></picture></p>') == ""
    assert covered('<p><a href="/a.jpg">A snail</a></p>')
    assert covered(cover=False) == ""


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, ""),
        ({"accent_dark": "#ffcc00"}, "--accent-dark:#ffcc00"),
        ({"scheme": "dark"}, "color-scheme:dark"),
        ({"text_font": "sans", "heading_font": "sans"}, "--text-font:var(--sans);--heading-font:var(--sans)"),
        ({"width": "narrow"}, "--measure:32rem"),
        ({"width": "wide", "accent": "teal"}, "--accent:teal;--measure:44rem"),
        ({"paragraphs": "indented"}, "--indent:1.4em;--gap-between:0"),
    ],
)
def test_options_change_the_style(chosen: dict[str, Any], said: str) -> None:
    html = render("post.html", replace(SITE, options=options(**chosen)), POST)
    assert re.findall("<style>:root{(.*?)}</style>", html) == ([said] if said else [])
    for name in re.findall("(--[a-z-]+):", said):
        assert f"var({name}" in STYLE, f"the style doesn't use {name}"


def test_lists_may_show_titles_alone() -> None:
    site = replace(SITE, options=options(list="titles"))
    assert "p-summary" in rendered("home") and "p-summary" not in render("home.html", site, CASES["home"][2])


def test_headings_link_to_themselves() -> None:
    page = replace(POST, content=Markup('<h2 id="why">Why?</h2>\n<table>\n</table>'))
    html = render("post.html", SITE, page)
    assert '<h2 id="why"><a class="here" href="#why">Why?</a></h2>' in html
    off = render("post.html", replace(SITE, options=options(heading_links=False)), page)
    assert '<h2 id="why">Why?</h2>' in off
    page = replace(POST, content=Markup("<p>x</p>\n<table>\n</table>"))
    assert '<table tabindex="0">' in render("post.html", SITE, page)


def test_the_script_for_copying_comes_with_code_alone() -> None:
    """At most 2 KiB, with its words in the language of the site."""
    code = replace(POST, content=Markup("<pre><code>x</code></pre>"))
    pattern = r'<script defer src="/copy\.[0-9a-f]{8}\.js" data-copy="(.*?)" data-copied="(.*?)"></script>'
    assert re.findall(pattern, render("post.html", SITE, code)) == [("Copy", "Copied")]
    assert re.findall(pattern, render("page.html", SITE, replace(code, kind="page"))) == [("Copy", "Copied")]
    assert "copy." not in render("post.html", SITE, replace(POST, content=Markup("<p>Text.</p>")))
    assert "copy." not in render("post.html", replace(SITE, options=options(copy_code=False)), code)
    assert (THEME / "static" / "copy.js").stat().st_size <= 2048


def test_whoever_wrote_a_post_is_introduced_below_it() -> None:
    box = re.findall(r'<div class="writer">.*?</div>', rendered("post"), re.S)
    assert len(box) == 1 and "Ada repairs clocks." in box[0]
    assert '<img src="/ada.jpg" alt="" width="56" height="56" loading="lazy">' in box[0]
    nobody = replace(POST, authors=tuple(replace(each, bio="", avatar="") for each in POST.authors))
    assert "writer" not in render("post.html", SITE, nobody)


def test_series_lead_back_and_on() -> None:
    series = re.findall(r'<nav class="series".*?</nav>', rendered("post"), re.S)[0]
    assert 'Previous part: <a href="/posts/pencil/">' in series and 'Next part: <a href="/posts/kettle/">' in series


def test_many_terms_stand_below_their_letters() -> None:
    """Few don't, and neither do those that all begin alike, or with hundreds of signs."""
    page: Any = CASES["taxonomy"][2]
    assert 'class="letters"' not in rendered("taxonomy"), "all begin with T"
    term = page.terms[0]

    def listed(titles: list[str]) -> str:
        return render("taxonomy.html", SITE, replace(page, terms=tuple(replace(term, title=each) for each in titles)))

    html = listed([f"{letter}{n}" for letter in "abc" for n in range(21)])
    assert re.findall('<h2 class="letter" id="(.*?)">(.)</h2>', html) == [("_1", "A"), ("_2", "B"), ("_3", "C")]
    assert re.findall('<a href="#(_.)">(.)</a>', html) == [("_1", "A"), ("_2", "B"), ("_3", "C")]
    assert html.count('<span class="count">') == 63
    assert 'class="letter"' not in listed([f"{letter}{n}" for letter in "abc" for n in range(20)])
    assert 'class="letter"' not in listed([chr(0x4E00 + n) for n in range(100)])


def test_the_margin_has_a_sheet_of_its_own() -> None:
    assert re.search(r'href="/book\.[0-9a-f]{8}\.css"', rendered("post")) and 'class="book"' in rendered("post")
