"""Texts as WordPress keeps them: paragraphs parted by empty lines, shortcodes in brackets, comments around blocks.

Written from WordPress's documentation of what it shows (wpautop, the Shortcode API, the block grammar).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from blogq.importing.preparation import Say, film, tag_of

_GROUPS = (
    "address article aside blockquote center details dialog div dl fieldset figure footer form header hgroup hr main"
    " menu nav ol section table tbody tfoot thead tr ul video audio iframe object style script"
)
_LEAVES = "caption dd dt figcaption h1 h2 h3 h4 h5 h6 legend li math option p param select summary svg td textarea th"
_TAG = re.compile(rf"</?(?:{'|'.join((_GROUPS + ' ' + _LEAVES).split())})\b[^<>]*>", re.I)
_OPENS = re.compile(rf"(<(?:{'|'.join((_GROUPS + ' ' + _LEAVES).split())})\b[^<>]*>)", re.I)
_CLOSES = re.compile(rf"(</(?:{'|'.join((_GROUPS + ' ' + _LEAVES).split())})\s*>)", re.I)
_CONTAINER = re.compile(r"(<(?:blockquote|div|section|article|aside|center)\b[^<>]*>)", re.I)
_PROTECTED = re.compile(r"<(pre|script|style|textarea|svg|math)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_HELD = re.compile("\x02(\\d+)\x03")
_BLOCK_MARK = re.compile(r"<!--\s*/?wp:([a-z][a-z0-9/-]*).*?-->", re.S)
_ALONE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"]+)[ \t]*$")
_WRAPPER = re.compile(r"(<div class=\"wp-block-embed__wrapper\">)\s*(https?://[^\s<>\"]+)\s*(</div>)")
_SHORT = re.compile(r"(\[?)\[(/?)([A-Za-z][A-Za-z0-9_-]{0,40})((?:[\s=][^\[\]<>]{0,2000}|\s[^\[\]]{0,2000})?)\](\]?)")
_LEFT_BEHIND = re.compile(r"\[caption\b([^\[\]]{0,2000})\](.{0,8000}?)\[/caption\]", re.S)
_ARGUMENT = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)""")
_CODE = frozenset(
    "code sourcecode source php python css html js javascript bash sql latex text xml java ruby cpp".split()
)
_KNOWN = _CODE | frozenset("gallery caption wp_caption embed video audio playlist youtube vimeo quote".split())
_DYNAMIC = re.compile(r"<!--\s*wp:([a-z][a-z0-9/-]*)(?:\s+\{.*?\})?\s*/-->", re.S)


class Picture(NamedTuple):
    """A picture of the media library."""

    url: str
    title: str
    caption: str = ""


Pictures = Callable[[Sequence[str]], list[Picture]]
"""Takes ids of the media library, none for all pictures of the post; returns the pictures there are."""


class Text(NamedTuple):
    """A text of WordPress as HTML."""

    html: str
    pages: int
    """Onto how many pages WordPress cut it."""


def html_of(text: str, pictures: Pictures, say: Say) -> Text:
    """Return what WordPress would show of `text`, as HTML; shortcodes that aren't understood stay, and are said."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", " ").replace("\x03", " ")
    blocks = bool(_BLOCK_MARK.search(text))
    for name in sorted({found[1] for found in _DYNAMIC.finditer(text)} - {"more", "nextpage", "spacer", "separator"}):
        say("block", f"the block `{name}` is filled in by WordPress and holds no text of its own: it is left out")
    pages = 1 + len(re.findall(r"<!--nextpage-->", text))
    if pages > 1:
        say("pages", f"WordPress cut it onto {pages} pages; here it is one")
    text = _BLOCK_MARK.sub("", text) if blocks else text
    held: list[str] = []

    def hold(found: re.Match[str] | str) -> str:
        held.append(found if isinstance(found, str) else found[0])
        return f"\x02{len(held) - 1}\x03"

    text = _expanded(text, pictures, say, hold)
    text = _PROTECTED.sub(hold, text)
    text = _WRAPPER.sub(lambda found: f"{found[1]}{_shown(found[2], say) or _link(found[2])}{found[3]}", text)
    text = _ALONE.sub(lambda found: _shown(found[1], say) or found[0], text)
    if not blocks:
        text = paragraphs(text)
    while _HELD.search(text):
        text = _HELD.sub(lambda found: held[int(found[1])], text)
    return Text(text, pages)


def captions(text: str) -> str:
    """Return HTML in which captions that WordPress once left behind (`[caption …]<img>…[/caption]`) are figures."""

    def figure(found: re.Match[str]) -> str:
        told = arguments(html.unescape(found[1]))
        made = _made(
            "caption", {name: html.escape(text, quote=False) for name, text in told.items()}, found[2], _none, _unsaid
        )
        return found[0] if made is None else made

    return _LEFT_BEHIND.sub(figure, text) if "[caption" in text else text


def _none(ids: Sequence[str]) -> list[Picture]:
    return []


def _unsaid(code: str, message: str) -> None:
    """Say nothing: a caption loses nothing."""


def paragraphs(text: str) -> str:
    """Return `text` with a `<p>` around what empty lines part, and a `<br />` for each other line's end."""
    if not text.strip():
        return ""
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = _OPENS.sub(r"\n\n\1", text)
    text = _CLOSES.sub(r"\1\n\n", text)
    text = _CONTAINER.sub(r"\1\n\n", text)
    text = re.sub(r"(<hr\b[^<>]*>)", r"\1\n\n", text, flags=re.I)
    out: list[str] = []
    for piece in re.split(r"\n[^\S\n]*\n\s*", text):
        chunk = piece.strip("\n")
        if not chunk.strip():
            continue
        opens = _TAG.match(chunk.lstrip())
        if opens and not re.match(r"<p\b", opens[0], re.I):
            # Breaks within an item or a cell; white space between its tags means nothing.
            rest = chunk.lstrip()[opens.end() :]
            out.append(opens[0] + re.sub(r"(?<=\S)[ \t]*\n(?=[^\s<])", "<br />\n", rest))
        elif opens or re.fullmatch(r"(?:\s*\x02\d+\x03)+\s*", chunk) or _TAG.fullmatch(chunk.strip()):
            out.append(re.sub(r"(?<!>)[ \t]*\n(?!\s*</p)", "<br />\n", chunk))
        else:
            out.append(
                f"<p>{re.sub(r'[ ]*(?<!<br />)(?<!<br>)(?<!<br/>)' + chr(10), '<br />' + chr(10), chunk.strip())}</p>"
            )
    return "\n".join(out)


def _expanded(text: str, pictures: Pictures, say: Say, hold: Callable[[str], str]) -> str:
    tags = [*_SHORT.finditer(text)]
    if not tags:
        return text
    ends: dict[str, list[re.Match[str]]] = {}
    for tag in reversed(tags):
        if tag[2]:
            ends.setdefault(tag[3].lower(), []).append(tag)
    pieces: list[str] = []
    at = 0
    for tag in tags:
        name = tag[3].lower()
        if tag.start() < at:
            continue
        if tag[1] and tag[5]:
            pieces += (text[at : tag.start()], hold(html.escape(tag[0][1:-1], quote=False)))
            at = tag.end()
            continue
        if tag[2]:
            continue
        begin, stop = tag.start() + len(tag[1]), tag.end() - len(tag[5])
        waiting = ends.get(name, [])
        while waiting and waiting[-1].start() < stop:
            waiting.pop()
        close = waiting[-1] if waiting else None
        if name not in _KNOWN:
            if (tag[4][:1] != "=" and "=" in tag[4]) or tag[4].endswith("/") or close:
                say("shortcode", f"the shortcode [{name}] isn't known; it stays in the text as it was written")
            continue
        inner = text[stop : close.start()] if close else ""
        made = _made(name, arguments(tag[4]), inner, pictures, say)
        if made is None:
            continue
        end = (
            close.end()
            if close and (name not in ("gallery", "audio", "video", "playlist") or inner.strip() == "")
            else stop
        )
        pieces += (text[at:begin], f"\n\n{hold(made)}\n\n")
        at = end
    return "".join((*pieces, text[at:]))


def arguments(text: str) -> dict[str, str]:
    """Return the arguments of a shortcode; those without a name under their number."""
    found: dict[str, str] = {}
    for each in _ARGUMENT.finditer(text.rstrip("/")):
        if each[1]:
            found[each[1].lower()] = html.unescape(next(value for value in each.group(2, 3, 4) if value is not None))
        else:
            found[str(len(found))] = html.unescape(next(value for value in each.group(5, 6, 7) if value is not None))
    return found


def _made(name: str, told: dict[str, str], inner: str, pictures: Pictures, say: Say) -> str | None:
    if name in _CODE:
        language = told.get("language", told.get("lang", "" if name in ("code", "source", "sourcecode") else name))
        language = re.sub(r"[^A-Za-z0-9+#-]", "", language)
        code = html.escape(html.unescape(inner.strip("\n")), quote=False)
        return f'<pre><code class="language-{language}">{code}</code></pre>' if inner.strip() else None
    if name in ("caption", "wp_caption"):
        picture = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)\Z", inner, re.S)
        if not picture:
            return None
        return f"<figure>{picture[1]}<figcaption>{told.get('caption') or picture[2].strip()}</figcaption></figure>"
    if name == "gallery":
        ids = [each for each in re.split(r"[\s,]+", told.get("ids", told.get("include", ""))) if each]
        found = pictures(ids)
        if not found:
            say("media", "a gallery is left out: none of its pictures is in the export")
            return ""
        return "\n".join(_picture(each) for each in found)
    if name in ("audio", "video"):
        source = told.get("src") or next(
            (told[key] for key in ("mp3", "mp4", "m4a", "ogg", "webm", "m4v", "wav", "0") if key in told), ""
        )
        return f'<{name} src="{html.escape(source)}"></{name}>' if source else None
    if name in ("embed", "youtube", "vimeo"):
        address = (inner or told.get("0", "")).strip().lstrip("=")
        if name == "vimeo" and address.isdigit():
            address = f"https://vimeo.com/{address}"
        return _shown(address, say) or (_link(address) if re.match(r"https?://\S+\Z", address) else None)
    if name == "quote":
        return f"<blockquote>{paragraphs(inner)}</blockquote>" if inner.strip() else None
    say("media", f"[{name}] is left out: it plays what WordPress would look up")
    return ""


def _picture(picture: Picture) -> str:
    image = f'<img src="{html.escape(picture.url)}" alt="{html.escape(picture.title)}">'
    return (
        f"<figure>{image}<figcaption>{html.escape(picture.caption, quote=False)}</figcaption></figure>"
        if picture.caption
        else f"<p>{image}</p>"
    )


def _shown(address: str, say: Say) -> str:
    """Return the shortcode for a film or post at an address, as HTML; empty where there is none."""
    address = html.unescape(address)
    tag = film(address)
    if not tag:
        return ""
    say("embed", f"{address[:120]} is shown after a click, through the shortcode {tag.split()[1]}")
    return f'<x-call tag="{html.escape(tag)}"></x-call>'


def _link(address: str) -> str:
    return (
        f'<p><a href="{html.escape(html.unescape(address))}">{html.escape(html.unescape(address), quote=False)}</a></p>'
    )


__all__ = ["Picture", "Text", "arguments", "html_of", "paragraphs", "tag_of"]
