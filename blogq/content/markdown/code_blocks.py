"""Code blocks as HTML: coloured, with their title, their line numbers and their marked lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from blogq.config.schema import Markdown
from blogq.content import highlight
from blogq.content.markdown.addresses import escape, unescape
from blogq.content.markdown.attributes import Attributes, merged
from blogq.content.markdown.code_options import CodeOptions, read_options
from blogq.content.markdown.extensions import Block, drawn
from blogq.content.markdown.places import Notice, Places, slow_code, unknown_language
from blogq.finding import Finding
from blogq.pattern import Pattern

_LANGUAGE = Pattern(r"[^\s,{:;]+")
_OPENED = Pattern(r'<span class="[^"]*">|</span>')
NONE_DRAWN: Mapping[str, Block] = MappingProxyType({})
_SIGNS = {"+": "gi", "-": "gd", "@": "gu"}
"""Pygments' classes for lines that were added, lines that were removed, and headings."""

Marks = Callable[[Attributes, str], str]
"""Writes the attributes of an element that has the given classes of its own."""


class CodeBlocks:
    """Writes the code blocks of one document."""

    def __init__(
        self, options: Markdown, places: Places, findings: list[Finding], drawn: Mapping[str, Block] = NONE_DRAWN
    ) -> None:
        """Write blocks as `options` say; `drawn` are those that plugins draw, by the word that opens their fence."""
        self._options = options
        self._places = places
        self._findings = findings
        self._drawn = drawn

    def fence(self, token: Any, marks: Marks) -> str:
        """Return the HTML of the fenced block `token`."""
        info = unescape(token.info).strip()
        word, _, rest = info.partition(" ")
        if word in self._drawn:
            html, notice = drawn(self._drawn[word], word, token.content, rest.strip())
            if notice is None:
                return html
            self._report(notice, token.map[0], info)
            return f"<pre><code>{escape(token.content)}</code></pre>\n"
        given: Attributes | None = token.given
        if not self._options.code_options:
            if self._options.highlight:
                name = _LANGUAGE.search(info) if info and not info.startswith(("{#", "{1", "{2")) else None
                shown = name[0].lstrip(".").rstrip("}") if name else ""
            else:
                shown = info.split(maxsplit=1)[0] if info else ""
            asked = CodeOptions(shown)
        elif info:
            noticed: list[Notice] = []
            lines = token.content.count("\n") + (not token.content.endswith("\n") and bool(token.content))
            asked = read_options(info, lines, noticed)
            if not self._options.highlight and asked == CodeOptions(asked.language):
                asked = CodeOptions(info.split(maxsplit=1)[0])
            for notice in noticed:
                self._report(notice, token.map[0], info)
            if asked.given:
                given = merged(asked.given, given)
        else:
            asked = CodeOptions()
        body, by_line = self._body(token, asked)
        if by_line:
            body = _lines(body, asked, token.content if by_line == "diff" else "")
        language = asked.language.lower() if self._options.highlight else asked.language
        named = escape(language)
        code = f'<code class="language-{named}">{body}</code>' if language else f"<code>{body}</code>"
        if not self._options.highlight:
            written = f"<pre>{code}</pre>\n"
            plain = True
        else:
            plain = not language and not by_line
            written = f'<pre tabindex="0">{code}</pre>\n'
        if not asked.title and not given and plain:
            return written
        if not plain:
            own = "highlight numbered" if asked.numbers else "highlight"
            extra = marks(given, own) if given and not asked.title else f' class="{own}"'
            shown = f' data-lang="{named}"' if language else ""
            written = f"<div{extra}{shown}>{written[:-1]}</div>\n"
        elif given and not asked.title:
            written = written.replace("<pre", f"<pre{marks(given, '')}", 1)
        if asked.title:
            extra = marks(given, "code") if given else ' class="code"'
            written = f"<figure{extra}>\n<figcaption>{escape(asked.title)}</figcaption>\n{written}</figure>\n"
        return written

    def _body(self, token: Any, asked: CodeOptions) -> tuple[str, str]:
        """Return the code as HTML, and how to divide it into lines: not at all (""), as "lines", or as a "diff"."""
        code = token.content
        language = asked.language.lower()
        by_line = "lines" if asked.numbers or asked.marked else ""
        if not self._options.highlight or language in highlight.PLAIN:
            return escape(code), by_line
        compared = language.startswith("diff-") and highlight.known(language[5:])
        if compared:
            # The code is coloured as what it is, without the signs that stand before its lines.
            code = "".join(line[1:] if line[:1] in "+- " else line for line in code.splitlines(keepends=True))
            language, by_line = language[5:], "diff"
            if language in highlight.PLAIN:
                return escape(code), by_line
        result = highlight.highlight(code, language)
        if result.problem:
            report = unknown_language if result.problem == "unknown" else slow_code
            self._findings.append(report(self._places, token.map[0], asked.language))
        return result.html or escape(code), by_line

    def _report(self, notice: Notice, index: int, info: str) -> None:
        """Note what is wrong in the info string of the block that begins on line `index` of the source."""
        begin = max(0, self._places.line(index).rfind(info))
        self._findings.append(self._places.finding(notice, self._places.first_line + index, begin + notice.at + 1))


def _lines(html: str, asked: CodeOptions, compared: str) -> str:
    """Return highlighted code with an element for each line. Numbers are attributes: nobody copies those.

    `compared` is the source of a difference, whose lines begin with signs; else empty.
    """
    lines = _divided(html)
    signs = [line[:1] for line in compared.splitlines()] if compared else []
    out = []
    for number, line in enumerate(lines, 1):
        classes = "line"
        sign = signs[number - 1] if number <= len(signs) else ""
        if sign and sign in "+- ":
            line = sign + line
        if sign in _SIGNS:
            classes += f" {_SIGNS[sign]}"
        counted = f' data-line="{asked.start + number - 1}"' if asked.numbers else ""
        if number in asked.marked:
            out.append(f'<mark class="{classes} hll"{counted}>{line}\n</mark>')
        else:
            out.append(f'<span class="{classes}"{counted}>{line}\n</span>')
    return "".join(out)


def _divided(html: str) -> list[str]:
    """Return the lines of highlighted code; spans that go on over a line's end are closed and opened again."""
    lines = html.split("\n")
    if lines and not lines[-1].replace("</span>", ""):
        ended = lines.pop()
        if ended and lines:
            lines[-1] += ended
    open_tag = ""
    out = []
    for line in lines:
        line = open_tag + line
        tags = _OPENED.findall(line)
        open_tag = tags[-1] if tags and tags[-1] != "</span>" else ""
        if open_tag:
            line = line.removesuffix(open_tag) if line.endswith(open_tag) else line + "</span>"
        out.append(line)
    return out
