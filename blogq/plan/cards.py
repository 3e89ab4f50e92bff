"""What lists show of a post, and the links, terms, authors and bodies that cards and pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from markupsafe import Markup

from blogq.config.schema import Author
from blogq.content.post import DRAFT, PINNED, Cold
from blogq.library.links import Targets, resolve, resolve_image
from blogq.library.permalinks import quoted
from blogq.library.series import TAXONOMY as SERIES
from blogq.library.site import Section
from blogq.library.taxonomies import AUTHORS, author_key, edition_author, split_terms
from blogq.plan.call_view import CallPage
from blogq.plan.calls import has_calls, text_of
from blogq.plan.cldr import territory_locale
from blogq.plan.companions import HEIGHT, WIDTH, alt_of, image_type, is_drawn, share_url
from blogq.plan.head_views import SharedImage
from blogq.plan.jobs import FeedSpec, Plan
from blogq.plan.pictures import ABSOLUTE, IMAGE, image_view, picture_html, picture_of, plain_html
from blogq.plan.site_view import date_format, date_view, direction, language_name, site_view
from blogq.plan.view_parts import (
    AuthorView,
    DateView,
    ImageView,
    LinkView,
    ProfileView,
    SeriesPartView,
    SeriesView,
    TermView,
    TranslationView,
)
from blogq.plan.views import CardView

MOST_PARTS = 100
"""Parts of a series that each of its posts lists: more would make pages that grow with the square of its length."""


def _is_path(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


class Cards:
    """Builds what several views of one plan share; keeps the cards it has built."""

    def __init__(
        self,
        plan: Plan,
        targets: Targets,
        options: Mapping[str, Any],
        read: Callable[[int], Cold],
        read_card: Callable[[int], Mapping[str, Any]],
        shown: str = "",
    ) -> None:
        """Prepare views; `options` are the theme's.

        `read` loads the record of an entry, `read_card` only what lists show of it. `shown` is the content folder's
        path relative to the site, as findings show it, with a slash at its end unless it is empty.
        """
        self.plan = plan
        self.site = plan.site
        self.targets = targets
        self.read = read
        self.read_card = read_card
        self.shown = shown
        self.sites = [site_view(plan, number, options) for number in range(len(plan.site.editions))]
        self.number_of = {edition.language: number for number, edition in enumerate(plan.site.editions)}
        self.formats: dict[str, str] = {}
        self._cards: dict[int, CardView] = {}
        self._dates: dict[int, DateView | None] = {}
        self._authors: dict[tuple[int, str], AuthorView] = {}
        self._series: dict[tuple[int, str], tuple[str, str, tuple[SeriesPartView, ...]]] = {}
        self._feeds: dict[str, list[FeedSpec]] = {}
        for spec in plan.feeds:
            self._feeds.setdefault(spec.home, []).append(spec)

    def url(self, path: str) -> str:
        """Return a URL of the site as links on its pages say it."""
        return self.plan.prefix + quoted(path)

    def absolute(self, path: str) -> str:
        """Return a URL of the site with scheme and host."""
        return self.plan.origin + self.plan.prefix + quoted(path)

    def body(self, index: int, html: str, page: str = "", base: str = "", lazy: bool = False) -> str:
        """Return HTML with its placeholders resolved.

        `page` stands before fragments of the page's own, `base` (scheme and host) before every URL of the site.
        `lazy` has all images loaded only when they come into view, the first one too.
        """
        if "\0" not in html:
            return html
        parts = self.pictured(index, html, base, lazy).split("\0")
        seen: dict[str, str] = {}
        for at in range(1, len(parts), 2):
            part = parts[at]
            found = seen.get(part)
            if found is None:
                found = seen[part] = escape(self.target(index, part[:1], part[1:], page, base))
            parts[at] = found
        return "".join(parts)

    def text(self, index: int, html: str, page: str = "", base: str = "", lazy: bool = False) -> Markup:
        """Return HTML as templates get it: its placeholders resolved as by `body`, shortcodes to be expanded in it."""
        if not has_calls(html):
            return Markup(self.body(index, html, page, base, lazy))
        entry = self.site.entries[index]
        user = CallPage(base + self.url(self.site.urls[index]), entry.title, self.language(index))
        path = self.shown + entry.path
        html = self.pictured(index, html, base, lazy)
        return text_of(
            html,
            lambda kind, target: self.target(index, kind, target, page, base),
            lambda target: self.shown_image(index, target, base),
            *(user, base, path),
        )

    def pictured(self, index: int, html: str, base: str = "", lazy: bool = False) -> str:
        """Return HTML with its images in their sizes; other placeholders stay. `base` and `lazy` as for `body`."""
        if "\0i" not in html:
            return html
        return IMAGE.sub(lambda image: self.picture(index, image[1], image[2], base=base, lazy=lazy), html)

    def picture(
        self, index: int, target: str, attributes: str, *, base: str = "", sizes: str = "", lazy: bool = False
    ) -> str:
        """Return the image `target` of an entry as HTML: a `<picture>` where it has better formats, else an `<img>`.

        `target` is an address as Markdown has it, percent-encoded. `attributes` are those of the `<img>` but `src`, as
        they stand in HTML, beginning with a space: ` alt="A cat"`. Width, height, `srcset` and `sizes` are added where
        they are known. `sizes` says how wide the image is shown where that isn't what the config says. With `base`
        (scheme and host) it is a plain `<img>` with an absolute URL, for feeds.
        """
        found = picture_of(self.plan.pictures, self.site, self.targets, index, target)
        if found is None:
            elsewhere = ABSOLUTE.match(target)
            url = target if elsewhere else self.target(index, "i", target, "", base)
            return picture_html(ImageView(url, 0, 0, "", (), ""), attributes, lazy=lazy)
        if base:
            return plain_html(found, base + self.plan.prefix, attributes)
        return picture_html(image_view(found, self.plan.prefix, self.site.config.images.sizes), attributes, sizes, lazy)

    def shown_image(self, index: int, target: str, base: str = "") -> ImageView:
        """Return the image `target` of an entry as templates get it; with `base` in one size, with an absolute URL."""
        sizes = self.site.config.images.sizes
        found = picture_of(self.plan.pictures, self.site, self.targets, index, target)
        if found is None:
            return ImageView(self.target(index, "i", target, "", base), 0, 0, "", (), sizes)
        if base:
            url, width, height = found.shown()
            return ImageView(base + self.plan.prefix + quoted(url), width, height, "", (), "")
        return image_view(found, self.plan.prefix, sizes)

    def cover(self, index: int, image: str) -> ImageView | None:
        """Return a front matter image in its sizes, or None where there is none."""
        sizes = self.site.config.images.sizes
        found = picture_of(self.plan.pictures, self.site, self.targets, index, quoted(image)) if image else None
        if found is not None:
            return image_view(found, self.plan.prefix, sizes)
        url = self.image(index, image)
        # One of the site's own is asked of whoever serves the page, as those in its text are.
        url = url if image.startswith(url) else url.removeprefix(self.plan.origin)
        return ImageView(url, 0, 0, "", (), sizes) if url else None

    def target(self, index: int, kind: str, target: str, page: str, base: str) -> str:
        """Return where a link of an entry leads, as its `href` or `src` says it."""
        if kind == "f":
            return page + target
        return base + self.plan.prefix + resolve(self.site, self.targets, index, target)[0]

    def image(self, index: int, image: str) -> str:
        """Return the absolute URL of a front matter image, or nothing."""
        if not image:
            return ""
        if image.startswith("//"):
            return self.plan.origin.partition("//")[0] + image
        if image.partition(":")[0].lower() in ("http", "https"):
            return image
        if ":" in image.partition("/")[0]:
            return ""
        picture = picture_of(self.plan.pictures, self.site, self.targets, index, quoted(image))
        if picture is not None:
            return self.absolute(picture.shown()[0])
        found = resolve_image(self.site, self.targets, index, quoted(image))
        return self.plan.origin + self.plan.prefix + found

    def shared(self, index: int, cold: Cold) -> SharedImage | None:
        """Return what stands for an entry's page where its address is shared: its own picture, or one that is drawn."""
        image = cold.card["image"]
        if image and (url := self.image(index, image)):
            found = picture_of(self.plan.pictures, self.site, self.targets, index, quoted(image))
            _, width, height = found.shown() if found is not None else ("", 0, 0)
            return SharedImage(url, width, height, alt_of(cold.page["extra"]), image_type(url), False)
        if self.site.config.share_images and is_drawn(self.site.entries[index]):
            return self._drawn(share_url(self.site.urls[index]), self.site.entries[index].title)
        return None

    def shared_by_list(self, edition: int, index: int = -1, cold: Cold | None = None) -> SharedImage | None:
        """Return that of a list of `edition`, whose own text is the entry at `index`; else that of the home page."""
        if cold is not None and (found := self.shared(index, cold)):
            return found
        if not self.site.config.share_images:
            return None
        return self._drawn(share_url(self.site.editions[edition].home), self.sites[edition].title)

    def _drawn(self, url: str, title: str) -> SharedImage:
        return SharedImage(self.absolute(url), WIDTH, HEIGHT, title, "image/png", True)

    def language(self, index: int) -> str:
        """Return the language of an entry's text."""
        return self.site.entries[index].language or self.site.languages[index]

    def authors(self, index: int, labels: list[str]) -> tuple[AuthorView, ...]:
        """Return the authors of an entry; the site's author where it names none."""
        edition = self.number_of[self.site.languages[index]]
        found = [self.author(edition, label) for label in labels or self._default_authors(index)]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def labels(self, index: int) -> list[str]:
        """Return whom an entry names as its authors."""
        return next(
            (labels for taxonomy, labels in split_terms(self.site.entries[index].terms) if taxonomy == AUTHORS), []
        )

    def author(self, edition: int, label: str) -> AuthorView:
        """Return the author whom posts of an edition call `label`."""
        view = self._authors.get((edition, label))
        if view is None:
            config = self.site.config
            term = self.site.editions[edition].terms.of_label.get((AUTHORS, label))
            key = author_key(config, label)
            about = config.authors[key] if key else Author()
            url = self.plan.term_urls.get((edition, AUTHORS, term.slug), "") if term else ""
            view = self._authors[edition, label] = AuthorView(
                taxonomy=AUTHORS,
                title=term.title if term else about.name or key or label,
                url=self.url(url) if url else "",
                website=about.url,
                avatar=self.plan.prefix + about.avatar if _is_path(about.avatar) else about.avatar,
                bio=about.bio,
                profiles=tuple(ProfileView(p.name or p.url, p.url, p.rel) for p in about.profiles),
            )
        return view

    def people(self, index: int, labels: Sequence[str]) -> list[Author]:
        """Return what config says of the authors of an entry; of the site's author where it names none."""
        config = self.site.config
        labels = labels or self._default_authors(index)
        keys = {author_key(config, label) or label: None for label in labels}
        known = [(key, config.authors.get(key) or Author()) for key in keys]
        return [replace(author, name=author.name or key) for key, author in known]

    def series(self, index: int) -> SeriesView | None:
        """Return the series of an entry and its place there."""
        if index not in self.site.parts:
            return None
        slug, place = self.site.parts[index]
        number = self.number_of[self.site.languages[index]]
        if (number, slug) not in self._series:
            edition = self.site.editions[number]
            posts = enumerate(edition.series[slug], 1)
            parts = tuple(SeriesPartView(n, self.site.entries[i].title, self.url(self.site.urls[i])) for n, i in posts)
            title = next(term.title for term in edition.terms.by_taxonomy[SERIES] if term.slug == slug)
            self._series[number, slug] = title, self.url(self.plan.term_urls[number, SERIES, slug]), parts
        title, url, parts = self._series[number, slug]
        total = len(parts)
        start = max(0, min(place - 1 - MOST_PARTS // 2, total - MOST_PARTS))
        return SeriesView(
            title=title,
            url=url,
            position=place,
            total=total,
            previous=parts[place - 2] if place > 1 else None,
            next=parts[place] if place < total else None,
            parts=parts if total <= MOST_PARTS else parts[start : start + MOST_PARTS],
        )

    def _default_authors(self, index: int) -> list[str]:
        author = edition_author(self.site.config, self.site.languages[index])
        return [author] if author else []

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
            card = self._cards[index] = self._card(index, self.read_card(index))
        return card

    def _card(self, index: int, card: Mapping[str, Any]) -> CardView:
        entry = self.site.entries[index]
        language = self.language(index)
        url = self.url(self.site.urls[index])
        format = self.formats.get(language) or self._format(language)
        return CardView(
            url=url,
            title=entry.title,
            date=self.dated(index),
            updated=date_view(entry.updated, entry.offset, language, format),
            summary=self.text(index, card["summary"], url, lazy=True),
            description=card["description"],
            more=card["more"],
            authors=self.authors(index, card["authors"]),
            terms=self.terms(index),
            minutes=card["minutes"],
            language=language,
            direction=direction(self.site.config, language),
            image=self.image(index, card["image"]),
            cover=self.cover(index, card["image"]),
            pinned=bool(entry.flags & PINNED),
            draft=bool(entry.flags & DRAFT),
        )

    def dated(self, index: int) -> DateView | None:
        """Return the date of an entry; the same object each time."""
        if index not in self._dates:
            entry, language = self.site.entries[index], self.language(index)
            format = self.formats.get(language) or self._format(language)
            self._dates[index] = date_view(entry.date, entry.offset, language, format)
        return self._dates[index]

    def _format(self, language: str) -> str:
        """Return how dates are written in a language."""
        found = self.formats[language] = date_format(self.site.config, language)
        return found

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
                *self._named(self.site.languages[i]),
            )
            for i in self.site.translations.get(index, ())
        )

    def versions(self, url: str) -> tuple[TranslationView, ...]:
        """Return the versions of a list in all its languages."""
        languages = [edition.language for edition in self.site.editions]
        return tuple(
            TranslationView(
                languages[each.edition],
                self.url(each.url),
                self.absolute(each.url),
                each.title,
                *self._named(languages[each.edition]),
            )
            for each in self.plan.versions.get(url, ())
        )

    def list_versions(self, url: str, text: int) -> tuple[TranslationView, ...]:
        """Return the versions of a list in all its languages; else those of its own text at the index `text`, or -1."""
        if url in self.plan.versions:
            return self.versions(url)
        return self.translations(text) if text >= 0 and self.site.translations else ()

    def _named(self, language: str) -> tuple[str, str]:
        return language_name(self.site.config, language), territory_locale(language)
