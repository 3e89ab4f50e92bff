"""Where a page shows: lists, terms, archives and feeds that have it, and pages that link to it."""

from __future__ import annotations

from blogq.content.post import UNLISTED
from blogq.explain.answer import Place
from blogq.explain.state import State
from blogq.library.links import links_of, resolve, targets_of
from blogq.library.permalinks import quoted
from blogq.plan.jobs import page_url, split_base


def shown_on(state: State, index: int) -> tuple[Place, ...]:
    """Return the lists, archives, feeds and neighbours on which the live entry `index` shows, by URL."""
    plan, site = state.plan, state.site
    prefix = split_base(state.config.base_url)[1]
    found: list[Place] = []

    def add(url: str, what: str) -> None:
        found.append(Place(prefix + quoted(url), what))

    paging = site.config.pagination
    for spec in plan.lists:
        if index in spec.posts:
            number = spec.posts.index(index) // paging.size + 1
            kinds = {"home": "home page", "section": f"folder {spec.section}"}
            what = kinds.get(spec.kind, f"{spec.taxonomy}: {spec.title}")
            add(page_url(spec.url, number, paging.path), what)
        section = None if spec.kind == "term" else site.editions[spec.edition].sections.get(spec.section)
        if section is not None and index in section.pages:
            add(spec.url, f"pages of the folder {spec.section}" if spec.section else "pages of the home page")
    for archive in plan.archives:
        years = site.editions[archive.edition].years
        months = years.get(archive.year, {})
        posts = [i for month, found_in in months.items() if archive.month in (0, month) for i in found_in]
        if index in posts:
            add(archive.url, "archive")
    for feed in plan.feeds:
        if index in feed.posts:
            add(feed.url, "feed")
    for neighbour, what in ((site.newer[index], "newer"), (site.older[index], "older")):
        if neighbour >= 0:
            add(site.urls[neighbour], f"link from the next {what} post")
    if not site.entries[index].flags & UNLISTED and any(url == site.urls[index] for url, _ in plan.sitemap):
        add("/sitemap.xml", "sitemap")
    return tuple(found)


def linked_from(state: State, index: int) -> tuple[Place, ...]:
    """Return the pages whose text links to the live entry `index`."""
    site = state.site
    targets = targets_of(site, frozenset(site.urls))
    prefix = split_base(state.config.base_url)[1]
    mine = quoted(site.urls[index])
    found: list[Place] = []
    for at, entry in enumerate(site.entries):
        if at == index or not entry.links:
            continue
        for target in links_of(entry.links):
            url, leads, _ = resolve(site, targets, at, target)
            path = url.partition("#")[0].partition("?")[0]
            if leads == index or path == mine or path == prefix + mine:
                found.append(Place(prefix + quoted(site.urls[at]), state.sources.shown + entry.path))
                break
    return tuple(found)
