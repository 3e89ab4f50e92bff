"""The record of one output folder: what we wrote there, from which keys, and what it looked like afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import Stat
from blogq.finding import Finding, from_json, to_json
from blogq.store.columns import Damaged, Table, integers, strings, write
from blogq.store.digest import compose, digest

_STAT = ["size", "mtime", "ctime", "inode"]


class Made(NamedTuple):
    """One file of the output folder."""

    key: bytes
    digest: bytes
    """Of its bytes."""
    stat: Stat
    lookups: int
    """Which set of names was looked up to make it: an index into `Manifest.lookups`."""


class Manifest(NamedTuple):
    """What is known of an output folder."""

    inputs: bytes
    """Digest of everything that the build saw, but for the time."""
    since: int
    """From this moment until `until` the same sources are live."""
    until: int
    at: int
    """When it was recorded, in nanoseconds."""
    lookups: tuple[tuple[str, ...], ...]
    digests: tuple[bytes, ...]
    """Of what each set of names was found to be; parallel to `lookups`."""
    outputs: Mapping[str, Made]
    summary: Mapping[str, Any]
    """Counts of the last build."""
    findings: tuple[Finding, ...]


NOTHING = Manifest(b"", 0, 0, 0, (), (), {}, {}, ())
"""What is known of a folder that was never built into."""


def manifest_path(store: Path, site: Path, output: Path) -> Path:
    """Return where the manifest of `output` stands; the same wherever the site's folder is moved to."""
    place = os.path.relpath(output, site) if output.is_relative_to(site) else str(output)
    return store / f"out-{digest(place.encode('utf-8', 'surrogateescape')).hex()[:16]}"


def load_manifest(path: Path) -> Manifest | None:
    """Return the manifest at `path`; None when there is none. Raise `Damaged` when it is not what was written."""
    try:
        table = Table(path)
        meta = table.meta
        columns = [table.integers(f"output {name}") for name in _STAT]
        made = map(
            Made._make,
            zip(
                table.digests("key"),
                table.digests("digest"),
                zip(*columns, strict=True),
                table.integers("lookups"),
                strict=True,
            ),
        )
        findings = tuple(from_json(table.raw("findings")))
        return Manifest(
            bytes.fromhex(meta["inputs"]),
            meta["since"],
            meta["until"],
            meta["at"],
            tuple(map(tuple, meta["lookups"])),
            tuple(map(bytes.fromhex, meta["digests"])),
            dict(zip(table.strings("path"), made, strict=True)),
            meta["summary"],
            findings,
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(path) from error


def save_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest, atomically."""
    made = manifest.outputs.values()
    columns = list(zip(*(each.stat for each in made), strict=True)) if made else [()] * len(_STAT)
    encoded = {
        "path": strings(list(manifest.outputs)),
        "key": b"".join(each.key for each in made),
        "digest": b"".join(each.digest for each in made),
        "lookups": integers([each.lookups for each in made]),
        "findings": to_json(manifest.findings).encode(),
    }
    encoded |= {f"output {name}": integers(column) for name, column in zip(_STAT, columns, strict=True)}
    meta = {
        "inputs": manifest.inputs.hex(),
        "since": manifest.since,
        "until": manifest.until,
        "at": manifest.at,
        "lookups": manifest.lookups,
        "digests": [each.hex() for each in manifest.digests],
        "summary": manifest.summary,
    }
    write(path, meta, encoded)


def lookups_digest(names: tuple[str, ...], files: Mapping[str, bytes]) -> bytes:
    """Return the digest of what `names` are found to be: `files` maps those that there are to their digests."""
    return compose([files.get(name, bytes(16)) for name in names])


def read_journal(path: Path) -> frozenset[str]:
    """Return the outputs that a build which didn't finish may have added."""
    try:
        return frozenset(path.with_suffix(".journal").read_text("utf-8", "surrogateescape").split("\0")[:-1])
    except OSError:
        return frozenset()


def write_journal(path: Path, added: list[str]) -> None:
    """Note which outputs are about to be added, before the first of them is."""
    text = "".join(f"{name}\0" for name in added)
    path.with_suffix(".journal").write_text(text, "utf-8", "surrogateescape")


def end_journal(path: Path) -> None:
    """Forget the journal: the manifest is written."""
    path.with_suffix(".journal").unlink(missing_ok=True)
