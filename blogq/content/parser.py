"""Parse one source into a post: front matter, Markdown, and what its name says.

A pure function of the source's bytes, its path and the parse options; so its result is remembered (store/memo.py).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, tzinfo
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote

from blogq.content.markdown.extensions import NOTHING, Extensions
from blogq.content.name import in_drafts, is_markdown, read_name
from blogq.content.post import (
    DRAFT,
    GROUP,
    HAS_IMAGE,
    HAS_TITLE,
    MISSING,
    NO_VECTOR,
    PINNED,
    UNIT,
    UNLISTED,
    Dates,
    Entry,
    ParseOptions,
    Post,
    broken,
)
from blogq.finding import Finding, Span, to_json
from blogq.pattern import Pattern
from blogq.store.digest import digest

if TYPE_CHECKING:
    from blogq.content.cascade import Rule
    from blogq.content.dates import Moment
    from blogq.content.fields import FrontMatter
    from blogq.yaml_document import Node

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
CJK_PER_MINUTE = 500
"""Characters of Chinese, Japanese or Korean a minute, as commonly assumed by publishers."""
DAY = 86_400
"""Seconds after its date from which a post that was changed says so: mending slips on the day itself is no news."""
DESCRIPTION = 160
"""Characters of a description made from the text."""

_CJK = Pattern("[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_CONTROL = Pattern("[\x00-\x1f\x7f]")
_DAY = Pattern(r"\d{4}-\d{1,2}-\d{1,2}")
_MODULE = Pattern(r"\s*(?:import|export)\s")
_SEPARATORS = str.maketrans("\0\x1e\x1f", "\x01\x01\x01")
_URL_DATE = Pattern(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})/")


def zone_of(name: str) -> tzinfo:
    """Return the time zone called `name`, which the config has already checked."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip() if _CONTROL.search(text) else text.strip()


def _prettified(stem: str) -> str:
    if _DAY.fullmatch(stem):
        return stem
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _shortened(text: str) -> str:
    text = " ".join(text[: DESCRIPTION * 3].split())
    if len(text) <= DESCRIPTION:
        return text
    cut = text[:DESCRIPTION].rpartition(" ")[0] or text[: DESCRIPTION - 1]
    return cut.rstrip(" ,;:–—-") + "…"


def extensions(plugins: tuple[str, ...]) -> Extensions:
    """Return what the packages `plugins` add to Markdown."""
    if not plugins:
        return NOTHING
    from blogq.plugins import blocks, inlines

    return Extensions(blocks(plugins), tuple(inlines(plugins)))


class Parser:
    """Parses sources under one set of options; one for each process."""

    def __init__(self, options: ParseOptions) -> None:
        from blogq.content.markdown.reader import Reader

        self.options = options
        self.reader = Reader(options.markdown, extensions(options.plugins))
        self.zone = zone_of(options.timezone)
        self.taxonomies = options.taxonomies
        if "authors" not in self.taxonomies:
            self.taxonomies += ("authors",)

    def parse(
        self, path: str, shown: str, data: bytes, defaults: tuple[Rule, ...] = (), dates: Dates | None = None
    ) -> Post:
        """Return the post in `data`.

        `path` is relative to the content folder, `shown` the same file's path relative to the site, for findings.
        `defaults` are what it says where its front matter says nothing, `dates` when it was committed.
        A source with an error in it comes back broken, with all its findings.
        """
        from blogq.content.dates import Moment, parse_moment
        from blogq.content.fragments import lead, pointed
        from blogq.content.front_matter import read_front_matter
        from blogq.content.markdown.document import Link
        from blogq.content.telling import telling
        from blogq.content.text import decode
        from blogq.content.values import is_elsewhere

        source = digest(data)
        text, noticed = decode(data, shown)
        findings: list[Finding] = list(noticed)
        if any(f.severity == "error" for f in findings):
            return broken(path, source, findings)
        front, start, line, noticed = read_front_matter(text, shown, taxonomies=self.taxonomies, zone=self.zone)
        findings += noticed
        if any(f.severity == "error" for f in findings):
            return broken(path, source, findings)
        name = read_name(path, self.options.folders)
        if front.cascade is not None:
            findings += self.cascade(front.cascade, text[:start], shown, name.section)
            if any(f.severity == "error" for f in findings):
                return broken(path, source, findings)
        if defaults:
            from blogq.content.defaults import defaults_of, over

            front = over(front, defaults_of(defaults, self.taxonomies, self.zone))
        document = self.reader.read(
            text[start:],
            path=shown,
            first_line=line,
            title_from_heading=not front.title,
            language=front.language or name.language or self.options.language,
        )
        findings += document.findings
        if path.lower().endswith(".mdx") and (code := _MODULE.match(text, start)):
            at = line + text.count("\n", start, code.end() - 1)
            message = "MDX is read as Markdown: `import`, `export` and components are not run, and this line is shown"
            findings.append(Finding("MD105", "warning", Span(shown, at), message, "leave the line out"))
        if any(f.severity == "error" for f in findings):
            return broken(path, source, findings)

        date = front.date
        if date is None and name.date:
            found = parse_moment(name.date, self.zone)
            date = found if isinstance(found, Moment) else None
        if date is None and (match := _URL_DATE.search(front.permalink)):
            found = parse_moment("-".join(match.groups()), self.zone)
            date = found if isinstance(found, Moment) else None
        if date is None:
            date = front.publish
        updated = front.updated
        if self.options.dates and not name.section:
            date, updated, told = dated(front, date, dates, shown, bool(name.folder))
            findings += told
        title = _clean(front.title or document.title)
        held = front.draft or in_drafts(name.folder)
        flags = (DRAFT if held else 0) | (UNLISTED if front.unlisted else 0) | (HAS_TITLE if title else 0)
        extra = front.extra
        if front.pinned:
            flags |= PINNED
        title = title or _prettified(name.stem) or _prettified(name.folder.rpartition("/")[2])

        meant, dead = lead(document.links, document.ids, shown)
        html = pointed(document.html, meant)
        if front.redirect_to:
            # Nobody sees the text.
            elsewhere = is_elsewhere(front.redirect_to)
            links = [Link(front.redirect_to, "x" if elsewhere else "a", front.lines["redirect_to"], 1)]
            passed: dict[str, None] = {}
        else:
            links = [link for link in document.links if link.kind != "c"]
            passed = dict.fromkeys(link.target for link in document.links if link.kind == "c")
            findings += dead
        local = dict.fromkeys(link.target for link in links if link.kind not in "fx")

        images = dict.fromkeys(link.target for link in links if link.kind == "i")
        if front.image:
            flags |= HAS_IMAGE
        if front.image and not front.redirect_to and not re.match(r"[a-z][a-z0-9+.-]*:|//", front.image, re.IGNORECASE):
            # Percent-encoded, as links in Markdown are: it is a path, and `#` or `%` in it mean themselves.
            target = quote(front.image, safe="/._~!$&'()*+,;=:@-", errors="replace")
            local[target] = images[target] = None
            links.append(Link(target, "m", front.lines.get("image", 0), 0))
        authors = next((list(map(_clean, labels)) for taxonomy, labels in front.terms if taxonomy == "authors"), [])
        cjk = len(_CJK.findall(document.text)) if not document.text.isascii() else 0
        minutes = (
            max(1, ceil((document.words - cjk) / WORDS_PER_MINUTE + cjk / CJK_PER_MINUTE)) if document.words else 0
        )
        terms = self.ordered(front)
        words: list[str] = []
        vector = NO_VECTOR
        if date and not name.section:
            spoken = front.language or name.language or self.options.language
            words, vector = telling(title, document.text, spoken, [(key, map(_clean, each)) for key, each in terms])
        summary = pointed(document.summary, meant)
        if front.summary and not document.is_cut:
            from html import escape

            summary = f"<p>{escape(front.summary.strip())}</p>"
        card = {
            "summary": summary,
            "description": " ".join((front.description or front.summary or _shortened(document.text)).split()),
            "more": document.words > 0 and summary.strip() != html.strip(),
            "minutes": minutes,
            "image": front.image,
            "authors": authors,
            "language": front.language,
        }
        page = {
            "toc": [[h.level, h.id, h.html] for h in document.headings if 2 <= h.level <= 4],
            "words": document.words,
            "extra": extra,
            "ids": document.ids,
            "links": links,
            "lines": front.lines,
        }
        if document.calls:
            page["calls"] = document.calls
        card_data = json.dumps(card, separators=(",", ":"), default=str).encode()
        record = b"\n".join(
            (
                card_data,
                json.dumps(page, separators=(",", ":"), default=str).encode(),
                html.encode("utf-8", "surrogatepass"),
            )
        )
        kind = "section" if name.section else "post" if date else "page"
        seconds = date.seconds if date else MISSING
        offset = date.offset if date else 0
        changed = updated.seconds if updated else MISSING
        shown_meta = f"{kind}{UNIT}{title}{UNIT}{flags}{UNIT}{seconds}{UNIT}{offset}{UNIT}{changed}"
        entry = Entry(
            path=path,
            source=source,
            kind=kind,
            flags=flags,
            title=title,
            date=seconds,
            offset=offset,
            updated=changed,
            publish=front.publish.seconds if front.publish else MISSING,
            expiry=front.expiry.seconds if front.expiry else MISSING,
            slug=front.slug.translate(_SEPARATORS).strip(),
            permalink=front.permalink.translate(_SEPARATORS).strip(),
            language=_clean(front.language).lower().replace("_", "-"),
            layout=_clean(front.layout),
            weight=max(-(1 << 31), min(1 << 31, front.weight)),
            series_order=MISSING if front.series_order is None else front.series_order,
            menus=GROUP.join(UNIT.join(map(_clean, map(str, place))) for place in front.menus),
            terms=GROUP.join(UNIT.join((taxonomy, *map(_clean, labels))) for taxonomy, labels in terms),
            aliases=UNIT.join(alias.translate(_SEPARATORS) for alias in front.aliases),
            redirect_to=front.redirect_to,
            links=UNIT.join(local),
            references=UNIT.join(target for target in local | passed if depends_on_others(target)),
            shortcodes=UNIT.join(sorted({call.name if call.closed else f"-{call.name}" for call in document.calls})),
            images=UNIT.join(images),
            ids=digest("\0".join(document.ids).encode("utf-8", "surrogatepass")),
            findings=to_json(findings) if findings else "",
            card=digest(card_data + shown_meta.encode("utf-8", "surrogatepass")),
            segment="",
            start=0,
            size=len(record),
            record=b"",
            vector=vector,
            telling=UNIT.join(words),
        )
        return Post(entry, record)

    def ordered(self, front: FrontMatter) -> list[tuple[str, tuple[str, ...]]]:
        """Return the terms in the order of the taxonomies, whether its own or defaults."""
        return sorted(front.terms, key=lambda each: self.taxonomies.index(each[0]))

    def cascade(self, node: Node, text: str, shown: str, is_section: bool) -> list[Finding]:
        """Return what is wrong with the defaults that a source has for others."""
        if not is_section:
            message = "front matter `cascade` counts only in an _index.md"
            hint = "put it into the _index.md of the folder whose posts it is for"
            return [Finding("FM103", "warning", Span(shown), message, hint)]
        from blogq.content.defaults import mistakes_in

        return mistakes_in(node, text, shown, self.taxonomies, self.zone)


def dated(
    front: FrontMatter, date: Moment | None, dates: Dates | None, shown: str, in_folder: bool
) -> tuple[Moment | None, Moment | None, list[Finding]]:
    """Return date and time of change of a source, from Git where it has none of its own, and what is to be told."""
    from blogq.content.dates import Moment

    updated = front.updated
    wanted = date is None and "date" not in front.lines and in_folder
    if dates is None:
        if not wanted:
            return date, updated, []
        message = "this file is not in a commit yet, so Git knows no date of it: it is a page until then"
        hint = "commit it, or give it a `date`"
        return date, updated, [Finding("GT103", "note", Span(shown), message, hint)]
    if wanted:
        date = Moment(dates.created, dates.offset, True)
    later = dates.updated != dates.created and (date is None or dates.updated > date.seconds + DAY)
    if updated is None and "updated" not in front.lines and later:
        updated = Moment(dates.updated, dates.offset, True)
    return date, updated, []


def depends_on_others(target: str) -> bool:
    """Return whether where a link target leads depends on other sources or files, not on its own text alone."""
    return not target.startswith("/") or is_markdown(re.split("[?#]", target, maxsplit=1)[0])
