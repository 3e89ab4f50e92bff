"""A verdict as JUnit's XML, for the test reports of CI systems: a suite for each file, a case for each finding.

There is no one schema; this keeps to the strictest in use, that of Ant's JUnit task (JUnit.xsd of windyroad). What
doesn't fail the gate is a skipped case, so that it is shown and turns nothing red.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from blogq.finding import Finding
from blogq.lint.verdict import Verdict
from blogq.report.location import excerpt, in_repository, shown_path
from blogq.report.manner import Manner
from blogq.report.related import related_lines
from blogq.report.text import counted, place, safe


def as_junit(verdict: Verdict, manner: Manner) -> str:
    """Return `verdict` as a JUnit document: a suite for each judged post and for each other file with findings."""
    by_path: dict[str, list[Finding]] = {post.path: [] for post in verdict.posts if post.changed}
    for finding in verdict.findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    moment = datetime.fromtimestamp(verdict.now, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for number, (path, findings) in enumerate(sorted(by_path.items())):
        lines += _suite(number, path, findings, moment, manner)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(number: int, path: str, findings: Sequence[Finding], moment: str, manner: Manner) -> list[str]:
    name = _attribute(shown_path(path, manner.prefix) or ".")
    failures = sum(manner.fails(finding.severity) for finding in findings)
    skipped = len(findings) - failures
    return [
        f' <testsuite package="blogq" id="{number}" name={name} timestamp="{moment}" hostname="localhost"'
        f' tests="{max(1, len(findings))}" failures="{failures}" errors="0" skipped="{skipped}" time="0">',
        "  <properties/>",
        *(
            line
            for finding, title in zip(findings, _titles(findings), strict=True)
            for line in _case(finding, title, name, manner)
        ),
        *([] if findings else [f'  <testcase name="passes the gate" classname={name} time="0"/>']),
        f"  <system-out>{counted(len(findings), 'finding')}</system-out>",
        "  <system-err/>",
        " </testsuite>",
    ]


def _titles(findings: Sequence[Finding]) -> list[str]:
    """Return a name for each case of a file, all different and without line numbers: CI compares runs by them."""
    met: Counter[str] = Counter()
    titles = []
    for finding in findings:
        title = f"{finding.code} {finding.message}"
        met[title] += 1
        titles.append(title if met[title] == 1 else f"{title} #{met[title]}")
    return titles


def _case(finding: Finding, title: str, suite: str, manner: Manner) -> list[str]:
    told = [place(finding.span._replace(path=in_repository(finding.span.path, manner.prefix)))]
    told.append(safe(finding.message))
    if finding.evidence:
        told.append("  " + excerpt(finding).replace("\n", "\n  "))
    told += [f"there: {line}" for line in related_lines(finding)]
    if finding.hint:
        told.append(safe(finding.hint))
    message = _attribute(finding.message)
    if manner.fails(finding.severity):
        tag, kind = "failure", f' type="{finding.severity}"'
    else:
        tag, kind = "skipped", ""
    return [
        f'  <testcase name={_attribute(title)} classname={suite} time="0">',
        f"   <{tag} message={message}{kind}>{_text(chr(10).join(told))}</{tag}>",
        "  </testcase>",
    ]


def _attribute(text: str) -> str:
    """Return `text`, in one line, as a quoted attribute; spaces at its ends and doubled ones go (`xs:token`)."""
    return quoteattr(" ".join(_legal(safe(text)).split()))


def _text(text: str) -> str:
    return escape(_legal(text))


def _legal(text: str) -> str:
    """Return `text` without the two characters that XML 1.0 forbids and that terminals don't mind."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
