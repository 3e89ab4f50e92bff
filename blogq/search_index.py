"""The search index: made by Pagefind from the pages as they are published, kept in the store, published as copies.

One index for the whole site, keyed by the bytes of all pages in it: it is made anew only when one of them changes.
Pagefind sees nothing but public posts and pages, in a folder of its own. The files that it makes are a function of
those pages and its version alone, but for the order of languages in one of them, which is put right here
(docs/decisions/0018-search.md).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogq.content.post import DRAFT, UNLISTED
from blogq.finding import Finding, Span
from blogq.plan.companions import INDEX
from blogq.plan.jobs import CopyJob, Plan
from blogq.store.digest import SIZE, compose, digest

if TYPE_CHECKING:
    from blogq.outputs import Fresh, Standing

FOLDER = "search"
"""Folder in the store."""
PATIENCE = 600
"""Seconds after which Pagefind is taken to be stuck; it indexes some thousand pages in one."""
_TABLE = "table.json"
_ENTRY = "pagefind-entry.json"
_OWN = ("fragment/", "index/", "filter/", "pagefind.", "pagefind-worker.js", "wasm.", _ENTRY)
"""Beginnings of the files that searching needs; the others are pages and scripts that blogq has its own for."""


class NotIndexed(Exception):
    """Why there is no index, as a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Kept(NamedTuple):
    """An index in the store."""

    key: str
    files: Mapping[str, str]
    """Digest of each file, in hex, by its path in the index."""


@cache
def binary() -> str:
    """Return the path of Pagefind's program; empty where it isn't installed."""
    from importlib.util import find_spec

    for package, name in (("pagefind_bin_extended", "pagefind_extended"), ("pagefind_bin", "pagefind")):
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            for path in (Path(spec.origin).with_name(name), Path(spec.origin).with_name(f"{name}.exe")):
                if path.is_file():
                    return str(path)
    return ""


def searchable(plan: Plan) -> list[str]:
    """Return the paths of the pages that readers can search: public posts and pages, in the order of their URLs."""
    entries = plan.site.entries
    return [
        job.path
        for job in plan.jobs
        if job.kind in ("post", "page") and not entries[job.subject].flags & (DRAFT | UNLISTED)
    ]


def index_copies(
    plan: Plan, fresh: Fresh, standing: Standing, staged: Path, output: Path, store: Path
) -> list[CopyJob]:
    """Return copies of the files of the index, made where it is missing or of other pages. Raise `NotIndexed`.

    Pages are read in `staged`, or else in the folder `output`, where those stand that needed no rendering.
    """
    pages = [path for path in searchable(plan) if path in fresh.outputs]
    program = binary()
    stamp = str(os.stat(program).st_size) if program else ""
    key = compose([fresh.outputs[path].digest for path in pages], stamp, *pages).hex()
    folder = store / FOLDER
    kept = _kept(folder)
    manifest = standing.manifest

    def is_there(name: str, wanted: str) -> bool:
        path = f"{INDEX[1:]}{name}"
        if standing.stat(path) is not None and manifest.contents[manifest.places[path]].hex() == wanted:
            return True
        try:
            return digest((folder / name).read_bytes()).hex() == wanted
        except OSError:
            return False

    if kept is None or kept.key != key or not all(is_there(*each) for each in kept.files.items()):
        sources = {path: staged / path if (staged / path).is_file() else output / path for path in pages}
        kept = _made(program, sources, folder, key)
    return _copies(folder, kept)


def known_copies(store: Path) -> list[CopyJob]:
    """Return copies of the files of the index that a build has made; none where there is no such index."""
    kept = _kept(store / FOLDER)
    return _copies(store / FOLDER, kept) if kept is not None else []


def _copies(folder: Path, kept: _Kept) -> list[CopyJob]:
    return [
        CopyJob(f"{INDEX[1:]}{name}", name, str(folder), f".blogq/{FOLDER}/{name}", bytes.fromhex(found))
        for name, found in sorted(kept.files.items())
    ]


def _kept(folder: Path) -> _Kept | None:
    try:
        told = json.loads((folder / _TABLE).read_text("utf-8"))
        files = {str(name): str(found) for name, found in told["files"].items()}
        if any(name.startswith(("/", ".")) or ".." in name or len(found) != 2 * SIZE for name, found in files.items()):
            return None
        return _Kept(str(told["key"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _made(program: str, pages: Mapping[str, Path], folder: Path, key: str) -> _Kept:
    """Index `pages`, files by their path on the site, into `folder`; return what was made."""
    work = folder.with_name(f"{FOLDER}.{os.getpid()}.new")
    shutil.rmtree(work, ignore_errors=True)
    site, made = work / "site", work / "made"
    try:
        site.mkdir(parents=True)
        for path, source in pages.items():
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, place)
            except OSError:
                shutil.copyfile(source, place)
        made.mkdir()
        if pages:
            _run(program, site, made, work)
        files: dict[str, str] = {}
        for place in sorted(each for each in made.rglob("*") if each.is_file()):
            name = place.relative_to(made).as_posix()
            if not name.startswith(_OWN):
                place.unlink()
                continue
            data = place.read_bytes()
            if name == _ENTRY:
                data = _in_order(data)
                place.write_bytes(data)
            files[name] = digest(data).hex()
        (made / _TABLE).write_text(json.dumps({"key": key, "files": files}), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(made, folder)
        return _Kept(key, files)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run(program: str, site: Path, made: Path, work: Path) -> None:
    # Settings of Pagefind's own, in the surroundings or beside a site, would make the index depend on them.
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND")}
    command = [program, "--site", str(site), "--output-path", str(made), "--silent"]
    try:
        done = subprocess.run(command, cwd=work, env=own, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotIndexed(_wrong(str(error))) from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        raise NotIndexed(_wrong(said[-1] if said else f"it ended with {done.returncode}"))


def _wrong(why: str) -> Finding:
    message = f"Pagefind can't make the search index: {why[:300]}"
    return Finding("SH105", "error", Span("blogq.yaml"), message, "update it, or set `search: false`")


def _in_order(data: bytes) -> bytes:
    """Return Pagefind's list of languages in the order of the alphabet: its own differs from run to run."""
    told = json.loads(data)
    told["languages"] = dict(sorted(told["languages"].items()))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
