"""What made the last build render an output, and what would make the next one."""

from __future__ import annotations

from typing import NamedTuple

from blogq.build import code_of, environment_of
from blogq.cause import Reasons, Why, in_words, seen_now
from blogq.explain.answer import Answer, Cause
from blogq.explain.state import State
from blogq.kinship import find_related
from blogq.library.links import targets_of
from blogq.outputs import Standing, fresh_outputs
from blogq.plan.keys import Keys
from blogq.store.causes import load_causes
from blogq.store.manifest import manifest_path
from blogq.write import compare_outputs


class Outlook(NamedTuple):
    """What the next build would do with one output."""

    why: Why | None
    """Why it would render or copy it; None when it wouldn't."""


def with_builds(state: State, answer: Answer) -> Answer:
    """Return `answer` with what the last build did for its output, and what the next one would do."""
    if not answer.output:
        return answer
    answer = answer._replace(last_build=_last(state, answer.output))
    if answer.output not in state.jobs and answer.output not in state.copied:
        return answer
    errors = sum(finding.severity == "error" for finding in state.findings)
    if errors:
        told = "an error" if errors == 1 else f"{errors} errors"
        message = f"it would write nothing: the site has {told}, see `blogq build`"
        return answer._replace(next_build=Cause(0, "errors", message))
    return answer._replace(next_build=_next(state, answer.output))


def _last(state: State, output: str) -> Cause | None:
    """Return when and why the output that stands was made, as far as it is known."""
    manifest = state.manifest
    at = manifest.places.get(output, -1)
    if at < 0:
        return None
    causes = load_causes(manifest_path(state.store, state.site_folder, state.output), manifest.at)
    if causes is None:
        return Cause(0, "unrecorded", in_words(Why("unrecorded"), ""))
    when, code, detail = causes.told[causes.numbers[at]]
    return Cause(when, code, in_words(Why(code, detail), state.sources.shown))


def _next(state: State, output: str) -> Cause:
    """Return what the next build would do with an output."""
    why = outlook(state, output).why
    if why is None:
        return Cause(0, "fresh", "it would stay as it is: nothing that it shows has changed")
    return Cause(0, why.code, f"it would be made anew: {in_words(why, state.sources.shown)}")


def outlook(state: State, output: str) -> Outlook:
    """Return whether the next build would make an output anew, and why."""
    manifest = state.manifest
    jobs, copies, _ = state.settled
    path = manifest_path(state.store, state.site_folder, state.output)
    standing = Standing(manifest, *compare_outputs(path, state.output))
    environment = environment_of(code_of(state.config), state.config, state.theme)
    places = ["/" + copy.path for copy in copies] + [job.url for job in jobs]
    targets = targets_of(state.site, frozenset(places).union(state.site.urls))
    related, _ = find_related(state.site, state.choice.now, state.found, path, environment, keeping=False)
    plan = state.plan_of_settled._replace(related=related)
    keying = Keys(plan, targets, environment)
    keys = keying.all()
    known = {name: found.digest for name, found in state.found.items()}
    seen = seen_now(environment, state.config, state.theme.options, plan, keying.sites)
    reasons = Reasons(load_causes(path, manifest.at), seen, standing, plan, known)
    copy = state.copied.get(output)
    if copy is not None:
        stat = standing.stat(output)
        same = stat is not None and manifest.contents[manifest.places[output]] == copy.digest
        return Outlook(None if same else reasons.of_copy(output))
    todo = {jobs[index].path: index for index, _ in fresh_outputs(jobs, keys, standing, known).todo}
    index = todo.get(output, -1)
    return Outlook(reasons.of_job(jobs[index], keys[index]) if index >= 0 else None)
