"""The types of options, from the annotations of the schema's classes: each is looked up when it is asked for.

Classes of the schema that have a module of their own are loaded with the first option that needs them, so that a site
without such options pays nothing for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, get_args


class OptionTypes(Mapping[str, Any]):
    """The types of the fields of one dataclass, by name; `X | None` is `X`."""

    def __init__(self, kind: Any) -> None:
        self._texts = {field.name: str(field.type) for field in fields(kind)}
        self._names = _Names(kind.__module__)
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            kind = eval(self._texts[name], {}, self._names)
            if isinstance(kind, UnionType):
                kind = next(each for each in get_args(kind) if each is not type(None))
            self._found[name] = kind
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class _Names(dict[str, Any]):
    """The names of a module, those among them that it loads when they are asked for."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self._module = sys.modules[module]

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None


@cache
def types_of(kind: Any) -> OptionTypes:
    """Return the types of the options of the dataclass `kind`."""
    return OptionTypes(kind)
