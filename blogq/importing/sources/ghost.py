"""Ghost: the JSON file of its export. Texts are the HTML that it keeps, or made of its cards where there is none."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blogq.importing.carried import About, Export, Item, Note, Person, Tell, TermPage, Unreadable
from blogq.importing.ghost_cards import html_of_lexical, html_of_mobiledoc
from blogq.importing.moments import iso_moment
from blogq.importing.uploads import beside
from blogq.importing.wordpress_text import captions

LARGEST = 128 << 20
"""Bytes of the largest export: JSON is read whole, and takes some five times its size."""
DEEPEST = 200
_OWN = "__GHOST_URL__"


def read(source: Path) -> Export:
    """Open an export."""
    try:
        if source.stat().st_size > LARGEST:
            raise Unreadable(f"{source.name} is larger than {LARGEST >> 20} MB: export it in parts")
        loaded = json.loads(source.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"{source.name} is no JSON that can be read: {str(error)[:120]}") from error
    except OSError as error:
        raise Unreadable(f"{source} can't be read: {error.strerror}") from error
    db = loaded.get("db") if isinstance(loaded, dict) else None
    first = db[0] if isinstance(db, list) and db and isinstance(db[0], dict) else loaded
    data = first.get("data") if isinstance(first, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
        raise Unreadable(f"{source.name} is no export of Ghost: it has no posts in it")
    settings = {_text(each, "key"): _text(each, "value") for each in _rows(data, "settings")}
    url = settings.get("url", "") or next((found for row in _rows(data, "posts") if (found := _home(row))), "")
    users = {_text(each, "id"): each for each in _rows(data, "users")}
    about = About(
        title=settings.get("title", ""),
        description=settings.get("description", ""),
        url=url,
        language=settings.get("locale", "") or settings.get("default_locale", "") or settings.get("lang", ""),
        timezone=settings.get("timezone", "") or settings.get("active_timezone", ""),
        people=tuple(
            Person(_text(each, "slug") or key, _text(each, "name"), _text(each, "website"), _text(each, "bio"))
            for key, each in users.items()
        ),
        labels={"tags": "tag", "authors": "author"},
    )
    return Export(
        about=about,
        items=lambda tell: _items(source.name, data, users, url, tell),
        uploads=beside(source.parent, ("", "content")),
        lists=lambda: _lists(data, users, url),
    )


def _lists(data: dict[str, Any], users: dict[str, Any], url: str) -> Iterator[TermPage]:
    """Yield the pages of tags and authors that live posts have, which stand where Ghost puts them."""
    base = url.rstrip("/")
    live = {_text(row, "id") for row in _rows(data, "posts") if _text(row, "status") == "published"}
    tagged = {_text(row, "tag_id") for row in _rows(data, "posts_tags") if _text(row, "post_id") in live}
    for row in _rows(data, "tags"):
        name, slug = _text(row, "name"), _text(row, "slug")
        if name and slug and not name.startswith("#") and _text(row, "id") in tagged:
            yield TermPage(f"{base}/tag/{slug}/", "tags", name)
    writing = {_text(row, "author_id") for row in _rows(data, "posts_authors") if _text(row, "post_id") in live}
    writing |= {_text(row, "author_id") for row in _rows(data, "posts") if _text(row, "id") in live}
    for key, row in users.items():
        if key in writing and (slug := _text(row, "slug")):
            yield TermPage(f"{base}/author/{slug}/", "authors", slug)


def _rows(data: Any, name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else ""
    )


def _home(row: dict[str, Any]) -> str:
    found = re.match(r"https?://[^/\s]+/", _text(row, "url"))
    return found[0] if found else ""


def _items(name: str, data: dict[str, Any], users: dict[str, Any], url: str, tell: Tell) -> Iterator[Item]:
    tags = {_text(each, "id"): _text(each, "name") for each in _rows(data, "tags")}
    meta = {_text(each, "post_id"): each for each in _rows(data, "posts_meta")}
    labels: defaultdict[str, list[str]] = defaultdict(list)
    writers: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(_rows(data, "posts_tags"), key=lambda each: str(each.get("sort_order") or 0).zfill(6)):
        labels[_text(row, "post_id")].append(tags.get(_text(row, "tag_id"), ""))
    for row in sorted(_rows(data, "posts_authors"), key=lambda each: str(each.get("sort_order") or 0).zfill(6)):
        writers[_text(row, "post_id")].append(_text(row, "author_id"))
    for row in _rows(data, "posts"):
        key, status, title = _text(row, "id"), _text(row, "status"), _text(row, "title")
        where = f"{name}: {title or _text(row, 'slug') or key}"
        is_page = _text(row, "type") == "page" or row.get("page") in (1, True)

        def say(code: str, message: str, where: str = where) -> None:
            tell(Note("lost", code, where, 0, message))

        body, form = _body(row, say)
        base = url.rstrip("/")
        body = body.replace(_OWN, base).replace(html.escape(_OWN), base)
        body = captions(body) if form == "html" else body
        live = status in ("published", "scheduled")
        if status == "sent":
            say("status", "it was sent by mail only: it is a draft here")
        if live and _text(row, "visibility") not in ("", "public"):
            say("status", "only members could read it, which no file can tell: it is a draft here")
            live = False
        for field in ("codeinjection_head", "codeinjection_foot"):
            if _text(row, field):
                say("script", f"what stood in {field} was left out")
        people = writers.get(key) or [_text(row, "author_id")]
        told = meta.get(key, {})
        date = iso_moment(_text(row, "published_at")) or iso_moment(_text(row, "created_at"))
        updated = iso_moment(_text(row, "updated_at"))
        slug = _text(row, "slug")
        yield Item(
            kind="page" if is_page else "post",
            id=key,
            place=where,
            line=0,
            title=title,
            url=f"{base}/{slug}/" if slug and live else "",
            body=body,
            form=form,
            slug=slug,
            date="" if is_page else date,
            updated="" if is_page or updated[:10] <= date[:10] else updated,
            draft=not live,
            live=live and status == "published",
            pinned=row.get("featured") in (1, True),
            terms=(("tags", tuple(each for each in labels.get(key, ()) if each and not each.startswith("#"))),),
            authors=tuple(_text(users[each], "slug") for each in people if each in users and not is_page),
            summary=_text(row, "custom_excerpt"),
            description=_text(told, "meta_description") or _text(row, "meta_description"),
            image=(_text(row, "feature_image") or _text(row, "image")).replace(_OWN, base),
            front="",
        )


def _body(row: dict[str, Any], say: Any) -> tuple[str, Any]:
    if shown := _text(row, "html"):
        return shown, "html"
    for field, make in (("lexical", html_of_lexical), ("mobiledoc", html_of_mobiledoc)):
        if kept := _text(row, field):
            try:
                return make(json.loads(kept), say), "html"
            except (ValueError, RecursionError, TypeError, KeyError, IndexError, AttributeError):
                say("text", f"its {field} can't be understood, and no HTML is beside it")
    if markdown := _text(row, "markdown"):
        return markdown, "markdown"
    return html.escape(_text(row, "plaintext")).replace("\n\n", "<p>"), "html"
