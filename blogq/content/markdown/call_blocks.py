"""Shortcodes as blocks: tags alone on their lines, how they pair, and tags in blocks of raw HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from blogq.content.markdown import rawhtml
from blogq.content.markdown.addresses import escape
from blogq.content.markdown.calls import DEEPEST, TOO_DEEP, Met, stray
from blogq.content.markdown.document import TooComplex
from blogq.content.markdown.literals import Found
from blogq.content.markdown.prose import without_tags
from blogq.content.shortcodes import Tag, read_tag
from blogq.pattern import Pattern

if TYPE_CHECKING:
    from blogq.content.markdown.block_writer import BlockWriter

_LINES = 60
"""Over how many lines a tag may run."""
_CODE = "highlight"
"""Hugo's shortcode for code: what it holds isn't Markdown, so it is read as a code block."""
_CODE_ENDS = Pattern(r"[ \t]*\{\{[<%]\s*/\s*highlight\s*[>%]\}\}[ \t]*")
_IN_HTML = Pattern(
    r"(\{\{[<%])|<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp|pre|code)\b.*?(?:</\2\s*>|\Z)"
    r"|<[A-Za-z/](?>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL | re.IGNORECASE,
)


# Reading.


def tags_alone(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for tags that have their line, or lines, for themselves."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("{{<", "{{%"), begin) or state.is_code_block(start_line):
        return False
    end = ">}}" if state.src[begin + 2] == "<" else "%}}"
    lines = [state.src[begin : state.eMarks[start_line]]]
    line = start_line + 1
    while end not in lines[-1]:
        if line >= end_line or len(lines) > _LINES or state.sCount[line] < state.blkIndent:
            return False
        lines.append(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
        line += 1
    text = "\n".join(lines)
    tags = _tags(text)
    if not tags:
        return False
    if silent:
        return True
    first = tags[0]
    if first.name == _CODE and not first.closing and len(tags) == 1 and _code(state, first, start_line, line, end_line):
        return True
    state.line = line
    for tag in tags:
        token = state.push("shortcode", "", 0)
        token.map = [start_line, line]
        token.content = text
        token.meta = {"tag": tag, "role": "single"}
    state.env["shortcodes"] = True
    return True


def _tags(text: str) -> list[Tag]:
    """Return the tags in `text`; none where it holds anything else."""
    tags: list[Tag] = []
    pos = 0
    text = text.rstrip()
    while pos < len(text):
        tag = read_tag(text, pos)
        if isinstance(tag, str):
            return []
        tags.append(tag)
        pos = tag.end
        while text[pos : pos + 1] in (" ", "\t"):
            pos += 1
    return tags


def _code(state: Any, tag: Tag, start_line: int, first: int, end_line: int) -> bool:
    """Read `{{< highlight LANGUAGE >}}` up to its closing tag as a fenced code block, if it has one."""
    if first < state.env.get("no code ends", 0):
        return False
    line = first
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if _CODE_ENDS.fullmatch(state.src, state.bMarks[line], state.eMarks[line]):
            break
        line += 1
    else:
        # Not looked for again: texts with many openings stay linear.
        state.env["no code ends"] = line
        return False
    language = tag.args[0] if tag.args else tag.params.get("lang", "")
    token = state.push("fence", "code", 0)
    token.info = str(language)
    token.content = state.getLines(first, line, state.sCount[start_line], True) if line > first else ""
    token.markup = "```"
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True


def pair(tokens: list[Any]) -> None:
    """Give the tags among block tokens their roles: `open` and `close` where two belong together, `stray` or `single`.

    Two belong together when nothing but whole blocks stands between them.
    """
    frames: list[tuple[list[Any], dict[str, int]]] = [([], {})]
    for token in tokens:
        if token.nesting > 0:
            frames.append(([], {}))
        elif token.nesting < 0:
            frames.pop()
        elif token.type == "shortcode":
            opened, counts = frames[-1]
            tag: Tag = token.meta["tag"]
            if not tag.closing:
                if not tag.whole:
                    opened.append(token)
                    counts[tag.name] = counts.get(tag.name, 0) + 1
                continue
            if not counts.get(tag.name):
                token.meta["role"] = "stray"
                continue
            while True:
                opening = opened.pop()
                name = opening.meta["tag"].name
                counts[name] -= 1
                if name == tag.name:
                    break
            opening.meta |= {"role": "open", "until": tag.source}
            token.meta["role"] = "close"


# Writing.


def write(writer: BlockWriter, tokens: list[Any], at: int) -> int:
    """Write a tag that stands alone."""
    token = tokens[at]
    tag: Tag = token.meta["tag"]
    role = token.meta["role"]
    calls = writer._inlines.calls
    html = writer._html
    if writer._tight_before:
        writer._begin_line()
    offset = token.content.find(tag.source)
    if role == "close":
        html.append("\0}\0\n")
        calls.depth -= 1
    elif role == "stray":
        html.append(f"<p>{escape(tag.source)}</p>\n")
        place = writer._places.of([offset], token)[0]
        writer._findings.append(writer._places.finding(stray(tag, offset), *place))
    else:
        call = calls.make(tag, block=True)
        calls.noted.append((offset, call))
        html.append(call.begin() if role == "open" else call.begin() + "\0}\0\n")
        if role == "open":
            call.paired, call.until = True, token.meta["until"]
            calls.depth += 1
            if calls.depth > DEEPEST:
                raise TooComplex(token.map[0], TOO_DEEP)
    if calls.noted:
        writer._links += calls.place(writer._places, token, None)
    return at + 1


def raw_html(writer: BlockWriter, token: Any) -> tuple[str, str]:
    """Return a block of raw HTML with placeholders, and what it says; tags stand between elements, not within them."""
    content = token.content
    inlines = writer._inlines
    calls = inlines.calls
    found: list[Found] = []
    inlines.links = found
    inlines.links = found
    html: list[str] = []
    text: list[str] = []
    done = 0

    def take(end: int) -> None:
        def address(target: str, kind: str, offset: int) -> str:
            return inlines.address(target, kind, start + offset)

        start = done
        written = rawhtml.with_placeholders(content[start:end], address, inlines.ids.append)
        html.append(rawhtml.filtered(written) if writer._options.tag_filter else written)
        text.append(content[start:end])

    pos = 0
    while writer._options.shortcodes and "{{" in content and (match := _IN_HTML.search(content, pos)):
        pos = match.end()
        if match[1] and isinstance(tag := read_tag(content, match.start()), Tag):
            take(match.start())
            calls.met.append(Met(match.start(), len(html), tag))
            html.append("")
            text.append("")
            pos = done = tag.end
    take(len(content))
    if calls.met:
        inlines.noticed = []
        try:
            calls.settle(html, text, inlines.noticed)
        except TooComplex as reason:
            raise TooComplex(token.map[0], reason.why) from None
        places = writer._places.of([notice.at for notice in inlines.noticed], token)
        for notice, place in zip(inlines.noticed, places, strict=True):
            writer._findings.append(writer._places.finding(notice, *place))
    if found:
        writer._links += writer._placed(found, token)
    if calls.noted:
        writer._links += calls.place(writer._places, token, None)
    return "".join(html), without_tags("".join(text))
