"""The gate after a build: what it says of what was edited, and how the site stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import blogq.judging
import blogq.standing
from blogq.build import Request, build
from blogq.cli import cli
from blogq.gate import Ask, run_gate
from blogq.lint.baseline import NAME
from blogq.standing import Standing, stand

NOW = 1_790_000_000
FRONT = "---\ntitle: {}\ndate: 2026-01-01\n---\n"
SHORT = "Here is a sentence. It is short enough. "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "s"
    (found / "content/posts").mkdir(parents=True)
    (found / "blogq.yaml").write_text("title: Standing\nbase_url: https://example.org/\ncheck: {select: [SY003, SU]}\n")
    for name in ("one", "two", "three"):
        write(found, name, SHORT * 10)
    return found


def write(folder: Path, name: str, text: str, front: str = FRONT) -> None:
    (folder / f"content/posts/{name}.md").write_text(front.format(name.title()) + text + "\n")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", "--site", str(folder), "--now", "2026-09-20", *arguments])


def standing(folder: Path) -> Standing:
    result = build(Request(folder, NOW, jobs=1))
    assert result.material is not None
    return stand(folder, result.material, NOW, 1)


def as_checked(folder: Path) -> tuple[int, int, int]:
    """Return the counts of a check of the whole site."""
    file = folder / NAME
    baseline = blogq.lint.baseline.load_baseline(file) if file.exists() else None
    severities = [f.severity for f in run_gate(Ask(folder, NOW, jobs=1, baseline=baseline)).findings]
    return severities.count("error"), severities.count("warning"), severities.count("note")


def test_what_was_edited_is_judged_and_the_rest_counted(folder: Path) -> None:
    first = run(folder)
    assert first.exit_code == 0
    assert first.output.endswith("Gate: nothing to mend in 3 posts.\n")
    write(folder, "one", SHORT * 10 + "So is the the third.")
    edited = run(folder)
    assert edited.exit_code == 0
    assert "content/posts/one.md:5:411: warning SY003" in edited.output
    assert edited.output.endswith("Gate: 1 warning in 3 posts; `blogq check` tells all.\n")
    write(folder, "two", SHORT * 11)
    other = run(folder)
    assert "SY003" not in other.output
    assert other.output.endswith("Gate: 1 warning in 3 posts; `blogq check` tells all.\n")


def test_no_check_and_quiet_leave_it_out(folder: Path) -> None:
    write(folder, "one", "So is the the third.")
    assert "Gate" not in run(folder, "--no-check").output
    assert not (folder / ".blogq/gate").exists()
    assert run(folder, "--quiet").output == ""


def test_errors_of_the_gate_change_no_exit_code(folder: Path) -> None:
    (folder / "blogq.yaml").write_text("title: S\nbase_url: https://example.org/\ncheck: {select: [ST005]}\n")
    write(folder, "one", SHORT * 5 + "\n\nTODO\n\n" + SHORT * 5)
    done = run(folder)
    assert done.exit_code == 0
    assert "error ST005" in done.output
    assert "Gate: 1 error in 3 posts" in done.output


def test_a_draft_that_is_edited_is_told_and_not_counted(folder: Path) -> None:
    write(folder, "one", "So is the the third.", "---\ntitle: {}\ndate: 2026-01-01\ndraft: true\n---\n")
    done = run(folder)
    assert "SY003" in done.output
    assert done.output.endswith("Gate: nothing to mend in 3 posts.\n")


def test_counts_are_those_of_a_check(folder: Path) -> None:
    """Whatever way the build took, with suppressions, drafts, silence and a baseline."""
    (folder / "blogq.yaml").write_text("title: Standing\nbase_url: https://example.org/\n")
    edits = [
        ("one", SHORT * 10 + "So is the the third."),
        ("two", "<!-- blogq: ignore SY003 because it is quoted -->\n\nSo is the the third."),
        ("four", "TODO\n\n" + SHORT * 20),
        ("one", SHORT * 12),
        ("two", "<!-- blogq: ignore SY003 because it is quoted -->\n\nSo is the third."),
    ]
    for name, text in edits:
        write(folder, name, text)
        assert standing(folder)[:3] == as_checked(folder), name
    with (folder / "blogq.yaml").open("a") as file:
        file.write("check: {silence: [{path: posts/four.md, rules: [ST, LN], because: it is old}]}\n")
    assert standing(folder)[:3] == as_checked(folder)
    CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-20", "--write-baseline"])
    assert standing(folder)[:3] == as_checked(folder) == (0, 0, 0)


def test_a_build_of_nothing_new_remembers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "one", "So is the the third.")
    first = standing(folder)
    assert (first.judged, first.warnings) == (3, 1)
    with monkeypatch.context() as patch:
        patch.setattr(blogq.judging.Judging, "judge", lambda *_: pytest.fail("judged again"))
        assert standing(folder) == first._replace(judged=0, verdict=None)
    (folder / ".blogq/standing").write_text("{")
    assert standing(folder).warnings == 1
    (folder / "blogq.yaml").write_text("title: Standing\nbase_url: https://example.org/\ncheck: {select: [SU]}\n")
    assert standing(folder).warnings == 0


def test_a_first_build_leaves_many_posts_to_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blogq.standing, "MOST", 2)
    assert "Gate: 3 sources not judged yet" in run(folder).output
    assert "Gate: 3 sources not judged yet" in run(folder).output
    CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-20"])
    assert "Gate: nothing to mend in 3 posts." in run(folder).output


def test_mistakes_in_what_the_gate_judges_by_are_told(folder: Path) -> None:
    (folder / "blogq.yaml").write_text("title: S\nbase_url: https://example.org/\ncheck: {rules: {RD0: {}}}\n")
    done = run(folder)
    assert done.exit_code == 0
    assert "there is no rule 'RD0'" in done.output
    assert "Gate: these mistakes keep it from judging." in done.output


def test_as_json(folder: Path) -> None:
    write(folder, "one", "So is the the third.")
    gate = json.loads(run(folder, "--json").output)["gate"]
    assert (gate["warnings"], gate["posts"], gate["judged"], gate["waiting"]) == (1, 3, 3, 0)
    assert [finding["rule"] for finding in gate["findings"]] == ["SY003"]
    assert json.loads(run(folder, "--json", "--no-check").output)["gate"] is None


def test_time_alone_changes_what_is_remembered(folder: Path) -> None:
    """A post that goes live within the day counts from then on."""
    write(
        folder,
        "one",
        "So is the the third.",
        "---\ntitle: {}\ndate: 2026-09-20T15:00:00Z\nexpiry: 2026-09-20T18:00:00Z\n---\n",
    )
    (folder / "blogq.yaml").write_text("title: S\nbase_url: https://example.org/\ncheck: {select: [CD, FM006, LK]}\n")
    write(folder, "two", "[one](one.md)")
    at = [
        CliRunner().invoke(cli, ["build", "--site", str(folder), "--now", f"2026-09-20T{hour}:00:00Z"]).output
        for hour in (10, 16, 19)
    ]
    assert "Gate: 1 error" in at[0] and "Gate: nothing to mend" in at[1] and "Gate: 1 error" in at[2]


def test_a_baseline_that_cannot_be_used_is_told(folder: Path) -> None:
    (folder / "blogq-baseline.json").write_text("{")
    done = run(folder)
    assert done.exit_code == 0
    assert "the baseline:" in done.output and "Gate: these mistakes keep it from judging." in done.output
