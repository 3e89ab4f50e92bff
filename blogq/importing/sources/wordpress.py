"""WordPress: the file of Tools → Export (WXR). It is read twice, as a stream: first what is where, then the texts.

What plugins have left in it as serialised PHP is never decoded.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from blogq.corpora.document import Place
from blogq.corpora.prose import plain
from blogq.corpora.xml_stream import Root, XmlStream, child_texts, name_of
from blogq.importing.carried import (
    About,
    Address,
    Comment,
    Export,
    Item,
    Level,
    Note,
    Person,
    Tell,
    TermPage,
    Unreadable,
)
from blogq.importing.moments import in_utc, local_moment, offset_zone
from blogq.importing.uploads import beside
from blogq.importing.wordpress_text import Picture, html_of

PART = 1 << 20
"""Bytes read at a time."""
_TEXTS = ("post", "page")
_SHOWN = ("publish", "future")
_MADE = frozenset(
    "nav_menu_item wp_navigation wp_global_styles wp_template wp_template_part customize_changeset custom_css"
    " oembed_cache revision wp_block wp_font_family wp_font_face".split()
)
"""Types of what WordPress itself keeps as items, and shows nobody at an address."""


class _Row(NamedTuple):
    """What the first reading keeps of an item."""

    type: str
    status: str
    link: str
    parent: str
    upload: str
    title: str
    caption: str


@dataclass(slots=True)
class _Contents:
    """What the first reading finds."""

    shown: str
    title: str = ""
    description: str = ""
    url: str = ""
    language: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)
    """Numbers of those who write on the blog."""
    emails: set[str] = field(default_factory=set)
    """Their addresses, in lower case: to know their comments by, and for nothing else."""
    rows: dict[str, _Row] = field(default_factory=dict)
    pictures: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)
    terms: dict[tuple[str, str], str] = field(default_factory=dict)
    """Address of the page of each label that a live text has, by taxonomy and label."""
    offsets: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


def read(source: Path) -> Export:
    """Open an export; nothing but what it says of the blog, and what is where, is kept in memory."""
    contents = _contents(source)
    folder = source.parent
    about = About(
        title=contents.title,
        description=contents.description,
        url=contents.url,
        language=contents.language,
        timezone=offset_zone(contents.offsets),
        people=tuple(contents.people.values()),
        labels={"categories": "category", "tags": "tag", "authors": "author"},
    )
    hosts = frozenset(
        re.findall(
            r"^https?://([^/:?#]+)", "\n".join(row.upload for row in contents.rows.values() if row.upload), re.M
        )[:50]
    )
    return Export(
        about=about,
        items=lambda tell: _items(source, contents, tell),
        addresses=list(_addresses(contents)),
        uploads=beside(folder, ("", "wp-content", "public_html/wp-content", "uploads")),
        hosts=hosts,
        urls=lambda: (row.link for row in contents.rows.values() if row.type in _TEXTS and row.status == "publish"),
        resolve=lambda address: _meant(address, contents),
        lists=lambda: [TermPage(url, *key) for key, url in contents.terms.items()],
    )


def _meant(address: str, contents: _Contents) -> str:
    """Return the address of the item that one such as `/?p=12` names."""
    found = re.search(r"[?&](?:p|page_id|attachment_id)=(\d{1,18})(?:&|#|\Z)", address)
    row = contents.rows.get(found[1]) if found else None
    return row.link if row is not None and row.link and row.link != address else address


def _stream(source: Path, tags: tuple[str, ...], take: Callable[[Any], bool]) -> XmlStream:
    """Read `source`, handing elements to `take`; return the stream, ended."""

    def begin(root: Root) -> bool:
        return root.name in ("rss", "rdf") and "wp" in root.attributes

    stream = XmlStream(tags, take, Place("", source.name), begin)
    try:
        with source.open("rb") as file:
            while data := file.read(PART):
                stream.feed(data)
    except OSError as error:
        raise Unreadable(f"{source} can't be read: {error.strerror}") from error
    stream.close()
    if stream.root is None:
        raise Unreadable(
            f"{source.name} is no export of WordPress: no <rss> with WordPress's names (xmlns:wp) begins in it"
        )
    return stream


def _contents(source: Path) -> _Contents:
    found = _Contents(source.name)

    def take(element: Any) -> bool:
        name = name_of(element)
        if name == "item":
            _row(element, found)
            return True
        above = element.getparent()
        if above is None or name_of(above).lower() != "channel":
            return False
        text = " ".join((element.text or "").split())
        if name == "author":
            told = {key: " ".join(text.split()) for key, text, _ in child_texts(element)}
            key = told.get("author_login", "")
            if key:
                shown = told.get("author_display_name", "")
                full = [told.get(f"author_{one}_name", "") for one in ("first", "last")]
                if shown in ("", key) and any(full):
                    # Whoever never chose a name to be shown is shown by that to log in with.
                    shown = " ".join(filter(None, full))
                found.people[key] = Person(key, html.unescape(shown) or key)
                found.owners.add(told.get("author_id", ""))
                found.emails.add(told.get("author_email", "").lower())
        elif name == "base_blog_url":
            found.url = text or found.url
        elif name == "link":
            found.url = found.url or text
        elif name in ("title", "description", "language"):
            setattr(found, name, getattr(found, name) or text[:500])
        return False

    names = ("item", "author", "base_blog_url", "link", "title", "description", "language")
    stream = _stream(source, tuple(each for name in names for each in (f"{{*}}{name}", name)), take)
    for each in stream.findings:
        level: Level = "lost" if each.code in ("CO103", "CO104") else "told"
        found.notes.append(
            Note(level, "xml", source.name, each.span.line, each.message.replace("texts could", "items could"))
        )
    found.owners -= {"", "0"}
    found.emails.discard("")
    return found


def _row(element: Any, found: _Contents) -> None:
    told: dict[str, str] = {}
    caption = ""
    for name, text, child in child_texts(element):
        if name == "encoded":
            caption = text[:2000] if "excerpt" in child.tag else caption
        elif name not in ("postmeta", "comment"):
            told.setdefault(name, text.strip()[:4000])
    kind = told.get("post_type", "post")
    key = told.get("post_id", "")
    if told.get("post_date_gmt"):
        moment = local_moment(told.get("post_date", ""), told["post_date_gmt"])
        if moment:
            found.offsets[moment[-6:]] += 1
    if kind in _MADE or not key:
        return
    upload = told.get("attachment_url") or (told.get("guid", "") if kind == "attachment" else "")
    row = _Row(
        kind,
        told.get("status", "publish"),
        told.get("link", ""),
        told.get("post_parent", "0"),
        upload,
        plain(told.get("title", "")),
        plain(caption),
    )
    if found.rows.setdefault(key, row) is row and kind == "attachment":
        found.pictures[row.parent].append(key)


def _addresses(contents: _Contents) -> Iterator[Address]:
    """Yield the pages of attachments: the post that one hangs on takes its readers."""
    for row in contents.rows.values():
        if row.type == "attachment" and row.link:
            above = contents.rows.get(row.parent)
            to = above.link if above is not None and above.type in _TEXTS and above.status == "publish" else ""
            yield Address(row.link, "the page of an attachment", to)


def _items(source: Path, contents: _Contents, tell: Tell) -> Iterator[Item]:
    for note in contents.notes:
        tell(note)
    waiting: list[Item] = []
    left_out: defaultdict[str, int] = defaultdict(int)

    def take(element: Any) -> bool:
        item = _item(element, contents, tell, left_out)
        if item is not None:
            waiting.append(item)
        return True

    def begin(root: Root) -> bool:
        return True

    stream = XmlStream(("{*}item", "item"), take, Place("", source.name), begin)
    with source.open("rb") as file:
        while data := file.read(PART):
            stream.feed(data)
            yield from waiting
            waiting.clear()
    stream.close()
    yield from waiting
    for kind, count in sorted(left_out.items()):
        level: Level = "told" if kind in _MADE or kind == "attachment" else "lost"
        tell(
            Note(
                level,
                "type",
                contents.shown,
                0,
                f"{count:,} of the type `{kind}` {'is' if count == 1 else 'are'} no post or page: left out",
            )
        )


def _item(element: Any, contents: _Contents, tell: Tell, left_out: dict[str, int]) -> Item | None:
    told: dict[str, str] = {}
    body = excerpt = ""
    categories: list[str] = []
    tags: list[str] = []
    meta: dict[str, str] = {}
    comments: list[Comment] = []
    line = element.sourceline or 0
    nicenames: list[tuple[str, str, str]] = []
    for name, text, child in child_texts(element):
        if name == "encoded":
            if "excerpt" in child.tag:
                excerpt = excerpt or text
            elif "html" not in child.tag:
                body = body or text
        elif name == "category":
            domain = child.get("domain") or "category"
            if text.strip() and domain in ("category", "post_tag", "tag"):
                label = plain(text)
                (categories if domain == "category" else tags).append(label)
                nicenames.append((domain, label, child.get("nicename") or ""))
        elif name == "postmeta":
            pair = {key: value for key, value, _ in child_texts(child)}
            if pair.get("meta_key", "") in (
                "_thumbnail_id",
                "_yoast_wpseo_metadesc",
                "_aioseop_description",
                "rank_math_description",
            ):
                meta[pair["meta_key"]] = pair.get("meta_value", "").strip()
        elif name == "comment":
            said = _comment(child, contents)
            if said is not None:
                comments.append(said)
        else:
            told.setdefault(name, text.strip())
    kind, status = told.get("post_type", "post"), told.get("status", "publish")
    title = plain(told.get("title", ""))
    if kind not in _TEXTS:
        left_out[kind] = left_out.get(kind, 0) + 1
        return None
    if status in ("trash", "auto-draft", "inherit"):
        tell(
            Note(
                "told",
                "status",
                title or told.get("link", ""),
                line,
                f"it is {'in the bin' if status == 'trash' else 'no text yet'}: left out",
            )
        )
        return None
    where = f"{contents.shown}: {title or told.get('post_name', '') or told.get('post_id', '')}"

    def say(code: str, message: str) -> None:
        tell(Note("changed" if code in ("embed", "pages") else "lost", code, where, line, message))

    key = told.get("post_id", "")
    made = html_of(body, lambda ids: _pictures(ids, key, contents), say)
    live = status in _SHOWN
    if told.get("post_password"):
        say("status", "it was protected by a password, which no file can be: it is a draft here")
        live = False
    elif status == "private":
        say("status", "only its author could see it: it is a draft here")
        live = False
    if live and status == "publish":
        for domain, label, nicename in nicenames:
            taxonomy, folder = ("categories", "category") if domain == "category" else ("tags", "tag")
            if nicename:
                contents.terms.setdefault((taxonomy, label), f"{contents.url.rstrip('/')}/{folder}/{nicename}/")
    link = told.get("link", "")
    picture = contents.rows.get(meta.get("_thumbnail_id", ""))
    creator = told.get("creator", "")
    description = next((meta[name] for name in meta if name != "_thumbnail_id" and "%%" not in meta[name]), "")
    aliases = tuple(f"{link.rstrip('/')}/{page}/" for page in range(2, made.pages + 1)) if link and live else ()
    date = local_moment(told.get("post_date", ""), told.get("post_date_gmt", ""))
    updated = local_moment(told.get("post_modified", ""), told.get("post_modified_gmt", ""))
    return Item(
        kind="page" if kind == "page" else "post",
        id=key,
        place=where,
        line=line,
        title=title,
        url=link,
        body=made.html,
        form="html",
        slug=told.get("post_name", ""),
        date=date if kind == "post" else "",
        updated=updated if kind == "post" and updated[:10] != date[:10] else "",
        draft=not live,
        live=status == "publish" and live,
        pinned=told.get("is_sticky") == "1",
        terms=(("categories", _once(each for each in categories if each != "Uncategorized")), ("tags", _once(tags))),
        authors=(contents.people[creator].key if creator in contents.people else creator,)
        if creator and kind == "post"
        else (),
        summary=plain(excerpt),
        description=plain(description),
        image=picture.upload if picture is not None else "",
        comments=tuple(comments),
        aliases=aliases,
    )


def _once(labels: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in labels if each))


def _pictures(ids: Sequence[str], key: str, contents: _Contents) -> list[Picture]:
    rows = [contents.rows.get(each) for each in ids or contents.pictures.get(key, ())]
    ending = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:\?.*)?\Z", re.I)
    return [
        Picture(row.upload, row.title, row.caption) for row in rows if row is not None and ending.search(row.upload)
    ]


def _comment(element: Any, contents: _Contents) -> Comment | None:
    told = {name: text for name, text, _ in child_texts(element) if name != "commentmeta"}
    approved, text = told.get("comment_approved", "").strip(), told.get("comment_content", "").strip()
    if approved in ("spam", "trash", "post-trashed") or not text:
        return None
    parent = told.get("comment_parent", "").strip()
    kind = told.get("comment_type", "").strip().lower()
    return Comment(
        id=told.get("comment_id", "").strip(),
        parent="" if parent == "0" else parent,
        name=" ".join(html.unescape(told.get("comment_author", "")).split()),
        url=told.get("comment_author_url", "").strip(),
        date=in_utc(told.get("comment_date_gmt", "")) or in_utc(told.get("comment_date", "")),
        text=text,
        form="html",
        approved=approved in ("1", "approved"),
        kind="pingback" if kind in ("pingback", "trackback") else "comment",
        is_owner=told.get("comment_user_id", "").strip() in contents.owners
        or told.get("comment_author_email", "").strip().lower() in contents.emails,
    )
