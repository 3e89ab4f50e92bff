"""`data`, as templates see it: each name that is asked for is recorded as looked up, whether it is there or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from blogq.data import load_data
from blogq.render.files import DATA, Found


class Data(Mapping[str, Any]):
    """The site's data files by their names at the top."""

    __slots__ = ("_find", "_names")

    def __init__(self, names: Callable[[], Mapping[str, Found]], find: Callable[[str], Found | None]) -> None:
        """`find` looks a name up and records that; `names` are all there are."""
        self._names = names
        self._find = find

    def __getitem__(self, name: str) -> Any:
        found = self._find(f"{DATA}{name}") if name else None
        if found is None:
            raise KeyError(name)
        return load_data(found).value

    def __contains__(self, name: object) -> bool:
        return bool(name) and self._find(f"{DATA}{name}") is not None

    def __iter__(self) -> Iterator[str]:
        self._find(DATA)
        return iter(sorted(name.removeprefix(DATA) for name in self._names() if name.startswith(DATA) and name != DATA))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))
