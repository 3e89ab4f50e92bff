"""Render one job: its view through the theme's template, or through one of our own writers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogq.finding import Finding
from blogq.library.links import Targets
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.pages import Pages
from blogq.render.files import Found, Output
from blogq.store.records import Records

if TYPE_CHECKING:
    from blogq.plan.views import Page, SiteView
    from blogq.render.template import Templates


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


class Renderer:
    """Renders jobs of one plan."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        records = Records(scene.segments, scene.plan.site.entries, scene.trusted)
        self.pages = Pages(scene.plan, scene.targets, scene.options, records.read, records.read_card)
        self._templates: Templates | None = None

    def render(self, job: RenderJob) -> Output | Finding:
        """Return the output of `job`, or what its template got wrong."""
        if job.kind in WRITTEN:
            return self.written(job)

        site, page = self.view(job)
        return self.templates.render(job.path, job.url, self.names(job), site, page)

    def written(self, job: RenderJob) -> Output:
        """Return the output of a job that has no template."""
        from blogq.render.feed import render_feed
        from blogq.render.plain_files import render_redirects, render_robots, render_sitemap

        plan = self.scene.plan
        if job.kind == "feed":
            data = render_feed(self.pages, job)
        elif job.kind == "sitemap":
            data = render_sitemap(plan, job)
        elif job.kind == "robots":
            data = render_robots(plan)
        else:
            data = render_redirects(plan, self.scene.targets)
        return Output(job.path, data, frozenset())

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
