"""Shortcodes of the site's own: what their templates see, where they come out, and what is said of mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shortcode_sites import made, post

NOTE = '<aside class="{{ call.get("kind", 0) }}">{{ call.inner }}</aside>'


def test_a_shortcode_in_five_lines(tmp_path: Path) -> None:
    """What docs/shortcodes.md promises: arguments, text that is Markdown, and no paragraph around a block."""
    text = "{{< note warning >}}\nTurn the *power* off.\n{{< /note >}}\n\nIn {{< note kind=b >}}*it*{{< /note >}}."
    site = made(tmp_path, text, {"shortcodes/note.html": NOTE})
    assert site.text() == (
        '<aside class="warning"><p>Turn the <em>power</em> off.</p></aside>\n'
        '<p>In <aside class="b"><em>it</em></aside>.</p>'
    )
    assert not [f for f in site.result.findings if f.severity != "note"]


def test_what_a_template_sees(tmp_path: Path) -> None:
    template = (
        "{{ call.name }}|{{ call.args }}|{{ call.params.a }}|{{ call.params.none }}|{{ call.get('none', default=7) }}|"
        "{{ call.get(0) + 1 }}|{{ call.get('b') == true }}|{{ call.paired }}|{{ call.block }}|{{ call.feed }}|"
        "{{ page.title }}|{{ page.url }}|{{ page.language }}|{{ site.title }}"
    )
    site = made(tmp_path, "In {{< see 41 x a='1 <2' b=true >}}", {"shortcodes/see.html": template})
    seen = "see|(41, &#39;x&#39;)|1 &lt;2||7|42|True|False|False|False|X|/sub/posts/x/|en|The site"
    assert site.text() == f"<p>In {seen}</p>"
    assert "|True|X|https://example.org/sub/posts/x/|en|" in site.feed()
    assert seen in site.page("").replace("\n", ""), "a list shows it as the post does"


def test_paths_are_those_of_links(tmp_path: Path) -> None:
    """Beside the post, from the content folder on, on the site, elsewhere; by name or position; absolute in feeds."""
    calls = [
        ("photo.jpg", "/sub/posts/photo.jpg"),
        ("y.md", "/sub/posts/y/"),
        ("@/posts/y.md#a", "/sub/posts/y/#a"),
        ("/posts/y/", "/sub/posts/y/"),
        ("https://x.example/?a=1&b", "https://x.example/?a=1&amp;b"),
        ("#here", "#here"),
    ]
    text = "\n".join(f'{{{{< to "{target}" >}}}}\n{{{{< to url="{target}" >}}}}' for target, _ in calls)
    site = made(tmp_path, text, {"shortcodes/to.html": "<a href='{{ call.url('url', 0) }}'>a</a>"})
    assert site.text().split("\n") == [f"<a href='{url}'>a</a>" for _, url in calls for _ in range(2)]
    assert "https://example.org/sub/posts/photo.jpg" in site.feed()
    assert "https://example.org/sub/posts/x/#here" in site.feed()


def test_paths_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    site = made(
        tmp_path, "{{< to photo.jpg >}}\n{{< to src=gone.jpg >}} {{< to gone.md >}}", {"shortcodes/to.html": ""}
    )
    assert [(f.span.line, f.span.column) for f in site.said("LK001")] == [(6, 1), (6, 25)]


def test_words_that_are_no_paths_are_not_checked(tmp_path: Path) -> None:
    site = made(tmp_path, '{{< to "v1.5" and/or "e.g." alt="a/b c.d" x=a.b >}}', {"shortcodes/to.html": ""})
    assert site.said("LK001") == []


def test_they_come_out_in_summaries_sections_feeds_and_404(tmp_path: Path) -> None:
    files = {
        "shortcodes/b.html": "<b>{{ page.title }}</b>",
        "content/posts/_index.md": "---\ntitle: Posts\n---\nOf {{< b >}}",
        "content/404.md": "---\ntitle: Lost\n---\nAt {{< b >}}",
    }
    site = made(tmp_path, "In {{< b >}}", files)
    assert "<p>In <b>X</b></p>" in site.page("") and "<p>In <b>X</b></p>" in site.page("posts")
    assert "<p>Of <b>Posts</b></p>" in site.page("posts")
    assert "<p>At <b>Lost</b></p>" in (site.folder / "_site/404.html").read_text()
    for name in ("feed.xml", "atom.xml", "feed.json"):
        assert "X" in (site.folder / "_site" / name).read_text().partition("In ")[2][:20]


@pytest.mark.parametrize("jobs", [1, 2])
def test_they_come_out_in_posts_as_data(tmp_path: Path, jobs: int) -> None:
    """And it is noticed there when one of them changes."""
    config = "title: T\nbase_url: https://example.org/\nposts_json: full\n"
    files = {"blogq.yaml": config, "shortcodes/b.html": "<b>{{ call.url(0) }}</b>"}
    site = made(tmp_path, "In {{< b photo.jpg >}}", files)
    data = site.folder / "_site" / "posts.json"
    for wanted in ("<b>https://example.org/posts/photo.jpg</b>", "<i>True</i>"):
        post = json.loads(data.read_text())["posts"][0]
        assert post["summary_html"] == post["content_html"] == f"<p>In {wanted}</p>\n"
        site.write({"shortcodes/b.html": "<i>{{ call.feed }}</i>"}, jobs)


def test_an_edit_of_a_text_expands_it_anew(tmp_path: Path) -> None:
    """Also where nothing but texts has changed since the last build."""
    site = made(tmp_path, "In {{< b >}}one{{< /b >}}.", {"shortcodes/b.html": "<b>{{ call.inner }}</b>"})
    for word in ("two", "three"):
        site.write({"content/posts/x.md": post(f"In {{{{< b >}}}}{word}{{{{< /b >}}}}.")})
        assert site.text() == f"<p>In <b>{word}</b>.</p>"
        assert f"<b>{word}</b>" in site.feed() and f"<b>{word}</b>" in site.page("")


def test_a_heading_is_named_without_its_shortcodes(tmp_path: Path) -> None:
    site = made(tmp_path, "## One {{< b >}}new{{< /b >}}\n\n## Two\n\n## Three", {"shortcodes/b.html": "<b>!</b>"})
    assert '<h2 id="one-new"><a class="here" href="#one-new">One <b>!</b></a></h2>' in site.text()
    assert '<a href="#one-new">One new</a>' in site.page()


def test_only_the_text_between_tags_counts_as_words(tmp_path: Path) -> None:
    files = {"shortcodes/n.html": "{{ call.inner }} and a hundred more", "templates/post.html": "{{ page.words }}"}
    assert made(tmp_path, '{{< n "not a word" >}}one two{{< /n >}} three', files).page() == "3"


def test_unknown_ones_stay_and_are_said_once(tmp_path: Path) -> None:
    """Escaped, with their text read as Markdown; one finding for a name, at its first place."""
    other = {"content/posts/z.md": post("{{< nosuch >}} {{< nosuch >}}"), "shortcodes/figured.html": ""}
    site = made(tmp_path, '{{< nosuch "<b>" >}}\n*in*\n{{< /nosuch >}}\n\na {{< figre >}} {{< figre >}}', other)
    assert site.text() == (
        "<p>{{&lt; nosuch &#34;&lt;b&gt;&#34; &gt;}}</p>\n<p><em>in</em></p>\n<p>{{&lt; /nosuch &gt;}}</p>\n"
        "<p>a {{&lt; figre &gt;}} {{&lt; figre &gt;}}</p>"
    )
    first, second = site.said("SC101")
    assert (first.span.path, first.span.line, first.span.column) == ("content/posts/x.md", 5, 1)
    assert first.message.endswith("here and in 1 other file") and "shortcodes/nosuch.html" in first.hint
    assert (second.span.line, second.span.column, second.hint) == (9, 3, "did you mean 'figure'?")
    site.write({"shortcodes/nosuch.html": "<i>{{ call.inner if call.paired }}</i>", "shortcodes/figre.html": "now"})
    assert site.text() == "<i><p><em>in</em></p></i>\n<p>a now now</p>"
    assert site.said("SC101") == []


def test_one_that_is_never_closed_stays_and_is_said(tmp_path: Path) -> None:
    """Where its template needs the text: `call.inner`, and no question whether there is any."""
    text = "{{< note a >}}\n\nText {{< note b />}}\n\n{{< may >}}"
    site = made(
        tmp_path, text, {"shortcodes/note.html": NOTE, "shortcodes/may.html": "{{ call.paired }}{{ call.inner }}"}
    )
    assert site.text() == '<p>{{&lt; note a &gt;}}</p>\n<p>Text <aside class="b"></aside></p>\nFalse'
    (finding,) = site.said("SC103")
    assert (finding.span.line, finding.span.column) == (5, 1)
    assert "{{< /note >}}" in finding.hint


def test_tags_that_can_not_be_read_are_said(tmp_path: Path) -> None:
    site = made(tmp_path, 'a {{< b "c >}}\n\n{{< /d >}}\n\n> e {{< f g= >}}')
    assert [(f.span.line, f.span.column, f.severity) for f in site.said("SC102")] == [
        (5, 3, "warning"),
        (7, 1, "warning"),
        (9, 5, "warning"),
    ]
    assert 'after its " is never closed' in site.said("SC102")[0].message
    site.write({"content/posts/x.md": post("Liquid's {{{% endraw %} your name }}")})
    assert site.said("SC102") == []


def test_an_argument_that_is_refused_is_an_error_in_the_post(tmp_path: Path) -> None:
    """The place is the post's, once for all the pages that show it; the last good site stays."""
    site = made(
        tmp_path, "Fine.", {"shortcodes/c.html": "{% if not call.args %}{{ fail('c needs a word') }}{% endif %}"}
    )
    site.write({"content/posts/x.md": post("One.\n\nTwo {{< c >}}")})
    (error,) = site.said("SC104")
    assert (error.span.path, error.span.line, error.span.column) == ("content/posts/x.md", 7, 5)
    assert error.message.startswith("c needs a word (rendering /, and ")
    assert error.evidence == "{{< c >}}"
    assert not site.result.written and "Fine." in site.page()


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("\n{{ call.nosuch }}", 2, "a CallView has no 'nosuch'"),
        ("\n{{ post.title }}", 2, "'post' is undefined"),
        ("{% if %}", 1, "Expected an expression"),
        ("{% include 'gone.html' %}", 1, "there is no template 'gone.html'"),
        ("{{ asset('gone.js') }}", 1, "asset('gone.js')"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
    ],
)
def test_a_mistake_of_the_template_names_template_and_post(
    tmp_path: Path, template: str, line: int, message: str
) -> None:
    site = made(tmp_path, "Text.\n\nIn {{< bad >}}", {"shortcodes/bad.html": template})
    errors = [f for f in site.result.findings if f.severity == "error"]
    assert len(errors) == 1, errors
    assert (errors[0].span.path, errors[0].span.line) == ("shortcodes/bad.html", line)
    assert message in errors[0].message and ", for content/posts/x.md:7:4" in errors[0].message


def test_layers_override_each_other(tmp_path: Path) -> None:
    """Site before theme before parent, by the name of the file."""
    files = {
        "blogq.yaml": "base_url: https://example.org/\ntheme: mine\n",
        "themes/mine/theme.yaml": "name: mine\nversion: 1.0.0\nparent: plain\n",
        "themes/mine/shortcodes/a.html": "theme",
        "themes/mine/shortcodes/details.html": "mine",
        "shortcodes/a.html": "site",
        "shortcodes/sub/b.html": "{% include 'partials/c.html' %}",
        "templates/partials/c.html": "included",
    }
    site = made(tmp_path, "{{< a >}} {{< details />}} {{< sub/b >}} {{< gist a 1 >}}", files)
    assert site.text() == 'site\nmine\nincluded\n<p><a href="https://gist.github.com/a/1">gist.github.com/a/1</a></p>'


def test_they_can_be_turned_off(tmp_path: Path) -> None:
    site = made(tmp_path, "{{< figure >}}", {"blogq.yaml": "title: T\nmarkdown: {shortcodes: false}\n"})
    assert site.text() == "<p>{{&lt; figure &gt;}}</p>"
    assert [f for f in site.result.findings if f.code.startswith("SC")] == []


def test_a_build_by_one_process_or_many_is_the_same(tmp_path: Path) -> None:
    """The helper gets texts in pieces; feeds ask it for theirs."""
    from blogq.build import Request, build

    site = made(
        tmp_path, "{{< b photo.jpg >}}*i*{{< /b >}}", {"shortcodes/b.html": "{{ call.inner }}{{ call.url(0) }}"}
    )
    other = tmp_path / "other"
    build(Request(site.folder, 1_800_000_000, jobs=1, output=other))
    for path in ("posts/x/index.html", "index.html", "feed.xml"):
        assert (other / path).read_bytes() == (site.folder / "_site" / path).read_bytes()
