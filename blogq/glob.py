"""Patterns of paths, as `ignore` and `defaults` take them."""

from __future__ import annotations

import re
from collections.abc import Callable


def matcher(glob: str) -> Callable[[str], object]:
    """Return a function that matches paths with a glob: `*` and `?` stay within a folder, `**` doesn't."""
    if glob.count("*") > 2:
        return _long_matcher(glob)
    parts = re.split(r"(\*\*/?|\*|\?)", glob.strip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(known.get(part, re.escape(part)) for part in parts) + ("(?:/.*)?" if glob[-1:] == "/" else "")
    ).fullmatch


def _long_matcher(glob: str) -> Callable[[str], bool]:
    """Do the same folder by folder, for globs with which a single regular expression could take for ever."""
    from fnmatch import translate

    names = [*glob.strip("/").split("/"), *(["**"] if glob[-1:] == "/" else [])]
    parts = [None if name == "**" else re.compile(translate(name.replace("[", "[[]"))) for name in names]

    def matches(path: str) -> bool:
        reached = {0}
        for name in [*path.split("/"), ""]:
            for at in range(len(parts)):
                if at in reached and parts[at] is None:
                    reached.add(at + 1)
            if not name:
                break
            after = {at for at in reached if at < len(parts) and parts[at] is None}
            reached = after | {at + 1 for at in reached if at < len(parts) and (p := parts[at]) and p.match(name)}
        return len(parts) in reached

    return matches
