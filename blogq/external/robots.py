"""What a site asks of programs in its robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

LARGEST = 512 << 10
"""Bytes of a robots.txt that count; RFC 9309 asks for no less."""
LONGEST_PAUSE = 30.0
"""Seconds: a longer `Crawl-delay` isn't waited for."""


class Robots(NamedTuple):
    """The rules for one program."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, and whether they may be asked for."""
    pause: float = 0.0
    """Seconds to leave between two requests, as `Crawl-delay` says; 0 where it doesn't."""

    def allows(self, path: str) -> bool:
        """Return whether `path`, with its query, may be asked for: the longest rule decides, a permission in a tie."""
        path = _normal(path)
        best, allowed = -1, True
        for pattern, may in self.rules:
            if len(pattern) >= best and _matches(pattern, path) and (len(pattern) > best or may):
                best, allowed = len(pattern), may
        return allowed


NOTHING = Robots((("/", False),))
"""May ask for nothing."""


def read_robots(data: bytes, agent: str) -> Robots:
    """Return what the robots.txt `data` says to the program called `agent`, in lower case."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    pauses: dict[str, float] = {}
    names: list[str] = []
    in_rules = False
    for row in data[:LARGEST].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = row.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if in_rules:
                names, in_rules = [], False
            names.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            in_rules = True
            if value:
                for name in names:
                    groups[name].append((_normal(value), key == "allow"))
        elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value):
            in_rules = True
            for name in names:
                pauses[name] = min(float(value), LONGEST_PAUSE)
    name = agent if agent in groups else "*"
    return Robots(tuple(groups.get(name, ())), pauses.get(name, 0.0))


def _normal(path: str) -> str:
    """Return `path` with the same characters percent-encoded, however it was written."""
    return quote(unquote(path, errors="replace"), safe="/*$?=&;:@!'(),+~%-._")


def _matches(pattern: str, path: str) -> bool:
    """Return whether a rule's pattern matches a path from its beginning. Nothing is tried twice."""
    ends = pattern.endswith("$")
    first, *others = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(others, 1):
        if ends and number == len(others):
            return path.endswith(piece) and len(path) - len(piece) >= at
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return not ends or at == len(path)
