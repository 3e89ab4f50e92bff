"""Code of templates in a text: what other generators would have run, and readers were never meant to see.

Liquid's, Jinja's and Nunjucks' `{{ … }}` and `{% … %}`, Hugo's tags where shortcodes are off, TeX where formulas are,
kramdown's and Goldmark's lists of attributes, places for a table of contents, and in MDX expressions, components,
`import` and `export`. blogq runs none of it and publishes it as it stands; but it is no sentence of the author's. What
stands between two tags is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from blogq.pattern import Pattern

_LONGEST = 1000
"""Characters that one tag may have: an opening that is never closed takes nothing with it."""

_SHORT = 80
"""Characters up to which a passage can be a place for a table of contents."""

_UNSPOKEN = "highlight|comment|codeblock|schema|javascript|stylesheet|mermaid"
"""Liquid's tags whose text is no prose: code, and what nobody is shown."""

_BETWEEN = Pattern(r"\{%-?\s*(end)?(" + _UNSPOKEN + r")\b[^%{}]{0,200}%\}")
_LINK = r"\]\(\s*(?:\{\{(?:(?!\}\}|\{\{).){1,500}\}\}|\{%(?:(?!%\}|\{%).){1,500}%\})[^()\s]{0,500}\)"
_VALUE = rf"\{{{{2,3}}(?:(?!\}}\}}|\{{\{{).){{1,{_LONGEST}}}\}}{{2,3}}"
_TAG = rf"\{{%(?:(?!%\}}|\{{%).){{1,{_LONGEST}}}%\}}|\{{#\s(?:(?!#\}}).){{1,{_LONGEST}}}#\}}"
_ATTRIBUTES = r"\{:\s*(?:[.#][\w-]|[\w-]+=|toc\b|:|/)[^{}\n]*\}|\{[.#][A-Za-z][\w-]*(?:\s[^{}\n]*)?\}"
_STEERING = (
    r"\{%-?\s*(?:end\w*|if|elsif|elif|else|unless|case|when|for|raw|verbatim|capture|assign|set|block|with|macro"
    r"|break|continue|cycle|tablerow|extends|import|from)\b(?:(?!%\}|\{%).){0,1000}%\}"
)
_FORMULA = r"\$\$(?:(?!\$\$).){1,1000}\$\$|(?<![\w$])\$(?=[^\s$])[^$\n]{0,300}?\\[A-Za-z]{2,}[^$\n]{0,300}\$(?!\w)"
"""TeX, where the reader takes it for text: between two dollars only with a command in it, for prices have none."""
_CODE = Pattern(f"(?P<link>{_LINK})|(?P<gone>{_STEERING}|{_ATTRIBUTES})|(?P<value>{_VALUE}|{_TAG}|{_FORMULA})", 16)
_MDX = Pattern(
    r"(?P<gone>\{/\*(?:(?!\*/).){0,1000}\*/\}|\A\s*(?:import\s[^\n]*?\bfrom\s*['\"][^\n]*|import\s*['\"][^\n]*"
    r"|export\s+(?:const|let|default|function|async)\b[^\n]*)|</?[A-Z][\w.]*(?=[\s/>])[^<>]{0,1000}>)"
    r"|(?P<value>\{[^{}]{1,500}\})",
    16,
)
_CONTENTS = Pattern(r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{TOC\}|\{\{\s*TOC\s*\}\}|@\[TOC\].*)\s*", 2)
_KRAMDOWN_CONTENTS = Pattern(r"\{:\s*toc\b[^{}\n]*\}")


class Cut(NamedTuple):
    """A piece of a text that is code."""

    start: int
    end: int
    stands_for: bool
    """Whether something would stand in its place that the sentence needs, such as a name."""


def cuts(text: str, mdx: bool = False, closes: bool = False, opens: bool = False) -> list[Cut]:
    """Return the code in a passage's `text`, in order, none overlapping; all of it for a place of contents.

    With `mdx`, what MDX takes for code counts, too. `closes` says that a block of code ends in the passage that began
    before it, `opens` that one begins in it that ends after it. Takes time linear in the length of the text.
    """
    if (len(text) < _SHORT and _CONTENTS.fullmatch(text)) or ("{:" in text and _KRAMDOWN_CONTENTS.search(text)):
        return [Cut(0, len(text), False)]
    if "{" not in text and "$" not in text and not mdx:
        return []
    found: list[Cut] = []
    opened = [(begin, end, False) for begin, end in unspoken(text)]
    if closes and (ending := next((each for each in _BETWEEN.finditer(text) if each[1]), None)):
        opened.append((0, ending.end(), False))
    if opens and (openings := [each for each in _BETWEEN.finditer(text) if not each[1]]):
        opened.append((openings[-1].start(), len(text), False))
    past = 0
    for match in _CODE.finditer(text):
        opened.append((match.start(), match.end(), match["value"] is not None and not _alone(text, match)))
        if match["link"] and (bracket := text.rfind("[", past, match.start())) >= 0:
            # `[text]({{ … }})`: what stays is the text, unless it describes a picture.
            shown = text.startswith("!", bracket - 1) and bracket > 0
            opened.append((bracket - 1, match.end(), False) if shown else (bracket, bracket + 1, False))
        past = match.end()
    if mdx:
        opened += [(match.start(), match.end(), match["value"] is not None) for match in _MDX.finditer(text)]
    for start, end, stands_for in sorted(opened, key=lambda each: (each[0], -each[1])):
        if not found or start >= found[-1].end:
            found.append(Cut(start, end, stands_for))
    return found


def shows(line: str) -> bool:
    """Return whether a line is only a tag of Liquid's that something would stand for, a picture, or opens a formula."""
    if "{" not in line and "$$" not in line:
        return False
    bare = line.strip()
    if bare.startswith("$$") or (bare.startswith("![") and "]({" in bare):
        return True
    match = _CODE.fullmatch(bare) if "{" in bare and not bare.startswith(("{{<", "{{%")) else None
    return match is not None and match["value"] is not None


def _alone(text: str, match: re.Match[str]) -> bool:
    """Return whether a tag has its lines for itself, so that no sentence needs it."""
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    end = text.find("\n", match.end())
    return not before.strip() and not text[match.end() : end if end >= 0 else len(text)].strip()


def unspoken(text: str) -> list[tuple[int, int]]:
    """Return where Liquid's blocks of code and comments begin and end, their tags included; those that are closed."""
    if "{%" not in text:
        return []
    found: list[tuple[int, int]] = []
    name, begin = "", 0
    for match in _BETWEEN.finditer(text):
        if not name and not match[1]:
            name, begin = match[2], match.start()
        elif match[1] and match[2] == name:
            found.append((begin, match.end()))
            name = ""
    return found
