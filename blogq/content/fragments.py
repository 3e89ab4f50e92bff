"""Links to headings of their own page: which ids they mean, and which mean none.

Generators make different ids of one heading (“What's next” is `what-s-next` in Zola, `whats-next` on GitHub),
so a fragment that is no id means the one that has the same letters and digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote

from blogq.content.markdown.document import Link
from blogq.finding import Finding, Span


def lead(links: Iterable[Link], ids: Sequence[str], path: str) -> tuple[dict[str, str], list[Finding]]:
    """Return the targets among `links` that should say another id, each with the one to say; and the dead ones.

    `ids` are those of the page, `path` is its source's, for the findings.
    """
    known = {"", "top", *ids}
    strayed = [link for link in links if link.kind == "f" and unquote(link.target[1:]) not in known]
    if not strayed:
        return {}, []
    alike: dict[str, str] = {}
    for each in ids:
        letters = _letters(each)
        alike[letters] = "" if letters in alike else each
    meant: dict[str, str] = {}
    dead: list[Finding] = []
    for link in strayed:
        found = alike.get(_letters(unquote(link.target[1:])))
        if found:
            meant[link.target] = f"#{quote(found)}"
        else:
            message = f"the link {link.target} leads nowhere: nothing on this page has that id"
            hint = "name the id of a heading of this page, or leave the link out"
            dead.append(Finding("LK001", "warning", Span(path, link.line, link.column), message, hint))
    return meant, dead


def pointed(html: str, meant: dict[str, str]) -> str:
    """Return HTML with placeholders in which the targets in `meant` are replaced."""
    for target, other in meant.items():
        html = html.replace(f"\0f{target}\0", f"\0f{other}\0")
    return html


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
