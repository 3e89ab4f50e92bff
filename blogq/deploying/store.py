"""A store such as a bucket, reached through fsspec, as a place to publish at.

Which stores there are depends on the packages that are installed; `blogq[stores]` brings the one for S3 and all that
speaks like it. Who may write there is never in the config: fsspec's packages take it from the environment or from the
store's own files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from blogq.deploying.crew import each_of
from blogq.deploying.media import CHECKED, cache_of, type_of
from blogq.deploying.plan import File
from blogq.deploying.record import NAME
from blogq.deploying.target import Unusable

TOGETHER = 32
"""Files that are sent, read or removed at the same time, where a store's package can do it. A store that is 30 ms away
takes 33 files a second one after the other; more than this many is no quicker (benchmarks/deploying.py)."""
LARGE = 8 << 20
"""Bytes from which on a file is sent by itself and in parts, so that few of them are in memory."""
_PATTERN = re.compile(r"[*?\[]")
"""What fsspec takes for a pattern, and not for a name, when it removes several files at once."""


class Store:
    """A folder, or prefix, of a store."""

    batch = 200
    comparable = True

    def __init__(self, address: str, options: Mapping[str, Any]) -> None:
        """Take what is at `address`, such as `s3://bucket/blog`, with options as fsspec names them."""
        self.shown = address
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise Unusable("stores need the package fsspec", "Install it with: pip install 'blogq[stores]'") from error
        try:
            # What an earlier listing said may be of another run.
            told = {"use_listings_cache": False, **_pool(address), **options}
            self.system, root = url_to_fs(address, **told)
        except ImportError as error:
            raise Unusable(f"this store needs a package: {error}", "Install it beside blogq.") from error
        except Exception as error:
            raise Unusable(f"the address can't be used: {_told(error)}", "See docs/deploying.md.") from error
        self.root = str(root).rstrip("/")
        protocol = self.system.protocol
        self.protocol = protocol if isinstance(protocol, str) else protocol[0]
        # Others may hold one connection, or a state that isn't for several threads.
        self.together = TOGETHER if self.system.async_impl else 1

    def files(self) -> Mapping[str, int]:
        """Return the files that are there."""
        try:
            self.system.invalidate_cache()
            found = self.system.find(self.root, detail=True, withdirs=False)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise _failed(error) from error
        rows = {str(name)[len(self.root) :].lstrip("/"): each for name, each in found.items()}
        return {path: int(each.get("size") or 0) for path, each in rows.items() if path}

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; None where there is none."""
        try:
            return bytes(self.system.cat_file(f"{self.root}/{path}"))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise _failed(error) from error

    def send(self, files: Sequence[File]) -> None:
        """Put files, each in one piece; readers get the old one until the new one is whole, as far as the store can."""
        for file in files:
            if file.size >= LARGE:
                self._put(file.path, file.source, type_of(file.path), cache_of(file))
        small = [file for file in files if file.size < LARGE]
        each_of(small, self._put_small, self.together)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files."""
        # Removed together, `a[1].png` would stand for `a1.png`.
        single = [f"{self.root}/{path}" for path in paths if _PATTERN.search(path)]
        places = [f"{self.root}/{path}" for path in paths if not _PATTERN.search(path)]
        try:
            if places:
                self.system.rm(places)
        except FileNotFoundError:
            single += places
        except Exception as error:
            raise _failed(error) from error
        each_of(single, self._remove_one, self.together)

    def _remove_one(self, place: str) -> None:
        try:
            self.system.rm_file(place)
        except FileNotFoundError:
            pass
        except Exception as error:
            raise _failed(error) from error

    def note(self, record: bytes) -> None:
        """Keep the record."""
        self._put(NAME, record, type_of(NAME), CHECKED)

    def finish(self, message: str) -> None:
        """Do nothing: what was sent is there."""

    def _put_small(self, file: File) -> None:
        self._put(file.path, file.source.read_bytes(), type_of(file.path), cache_of(file))

    def _put(self, path: str, what: bytes | Path, kind: str, cache: str) -> None:
        """Write data, or a file of this machine, as `path`."""
        place = f"{self.root}/{path}"
        about: dict[str, Any] = {}
        if self.protocol in ("s3", "s3a"):
            about = {"ContentType": kind, "CacheControl": cache}
        elif self.protocol in ("gs", "gcs"):
            about = {"content_type": kind, "fixed_key_metadata": {"cache_control": cache}}
        try:
            if not about:
                self.system.makedirs(place.rpartition("/")[0], exist_ok=True)
            if isinstance(what, Path):
                self.system.put_file(str(what), place, **about)
            else:
                self.system.pipe_file(place, what, **about)
        except Exception as error:
            raise _failed(error) from error


def _pool(address: str) -> dict[str, Any]:
    """Return what makes room for `TOGETHER` connections: the package for S3 has ten by itself."""
    protocol = address.partition(":")[0].lower()
    return {"config_kwargs": {"max_pool_connections": TOGETHER}} if protocol in ("s3", "s3a") else {}


def _told(error: Exception) -> str:
    return (str(error).strip().partition("\n")[0] or type(error).__name__)[:300]


def _failed(error: Exception) -> Unusable:
    """Return what a store's package raised, which may be anything, as what it means."""
    hint = "See that the address is right, and that the environment says who may write there (docs/deploying.md)."
    return Unusable(f"the store says: {_told(error)}", hint)
