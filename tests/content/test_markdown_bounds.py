"""Attacks 57, 58 and 59: no text takes out of all proportion to read, none recurses too deep, none loses text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from blogq.config.schema import Markdown
from blogq.content.markdown.reader import Reader

SMALL, LARGE = 16_384, 65_536
MOST_GROWTH = 12
"""Growth of the time from `SMALL` to `LARGE`: 4 is linear, 16 quadratic."""
MOST_SECONDS = 2.0
READER = Reader(Markdown())
EVERYTHING = Reader(Markdown(typography=True, math=True))


def repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def numbered(unit: str) -> Callable[[int], str]:
    return lambda size: "".join(unit.format(n) for n in range(size // (len(unit) + 2)))


def nested_list(size: int) -> str:
    return "".join("  " * level + "* a\n" for level in range(int(size**0.5)))


UNITS = (
    *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~a1",
    *(c + " " for c in "#*+-<=>[`~|_\\"),
    *(c + "\n" for c in "#*+-<=>[`~|_\\1"),
    "a\n", "\n", " ", "\t", "é", "字", "\0", "*a **a ", "a_ ", "_a ", "a]", "[a", "*a_ ", "a**b c* ", "[ a_", "[ (](",
    "[a](<b", "[a](b", "[a](", "![[]()", "![a](", "**a ", "> ", "> a\n", "> a\n\n", "> a\nb\n", "- a\n", "- a\n\n",
    "- - ",
    "1. a\n", "> - ", "<!--", "<!-- a\n\n", "<?", "<!A", "<![CDATA[", "<a ", '<a b="', "<a href=x ", "</a ", "<b id=a>",
    "<div>\n", "<script>\n", "<style>", "<http:a", "<a@b", "&#", "&a", "&amp;", "`a``b", "a`", "[a]: b\n",
    "[a]: b 'c\n",
    "[a]: <b\n", "[a]: b (\n", "[^a]", "[^a]: b\n", "[^a]: ", "x[^1] [^1]: ", "http://a.b ", "http://a.b)", "www.a.",
    "http://", "a@b.c ", "a@b", "a.b@c_", "|a|\n|-|\n", "|a", "|-", "a|b\n-|-\n", "~a", "~~a ", "\\\n", "a  \n",
    "a\n===\n",
    "# a\n", "# [a](b)\n", "```\n", "~~~\n\n", "    a\n", "- [x] a\n", "![a](b)", "[![a](b)](c)", "[a][b]", '[a](b "c"',
    "[](", "aaa\rbbb\n-\v\n",
)  # fmt: skip

SHAPES: dict[str, Callable[[int], str]] = {
    "nested lists": nested_list,
    "quotes that run on": lambda size: "> " * 98 + "a\n" + "b\n" * (size // 2 - 98),
    "quotes in lists": lambda size: ("> - " * 48 + "a\n") * (size // 194),
    "one marker after another": lambda size: ("- " * 90 + "a\n") * (size // 182),
    "nested brackets": lambda size: "[" * (size // 2) + "a" + "]" * (size // 2),
    "nested links": lambda size: "[" * (size // 4) + "a" + "](b" * (size // 4),
    "nested images": lambda size: "![" * (size // 12) + "a" * (size // 2) + "](b)" * (size // 12),
    "nested emphasis": lambda size: "*a **a " * (size // 14) + "b" + " a** a*" * (size // 14),
    "runs of backticks": lambda size: "".join("e" + "`" * n for n in range(1, int((2 * size) ** 0.5))),
    "wide table": lambda size: "|" + "a|" * (size // 5) + "\n|" + "-|" * (size // 5) + "\n" + "|a\n" * (size // 16),
    "gaping table": lambda size: "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + "|a\n" * ((size - 1000) // 3),
    "row of links": lambda size: "|" + "[a](b)|" * (size // 9) + "\n|" + "-|" * (size // 9),
    "tag with many attributes": lambda size: "<a" + " a" * (size // 2),
    "tag with much space": lambda size: "<a" + " " * size + "!",
    "many references": lambda size: "".join(f"[r{n}]: /u\n\n[r{n}] " for n in range(size // 20)),
    "same headings": lambda size: "".join(f"# a-{n}\n# a\n" for n in range(size // 14)),
    "chain of footnotes": lambda size: "x[^0]\n\n" + "".join(f"[^{n}]: n[^{n + 1}]\n\n" for n in range(size // 20)),
    "title never closed": lambda size: '[a](b "' + "c" * size,
    "definition never closed": lambda size: '[a]: b "\n' + "c\n" * (size // 2),
    "address of brackets": lambda size: "http://a.b/" + ")" * size,
    "address of entities": lambda size: "http://a.b/" + "&a;" * (size // 3),
    "addresses in a link": lambda size: "[" + "http://a.b " * (size // 11) + "](c)",
    "long e-mail address": lambda size: "a." * (size // 2) + "@b",
    "comment in quotes": lambda size: "> <!--\n\n" * (size // 8),
    "candidates of a source set": lambda size: '<img srcset="' + "a," * (size // 2) + '">',
}
RICHER_UNITS = (
    "> [!NOTE]\n", "> [!NOTE]\n\n", "> [!X]\n\n", "::: note\n", "::: note\n:::\n", ":::\n", ":::\n\n", "::: x\n:::\n",
    "::::: note\n::: tip\n", "::: {.a}\n", "a\n: b\n", "a\n: b\n\n", ": a\n", ": a\n\n", "a\n\n: b\n\n", "a\n: ",
    "a\n: b\nc\n", "> a\n> : b\n", "a\n: - b\n", "*[a]: b\n", "*[a]: b\n\na ", "{.a}\n", "a\n{.a}\n",
    "{.a}\n\n", "{.a}\na\n\n",
    "- a\n{.b}\n", "[a]{.b}", "[a]{#b}", "[a]{.b ", "[a]{b='", '[a]{b="c', "[a](b){.c}", "![a](b){.c}", "[[a]{.b}",
    "# a {.b}\n", "# a {#b}\n", "# a {", "{", "{.a .b", "#\n", "```{a=b}\n```\n", "```py {hl_lines=1}\n```\n",
    "``` {.a}\nx\n```\n", "```math\nx\n```\n", "```math\n\\x\n```\n",
    "$a", "$a$ ", "$$", "$$\n", "$$ a\n", "$$\na\n\n", "$$\na\n$$\n", "\\(", "\\[", "\\[ a\n", "\\(a\\)",
    "$ ", "`$", "$\\x$",
    "'", '"', "' ", '" ', '"a', "a'", "'a \"", "a \"", "--", "-- ", "...", "a's ", '"*a*', "'*", 'a@b" ', 'http://a" ',
)  # fmt: skip
RICHER_SHAPES: dict[str, Callable[[int], str]] = {
    "abbreviations": lambda size: numbered("*[a{}]: b\n")(size // 2) + "\n" + numbered("a{} ")(size // 2),
    "abbreviations that begin alike": lambda size: numbered("*[a {}]: b\n")(size // 2) + "\n" + "a b " * (size // 8),
    "containers in containers": lambda size: (
        "".join(":" * (300 - n) + " note\n" for n in range(90)) + "a\n" * (size // 4)
    ),
    "term that goes on": lambda size: "a\n: b\n" + "c\n" * (size // 2),
    "attributes of one block": lambda size: "a\n" + "{.b}\n" * (size // 5),
    "attributes of long lists": lambda size: ("- a\n" * 100 + "{.b}\n\n") * (size // 406),
    "ids": numbered("[a]{{#b{}}}"),
    "ids of headings": numbered("# a {{#b{}}}\n"),
    "classes": lambda size: "[a]{" + ".b " * (size // 3) + "}",
    "classes never closed": lambda size: "[a]{" + ".b " * (size // 3),
    "lines to mark": lambda size: '```py {hl_lines="' + "1-99999 " * (size // 8) + '"}\na\n```\n',
    "marked lines": lambda size: '```text {linenos=true hl_lines="1-999999"}\n' + "a\n" * (size // 2) + "```\n",
    "difference": lambda size: "```diff-py\n" + "+a\n" * (size // 3) + "```\n",
    "quotes in quotes": lambda size: "\"a 'b " * (size // 12) + "c\" d' " * (size // 12),
    "formulas": numbered("$a_{{{}}}$ "),
    "long formulas": lambda size: "".join("$$" + "a+" * 1_900 + f"{n}$$ " for n in range(size // 3_810)),
    "formula too long": lambda size: "$" + "a+" * (size // 2) + "$",
    "braces": lambda size: ("$" + "{" * 500 + "a" + "}" * 500 + "$ ") * (size // 1_004),
}
CASES = {repr(unit): repeated(unit) for unit in UNITS} | SHAPES
RICHER = {repr(unit): repeated(unit) for unit in RICHER_UNITS} | RICHER_SHAPES


def seconds(text: str, reader: Reader) -> float:
    start = time.process_time()
    reader.read(text, path="x.md")
    return time.process_time() - start


@pytest.mark.parametrize("name", RICHER)
def test_time_grows_with_size_of_what_is_richer(name: str) -> None:
    """Attack 58, with everything turned on."""
    grows_with_size(name, RICHER[name], EVERYTHING)


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_size(name: str) -> None:
    """Attack 58."""
    grows_with_size(name, CASES[name], READER)


def grows_with_size(name: str, make: Callable[[int], str], reader: Reader) -> None:
    small, large = make(SMALL), make(LARGE)
    for _ in range(3):
        slow = seconds(large, reader)
        assert slow < MOST_SECONDS
        # Under 40 ms for 64 KB nothing can be told from noise, and nothing is wrong.
        if slow < 0.04 or slow / max(seconds(small, reader), 1e-6) < MOST_GROWTH:
            return
    pytest.fail(f"{name}: {slow:.2f} s for {LARGE} characters, more than {MOST_GROWTH} times that of a quarter")


@pytest.mark.parametrize("unit", ["> ", "- ", "1. ", "> - ", "* > 1. "])
def test_nesting_keeps_text_or_says_so(unit: str) -> None:
    """Attack 59."""
    for depth in (10, 30, 90, 1_000, 10_000):
        document = READER.read(unit * (depth // (len(unit) // 2)) + "the innermost text", path="x.md")
        assert "the innermost text" in document.html
        refused = [finding.code for finding in document.findings] == ["MD103"]
        assert refused == (depth > 90)


def test_inline_nesting_keeps_text() -> None:
    for opening, closing in ("*", "*"), ("**a ", "**"), ("[", "]"), ("![", "](b)"), ("<b>", "</b>"), ("~~a ", "~~"):
        document = READER.read(opening * 5_000 + "innermost" + closing * 5_000, path="x.md")
        assert "innermost" in document.html


def test_refusal_names_the_line() -> None:
    document = READER.read("fine\n\n" + "> " * 500 + "deep", path="posts/x.md", first_line=7)
    (finding,) = document.findings
    assert (finding.code, finding.severity, finding.span.path, finding.span.line) == ("MD103", "error", "posts/x.md", 9)
    assert finding.hint
    assert document.html.startswith("<pre>fine") and "<blockquote>" not in document.html


def test_a_large_post_is_read() -> None:
    """Attack 57, at a tenth of its size: twenty times a thousand paragraphs."""
    paragraph = "Some *text* with a [link](/there/), `code` and **more** of it, and so on to the end of the line.\n\n"
    document = READER.read(paragraph * 20_000, path="x.md")
    assert len(document.links) == 20_000 and not document.findings
