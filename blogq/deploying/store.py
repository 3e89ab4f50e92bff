"""A store such as a bucket, reached through fsspec, as a place to publish at.

Which stores there are depends on the packages that are installed; `blogq[stores]` brings the one for S3 and all that
speaks like it. Who may write there is never in the config: fsspec's packages take it from the environment or from the
store's own files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blogq.deploying.media import CHECKED, cache_of, type_of
from blogq.deploying.plan import File
from blogq.deploying.record import NAME
from blogq.deploying.target import Unusable


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
            self.system, root = url_to_fs(address, **{"use_listings_cache": False, **options})
        except ImportError as error:
            raise Unusable(f"this store needs a package: {error}", "Install it beside blogq.") from error
        except Exception as error:
            raise Unusable(f"the address can't be used: {_told(error)}", "See docs/deploying.md.") from error
        self.root = str(root).rstrip("/")
        protocol = self.system.protocol
        self.protocol = protocol if isinstance(protocol, str) else protocol[0]

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
            self._put(file.path, file.source.read_bytes(), type_of(file.path), cache_of(file))

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files."""
        places = [f"{self.root}/{path}" for path in paths]
        try:
            self.system.rm(places)
        except FileNotFoundError:
            for place in places:
                try:
                    self.system.rm_file(place)
                except FileNotFoundError:
                    continue
                except Exception as error:
                    raise _failed(error) from error
        except Exception as error:
            raise _failed(error) from error

    def note(self, record: bytes) -> None:
        """Keep the record."""
        self._put(NAME, record, type_of(NAME), CHECKED)

    def finish(self, message: str) -> None:
        """Do nothing: what was sent is there."""

    def _put(self, path: str, data: bytes, kind: str, cache: str) -> None:
        place = f"{self.root}/{path}"
        try:
            if self.protocol in ("s3", "s3a"):
                self.system.pipe_file(place, data, ContentType=kind, CacheControl=cache)
            elif self.protocol in ("gs", "gcs"):
                metadata = {"cache_control": cache}
                self.system.pipe_file(place, data, content_type=kind, fixed_key_metadata=metadata)
            else:
                parent = place.rpartition("/")[0]
                self.system.makedirs(parent, exist_ok=True)
                self.system.pipe_file(place, data)
        except Exception as error:
            raise _failed(error) from error


def _told(error: Exception) -> str:
    return (str(error).strip().partition("\n")[0] or type(error).__name__)[:300]


def _failed(error: Exception) -> Unusable:
    """Return what a store's package raised, which may be anything, as what it means."""
    hint = "See that the address is right, and that the environment says who may write there (docs/deploying.md)."
    return Unusable(f"the store says: {_told(error)}", hint)
