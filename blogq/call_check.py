"""Find the shortcodes that can't come out as they were meant: of a name that there is not, or never closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from blogq.collect import Unreadable, read_file
from blogq.content.post import UNIT, Cold
from blogq.content.shortcodes import takes_text
from blogq.finding import Finding, Span
from blogq.library.site import Site
from blogq.render.files import SHORTCODES, Found

_ENDING = ".html"
_REFERENCES = ("ref", "relref")


def check_calls(site: Site, files: Mapping[str, Found], shown: str, read: Callable[[int], Cold]) -> list[Finding]:
    """Return a warning for each unknown name, and for each shortcode that takes text and is never closed.

    `files` are the theme's, by name; `shown` is the content folder's path, `read` loads an entry's record.
    """
    users: dict[str, list[int]] = {}
    for index, entry in enumerate(site.entries):
        if entry.shortcodes:
            for name in entry.shortcodes.split(UNIT):
                users.setdefault(name, []).append(index)
    if not users:
        return []
    findings: list[Finding] = []
    known = [name[len(SHORTCODES) : -len(_ENDING)] for name in files if name.startswith(SHORTCODES)]
    for name in sorted({name.removeprefix("-") for name in users}):
        using = sorted({*users.get(name, ()), *users.get(f"-{name}", ())})
        found = files.get(SHORTCODES + name + _ENDING)
        if found is None:
            line, column = _places(read(using[0]), name)[0]
            place = Span(shown + site.entries[using[0]].path, line, column)
            findings.append(_unknown(name, place, len(using) - 1, known))
        elif f"-{name}" in users and _takes_text(found):
            for index in users[f"-{name}"]:
                path = shown + site.entries[index].path
                findings += [_unclosed(name, Span(path, *at)) for at in _places(read(index), name, closed=False)]
    return findings


def _places(cold: Cold, name: str, closed: bool = True) -> list[tuple[int, int]]:
    """Return line and column of each use of a shortcode; with `closed` False only of those that aren't closed."""
    return [
        (line, column)
        for used, line, column, is_closed in cold.page.get("calls", ())
        if used == name and (closed or not is_closed)
    ]


def _takes_text(found: Found) -> bool:
    """Return whether a shortcode's template needs text between two tags."""
    try:
        source = read_file(found.root, found.name, found.shown, found.bounds).data.decode("utf-8", "replace")
    except Unreadable:
        return False
    return takes_text(source)


def _unknown(name: str, span: Span, others: int, known: list[str]) -> Finding:
    from difflib import get_close_matches

    more = f", here and in {others:,} other file{'s' if others > 1 else ''}" if others else ""
    message = f"there is no shortcode {name!r}, so it is shown as it is written{more}"
    if name in _REFERENCES:
        hint = f'as the address of a link it is understood: [text]({{{{< {name} "post.md" >}}}})'
    elif near := get_close_matches(name, known, 1):
        hint = f"did you mean {near[0]!r}?"
    else:
        hint = f"add shortcodes/{name}.html to the site, or write {{{{</* {name} */>}}}} if it isn't meant as one"
    return Finding("SC101", "warning", span, message, hint)


def _unclosed(name: str, span: Span) -> Finding:
    message = f"the shortcode {name!r} is never closed, so it is shown as it is written"
    hint = f"add {{{{< /{name} >}}}} after its text: both tags on lines of their own, or both in one paragraph"
    return Finding("SC103", "warning", span, message, hint)
