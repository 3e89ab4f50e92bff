"""The gate on a site that says whom it writes for: as a whole, for a section, in a post."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from subject import subject_of

from blogq.cli import cli
from blogq.gate import Ask, run_gate
from blogq.lint.judge import judge
from blogq.lint.registry import rule

NOW = 1_790_000_000
PLAIN = "We went to the lake, and the dog ran ahead of us into the cold water. " * 10
PAPER = (
    "We treat transparency of methods as a latent variable and estimate its association with citation histories. A "
    "hierarchical Bayesian model allows for the unequal reliability of measurement across disciplines. Posterior "
    "checks indicate that conventional models underestimate the variability between clusters, particularly where "
    "the distribution of covariates is not symmetric. Our findings support the hypothesis that professional norms "
    "explain the adoption of preregistration better than the available infrastructure does. They agree with recent "
    "theoretical work on the authority of quantitative evidence. Alternative specifications with instrumental "
    "variables produced comparable coefficients. We discuss the implications for the governance of collaborative "
    "research and propose questions for comparative studies of reproducibility in the experimental sciences."
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for folder, front in (("posts", ""), ("papers", "---\ncascade:\n  audience: expert\n---\n")):
        (tmp_path / f"content/{folder}").mkdir(parents=True)
        if front:
            (tmp_path / f"content/{folder}/_index.md").write_text(front)
    say(tmp_path, "")
    return tmp_path


def say(site: Path, audience: str) -> None:
    said = f"audience: {audience}\n" if audience else ""
    (site / "blogq.yaml").write_text(f"title: T\nbase_url: https://example.org/\n{said}")


def write(site: Path, path: str, text: str = PAPER, front: str = "") -> None:
    (site / f"content/{path}.md").write_text(f"---\ntitle: {path}\ndate: 2026-01-01\n{front}---\n{text}\n")


def told(site: Path) -> dict[str, str]:
    """Return how severe RD002 is, by the name of the post."""
    verdict = run_gate(Ask(site, NOW, ("RD002",), jobs=1))
    return {Path(each.span.path).stem: each.severity for each in verdict.findings}


def test_a_post_is_judged_by_what_it_says_then_its_folder_then_the_site(site: Path) -> None:
    """Its ease is 36: too hard for general readers, a little so for professionals, ordinary for experts."""
    write(site, "posts/a")
    write(site, "posts/own", front="audience: professional\n")
    write(site, "posts/range", front="audience: 60-90\n")
    write(site, "papers/b")
    write(site, "papers/own", front="audience: general\n", text=PLAIN)
    assert told(site) == {"a": "warning", "own": "note", "range": "warning"}
    say(site, "general")
    assert told(site) == {"a": "note", "own": "note", "range": "warning"}
    say(site, "expert")
    assert told(site) == {"own": "note", "range": "warning"}


def test_what_a_folder_says_counts_as_soon_as_it_is_changed(site: Path) -> None:
    write(site, "papers/b")
    assert told(site) == {}
    (site / "content/papers/_index.md").write_text("---\ncascade:\n  audience: general\n---\n")
    assert told(site) == {"b": "note"}


def test_explain_says_for_whom_it_is_and_where_it_lies(site: Path) -> None:
    def explained(path: str) -> str:
        done = CliRunner().invoke(cli, ["explain", "--site", str(site), f"content/{path}.md"])
        assert done.exit_code == 0
        return done.output.splitlines()[-1]

    write(site, "posts/a")
    assert explained("posts/a").startswith("Audience: none is declared, so only what anybody would find hard counts")
    write(site, "posts/a", front="audience: general\n")
    assert explained("posts/a") == "Audience: general, usually 45 to 70; this is harder by 9"
    write(site, "posts/a", front="audience: 35-40\n")
    assert explained("posts/a") == "Audience: 35 to 40; this lies within"
    write(site, "posts/a", front="audience: 10-20\n")
    assert explained("posts/a") == "Audience: 10 to 20; this is easier by 16"
    write(site, "papers/b", PLAIN)
    assert explained("papers/b") == "Audience: expert, usually 25 to 55; this is easier by 25, which is no fault"


def test_the_json_has_the_range(site: Path) -> None:
    write(site, "posts/a")
    write(site, "papers/b")
    done = CliRunner().invoke(cli, ["check", "--site", str(site), "--format", "json"])
    posts = {Path(each["path"]).stem: each["metrics"] for each in json.loads(done.output)["posts"]}
    assert (posts["b"]["ease_low"], posts["b"]["ease_high"]) == (25, 55)
    assert "ease" in posts["a"] and "ease_low" not in posts["a"]


def test_no_score_depends_on_it() -> None:
    """Ease stands beside the score: the same text for other readers has the same one."""
    scores = {judge(subject_of(f"---\ntitle: T\n{said}---\n{PAPER}"), ()).brief.score for said in (
        "", "audience: general\n", "audience: expert\n", "audience: 90-99\n"
    )}  # fmt: skip
    assert len(scores) == 1 and None not in scores


LONG = "Word " + "word " * 29 + "word. "


@pytest.mark.parametrize(
    "long, audience, severities",
    [
        (2, "", []),
        (3, "", ["note"]),
        (4, "", ["note"]),
        (5, "", ["warning"]),
        (3, "expert", []),
        (5, "expert", ["note"]),
        (6, "expert", ["note"]),
        (7, "expert", ["warning"]),
        (5, "professional", ["warning"]),
        (5, "general", ["warning"]),
    ],
)
def test_long_sentences_are_worth_a_note_before_a_warning(long: int, audience: str, severities: list[str]) -> None:
    """Of ten sentences; experts stand more of them."""
    said = f"audience: {audience}\n" if audience else ""
    text = f"---\ntitle: T\n{said}---\n" + LONG * long + "Short one. " * (10 - long)
    judged = rule("RD003")
    assert [each.severity for each in judged.check(subject_of(text), judged.options)] == severities
