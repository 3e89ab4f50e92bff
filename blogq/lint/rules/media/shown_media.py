"""What a post shows: pictures and embedded videos, whose they may be, and whether the text near them gives credit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from blogq.lint.subject import Subject
from blogq.pattern import Pattern

MOST = 40
"""Media of a post that are looked at; a gallery of more tells nothing further."""
_PLAYERS = {
    "youtube.com": "youtube",
    "youtube-nocookie.com": "youtube",
    "youtu.be": "youtube",
    "vimeo.com": "vimeo",
    "dailymotion.com": "dailymotion",
    "ted.com": "ted",
}
"""Sites from which videos are embedded, and the name of a video's place there."""
_UPLOADS = frozenset(
    (
        "github.com githubusercontent.com gitlab.com googleusercontent.com amazonaws.com cloudfront.net cloudinary.com"
        " digitaloceanspaces.com backblazeb2.com r2.dev windows.net googleapis.com imgix.net netlify.app vercel.app"
        " github.io wp.com wordpress.com blogger.com bp.blogspot.com medium.com substackcdn.com imgur.com imgbb.com"
        " postimg.cc dropbox.com dropboxusercontent.com jsdelivr.net unpkg.com ytimg.com"
    ).split()
)
"""Sites to which authors upload pictures of their own."""
_DRAWN = frozenset(
    (
        "shields.io badge.fury.io badgen.net codecov.io coveralls.io travis-ci.org travis-ci.com circleci.com"
        " gravatar.com githubassets.com star-history.com contrib.rocks"
    ).split()
)
"""Sites that draw a picture on request: badges, portraits, emoji. Nobody is to be credited, however often one shows."""
_CODE = Pattern(r"\{\{|\{%|%7B%7B|%7B%25", re.IGNORECASE)
"""Template code of another generator, in place of an address."""
_TAG = Pattern(r"<(iframe|embed|object|img)\b[^<>]*\Z", re.IGNORECASE)
_CREDIT = Pattern(
    r"©|\(c\)|\b(?:photo|photograph|picture|image|video|film|art|artwork|illustration|drawing|graphic|screenshot|figure"
    r"|chart|map)s? (?:by|from|via|courtesy of|taken by)\b"
    r"|\b(?:credits?|courtesy|source|via|copyright|licen[cs]ed?|creative commons|cc[ -]by|public domain|wikimedia"
    r"|unsplash|flickr|pexels|reprinted|permission|shot by|made by|drawn by"
    r"|quelle|bildquelle|foto|fotos|lizenz|mit freundlicher genehmigung|urheber"
    r"|crédits?|avec l[’']aimable|auteur|autrice"
    r"|créditos?|fuente|cortesía|autora?|licencia"
    r"|fonte|crediti|per gentile concessione|autore|licenza"
    r"|bron|met dank aan|licentie"
    r"|фото|источник|автор|лицензия|предоставлено)\b",
    re.IGNORECASE,
)
"""Words of credit in English, German, French, Spanish, Italian, Dutch and Russian."""
_NAME = Pattern(r"@\w+|(?<=[\w,;:)’”*_\]] )[*_]*\[?[A-ZÀ-ÞА-Я][\w’'-]+\]? (?:[A-Z]\. )?\[?[*_]*[A-ZÀ-ÞА-Я][\w’'-]+")
"""Two words with capitals in the middle of a sentence, as names have, or a handle."""
_GENERIC = frozenset(("", "youtube video player", "youtube video", "vimeo video player", "video player", "video"))
_TITLE = Pattern(r"\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


class Media(NamedTuple):
    """Something that a post shows."""

    what: str
    """`picture` or `video`."""
    known_as: str
    """What it is known by in every post that shows it: a path on the site, an address, a video's number."""
    host: str
    """The site that it comes from; empty for the own one, and for sites to which authors upload their own."""
    credited: bool
    line: int
    column: int


class _Seen(NamedTuple):
    """Something that a post shows, before anybody has looked for credit."""

    what: str
    known_as: str
    host: str
    target: str
    said: str
    """What its own title or alternative text says."""
    line: int
    column: int


def media_of(post: Subject) -> list[Media]:
    """Return what `post` shows, in the order of their kinds and places."""
    seen = [*_markdown_pictures(post), *_in_html(post), *_calls(post)][:MOST]
    places = {(each.line, each.column) for each in seen}
    return [
        Media(each.what, each.known_as, each.host, _is_credited(post, each, places), each.line, each.column)
        for each in seen
    ]


def domain(host: str) -> str:
    """Return what is registered of a host's name, as far as that can be told without a list: its last two labels.

    Three where the second is short, as in `co.uk`.
    """
    labels = host.lower().rstrip(".").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if short else labels[-2:])


def _markdown_pictures(post: Subject) -> Iterator[_Seen]:
    for each in post.pictures:
        yield from _picture(post, each.target, each.alt, each.line, each.column)


def _in_html(post: Subject) -> Iterator[_Seen]:
    known = {(each.line, each.column) for each in post.pictures}
    for link in post.links:
        if link.kind not in "xm" or not link.line or (link.line, link.column) in known:
            continue
        above = post.lines[max(0, link.line - 6) : link.line - 1]
        row = post.lines[link.line - 1]
        tag = _TAG.search("\n".join([*above, row[: link.column - 1]]))
        if tag is None:
            continue
        after = "\n".join([row[link.column - 1 :], *post.lines[link.line : link.line + 6]]).partition(">")[0]
        title = _TITLE.search(f"{tag[0]}{after}")
        said = (title[1] or title[2] or "") if title else ""
        if tag[1].lower() == "img":
            yield from _picture(post, link.target, said, link.line, link.column)
        elif link.kind == "x" and (video := _video(link.target)):
            yield _Seen("video", *video, link.target, said, link.line, link.column)


def _calls(post: Subject) -> Iterator[_Seen]:
    for call in post.calls:
        if call.name in ("youtube", "vimeo"):
            host = f"{call.name}.com"
            known_as = f"{call.name}:{call.said('id', at=0)}"
            yield _Seen("video", known_as, host, f"https://{host}/", call.said("title"), call.line, call.column)


def _picture(post: Subject, target: str, said: str, line: int, column: int) -> Iterator[_Seen]:
    if _CODE.search(target):
        return
    host = (urlsplit(target).hostname or "").lower() if target.startswith(("http:", "https:", "//")) else ""
    if host:
        if _DRAWN.isdisjoint(_parents(host)):
            host = host if _UPLOADS.isdisjoint(_parents(host)) else ""
            yield _Seen("picture", target, host, target, said, line, column)
        return
    path = target.partition("?")[0].partition("#")[0]
    known_as = path if path.startswith("/") else normpath(f"{post.path.rpartition('/')[0]}/{path}")
    yield _Seen("picture", known_as, "", target, said, line, column)


def _parents(host: str) -> list[str]:
    labels = host.lower().split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def _video(address: str) -> tuple[str, str] | None:
    """Return what a video is known by and the site it is on; None where the address is no player's."""
    split = urlsplit(address)
    host = domain(split.hostname or "")
    if host not in _PLAYERS:
        return None
    number = parse_qs(split.query).get("v", [split.path.rstrip("/").rpartition("/")[2]])[0]
    return f"{_PLAYERS[host]}:{number}", host


def _is_credited(post: Subject, seen: _Seen, places: Container[tuple[int, int]]) -> bool:
    """Return whether it says itself whose it is, or the paragraph around it, or the one before or after that.

    By a word of credit, a caption, or a link to the site that it comes from; for a video also by a title of its own,
    what looks like a name, or any link at all. `places` are those of all that the post shows.
    """
    if not seen.host or _CREDIT.search(seen.said):
        return True
    by_name = seen.what == "video"
    if by_name and seen.said.strip().lower() not in _GENERIC:
        return True
    first, last = _near(post, seen.line)
    text = "\n".join(post.lines[first - 1 : last]).replace(seen.target, " ")
    if _CREDIT.search(text) or "<figcaption" in text.lower():
        return True
    for link in post.links:
        if first <= link.line <= last and link.kind in "xa" and (link.line, link.column) not in places:
            host = domain(urlsplit(link.target).hostname or "")
            if by_name or host == domain(seen.host):
                return True
    return by_name and bool(_NAME.search(text))


def _near(post: Subject, line: int) -> tuple[int, int]:
    """Return first and last line of the paragraph around a line and of those before and after it, from 1."""
    rows, least = post.lines, post.body_line
    first = last = line
    for is_blank in (False, True, False):
        while first > least and bool(rows[first - 2].strip()) != is_blank:
            first -= 1
        while last < len(rows) and bool(rows[last].strip()) != is_blank:
            last += 1
    return first, last
