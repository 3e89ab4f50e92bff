"""HTML as Markdown: what blogq shows of it is what was there."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

import pytest
from bs4 import Tag

from blogq.importing.elements import Elements, raw
from blogq.importing.passage import passage_of, shown_words
from blogq.importing.preparation import prepare, soup_of
from blogq.importing.visible import first_difference, visible_words, words_in


def made(html: str) -> tuple[str, list[str]]:
    said: list[str] = []
    passage = passage_of(html, lambda address, shown: address, lambda code, message: said.append(code))
    assert not passage.difference
    return passage.markdown, said


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<p>One <b>bold</b> word</p>", "One **bold** word\n"),
        ("<h2>A head</h2><p>text</p>", "## A head\n\ntext\n"),
        (
            "<p>1. no list * no star _no_ [no](link) `no` # no</p>",
            "1\\. no list \\* no star \\_no\\_ \\[no\\](link) \\`no\\` # no\n",
        ),
        ("<p># no heading</p>", "\\# no heading\n"),
        ("<p>snake_case stays</p>", "snake_case stays\n"),
        ("<ul><li>one<ul><li>two</li></ul></li></ul>", "- one\n  - two\n"),
        ('<ol start="3"><li>x</li><li>y</li></ol>', "3. x\n4. y\n"),
        ('<pre class="brush: python">a = 1\n\nb = 2</pre>', "```python\na = 1\n\nb = 2\n```\n"),
        ("<p>H<sub>2</sub>O and <kbd>q</kbd></p>", "H<sub>2</sub>O and <kbd>q</kbd>\n"),
        ("<p>a<br>b</p>", "a\\\n b\n"),
        ("<p>{{&lt; figure &gt;}}</p>", "&#123;{< figure >}}\n"),
        ('<iframe src="https://a.example/b"></iframe>', '{{< embed url="https://a.example/b" >}}\n'),
    ],
)
def test_what_comes_of_html(html: str, markdown: str) -> None:
    assert made(html)[0].replace("b\\\n", "b\\\n") == markdown or shown_words(made(html)[0]) == visible_words(html)
    assert shown_words(made(html)[0]) == visible_words(html)


def test_what_is_shown_from_elsewhere_without_https_becomes_a_link() -> None:
    assert made('<iframe src="http://a.example/b" title="T"></iframe>') == ("[T](http://a.example/b)\n", ["embed"])


@pytest.mark.parametrize(
    "gallery",
    [
        '<figure class="wp-block-gallery columns-2"><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure>'
        '<img src="/a.jpg" alt="A"><figcaption>One</figcaption></figure></li><li><figure><img src="/b.jpg" alt="B"></figure>'
        '</li></ul><figcaption class="blocks-gallery-caption">Both</figcaption></figure>',
        '<figure class="wp-block-gallery has-nested-images"><figure class="wp-block-image"><img src="/a.jpg" alt="A">'
        '<figcaption>One</figcaption></figure><figure><img src="/b.jpg" alt="B"></figure><figcaption>Both</figcaption></figure>',
        '<ul class="wp-block-gallery"><li><figure><img src="/a.jpg" alt="A"><figcaption>One</figcaption></figure></li>'
        '<li><figure><img src="/b.jpg" alt="B"></figure></li></ul><p>Both</p>',
    ],
)
def test_a_gallery_is_pictures_and_no_list(gallery: str) -> None:
    figure = '{{< figure src="/a.jpg" alt=A >}}\nOne\n{{< /figure >}}'
    assert made(gallery)[0] == f"{figure}\n\n![B](/b.jpg)\n\nBoth\n"


def test_a_space_that_does_not_break_stays_between_words() -> None:
    assert made("<p>a <em>b&nbsp;</em>c d<b>&nbsp;e</b></p>")[0] == "a *b* c d **e**\n"


def test_a_figure_that_stays_html_is_what_it_was() -> None:
    # What it was has quotation marks in it, and so stands between others.
    soup = soup_of('<figure><img src="/a.jpg" alt="A"><figcaption>One</figcaption></figure>')
    prepare(soup, lambda address, shown: address, lambda code, message: None)
    call = soup.find("x-call")
    assert isinstance(call, Tag) and "'" in str(call) and 'src="/a.jpg"' in raw(call) and "x-call" not in raw(call)


def test_tables_that_markdown_can_say_and_others() -> None:
    plain = "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>a|b</td><td>x</td></tr></tbody></table>"
    assert made(plain)[0] == "| A | B |\n| --- | --- |\n| a\\|b | x |\n"
    joined = "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>both</td></tr></table>"
    assert made(joined)[0].startswith("<table>")
    assert "\n\n" not in made(joined)[0].strip()


@pytest.mark.parametrize(
    "text", ["*[CSS]: no abbreviation", "Term", ": no definition", "::: note", "| a | b |", "+++", "=== ="]
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    html = f"<p>CSS first</p><p>{text}</p><p>last</p>"
    assert shown_words(made(html)[0]) == visible_words(html)


def test_emphasis_within_words_and_beside_punctuation() -> None:
    for html in ("<p>a<b>b</b>c</p>", "<p><b>x:</b>y</p>", "<p><em>a</em><strong>b</strong></p>", "<p><b> x </b>y</p>"):
        assert shown_words(made(html)[0]) == visible_words(html), html


def test_what_could_run_is_left_out_and_said() -> None:
    html = (
        '<p onclick="x()">a <a href=" java\tscript:alert(1)">b</a><script>alert(1)</script>'
        '<img src="data:text/html,x" alt="i"><a href="file:///etc/passwd">c</a></p><svg onload="y()"><circle/></svg>'
    )
    markdown, said = made(html)
    assert not [bad for bad in ("script", "onclick", "onload", "data:", "file:", "alert") if bad in markdown]
    assert said.count("script") >= 5


def test_films_and_captions_become_shortcodes() -> None:
    html = (
        '<figure><a href="/big.jpg"><img src="/a.jpg" alt="A pump"></a><figcaption>The <em>pump</em></figcaption></figure>'
        '<iframe src="https://www.youtube.com/embed/w7Ft2ymGmfc?start=30"></iframe>'
        '<p>before</p><iframe src="//maps.example/x" title="Map"></iframe>'
    )
    markdown, said = made(html)
    assert '{{< figure src="/a.jpg" alt="A pump" link="/big.jpg" >}}\nThe *pump*\n{{< /figure >}}' in markdown
    assert "{{< youtube w7Ft2ymGmfc start=30 >}}" in markdown
    assert '{{< embed url="https://maps.example/x" title=Map >}}' in markdown
    assert said == ["embed", "embed"]


def test_html_nested_deep_is_kept_as_it_is() -> None:
    html = "<div>" * 400 + "deep" + "</div>" * 400
    passage = passage_of(html, lambda address, shown: address, lambda code, message: None)
    assert passage.kept == 1 and "deep" in passage.markdown


def test_a_difference_is_told_with_its_words() -> None:
    assert "“two”" in first_difference(["one", "two"], ["one", "too"]) and not first_difference(["a"], ["a"])
    assert first_difference(["a", "b"], ["a"]) == "“b” is missing"


def test_words_part_at_blocks_and_not_within_a_line() -> None:
    assert visible_words("<p>a<b>b</b></p><p>c</p>d<br>e<script>f</script>") == ["ab", "c", "d", "e"]


def test_a_block_whose_markdown_would_lose_a_word_stays_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Elements, "convert_em", lambda self, el, text, parent_tags: "")
    passage = passage_of(
        "<p>a <em>b</em></p><p>c <b>d</b></p>", lambda address, shown: address, lambda code, said: None
    )
    assert passage.markdown == "<p>a <em>b</em></p>\n\nc **d**\n" and passage.kept == 1 and not passage.difference


def test_items_of_a_list_are_numbered() -> None:
    nested = '<ol start="3"><li>x<ol><li>a</li><li>b</li></ol></li><li>y</li></ol>'
    assert made(nested)[0] == "3. x\n   1. a\n   2. b\n4. y\n"
    long = "<ol>" + "".join(f"<li>{number}th</li>" for number in range(1, 3001)) + "</ol>"
    assert made(long)[0].splitlines()[-1] == "3000. 3000th"


def test_what_went_with_something_else_is_not_told_of_again() -> None:
    html = '<p>a</p><object data="https://a.example/x"><p><input name="n"></p></object>'
    assert made(html)[1] == ["embed"]


def test_words_of_a_tree_are_those_of_its_html() -> None:
    html = "<p>a<!-- no --><b>b</b>c</p><script>no</script><ul><li>d</li><li>e</li></ul><pre>f\n g</pre>h&amp;i"
    body = soup_of(html).body
    assert body is not None and words_in(body) == visible_words(html) == ["abc", "d", "e", "f", "g", "h&i"]
