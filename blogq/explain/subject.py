"""What is meant by a name: a path from here or from the site, a file of the output, or an address of any form."""

from __future__ import annotations

import os
import re
import unicodedata
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from blogq.content.name import is_markdown
from blogq.explain.state import State
from blogq.library.permalinks import as_url, output_path, quoted
from blogq.plan.jobs import split_base

LOCAL = frozenset(("localhost", "127.0.0.1", "::1", "0.0.0.0"))
"""Hosts of a server on one's own machine, which shows the site whatever its address will be."""
MOST = 3
"""How many names are suggested."""


class Subject(NamedTuple):
    """What a name means."""

    kind: Literal["file", "output", "elsewhere"]
    """`file`: of the site's folder; `output`: of the output folder; `elsewhere`: an address of another site."""
    path: str
    """Relative to the site or to the output folder; or the address."""
    exists: bool = True
    """Whether the file is there."""


def subject_of(state: State, name: str, here: Path) -> Subject:
    """Return what `name` means when somebody in the folder `here` says it."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name):
        return _of_address(state, name)
    for base in (here, state.site_folder, state.content):
        path = Path(os.path.abspath(base / name))
        if not os.path.lexists(path):
            continue
        # The folder's real path: links above the file may lead into the site, the file's own name counts.
        real = path.parent.resolve() / path.name if path.name else path
        if real.is_relative_to(state.output) and real != state.output:
            inner = real.relative_to(state.output).as_posix()
            return Subject("output", f"{inner}/index.html" if real.is_dir() else inner)
        if real.is_relative_to(state.site_folder) and real != state.site_folder:
            if real.is_dir():
                found = _of_folder(state, real)
                if found is not None:
                    return found
                continue
            return Subject("file", real.relative_to(state.site_folder).as_posix())
        if not name.startswith("/") and name not in ("", "."):
            break
    path = Path(os.path.abspath(here / name))
    if path.is_relative_to(state.output) and path != state.output:
        outputs = outputs_of("/" + path.relative_to(state.output).as_posix())
        there = next((each for each in outputs if known(state, each)), "")
        return Subject("output", there or outputs[0], bool(there))
    if is_markdown(name):
        return Subject("file", name.removeprefix("./"), False)
    return _of_url(state, name)


def _of_folder(state: State, folder: Path) -> Subject | None:
    """Return the page that a folder of sources stands for: its bundle's, or its section's."""
    if not folder.is_relative_to(state.content):
        return None
    inner = folder.relative_to(state.content).as_posix()
    for entry in state.entries:
        if entry.path.rpartition("/")[0] == inner and entry.path.rpartition("/")[2].startswith(("index.", "_index.")):
            return Subject("file", state.sources.shown + entry.path)
    section = state.site.editions[0].sections.get("" if inner == "." else inner)
    return Subject("output", output_path(section.url)) if section is not None else None


def _of_address(state: State, address: str) -> Subject:
    """Return what an absolute URL means."""
    try:
        parts = urlsplit(address)
        host, own = parts.hostname or "", urlsplit(state.config.base_url).hostname or ""
    except ValueError:
        return Subject("elsewhere", address)
    if host.removeprefix("www.") != own.removeprefix("www.") and host not in LOCAL:
        return Subject("elsewhere", address)
    return _of_url(state, parts.path or "/")


def _of_url(state: State, url: str) -> Subject:
    """Return what a path on the site means, with the site's subpath or without."""
    url = url.encode("utf-8", "replace").decode()
    path = unicodedata.normalize("NFC", unquote(re.split("[?#]", url, maxsplit=1)[0], errors="replace"))
    path = "/" + path.lstrip("/")
    prefix = split_base(state.config.base_url)[1]
    paths = [path]
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        paths.insert(0, path[len(prefix) :] or "/")
    for each in paths:
        for output in outputs_of(each):
            if known(state, output):
                return Subject("output", output)
    return Subject("output", outputs_of(paths[0])[-1], False)


def outputs_of(path: str) -> list[str]:
    """Return the files that a path on the site can mean, the likeliest first."""
    exact = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
    return list(dict.fromkeys((exact, output_path(as_url(path)))))


def known(state: State, output: str) -> bool:
    """Return whether an output is made, would be made, or was made."""
    later = {output_path(url) for url in state.every.urls}
    return output in state.jobs or output in state.copied or output in state.manifest.places or output in later


def near(state: State, subject: Subject) -> tuple[str, ...]:
    """Return sources or addresses whose names are near a subject that isn't there."""
    if subject.kind == "file":
        names = [state.sources.shown + entry.path for entry in state.entries]
        by_name = {name.rpartition("/")[2]: name for name in names}
        found = get_close_matches(subject.path, names, MOST)
        return tuple(found or [by_name[n] for n in get_close_matches(Path(subject.path).name, by_name, MOST)])
    urls = {quoted(url): url for url in (*(job.url for job in state.jobs.values()), *state.every.urls)}
    wanted = quoted("/" + subject.path.removesuffix("index.html").encode("utf-8", "replace").decode())
    found = get_close_matches(wanted, urls, MOST)
    if not found:
        last = {url.rstrip("/").rpartition("/")[2]: url for url in urls}
        found = [last[n] for n in get_close_matches(wanted.rstrip("/").rpartition("/")[2], last, MOST)]
    prefix = split_base(state.config.base_url)[1]
    return tuple(prefix + each for each in found)
