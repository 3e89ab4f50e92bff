"""The rules of RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 as checks: each returns what is wrong, a line each."""

from __future__ import annotations

import json
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html
from published import ATOM, addresses_in

DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
RSS_CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate",
    "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours",
    "skipDays", "item",
}  # fmt: skip
RSS_ITEM = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source",
}  # fmt: skip


def is_absolute(url: object) -> bool:
    """Whether `url` has a scheme, and a host where its scheme has hosts."""
    if not isinstance(url, str) or any(character in url for character in ' <>"{}|\\^`\n\t'):
        return False
    parts = urlsplit(url)
    return parts.scheme in ("mailto", "tel", "data") or (parts.scheme in ("http", "https") and bool(parts.netloc))


def content_problems(text: str, where: str) -> list[str]:
    """Every address in a feed's HTML must be absolute: readers show it far from its page."""
    if not text.strip():
        return []
    tree = html.fragment_fromstring(text, create_parent="div")
    found = [
        f"{where}: {name} {value!r} is not absolute" for name, value in addresses_in(tree) if not is_absolute(value)
    ]
    return found + ([f"{where}: a placeholder is left"] if "\0" in text else [])


def rss_problems(data: bytes, own: str) -> list[str]:
    """What is wrong with an RSS 2.0 feed that stands at the URL `own`."""
    root = etree.fromstring(data)
    found: list[str] = []
    if (root.tag, root.get("version")) != ("rss", "2.0") or [child.tag for child in root] != ["channel"]:
        return ["not <rss version='2.0'> with one channel"]
    channel = root[0]
    plain = [str(child.tag) for child in channel if not str(child.tag).startswith("{")]
    found += [f"<channel> has the unknown <{tag}>" for tag in set(plain) - RSS_CHANNEL]
    found += [f"<channel> lacks <{tag}>" for tag in ("title", "link", "description") if not channel.findtext(tag)]
    found += [f"<channel> has two <{tag}>" for tag in set(plain) - {"item", "category"} if plain.count(tag) > 1]
    if not is_absolute(channel.findtext("link")):
        found.append("the channel's link is not absolute")
    if not TAG.fullmatch(channel.findtext("language") or ""):
        found.append("the channel's language is no tag")
    found += _self_link(channel, own, "application/rss+xml")
    built = channel.findtext("lastBuildDate")
    if built is not None:
        found += _rfc_822(built, "lastBuildDate")
    guids = []
    for item in channel.iter("item"):
        where = f"item {item.findtext('title')!r}"
        tags = [str(child.tag) for child in item]
        found += [f"{where} has the unknown <{t}>" for t in tags if not t.startswith("{") and t not in RSS_ITEM]
        once = set(tags) - {"category", f"{DC}creator"}
        found += [f"{where} has two <{tag}>" for tag in once if tags.count(tag) > 1]
        if not (item.findtext("title") or item.findtext("description")):
            found.append(f"{where} has neither title nor description")
        if not is_absolute(item.findtext("link")):
            found.append(f"{where}: its link is not absolute")
        guid = item.find("guid")
        if guid is None or not guid.text:
            found.append(f"{where} has no guid")
            continue
        guids.append(guid.text)
        if guid.get("isPermaLink", "true") == "true" and not is_absolute(guid.text):
            found.append(f"{where}: its guid is no URL")
        found += _rfc_822(item.findtext("pubDate") or "", where)
        found += [
            f"{where}: an empty <{child.tag}>" for child in item if not (child.text or child.tag == f"{CONTENT}encoded")
        ]
        found += content_problems(item.findtext(f"{CONTENT}encoded") or "", where)
    if len(set(guids)) != len(guids):
        found.append("a guid stands twice")
    return found


def _self_link(parent: etree._Element, own: str, kind: str) -> list[str]:
    links = [link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(links) != 1:
        return [f"{len(links)} self links"]
    if links[0].get("href") != own or links[0].get("type") != kind:
        return [f"the self link says {links[0].get('href')}, {links[0].get('type')}"]
    return []


def _rfc_822(text: str, where: str) -> list[str]:
    if not RFC_822.fullmatch(text):
        return [f"{where}: {text!r} is no date of RFC 822"]
    try:
        said = parsedate_to_datetime(text)
    except ValueError as error:
        return [f"{where}: {text!r}: {error}"]
    return [] if said.strftime("%a") == text[:3] else [f"{where}: {text!r} names the wrong weekday"]


def _rfc_3339(text: object, where: str) -> list[str]:
    return [] if isinstance(text, str) and RFC_3339.fullmatch(text) else [f"{where}: {text!r} is no date of RFC 3339"]


def atom_problems(data: bytes, own: str) -> list[str]:
    """What is wrong with an Atom feed that stands at the URL `own`."""
    root = etree.fromstring(data)
    if root.tag != f"{ATOM}feed":
        return ["not an Atom feed"]
    found = _atom_person(root, "feed", bool(root.findall(f"{ATOM}entry")))
    if not TAG.fullmatch(root.get(LANG, "")):
        found.append("the feed has no language")
    found += _self_link(root, own, "application/atom+xml")
    ids = [root.findtext(f"{ATOM}id")]
    found += _atom_parts(root, "feed")
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        where = f"entry {entry.findtext(f'{ATOM}title')!r}"
        found += _atom_parts(entry, where)
        if not entry.findall(f"{ATOM}author") and not root.findall(f"{ATOM}author"):
            found.append(f"{where} has no author")
        found += _atom_person(entry, where, False)
        ids.append(entry.findtext(f"{ATOM}id"))
        published = entry.findall(f"{ATOM}published")
        if len(published) != 1:
            found.append(f"{where} has {len(published)} published")
        found += [problem for each in published for problem in _rfc_3339(each.text, where)]
        content = entry.findall(f"{ATOM}content")
        if len(content) > 1 or len(entry.findall(f"{ATOM}summary")) > 1:
            found.append(f"{where} has two contents or summaries")
        for each in content:
            if each.get("type") != "html" or len(each):
                found.append(f"{where}: its content is not escaped HTML")
            found += content_problems(each.text or "", where)
        found += [
            f"{where}: a category without term" for each in entry.findall(f"{ATOM}category") if not each.get("term")
        ]
    if len(set(ids)) != len(ids):
        found.append("an id stands twice")
    updated = [root.findtext(f"{ATOM}updated"), *(entry.findtext(f"{ATOM}updated") for entry in entries)]
    found += [problem for text in updated for problem in _rfc_3339(text, "updated")]
    return found


def _atom_parts(element: etree._Element, where: str) -> list[str]:
    """The elements that RFC 4287 wants exactly once, and the links."""
    found = []
    for tag in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{tag}")) != 1:
            found.append(f"{where} has {len(element.findall(f'{ATOM}{tag}'))} <{tag}>")
    if not is_absolute(element.findtext(f"{ATOM}id")):
        found.append(f"{where}: its id is no URL")
    kinds = [
        (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
    ]
    if len(set(kinds)) != len(kinds):
        found.append(f"{where} has two links of one kind")
    if "alternate" not in [rel for rel, _, _ in kinds]:
        found.append(f"{where} has no link to its page")
    found += [
        f"{where}: a link is not absolute"
        for link in element.findall(f"{ATOM}link")
        if not is_absolute(link.get("href"))
    ]
    return found


def _atom_person(element: etree._Element, where: str, needed: bool) -> list[str]:
    authors = element.findall(f"{ATOM}author")
    found = [
        f"{where}: an author without a name" for author in authors if not (author.findtext(f"{ATOM}name") or "").strip()
    ]
    return found + ([f"{where} has no author"] if needed and not authors else [])


def json_problems(data: bytes, own: str) -> list[str]:
    """What is wrong with a JSON feed that stands at the URL `own`."""
    feed: dict[str, Any] = json.loads(data.decode("utf-8"))
    found = []
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append("no version")
    if not isinstance(feed.get("title"), str) or not feed["title"]:
        found.append("no title")
    if feed.get("feed_url") != own:
        found.append(f"feed_url is {feed.get('feed_url')!r}")
    if not is_absolute(feed.get("home_page_url")):
        found.append("home_page_url is not absolute")
    if not TAG.fullmatch(feed.get("language", "")):
        found.append("no language")
    if not isinstance(feed.get("items"), list):
        return [*found, "no items"]
    found += _json_authors(feed, "feed")
    ids = []
    for item in feed["items"]:
        where = f"item {item.get('title')!r}"
        ids.append(item.get("id"))
        if not isinstance(item.get("id"), str) or not item["id"]:
            found.append(f"{where}: no id")
        if not is_absolute(item.get("url")):
            found.append(f"{where}: its url is not absolute")
        if not isinstance(item.get("content_html"), str) and not isinstance(item.get("content_text"), str):
            found.append(f"{where}: no content")
        found += _rfc_3339(item.get("date_published"), where)
        if "date_modified" in item:
            found += _rfc_3339(item["date_modified"], where)
        if "image" in item and not is_absolute(item["image"]):
            found.append(f"{where}: its image is not absolute")
        tags = item.get("tags", ["one"])
        if not tags or not all(isinstance(tag, str) and tag for tag in tags):
            found.append(f"{where}: tags {tags!r}")
        found += _json_authors(item, where)
        found += [f"{where}: an empty {key}" for key, value in item.items() if value == "" and key != "content_html"]
        found += content_problems(item.get("content_html", ""), where)
    if len(set(ids)) != len(ids):
        found.append("an id stands twice")
    return found


def _json_authors(holder: dict[str, Any], where: str) -> list[str]:
    authors = holder.get("authors", [{"name": "somebody"}])
    good = authors and all(isinstance(a, dict) and (a.get("name") or a.get("url") or a.get("avatar")) for a in authors)
    return [] if good else [f"{where}: authors {authors!r}"]


RULES = {"feed.xml": rss_problems, "atom.xml": atom_problems, "feed.json": json_problems}
"""The check of each feed, by its file's name."""
