"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, with whole posts and absolute URLs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from blogq import __version__
from blogq.content.post import MISSING, Entry
from blogq.library.site import moment
from blogq.pattern import Pattern
from blogq.plan.jobs import FeedSpec, RenderJob
from blogq.plan.pages import Pages

_NOT_XML = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    """Return `text` as XML character data: markup escaped, what XML 1.0 can't hold left out."""
    return escape(_NOT_XML.sub("", text))


def xml_attribute(text: str) -> str:
    """Return `text` as a quoted XML attribute value."""
    return quoteattr(_NOT_XML.sub("", text))


def render_feed(pages: Pages, job: RenderJob, items: Sequence[Item], texts: Sequence[str]) -> bytes:
    """Return the feed that `job` makes of `items`; `texts` are theirs with what their shortcodes make."""
    for item, html in zip(items, texts, strict=True):
        item.html = html
    spec = pages.plan.feeds[job.subject]
    makers = {"rss": _rss, "atom": _atom, "json": _json}
    return makers[spec.format](pages, job, spec, items).encode("utf-8")


class Item:
    """One post of a feed."""

    def __init__(self, pages: Pages, index: int, full: bool) -> None:
        entry: Entry = pages.site.entries[index]
        cold = pages.read(index)
        self.card = pages.card(index)
        self.title = entry.title
        self.url = pages.absolute(pages.site.urls[index])
        self.date = moment(entry.date, entry.offset)
        self.updated = moment(max(entry.updated, entry.date), entry.offset)
        self.text = cold.card["description"]
        html = cold.body if full else cold.card["summary"]
        self.html: str = pages.text(index, html, self.url, pages.plan.origin)
        self.terms = [term.title for term in self.card.terms]
        self.language = self.card.language
        self.people = pages.people(index, cold.card["authors"])


def feed_items(pages: Pages, job: RenderJob) -> list[Item]:
    """Return the posts of the feed that `job` makes."""
    full = pages.site.config.feeds.content == "full"
    return [Item(pages, index, full) for index in pages.plan.feeds[job.subject].posts]


def _newest(pages: Pages, spec: FeedSpec) -> int:
    entries = [pages.site.entries[index] for index in spec.posts]
    return max((max(entry.date, entry.updated) for entry in entries), default=MISSING)


def _rss(pages: Pages, job: RenderJob, spec: FeedSpec, items: Sequence[Item]) -> str:
    site = pages.sites[job.edition]
    newest = _newest(pages, spec)
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{xml_text(spec.title)}</title>\n<link>{xml_text(pages.absolute(spec.home))}</link>\n"
        f"<description>{xml_text(site.description or spec.title)}</description>\n"
        f"<language>{xml_text(site.language)}</language>\n<generator>blogq {__version__}</generator>\n"
        f'<atom:link href={xml_attribute(pages.absolute(job.url))} rel="self" type="application/rss+xml"/>\n'
    ]
    if newest != MISSING:
        out.append(f"<lastBuildDate>{format_datetime(moment(newest, 0))}</lastBuildDate>\n")
    for item in items:
        out.append(
            f"<item>\n<title>{xml_text(item.title)}</title>\n<link>{xml_text(item.url)}</link>\n"
            f'<guid isPermaLink="true">{xml_text(item.url)}</guid>\n<pubDate>{format_datetime(item.date)}</pubDate>\n'
        )
        out += [f"<dc:creator>{xml_text(author.title)}</dc:creator>\n" for author in item.card.authors]
        out += [f"<category>{xml_text(term)}</category>\n" for term in item.terms]
        if item.text:
            out.append(f"<description>{xml_text(item.text)}</description>\n")
        out.append(f"<content:encoded>{xml_text(item.html)}</content:encoded>\n</item>\n")
    out.append("</channel>\n</rss>\n")
    return "".join(out)


def _iso(when: Any) -> str:
    return str(when.isoformat(timespec="seconds"))


def _atom(pages: Pages, job: RenderJob, spec: FeedSpec, items: Sequence[Item]) -> str:
    site = pages.sites[job.edition]
    newest = _newest(pages, spec)
    home, own = pages.absolute(spec.home), pages.absolute(job.url)
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={xml_attribute(site.language)}>\n'
        f"<id>{xml_text(own)}</id>\n<title>{xml_text(spec.title)}</title>\n"
        f"<updated>{_iso(moment(newest if newest != MISSING else 0, 0))}</updated>\n"
        f"<link href={xml_attribute(home)}/>\n"
        f'<link rel="self" type="application/atom+xml" href={xml_attribute(own)}/>\n'
        f'<generator uri="https://pypi.org/project/blogq/" version="{__version__}">blogq</generator>\n'
    ]
    if site.description:
        out.append(f"<subtitle>{xml_text(site.description)}</subtitle>\n")
    out.append(f"<author><name>{xml_text(site.author or site.title)}</name></author>\n")
    for item in items:
        out.append(
            f"<entry xml:lang={xml_attribute(item.language)}>\n<id>{xml_text(item.url)}</id>\n"
            f"<title>{xml_text(item.title)}</title>\n"
            f"<link href={xml_attribute(item.url)}/>\n<published>{_iso(item.date)}</published>\n"
            f"<updated>{_iso(item.updated)}</updated>\n"
        )
        for person in item.people:
            email = f"<email>{xml_text(person.email)}</email>" if person.email else ""
            uri = f"<uri>{xml_text(person.url)}</uri>" if person.url else ""
            out.append(f"<author><name>{xml_text(person.name)}</name>{uri}{email}</author>\n")
        out += [f"<category term={xml_attribute(term)}/>\n" for term in item.terms]
        if item.text:
            out.append(f"<summary>{xml_text(item.text)}</summary>\n")
        out.append(f'<content type="html">{xml_text(item.html)}</content>\n</entry>\n')
    out.append("</feed>\n")
    return "".join(out)


def _json(pages: Pages, job: RenderJob, spec: FeedSpec, items: Sequence[Item]) -> str:
    site = pages.sites[job.edition]
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": spec.title,
        "home_page_url": pages.absolute(spec.home),
        "feed_url": pages.absolute(job.url),
        "language": site.language,
    }
    if site.description:
        feed["description"] = site.description
    if site.author:
        feed["authors"] = [{"name": site.author}]
    feed["items"] = []
    for item in items:
        made: dict[str, Any] = {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "date_published": _iso(item.date),
            "language": item.language,
        }
        if item.text:
            made["summary"] = item.text
        if item.updated != item.date:
            made["date_modified"] = _iso(item.updated)
        if item.people:
            made["authors"] = [
                {"name": person.name, **({"url": person.url} if person.url else {})} for person in item.people
            ]
        if item.terms:
            made["tags"] = item.terms
        if item.card.image:
            made["image"] = item.card.image
        feed["items"].append(made)
    text = json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")
