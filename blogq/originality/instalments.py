"""Titles of instalments: what comes out again and again has a title in which nothing but a number or a date changes.

“Announcing Rust 1.89.0” and “Announcing Rust 1.90.0”, “Project goals update — May 2026” and “… — June 2026”. Their
texts repeat each other by design. A plain number says nothing: “7 tips” may well be “10 tips” once more.
"""

from __future__ import annotations

from typing import Literal

from blogq.pattern import Pattern

Kind = Literal["", "version", "date"]

_VERSION = Pattern(r"\bv?\d+(?:\.\d+)+(?:[-+.]?(?:alpha|beta|rc|pre|dev|post)?[.-]?\d+)?\b|\bCVE-\d{4}-\d+\b", 2)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    "|sept?|oct|nov|dec|spring|summer|autumn|fall|winter"
)
_DATE = Pattern(
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:19|20)\d\d(?:/\d\d)?\b|\bq[1-4]\b"
    r"|\b(?:part|week|day|issue|episode|meeting|round|no|nr|vol|volume|sprint|chapter)\.?\s*#?\d+\b|#\d+\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS})\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?",
    2,
)
_VERSIONS, _DATES = "\x01", "\x02"
_JOINT = Pattern(r"[\s\W_]*([\x01\x02])[\s\W_\x01\x02]*")
_FIRST = Pattern(r"[^\x01\x02]+[\x01\x02]")
_FEWEST = 2
"""Words that the titles of instalments have in common."""


def instalments(title: str, other: str) -> Kind:
    """Return what tells two titles apart that are alike otherwise; empty for titles that aren't, and for equal ones.

    Either may go on after what they have in common: “Announcing Rust 1.85.0 and Rust 2024”, “Buying software, part 2:
    setting a vision”.
    """
    if " ".join(title.casefold().split()) == " ".join(other.casefold().split()):
        return ""
    one, two = _skeleton(title), _skeleton(other)
    if _VERSIONS not in one + two and _DATES not in one + two:
        return ""
    kind: Kind = "version" if _VERSIONS in one and _VERSIONS in two else "date"
    edges = f" {_VERSIONS}{_DATES}"
    if one.strip(edges) == two.strip(edges) and len(one.strip(edges).split()) >= _FEWEST:
        return kind
    begin, other_begin = _FIRST.match(one), _FIRST.match(two)
    if begin is None or other_begin is None or begin[0] != other_begin[0]:
        return ""
    return kind if len(begin[0].split()) > _FEWEST else ""


def _skeleton(title: str) -> str:
    told = _VERSION.sub(_VERSIONS, title.casefold())
    told = _DATE.sub(_DATES, told)
    return " ".join(_JOINT.sub(r" \1 ", told).split())
