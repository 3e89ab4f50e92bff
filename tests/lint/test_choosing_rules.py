"""Which rules are meant, wherever they are named, and what is said to who names none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from subject import subject_of

from blogq.cli import cli
from blogq.lint.registry import MODULES
from blogq.lint.selection import codes_of, parse_codes, unknown_codes
from blogq.lint.suppression import suppressions

CONFIG = "title: Chosen\nbase_url: https://example.org/\n"
POOR = "Here is a sentence. It is the the one. "
FRONT = "---\ntitle: Poor\ndate: 2026-01-01\n{}---\n"
WORDS = ("--select", "SY003,SU")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blog with a post in which a word is repeated."""
    (tmp_path / "content/posts").mkdir(parents=True)
    configure(tmp_path, "")
    (tmp_path / "content/posts/poor.md").write_text(FRONT.format("") + POOR + "\n")
    return tmp_path


def configure(folder: Path, check: str) -> None:
    (folder / "blogq.yaml").write_text(CONFIG + (f"check:\n  {check}\n" if check else ""))


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-01", *arguments])


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (["RD"], ("RD",)),
        (["rd003, Ln001"], ("RD003", "LN001")),
        (["RD,", " LN001 ST005"], ("RD", "LN001", "ST005")),
        (["", ", ,"], ()),
    ],
)
def test_codes_are_read_alike_everywhere(given: list[str], codes: tuple[str, ...]) -> None:
    assert parse_codes(given) == codes


def test_chosen_and_ignored() -> None:
    assert codes_of() == [*MODULES]
    assert codes_of(["st"], ["ST001,st002"]) == ["ST003", "ST004", "ST005"]
    assert unknown_codes(["RD", "RD003", "RD9", "", "RD0031"]) == ["RD9", "", "RD0031"]


@pytest.mark.parametrize("chosen", ["sy003", "SY003,", "sy", "SY003, RD"])
def test_command_line_takes_codes_as_they_come(folder: Path, chosen: str) -> None:
    assert "SY003" in run(folder, "--select", chosen).output
    assert "SY003" not in run(folder, "--ignore", chosen).output


@pytest.mark.parametrize("check", ["select: [sy003]", "select: ['RD, SY']", "select: SY003", "ignore: [ln, 'fm,cd']"])
def test_config_takes_codes_as_they_come(folder: Path, check: str) -> None:
    configure(folder, check)
    done = run(folder)
    assert "SY003" in done.output
    assert not {"LN001", "FM003"} & {*done.output.replace(":", " ").split()}


@pytest.mark.parametrize(
    ("check", "line", "wanted"),
    [
        ("select: [XX]", 4, "`check.select`: there is no rule 'XX'\n"),
        ("select: [RD033]", 4, "`check.select`: there is no rule 'RD033'; did you mean RD003?"),
        ("select: ['']", 4, "`check.select` names no rule"),
        ("ignore: [RD,\n    SY03]", 4, "`check.ignore`: there is no rule 'SY03'; did you mean SY003?"),
        ("ignore: ['']", 4, "`check.ignore` names no rule"),
        ("select: [RD]\n  ignore: [RD]", 4, "no rule is left to judge by"),
        ("ignore: [C, F, H, L, M, O, R, S]", 4, "no rule is left to judge by"),
        ("select: [RD003]\n  rules: {RD003: {severity: off}}", 4, "no rule is left to judge by"),
        ("select: [LK002]", 4, "LK002 needs `blogq check --external`"),
    ],
)
def test_config_that_chooses_nothing_is_refused(folder: Path, check: str, line: int, wanted: str) -> None:
    configure(folder, check)
    done = run(folder)
    assert done.exit_code == 2
    assert f"blogq.yaml:{line}: error CF103: " in done.output
    assert wanted in done.output


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--select", "RD033"], "--select: there is no rule 'RD033'; did you mean RD003?"),
        (["--select", ""], "--select names no rule"),
        (["--ignore", ","], "--ignore names no rule"),
        (["--select", "RD", "--ignore", "rd"], "--select and --ignore leave no rule to judge by; "),
        (["--ignore", "C,F,H,L,M,O,R,S"], "--ignore leaves no rule to judge by; "),
        (["--select", "LK", "--ignore", "LK001,LK003,LK004"], "--select and --ignore leave no rule to judge by; "),
        (["--select", "LK002"], "LK002 asks other sites, which needs --external"),
    ],
)
def test_command_line_that_chooses_nothing_is_refused(folder: Path, arguments: list[str], wanted: str) -> None:
    done = run(folder, *arguments)
    assert done.exit_code == 2
    assert wanted in done.output


def test_command_line_and_config_that_leave_nothing_between_them(folder: Path) -> None:
    configure(folder, "ignore: [RD]")
    done = run(folder, "--select", "RD003")
    assert done.exit_code == 2
    assert "--select leaves no rule to judge by beside `check` in blogq.yaml" in done.output


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ("RD003: off", "write RD003: {severity: off}"),
        ("RD003: false", "write RD003: {severity: off}"),
        ("RD003: note", "write RD003: {severity: note}"),
        (
            "LK002: {timeout: 0}",
            "`check.rules.LK002.timeout` is 0\n    help: write a positive number; the default is 10",
        ),
    ],
)
def test_options_that_cannot_be_say_what_to_write(folder: Path, rules: str, wanted: str) -> None:
    configure(folder, f"rules: {{{rules}}}")
    done = run(folder)
    assert done.exit_code == 2
    assert wanted in done.output


def test_answers_may_count_for_no_day_at_all(folder: Path) -> None:
    configure(folder, "rules: {LK002: {days: 0}, RD003: {severity: off}}")
    assert run(folder).exit_code == 0


@pytest.mark.parametrize(
    "path",
    ["posts", "posts/", "/posts", "./posts", "content/posts", "./content/posts/", "content/posts/*.md", "content", "."],
)
@pytest.mark.parametrize("rules", ["SY003", "sy", "'ST005, SY003'", "[RD, 'LN001,SY003,']"])
def test_silence_takes_paths_and_rules_as_people_write_them(folder: Path, path: str, rules: str) -> None:
    configure(folder, f"silence: [{{path: {path}, rules: {rules}, because: it is old}}]")
    done = run(folder, "--select", "SY003")
    assert (done.exit_code, "1 silenced" in done.output) == (0, True)


@pytest.mark.parametrize("path", ["pages", "content/pages", "post", "contentposts", "*/posts/poor.md"])
def test_silence_elsewhere_silences_nothing(folder: Path, path: str) -> None:
    configure(folder, f"silence: [{{path: '{path}', rules: SY003, because: it is old}}]")
    assert "note SY003" in run(folder, *WORDS).output.replace("warning SY003", "note SY003")


def test_folder_in_the_content_folder_that_is_called_like_it(folder: Path) -> None:
    (folder / "content/content").mkdir()
    (folder / "content/posts/poor.md").rename(folder / "content/content/poor.md")
    configure(folder, "silence: [{path: content/poor.md, rules: SY003, because: it is old}]")
    assert "1 silenced" in run(folder, *WORDS).output


@pytest.mark.parametrize("rules", ["SY", "sy003", "ST005, SY003,", "RD SY"])
def test_comments_and_front_matter_take_codes_alike(folder: Path, rules: str) -> None:
    post = folder / "content/posts/poor.md"
    post.write_text(FRONT.format("") + f"<!-- blogq: ignore {rules} because it is quoted -->\n\n{POOR}\n")
    assert "1 silenced" in run(folder, "--select", "SY003").output
    # What is remembered counts as what was just read.
    assert "1 silenced" in run(folder, "--select", "SY003").output
    front = f"gate:\n  ignore:\n    - rules: '{rules}'\n      because: it is quoted\n"
    post.write_text(FRONT.format(front) + POOR + "\n")
    assert "1 silenced" in run(folder, "--select", "SY003").output


def test_beginning_of_a_code_silences_nothing_only_when_all_its_rules_were_asked(folder: Path) -> None:
    comment = "<!-- blogq: ignore SY because it is quoted -->\n\n"
    (folder / "content/posts/poor.md").write_text(FRONT.format("") + comment + "Here is a sentence.\n")
    assert "there is no SY here to be silenced" in run(folder, "--select", "SY,SU").output
    assert "to be silenced" not in run(folder, "--select", "SY003,SU").output


@pytest.mark.parametrize(("rules", "why"), [("RD9", "there is no rule RD9"), (",", "it gives no rule or no reason")])
def test_no_rule_silences_nothing(rules: str, why: str) -> None:
    said, wrong = suppressions(subject_of(f"A text.\n\n<!-- blogq: ignore {rules} because so -->\n\nAnother.\n"))
    assert not said
    assert [why in each.message for each in wrong] == [True]


@pytest.mark.parametrize("path", ["content/posts/poor.md", "content"])
def test_path_after_changed_is_no_revision(folder: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the message says to write works as it stands."""
    for line in ("init -q", "add .", "-c user.name=A -c user.email=a@example.org commit -qm one", "branch -M main"):
        subprocess.run(["git", *line.split()], cwd=folder, check=True, capture_output=True)
    (folder / "content/posts/poor.md").write_text(FRONT.format("") + POOR * 2 + "\n")
    (folder / "content/new.md").write_text(FRONT.format("") + POOR + "\n")
    monkeypatch.chdir(folder)
    done = run(Path(), "--changed", path)
    assert done.exit_code == 2
    told = f"`blogq check --changed -- {path}`"
    assert "is a path and no commit or branch" in done.output and told in done.output
    meant = run(Path(), "--select", "SY003", *told.strip("`").split()[2:])
    assert meant.exit_code == 0
    assert "content/posts/poor.md:5" in meant.output
    assert ("content/new.md:5" in meant.output) == (path == "content")
    two = run(Path(), "--changed", path, "content/new.md")
    assert f"`blogq check --changed -- {path} content/new.md`" in two.output
    assert "there is no commit or branch 'nope'" in run(Path(), "--changed=nope").output
