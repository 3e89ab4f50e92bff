"""What one edit renders again: what shows it, and nothing else. And what each edit changes, it changes everywhere."""

from __future__ import annotations

import html
import os
from collections.abc import Callable

import pytest
from oracle_images import OTHER, PHOTO
from oracle_world import DAY, Post, World, stats_of, tree_of

FEEDS = {"feed.xml", "atom.xml", "feed.json"}
HOME = {"index.html", "page/2/index.html"}
DECEMBER = {"archive/2025/index.html", "archive/2025/12/index.html"}


def unrelated(world: World, rendered: list[str]) -> None:
    """Leave related posts out, which in texts of a few words are all sorts of posts."""
    world.configure(related=0)
    world.settle()
    rendered.clear()


def test_editing_below_the_summary_renders_that_page_and_the_feeds(world: World, rendered: list[str]) -> None:
    """The lists that show only the post's summary are left alone."""
    beginning = "A sentence as long as this one begins the text. " * 5 + "\n\n<!-- more -->\n\n"
    world.edit("posts/n3.md", body=beginning + "The rest.")
    world.settle()
    rendered.clear()
    world.edit("posts/n3.md", body=beginning + "The rest, and more.")
    result = world.build()
    assert set(rendered) == {"posts/n3/index.html"} | FEEDS
    assert result.rendered == len(rendered)
    assert world.settle().rendered == 0


def test_editing_a_summary_renders_the_lists_that_show_it(world: World, rendered: list[str]) -> None:
    """Neither other posts nor lists of other posts are rendered."""
    unrelated(world, rendered)
    world.edit("posts/n3.md", body="Another beginning.\n\n<!-- more -->\n\nThe rest.")
    world.build()
    shown = {"posts/n3/index.html", "index.html", "posts/index.html"} | DECEMBER | FEEDS
    assert set(rendered) == shown
    world.settle()


def test_editing_a_title_renders_neighbours_and_everything_that_links_by_it(world: World, rendered: list[str]) -> None:
    """The next and the previous post name it."""
    unrelated(world, rendered)
    world.edit("posts/n2.md", title="Anew")
    world.build()
    assert {"posts/n2/index.html", "posts/n1/index.html", "posts/n3/index.html", "old/index.html"} <= set(rendered)
    assert "es/posts/n2/index.html" in rendered, "its translation links to it"
    assert "posts/n0/index.html" not in rendered
    assert "about/index.html" not in rendered
    world.settle()


def test_a_shortcode_of_the_site_renders_what_uses_it(world: World, rendered: list[str]) -> None:
    """Adding it, changing it and taking it away: its posts, the lists that show it in summaries, and the feeds."""
    world.edit("posts/n2.md", body="Begins.\n\n<!-- more -->\n\n{{< note >}}")
    world.settle()
    for data in (b"<aside>One</aside>", b"<aside>Two</aside>", None):
        rendered.clear()
        world.remove("shortcodes/note.html") if data is None else world.write("shortcodes/note.html", data)
        result = world.build()
        assert set(rendered) == {"posts/n2/index.html"} | FEEDS
        page = (world.output / "posts/n2/index.html").read_text()
        assert (data.decode() if data else "<p>{{&lt; note &gt;}}</p>") in page
        assert [f.code for f in result.findings if f.code.startswith("SC")] == ([] if data else ["SC101"])
        world.settle()
    world.edit("posts/n2.md", body="{{< note >}}Begins.{{< /note >}}")
    world.settle()
    rendered.clear()
    world.write("shortcodes/note.html", b"<b>{{ call.inner }}</b>")
    world.build()
    shown = {"posts/n2/index.html", "index.html", "posts/index.html"} | DECEMBER | FEEDS
    assert {"posts/n2/index.html", "index.html"} | FEEDS <= set(rendered)
    assert set(rendered) <= shown | {path for path in rendered if path.startswith(("tags/", "authors/", "series/"))}
    world.settle()


def test_a_path_in_a_shortcode_follows_its_post(world: World, rendered: list[str]) -> None:
    """What an argument names is part of what the page depends on, as a link is."""
    world.write("shortcodes/note.html", b'<a href="{{ call.url(0) }}">it</a>')
    world.edit("posts/n0.md", body="{{< note n2.md >}}")
    world.settle()
    rendered.clear()
    world.edit("posts/n2.md", slug="moved")
    world.build()
    assert "posts/n0/index.html" in rendered
    assert '<a href="/posts/moved/">it</a>' in (world.output / "posts/n0/index.html").read_text()
    world.settle()


def test_moving_a_post_renders_what_links_to_it(world: World, rendered: list[str]) -> None:
    """A link by the path of the source follows the new slug; the old page is gone."""
    unrelated(world, rendered)
    world.edit("posts/n2.md", slug="moved")
    world.build()
    assert {"posts/moved/index.html", "posts/n1/index.html", "_redirects", "sitemap.xml"} <= set(rendered)
    assert "posts/n0/index.html" not in rendered
    assert "/posts/moved/" in (world.output / "posts/n1/index.html").read_text()
    assert not (world.output / "posts/n2").exists()
    world.settle()


def test_a_first_post_with_a_tag_renders_that_term_and_its_list(world: World, rendered: list[str]) -> None:
    """A tag on one post is no business of pages that show neither the post nor the tags."""
    unrelated(world, rendered)
    world.edit("posts/n4.md", tags=["red"])
    world.build()
    assert rendered == [], "a scheduled post shows nowhere"
    world.edit("posts/n0.md", tags=["green"])
    world.build()
    assert {"tags/green/index.html", "tags/index.html", "posts/n0/index.html"} <= set(rendered)
    assert not {"tags/red/index.html", "posts/n3/index.html", "about/index.html"} & set(rendered)
    world.settle()


def test_a_bundle_file_is_copied_and_nothing_rendered(world: World, rendered: list[str]) -> None:
    """Its page only links to it."""
    world.write("content/notes/deep/n5/pic.svg", b"<svg>another</svg>")
    world.build()
    assert rendered == []
    assert (world.output / "notes/deep/n5/pic.svg").read_bytes() == b"<svg>another</svg>"
    world.settle()


def test_a_stylesheet_of_the_site_s_own_renders_every_page(world: World, rendered: list[str]) -> None:
    """Each page names the stylesheet by a fingerprint of its content; feeds don't."""
    before = {path for path in tree_of(world.output) if path.startswith("style.")}
    world.write("static/style.css", b"p { color: red }")
    world.build()
    assert "about/index.html" in rendered
    assert not FEEDS & set(rendered)
    assert {path for path in tree_of(world.output) if path.startswith("style.")} & before == {"style.css"}
    world.settle()


@pytest.mark.parametrize("name", ["templates/term-tags.html", "templates/layouts/wide.html", "templates/page.html"])
def test_a_new_override_renders_the_pages_that_would_have_taken_it(
    world: World, rendered: list[str], name: str
) -> None:
    """That a template was looked for and not found is remembered."""
    world.edit("posts/n3.md", layout="wide")
    world.build()
    rendered.clear()
    world.write(name, b"Only this.")
    world.build()
    mine = {
        "templates/term-tags.html": {"tags/red/index.html", "tags/blue-sky/index.html"},
        "templates/layouts/wide.html": {"posts/n3/index.html"},
        "templates/page.html": {"about/index.html"},
    }[name]
    assert set(rendered) == mine
    world.settle()
    world.remove(name)
    rendered.clear()
    world.build()
    assert set(rendered) == mine
    world.settle()


def test_what_an_imported_template_imports_counts_for_every_page(world: World) -> None:
    """Jinja keeps imported modules: the names that they look up belong to each page that imports them."""
    world.write("templates/voice.html", b'{% set said = "hi" %}')
    assert world.settle().rendered > 5


def test_a_template_that_nobody_uses_renders_nothing(world: World, rendered: list[str]) -> None:
    """Not even a broken one."""
    world.write("templates/unused.html", b"{% broken")
    assert world.settle().written
    assert not [path for path in rendered if not (world.output / path).exists()]
    world.write("templates/unused.html", b"{% broken still")
    rendered.clear()
    world.build()
    assert rendered == []


def test_the_clock_alone_publishes_and_expires(world: World, rendered: list[str]) -> None:
    """A post appears at its date, and goes when the clock is set back; a moment that changes nothing costs nothing."""
    page = world.output / "posts/n4/index.html"
    assert not page.exists()
    world.now += DAY // 24
    assert world.build().rendered == 0
    world.now += 2 * DAY
    assert world.settle().rendered
    assert page.exists()
    world.now -= 2 * DAY
    world.settle()
    assert not page.exists()
    world.edit("posts/n1.md", expiry="2026-01-02")
    world.settle()
    world.now += DAY
    world.settle()
    assert not (world.output / "posts/n1").exists()


def same_size(world: World) -> None:
    place = world.site / "content/posts/n3.md"
    stat = place.stat()
    place.write_bytes(place.read_bytes().replace(b"The rest", b"Our rest"))
    os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def older(world: World) -> None:
    world.edit("posts/n3.md", body="From another branch.")
    os.utime(world.site / "content/posts/n3.md", (1_000_000_000, 1_000_000_000))


@pytest.mark.parametrize("edit", [same_size, older])
def test_content_decides_whatever_the_times_say(world: World, edit: Callable[[World], None]) -> None:
    """Attack F5: a checkout sets times back, a tool keeps size and time."""
    edit(world)
    assert world.settle().rendered


def test_touching_sources_renders_nothing(world: World, rendered: list[str]) -> None:
    """New times on the same bytes are no edit."""
    for path in (world.site / "content").rglob("*.md"):
        path.touch()
    before = stats_of(world.output)
    assert world.build().rendered == 0
    assert rendered == []
    assert stats_of(world.output) == before


def test_an_error_leaves_the_old_site_whole_and_says_so_at_every_build(world: World) -> None:
    """Until it is mended; with keep_going the rest is built."""
    post = world.posts["posts/n3.md"]
    world.save("posts/n3.md", Post({}, "", b"---\ndate: 2026-13-01\n---\n"))
    for _ in range(2):
        assert not world.settle().written
    assert (world.output / "posts/n3/index.html").exists()
    world.keep_going = True
    assert world.settle().errors == 1
    assert not (world.output / "posts/n3").exists()
    world.save("posts/n3.md", post)
    assert world.settle().errors == 0
    world.keep_going = False
    assert world.settle().written


def test_a_broken_template_spoils_only_its_pages_and_only_until_mended(world: World) -> None:
    """With keep_going the other pages are built."""
    world.keep_going = True
    world.write("templates/post.html", b"{{ page.nothing }}")
    assert world.settle().errors == 1
    assert not (world.output / "posts/n3/index.html").exists()
    assert (world.output / "about/index.html").exists()
    world.write("templates/post.html", b"{{ page.title }}")
    assert world.settle().errors == 0


def test_the_number_of_processes_does_not_show(world: World) -> None:
    """Neither in the output nor in what is rendered."""
    world.jobs = 2
    for title in ("Another", "A third"):
        world.configure(title=title)
        many = world.settle().rendered
        world.configure(title=title + " one")
        world.jobs = 1
        assert world.settle().rendered == many
        world.jobs = 2


def test_small_and_large_builds_with_two_processes_are_alike(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small edit goes to the helper, a large one to a pool."""
    monkeypatch.undo()
    world.jobs = 2
    world.edit("posts/n3.md", title="By the helper")
    assert world.settle().rendered
    world.configure(title="All by the helper")
    assert world.settle().rendered


def test_a_partial_that_is_given_no_view_is_made_for_each_language(world: World) -> None:
    """`partial(name, "")` sees the site of the page that calls it."""
    assert "A site es" in (world.output / "es/index.html").read_text()
    assert "A site en" not in (world.output / "es/index.html").read_text()


def test_a_new_language_shows_on_the_home_pages_of_the_others(world: World) -> None:
    """Each home page links to all of them."""
    world.save("posts/n9.de.md", Post({"title": "Neun", "date": "2025-12-29"}, "Text."))
    world.settle()
    for home in ("index.html", "es/index.html"):
        assert "/de/" in (world.output / home).read_text()


def test_a_translation_with_its_date_in_its_name_comes_and_goes(world: World, rendered: list[str]) -> None:
    """It belongs to the post without one; a third one of another date makes it unclear which two are one text."""

    def languages() -> list[str]:
        text = (world.output / "posts/n3/index.html").read_text()
        return [tag for tag in ("es", "de", "fr") if f"/{tag}/posts/n3/" in text]

    world.save("posts/2025-12-30-n3.es.md", Post({"title": "Tres"}, "Texto."))
    world.build()
    assert "posts/n3/index.html" in rendered and "posts/n2/index.html" not in rendered
    world.settle()
    assert languages() == ["es"]
    world.save("posts/n3.de.md", Post({"title": "Drei", "date": "2025-12-30"}, "Text."))
    world.settle()
    assert languages() == ["es", "de"]
    world.save("posts/2025-12-29-n3.fr.md", Post({"title": "Trois"}, "Texte."))
    world.settle()
    assert languages() == ["de"]
    world.drop("posts/2025-12-29-n3.fr.md")
    world.drop("posts/n3.de.md")
    world.settle()
    assert languages() == ["es"]
    world.drop("posts/2025-12-30-n3.es.md")
    world.settle()
    assert languages() == []


@pytest.mark.parametrize("image", ["pic.svg", "a#b.svg", "a b.svg", "a%20b.svg"])
def test_an_image_beside_its_post_is_found_once_it_is_there(world: World, image: str) -> None:
    """Until then it is sought from the site's root: two places, though a link would lead to one."""
    world.remove("content/notes/deep/n5/pic.svg")
    world.edit("notes/deep/n5/index.md", image=image, body="Text.")
    world.settle()
    world.write(f"content/notes/deep/n5/{image}", b"<svg/>")
    world.settle()
    assert "https://example.org/notes/deep/n5/" in (world.output / "index.html").read_text()
    world.remove(f"content/notes/deep/n5/{image}")
    world.settle()


def test_another_picture_renders_what_shows_it_by_a_shortcode(world: World, rendered: list[str]) -> None:
    """Named by an argument and nowhere else; when it goes, the page says its address again."""
    unrelated(world, rendered)
    world.edit("posts/n4.md", date="2025-12-25", body="{{< figure src=/assets/only.png alt=It >}}")
    world.write("assets/only.png", PHOTO)
    world.settle()
    page = world.output / "posts/n4/index.html"
    assert "/assets/only." in page.read_text() and list((world.output / "assets").glob("only.*-20.*"))
    rendered.clear()
    world.write("assets/only.png", OTHER)
    world.build()
    assert "posts/n4/index.html" in rendered and "posts/n1/index.html" not in rendered
    world.settle()
    world.edit("posts/n4.md", body="{{< figure src=/assets/only.png alt=It >}}\n\nMore.")
    world.settle()
    assert "<picture>" in page.read_text() or "srcset" in page.read_text()
    world.remove("assets/only.png")
    world.settle()
    assert "srcset" not in page.read_text().partition("<main>")[2].partition("only")[2][:200]


def test_editing_texts_renders_the_pages_of_that_language(world: World, rendered: list[str]) -> None:
    """And feeds neither; a word that a language lacks is noticed where it comes from."""
    world.write("locales/es.yaml", b"skip: Saltar ya\n")
    world.build()
    assert "es/posts/n2/index.html" in rendered
    assert {path for path in rendered if not path.startswith("es/")} == set()
    assert not {"es/feed.xml", "feed.xml"} & set(rendered)
    world.settle()
    rendered.clear()
    world.write("locales/de.yaml", b"skip: Los\n")
    world.build()
    assert rendered == [], "nothing is in German yet"
    world.write("themes/mirror/locales/en.yaml", b"greeting: Good day\nfarewell: Bye\n")
    world.build()
    assert {"posts/n2/index.html", "es/posts/n2/index.html"} <= set(rendered), "Spanish takes its greeting from English"
    world.settle()
    world.remove("locales/es.yaml")
    assert world.settle().rendered


def test_a_new_language_renders_every_page(world: World, rendered: list[str]) -> None:
    """Each leads to its home page; a language that goes leaves nothing behind."""
    world.save("posts/n1.de.md", Post({"title": "Eins", "date": "2025-12-28"}, "Text."))
    world.settle()
    assert {"about/index.html", "posts/n1/index.html", "de/index.html", "sitemap.xml"} <= set(rendered)
    world.drop("posts/n1.de.md")
    world.settle()
    assert not (world.output / "de").exists()


def test_another_way_to_write_dates_renders_what_shows_dates(world: World, rendered: list[str]) -> None:
    """In every language."""
    world.configure(date_format="d. MMMM y")
    world.settle()
    assert {"posts/n1/index.html", "es/posts/n2/index.html"} <= set(rendered)
    assert "30. diciembre 2025" not in (world.output / "posts/n3/index.html").read_text()
    assert "29. diciembre 2025" in (world.output / "es/posts/n2/index.html").read_text()


def test_what_the_site_s_language_decides_within_texts_follows_it(world: World) -> None:
    """Titles of admonitions and quotation marks are written when a source is parsed."""

    def shown() -> str:
        return html.unescape((world.output / "posts/n1/index.html").read_text(encoding="utf-8"))

    world.edit("posts/n1.md", body='> [!TIP]\n> "Text"\n\n$x$')
    world.configure(markdown={"typography": True})
    world.settle()
    assert ">Tip</p>" in shown() and "“Text”" in shown() and "$x$" in shown()
    world.configure(language="de")
    world.settle()
    assert ">Tipp</p>" in shown() and "„Text“" in shown()
    world.configure(markdown={"math": True})
    world.settle()
    assert '"Text"' in shown() and "<math>" in shown()
