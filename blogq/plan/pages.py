"""Build the views: what one output's template may see, from the plan and the records of the posts it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from blogq import __version__
from blogq.content.post import DRAFT, MISSING, PINNED, UNLISTED, Cold
from blogq.library.links import Targets, resolve, resolve_image
from blogq.library.permalinks import quoted
from blogq.library.site import Section, moment
from blogq.library.taxonomies import split_terms
from blogq.plan.jobs import (
    FEED_FILES,
    FeedSpec,
    ListSpec,
    Plan,
    RenderJob,
    ancestors,
    edition_description,
    edition_title,
    page_url,
)
from blogq.plan.views import (
    ArchivePage,
    CardView,
    DateView,
    ErrorPage,
    FeedView,
    HeadingView,
    LinkView,
    ListPage,
    MonthView,
    Page,
    PagerView,
    PostPage,
    ProfileView,
    RedirectPage,
    SiteView,
    TaxonomyPage,
    TermCountView,
    TermView,
    TranslationView,
    YearView,
)

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
    """Return a month as archives call it."""
    return MONTHS[month - 1] if language.startswith("en") else f"{year:04d}-{month:02d}"


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

    if config.menu:
        sources = {entry.path: index for index, entry in enumerate(site.entries)}
        menu = tuple(LinkView(item.title, _menu_url(plan, sources, item.url)) for item in config.menu)
    else:
        sections = [s for folder, s in edition.sections.items() if folder and "/" not in folder and s.posts]
        menu = tuple(LinkView(section.title, url(section.url)) for section in sections)
        if edition.posts:
            menu += (LinkView("Archive", url(f"{edition.home}archive/")),)
        top = edition.sections[""]
        menu += tuple(LinkView(site.entries[i].title, url(site.urls[i])) for i in top.pages if i != site.not_found)
    author = config.authors.get(config.author)
    return SiteView(
        title=title,
        description=edition_description(site, edition),
        url=plan.origin + url(edition.home),
        home=url(edition.home),
        path=plan.prefix,
        language=edition.language,
        direction=direction_of(edition.language),
        author=(author.name if author else "") or config.author,
        menu=menu,
        taxonomies=tuple(
            LinkView(config.taxonomies[spec.taxonomy].title or spec.taxonomy.capitalize(), url(spec.url))
            for spec in plan.taxonomies
            if spec.edition == number
        ),
        feeds=feed_views(plan, (spec for spec in plan.feeds if spec.home == edition.home and spec.edition == number)),
        profiles=tuple(ProfileView(p.name or p.url, p.url, p.rel) for p in config.profiles),
        archive=url(f"{edition.home}archive/") if edition.posts else "",
        generator=f"blogq {__version__}",
        options=options,
        extra=config.extra,
    )


def feed_views(plan: Plan, specs: Any) -> tuple[FeedView, ...]:
    """Return feeds as templates see them."""
    return tuple(
        FeedView(
            f"{spec.title} ({FEED_FILES[spec.format][2]})",
            plan.prefix + quoted(spec.url),
            FEED_FILES[spec.format][1],
        )
        for spec in specs
    )


def _menu_url(plan: Plan, sources: Mapping[str, int], target: str) -> str:
    found = sources.get(target.removeprefix("@/").lstrip("/"))
    if found is not None:
        return plan.prefix + quoted(plan.site.urls[found])
    if target.startswith("/") and not target.startswith("//"):
        return plan.prefix + target
    return target


class Pages:
    """Builds the views of one plan's jobs; keeps the cards it has built."""

    def __init__(self, plan: Plan, targets: Targets, options: Mapping[str, Any], read: Callable[[int], Cold]) -> None:
        """Prepare views; `options` are the theme's, and `read` loads the record of an entry."""
        self.plan = plan
        self.site = plan.site
        self.targets = targets
        self.read = read
        self.sites = [site_view(plan, number, options) for number in range(len(plan.site.editions))]
        self.number_of = {edition.language: number for number, edition in enumerate(plan.site.editions)}
        self._cards: dict[int, CardView] = {}
        self._feeds: dict[str, list[FeedSpec]] = {}
        for spec in plan.feeds:
            self._feeds.setdefault(spec.home, []).append(spec)

    def url(self, path: str) -> str:
        """Return a URL of the site as links on its pages say it."""
        return self.plan.prefix + quoted(path)

    def absolute(self, path: str) -> str:
        """Return a URL of the site with scheme and host."""
        return self.plan.origin + self.plan.prefix + quoted(path)

    def body(self, index: int, html: str, page: str = "", base: str = "") -> str:
        """Return HTML with its placeholders resolved.

        `page` stands before fragments of the page's own, `base` (scheme and host) before every URL of the site.
        """
        if "\0" not in html:
            return html
        parts = html.split("\0")
        seen: dict[str, str] = {}
        for at in range(1, len(parts), 2):
            part = parts[at]
            found = seen.get(part)
            if found is None:
                found = seen[part] = escape(self.target(index, part[:1], part[1:], page, base))
            parts[at] = found
        return "".join(parts)

    def target(self, index: int, kind: str, target: str, page: str, base: str) -> str:
        """Return where a link of an entry leads, as its `href` or `src` says it."""
        if kind == "f":
            return page + target
        return base + self.plan.prefix + resolve(self.site, self.targets, index, target)[0]

    def image(self, index: int, image: str) -> str:
        """Return the absolute URL of a front matter image, or nothing."""
        if not image:
            return ""
        if image.partition(":")[0].lower() in ("http", "https") or image.startswith("//"):
            return image
        if ":" in image.partition("/")[0]:
            return ""
        found = resolve_image(self.site, self.targets, index, quoted(image))
        return self.plan.origin + self.plan.prefix + found

    def language(self, index: int) -> str:
        """Return the language of an entry's text."""
        return self.site.entries[index].language or self.site.languages[index]

    def authors(self, index: int, labels: list[str]) -> tuple[TermView, ...]:
        """Return the authors of an entry; the site's author where it names none."""
        config = self.site.config
        edition = self.number_of[self.site.languages[index]]
        if not labels and config.author:
            labels = [config.author]
        found = []
        for label in labels:
            term = self.site.editions[edition].terms.of_label.get(("authors", label))
            author = config.authors.get(label)
            title = term.title if term else (author.name if author else "") or label
            url = self.plan.term_urls.get((edition, "authors", term.slug), "") if term else ""
            found.append(TermView("authors", title, self.url(url) if url else ""))
        return tuple(found)

    def terms(self, index: int) -> tuple[TermView, ...]:
        """Return the terms of an entry but for its authors."""
        edition = self.number_of[self.site.languages[index]]
        of_label = self.site.editions[edition].terms.of_label
        found = []
        for taxonomy, labels in split_terms(self.site.entries[index].terms):
            if taxonomy != "authors":
                for label in labels:
                    term = of_label.get((taxonomy, label))
                    if term is not None:
                        url = self.plan.term_urls[edition, taxonomy, term.slug]
                        found.append(TermView(taxonomy, term.title, self.url(url)))
        return tuple(dict.fromkeys(found))

    def card(self, index: int) -> CardView:
        """Return what lists show of an entry."""
        card = self._cards.get(index)
        if card is None:
            card = self._cards[index] = self._card(index, self.read(index).card)
        return card

    def _card(self, index: int, card: Mapping[str, Any]) -> CardView:
        entry = self.site.entries[index]
        language = self.language(index)
        url = self.url(self.site.urls[index])
        return CardView(
            url=url,
            title=entry.title,
            date=date_view(entry.date, entry.offset, language),
            updated=date_view(entry.updated, entry.offset, language),
            summary=Markup(self.body(index, card["summary"], url)),
            description=card["description"],
            more=card["more"],
            authors=self.authors(index, card["authors"]),
            terms=self.terms(index),
            minutes=card["minutes"],
            language=language,
            image=self.image(index, card["image"]),
            pinned=bool(entry.flags & PINNED),
            draft=bool(entry.flags & DRAFT),
        )

    def view(self, job: RenderJob) -> Page:
        """Return the view of a job that has a template."""
        makers: dict[str, Callable[[RenderJob], Page]] = {
            "post": self.post,
            "page": self.post,
            "list": self.list_page,
            "taxonomy": self.taxonomy,
            "archive": self.archive,
            "redirect": self.redirect,
            "404": self.not_found,
        }
        return makers[job.kind](job)

    def link(self, index: int) -> LinkView | None:
        """Return title and URL of an entry, or None for -1."""
        return LinkView(self.site.entries[index].title, self.url(self.site.urls[index])) if index >= 0 else None

    def breadcrumbs(self, sections: list[Section]) -> tuple[LinkView, ...]:
        """Return sections as links."""
        return tuple(LinkView(section.title, self.url(section.url)) for section in sections)

    def translations(self, index: int) -> tuple[TranslationView, ...]:
        """Return the versions of an entry in all its languages."""
        return tuple(
            TranslationView(
                self.site.languages[i],
                self.url(self.site.urls[i]),
                self.absolute(self.site.urls[i]),
                self.site.entries[i].title,
            )
            for i in self.site.translations.get(index, ())
        )

    def post(self, job: RenderJob) -> PostPage:
        """Return the view of a post's or page's own page."""
        index = job.subject
        entry = self.site.entries[index]
        cold = self.read(index)
        card = self._card(index, cold.card)
        edition = self.site.editions[job.edition]
        canonical = self.absolute(job.url)
        home = self.sites[job.edition]
        linked: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "BlogPosting" if entry.kind == "post" else "WebPage",
            "headline" if entry.kind == "post" else "name": entry.title,
            "url": canonical,
            "mainEntityOfPage": canonical,
            "inLanguage": card.language,
            "isPartOf": {"@type": "Blog", "name": home.title, "url": home.url},
        }
        if card.description:
            linked["description"] = card.description
        if card.date:
            linked["datePublished"] = card.date.iso
            linked["dateModified"] = (card.updated or card.date).iso
        if card.authors:
            linked["author"] = [
                {"@type": "Person", "name": a.title, **({"url": self.plan.origin + a.url} if a.url else {})}
                for a in card.authors
            ]
        if card.image:
            linked["image"] = card.image
        if entry.kind == "post":
            linked["wordCount"] = cold.page["words"]
        return PostPage(
            kind=entry.kind,
            url=card.url,
            canonical=canonical,
            title=entry.title,
            description=card.description,
            language=card.language,
            direction=direction_of(card.language),
            date=card.date,
            updated=card.updated,
            content=Markup(self.body(index, cold.body)),
            summary=card.summary,
            toc=_nested(cold.page["toc"]),
            authors=card.authors,
            terms=card.terms,
            words=cold.page["words"],
            minutes=card.minutes,
            image=card.image,
            previous=self.link(self.site.older[index]),
            next=self.link(self.site.newer[index]),
            breadcrumbs=self.breadcrumbs(ancestors(edition, self.site.names[index].folder)),
            translations=self.translations(index) if self.site.translations else (),
            json_ld=script_json(linked),
            feeds=home.feeds,
            noindex=bool(entry.flags & (UNLISTED | DRAFT)),
            draft=card.draft,
            extra=cold.page["extra"],
        )

    def list_page(self, job: RenderJob) -> ListPage:
        """Return the view of one page of a list."""
        spec: ListSpec = self.plan.lists[job.subject]
        config = self.site.config
        home = self.sites[job.edition]
        edition = self.site.editions[job.edition]
        size = config.pagination.size
        start = (job.number - 1) * size
        folder = config.pagination.path
        section = edition.sections.get(spec.section) if spec.kind != "term" else None
        content, extra, image, description = "", {}, "", home.description if spec.kind == "home" else ""
        translations: tuple[TranslationView, ...] = ()
        if section is not None and section.entry >= 0:
            cold = self.read(section.entry)
            extra = cold.page["extra"]
            image = self.image(section.entry, cold.card["image"])
            description = cold.card["description"] or description
            translations = self.translations(section.entry)
            if job.number == 1:
                content = self.body(section.entry, cold.body)
        if spec.kind == "home" and not translations and len(self.site.editions) > 1:
            translations = tuple(TranslationView(site.language, site.home, site.url, site.title) for site in self.sites)
        feeds = home.feeds
        taxonomy = ""
        if spec.kind == "term":
            options = config.taxonomies[spec.taxonomy]
            taxonomy = options.title or spec.taxonomy.capitalize()
            if options.feed:
                feeds += feed_views(self.plan, self._feeds.get(spec.url, ()))

        def page(number: int) -> str:
            return self.url(page_url(spec.url, number, folder))

        heading = spec.title
        if spec.kind == "home" and section is not None and section.entry >= 0:
            heading = section.title
        linked: Any = ""
        if spec.kind == "home":
            linked = {"@context": "https://schema.org", "@type": "Blog", "name": home.title, "url": home.url}
            linked["inLanguage"] = home.language
            if home.description:
                linked["description"] = home.description
        return ListPage(
            kind=spec.kind,
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=spec.title if job.number == 1 else f"{spec.title} ({job.number})",
            heading=heading,
            description=description,
            language=home.language,
            direction=home.direction,
            taxonomy=taxonomy,
            content=Markup(content),
            posts=tuple(map(self.card, spec.posts[start : start + size])),
            count=len(spec.posts),
            pager=PagerView(
                job.number,
                spec.pages,
                page(job.number - 1) if job.number > 1 else "",
                page(job.number + 1) if job.number < spec.pages else "",
                page(1),
                page(spec.pages),
            ),
            sections=self.breadcrumbs([edition.sections[child] for child in section.children]) if section else (),
            pages=tuple(filter(None, map(self.link, section.pages))) if section else (),
            breadcrumbs=self.breadcrumbs(ancestors(edition, spec.section.rpartition("/")[0])) if section else (),
            translations=translations if job.number == 1 else (),
            json_ld=script_json(linked) if linked else Markup(),
            feeds=feeds,
            image=image,
            noindex=False,
            extra=extra,
        )

    def taxonomy(self, job: RenderJob) -> TaxonomyPage:
        """Return the view of a page that lists terms."""
        spec = self.plan.taxonomies[job.subject]
        home = self.sites[job.edition]
        terms = self.site.editions[spec.edition].terms.by_taxonomy[spec.taxonomy]
        return TaxonomyPage(
            kind="taxonomy",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=self.site.config.taxonomies[spec.taxonomy].title or spec.taxonomy.capitalize(),
            description="",
            language=home.language,
            direction=home.direction,
            terms=tuple(
                TermCountView(
                    term.title,
                    self.url(self.plan.term_urls[spec.edition, spec.taxonomy, term.slug]),
                    len(term.posts),
                )
                for term in terms
            ),
            translations=(),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            noindex=False,
        )

    def archive(self, job: RenderJob) -> ArchivePage:
        """Return the view of a page of the archive."""
        spec = self.plan.archives[job.subject]
        home = self.sites[job.edition]
        edition = self.site.editions[spec.edition]
        base = f"{edition.home}archive/"
        years = edition.years if not spec.year else {spec.year: edition.years[spec.year]}
        shown: list[YearView] = []
        for year, months in years.items():
            chosen = {spec.month: months[spec.month]} if spec.month else months
            month_views = tuple(
                MonthView(
                    month_name(year, month, home.language),
                    self.url(f"{base}{year:04d}/{month:02d}/"),
                    len(posts),
                    tuple(map(self.card, posts)) if spec.year else (),
                )
                for month, posts in chosen.items()
            )
            shown.append(
                YearView(
                    year,
                    self.url(f"{base}{year:04d}/"),
                    sum(len(posts) for posts in chosen.values()),
                    month_views,
                )
            )
        title = "Archive"
        crumbs: tuple[LinkView, ...] = ()
        if spec.year:
            title = str(spec.year)
            crumbs = (LinkView("Archive", self.url(base)),)
        if spec.month:
            title = (
                f"{MONTHS[spec.month - 1]} {spec.year}" if home.language.startswith("en") else shown[0].months[0].name
            )
            crumbs += (LinkView(str(spec.year), self.url(f"{base}{spec.year:04d}/")),)
        return ArchivePage(
            kind="month" if spec.month else "year" if spec.year else "archive",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=title,
            description="",
            language=home.language,
            direction=home.direction,
            years=tuple(shown),
            breadcrumbs=crumbs,
            translations=(),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            noindex=False,
        )

    def redirect(self, job: RenderJob) -> RedirectPage:
        """Return the view of an old address."""
        spec = self.plan.redirects[job.subject]
        url = self.site.urls[spec.entry]
        language = self.language(spec.entry)
        return RedirectPage(
            kind="redirect",
            url=self.url(job.url),
            canonical=self.absolute(url),
            title=self.site.entries[spec.entry].title,
            target=self.url(url),
            language=language,
            direction=direction_of(language),
        )

    def not_found(self, job: RenderJob) -> ErrorPage:
        """Return the view of the page for addresses that aren't there."""
        home = self.sites[job.edition]
        index = self.site.not_found
        cold = self.read(index) if index >= 0 else None
        return ErrorPage(
            kind="404",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=self.site.entries[index].title if index >= 0 else "Page not found",
            description="",
            language=home.language,
            direction=home.direction,
            content=Markup(self.body(index, cold.body)) if cold else Markup(),
            translations=(),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            noindex=True,
        )


def _nested(headings: list[list[Any]]) -> tuple[HeadingView, ...]:
    """Return a flat list of (level, id, html) as a tree."""
    root: list[tuple[int, str, str, list[Any]]] = []
    stack: list[tuple[int, list[Any]]] = [(0, root)]
    for level, id_, html in headings:
        while stack[-1][0] >= level:
            stack.pop()
        children: list[Any] = []
        stack[-1][1].append((level, id_, html, children))
        stack.append((level, children))

    def build(nodes: list[Any]) -> tuple[HeadingView, ...]:
        return tuple(HeadingView(id_, Markup(html), build(children)) for _, id_, html, children in nodes)

    return build(root)
