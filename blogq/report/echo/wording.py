"""How an account is put into words, for a terminal and for a page alike. All of it is plain text, not escaped yet."""

from __future__ import annotations

from blogq.report.echo.account import Account, Cited, Passage
from blogq.report.text import counted

SHOWN = 5
"""Words from which on the other side of a passage is shown; a heading that is the same explains itself."""
ALSO = 3
"""Other sources of a passage that are named."""
MASKED = "\ufffc"
"""What stands in a text for code, an image or another thing that isn't words."""


def visible(text: str) -> str:
    """Return `text` with a sign that every font has for what isn't words."""
    return text.replace(MASKED, "…")


def percent(share: float) -> str:
    """Return a share as people read it; what is there is never 0%, and what isn't all never 100%."""
    if 0 < share < 0.01:
        return "1%"
    if 0.99 < share < 0.9999:
        return "99%"
    return f"{share:.0%}"


def title_of(account: Account) -> str:
    """Return what the post is called."""
    return " ".join(account.title.split()) or account.path


def verdict(account: Account) -> str:
    """Return what was found, in a sentence."""
    copied, reworded, _ = account.shares
    if not account.copied + account.reworded:
        return "Nothing of this post was said before"
    return f"{percent(copied + reworded)} of this post was said before"


def totals(account: Account) -> str:
    """Return how much is copied, reworded and the post's own."""
    copied, reworded, own = account.shares
    words = counted(account.words, "word")
    return f"{percent(copied)} copied, {percent(reworded)} reworded, {percent(own)} its own, of {words}"


def of_passage(passage: Passage) -> str:
    """Return what a passage is."""
    told = f"{passage.told}, {counted(passage.words, 'word')}"
    return told if passage.kind == "verbatim" else f"{told}, similarity {passage.similarity:.2f}"


def name_of(source: Cited) -> str:
    """Return what a source is called: its title, else its place."""
    title = " ".join(source.title.split())
    return f"“{title}”" if title else source.url or source.path


def place_of(source: Cited, line: int = 0) -> str:
    """Return where a source is to be found: the address of a text of a corpus that has one, else the file."""
    if source.corpus and source.address:
        return source.address
    return f"{source.path}:{line}" if line else source.path


def when(source: Cited) -> str:
    """Return when a source was published, and whether that was first."""
    if source.first == "source":
        return f"{source.day}, before this post"
    return f"{source.day}, nobody knows which came first" if source.day else "no date: nobody knows which came first"


def about(source: Cited) -> list[str]:
    """Return what else is to be known of a source."""
    told = [f"corpus {source.corpus}"] if source.corpus else []
    if source.linked:
        told.append("this post links to it")
    if source.instalment:
        told.append(f"its title differs in a {source.instalment} only")
    return told


def left_out(account: Account) -> list[str]:
    """Return what wasn't held against the post, or doesn't count, in sentences."""
    told = []
    if account.series:
        one = account.series == 1
        told.append(f"{counted(account.series, 'earlier post')} of its series {'is' if one else 'are'} left out.")
    if account.replaces:
        named = ", ".join(account.replaces)
        told.append(f"What it replaces is left out: {named}.")
    if account.quotations:
        words = counted(sum(size for _, size, _ in account.quotations), "word")
        lines = ", ".join(str(line) for line, _, _ in account.quotations)
        which = "line" if len(account.quotations) == 1 else "lines"
        told.append(
            f"{counted(len(account.quotations), 'quotation')} that say whose words they are ({words}, {which} {lines}) "
            "are left out."
            if len(account.quotations) > 1
            else f"1 quotation that says whose words they are ({words}, {which} {lines}) is left out."
        )
    if account.boilerplate:
        told.append(f"{counted(account.boilerplate, 'word')} of declared boilerplate are left out.")
    if account.recurring:
        words = counted(account.recurring, "word")
        told.append(f"{words} that stand in three or more earlier posts count as the blog’s own way of speaking.")
    return told
