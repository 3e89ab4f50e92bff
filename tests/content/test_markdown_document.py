"""What a document says besides its HTML: links and their places, headings, summary, prose, words, findings."""

from __future__ import annotations

import re

import pytest

from blogq.config.schema import Markdown
from blogq.content.markdown import formulas
from blogq.content.markdown.document import Document
from blogq.content.markdown.reader import Reader

READER = Reader(Markdown())


def read(text: str, first_line: int = 1, title_from_heading: bool = False, language: str = "en") -> Document:
    return READER.read(
        text, path="posts/x.md", first_line=first_line, title_from_heading=title_from_heading, language=language
    )


LINKED = """\
A [one](1) and
   ![two](2) here.

> - [three](3), *in*
>   <img alt="" src="4"> and <a
>   href="5">x</a>

| a | [six](6) |
|---|---|
| [seven](7) | [seven](7) |

Setext [eight](8)
=================

## Heading [nine](9) ##

1. x

   \t[no](link)
   [ten](10)[^n]

[^n]: Note [eleven](11)

<p><a
  href='12'>

<https://thirteen.example> https://fourteen.example [f][r]

[r]: 15
"""


def test_links_are_found_where_they_stand() -> None:
    document = read(LINKED, first_line=11)
    lines = LINKED.split("\n")
    seen = set()
    for link in document.links:
        if not link.line:
            assert link.target == "#fnref1"
            continue
        here = lines[link.line - 11][link.column - 1 :]
        assert here.startswith(("[", "![", "<http", "http", '"', "'")), (link, here)
        if link.target.isdigit() and link.target != "15":
            assert link.target in here.split("]")[-1][:6] or f"]({link.target})" in here[:16] or link.target in here[:4]
        seen.add(link.target)
    assert {str(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15)} <= seen
    assert {"https://thirteen.example", "https://fourteen.example"} <= seen
    sevens = [link.column for link in document.links if link.target == "7"]
    assert sevens == [3, 16]


def test_every_placeholder_is_listed_and_the_other_way_round() -> None:
    document = read(LINKED + "\n![a [b](c)](d) [![e](f)](g) [https://h.example](i)\n")
    placeholders = sorted(re.findall("\0([aimf])([^\0]*)\0", document.html))
    assert placeholders == sorted((link.kind, link.target) for link in document.links if link.kind != "x")
    assert [link.target for link in document.links if link.kind == "x"] == [
        "https://thirteen.example",
        "https://fourteen.example",
    ]


def test_raw_html_anchors_are_ids() -> None:
    document = read('<a name="one"></a> <p id=two>\n\n<div id="three"><input name="no">\n\n# Four\n\nx[^1]\n\n[^1]: y')
    assert set(document.ids) == {"one", "two", "three", "four", "fn1", "fnref1"}


def test_headings() -> None:
    document = read("# A [b](c) `<d>`\n\ntext\n\n### E <a id='f'></a>g[^1]\n\n[^1]: x")
    assert [tuple(heading) for heading in document.headings] == [
        (1, "a-b-d", "A b <code>&lt;d&gt;</code>", "A b <d>"),
        (3, "e-g", "E g", "E g"),
    ]
    assert document.title == "A b <d>"


def test_heading_ids_can_be_turned_off() -> None:
    document = Reader(Markdown(heading_ids=False, attributes=False)).read("# A {#b}", path="x.md")
    assert document.html == "<h1>A {#b}</h1>\n" and document.headings[0].id == ""


def test_title_from_heading() -> None:
    document = read("# The [title](x)\n\nText\n\n# Other", title_from_heading=True)
    assert document.title == "The title"
    assert document.html.startswith("<p>Text</p>")
    assert [heading.text for heading in document.headings] == ["Other"] and not document.links
    later = read("Text\n\n# Title", title_from_heading=True)
    assert later.title == "Title" and "<h1" in later.html


@pytest.mark.parametrize("marker", ["<!-- more -->", "<!--more-->", "<!-- MORE -->"])
def test_summary_ends_at_the_marker(marker: str) -> None:
    document = read(f"a[^1]\n\n- b\n{marker}\n\nc\n\n[^1]: d".replace("- b\n", "- b\n\n"))
    assert document.summary == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n"
    assert document.has_more and "more" not in document.html.lower()
    assert not read(f"a\n\n{marker}\n").has_more


def test_summary_without_a_marker() -> None:
    ten = "one two three four five six seven eight nine ten"
    document = read(f"# H\n\n![i](j)\n\n```\ncode\n```\n\n{ten}\n\n> quoted\n\n{ten}[^1]\n\n{ten}\n\n{ten}\n\n[^1]: x")
    assert document.summary == f"<p>{ten}</p>\n" * 3 and document.has_more
    long = read(f"{' '.join([ten] * 4)}\n\nmore")
    assert long.summary.count("<p>") == 1 and long.has_more
    short = read("all there is")
    assert short.summary == short.html and not short.has_more


def test_prose() -> None:
    document = read(
        "# A *b*\n\nc `d` [e](f) ![g](h)\ni&amp;j\n\n```\nk\n```\n\n- l\n\n> m\n\n"
        "| n |\n|---|\n| o |\n\n<p>p</p>\n<script>q</script>"
    )
    assert document.text == "A b\n\nc d e \ni&j\n\nl\n\nm\n\nn\n\no\n\np"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two-three don't 4.5 – & — x", 5),
        ("- - -\n", 0),
        ("漢字 and かな", 5),
        ("한국어", 3),
        ("`code` counts, ![alt](x) doesn't", 3),
        ("```\nnor code\n```", 0),
    ],
)
def test_words(text: str, words: int) -> None:
    assert read(text).words == words


@pytest.mark.parametrize(("text", "column"), [("see[^1]", 4), ("see[^note-x] ", 4), ("a[^b] c[^d]\n\n[^b]: e", 8)])
def test_missing_footnote(text: str, column: int) -> None:
    (finding,) = read(text, first_line=5).findings
    assert (finding.code, finding.severity, finding.span.line, finding.span.column) == ("MD104", "warning", 5, column)
    assert finding.evidence == text.split("\n")[0] and finding.hint


@pytest.mark.parametrize("text", ["[^a-z]+", "`[^1]`", "    [^1]", "[^1](x)", "\\[^1]", "x[^1]\n\n[^1]: y"])
def test_no_missing_footnote(text: str) -> None:
    assert read(text).findings == ()


def test_unknown_language() -> None:
    document = read("a\n\n- ```  pyton x\n  1\n  ```\n\n```mermaid\ngraph\n```\n\n```\nx\n```\n", first_line=3)
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("MD101", "warning")
    assert finding.span == ("posts/x.md", 5, 8, 5, 13)
    assert "pyton" in finding.message and finding.evidence == "- ```  pyton x"


def test_labels_of_footnotes_are_in_the_language_of_the_text() -> None:
    assert "Zurück zu Verweis 1" in read("a[^1]\n\n[^1]: b", language="de-AT").html
    assert "Back to reference 1" in read("a[^1]\n\n[^1]: b", language="tlh").html


def test_each_option_turns_its_part_off() -> None:
    text = "~~a~~ https://b.example[^1]\n\n- [ ] c\n\n| d |\n|---|\n\n[^1]: e f g\n\n<b>f</b>\n\n```python\n1\n```"
    off = Markdown(
        heading_ids=False,
        tables=False,
        strikethrough=False,
        autolinks=False,
        task_lists=False,
        footnotes=False,
        highlight=False,
        html=False,
    )
    html = Reader(off).read(text, path="x.md").html
    assert not re.search(r"<(del|a |input|table|sup|b>|div|span)", html)
    assert '<pre><code class="language-python">1' in html


def test_tag_filter() -> None:
    html = Reader(Markdown(tag_filter=True)).read("a <script src=x> <b>\n\n<iframe></iframe>", path="x.md").html
    assert "<script" not in html and "<iframe" not in html and "</iframe" not in html and "<b>" in html


def test_one_reader_keeps_nothing_of_a_text() -> None:
    reader = Reader(Markdown())
    first = reader.read("[a] [^1]\n\n[a]: b\n\n[^1]: c\n\n# d\n\n![e](f)", path="x.md")
    between = reader.read("[a] [^1]\n\n# d\n\n![e](f)", path="x.md")
    assert reader.read("[a] [^1]\n\n[a]: b\n\n[^1]: c\n\n# d\n\n![e](f)", path="x.md") == first
    assert "<p>[a] [^1]</p>" in between.html and 'id="d"' in between.html and "lazy" not in between.html


RICHER = """\
One *two*{.x} [three]{.y}, HTML and $x^2$.

*[HTML]: HyperText Markup Language

> [!NOTE] Own title
> Four [five](5).

::: tip [Six](6)
Seven.
:::

Term [eight](8)
: Nine [ten](10).

```python {title="eleven.py" hl_lines=1}
twelve = 12
```

## Thirteen $y$ {#own .class}

$$
z
$$
"""
RICH_READER = Reader(Markdown(math=True, typography=True))


def test_prose_of_what_is_richer_is_prose() -> None:
    """Titles of one's own and terms are; titles that we give, code, formulas and what abbreviations mean aren't."""
    document = RICH_READER.read(RICHER, path="x.md")
    assert (
        document.text.split()
        == ("One two{.x} three, HTML and . Own title Four five. Six Seven. Term eight Nine ten. Thirteen").split()
    )
    assert document.words == 16


def test_links_in_what_is_richer_are_found_where_they_stand() -> None:
    document = RICH_READER.read(RICHER, path="x.md", first_line=11)
    lines = RICHER.split("\n")
    found = [(link.target, lines[link.line - 11][link.column - 1 :]) for link in document.links]
    assert [target for target, _ in found] == ["5", "6", "8", "10"]
    assert all(rest.startswith("[") and f"]({target})" in rest for target, rest in found)


def test_summary_and_contents_hold_what_they_should() -> None:
    document = RICH_READER.read(RICHER, path="x.md")
    assert document.summary.count("<p>") == 1 and "<msup>" in document.summary and document.has_more
    (heading,) = document.headings
    assert (heading.level, heading.id, heading.text) == (2, "own", "Thirteen")
    assert heading.html == "Thirteen <math><mi>y</mi></math>"
    assert "own" in document.ids


def test_an_id_given_without_heading_ids_is_kept() -> None:
    reader = Reader(Markdown(heading_ids=False))
    document = reader.read("# A {#b .c}\n\n# D", path="x.md")
    assert document.html == '<h1 id="b" class="c">A</h1>\n<h1>D</h1>\n'
    assert [heading.id for heading in document.headings] == ["b", ""] and document.ids == ("b",)


def test_everything_richer_can_be_turned_off() -> None:
    off = Markdown(admonitions=False, definition_lists=False, abbreviations=False, attributes=False, code_options=False)
    text = '> [!NOTE]\n> a\n\n::: b\n\nc\n: d\n\n*[e]: f\n\n[g]{.h}\n{.i}\n\n```text {title="j"}\n```\n'
    html = Reader(off).read(text, path="x.md").html
    assert "<aside" not in html and "<dl>" not in html and "<abbr" not in html and "<span" not in html
    assert all(part in html for part in ("[!NOTE]", "::: b", ": d", "*[e]: f", "[g]{.h}\n{.i}"))
    assert "<figure" not in html


def test_a_formula_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = formulas.formula("a_{once}", False)
    monkeypatch.setattr(formulas, "_formula", None)
    assert formulas.formula("a_{once}", False) == first


def test_links_in_raw_html_keep_their_places_around_shortcodes() -> None:
    text = '<div>\n<a href="a.md">a</a> {{< b "c.md" >}}\n{{< d >}}<img src="e.png">{{< /d >}}</div>\n'
    document = read(text)
    places = [(link.target, link.line, link.column) for link in sorted(document.links, key=lambda each: each[2:])]
    assert places == [("a.md", 2, 9), ("c.md", 2, 22), ("e.png", 3, 19)]
    assert [(call.name, call.line, call.column) for call in document.calls] == [("b", 2, 22), ("d", 3, 1)]
