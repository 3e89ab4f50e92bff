r"""Places in a pattern at which `\b` may stand: what asks for one place in the order of its marks, or else refused.

`expression.py` has `\b` found, in texts with other letters than ASCII's, by marks that are put in where words begin and
end: two at each place, behind the beginning of the text and before its end. A `\b` that finds no mark left for it would
silently never match, so such patterns are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from blogq.pattern import Pattern

MARKS = 2
r"""Marks at a place: `\b` may stand twice at one, as in `\b-?\bfoo`."""
_DIGITS = Pattern(r"\d+")


class Misplaced(ValueError):
    r"""A `\b` where no mark is left for it, as a clause about the pattern."""


class Atom(NamedTuple):
    """A piece of a pattern, rewritten."""

    text: str
    kind: str
    r"""`one`: matches one character; `edge`: `\b`; `begin` and `end`: of the text; `bond`: binds others together."""


class _Reach(NamedTuple):
    r"""What a piece of a pattern can ask of the place where it begins and of that where it ends."""

    head: int = 0
    r"""`\b`s that it may have before its first character, at most."""
    tail: int = 0
    r"""`\b`s that it may have behind its last one."""
    through: int | None = 0
    r"""`\b`s that it may have without any character; None where it always takes one."""
    begins: bool = False
    """Whether it may ask for the beginning of the text before its first character."""
    ends: bool = False
    """Whether it may ask for the end of the text behind its last one."""


_PLACES = ("begin", "edge", "end")
"""Kinds of what asks for a place, in the order in which marks and ends stand there."""
_REACHES = {
    "one": _Reach(through=None),
    "edge": _Reach(1, 1, 1),
    "begin": _Reach(begins=True),
    "end": _Reach(ends=True),
}


def in_order(atoms: Sequence[Atom]) -> Iterator[Atom]:
    r"""Yield `atoms`, what asks for one place put in the order of the marks there: beginning, `\b` (once), end."""
    run: list[Atom] = []
    for atom, following in zip(atoms, [*atoms[1:], Atom("", "bond")], strict=True):
        # What is repeated stays beside its repetition.
        if atom.kind in _PLACES and not _is_repeat(following):
            run.append(atom)
            continue
        yield from sorted(dict.fromkeys(run), key=lambda each: _PLACES.index(each.kind))
        run = []
        yield atom
    yield from sorted(dict.fromkeys(run), key=lambda each: _PLACES.index(each.kind))


def _is_repeat(atom: Atom) -> bool:
    return atom.kind == "bond" and atom.text[:1] in ("*", "+", "?", "{")


def check_edges(atoms: Sequence[Atom]) -> None:
    r"""Raise `Misplaced` where a `\b` is asked for at a place that has no mark left for it.

    Marks stand before the end of a text and behind its beginning, two at each place: `(foo$)\b` would never be found
    among other letters than ASCII's. Goes through the pattern once.
    """
    # Of each open group: the branches before, the pieces of this branch but the last, the last.
    opened: list[list[_Reach | None]] = [[None, _Reach(), _Reach()]]
    for atom in atoms:
        if atom.kind != "bond":
            made = _REACHES[atom.kind]
        elif _is_repeat(atom):
            last = opened[-1][2]
            assert last is not None
            opened[-1][2] = _repeated(last, atom.text)
            continue
        elif atom.text == "|":
            opened[-1] = [_closed(opened[-1]), _Reach(), _Reach()]
            continue
        elif atom.text == ")":
            made = _closed(opened.pop())
        elif atom.text.endswith(")"):
            made = _Reach()
        else:
            opened.append([None, _Reach(), _Reach()])
            continue
        before, done, last = opened[-1]
        assert done is not None and last is not None
        opened[-1] = [before, _joined(done, last), made]
    _closed(opened[0])


def _closed(group: Sequence[_Reach | None]) -> _Reach:
    """Return what all branches of a group ask for together."""
    before, done, last = group
    assert done is not None and last is not None
    branch = _joined(done, last)
    if before is None:
        return branch
    throughs = [each for each in (before.through, branch.through) if each is not None]
    return _Reach(
        max(before.head, branch.head),
        max(before.tail, branch.tail),
        max(throughs, default=None),
        before.begins or branch.begins,
        before.ends or branch.ends,
    )


def _joined(first: _Reach, then: _Reach) -> _Reach:
    """Return what two pieces ask for, one behind the other."""
    if first.ends and then.head:
        raise Misplaced(r"has \b behind the end of the text; write it before that")
    if first.tail and then.begins:
        raise Misplaced(r"has \b before the beginning of the text; write it behind that")
    if first.tail + then.head > MARKS:
        raise Misplaced(r"may ask for \b three times at one place; once is enough")
    passes = first.through is not None and then.through is not None
    return _Reach(
        first.head if first.through is None else max(first.head, first.through + then.head),
        then.tail if then.through is None else max(then.tail, then.through + first.tail),
        (first.through or 0) + (then.through or 0) if passes else None,
        first.begins or (first.through is not None and then.begins),
        then.ends or (then.through is not None and first.ends),
    )


def _repeated(reach: _Reach, repeat: str) -> _Reach:
    """Return what a piece asks for that is there as often as `repeat` says."""
    digits = _DIGITS.search(repeat)
    least = int(digits[0]) if digits else int(repeat[0] == "+")
    if least > 1 or repeat[0] in "*+" or "," in repeat:
        _joined(reach, reach)
    if reach.through is not None and reach.through * least > MARKS:
        raise Misplaced(r"may ask for \b three times at one place; once is enough")
    through = reach.through
    if through is not None:
        through *= max(1, least)
    elif not least:
        through = 0
    return reach._replace(head=max(reach.head, through or 0), tail=max(reach.tail, through or 0), through=through)
