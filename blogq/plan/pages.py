"""Build the views: what one output's template may see, from the plan and the records of the posts it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from blogq.content.post import DRAFT, UNLISTED
from blogq.library.links import where_to
from blogq.library.permalinks import quoted
from blogq.library.taxonomies import AUTHORS, Term
from blogq.library.texts import taxonomy_title
from blogq.plan import linked_data
from blogq.plan.cards import Cards
from blogq.plan.cldr import month_and_year, month_name, year_name
from blogq.plan.companions import INDEX
from blogq.plan.frozen import freeze
from blogq.plan.head_views import SearchPage, SharePage
from blogq.plan.jobs import ListSpec, RenderJob, ancestors, page_url
from blogq.plan.related import related_views
from blogq.plan.site_view import direction, feed_views, script_json
from blogq.plan.view_parts import HeadingView, LinkView, PagerView, TermCountView
from blogq.plan.views import (
    ArchivePage,
    ErrorPage,
    ListPage,
    MonthView,
    Page,
    PostPage,
    RedirectPage,
    TaxonomyPage,
    YearView,
)

if TYPE_CHECKING:
    from blogq.plan.comment_view import CommentsView


class Pages(Cards):
    """Builds the views of one plan's jobs."""

    def comments(self, index: int, url: str, extra: Mapping[str, Any]) -> CommentsView | None:
        """Return the conversation on an entry; `extra` are the other keys of its front matter."""
        if self.site.config.comments is None:
            return None
        from blogq.plan.comments import comments_view

        return comments_view(self, index, url, extra)

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
            "search": self.search,
            "share": self.share,
        }
        return makers[job.kind](job)

    def post(self, job: RenderJob) -> PostPage:
        """Return the view of a post's or page's own page."""
        index = job.subject
        entry = self.site.entries[index]
        cold = self.read(index)
        card = self._card(index, cold.card)
        edition = self.site.editions[job.edition]
        canonical = self.absolute(job.url)
        home = self.sites[job.edition]
        shared = self.shared(index, cold)
        crumbs = self.breadcrumbs(ancestors(edition, self.site.names[index].folder))
        image = linked_data.picture(shared, card.image)
        origin = self.plan.origin
        told = linked_data.article(entry.kind, card, canonical, home, origin, cold.page["words"], image)
        return PostPage(
            kind=entry.kind,
            url=card.url,
            canonical=canonical,
            title=entry.title,
            description=card.description,
            language=card.language,
            direction=card.direction,
            date=card.date,
            updated=card.updated,
            content=self.text(index, cold.body),
            summary=card.summary,
            toc=_nested([(level, id_, self.body(index, html)) for level, id_, html in cold.page["toc"]]),
            authors=card.authors,
            terms=card.terms,
            words=cold.page["words"],
            minutes=card.minutes,
            image=card.image,
            cover=card.cover,
            previous=self.link(self.site.older[index]),
            next=self.link(self.site.newer[index]),
            series=self.series(index),
            breadcrumbs=crumbs,
            translations=self.translations(index) if self.site.translations else (),
            json_ld=script_json(linked_data.with_way(told, crumbs, entry.title, canonical, origin)),
            feeds=home.feeds,
            noindex=bool(entry.flags & (UNLISTED | DRAFT)),
            pinned=card.pinned,
            draft=card.draft,
            extra=freeze(cold.page["extra"]),
            related=related_views(self, index),
            comments=self.comments(index, job.url, cold.page["extra"]),
            shared=shared,
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
        content, extra, image, description = Markup(), {}, "", home.description if spec.kind == "home" else ""
        cold = self.read(spec.entry) if spec.entry >= 0 else None
        if cold is not None:
            extra = cold.page["extra"]
            image = self.image(spec.entry, cold.card["image"])
            description = cold.card["description"] or description
            if job.number == 1:
                content = self.text(spec.entry, cold.body)
        feeds = home.feeds
        taxonomy = ""
        author = None
        crumbs = self.breadcrumbs(ancestors(edition, spec.section.rpartition("/")[0])) if section else ()
        if spec.kind == "term":
            taxonomy = taxonomy_title(self.site, edition, spec.taxonomy) or spec.taxonomy.capitalize()
            crumbs = tuple(link for link in home.taxonomies if link.key == spec.taxonomy)
            if config.taxonomies[spec.taxonomy].feed:
                feeds += feed_views(self.plan, self._feeds.get(spec.url, ()))
            if spec.taxonomy == AUTHORS:
                labels = edition.terms.of_label.items()
                author = self.author(job.edition, next(of for (_, of), term in labels if _is_term(term, spec)))
                description = description or author.bio

        def page(number: int) -> str:
            return self.url(page_url(spec.url, number, folder))

        heading = spec.title
        if spec.kind == "home" and section is not None and spec.entry >= 0:
            heading = section.title
        canonical = self.absolute(job.url)
        told: Any
        if spec.kind == "home":
            told = linked_data.home(home) if job.number == 1 else ""
        elif author is not None:
            told = linked_data.profile(author, canonical, self.plan.origin)
        else:
            told = linked_data.collection(spec.title, description, canonical, home)
            told = linked_data.with_way(told, crumbs, spec.title, canonical, self.plan.origin)
        return ListPage(
            kind=spec.kind,
            url=self.url(job.url),
            canonical=canonical,
            title=spec.title if job.number == 1 else f"{spec.title} ({job.number})",
            heading=heading,
            description=description,
            language=home.language,
            direction=home.direction,
            taxonomy=taxonomy,
            author=author,
            content=content,
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
            breadcrumbs=crumbs,
            translations=self.list_versions(spec.url, spec.entry) if job.number == 1 else (),
            json_ld=script_json(told) if told else Markup(),
            feeds=feeds,
            image=image,
            noindex=spec.entry >= 0 and bool(self.site.entries[spec.entry].flags & UNLISTED),
            extra=freeze(extra),
            shared=self.shared_by_list(job.edition, spec.entry, cold),
        )

    def taxonomy(self, job: RenderJob) -> TaxonomyPage:
        """Return the view of a page that lists terms."""
        spec = self.plan.taxonomies[job.subject]
        home = self.sites[job.edition]
        terms = self.site.editions[spec.edition].terms.by_taxonomy[spec.taxonomy]
        cold = self.read(spec.entry) if spec.entry >= 0 else None
        return TaxonomyPage(
            kind="taxonomy",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=spec.title,
            taxonomy=spec.taxonomy,
            description=(cold.card["description"] if cold else "")
            or self.site.config.taxonomies[spec.taxonomy].description,
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
            content=self.text(spec.entry, cold.body) if cold else Markup(),
            translations=self.list_versions(job.url, spec.entry),
            json_ld=Markup(),
            feeds=home.feeds,
            image=self.image(spec.entry, cold.card["image"]) if cold else "",
            noindex=bool(cold and self.site.entries[spec.entry].flags & UNLISTED),
            extra=freeze(cold.page["extra"] if cold else {}),
            shared=self.shared_by_list(job.edition, spec.entry, cold),
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
                    month_name(month, home.language),
                    self.url(f"{base}{year:04d}/{month:02d}/"),
                    len(posts),
                    tuple(map(self.card, posts)) if spec.year else (),
                )
                for month, posts in chosen.items()
            )
            shown.append(
                YearView(
                    year,
                    year_name(year, home.language),
                    self.url(f"{base}{year:04d}/"),
                    sum(len(posts) for posts in chosen.values()),
                    month_views,
                )
            )
        title = ""
        crumbs: tuple[LinkView, ...] = ()
        if spec.year:
            title = year_name(spec.year, home.language)
            crumbs = (LinkView("", self.url(base), "archive"),)
        if spec.month:
            crumbs += (LinkView(title, self.url(f"{base}{spec.year:04d}/")),)
            title = month_and_year(spec.year, spec.month, home.language)
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
            translations=self.versions(job.url),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            noindex=False,
            shared=self.shared_by_list(job.edition),
        )

    def redirect(self, job: RenderJob) -> RedirectPage:
        """Return the view of an old address."""
        spec = self.plan.redirects[job.subject]
        url = quoted(self.site.urls[spec.entry])
        language = self.language(spec.entry)
        off_site = False
        if spec.away:
            url, off_site = where_to(self.site, self.targets, spec.entry)
        target = url if off_site else self.plan.prefix + url
        return RedirectPage(
            kind="redirect",
            url=self.url(job.url),
            canonical=target if off_site else self.plan.origin + target,
            title=self.site.entries[spec.entry].title,
            target=target,
            language=language,
            direction=direction(self.site.config, language),
        )

    def not_found(self, job: RenderJob) -> ErrorPage:
        """Return the view of the page for addresses that aren't there."""
        home = self.sites[job.edition]
        index = self.site.not_found.get(home.language, -1)
        cold = self.read(index) if index >= 0 else None
        return ErrorPage(
            kind="404",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title=self.site.entries[index].title if index >= 0 else "",
            description="",
            language=home.language,
            direction=home.direction,
            content=self.text(index, cold.body) if cold else Markup(),
            translations=(),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            noindex=True,
        )

    def search(self, job: RenderJob) -> SearchPage:
        """Return the view of the page for searching."""
        home = self.sites[job.edition]
        return SearchPage(
            kind="search",
            url=self.url(job.url),
            canonical=self.absolute(job.url),
            title="",
            description="",
            language=home.language,
            direction=home.direction,
            index=self.url(INDEX),
            translations=(),
            json_ld=Markup(),
            feeds=home.feeds,
            image="",
            shared=None,
            noindex=True,
        )

    def share(self, job: RenderJob) -> SharePage:
        """Return the view of a share image: of an entry, or of the home page."""
        index, home = job.subject, self.sites[job.edition]
        entry = self.site.entries[index] if index >= 0 else None
        language = self.language(index) if entry else home.language
        return SharePage(
            kind="share",
            url=self.url(job.url),
            subject=entry.kind if entry else "home",
            title=entry.title if entry else home.title,
            description="" if entry else home.description,
            authors=tuple(author.title for author in self.authors(index, self.labels(index))) if entry else (),
            date=self.dated(index) if entry else None,
            terms=tuple(term.title for term in self.terms(index)) if entry else (),
            host=self.plan.origin.partition("://")[2] + self.plan.prefix,
            language=language,
            direction=direction(self.site.config, language),
        )


def _is_term(term: Term, spec: ListSpec) -> bool:
    return term.taxonomy == spec.taxonomy and term.slug == spec.slug


def _nested(headings: list[tuple[int, str, str]]) -> tuple[HeadingView, ...]:
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
