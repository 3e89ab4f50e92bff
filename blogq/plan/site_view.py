"""What all pages share: the site, its feeds and its menu, dates, and JSON that can stand in a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from blogq import __version__
from blogq.content.post import MISSING
from blogq.library.permalinks import quoted
from blogq.library.site import moment
from blogq.library.taxonomies import author_key
from blogq.plan.frozen import freeze
from blogq.plan.jobs import FEED_FILES, FeedSpec, Plan, edition_description, edition_title
from blogq.plan.menus import MAIN, menu_views
from blogq.plan.view_parts import ProfileView
from blogq.plan.views import DateView, FeedView, LinkView, SiteView

RTL = frozenset(["ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"])
"""Languages written from right to left."""
MONTHS = ("January February March April May June July August September October November December").split()


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr` for a language tag."""
    return "rtl" if language.partition("-")[0] in RTL else "ltr"


def date_view(seconds: int, offset: int, language: str) -> DateView | None:
    """Return a moment as templates see it, or None for a missing one."""
    if seconds == MISSING:
        return None
    when = moment(seconds, offset)
    day = f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    iso = f"{day}T{when.hour:02d}:{when.minute:02d}:{when.second:02d}{zone}"
    text = f"{when.day} {MONTHS[when.month - 1]} {when.year}" if language.startswith("en") else day
    return DateView(iso, day, text, when.year, when.month)


def month_name(year: int, month: int, language: str) -> str:
    """Return a month as archives call it below its year."""
    return MONTHS[month - 1] if language.startswith("en") else f"{year:04d}-{month:02d}"


def month_title(year: int, month: int, language: str) -> str:
    """Return a month as its own page is called."""
    name = month_name(year, month, language)
    return f"{name} {year}" if language.startswith("en") else name


def script_json(value: object) -> Markup:
    """Return `value` as JSON that can stand inside a `<script>` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def site_view(plan: Plan, number: int, options: Mapping[str, Any]) -> SiteView:
    """Return what all pages of the edition `number` share."""
    site = plan.site
    config = site.config
    edition = site.editions[number]
    title = edition_title(site, edition)

    def url(path: str) -> str:
        return plan.prefix + quoted(path)

    menus = menu_views(plan, number)
    author = config.authors.get(author_key(config, config.author))
    return SiteView(
        title=title,
        description=edition_description(site, edition),
        url=plan.origin + url(edition.home),
        home=url(edition.home),
        path=plan.prefix,
        language=edition.language,
        direction=direction_of(edition.language),
        author=(author.name if author else "") or config.author,
        menu=menus[MAIN],
        menus=freeze(menus),
        taxonomies=tuple(LinkView(spec.title, url(spec.url)) for spec in plan.taxonomies if spec.edition == number),
        feeds=feed_views(plan, (spec for spec in plan.feeds if spec.home == edition.home and spec.edition == number)),
        profiles=tuple(ProfileView(p.name or p.url, p.url, p.rel) for p in config.profiles),
        archive=url(f"{edition.home}archive/") if edition.posts else "",
        generator=f"blogq {__version__}",
        options=freeze(options),
        extra=freeze(config.extra),
    )


def feed_views(plan: Plan, specs: Iterable[FeedSpec]) -> tuple[FeedView, ...]:
    """Return feeds as templates see them."""
    return tuple(
        FeedView(
            f"{spec.title} ({FEED_FILES[spec.format][2]})",
            plan.prefix + quoted(spec.url),
            FEED_FILES[spec.format][1],
        )
        for spec in specs
    )
