"""Comments are strangers' words: nothing in them may run, load or lead to a script, and nothing that was said is lost.

The vectors are of the families that feedparser's sanitiser is tested with, whose own are tried where they are
(test_feedparser_vectors.py); an HTML parser judges what came of them.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inert_html import assert_inert, elements
from talking_sites import comment

from blogq.conversation.comment import FORMS
from blogq.conversation.markup import html_of

VECTORS = [
    "safe<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="&#106;&#97;&#118;&#97;script:alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="blob:https://example.org/1">x</a>',
    '<a href="//evil.example/">x</a>',
    '<a href="mailto:ann@example.com">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="any: expression(window.location=1)">x</p>',
    "<style>@import url(//evil.example/x.css)</style>",
    '<link rel="stylesheet" href="//evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    '<base href="//evil.example/">',
    '<iframe src="//evil.example"></iframe>',
    '<object data="//evil.example"><embed src="//evil.example"></object>',
    '<form action="//evil.example"><input name="q"><button>x</button></form>',
    '<p id="comments" name="reply" class="reply">x</p>',
    '<a href="https://x.example" onclick=alert(1) target=_blank>x</a>',
    '"><script>alert(1)</script>',
    "</article></section><h1>Mine</h1>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><p>x",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<textarea></textarea><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/p.png)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>`",
    '<a href="https://x.example" title="&quot;onmouseover=alert(1)" lang="x">x</a>',
    "\0i//evil.example/x.png\0",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("vector", VECTORS)
def test_what_could_run_or_load_does_not(vector: str, form: str) -> None:
    assert_inert(html_of(comment("a", text=vector, form=form)))


@given(st.text(alphabet="<>a/\"'=:&;#! \n`[]()*_-xscriptonhref\0", max_size=60), st.sampled_from(FORMS))
def test_no_text_gets_through(text: str, form: str) -> None:
    assert_inert(html_of(comment("a", text=text, form=form)))


def test_what_people_write_is_kept() -> None:
    html = html_of(comment("a", text="**Yes**, *but*:\nsee `x < y` and [this](https://x.example/?a=1&b=2)\n\n> quoted"))
    shown = [each.tag for each in elements(html)]
    assert shown == ["p", "strong", "em", "br", "code", "a", "blockquote", "p"]
    assert "x &lt; y" in html


def test_paragraphs_of_plain_text_and_of_bare_html() -> None:
    assert (
        html_of(comment("a", text="One\nline <b>\n\nTwo", form="text")) == "<p>One<br>\nline &lt;b&gt;</p>\n<p>Two</p>"
    )
    assert html_of(comment("a", text="One <b>x</b>\n\nTwo", form="html")) == "<p>One <b>x</b></p>\n<p>Two</p>"


def test_headings_do_not_enter_the_page_s_outline() -> None:
    assert html_of(comment("a", text="# Loud\n\nText")).startswith("<p><strong>Loud</strong></p>")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["[" * 20_000, "> " * 10_000, "<b>" * 6_000, "*a_" * 6_000, "<" * 20_000])
def test_no_text_takes_long(text: str, form: str) -> None:
    began = time.process_time()
    assert_inert(html_of(comment("a", text=text, form=form)))
    assert time.process_time() - began < 3
