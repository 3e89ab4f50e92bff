"""Annotations and the summary of a job: the escaping of GitHub's commands, what comes first, what is left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import verdicts
from markdown_it import MarkdownIt

from blogq.lint.verdict import Verdict
from blogq.report.formats import FORMATS
from blogq.report.github import MOST_BYTES, summary_markdown
from blogq.report.manner import Manner

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(verdict: Verdict, prefix: str = "") -> tuple[list[tuple[str, dict[str, str], str]], str]:
    """The annotations as GitHub's runner reads them, and the last line."""
    *lines, last = FORMATS["github"](verdict, Manner(prefix=prefix)).splitlines()
    read = []
    for line in lines:
        found = COMMAND.fullmatch(line)
        assert found, line
        given = dict(pair.split("=", 1) for pair in found[2].split(","))
        for sign, code in ((":", "%3A"), (",", "%2C"), ("\n", "%0A"), ("\r", "%0D"), ("%", "%25")):
            given = {name: value.replace(code, sign) for name, value in given.items()}
        read.append((found[1], given, found[3].replace("%0A", "\n").replace("%25", "%")))
    return read, last


def test_the_worst_come_first() -> None:
    read, last = commands(verdicts.ORDINARY, "blog")
    assert [kind for kind, _, _ in read] == ["error", "error", "warning", "warning", "notice", "notice"]
    assert read[0][1]["file"] == "blog/blogq.yaml" and "line" not in read[0][1]
    _, given, said = read[2]
    assert {name: given[name] for name in ("file", "line", "col", "endColumn")} == {
        "file": "blog/content/posts/bread.md", "line": "12", "col": "3", "endColumn": "11",
    }  # fmt: skip
    assert said == "a sentence of 41 words\nsplit it where you would breathe"
    assert last == "blogq: 2 errors, 2 warnings, 2 notes; 3 posts judged; 4 silenced, 2 known"


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_ten_of_a_kind_and_the_rest_in_the_summary(severity: str) -> None:
    verdict = verdicts.many(23, severity)
    read, last = commands(verdict)
    assert len(read) == 10
    assert f"13 more {severity}s in the summary of the job" in last
    assert summary_markdown(verdict, Manner()).count("a long sentence") == 23


def test_names_and_texts_give_no_commands() -> None:
    read, last = commands(verdicts.HOSTILE)
    assert [kind for kind, _, _ in read] == ["error", "warning", "notice"]
    for _, given, said in read:
        assert given["file"].startswith("::error::\\x1b]0;t\\x07\\n::warning::<b>%0A,line=1")
        assert "100%25" in said and said.count("\n") == 1
    # Columns mean nothing to GitHub where a finding spans lines.
    assert "col" not in read[1][1] and read[1][1]["endLine"] == "3"
    assert not last.startswith("::")


@pytest.mark.parametrize("name", ["text", "github"])
def test_no_line_of_a_log_is_a_command_by_chance(name: str) -> None:
    for line in FORMATS[name](verdicts.HOSTILE, Manner()).splitlines():
        if name == "text" or not COMMAND.fullmatch(line):
            assert not line.lstrip().startswith("::") and "##[" not in line, line


def test_the_summary_shows_texts_as_they_are() -> None:
    written = summary_markdown(verdicts.HOSTILE, Manner())
    assert not re.search(r"<(?!br>)|(?<!<br)>", written)
    made = MarkdownIt("commonmark", {"html": True}).enable("table").render(written)
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", made))
    assert tags == {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "br"}
    assert made.count("<tr>") == 1 + 1 + 1 + 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made and "](javascript:x)" in made


def test_the_summary_stays_below_the_size_that_github_takes() -> None:
    verdict = verdicts.many(2000)
    long = tuple(finding._replace(message="long " * 200) for finding in verdict.findings)
    made = summary_markdown(replace(verdict, findings=long), Manner())
    assert len(made.encode()) < MOST_BYTES + 10_000
    assert re.search(r"… and \d,\d{3} findings more\.\n$", made)
    assert "The 10 lowest of 2,000 posts." in made


def test_nothing_found_is_a_short_summary() -> None:
    assert summary_markdown(verdicts.NOTHING, Manner()) == "## blogq: nothing found; 0 posts judged\n"
