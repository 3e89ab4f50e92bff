"""The same page in the languages of the site: which lists, archives and terms of several editions are one another's.

Posts and pages are counterparts by their names (library/site.py). Of what blogq makes itself, the home pages are, the
pages of one folder, of one taxonomy, of one year or month, and of terms that are written alike in their URLs:
`tags/css/` and `es/tags/css/`. Later pages of a list have none, for what stands on the second page differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from blogq.library.site import Site
    from blogq.plan.jobs import ArchiveSpec, ListSpec, TaxonomySpec


class Version(NamedTuple):
    """A list in one language."""

    edition: int
    url: str
    title: str
    """Empty where the theme names it."""


def versions_of(
    lists: Sequence[ListSpec],
    taxonomies: Sequence[TaxonomySpec],
    archives: Sequence[ArchiveSpec],
    hidden: Iterable[str],
) -> dict[str, tuple[Version, ...]]:
    """Return the versions of each list that several editions have, by URL; but for those at `hidden` URLs."""
    groups: dict[tuple[object, ...], list[Version]] = {}
    for spec in lists:
        slug = spec.url.rstrip("/").rpartition("/")[2] if spec.kind == "term" else ""
        one: tuple[object, ...] = ("list", spec.section, spec.taxonomy, slug)
        groups.setdefault(one, []).append(Version(spec.edition, spec.url, spec.title))
    for taxonomy in taxonomies:
        groups.setdefault(("taxonomy", taxonomy.taxonomy), []).append(
            Version(taxonomy.edition, taxonomy.url, taxonomy.title)
        )
    for archive in archives:
        one = ("archive", archive.year, archive.month)
        title = f"{archive.year}" if archive.year else ""
        groups.setdefault(one, []).append(Version(archive.edition, archive.url, title))
    skipped = frozenset(hidden)
    found: dict[str, tuple[Version, ...]] = {}
    for group in groups.values():
        versions = tuple(version for version in group if version.url not in skipped)
        if len(versions) > 1:
            found.update({version.url: versions for version in versions})
    return found


def alternates_of(
    site: Site, versions: Mapping[str, tuple[Version, ...]], listed: Iterable[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return language and URL of the versions of each page in several languages, by URL; the site's own language first.

    Only of `listed` URLs, those that search engines are told.
    """
    told = frozenset(listed)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for group in {*site.translations.values()}:
        pairs = tuple((site.languages[at], site.urls[at]) for at in group if site.urls[at] in told)
        if len(pairs) > 1:
            found.update({url: pairs for _, url in pairs})
    for each in {*versions.values()}:
        pairs = tuple((site.editions[one.edition].language, one.url) for one in each if one.url in told)
        if len(pairs) > 1:
            found.update({url: pairs for _, url in pairs})
    return found
