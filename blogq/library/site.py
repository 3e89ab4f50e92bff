"""The site as a value: live entries in order, their URLs, lists, terms, archives and neighbours.

Recomputed in full at every build from metadata alone; so it must stay cheap at ten thousand posts, and it is
why nothing on a page can be stale.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.content.name import Name, read_name
from blogq.content.post import MISSING, PINNED, UNIT, UNLISTED, Entry, language_folders
from blogq.finding import Finding, Span
from blogq.library.bundles import held_bundles, place_files
from blogq.library.menus import Placed, by_weight, collect_menus
from blogq.library.permalinks import (
    UNNAMED,
    as_url,
    expanded,
    impossible,
    invisible,
    plain_folder,
    slug_of_stem,
    slugified,
)
from blogq.library.series import collect_series
from blogq.library.status import Choice, is_chosen
from blogq.library.taxonomies import Terms, collect_terms, edition_author, folder_of, with_author
from blogq.library.texts import retitled, take_texts

_EPOCH = date(1970, 1, 1).toordinal()

LineOf = Callable[[Entry, str], int]
"""The line in an entry's source on which a front matter key stands, or 0."""


class Section(NamedTuple):
    """A folder of sources."""

    folder: str
    """Its path below the content folder, with `_posts` and `_drafts` dropped."""
    url: str
    title: str
    entry: int
    """Index of its own text (`_index.md`), or -1."""
    posts: tuple[int, ...]
    """All posts below it, newest first."""
    pages: tuple[int, ...]
    """Undated pages right in it, by weight and title."""
    children: tuple[str, ...]
    """Folders of the sections right below it."""


class Edition(NamedTuple):
    """The site in one language."""

    language: str
    home: str
    """URL of its home page."""
    posts: tuple[int, ...]
    """Listed posts, newest first."""
    sections: Mapping[str, Section]
    """By folder; the top folder's is the home page."""
    terms: Terms
    years: Mapping[int, Mapping[int, tuple[int, ...]]]
    """Posts by year and month, newest first."""
    pinned: tuple[int, ...]
    """Posts that stand before the others on the home page and in sections, in that order."""
    menus: Mapping[str, tuple[Placed, ...]]
    """Pages that put themselves into menus, by the menu's name."""
    series: Mapping[str, tuple[int, ...]]
    """Posts of each series by its slug, first part first."""
    texts: Mapping[tuple[str, str], int]
    """Index of the text of a taxonomy (with an empty slug) or term, by taxonomy and slug."""


class Site(NamedTuple):
    """Everything that is to be published, ordered."""

    config: Config
    entries: Sequence[Entry]
    """Live sources, in the order of their paths."""
    names: Sequence[Name]
    """What their paths say; parallel to `entries`, as are the next three."""
    urls: tuple[str, ...]
    languages: tuple[str, ...]
    older: tuple[int, ...]
    """Index of the next older post, or -1."""
    newer: tuple[int, ...]
    editions: tuple[Edition, ...]
    """The default language first."""
    translations: Mapping[int, tuple[int, ...]]
    """For an entry in several languages: all of its versions, itself among them."""
    files: Mapping[str, str]
    """URL of each other file under the content folder, by path."""
    parts: Mapping[int, tuple[str, int]]
    """Slug of the series of a post and its place there, from 1."""
    not_found: Mapping[str, int]
    """Index of the site's own page at `/404.html` (`404.md`, or one with that permalink), by language."""


def index_of(site: Site, path: str) -> int | None:
    """Return the index of the live entry whose source is `path`, or None."""
    at = bisect_left(site.entries, path, key=lambda entry: entry.path)
    return at if at < len(site.entries) and site.entries[at].path == path else None


def local_day(entry: Entry) -> date:
    """Return the day of a post in the time zone in which it was written."""
    return date.fromordinal(_EPOCH + (entry.date + entry.offset * 60) // 86400)


def moment(seconds: int, offset: int) -> datetime:
    """Return a moment given as UTC seconds, `offset` minutes east of UTC."""
    zone = UTC if not offset else timezone(timedelta(minutes=offset))
    return datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(seconds=seconds)


def assemble(
    entries: list[Entry], files: list[str], config: Config, choice: Choice, shown: str, line_of: LineOf
) -> tuple[Site, list[Finding]]:
    """Return the site made of `entries` and other `files` of the content folder, and what is wrong with it.

    `shown` is the content folder's path relative to the site, with a slash at its end unless it is empty.
    """
    findings: list[Finding] = []
    live = [entry for entry in entries if is_chosen(entry, choice)]
    of_languages = language_folders(config)
    names = [read_name(entry.path, of_languages) for entry in live]
    default = config.language.lower()
    languages = [name.language or default for name in names]
    urls = _urls(live, names, languages, config, shown, line_of, findings)
    if "" in urls:
        kept = [index for index, url in enumerate(urls) if url]
        live, names = [live[i] for i in kept], [names[i] for i in kept]
        languages, urls = [languages[i] for i in kept], [urls[i] for i in kept]

    posts_by_language: dict[str, list[int]] = {default: []}
    members: dict[str, dict[str, list[int]]] = {default: {}}
    not_found: dict[str, int] = {}
    for index, entry in enumerate(live):
        language = languages[index]
        posts_by_language.setdefault(language, [])
        folders = members.setdefault(language, {})
        name = names[index]
        home = "/" if language == default else f"/{language}/"
        is_own = entry.kind == "page" and not entry.redirect_to and urls[index] == f"{home}404.html"
        if is_own and language not in not_found:
            not_found[language] = index
        elif entry.flags & UNLISTED and entry.kind != "section":
            continue
        elif entry.kind == "post":
            posts_by_language[language].append(index)
        else:
            folders.setdefault(_section_folder(name.folder), []).append(index)

    older = [-1] * len(live)
    newer = [-1] * len(live)
    editions: list[Edition] = []
    parts: dict[int, tuple[str, int]] = {}
    placed = [index for index, entry in enumerate(live) if entry.menus]
    for language in [default, *sorted(set(posts_by_language) - {default})]:
        posts = sorted(posts_by_language[language], key=lambda i: (-live[i].date, urls[i]))
        for newest, oldest in pairwise(posts):
            older[newest], newer[oldest] = oldest, newest
        home = "/" if language == default else f"/{language}/"
        terms = collect_terms(
            with_author([(i, live[i].terms) for i in posts], edition_author(config, language)), config
        )
        for taxonomy, label, index in terms.nameless:
            entry = live[index]
            slug = slugified(label)
            why = impossible(f"/{slug}/") if slug else "no URL can be made of it"
            message = f"{label[:80]!r} can't be a term of {taxonomy}: {why}"
            line = line_of(entry, taxonomy)
            findings.append(Finding("UR102", "error", Span(shown + entry.path, line), message, "use letters or digits"))
        years: dict[int, dict[int, list[int]]] = {}
        for index in posts:
            day = local_day(live[index])
            years.setdefault(day.year, {}).setdefault(day.month, []).append(index)
        with_posts = frozenset(_section_folder(names[i].folder) for i in posts)
        texts, noticed = take_texts(members[language], with_posts, live, terms, config, language, shown)
        findings += noticed
        for (taxonomy, slug), index in texts.items():
            urls[index] = f"{home}{folder_of(config, language, taxonomy)}/" + (f"{slug}/" if slug else "")
        series, places = collect_series(live, terms)
        parts.update(places)
        own: dict[str, int] = {}
        for folder, found in members[language].items():
            for index in found:
                if live[index].kind == "section" and own.setdefault(folder, index) != index:
                    first, second = shown + live[own[folder]].path, shown + live[index].path
                    message = f"{first} and {second} would both be published at {urls[index]}"
                    hint = "leave one of them out: a folder has one text of its own"
                    findings.append(Finding("UR101", "error", Span(second), message, hint))
        pinned = [i for i in posts if live[i].flags & PINNED]
        editions.append(
            Edition(
                language,
                home,
                tuple(posts),
                _sections(home, live, names, urls, posts, members[language]),
                retitled(terms, texts, live),
                {year: {month: tuple(found) for month, found in months.items()} for year, months in years.items()},
                tuple(sorted(pinned, key=lambda i: by_weight(live[i].weight))),
                collect_menus(live, [i for i in placed if languages[i] == language]),
                series,
                texts,
            )
        )

    site = Site(
        config,
        tuple(live),
        tuple(names),
        tuple(urls),
        tuple(languages),
        tuple(older),
        tuple(newer),
        tuple(editions),
        _translations(names, languages, default),
        place_files(files, names, urls, held_bundles(entries, live, of_languages)),
        parts,
        not_found,
    )
    return site, findings


@lru_cache(maxsize=4096)
def _section_folder(folder: str) -> str:
    return "/".join(part for part in folder.split("/") if part not in UNNAMED)


def _urls(
    live: list[Entry],
    names: list[Name],
    languages: list[str],
    config: Config,
    shown: str,
    line_of: LineOf,
    findings: list[Finding],
) -> list[str]:
    """Return the URL of each entry; empty where it can't have one. Two that collide keep a stripped date."""
    urls: list[str] = []
    stripped: dict[str, list[int]] = {}
    for index, (entry, name) in enumerate(zip(live, names, strict=True)):
        url = _url(entry, name, languages[index], config, name.stem)
        if name.date and not entry.slug and not entry.permalink:
            stripped.setdefault(url, []).append(index)
        urls.append(url)
    if stripped:
        uses: dict[str, int] = {}
        for url in urls:
            if url in stripped:
                uses[url] = uses.get(url, 0) + 1
        for url, indexes in stripped.items():
            if uses[url] > 1:
                for index in indexes:
                    name = names[index]
                    stem = name.stem if name.stem == name.date else f"{name.date}-{name.stem}"
                    urls[index] = _url(live[index], name, languages[index], config, stem)
    for index, (entry, url) in enumerate(zip(live, urls, strict=True)):
        why = impossible(url)
        if not why and not invisible(url):
            continue
        key = "permalink" if entry.permalink else "slug" if entry.slug else ""
        span = Span(shown + entry.path, line_of(entry, key) if key else 0)
        what = f"front matter `{key}`" if key else "the file's name"
        if why:
            findings.append(
                Finding(
                    "UR102",
                    "error",
                    span,
                    f"{what} makes the URL {_shown(url)}: {why}",
                    "choose another name",
                )
            )
            urls[index] = ""
        else:
            message = f"{what} makes a URL with characters in it that nobody sees"
            findings.append(Finding("SR107", "warning", span, message, "write the name anew"))
    return urls


def _shown(url: str) -> str:
    text = ascii(url)[1:-1]
    return text if len(text) <= 80 else text[:77] + "…"


def _url(entry: Entry, name: Name, language: str, config: Config, stem: str) -> str:
    if entry.permalink and ":" not in entry.permalink:
        return as_url(entry.permalink)
    slug = entry.slug.strip("/") if entry.slug else slug_of_stem(stem)
    folder = plain_folder(name.folder)
    prefix = "" if language == config.language.lower() else f"/{language}"
    pattern = entry.permalink
    if not pattern and config.permalinks and not name.section:
        top = folder.partition("/")[0]
        pattern = config.permalinks.get(top) or config.permalinks.get(f"{entry.kind}s", "")
    if pattern:
        when = None
        if entry.date != MISSING:
            day = local_day(entry)
            when = (day.year, day.month, day.day)
        url = as_url(expanded(pattern, name, slug, entry.title, when))
        return url if entry.permalink else prefix + url
    url = f"{prefix}/{folder}/" if folder else f"{prefix}/"
    if name.section:
        return url
    if entry.kind == "page" and slug == "404" and not folder:
        return f"{prefix}/404.html"
    return f"{url}{slug}.html" if config.urls == "html" else f"{url}{slug}/"


def _sections(
    home: str,
    live: list[Entry],
    names: list[Name],
    urls: list[str],
    posts: list[int],
    members: Mapping[str, list[int]],
) -> dict[str, Section]:
    """Return the sections of one language: each folder that has posts, pages or a text of its own."""
    below: dict[str, list[int]] = {"": []}
    for index in posts:
        folder = _section_folder(names[index].folder)
        below[""].append(index)
        while folder:
            below.setdefault(folder, []).append(index)
            folder = folder.rpartition("/")[0]
    for folder in members:
        while folder:
            below.setdefault(folder, [])
            folder = folder.rpartition("/")[0]
    own = {folder: index for folder, found in members.items() for index in found if live[index].kind == "section"}
    sections: dict[str, Section] = {}
    children: dict[str, list[str]] = {}
    for folder in sorted(below):
        if folder:
            children.setdefault(folder.rpartition("/")[0], []).append(folder)
    for folder in sorted(below):
        index = own.get(folder, -1)
        last = folder.rpartition("/")[2]
        title = live[index].title if index >= 0 else last.replace("-", " ").replace("_", " ").capitalize()
        url = urls[index] if index >= 0 else f"{home}{plain_folder(folder)}/" if folder else home
        pages = [i for i in members.get(folder, ()) if live[i].kind == "page"]
        pages.sort(key=lambda i: (live[i].weight, live[i].title.casefold(), urls[i]))
        nested = tuple(children.get(folder, ()))
        sections[folder] = Section(folder, url, title, index, tuple(below[folder]), tuple(pages), nested)
    return sections


def _translations(names: list[Name], languages: list[str], default: str) -> dict[int, tuple[int, ...]]:
    """Return the entries that are one text in several languages, the site's own language first."""
    if not any(name.language for name in names):
        return {}
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for index, name in enumerate(names):
        groups.setdefault((name.folder, name.stem, name.section), []).append(index)
    found: dict[int, tuple[int, ...]] = {}
    for group in groups.values():
        for same in _of_one_date(group, names, languages) if len(group) > 1 else ():
            if len(same) > 1:
                versions = tuple(sorted(same, key=lambda i: (languages[i] != default, languages[i])))
                found.update(dict.fromkeys(same, versions))
    return found


def _of_one_date(group: list[int], names: list[Name], languages: list[str]) -> list[list[int]]:
    """Split entries of one folder and stem by the dates in their names.

    Those without a date belong to the one date that there is, unless a language would then have two versions.
    """
    dates: dict[str, list[int]] = {}
    for index in group:
        dates.setdefault(names[index].date, []).append(index)
    if len(dates) == 2 and "" in dates and len({languages[index] for index in group}) == len(group):
        return [group]
    return list(dates.values())


def aliases_of(entry: Entry) -> list[str]:
    """Return the old URLs of an entry."""
    return [as_url(alias) for alias in entry.aliases.split(UNIT)] if entry.aliases else []
