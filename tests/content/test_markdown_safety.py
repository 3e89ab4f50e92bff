"""Attacks 62, 67 to 69, 72 and 73: nothing is evaluated, no link runs a script, no id or quote breaks the page."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogq.config.schema import Markdown
from blogq.content.markdown.dom_names import DOM_NAMES
from blogq.content.markdown.reader import Reader

READER = Reader(Markdown())
NO_HTML = Reader(Markdown(html=False))
EVERYTHING = Reader(Markdown(html=False, typography=True, math=True))

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


@pytest.mark.parametrize(
    "text", ["{{7*7}}", "{% image x.png %}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{ x }}", "{{< 7*7 >}}"]
)
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
        "[a]{title='\" onclick=\"y'}", "# a {title='\"onclick=x'}", '```js {title="a\\" onclick=x"}\nx\n```',
        "::: a\"onclick=x\nb\n:::", "::: note {title='\" onclick=\"x'}\nb\n:::", "*[a]: b\" onclick=\"x\n\na",
        "```js {title='\" onclick=\"' linenos=true start='\" onclick=\"x'}\nx\n```", "[a]{.b&quot;onclick=x}",
        "> [!NOTE] a\" onclick=\"b\n> x", "[a]{data-x='&quot; onclick=&quot;x'}", "a\n{title='\" onclick=\"x'}",
    ],
)  # fmt: skip
def test_nothing_breaks_out_of_an_attribute(text: str) -> None:
    """Attack 73."""
    allowed = {"href", "src", "title", "alt", "id", "class", "data-lang", "tabindex", "role", "aria-label"}
    allowed |= {"data-line", "data-x"}

    class Names(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert {name for name, _ in attrs} <= allowed

    Names().feed(NO_HTML.read(text, path="x.md").html)


def test_nul_is_replaced_wherever_it_stands() -> None:
    text = 'a\0b [c](d\0e) <b id="f\0g">h</b> &#0; <img src="&#0;x">\n\n<div id="i\0j">\n\n```\nk\0l\n```\n'
    document = READER.read(text, path="x.md")
    assert re.sub("\0[aimfx][^\0]*\0", "", document.html).count("\0") == 0
    assert all("\0" not in link.target for link in document.links)


@pytest.mark.parametrize(
    "attribute",
    [
        "onclick=x", "ONCLICK=x", "onfoo=x", "style='color:red'", "href='javascript:x'", "src=x", "srcdoc=x",
        "srcset=x",
        "action=x", "formaction=x", "xlink:href=x", "background=x", "ping=x", "poster=x", "name=forms", "for=x", "is=x",
        "slot=x", "autofocus=x", "contenteditable=x", "tabindex=1", "http-equiv=refresh", "on-x=y", "nonce=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["[a]{%s}", "[a](b){%s}", "![a](b){%s}", "# a {%s}", "a\n{%s}", "```py {%s}\n```"])
def test_attributes_run_and_lead_nowhere(form: str, attribute: str) -> None:
    """Attacks 67, 68 and 73, for attributes that Markdown gives: whether or not raw HTML is on."""
    document = READER.read(form % attribute, path="x.md")
    name = attribute.partition("=")[0].lower()
    ours = (' src="\0ib\0"', ' href="\0ab\0"', ' tabindex="0"')
    written = document.html
    for own in ours:
        written = written.replace(own, "")
    assert f" {name}=" not in written
    # Code blocks take some of these for options of other tools.
    assert form.startswith("`") or [finding.code for finding in document.findings] == ["MD108"]


@pytest.mark.parametrize("name", sorted(DOM_NAMES))
def test_ids_that_authors_give_do_not_clobber_the_page(name: str) -> None:
    """Attack 72, for spans, blocks and code."""
    document = READER.read(
        f"[a]{{#{name}}}\n\nb\n{{#{name}}}\n\n``` {{#{name}}}\n```\n\n::: {{#{name}}}\n:::", path="x.md"
    )
    assert not {found.lower() for found in re.findall(r' id="([^"]*)"', document.html)} & {
        known.lower() for known in DOM_NAMES
    }


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}", r"\text{<img src=x onerror=alert(1)>}", r"\class{a}{b}",
        r"\style{color:red}{x}",
        r'\textcolor{red" onclick="x}{a}', r"\unicode{x3c}", r"\mbox{&lt;script&gt;}", r"\text{&#x3c;script&#x3e;}",
        r"\operatorname{<script>}", r"\colorbox{url(x)}{a}", r"\hspace{1em\" onload=\"x}", r"\def\a{\a\a}\a",
        r"<script>x",
        r"\begin{<b>}\end{<b>}", r"\verb|<b>|", r"\tag{<b>}",
    ],
)  # fmt: skip
def test_formulas_are_inert(tex: str) -> None:
    """Attacks 67 and 73, for what TeX can say: elements and attributes are from a list, text is text."""

    class Known(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "pre", "code", "math", "span"} or re.fullmatch("m[a-z]+", tag)
            assert {key for key, _ in attrs} <= {
                *"display class tabindex width height stretchy fence mathcolor displaystyle scriptlevel".split()
            }

    Known().feed(EVERYTHING.read(f"$$\n{tex}\n$$\n\n${tex}$", path="x.md").html)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab \n\t*_~`[]()<>!#&;:/\\\"'=-+.|^{}@0w\0é字", max_size=80)
    | st.lists(
        st.sampled_from(
            [
                "\n", "\n\n", "> ", "[!NOTE]", "::: note", ":::", ":::: x {.a}", "a", "\n: b", "*[a]: ",
                "{.b #c}", "{on=x}", "# ",
                "[d]", "(e)", "![f](g)", "{title='\"'}", "```py {1 linenos=1}", "```", "$", "$$", "\\(",
                "\\)", "\\frac", "{", "}",
                "'", '"', "--", "...", " ", "- ", "  ", "|", "|-|", "<b>", "h@i.j", "http://k.l",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from([NO_HTML, EVERYTHING]),
)  # fmt: skip
def test_whatever_is_written_is_inert(text: str, reader: Reader) -> None:
    """Attacks 61, 67 and 73, at random: with raw HTML off, only our own tags come out, and placeholders are whole."""
    document = reader.read(text, path="x.md")
    tags = {
        *"abbr aside details summary dl dt dd figure figcaption mark math mi mn mo mrow mfrac mtext mspace".split(),
        *"msub msup msubsup munder mover munderover".split(),
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
