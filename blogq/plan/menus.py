"""The site's menus: what config says, pages that put themselves there, and a navigation where nobody says anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from blogq.config.schema import Config, MenuItem
from blogq.library.menus import Placed, by_weight
from blogq.library.permalinks import quoted
from blogq.library.site import index_of
from blogq.plan.companions import SEARCH
from blogq.plan.jobs import Plan
from blogq.plan.view_parts import MenuView

MAIN = "main"
"""The menu that is the site's navigation."""


class _Item(NamedTuple):
    """An entry of a menu that is being put together."""

    weight: int
    title: str
    url: str
    children: list[_Item]


def items_of(config: Config, language: str) -> Mapping[str, tuple[MenuItem, ...]]:
    """Return the menus of config by name; that called `main` is the language's own, else `menu`."""
    menus = dict(config.menus)
    own = config.languages.get(language)
    if own and own.menu:
        menus[MAIN] = own.menu
    elif config.menu:
        menus[MAIN] = config.menu + menus.get(MAIN, ())
    return menus


def menu_views(plan: Plan, number: int) -> dict[str, tuple[MenuView, ...]]:
    """Return all menus of the edition `number` by name; `main` is always among them.

    Entries go by weight; those without one come last, config's before those of pages, in the order of config and of
    titles. A page that config names in the same menu stands there once. `main: []` is a navigation with nothing in it.
    """
    edition = plan.site.editions[number]
    configured = items_of(plan.site.config, edition.language)
    menus: dict[str, tuple[MenuView, ...]] = {}
    for name in sorted({*configured, *edition.menus}):
        items = [_configured(plan, item, edition.language) for item in configured.get(name, ())]
        given = set(_urls(items))
        placed = [each for each in edition.menus.get(name, ()) if _url(plan, plan.site.urls[each.entry]) not in given]
        new = [_Item(each.weight, each.title, _url(plan, plan.site.urls[each.entry]), []) for each in placed]
        parents = {item.title: item for item in (*reversed(new), *reversed(items))}
        for each, item in zip(placed, new, strict=True):
            above = parents.get(each.parent) if each.parent else None
            # A parent that stands below another entry itself would make a third level, or a circle.
            below = above is not None and above is not item and not _stands_below(above, new, placed)
            (above.children if above is not None and below else items).append(item)
        menus[name] = _views(items)
    if not menus.get(MAIN) and MAIN not in configured:
        menus[MAIN] = _usual(plan, number)
    return menus


def _stands_below(above: _Item, new: list[_Item], placed: list[Placed]) -> bool:
    return any(item is above and each.parent for item, each in zip(new, placed, strict=True))


def _urls(items: list[_Item]) -> Iterator[str]:
    for item in items:
        yield item.url
        yield from _urls(item.children)


def _configured(plan: Plan, item: MenuItem, language: str) -> _Item:
    children = [_configured(plan, child, language) for child in item.children]
    site = plan.site
    source, mark, fragment = item.url.removeprefix("@/").lstrip("/").partition("#")
    found = index_of(site, source)
    if found is not None:
        versions = site.translations.get(found, ())
        found = next((at for at in versions if site.languages[at] == language), found)
        url, title = _url(plan, site.urls[found]) + mark + fragment, item.title or site.entries[found].title
        return _Item(item.weight, title, url, children)
    url = item.url
    if url.startswith("/") and not url.startswith("//"):
        url = plan.prefix + url
    return _Item(item.weight, item.title or item.url, url, children)


def _views(items: list[_Item]) -> tuple[MenuView, ...]:
    items = sorted(items, key=lambda item: by_weight(item.weight))
    return tuple(MenuView(item.title, item.url, _views(item.children)) for item in items)


def _usual(plan: Plan, number: int) -> tuple[MenuView, ...]:
    """Return sections with posts, archive, the page for searching and pages of the top folder."""
    site = plan.site
    edition = site.editions[number]
    links = [(s.title, s.url, "") for folder, s in edition.sections.items() if folder and "/" not in folder and s.posts]
    if edition.posts:
        links.append(("", f"{edition.home}archive/", "archive"))
    if site.config.search:
        links.append(("", f"{edition.home}{SEARCH}", "search"))
    pages = edition.sections[""].pages
    links += [(site.entries[i].title, site.urls[i], "") for i in pages]
    return tuple(MenuView(title, _url(plan, url), (), key) for title, url, key in links)


def _url(plan: Plan, path: str) -> str:
    return plan.prefix + quoted(path)
