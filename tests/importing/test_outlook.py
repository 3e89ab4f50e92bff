"""The first report of a blog that has just moved in: what is known, what to begin with, the pace; once, and no more."""

from __future__ import annotations

import json
import random
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from small_exports import item, wordpress

from blogq.cli import cli
from blogq.importing.arrival import move_in
from blogq.importing.first_look import first_look
from blogq.importing.outlook import MOST, Outlook

NOW = 1_767_225_600
"""2026-01-01."""
WORDS = (
    "pump water tank valve repair morning neighbour field letter paper winter garden answer question number street the"
    " machine window river story friend village season market kitchen journey mountain picture record summer of a in"
).split()


def run(*command: str) -> str:
    result = CliRunner().invoke(cli, [*command], prog_name="blogq", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def texts(count: int) -> list[str]:
    """Return posts, one a week, of which each third says one thing again and again."""
    chance, made = random.Random(1), []
    for number in range(1, count + 1):
        body = " ".join(" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(24))
        if number % 3 == 0:
            body = f"It is very, very important that you read about number {number} now!!! " * 12
        date = f"2025-{1 + number // 28:02}-{1 + number % 28:02} 10:00:00"
        made.append(item(number, f"Pump {number}", body, post_date=date, post_date_gmt=date))
    return made


def files(site: Path) -> dict[str, tuple[bytes, int]]:
    return {
        each.relative_to(site).as_posix(): (each.read_bytes(), each.stat().st_mtime_ns)
        for each in site.rglob("*")
        if each.is_file() and ".blogq" not in each.parts
    }


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    folder = tmp_path_factory.mktemp("outlook")
    source = wordpress(folder, *texts(48))
    site = folder / "site"
    return site, run("import", "wordpress", str(source), "--into", str(site)), source


def test_what_is_found_is_known_and_ten_posts_are_named(moved_in: tuple[Path, str, Path]) -> None:
    site, said, _ = moved_in
    report = json.loads((site / "import-report.json").read_text())
    schema = json.loads((Path(__file__).parents[2] / "docs/static/import.schema.json").read_text())
    jsonschema.validate(report, schema)
    check = report["check"]
    baseline = json.loads((site / "blogq-baseline.json").read_text())["findings"]
    known = sum(count for codes in baseline.values() for some in codes.values() for count in some.values())
    assert check["known"] == known > 20 and check["files"] == len(baseline) and check["posts"] == 48
    assert check["errors"] + check["warnings"] + check["notes"] == known
    assert len(check["mend"]) == MOST == 10
    scores = [each["score"] for each in check["mend"]]
    assert scores == sorted(scores) and scores[-1] < check["score"]
    first = check["mend"][0]
    assert {int(each["title"].split()[1]) % 3 for each in check["mend"]} == {0} and first["edits"]
    markdown = (site / "import-report.md").read_text()
    head = markdown.partition("## Addresses")[0]
    assert "The 10 posts most worth mending" in head and f"[{first['title']}](<{first['path']}>)" in head
    for text in (said, markdown):
        assert f"{known:,} findings in {len(baseline)} files" in text and "Pace: 48 posts" in text
    assert first["path"] in said and len(said.splitlines()) < 60


def test_it_is_what_check_would_take_for_known(moved_in: tuple[Path, str, Path], tmp_path: Path) -> None:
    site, _, source = moved_in
    other = tmp_path / "site"
    said = run("import", "wordpress", str(source), "--into", str(other), "--no-check")
    assert not (other / "blogq-baseline.json").exists() and "--write-baseline" in said
    assert json.loads((other / "import-report.json").read_text())["check"] is None
    run("check", "--site", str(other), "--write-baseline")
    assert (other / "blogq-baseline.json").read_bytes() == (site / "blogq-baseline.json").read_bytes()
    assert "nothing found; 48 posts judged" in run("check", "--site", str(site))


def test_run_again_it_changes_nothing(moved_in: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    site, _, source = moved_in
    before = files(site)
    monkeypatch.setattr("time.time", lambda: NOW + 400 * 86_400)
    said = run("import", "wordpress", str(source), "--into", str(site))
    assert files(site) == before
    assert "a baseline is there already and stays as it is" in said
    told = json.loads(run("import", "wordpress", str(source), "--into", str(site), "--json"))
    assert told == json.loads(before["import-report.json"][0]) and files(site) == before


def test_it_says_how_far_it_is(moved_in: tuple[Path, str, Path], tmp_path: Path) -> None:
    items: list[int] = []
    posts: list[tuple[int, int]] = []

    def look(site: Path) -> Outlook | None:
        return first_look(site, NOW, lambda done, of: posts.append((done, of)))

    account = move_in("wordpress", moved_in[2], tmp_path / "site", look, items.append)
    assert items == [*range(1, 49)]
    assert posts == sorted(posts) and posts[-1] == (48, 48) and len(posts) > 1
    assert account.outlook is not None and account.outlook.judged == "2026-01-01T00:00:00Z"


def test_a_baseline_that_is_there_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "blogq-baseline.json").write_text("mine")
    source = wordpress(tmp_path, *texts(3))
    assert "stays as it is" in run("import", "wordpress", str(source), "--into", str(site))
    assert (site / "blogq-baseline.json").read_text() == "mine"
    assert json.loads((site / "import-report.json").read_text())["check"] is None


def test_a_site_that_cannot_be_judged_says_so(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "blogq.yaml").write_text("titel: typo\n")
    source = wordpress(tmp_path, *texts(3))
    said = run("import", "wordpress", str(source), "--into", str(site))
    assert "the site has to be mended first" in said and not (site / "blogq-baseline.json").exists()
    # Mended, it is judged when the import runs again.
    (site / "blogq.yaml").write_text("title: Pumps\n")
    assert "known from now on" in run("import", "wordpress", str(source), "--into", str(site))
    assert (site / "blogq-baseline.json").exists()


def test_a_damaged_report_is_no_one_s_trouble(moved_in: tuple[Path, str, Path], tmp_path: Path) -> None:
    source = wordpress(tmp_path, *texts(3))
    site = tmp_path / "site"
    run("import", "wordpress", str(source), "--into", str(site))
    for damage in ("{", "[" * 100_000, '{"check": {"judged": 1}}', '{"check": 7}', "[]"):
        (site / "import-report.json").write_text(damage)
        run("import", "wordpress", str(source), "--into", str(site))
        assert (site / "import-report.json").read_text() == damage


def test_stopping_the_gate_loses_nothing_that_was_carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("blogq.importing.first_look.first_look", stop)
    source, site = wordpress(tmp_path, *texts(3)), tmp_path / "site"
    said = run("import", "wordpress", str(source), "--into", str(site))
    assert "you stopped it" in said and "--write-baseline" in said
    assert (site / "import-report.md").exists() and len(list((site / "content" / "posts").glob("*.md"))) == 3
    assert json.loads((site / "import-report.json").read_text())["check"] is None
    assert not (site / "blogq-baseline.json").exists()
