"""What plugins add to Markdown: fenced blocks that they draw, and patterns in running text that they mark up.

A plugin gets text and gives HTML; it sees neither the post nor the site, so a post stays a function of its own bytes.
docs/plugins.md walks through both kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from blogq.content.markdown.addresses import escape
from blogq.content.markdown.places import Notice

Block = Callable[[str, str], str]
"""Takes the code of a fenced block and what stands behind its name; returns HTML."""


class Inline(NamedTuple):
    """A pattern in running text, outside code, links' addresses and raw HTML."""

    pattern: str
    """A regular expression; what it matches is given to `write`."""
    write: Callable[[str], str]
    """Takes the text that was matched; returns HTML."""


class Extensions(NamedTuple):
    """All that the plugins of a site add."""

    blocks: Mapping[str, Block]
    """By the word that opens the fence."""
    inlines: tuple[Inline, ...]


NOTHING = Extensions({}, ())


def drawn(block: Block, name: str, code: str, options: str) -> tuple[str, Notice | None]:
    """Return the HTML that a plugin draws of a fenced block, or nothing and what went wrong."""
    try:
        html = block(code, options)
    except Exception as error:
        message = f"the plugin for {name!r} can't draw this block: {error} ({type(error).__name__})"
        return "", Notice(0, len(name), "MD111", message, "mend the block, or tell the plugin's author")
    return html.replace("\0", "") + ("" if html.endswith("\n") else "\n"), None


def mark(
    inlines: Sequence[Inline], source: str, html: list[str], text: list[str], noticed: list[Notice]
) -> tuple[list[str], list[str]]:
    """Return the pieces of a text, as HTML and plain, with what plugins mark up; the plain text stays what it was.

    Running text is what is the same in `html` and in `text`. What goes wrong is `noticed`, by its offset in `source`.
    """
    import re

    for inline in inlines:
        pattern = re.compile(inline.pattern)
        marked: list[str] = []
        plain: list[str] = []
        for written, said in zip(html, text, strict=True):
            if not said or written != escape(said):
                marked.append(written)
                plain.append(said)
                continue
            done = 0
            for match in pattern.finditer(said):
                if match.end() == match.start():
                    continue
                try:
                    made = inline.write(match[0]).replace("\0", "")
                except Exception as error:
                    message = f"a plugin can't mark up {match[0]!r}: {error} ({type(error).__name__})"
                    at = max(0, source.find(match[0]))
                    hint = "write it otherwise, or tell the plugin's author"
                    noticed.append(Notice(at, len(match[0]), "MD111", message, hint))
                    continue
                marked += escape(said[done : match.start()]), made
                plain += said[done : match.start()], match[0]
                done = match.end()
            marked.append(escape(said[done:]))
            plain.append(said[done:])
        html, text = marked, plain
    return html, text
