"""Find the links on the site that lead nowhere: to no page, no file, or to an id that its page doesn't have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from blogq.content.name import is_image
from blogq.content.post import Cold
from blogq.finding import Finding, Span
from blogq.library.links import Targets, exists, links_of, resolve, resolve_image, where_to
from blogq.library.permalinks import quoted
from blogq.library.site import Site
from blogq.pattern import Pattern
from blogq.store.digest import compose, digest


def link_digest(site: Site, places: Sequence[str]) -> bytes:
    """Return the digest of what `check_links` looks at; `places` are the URLs of all outputs, in their order.

    Places of links in their sources are left out: they matter only for dead ones.
    """
    entries = site.entries
    parts = [digest("\0".join(places).encode("utf-8", "surrogatepass"))]
    parts += [entry.ids for entry in entries]
    lists = ([e.path for e in entries], [e.links for e in entries], [e.redirect_to for e in entries], site.urls)
    columns = ("\0".join(column) for column in lists)
    return compose(parts, *columns)


_TEMPLATE = Pattern(r"%7B(?:%7B|%25)|\{\{|\{%|%3C%25|<%")
"""Beginnings of template code: Liquid's, Jinja's and Go's `{{` and `{%`, Eleventy's `<%`."""
_HOST = Pattern(r"(?:[a-z0-9-]+\.)+([a-z]{2,24})\.?(?:[/?#]|$)", re.IGNORECASE)
_FILES = frozenset(
    (
        "md markdown mdx rst txt html htm xhtml php asp aspx xml json yaml yml toml js mjs ts css svg png jpg jpeg gif"
        " webp avif ico bmp tif tiff pdf epub doc docx xls xlsx ppt pptx csv tsv zip gz tgz tar mp3 mp4 ogg webm mov"
        " wav rs py rb go sh c h cpp java ipynb ics patch diff log"
    ).split()
)
"""Endings that say that what looks like a host's name is a file's."""


CIRCLE = "name the page where they are to go, or take `redirect_to` out to publish this one"
"""What to do about a page that redirects to itself."""


class Dead(NamedTuple):
    """A link of a source that leads nowhere."""

    entry: int
    """Index of the entry that has it."""
    target: str
    kind: str
    """As `Link.kind` has it; `t` for a link with another generator's template code in it, `r` for a page that sends
    readers on to itself."""
    line: int
    column: int
    why: str
    """As a clause."""


def check_links(
    site: Site, targets: Targets, shown: str, read: Callable[[int], Cold], indexes: Iterable[int] | None = None
) -> list[Finding]:
    """Return a warning for each dead link of each live source, an error for each page that redirects to itself.

    `read` loads an entry's record; `indexes` are the entries to look at, all of them where it is None.
    """
    findings: list[Finding] = []
    coded: dict[int, list[Dead]] = {}
    chosen = range(len(site.entries)) if indexes is None else indexes
    for each in dead_links(site, targets, read, chosen):
        path = shown + site.entries[each.entry].path
        if each.kind == "t":
            coded.setdefault(each.entry, []).append(each)
        elif each.kind == "r":
            message = f"`redirect_to` {each.why}"
            findings.append(Finding("LK102", "error", Span(path, each.line, 1), message, CIRCLE))
        else:
            message, hint = told(each)
            findings.append(Finding("LK001", "warning", Span(path, each.line, each.column), message, hint))
    for index, links in coded.items():
        message, hint = template_code(links)
        span = Span(shown + site.entries[index].path, links[0].line, links[0].column)
        findings.append(Finding("LK101", "warning", span, message, hint))
    return findings


def dead_links(site: Site, targets: Targets, read: Callable[[int], Cold], indexes: Iterable[int]) -> Iterator[Dead]:
    """Yield the dead links of the entries at `indexes`, one entry after the other, each link once for each place.

    `read` loads an entry's record. Pages that redirect to themselves are among them.
    """
    ids: dict[int, frozenset[str]] = {}
    by_url = {url: index for index, url in enumerate(site.urls)}
    checked: dict[str, bool] = {}

    def ids_of(index: int) -> frozenset[str]:
        known = ids.get(index)
        if known is None:
            known = ids[index] = frozenset(read(index).page["ids"])
        return known

    for index in indexes:
        entry = site.entries[index]
        if not entry.links:
            continue
        dead: dict[str, str] = {}
        template: set[str] = set()
        for target in links_of(entry.links):
            if target == entry.redirect_to and _is_circle(site, targets, index):
                line = next(line for it, _, line, _ in read(index).page["links"] if it == target)
                why = f"sends readers of {site.urls[index]} on to that page itself, without end"
                yield Dead(index, target, "r", line, 1, why)
                continue
            if _TEMPLATE.search(target):
                template.add(target)
                continue
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
                dead[target] = "no such source, page or file is published"
                continue
            fragment = unquote(target.partition("#")[2])
            if leads_to < 0 and fragment:
                leads_to = by_url.get(unquote(url.partition("#")[0].partition("?")[0]), -1)
            if not fragment or fragment == "top" or fragment.startswith(":~:"):
                continue
            if leads_to >= 0 and site.entries[leads_to].kind != "section" and fragment not in ids_of(leads_to):
                dead[target] = f"{site.entries[leads_to].path} has nothing with the id {fragment!r}"
                if f"h-{fragment}" in ids_of(leads_to):
                    dead[target] += f"; that heading's id is 'h-{fragment}'"
        if dead or template:
            for target, kind, line, column in read(index).page["links"]:
                if target in template:
                    yield Dead(index, target, "t", line, column, "it has another generator's template code in it")
                elif target in dead and kind != "f":
                    if not column and exists(targets, resolve_image(site, targets, index, target)):
                        continue
                    yield Dead(index, target, kind, line, column, dead[target])


def _is_circle(site: Site, targets: Targets, index: int) -> bool:
    """Return whether an entry sends readers on to itself, whatever the fragment."""
    return re.split("[?#]", where_to(site, targets, index)[0], maxsplit=1)[0] == quoted(site.urls[index])


def is_of_image(dead: Dead) -> bool:
    """Return whether what leads nowhere is an image that is shown, not a link or another file."""
    return dead.kind == "i" or (dead.kind == "m" and is_image(re.split("[?#]", dead.target, maxsplit=1)[0]))


def told(dead: Dead) -> tuple[str, str]:
    """Return what is said of a dead link, and what to do about it: the same in the build and in the gate."""
    if is_of_image(dead):
        message = f"the image {dead.target} isn't there: {dead.why}"
    else:
        message = f"the {'file' if dead.kind in 'im' else 'link'} {dead.target} leads nowhere: {dead.why}"
    return message, _advice(dead.target, dead.kind)


def _advice(target: str, kind: str) -> str:
    """Return what to do about a dead link of a `kind` (see `Link.kind`)."""
    if kind in ("m", "i"):
        return (
            "put the file beside the post or, where the address begins with a slash, into static/; or mend the address"
        )
    host = _HOST.match(target)
    if host and host[1].lower() not in _FILES:
        return f"if another site is meant, write https://{target}"
    return "mend or remove it"


def template_code(links: Sequence[Dead]) -> tuple[str, str]:
    """Return the one message, and its hint, for the `links` of a source that have template code in them."""
    shown = unquote(links[0].target)
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
    if shown in ("{{", "{%", "<%"):
        # A quote within the code has ended the address.
        shown += " …"
    more = f"; so do {len(links) - 1} more in this file" if len(links) > 2 else "; so does one more in this file"
    message = f"the link {shown} has another generator's template code in it, which blogq leaves as it is"
    hint = "write the address itself, such as /assets/picture.png"
    return message + (more if len(links) > 1 else ""), hint
