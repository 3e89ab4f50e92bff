"""HTML's elements as Markdown: markdownify's rules, and ours where blogq's Markdown says more, or says it otherwise.

What Markdown has no word for stays HTML, within a line or as a block.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bs4.element import Comment as HtmlComment
from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter, chomp

BLOCKS = frozenset(
    (
        "address article aside blockquote center details dialog dd div dl dt fieldset figcaption figure footer form"
        " h1 h2 h3 h4 h5 h6 header hgroup hr iframe li main menu nav ol p pre section summary table tbody td tfoot th"
        " thead tr ul video audio x-call x-more"
    ).split()
)
KEPT = frozenset("sup sub kbd ins u abbr cite small mark q dfn samp var time acronym ruby bdo big tt".split())
"""Elements within a line that stay HTML: Markdown would lose what they mean."""
_SPECIAL = re.compile(r"[\\`*\[\]]|_|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)|~(?=~)|!(?=\[)|\{(?=[#.:]|\w[\w-]*=)")
_WORD = re.compile(r"\w")
_OPENING = re.compile(r"^(\s*)([#>+=|~-]|:(?=[ :]))")
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")
_TAGS = re.compile(r"\{\{(?=[<%])")
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")
_LINE = re.compile(r"^(.*)", re.MULTILINE)
_FENCE = re.compile(r"`{3,}")
_LANGUAGE = re.compile(r"(?:lang(?:uage)?-|brush:\s*)([A-Za-z0-9+#_.-]{1,30})")
_CALL = re.compile(r"<x-call\b([^<>]*)>.*?</x-call>", re.S)
_WAS = re.compile(r"\swas=(?:\"([^\"]*)\"|'([^']*)')")
_MORE = re.compile(r"<x-more\s*/?>(?:</x-more>)?")
_SPACE = re.compile(r"[\t \r\n]+")


class Elements(MarkdownConverter):  # type: ignore[misc,unused-ignore]
    """Writes Markdown for one tree."""

    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-", newline_style="BACKSLASH", wrap=True, wrap_width=None)
        self._listed: Tag | None = None
        self._places: dict[int, int] = {}

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return `text` so that none of its characters is taken for markup."""
        if not text:
            return ""

        def escaped(found: re.Match[str]) -> str:
            at, sign = found.start(), found[0]
            if sign == "_" and 0 < at < len(text) - 1 and _WORD.match(text[at - 1]) and _WORD.match(text[at + 1]):
                return sign
            return {"<": "&lt;", "&": "&amp;"}.get(sign, f"\\{sign}")

        text = _SPECIAL.sub(escaped, text)
        text = _OPENING.sub(r"\1\\\2", text)
        text = _NUMBER.sub(r"\1\\\2", text)
        if "{{" in text:
            text = _TAGS.sub("&#123;{", text)
        return text.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else text

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """Return a text; white space right behind a break shows nothing."""
        text = str(super().process_text(el, parent_tags=parent_tags))
        before = el.previous_sibling
        return (
            text.lstrip()
            if isinstance(before, Tag) and before.name == "br" and "pre" not in (parent_tags or ())
            else text
        )

    def get_conv_fn(self, tag_name: str) -> Any:
        """Return what writes elements of a name."""
        if tag_name.lower() in KEPT:
            return self.kept
        return super().get_conv_fn(tag_name)

    # Within a line.

    def kept(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Leave an element HTML, around text that is Markdown."""
        if "_noformat" in parent_tags:
            return text
        names = ("title", "cite", "datetime", "lang", "dir")
        told = "".join(f' {name}="{_attribute(el[name])}"' for name in names if el.get(name))
        return f"<{el.name}{told}>{text}</{el.name}>"

    def emphasis(self, el: Tag, text: str, parent_tags: set[str], mark: str, name: str) -> str:
        """Write emphasis with `mark`, or as an element where the mark wouldn't be understood."""
        if "_noformat" in parent_tags:
            return str(text)
        if not text.strip():
            return " " if text else ""
        prefix, suffix, text = chomp(text)
        if "\n\n" in text:
            return f"{prefix}{text}{suffix}"
        left, right = _neighbour(el, -1) if not prefix else " ", _neighbour(el, 1) if not suffix else " "
        clear = _stands(left, text[0]) and _stands(right, text[-1])
        return f"{prefix}{mark}{text}{mark}{suffix}" if clear else f"{prefix}<{name}>{text}</{name}>{suffix}"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.emphasis(el, text, parent_tags, "**", "strong")

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.emphasis(el, text, parent_tags, "*", "em")

    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.emphasis(el, text, parent_tags, "~~", "del")

    convert_s = convert_strike = convert_del

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return str(text)
        anchor = el.get("id") or el.get("name")
        mark = f'<a id="{_attribute(anchor)}"></a>' if anchor else ""
        href = _SPACE.sub("%20", str(el.get("href") or "").strip())
        if not href or not text.strip():
            return mark + str(text)
        prefix, suffix, text = chomp(text)
        title = str(el.get("title") or "")
        if text == href and re.match(r"https?://[^\s<>]+\Z", href) and not title:
            return f"{prefix}{mark}<{href}>{suffix}"
        return f"{prefix}{mark}[{text}]({_target(href)}{_titled(title)}){suffix}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = _SPACE.sub("%20", str(el.get("src") or "").strip())
        if not source:
            return ""
        alt = " ".join(str(el.get("alt") or "").split())
        alt = re.sub(r"([\\\[\]*_`])", r"\\\1", alt).replace("<", "&lt;").replace("{{", "&#123;{")
        size = " ".join(f"{name}={el[name]}" for name in ("width", "height") if str(el.get(name) or "").isdigit())
        more = f"{{{size}}}" if size else ""
        found = f"![{alt}]({_target(source)}{_titled(str(el.get('title') or ''))}){more}"
        return found.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else found

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return "<br>"
        if any(re.fullmatch("h[1-6]", name) for name in parent_tags):
            return " "
        # At the end of a block a break shows nothing, and a backslash would.
        after = el.next_sibling
        while isinstance(after, NavigableString) and not after.strip():
            after = after.next_sibling
        if after is None or (isinstance(after, Tag) and after.name in BLOCKS):
            return "\n" if "pre" in parent_tags else " "
        if "pre" in parent_tags:
            return "\n"
        # Code within a line has no breaks.
        return " " if "_noformat" in parent_tags else "\\\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return str(text)
        found = str(super().convert_code(el, text, parent_tags))
        return found.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else found

    convert_kbd = None
    convert_video = None

    # Blocks.

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = _breaks(el).strip("\n")
        if not text.strip():
            return ""
        told = " ".join(_classes(el) + [each for code in el.find_all("code", limit=1) for each in _classes(code)])
        found = _LANGUAGE.search(told)
        fence = "`" * max(3, *(len(each) + 1 for each in _FENCE.findall(text)), 3)
        return f"\n\n{fence}{found[1].lower() if found else ''}\n{text}\n{fence}\n\n"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if is_plain_table(el):
            return f"\n\n{str(text).strip()}\n\n"
        return raw(el)

    def convert_dl(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return raw(el)

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if el.parent is not None and el.parent.name == "ol" and el.parent.get("type") not in (None, "1"):
            el.parent["data-kept"] = "type"
        text = (text or "").strip()
        if not text:
            return ""
        bullet = "- "
        if el.parent is not None and el.parent.name == "ol":
            start = str(el.parent.get("start") or "1")
            begin = int(start) if start.isdigit() and len(start) < 9 else 1
            bullet = f"{begin + self._place(el)}. "
        lines = text.split("\n")
        inner = "\n".join(" " * len(bullet) + line if line else "" for line in lines)
        return f"{bullet}{inner[len(bullet) :]}\n"

    def _place(self, el: Tag) -> int:
        """Return how many items stand before one in its list; counted once for all of them."""
        if self._listed is not el.parent:
            self._listed = el.parent
            items = [] if el.parent is None else [each for each in el.parent.children if isinstance(each, Tag)]
            self._places = {id(each): at for at, each in enumerate(each for each in items if each.name == "li")}
        return self._places.get(id(el), 0)

    def html_block(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return raw(el)

    convert_details = convert_form = convert_svg = convert_math = convert_map = convert_object = html_block

    def convert_center(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(self.convert_div(el, text, parent_tags))

    convert_header = convert_footer = convert_main = convert_aside = convert_figure = convert_address = convert_center
    convert_nav = convert_center

    def convert_x_call(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a shortcode; what stands in the element stands between its tags."""
        tag = str(el.get("tag") or "")
        if el.get("inline"):
            return tag
        end = str(el.get("end") or "")
        text = str(text).strip()
        return f"\n\n{tag}\n{text}\n{end}\n\n" if end else f"\n\n{tag}\n\n"

    def convert_x_more(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n<!-- more -->\n\n"


def _was(call: re.Match[str]) -> str:
    found = _WAS.search(call[1])
    return unescape(found[1] if found[1] is not None else found[2]) if found else ""


def raw(el: Tag) -> str:
    """Return an element as a block of HTML that Markdown takes for one: without an empty line in it."""
    html = str(el)
    if "<x-" in html:
        # Shortcodes are Markdown's; in HTML stands again what they were made of.
        html = _CALL.sub(_was, html)
        html = _MORE.sub("", html)
    if "\n" in html:
        if el.name == "pre" or el.find("pre"):
            html = re.sub(
                r"<pre\b.*?</pre>",
                lambda found: _BLANK.sub("\n&#8203;", found[0]).replace("\n&#8203;", "\n&#32;"),
                html,
                flags=re.S,
            )
        html = _BLANK.sub("", html)
    html = html.replace("{{<", "&#123;{<").replace("{{%", "&#123;{%")
    return f"\n\n{html.strip()}\n\n"


def is_plain_table(el: Tag) -> bool:
    """Return whether Markdown can say all of a table: a header, cells of a line each, none of them joined."""
    if el.find(["table", "caption", "tfoot", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "figure", "x-call"]):
        return False
    rows = el.find_all("tr")
    cells = [row.find_all(["td", "th"]) for row in rows]
    if len(rows) < 2 or not cells[0] or any(cell.name != "th" for cell in cells[0]):
        return False
    if any(cell.name == "th" for row in cells[1:] for cell in row) or any(len(row) != len(cells[0]) for row in cells):
        return False
    flat = [cell for row in cells for cell in row]
    if any(cell.get(name) not in (None, "1") for cell in flat for name in ("colspan", "rowspan")):
        return False
    return all(len(cell.find_all(["p", "div"])) < 2 for cell in flat)


def _breaks(el: Tag) -> str:
    """Return the text of preformatted code, a line feed for each break."""
    for each in el.find_all("br"):
        each.replace_with("\n")
    return el.get_text()


def _classes(el: Tag) -> list[str]:
    found: Any = el.get("class") or []
    return [found] if isinstance(found, str) else list(found)


def _neighbour(el: Tag, step: int) -> str:
    """Return the character next to an element within its line; a letter where that is another element's."""
    beside = el.next_sibling if step > 0 else el.previous_sibling
    while isinstance(beside, HtmlComment):
        beside = beside.next_sibling if step > 0 else beside.previous_sibling
    if isinstance(beside, NavigableString):
        return str(beside)[0 if step > 0 else -1] if beside else " "
    if isinstance(beside, Tag):
        return " " if beside.name in BLOCKS or beside.name == "br" else "x"
    above = el.parent
    if above is not None and above.name not in BLOCKS and above.name not in ("[document]", "body"):
        # At the edge of another mark: two that touch are taken for one of another kind.
        return "x" if above.name in ("b", "strong", "em", "i", "del", "s", "strike", "span", "a", "font") else " "
    return " "


def _stands(outside: str, inside: str) -> bool:
    """Return whether a mark between the two characters is one on either side (CommonMark's flanking, simplified)."""
    return outside.isspace() or (not outside.isalnum() and outside not in "*_~x" and inside.isalnum())


def _target(address: str) -> str:
    if re.search(r"[()<>\\]", address):
        return f"<{address.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>"
    return address


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        return ""
    quoted = title.replace(chr(92), chr(92) * 2).replace('"', chr(92) + '"').replace("{{", "&#123;{")
    return f' "{quoted}"'


def _attribute(value: Any) -> str:
    return str(value).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\n", " ")
