"""Reads Markdown: the one way into this package for a whole text."""

from __future__ import annotations

from typing import Any, TypeVar

from markdown_it import MarkdownIt

from blogq.config.schema import Markdown
from blogq.content.markdown.addresses import escape, normal, safe
from blogq.content.markdown.blocks import Blocks
from blogq.content.markdown.document import Document, TooComplex
from blogq.content.markdown.extensions import NOTHING, Extensions
from blogq.content.markdown.prose import count_words
from blogq.content.markdown.writer import Writer
from blogq.finding import Finding, Span

W = TypeVar("W", bound=Writer)


class _MarkdownIt(MarkdownIt):
    """markdown-it with our judgement of addresses, for its rule of link reference definitions."""

    def normalizeLink(self, url: str) -> str:
        return normal(url)

    def validateLink(self, url: str) -> bool:
        return safe(url)


class Reader:
    """Reads Markdown texts. Making one costs half a millisecond, so one serves a whole process; it keeps no state."""

    def __init__(self, options: Markdown, extensions: Extensions = NOTHING) -> None:
        self._options = options
        self._extensions = extensions
        self._blocks = Blocks(options)
        self._md = _MarkdownIt("commonmark", {"html": options.html})
        self._md.block = self._blocks

    def read(
        self,
        text: str,
        *,
        path: str,
        first_line: int = 1,
        title_from_heading: bool = False,
        language: str = "en",
    ) -> Document:
        """Return `text` read.

        `text` is what follows the front matter, with LF line ends, and starts on line `first_line` of the file `path`.
        With `title_from_heading`, a heading that opens the text is left out of the HTML: its text is the `title`.
        `language` is the text's, as a BCP 47 tag; labels for screen readers are in it where we know it.
        A text that would take out of all proportion to read comes back as plain preformatted text, with a finding.
        """
        return self.read_with(Writer, text, path, first_line, title_from_heading, language)[0]

    def read_with(
        self, make: type[W], text: str, path: str, first_line: int, title_from_heading: bool, language: str
    ) -> tuple[Document, W | None]:
        """Read `text` as `read` does, with a writer of the class `make`; return it too, unless the text is refused."""
        if "\0" in text:
            text = text.replace("\0", "\ufffd")
        env: dict[str, Any] = {
            "references": {},
            "footnotes": [],
            "abbreviations": {},
            "noticed": [],
            "extensions": self._extensions,
        }
        try:
            tokens = self._blocks.read(text, self._md, env)
            writer = make(self._options, env, text, path, first_line, title_from_heading, language)
            return writer.document(tokens), writer
        except TooComplex as reason:
            line, why = first_line + reason.line, reason.why
        lines = text.split("\n")
        finding = Finding(
            "MD103",
            "error",
            Span(path, line),
            f"the text is too complex to read: {why}",
            "Simplify the text around this line, for example by taking quotes and lists out of one another.",
            lines[line - first_line][:200] if line - first_line < len(lines) else "",
        )
        document = Document(
            html=f"<pre>{escape(text)}</pre>\n",
            summary="",
            has_more=bool(text.strip()),
            is_cut=False,
            title="",
            headings=(),
            links=(),
            calls=(),
            ids=(),
            text=text,
            words=count_words(text),
            findings=(finding,),
        )
        return document, None
