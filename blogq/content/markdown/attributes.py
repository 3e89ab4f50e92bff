"""Attributes that authors give: `{#id .class key="value"}` after a heading, link, image, code fence or `[span]`, and on
a line of their own beside any block, there also as kramdown writes it: `{: .class}`.

What can run or restyle a page is left out, whatever `markdown.html` says: handlers (`on…`), addresses, and `style`.
A page that forbids inline styles by its content security policy would ignore `style` silently, and a class does the
same in light, dark and print; so there is a class for everything and one rule for every author.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from blogq.content.markdown.addresses import escape, unescape
from blogq.content.markdown.dom_names import LOWER_DOM_NAMES
from blogq.content.markdown.places import Notice, close_to
from blogq.pattern import Pattern

_LIST = Pattern(
    r"\{:?+[ \t]*+(?>(?:(?:[#.][\w\-:]++(?>(?:\.(?=[\w])[\w\-:]++)*)"
    r"|[A-Za-z_][\w:.\-]*+=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}=<>`]++))(?:[ \t]++|(?=[}.#])))+)\}"
)
_ITEM = Pattern(
    r"#([\w\-:]+(?:\.[\w\-:]+)*)|\.([\w\-:]+)|([A-Za-z_][\w:.\-]*)=(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'{}=<>`]+))"
)
_AT_END = Pattern(r"[ \t]*\{[^{}\n]*\}\Z")
_FREE = Pattern(r"(?:data|aria)-[a-z0-9][a-z0-9-]*")
_ALLOWED = frozenset(
    """title lang dir translate role hidden width height loading decoding fetchpriority sizes target rel download
    hreflang type referrerpolicy cite datetime start reversed value abbr scope headers summary align""".split()
)
"""Attributes that neither run anything nor lead anywhere; besides them `data-…` and `aria-…`."""


_BARE = frozenset(("footnote_open", "html_block", "shortcode"))
"""Blocks that have no element of their own to carry attributes."""


class Attributes(NamedTuple):
    """A list of attributes, as it was written."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Names in lower case, each once, and values."""


def read(text: str, at: int) -> tuple[Attributes, int] | None:
    """Return the list of attributes that starts at offset `at` of `text`, and where it ends; None where none does."""
    whole = _LIST.match(text, at)
    return (of_items(whole[0]), whole.end()) if whole else None


def of_items(text: str) -> Attributes:
    """Return the attributes among the items in `text`, which may stand in braces."""
    name = ""
    classes: list[str] = []
    pairs: dict[str, str] = {}
    for item in _ITEM.finditer(text):
        if item[1]:
            name = item[1]
        elif item[2]:
            classes.append(item[2])
        else:
            key = item[3].lower()
            value = unescape(next((v for v in (item[4], item[5], item[6]) if v is not None), ""))
            if key == "id":
                name = "".join(value.split())
            elif key == "class":
                classes += value.split()
            else:
                pairs.setdefault(key, value)
    return Attributes(name, tuple(dict.fromkeys(classes)), tuple(pairs.items()))


def at_end(text: str) -> tuple[str, Attributes, int] | None:
    """Split `Heading {#id .class}` into the heading, its attributes and where they start; None where there are none."""
    if text.endswith("}") and (tail := _AT_END.search(text, max(0, text.rfind("{") - 1))):
        at = text.index("{", tail.start())
        if (found := read(text, at)) and found[1] == len(text):
            return text[: tail.start()].rstrip(), found[0], at
    return None


def merged(first: Attributes | None, second: Attributes | None) -> Attributes | None:
    """Return both lists as one; where they disagree, the first is right."""
    if not first or not second:
        return first or second
    classes = dict.fromkeys(first.classes + second.classes)
    return Attributes(first.id or second.id, tuple(classes), tuple((dict(second.pairs) | dict(first.pairs)).items()))


class Ids:
    """The ids that authors give to what isn't a heading: each once, and none that scripts of the page look up."""

    def __init__(self, anchors: list[str]) -> None:
        self._anchors = anchors
        """Where all ids of the document are noted."""
        self._taken: set[str] = set()
        self.moved: dict[str, str] = {}
        """Ids that would have clobbered a property of the page, and what stands in the HTML instead."""

    def take(self, wanted: str) -> str:
        """Return the id to write for `wanted`, or "" where another element has it."""
        name = wanted if wanted.lower() not in LOWER_DOM_NAMES else f"h-{wanted}"
        if name in self._taken:
            return ""
        if name != wanted:
            self.moved[wanted] = name
        self._taken.add(name)
        self._anchors.append(name)
        return name

    def rewind(self, length: int) -> None:
        """Forget the ids beyond the first `length` anchors."""
        self._taken.difference_update(self._anchors[length:])
        del self._anchors[length:]


def written(
    given: Attributes, ids: Ids, noticed: list[Notice], at: int, own: str = "", without: tuple[str, ...] = ()
) -> str:
    """Return `given` as HTML, beginning with a space; what can't be written is added to `noticed`, at offset `at`.

    `own` are classes that the element has anyway; `without` names attributes that it has already.
    """
    html = ""
    if given.id:
        name = ids.take(given.id)
        if name:
            html = f' id="{escape(name)}"'
        else:
            noticed.append(
                Notice(
                    at, 1, "MD108", f"the id “{given.id}” is given twice on this page",
                    "Give the second element another id; links lead to the first.",
                )
            )  # fmt: skip
    return html + without_id(given, noticed, at, own, without)


def without_id(given: Attributes, noticed: list[Notice], at: int, own: str = "", without: tuple[str, ...] = ()) -> str:
    """Do what `written` does, for all but the id."""
    html = ""
    classes = " ".join((own, *given.classes)).strip()
    if classes:
        html += f' class="{escape(classes)}"'
    for name, value in given.pairs:
        if name not in _ALLOWED and not _FREE.fullmatch(name):
            noticed.append(_refused(name, at))
        elif name not in without:
            html += f' {name}="{escape(value)}"'
    return html


def _refused(name: str, at: int) -> Notice:
    if name == "style":
        hint = "Give a class instead, and say in a stylesheet of yours what it looks like."
    elif name.startswith("on"):
        hint = "Handlers are never written; a script of the theme can look for a class."
    elif similar := close_to(name, _ALLOWED):
        hint = f"Did you mean “{similar}”?"
    else:
        hint = "Use a class, or an attribute that begins with “data-”."
    return Notice(at, 1, "MD108", f"the attribute “{name}” can't be given to an element, so it was left out", hint)


def attribute_line(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for a line that is a list of attributes: they belong to the block just above, else just below."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    end = state.eMarks[start_line]
    source = state.src
    if source[end - 1 : end].isspace():
        end = begin + len(source[begin:end].rstrip())
    whole = _LIST.fullmatch(source, begin, end)
    if not whole or state.is_code_block(start_line):
        return False
    if silent:
        # Also outside of the list or quote whose paragraph this line would go on: then it is for the list.
        return True
    if state.sCount[start_line] < state.blkIndent:
        return False
    tokens = state.tokens
    lead = state.attributed
    given = of_items(whole[0])
    state.line = start_line + 1
    if lead and lead[0] == start_line and lead[1] == state.level:
        # One of several lines, all for one block.
        lead[2].given = merged(lead[2].given, given)
        state.attributed = (start_line + 1, state.level, lead[2])
        return True
    above = start_line - 1
    touches = above >= 0 and state.bMarks[above] + state.tShift[above] < state.eMarks[above]
    if touches and tokens and tokens[-1].level == state.level and tokens[-1].nesting <= 0 and not _waiting(state):
        at = len(tokens) - 1
        if tokens[at].nesting < 0:
            at -= 1
            while tokens[at].level != state.level or tokens[at].nesting <= 0:
                at -= 1
        block = tokens[at]
        if block.type not in _BARE:
            block.given = merged(block.given, given)
            state.attributed = (start_line + 1, state.level, block)
            return True
    below = start_line + 1
    if below < end_line and state.bMarks[below] + state.tShift[below] < state.eMarks[below]:
        state.waiting.append((len(tokens), given, start_line))
        return True
    state.line = start_line
    column = begin - source.rfind("\n", 0, begin) - 1
    notice = Notice(
        column, end - begin, "MD108", "these attributes stand alone, so they belong to nothing and are shown as text",
        "Put them on the line right below the block that they are for.",
    )  # fmt: skip
    state.env["noticed"].append((start_line, notice))
    return False


def _waiting(state: Any) -> bool:
    return bool(state.waiting) and state.waiting[-1][0] == len(state.tokens)


def settle(tokens: list[Any], waiting: list[tuple[int, Attributes, int]]) -> None:
    """Give the attributes that stood above blocks to those blocks."""
    for at, given, _ in waiting:
        if at < len(tokens) and tokens[at].nesting >= 0 and tokens[at].type not in _BARE:
            tokens[at].given = merged(tokens[at].given, given)
