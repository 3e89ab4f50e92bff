"""Render one job: its view through the theme's template, or through one of our own writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from blogq.content.post import Cold, split_card, split_record
from blogq.finding import Finding
from blogq.library.links import Targets
from blogq.plan.calls import Text
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.pages import Pages
from blogq.render.files import Found, Output
from blogq.store.segments import Place, SegmentReader

if TYPE_CHECKING:
    from blogq.plan.views import Page, SiteView
    from blogq.render.template import Expanded, Templates

    Expand = Callable[[str, SiteView, Sequence[Markup]], Expanded | Finding]


WRITTEN = frozenset(("feed", "sitemap", "robots", "redirects"))
"""Kinds of outputs that no template shapes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that rendering needs; handed once to each worker."""

    plan: Plan
    targets: Targets
    options: Mapping[str, Any]
    """Of the theme."""
    files: Mapping[str, Found]
    """Templates and static files of the theme's layers, by name."""
    segments: Path
    """Folder of the records."""
    trusted: frozenset[str]
    """Segments that this very build has written."""
    shown: str
    """The content folder's path relative to the site, with a slash at its end unless it is empty."""


class Renderer:
    """Renders jobs of one plan."""

    def __init__(self, scene: Scene, expand: Expand | None = None) -> None:
        """Render what `scene` holds; `expand` stands in for `Templates.expand` where templates are kept elsewhere."""
        self.scene = scene
        self.expand = expand or self._expand
        self.segments = SegmentReader(scene.segments, scene.trusted)
        self.pages = Pages(scene.plan, scene.targets, scene.options, self.read, self.read_card, scene.shown)
        self._templates: Templates | None = None

    def read(self, index: int) -> Cold:
        """Return the record of an entry; raise `Damaged` when the store has lost it."""
        return split_record(self._record(index))

    def read_card(self, index: int) -> dict[str, Any]:
        """Return what lists show of an entry, without the rest of its record."""
        return split_card(self._record(index))

    def _record(self, index: int) -> bytes:
        entry = self.scene.plan.site.entries[index]
        return self.segments.read(Place(entry.segment, entry.start, entry.size, entry.record))

    def render(self, job: RenderJob) -> Output | Finding:
        """Return the output of `job`, or what its template got wrong."""
        if job.kind in WRITTEN:
            return self.written(job)

        site, page = self.view(job)
        return self.templates.render(job.path, job.url, self.names(job), site, page)

    def written(self, job: RenderJob) -> Output | Finding:
        """Return the output of a job that has no template, or what the template of a shortcode in it gets wrong."""
        from blogq.render.feed import feed_items, render_feed
        from blogq.render.plain_files import render_redirects, render_robots, render_sitemap

        plan = self.scene.plan
        lookups: frozenset[str] = frozenset()
        if job.kind == "feed":
            items = feed_items(self.pages, job)
            unfinished = [item for item in items if isinstance(item.html, Text)]
            if unfinished:
                texts = [item.html for item in unfinished]
                expanded = self.expand(job.url, self.pages.sites[job.edition], texts)
                if isinstance(expanded, Finding):
                    return expanded
                lookups = expanded.lookups
                for item, html in zip(unfinished, expanded.texts, strict=True):
                    item.html = html
            data = render_feed(self.pages, job, items)
        elif job.kind == "sitemap":
            data = render_sitemap(plan, job)
        elif job.kind == "robots":
            data = render_robots(plan)
        else:
            data = render_redirects(plan)
        return Output(job.path, data, lookups)

    def _expand(self, url: str, site: SiteView, texts: Sequence[Markup]) -> Expanded | Finding:
        return self.templates.expand(url, site, texts)

    @property
    def templates(self) -> Templates:
        """The theme's templates, loaded when the first job needs them."""
        if self._templates is None:
            from blogq.render.template import Templates

            self._templates = Templates(self.scene.files, self.scene.plan.prefix)
        return self._templates

    def view(self, job: RenderJob) -> tuple[SiteView, Page]:
        """Return what the template of `job` may see: `site` and `page`."""
        return self.pages.sites[job.edition], self.pages.view(job)

    def names(self, job: RenderJob) -> list[str]:
        """Return the templates that may render `job`, the most particular first."""
        plan = self.scene.plan
        if job.kind in ("post", "page"):
            layout = plan.site.entries[job.subject].layout
            return [f"layouts/{layout}.html", f"{job.kind}.html"] if layout else [f"{job.kind}.html"]
        if job.kind == "list":
            spec = plan.lists[job.subject]
            if spec.kind == "term":
                return [f"term-{spec.taxonomy}.html", "term.html"]
            return [f"{spec.kind}.html"]
        if job.kind == "taxonomy":
            return [f"taxonomy-{plan.taxonomies[job.subject].taxonomy}.html", "taxonomy.html"]
        return [f"{job.kind}.html"]
