"""What each output depends on, as one digest: the key. Equal keys mean equal views.

Digests compose: what lists and neighbours show of a post was digested when the post was parsed, so planning
never touches a body. Each part of a key is a method of its own; the tests leave each out in turn and demand to
see a stale page for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from blogq.content.post import UNLISTED, Entry
from blogq.library.links import Targets, links_of, resolve, where_to
from blogq.library.permalinks import slugified
from blogq.library.site import Section
from blogq.library.taxonomies import edition_author, split_terms
from blogq.library.texts import taxonomy_title
from blogq.plan.jobs import ListSpec, Plan, RedirectSpec, RenderJob, ancestors
from blogq.plan.pictures import picture_of
from blogq.plan.site_view import site_view
from blogq.plan.versions import alternates_of
from blogq.store.digest import NONE, compose, of_value


class _Made(dict[int, bytes]):
    """Digests by index, each made when it is first asked for."""

    def __init__(self, make: Callable[[int], bytes]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, index: int) -> bytes:
        found = self[index] = self._make(index)
        return found


def said_at(plan: Plan, index: int) -> str:
    """Return the digest of the conversation on an entry, in hex: who said what, whom it answers; empty without one."""
    found = plan.talk.get(index)
    if not found:
        return ""
    # What a source calls the post makes no difference to its page. There may be very many.
    told = attrgetter(*(name for name in type(found[0]).__slots__ if name != "post"))
    return of_value([told(each) for each in found]).hex()


class Keys:
    """Keys of the jobs of one plan."""

    def __init__(self, plan: Plan, targets: Targets, environment: bytes) -> None:
        """Prepare keys; `environment` is the digest of code, config and theme options, which every output shares."""
        self.plan = plan
        self.site = plan.site
        self.targets = targets
        self.environment = environment
        self.languages = [edition.language for edition in self.site.editions]
        self.number_of = {language: number for number, language in enumerate(self.languages)}
        self.sites = [
            compose((environment, self.site_digest(number)), edition.language, self.site_author(number))
            for number, edition in enumerate(self.site.editions)
        ]
        self._lists: dict[int, bytes] = {}
        self._series: dict[tuple[int, str], str] = {}
        self._crumbs: dict[tuple[int, str], str] = {}
        self._irregular = [self._irregular_terms(number) for number in range(len(self.site.editions))]
        self._links: Sequence[str] | None = None
        self.cards: Sequence[bytes] | _Made = _Made(self.card)

    def all(self) -> Sequence[bytes]:
        """Return the key of each job, in the order of the plan."""
        self._links = [f"{entry.title}\2{url}" for entry, url in zip(self.site.entries, self.site.urls, strict=True)]
        self._links.append("")
        self.cards = [self.card(index) for index in range(len(self.site.entries))]
        return self.of(self.plan.jobs)

    def of(self, jobs: Sequence[RenderJob]) -> list[bytes]:
        """Return the keys of some jobs."""
        makers = {
            "post": self.post,
            "page": self.post,
            "list": self.list_page,
            "taxonomy": self.taxonomy,
            "archive": self.archive,
            "redirect": self.redirect,
            "feed": self.feed,
            "sitemap": self.sitemap,
            "robots": self.fixed,
            "redirects": self.redirects,
            "headers": self.fixed,
            "posts": self.posts,
            "404": self.not_found,
            "search": self.page_of_edition,
            "manifest": self.page_of_edition,
            "icon": self.page_of_edition,
            "share": self.share,
        }
        return [makers[job.kind](job) for job in jobs]

    # The parts.

    def site_digest(self, edition: int) -> bytes:
        """What every page of a language sees of the site."""
        return of_value(site_view(self.plan, edition, {}))

    def site_author(self, edition: int) -> str:
        """The site's author, of posts that name none: other posts decide whether there is a page to link to."""
        author = edition_author(self.site.config, self.languages[edition])
        term = self.site.editions[edition].terms.of_label.get(("authors", author))
        return f"{term.title}\2{term.slug}" if term else ""

    def references(self, index: int) -> str:
        """Where the links of an entry lead that depend on other sources, and which of them lead to none."""
        references = self.site.entries[index].references
        if not references:
            return ""
        places: list[str] = []
        for target in links_of(references):
            url, _, found = resolve(self.site, self.targets, index, target)
            places.append(url if found else f"{url}\2")
        return "\1".join(places)

    def pictures(self, index: int) -> str:
        """What there is of the images that an entry shows."""
        images = self.site.entries[index].images
        if not images or not self.plan.pictures:
            return ""
        found = [picture_of(self.plan.pictures, self.site, self.targets, index, target) for target in links_of(images)]
        return "\1".join(map(repr, found))

    def terms(self, index: int) -> str:
        """An entry's terms: the labels say title and URL, but for the irregular ones, which are told."""
        entry = self.site.entries[index]
        joined = entry.terms
        if not joined:
            return ""
        number = self.number_of[self.site.languages[index]]
        irregular = self._irregular[number]
        told: list[str] = []
        if irregular:
            told = [
                irregular[taxonomy, label]
                for taxonomy, labels in split_terms(joined)
                for label in labels
                if (taxonomy, label) in irregular
            ]
        if entry.kind != "post" or entry.flags & UNLISTED:
            # It makes no terms: which of its labels are one, other posts decide.
            known = self.site.editions[number].terms.of_label
            told += [
                label for taxonomy, labels in split_terms(joined) for label in labels if (taxonomy, label) in known
            ]
        return "\1".join((joined, *told))

    def _irregular_terms(self, edition: int) -> dict[tuple[str, str], str]:
        """Return title and slug of the labels that aren't their term's title, or don't make its slug."""
        return {
            label: f"{term.title}\2{term.slug}"
            for label, term in self.site.editions[edition].terms.of_label.items()
            if term.title != label[1] or term.slug != slugified(label[1])
        }

    def neighbours(self, index: int) -> str:
        """Titles and URLs of the next older and the next newer post."""
        return f"{self.link(self.site.older[index])}\1{self.link(self.site.newer[index])}"

    def series(self, index: int) -> str:
        """The series of a post: all parts with their titles and URLs, and which of them it is."""
        slug, place = self.site.parts[index]
        number = self.number_of[self.site.languages[index]]
        told = self._series.get((number, slug))
        if told is None:
            edition = self.site.editions[number]
            title = next(term.title for term in edition.terms.by_taxonomy["series"] if term.slug == slug)
            links = "\1".join(map(self.link, edition.series[slug]))
            told = self._series[number, slug] = compose((), title, slug, links).hex()
        return f"{place}\1{told}"

    def link(self, index: int) -> str:
        """Title and URL of an entry, or nothing for -1."""
        if self._links is not None:
            return self._links[index]
        return f"{self.site.entries[index].title}\2{self.site.urls[index]}" if index >= 0 else ""

    def breadcrumbs(self, edition: int, folder: str) -> str:
        """Titles and URLs of the sections above."""
        text = self._crumbs.get((edition, folder))
        if text is None:
            sections = ancestors(self.site.editions[edition], folder)
            text = "\1".join(f"{section.title}\2{section.url}" for section in sections)
            self._crumbs[edition, folder] = text
        return text

    def translations(self, index: int) -> str:
        """Languages, URLs and titles of the versions of an entry."""
        versions = self.site.translations.get(index, ())
        return "\1".join(f"{self.site.languages[i]}\2{self.link(i)}" for i in versions)

    def related(self, index: int) -> str:
        """The related posts of a post: titles, URLs and dates; and why they are."""
        found = self.plan.related.of(index) if self.plan.related is not None else []
        if not found:
            return ""
        told = [self.site.entries[index].telling]
        for other, reasons in found:
            entry = self.site.entries[other]
            told.append(f"{self.link(other)}\2{entry.date} {entry.offset} {reasons}")
        return "\1".join(told)

    def card(self, index: int) -> bytes:
        """What lists show of an entry."""
        entry = self.site.entries[index]
        return compose(
            (entry.card,), self.site.urls[index], self.terms(index), self.references(index), self.pictures(index)
        )

    def body(self, entry: Entry) -> bytes:
        """The text of an entry, and everything that only its own page shows."""
        return entry.record

    # The jobs.

    def post(self, job: RenderJob) -> bytes:
        """Key of a post's or page's own page."""
        index = job.subject
        entry = self.site.entries[index]
        return compose(
            (self.sites[job.edition], self.cards[index], self.body(entry)),
            job.kind,
            entry.layout,
            self.neighbours(index),
            self.series(index) if index in self.site.parts else "",
            self.breadcrumbs(job.edition, self.site.names[index].folder),
            self.translations(index) if self.site.translations else "",
            self.related(index),
            said_at(self.plan, index),
        )

    def list_page(self, job: RenderJob) -> bytes:
        """Key of one page of a list."""
        spec = self.plan.lists[job.subject]
        whole = self._lists.get(job.subject)
        if whole is None:
            whole = self._lists[job.subject] = self.list(spec)
        size = self.site.config.pagination.size
        start = (job.number - 1) * size
        cards = self.cards
        return compose([whole, *[cards[index] for index in spec.posts[start : start + size]]], job.url)

    def list(self, spec: ListSpec) -> bytes:
        """What all pages of a list show."""
        texts = [
            spec.kind,
            spec.url,
            spec.title,
            spec.taxonomy,
            f"{spec.pages} {len(spec.posts)}",
            self.versions(spec.url),
        ]
        section = self.section_of(spec)
        if section is not None:
            texts += self.section(spec.edition, section)
        else:
            texts += [spec.slug, taxonomy_title(self.site, self.site.editions[spec.edition], spec.taxonomy)]
        return compose((self.sites[spec.edition], self.text(spec.entry)), *texts, self.text_versions(spec.entry))

    def text(self, index: int) -> bytes:
        """The text of a section, a taxonomy or a term: the entry at `index`, if there is one."""
        return compose((self.cards[index], self.body(self.site.entries[index]))) if index >= 0 else NONE

    def text_versions(self, index: int) -> str:
        """The translations of such a text."""
        return self.translations(index) if index >= 0 else ""

    def versions(self, url: str) -> str:
        """The versions of a list in the site's languages, where they stand and what they are called."""
        versions = self.plan.versions.get(url, ())
        return "\1".join(f"{self.languages[each.edition]}\2{each.url}\2{each.title}" for each in versions)

    def section_of(self, spec: ListSpec) -> Section | None:
        """Return the section that a list shows."""
        return None if spec.kind == "term" else self.site.editions[spec.edition].sections.get(spec.section)

    def section(self, edition: int, section: Section) -> Sequence[str]:
        """What a section's pages show beside its posts."""
        sections = self.site.editions[edition].sections
        return [
            "\1".join(f"{sections[child].title}\2{sections[child].url}" for child in section.children),
            "\1".join(map(self.link, section.pages)),
            self.breadcrumbs(edition, section.folder.rpartition("/")[0]),
        ]

    def taxonomy(self, job: RenderJob) -> bytes:
        """Key of a page that lists terms."""
        spec = self.plan.taxonomies[job.subject]
        terms = self.site.editions[spec.edition].terms.by_taxonomy[spec.taxonomy]
        shown = "\1".join(f"{term.title}\2{term.slug}\2{len(term.posts)}" for term in terms)
        parts = (self.sites[job.edition], self.text(spec.entry))
        versions = (self.versions(job.url), self.text_versions(spec.entry))
        return compose(parts, "taxonomy", spec.taxonomy, spec.title, job.url, shown, *versions)

    def archive(self, job: RenderJob) -> bytes:
        """Key of a page of the archive."""
        spec = self.plan.archives[job.subject]
        years = self.site.editions[spec.edition].years
        if spec.year == 0:
            counts = "\1".join(
                f"{year}\2{month}\2{len(posts)}" for year, months in years.items() for month, posts in months.items()
            )
            return compose((self.sites[job.edition],), "archive", job.url, counts, self.versions(job.url))
        months = years[spec.year]
        chosen = {spec.month: months[spec.month]} if spec.month else months
        cards = [self.cards[index] for posts in chosen.values() for index in posts]
        counts = "\1".join(f"{month}\2{len(posts)}" for month, posts in chosen.items())
        return compose((self.sites[job.edition], *cards), "archive", job.url, counts, self.versions(job.url))

    def redirect(self, job: RenderJob) -> bytes:
        """Key of a redirect page."""
        spec = self.plan.redirects[job.subject]
        return compose(
            (self.sites[job.edition],),
            "redirect",
            job.url,
            self.link(spec.entry),
            self.site.entries[spec.entry].language,
            self.away(spec),
        )

    def away(self, spec: RedirectSpec) -> str:
        """Where a redirect leads that doesn't lead to its entry."""
        return where_to(self.site, self.targets, spec.entry)[0] if spec.away else ""

    def feed(self, job: RenderJob) -> bytes:
        """Key of a feed."""
        spec = self.plan.feeds[job.subject]
        parts = [part for index in spec.posts for part in (self.cards[index], self.body(self.site.entries[index]))]
        return compose((self.sites[job.edition], *parts), "feed", spec.format, job.url, spec.title, spec.home)

    def sitemap(self, job: RenderJob) -> bytes:
        """Key of the sitemap, or of a part of it."""
        pages = "\1".join(f"{url}\2{changed}" for url, changed in self.plan.sitemap)
        return compose((self.environment,), "sitemap", job.url, str(job.number), pages, self.alternates())

    def alternates(self) -> str:
        """Which pages of the sitemap are the same in another language."""
        if len(self.languages) == 1:
            return ""
        alternates = alternates_of(self.site, self.plan.versions, (url for url, _ in self.plan.sitemap))
        return "\1".join(f"{url}\2{versions}" for url, versions in sorted(alternates.items()))

    def redirects(self, job: RenderJob) -> bytes:
        """Key of the `_redirects` file."""
        pairs = "\1".join(
            f"{spec.url}\2{self.site.urls[spec.entry]}\2{self.away(spec)}" for spec in self.plan.redirects
        )
        return compose((self.environment,), "redirects", pairs)

    def posts(self, job: RenderJob) -> bytes:
        """Key of the posts as data."""
        posts = self.site.editions[job.edition].posts
        full = self.site.config.posts_json == "full"
        bodies = [self.body(self.site.entries[index]) for index in posts] if full else []
        return compose((self.sites[job.edition], *(self.cards[index] for index in posts), *bodies), "posts")

    def fixed(self, job: RenderJob) -> bytes:
        """Key of a file that depends on the config only."""
        return compose((self.environment,), job.kind)

    def page_of_edition(self, job: RenderJob) -> bytes:
        """Key of what shows nothing but what all pages of a language share."""
        return compose((self.sites[job.edition],), job.kind, job.url, self.plan.icon)

    def share(self, job: RenderJob) -> bytes:
        """Key of a share image."""
        if job.subject < 0:
            return compose((self.sites[job.edition],), "share", job.url)
        entry = self.site.entries[job.subject]
        told = (entry.title, f"{entry.kind} {entry.date} {entry.offset}", entry.language, self.terms(job.subject))
        return compose((self.sites[job.edition],), "share", job.url, *told)

    def not_found(self, job: RenderJob) -> bytes:
        """Key of the page for addresses that aren't there."""
        index = self.site.not_found.get(self.languages[job.edition], -1)
        return compose((self.sites[job.edition], self.text(index)), "404", job.url)
