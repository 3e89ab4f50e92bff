"""Render one job: its view through the theme's template, or through one of our own writers."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from blogq.content.post import Cold, split_record
from blogq.finding import Finding, Span
from blogq.library.links import Targets
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.pages import Pages
from blogq.render.environment import TEMPLATES, Environment, Found, TemplateMistake
from blogq.store.segments import Place, SegmentReader


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


class Output(NamedTuple):
    """Bytes to write, and the names that were looked up to make them."""

    path: str
    data: bytes
    lookups: frozenset[str]


class Renderer:
    """Renders jobs of one plan."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.segments = SegmentReader(scene.segments)
        self.pages = Pages(scene.plan, scene.targets, scene.options, self.read)
        self._environment: Environment | None = None

    @property
    def environment(self) -> Environment:
        """The template environment, made when the first job needs it."""
        if self._environment is None:
            self._environment = Environment(self.scene.files, self.scene.plan.prefix)
        return self._environment

    def read(self, index: int) -> Cold:
        """Return the record of an entry; raise `Damaged` when the store has lost it."""
        entry = self.scene.plan.site.entries[index]
        return split_record(self.segments.read(Place(entry.segment, entry.start, entry.size, entry.record)))

    def render(self, job: RenderJob) -> Output | Finding:
        """Return the output of `job`, or what its template got wrong."""
        from blogq.render.feed import render_feed
        from blogq.render.plain_files import render_redirects, render_robots, render_sitemap

        plan = self.scene.plan
        if job.kind == "feed":
            return Output(job.path, render_feed(self.pages, job), frozenset())
        if job.kind == "sitemap":
            return Output(job.path, render_sitemap(plan, job), frozenset())
        if job.kind == "robots":
            return Output(job.path, render_robots(plan), frozenset())
        if job.kind == "redirects":
            return Output(job.path, render_redirects(plan), frozenset())
        return self._template(job)

    def _template(self, job: RenderJob) -> Output | Finding:
        environment = self.environment
        environment.lookups = set()
        names = self._names(job)
        view = self.pages.view(job)
        site = environment.site = self.pages.sites[job.edition]
        try:
            text = environment.select_template(names).render(site=site, page=view)
        except MemoryError:
            raise
        except Exception as error:
            return self._mistake(error, names, job)
        return Output(job.path, text.encode("utf-8", "replace"), frozenset(environment.lookups))

    def _names(self, job: RenderJob) -> list[str]:
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

    def _mistake(self, error: Exception, names: list[str], job: RenderJob) -> Finding:
        """Return what went wrong in a template: its place, the cause, and the page that was being rendered."""
        import jinja2

        page = f" (rendering {job.url})"
        if isinstance(error, jinja2.TemplatesNotFound) and set(error.templates) == set(names):
            hint = f"add templates/{names[-1]} to the theme or the site"
            return Finding("TH102", "error", Span(TEMPLATES + names[-1]), f"no layer of the theme has it{page}", hint)
        shown = {found.shown: found for name, found in self.scene.files.items() if name.startswith(TEMPLATES)}
        path, line = "", 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            path, line = error.filename or "", error.lineno
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename in shown:
                    path, line = frame.filename, frame.lineno or 0
        found = shown.get(path)
        message = _in_words(error)
        hint = "mend the template"
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"there is no template {error.name!r} in the site or its theme"
            hint = "check its name; templates are looked up in templates/ of site, theme and parent"
        elif isinstance(error, jinja2.UndefinedError):
            hint = "docs/views.md lists what a template can see"
        elif isinstance(error, TemplateMistake):
            hint = "check the name, or make it smaller" if "*" in message else "check the name"
        return Finding(
            "TH103",
            "error",
            Span(path or TEMPLATES + names[-1], line),
            message + page,
            hint,
            _excerpt(found, line),
        )


def _in_words(error: Exception) -> str:
    text = str(error).strip().partition("\n")[0]
    if isinstance(error, RecursionError):
        return "templates include one another without end"
    if type(error).__module__.startswith(("jinja2", "blogq")):
        return text or type(error).__name__
    return f"{text} ({type(error).__name__})" if text else type(error).__name__


def _excerpt(found: Found | None, line: int) -> str:
    if found is None or line < 1:
        return ""
    try:
        lines = Path(found.root, found.name).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[line - 1].strip()[:200] if line <= len(lines) else ""
