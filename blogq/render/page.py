"""Render one job: its view through the theme's template, or through one of our own writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq.finding import Finding
from blogq.library.links import Targets
from blogq.plan.calls import Text
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.pages import Pages
from blogq.render.files import Expanded, Output, Setup
from blogq.store.records import Records

if TYPE_CHECKING:
    from blogq.plan.views import Page, SiteView
    from blogq.render.template import Templates

    Expand = Callable[[str, SiteView, Sequence[str]], Expanded | Finding]
    """`Templates.expand`, wherever the templates are."""


WRITTEN = frozenset(("feed", "sitemap", "robots", "redirects", "headers", "posts", "icon", "manifest"))
"""Kinds of outputs that no template shapes."""


class Scene(NamedTuple):
    """All that rendering needs; handed once to each worker."""

    plan: Plan
    targets: Targets
    options: Mapping[str, Any]
    """Of the theme."""
    setup: Setup
    """What its templates are loaded with."""
    segments: Path
    """Folder of the records."""
    trusted: frozenset[str]
    """Segments that this very build has written."""
    shown: str
    """The content folder's path relative to the site, with a slash at its end unless it is empty."""


class Renderer:
    """Renders jobs of one plan."""

    def __init__(
        self,
        scene: Scene,
        templates: Templates | None = None,
        expand: Expand | None = None,
        records: Records | None = None,
    ) -> None:
        """Render with `templates`, or with the scene's, loaded once they are needed.

        `expand` is asked for what no template shows, where the templates are in another process. `records` are read
        instead of those in the scene's segments.
        """
        self.scene = scene
        self._expand = expand
        records = records or Records(scene.segments, scene.plan.site.entries, scene.trusted)
        self.pages = Pages(scene.plan, scene.targets, scene.options, records.read, records.read_card, scene.shown)
        self._templates = templates

    def render(self, job: RenderJob) -> Output | Finding:
        """Return the output of `job`, or what its template got wrong."""
        if job.kind in WRITTEN:
            return self.written(job)

        site, page = self.view(job)
        return self.templates.render(job.path, job.url, self.names(job), site, page)

    def written(self, job: RenderJob) -> Output | Finding:
        """Return the output of a job that has no template, or what the template of a shortcode in it gets wrong."""
        from blogq.render.feed import feed_items, render_feed
        from blogq.render.plain_files import render_headers, render_redirects, render_robots, render_sitemap
        from blogq.render.posts_json import posts_as_data, render_posts

        plan = self.scene.plan
        if job.kind in ("icon", "manifest"):
            from blogq.render.companions import render_companion

            site = self.pages.sites[job.edition]
            return render_companion(plan, job, site, self.scene.options, self.scene.setup)
        done = Expanded([], frozenset())
        if job.kind == "feed":
            items = feed_items(self.pages, job)
            found = self.finished(job, [item.html for item in items])
            if isinstance(found, Finding):
                return found
            done = found
            data = render_feed(self.pages, job, items, done.texts)
        elif job.kind == "sitemap":
            data = render_sitemap(plan, job)
        elif job.kind == "robots":
            data = render_robots(plan)
        elif job.kind == "headers":
            data = render_headers(plan)
        elif job.kind == "posts":
            posts = posts_as_data(self.pages, job)
            found = self.finished(job, [post[key] for post in posts for key in post if key.endswith("_html")])
            if isinstance(found, Finding):
                return found
            done = found
            data = render_posts(self.pages, job, posts, done.texts)
        else:
            data = render_redirects(plan, self.scene.targets)
        return Output(job.path, data, done.lookups)

    def finished(self, job: RenderJob, texts: Sequence[str]) -> Expanded | Finding:
        """Return texts that no template shows with what their shortcodes make, in the same order."""
        unfinished = {at: text for at, text in enumerate(texts) if isinstance(text, Text)}
        if not unfinished:
            return Expanded(list(texts), frozenset())
        expand = self._expand or self.templates.expand
        found = expand(job.url, self.pages.sites[job.edition], list(unfinished.values()))
        if isinstance(found, Finding):
            return found
        made = dict(zip(unfinished, found.texts, strict=True))
        return Expanded([made.get(at, text) for at, text in enumerate(texts)], found.lookups)

    @property
    def templates(self) -> Templates:
        """The theme's templates, loaded when the first job needs them."""
        if self._templates is None:
            from blogq.render.template import Templates

            self._templates = Templates(self.scene.setup)
        return self._templates

    def view(self, job: RenderJob) -> tuple[SiteView, Page]:
        """Return what the template of `job` may see: `site` and `page`."""
        return self.pages.sites[job.edition], self.pages.view(job)

    def names(self, job: RenderJob) -> list[str]:
        """Return the templates that may render `job`, the most particular first."""
        return template_names(self.scene.plan, job)


def template_names(plan: Plan, job: RenderJob) -> list[str]:
    """Return the templates that may render `job`, the most particular first."""
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
    return ["share.svg" if job.kind == "share" else f"{job.kind}.html"]
