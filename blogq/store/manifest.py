"""The record of one output folder: what we wrote there, from which keys, and what it looked like afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from blogq.collect import Stat
from blogq.finding import Finding, from_json, to_json
from blogq.store.columns import (
    Damaged,
    Table,
    integers,
    patched_digests,
    patched_integers,
    rewrite,
    strings,
    write,
)
from blogq.store.digest import compose, digest
from blogq.store.stat_columns import patched_stats, read_stats, stat_columns


class Made(NamedTuple):
    """One file of the output folder."""

    key: bytes
    digest: bytes
    """Of its bytes."""
    stat: Stat
    lookups: int
    """Which set of names was looked up to make it: an index into `Manifest.lookups`."""


class Manifest:
    """What is known of an output folder; its columns are decoded when they are asked for."""

    inputs = b""
    """Digest of everything that the build saw, but for the time."""
    since = 0
    """From this moment until `until` the same sources are live."""
    until = 0
    at = 0
    """When it was recorded, in nanoseconds."""
    lookups: tuple[tuple[str, ...], ...] = ()
    digests: tuple[bytes, ...] = ()
    """Of what each set of names was found to be; parallel to `lookups`."""
    summary: Mapping[str, Any] = MappingProxyType({})
    """Counts of the last build."""
    links: tuple[bytes, Mapping[str, bytes]] = (b"", MappingProxyType({}))
    """Digest of what the link check looked at, and of the records of the sources with dead links, by path."""

    data: Mapping[str, str] = MappingProxyType({})
    """Digest, as hex, of the data files of each name that were found to be right."""
    plan = b""
    """Digest of the plan that was kept beside it."""
    related = ""
    """Mark of the lists of related posts that were kept beside it; empty where no page shows any."""

    def __init__(self, table: Table | None = None) -> None:
        """Take what `table` holds; without one, nothing is known. Raise `Damaged` when it is not what was written."""
        self._table = table
        if table is None:
            return
        try:
            meta = table.meta
            self.inputs = bytes.fromhex(meta["inputs"])
            self.since, self.until, self.at = int(meta["since"]), int(meta["until"]), int(meta["at"])
            self.lookups = tuple(map(tuple, meta["lookups"]))
            self.digests = tuple(map(bytes.fromhex, meta["digests"]))
            self.summary = meta["summary"]
            dead = {path: bytes.fromhex(record) for path, record in meta["dead"].items()}
            self.links = (bytes.fromhex(meta["links"]), dead)
            self.data = meta["data"]
            self.plan = bytes.fromhex(meta["plan"])
            self.related = str(meta["related"])
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged("manifest") from error

    @cached_property
    def paths(self) -> list[str]:
        """Outputs, relative to the folder."""
        return self._table.strings("path") if self._table else []

    @cached_property
    def places(self) -> dict[str, int]:
        """Where in the columns an output stands."""
        return {path: at for at, path in enumerate(self.paths)}

    @cached_property
    def keys(self) -> list[bytes]:
        """Key of each output."""
        return self._table.digests("key") if self._table else []

    @cached_property
    def contents(self) -> list[bytes]:
        """Digest of each output's bytes."""
        return self._table.digests("digest") if self._table else []

    @cached_property
    def stats(self) -> list[Stat]:
        """What each output looked like when it was written."""
        return read_stats(self._table, "output") if self._table else []

    @cached_property
    def looked_up(self) -> list[int]:
        """Which set of names was looked up to make each output."""
        return self._table.integers("lookups") if self._table else []

    def amend(
        self,
        path: Path,
        inputs: bytes,
        at: int,
        made: Mapping[str, Made],
        lookups: Mapping[tuple[str, ...], bytes],
        related: str,
    ) -> None:
        """Write the manifest anew with other `inputs` and some outputs made again; the rest as `save_manifest` would.

        Every path in `made` is to be in it already. `lookups` are all sets, those that it knows first.
        """
        assert self._table is not None
        rows = {self.places[name]: each for name, each in made.items()}
        replaced = {
            "key": patched_digests(self._table.raw("key"), {row: each.key for row, each in rows.items()}),
            "digest": patched_digests(self._table.raw("digest"), {row: each.digest for row, each in rows.items()}),
            "lookups": patched_integers(self._table.raw("lookups"), {row: each.lookups for row, each in rows.items()}),
        }
        replaced |= patched_stats(self._table, "output", {row: each.stat for row, each in rows.items()})
        meta = self._table.meta | {
            "inputs": inputs.hex(),
            "at": at,
            "lookups": list(lookups),
            "digests": [each.hex() for each in lookups.values()],
            "related": related,
        }
        rewrite(path, self._table, meta, replaced)

    def findings(self) -> list[Finding]:
        """Return the findings of the last build."""
        return from_json(self._table.raw("findings")) if self._table else []


def manifest_path(store: Path, site: Path, output: Path) -> Path:
    """Return where the manifest of `output` stands; the same wherever the site's folder is moved to."""
    place = os.path.relpath(output, site) if output.is_relative_to(site) else str(output)
    return store / f"out-{digest(place.encode('utf-8', 'surrogateescape')).hex()[:16]}"


def load_manifest(path: Path) -> Manifest | None:
    """Return the manifest at `path`; None when there is none. Raise `Damaged` when it is not what was written."""
    try:
        table = Table(path)
        table.check()
        return Manifest(table)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(path) from error


def save_manifest(
    path: Path,
    *,
    inputs: bytes,
    span: tuple[int, int],
    at: int,
    lookups: Mapping[tuple[str, ...], bytes],
    outputs: Mapping[str, Made],
    summary: Mapping[str, int],
    links: tuple[bytes, Mapping[str, bytes]],
    findings: Sequence[Finding],
    data: Mapping[str, str],
    plan: bytes,
    related: str,
) -> None:
    """Write a manifest, atomically. `lookups` maps each set of names to the digest of what it was found to be.

    `plan` is the digest of the plan that was kept beside it, `related` the mark of the lists of related posts.
    """
    names = sorted(outputs)
    rows = [outputs[name] for name in names]
    keys, contents, stats, looked_up = zip(*rows, strict=True) if rows else ((), (), (), ())
    encoded = {
        "path": strings(names),
        "key": b"".join(keys),
        "digest": b"".join(contents),
        "lookups": integers(looked_up),
        "findings": to_json(findings).encode("utf-8", "surrogatepass"),
    }
    encoded |= stat_columns("output", stats)
    meta = {
        "inputs": inputs.hex(),
        "since": span[0],
        "until": span[1],
        "at": at,
        "lookups": list(lookups),
        "digests": [each.hex() for each in lookups.values()],
        "summary": summary,
        "links": links[0].hex(),
        "dead": {name: record.hex() for name, record in links[1].items()},
        "data": data,
        "plan": plan.hex(),
        "related": related,
    }
    write(path, meta, encoded)


def lookups_digest(names: tuple[str, ...], files: Mapping[str, bytes]) -> bytes:
    """Return the digest of what `names` are found to be: `files` maps those that there are to their digests."""
    return compose([files.get(name, bytes(16)) for name in names])


def read_journal(path: Path) -> frozenset[str]:
    """Return the outputs that a build which didn't finish may have added. Raise `Damaged` when nobody can tell.

    A journal that somebody has deleted, and nothing else, can't be told from one that never was: pages that only the
    killed build made stay then, as files of others do. A second mark would only be one more file to delete. Kept in
    the manifest itself it could not be lost alone, but then each build that adds a page would write all of the
    manifest twice. Whoever deletes the whole store loses nothing: without a manifest the output is cleared.
    """
    try:
        check, _, names = path.with_suffix(".journal").read_bytes().partition(b"\0")
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise Damaged(path) from error
    if check != digest(names).hex().encode():
        raise Damaged(path)
    return frozenset(names.decode("utf-8", "surrogateescape").split("\0")[:-1])


def write_journal(path: Path, added: list[str]) -> None:
    """Note which outputs are about to be added, before the first of them is."""
    names = "".join(f"{name}\0" for name in added).encode("utf-8", "surrogateescape")
    beside = path.with_name(f"{path.name}.journal.{os.getpid()}.new")
    try:
        beside.write_bytes(digest(names).hex().encode() + b"\0" + names)
        os.replace(beside, path.with_suffix(".journal"))
    finally:
        beside.unlink(missing_ok=True)


def end_journal(path: Path) -> None:
    """Forget the journal: the manifest is written."""
    path.with_suffix(".journal").unlink(missing_ok=True)
