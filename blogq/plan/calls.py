"""Texts with shortcodes in them, as views hold them: what a call says, and where its arguments lead.

What comes of a call is its template's business, which is looked up when the page is rendered. So a view holds a text
as its pieces; the environment puts them together where a template asks for the text (`Environment.expanded`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple, Union

from markupsafe import Markup, escape

from blogq.content.shortcodes import Value
from blogq.plan.call_view import CallPage
from blogq.plan.view_parts import ImageView

Target = Callable[[str, str], str]
"""Returns where a link leads, by kind and target as placeholders have them."""
Shown = Callable[[str], ImageView]
"""Returns what there is of an image, by its target."""


class Call(NamedTuple):
    """One call of a shortcode, all that depends on the site filled in."""

    name: str
    args: tuple[Value, ...]
    params: Mapping[str, Value]
    addresses: Mapping[str, str]
    """Where arguments lead, by name or position."""
    images: Mapping[str, ImageView]
    """What there is of the image files that arguments name."""
    block: bool
    paired: bool
    closed: bool
    """Whether it is paired, or written as one that has no text."""
    opening: str
    """The tags as written."""
    closing: str
    inner: tuple[Piece, ...]
    line: int
    column: int


Piece = Union[str, Call]  # noqa: UP007 - the classes refer to each other
"""HTML, or a call."""


class Text(Markup):
    """HTML with calls. As a string it shows them as they were written; templates get it with what comes of them."""

    __slots__ = ("base", "page", "path", "pieces")

    pieces: tuple[Piece, ...]
    page: CallPage
    base: str
    """Scheme and host where the text goes to a feed, and empty on pages."""
    path: str
    """The source, for findings."""

    def __new__(cls, shown: str, pieces: tuple[Piece, ...], page: CallPage, base: str, path: str) -> Text:
        """Return a text of `pieces`, which is `shown` as a string."""
        made = super().__new__(cls, shown)
        made.pieces, made.page, made.base, made.path = pieces, page, base, path
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, tuple[Piece, ...], CallPage, str, str]]:
        return Text, (str(self), self.pieces, self.page, self.base, self.path)


def has_calls(html: str) -> bool:
    """Return whether there are calls in HTML with placeholders."""
    return "\0{" in html


def text_of(html: str, target: Target, image: Shown, page: CallPage, base: str, path: str) -> Text:
    """Return HTML with placeholders, calls among them, as a text; the rest is what `Text` says."""
    stack: list[tuple[list[Piece], list[str]]] = [([], [])]
    begun: list[list[object]] = []

    def end() -> None:
        pieces, shown = stack.pop()
        call = _call(begun.pop(), tuple(pieces), target, image)
        above, above_shown = stack[-1]
        above.append(call)
        above_shown.append(as_written(call, "".join(shown)))

    for at, part in enumerate(html.split("\0")):
        if at % 2 and part[0] == "{":
            begun.append(json.loads(part[1:]))
            stack.append(([], []))
        elif at % 2 and part[0] == "}":
            if begun:
                end()
        elif part:
            written = str(escape(target(part[0], part[1:]))) if at % 2 else part
            stack[-1][0].append(written)
            stack[-1][1].append(written)
    while begun:
        # A summary may end within a call.
        end()
    return Text("".join(stack[0][1]), tuple(stack[0][0]), page, base, path)


def as_written(call: Call, inner: str) -> str:
    """Return the HTML of a call that nobody makes anything of: its tags as text, with the HTML `inner` between them."""
    opening, closing = str(escape(call.opening)), str(escape(call.closing))
    if call.block:
        return f"<p>{opening}</p>" + (f"\n{inner}<p>{closing}</p>" if closing else "")
    return opening + inner + closing


def _call(known: list[object], inner: tuple[Piece, ...], target: Target, image: Shown) -> Call:
    name, args, params, found, block, paired, closed, opening, closing, line, column = known
    addresses = {key: at if kind == "x" else target(kind, at) for key, (at, kind) in found.items()}  # type: ignore[attr-defined]
    images = {key: image(at) for key, (at, kind) in found.items() if kind == "i"}  # type: ignore[attr-defined]
    rest = block, paired, closed, opening, closing, inner, line, column
    return Call(name, tuple(args), params, addresses, images, *rest)  # type: ignore[arg-type]
