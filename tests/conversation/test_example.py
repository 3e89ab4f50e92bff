"""The conversation of the example site: several posts, all but one answered, and enough for CV001 to judge by."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from blogq.gate import Ask, run_gate
from blogq.lint.rules.conversation.reply_rate import RULE
from blogq.lint.verdict import Verdict

NOW = 1_795_424_400
"""23 November 2026, 09:00 UTC."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    example = Path(__file__).parents[2] / "example-site"
    return Path(shutil.copytree(example, tmp_path / "site", ignore=shutil.ignore_patterns("_site", ".blogq")))


def judged(site: Path) -> tuple[Verdict, list[str]]:
    verdict = run_gate(Ask(site, NOW, jobs=1, figures=False))
    return verdict, [each.code for each in verdict.findings if each.code.startswith("CV")]


def test_one_of_the_readers_still_waits_and_the_gate_says_so(site: Path) -> None:
    verdict, codes = judged(site)
    assert verdict.talk is not None
    assert codes == []
    assert len({each.path for each in verdict.talk.exchanges}) >= 3
    assert [each.title for each in verdict.talk.waiting()] == ["Two years of second passes"]
    pace = verdict.pace
    assert pace.asked is not None and pace.asked >= RULE.options["fewest"]
    assert "Comments: 8 of 9 answered, 89% (95% interval 57% to 98%)." in pace.message
    assert pace.message.endswith("Somebody waits at “Two years of second passes”.")


def test_without_its_authors_answers_it_is_warned(site: Path) -> None:
    for file in (site / "comments").rglob("*.yml"):
        if "Nuria Valdés" in file.read_text() or "Owen Tapley" in file.read_text():
            file.unlink()
    verdict, codes = judged(site)
    assert "CV001" in codes
    said = next(each for each in verdict.findings if each.code == "CV001")
    assert said.message.startswith("Of 9 comments 0 were answered: 0%, 30% at most. People wait at ")
