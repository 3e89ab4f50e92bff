"""What holds for every format, and what the formats for machines ask for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import schemas
import verdicts
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree

from blogq.finding import Finding, Span
from blogq.lint.verdict import Verdict
from blogq.report.check_schema import check_schema, schema_text
from blogq.report.formats import FORMATS
from blogq.report.location import fingerprints, in_repository
from blogq.report.manner import Manner

ROOT = Path(__file__).parents[2]
KINDS = {
    "ordinary": verdicts.ORDINARY,
    "hostile": verdicts.HOSTILE,
    "empty": verdicts.EMPTY,
    "nothing": verdicts.NOTHING,
    "many": verdicts.many(40),
}
each_kind = pytest.mark.parametrize("verdict", KINDS.values(), ids=KINDS)


def shown(name: str, verdict: Verdict, **manner: object) -> str:
    return FORMATS[name](verdict, Manner(**manner))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
@each_kind
def test_every_format_has_no_power_over_what_shows_it(name: str, verdict: Verdict) -> None:
    """Control characters but newlines, bidirectional ones and lone surrogates are nowhere; all of it is UTF-8."""
    text = shown(name, verdict, prefix="blog")
    assert text.endswith("\n") and text.encode()
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_verdict_is_shown_the_same_twice(name: str) -> None:
    assert shown(name, verdicts.HOSTILE) == shown(name, verdicts.HOSTILE)


@pytest.mark.parametrize("name", ["text", "json", "html"])
def test_what_people_and_scripts_read_is_relative_to_the_site(name: str) -> None:
    assert shown(name, verdicts.ORDINARY, prefix="a/b") == shown(name, verdicts.ORDINARY)


def test_formats_are_imported_when_they_are_asked_for() -> None:
    code = "import sys, blogq.report.formats; print(*(m for m in sys.modules if m.startswith('blogq.report.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["blogq.report.manner", "blogq.report.formats"]


def test_paths_of_a_site_in_a_folder() -> None:
    assert in_repository("a.md", "") == in_repository("a.md", "./") == "a.md"
    assert in_repository("a.md", "x/y/") == in_repository("a.md", "./x/y") == "x/y/a.md"


def test_findings_that_are_alike_have_fingerprints_of_their_own_that_stay() -> None:
    alike = [Finding("RD003", "note", Span("a.md", line), "long", "", "the words") for line in (1, 5, 9)]
    other = Finding("RD004", "note", Span("a.md", 2), "longer", "", "the words")
    first, second, third = fingerprints(alike)
    assert len({first, second, third}) == 3
    assert fingerprints([alike[0], other, *alike[1:]]) == [first, other.fingerprint, second, third]
    # One line further down, each is still itself.
    moved = [finding._replace(span=Span("a.md", finding.span.line + 1)) for finding in alike]
    assert fingerprints(moved) == [first, second, third]


# JSON.


@each_kind
def test_json_is_as_its_schema_says(verdict: Verdict) -> None:
    Draft202012Validator.check_schema(check_schema())
    Draft202012Validator(check_schema()).validate(json.loads(shown("json", verdict)))


def test_schema_in_the_docs_is_that_of_the_code() -> None:
    assert (ROOT / "docs/static/check.schema.json").read_text(encoding="utf-8") == schema_text()


def test_schema_names_every_key_and_no_other() -> None:
    schema, made = check_schema(), json.loads(shown("json", verdicts.ORDINARY))
    keys = schema["properties"]
    assert list(keys) == list(made)
    for name in ("summary", "pace"):
        assert list(keys[name]["properties"]) == list(made[name])
    for name in ("posts", "findings"):
        assert list(keys[name]["items"]["required"]) == list(made[name][0])
    optional = set(keys["findings"]["items"]["properties"]) - set(keys["findings"]["items"]["required"])
    assert optional == {"related"}


def test_json_counts_and_dates() -> None:
    made = json.loads(shown("json", verdicts.ORDINARY))
    assert made["now"] == "2026-09-21T14:13:20Z"
    assert made["summary"] == {
        "errors": 2, "warnings": 2, "notes": 2, "posts": 3, "suppressed": 4, "known": 2, "unread": 0,
    }  # fmt: skip
    assert [post["changed"] for post in made["posts"]] == [True, True, False, True]


def test_json_has_no_number_that_json_has_not() -> None:
    made = json.loads(shown("json", verdicts.HOSTILE), parse_constant=pytest.fail)
    assert made["pace"]["gap"] is None and made["posts"][0]["metrics"] == {"words": 1}


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_no_text_has_half_a_character(name: str) -> None:
    """Strict readers refuse a lone surrogate, even one that is escaped."""
    assert json.dumps(json.loads(shown(name, verdicts.HOSTILE)), ensure_ascii=False).encode()


# SARIF, GitLab, rdjson.

REPORTS = {"sarif": schemas.SARIF, "gitlab": schemas.GITLAB, "rdjson": schemas.RDJSON}


@pytest.mark.parametrize("name", REPORTS)
@each_kind
def test_report_has_what_its_format_asks_for(name: str, verdict: Verdict) -> None:
    Draft202012Validator(REPORTS[name]).validate(json.loads(shown(name, verdict, prefix="a b")))


@pytest.mark.parametrize(("name", "file"), [("sarif", "sarif-schema-2.1.0.json"), ("rdjson", "DiagnosticResult.json")])
@each_kind
def test_report_is_valid_by_the_whole_schema(name: str, file: str, verdict: Verdict) -> None:
    schema = json.loads(schemas.whole(file).read_text(encoding="utf-8"))
    validator_for(schema)(schema).validate(json.loads(shown(name, verdict, prefix="a b")))


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_no_two_findings_of_a_report_have_one_fingerprint(name: str) -> None:
    made = json.loads(shown(name, verdicts.ORDINARY))
    issues = made["runs"][0]["results"] if name == "sarif" else made
    prints = [json.dumps(issue.get("partialFingerprints") or issue["fingerprint"]) for issue in issues]
    assert len(set(prints)) == len(prints) == 6


def test_sarif_places() -> None:
    run = json.loads(shown("sarif", verdicts.ORDINARY, prefix="blog"))["runs"][0]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[-1]["artifactLocation"]["uri"] == "blog/content/posts/%C3%BCber-uns.md"
    assert places[0]["region"] == {"startLine": 1}
    assert places[1]["region"] == {
        "startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 11, "snippet": {"text": verdicts.LONG},
    }  # fmt: skip
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_sarif_keeps_the_bytes_of_a_name_and_makes_no_link_of_a_message() -> None:
    run = json.loads(shown("sarif", verdicts.HOSTILE))["runs"][0]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("%3A%3Aerror%3A%3A%1B") and "%FF" in uri
    assert "\\](" in run["results"][0]["message"]["text"]
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_columns_of_rdjson_count_bytes() -> None:
    findings = (
        Finding("RD004", "note", Span("a.md", 2, 6, 2, 8), "x", "", "für é日本"),
        Finding("RD004", "note", Span("a.md", 2, 6, 3, 8), "x", "", "für é日本"),
        Finding("RD004", "note", Span("a.md", 2, 6, 2, 8), "x"),
        Finding("RD004", "note", Span("a.md"), "x"),
    )
    verdict = Verdict(verdicts.NOW, (), findings, verdicts.EMPTY.pace)
    made = [each["location"].get("range") for each in json.loads(shown("rdjson", verdict))["diagnostics"]]
    assert made[0] == {"start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 14}}
    assert made[1:] == [
        {"start": {"line": 2}, "end": {"line": 3}}, {"start": {"line": 2}, "end": {"line": 2}}, None,
    ]  # fmt: skip


# JUnit.


@each_kind
def test_junit_counts_what_it_has(verdict: Verdict) -> None:
    made = etree.fromstring(shown("junit", verdict).encode())
    assert made.tag == "testsuites"
    for suite in made:
        assert [child.tag for child in suite if child.tag != "testcase"] == ["properties", "system-out", "system-err"]
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests")) >= 1
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures"))
        assert len(suite.findall("testcase/skipped")) == int(suite.get("skipped"))
        assert len({case.get("name") for case in cases}) == len(cases)


@each_kind
def test_junit_is_valid_by_the_strictest_schema(verdict: Verdict) -> None:
    schema = etree.XMLSchema(etree.parse(str(schemas.whole("JUnit.xsd"))))
    schema.assertValid(etree.fromstring(shown("junit", verdict, prefix="a").encode()))


def test_a_post_without_findings_is_a_case_that_passes() -> None:
    made = etree.fromstring(shown("junit", verdicts.EMPTY).encode())
    assert [case.get("name") for case in made.iter("testcase")] == ["passes the gate"]
    assert not list(made.iter("failure", "skipped"))


@pytest.mark.parametrize(("fail_on", "failures"), [("never", 0), ("error", 2), ("warning", 4), ("note", 6)])
def test_what_fails_the_gate_fails_in_junit(fail_on: str, failures: int) -> None:
    made = etree.fromstring(shown("junit", verdicts.ORDINARY, fail_on=fail_on).encode())
    assert len(list(made.iter("failure"))) == failures
    assert len(list(made.iter("skipped"))) == 6 - failures


# HTML.


class Page(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@each_kind
def test_page_asks_for_nothing_and_runs_nothing(verdict: Verdict) -> None:
    tags = Page(shown("html", verdict)).tags
    names = {tag for tag, _ in tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert {name for _, given in tags for name in given} <= {
        "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "scope", "role", "aria-labelledby",
        "tabindex",
    }  # fmt: skip
    anchors = {given["id"] for _, given in tags if "id" in given}
    assert all(given["href"][1:] in anchors for tag, given in tags if tag == "a")  # type: ignore[index]
    assert "url(" not in shown("html", verdict) and "@import" not in shown("html", verdict)


def test_page_marks_the_finding_in_its_line() -> None:
    assert "A <mark>sentence</mark> may be long" in shown("html", verdicts.ORDINARY)
