"""What a build has written, as files to be published; nothing that it hasn't written is among them."""

from __future__ import annotations

from pathlib import Path

from blogq.deploying.plan import File
from blogq.deploying.target import Unusable
from blogq.sources import STORE
from blogq.store.columns import Damaged
from blogq.store.manifest import load_manifest, manifest_path
from blogq.write import compare_outputs


def built_files(site: Path, output: Path) -> list[File]:
    """Return the files of the last build of `site` into `output`, in the order of their paths.

    Both are real paths. Raise `Unusable` where they are not as the build left them.
    """
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
