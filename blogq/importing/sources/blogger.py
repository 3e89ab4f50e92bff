"""Blogger: the Atom file of its backup, the older one of Settings → Back up as well as that of Google Takeout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from blogq.corpora.document import Place
from blogq.corpora.prose import plain
from blogq.corpora.xml_stream import Root, XmlStream, child_texts, name_of
from blogq.importing.carried import About, Carry, Comment, Export, Item, Note, Person, Tell, Unreadable
from blogq.importing.folders import paths_in
from blogq.importing.moments import iso_moment
from blogq.importing.uploads import beside, is_inside, parts_of

PART = 1 << 20
_KIND = "http://schemas.google.com/blogger/2008/kind#"
_ANSWERED = re.compile(r"/comments/default/(\d+)(?:[?#]|\Z)")
"""The comment that another answers, in the address that the backup has of it."""
_SHOWN_FROM = ("blogger.googleusercontent.com", *(f"{number}.bp.blogspot.com" for number in range(1, 5)))
"""Hosts that Blogger shows pictures from."""
_LONGEST = 20_000
"""Characters of a comment."""


def _stream(source: Path, tags: tuple[str, ...], take: Callable[[Any], bool]) -> XmlStream:
    def begin(root: Root) -> bool:
        return root.name == "feed"

    stream = XmlStream(tags, take, Place("", source.name), begin)
    try:
        with source.open("rb") as file:
            while data := file.read(PART):
                stream.feed(data)
    except OSError as error:
        raise Unreadable(f"{source} can't be read: {error.strerror}") from error
    stream.close()
    if stream.root is None:
        raise Unreadable(f"{source.name} is no backup of Blogger: no Atom feed begins in it")
    return stream


def read(source: Path) -> Export:
    """Open a backup; comments are kept in memory, for they stand anywhere in it."""
    source = _feed(source)
    comments: defaultdict[str, list[Comment]] = defaultdict(list)
    told: dict[str, str] = {}
    people: dict[str, Person] = {}
    owners: set[str] = set()
    kinds: defaultdict[str, int] = defaultdict(int)

    def take(element: Any) -> bool:
        name = name_of(element)
        above = element.getparent()
        if name == "entry":
            entry = _entry(element)
            kinds[entry["kind"]] += 1
            if entry["kind"] == "comment" and entry["parent"] and not _is_gone(entry):
                comments[entry["parent"]].append(_comment(entry))
            elif entry["kind"] in ("post", "page"):
                if entry["author"]:
                    people.setdefault(entry["author"], Person(entry["author"], entry["author"]))
                if entry["uri"]:
                    owners.add(entry["uri"])
                found = re.match(r"https?://[^/]+/", entry["link"])
                told.setdefault("url", found[0] if found else "") if found else None
            return True
        if above is not None and name_of(above) == "feed":
            if name == "link" and element.get("rel") == "alternate" and (element.get("href") or "").startswith("http"):
                told["home"] = element.get("href")
            elif name in ("title", "subtitle"):
                told.setdefault(name, " ".join((element.text or "").split())[:500])
        return False

    names = ("entry", "title", "subtitle", "link")
    stream = _stream(source, tuple(each for name in names for each in (f"{{*}}{name}", name)), take)
    for key, some in comments.items():
        # A profile is who somebody is there; a name is what somebody typed.
        comments[key] = [each._replace(is_owner=each.url in owners) for each in some]
    if not any(kinds[name] for name in ("post", "page")):
        raise Unreadable(f"{source.name} is no backup of Blogger: there are no posts in it")
    notes = [
        Note("lost" if each.code in ("CO103", "CO104") else "told", "xml", source.name, each.span.line, each.message)
        for each in stream.findings
    ]
    about = About(
        title=plain(told.get("title", "")),
        description=plain(told.get("subtitle", "")),
        url=told.get("home") or told.get("url", ""),
        people=tuple(people.values()),
        permalinks="/:year/:month/:slug/",
    )
    return Export(
        about=about,
        items=lambda tell: _items(source, comments, notes, tell),
        uploads=_uploads(source),
        hosts=frozenset(_SHOWN_FROM),
    )


def _feed(source: Path) -> Path:
    """Return the backup that is meant: of a folder as Takeout makes it, the one `feed.atom` below it."""
    if not source.is_dir():
        return source
    found = [path for path in paths_in(source) if path.rpartition("/")[2] == "feed.atom"]
    if len(found) != 1:
        named = ": name one of " + ", ".join(found[:5]) if found else " below it"
        raise Unreadable(f"{source} is no backup of one blog: {len(found)} files feed.atom are{named}")
    return source / found[0]


def _uploads(source: Path) -> Callable[[str], Carry | None]:
    """Return what finds pictures: beside the backup, or by name alone in the album that Takeout has for the blog."""
    near = beside(source.parent, ("", "Albums"))
    root = source.parent.parent.parent
    album = root / "Albums" / source.parent.name
    if source.parent.parent.name != "Blogs" or not album.is_dir():
        return near

    def find(path: str) -> Carry | None:
        parts = parts_of(path)
        if (found := near(path)) is not None or parts is None:
            return found
        picture = album / parts[-1]
        return Carry(f"static/images/{parts[-1]}", picture, album) if is_inside(picture, album) else None

    return find


def _entry(element: Any) -> dict[str, Any]:
    """Return what an entry says, in one form for both kinds of backup."""
    found: dict[str, Any] = dict.fromkeys(
        (
            "kind",
            "parent",
            "answers",
            "author",
            "status",
            "trashed",
            "description",
            "link",
            "title",
            "content",
            "form",
            "draft",
            "uri",
        ),
        "",
    )
    labels: list[str] = []
    for name, text, child in child_texts(element):
        if name == "category":
            term, scheme = child.get("term") or "", child.get("scheme") or ""
            if term.startswith(_KIND):
                found["kind"] = term[len(_KIND) :]
            elif term and (scheme.endswith("/atom/ns#") or scheme.startswith("tag:blogger.com")):
                labels.append(term)
        elif name == "link":
            if child.get("rel") == "alternate" and not found["link"]:
                found["link"] = child.get("href") or ""
            elif child.get("rel") == "related" and (answers := _ANSWERED.search(child.get("href") or "")):
                found["answers"] = answers[1]
        elif name == "author":
            pair = {key: " ".join(value.split()) for key, value, _ in child_texts(child)}
            found["author"], found["uri"] = pair.get("name", ""), pair.get("uri", "")
        elif name == "in-reply-to":
            found["parent"] = child.get("ref") or ""
        elif name == "control":
            found["draft"] = (
                any(key == "draft" and value.strip() == "yes" for key, value, _ in child_texts(child)) or ""
            )
        elif name == "content":
            found["content"], found["form"] = text, child.get("type") or "html"
        elif name == "type" and not child.get("type"):
            found["kind"] = text.strip().lower()
        elif name == "status":
            found["status"] = text.strip().upper()
            found["draft"] = found["status"] in ("DRAFT", "SOFT_TRASHED", "SCHEDULED") or ""
        elif name == "filename":
            found["link"] = found["link"] or text.strip()
        elif name == "parent":
            found["parent"] = text.strip()
        elif name == "inReplyTo":
            found["answers"] = re.sub(r".*[.-](?=\w+\Z)", "", text.strip())
        elif name == "trashed":
            found["trashed"] = text.strip()
        elif name == "metaDescription":
            found["description"] = " ".join(text.split())
        elif name in ("id", "title", "published", "updated"):
            found[name] = text.strip()
    found["labels"] = tuple(dict.fromkeys(labels))
    found["line"] = element.sourceline or 0
    return found


def _is_gone(entry: dict[str, Any]) -> bool:
    """Return whether an entry was thrown away, or is spam."""
    return bool(entry["trashed"]) or "TRASH" in entry["status"] or "SPAM" in entry["status"]


def _comment(entry: dict[str, Any]) -> Comment:
    # The time counts in UTC there.
    date = iso_moment(entry.get("published", ""))
    key = re.sub(r".*[.-](?=\w+\Z)", "", entry.get("id", ""))
    return Comment(
        key,
        entry["answers"],
        entry["author"],
        entry["uri"],
        date.replace(" ", "T"),
        entry["content"][:_LONGEST],
        "html",
        entry["status"] in ("", "LIVE"),
        "comment",
    )


def _items(source: Path, comments: dict[str, list[Comment]], notes: list[Note], tell: Tell) -> Iterator[Item]:
    for note in notes:
        tell(note)
    waiting: list[Item] = []
    others: defaultdict[str, int] = defaultdict(int)

    def take(element: Any) -> bool:
        entry = _entry(element)
        if entry["kind"] not in ("post", "page"):
            others[entry["kind"] or "unknown"] += entry["kind"] != "comment"
            return True
        title = plain(entry.get("title", ""))
        if _is_gone(entry):
            tell(Note("told", "status", title or entry.get("id", ""), entry["line"], "it is in the bin: left out"))
            return True
        where = f"{source.name}: {title or entry['link'] or entry.get('id', '')}"
        date, updated = iso_moment(entry.get("published", "")), iso_moment(entry.get("updated", ""))
        live = not entry["draft"]
        waiting.append(
            Item(
                kind="page" if entry["kind"] == "page" else "post",
                id=entry.get("id", ""),
                place=where,
                line=entry["line"],
                title=title,
                url=entry["link"] if live else "",
                body=entry["content"],
                form="html",
                date=date if entry["kind"] == "post" else "",
                updated=updated if entry["kind"] == "post" and updated[:10] > date[:10] else "",
                draft=not live,
                live=live,
                terms=(("tags", entry["labels"]),),
                authors=(entry["author"],) if entry["author"] and entry["kind"] == "post" else (),
                description=plain(entry["description"]),
                comments=tuple(comments.get(entry.get("id", ""), ())),
            )
        )
        return True

    stream = XmlStream(("{*}entry", "entry"), take, Place("", source.name), lambda root: True)
    with source.open("rb") as file:
        while data := file.read(PART):
            stream.feed(data)
            yield from waiting
            waiting.clear()
    stream.close()
    yield from waiting
    for kind, count in sorted(others.items()):
        if count:
            tell(
                Note("told", "type", source.name, 0, f"{count:,} of the kind `{kind}` are no posts or pages: left out")
            )
