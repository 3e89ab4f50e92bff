"""Data files: what lies in the site's folder `data/`, as values for templates, and what is wrong with it.

`data/team.yaml` is `data.team`, `data/team/ann.yaml` is `data.team.ann`. Files are loaded when a template asks for
the name at the top, and checked when they are new or have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from blogq.collect import Stat, Unreadable, read_file
from blogq.data_formats import READERS
from blogq.finding import Finding, Span
from blogq.render.files import DATA, Found
from blogq.sources import Sources
from blogq.store.digest import compose, digest

LARGEST = 32 << 20
"""Bytes of a data file."""
DEEPEST = 8
"""Folders within folders."""


class Loaded(NamedTuple):
    """What stands under one name at the top."""

    value: Any
    """Mappings, tuples, texts, numbers, truths and None; all frozen. A file with mistakes is left out."""
    findings: tuple[Finding, ...]


def found_data(sources: Sources, files: Mapping[str, tuple[Stat, bytes]]) -> dict[str, Found]:
    """Return each name at the top, `data/team`, with the files that make it; and `data/` itself, which is the names.

    Nothing is read. A digest is that of all files of a name.
    """
    listing = sources.data
    parts: dict[str, list[tuple[str, bytes]]] = {}
    for path in listing.paths:
        known = files.get(f"{listing.root}/{path}")
        if known is not None:
            parts.setdefault(_keys(path)[0], []).append((path, known[1]))
    found: dict[str, Found] = {}
    for name, made in parts.items():
        all_of_it = compose([digest for _, digest in made], *(path for path, _ in made))
        found[DATA + name] = Found(DATA + name, listing.root, sources.bounds, DATA + name, all_of_it, tuple(made))
    if found:
        found[DATA] = Found(DATA, listing.root, sources.bounds, DATA, compose((), *sorted(found)))
    return found


def check_data(
    found: Mapping[str, Found], sound: Mapping[str, str], before: Iterable[Finding]
) -> tuple[list[Finding], dict[str, str]]:
    """Return what is wrong with the data files, and the digests (as hex) of the names that needn't be read again.

    `sound` are those that the last build returned, when it had the findings `before`.
    """
    findings: list[Finding] = []
    checked: dict[str, str] = {}
    for name, each in found.items():
        if name == DATA:
            continue
        seen = each.digest.hex()
        if sound.get(name) != seen:
            noticed = load_data(each).findings
            findings += noticed
            if any(finding.code.startswith("SR") or finding.severity == "error" for finding in noticed):
                continue
        else:
            shown = {f"{DATA}{path}" for path, _ in each.parts}
            findings += [finding for finding in before if finding.span.path in shown]
        checked[name] = seen
    return findings, checked


@lru_cache(maxsize=64)
def load_data(found: Found) -> Loaded:
    """Return the value of one name at the top, read from its files, and what is wrong with them."""
    from blogq.plan.frozen import freeze

    findings: list[Finding] = []
    root: dict[str, Any] = {}
    owners: dict[tuple[str, ...], str] = {}
    for path, expected in found.parts:
        shown = DATA + path
        keys = _keys(path)
        reader = READERS.get(path.rpartition(".")[2].lower())
        if reader is None:
            message = "this is no data file that blogq can read, so templates don't see it"
            hint = "data files end in .yaml, .yml, .json, .toml or .csv; files to be published belong into static/"
            findings.append(Finding("DA105", "note", Span(shown), message, hint))
            continue
        if len(keys) > DEEPEST:
            message = f"data files nest more than {DEEPEST} folders deep"
            findings.append(Finding("DA103", "error", Span(shown), message, "put it nearer the top"))
            continue
        taken = next((owners[keys[:n]] for n in range(1, len(keys) + 1) if keys[:n] in owners), "")
        if taken or _is_folder(root, keys):
            other = f"{DATA}{taken}" if taken else f"the folder {DATA}{'/'.join(keys)}"
            message = f"this file and {other} would both be `data.{'.'.join(keys)}`"
            findings.append(Finding("DA102", "error", Span(shown), message, "give one of them another name"))
            continue
        owners[keys] = path
        try:
            data = read_file(found.root, path, shown, found.bounds, LARGEST).data
        except Unreadable as error:
            findings.append(error.finding)
            continue
        if digest(data) != expected:
            message = "the file was changed while the build was going on"
            findings.append(Finding("SR101", "error", Span(shown), message, "build again once it is whole"))
            continue
        value, noticed = reader(data, shown)
        findings += noticed
        if not any(finding.severity == "error" for finding in noticed):
            place = root
            for key in keys[:-1]:
                place = place.setdefault(key, {})
            place[keys[-1]] = value
    return Loaded(freeze(next(iter(root.values()), None)), tuple(findings))


def _keys(path: str) -> tuple[str, ...]:
    """Return the keys that lead to a file: its folders and its name without the ending."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return (*folder.split("/"), stem) if folder else (stem,)


def _is_folder(root: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    place: Any = root
    for key in keys:
        if key not in place:
            return False
        place = place[key]
    return True
