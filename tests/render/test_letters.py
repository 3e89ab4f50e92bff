"""Terms below the letters that they begin with."""

from __future__ import annotations

from blogq.plan.views import TermCountView
from blogq.render.letters import by_letter


def letters(*titles: str) -> dict[str, list[str]]:
    found = by_letter(TermCountView(title, "/", 1) for title in titles)
    return {letter: [term.title for term in terms] for letter, terms in found}


def test_letters_with_marks_go_with_those_without() -> None:
    assert letters("elm", "École", "Esel", "fig") == {"E": ["elm", "École", "Esel"], "F": ["fig"]}


def test_figures_and_signs_stand_together() -> None:
    assert letters(".net", "3D", "ada") == {"#": [".net", "3D"], "A": ["ada"]}


def test_other_scripts_have_letters_too() -> None:
    assert list(letters("ёлка", "가나", "がか", "中文", "كتاب")) == ["Е", "ᄀ", "か", "中", "ك"]


def test_nothing_has_no_letters() -> None:
    assert letters() == {}
