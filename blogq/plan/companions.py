"""What is made beside the pages (icons, the web manifest, share images, the page for searching) and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blogq.content.post import HAS_IMAGE, Entry
from blogq.library.permalinks import output_path, quoted
from blogq.plan.head_views import IconView

if TYPE_CHECKING:
    from blogq.config.schema import Config
    from blogq.plan.jobs import Plan

MANIFEST = "/site.webmanifest"
SEARCH = "search/"
"""Where the page for searching stands, below the home page."""
INDEX = "/pagefind/"
"""Folder of the search index."""
SHARE = "/share"
"""Folder of the share images."""
LETTER = "/icon.svg"
"""The icon of a site that has none."""
ICO = "/favicon.ico"
WIDTH, HEIGHT = 1200, 630
"""Of share images, in pixels: what Facebook, LinkedIn and Mastodon show whole (Open Graph's 1.91 to 1)."""
SIZES = (32, 180, 192, 512)
"""Of icons, in pixels: tabs; Apple's home screen; the two that web manifests need (web.dev/articles/add-manifest)."""
FOUND = ("/favicon.svg", "/icon.svg", "/favicon.png", "/icon.png", ICO)
"""Files of a site that are taken for its icon where config names none, the best first."""
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon", "jpg": "image/jpeg", "webp": "image/webp"}


SHOWN_BY = {"share_images": "share.svg", "search": "search.html"}
"""Options that need a template which a theme of one's own may lack."""


def lacking(config: Config, templates: Collection[str]) -> list[str]:
    """Return the options of `SHOWN_BY` that config asks for and whose template isn't among the theme's `templates`."""
    return [option for option, name in SHOWN_BY.items() if getattr(config, option) and name not in templates]


def offered(config: Config, templates: Collection[str]) -> Config:
    """Return `config` without what the theme, which has these `templates`, can't show."""
    off: dict[str, Any] = dict.fromkeys(lacking(config, templates), False)
    return replace(config, **off) if off else config


def icon_of(chosen: str, static: Collection[str]) -> str:
    """Return the URL of the site's icon: what config has `chosen`, else the best that is in `static`, or nothing."""
    if chosen:
        return f"/{chosen.lstrip('/')}"
    return next((url for url in FOUND if url[1:] in static), "")


def _ending(url: str) -> str:
    return url.rpartition(".")[2].lower()


def _is_drawn_from(icon: str) -> bool:
    """Return whether other sizes are made of an icon: one that is nothing but a small `.ico` isn't enough."""
    return bool(icon) and _ending(icon) != "ico"


def icon_url(size: int) -> str:
    """Return the URL of the icon that is `size` pixels wide."""
    return f"/icon-{size}.png"


def icon_views(plan: Plan, options: Mapping[str, Any]) -> tuple[IconView, ...]:
    """Return the icons that pages name; `options` are the theme's, in which old sites name theirs."""
    chosen = options.get("favicon")
    if isinstance(chosen, str) and chosen and not plan.site.config.icon:
        return (IconView("icon", plan.prefix + chosen, _TYPES.get(_ending(chosen), ""), ""),)
    icon = plan.icon or LETTER
    ending = _ending(icon)
    found = [IconView("icon", plan.prefix + quoted(icon), _TYPES.get(ending, ""), "any" if ending == "svg" else "")]
    if _is_drawn_from(plan.icon):
        if ending != "svg":
            found = [IconView("icon", plan.prefix + icon_url(32), "image/png", "32x32")]
        found.append(IconView("apple-touch-icon", plan.prefix + icon_url(180), "image/png", "180x180"))
    return tuple(found)


def manifest_icons(plan: Plan) -> list[dict[str, str]]:
    """Return the icons that the web manifest names."""
    icon = plan.icon or LETTER
    ending = _ending(icon)
    found: list[dict[str, str]] = []
    if ending == "svg":
        found.append({"src": plan.prefix + quoted(icon), "type": _TYPES["svg"], "sizes": "any"})
    if _is_drawn_from(plan.icon):
        found += [
            {"src": plan.prefix + icon_url(size), "type": "image/png", "sizes": f"{size}x{size}"} for size in SIZES[2:]
        ]
    return found


def share_url(url: str) -> str:
    """Return the URL of the share image of the page at `url`: `/posts/a/` → `/share/posts/a.png`."""
    path = output_path(url)
    return f"{SHARE}/{path.removesuffix('/index.html') if path != 'index.html' else '_home'}.png"


def is_drawn(entry: Entry) -> bool:
    """Return whether a share image is drawn for an entry, where config says so: it has no picture of its own."""
    return entry.kind != "section" and not entry.flags & HAS_IMAGE and not entry.redirect_to


def image_type(url: str) -> str:
    """Return the media type of an image by its address, or nothing."""
    ending = _ending(url.partition("?")[0])
    return _TYPES.get(ending, "image/jpeg" if ending == "jpeg" else "")


def alt_of(extra: Mapping[str, Any]) -> str:
    """Return what an entry's picture shows, as front matter says it: `image_alt`, or `alt` in `cover` or `image`."""
    inner = [each.get("alt") for name in ("cover", "image") if isinstance(each := extra.get(name), Mapping)]
    return next((each for each in (extra.get("image_alt"), *inner) if isinstance(each, str) and each), "")


def companions(plan: Plan) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield URL, kind, subject, number and edition of what is made beside the pages."""
    site, config = plan.site, plan.site.config
    yield MANIFEST, "manifest", 0, 1, 0
    yield ICO, "icon", 0, 0, 0
    if _is_drawn_from(plan.icon):
        yield from ((icon_url(size), "icon", 0, size, 0) for size in SIZES)
    elif not plan.icon:
        yield LETTER, "icon", 0, 1, 0
    if config.share_images:
        number_of = {edition.language: number for number, edition in enumerate(site.editions)}
        lost = set(site.not_found.values())
        for index, (entry, url) in enumerate(zip(site.entries, site.urls, strict=True)):
            if is_drawn(entry) and index not in lost:
                yield share_url(url), "share", index, 1, number_of[site.languages[index]]
        for number, edition in enumerate(site.editions):
            yield share_url(edition.home), "share", -1, 1, number
    if config.search:
        own = set(site.urls)
        for number, edition in enumerate(site.editions):
            if (url := f"{edition.home}{SEARCH}") not in own:
                yield url, "search", number, 1, number
