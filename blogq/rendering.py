"""Render jobs and stage their outputs: here, in the helper, or in workers, with the same result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq import workers
from blogq.finding import Finding, Span
from blogq.helper import Helper, keep
from blogq.outputs import Fresh
from blogq.plan.jobs import RenderJob
from blogq.render.files import Expanded, Output, Setup
from blogq.store.digest import digest
from blogq.store.manifest import Made
from blogq.write import Putter, refused

if TYPE_CHECKING:
    from blogq.render.page import Renderer, Scene
    from blogq.render.template import Templates

TURN = 100
"""Outputs that a worker renders at a time; fewer than two such turns are not worth a pool of processes."""


class Rendered(NamedTuple):
    """What came of one job: the digest of its output and the names looked up for it, or a mistake."""

    digest: bytes
    lookups: tuple[str, ...]
    staged: bool
    mistake: Finding | None


class Stager:
    """Stages outputs that differ from what stands in their place."""

    def __init__(self, stage: str) -> None:
        self.putter = Putter(stage)
        self._lookups: dict[frozenset[str], tuple[str, ...]] = {}

    def stage(self, made: Output | Finding, standing: bytes) -> Rendered:
        """Stage an output, unless its bytes have the digest `standing` and so stand already."""
        if isinstance(made, Finding):
            return Rendered(b"", (), False, made)
        lookups = self._lookups.get(made.lookups)
        if lookups is None:
            lookups = self._lookups[made.lookups] = tuple(sorted(made.lookups))
        found = digest(made.data)
        if found == standing:
            return Rendered(found, lookups, False, None)
        try:
            self.putter.put(made.path, made.data)
        except OSError as error:
            return Rendered(b"", (), False, refused(error, made.path))
        return Rendered(found, lookups, True, None)


class RenderWorker:
    """Renders jobs and stages their outputs."""

    def __init__(self, scene: Scene, stage: str) -> None:
        from blogq.render.page import Renderer

        self.renderer = Renderer(scene)
        self.stager = Stager(stage)


def _turn(worker: RenderWorker, items: Sequence[tuple[RenderJob, bytes]]) -> list[Rendered]:
    return [worker.stager.stage(worker.renderer.render(job), standing) for job, standing in items]


class View(NamedTuple):
    """A job whose view is built: all that the helper needs to render it."""

    path: str
    url: str
    names: list[str]
    site: Any
    page: Any
    standing: bytes


def _templates(setup: Setup) -> Templates:
    from blogq.render.template import Templates

    return keep("templates", lambda: Templates(setup))


def warm_templates(setup: Setup, names: list[str]) -> None:
    """Load templates that are likely to be needed; a task for the helper while the plan is being made."""
    _templates(setup).warm(names)


def render_views(setup: Setup, stage: str, views: list[View]) -> list[Rendered]:
    """Render views and stage the outputs; a task for the helper."""
    templates = _templates(setup)
    stager = Stager(stage)
    return [
        stager.stage(templates.render(view.path, view.url, view.names, view.site, view.page), view.standing)
        for view in views
    ]


def expand_texts(setup: Setup, url: str, site: Any, texts: Sequence[str]) -> Expanded | Finding:
    """Put what shortcodes make into texts that no template shows; a task for the helper."""
    return _templates(setup).expand(url, site, texts)


def render_jobs(
    scene: Scene,
    keys: Sequence[bytes],
    fresh: Fresh,
    stage: str,
    jobs: int,
    helper: Helper | None,
    progress: Callable[[int, int], None],
    meanwhile: Callable[[], None],
) -> tuple[list[str], list[Finding]]:
    """Render what `fresh` says is to be rendered, with `jobs` processes, and note it there.

    Return the paths of what was staged, and the mistakes. `meanwhile` is called once, at a moment at which this
    process would otherwise wait.
    """
    work = [(scene.plan.jobs[index], standing) for index, standing in fresh.todo]
    results: list[Rendered] = []

    def take(some: Sequence[Rendered]) -> None:
        results.extend(some)
        progress(len(results), len(work))

    if jobs > 1 and len(work) >= 2 * TURN:
        meanwhile()
        with workers.start(min(jobs, -(-len(work) // TURN)), RenderWorker, scene, stage) as executor:
            for some in workers.in_turns(executor, _turn, work, TURN):
                take(some)
    elif work and helper is not None:
        take(_with_helper(scene, work, stage, helper, meanwhile))
    else:
        meanwhile()
        worker = RenderWorker(scene, stage) if work else None
        if len(work) > TURN:
            workers.collect_garbage()
        for at in range(0, len(work), TURN):
            if worker is not None:
                take(_turn(worker, work[at : at + TURN]))

    return _noted(scene, keys, fresh, results)


def render_here(
    scene: Scene, keys: Sequence[bytes], fresh: Fresh, stage: str, templates: Templates
) -> tuple[list[str], list[Finding]]:
    """Do the same in this process, with `templates`."""
    from blogq.render.page import Renderer

    renderer, stager = Renderer(scene, templates), Stager(stage)
    jobs = scene.plan.jobs
    results = [stager.stage(renderer.render(jobs[index]), standing) for index, standing in fresh.todo]
    return _noted(scene, keys, fresh, results)


def _noted(
    scene: Scene, keys: Sequence[bytes], fresh: Fresh, results: Sequence[Rendered]
) -> tuple[list[str], list[Finding]]:
    """Note in `fresh` what came of its jobs; return the paths of what was staged, and the mistakes."""
    staged: list[str] = []
    mistakes: list[Finding] = []
    for (index, _), result in zip(fresh.todo, results, strict=True):
        path = scene.plan.jobs[index].path
        if result.mistake is not None:
            mistakes.append(result.mistake)
            continue
        number = fresh.sets.setdefault(result.lookups, len(fresh.sets))
        fresh.outputs[path] = Made(keys[index], result.digest, (0, 0, 0, 0), number)
        if result.staged:
            staged.append(path)
    return staged, _by_cause(mistakes)


def _with_helper(
    scene: Scene,
    work: Sequence[tuple[RenderJob, bytes]],
    stage: str,
    helper: Helper,
    meanwhile: Callable[[], None],
) -> list[Rendered]:
    """Have the helper render what has a template, and write the rest here; in the order of `work`."""
    from blogq.render.page import WRITTEN, Renderer

    def expand(url: str, site: Any, texts: Sequence[str]) -> Expanded | Finding:
        return helper.submit(expand_texts, scene.setup, url, site, texts).result()

    renderer: Renderer = Renderer(scene, expand=expand)
    views = [
        View(job.path, job.url, renderer.names(job), *renderer.view(job), standing)
        for job, standing in work
        if job.kind not in WRITTEN
    ]
    later = helper.submit(render_views, scene.setup, stage, views)
    stager = Stager(stage)
    written = iter([stager.stage(renderer.written(job), standing) for job, standing in work if job.kind in WRITTEN])
    meanwhile()
    rendered = iter(later.result())
    return [next(written) if job.kind in WRITTEN else next(rendered) for job, _ in work]


def _by_cause(mistakes: Sequence[Finding]) -> list[Finding]:
    """Return one finding for each cause: it names the first page that it spoils, and counts the others."""
    causes: dict[tuple[str, Span, str], list[Finding]] = {}
    for mistake in mistakes:
        causes.setdefault((mistake.code, mistake.span, mistake.message.partition(" (rendering ")[0]), []).append(
            mistake
        )
    findings: list[Finding] = []
    for (_, _, cause), same in causes.items():
        first = same[0]
        if len(same) > 1 and first.message != cause:
            others = len(same) - 1
            pages = "1 other page" if others == 1 else f"{others:,} other pages"
            first = first._replace(message=f"{first.message[:-1]}, and {pages})")
        findings.append(first)
    return findings
