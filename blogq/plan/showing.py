"""Which outputs show an entry: the jobs whose keys its text, or what lists show of it, is part of."""

from __future__ import annotations

from collections.abc import Iterable

from blogq.library.permalinks import output_path
from blogq.library.site import local_day
from blogq.plan.jobs import Plan, RenderJob, page_url


def jobs_showing(plan: Plan, index: int, card: bool) -> list[RenderJob]:
    """Return the jobs that show the text of the entry at `index`; with `card`, also those that list it.

    Titles, dates and URLs, which neighbours, related posts and menus show as well, are not looked at.
    """
    site = plan.site
    entry, url = site.entries[index], site.urls[index]
    language = site.languages[index]
    edition = next(number for number, each in enumerate(site.editions) if each.language == language)
    found: list[tuple[str, str, int, int, int]] = []
    if site.not_found.get(language) == index:
        found.append((url, "404", index, 1, edition))
    elif entry.kind != "section":
        found.append((url, entry.kind, index, 1, edition))
    size, folder = site.config.pagination.size, site.config.pagination.path
    for at, spec in enumerate(plan.lists):
        numbers: list[int] = []
        if spec.entry == index:
            numbers = list(range(1, spec.pages + 1))
        elif card and spec.edition == edition and index in spec.posts:
            numbers = [spec.posts.index(index) // size + 1]
        found += [(page_url(spec.url, number, folder), "list", at, number, spec.edition) for number in numbers]
    for at, taxonomy in enumerate(plan.taxonomies):
        if taxonomy.entry == index:
            found.append((taxonomy.url, "taxonomy", at, 1, taxonomy.edition))
    for at, feed in enumerate(plan.feeds):
        if index in feed.posts:
            found.append((feed.url, "feed", at, 1, feed.edition))
    if card and entry.kind == "post":
        day = local_day(entry)
        for at, archive in enumerate(plan.archives):
            if archive.edition == edition and archive.year == day.year and archive.month in (0, day.month):
                found.append((archive.url, "archive", at, 1, edition))
    if entry.kind == "post" and site.config.posts_json in (("summary", "full") if card else ("full",)):
        found.append((f"{site.editions[edition].home}posts.json", "posts", edition, 1, edition))
    return [
        RenderJob(output_path(where), where, kind, subject, number, of) for where, kind, subject, number, of in found
    ]


def jobs_of_posts(plan: Plan, indexes: Iterable[int]) -> list[RenderJob]:
    """Return the jobs that make the own pages of the posts at `indexes`."""
    site = plan.site
    number_of = {edition.language: number for number, edition in enumerate(site.editions)}
    return [
        RenderJob(output_path(site.urls[index]), site.urls[index], "post", index, 1, number_of[site.languages[index]])
        for index in indexes
    ]
