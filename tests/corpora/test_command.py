"""`blogq corpus` as a person uses it: declaring, listing, counting; the config's other bytes stay."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpus_sites import make

from blogq.cli import cli
from blogq.config.load import load_config
from blogq.config.rarities import Corpus
from blogq.corpora.config_text import Unchangeable, with_corpus, without_corpus

FILES = {
    "press/a.txt": "One two three.\n",
    "press/b.md": "---\ndate: 2025-05-05\n---\nFour.\n",
    "press/c.xml": "<opml/>",
}


def run(site: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `blogq corpus …` in `site`; return exit code, what it printed, and what on stderr."""
    before = Path.cwd()
    os.chdir(site)
    try:
        result = CliRunner().invoke(cli, ["corpus", *arguments])
    finally:
        os.chdir(before)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


CONFIGS = [
    "",
    "title: X\n",
    "title: X",
    "# top\ntitle: X   # why\n\n# the end\n",
    "title: X\r\nmenu:\r\n  - A: /a/ # a\r\n",
    "corpora:\n  old: ../old # kept\n  # about nothing\ntitle: X\n",
    "corpora:\n    old:\n        path: ../old\n\n    # last words\n\ntitle: X\n",
    "corpora:\n  old: ../old",
    "corpora: # texts of others\ntitle: X\n",
    "title: X\ncorpora:\n  old: ../old\n\n# a comment of the top\n",
    "title: 'caf\u00e9 \u2028 x'\ncorpora:\n  old: ../old\nextra:\n  a: 1\n",
    "---\ntitle: X\n",
]


@pytest.mark.parametrize("text", CONFIGS)
@pytest.mark.parametrize(
    "corpus", [Corpus("../press"), Corpus("a b: c", "feed"), Corpus(url="https://e.example/x?a={b}&c,d")]
)
def test_adding_and_removing_gives_the_same_bytes(tmp_path: Path, text: str, corpus: Corpus) -> None:
    added = with_corpus(text, "new", corpus)
    (tmp_path / "blogq.yaml").write_bytes(added.encode())
    loaded = load_config(tmp_path)
    assert not [each for each in loaded.findings if each.severity == "error"]
    assert loaded.config.corpora["new"] == corpus
    assert ("old" in loaded.config.corpora) is ("old" in text)
    assert all(row in added for row in text.splitlines())
    assert without_corpus(added, "new") == text
    # Another one after it is no matter.
    assert without_corpus(with_corpus(added, "more", corpus), "more") == added


@pytest.mark.parametrize("name", ["yes", "12", "a-b", "null", "A_b", "-x", "on"])
def test_names_that_mean_something_else_in_yaml(tmp_path: Path, name: str) -> None:
    (tmp_path / "blogq.yaml").write_text(with_corpus("title: X\n", name, Corpus("on")))
    loaded = load_config(tmp_path)
    assert (loaded.findings, loaded.config.corpora) == ((), {name: Corpus("on")})


def test_what_a_program_can_not_change_is_said(tmp_path: Path) -> None:
    for text in ("corpora: {a: b}\n", "corpora: [a]\n", "a: [\n", "- a\n"):
        with pytest.raises(Unchangeable):
            with_corpus(text, "new", Corpus("x"))
    with pytest.raises(Unchangeable, match="no corpus is called x"):
        without_corpus("corpora:\n  a: b\n", "x")


def test_add_list_stats_and_remove(tmp_path: Path) -> None:
    site = make(tmp_path, "# mine\ntitle: X\n", FILES)
    before = (site / "blogq.yaml").read_bytes()
    assert run(site, "list") == (0, "no corpora; `blogq corpus add NAME PATH` declares one\n", "")
    assert run(site, "add", "press", "../press") == (0, "press: texts\n", "")
    assert (site / "blogq.yaml").read_text() == "# mine\ntitle: X\ncorpora:\n  press: ../press\n"
    code, out, err = run(site, "list")
    assert (code, out) == (0, "press  texts      ../press        2 texts  2025-05-05  1 problem\n")
    assert "../press/c.xml:1: warning CO103" in err
    code, out, err = run(site, "stats", "press")
    assert code == 0 and "3 files, 2 texts, 4 words" in out and "2025-05-05 to 2025-05-05" in out
    assert "1 file that nothing could be read of" in out
    # Nothing has changed, and it is counted again all the same where something has.
    assert run(site, "stats", "press") == (code, out, err)
    (tmp_path / "press" / "a.txt").write_text("One two three four.\n")
    assert "5 words" in run(site, "stats")[1]
    assert run(site, "remove", "press") == (0, "press: no longer a corpus\n", "")
    assert (site / "blogq.yaml").read_bytes() == before


def test_json(tmp_path: Path) -> None:
    site = make(tmp_path, "corpora:\n  press: ../press\n  gone: ../gone\n", FILES)
    told = json.loads(run(site, "stats", "--json")[1])
    assert json.loads(run(site, "list", "--json")[1]) == told
    assert told["schema"] == "blogq-corpora/1"
    gone, press = told["corpora"]
    assert (gone["type"], gone["findings"][0]["rule"]) == ("", "CO101")
    assert {key: press[key] for key in press if key != "findings"} == {
        "name": "press",
        "type": "texts",
        "place": "../press",
        "url": "",
        "files": 3,
        "texts": 2,
        "words": 4,
        "languages": {"": 2},
        "from": "2025-05-05",
        "to": "2025-05-05",
        "unreadable": 1,
    }
    page = (Path(__file__).parents[2] / "docs" / "output.md").read_text()
    section = page.partition("blogq-corpora/1")[2].partition("\n## ")[0]
    assert [key for key in press if f"`{key}`" not in section] == []


def test_paths_are_written_from_the_site_on(tmp_path: Path) -> None:
    site = make(tmp_path, "title: X\n", FILES)
    assert run(tmp_path, "add", "press", "press", "--site", "site")[0] == 0
    assert load_config(site).config.corpora == {"press": Corpus("../press")}


def test_refusals_leave_the_config_as_it_was(tmp_path: Path) -> None:
    site = make(tmp_path, "title: X\ncorpora:\n  press: ../press\n", FILES | {"x.png": b"\x89PNG"})
    before = (site / "blogq.yaml").read_bytes()
    for arguments, why in [
        (("add", "gone", "../gone"), "there is no ../gone"),
        (("add", "press", "../press"), "there is a corpus press already"),
        (("add", "two words", "../press"), "is no name for a corpus"),
        (("add", "x", "../x.png"), "is of no kind that can be read"),
        (("add", "x", "https://e.example/f", "--type", "wordpress"), "can't be fetched"),
        (("add", "x", "https://e.example/f", "--into", "../x"), "is no folder of the site"),
        (("add", "x", "../press", "--into", "y"), "--into is for"),
        (("remove", "prss"), "no corpus is called prss"),
        (("stats", "prss"), "did you mean press?"),
        (("update", "press"), "has no `url`"),
        (("update",), "no corpus has a `url`"),
    ]:
        code, _, err = run(site, *arguments)
        assert (code, why in err) == (2, True), (arguments, err)
        assert (site / "blogq.yaml").read_bytes() == before
    assert not list(site.glob(".blogq.yaml*"))


def test_a_link_for_a_config_stays_one(tmp_path: Path) -> None:
    site = make(tmp_path, "title: X\n", FILES)
    (site / "blogq.yaml").rename(tmp_path / "shared.yaml")
    (site / "blogq.yaml").symlink_to(tmp_path / "site" / "real.yaml")
    (tmp_path / "shared.yaml").rename(site / "real.yaml")
    assert run(site, "add", "press", "../press")[0] == 0
    assert (site / "blogq.yaml").is_symlink() and "press" in (site / "real.yaml").read_text()


def test_without_a_config(tmp_path: Path) -> None:
    site = make(tmp_path, "", FILES)
    (site / "blogq.yaml").unlink()
    assert run(site, "add", "press", "../press")[0] == 0
    assert (site / "blogq.yaml").read_text() == "corpora:\n  press: ../press\n"


def test_builds_never_read_corpora(tmp_path: Path) -> None:
    """Nor does cleaning up remove what was fetched."""
    site = make(tmp_path, "corpora:\n  gone: ../gone\n", {"site/.blogq/corpora/news/feed.xml": "<rss/>"})
    for command in (["build", "--site", str(site), "--no-check"], ["clean", "--site", str(site)]):
        result = CliRunner().invoke(cli, command)
        assert result.exit_code == 0, result.output
        assert "CO1" not in result.output
    assert (site / ".blogq" / "corpora" / "news" / "feed.xml").exists()
