"""What a build has written, as files to be published; nothing that it hasn't written is among them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from blogq.deploying.plan import File
from blogq.deploying.target import Unusable
from blogq.sources import STORE
from blogq.store.columns import Damaged
from blogq.store.manifest import load_manifest, manifest_path
from blogq.write import compare_outputs


class Mark(NamedTuple):
    """What tells a build from another: of other sources, with another config, or for another time."""

    inputs: bytes
    since: int
    until: int


def mark_of(site: Path, output: Path) -> Mark:
    """Return the mark of the last build of `site` into `output`, both real paths. Raise `Unusable` without one."""
    try:
        manifest = load_manifest(manifest_path(site / STORE, site, output))
    except Damaged:
        manifest = None
    if manifest is None:
        raise Unusable("the record of the build is gone", "Run it again.")
    return Mark(manifest.inputs, manifest.since, manifest.until)


def built_files(site: Path, output: Path, mark: Mark | None = None) -> list[File]:
    """Return the files of the last build of `site` into `output`, in the order of their paths.

    Both are real paths. Raise `Unusable` where they are not as the build left them, or not of the build with `mark`.
    """
    if mark is not None and mark_of(site, output) != mark:
        # With drafts, for one, or with posts that the gate hasn't seen.
        raise Unusable("the site was built anew meanwhile, and not as it was judged", "Run it again.")
    path = manifest_path(site / STORE, site, output)
    try:
        manifest = load_manifest(path)
        if manifest is None:
            raise Damaged(path)
        lost, _ = compare_outputs(path, output)
    except Damaged as error:
        raise Unusable("the record of the build is gone", "Run it again.") from error
    if lost:
        name = manifest.paths[min(lost)]
        raise Unusable(f"{name} was changed in the output folder after the build", "Run it again.")
    rows = zip(manifest.paths, manifest.contents, manifest.stats, strict=True)
    return [File(name, content.hex(), stat[0], output / name) for name, content, stat in rows]
