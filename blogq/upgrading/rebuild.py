"""A site built by the version that is installed now, in a folder that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from blogq.build import Request, Result, build
from blogq.collect import real
from blogq.sources import STORE
from blogq.store.columns import Damaged
from blogq.store.manifest import load_manifest, manifest_path


class Accepted(NamedTuple):
    """The output that was built last, by whatever version."""

    files: frozenset[str]
    at: int
    """When, in seconds since 1970."""


def accepted(site: Path, output: Path) -> Accepted | None:
    """Return what the last build wrote into `output`; None where nothing is known of that. Both are real paths."""
    try:
        manifest = load_manifest(manifest_path(site / STORE, site, output))
    except Damaged:
        return None
    return Accepted(frozenset(manifest.paths), manifest.at // 1_000_000_000) if manifest else None


@contextmanager
def rebuilt(request: Request) -> Iterator[Result]:
    """Build into a folder of its own, which is gone afterwards, and with it all that the store says of it."""
    site = real(request.site)
    folder = real(Path(tempfile.mkdtemp(prefix="blogq-upgrade-")))
    try:
        yield build(replace(request, output=folder / "site"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        mark = manifest_path(site / STORE, site, folder / "site").name
        with suppress(OSError):
            for left in (site / STORE).glob(f"{mark}*"):
                left.unlink(missing_ok=True)
