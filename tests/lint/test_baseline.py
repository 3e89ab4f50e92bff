"""What is known isn't told again: the baseline, as a writer uses it and as a property of findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from blogq.cli import cli
from blogq.finding import Finding, Span
from blogq.lint.baseline import Baseline, baseline_of, load_baseline, save_baseline, sort_by

LONG = "This is a sentence that goes on and " + "then on and " * 12 + "then ends. "
SHORT = "Here is a sentence. It is short enough. "
FRONT = "---\ntitle: {}\ndate: 2026-01-01\n---\n"
WORDS = ("--select", "RD003,MD001,SY003", "--fail-on", "note")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blog with two poor posts and a good one."""
    found = tmp_path / "s"
    (found / "content/posts").mkdir(parents=True)
    (found / "blogq.yaml").write_text("title: Known\nbase_url: https://example.org/\n")
    write(found, "poor", LONG * 10)
    write(found, "twice", SHORT * 10 + "It is the the one and the the other.\n\nSo is the the third.")
    write(found, "good", SHORT * 10)
    return found


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"content/posts/{name}.md").write_text(FRONT.format(name.title()) + text + "\n")


def check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-01", *arguments])


def check_today(folder: Path, *arguments: str) -> Result:
    """Run the check for the present: only that lets a baseline shrink."""
    return CliRunner().invoke(cli, ["check", "--site", str(folder), *arguments])


def known(folder: Path) -> list[tuple[str, str]]:
    return sorted(
        (path.rpartition("/")[2], code) for path, code, _ in load_baseline(folder / "blogq-baseline.json").counts
    )


def test_what_is_written_down_is_not_told_again(folder: Path) -> None:
    assert check(folder, *WORDS).exit_code == 1
    written = check(folder, *WORDS, "--write-baseline")
    assert written.exit_code == 0
    assert "blogq-baseline.json: 4 findings in 2 files known from now on." in written.output
    after = check(folder, *WORDS)
    assert after.exit_code == 0
    assert "nothing found; 3 posts judged; 4 known" in after.output
    assert check(folder, *WORDS, "--no-baseline").exit_code == 1


def test_edits_elsewhere_in_a_post_change_nothing(folder: Path) -> None:
    check(folder, *WORDS, "--write-baseline")
    before = (folder / "blogq-baseline.json").read_bytes()
    write(
        folder,
        "twice",
        "A new paragraph.\n\n" + SHORT * 12 + "It is the the one and the the other.\n\nSo is the the third.",
    )
    assert check_today(folder, *WORDS).exit_code == 0
    assert (folder / "blogq-baseline.json").read_bytes() == before


def test_it_shrinks_by_itself_and_never_grows(folder: Path) -> None:
    check(folder, *WORDS, "--write-baseline")
    write(folder, "poor", SHORT * 10)
    mended = check_today(folder, *WORDS)
    assert "1 finding fewer to mend, 3 left." in mended.output
    assert known(folder) == [("twice.md", "SY003")] * 3
    write(folder, "poor", LONG * 10)
    assert check_today(folder, *WORDS).exit_code == 1
    assert known(folder) == [("twice.md", "SY003")] * 3


def test_one_more_of_the_same_is_new(folder: Path) -> None:
    write(folder, "twice", SHORT * 10 + "\n\nSo is the the third.")
    check(folder, *WORDS, "--write-baseline")
    write(folder, "twice", SHORT * 10 + "\n\nSo is the the third.\n\nSo is the the third.")
    again = check(folder, *WORDS)
    assert again.exit_code == 1
    assert "1 note" in again.output or "1 warning" in again.output


def test_a_renamed_post_takes_its_findings_along(folder: Path) -> None:
    check(folder, *WORDS, "--write-baseline")
    (folder / "content/posts/poor.md").rename(folder / "content/posts/renamed.md")
    assert check_today(folder, *WORDS).exit_code == 0
    assert ("renamed.md", "RD003") in known(folder)
    assert ("poor.md", "RD003") not in known(folder)


def test_rules_that_are_not_asked_and_posts_that_are_not_named_keep_theirs(folder: Path) -> None:
    check(folder, *WORDS, "--write-baseline")
    before = known(folder)
    check_today(folder, "--select", "RD003")
    check_today(folder, *WORDS, str(folder / "content/posts/good.md"))
    assert known(folder) == before
    check(folder, "--select", "SY003", "--write-baseline")
    assert known(folder) == before


def test_another_file_named_on_the_command_line_or_by_config(folder: Path) -> None:
    other = folder / "known/old.json"
    other.parent.mkdir()
    check(folder, *WORDS, "--baseline", str(other), "--write-baseline")
    assert not (folder / "blogq-baseline.json").exists()
    assert check(folder, *WORDS).exit_code == 1
    assert check(folder, *WORDS, "--baseline", str(other)).exit_code == 0
    with (folder / "blogq.yaml").open("a") as file:
        file.write("check:\n  baseline: known/old.json\n")
    assert check(folder, *WORDS).exit_code == 0


def test_a_picture_without_text_is_a_warning_once_there_is_a_baseline(folder: Path) -> None:
    write(folder, "old", SHORT * 10 + "\n\n![](/old.png)")
    (folder / "static").mkdir()
    (folder / "static/old.png").write_bytes(b"")
    assert "note MD001" in check(folder, "--select", "MD001").output
    check(folder, "--select", "MD001", "--write-baseline")
    write(folder, "new", SHORT * 10 + "\n\n![](/old.png)")
    told = check(folder, "--select", "MD001").output
    assert "warning MD001" in told
    assert "old.md:" not in told


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (None, "can't be read: No such file or directory; `blogq check --write-baseline` makes one"),
        ("{", "is damaged"),
        ("[]", "is no baseline; name a file that `blogq check --write-baseline` has made"),
        ('{"schema": "blogq-baseline/9", "findings": {}}', "use the blogq that wrote it, or make it anew"),
        ('{"schema": "blogq-baseline/1"}', "it has no findings by path and code; take it from Git, or make it anew"),
        ('{"schema": "blogq-baseline/1", "findings": {"a": {"RD003": {"x": true}}}}', "True is no count; take it"),
        ('{"schema": "blogq-baseline/1", "findings": {"a": []}}', "is damaged"),
        ("[" * 100_000, "is damaged"),
    ],
)
def test_a_bad_baseline_names_itself(folder: Path, text: str | None, wanted: str) -> None:
    file = folder / "bad.json"
    if text is not None:
        file.write_text(text)
    done = check(folder, "--baseline", str(file))
    assert done.exit_code == 2
    assert str(file) in done.output
    assert wanted in done.output


def test_a_baseline_is_for_the_whole_site(folder: Path) -> None:
    done = check(folder, "--write-baseline", str(folder / "content/posts/good.md"))
    assert done.exit_code == 2
    assert "--write-baseline takes the whole site" in done.output


FINDINGS = st.lists(
    st.builds(
        lambda path, code, about, line: Finding(code, "note", Span(path, line), "message", about=about),
        st.sampled_from("abc"),
        st.sampled_from(["RD003", "SY003", "CD002"]),
        st.sampled_from(["one", "two"]),
        st.integers(1, 99),
    ),
    max_size=12,
)
WHOLE = frozenset({"CD002"})
EVERY = frozenset({"RD003", "SY003", "CD002"})


@given(FINDINGS, st.randoms())
def test_what_is_left_is_what_still_holds(findings: list[Finding], random: object) -> None:
    """Of the known findings any part may be mended, lines may move: nothing is new, and that part is gone."""
    still = [f._replace(span=f.span._replace(line=f.span.line + 3)) for at, f in enumerate(findings) if at % 2]
    by = sort_by(baseline_of(findings, WHOLE), still, frozenset("abc"), EVERY, WHOLE)
    assert by.new == []
    assert by.known == still
    assert by.left.counts == baseline_of(still, WHOLE).counts


@given(FINDINGS, FINDINGS)
def test_it_never_knows_more_than_was_written(written: list[Finding], found: list[Finding]) -> None:
    by = sort_by(baseline_of(written, WHOLE), found, frozenset("abc"), EVERY, WHOLE)
    assert sorted([*by.new, *by.known]) == sorted(found)
    assert sum(by.left.counts.values()) == len(by.known)
    for known, count in by.left.counts.items():
        assert count <= baseline_of(written, WHOLE).counts[known]


def test_a_finding_about_the_blog_is_known_until_it_clears() -> None:
    at_old, at_new = (Finding("CD002", "warning", Span(path), "m", about="outpaced") for path in "ab")
    paths = frozenset("ab")
    first = sort_by(baseline_of([at_old], WHOLE), [at_new], paths, EVERY, WHOLE)
    assert first.new == []
    cleared = sort_by(first.left, [], paths, EVERY, WHOLE)
    assert sort_by(cleared.left, [at_new], paths, EVERY, WHOLE).new == [at_new]


@given(FINDINGS)
def test_it_comes_back_from_the_file_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding]
) -> None:
    file = tmp_path_factory.mktemp("b") / "baseline.json"
    baseline = baseline_of(findings, WHOLE)
    save_baseline(file, baseline)
    assert load_baseline(file) == Baseline(dict(baseline.counts))
    assert json.loads(file.read_text())["schema"] == "blogq-baseline/1"


def test_rules_silenced_for_a_path(folder: Path) -> None:
    config = (folder / "blogq.yaml").read_text()
    entry = "check:\n  silence:\n    - {path: %s, rules: %s, because: %s}\n"
    (folder / "blogq.yaml").write_text(config + entry % ("posts/poor.md", "RD", "it is a law"))
    done = check(folder, *WORDS, "--ignore", "SY")
    assert (done.exit_code, "1 silenced" in done.output) == (0, True)
    (folder / "blogq.yaml").write_text(config + entry % ("posts", "[RD003, SY003]", "they are old"))
    assert check(folder, *WORDS).exit_code == 0
    (folder / "blogq.yaml").write_text(config + entry % ("pages", "RD003", "they are old"))
    unused = check(folder, *WORDS, "--select", "SU")
    assert "there is no RD003 to be silenced in pages" in unused.output
    (folder / "blogq.yaml").write_text(config + entry % ("posts", "RD003", "they are old, until: 2026-02-01"))
    assert "ended on 2026-02-01" in check(folder, *WORDS, "--select", "SU").output


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("{rules: RD003, because: x}", "entry 1, names no path"),
        ("{path: posts, because: x}", "entry 1, names no rules"),
        ("{path: posts, rules: RD003}", "entry 1, gives no reason"),
        ("{path: posts, rules: RD9, because: x}", "names a rule that there isn't: 'RD9'"),
        ("{path: posts, rules: RD003, because: x, until: soon}", "no day: 'soon'"),
    ],
)
def test_silence_needs_a_path_rules_and_a_reason(folder: Path, entry: str, wanted: str) -> None:
    with (folder / "blogq.yaml").open("a") as file:
        file.write(f"check:\n  silence:\n    - {entry}\n")
    done = check(folder)
    assert done.exit_code == 2
    assert wanted in done.output
    assert "blogq.yaml:3:" in done.output or "blogq.yaml:4:" in done.output
