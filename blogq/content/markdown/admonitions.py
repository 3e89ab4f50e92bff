"""Admonitions: which kinds there are, what they are called in each language, and their HTML.

They are written as GitHub does (`> [!NOTE]`, there with a title of one's own as Obsidian has it) or as containers
(`::: note`).
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.content.markdown.places import Notice, close_to
from blogq.pattern import Pattern

KINDS = ("note", "tip", "important", "warning", "caution", "info")
"""The kinds, GitHub's five first."""
DETAILS = "details"
"""A container that is no admonition: it unfolds."""

TITLES: dict[str, tuple[str, ...]] = {
    "de": ("Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht", "Info", "Einzelheiten"),
    "en": ("Note", "Tip", "Important", "Warning", "Caution", "Info", "Details"),
    "es": ("Nota", "Consejo", "Importante", "Advertencia", "Precaución", "Información", "Detalles"),
    "fr": ("Note", "Astuce", "Important", "Avertissement", "Attention", "Info", "Détails"),
    "it": ("Nota", "Suggerimento", "Importante", "Avviso", "Attenzione", "Informazione", "Dettagli"),
    "ja": ("メモ", "ヒント", "重要", "警告", "注意", "情報", "詳細"),
    "nl": ("Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op", "Info", "Details"),
    "pl": ("Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie", "Informacja", "Szczegóły"),
    "pt": ("Nota", "Dica", "Importante", "Aviso", "Cuidado", "Informação", "Detalhes"),
    "ru": ("Примечание", "Совет", "Важно", "Предупреждение", "Осторожно", "Информация", "Подробности"),
    "sv": ("Obs", "Tips", "Viktigt", "Varning", "Försiktighet", "Info", "Detaljer"),
    "zh": ("注意", "提示", "重要", "警告", "小心", "信息", "详情"),
}
"""Titles of `KINDS` and of `DETAILS` by language, where the author gives none."""
_ALSO_CALLED = {
    "danger": "caution", "error": "caution", "failure": "caution", "bug": "caution", "attention": "warning",
    "hint": "tip", "success": "tip", "check": "tip", "done": "tip", "abstract": "info", "summary": "info",
    "tldr": "info", "todo": "note", "question": "info", "help": "info", "faq": "info", "example": "note",
    "seealso": "note", "notice": "note", "remark": "note", "quote": "note", "cite": "note", "spoiler": "details",
}  # fmt: skip
"""What other tools call a kind: what to suggest."""

_MARK = Pattern(r"\[!([A-Za-z][\w-]*+)\]([+-]?+)(?>(?:[ \t]++([^\n]*+))?)(?:\n|\Z)")


class Mark(NamedTuple):
    """The first line of a quote that is an admonition."""

    kind: str
    fold: str
    """`-` for one that unfolds, `+` for one that is unfolded, or empty."""
    title: str
    """As Markdown; empty where the author gives none."""
    title_at: int
    end: int
    """Offset of the next line."""


def mark(content: str) -> Mark | None:
    """Read `[!NOTE] Title` from the beginning of a quote's first paragraph; None where it doesn't stand there."""
    found = _MARK.match(content)
    if not found:
        return None
    return Mark(found[1].lower(), found[2], (found[3] or "").strip(), found.start(3), found.end())


def title(kind: str, language: str) -> str:
    """Return what an admonition of `kind` is called in `language`, a BCP 47 tag."""
    titles = TITLES.get(language.partition("-")[0].lower(), TITLES["en"])
    return titles[KINDS.index(kind)] if kind in KINDS else titles[-1]


def tags(kind: str, title: str, fold: str, attributes: str) -> tuple[str, str]:
    """Return the HTML before and after the blocks of an admonition or another container of `kind`.

    `title` is HTML, `attributes` as well: class and all.
    """
    if fold or kind == DETAILS:
        unfolded = ' open=""' if fold == "+" else ""
        return f'<details{attributes}{unfolded}>\n<summary class="admonition-title">{title}</summary>\n', "</details>\n"
    shown = f'<p class="admonition-title">{title}</p>\n' if title else ""
    if kind not in KINDS:
        return f"<div{attributes}>\n{shown}", "</div>\n"
    return f'<aside{attributes} role="note">\n{shown}', "</aside>\n"


def unknown(kind: str, at: int, instead: str) -> Notice:
    """The notice for a `kind` that there isn't; `instead` says what became of it."""
    similar = _ALSO_CALLED.get(kind) or close_to(kind, (*KINDS, DETAILS))
    known = f"Known are {', '.join(KINDS)}." if not similar else f"Did you mean “{similar}”?"
    return Notice(at, len(kind), "MD106", f"there is no admonition called “{kind}”, so this is {instead}", known)
