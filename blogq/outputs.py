"""The files of an output folder: which of them stand as they were made, and which are copies of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from blogq.collect import LARGEST_FILE, Stat, Unreadable, read_file, read_in_parts
from blogq.finding import Finding
from blogq.images import metadata
from blogq.plan.jobs import CopyJob, Plan, RenderJob
from blogq.render.files import BUNDLED, LOCALES, SHORTCODES, STATIC, TEMPLATES, Found, below, fingerprinted, locale_name
from blogq.sources import Sources
from blogq.store.digest import compose, digest
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
        if copy.strip:
            key = compose((copy.digest,), metadata.version())
            if stat is not None and manifest.keys[manifest.places[copy.path]] == key:
                fresh.outputs[copy.path] = Made(key, manifest.contents[manifest.places[copy.path]], stat, none)
                continue
        elif stat is not None and manifest.contents[manifest.places[copy.path]] == copy.digest:
            fresh.outputs[copy.path] = Made(copy.digest, copy.digest, stat, none)
            continue
        try:
            if copy.strip:
                source = read_file(copy.root, copy.source, copy.shown, bounds, LARGEST_FILE)
                data = metadata.without_metadata(source.data)
                putter.put(copy.path, data)
                made = digest(data)
            else:
                read = partial(read_in_parts, copy.root, copy.source, copy.shown, bounds, limit=LARGEST_FILE)
                made = putter.put_parts(copy.path, read)
        except Unreadable as error:
            findings.append(error.finding)
            continue
        staged.append(copy.path)
        fresh.outputs[copy.path] = Made(key if copy.strip else copy.digest, made, (0, 0, 0, 0), none)
    return staged, findings


def theme_files(sources: Sources, files: Mapping[str, tuple[Stat, bytes]]) -> dict[str, Found]:
    """Return templates, shortcodes, static files and texts of all layers by name; of two with one, the first layer's.

    Templates of further layers are there `below` it, for it may extend them; texts of all layers count.
    """
    found: dict[str, Found] = {}
    for number, layer in enumerate(sources.layers):
        prefix = layer.prefix
        parts = ((layer.templates, TEMPLATES), (layer.shortcodes, SHORTCODES), (layer.static, STATIC))
        for listing, folder in parts:
            root = listing.root.removesuffix("/" + folder.rstrip("/"))
            for path in listing.paths:
                known = files.get(f"{listing.root}/{path}")
                if known is not None:
                    name = key = folder + path
                    while folder == TEMPLATES and key in found:
                        key = below(key)
                    found.setdefault(key, Found(name, root, sources.bounds, prefix + name, known[1]))
        for path in layer.locales.paths:
            known = files.get(f"{layer.locales.root}/{path}")
            if known is not None:
                file = Found(path, layer.locales.root, sources.bounds, f"{prefix}{LOCALES}{path}", known[1])
                found.setdefault(locale_name(number, path), file)
    return found


def copy_jobs(sources: Sources, plan: Plan, files: Mapping[str, tuple[Stat, bytes]]) -> list[CopyJob]:
    """Return a job for each file that is published as it is: beside sources, and static ones by precedence.

    What the themes that come with blogq have for conversations is published where there is one.
    """
    jobs: list[CopyJob] = []
    images = plan.site.config.images
    strip = images.enabled and images.strip
    for path, url in plan.site.files.items():
        root, own, shown = sources.place(path)
        known = files.get(f"{root}/{own}")
        if known is not None:
            stripped = strip and path[-5:].lower().endswith(metadata.ENDINGS)
            jobs.append(CopyJob(url[1:], own, root, shown, known[1], stripped))
    comments = plan.site.config.comments
    unused = {"comments.css": comments is None, "comments.js": comments is None or comments.form == "none"}
    seen: set[str] = set()
    for layer in sources.layers:
        static, prefix = layer.static, layer.prefix
        for path in static.paths:
            if prefix.startswith(BUNDLED) and unused.get(path):
                continue
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
