"""Attacks 62, 67 to 69, 72 and 73: nothing is evaluated, no link runs a script, no id or quote breaks the page."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogq.config.schema import Markdown
from blogq.content.markdown import Reader
from blogq.content.markdown.dom_names import DOM_NAMES

READER = Reader(Markdown())
NO_HTML = Reader(Markdown(html=False))

SCRIPTS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)", "java\tscript:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)", "javascript\\:alert(1)", "vbscript:x", "VBSCRIPT&#58;x",
    "data:text/html,<script>x</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=x>", "blob:https://example.org/x",
    "file:///etc/passwd",
]  # fmt: skip


class Targets(HTMLParser):
    """Collects the addresses of a page as a browser would, which drops tabs, line ends and outer control characters."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src"):
                self.found.append(re.sub(r"[\t\r\n]", "", value or "").strip("".join(map(chr, range(33)))))


def targets(html: str) -> list[str]:
    parser = Targets()
    parser.feed(re.sub("\0[aimf](.*?)\0", lambda m: escape(m[1]), html))
    return parser.found


@pytest.mark.parametrize("address", SCRIPTS)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "![a]({})", "<{}>", "[a]\n\n[a]: {}", "[a]\n\n[a]: <{}>"])
def test_no_link_runs_a_script(address: str, form: str) -> None:
    """Attacks 67, 68 and 69."""
    for target in targets(NO_HTML.read(form.format(address), path="x.md").html):
        assert not re.match(r"(?i)(javascript|vbscript|blob|file|data:(?!image/(png|gif|jpeg|webp|avif)))", target)


def test_pictures_made_of_data_are_shown() -> None:
    assert targets(READER.read("![a](data:image/png;base64,AA)", path="x.md").html) == ["data:image/png;base64,AA"]


@pytest.mark.parametrize("text", ["{{7*7}}", "{% image x.png %}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{< x >}}"])
def test_nothing_is_evaluated(text: str) -> None:
    """Attack 62."""
    assert READER.read(text, path="x.md").text == text or "7*7" in READER.read(text, path="x.md").html


@pytest.mark.parametrize("name", sorted(DOM_NAMES))
def test_headings_do_not_clobber_the_page(name: str) -> None:
    """Attack 72, for headings and for ids that authors give."""
    for text in (f"# {name}", f"# {name}\n\n# {name}", f"# x {{#{name}}}"):
        for heading in READER.read(text, path="x.md").headings:
            assert heading.id.lower() not in {known.lower() for known in DOM_NAMES}


def test_links_follow_a_heading_that_got_another_id() -> None:
    document = READER.read("[where](#location) [x](#forms)\n\n# Location\n\n# Not forms\n", path="x.md")
    assert '<h1 id="h-location">' in document.html and "\0f#h-location\0" in document.html
    assert [link.target for link in document.links] == ["#h-location", "#forms"]


@pytest.mark.parametrize(
    "text",
    [
        '[a](/x" onclick="y)', "[a](/x 't\" onclick=\"y')", '![a" onerror="y](x)', "[a](</x\" y>)",
        "![a](x 'b\" c=\"d')",
        '```js" onclick="y\nx\n```', '# a {#b"c}', '[a]\n\n[a]: /x" "t\\" u=\\"v"', '<http://a.b/"onclick="x>',
        'http://a.b/"c"',
        "[^\"a]\n\n[^\"a]: x", "~~~ {.a\"b}\nx\n~~~",
    ],
)  # fmt: skip
def test_nothing_breaks_out_of_an_attribute(text: str) -> None:
    """Attack 73."""
    allowed = {"href", "src", "title", "alt", "id", "class", "data-lang", "tabindex", "role", "aria-label"}

    class Names(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert {name for name, _ in attrs} <= allowed

    Names().feed(NO_HTML.read(text, path="x.md").html)


def test_nul_is_replaced_wherever_it_stands() -> None:
    text = 'a\0b [c](d\0e) <b id="f\0g">h</b> &#0; <img src="&#0;x">\n\n<div id="i\0j">\n\n```\nk\0l\n```\n'
    document = READER.read(text, path="x.md")
    assert re.sub("\0[aimfx][^\0]*\0", "", document.html).count("\0") == 0
    assert all("\0" not in link.target for link in document.links)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab \n\t*_~`[]()<>!#&;:/\\\"'=-+.|^{}@0w\0é字", max_size=80))
def test_whatever_is_written_is_inert(text: str) -> None:
    """Attacks 61, 67 and 73, at random: with raw HTML off, only our own tags come out, and placeholders are whole."""
    document = NO_HTML.read(text, path="x.md")
    tags = {
        *"a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr img input label li ol p pre section".split(),
        *"span strong sup table tbody td th thead tr ul".split(),
    }

    class Known(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in tags
            assert not any(name.startswith("on") for name, _ in attrs)

    Known().feed(re.sub("\0[aimf]([^\0]*)\0", lambda m: escape(m[1]), document.html))
    assert "\0" not in re.sub('\0[aimf][^\0"]*\0', "", document.html)
    assert len({heading.id for heading in document.headings}) == len(document.headings)
    lines = text.split("\n")
    for link in document.links:
        assert link.line <= len(lines) and (not link.line or link.column <= len(lines[link.line - 1]) + 1)
