"""The gate as its users meet it: real sites, the command line, what it remembers, what it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import blogq.judging
from blogq.cli import cli
from blogq.gate import Ask, run_gate
from blogq.lint.verdict import Verdict

NOW = 1_790_000_000
LONG = "This is a sentence that goes on and " + "then on and " * 12 + "then ends. "
SHORT = "Here is a sentence. It is short enough. "
WORDS = "--select", "RD003"


def site(folder: Path, **posts: str) -> Path:
    (folder / "content/posts").mkdir(parents=True)
    for at, (name, text) in enumerate(posts.items(), 1):
        front = f"---\ntitle: {name.title()}\ndate: 2026-01-{at:02}\n"
        body = text if text.startswith("---") else f"{front}---\n{text}\n"
        (folder / f"content/posts/{name}.md").write_text(body)
    (folder / "blogq.yaml").write_text("title: Judged\nbase_url: https://example.org/\n")
    return folder


def told(verdict: Verdict) -> list[str]:
    return [f"{f.span.path}:{f.span.line}:{f.span.column} {f.code} {f.severity}" for f in verdict.findings]


def judge(folder: Path, only: frozenset[str] | None = None) -> Verdict:
    return run_gate(Ask(folder, NOW, ("RD003", "SU"), only=only, jobs=1))


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-01", *arguments])


def test_a_poor_post_and_a_good_one(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10, good=SHORT * 10)
    assert told(judge(folder)) == ["content/posts/poor.md:5:1 RD003 warning"]
    assert run(folder, *WORDS).exit_code == 0
    failed = run(folder, *WORDS, "--fail-on", "warning")
    assert failed.exit_code == 1
    assert "content/posts/poor.md:5:1: warning RD003: 10 of 10 sentences" in failed.output


def test_what_is_remembered_is_what_would_be_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10, good=SHORT * 10)
    first = judge(folder)
    with monkeypatch.context() as patch:
        patch.setattr(blogq.judging, "_work", lambda *_: pytest.fail("judged again"))
        assert judge(folder) == first
    (folder / "content/posts/poor.md").write_text("---\ntitle: Poor\ndate: 2026-01-01\n---\n" + SHORT * 10)
    assert told(judge(folder)) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_memory_is_dropped(tmp_path: Path, damage: bytes) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10)
    first = judge(folder)
    (folder / ".blogq/gate").write_bytes(damage)
    assert judge(folder) == first


def test_any_damage_to_a_memory_is_found(tmp_path: Path) -> None:
    """One bit of a kept judgement, wherever it stands, and the post is judged again."""
    folder = site(tmp_path / "s", poor=LONG * 10, good=SHORT * 10)
    first = judge(folder)
    memory = folder / ".blogq/gate"
    kept = memory.read_bytes()
    for at in range(0, len(kept), max(1, len(kept) // 40)):
        memory.write_bytes(kept[:at] + bytes([kept[at] ^ 4]) + kept[at + 1 :])
        assert judge(folder) == first
        memory.write_bytes(kept[:at])
        assert judge(folder) == first


def test_the_memory_does_not_grow_for_ever(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10)
    for number in range(60):
        (folder / "content/posts/poor.md").write_text(f"---\ntitle: Poor\ndate: 2026-01-01\n---\n{LONG * 10}{number}\n")
        judge(folder)
    assert (folder / ".blogq/gate").stat().st_size < 80_000


def test_what_a_folder_says_counts_for_its_posts(tmp_path: Path) -> None:
    """Front matter that a post takes over is judged as its own, and a new one is judged at once."""
    folder = site(tmp_path / "s", poor=LONG * 10)
    ignored = "gate: {ignore: [{rules: RD003, because: it is quoted}, {rules: RD004, because: so is this}]}"
    (folder / "content/posts/_index.md").write_text(f"---\ncascade:\n  {ignored}\n---\n")
    verdict = judge(folder)
    assert (told(verdict), verdict.suppressed) == ([], 1)
    (folder / "content/posts/_index.md").write_text("---\ntitle: Posts\n---\n")
    assert told(judge(folder)) == ["content/posts/poor.md:5:1 RD003 warning"]


def test_options_of_rules_count_at_once(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10)
    judge(folder)
    config = (folder / "blogq.yaml").read_text()
    (folder / "blogq.yaml").write_text(config + "check:\n  rules:\n    RD003: {severity: error}\n")
    assert told(judge(folder)) == ["content/posts/poor.md:5:1 RD003 error"]
    (folder / "blogq.yaml").write_text(config + "check:\n  rules:\n    RD003: {words: 200}\n")
    assert told(judge(folder)) == []
    (folder / "blogq.yaml").write_text(config + "check:\n  ignore: [RD]\n")
    assert run_gate(Ask(folder, NOW)).unread == 0
    assert not [f for f in run_gate(Ask(folder, NOW)).findings if f.code == "RD003"]


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ("RD033: {share: 0.1}", "there is no rule 'RD033'; did you mean RD003?"),
        ("RD003: {shaer: 0.1}", "`check.rules.RD003.shaer` means nothing; did you mean share?"),
        ("RD003: {share: much}", "`check.rules.RD003.share`: 'much' is not what it has to be"),
        ("RD003: {severity: bad}", "`check.rules.RD003.severity`: 'bad' is no severity"),
        ("RD003: 1", "`check.rules.RD003` has to be a mapping of options"),
    ],
)
def test_options_that_mean_nothing_are_refused(tmp_path: Path, rules: str, wanted: str) -> None:
    folder = site(tmp_path / "s", good=SHORT)
    with (folder / "blogq.yaml").open("a") as file:
        file.write(f"check:\n  rules:\n    {rules}\n")
    done = run(folder)
    assert done.exit_code == 2
    assert wanted in done.output


def test_a_post_that_cannot_be_read_is_told_with_all_the_rest(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10, broken="---\ntitle: [\n---\nText\n")
    done = run(folder, *WORDS, "--fail-on", "never")
    assert done.exit_code == 2
    assert "RD003" in done.output
    assert "content/posts/broken.md:" in done.output
    assert "1 source could not be read" in done.output


def test_drafts_are_judged_and_fail_only_when_they_are_named(tmp_path: Path) -> None:
    draft = f"---\ntitle: D\ndate: 2026-02-01\ndraft: true\n---\n{LONG * 10}\n"
    folder = site(tmp_path / "s", good=SHORT * 10, draft=draft)
    assert run(folder, *WORDS, "--fail-on", "warning").exit_code == 0
    assert run(folder, *WORDS, "--fail-on", "warning", str(folder / "content/posts/draft.md")).exit_code == 1
    found = json.loads(run(folder, *WORDS, "--format", "json").output)
    assert [post["path"] for post in found["posts"] if post["draft"]] == ["content/posts/draft.md"]


def test_reports_go_where_they_are_sent(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=LONG * 10)
    out = tmp_path / "found.sarif"
    done = run(folder, *WORDS, "--format", "sarif", "--output", str(out), "--format", "text")
    assert "RD003" in done.output
    assert json.loads(out.read_text())["version"] == "2.1.0"
    refused = run(folder, "--format", "json", "--output", str(tmp_path / "no/where.json"))
    assert refused.exit_code == 2 and "can't be written" in refused.output


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["nowhere.md"], "'nowhere.md' isn't there, or not in the site"),
        (["--select", "ZZ1"], "there is no rule 'ZZ1'"),
        (["--ignore", "RD003,QQ"], "there is no rule 'QQ'"),
        (["--output", "a", "--output", "b"], "more --output than --format"),
        (["--changed"], "this is no Git repository"),
        (["blogq.yaml"], "'blogq.yaml' is no post or page of this site"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], wanted: str) -> None:
    done = run(site(tmp_path / "s", good=SHORT), *arguments)
    assert done.exit_code == 2
    assert wanted in done.output


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_a_change_touches_is_judged(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", old=LONG * 10, touched=SHORT * 10)
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "one")
    git(folder, "checkout", "-b", "change")
    (folder / "content/posts/new.md").write_text(f"---\ntitle: N\ndate: 2026-03-01\n---\n{LONG * 10}\n")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "two")
    (folder / "content/posts/untracked.md").write_text(f"---\ntitle: U\ndate: 2026-03-02\n---\n{LONG * 10}\n")
    found = json.loads(run(folder, *WORDS, "--changed", "--format", "json").output)["findings"]
    assert [each["path"] for each in found] == ["content/posts/new.md", "content/posts/untracked.md"]
    assert "there is no commit or branch 'nope'" in run(folder, "--changed=nope").output


def test_a_shallow_clone_is_an_error_with_its_cure(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", old=SHORT)
    git(folder, "init")
    for text in ("one", "two"):
        (folder / "content/about.md").write_text(f"# {text}\n")
        git(folder, "add", ".")
        git(folder, "commit", "-m", text)
    git(tmp_path, "clone", "--depth", "1", folder.as_uri(), "shallow")
    done = run(tmp_path / "shallow", "--changed=HEAD")
    assert done.exit_code == 2
    assert "git fetch --unshallow" in done.output and "fetch-depth: 0" in done.output


COMMENT = "<!-- blogq: ignore RD003{} because it is quoted -->\n\n"


@pytest.mark.parametrize(
    ("until", "found", "suppressed"),
    [
        ("", [], 1),
        (" until 2030-01-01", [], 1),
        (" until 2020-01-01", ["SU001 note", "RD003 warning"], 0),
    ],
)
def test_a_finding_is_silenced_with_a_reason(tmp_path: Path, until: str, found: list[str], suppressed: int) -> None:
    folder = site(tmp_path / "s", poor=COMMENT.format(until) + LONG * 10)
    verdict = judge(folder)
    assert [each.partition(" ")[2] for each in told(verdict)] == found
    assert verdict.suppressed == suppressed


def test_a_comment_counts_for_the_next_block_alone(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=COMMENT.format("") + SHORT + "\n\n" + LONG * 10)
    assert [each.partition(" ")[2] for each in told(judge(folder))] == ["SU001 note", "RD003 warning"]


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("<!-- blogq: ignore RD003 -->", "it gives no rule or no reason"),
        ("<!-- blogq: ignore RD999 because of that -->", "there is no rule RD999"),
        ("<!-- blogq: ignore RD003 until soon because of that -->", "soon is no day"),
    ],
)
def test_what_silences_nothing_is_a_finding(tmp_path: Path, comment: str, why: str) -> None:
    folder = site(tmp_path / "s", poor=f"{comment}\n\n{LONG * 10}")
    (wrong,) = [f for f in judge(folder).findings if f.code == "SU001"]
    assert why in wrong.message


def test_front_matter_silences_the_whole_post(tmp_path: Path) -> None:
    front = "---\ntitle: P\ndate: 2026-01-01\ngate:\n  ignore:\n    - {rules: RD003, because: a law is quoted}\n---\n"
    verdict = judge(site(tmp_path / "s", poor=front + LONG * 10))
    assert told(verdict) == [] and verdict.suppressed == 1


def test_readers_never_see_what_is_said_to_the_gate(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", poor=COMMENT.format("") + LONG)
    CliRunner().invoke(cli, ["build", "--site", str(folder)])
    page = (folder / "_site/posts/poor/index.html").read_text()
    assert "goes on" in page and "blogq: ignore" not in page


def test_a_folder_that_silences_has_misspelt_nothing(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", good=SHORT * 10)
    ignored = "gate: {ignore: [{rules: RD003, because: it is quoted}]}"
    (folder / "content/posts/_index.md").write_text(f"---\ncascade:\n  {ignored}\n---\n")
    assert told(run_gate(Ask(folder, NOW, ("FM007",), jobs=1))) == []


def test_an_audience_that_nobody_knows_is_told(tmp_path: Path) -> None:
    """By `check` as FM007, which can be left out; by `explain` too, but not where the key is the theme's own."""
    folder = site(
        tmp_path / "s",
        wrong=f"---\ntitle: Wrong\ndate: 2026-01-01\naudience: childs\nmenus: 3\n---\n{SHORT * 20}",
        own=f"---\ntitle: Own\ndate: 2026-01-02\nextra:\n  audience: childs\n---\n{SHORT * 20}",
        right=f"---\ntitle: Right\ndate: 2026-01-03\naudience: expert\nweight: heavy\n---\n{SHORT * 20}",
    )
    (only,) = run_gate(Ask(folder, NOW, ("FM007",), jobs=1)).findings
    assert (only.code, only.severity, only.span[:2]) == ("FM007", "note", ("content/posts/wrong.md", 4))
    assert '"childs" is no audience that the gate knows' in only.message
    assert told(run_gate(Ask(folder, NOW, ("RD003",), jobs=1))) == []
    texts = {
        name: CliRunner().invoke(cli, ["explain", f"content/posts/{name}.md", "--site", str(folder)]).output
        for name in ("wrong", "own", "right")
    }
    assert '"childs" is no audience that the gate knows, so it is ignored. Write general, ' in texts["wrong"]
    assert "childs" not in texts["own"] and "no audience" not in texts["right"]


def test_whoever_makes_the_store_hides_it_from_git(tmp_path: Path) -> None:
    for command in (["check"], ["list"], ["report", "--output", "-"], ["explain", "content/posts/good.md"]):
        folder = site(tmp_path / command[0], good=SHORT * 10)
        done = CliRunner().invoke(cli, [*command, "--site", str(folder)])
        assert done.exit_code == 0, done.output
        assert (folder / ".blogq/.gitignore").read_text() == "*\n"
