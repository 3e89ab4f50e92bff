"""Headings that link to themselves, tables that take the focus."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from blogq.render.reach import linked_headings, reachable_tables


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<h2 id="a">A <em>b</em></h2>', '<h2 id="a"><a class="here" href="#a">A <em>b</em></a></h2>'),
        (
            '<p>x</p>\n<h3 class="c" id="ä">A</h3>\n',
            '<p>x</p>\n<h3 class="c" id="ä"><a class="here" href="#ä">A</a></h3>\n',
        ),
        ('<h2 id="a"><a href="/x">A</a></h2>', None),
        ("<h2>No id</h2>", None),
        ('<p>In a line <h2 id="a">A</h2>', None),
        ('<hr />\n<h1 id="a">A</h1>', None),
        ('<h2 id="a">A</h3>', None),
        ("", None),
    ],
)
def test_headings_link_to_themselves(html: str, made: str | None) -> None:
    """But for those that hold links, for a link can't stand within another."""
    assert linked_headings(Markup(html)) == (html if made is None else made)


def test_all_headings_are_linked_and_nothing_else_changes() -> None:
    html = "".join(f'<h{n % 5 + 2} id="h{n}">H</h{n % 5 + 2}>\n<p>&lt;h2 id="x"&gt;</p>\n' for n in range(50))
    made = linked_headings(html)
    assert isinstance(made, Markup) and made.count('class="here"') == 50
    assert made.replace("</a>", "").count("<a ") == 50 and made.count("&lt;h2") == 50


def test_tables_take_the_focus() -> None:
    html = "<p>x</p>\n<table>\n<tr></tr></table>\n<p>&lt;table&gt;</p>"
    assert reachable_tables(html) == html.replace("\n<table>", '\n<table tabindex="0">')
