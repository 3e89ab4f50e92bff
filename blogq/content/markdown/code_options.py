"""The info string of a code block: its language, and what else it asks for (a title, line numbers, marked lines).

What other tools' authors are used to is understood: Hugo's ```` ```go {linenos=inline hl_lines=[2,"4-6"]} ````, Zola's
```` ```rust,linenos,hl_lines=2 4-6 ````, Docusaurus' ```` ```js title="a.js" {1,3-4} showLineNumbers ````, VitePress'
```` ```js:line-numbers=2{4} ````, and Pandoc's ```` ``` {.python .numberLines startFrom="5"} ````.
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.content.markdown.addresses import unescape
from blogq.content.markdown.attributes import Attributes, of_items
from blogq.content.markdown.places import Notice, close_to
from blogq.pattern import Pattern

_LANGUAGE = Pattern(r"[^\s,{:;=]++(?!=)")
_ITEM = Pattern(
    r"\{(?P<lines>\d[\d,\s-]*+)\}"
    r"|(?P<key>[A-Za-z_][\w.-]*+)[ ]?=[ ]?"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|\[(?P<list>[^\[\]]*+)\]"
    r"|(?P<bare>[^\s\"'{}\[\],]++(?>(?:\ \d[\d-]*+)*)))"
    r"|\#(?P<id>[\w.:-]++)"
    r"|\.(?P<class>[\w:+#-]++)"
    r"|:?(?P<word>[A-Za-z][\w-]*+)"
)
_PLAIN = Pattern(r"[^\s,{:;=.]+")
_RANGE = Pattern(r"(\d{1,6})(?:-(\d{1,6}))?")
_OURS = {
    "title": "title", "filename": "title", "file": "title", "name": "title", "caption": "title",
    "linenos": "numbers", "linenumbers": "numbers", "showlinenumbers": "numbers", "numberlines": "numbers",
    "line-numbers": "numbers", "lineno": "numbers", "linenums": "numbers",
    "hl_lines": "marked", "hl-lines": "marked", "highlight": "marked", "mark": "marked", "emphasize-lines": "marked",
    "start": "start", "linenostart": "start", "startfrom": "start", "linenumberstart": "start",
}  # fmt: skip
"""Options by all names that they have somewhere."""
_SUGGESTED = ("title", "linenos", "hl_lines", "start")
_YES = frozenset(("true", "yes", "on", "1", "table", "inline"))
_NO = frozenset(("false", "no", "off", "0", "none"))
_PASSED_OVER = frozenset(
    """anchorlinenos lineanchors hl_inline noclasses nobackground style tabwidth guesssyntax lexer wrapperclass
    hide_lines inline_shortcodes opencommand copy wrap diff""".split()
)
"""Options of other tools that ask for nothing that we would do otherwise."""


class CodeOptions(NamedTuple):
    """What an info string asks for."""

    language: str = ""
    """As it was written."""
    title: str = ""
    numbers: bool = False
    start: int = 1
    """Number of the first line."""
    marked: frozenset[int] = frozenset()
    """Which lines are marked, counted from 1 whatever `start` is."""
    given: Attributes | None = None
    """Id, classes and other attributes."""


def read_options(info: str, lines: int, noticed: list[Notice]) -> CodeOptions:
    """Return what `info` asks of a block of so many `lines`; what is wrong goes to `noticed`, by offset in `info`."""
    if _PLAIN.fullmatch(info):
        return CodeOptions(info)
    if info.startswith("{") and not info[1:].lstrip().startswith((".", "#")):
        # R Markdown's `{r, echo=FALSE}` and Quarto's like are settings of programs that run the code.
        engine = _LANGUAGE.search(info.lstrip("{"))
        return CodeOptions("" if not engine or engine[0][0].isdigit() else engine[0].rstrip("}"))
    named = _LANGUAGE.match(info)
    language = named[0] if named else ""
    title = ""
    numbers = False
    start = 1
    marked: set[int] = set()
    others: list[str] = []
    braced = -1
    for item in _ITEM.finditer(info, named.end() if named else 0):
        word, key = item["word"], item["key"]
        if item["id"]:
            others.append(item[0])
        elif item["class"]:
            if _OURS.get(item["class"].lower()) == "numbers":
                numbers = True
            elif not language:
                language = item["class"]
            else:
                others.append(item[0])
        elif item["lines"]:
            marked |= _lines(item["lines"], lines, item.start(), noticed)
        elif word:
            numbers = numbers or _OURS.get(word.lower()) == "numbers"
        elif key:
            value = next(v for v in (item["double"], item["single"], item["list"], item["bare"]) if v is not None)
            what = _OURS.get(key.lower(), "")
            at = item.start()
            if what == "title":
                title = unescape(value)
            elif what == "marked":
                marked |= _lines(value, lines, at, noticed)
            elif what == "start" or (what == "numbers" and value.isdigit() and value not in "01"):
                if value.isdigit() and len(value) < 8:
                    start = int(value)
                    numbers = True
                else:
                    noticed.append(_wrong(at, key, value, "a number such as 10"))
            elif what == "numbers":
                numbers = value.lower() in _YES
                if not numbers and value.lower() not in _NO:
                    noticed.append(_wrong(at, key, value, "true or false"))
            else:
                if braced < 0:
                    braced = info.find("{")
                if similar := close_to(key.lower(), _SUGGESTED):
                    noticed.append(
                        Notice(
                            at,
                            len(key),
                            "MD109",
                            f"code block: there is no option “{key}”",
                            f"Did you mean “{similar}”?",
                        )
                    )
                elif 0 <= braced < at and key.lower() not in _PASSED_OVER:
                    others.append(item[0])
    given = of_items(" ".join(others)) if others else None
    return CodeOptions(language, title, numbers, start, frozenset(marked), given)


def _lines(text: str, lines: int, at: int, noticed: list[Notice]) -> set[int]:
    """Return the lines that `2-4 7`, `2,4-6` or `2,"4-6"` stands for."""
    ranges: list[tuple[int, int]] = []
    for part in text.replace(",", " ").replace('"', " ").replace("'", " ").split():
        match = _RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not match or not 1 <= first <= last:
            noticed.append(_wrong(at, "hl_lines", part, "line numbers and ranges, such as 2-4 7"))
            break
        ranges.append((first, last))
    highest = max((last for _, last in ranges), default=0)
    if highest > lines:
        message = f"code block: line {highest} is to be marked, and the block ends at line {lines}"
        noticed.append(Notice(at, 1, "MD109", message, "Lines are counted from 1 within the block."))
    found: set[int] = set()
    past = 0
    for first, last in sorted(ranges):
        found.update(range(max(first, past), min(last, lines) + 1))
        past = max(past, last + 1)
    return found


def _wrong(at: int, key: str, value: str, wanted: str) -> Notice:
    return Notice(at, len(key), "MD109", f"code block: {key} is “{value[:40]}”", f"Write {wanted}.")
