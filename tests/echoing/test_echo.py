"""`blogq echo` on a site: what it prints, what it leaves out, what it refuses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from echo_sites import BLOG, CLOCK, GARDEN, MILL, NOW, PUMP, SCRIPTS, post, write

from blogq.cli import cli
from blogq.report.excerpt import cells

ECHO = "content/posts/echo.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blog; no test changes it."""
    return write(tmp_path_factory.mktemp("blog"), BLOG)


def run(site: Path, *arguments: object) -> Result:
    done = CliRunner().invoke(cli, ["echo", "--site", str(site), "--now", NOW, *map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def told(site: Path, name: str = ECHO) -> dict[str, Any]:
    done = run(site, name, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


GOLDEN = """\
What we keep
content/posts/echo.md · 2026-01-05

          1 paragraph of its own

▇▇▇▇  91% 7: As I said once. The pump had been standing in the cellar for…
          word for word, 41 words: [2] “The pump in the cellar”
          content/posts/the-pump.md:5 · 2025-02-03
          │ The pump had been standing in the cellar for thirty years when my
          │ grandfather sold the house, and nobody remembered which of the two
          │ valves had to be opened first. We found out on a Sunday, with…

          1 paragraph of its own

▇▇▇▇ 100% 11: The mill below the church ground for anybody who brought a sack,…
          word for word, 39 words: [3] “The mill”
          content/posts/the-mill.md:7 · 2025-03-04
          │ The mill below the church ground for anybody who brought a sack,
          │ took every sixteenth measure for itself, and stood still in dry
          │ summers; then the whole village drove to the next valley, and…

▇▇▇▇ 100% 13: Every evening at a quarter past six the watchmaker across the…
          word for word, 44 words: [1] “The <b>watchmaker</b> \\x1b[31m”
          https://wire.example/clock · no date · corpus wire
          │ Every evening at a quarter past six the watchmaker across the street
          │ wound the large clock in his window, set it by the radio, and
          │ lowered the iron shutter with a noise that all of us children took…

82% of this post was said before: 82% copied, 0% reworded, 18% its own, of 151
words.

Sources
      29% [1] “The <b>watchmaker</b> \\x1b[31m”
          https://wire.example/clock
          no date: nobody knows which came first · 44 words in a row at most ·
          corpus wire
      27% [2] “The pump in the cellar”
          content/posts/the-pump.md
          2025-02-03, before this post · 41 words in a row at most
      26% [3] “The mill”
          content/posts/the-mill.md
          2025-03-04, before this post · 39 words in a row at most
"""


def test_what_people_read(site: Path) -> None:
    done = run(site, ECHO)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == GOLDEN
    assert max(map(cells, done.stdout.splitlines())) <= 80


def test_the_same_as_data(site: Path) -> None:
    found = told(site)
    assert found["schema"] == "blogq-echo/1"
    assert found["post"] == {
        "path": ECHO, "url": "/posts/echo/", "title": "What we keep", "date": "2026-01-05", "language": "en",
        "draft": False,
    }  # fmt: skip
    assert [each["line"] for each in found["paragraphs"]] == [5, 7, 9, 11, 13]
    assert [len(each["passages"]) for each in found["paragraphs"]] == [0, 1, 0, 1, 1]
    assert found["paragraphs"][0]["text"] == GARDEN and found["paragraphs"][0]["share"] == 0
    (pump,) = found["paragraphs"][1]["passages"]
    text = found["paragraphs"][1]["text"]
    assert text[pump["start"] : pump["end"]] == pump["source_excerpt"] == PUMP
    assert (pump["kind"], pump["similarity"], pump["copied"]) == ("verbatim", 1.0, True)
    line = (site / ECHO).read_text(encoding="utf-8").split("\n")[pump["line"] - 1]
    assert line[pump["column"] - 1 :].startswith(PUMP[:30])
    source = found["sources"][pump["source"]]
    there = (site / source["path"]).read_text(encoding="utf-8").split("\n")[pump["source_line"] - 1]
    assert there[pump["source_column"] - 1 :].startswith(PUMP[:30])
    assert (source["corpus"], source["title"], source["date"]) == ("", "The pump in the cellar", "2025-02-03")
    assert (source["first"], source["words"], source["longest_run"]) == ("source", 41, 41)
    assert source["url"] == "https://blog.example/posts/the-pump/"
    shares = found["shares"]
    assert shares["copied"] == round(124 / found["words"], 4) and shares["reworded"] == 0
    assert abs(sum(shares.values()) - 1) < 0.001


def test_a_text_of_a_corpus(site: Path) -> None:
    found = told(site)
    (passage,) = found["paragraphs"][4]["passages"]
    source = found["sources"][passage["source"]]
    assert passage["source_excerpt"] == CLOCK
    assert (source["corpus"], source["path"], source["url"]) == (
        "wire",
        "wire/clock.html",
        "https://wire.example/clock",
    )
    assert (source["first"], source["date"]) == ("unknown", "")


def test_shares_are_those_that_the_gate_goes_by(site: Path) -> None:
    arguments = ["check", "--site", str(site), "--now", NOW, "--select", "OR001", "--format", "json"]
    verdict = json.loads(CliRunner().invoke(cli, arguments).stdout)
    said = {each["message"].partition("%")[0] for each in verdict["findings"] if each["path"] == ECHO}
    assert said == {f"{each['share']:.0%}"[:-1] for each in told(site)["sources"]}


def test_an_own_post_says_so(site: Path) -> None:
    done = run(site, "content/posts/fresh.md")
    assert done.exit_code == 0
    assert "1 paragraph of its own" in done.stdout
    assert done.stdout.endswith("Nothing of this post was said before: 10 words.\n")
    found = told(site, "content/posts/fresh.md")
    assert found["sources"] == [] and found["shares"] == {"copied": 0.0, "reworded": 0.0, "own": 1.0}


def test_earlier_posts_do_not_repeat_later_ones(site: Path) -> None:
    assert told(site, "content/posts/the-pump.md")["sources"] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("content/posts/ehco.md", "is no post of this site that can be read; did you mean content/posts/echo.md?"),
        ("the-pump", "did you mean content/posts/the-pump.md?"),
        ("what-is-this-thing.md", "is no post of this site that can be read; `blogq list` lists the posts"),
        ("/etc/passwd", "is no post of this site"),
        ("content/about.md", "is a page; only posts are compared"),
        ("content/posts", "holds 4 posts and pages; name one of them"),
        ("wire/clock.html", "is no post of this site"),
    ],
)
def test_what_is_no_post_is_refused_with_what_is_near(site: Path, name: str, said: str) -> None:
    done = run(site, name)
    assert done.exit_code == 2 and said in done.stderr and done.stdout == ""


def test_series_and_what_is_replaced_are_left_out(tmp_path: Path) -> None:
    series = "series: Mills\n"
    files = {
        "blogq.yaml": "title: B\n",
        "content/one.md": post("One", "2025-01-01", OWN[0], MILL, front=series),
        "content/two.md": post("Two", "2025-02-01", OWN[1], MILL, PUMP, front=series),
        "content/old.md": post("Old", "2025-03-01", OWN[2], CLOCK),
        "content/new.md": post("New", "2025-04-01", MILL, CLOCK, front=f"{series}replaces: old.md\n"),
        "content/plain.md": post("Plain", "2025-05-01", PUMP, CLOCK),
    }
    write(tmp_path, files)
    done = run(tmp_path, "content/new.md")
    assert "Nothing of this post was said before" in done.stdout
    assert "2 earlier posts of its series are left out.\nWhat it replaces is left out: old.md.\n" in done.stdout
    found = told(tmp_path, "content/new.md")
    assert found["left_out"] == {
        "series": 2,
        "replaces": ["old.md"],
        "boilerplate": 0,
        "recurring": 0,
        "quotations": [],
    }
    assert found["sources"] == []
    two = run(tmp_path, "content/two.md").stdout
    assert "1 earlier post of its series is left out." in two
    assert "left out" not in run(tmp_path, "content/plain.md").stdout
    assert told(tmp_path, "content/plain.md")["shares"]["copied"] > 0.9


OWN = (
    "Something of its own about the snow that fell in the first week of a January long ago.",
    "A few words on pickled cucumbers, brine and the barrels that leaked behind the shed.",
    "Nobody knows the name of the dog that waited for the ferry each afternoon until dusk.",
)


def test_drafts_and_bundles(tmp_path: Path) -> None:
    """Nobody has read a draft: whatever is dated came before it. A bundle is named by its folder as well."""
    write(
        tmp_path,
        {
            "blogq.yaml": "title: B\n",
            "content/posts/old.md": post("Old", "2026-05-01", OWN[0], PUMP),
            "content/posts/next/index.md": post("Next", "2025-01-01", OWN[1], PUMP, front="draft: true\n"),
            "content/posts/next/note.txt": "No post.\n",
        },
    )
    for name in ("content/posts/next/index.md", "content/posts/next"):
        found = told(tmp_path, name)
        assert found["post"]["draft"] is True
        assert [each["path"] for each in found["sources"]] == ["content/posts/old.md"]
    assert "· draft" in run(tmp_path, "content/posts/next").stdout


def test_posts_are_compared_where_the_rules_are_off(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "blogq.yaml": f"title: B\ncheck:\n  ignore: [OR]\nboilerplate:\n  - {OWN[2]}\n",
            "content/old.md": post("Old", "2025-01-01", OWN[0], PUMP),
            "content/new.md": post("New", "2025-02-01", PUMP, OWN[2]),
        },
    )
    assert "16 words of declared boilerplate are left out." in run(tmp_path, "content/new.md").stdout
    assert told(tmp_path, "content/new.md")["sources"][0]["path"] == "content/old.md"


def test_an_edit_shows_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"content/old.md": post("Old", "2025-01-01", PUMP, OWN[0])})
    write(tmp_path, {"content/new.md": post("New", "2025-02-01", OWN[1], PUMP)})
    assert len(told(tmp_path, "content/new.md")["sources"]) == 1
    write(tmp_path, {"content/new.md": post("New", "2025-02-01", OWN[1], CLOCK)})
    assert told(tmp_path, "content/new.md")["sources"] == []


def flip(file: Path) -> None:
    """Damage the middle of a file."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] + b"damage" * 4 + data[len(data) // 2 + 24 :])


def lose_texts(file: Path) -> None:
    """Damage the texts in an index that is a sound database otherwise."""
    if file.name == "index.sqlite":
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE texts SET material = x'00'")
        connection.close()


@pytest.mark.parametrize("damage", [flip, lose_texts, lambda file: file.write_bytes(b"damage" * 40)])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    write(
        tmp_path, {"content/old.md": post("Old", "2025-01-01", PUMP), "content/new.md": post("N", "2025-02-01", PUMP)}
    )
    before = told(tmp_path, "content/new.md")
    files = [each for each in (tmp_path / ".blogq" / "originality").rglob("*") if each.is_file()]
    assert {"index.sqlite", "ledger.sqlite"} <= {each.name for each in files}
    for each in files:
        damage(each)
        assert told(tmp_path, "content/new.md") == before


def test_config_that_cannot_be_used_and_a_corpus_that_is_gone(tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": "pagination: many\n", "content/a.md": post("A", "2025-01-01", PUMP)})
    done = run(tmp_path, "content/a.md")
    assert done.exit_code == 2 and "config has to be mended first" in done.stderr
    write(tmp_path, {"blogq.yaml": "title: B\ncorpora:\n  gone:\n    path: nowhere\n"})
    done = run(tmp_path, "content/a.md")
    assert done.exit_code == 0 and "CO101" in done.stderr and "Nothing of this post" in done.stdout


def test_the_format_follows_the_file(site: Path, tmp_path: Path) -> None:
    for name, begins in (("a.html", "<!DOCTYPE html>"), ("a.json", "{"), ("a.txt", "What we keep")):
        done = run(site, ECHO, "--output", tmp_path / name)
        assert done.exit_code == 0 and str(tmp_path / name) in done.stdout
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert run(site, ECHO, "--output", "-").stdout == GOLDEN
    run(site, ECHO, "--format", "json", "--output", tmp_path / "b.txt")
    assert json.loads((tmp_path / "b.txt").read_text())["schema"] == "blogq-echo/1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "{site}/content/x.html"), "would be published"),
        (("--output", "{site}/blogq.yaml"), "is the site's config"),
        (("--output", "{site}/content/posts/echo.md", "--format", "html"), "would be published"),
        (("--output", "{there}"), "is no page; nothing is written over it"),
        (("--output", "{there}", "--format", "text"), "nothing is written over it"),
        (("--open", "--format", "json"), "--open shows a page"),
        (("--open", "--output", "-"), "--open needs a file"),
    ],
)
def test_what_must_not_be_written(site: Path, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    there = tmp_path / "mine.md"
    there.write_text("mine")
    given = [each.format(site=site, there=there) for each in arguments]
    if given == ["--output", str(there)]:
        given += ["--format", "html"]
    done = run(site, ECHO, *given)
    assert done.exit_code == 2 and said in done.stderr
    assert there.read_text() == "mine"


def test_open_shows_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"content/a.md": post("A", "2025-01-01", PUMP)})
    shown: list[str] = []
    monkeypatch.setattr("click.launch", shown.append)
    assert run(tmp_path, "content/a.md", "--open").exit_code == 0
    assert shown == [str((tmp_path / "_echo.html").resolve())]
    assert (tmp_path / "_echo.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_scripts_of_every_kind(tmp_path: Path) -> None:
    write(tmp_path, SCRIPTS)
    found = told(tmp_path, "content/b-second.md")
    assert [bool(each["passages"]) for each in found["paragraphs"]] == [True, False, True, True]
    for paragraph in found["paragraphs"]:
        for each in paragraph["passages"]:
            assert paragraph["text"][each["start"] : each["end"]].removeprefix("序：")
    lines = run(tmp_path, "content/b-second.md").stdout.splitlines()
    assert max(map(cells, lines)) <= 80


def test_quotations_with_a_source_are_told_apart_and_do_not_count(tmp_path: Path) -> None:
    quotation = f"As [the mill](one.md) has it:\n\n> {MILL}"
    files = {
        "blogq.yaml": "title: B\n",
        "content/one.md": post("One", "2025-01-01", MILL),
        "content/two.md": post("Two", "2025-02-01", GARDEN, quotation),
    }
    write(tmp_path, files)
    found = told(tmp_path, "content/two.md")
    (quoted,) = found["left_out"]["quotations"]
    assert quoted == {"line": 9, "words": len(MILL.split()), "source": "link"}
    assert found["shares"] == {"copied": 0, "reworded": 0, "own": 1}
    said = f"1 quotation that says whose words they are ({len(MILL.split())} words, line 9) is left out."
    assert said in run(tmp_path, "content/two.md").stdout
