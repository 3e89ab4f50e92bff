"""Values from front matter and config, as views hold them: nothing a template does can change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


class Frozen(dict[str, Any]):
    """A mapping that can't be changed, so that one page can't leave something behind for the next."""

    __slots__ = ()

    def _refuse(self, *arguments: Any, **more: Any) -> NoReturn:
        raise TypeError("what a page is made of can't be changed by its template")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Frozen], tuple[dict[str, Any]]]:
        return (Frozen, (dict(self),))


def freeze(value: Any) -> Any:
    """Return `value` with its mappings frozen and its lists as tuples."""
    if isinstance(value, Mapping):
        return Frozen({str(key): freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(map(freeze, value))
    return value
