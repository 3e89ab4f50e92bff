"""The HTML of a comment's text: Markdown read, and whatever came of it sanitised. Nothing in it can run or load.

Links lead to web addresses alone, and say that they are a reader's (`ugc`). There are no pictures: they would tell
another host who reads the page.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from blogq.config.schema import Markdown
from blogq.content.markdown.reader import Reader
from blogq.conversation.comment import Comment

TAGS = {
    *("p", "br", "a", "em", "strong", "i", "b", "del", "s", "code", "pre", "blockquote", "ul", "ol", "li", "q"),
    *("kbd", "sub", "sup", "cite"),
}
"""Elements that a comment may have."""
_DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "title", "textarea", "xmp", "noembed"}
"""Elements that go with all that is in them: none of it is meant to be read."""
_OPTIONS = Markdown(
    heading_ids=False, highlight=False, code_options=False, shortcodes=False, footnotes=False, html=False,
    admonitions=False, definition_lists=False, abbreviations=False, attributes=False, task_lists=False, tables=False,
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\0[a-z]([^\0]*)\0")
_BLOCKS = re.compile(r"<(?:p|div|br|blockquote|pre|ul|ol)\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")


@cache
def _reader() -> Reader:
    return Reader(_OPTIONS)


def html_of(comment: Comment) -> str:
    """Return the text of `comment` as HTML that is safe anywhere in a page's body."""
    if comment.form == "markdown":
        # What commenters mean by a line break is one.
        text = re.sub(r"(?<![ \\\n])\n(?!\n)", "  \n", comment.text)
        html = _reader().read(text, path="").html
        html = _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)
        return sanitised(_PLACEHOLDER.sub(r"\1", html))
    if comment.form == "html":
        return sanitised(comment.text if _BLOCKS.search(comment.text) else paragraphs(comment.text))
    return paragraphs(escape(comment.text))


def sanitised(html: str) -> str:
    """Return `html` with nothing in it but `TAGS` and links to web addresses."""
    import nh3

    clean: str = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=_DROPPED,
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel="nofollow ugc noopener noreferrer",
        strip_comments=True,
    )
    return clean.strip()


def paragraphs(html: str) -> str:
    """Return text that was escaped, or is inline HTML, in paragraphs: blank lines part them, others break lines."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", html)]
    return sanitised("\n".join(f"<p>{part}</p>".replace("\n", "<br>\n") for part in parts if part))
