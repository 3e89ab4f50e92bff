"""Find what is wrong with the menus: entries that lead nowhere, and parents that aren't there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from blogq.config.schema import Config, MenuItem
from blogq.content.post import Entry
from blogq.finding import Finding, Span
from blogq.library.links import Targets, exists
from blogq.library.site import Site
from blogq.plan.menus import items_of


def check_menus(
    site: Site, targets: Targets, origins: Iterable[tuple[str, str]], shown: str, line_of: Callable[[Entry, str], int]
) -> list[Finding]:
    """Return a warning for each entry of a menu that leads nowhere, and for each below one that isn't there.

    `origins` say where the config's options come from, as `Loaded.origins` does; `shown` is the content folder's path.
    """
    findings = _dead(site.config, targets, dict(origins))
    for edition in site.editions:
        configured = items_of(site.config, edition.language)
        for menu, placed in edition.menus.items():
            own = {each.title for each in placed if not each.parent}
            known = own | {item.title for item in configured.get(menu, ())}
            for each in placed:
                if each.parent and each.parent not in known:
                    entry = site.entries[each.entry]
                    span = Span(shown + entry.path, line_of(entry, "menus"))
                    message = f"front matter `menu`: the menu {menu!r} has no entry {each.parent!r} at its top"
                    hint = _near(each.parent, known) or "write the title of an entry that stands at the menu's top"
                    findings.append(Finding("ST102", "warning", span, message, hint))
    return findings


def _near(wanted: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted[:80], sorted(known), 1)
    return f"did you mean {near[0]!r}?" if near else ""


def _dead(config: Config, targets: Targets, origins: Mapping[str, str]) -> list[Finding]:
    findings: list[Finding] = []
    menus = {"menu": config.menu}
    menus |= {f"menus.{name}": items for name, items in config.menus.items()}
    menus |= {f"languages.{tag}.menu": language.menu for tag, language in config.languages.items()}
    hint = "write a path on the site such as /about/, a source such as about.md, or a whole address"
    for option, items in menus.items():
        path, _, line = origins.get(option, "").rpartition(":")
        span = Span(path, int(line)) if path and line.isdigit() else Span("blogq.yaml")
        for item in _all(items):
            if not _leads_somewhere(item.url, targets):
                message = f"`{option}`: {item.url} leads nowhere: no such page, source or file"
                findings.append(Finding("LK001", "warning", span, message, hint))
    return findings


def _all(items: Iterable[MenuItem]) -> Iterator[MenuItem]:
    for item in items:
        yield item
        yield from _all(item.children)


def _leads_somewhere(url: str, targets: Targets) -> bool:
    if not url or re.match(r"[a-z][a-z0-9+.-]*:|//|#", url, re.IGNORECASE):
        return True
    source = url.removeprefix("@/").lstrip("/").partition("#")[0]
    return source in targets.by_path or (url.startswith("/") and exists(targets, url))
