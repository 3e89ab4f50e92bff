"""What all pages share: the site, its feeds and its menu, dates, and JSON that can stand in a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from blogq import __version__
from blogq.config.schema import Config
from blogq.content.post import MISSING
from blogq.library.permalinks import quoted
from blogq.library.site import moment
from blogq.library.taxonomies import author_key, edition_author
from blogq.plan.cldr import day_text, direction_of, own_name, territory_locale
from blogq.plan.companions import MANIFEST, SEARCH, icon_views
from blogq.plan.frozen import freeze
from blogq.plan.jobs import FEED_FILES, FeedSpec, Plan, edition_description, edition_title
from blogq.plan.menus import MAIN, menu_views
from blogq.plan.view_parts import DateView, FeedView, LanguageView, LinkView, ProfileView
from blogq.plan.views import SiteView


def direction(config: Config, language: str) -> str:
    """Return `rtl` or `ltr` for a language tag, as config or else the language has it."""
    found = config.languages.get(language)
    return (found.direction if found else "") or direction_of(language)


def date_format(config: Config, language: str) -> str:
    """Return how dates are written in a language: a name or a pattern."""
    found = config.languages.get(language)
    return (found.date_format if found else "") or config.date_format


def language_name(config: Config, language: str) -> str:
    """Return what a language is called where readers choose one."""
    found = config.languages.get(language)
    return (found.name if found else "") or own_name(language)


def date_view(seconds: int, offset: int, language: str, format: str = "long") -> DateView | None:
    """Return a moment as templates see it, or None for a missing one."""
    if seconds == MISSING:
        return None
    when = moment(seconds, offset)
    day = f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    iso = f"{day}T{when.hour:02d}:{when.minute:02d}:{when.second:02d}{zone}"
    return DateView(iso, day, day_text(when.year, when.month, when.day, language, format), when.year, when.month)


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
    key = edition_author(config, edition.language)
    author = config.authors.get(author_key(config, key))
    return SiteView(
        title=title,
        description=edition_description(site, edition),
        url=plan.origin + url(edition.home),
        home=url(edition.home),
        path=plan.prefix,
        language=edition.language,
        direction=direction(config, edition.language),
        author=(author.name if author else "") or key,
        menu=menus[MAIN],
        menus=freeze(menus),
        taxonomies=tuple(
            LinkView(spec.title, url(spec.url), spec.taxonomy) for spec in plan.taxonomies if spec.edition == number
        ),
        feeds=feed_views(plan, (spec for spec in plan.feeds if spec.home == edition.home and spec.edition == number)),
        profiles=(
            *(ProfileView(p.name or p.url, p.url, p.rel) for p in config.profiles),
            *(ProfileView(p.name, p.url, p.rel) for p in config.channels),
        ),
        archive=url(f"{edition.home}archive/") if edition.posts else "",
        locale=territory_locale(edition.language),
        languages=tuple(
            LanguageView(
                each.language, language_name(config, each.language), url(each.home), direction(config, each.language)
            )
            for each in (site.editions if len(site.editions) > 1 else ())
        ),
        generator=f"blogq {__version__}",
        options=freeze(options),
        extra=freeze(config.extra),
        icons=icon_views(plan, options),
        manifest=url(MANIFEST),
        search=url(f"{edition.home}{SEARCH}") if config.search else "",
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
