"""Find the links on the site that lead nowhere: to no page, no file, or to an id that its page doesn't have."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from blogq.content.post import Cold
from blogq.finding import Finding, Span
from blogq.library.links import Targets, exists, links_of, resolve
from blogq.library.site import Site


def check_links(site: Site, targets: Targets, shown: str, read: Callable[[int], Cold]) -> list[Finding]:
    """Return a warning for each dead link of each live source; `read` loads an entry's record."""
    findings: list[Finding] = []
    ids: dict[int, frozenset[str]] = {}
    by_url = {url: index for index, url in enumerate(site.urls)}
    checked: dict[str, bool] = {}

    def ids_of(index: int) -> frozenset[str]:
        known = ids.get(index)
        if known is None:
            known = ids[index] = frozenset(read(index).page["ids"])
        return known

    for index, entry in enumerate(site.entries):
        if not entry.links:
            continue
        dead: dict[str, str] = {}
        for target in links_of(entry.links):
            if target.startswith("/") and "#" not in target:
                # The usual case, and often the same target in many posts.
                found = checked.get(target)
                if found is None:
                    url = resolve(site, targets, index, target)[0]
                    found = checked[target] = exists(targets, url)
                if not found:
                    dead[target] = "there is no such page or file on the site"
                continue
            url, leads_to, sure = resolve(site, targets, index, target)
            if not sure and not exists(targets, url):
                dead[target] = "there is no such source, page or file"
                continue
            fragment = unquote(target.partition("#")[2])
            if leads_to < 0 and fragment:
                leads_to = by_url.get(unquote(url.partition("#")[0].partition("?")[0]), -1)
            if not fragment or fragment == "top" or fragment.startswith(":~:"):
                continue
            if leads_to >= 0 and site.entries[leads_to].kind != "section" and fragment not in ids_of(leads_to):
                dead[target] = f"{site.entries[leads_to].path} has nothing with the id {fragment!r}"
        if dead:
            for target, kind, line, column in read(index).page["links"]:
                if target in dead and kind != "f":
                    what = "image or file" if kind == "m" else "link"
                    message = f"the {what} {target} leads nowhere: {dead[target]}"
                    findings.append(
                        Finding(
                            "LK001",
                            "warning",
                            Span(shown + entry.path, line, column),
                            message,
                            "mend or remove it",
                        )
                    )
    return findings
