"""The files of an output folder: which of them stand as they were made, and which are copies of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from blogq.collect import Stat, Unreadable, read_file
from blogq.finding import Finding
from blogq.plan.jobs import CopyJob, Plan, RenderJob
from blogq.render.files import STATIC, TEMPLATES, Found, fingerprinted, locale_name
from blogq.sources import Sources
from blogq.store.digest import digest
from blogq.store.manifest import Made, Manifest, lookups_digest
from blogq.write import Putter, Stage


class Standing(NamedTuple):
    """What an output folder holds of what was written there."""

    manifest: Manifest
    lost: frozenset[int]
    """Places in the manifest of outputs that are gone or changed."""
    moved: Mapping[int, Stat]
    """New stat tuples of outputs that are the same in another guise."""

    def stat(self, path: str) -> Stat | None:
        """Return the stat tuple of an output that is as it was written; None for any other."""
        at = self.manifest.places.get(path, -1)
        if at < 0 or at in self.lost:
            return None
        return self.moved.get(at) or self.manifest.stats[at]


class Fresh(NamedTuple):
    """Which outputs of a plan stand already."""

    outputs: dict[str, Made]
    """Those that are fresh; `lookups` counts in `sets`."""
    sets: dict[tuple[str, ...], int]
    """Sets of names that were looked up, numbered."""
    todo: list[tuple[int, bytes]]
    """Index of each job to be rendered, and the digest of the bytes that stand in its place, if any do."""


def fresh_outputs(
    jobs: Sequence[RenderJob], keys: Sequence[bytes], standing: Standing, known: Mapping[str, bytes]
) -> Fresh:
    """Return which jobs need no rendering: key, names looked up and bytes on disk are all the same.

    `known` maps templates and static files to their digests.
    """
    manifest = standing.manifest
    same = [lookups_digest(names, known) == old for names, old in zip(manifest.lookups, manifest.digests, strict=True)]
    outputs: dict[str, Made] = {}
    sets: dict[tuple[str, ...], int] = {}
    todo: list[tuple[int, bytes]] = []
    numbers = [-1] * len(same)
    old_keys, contents, looked_up = manifest.keys, manifest.contents, manifest.looked_up
    places, lost, stats, moved = manifest.places, standing.lost, manifest.stats, standing.moved
    for index, (job, key) in enumerate(zip(jobs, keys, strict=True)):
        at = places.get(job.path, -1)
        if at < 0 or at in lost:
            todo.append((index, b""))
        elif old_keys[at] != key or not same[looked_up[at]]:
            todo.append((index, contents[at]))
        else:
            old = looked_up[at]
            if numbers[old] < 0:
                numbers[old] = sets.setdefault(manifest.lookups[old], len(sets))
            outputs[job.path] = Made(key, contents[at], moved[at] if at in moved else stats[at], numbers[old])
    return Fresh(outputs, sets, todo)


def copy_files(
    copies: Iterable[CopyJob], bounds: tuple[str, ...], standing: Standing, stage: Stage, fresh: Fresh
) -> tuple[list[str], list[Finding]]:
    """Stage the files that are published as they are and don't stand yet; return their paths, and what can't be read.

    OSError when the disk refuses.
    """
    putter = Putter(stage.root)
    staged: list[str] = []
    findings: list[Finding] = []
    none = fresh.sets.setdefault((), len(fresh.sets))
    manifest = standing.manifest
    for copy in copies:
        stat = standing.stat(copy.path)
        if stat is not None and manifest.contents[manifest.places[copy.path]] == copy.digest:
            fresh.outputs[copy.path] = Made(copy.digest, copy.digest, stat, none)
            continue
        try:
            file = read_file(copy.root, copy.source, copy.shown, bounds)
        except Unreadable as error:
            findings.append(error.finding)
            continue
        putter.put(copy.path, file.data)
        staged.append(copy.path)
        fresh.outputs[copy.path] = Made(copy.digest, digest(file.data), (0, 0, 0, 0), none)
    return staged, findings


def theme_files(sources: Sources, files: Mapping[str, tuple[Stat, bytes]]) -> dict[str, Found]:
    """Return templates and static files of all layers by name, of two with one name the first's; and all texts."""
    found: dict[str, Found] = {}
    for templates, static, prefix in sources.layers:
        for listing, folder in ((templates, TEMPLATES), (static, STATIC)):
            root = listing.root.removesuffix("/" + folder.rstrip("/"))
            for path in listing.paths:
                known = files.get(f"{listing.root}/{path}")
                if known is not None:
                    name = folder + path
                    found.setdefault(name, Found(name, root, sources.bounds, prefix + name, known[1]))
    for number, (locales, (_, _, prefix)) in enumerate(zip(sources.locales, sources.layers, strict=True)):
        for path in locales.paths:
            known = files.get(f"{locales.root}/{path}")
            if known is not None:
                file = Found(path, locales.root, sources.bounds, f"{prefix}locales/{path}", known[1])
                found.setdefault(locale_name(number, path), file)
    return found


def copy_jobs(sources: Sources, plan: Plan, files: Mapping[str, tuple[Stat, bytes]]) -> list[CopyJob]:
    """Return a job for each file that is published as it is: beside sources, and static ones by precedence."""
    jobs: list[CopyJob] = []
    root = sources.content.root
    for path, url in plan.site.files.items():
        known = files.get(f"{root}/{path}")
        if known is not None:
            jobs.append(CopyJob(url[1:], path, root, sources.shown + path, known[1]))
    seen: set[str] = set()
    for _, static, prefix in sources.layers:
        for path in static.paths:
            known = files.get(f"{static.root}/{path}")
            if known is not None and path not in seen:
                seen.add(path)
                jobs.append(CopyJob(path, path, static.root, f"{prefix}static/{path}", known[1]))
    return jobs


def asset_copies(names: Iterable[str], found: Mapping[str, Found]) -> list[CopyJob]:
    """Return a job for each static file that a template asked for by `asset`: a copy under its fingerprinted name."""
    jobs = []
    for name in sorted(names):
        if name.startswith(STATIC) and name in found:
            each = found[name]
            path = fingerprinted(name.removeprefix(STATIC), each.digest)
            jobs.append(CopyJob(path, each.name, each.root, each.shown, each.digest))
    return jobs
