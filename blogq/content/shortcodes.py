"""The syntax of shortcodes: `{{< name arg key="v" >}}` and `{{< /name >}}`, with `%` for `<` as Hugo has it.

Arguments stand alone or after `key=`: words, "quoted" (`\\"` is a quotation mark in it), 'quoted' or `raw` texts, over
several lines if need be. Numbers, `true` and `false` that aren't quoted are what they say. Nothing is evaluated.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from blogq.pattern import Pattern

Value = str | int | float | bool

_OPENING = Pattern(r"\{\{([<%])\s*+(/?)\s*+([A-Za-z0-9_-]++(?>(?:/[A-Za-z0-9_-]++)*))(?=[\s/>%\"'`])")
_ARGUMENT = Pattern(
    r"\s*+(?>(?:([A-Za-z_][A-Za-z0-9_:-]*+)\s*+=\s*+)?)"
    r"(?:\"((?>(?:[^\"\\]|\\.)*))\"|'((?>(?:[^'\\]|\\.)*))'|`([^`]*+)`|((?>(?:(?!/?[>%]\}\})[^\s\"'`<>{}])+)))",
    re.DOTALL,
)
_CLOSING = Pattern(r"\s*+(/?)([>%])\}\}")
_ESCAPED = Pattern(r"\\([\\\"'])")
_WHOLE_NUMBER = Pattern(r"0|-?[1-9][0-9]{0,14}")
_INNER, _PAIRED = Pattern(r"\bcall\.inner\b"), Pattern(r"\bcall\.paired\b")
_FRACTION = Pattern(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,5}[1-9]")


class Tag(NamedTuple):
    """One tag, as written."""

    name: str
    closing: bool
    """`{{< /name >}}`."""
    whole: bool
    """`{{< name />}}`: no closing tag is to come."""
    args: tuple[Value, ...]
    """Arguments without a key."""
    params: dict[str, Value]
    """Arguments with a key; of two with the same, the last."""
    source: str
    end: int
    """Offset just after it."""


def read_tag(text: str, start: int) -> Tag | str:
    """Return the tag that starts at `start`, the offset of its `{{<` or `{{%`; or why it is none.

    The reason is empty where no name follows, so that nobody can have meant a shortcode.
    Takes time linear in the distance to the next tag.
    """
    opening = _OPENING.match(text, start)
    if opening is None:
        return ""
    sign, name, pos = opening[1], opening[3], opening.end()
    end = ">" if sign == "<" else sign
    args: list[Value] = []
    params: dict[str, Value] = {}
    while True:
        closing = _CLOSING.match(text, pos)
        if closing is not None:
            if closing[2] != end:
                return f"it begins with {{{{{sign} and ends with {closing[2]}}}}}"
            if opening[2] and (args or params):
                return "a closing tag takes no arguments"
            source = text[start : closing.end()]
            return Tag(name, bool(opening[2]), bool(closing[1]), tuple(args), params, source, closing.end())
        match = _ARGUMENT.match(text, pos)
        if match is None:
            return _why_not(text, pos, end)
        value = _value(match)
        if match[1]:
            params[match[1]] = value
        else:
            args.append(value)
        pos = match.end()


def takes_text(template: str) -> bool:
    """Return whether a shortcode with this `template` needs a closing tag: it uses the text, and doesn't ask for it."""
    return bool(_INNER.search(template)) and not _PAIRED.search(template)


def _value(match: re.Match[str]) -> Value:
    if match[4] is not None:
        return match[4]
    quoted = match[2] if match[2] is not None else match[3]
    if quoted is not None:
        return _ESCAPED.sub(r"\1", quoted) if "\\" in quoted else quoted
    word = match[5]
    if word in ("true", "false"):
        return word == "true"
    if _WHOLE_NUMBER.fullmatch(word):
        return int(word)
    # Only those that print as they were written.
    return float(word) if _FRACTION.fullmatch(word) else word


def _why_not(text: str, pos: int, end: str) -> str:
    """Return why no argument can be read at `pos` of a tag that `end` is to close."""
    rest = text[pos : pos + 200].lstrip()
    key = re.match(r"[A-Za-z_][\w:-]*\s*=\s*", rest)
    if key:
        rest = rest[key.end() :]
    if rest[:1] in ("'", '"', "`") and rest:
        return f"the text after its {rest[0]} is never closed with another"
    if key and rest[:1] not in ("{", "<", ""):
        return f"no value follows {key[0].strip()}"
    if rest[:1] in ("{", "<", ""):
        return f"it is never closed with {end}}}}}"
    return f"{rest[0]} can't stand there: put the argument in quotation marks"
