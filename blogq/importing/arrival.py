"""An import on one screen: items out of the export, texts made of them, files into the new site, an account of it."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urljoin

from blogq.importing.account import ABSENT, Account
from blogq.importing.addresses import Claims, Home, home_of, is_relative, kept_url, path_of, pattern_of
from blogq.importing.carried import Carry, Export, Item, Note, TermPage, Unreadable
from blogq.importing.comments import comment_files
from blogq.importing.headers import header_of, readable
from blogq.importing.naming import Names, stem_of
from blogq.importing.outlook import Outlook
from blogq.importing.passage import passage_of
from blogq.importing.report_files import REPORT, write_report
from blogq.importing.settings import config_text
from blogq.importing.sources import reader_of
from blogq.importing.uploads import for_curl
from blogq.importing.writing import SiteFolder
from blogq.library.permalinks import folded, slugified
from blogq.start.header import Value, one_line, written

GENERATED = frozenset("/ /feed.xml /atom.xml /feed.json /sitemap.xml /robots.txt /404.html /posts.json".split())
"""URLs of what every site has."""
LISTS = frozenset("archive authors categories page series tags".split())
"""Folders of the lists that a site has, where config doesn't say otherwise."""
LEAST = 3
"""Posts whose addresses make a pattern."""
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z]{3,4}\Z)")


def move_in(
    kind: str,
    source: Path,
    into: Path,
    look: Callable[[Path], Outlook | None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Account:
    """Carry the export `source` into the folder `into`; `Unreadable` where it is none of that kind, or holds `into`.

    `look` judges the site that was written, for its report; `progress` is told how many items have been carried.
    """
    read, written_to = Path(os.path.realpath(source)), Path(os.path.realpath(into))
    if source.is_dir() and written_to.is_relative_to(read):
        # Run again, it would carry what it has written as well, and more each time.
        told = f"the new site would lie in {source}, which is read: choose a folder outside, such as --into"
        raise Unreadable(f"{told} {read.parent / f'{read.name}-blogq'}")
    account = _carried(kind, source, into, progress)
    site = SiteFolder(into)
    if look is not None:
        account.outlook = look(into)
    write_report(site, account)
    return account


def _carried(kind: str, source: Path, into: Path, progress: Callable[[int], None] | None) -> Account:
    export = reader_of(kind)(source)
    arrival = _Arrival(kind, source, export, SiteFolder(into))
    arrival.reserve()
    for number, item in enumerate(export.items(arrival.account.tell), 1):
        arrival.carry(item)
        if progress:
            progress(number)
    arrival.finish()
    return arrival.account


class _Arrival:
    """One import under way."""

    def __init__(self, kind: str, source: Path, export: Export, site: SiteFolder) -> None:
        self.account = Account(kind, source.resolve().name)
        self.export, self.site = export, site
        self.home: Home = home_of(export.about.url)
        self.media = Home(self.home.hosts | {each.lower().removeprefix("www.") for each in export.hosts}, "/")
        self.names = Names()
        self.claims = Claims()
        self.reserved: set[str] = set()
        self.folders = {"/posts"}
        self.shapes: Counter[str] = Counter()
        self.aliases: defaultdict[str, list[str]] = defaultdict(list)
        self.moved: set[str] = set()
        self.labels: set[tuple[str, str]] = set()
        self.people: dict[str, str] = {}
        self.copied: dict[str, str] = {}
        self.ids: set[tuple[str, str]] = set()

    def reserve(self) -> None:
        """Learn which addresses pages will have, so that no redirect takes one of them."""
        urls = self.export.urls
        for url in urls() if urls else self._looked_through():
            self.reserved.add(folded(kept_url(url, self.home)[0]).rstrip("/"))
        for address in self.export.addresses:
            if address.to:
                self.aliases[kept_url(address.to, self.home)[0] or address.to].append(address.url)
            else:
                self.account.lost.append((address.url, f"it was {address.what}"))

    def _looked_through(self) -> Iterator[str]:
        """Yield the addresses of what readers see, and learn which folders may get a list of what is in them."""
        names = Names()
        for item in self.export.items(lambda note: None):
            folder = names.take(item).rpartition("/")[0]
            while item.live and folder:
                self.folders.add(folded(f"/{folder}"))
                folder = folder.rpartition("/")[0]
            if item.live:
                yield item.url

    def _is_list(self, url: str) -> bool:
        """Return whether blogq may put a list of its own at `url`, so that no redirect can stand there."""
        if folded(url).rstrip("/") in self.folders:
            return True
        first, *more = [each for each in url.split("/") if each] or [""]
        return len(more) < 2 + (first == "archive") and first in (LISTS | set(self.export.about.labels.values()))

    def carry(self, item: Item) -> None:
        """Write one item, with its comments and pictures."""
        account = self.account
        account.live += item.live
        name = self.names.take(item)
        file = f"content/{name}"

        def say(code: str, message: str, level: str = "") -> None:
            level = level or ("changed" if code in ("embed", "html", "pages") else "lost")
            account.tell(Note(level, code, item.place, item.line, message, file))  # type: ignore[arg-type]

        if item.id and (item.kind, item.id) in self.ids:
            say("duplicate", f"the id {item.id} stands twice in the export; both are carried", "told")
        self.ids.add((item.kind, item.id))
        before = len(account.stays), len(account.redirected)
        url = self._url(item, name, say)
        if item.live and item.kind == "post" and item.url:
            self.shapes[pattern_of(url, item.date)] += 1
        aliases = self._redirects(item, url, say)
        if item.form == "html":
            passage = passage_of(item.body, lambda address, shown: self._lead(address, shown, item, say), say)
            body = passage.markdown
            if passage.kept:
                account.kept_html += 1
                one = passage.kept == 1
                say(
                    "html",
                    f"{passage.kept} {'block stays' if one else 'blocks stay'} HTML: Markdown would say something else",
                )
            if passage.difference:
                say("text", passage.difference)
            else:
                account.equal += 1
        else:
            body = item.body
            account.as_written += 1
        image = self._lead(item.image, True, item, say) if item.image else ""
        text = "" if item.unread else header_of(item, url, aliases, image, say) + body
        problem = item.unread or readable(text, file)
        if problem:
            say("frontmatter", f"it can't be read, so the file is in not-imported/ as it was: {problem}", "lost")
            self._withdraw(before, f"its text is in not-imported/{name}, for it can't be read")
            file = f"not-imported/{name}"
            text = item.front + item.body
        else:
            is_list = name.rpartition("/")[2] == "_index.md"
            account.posts += item.kind == "post"
            account.pages += item.kind == "page" and not is_list
            account.drafts += item.draft
            account.carried += item.live
        self._put(file, text)
        if item.live and item.date:
            # What has no date is in no list.
            self.labels |= {(taxonomy, label) for taxonomy, labels in item.terms for label in labels}
            self.labels |= {("authors", author) for author in item.authors}
        for target, comment in comment_files(item, url or f"/{name.removesuffix('.md')}/"):
            account.comments += 1
            self._put(target, comment)

    def finish(self) -> None:
        """Write what belongs to the site as a whole, and the report."""
        account, about = self.account, self.export.about
        for carry in self.export.files:
            account.files += 1
            self._copy(carry)
        lists = self._lists()
        for page in self.export.lists():
            self._list(page, lists, about.labels.get(page.taxonomy, page.taxonomy))
        for unmet in [each for urls in self.aliases.values() for each in urls]:
            account.lost.append((unmet, "what it belonged to isn't published"))
        # A site without such a folder is all content, this report included.
        self.site.make_folder("content")
        if not about.permalinks:
            about = about._replace(permalinks=self._permalinks())
        self._put("blogq.yaml", config_text(about, self.home, bool(account.comments)))
        if account.absent:
            self._put(ABSENT, for_curl(account.absent))
        self._put(".gitignore", "# What blogq makes, and can make again:\n/_site/\n/.blogq/\n/_report.html\n")

    def _permalinks(self) -> str:
        """Return the pattern of the old posts' addresses where nine of ten have one; new posts follow it then."""
        pattern, count = (self.shapes.most_common(1) or [("", 0)])[0]
        enough = count >= LEAST and count >= 0.9 * self.shapes.total()
        return pattern if enough and pattern != "/posts/:slug/" else ""

    def _withdraw(self, before: tuple[int, int], why: str) -> None:
        """Count addresses as lost that were accounted for since `before`."""
        stays, redirected = before
        account = self.account
        account.lost += [(old, why) for old, _ in (*account.stays[stays:], *account.redirected[redirected:])]
        del account.stays[stays:], account.redirected[redirected:]

    def _lists(self) -> Counter[str]:
        """Return the addresses at which labels have their lists, and how many labels there are for each."""
        folders = self.export.about.labels
        labels = {(taxonomy, label.casefold()) for taxonomy, label in self.labels}
        found = Counter(f"/{folders.get(taxonomy, taxonomy)}/{slugified(label)}/" for taxonomy, label in labels)
        # Labels that would have the same address are numbered.
        numbered = [f"{url[:-1]}-{number}/" for url, count in found.items() for number in range(2, count + 1)]
        return found + Counter(numbered)

    def _list(self, page: TermPage, lists: Counter[str], folder: str) -> None:
        """Account for the old page of a label; one that stands elsewhere now gets a page that sends readers on."""
        account = self.account
        url, why = kept_url(page.url, self.home)
        slug = slugified(page.label)
        new = f"/{folder}/{slug}/"
        if (page.taxonomy, page.label) not in self.labels or not slug:
            why = why or f"it listed {page.label}, which nothing in the new site has"
        elif lists[new] > 1:
            why = why or f"it listed {page.label}, and other labels are written {new} as well"
        elif url == new:
            account.stays.append((page.url, new))
            return
        elif url and (folded(url).rstrip("/") in self.reserved or self.claims.take(url, f"{new}>")):
            why = "a page has it"
        elif url and lists[url]:
            why = "another label has its list there now"
        if why:
            account.lost.append((page.url, why))
            return
        account.redirected.append((page.url, new))
        stem = name = stem_of(f"{page.taxonomy}-{url.strip('/')}".replace("/", "-")) or "list"
        number = 1
        while name in self.moved:
            number += 1
            name = f"{stem}-{number}"
        self.moved.add(name)
        fields: dict[str, Value] = {"title": one_line(page.label)[:200], "permalink": url, "redirect_to": new}
        self._put(f"content/moved/{name}.md", written("yaml", fields))

    def _put(self, name: str, text: str) -> None:
        outcome = self.site.put(name, text)
        self.account.outcomes[outcome] += 1
        if outcome == "kept":
            self.account.kept_files.append(name)
        elif outcome == "refused":
            self.account.tell(Note("lost", "file", name, 0, "its name can't be one of a file in the site"))

    def _copy(self, carry: Carry) -> bool:
        outcome = self.site.copy(carry)
        self.account.outcomes[outcome] += 1
        if outcome == "kept":
            self.account.kept_files.append(carry.target)
        if outcome == "refused":
            self.account.tell(
                Note("lost", "file", carry.source.name, 0, "it leads out of the export, or is no plain file")
            )
        self.account.media += outcome != "refused"
        return outcome != "refused"

    def _url(self, item: Item, name: str, say: object) -> str:
        """Return the URL of an item in the new site, and account for the one that it had."""
        url, why = kept_url(item.url, self.home) if item.url else ("", "")
        if not item.live:
            # Drafts keep theirs only where it is one that a file can have, and nobody's.
            wanted = url if url and url != "/" and folded(url).rstrip("/") not in self.reserved else ""
            return wanted if wanted and not self.claims.take(wanted, name) else ""
        if url and url not in GENERATED and (had := self.claims.take(url, name)):
            url, why = "", f"content/{had} has it"
        if url in GENERATED:
            why, url = "blogq makes that itself", ""
        if url:
            self.account.stays.append((item.url, url))
            return url
        stem = name.removesuffix(".md")
        made, number = f"/{stem}/", 1
        while folded(made).rstrip("/") in self.reserved or self.claims.take(made, name):
            number += 1
            made = f"/{stem}-{number}/"
        if item.url:
            self.account.lost.append((item.url, f"{why}; the text is at {made} now"))
        return made

    def _redirects(self, item: Item, url: str, say: object) -> tuple[str, ...]:
        """Return the old addresses that lead to an item."""
        found = []
        for old in (*item.aliases, *self.aliases.pop(url, ())):
            alias, why = kept_url(old, self.home)
            if alias and (folded(alias).rstrip("/") in self.reserved or self.claims.take(alias, f"{url}>")):
                why = "a page has it"
            elif alias and self._is_list(alias):
                why = "blogq makes a list there"
            if not alias or why or not url:
                self.account.lost.append((old, why or "what it belonged to isn't published"))
            else:
                found.append(alias)
                self.account.redirected.append((old, url))
        return tuple(dict.fromkeys(found))

    def _lead(self, address: str, shown: bool, item: Item, say: object) -> str:
        """Return where an address of the old site leads in the new one; a file of it is copied on the way."""
        assert callable(say)
        if not address or address.startswith(("#", "mailto:", "tel:")):
            return address
        whole = address
        if is_relative(address) or (address.startswith("/") and not address.startswith("//")):
            whole = urljoin(item.url or self.export.about.url, address)
        whole = self.export.resolve(whole)
        path = path_of(whole, self.media)
        if path and re.search(
            r"\.(?!html?\b|php\b|aspx?\b)[A-Za-z0-9]{2,5}\Z", path.partition("?")[0].partition("#")[0]
        ):
            return self._file(path.partition("?")[0].partition("#")[0], whole, shown, say)
        inside = path_of(whole, self.home)
        return inside or whole

    def _file(self, path: str, whole: str, shown: bool, say: object) -> str:
        assert callable(say)
        if path in self.copied:
            return self.copied[path]
        carry = self.export.uploads(path)
        if carry is None and _SIZED.search(path):
            carry = self.export.uploads(_SIZED.sub("", path))
        if carry is not None and self._copy(carry):
            self.copied[path] = quote("/" + carry.target.removeprefix("static/"), safe="/._~!$&'()*+,;=:@-")
            return self.copied[path]
        if shown or "/uploads/" in path:
            self.account.absent[whole] = path
            say("media", f"{whole[:200]} isn't beside the export: it is shown from where it was", "lost")
        return whole


__all__ = ["REPORT", "move_in"]
