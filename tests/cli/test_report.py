"""`blogq report` as it is called: where the page goes, where it may not go, and that builds never publish it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from sessions import run, write

NOW = "--now 2026-06-01"
CONFIG = "title: Bread & <b>Butter</b>\nbase_url: https://blog.example/blog/\nauthor: Ada\n"
TEXT = " ".join(f"Word{number} stands in Sheffield beside {number} others." for number in range(12))


def post(title: str, day: int, body: str = TEXT, front: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-05-{day:02}\n{front}---\n{body}\n"


BLOG = {
    "blogq.yaml": CONFIG,
    "content/posts/one.md": post("One", 1),
    "content/posts/two.md": post("Two", 8),
    "content/posts/three.md": post(
        "Three", 15, "It is very good to be able to say that there is more to come soon. " * 3
    ),
    "content/posts/draft.md": post("Not yet", 20, front="draft: true\n"),
}


def test_page_lands_beside_the_config_and_is_never_published(tmp_path: Path) -> None:
    write(tmp_path, BLOG)
    assert run(tmp_path, f"report {NOW}") == (f"$ blogq report {NOW}\nThe report is in _report.html\n--- exit code 0\n")
    page = (tmp_path / "_report.html").read_text(encoding="utf-8")
    assert "<bdi>Bread &amp; &lt;b&gt;Butter&lt;/b&gt;</bdi> · 1 Jun 2026" in page
    assert '<a href="https://blog.example/blog/posts/three/">' in page
    run(tmp_path, f"build {NOW}")
    assert list((tmp_path / "_site").rglob("_report*")) == []


def test_page_is_not_published_where_the_site_is_its_own_content(tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": CONFIG, "one.md": post("One", 1)})
    assert "exit code 0" in run(tmp_path, f"report {NOW}")
    run(tmp_path, f"build {NOW}")
    assert (tmp_path / "_site/one/index.html").exists() and list((tmp_path / "_site").rglob("_report*")) == []


def test_page_is_reproducible_and_goes_to_stdout(tmp_path: Path) -> None:
    write(tmp_path, BLOG)
    first, second = (run(tmp_path, f"report {NOW} --output -") for _ in range(2))
    assert first == second and "<!DOCTYPE html>" in first and not (tmp_path / "_report.html").exists()
    assert run(tmp_path, f"report {NOW} --output kept.html").endswith("in kept.html\n--- exit code 0\n")
    assert (tmp_path / "kept.html").read_text(encoding="utf-8") in first
    assert run(tmp_path, "report --now 2026-05-10 --output -") != first


@pytest.mark.parametrize(
    "output", ["_site/report.html", "content/report.html", "static/a/report.html", "content/posts/one.md"]
)
def test_place_that_builds_publish_is_refused(tmp_path: Path, output: str) -> None:
    write(tmp_path, BLOG)
    (tmp_path / "static/a").mkdir(parents=True)
    told = run(tmp_path, f"report {NOW} --output {output}")
    assert "would be published" in told and told.endswith("exit code 2\n")
    assert (tmp_path / "content/posts/one.md").read_text(encoding="utf-8") == BLOG["content/posts/one.md"]


def test_nothing_but_a_page_is_written_over(tmp_path: Path) -> None:
    write(tmp_path, BLOG)
    assert "is the site's config" in run(tmp_path, f"report {NOW} --output blogq.yaml")
    assert (tmp_path / "blogq.yaml").read_text(encoding="utf-8") == CONFIG
    assert "can't be written" in run(tmp_path, f"report {NOW} --output missing/report.html")


def test_weak_post_has_the_edits_that_explain_would_give(tmp_path: Path) -> None:
    """Those that bring it to the blog's own median, and no more of them."""
    nearly = {f"content/posts/{day}.md": post(str(day), day, front="description: Told.\n") for day in range(20, 26)}
    # They are copies of each other, which isn't what this is about.
    config = BLOG["blogq.yaml"] + "check: {ignore: [OR]}\n"
    write(tmp_path, BLOG | nearly | {"blogq.yaml": config})
    page = run(tmp_path, f"report {NOW} --output -")
    (usual,) = re.findall(r"would bring each to the blog’s usual (\d+)\.", page)
    counts = []
    for name in ("one", "three"):
        explained = run(tmp_path, f"explain content/posts/{name}.md --goal {usual}").partition(f"To reach {usual}:")[2]
        hints = [hint for hint in re.findall(r"^  (.*?)  \(\+", explained, re.M) if not hint.startswith("say more")]
        (shown,) = re.findall(rf'<h4><a href="[^"]*/{name}/".*?<ul class="edits">(.*?)</ul>', page)
        told = re.findall(r"<li>([^<]+) <small>", shown)
        assert hints == [hint for hint in told if not hint.startswith("say more")]
        counts.append(len(hints))
    assert counts[0] == 1 < counts[1]


def test_broken_post_is_told_and_the_rest_is_reported(tmp_path: Path) -> None:
    write(tmp_path, BLOG | {"content/posts/broken.md": "---\ntitle: [\n---\nText.\n"})
    told = run(tmp_path, f"report {NOW}")
    assert "1 that could not be read" in told and told.endswith("exit code 2\n")
    page = (tmp_path / "_report.html").read_text(encoding="utf-8")
    assert "1 source could not be read" in page and "content/posts/broken.md" in page and "Three" in page


def test_empty_site_and_broken_config_make_a_page(tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": CONFIG})
    assert "<h1>Nothing is published yet.</h1>" in run(tmp_path, f"report {NOW} --output -")
    write(tmp_path, {"blogq.yaml": "title: [\n"})
    told = run(tmp_path, f"report {NOW} --output -")
    assert "<h1>The blog could not be read.</h1>" in told and told.endswith("exit code 2\n")


def test_open_shows_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, BLOG)
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", lambda place: opened.append(place) or 0)
    run(tmp_path, f"report {NOW}")
    assert opened == []
    run(tmp_path, f"report {NOW} --open")
    assert opened == [str(tmp_path / "_report.html")]
    assert "--open needs a file" in run(tmp_path, f"report {NOW} --open --output -")


def test_what_the_baseline_knows_is_left_out(tmp_path: Path) -> None:
    """As `blogq check` leaves it out, with a word on how much that is; the file itself stays as it is."""
    write(tmp_path, BLOG)
    before = run(tmp_path, f"report {NOW} --output -")
    assert "FM003" in before and "known finding" not in before
    count = re.findall(r"(\d+) findings in", run(tmp_path, f"check {NOW} --write-baseline"))[0]
    kept = (tmp_path / "blogq-baseline.json").read_bytes()
    after = run(tmp_path, f"report {NOW} --output -")
    known = re.findall(r"; (\d+) known", run(tmp_path, f"check {NOW}"))[0]
    assert f"{known} known findings are left out here" in after and int(known) <= int(count)
    assert "FM003" not in after
    (tmp_path / "content/posts/two.md").unlink()
    run(tmp_path, f"report {NOW} --output -")
    assert (tmp_path / "blogq-baseline.json").read_bytes() == kept


def test_damaged_baseline_ends_the_report(tmp_path: Path) -> None:
    write(tmp_path, BLOG | {"blogq-baseline.json": "{"})
    told = run(tmp_path, f"report {NOW}")
    assert "blogq-baseline.json is damaged" in told and told.endswith("exit code 2\n")
    assert not (tmp_path / "_report.html").exists()
    write(tmp_path, {"blogq-baseline.json": "{}", "blogq.yaml": CONFIG + "check:\n  baseline: old.json\n"})
    told = run(tmp_path, f"report {NOW}")
    assert "old.json can't be read" in told and told.endswith("exit code 2\n")


def test_wrong_config_is_said_to_be_that(tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": "titel: x\n"})
    told = run(tmp_path, f"report {NOW} --output -")
    assert "The config has to be mended first" in told and "--- on stderr\nthe config has to be mended first:" in told


@pytest.mark.parametrize(
    "now, said",
    [
        ("2026-05-15T22:30:00Z", "today"),
        ("2026-05-15T23:30:00Z", "yesterday"),
        ("2026-05-16T22:30:00Z", "yesterday"),
        ("2026-05-16T23:30:00Z", "2 days ago"),
    ],
)
def test_check_and_report_say_the_same_of_the_latest_post(tmp_path: Path, now: str, said: str) -> None:
    """Days end at midnight where the post was dated, an hour east of UTC."""
    late = post("Late", 15).replace("2026-05-15", "2026-05-15T21:00:00+01:00")
    write(tmp_path, {"blogq.yaml": CONFIG, "content/posts/late.md": late})
    assert f"the latest {said}." in run(tmp_path, f"check --now {now}")
    assert f"<dd><b>{said.capitalize()}</b> <span>1 post in all" in run(tmp_path, f"report --now {now} --output -")
