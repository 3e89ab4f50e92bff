"""XML of others, read as a stream: one item after the other, in bounded memory, whatever it was made to do.

A document type is blanked before the parser sees it: so there are no entities to be resolved, inside or from elsewhere,
and no DTD to be fetched. Names of HTML's entities, which feeds use without declaring them, become characters.
Depth and length of texts are bounded by libxml2's own limits (256 levels, 10 MB).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Any, NamedTuple

from blogq.corpora.document import Place
from blogq.finding import Finding, Span
from blogq.pattern import Pattern

LARGEST_PROLOG = 1 << 20
"""Characters within which a file's root element begins."""
LARGEST_ITEM = 64 << 20
"""Bytes within which an item ends: what is kept in memory of a file in which none does."""

_DECLARED = Pattern(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_SAFE_ENCODING = Pattern(
    r"(?:utf-8|ascii|iso8859-\d+|cp\d{3,4}|koi8-[rtu]|gb2312|gbk|gb18030|big5|euc_\w+|shift_jis|mac-roman)\Z"
)
"""Encodings, as Python calls them, in which markup is ASCII: none that could hide a document type."""
_ENTITY = Pattern(r"&(?:([A-Za-z][A-Za-z0-9]{1,31})|#(?:[xX]([0-9A-Fa-f]{1,20})|([0-9]{1,20})));")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROL = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PROLOG = Pattern(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = Pattern(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LANGUAGE = Pattern(r"""\sxml:lang\s*=\s*["']([A-Za-z0-9-]{1,35})["']""")


class Root(NamedTuple):
    """What the first tag of a file says."""

    name: str
    """Its name, lower case, without a prefix."""
    attributes: str
    line: int

    @property
    def language(self) -> str:
        """Its `xml:lang`, or nothing."""
        found = _LANGUAGE.search(self.attributes)
        return found[1] if found else ""


Take = Callable[[Any], bool]
"""Takes an element, and returns whether it was an item: such a one is emptied afterwards, and what stood before it."""


class XmlStream:
    """Reads one file that comes in parts."""

    def __init__(self, tags: tuple[str, ...], take: Take, place: Place, begin: Callable[[Root], bool]) -> None:
        """Hand the elements called one of `tags` to `take`, if `begin` says of the root that it is what is wanted."""
        from lxml import etree

        self._syntax_error: type[Exception] = etree.XMLSyntaxError
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=tags,
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
            encoding="utf-8",
        )
        self._take, self._place, self._begin = take, place, begin
        self._decoder: codecs.IncrementalDecoder | None = None
        self._start = b""
        self._prolog = ""
        self._left = ""
        """What may be the beginning of an entity that goes on in the next part."""
        self._since = 0
        self._taken = 0
        self.root: Root | None = None
        self.findings: list[Finding] = []
        self.is_over = False
        """Whether nothing more is wanted."""

    def feed(self, data: bytes) -> None:
        """Take the next part of the file."""
        if self.is_over:
            return
        if self._decoder is None:
            self._start += data
            if len(self._start) < 256 and data:
                return
            self._decoder = _decoder_of(self._start)
            data, self._start = self._start, b""
        self._text(self._decoder.decode(data))

    def close(self) -> None:
        """End the file, and find what was wrong with it."""
        if self.is_over:
            return
        if self._decoder is None:
            self._decoder = _decoder_of(self._start)
            self._text(self._decoder.decode(self._start, True))
        else:
            self._text(self._decoder.decode(b"", True))
        if self.is_over:
            return
        if self.root is None:
            self._note("CO103", 1, "there is no element in it that would begin a feed, sitemap or export")
            return
        self._parse(self._left)
        try:
            self._parser.close()
        except (self._syntax_error, ValueError):
            # Nothing that was read whole is lost: it was taken as it came.
            pass
        self._items()
        errors = [each for each in self._parser.feed_error_log if each.level_name != "WARNING"]
        if errors:
            first = errors[0]
            more = f" (and {len(errors) - 1:,} more)" if len(errors) > 1 else ""
            deep = "Excessive depth" in first.message
            why = "elements are nested more than 256 deep" if deep else _said(first.message)
            self._note("CO103", first.line, f"the XML is damaged: {why}{more}; {_counted(self._taken)} could be read")

    def _note(self, code: str, line: int, message: str) -> None:
        hint = "Save it anew, or mend it; what could be read is compared with all the same."
        self.findings.append(Finding(code, "warning", Span(self._place.shown, line), message, hint))

    def _text(self, text: str) -> None:
        if self.root is None:
            self._prolog += text
            text = self._before_root()
            if self.root is None:
                return
        text = self._left + text
        cut = text.rfind("&", max(0, len(text) - 40))
        self._left = ""
        if cut >= 0 and ";" not in text[cut:]:
            text, self._left = text[:cut], text[cut:]
        self._parse(text)

    def _parse(self, text: str) -> None:
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        if _CONTROL.search(text):
            text = _CONTROL.sub(" ", text)
        data = text.encode("utf-8", "replace")
        # In small parts, so that what was read can be let go of.
        for at in range(0, len(data), 1 << 16):
            part = data[at : at + (1 << 16)]
            try:
                self._parser.feed(part)
            except (self._syntax_error, ValueError):
                return
            self._since += len(part)
            self._items()
            if self._since > LARGEST_ITEM:
                message = f"no item ends within {LARGEST_ITEM >> 20} MB: what comes after is left out"
                self._note("CO104", 0, message)
                self.is_over = True
                return

    def _items(self) -> None:
        for _, element in self._parser.read_events():
            try:
                if not self._take(element):
                    continue
            except UnicodeDecodeError:
                # libxml2 mends what it can, and lets through halves of characters that were written as numbers.
                self._note("CO103", element.sourceline or 0, "an item has characters in it that no text can hold")
            self._since = 0
            self._taken += 1
            element.clear()
            # What came before stands in memory as long as it hangs on the tree.
            above = element.getparent()
            if above is not None:
                while above[0] is not element:
                    del above[0]

    def _before_root(self) -> str:
        """Look for the root; return all up to now, a document type blanked, once it is there."""
        text, at = self._prolog, 0
        blanked = False
        while True:
            found = _PROLOG.match(text, at)
            if found:
                at = found.end()
            elif not blanked and text[at : at + 9].upper() == "<!DOCTYPE":
                # A second one is an error, and no parser gets to see it either: the root is never found.
                end = _end_of_doctype(text, at)
                if not end:
                    break
                self._told_of(text[at:end], text.count("\n", 0, at) + 1)
                blank = "\n" * text.count("\n", at, end)
                text = self._prolog = f"{text[:at]}{blank}{text[end:]}"
                blanked = True
            elif found := _ROOT.match(text, at):
                line = text.count("\n", 0, at) + 1
                root = Root(found[1].rpartition(":")[2].lower(), found[2], line)
                if not self._begin(root):
                    self.is_over = True
                    return ""
                self.root = root
                self._prolog = ""
                # The declaration names the encoding that the file had.
                return re.sub(r"\A\ufeff?\s*<\?xml.*?\?>", lambda match: "\n" * match[0].count("\n"), text, flags=16)
            else:
                break
        if len(text) > LARGEST_PROLOG:
            self._note("CO103", 1, f"no root element begins in the first {LARGEST_PROLOG >> 20} MB")
            self.is_over = True
        return ""

    def _told_of(self, doctype: str, line: int) -> None:
        names = re.findall(r"<!ENTITY\s+(?:%\s*)?([\w.:-]{1,60})", doctype[: 1 << 16])
        outside = re.match(r"<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)\b", doctype, re.IGNORECASE)
        if not names and not outside:
            return
        what = f"entities of its own (`{names[0]}`{' and others' if len(names) > 1 else ''})" if names else "a DTD"
        where = " that stands elsewhere" if outside and not names else ""
        message = f"the file declares {what}{where}: none is ever resolved or fetched; its texts are read without"
        hint = "Nothing is to be done if its texts look right; else save it without a document type."
        self.findings.append(Finding("CO105", "warning", Span(self._place.shown, line), message, hint))


def _decoder_of(start: bytes) -> codecs.IncrementalDecoder:
    """Return what decodes a file that begins with `start`: by its byte order mark, else by its declaration."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return codecs.getincrementaldecoder("utf-16")("replace")
    if start[:4] in (b"<\0?\0", b"<\0r\0"):
        return codecs.getincrementaldecoder("utf-16-le")("replace")
    if start[:4] in (b"\0<\0?", b"\0<\0r"):
        return codecs.getincrementaldecoder("utf-16-be")("replace")
    if not start.startswith(codecs.BOM_UTF8) and (said := _DECLARED.match(start[:256].lstrip().decode("latin-1"))):
        try:
            name = codecs.lookup(said[1]).name
            if _SAFE_ENCODING.match(name):
                return codecs.getincrementaldecoder("cp1252" if name == "iso8859-1" else name)("replace")
        except LookupError:
            pass
    return codecs.getincrementaldecoder("utf-8-sig")("replace")


def _end_of_doctype(text: str, at: int) -> int:
    """Return where the document type that begins at `at` ends; 0 where it doesn't yet."""
    inner = False
    at += 9
    for found in re.compile(
        r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[\[\]>]", 16
    ).finditer(text, at):
        sign = found[0]
        if sign == "[":
            inner = True
        elif sign == "]":
            inner = False
        elif sign == ">" and not inner:
            return found.end()
    return 0


def _character(found: re.Match[str]) -> str:
    """Return what stands for an entity: numbers for HTML's names, and for numbers that are no character's U+FFFD."""
    name: str | None = found[1]
    if name is None:
        code = int(found[2], 16) if found[2] else int(found[3])
        is_one = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return found[0] if is_one else "&#xFFFD;"
    if name in _XML_ENTITIES:
        return found[0]
    return "".join(f"&#{ord(each)};" for each in html5.get(f"{name};", "")) or found[0]


def _said(message: str) -> str:
    """Return what libxml2 says, as a clause."""
    return " ".join(message.split())[:120].rstrip(".")


def _counted(number: int) -> str:
    return f"{number:,} text" if number == 1 else f"{number:,} texts"


def name_of(element: Any) -> str:
    """Return the name of an element without namespace or prefix."""
    tag = element.tag
    return re.split("[}:]", tag)[-1] if isinstance(tag, str) else ""


def child_texts(element: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield of each child of `element` its name, the text in it, and itself."""
    for child in element:
        if isinstance(child.tag, str):
            text = child.text or ""
            yield name_of(child), text if not len(child) else "".join(child.itertext()), child
