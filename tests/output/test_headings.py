"""Headings with more than words in them: what of it stands in the table of contents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from published import PIXEL, post, publish


@pytest.mark.parametrize(
    ("heading", "listed"),
    [
        ('![A "boat"](a.png) at sea', "A &quot;boat&quot; at sea"),
        ("Before ![](a.png)", "Before"),
        ("[![A boat](a.png)](/b/)", "A boat"),
        ("<img src='a.png' alt='x > y <b>'> raw", "x &gt; y &lt;b&gt; raw"),
        ("{{< figure a.png >}} *tall*", "<em>tall</em>"),
        ("![**one**](a.png){.wide} `two`", "one <code>two</code>"),
    ],
)
def test_a_picture_in_a_heading_is_listed_by_what_it_shows(tmp_path: Path, heading: str, listed: str) -> None:
    """The table of contents has words: the picture itself stands further down; nothing of a placeholder is left."""
    text = f"## {heading}\n\n## Two\n\n## Three\n\nText."
    files = {"content/x.md": post("X", "2026-01-01", text), "content/b.md": "# B\n", "content/a.png": PIXEL}
    made = publish(tmp_path, files, clean=False)
    page = made.text("x/index.html")
    (contents,) = re.findall(r'<nav class="toc".*?</nav>', page, re.DOTALL)
    assert re.findall(r'<li><a href="#[^"]*">(.*?)</a>', contents)[0] == listed
    assert "<img" not in contents and "\0" not in page
    assert '<img src="/a.' in page
