"""Ghost's own formats of a text, mobiledoc and lexical, as HTML; for posts that come without any."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from blogq.config.schema import Markdown
from blogq.content.markdown.reader import Reader
from blogq.importing.preparation import Say

_INLINE = frozenset("strong b em i u s code a sub sup mark del".split())
_BLOCK = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol aside".split())
_FORMATS = ((16, "code"), (1, "strong"), (2, "em"), (8, "u"), (4, "s"), (32, "sub"), (64, "sup"), (128, "mark"))
"""Bits of lexical's text format."""


_SAYING: dict[str, tuple[tuple[str, str], ...]] = {
    "button": (("buttonText", "buttonUrl"),),
    "file": (("fileTitle", "src"), ("fileCaption", "html")),
    "header": (("header", "h2"), ("subheader", "html"), ("buttonText", "buttonUrl")),
    "product": (
        ("productImageSrc", "image"),
        ("productTitle", "h4"),
        ("productDescription", "html"),
        ("productButton", "productUrl"),
    ),
    "call-to-action": (("imageUrl", "image"), ("textValue", "html"), ("buttonText", "buttonUrl")),
}
"""What cards say, by name: a field, and what is in it. Names are those of Ghost's editor (Koenig)."""


def _attribute(value: Any) -> str:
    return html.escape(str(value or ""))


def _card(name: str, told: dict[str, Any], say: Say) -> str:
    if name in ("markdown", "card-markdown"):
        return Reader(Markdown()).read(str(told.get("markdown") or ""), path="").html.replace("\0", "")
    if name == "html":
        return str(told.get("html") or "")
    if name == "image":
        picture = f'<img src="{_attribute(told.get("src"))}" alt="{_attribute(told.get("alt"))}">'
        return f"<figure>{picture}<figcaption>{told.get('caption') or ''}</figcaption></figure>"
    if name == "gallery":
        return "".join(_card("image", each, say) for each in told.get("images") or () if isinstance(each, dict))
    if name in ("code", "codeblock"):
        language = _attribute(told.get("language"))
        return f'<pre><code class="language-{language}">{html.escape(str(told.get("code") or ""))}</code></pre>'
    if name in ("hr", "horizontalrule"):
        return "<hr>"
    if name in ("embed", "bookmark"):
        about = told.get("metadata")
        title = about.get("title") if isinstance(about, dict) else ""
        link = str(told.get("html") or "") or _link(told.get("url"), title or told.get("url"))
        return link + (f"<p>{told['caption']}</p>" if told.get("caption") else "")
    if name in _SAYING:
        return _said(_SAYING[name], told)
    if name in ("video", "audio"):
        return f'<{name} src="{_attribute(told.get("src"))}"></{name}>'
    if name == "callout":
        return f"<blockquote>{told.get('calloutText') or ''}</blockquote>"
    if name == "toggle":
        return f"<details><summary>{told.get('heading') or ''}</summary>{told.get('content') or ''}</details>"
    if name == "paywall":
        return ""
    say("block", f"the card `{name}` is left out")
    return ""


def _link(address: Any, text: Any) -> str:
    return f'<p><a href="{_attribute(address)}">{_attribute(text)}</a></p>' if address and text else ""


def _said(fields: Sequence[tuple[str, str]], told: dict[str, Any]) -> str:
    """Return the words of a card that is more of a layout, as paragraphs."""
    out = []
    for field, kind in fields:
        value = str(told.get(field) or "")
        if kind == "image":
            out.append(f'<p><img src="{_attribute(value)}" alt=""></p>' if value else "")
        elif kind == "html":
            out.append(f"<div>{value}</div>" if value else "")
        elif kind.startswith("h"):
            out.append(f"<{kind}>{value}</{kind}>" if value else "")
        else:
            # What a link says stands in the field of its own, where it leads in the one that `kind` names.
            out.append(_link(told.get(kind), value))
    return "".join(out)


def html_of_mobiledoc(document: dict[str, Any], say: Say) -> str:
    """Return a mobiledoc (0.3) as HTML."""
    markups, cards = document.get("markups") or [], document.get("cards") or []
    atoms = document.get("atoms") or []
    return "\n".join(_section(each, markups, cards, atoms, say) for each in document["sections"])


def _section(section: Sequence[Any], markups: Any, cards: Any, atoms: Any, say: Say) -> str:
    kind = section[0]
    if kind == 1:
        tag = section[1] if section[1] in _BLOCK else "p"
        return f"<{tag}>{_markers(section[2], markups, atoms)}</{tag}>"
    if kind == 2:
        return f'<p><img src="{_attribute(section[1])}" alt=""></p>'
    if kind == 3:
        tag = section[1] if section[1] in ("ul", "ol") else "ul"
        return f"<{tag}>{''.join(f'<li>{_markers(each, markups, atoms)}</li>' for each in section[2])}</{tag}>"
    name, told = cards[section[1]]
    return _card(str(name), told if isinstance(told, dict) else {}, say)


def _markers(markers: Sequence[Any], markups: Any, atoms: Any) -> str:
    out: list[str] = []
    opened: list[str] = []
    for kind, opens, closes, value in markers:
        for index in opens:
            tag, *rest = markups[index]
            tag = tag if tag in _INLINE else "span"
            pairs = rest[0] if rest else []
            told = dict(zip(pairs[::2], pairs[1::2], strict=False))
            out.append(f'<{tag} href="{_attribute(told.get("href"))}">' if tag == "a" else f"<{tag}>")
            opened.append(tag)
        atom = atoms[value] if kind == 1 else None
        out.append(
            ("<br>" if atom[0] == "soft-return" else html.escape(str(atom[1]))) if atom else html.escape(str(value))
        )
        out += [f"</{opened.pop()}>" for _ in range(min(closes, len(opened)))]
    return "".join(out)


def html_of_lexical(document: dict[str, Any], say: Say) -> str:
    """Return a lexical document as HTML."""
    return "\n".join(_node(each, say, 0) for each in document["root"]["children"])


def _node(node: dict[str, Any], say: Say, depth: int) -> str:
    kind = str(node.get("type") or "")
    if depth > 80:
        return ""
    if kind in ("text", "extended-text"):
        text, style = html.escape(str(node.get("text") or "")), node.get("format")
        for bit, tag in _FORMATS:
            if isinstance(style, int) and style & bit:
                text = f"<{tag}>{text}</{tag}>"
        return text
    inner = "".join(_node(each, say, depth + 1) for each in node.get("children") or () if isinstance(each, dict))
    if kind == "linebreak":
        return "<br>"
    if kind == "tab":
        return "\t"
    if kind in ("link", "autolink"):
        return f'<a href="{_attribute(node.get("url"))}">{inner}</a>'
    if kind in ("heading", "extended-heading", "list"):
        tag = str(node.get("tag") or "h2")
        return f"<{tag}>{inner}</{tag}>" if tag in _BLOCK else inner
    if kind in ("quote", "extended-quote", "aside"):
        return f"<blockquote>{inner}</blockquote>"
    tags = {"paragraph": "p", "listitem": "li"}
    if kind in tags:
        return f"<{tags[kind]}>{inner}</{tags[kind]}>"
    return inner or _card(kind, node, say)
