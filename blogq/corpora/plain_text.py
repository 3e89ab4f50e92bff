"""Plain text: paragraphs parted by empty lines."""

from __future__ import annotations

from blogq.content.post import MISSING
from blogq.corpora.document import Document, Paragraph, Place
from blogq.pattern import Pattern

TITLE = 100
"""Characters that a first line may have to be the title."""
_BINARY = 8192
"""Bytes that are looked at for a NUL, which no text has."""
_BREAK = Pattern(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SAID = Pattern(r"\w")


def decoded(data: bytes) -> str | None:
    """Return the text in `data`, with `\\n` at each line's end; None where it is none but binary data.

    UTF-8, UTF-16 by its byte order mark, and what is neither as Latin-1.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and not data.startswith(b"\xff\xfe\0\0"):
        text = data.decode("utf-16", "replace")
    elif b"\0" in data[:_BINARY]:
        return None
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if "\0" in text:
        text = text.replace("\0", " ")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_text(data: bytes, place: Place) -> tuple[Document, ...]:
    """Return the document in `data`; none where it is no text or says nothing."""
    text = decoded(data)
    if text is None:
        return ()
    paragraphs: list[Paragraph] = []
    line, at = 1, 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        piece = text[at:end]
        if _SAID.search(piece):
            before = len(piece) - len(piece.lstrip())
            paragraphs.append(Paragraph(" ".join(piece.split()), line + piece.count("\n", 0, before)))
        if found:
            line += text.count("\n", at, found.end())
            at = found.end()
    if not paragraphs:
        return ()
    first = paragraphs[0].text
    is_title = len(paragraphs) > 1 and len(first) <= TITLE and not first.endswith((".", ",", ";", ":"))
    name = place.shown.rpartition("/")[2]
    title = first if is_title else name.rpartition(".")[0] or name
    return (Document(place.corpus, place.shown, "", title, MISSING, "", tuple(paragraphs)),)
