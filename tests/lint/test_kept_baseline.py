"""What keeps a baseline from being emptied: by a typo, a broken post, another day, a network that is down, a slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blogq.cli import cli
from blogq.external import outward
from blogq.external.request import Answer
from blogq.lint.baseline import Baseline, load_baseline, save_baseline

FRONT = "---\ntitle: {}\ndate: 2026-01-01\n---\n"
POOR = "Here is a sentence. It is the the one. "
NAME = "blogq-baseline.json"
WORDS = ("--select", "SY003")
DEAD = ("content/posts/poor.md", "LK002", "https://gone.example/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blog with two posts in which a word is repeated; that is known."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "blogq.yaml").write_text("title: Known\nbase_url: https://example.org/\n")
    for name in ("poor", "other"):
        (tmp_path / f"content/posts/{name}.md").write_text(FRONT.format(name) + POOR + "\n")
    assert check(tmp_path, "--write-baseline").exit_code == 0
    return tmp_path


def check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--site", str(folder), *arguments])


def repeated(folder: Path) -> list[str]:
    """Return the paths of posts whose repeated word is known."""
    return sorted(path for path, code, _ in load_baseline(folder / NAME).counts if code == "SY003")


def know(folder: Path, *more: tuple[str, str, str]) -> None:
    """Add to the baseline."""
    save_baseline(folder / NAME, load_baseline(folder / NAME).joined(Baseline(dict.fromkeys(more, 1))))


BOTH = ["content/posts/other.md", "content/posts/poor.md"]


@pytest.mark.parametrize(
    "mistake",
    ["chekc: 1", "check: {rules: {RD003: 1}}", "check: {select: [XX]}", "check: {silence: [{path: a}]}", "title: ["],
)
def test_mistake_in_config_writes_nothing(folder: Path, mistake: str) -> None:
    before = (folder / NAME).read_bytes()
    with (folder / "blogq.yaml").open("a") as file:
        file.write(mistake + "\n")
    done = check(folder, "--write-baseline")
    assert done.exit_code == 2
    assert "blogq.yaml:" in done.output and "error CF10" in done.output
    assert "is left as it is, for the site could not be judged" in done.output
    assert (folder / NAME).read_bytes() == before


@pytest.mark.parametrize("arguments", [(), WORDS])
def test_broken_post_keeps_what_is_known_of_it(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "content/posts/poor.md").write_text("---\ntitle: [\n---\nText\n")
    (folder / "content/posts/other.md").write_text(FRONT.format("Other") + "Here is a sentence.\n")
    done = check(folder, "--write-baseline", *arguments)
    assert done.exit_code == 2
    assert "content/posts/poor.md:" in done.output and "error FM102" in done.output
    assert "1 source could not be read; what was known there is kept" in done.output
    assert repeated(folder) == ["content/posts/poor.md"]


def test_source_that_cannot_be_opened_keeps_what_is_known_of_it(folder: Path) -> None:
    (folder / "content/posts/poor.md").unlink()
    (folder / "content/posts/poor.md").symlink_to("/etc/hostname")
    assert check(folder, "--write-baseline").exit_code == 2
    assert repeated(folder) == BOTH
    # Another post has the same trouble now: it isn't the one that was renamed.
    assert check(folder, *WORDS).exit_code == 2
    assert repeated(folder) == BOTH


def test_folder_that_cannot_be_read_keeps_what_is_known_below_it(folder: Path) -> None:
    posts = folder / "content/posts"
    posts.rename(folder / "away")
    posts.symlink_to("/etc")
    (folder / "content/here.md").write_text(FRONT.format("Here") + "Here is a sentence.\n")
    assert check(folder, "--write-baseline").exit_code == 2
    assert repeated(folder) == BOTH


def test_written_anew_it_forgets_what_is_mended(folder: Path) -> None:
    (folder / "content/posts/poor.md").write_text(FRONT.format("Poor") + "Here is a sentence.\n")
    assert check(folder, "--write-baseline").exit_code == 0
    assert repeated(folder) == ["content/posts/other.md"]


def test_another_day_changes_nothing(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    (folder / "content/posts/poor.md").write_text(FRONT.format("Poor") + "Here is a sentence.\n")
    check(folder, *WORDS, "--now", "2026-02-01")
    assert (folder / NAME).read_bytes() == before
    assert "1 finding fewer to mend" in check(folder, *WORDS).output
    assert repeated(folder) == ["content/posts/other.md"]


def answers(monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    """Let every address that is asked have an answer."""
    monkeypatch.setattr(outward, "ask_all", lambda todo, *_: {each: Answer(state, heard=True) for each in todo})


def linked(folder: Path) -> None:
    text = FRONT.format("Poor") + POOR + "See [there](https://gone.example/) and [here](https://here.example/).\n"
    (folder / "content/posts/poor.md").write_text(text)


def test_dead_link_stays_known_until_all_are_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked(folder)
    know(folder, DEAD)
    check(folder)
    answers(monkeypatch, "alive")
    # Some addresses only are asked.
    check(folder, "--external", str(folder / "content/posts/other.md"))
    check(folder, "--external")
    assert DEAD in load_baseline(folder / NAME).counts
    check(folder, "--write-baseline")
    assert DEAD in load_baseline(folder / NAME).counts
    check(folder, "--write-baseline", "--external")
    assert DEAD not in load_baseline(folder / NAME).counts


def test_nobody_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked(folder)
    know(folder, DEAD)
    silent = Answer("unknown", "nothing came")
    monkeypatch.setattr(outward, "ask_all", lambda addresses, *_: dict.fromkeys(addresses, silent))
    monkeypatch.setattr(outward, "is_cut_off", lambda *_: True)
    assert "no site has answered" in check(folder, "--external").output
    check(folder, "--external", "--write-baseline")
    known = load_baseline(folder / NAME).counts
    assert [each for each in known if each[1] == "LK002"] == [DEAD]


@pytest.mark.parametrize("name", ["content/posts/poor.md", "blogq.yaml", "other.json", "folder"])
def test_nothing_but_a_baseline_is_written_over(folder: Path, name: str) -> None:
    (folder / "other.json").write_text('{"name": "mine"}')
    (folder / "folder").mkdir()
    (folder / "folder/a").write_text("a")
    file = folder / name
    before = file.read_bytes() if file.is_file() else b""
    done = check(folder, "--baseline", str(file), "--write-baseline")
    assert done.exit_code == 2
    assert name in done.output
    assert not file.is_file() or file.read_bytes() == before
    if file.is_file():
        assert "is there already and is no baseline; nothing is written over it" in done.output
        (folder / "blogq.yaml").write_text(f"title: Known\ncheck: {{baseline: {name}}}\n")
        told = check(folder, "--write-baseline").output
        assert f"`check.baseline`: {file} is there already" in told


@pytest.mark.parametrize(
    "text",
    [
        '{\n "schema": "blogq-baseline/1",\n<<<<<<< a\n "findings": {}\n=======\n "findings": 1\n>>>>>>> b\n}',
        '{"schema": "blogq-baseline/9", "findings": {}}',
        '{"findings": {}, "schema": "blogq-baseline/1"}',
        "",
    ],
    ids=["conflict", "schema", "sorted", "empty"],
)
def test_damaged_baseline_is_made_anew_as_its_message_says(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text)
    assert check(folder, "--write-baseline").exit_code == 0
    assert repeated(folder) == BOTH


def test_baseline_that_is_named_has_to_be_there(folder: Path) -> None:
    """Whatever it is called; only that which nobody names may be missing."""
    gone = folder / "nowhere" / NAME
    done = check(folder, "--baseline", str(gone))
    assert done.exit_code == 2
    assert f"--baseline: {gone} can't be read" in done.output
    (folder / NAME).unlink()
    assert check(folder, *WORDS).exit_code == 0
    with (folder / "blogq.yaml").open("a") as file:
        file.write(f"check: {{baseline: {NAME}}}\n")
    named = check(folder, *WORDS)
    assert named.exit_code == 2
    assert f"`check.baseline`: {folder / NAME} can't be read" in named.output
    assert check(folder, *WORDS, "--write-baseline").exit_code == 0
    assert check(folder, *WORDS).exit_code == 0
