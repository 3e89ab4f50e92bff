"""HS001 beyond its cases: places, fingerprints, limits, what the gate remembers, how it is shown, how long it takes."""

from __future__ import annotations

import json
import re
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from subject import subject_of

import blogq.judging
from blogq.cli import cli
from blogq.config.load import load_config
from blogq.config.rarities import StyleEntry
from blogq.finding import Finding
from blogq.gate import Ask, run_gate
from blogq.lint.rules.house.house_style import RULE
from blogq.lint.rules.house.phrases import Phrases, phrases_of
from blogq.lint.rules.house.quotations import quotations

HEAD = "---\ntitle: A plain title\ndate: 2024-05-01\n---\n"
NOW = 1_790_000_000
ROOT = Path(__file__).parent.parent.parent


def found(text: str, *entries: dict[str, Any], **options: Any) -> list[Finding]:
    post = subject_of(HEAD + text)
    return list(RULE.check(post, {**RULE.options, "entries": entries, **options}))


def hints(text: str, *entries: dict[str, Any]) -> list[str]:
    return [each.hint for each in found(text, *entries)]


def spots(text: str, *wanted: str, case: bool = False) -> list[str]:
    phrases = Phrases(phrase for at, each in enumerate(wanted) for phrase in phrases_of(each, at, case, None))
    return [text[start:end] for start, end, _ in phrases.spots(text)]


@pytest.mark.parametrize(
    ("text", "wanted", "there"),
    [
        ("l'utilisation, l’Utilisation", ["utilisation"], ["utilisation", "Utilisation"]),
        ("naïve, nai\u0308ve, NAÏVE", ["nai\u0308ve"], ["naïve", "nai\u0308ve", "NAÏVE"]),
        ("nai\u0308ve", ["naïve"], ["nai\u0308ve"]),
        ("ΟΔΟΣ οδός", ["οδοσ"], ["ΟΔΟΣ"]),
        ("İstanbul istanbul", ["istanbul"], ["istanbul"]),
        ("straße Straße strasse", ["STRAßE"], ["straße", "Straße"]),
        ("in  order\u00a0to", ["in order to"], ["in  order\u00a0to"]),
        ("don’t, don't, dont", ["don't"], ["don’t", "don't"]),
        ("e‑mail e-mail email", ["e-mail"], ["e‑mail", "e-mail"]),
        ("snake_case case", ["case"], ["case"]),
        ("log in to, log in", ["log in", "log in to"], ["log in to", "log in", "log in"]),
        ("हिन्दी हिन्द", ["हिन्द"], ["हिन्द"]),
        ("日本語を書く", ["日本語"], ["日本語"]),
        ("it's, t-shirt s", ["s", "t"], ["t", "s"]),
        ("a/b and/or", ["and/or", "a/b"], ["a/b", "and/or"]),
        ("etc. etc.x", ["etc."], ["etc."]),
        ("", ["a"], []),
    ],
)
def test_whole_words_in_any_alphabet(text: str, wanted: list[str], there: list[str]) -> None:
    assert spots(text, *wanted) == there


def test_capitals_count_where_they_are_to() -> None:
    assert spots("US us Us in  Order to", "US", "in Order to", case=True) == ["US", "in  Order to"]


def test_of_one_entry_the_longest_counts() -> None:
    assert [each.message for each in found("We log in to it.", {"words": ["log in", "log in to"]})] == [
        "“log in to” is not house style"
    ]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a “b” c", ["b"]),
        ('He has 5" and "b" of 6" c', ["b"]),
        ("« b » c »d« e", [" b ", "d"]),
        ("„b“ c „d” ”e”", ["b", "d", "e"]),
        ("‘it’s b’ c", ["it’s b"]),
        ("a “b, and never closed", []),
        ("a “b “c” d", ["c"]),
        ("我说「好」了", ["好"]),
        ("don’t won’t", []),
        ('"', []),
        ('"a "b"', ["b"]),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == inside


def test_replacements() -> None:
    swap = {"swap": {"utilize": "use", "very": "", "Github": "GitHub"}}
    text = "Utilize it, utilize it very much. Utilize Github."
    assert hints(text, swap) == [
        "write “Use” instead",
        "write “use” instead",
        "leave it out",
        "write “Use” instead",
        "write “GitHub” instead",
    ]
    assert hints("It ran 5km.", {"pattern": r"(\d+)(km)", "replacement": r"\1\\\2 \1"}) == [r"write “5\km 5” instead"]
    assert hints("It ran.", {"words": "ran", "message": "no"}) == ["say it in other words"]


def test_messages() -> None:
    assert [each.message for each in found("It ran.", {"words": "ran", "message": "who ran?"})] == ["who ran?"]
    assert [each.message for each in found("It ran.", {"words": "it", "message": "who?"})] == ["“It”: who?"]
    (long,) = found(f"It {'x' * 500}.", {"pattern": "x+"})
    assert len(long.message) < 100


def test_fingerprints_tell_places_apart_and_stay_when_lines_shift() -> None:
    entry = {"words": ["synergy", "leverage"]}
    text = "Some synergy here.\n\nMore of synergy there, and leverage.\n"
    known = [each.fingerprint for each in found(text, entry)]
    assert len(set(known)) == 3
    assert [each.fingerprint for each in found(f"A paragraph.\n\n\n\n{text}", entry)] == known
    assert [each.fingerprint for each in found(text, {"words": ["synergy", "leverage", "grow"]})] == known
    assert [each.fingerprint for each in found(text, {**entry, "name": "jargon"})] != known


def test_places_behind_markup() -> None:
    """Markup within and before a word moves nothing."""
    post = HEAD + "See **bold** [a **utilize**](x), uti*lize* &amp; utilize.\n"
    at = [(each.span.column, each.span.end_column) for each in found(post.removeprefix(HEAD), {"words": "utilize"})]
    line = post.split("\n")[4]
    assert [line[start - 1 : end - 1] for start, end in at] == ["utilize", "uti*lize", "utilize"]


def test_many_findings_are_counted_and_not_all_told() -> None:
    told = found("ah " * 500, {"words": "ah"})
    assert len(told) == 101
    assert told[-1].message == "and 400 more of “ah” from here on"
    told = found("ah " * 5_000, {"words": "ah"}, {"pattern": "a"})
    assert len(told) == 202
    assert [told[100].message, told[201].message] == [
        "and over 900 more of “ah” from here on",
        "and over 900 more of “a” from here on",
    ]


def site(folder: Path, style: str) -> Path:
    (folder / "content/posts").mkdir(parents=True)
    text = f"{HEAD}We utilize synergy, and synergy utilizes us.\n"
    (folder / "content/posts/a.md").write_text(text)
    configure(folder, style)
    return folder


def configure(folder: Path, style: str) -> None:
    (folder / "blogq.yaml").write_text(f"title: Judged\nbase_url: https://example.org/\n{style}\n")


def judge(folder: Path) -> list[str]:
    verdict = run_gate(Ask(folder, NOW, ("HS",), jobs=1))
    return [f"{f.span.line}:{f.span.column} {f.code} {f.severity} {f.message}" for f in verdict.findings]


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--site", str(folder), "--now", "2026-09-01", "--select=HS", *arguments])


def test_what_is_remembered_depends_on_the_house_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "s", "style: utilize")
    first = judge(folder)
    assert first == ["5:4 HS001 warning “utilize” is not house style"]
    with monkeypatch.context() as patch:
        patch.setattr(blogq.judging, "_work", lambda *_: pytest.fail("judged again"))
        assert judge(folder) == first
    configure(folder, "style: [{words: synergy, severity: error, at_most: 1}]")
    assert judge(folder) == ["5:25 HS001 error “synergy” stands in this post 2 times; house style has it at most once"]
    configure(folder, "style: [{words: synergy, severity: error}]\ncheck: {rules: {HS001: {severity: note}}}")
    assert [each.split()[2] for each in judge(folder)] == ["note", "note"]
    configure(folder, "")
    assert judge(folder) == []


def test_severities_decide_whether_the_gate_fails(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", "style: [{words: utilize, severity: error}]")
    failed = run(folder)
    assert failed.exit_code == 1
    assert "error HS001: “utilize” is not house style" in failed.output
    configure(folder, "style: {swap: {utilize: use}}")
    passed = run(folder)
    assert passed.exit_code == 0
    assert "write “use” instead" in passed.output


def test_it_can_be_silenced(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", "style: utilize")
    text = "<!-- blogq: ignore HS001 because the law says so -->\n\nWe utilize.\n\nWe utilize.\n"
    (folder / "content/posts/a.md").write_text(HEAD + text)
    assert [each.partition(" ")[0] for each in judge(folder)] == ["9:4"]


def test_formats_have_a_fingerprint_for_each(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", "style: ah")
    (folder / "content/posts/a.md").write_text(HEAD + "Ah. Ah. Ah. Ah. Ah. Ah. Ah.\n")
    report = json.loads(run(folder, "--format", "gitlab").output)
    assert len({each["fingerprint"] for each in report}) == 7


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("style: [{pattern: '(a'}]", "opened and never closed"),
        (r"style: [{name: long, pattern: '\w{100}'}]", "`style.pattern` of “long”: “\\w{100}” is too large"),
        ("check: {rules: {HS001: {entries: []}}}", "`check.rules.HS001.entries` means nothing"),
    ],
)
def test_what_cannot_be_judged_by_is_an_error(tmp_path: Path, config: str, says: str) -> None:
    folder = site(tmp_path / "s", config)
    done = run(folder)
    assert done.exit_code == 2
    assert says in done.output
    assert done.output.count("CF103") == 1


def test_two_processes_find_what_one_does(tmp_path: Path) -> None:
    folder = site(tmp_path / "s", r"style: [{swap: {utilize: use}}, {pattern: '\bsyn\w+'}]")
    for number in range(40):
        (folder / f"content/posts/{number}.md").write_text(f"{HEAD}We utilize synergy {number}.\n")
    one = run_gate(Ask(folder, NOW, ("HS",), jobs=1)).findings
    (folder / ".blogq/gate").unlink()
    assert run_gate(Ask(folder, NOW, ("HS",), jobs=2)).findings == one
    assert len(one) == 83


EXAMPLES = re.findall(r"^```yaml\n(style:.*?)^```$", (ROOT / "docs/house-style.md").read_text("utf-8"), re.M | re.S)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_manual_are_right(tmp_path: Path, example: str) -> None:
    (tmp_path / "blogq.yaml").write_text(example, encoding="utf-8")
    loaded = load_config(tmp_path)
    assert loaded.findings == ()
    assert len(loaded.config.style) >= 3


def test_the_manual_names_every_option() -> None:
    manual = (ROOT / "docs/house-style.md").read_text("utf-8")
    assert [each.name for each in fields(StyleEntry) if f"| `{each.name}` |" not in manual] == []
    assert len(EXAMPLES) == 2


def test_many_words_cost_next_to_nothing() -> None:
    """A generous bound: it takes some 0.3 ms where nothing else runs."""
    words = [f"{first}{second}ation" for first in "bcdfghjklmnpqrst" for second in "aeiouaeiouaeiou"][:200]
    entries = tuple({"words": [each]} for each in words)
    post = subject_of(HEAD + "It isn’t long, and it has “commas”; nothing in it is wrong at all.\n\n" * 60)
    options = {**RULE.options, "entries": entries}
    assert list(RULE.check(post, options)) == []
    best = min(_timed(post, options) for _ in range(5))
    assert best < 0.02


def _timed(post: Any, options: dict[str, Any]) -> float:
    started = time.process_time()
    list(RULE.check(post, options))
    return time.process_time() - started
