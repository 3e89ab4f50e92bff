"""A new post or page: its place, its name, its front matter; made whole or not at all."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from blogq.collect import real
from blogq.config.schema import Config
from blogq.content.dates import Moment
from blogq.content.name import Name, read_name
from blogq.content.parser import zone_of
from blogq.content.post import language_folders
from blogq.finding import Finding
from blogq.library.permalinks import folded, impossible, slugified
from blogq.sources import Sources, content_folder, passed_over, scan_sources
from blogq.start.archetype import FOLDER, Archetype, filled, kinds, load_archetype
from blogq.start.header import Literal, Value, changed, one_line, written
from blogq.start.place import Manner, folder_of, manner_of

LONGEST_SLUG = 80
"""Characters of a name made from a title; cut between words."""
LONGEST_BYTES = 180
"""The same in bytes: most file systems take 255, of which date, language and ending need some."""


class Wish(NamedTuple):
    """What is to be made."""

    title: str
    now: int
    """Seconds since 1970, UTC."""
    page: bool = False
    bundle: bool = False
    section: str | None = None
    kind: str = ""
    slug: str = ""
    date: Moment | None = None
    tags: tuple[str, ...] = ()
    language: str = ""
    author: str = ""
    """Who writes, as git knows them, for a blog of several authors."""


class Made(NamedTuple):
    """What was made."""

    path: str
    """The new source, relative to the site."""
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Refused(NamedTuple):
    """Why nothing was made, and what to do."""

    message: str
    hint: str
    findings: tuple[Finding, ...] = ()


def make_post(site: Path, config: Config, wish: Wish) -> Made | Refused:
    """Write the file of a new post below the real folder `site`. OSError when the disk refuses."""
    from blogq.render.theme import load_theme

    title = one_line(wish.title)
    if not title:
        return Refused("a title has at least one character that can be seen", 'write it in quotes: blogq new "A title"')
    theme, _ = load_theme(site, config.theme, {})
    output = real(site / config.output)
    sources = scan_sources(site, config, theme, output, time.time_ns())
    section = wish.section
    if section is not None:
        section = _section(section, sources.shown)
        if section is None:
            return Refused(
                f"{wish.section!r} is no folder below {sources.shown or 'the site'}", "name one, as in notes"
            )
    archetype: Archetype | None = None
    kind = wish.kind or ("page" if wish.page else "post")
    found = load_archetype(site, kind)
    if isinstance(found, Archetype):
        archetype = found
    elif found is not None:
        return Refused(f"the archetype {kind!r} can't be used", "mend it, or choose another with --kind", found)
    elif wish.kind:
        known = kinds(site)
        near = get_close_matches(kind, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}" if known else ""
        return Refused(f"there is no archetype {kind!r}", hint or f"write {FOLDER}/{kind}.md first")

    manner = manner_of(sources, config, section)
    when = wish.date or _present(wish.now, config.timezone)
    day = _day(when)
    if wish.page:
        manner = manner._replace(folder=section or "", dated=False, bundles=False)
    place = _Place(site, config, sources, output, manner, day, wish)
    path = place.path(slug_of(wish.slug or title), archetype is not None and archetype.is_folder)
    if isinstance(path, Refused):
        return path
    if refused := place.taken(path):
        return refused

    slug = place.name(path).stem
    shown = sources.shown + path
    fields: dict[str, Value] = {"title": title}
    stamp = _stamp(when, wish.date.time if wish.date else manner.timed, manner.style)
    if not wish.page:
        fields["date"] = stamp
    fields["draft"] = True
    own = config.languages.get(place.language)
    author = (own.author if own else "") or config.author or (wish.author if len(config.authors) > 1 else "")
    if author and (manner.authored or not config.author):
        fields["author"] = author
    findings: list[Finding] = []
    if archetype is None:
        if wish.tags:
            fields["tags"] = wish.tags
        text = written(manner.style, fields)
        text += "" if text.endswith("\n\n") else "\n"
    else:
        values = {"title": title, "date": stamp.text, "slug": slug, "author": author}
        text, findings = filled(archetype, values)
        if any(each.severity == "error" for each in findings):
            hint = f"mend {archetype.shown}, or choose another with --kind"
            return Refused(f"the archetype {kind!r} can't be used", hint, tuple(findings))
        text = _completed(text, archetype.shown, config, fields, wish)
    if wrong := _wrong(text, archetype.shown if archetype else shown, config):
        return Refused(f"the archetype {kind!r} makes no post that can be read", "mend it", wrong)

    notes = []
    if wish.section is not None and section and not (content_folder(site, config) / section).is_dir():
        folders = {path.rpartition("/")[0] for path in sources.content.paths}
        near = get_close_matches(section, sorted(folders), 1, 0.8)
        notes.append(f"{section}/ is a new section" + (f" ({near[0]}/ is there already)" if near else ""))
    _write(site, shown, text.encode(), archetype)
    return Made(shown, tuple(notes), tuple(findings))


class _Place:
    """Finds the place of a new source."""

    def __init__(
        self, site: Path, config: Config, sources: Sources, output: Path, manner: Manner, day: date, wish: Wish
    ) -> None:
        self.site, self.config, self.sources, self.manner, self.wish = site, config, sources, manner, wish
        self.content = real(content_folder(site, config))
        self.beside = output.relative_to(self.content).as_posix() if output.is_relative_to(self.content) else ""
        self.folder = folder_of(manner, day)
        self.date = day.isoformat() if manner.dated else ""
        self.default = config.language.lower()
        self.language = wish.language.lower().replace("_", "-") or self.default
        self.folders = language_folders(config)
        self.root = next((folder for folder, tag in self.folders if tag == self.language), "")
        """Folder whose sources are in the language, where it has one; else their names say it."""
        if self.root and f"{self.folder}/".startswith(f"{self.root}/"):
            self.folder = self.folder[len(self.root) + 1 :]

    def path(self, slug: str, is_folder: bool) -> str | Refused:
        """Return the path below the content folder of a source called `slug`, or why there can be none."""
        bundle = self.wish.bundle or is_folder or self.manner.bundles
        if self.language != self.default and (path := self.original(slug)):
            return path
        tried = list(dict.fromkeys((slug, slug.replace(".", "-"), f"{'page' if self.wish.page else 'post'}-{slug}")))
        for each in tried:
            path = self.named(each, bundle)
            name = self.name(path)
            wanted = (self.folder, each, self.date, self.language, bundle, False)
            if (*name[:4], bool(name.bundle), name.section) == wanted and not impossible(f"/{each}/"):
                break
        else:
            if self.name(self.named("x", bundle)).language != self.language:
                return Refused(f"{self.wish.language!r} is no language tag", "write one such as es or pt-BR")
            return Refused(f"no file can be called {slug!r}", "give it another name with --slug")
        why = passed_over(path, not self.sources.shown, self.beside, self.config.ignore)
        if why:
            return Refused(
                f"{self.sources.shown}{path} would be passed over: {why}", "choose another --section or --slug"
            )
        above = (self.content / path).parent
        while not os.path.lexists(above):
            above = above.parent
        if not above.is_dir() or not real(above).is_relative_to(self.site):
            return Refused(f"{above} is no folder of the site", "choose another with --section")
        return path

    def named(self, slug: str, bundle: bool) -> str:
        """Return the path of a source called `slug`."""
        stem = f"{self.date}-{slug}" if self.date else slug
        said = "" if self.root or self.language == self.default else f".{self.language}"
        tail = said + self.manner.extension
        file = f"{stem}/index{tail}" if bundle else stem + tail
        return "/".join(part for part in (self.root, self.folder, file) if part)

    def name(self, path: str) -> Name:
        """Return what the path of a source says; its language even where it says none."""
        name = read_name(path, self.folders)
        return name if name.language else name._replace(language=self.default)

    def original(self, slug: str) -> str:
        """Return the path of the version in another language of the source called `slug`, if there is one."""
        paths = [self.sources.content.paths[index] for index in self.sources.posts]
        named = [path for path in paths if (name := self.name(path)).stem == slug and name.language == self.default]
        here = [path for path in named if self.name(path).folder == self.folder]
        # Where posts lie in folders by year, the original may be in another one than today's.
        found = here or (named if self.wish.slug and len(named) == 1 else [])
        if not found:
            return ""
        of_default = next((f"{folder}/" for folder, tag in self.folders if tag == self.default), "")
        path = found[0].removeprefix(of_default)
        if self.root:
            return f"{self.root}/{path}"
        stem, dot, extension = path.rpartition(".")
        return f"{stem}.{self.language}{dot}{extension}"

    def taken(self, path: str) -> Refused | None:
        """Return what stands where `path` is to be, or would have its address."""
        shown = self.sources.shown
        hint = "edit that one, or give the new one another name with --slug"
        if os.path.lexists(self.content / path):
            return Refused(f"{shown}{path} is there already", hint)
        mine = self.name(path)
        for other in (self.sources.content.paths[index] for index in self.sources.posts):
            name = self.name(other)
            same = folded(name.folder) == folded(mine.folder) and folded(name.stem) == folded(mine.stem)
            if same and name.language == mine.language and not name.section:
                return Refused(f"{shown}{other} has the same name, and so the same address", hint)
        return None


def slug_of(title: str) -> str:
    """Return the name of the file of a post called `title`: short, and never empty."""
    # A dot between two letters is part of a word; any other one only looks like an ending.
    slug = re.sub(r"-{2,}", "-", re.sub(r"(?<![^\W_])\.|\.(?![^\W_])", "-", slugified(title))).strip("-")
    while len(slug) > LONGEST_SLUG or len(slug.encode()) > LONGEST_BYTES:
        cut = slug[:LONGEST_SLUG] if len(slug) > LONGEST_SLUG else slug[:-1]
        shorter = cut.rpartition("-")[0] if slug[len(cut)] != "-" else cut
        slug = (shorter if len(shorter) >= len(cut) // 2 else cut).strip("-.~_")
    return slug or "untitled"


def _section(folder: str, shown: str) -> str | None:
    """Return a section as a path below the content folder; None where it can't be one."""
    folder = folder.replace(os.sep, "/").removeprefix("./").strip()
    if shown and f"{folder.rstrip('/')}/".startswith(shown):
        folder = folder[len(shown) :]
    parts = [part for part in folder.strip("/").split("/") if part]
    if folder.startswith("/") or one_line(folder) != folder or {"..", "."} & set(parts):
        return None
    return "/".join(parts) if not parts or not impossible("/" + "/".join(parts) + "/") else None


def _present(now: int, zone: str) -> Moment:
    away = datetime.fromtimestamp(now, zone_of(zone)).utcoffset() or timedelta()
    return Moment(now, round(away.total_seconds() / 60), True)


def _day(when: Moment) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=when.seconds, minutes=when.offset)).date()


def _stamp(when: Moment, timed: bool, style: str) -> Literal:
    """Return a date as posts write it; with its time where theirs have one."""
    if not timed:
        return Literal(_day(when).isoformat())
    local = datetime.fromtimestamp(when.seconds, timezone(timedelta(minutes=when.offset)))
    text = local.strftime("%Y-%m-%d %H:%M:%S %z") if style == "yaml" else local.isoformat(timespec="seconds")
    return Literal(f"{text[:-2]}:{text[-2:]}" if style == "yaml" else text)


def _completed(text: str, shown: str, config: Config, fields: Mapping[str, Value], wish: Wish) -> str:
    """Return an archetype's text with what it leaves out: title, date, draft; and with the tags that are asked for."""
    from blogq.content.front_matter import read_front_matter

    taxonomies = tuple(config.taxonomies)
    front, _, _, noticed = read_front_matter(text, shown, taxonomies=taxonomies, zone=zone_of(config.timezone))
    if any(each.severity == "error" for each in noticed):
        return text
    if front.style == "none":
        return written("yaml", {**fields, **({"tags": wish.tags} if wish.tags else {})}) + "\n" + text.lstrip("\n")
    missing = [key for key in ("draft", "date", "title") if key in fields and key not in front.lines]
    missing += ["title"] if not front.title and "title" not in missing else []
    for key in missing:
        text = changed(text, key, fields[key], taxonomies)
    if wish.date and "date" in fields and "date" not in missing:
        text = changed(text, "date", fields["date"], taxonomies)
    if wish.tags:
        own = next((labels for taxonomy, labels in front.terms if taxonomy == "tags"), ())
        text = changed(text, "tags", tuple(dict.fromkeys((*own, *wish.tags))), taxonomies)
    return text


def _wrong(text: str, shown: str, config: Config) -> tuple[Finding, ...]:
    """Return the errors in the front matter of `text`."""
    from blogq.content.front_matter import read_front_matter

    zone = zone_of(config.timezone)
    *_, noticed = read_front_matter(text, shown, taxonomies=tuple(config.taxonomies), zone=zone)
    return tuple(each for each in noticed if each.severity == "error")


def _write(site: Path, shown: str, data: bytes, archetype: Archetype | None) -> None:
    """Write the source, and what stands beside it, where nothing is yet."""
    target = site / shown
    target.parent.mkdir(parents=True, exist_ok=True)
    files = archetype.files if archetype is not None else {}
    for name, content in files.items():
        beside = target.parent / name
        beside.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(beside):
            with open(beside, "xb") as file:
                file.write(content)
    with open(target, "xb") as file:
        file.write(data)
