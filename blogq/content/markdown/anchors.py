"""Ids of headings: made of their words as GitHub does, unique in the document, and harmless to scripts."""

from __future__ import annotations

from typing import NamedTuple

from blogq.content.markdown.dom_names import LOWER_DOM_NAMES
from blogq.pattern import Pattern

_DROPPED = Pattern(r"[^\w\s-]+")
_SPACE = Pattern(r"\s")
_OWN_ID = Pattern(r"[ \t]*\{#([A-Za-z0-9_.:\-\u0080-\U0010ffff]+)\}\s*\Z")


class Anchors(NamedTuple):
    """The ids of a document's headings."""

    ids: list[str]
    """One per heading, in order."""
    moved: dict[str, str]
    """Ids that would have clobbered a property of the page, and what stands in the HTML instead."""


def own_id(text: str) -> tuple[str, str]:
    """Split `Heading {#id}` into the heading and the id; the id is empty where there is none."""
    if text.endswith("}") and (match := _OWN_ID.search(text, max(0, text.rfind("{#") - 1))):
        return text[: match.start()].rstrip(), match[1]
    return text, ""


def slug(text: str) -> str:
    """Return the id that GitHub would make of a heading's `text`: lower case, punctuation dropped, `-` for spaces."""
    return _SPACE.sub("-", _DROPPED.sub("", text.strip().lower())) if text else ""


def name_all(headings: list[tuple[str, str]], taken: list[str]) -> Anchors:
    """Give each of `headings` (its text, its own id or "") an id that is neither `taken` nor another's.

    The first heading of a name gets it plain, later ones `-1`, `-2` and so on. Ids that authors set themselves are
    kept, the first of each, as long as they are no property of a window, document, form or element.
    """
    used = set(taken)
    used.update(own for _, own in headings if own and own.lower() not in LOWER_DOM_NAMES)
    kept: set[str] = set()
    counters: dict[str, int] = {}
    moved: dict[str, str] = {}
    ids = []
    for text, own in headings:
        wanted = base = own or slug(text) or "section"
        if base.lower() in LOWER_DOM_NAMES:
            base = f"h-{base}"
        if own and base == own and own not in kept:
            kept.add(own)
            ids.append(own)
            continue
        name = base
        count = counters.get(base, 0)
        while name in used:
            count += 1
            name = f"{base}-{count}"
        counters[base] = count
        used.add(name)
        if base != wanted:
            moved.setdefault(wanted, name)
        ids.append(name)
    return Anchors(ids, moved)
