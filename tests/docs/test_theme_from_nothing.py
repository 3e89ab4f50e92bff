"""docs/theme-from-nothing.md: whoever copies its boxes, and opens nothing else, has a theme with all kinds of pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import html5lib
import pytest
from shown import Box, Typed, boxes
from terminal import Terminal
from walk import walk

PAGE = "docs/theme-from-nothing.md"
KINDS = (
    *("index", "posts/index", "posts/darning/index", "posts/a-jar-of-buttons/index", "about/index", "404"),
    *(
        "tags/index",
        "tags/sewing/index",
        "archive/index",
        "archive/2026/index",
        "archive/2026/05/index",
        "mending/index",
    ),
)
TEMPLATES = sorted({name for box in boxes(PAGE) for name in box.files if "/templates/" in name})


@pytest.fixture
def site(terminal: Terminal) -> Path:
    """The site that the page leads to."""

    def built_before(step: Typed | Box, terminal: Terminal) -> None:
        if isinstance(step, Typed) and step.command == "blogq why /mending/":
            assert "is published" in terminal.type(step.command).text

    assert walk(PAGE, terminal, {"blogq build --quiet": (2,)}, built_before) == 8
    return terminal.place


def html_of(site: Path, name: str) -> str:
    return (site / "_site" / f"{name}.html").read_text(encoding="utf-8")


def test_the_theme_is_all_that_the_page_shows_and_makes_every_kind_of_page(site: Path) -> None:
    theme = site / "themes" / "linen"
    shown = {name for box in boxes(PAGE) for name in box.files}
    there = {path.relative_to(site).as_posix() for path in theme.rglob("*") if path.is_file()}
    assert there == {name for name in shown if name.startswith("themes/")}
    assert len(there) == 20, "the page says how many there are"
    for name in KINDS:
        html = html_of(site, name)
        html5lib.HTMLParser(strict=True).parse(html)
        if name != "mending/index":
            (title,) = re.findall("<h1>(.*)</h1>", html)
            assert title and 'href="/linen.' in html
            assert not re.findall(r'(?:src|href)="https?://(?!evening\.example)', html), "it asks other hosts"
    assert "--accent:light-dark(#1f5f4a" in html_of(site, "posts/darning/index")
    assert "Written after dark." in html_of(site, "404")
    assert "url=/posts/darning/" in html_of(site, "mending/index")
    assert '<a href="/posts/darning/">Darning</a></li>' in html_of(site, "archive/2026/index")
    assert (site / "_site" / "share" / "posts" / "darning.png").is_file()


def test_comments_related_posts_and_captions_show(site: Path, terminal: Terminal) -> None:
    """What step 10 brings can't be seen in the posts of the page itself."""
    post = site / "content/posts/2026-05-02-a-jar-of-buttons.md"
    post.write_text(post.read_text(encoding="utf-8") + '\n{{< figure src="/b.png" alt="Horn" caption="Of horn." >}}\n')
    with (site / "blogq.yaml").open("a", encoding="utf-8") as file:
        file.write("comments: {sources: [said]}\n")
    folder = site / "said" / "posts" / "a-jar-of-buttons"
    folder.mkdir(parents=True)
    (folder / "1.yml").write_text("_id: '1'\nname: Ann\ndate: 2026-05-03\nmessage: Mine are in a tin.\n")
    (folder / "2.yml").write_text("_id: '2'\ndate: 2026-05-04\nreplying_to: '1'\nmessage: So are mine.\n")
    kin = "title: A second jar of buttons\ndate: 2026-05-20\ntags: [thrift]"
    (site / "content/posts/kin.md").write_text(f"---\n{kin}\n---\nA jar of buttons, sorted by holes.\n")
    (site / "static").mkdir(exist_ok=True)
    shutil.copy(next((site / "_site" / "share").rglob("*.png")), site / "static" / "b.png")
    assert terminal.type("blogq build").code == 0
    html = html_of(site, "posts/a-jar-of-buttons/index")
    assert "<h2>2 comments</h2>" in html and "Mine are in a tin." in html
    assert html.index("Mine are in a tin.") < html.index("So are mine.") and "Somebody" in html
    assert "You may also like" in html
    assert "<figcaption>Of horn.</figcaption>" in html and 'alt="Horn"' in html


def test_a_missing_template_is_named(site: Path, terminal: Terminal) -> None:
    for name in (name for name in TEMPLATES if not name.endswith("share.svg")):
        path = site / name
        text = path.read_text(encoding="utf-8")
        path.unlink()
        outcome = terminal.type("blogq build --quiet")
        assert outcome.code == 2 and name.partition("/templates/")[2] in outcome.text, name
        path.write_text(text, encoding="utf-8")
