"""Which summary a post has: what its author cut, else what front matter says, else its first paragraphs."""

from __future__ import annotations

import pytest

from blogq.config.schema import Config
from blogq.content.parser import Parser
from blogq.content.post import ParseOptions, split_card

LONG = "A sentence that is as long as this one is. " * 12


@pytest.mark.parametrize(
    ("front", "text", "summary"),
    [
        ("summary: In short & sweet.", f"{LONG}\n\n{LONG}\n\n{LONG}", "<p>In short &amp; sweet.</p>"),
        ("summary: In short.", "Only this.", "<p>In short.</p>"),
        ("summary: In short.", "The cut part.\n\n<!-- more -->\n\nThe rest.", "<p>The cut part.</p>"),
        ("weight: 1", f"{LONG}\n\n{LONG}", f"<p>{LONG.strip()}</p>"),
    ],
)
def test_summary(front: str, text: str, summary: str) -> None:
    data = f"---\ntitle: T\ndate: 2026-01-02\n{front}\n---\n{text}\n".encode()
    post = Parser(ParseOptions.of(Config())).parse("posts/a.md", "content/posts/a.md", data)
    assert split_card(post.record)["summary"].strip() == summary
