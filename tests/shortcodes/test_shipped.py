"""The shortcodes that come with the theme: what comes of them, on pages and in feeds, and what they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
from shortcode_sites import Site, made, post

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "themes" / "plain" / "shortcodes"
FILM = (
    '<span class="embed"><a href="{}" data-embed="{}" data-title="{}">{}'
    " <small>Click to load it from {}</small></a></span>"
)
POST = FILM.replace('"embed"', '"embed tall"')
YOUTUBE, COOKIELESS = "https://www.youtube.com/watch?v=", "https://www.youtube-nocookie.com/embed/"

CASES = {
    "figure": (
        '{{< figure src="photo.jpg" alt="A <b>" title="T" caption="C & d" width=300\nattr=Ann attrlink=y.md >}}',
        '<figure>\n<img src="/sub/posts/photo.jpg" alt="A &lt;b&gt;" width="300" loading="lazy" decoding="async">\n'
        '<figcaption>\n<strong>T</strong>\nC &amp; d\n<a href="/sub/posts/y/">Ann</a>\n</figcaption>\n</figure>',
    ),
    "figure that leads somewhere": (
        "{{< figure photo.jpg link=https://x.example/ target=_blank caption=There class=wide >}}",
        '<figure class="wide">\n<a href="https://x.example/" target="_blank" rel="noopener">'
        '<img src="/sub/posts/photo.jpg" width="8" height="6" alt="There" loading="lazy" decoding="async"></a>\n'
        "<figcaption>\nThere\n</figcaption>\n</figure>",
    ),
    "figure with Markdown": (
        "{{< figure photo.jpg >}}*So*.{{< /figure >}}",
        '<figure>\n<img src="/sub/posts/photo.jpg" width="8" height="6" alt="" loading="lazy" decoding="async">\n'
        "<figcaption>\n<em>So</em>.\n</figcaption>\n</figure>",
    ),
    "figure in a sentence": (
        "A {{< figure photo.jpg alt=p >}} b.",
        '<p>A <img src="/sub/posts/photo.jpg" width="8" height="6" alt="p" loading="lazy" decoding="async"> b.</p>',
    ),
    "video": (
        "{{< video photo.jpg poster=photo.jpg captions=/y.vtt title=It\nwidth=640 muted=true >}}",
        '<video controls preload="none" src="/sub/posts/photo.jpg" poster="/sub/posts/photo.jpg" width="640" muted'
        ' aria-label="It" playsinline><track kind="captions" src="/sub/y.vtt" srclang="en" default>'
        '<a href="/sub/posts/photo.jpg">It</a></video>',
    ),
    "audio": (
        "{{< audio src=photo.jpg >}}",
        '<audio controls preload="none" src="/sub/posts/photo.jpg">'
        '<a href="/sub/posts/photo.jpg">photo.jpg</a></audio>',
    ),
    "quote": (
        '{{< quote by="S. J." source="L" url="https://x.example/?a&b" >}}\nRead *over*.\n{{< /quote >}}',
        '<figure class="quote">\n<blockquote cite="https://x.example/?a&amp;b">\n<p>Read <em>over</em>.</p>\n'
        "</blockquote>\n"
        '<figcaption>S. J., <cite><a href="https://x.example/?a&amp;b">L</a></cite></figcaption>\n</figure>',
    ),
    "quote in a sentence": ("He: {{< quote by=J >}}over{{< /quote >}}.", "<p>He: <q>over</q> (J).</p>"),
    "details": (
        '{{< details "M <o>" open=true >}}\n- a\n{{< /details >}}',
        "<details open>\n<summary>M &lt;o&gt;</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>",
    ),
    "youtube": (
        '{{< youtube id="w7Ft2ymGmfc" title="It <i>" start=30 >}}',
        FILM.format(
            f"{YOUTUBE}w7Ft2ymGmfc&amp;t=30s",
            f"{COOKIELESS}w7Ft2ymGmfc?autoplay=1&amp;start=30",
            *["It &lt;i&gt;"] * 2,
            "YouTube",
        ),
    ),
    "vimeo": (
        "{{< vimeo 22439234 >}}",
        FILM.format(
            "https://vimeo.com/22439234",
            "https://player.vimeo.com/video/22439234?dnt=1&amp;autoplay=1",
            *["Video on Vimeo"] * 2,
            "Vimeo",
        ),
    ),
    "mastodon": (
        "{{< mastodon https://m.example/@ann/110 >}}",
        POST.format(
            "https://m.example/@ann/110", "https://m.example/@ann/110/embed", *["Post on m.example"] * 2, "m.example"
        ),
    ),
    "x": (
        '{{< x user="ann" id="877500564405444608" >}}',
        POST.format(
            "https://x.com/ann/status/877500564405444608",
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=877500564405444608",
            *["Post on X"] * 2,
            "X",
        ),
    ),
    "tweet": (
        "{{< tweet 877500564405444608 >}}",
        POST.format(
            "https://x.com/i/status/877500564405444608",
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=877500564405444608",
            *["Post on X"] * 2,
            "X",
        ),
    ),
    "instagram": (
        "{{< instagram CxOWiQNP2MO >}}",
        POST.format(
            "https://www.instagram.com/p/CxOWiQNP2MO/",
            "https://www.instagram.com/p/CxOWiQNP2MO/embed/",
            *["Post on Instagram"] * 2,
            "Instagram",
        ),
    ),
    "embed": (
        "{{< embed https://maps.example/a?b=c&d title=There >}}",
        FILM.format(*["https://maps.example/a?b=c&amp;d"] * 2, *["There"] * 2, "maps.example"),
    ),
    "gist": (
        "{{< gist ann 7896402 pump.py >}}",
        '<p><a href="https://gist.github.com/ann/7896402#file-pump-py">pump.py</a></p>',
    ),
}


def test_every_shipped_one_is_tried_and_explained() -> None:
    names = {path.stem for path in SHIPPED.glob("*.html")}
    assert {name.split()[0] for name in CASES} == names
    page = (ROOT / "docs" / "shortcodes.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in page and f"{{{{< {name} " not in page} == set()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a post for each case."""
    posts = {f"content/posts/{at}.md": post(CASES[name][0], name) for at, name in enumerate(sorted(CASES))}
    return made(tmp_path_factory.mktemp("shipped"), "Text.", {**posts, "static/y.vtt": ""})


@pytest.mark.parametrize("name", sorted(CASES))
def test_shipped(shipped: Site, name: str) -> None:
    path = f"posts/{sorted(CASES).index(name)}"
    found = re.sub(r'<script type="module" src="/sub/embed\.[0-9a-f]{8}\.js"></script>', "", shipped.text(path))
    assert found == CASES[name][1]
    html5lib.HTMLParser(strict=True).parse(shipped.page(path))
    assert [f for f in shipped.result.findings if f.severity != "note" and f.span.path == f"content/{path}.md"] == []


def test_nothing_of_another_host_is_loaded(shipped: Site) -> None:
    """Neither on pages nor in feeds, where no scripts stand and all addresses are whole."""
    loading = (
        r"<(?:img|script|iframe|video|audio|source|track|link|object|embed)\b[^>]*?\s(?:src|href|poster)=\"([^\"]+)"
    )
    feed = "".join(item["content_html"] for item in json.loads(shipped.feed())["items"])
    assert "<script" not in feed and "data-embed" not in feed and "iframe" not in feed
    assert re.findall(r'(?:src|href)="(?!https://)', feed) == []
    for html in (*(shipped.text(f"posts/{at}") for at in range(len(CASES))), feed):
        assert [url for url in re.findall(loading, html) if not url.startswith(("/", "https://example.org/"))] == []


REFUSED = {
    "figure": ('alt="x"', "src=javascript:alert(1)", '""'),
    "video": ("", 'src="vbscript:x"'),
    "audio": ("", 'src="data:text/html,x"'),
    "youtube": ("", "short", '"w7Ft2ymGmf\\""', "w7Ft2ymGmfc/../", '"w7Ft2ymGmfc\n"', "https://youtu.be/w7Ft2ymGmfc"),
    "vimeo": ("", "abc", "1?x"),
    "mastodon": ("", "http://m.example/@a/1", "https://m.example/a/1", "javascript:alert(1)"),
    "x": ("", "ann", 'user="a/b" id=1'),
    "tweet": ("ann",),
    "instagram": ("", "a/b/c/d/e"),
    "gist": ("ann", '"a/b" 1', "ann x"),
    "embed": ("", "http://x.example/", "javascript:alert(1)", '"https:///x"', "photo.jpg"),
}


def test_what_they_refuse(tmp_path: Path) -> None:
    """Ids are what they must be, whole: nothing in them leads elsewhere."""
    calls = [f"{{{{< {name} {arguments} >}}}}" for name, all_ in REFUSED.items() for arguments in all_]
    site = made(tmp_path, "Text.", {f"content/posts/{at}.md": post(f"A.\n\n{call}") for at, call in enumerate(calls)})
    places = {(f.span.path, f.span.line) for f in site.said("SC104")}
    assert [call for at, call in enumerate(calls) if (f"content/posts/{at}.md", 7) not in places] == []
    assert not site.result.written


def test_the_script_is_small_and_only_where_it_is_needed(tmp_path: Path) -> None:
    """One request for any number of embeds: a module is loaded once."""
    assert (SHIPPED.parent / "static" / "embed.js").stat().st_size < 1024
    site = made(tmp_path, "{{< vimeo 1 >}}\n{{< vimeo 2 >}}")
    scripts = re.findall(r'<script type="module" src="([^"]+)">', site.page())
    assert len(scripts) == 2 and len(set(scripts)) == 1
    assert (site.folder / "_site" / scripts[0].removeprefix("/sub/")).exists()
    assert "embed." not in site.page("posts/y") and "embed." not in site.page("posts")


def test_words_are_in_the_language_of_the_post(tmp_path: Path) -> None:
    site = made(tmp_path, "{{< vimeo 1 >}}", {"blogq.yaml": "title: T\nlanguage: de-AT\n"})
    assert "Video auf Vimeo <small>Klicken, um es von Vimeo zu laden</small>" in site.text()
