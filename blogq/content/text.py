"""The bytes of a source as text, and where in that text the front matter ends and the body starts.

Text is UTF-8 with line feeds, or there is a finding that names the first byte that is not. What a merge left
behind, conflict markers, can stand across that border, so it is found here too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from blogq.content.keys import fold, meanings
from blogq.finding import Finding, Span
from blogq.pattern import Pattern

LARGEST = 32 << 20
"""Bytes of the largest source."""

_SAVE = (
    "Save the file as UTF-8: in most editors a choice in the status bar or under “Save as”;"
    " on a command line, `iconv -f {} -t UTF-8`."
)
_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_MARKER = Pattern(r"^(?:<{7} |={7}$|>{7} |[ ]{0,3}(?:```|~~~))", re.MULTILINE)
_FENCE = Pattern(r"[ ]{0,3}(`{3,}|~{3,})([^\n]*)")
_EVIDENCE = 200
_CONFLICTS = 20


def decode(data: bytes, path: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text in `data`, without byte order mark and with `\\n` at each line's end.

    Where that can't be done the text is empty and a finding says why: SR105 for more than `LARGEST` bytes,
    SR102 for what is not UTF-8 or has a NUL in it. `path` is the file's, for the finding.
    """
    if len(data) > LARGEST:
        hint = "Split it, or let it stand beside the posts as a file to download."
        message = f"{len(data) / (1 << 20):.1f} MiB; the most that a source may have is {LARGEST >> 20} MiB"
        return "", (Finding("SR105", "error", Span(path), message, hint),)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return "", (_not_text(data, 0, f"the file is {name}, not UTF-8", name, path),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a byte order mark the codec counts from behind it.
        start = error.start + len(data) - len(error.object)
        if data[:200].count(0) > len(data[:200]) // 4:
            return "", (_not_text(data, start, "the file looks like UTF-16, not UTF-8", "UTF-16", path),)
        byte = data[start]
        other = bytes((byte,)).decode("cp1252", "replace")
        likely = f"; in Windows-1252 it would be `{other}`" if other.isprintable() and other != "\ufffd" else ""
        message = f"byte 0x{byte:02X} is not UTF-8{likely}"
        return "", (_not_text(data, start, message, "WINDOWS-1252", path),)
    if "\0" in text:
        wide = data[:200].count(0) > len(data[:200]) // 4
        message = "the file looks like UTF-16, not UTF-8" if wide else "a NUL character, which no text has"
        return "", (_not_text(data, data.index(0), message, "UTF-16" if wide else "", path),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, ()


def _not_text(data: bytes, start: int, message: str, encoding: str, path: str) -> Finding:
    before = data[:start].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    hint = _SAVE.format(encoding) if encoding else "Remove it; if the file is a picture or an archive, rename it."
    return Finding("SR102", "error", Span(path, line, column, line, column + 1), message, hint)


def find_conflicts(text: str, path: str, body_line: int) -> tuple[Finding, ...]:
    """Return a finding (FM107) for each merge conflict in `text`, the whole of the file at `path`.

    A conflict is the three markers in order, each starting a line outside of fenced code. One that starts
    above `body_line`, where the front matter stands, is an error, others are warnings.
    """
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return ()
    findings = []
    fence = ""
    opened = -1
    divided = False
    line, counted = 1, 0
    for match in _MARKER.finditer(text):
        at = match.start()
        line += text.count("\n", counted, at)
        counted = at
        sign = match[0][0]
        if sign in "`~ ":
            run = _FENCE.match(text, at)
            assert run is not None
            if fence:
                if run[1].startswith(fence) and not run[2].strip():
                    fence = ""
            elif line >= body_line and not ("`" in run[1] and "`" in run[2]):
                fence = run[1]
        elif fence:
            continue
        elif sign == "<":
            opened, divided = line, False
        elif sign == "=":
            divided = opened >= 0
        elif opened >= 0 and divided:
            in_front = opened < body_line
            message = f"a merge conflict, which ends at line {line}, was left here"
            hint = "Keep one of the versions; remove the lines that start with <<<<<<<, ======= and >>>>>>>."
            span = Span(path, opened, 1, opened, 8)
            findings.append(Finding("FM107", "error" if in_front else "warning", span, message, hint, "<<<<<<<"))
            opened, divided = -1, False
            if len(findings) == _CONFLICTS:
                break
    return tuple(findings)


class Parts(NamedTuple):
    """Where the front matter of a source stands: `text[start:end]`, and its body: `text[body:]`."""

    style: str
    """`yaml`, `toml`, `json`, `pelican` (`Key: value` lines), `script` (which nothing runs) or `none`."""
    start: int
    end: int
    """-1: where the JSON object ends that starts at `start`."""
    line: int
    """Line of the file in which the front matter starts; 1 where there is none."""
    body: int
    body_line: int
    """Line of the file in which the body starts."""
    problem: Finding | None = None


_LANGUAGES = {"": "yaml", "yaml": "yaml", "yml": "yaml", "json": "json", "toml": "toml"} | dict.fromkeys(
    ("js", "javascript", "coffee", "cson"), "script"
)
_BLANK = Pattern(r"(?:[ \t]*\n)*")
_OPEN = Pattern(r"(---|\+\+\+)([A-Za-z]*)[ \t]*(?=\n|\Z)")
_ODD = Pattern(r"(?:-{2}|-{4,}|\+{2}|\+{4,}|[-—–]{1,4})[ \t]*(?=\n)")
_CLOSE = {"-": Pattern(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)"), "+": Pattern(r"\n\+\+\+[ \t]*(?=\n|\Z)")}
_ODD_LINE = Pattern(r"[-—–+. ]{2,20}\Z")
_ODD_CLOSE = Pattern(r"\n(?:[-—–+]{2,}|[—–])[ \t]*(?=\n|\Z)")
_YAML_KEY = Pattern(r"""["']?([\w.-]+)["']?[ \t]*(?::(?!/)|=[ \t]*["'\[])""")
_KEY = {"+": Pattern(r"""[ \t]*(?:["']?([\w-]+)["']?[ \t]*(?:[.=]|:(?!/))|\[)"""), "-": _YAML_KEY}
_INSIDE = Pattern(r"[ \t]+\S|[ \t]*(?:#|\Z)|- |[\]})]|\{")
_JSON = Pattern(r"\{\s*[\"}]")
_PELICAN = Pattern(r"(title|date|modified|tags|keywords|category|slug|authors?|summary|lang|status|save_as|url):", re.I)
_PELICAN_LINE = Pattern(r"[A-Za-z][\w-]*[ \t]*:|[ \t]+\S")
_HEAD = 200
"""Lines within which front matter that is never closed is told from text below a rule."""


def split(text: str, path: str) -> Parts:
    """Return where front matter and body of `text`, the file at `path`, stand.

    A rule (`---`) at the top is no front matter unless a line like `key: value` follows it.
    """
    top = 0 if text[:1] not in (" ", "\t", "\n") else (found.end() if (found := _BLANK.match(text)) else 0)
    line = text.count("\n", 0, top) + 1
    none = Parts("none", 0, 0, 1, 0, 1)
    first = text[top : top + 1]
    if first in ("-", "+"):
        opening = _OPEN.match(text, top)
        if opening is not None:
            style = "toml" if first == "+" else _LANGUAGES.get(opening[2].lower(), "")
            if not style or (first == "+" and opening[2]):
                return none
            return _fenced(text, path, style, opening, line) or none
    if first in ("-", "+", "—", "–") and first:
        return _odd(text, path, top, line) or none
    if first == "{" and _JSON.match(text, top):
        return Parts("json", top, -1, line, len(text), line + text.count("\n", top))
    if first.isalpha() and _PELICAN.match(text, top):
        return _header(text, top, line) or none
    return none


def _fenced(text: str, path: str, style: str, opening: re.Match[str], line: int) -> Parts | None:
    sign = opening[1][0]
    start = opening.end() + 1
    close = _CLOSE[sign].search(text, opening.end())
    if close is not None:
        end = max(start, close.start() + 1)
        keys = style in ("json", "script") or _has_keys(text, start, end, "+" if style == "toml" else "-")
        if not keys and text[start:end].strip():
            return None
        body = min(close.end() + 1, len(text))
        return Parts(style, start, end, line + 1, body, line + 1 + text.count("\n", start, body))
    if not _has_keys(text, start, len(text), "+" if style == "toml" else "-"):
        return None
    parts = Parts(style, start, start, line + 1, 0, 1)
    return parts._replace(problem=unclosed(text, path, parts, certain=True))


def _has_keys(text: str, start: int, end: int, sign: str) -> bool:
    """Return whether the lines from `start` open with a key, or have one among them that blogq knows."""
    known = meanings(())
    first = True
    for row in text[start : min(end, start + 8192)].split("\n", _HEAD)[:_HEAD]:
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        match = _KEY[sign].match(row)
        if match and (first or fold(match[1] or "") in known):
            return True
        if first and row.startswith(("{", "? ")):
            return True
        first = False
    return False


def unclosed(text: str, path: str, parts: Parts, *, certain: bool) -> Finding | None:
    """Return a finding (FM101) for front matter that is never closed, telling where it seems to end.

    Unless it is `certain` that there is no closing line, None where no line of it looks like text of a body.
    """
    sign = "+" if parts.style == "toml" else "-"
    last, blank, runs_on = parts.line - 1, False, False
    end = parts.start + (1 << 16) if certain else parts.end
    rows = text[parts.start : end].split("\n")
    for number, row in enumerate(rows, parts.line):
        if not row.strip():
            blank = True
        elif _ODD_LINE.match(row):
            runs_on = True
            break
        elif _KEY[sign].match(row) or (not blank and _INSIDE.match(row)):
            last, blank = number, False
        elif row[0] != " " and not row.startswith(("#", "- ")):
            runs_on = blank
            break
    if not certain and not runs_on:
        return None
    after = rows[last - parts.line + 1] if last - parts.line + 1 < len(rows) else ""
    odd = f": line {last + 1} reads `{after.strip()[:20]}`" if _ODD_LINE.match(after) else ""
    message = f"the front matter that opens here is never closed{odd}"
    hint = f"Write a line `{sign * 3}` after line {last}, where it seems to end."
    if odd:
        hint = f"Write `{sign * 3}` in line {last + 1}."
    span = Span(path, parts.line - 1, 1, parts.line - 1, 4)
    return Finding("FM101", "error", span, message, hint, sign * 3)


def _odd(text: str, path: str, top: int, line: int) -> Parts | None:
    """Return front matter that opens with another number of dashes than three, as a mistake."""
    opening = _ODD.match(text, top)
    if opening is None:
        return None
    sign = "+" if opening[0][0] == "+" else "-"
    start = opening.end() + 1
    key = _KEY[sign].match(text, start)
    close = _ODD_CLOSE.search(text, opening.end())
    if not key or fold(key[1] or "") not in meanings(("tags", "categories", "authors")) or not close:
        return None
    mark = opening[0].strip()
    message = f"`{mark[:20]}` does not open front matter, so it would be published as text"
    span = Span(path, line, 1, line, len(mark) + 1)
    problem = Finding("FM101", "error", span, message, f"Write `{sign * 3}` in this line.", mark[:_EVIDENCE])
    body = min(close.end() + 1, len(text))
    below = line + 1 + text.count("\n", start, body)
    return Parts("toml" if sign == "+" else "yaml", start, close.start() + 1, line + 1, body, below, problem)


def _header(text: str, top: int, line: int) -> Parts | None:
    """Return a header as Pelican reads it: `Key: value` lines, a title among them, up to a blank line or a fence."""
    end = text.find("\n\n", top)
    end = len(text) if end < 0 else end
    if end - top > 1 << 16:
        return None
    # A fence that nothing opened ends a header, as it does for Python-Markdown's `meta`.
    if (fence := _CLOSE["-"].search(text, top)) is not None and fence.start() < end:
        body = min(fence.end() + 1, len(text))
    else:
        fence, body = None, min(end + 2, len(text))
    end = end if fence is None else fence.start()
    rows = text[top:end].split("\n")
    if not all(_PELICAN_LINE.match(row) for row in rows if row.strip()):
        return None
    if not any(row[:6].lower() == "title:" for row in rows):
        return None
    return Parts("pelican", top, end, line, body, line + text.count("\n", top, body))
