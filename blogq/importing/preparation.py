"""What is done to the HTML of an old post before it becomes Markdown: what could run is taken out, what blogq has a
word for becomes a shortcode, addresses of the old site become paths on the new one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment as HtmlComment
from bs4.element import NavigableString, Tag

from blogq.importing.elements import BLOCKS

DEEPEST = 100
"""Levels of HTML that are made into Markdown; markdownify calls itself for each."""
_RUNS = ("script", "style", "link", "meta", "base", "noscript", "template", "title", "head")
_MARKS = frozenset("a b em i strong del s code u mark".split())
_EDGES = re.compile(r"\A[ \xa0]+|[ \xa0]+\Z")
_EMBEDS = ("iframe", "object", "embed", "applet", "frame")
_BAD = re.compile(
    r"(?:javascript|vbscript|livescript|data(?!:image/(?:png|gif|jpe?g|webp|avif))|blob|file|filesystem):", re.I
)
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_ADDRESSES = ("href", "src", "poster", "action", "formaction", "data", "background", "cite", "longdesc", "xlink:href")
_YOUTUBE = re.compile(r"(?:/embed/|/v/|/shorts/|/live/|^/)([A-Za-z0-9_-]{6,20})$")
_MORE = re.compile(r"\s*more\b", re.I)

Say = Callable[[str, str], None]
"""Takes a kind of note and what there is to say."""
Lead = Callable[[str, bool], str]
"""Takes an address, and whether it is shown rather than led to; returns what it is in the new site."""


class Element(Tag):
    """An element that finds one above it by name quickly: markdownify asks each whether it stands in a `pre`."""

    _decomposed = False
    # Or else BeautifulSoup looks for an element of that name below it.

    def find_parent(self, name: Any = None, attrs: Any = None, **told: Any) -> Tag | None:
        """Return the nearest element above that is called `name`."""
        if not isinstance(name, str) or attrs or told:
            return super().find_parent(name, attrs or {}, **told)
        above = self.parent
        while above is not None and above.name != name:
            above = above.parent
        return above


def soup_of(html: str) -> BeautifulSoup:
    """Return the tree of `html`."""
    return BeautifulSoup(html, "lxml", element_classes={Tag: Element})


def depth_of(soup: Tag) -> int:
    """Return how deep the elements of a tree are nested."""
    deepest, stack = 0, [(soup, 0)]
    while stack:
        each, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in each.children if isinstance(child, Tag)]
    return deepest


def prepare(soup: BeautifulSoup, lead: Lead, say: Say) -> None:
    """Make the tree fit to become Markdown; whatever is taken out or translated is said."""
    elements: list[Tag] = []
    # One walk for all: what is looked for below is there from the beginning.
    for each in [*soup.descendants]:
        if isinstance(each, Tag):
            elements.append(each)
        elif isinstance(each, HtmlComment):
            if _MORE.match(each):
                each.replace_with(soup.new_tag("x-more"))
            else:
                each.extract()
        elif isinstance(each, NavigableString) and "\xa0" in each and each.parent and each.parent.name in _MARKS:
            # Spaces at the ends of marked words are put outside the marks, where only plain ones survive.
            each.replace_with(_EDGES.sub(" ", each))
    by_name: defaultdict[str, list[Tag]] = defaultdict(list)
    for el in elements:
        if el.decomposed:
            continue
        if el.name in _RUNS:
            if el.name in ("script", "style", "template") and (el.get_text(strip=True) or el.get("src")):
                say("script" if el.name == "script" else "style", f"<{el.name}> was left out")
            el.decompose()
            continue
        if el.attrs:
            _clean(el, lead, say)
        by_name[el.name].append(el)

    def standing(*names: str) -> Iterator[Tag]:
        """Yield elements that are still in the tree."""
        for name in names:
            yield from (el for el in by_name[name] if not el.decomposed and _stands_in(el, soup))

    for el in standing("audio", "video"):
        _recording(soup, el, say)
    for el in standing(*_EMBEDS):
        _embedded(soup, el, say)
    for el in standing("figure", "ul"):
        _gallery(el)
    for el in standing("figure"):
        if el.name == "figure":
            _figure(soup, el)
    for el in standing("input", "select", "textarea"):
        say("form", f"a field of a form (<{el.name}>) was left out")
        el.decompose()
    for el in standing("button"):
        el.unwrap()
    for el in standing("form"):
        say("form", "a form was taken apart: what it said is there, and it sends nothing")
        el.name = "div"
        el.attrs = {}


def _stands_in(el: Tag, soup: BeautifulSoup) -> bool:
    above: Tag | None = el
    while above is not None:
        if above is soup:
            return True
        above = above.parent
    return False


def _clean(el: Tag, lead: Lead, say: Say) -> None:
    for name in [*el.attrs]:
        low = name.lower()
        if low.startswith("on") or low in ("style", "srcdoc", "ping", "http-equiv"):
            if low.startswith("on"):
                say("script", f"the handler `{low[:40]}` of a <{el.name}> was left out")
            del el[name]
        elif low in ("srcset", "sizes"):
            del el[name]
        elif low in _ADDRESSES:
            address = str(el[name]).strip()
            if _BAD.match(_HIDDEN.sub("", address)):
                say("script", f"an address that would run or show something of its own was left out of a <{el.name}>")
                del el[name]
            else:
                el[name] = lead(address, low in ("src", "poster", "data", "background"))


def call(soup: BeautifulSoup, tag: str, end: str = "", was: str = "") -> Tag:
    """Return an element that stands for a shortcode; `was` is the HTML that it was made of."""
    return soup.new_tag("x-call", attrs={"tag": tag, "was": was, **({"end": end} if end else {})})


def tag_of(name: str, *values: str, **named: str) -> str:
    """Return the tag of a shortcode; empty where a value can't be written into one."""
    parts = [
        *(_quoted(value) for value in values),
        *(f"{key}={_quoted(value)}" for key, value in named.items() if value),
    ]
    return f"{{{{< {' '.join([name, *parts])} >}}}}"


def _quoted(value: str) -> str:
    value = " ".join(value.split()).replace("{{", "{ {").replace("}}", "} }")
    if re.fullmatch(r"[A-Za-z0-9_-]+", value):
        return value
    if '"' not in value:
        return f'"{value}"'
    return f"`{value}`" if "`" not in value else '"' + value.replace('"', "'") + '"'


def film(address: str) -> str:
    """Return the tag of the shortcode for the film or post at an address; empty where there is none."""
    parts = urlsplit(address if "://" in address else f"https:{address}" if address.startswith("//") else "")
    try:
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        query = parse_qs(parts.query)
        path = parts.path.rstrip("/")
        found = query.get("v", [""])[0] or (match[1] if (match := _YOUTUBE.search(path)) and path != "/watch" else "")
        start = re.sub(r"\D", "", query.get("start", query.get("t", [""]))[0])[:6]
        return tag_of("youtube", found, start=start) if re.fullmatch(r"[A-Za-z0-9_-]{6,20}", found) else ""
    if host in ("vimeo.com", "player.vimeo.com"):
        number = re.search(r"/(\d{4,12})(?:/|$)", parts.path)
        return tag_of("vimeo", number[1]) if number else ""
    if host in ("twitter.com", "x.com"):
        post = re.match(r"/(\w{1,20})/status(?:es)?/(\d{5,25})", parts.path)
        return tag_of("x", user=post[1], id=post[2]) if post else ""
    if host == "instagram.com":
        post = re.match(r"/(?:p|reel)/([\w-]{5,20})", parts.path)
        return tag_of("instagram", post[1]) if post else ""
    if host == "gist.github.com":
        post = re.match(r"/([\w-]{1,40})/([0-9a-f]{5,40})", parts.path)
        return tag_of("gist", post[1], post[2]) if post else ""
    return ""


def _place(el: Tag, made: Tag) -> None:
    """Put a shortcode that is a block where `el` stands; out of a paragraph that holds nothing else."""
    above = el.parent
    while above is not None and above.name in ("p", "div", "span", "center", "figure", "a"):
        others = [
            each
            for each in above.children
            if each is not el and (not isinstance(each, NavigableString) or each.strip())
        ]
        if others:
            break
        el, above = above, above.parent
    if above is not None and above.name not in (
        "body",
        "div",
        "section",
        "article",
        "li",
        "blockquote",
        "[document]",
        "figure",
        "main",
    ):
        made["inline"] = "1"
        if made.get("end"):
            del made["end"]
            made.clear()
    el.replace_with(made)


def _embedded(soup: BeautifulSoup, el: Tag, say: Say) -> None:
    inner = el.find("embed") if el.name == "object" else None
    address = str(el.get("src") or el.get("data") or (inner.get("src") if isinstance(inner, Tag) else "") or "").strip()
    if address.startswith("//"):
        address = f"https:{address}"
    known = film(address)
    if not known and re.match(r"http://[^\s\"<>]+\Z", address):
        # Pages read over https show no page that isn't; whether it is there over https too, nobody is asked.
        link = soup.new_tag("a", attrs={"href": address})
        link.string = str(el.get("title") or "") or address
        el.replace_with(link)
        say("embed", f"{address[:120]} is no address over https, so a link stands where it was shown")
        return
    if known or re.match(r"https://[^/?#\s\"<>]{1,250}(?:[/?#][^\s\"<>]*)?\Z", address):
        title = str(el.get("title") or "")
        link = soup.new_tag("a", attrs={"href": address})
        link.string = title or address
        _place(el, call(soup, known or tag_of("embed", url=address, title=title), was=str(link)))
        say(
            "embed",
            f"{address[:120]} is shown after a click, through the shortcode {known.split()[1] if known else 'embed'}",
        )
        return
    say("embed", f"an <{el.name}> that shows {address[:120] or 'nothing that has an address'} was left out")
    el.decompose()


def _recording(soup: BeautifulSoup, el: Tag, say: Say) -> None:
    source = el.find("source")
    address = str(el.get("src") or (source.get("src") if isinstance(source, Tag) else "") or "").strip()
    if not address:
        say("media", f"a <{el.name}> without an address was left out")
        el.decompose()
        return
    sizes = {name: str(el.get(name) or "") for name in ("width", "height") if el.name == "video"}
    poster = str(el.get("poster") or "") if el.name == "video" else ""
    told = {key: value for key, value in sizes.items() if value.isdigit()}
    _place(el, call(soup, tag_of(el.name, src=address, poster=poster, **told), was=str(el)))


def _gallery(el: Tag) -> None:
    """Make a gallery of WordPress's editor a block of its pictures, one after the other, and not a list of them."""
    classes = el.get("class")
    if not {"wp-block-gallery", "blocks-gallery-grid"} & set(classes if isinstance(classes, list) else ()):
        return
    for each in [*el.find_all("ul", recursive=False), el]:
        if isinstance(caption := each.find("figcaption", recursive=False), Tag):
            caption.name = "p"
        for child in each.find_all("li", recursive=False):
            child.name = "div"
        each.name = "div"


def _figure(soup: BeautifulSoup, el: Tag) -> None:
    """Make a picture with a caption the shortcode `figure`; any other figure is what stands in it."""
    pictures = el.find_all("img")
    caption = el.find("figcaption", recursive=False) or el.find("figcaption")
    if (
        el.find(["figure", "table", "blockquote", "pre", "x-call", "ul", "ol"])
        or len(pictures) != 1
        or el.find_parent(["figure", "td", "th", "a"])
    ):
        if isinstance(caption, Tag) and el.find("figure") is None:
            caption.name = "p"
        if el.parent is not None and el.find_parent(["td", "th"]) is None:
            el.name = "div"
        return
    said = [
        each for each in el.find_all(string=True) if each.strip() and (caption is None or caption not in each.parents)
    ]
    if said or any(each.name in BLOCKS - {"div", "figcaption", "p"} for each in el.find_all(True)):
        el.name = "div"
        if isinstance(caption, Tag):
            caption.name = "p"
        return
    picture = pictures[0]
    link = picture.find_parent("a")
    href = str(link.get("href") or "") if isinstance(link, Tag) and el in link.parents else ""
    source = str(picture.get("src") or "")
    if not source or not isinstance(caption, Tag) or not caption.get_text(strip=True):
        if isinstance(caption, Tag):
            caption.decompose()
        el.name = "div"
        return
    told: dict[str, Any] = {"alt": str(picture.get("alt") or "")}
    if href and href != source:
        told["link"] = href
    for name in ("width", "height"):
        if str(picture.get(name) or "").isdigit():
            told[name] = str(picture[name])
    made = call(soup, tag_of("figure", src=source, **told), "{{< /figure >}}", was=str(el))
    for child in [*caption.children]:
        made.append(child.extract())
    el.replace_with(made)
