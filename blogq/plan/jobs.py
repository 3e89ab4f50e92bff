"""Which files the site is made of: one job for each, told by kind and subject, and keyed on all that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from blogq.library.permalinks import output_path
from blogq.library.related_lists import Related
from blogq.library.series import TAXONOMY as SERIES
from blogq.library.site import Edition, Section, Site
from blogq.library.taxonomies import folder_of
from blogq.library.texts import taxonomy_title
from blogq.plan.pictures import Picture
from blogq.plan.versions import Version, versions_of


class RenderJob(NamedTuple):
    """One output to be made from a view. What it shows is a pure function of its key."""

    path: str
    """Output file, relative to the output folder."""
    url: str
    """Root-relative and not percent-encoded."""
    kind: str
    """`post page list taxonomy archive 404 redirect feed sitemap robots redirects headers posts`, or a companion's."""
    subject: int
    """Index of the entry, list, taxonomy page, archive page, redirect or feed that it shows."""
    number: int
    """Which page of a list, or part of the sitemap; counts from 1."""
    edition: int


class CopyJob(NamedTuple):
    """One file to be published as it is, but for an image's metadata."""

    path: str
    source: str
    """Path of the file below `root`."""
    root: str
    """Real path of the folder that it must lie in."""
    shown: str
    """Path relative to the site, for findings."""
    digest: bytes
    strip: bool = False
    """Whether it is an image to be published without its metadata."""


class ListSpec(NamedTuple):
    """A list of posts, to be cut into pages."""

    kind: str
    """`home`, `section` or `term`."""
    edition: int
    url: str
    title: str
    posts: tuple[int, ...]
    pages: int
    """How many pages it is cut into; at least 1."""
    section: str = ""
    """Folder of the section."""
    taxonomy: str = ""
    slug: str = ""
    """Of the term."""
    entry: int = -1
    """Index of its own text (`_index.md`), or -1."""


class TaxonomySpec(NamedTuple):
    """A page that lists the terms of a taxonomy."""

    edition: int
    url: str
    taxonomy: str
    title: str
    entry: int
    """Index of its own text (`_index.md`), or -1."""


class ArchiveSpec(NamedTuple):
    """A page of the archive: all years (0, 0), a year, or a month."""

    edition: int
    url: str
    year: int
    month: int


class RedirectSpec(NamedTuple):
    """An old URL of an entry; or the URL of an entry that has moved away itself, as its `redirect_to` says."""

    url: str
    entry: int
    away: bool = False
    """Whether it leads to where the entry says, not to the entry."""


class FeedSpec(NamedTuple):
    """A feed in one format."""

    edition: int
    url: str
    format: str
    title: str
    home: str
    """URL of the page whose feed it is."""
    posts: tuple[int, ...]


FEED_FILES: Mapping[str, tuple[str, str, str]] = {
    "rss": ("feed.xml", "application/rss+xml", "RSS"),
    "atom": ("atom.xml", "application/atom+xml", "Atom"),
    "json": ("feed.json", "application/feed+json", "JSON Feed"),
}
"""File, media type and name of each feed format."""

SITEMAP_LIMIT = 50_000
"""URLs in one sitemap (sitemaps.org/protocol.html)."""


class Plan(NamedTuple):
    """All jobs, and what their subjects are."""

    site: Site
    prefix: str
    """Subpath of the site, without a slash at the end."""
    origin: str
    """Scheme and host of the site."""
    lists: tuple[ListSpec, ...]
    taxonomies: tuple[TaxonomySpec, ...]
    archives: tuple[ArchiveSpec, ...]
    redirects: tuple[RedirectSpec, ...]
    feeds: tuple[FeedSpec, ...]
    sitemap: tuple[tuple[str, int], ...]
    """URL and time of last change (or `MISSING`) of each page that search engines should know."""
    term_urls: Mapping[tuple[int, str, str], str]
    """URL of each term's page by edition, taxonomy and slug."""
    versions: Mapping[str, tuple[Version, ...]]
    """The versions of each list that several editions have, by URL."""
    taken: tuple[tuple[str, str], ...]
    """URLs of lists that a source has taken, each with what would stand there."""
    jobs: tuple[RenderJob, ...]
    pictures: Mapping[str, Picture]
    """The images that pages show, by the URL of the file."""
    related: Related | None = None
    """What posts are related to; None where no page shows it."""
    talk: Mapping[int, tuple[Any, ...]] = {}
    """The approved comments (`conversation.comment.Comment`) on each entry that has any, the oldest first."""
    icon: str = ""
    """URL of the file that the site's icons are made of; empty where they are the first letter of its title."""


def split_base(base_url: str) -> tuple[str, str]:
    """Split a base URL into origin and subpath: `https://x.org/a/` → (`https://x.org`, `/a`)."""
    scheme, _, rest = base_url.partition("://")
    host, _, path = rest.partition("/")
    path = path.strip("/")
    return f"{scheme}://{host}", f"/{path}" if path else ""


def page_url(url: str, number: int, folder: str) -> str:
    """Return the URL of a page of a list."""
    return url if number == 1 else f"{url}{folder}/{number}/"


def make_plan(site: Site, icon: str = "") -> Plan:
    """Return the plan of `site`, whose icons are made of the file at `icon`; what collides is for plan/claims.py."""
    from blogq.content.post import MISSING, UNLISTED
    from blogq.library.site import aliases_of

    config = site.config
    origin, prefix = split_base(config.base_url)
    texts = {index for edition in site.editions for index in edition.texts.values()}
    own = {url for index, url in enumerate(site.urls) if index not in texts} if texts else set(site.urls)
    hidden = {
        url
        for entry, url in zip(site.entries, site.urls, strict=True)
        if entry.kind == "section" and entry.flags & UNLISTED
    }
    lists: list[ListSpec] = []
    taxonomies: list[TaxonomySpec] = []
    archives: list[ArchiveSpec] = []
    feeds: list[FeedSpec] = []
    term_urls: dict[tuple[int, str, str], str] = {}
    sitemap: list[tuple[str, int]] = []
    taken: list[tuple[str, str]] = []

    def add_list(kind: str, edition: int, url: str, title: str, posts: tuple[int, ...], **more: Any) -> None:
        """Add the list of `posts`, newest first, but for `ordered`: the order in which they are to be shown."""
        ordered = more.pop("ordered", posts)
        pages = max(1, -(-len(posts) // config.pagination.size))
        lists.append(ListSpec(kind, edition, url, title, ordered, pages, **more))
        newest = max((_changed(site, i) for i in posts[:1]), default=MISSING)
        if url not in hidden:
            sitemap.append((url, newest))

    def add_feeds(edition: int, home: str, title: str, posts: tuple[int, ...]) -> None:
        for format in config.feeds.formats:
            file = FEED_FILES[format][0]
            feeds.append(FeedSpec(edition, home + file, format, title, home, posts[: config.feeds.limit]))

    for number, edition in enumerate(site.editions):
        title = edition_title(site, edition)
        bases = {
            f"{edition.home}{folder_of(config, edition.language, each)}/"
            for each, terms in edition.terms.by_taxonomy.items()
            if terms
        }
        for folder, section in edition.sections.items():
            kind = "section" if folder else "home"
            if section.entry >= 0 and site.entries[section.entry].redirect_to:
                continue
            if section.entry < 0 and section.url in own:
                taken.append(
                    (section.url, f"the list of the posts in the folder {folder}" if folder else "the home page")
                )
                continue
            if section.entry < 0 and not section.posts and section.url in bases:
                # It has nothing but texts of terms below it.
                continue
            shown = section.title if folder else title
            posts = section.posts
            ordered = pinned_first(posts, edition.pinned) if edition.pinned else posts
            add_list(kind, number, section.url, shown, posts, ordered=ordered, section=folder, entry=section.entry)
        add_feeds(number, edition.home, title, edition.posts)
        for taxonomy, terms in edition.terms.by_taxonomy.items():
            if not terms:
                continue
            options = config.taxonomies[taxonomy]
            base = f"{edition.home}{folder_of(config, edition.language, taxonomy)}/"
            if base in own:
                taken.append((base, f"the list of all {taxonomy}"))
            else:
                index = edition.texts.get((taxonomy, ""), -1)
                taxonomies.append(TaxonomySpec(number, base, taxonomy, taxonomy_title(site, edition, taxonomy), index))
                sitemap.append((base, MISSING))
            for term in terms:
                url = f"{base}{term.slug}/"
                term_urls[number, taxonomy, term.slug] = url
                if url in own:
                    taken.append((url, f"the list of the posts with the term {term.title!r}"))
                else:
                    ordered = edition.series[term.slug] if taxonomy == SERIES else term.posts
                    index = edition.texts.get((taxonomy, term.slug), -1)
                    add_list(
                        "term",
                        number,
                        url,
                        term.title,
                        term.posts,
                        ordered=ordered,
                        taxonomy=taxonomy,
                        slug=term.slug,
                        entry=index,
                    )
                    if options.feed:
                        add_feeds(number, url, f"{title}: {term.title}", term.posts)
        if edition.posts:
            archive = f"{edition.home}archive/"
            pages = [(archive, 0, 0)]
            for year, months in edition.years.items():
                pages.append((f"{archive}{year:04d}/", year, 0))
                pages += [(f"{archive}{year:04d}/{month:02d}/", year, month) for month in months]
            for url, year, month in pages:
                if url in own:
                    taken.append((url, "a page of the archive"))
                else:
                    archives.append(ArchiveSpec(number, url, year, month))
                    sitemap.append((url, MISSING))

    redirects = [
        RedirectSpec(url, index)
        for index, entry in enumerate(site.entries)
        if entry.aliases
        for url in dict.fromkeys(aliases_of(entry))
        if url != site.urls[index]
    ]
    redirects += [
        RedirectSpec(url, index, True)
        for index, (entry, url) in enumerate(zip(site.entries, site.urls, strict=True))
        if entry.redirect_to
    ]
    listed = {spec.url for spec in lists} | {spec.url for spec in taxonomies}
    lost = set(site.not_found.values())
    for index, (entry, url) in enumerate(zip(site.entries, site.urls, strict=True)):
        if not entry.flags & UNLISTED and url not in listed and index not in lost:
            sitemap.append((url, _changed(site, index)))
    sitemap.sort()
    plan = Plan(
        site,
        prefix,
        origin,
        tuple(lists),
        tuple(taxonomies),
        tuple(archives),
        tuple(redirects),
        tuple(feeds),
        tuple(sitemap),
        term_urls,
        versions_of(lists, taxonomies, archives, hidden) if len(site.editions) > 1 else {},
        tuple(taken),
        (),
        {},
        icon=icon,
    )
    return _with_jobs(plan)


def _with_jobs(plan: Plan) -> Plan:
    """Return `plan` with a job for each of its outputs, ordered by URL."""
    from blogq.plan.companions import companions

    site = plan.site
    folder = site.config.pagination.path
    number_of = {edition.language: number for number, edition in enumerate(site.editions)}
    jobs: list[RenderJob] = []

    def add(url: str, kind: str, subject: int, number: int = 1, edition: int = 0) -> None:
        jobs.append(RenderJob(output_path(url), url, kind, subject, number, edition))

    lost = set(site.not_found.values())
    for index, (entry, url) in enumerate(zip(site.entries, site.urls, strict=True)):
        if entry.kind != "section" and index not in lost and not entry.redirect_to:
            add(url, entry.kind, index, 1, number_of[site.languages[index]])
    for index, spec in enumerate(plan.lists):
        for number in range(1, spec.pages + 1):
            add(page_url(spec.url, number, folder), "list", index, number, spec.edition)
    for index, taxonomy in enumerate(plan.taxonomies):
        add(taxonomy.url, "taxonomy", index, 1, taxonomy.edition)
    for index, archive in enumerate(plan.archives):
        add(archive.url, "archive", index, 1, archive.edition)
    for index, redirect in enumerate(plan.redirects):
        add(redirect.url, "redirect", index, 1, number_of[site.languages[redirect.entry]])
    for index, feed in enumerate(plan.feeds):
        add(feed.url, "feed", index, 1, feed.edition)
    for number, edition in enumerate(site.editions):
        add(f"{edition.home}404.html", "404", site.not_found.get(edition.language, 0), 1, number)
    add("/robots.txt", "robots", 0)
    if site.config.headers:
        add("/_headers", "headers", 0)
    if site.config.posts_json != "none":
        for number, edition in enumerate(site.editions):
            add(f"{edition.home}posts.json", "posts", number, 1, number)
    if plan.redirects:
        add("/_redirects", "redirects", 0)
    parts = -(-len(plan.sitemap) // SITEMAP_LIMIT)
    add("/sitemap.xml", "sitemap", 0, 0 if parts > 1 else 1)
    if parts > 1:
        for number in range(1, parts + 1):
            add(f"/sitemap-{number}.xml", "sitemap", number, number)
    for companion in companions(plan):
        add(*companion)
    jobs.sort(key=lambda job: job.url)
    return plan._replace(jobs=tuple(jobs))


def _changed(site: Site, index: int) -> int:
    """Return when an entry was last changed, as far as it says so."""
    entry = site.entries[index]
    return max(entry.updated, entry.date)


def pinned_first(posts: tuple[int, ...], pinned: tuple[int, ...]) -> tuple[int, ...]:
    """Return `posts` with those that are `pinned` before the others, in the order of `pinned`."""
    here = set(posts)
    first = [index for index in pinned if index in here]
    chosen = set(first)
    return (*first, *(index for index in posts if index not in chosen)) if first else posts


def edition_title(site: Site, edition: Edition) -> str:
    """Return the site's title in the language of `edition`."""
    language = site.config.languages.get(edition.language)
    return (language.title if language else "") or site.config.title


def edition_description(site: Site, edition: Edition) -> str:
    """Return the site's description in the language of `edition`."""
    language = site.config.languages.get(edition.language)
    return (language.description if language else "") or site.config.description


def ancestors(edition: Edition, folder: str) -> list[Section]:
    """Return the sections above and at `folder`, outermost first, without the home page."""
    found: list[Section] = []
    while folder:
        section = edition.sections.get(folder)
        if section is not None:
            found.append(section)
        folder = folder.rpartition("/")[0]
    return found[::-1]
