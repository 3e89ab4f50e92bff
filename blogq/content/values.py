"""What the values of front matter say, once their keys are known: yes and no, states, labels, pictures, addresses."""

from __future__ import annotations

from urllib.parse import quote

from blogq.content.keys import fold, is_slip
from blogq.pattern import Pattern
from blogq.yaml_document import Mapping, Node, Scalar, Sequence

TRUTHS = {
    **dict.fromkeys(["true", "yes", "on", "y", "1"], True),
    **dict.fromkeys(["false", "no", "off", "n", "0"], False),
}
"""Words for yes and no, in lower case."""

STATES = {
    **dict.fromkeys(["published", "publish", "live", "public", "done"], ""),
    **dict.fromkeys(["hidden", "unlisted"], "unlisted"),
    **dict.fromkeys(["draft", "drafts", "private", "pending", "skip", "wip"], "draft"),
}
"""What `status` says, as the field that it sets."""

_PICTURE = Pattern(r"[^\s]*(?:/|\.[A-Za-z0-9]{2,5}\Z)")
_SOURCES = ("src", "url", "path", "image", "filename", "file", "feature", "relative")
_NAMES = ("name", "title", "label", "slug")
_SCHEME = Pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = Pattern(r"(?:[Hh][Tt][Tt][Pp][Ss]?:)?//[^/?#\s]")
_DROPPED = Pattern("[\0-\x20\x7f]")
_LINK = Pattern(r"\[([^\[\]]+)\]\([^()]*\)")
_PART = Pattern(r"(?:[^,;()]+|\([^()]*\)|[()])+")


def split_labels(text: str, *, people: bool) -> list[str]:
    """Return the labels in `text`, a comma list or one label.

    With `people` a single name may hold a comma ("Doe, Jane", "Jane Doe, PhD"): it is a list only where each
    part has two words. Names given as Markdown links are taken without their addresses.
    """
    if people:
        text = _LINK.sub(r"\1", text)
    parts = [part.strip() for part in (_PART.findall(text) if "," in text or ";" in text else (text,))]
    parts = [part for part in parts if part]
    if people:
        parts = [part.removeprefix("and ") for part in parts]
        if ";" not in text and not all(" " in part for part in parts):
            return [" ".join(text.split())]
    return [" ".join(part.split()) for part in parts]


def is_slip_of_state(word: str) -> bool:
    """Return whether `word` is nearly one of the states that keep a post back, such as `drafd`."""
    return any(is_slip(word, state) for state, field in STATES.items() if field and len(state) >= 4)


def name_of(node: Node) -> Scalar | None:
    """Return the text that names a label which is written as a mapping."""
    return _member(node, _NAMES)


def _member(node: Node, names: tuple[str, ...]) -> Scalar | None:
    """Return the text that stands in the mapping `node` under the first of `names` that is there."""
    if not isinstance(node, Mapping):
        return None
    found = {fold(key.text): value for key, value in node.items}
    return next((value for name in names if isinstance(value := found.get(name), Scalar)), None)


def picture(node: Node, loose: bool) -> str:
    """Return the path or address of the picture that `node` names, or nothing."""
    if isinstance(node, Sequence):
        return next((found for item in node.items if (found := picture(item, loose))), "")
    scalar = node if isinstance(node, Scalar) else _member(node, _SOURCES)
    if scalar is None or (scalar.plain and scalar.text.lower() in TRUTHS):
        return ""
    text = scalar.text.strip()
    return text if not loose or _PICTURE.match(text) else ""


def is_elsewhere(address: str) -> bool:
    """Return whether `address` names a host."""
    return _HOST.match(address) is not None


def address_to_go_to(text: str) -> str:
    """Return `text` as an address that a page may send its readers on to, percent-encoded.

    It is a web address, or a path of a page or source on the site. Anything else, such as a script, gives nothing.
    """
    text = text.strip()
    # Browsers drop what doesn't print before they look for the scheme.
    plain = _DROPPED.sub("", text)
    if not plain or plain[0] in "#?" or (not is_elsewhere(plain) and (_SCHEME.match(plain) or plain[:2] == "//")):
        return ""
    text = f"https:{text}" if plain[:2] == "//" else text
    return quote(text, safe="/._~!$&'()*+,;=:@-?#%[]", errors="replace")
