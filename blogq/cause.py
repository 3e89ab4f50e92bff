"""Why an output is rendered: what differs between the build that made it and this one.

Told for outputs that are rendered, and for nothing else, from short digests of what went into their keys. It says
what happened and decides nothing: whether something is rendered is for keys, lookups and bytes to say.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from blogq.config.schema import Config
from blogq.library.permalinks import output_path
from blogq.outputs import Fresh, Standing
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.keys import said_at
from blogq.render.files import LOCALES
from blogq.store.causes import NOTHING, PART, SIZE, Causes, Seen, Told, load_causes, save_causes
from blogq.store.digest import of_value
from blogq.store.manifest import Manifest

LONGEST_TABLE = 500
"""Causes beyond which those that no output has any more are dropped."""


class Why(NamedTuple):
    """Why one output is rendered."""

    code: str
    detail: str = ""


def seen_now(
    environment: bytes, config: Config, options: Mapping[str, Any], plan: Plan, sites: Sequence[bytes]
) -> Seen:
    """Return what this build sees; `sites` are the digests of what all pages of each edition show."""
    parts = {field.name: _short(of_value(getattr(config, field.name))) for field in fields(config)}
    parts["theme"] = _short(of_value(dict(options)))
    languages = [edition.language for edition in plan.site.editions]
    shown = dict(zip(languages, map(_short, sites), strict=True))
    return Seen(_short(environment), parts, shown, {})


def _short(digest: bytes) -> str:
    return digest[:4].hex()


def own_part(plan: Plan, job: RenderJob) -> bytes:
    """Return short digests of text, card and comments of the source whose page `job` makes."""
    index = subject_of(plan, job)
    if index < 0:
        return NOTHING
    entry = plan.site.entries[index]
    return entry.record[:PART] + entry.card[:PART] + bytes.fromhex(said_at(plan, index)[: 2 * PART]).ljust(PART, b"\0")


def subject_of(plan: Plan, job: RenderJob) -> int:
    """Return the index of the source whose own page `job` makes, or -1."""
    if job.kind in ("post", "page"):
        return job.subject
    if job.kind == "404":
        return plan.site.not_found.get(plan.site.editions[job.edition].language, -1)
    if job.kind == "list":
        return plan.lists[job.subject].entry
    if job.kind == "taxonomy":
        return plan.taxonomies[job.subject].entry
    return -1


class Reasons:
    """Finds why outputs are rendered."""

    def __init__(self, before: Causes | None, seen: Seen, standing: Standing, plan: Plan, known: Mapping[str, bytes]):
        """Take what the build `before` saw, and what this one does; `known` maps templates and assets to digests."""
        self.before, self.seen, self.standing, self.plan, self.known = before, seen, standing, plan, known
        self.shared = self._shared()

    def _shared(self) -> Why | None:
        """Return what all outputs are rendered for, if it is the same for all."""
        before, seen = self.before, self.seen
        if before is None or before.seen.environment == seen.environment:
            return None
        names = [name for name, digest in seen.options.items() if before.seen.options.get(name) != digest]
        if not names:
            return Why("blogq")
        own = [name for name in names if name != "theme"]
        return Why("config", ", ".join(own)) if own else Why("theme")

    def changed(self, index: int) -> bool:
        """Return whether a source has another text or card than before, or had no page."""
        site, before = self.plan.site, self.before
        at = self.standing.manifest.places.get(output_path(site.urls[index]), -1)
        if at < 0 or before is None:
            return True
        entry = site.entries[index]
        return before.own[at * SIZE :][: 2 * PART] != entry.record[:PART] + entry.card[:PART]

    def of_job(self, job: RenderJob, key: bytes) -> Why:
        """Return why `job`, whose key is `key`, is to be rendered."""
        manifest, before = self.standing.manifest, self.before
        at = manifest.places.get(job.path, -1)
        if at < 0:
            return Why("new" if manifest.paths else "first")
        if at in self.standing.lost:
            return Why("output")
        if manifest.keys[at] == key:
            return self._template(manifest.lookups[manifest.looked_up[at]])
        if before is None:
            return Why("unrecorded")
        if self.shared is not None:
            return self.shared
        own, old = own_part(self.plan, job), before.own[at * SIZE : (at + 1) * SIZE]
        if own != old and NOTHING not in (own, old):
            if own[:PART] != old[:PART]:
                return Why("text")
            return Why("comments" if own[: 2 * PART] == old[: 2 * PART] else "front matter")
        language = self.plan.site.editions[job.edition].language
        if job.kind not in ("sitemap", "robots", "redirects") and (
            before.seen.sites.get(language) != self.seen.sites[language]
        ):
            return Why("site")
        shown, code = self._shown(job)
        detail = next((self.plan.site.entries[index].path for index in shown if self.changed(index)), "")
        return Why(code, detail)

    def of_copy(self, path: str) -> Why:
        """Return why the copy at `path` is to be made."""
        at = self.standing.manifest.places.get(path, -1)
        if at < 0:
            return Why("new" if self.standing.manifest.paths else "first")
        return Why("output" if at in self.standing.lost else "file")

    def _template(self, names: Iterable[str]) -> Why:
        """Return which of the looked-up `names` is found to be something else now."""
        before = self.before
        for name in names if before is not None else ():
            old = before.seen.files.get(name, "") if before is not None else ""
            new = _short(self.known[name]) if name in self.known else ""
            if old != new:
                shown = name.partition("\0")[0]
                if name.startswith(LOCALES):
                    shown = f"{LOCALES}{name.rpartition('/')[2]}.yaml"
                return Why("template", f"{shown} {'was added' if not old else 'changed' if new else 'is gone'}")
        return Why("template")

    def _shown(self, job: RenderJob) -> tuple[Iterable[int], str]:
        """Return the sources that a page shows beside its own, and the word for a change of them."""
        plan, site = self.plan, self.plan.site
        if job.kind in ("post", "page"):
            around = [i for i in (site.older[job.subject], site.newer[job.subject]) if i >= 0]
            if job.subject in site.parts:
                around += site.editions[job.edition].series[site.parts[job.subject][0]]
            if plan.related is not None:
                around += [index for index, _ in plan.related.of(job.subject)]
            return around, "around"
        if job.kind == "list":
            size = site.config.pagination.size
            start = (job.number - 1) * size
            return plan.lists[job.subject].posts[start : start + size], "members"
        if job.kind == "feed":
            return plan.feeds[job.subject].posts, "members"
        if job.kind == "redirect":
            return [plan.redirects[job.subject].entry], "members"
        return (), "members"


def remember_causes(
    path: Path,
    when: int,
    at: int,
    seen: Seen,
    jobs: Sequence[RenderJob],
    keys: Sequence[bytes],
    todo: Sequence[tuple[int, bytes]],
    copied: Iterable[str],
    plan: Plan,
    standing: Standing,
    fresh: Fresh,
    known: Mapping[str, bytes],
) -> None:
    """Keep why this build rendered what it did, beside the manifest `path` of the moment `at` (ns).

    `when` is the time of the build in seconds; the rest is what the build knows already.
    """
    manifest = standing.manifest
    before = load_causes(path, manifest.at) if manifest.paths else None
    reasons = Reasons(before, seen, standing, plan, known)
    made = {jobs[index].path: reasons.of_job(jobs[index], keys[index]) for index, _ in todo}
    made |= {name: reasons.of_copy(name) for name in copied}
    told: list[Told] = list(before.told) if before is not None else []
    if before is None:
        told.append((0, "unrecorded", ""))
    number_of: dict[Why, int] = {}
    for why in made.values():
        if why not in number_of:
            number_of[why] = len(told)
            told.append((when, *why))
    names = sorted(fresh.outputs)
    own, numbers = _columns(before, manifest.paths, manifest.places, names)
    places = {name: at for at, name in enumerate(names)} if names != manifest.paths else manifest.places
    by_path = {job.path: job for job in jobs} if before is None else {}
    todo_jobs = by_path or {jobs[index].path: jobs[index] for index, _ in todo}
    for name, job in todo_jobs.items():
        place = places.get(name, -1)
        if place >= 0:
            own[place * SIZE : (place + 1) * SIZE] = own_part(plan, job)
    for name, why in made.items():
        place = places.get(name, -1)
        if place >= 0:
            numbers[place] = number_of[why]
    if len(told) > LONGEST_TABLE:
        told, numbers = _compacted(told, numbers)
    files = {name: _short(known[name]) if name in known else "" for names in fresh.sets for name in names}
    save_causes(path, Causes(at, seen._replace(files=files), bytes(own), told, numbers))


def amend_causes(
    path: Path,
    when: int,
    at: int,
    manifest: Manifest,
    plan: Plan,
    jobs: Sequence[tuple[RenderJob, bytes]],
    before: Causes,
    files: Mapping[str, bytes],
) -> None:
    """Keep why `jobs`, given with their keys, were rendered; all else stays as `manifest` and `before` have it.

    `when` is the time of the build in seconds, `at` the moment of the new manifest (ns); `files` maps the names that
    were looked up, and found, to digests.
    """
    reasons = Reasons(before, before.seen, Standing(manifest, frozenset(), {}), plan, {})
    told, own, numbers = list(before.told), bytearray(before.own), array("q", before.numbers)
    number_of: dict[Why, int] = {}
    for job, key in jobs:
        why = reasons.of_job(job, key)
        if why not in number_of:
            number_of[why] = len(told)
            told.append((when, *why))
        place = manifest.places[job.path]
        own[place * SIZE : (place + 1) * SIZE] = own_part(plan, job)
        numbers[place] = number_of[why]
    if len(told) > LONGEST_TABLE:
        told, numbers = _compacted(told, numbers)
    seen = before.seen._replace(files={**before.seen.files, **{name: _short(each) for name, each in files.items()}})
    save_causes(path, Causes(at, seen, bytes(own), told, numbers))


def _columns(
    before: Causes | None, paths: Sequence[str], places: Mapping[str, int], names: Sequence[str]
) -> tuple[bytearray, array[int]]:
    """Return the columns of `before` for the outputs `names`, with nothing where it knows nothing."""
    if before is None:
        return bytearray(SIZE * len(names)), array("q", bytes(8 * len(names)))
    if names == paths:
        return bytearray(before.own), array("q", before.numbers)
    old = [places.get(name, -1) for name in names]
    own = b"".join([before.own[at * SIZE : (at + 1) * SIZE] if at >= 0 else NOTHING for at in old])
    return bytearray(own), array("q", [before.numbers[at] if at >= 0 else 0 for at in old])


def _compacted(told: Sequence[Told], numbers: Sequence[int]) -> tuple[list[Told], array[int]]:
    """Return `told` without what no output has any more, and the numbers that go with it."""
    used = sorted(set(numbers))
    places = {number: at for at, number in enumerate(used)}
    return [told[number] for number in used], array("q", [places[number] for number in numbers])


def in_words(why: Why, shown: str) -> str:
    """Return a cause as a clause; `shown` is the content folder's path with a slash at its end, or empty."""
    detail = f"{shown}{why.detail}" if why.code in ("around", "members") and why.detail else why.detail
    options = "option" if "," not in detail else "options"
    texts = {
        "first": "it was the first build into this folder",
        "new": "it wasn't there before",
        "output": "the file was gone from the output folder, or changed by hand",
        "text": "its text changed",
        "front matter": "its front matter changed",
        "comments": "what readers have said there changed",
        "file": "the file changed",
        "blogq": "another blogq, or another version of a library that shapes pages, made it before",
        "config": f"the config changed: the {options} {detail}",
        "theme": "the theme's options changed",
        "site": "what every page shows changed: menu, taxonomies, feeds or the site's author",
        "template": f"{detail}" if detail else "a template changed",
        "around": f"what stands around it changed: {detail}" if detail else _AROUND,
        "members": f"what it lists changed: {detail}" if detail else "what it lists changed",
        "unrecorded": "there is no record of why",
    }
    return texts.get(why.code, why.code)


_AROUND = (
    "what stands around it changed: neighbours, related posts, sections, translations, its terms or where its links"
    " lead"
)
