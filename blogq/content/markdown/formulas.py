"""Mathematics: TeX → MathML while the blog is built, so that pages need no script and feeds show formulas as well.

latex2mathml reads the TeX. What it makes is written here, element by element from a list of what is allowed, since it
lets TeX set any attribute; and what it passes over in silence (unknown commands, braces never closed) is reported.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import category, lookup
from unicodedata import name as name_of

from blogq.content.markdown.addresses import escape
from blogq.content.markdown.places import Notice
from blogq.pattern import Pattern

_LONGEST = 4_000
"""Characters of one formula: the source of a page full of them has hundreds."""
_DEEPEST = 40
_CACHED = 4_000

_TRIVIAL = Pattern(r"[A-Za-z]|\d{1,9}(?:\.\d{1,9})?")
_UNESCAPED = Pattern(r"\\[\s\S]|[{}]|%[^\n]*")
_ENVIRONMENT = Pattern(r"\\(begin|end)\s*\{([^{}]*)\}")
_REFUSED = Pattern(
    r"\\(def|newcommand|renewcommand|newenvironment|DeclareMathOperator|href|url|class|style|unicode|require|verb)"
    r"(?![A-Za-z])"
)
_REFERENCE = Pattern(r"&#x([0-9A-Fa-f]{1,6});")
_COMMAND = Pattern(r"\\[A-Za-z]+\*?")
_CLOSE = Pattern(r"\\[\s\S]|\$")
_LENGTH = r"[+-]?\d*\.?\d+(?:em|ex|px|pt|in|cm|mm|pc|mu|%)?"
_ELEMENTS = frozenset(
    """math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup
    munder mover munderover mmultiscripts mprescripts mtable mtr mtd""".split()
)
_ATTRIBUTES: dict[str, re.Pattern[str]] | None = None
_ENVIRONMENTS = frozenset(
    """matrix matrix* pmatrix pmatrix* bmatrix bmatrix* Bmatrix Bmatrix* vmatrix vmatrix* Vmatrix Vmatrix* smallmatrix
    array cases split align align* aligned gather gather* gathered equation equation*""".split()
)
_AS = {"aligned": "align*", "gather": "align*", "gather*": "align*", "gathered": "align*", "align": "align*"}
"""Environments that the library doesn't know or numbers on its own, and what is laid out alike."""
_LAST_CELL_EMPTY = Pattern(r"(?<!\\)&\s*(?=\\end\b)")
_MATH_IN_TEXT = Pattern(r"\\text(\{[^{}]*(?<!\\)\$[^{}]*\})")
_UPRIGHT_LETTER = Pattern(r"\\math(rm|up)\{([A-Za-z])\}")
_UNWRAPPED = Pattern(r"\\(?:begin|end)\s*\{equation\*?\}")

_TROUBLES = {
    "ExtraLeftOrMissingRightError": "\\left and \\right don't pair",
    "MissingSuperScriptOrSubscriptError": "a ^ or _ has nothing after it",
    "DoubleSubscriptsError": "two subscripts follow one another; put braces around the first",
    "DoubleSuperscriptsError": "two superscripts follow one another; put braces around the first",
    "NoAvailableTokensError": "a command lacks what it is for",
    "MissingEndError": "a \\begin has no \\end",
    "NumeratorNotFoundError": "a fraction has no numerator",
    "DenominatorNotFoundError": "a fraction has no denominator",
    "LimitsMustFollowMathOperatorError": "\\limits follows no operator",
    "InvalidAlignmentError": "columns are l, c and r",
}
"""What is wrong, by the library's exceptions."""


class Formula(NamedTuple):
    """A formula, or why it is none."""

    html: str
    """MathML, empty where something is wrong."""
    trouble: str = ""


_cache: OrderedDict[tuple[str, bool], Formula] = OrderedDict()


def formula(tex: str, display: bool) -> Formula:
    """Return `tex` as MathML, set on lines of its own if `display`. A pure function, whatever `tex` is."""
    tex = tex.strip()
    if _TRIVIAL.fullmatch(tex):
        tag = "mi" if tex.isalpha() else "mn"
        return Formula(_set(f"<math{_BLOCK if display else ''}><{tag}>{tex}</{tag}></math>", display))
    key = (tex, display)
    found = _cache.get(key)
    if found is None:
        found = _cache[key] = _formula(tex, display)
        if len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return found


_BLOCK = ' display="block"'
_AROUND = '<span class="formula" tabindex="0">'
BEGINNINGS = ("<math", f"{_AROUND}<math")
"""How the HTML of formulas begins, those in lines and those that are displayed."""


def _formula(tex: str, display: bool) -> Formula:
    if trouble := _trouble(tex):
        return Formula("", trouble)
    from latex2mathml.converter import Converter

    try:
        root = Converter(display="block" if display else "inline").convert_to_element(_readable(tex))
        out: list[str] = []
        _write(root, out, display)
    except _Unknown as unknown:
        return Formula("", f"the command {unknown} is unknown")
    except Exception as error:
        # The library raises whatever comes: IndexError and StopIteration as well as its own.
        return Formula("", _TROUBLES.get(type(error).__name__, "it can't be read as TeX"))
    return Formula(_set("".join(out), display))


def _set(math: str, display: bool) -> str:
    """Return a formula as it stands in the text: a displayed one may be wider than the page, and is then scrolled.

    Who goes by keys must get there to do so, and HTML has no `tabindex` for MathML, so that something stands around it.
    """
    return f"{_AROUND}{math}</span>" if display else math


def _readable(tex: str) -> str:
    """Return `tex` so written that the library makes of it what TeX does."""
    tex = _ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{{_AS.get(m[2], m[2])}}}", _UNWRAPPED.sub("", tex))
    # A row whose last cell is empty would be dropped, a single upright letter would be slanted, and `$` in text shown.
    tex = _UPRIGHT_LETTER.sub(r"\\math\1{{\2}}", _LAST_CELL_EMPTY.sub("&{}", tex))
    return _MATH_IN_TEXT.sub(r"\\hbox\1", tex)


def _trouble(tex: str) -> str:
    """Return what can be said against `tex` before it is read, "" where nothing can."""
    if not tex:
        return "it is empty"
    if len(tex) > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    depth = 0
    for match in _UNESCAPED.finditer(tex):
        if match[0] == "{":
            depth += 1
            if depth > _DEEPEST:
                return f"braces nest more than {_DEEPEST} deep"
        elif match[0] == "}":
            depth -= 1
            if depth < 0:
                return "a } closes nothing"
    if depth:
        return "a { is never closed"
    if tex.count("\\left") > _DEEPEST or tex.count("^") + tex.count("_") + tex.count("\\") > _LONGEST // 4:
        return "it has too many commands; divide it"
    if refused := _REFUSED.search(tex):
        return f"\\{refused[1]} can't be used here"
    opened: list[str] = []
    for match in _ENVIRONMENT.finditer(tex):
        name = match[2].strip()
        if name not in _ENVIRONMENTS:
            return f"there is no environment “{name}”"
        if match[1] == "begin":
            opened.append(name)
            if len(opened) > _DEEPEST:
                return f"environments nest more than {_DEEPEST} deep"
        elif not opened or opened.pop() != name:
            return f"\\end{{{name}}} has no \\begin"
    return f"\\begin{{{opened[-1]}}} has no \\end" if opened else ""


class _Unknown(Exception):
    """A command that came out as it went in."""


def _said(text: str) -> str:
    """Return the text of an element with the library's character references resolved."""
    return _REFERENCE.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), text)


def _write(element: Any, out: list[str], display: bool) -> None:
    tag = element.tag
    if tag not in _ELEMENTS:
        raise _Unknown(f"for <{tag}>")
    attributes = ""
    if tag == "math":
        attributes = _BLOCK if display else ""
    else:
        for name, value in element.attrib.items():
            allowed = _allowed().get(name)
            if allowed and allowed.fullmatch(value):
                attributes += f' {name}="{escape(value)}"'
    text = _said(element.text or "")
    if tag in ("mi", "mo") and (command := _COMMAND.fullmatch(text)):
        raise _Unknown(command[0])
    if len(text) == 1 and tag in ("mi", "mo"):
        tag = "mi" if text in "∞∅" or (tag == "mi" and category(text) not in ("Sm", "Ps", "Pe")) else "mo"
    if tag in ("mi", "mn") and (variant := element.get("mathvariant", "normal")) != "normal":
        text = _in_variant(text, variant)
    out.append(f"<{tag}{attributes}>{escape(text)}")
    for child in element:
        _write(child, out, display)
    out.append(f"</{tag}>")


def _in_variant(text: str, variant: str) -> str:
    """Return `text` in letters of its own for `variant` (`bold`, `script` …): browsers know no other way to set it."""
    style = (
        variant.replace("-", " ").upper().replace("DOUBLE STRUCK", "DOUBLE-STRUCK").replace("SANS SERIF", "SANS-SERIF")
    )
    out = []
    for letter in text:
        for name in (
            f"MATHEMATICAL {style} {_named(letter)}",
            f"{style} {_named(letter)}".replace("FRAKTUR", "BLACK-LETTER"),
        ):
            try:
                letter = lookup(name)
                break
            except KeyError:
                continue
        out.append(letter)
    return "".join(out)


def _named(letter: str) -> str:
    """Return what Unicode calls `letter` within the names of mathematical letters: `CAPITAL A`, `DIGIT ONE`."""
    full = name_of(letter, "")
    return full.replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")


def _allowed() -> dict[str, re.Pattern[str]]:
    """Return the attributes that may be written, with what their values look like."""
    global _ATTRIBUTES
    if _ATTRIBUTES is None:
        yes = "true|false"
        length = f"(?:{_LENGTH})(?: (?:{_LENGTH}))*"
        words = r"[a-z-]+(?: [a-z-]+)*"
        colour = r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,30}"
        _ATTRIBUTES = {
            name: re.compile(values)
            for names, values in (
                ("stretchy fence separator largeop movablelimits symmetric accent accentunder displaystyle", yes),
                ("width height depth lspace rspace voffset minsize maxsize linethickness", length),
                ("rowspacing columnspacing", length),
                ("mathvariant", "normal"),
                ("form columnalign rowalign columnlines rowlines notation align", words),
                ("mathcolor mathbackground", colour),
                ("scriptlevel", r"[+-]?\d"),
                ("mathsize", rf"{words}|{length}"),
            )
            for name in names.split()
        }
    return _ATTRIBUTES


def shown(tex: str, display: bool, at: int, noticed: list[Notice]) -> str:
    """Return the HTML for `tex` that stands at offset `at`: MathML, or its source as code and a notice."""
    found = formula(tex, display)
    if found.html:
        return found.html
    noticed.append(
        Notice(
            at, max(1, min(len(tex), 80)), "MD110", f"this formula can't be read: {found.trouble}",
            "Correct the TeX; until then it is shown as code.",
        )
    )  # fmt: skip
    code = escape(tex.strip())
    return f'<code class="language-tex">{code}</code>'


def inline_end(source: str, at: int) -> tuple[int, int, int]:
    """Return where the TeX begins and ends, and where text goes on, of a formula opened by the `$` at `at`; or -1s.

    As in Pandoc, so that prices stay prices: no space after the first `$` or before the last, and no digit after it.
    """
    width = 2 if source.startswith("$$", at) else 1
    begin = at + width
    if width == 1 and (not source[begin : begin + 1] or source[begin].isspace()):
        return -1, -1, -1
    for match in _dollars(source, begin):
        end = match.start()
        if width == 2:
            if not source.startswith("$$", end):
                continue
            return (begin, end, end + 2) if source[begin:end].strip() else (-1, -1, -1)
        if source[end - 1].isspace() or source[end + 1 : end + 2].isdigit():
            break
        return begin, end, end + 1
    return -1, -1, -1


def _dollars(source: str, begin: int) -> Iterator[re.Match[str]]:
    return (match for match in _CLOSE.finditer(source, begin) if match[0] == "$")


def displayed(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for `$$` … `$$` and `\\[` … `\\]` that begin and end lines; no blank lines between."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    source = state.src
    begin = begins[start_line] + shifts[start_line]
    opening = source[begin : begin + 2]
    if opening not in ("$$", "\\[") or state.is_code_block(start_line):
        return False
    closing = "$$" if opening == "$$" else "\\]"
    missing = state.formulas_without_end
    if start_line < missing.get(closing, -1):
        return False
    line = start_line
    first = source[begin + 2 : ends[line]].rstrip()
    content: list[str] = []
    while True:
        part = first if line == start_line else source[begins[line] + shifts[line] : ends[line]].rstrip()
        if part.endswith(closing) and not part.endswith("\\" + closing):
            content.append(part[:-2])
            break
        if closing in part:
            # More follows on the line: the formula is part of a paragraph.
            return False
        content.append(part)
        line += 1
        if line >= end_line or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            missing[closing] = line
            return False
    tex = "\n".join(content)
    if not tex.strip():
        return False
    if silent:
        return True
    token = state.push("formula", "", 0)
    token.content = tex
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True
