"""Regular expressions that a site gives, matched in time linear to the text: those of RE2, made to know Unicode.

RE2 has no way to be slow, but its `\\w`, `\\d`, `\\s` and `\\b` know ASCII only. So a pattern is rewritten before RE2
sees it: classes become those of Unicode, and for a text with other letters than ASCII's, `\\b` becomes a character that
is put into the text where words begin and end, and that everything else passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq.edges import MARKS, Atom, Misplaced, check_edges, in_order
from blogq.measure.words import MARK
from blogq.pattern import Pattern

if TYPE_CHECKING:
    import re2

LONGEST = 1_000
"""Characters of a pattern."""
LARGEST = 50_000
"""Instructions of a compiled pattern; `\\w` is 1,447 of them. RE2's worst case is so many steps for each character."""
_UNBOUNDED = ", which no search in bounded time can"
_TOO_LARGE = "is too large once its repetitions are written out"

_EDGE = "\x01"
"""What stands twice in a text where a word begins or ends, for `\\b` may stand twice at one place: `\\b-?\\bfoo`."""
_SKIP = f"{_EDGE}{{0,2}}"
_CLASSES = {"w": r"\p{L}\p{M}\p{N}_", "d": r"\p{Nd}", "s": r"\s\p{Z}"}
r"""What `\w`, `\d` and `\s` stand for inside brackets."""
_NEGATED = {"W": "w", "D": "d", "S": "s"}
_ESCAPED = r"\\(?:x\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[pP](?:\{\^?\w+\}|\w)|.)"
_ESCAPE = Pattern(_ESCAPED, re.DOTALL)
_REPEAT = Pattern(r"(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d+)\})\??")
_GROUP = Pattern(r"\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?[:)]))?")
_CLASS = Pattern(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_IN_CLASS = Pattern(rf"\[:\^?\w+:\]|{_ESCAPED}|.", re.DOTALL)
_TAKEN_BACK = Pattern(r"\(\?[imsU]*-")
_UNKNOWN = (
    (("(?=", "(?!"), "looks ahead"),
    (("(?<=", "(?<!"), "looks back"),
    (("(?P=",), "refers back to a group"),
    (("(?>",), "has a group that is never given back"),
    (("(?#",), "has a comment"),
    (("(?(",), "has a condition"),
)
_FOREIGN = Pattern(rf"[^\W\x00-\x7f]|[{MARK}]")
"""Letters and marks that RE2's `\\b` takes for none."""
_RUN = Pattern(rf"(?>(?:\w[{MARK}]*+)+)")


class Wrong(ValueError):
    """A pattern that can't be used: what is wrong with it, and where."""

    def __init__(self, what: str, at: int | None = None, why: str = "") -> None:
        self.what = (what if at is None else f"{what} at character {at + 1}") + why
        super().__init__(self.what)


class Match(NamedTuple):
    """What was found: offsets in the text, and its groups, the whole first; a group without a part in it is empty."""

    start: int
    end: int
    groups: tuple[str, ...]


class Expression:
    """A regular expression that a site gives; `Wrong` is raised where it is none that can be used."""

    def __init__(self, pattern: str, case: bool = False) -> None:
        """`case` says whether capitals count."""
        self.pattern = pattern
        self._case = case
        if len(pattern) > LONGEST:
            raise Wrong(f"has {len(pattern):,} characters, where {LONGEST:,} are the most", None)
        self._atoms = tuple(in_order(list(_atoms(pattern))))
        self._has_edges = any(atom.kind == "edge" for atom in self._atoms)
        # With ASCII's classes it is compiled in no time, and says the same of what is wrong.
        simple = "".join(atom.text for atom in self._atoms)
        for letter, inside in _CLASSES.items():
            simple = simple.replace(inside, f"\\{letter}")
        self.groups: int = self._compiled(simple).groups
        """How many groups it has."""
        if self._has_edges:
            try:
                check_edges(self._atoms)
            except Misplaced as error:
                raise Wrong(str(error)) from None

    def prepare(self) -> None:
        """Compile it, which takes a millisecond for each `\\w`; raise `Wrong` where that makes it too large."""
        if self._plain.programsize > LARGEST:
            raise Wrong(_TOO_LARGE)

    @cached_property
    def _plain(self) -> re2._Regexp:
        return self._compiled("".join(atom.text for atom in self._atoms))

    @cached_property
    def _marked(self) -> re2._Regexp:
        """The pattern for a text in which edges of words are marked."""
        return self._compiled("".join(map(_passing_over_edges, self._atoms)))

    @cached_property
    def _in_lines(self) -> tuple[re2._Regexp, re2._Regexp]:
        """Both, for a text in which each line is a text of its own."""
        pieces = [Atom({r"\A": "^", r"\z": "$"}.get(atom.text, atom.text), atom.kind) for atom in self._atoms]
        plain = "".join(atom.text for atom in pieces)
        marked = "".join(map(_passing_over_edges, pieces)) if self._has_edges else plain
        return self._compiled(f"(?m){plain}"), self._compiled(f"(?m){marked}")

    def may_be_in(self, lines: str) -> bool:
        """Return whether one of `lines` may have a match; where none has, that is found out in one go."""
        # A flag taken back by the pattern could make it find less here than line by line.
        if _TAKEN_BACK.search(self.pattern):
            return True
        foreign = self._has_edges and _is_foreign(lines)
        text = _with_edges(lines) if foreign else lines
        return self._in_lines[foreign].search(text.encode("utf-8", "replace")) is not None

    def _compiled(self, pattern: str) -> re2._Regexp:
        import re2

        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = self._case
        try:
            return re2.compile(pattern.encode("utf-8", "replace"), options)
        except re2.error as error:
            raise Wrong(*self._told(error)) from None

    def _told(self, error: Exception) -> tuple[str, int | None]:
        """Return what RE2 says is wrong, and where: it names the piece, and that is looked for."""
        said = error.args[0].decode("utf-8", "replace") if error.args and isinstance(error.args[0], bytes) else ""
        if said.startswith("pattern too large"):
            return _TOO_LARGE, None
        what, _, piece = said.partition(": ")
        at = self.pattern.find(piece) if piece else -1
        return f"can't be read: {what}" + (f" ({piece[:40]})" if piece else ""), at if at >= 0 else None

    def matches(self, text: str) -> Iterator[Match]:
        """Yield what is found in `text`, in order, none of it over another or empty.

        Takes at worst time linear to the text for each match.
        """
        if not self._has_edges or not _is_foreign(text):
            data = text.encode("utf-8", "replace")
            for found in self._plain.finditer(data):
                start, end = found.span()
                # Matches of nothing come at each byte, also within a character.
                if start < end:
                    before = len(data[:start].decode())
                    said = text[before : before + len(data[start:end].decode())]
                    yield Match(before, before + len(said), (said, *_decoded(found)))
            return
        marked = _with_edges(text)
        data = marked.encode("utf-8", "replace")
        passed = [0, *accumulate(int(character != _EDGE) for character in marked)]
        for found in self._marked.finditer(data):
            first, last = found.span()
            if first == last:
                continue
            start, end = (passed[len(data[:at].decode())] for at in (first, last))
            if start < end:
                yield Match(start, end, (text[start:end], *(each.replace(_EDGE, "") for each in _decoded(found))))


@lru_cache(maxsize=1024)
def expression(pattern: str, case: bool) -> Expression:
    """Return `Expression(pattern, case)`, the same one each time: what forks after it was prepared has it prepared."""
    return Expression(pattern, case)


@lru_cache(maxsize=2)
def _is_foreign(text: str) -> bool:
    """Return whether `text` has letters beyond ASCII; both caches, because a site's patterns come one after another."""
    return not text.isascii() and _FOREIGN.search(text) is not None


@lru_cache(maxsize=2)
def _with_edges(text: str) -> str:
    """Return `text` with marks at the edges of its words."""
    return str(_RUN.sub(rf"{_EDGE * MARKS}\g<0>{_EDGE * MARKS}", text.replace(_EDGE, "\ufffd")))


def _decoded(found: Any) -> tuple[str, ...]:
    return tuple((group or b"").decode("utf-8", "replace") for group in found.groups())


def _atoms(pattern: str) -> Iterator[Atom]:
    """Yield the pieces of `pattern` as RE2 is to have them."""
    at = 0
    opened: list[int] = []
    while at < len(pattern):
        character, kind = pattern[at], "one"
        if character == "\\":
            piece, kind, after = _escape(pattern, at)
        elif character == "[":
            found = _CLASS.match(pattern, at)
            if not found:
                raise Wrong("has brackets that are opened and never closed", at)
            piece, after = _brackets(found[0], at), found.end()
        elif character == "(":
            for begin, what in _UNKNOWN:
                if pattern.startswith(begin, at):
                    raise Wrong(what, at, _UNBOUNDED)
            found = _GROUP.match(pattern, at)
            assert found is not None
            piece, kind, after = found[0], "bond", found.end()
            if piece.startswith("(?<"):
                piece = f"(?P{piece[2:]}"
            if not piece.endswith(")"):
                opened.append(at)
        elif character == ")":
            if not opened:
                raise Wrong("closes a group that was never opened", at)
            opened.pop()
            piece, kind, after = character, "bond", at + 1
        elif found := _REPEAT.match(pattern, at):
            piece, kind, after = found[0].replace("{,", "{0,"), "bond", found.end()
        elif character in "^|$":
            piece, kind, after = character, {"^": "begin", "$": "end"}.get(character, "bond"), at + 1
        else:
            piece, after = f"\\{character}" if character in "{}]" else character, at + 1
        yield Atom(piece, kind)
        at = after
    if opened:
        raise Wrong("has a group that is opened and never closed", opened[-1])


def _escape(pattern: str, at: int) -> tuple[str, str, int]:
    """Return what stands for the escape at `at`, its kind, and where it ends."""
    found = _ESCAPE.match(pattern, at)
    if not found:
        raise Wrong("ends in a backslash", at)
    piece: str = found[0]
    if digits := found[1] or found[2]:
        return f"\\x{{{digits}}}", "one", found.end()
    letter = piece[1]
    if letter in "123456789":
        raise Wrong("refers back to a group", at, _UNBOUNDED)
    if letter in "BCEGKNQRX" or (letter in "pPxuU" and len(piece) == 2):
        raise Wrong(f"has {piece}", at, ", which means nothing here")
    if letter in "bAZz":
        kind = {"b": "edge", "A": "begin"}.get(letter, "end")
        return r"\z" if letter == "Z" else piece, kind, found.end()
    if letter in _NEGATED or letter == "P":
        return _negated(piece), "one", found.end()
    if not letter.isascii():
        return letter, "one", found.end()
    return f"[{_CLASSES[letter]}]" if letter in _CLASSES else piece, "one", found.end()


def _negated(piece: str) -> str:
    r"""Return what `\W`, `\D`, `\S` or `\P…` stands for; never the mark of an edge."""
    inner = f"\\p{piece[2:]}" if piece[1] == "P" else _CLASSES[_NEGATED[piece[1]]]
    return f"[^{inner}{_EDGE}]"


def _brackets(written: str, at: int) -> str:
    """Return the class `written`, which stands at `at`, with what it names taken from Unicode."""
    head = re.match(r"\[(\^?)\]?", written)
    assert head is not None
    pieces = [r"\]" if head[0].endswith("]") else ""]
    besides = []
    for found in _IN_CLASS.finditer(written, head.end(), len(written) - 1):
        piece: str = found[0]
        letter = piece[1] if piece[0] == "\\" and len(piece) > 1 else ""
        if digits := found[1] or found[2]:
            piece = f"\\x{{{digits}}}"
        elif letter == "W" and head[1]:
            raise Wrong(r"has \W in brackets with ^ (write \p{L} for letters)", at + found.start())
        elif letter in (*_NEGATED, "P") and not head[1]:
            besides.append(_negated(piece))
            continue
        elif letter == "D":
            piece = r"\P{Nd}"
        elif letter in _CLASSES:
            piece = _CLASSES[letter]
        elif letter and not letter.isascii():
            piece = letter
        pieces.append(piece)
    inner = "".join(pieces)
    if head[1]:
        return f"[^{inner}{_EDGE}]"
    # RE2 can't take the mark out of a class that has all but something in it, so that becomes a choice.
    choices = [f"[{inner}]"] if inner else []
    return choices[0] if not besides else f"(?:{'|'.join([*choices, *besides])})"


def _passing_over_edges(atom: Atom) -> str:
    """Return `atom` for a text with marks at the edges of words."""
    if atom.kind == "edge":
        return _EDGE
    if atom.kind in ("bond", "begin"):
        return atom.text
    if atom.kind == "end":
        return f"{_SKIP}{atom.text}"
    return f"(?:{_SKIP}{f'[^{_EDGE}]' if atom.text == '.' else atom.text})"
