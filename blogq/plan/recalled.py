"""The plan of the last build, kept and recalled: for builds before which only texts have changed.

What is kept is all that the plan took from URLs, terms, dates and titles; entries come from the memo, one by one, as
they are asked for. Only our own value types are loaded, so that a file from elsewhere can run nothing.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from blogq.config.schema import Config
from blogq.content.name import read_name
from blogq.content.post import Entry, language_folders
from blogq.library.menus import Placed
from blogq.library.site import Edition, Section, Site
from blogq.library.taxonomies import Term, Terms
from blogq.plan.jobs import ArchiveSpec, FeedSpec, ListSpec, Plan, RedirectSpec, TaxonomySpec
from blogq.plan.pictures import Candidates, Picture
from blogq.plan.versions import Version
from blogq.store.columns import Damaged
from blogq.store.digest import digest
from blogq.store.memo import Memo

T = TypeVar("T")

KEPT = (
    *(ArchiveSpec, Candidates, Edition, FeedSpec, ListSpec, Picture, Placed, Plan),
    *(RedirectSpec, Section, Site, TaxonomySpec, Term, Terms, Version),
)
"""All types that a kept plan is made of."""


class Recalled(Sequence[T], Generic[T]):
    """A sequence whose items are made when they are asked for, each once."""

    def __init__(self, rows: Sequence[int], make: Callable[[int], T]) -> None:
        """Take the rows of the memo that the items come from, in order; `make` returns the item of a row."""
        self._rows, self._make = rows, make
        self._length = len(rows)
        self._made: dict[int, T] = {}

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Return an item, or a part of the sequence."""
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(self._length))]
        if not -self._length <= at < self._length:
            raise IndexError(at)
        at %= self._length
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = self._make(self._rows[at])
        return found

    def __len__(self) -> int:
        return self._length


class _Loader(pickle.Unpickler):
    """Loads the types of a plan, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return one of our types."""
        for kind in KEPT:
            if kind.__module__ == module and kind.__name__ == name:
                return kind
        if (module, name) == ("blogq.conversation.comment", "Comment"):
            from blogq.conversation.comment import Comment

            return Comment
        raise pickle.UnpicklingError(f"{module}.{name}")


def keep_plan(path: Path, plan: Plan, entries: Sequence[Entry]) -> bytes:
    """Write what can be recalled of `plan`, whose site was made of `entries`; return the digest of what was written."""
    site = plan.site
    row_of = {entry.path: row for row, entry in enumerate(entries)}
    rows = [row_of[entry.path] for entry in site.entries]
    bare = plan._replace(site=site._replace(config=Config(), entries=(), names=()), jobs=(), sitemap=(), related=None)
    data = pickle.dumps((tuple(bare.site._replace(config=None)), tuple(bare._replace(site=None)), rows), 5)  # type: ignore[arg-type]
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return digest(data)


class KeptPlan:
    """A plan as it was kept."""

    def __init__(self, path: Path, expected: bytes) -> None:
        """Load what `keep_plan` wrote; raise `Damaged` when it isn't there, or not with the digest `expected`."""
        try:
            data = path.read_bytes()
            if digest(data) != expected:
                raise Damaged(path)
            site, plan, rows = _Loader(io.BytesIO(data)).load()
            self._site, self._plan = Site._make(site), Plan._make(plan)
        except (OSError, pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError) as error:
            raise Damaged(path) from error
        self.rows: Sequence[int] = rows
        """The row in the memo of each live entry."""

    def recall(self, config: Config, memo: Memo, changed: Mapping[int, Entry]) -> Plan:
        """Return the plan, without its jobs; `changed` maps rows of the memo to what stands in their place."""
        folders = language_folders(config)
        entries = Recalled(self.rows, lambda row: changed.get(row) or memo.entry(row))
        names = Recalled(self.rows, lambda row: read_name(memo.paths[row], folders))
        return self._plan._replace(site=self._site._replace(config=config, entries=entries, names=names))
