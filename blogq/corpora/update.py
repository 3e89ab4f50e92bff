"""Fetch the corpora that have an address: the only part of blogq that reads what other sites say.

What is there stays until its successor is whole. A feed shows only its newest entries: those that it no longer has are
kept in a file of their own. Of a sitemap's pages only those are asked for that are new or may have changed; an update
that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import codecs
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from blogq.collect import real, within
from blogq.config.rarities import Corpus
from blogq.corpora.document import Place
from blogq.corpora.earlier import EARLIER, kept_entries, kept_items
from blogq.corpora.feed import FEEDS, SITEMAPS
from blogq.corpora.files import LARGEST, SITEMAP, place_of_corpus
from blogq.corpora.sitemap import Located, read_sitemap, saved_as, sitemap_names
from blogq.corpora.xml_stream import Root, XmlStream
from blogq.external.download import Failed, Response, Visitor, unpacked
from blogq.pattern import Pattern

STATE = ".fetched.json"
"""What is known of what was fetched, beside it: address → [ETag, Last-Modified, lastmod of the sitemap]."""
LARGEST_PAGE = 16 << 20
"""Bytes of a page."""
MOST_SITEMAPS = 500
_SAVE_EVERY = 20
_CHARSET = Pattern(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", 2)
_FEED_LINK = Pattern(r"<link\b[^<>]*\btype\s*=\s*[\"']?application/(?:rss|atom)\+xml[^<>]*>", 2)
_HREF = Pattern(r"\bhref\s*=\s*[\"']?([^\s\"'<>]+)", 2)

Progress = Callable[[int, int], None]
"""Told how many pages of how many were dealt with."""


class Outcome(NamedTuple):
    """What came of updating one corpus."""

    name: str
    fetched: int = 0
    """Files that are new or have changed."""
    unchanged: int = 0
    left: int = 0
    """Pages that are left for the next update."""
    foreign: int = 0
    """Addresses on other sites, which aren't fetched."""
    problems: tuple[str, ...] = ()
    failed: str = ""
    """Why nothing could be fetched, or the update ended early."""
    is_cut_off: bool = False
    """Whether this machine seems to have no network."""


class Unwritable(Exception):
    """What was fetched can't be kept; the text says why."""


def update(
    name: str, corpus: Corpus, site: Path, visitor: Visitor, most: int, progress: Progress = lambda done, of: None
) -> Outcome:
    """Fetch the corpus called `name` of the folder `site`: its feed, or its sitemap and `most` pages at most."""
    site = real(site)
    place = place_of_corpus(name, corpus, site)
    try:
        folder = _Folder(place, site)
        return _Update(name, corpus, folder, visitor, most, progress).run()
    except Failed as error:
        return Outcome(name, failed=f"{corpus.url}: {error}", is_cut_off=error.is_cut_off)
    except Unwritable as error:
        return Outcome(name, failed=str(error))


class _Folder:
    """Where a corpus is kept. Each file in it is the old one or the new one, whole."""

    def __init__(self, place: Path, site: Path) -> None:
        self.root = os.path.realpath(place)
        if not within(self.root, (str(site),)):
            raise Unwritable(f"{place} leads out of the site through a symbolic link; nothing is written there")
        try:
            os.makedirs(self.root, exist_ok=True)
        except OSError as error:
            raise Unwritable(f"{place} can't be made: {error.strerror}") from error

    def path(self, name: str) -> str:
        """Return the absolute path of the file `name`."""
        return f"{self.root}/{name}"

    def has(self, name: str) -> bool:
        """Return whether there is a file `name`."""
        return os.path.isfile(self.path(name))

    def read(self, name: str) -> bytes:
        """Return what is in the file `name`; nothing where it isn't there."""
        try:
            with open(self.path(name), "rb") as file:
                return file.read(LARGEST + 1)
        except OSError:
            return b""

    def write(self, name: str, data: bytes) -> None:
        """Put `data` in the place of the file `name`."""
        path = self.path(name)
        above = os.path.dirname(path)
        beside = ""
        try:
            if not within(os.path.realpath(above), (self.root,)):
                raise Unwritable(f"{above} leads out of the corpus through a symbolic link")
            os.makedirs(above, exist_ok=True)
            handle, beside = tempfile.mkstemp(".tmp", ".", above)
            with open(handle, "wb") as file:
                file.write(data)
            os.chmod(beside, 0o644)
            os.replace(beside, path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(beside)
            raise Unwritable(f"{path} can't be written: {error.strerror}") from error


class _Update:
    """One corpus being updated."""

    def __init__(
        self, name: str, corpus: Corpus, folder: _Folder, visitor: Visitor, most: int, progress: Progress
    ) -> None:
        self.name, self.corpus, self.folder, self.visitor = name, corpus, folder, visitor
        self.most, self.progress = most, progress
        self.state = _known(folder.read(STATE))
        self.fetched = self.unchanged = self.left = self.foreign = 0
        self.problems: list[str] = []
        self.failed = ""

    def run(self) -> Outcome:
        """Fetch what there is to be fetched."""
        url = self.corpus.url
        had = next((name for name in ("feed.xml", "feed.json") if self.folder.has(name)), "")
        answer = self.visitor.get(url, LARGEST, self._conditions(url) if had else {})
        if answer.status == 304:
            self.unchanged += 1
            return self._outcome()
        self._expect(answer)
        data = unpacked(answer.data, LARGEST)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            self._feed("feed.json", data, kept_items(data, self.folder.read("feed.json")))
        else:
            root = _root_of(data)
            if root in SITEMAPS and self.corpus.type != "feed":
                self._site(data, answer.address)
                return self._outcome()
            if root not in FEEDS or self.corpus.type == "sitemap":
                raise Failed(_no_feed(data, answer.address, self.corpus.type))
            # First what the feed no longer has, then the feed: an entry may be in both for a moment, never in none.
            earlier = kept_entries(data, self.folder.read("feed.xml"), self.folder.read(EARLIER))
            if earlier != self.folder.read(EARLIER):
                self.folder.write(EARLIER, earlier)
            self._feed("feed.xml", data, data)
        self._remember(url, answer, "")
        self._save()
        return self._outcome()

    def _outcome(self) -> Outcome:
        problems = tuple(self.problems[:20])
        if len(self.problems) > 20:
            problems += (f"… and {len(self.problems) - 20:,} more",)
        return Outcome(self.name, self.fetched, self.unchanged, self.left, self.foreign, problems, self.failed, False)

    def _feed(self, name: str, data: bytes, written: bytes) -> None:
        if self.folder.read(name) == written:
            self.unchanged += 1
        else:
            self.folder.write(name, written)
            self.fetched += 1

    def _expect(self, answer: Response) -> None:
        if answer.status != 200:
            raise Failed(f"the site answers {answer.status}")

    def _conditions(self, url: str) -> dict[str, str]:
        etag, modified, _ = self.state.get(url, ("", "", ""))
        found = {"If-None-Match": etag} if etag else {}
        return found | ({"If-Modified-Since": modified} if modified else {})

    def _remember(self, url: str, answer: Response, changed: str) -> None:
        told = answer.headers
        self.state[url] = (_line(told.get("etag", "")), _line(told.get("last-modified", "")), changed)

    def _save(self) -> None:
        text = json.dumps(self.state, indent=0, sort_keys=True, ensure_ascii=False)
        self.folder.write(STATE, text.encode("utf-8", "replace"))

    def _site(self, data: bytes, address: str) -> None:
        """Save a sitemap, those that it leads to, and the pages that they name."""
        pages: dict[str, Located] = {}
        host = _host(address)
        waiting = [(SITEMAP, data)]
        seen = {address}
        while waiting:
            name, data = waiting.pop()
            located, findings = read_sitemap(data, Place(self.name, name))
            self.problems += [f"{name}: {each.message}" for each in findings]
            for each in located:
                if _host(each.url) != host:
                    self.foreign += 1
                elif not each.is_sitemap:
                    pages.setdefault(each.url, each)
                elif each.url not in seen and len(seen) <= MOST_SITEMAPS:
                    seen.add(each.url)
                    with self._noting(each.url):
                        answer = self.visitor.get(each.url, LARGEST)
                        self._expect(answer)
                        waiting.append((sitemap_names(each.url)[0], unpacked(answer.data, LARGEST)))
            if self.folder.read(name) != data:
                self.folder.write(name, data)
        try:
            self._pages([*pages.values()])
        finally:
            self._save()

    def _pages(self, pages: list[Located]) -> None:
        asked = 0
        for number, page in enumerate(pages, 1):
            self.progress(number, len(pages))
            name = saved_as(page.url)
            there = self.folder.has(name)
            known = self.state.get(page.url)
            if there and page.changed and known and known[2] == page.changed:
                self.unchanged += 1
                continue
            if asked >= self.most or self.failed:
                self.left += 1
                continue
            asked += 1
            with self._noting(page.url):
                answer = self.visitor.get(page.url, LARGEST_PAGE, self._conditions(page.url) if there else {})
                if answer.status == 304:
                    self.unchanged += 1
                    etag, modified, _ = self.state[page.url]
                    self.state[page.url] = (etag, modified, page.changed)
                else:
                    self._expect(answer)
                    kind = answer.headers.get("content-type", "").lower()
                    if kind and "html" not in kind:
                        raise Failed(f"it is no page but {kind.partition(';')[0][:40]}")
                    self.folder.write(name, _as_saved(answer.data, kind))
                    self._remember(page.url, answer, page.changed)
                    self.fetched += 1
            if asked % _SAVE_EVERY == 0:
                self._save()

    def _noting(self, url: str) -> _Noting:
        return _Noting(self, url)


class _Noting:
    """Notes what keeps one of many addresses from being fetched, and lets the others be."""

    def __init__(self, run: _Update, url: str) -> None:
        self.run, self.url = run, url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Failed):
            self.run.problems.append(f"{self.url}: {error}")
            if error.is_cut_off or error.wants_rest:
                self.run.failed = f"{self.url}: {error}; the rest is left for the next update"
            return True
        return False


def _known(data: bytes) -> dict[str, tuple[str, str, str]]:
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        found = {}
        for url, (etag, modified, changed) in json.loads(data).items():
            found[str(url)] = (_line(str(etag)), _line(str(modified)), str(changed))
        return found
    return {}


def _line(text: str) -> str:
    """Return the value of a header, if it can be sent back as one."""
    return text if len(text) < 500 and text.isascii() and text.isprintable() else ""


def _host(url: str) -> str:
    with suppress(ValueError):
        return urlsplit(url).netloc.lower().removeprefix("www.")
    return ""


def _root_of(data: bytes) -> str:
    found: list[Root] = []

    def begin(root: Root) -> bool:
        found.append(root)
        return False

    stream = XmlStream((), lambda element: False, Place("", ""), begin)
    stream.feed(data[: 1 << 20])
    stream.close()
    return found[0].name if found else ""


def _no_feed(data: bytes, address: str, wanted: str) -> str:
    """Return why `data` can't be a corpus, and what may be meant."""
    from urllib.parse import urljoin

    what = wanted or "feed or sitemap"
    text = data[: 1 << 18].decode("utf-8", "replace")
    link = _FEED_LINK.search(text)
    href = _HREF.search(link[0]) if link else None
    if href:
        with suppress(ValueError):
            return f"it is no {what}, but a page that has its feed at {urljoin(address, href[1])}: write that address"
    return f"it is no {what}; a site's sitemap is often at /sitemap.xml, its feed at /feed/ or /feed.xml"


def _as_saved(data: bytes, kind: str) -> bytes:
    """Return a page so that its text can be read without the header that told its encoding."""
    said = _CHARSET.search(kind)
    if said and not data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        with suppress(LookupError, ValueError):
            name = codecs.lookup(said[1]).name
            if name != "utf-8":
                return codecs.BOM_UTF8 + data.decode(name, "replace").encode("utf-8", "replace")
    return data


def waiting(corpora: Mapping[str, Corpus]) -> list[str]:
    """Return the names of the corpora that can be fetched."""
    return [name for name in sorted(corpora) if corpora[name].url]
