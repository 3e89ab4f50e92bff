"""Medium: the ZIP file or folder of its export, a page of HTML for each story. No archive is unpacked to disk."""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bs4 import Tag

from blogq.importing.carried import About, Export, Item, Note, Person, Tell, Unreadable
from blogq.importing.folders import paths_in
from blogq.importing.moments import iso_moment
from blogq.importing.preparation import soup_of
from blogq.importing.uploads import beside, is_inside

LARGEST_PAGE = 16 << 20
"""Bytes of the largest page, unpacked."""
LARGEST_WHOLE = 2 << 30
"""Bytes of all pages together, unpacked."""
MOST = 100_000
_PAGE = re.compile(r"(?:.*/)?([^/]+)\.html?\Z", re.I)
_TAIL = re.compile(r"-+[0-9a-f]{8,12}\Z")


def read(source: Path) -> Export:
    """Open an export."""
    if not source.is_dir() and not zipfile.is_zipfile(source):
        raise Unreadable(f"{source} is neither a folder nor a ZIP file that can be read")
    pages = sum(1 for _ in _pages(source, lambda note: None))
    if not pages:
        raise Unreadable(f"{source} is no export of Medium: there are no stories (posts/*.html) in it")
    hosts: Counter[str] = Counter()
    for name, data in _pages(source, lambda note: None):
        head = data.decode("utf-8", "replace")
        for found in re.finditer(r"<a\b[^>]*>", head):
            if "p-canonical" in found[0] and (where := re.search(r'href="https?://([^/"]+)', found[0])):
                hosts[where[1].lower()] += 1
        del name
    host = next((name for name, _ in hosts.most_common() if not name.endswith("medium.com")), "")
    person = _person(source)
    about = About(
        title=person.name if person else "",
        url=f"https://{host}/" if host else "",
        people=(person,) if person else (),
    )
    root = source if source.is_dir() else source.parent
    return Export(about=about, items=lambda tell: _items(source, tell), uploads=beside(root, ("",)))


def _person(source: Path) -> Person | None:
    """Return whose export it is; of what else the profile says nothing is carried."""
    for _, data in _pages(source, lambda note: None, _is_profile):
        soup = soup_of(data.decode("utf-8", "replace"))
        name, link = soup.select_one(".h-card .p-name"), soup.select_one(".h-card a.u-url")
        shown = " ".join(name.get_text(" ").split()) if isinstance(name, Tag) else ""
        if shown:
            return Person(shown, shown, str(link.get("href") or "") if isinstance(link, Tag) else "")
    return None


def _pages(source: Path, tell: Tell, wanted: Callable[[str], bool] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each page that is wanted, else of each story; what is too large or elsewhere is told."""
    wanted = wanted or _is_story
    if source.is_dir():
        for path in paths_in(source):
            if wanted(path):
                if is_inside(source / path, source) and (source / path).stat().st_size <= LARGEST_PAGE:
                    yield path, (source / path).read_bytes()
                else:
                    tell(Note("lost", "file", path, 0, "it leads out of the export, or is too large"))
        return
    whole = 0
    with zipfile.ZipFile(source) as archive:
        for each in archive.infolist()[:MOST]:
            if not wanted(each.filename):
                continue
            if (
                stat.S_ISLNK(each.external_attr >> 16)
                or ".." in each.filename.split("/")
                or each.filename.startswith(("/", "\\"))
            ):
                tell(
                    Note(
                        "lost", "file", each.filename, 0, "it is a link, or its name leads out of the archive: left out"
                    )
                )
                continue
            try:
                with archive.open(each) as file:
                    # What the archive says of its sizes is not believed.
                    data = file.read(LARGEST_PAGE + 1)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
                tell(Note("lost", "file", each.filename, 0, f"it can't be unpacked: {str(error)[:100]}"))
                continue
            except Exception as error:
                # zlib and lzma have errors of their own.
                tell(Note("lost", "file", each.filename, 0, f"it is damaged: {type(error).__name__}"))
                continue
            whole += len(data)
            if len(data) > LARGEST_PAGE or whole > LARGEST_WHOLE:
                tell(
                    Note(
                        "lost",
                        "file",
                        each.filename,
                        0,
                        f"it is larger than {LARGEST_PAGE >> 20} MB unpacked: left out",
                    )
                )
                if whole > LARGEST_WHOLE:
                    return
                continue
            yield each.filename, data


def _is_profile(path: str) -> bool:
    return path.endswith("profile/profile.html")


def _is_story(path: str) -> bool:
    folder = path.rpartition("/")[0].rpartition("/")[2]
    return bool(_PAGE.match(path)) and folder not in _OTHERS


_OTHERS = frozenset(
    "profile sessions ips bookmarks claps interests lists pubs-following topics-following twitter users-following"
    " blocks highlights partner-program".split()
)


def _items(source: Path, tell: Tell) -> Iterator[Item]:
    for path, data in _pages(source, tell):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            tell(Note("changed", "file", path, 0, "it isn't UTF-8, and was read as Windows-1252"))
        soup = soup_of(text)
        body = soup.select_one("section[data-field=body]") or soup.select_one(".e-content")
        if not isinstance(body, Tag):
            tell(Note("told", "file", path, 0, "no story is in it: left out"))
            continue
        heading = soup.select_one(".p-name") or soup.find("title")
        title = " ".join(heading.get_text(" ").split()) if isinstance(heading, Tag) else ""
        for each in body.select(".section-divider, hr.section-divider"):
            each.decompose()
        first = body.select_one(".graf--title")
        if isinstance(first, Tag) and " ".join(first.get_text(" ").split()) == title:
            first.decompose()
        subtitle = soup.select_one("section[data-field=subtitle], .p-summary")
        canonical = soup.select_one("a.p-canonical")
        published = soup.select_one("time.dt-published, footer time")
        author = soup.select_one("a.p-author")
        stem = _PAGE.match(path)[1]  # type: ignore[index]
        is_draft = stem.startswith("draft_")
        name = re.sub(r"^(?:draft_|\d{4}-\d{2}-\d{2}_)", "", stem)
        writer = " ".join(author.get_text(" ").split()) if isinstance(author, Tag) else ""
        found = re.match(r"\d{4}-\d{2}-\d{2}", stem)
        date = iso_moment(str(published.get("datetime") or "")) if isinstance(published, Tag) else ""
        yield Item(
            kind="post",
            id=stem,
            place=path,
            line=0,
            title=title,
            url=str(canonical.get("href") or "") if isinstance(canonical, Tag) and not is_draft else "",
            body=body.decode_contents(),
            form="html",
            slug=_TAIL.sub("", name).strip("-").lower(),
            date=date or (found[0] if found else ""),
            draft=is_draft,
            live=not is_draft,
            authors=(writer,) if writer else (),
            description=" ".join(subtitle.get_text(" ").split()) if isinstance(subtitle, Tag) else "",
        )
