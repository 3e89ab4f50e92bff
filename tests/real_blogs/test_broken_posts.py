"""Broken versions of posts, as histories have them: each is told with its place and what to do, none stops the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from blog_copies import built
from broken_posts import CASES

from blogq.finding import Finding


def name_of(case: str) -> str:
    return re.sub(r"\W+", "-", case.lower()).strip("-") + ".md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One blog that has all the broken posts."""
    site = tmp_path_factory.mktemp("broken") / "blog"
    (site / "content/posts").mkdir(parents=True)
    for case, data, _ in CASES:
        (site / "content/posts" / name_of(case)).write_bytes(data)
    (site / "content/posts/sound.md").write_bytes(b"---\ntitle: Sound\ndate: 2014-01-02\n---\n\nText.\n")
    return site


@pytest.fixture(scope="module")
def found(site: Path) -> dict[str, list[Finding]]:
    """What is said of each file."""
    findings: dict[str, list[Finding]] = {}
    for finding in built(site).findings:
        findings.setdefault(finding.span.path.removeprefix("content/posts/"), []).append(finding)
    return findings


def test_cases_are_told_apart() -> None:
    assert len({name_of(case) for case, _, _ in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize(("case", "expected"), [(case, expected) for case, _, expected in CASES], ids=lambda x: str(x))
def test_all_is_said_and_at_its_line(case: str, expected: list[str], found: dict[str, list[Finding]]) -> None:
    said = found.get(name_of(case), [])
    assert [f"{f.code}:{f.span.line}" for f in said] == expected, "\n".join(map(str, said))


def test_each_finding_says_what_to_do(found: dict[str, list[Finding]]) -> None:
    for path, findings in found.items():
        for finding in findings:
            if finding.code != "CF105":
                assert finding.hint and finding.span.line >= 1, (path, finding)
                assert "Traceback" not in finding.message and "0x7f" not in finding.message


def test_what_is_sound_is_published_beside_them(site: Path, found: dict[str, list[Finding]]) -> None:
    broken = {path for path, findings in found.items() if any(f.severity == "error" for f in findings)}
    for path in sorted((site / "content/posts").iterdir()):
        page = site / "_site/posts" / path.stem / "index.html"
        assert page.is_file() == (path.name not in broken), path.name
