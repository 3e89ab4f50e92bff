"""What a piece of text is besides prose: a quotation, a caption, a link and nothing else, a roll of names."""

from __future__ import annotations

from blogq.pattern import Pattern

QUOTES = frozenset(("quote", "blockquote", "pullquote"))
"""Shortcodes whose text is a quotation."""
CAPTIONS = frozenset(("figure", "caption", "image", "img", "video", "audio", "gallery"))
"""Shortcodes whose text says what a picture shows."""
_UNSPOKEN = frozenset("katex math mermaid chart plantuml graphviz raw rawhtml html code comment highlight".split())
"""Shortcodes whose text is no prose, by the names that themes of Hugo have for them."""
RANKS = ("caption", "quote", "code")
"""What the lines of a shortcode's text are; of two that hold for a line the later counts."""

QUOTING = Pattern(r"<(/?)(blockquote|figcaption|figure)\b[^<>]*>", 2)
_CONTENTS = Pattern(
    r"\s*(?:<(?:em|strong)>)*<a\s[^<>]*>(?:(?!<a[\s>]|</a>).)*</a>(?:</(?:em|strong)>|<br\s*/?>|[\s.^↑↩])*", 16
)
"""A link, and nothing else."""
_ENDS = (".", "!", "?", "…", "。")
_SMALL = frozenset(
    "and or of the a an with from in at for to & + by as on und et y e de la le van von der da di".split()
)
"""Words that may stand small among names."""


def role_of(name: str) -> str:
    """Return what the text of a shortcode is, one of `RANKS`; nothing where it is the author's prose."""
    if name in QUOTES:
        return "quote"
    return "caption" if name in CAPTIONS else "code" if name in _UNSPOKEN else ""


def is_link(html: str, text: str) -> bool:
    """Return whether a passage is a link and nothing else, as in tables of contents; one that is a sentence is none."""
    return "<a " in html and not text.rstrip().endswith(_ENDS) and _CONTENTS.fullmatch(html) is not None


def is_roll(text: str) -> bool:
    """Return whether a passage only names people or things, one after another: "Team: Ann Lee, Bo Ray, Cy Fox, Di Orr".

    Three commas or more, four words or fewer to each, and of the words that aren't small ones nine in ten begin with a
    capital: no sentence has its words like that.
    """
    commas = text.count(",")
    if commas < 3 or len(text) > 60 * (commas + 1):
        return False
    said = [word.strip("()[].,:;*_\"'“”") for word in text.split()]
    said = [word for word in said if word and (word[0].isalnum() or word[0] == "@")]
    names = [word for word in said if word.lower() not in _SMALL]
    return len(said) <= 4 * (commas + 1) and 10 * sum(
        word[0].isupper() or word[0] in "@0123456789" for word in names
    ) >= 9 * len(names)
