"""docs/themes.md: every file that it shows is built, section by section, and what it says of plain is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blogq import __version__
from blogq.build import Request, Result, build
from blogq.render.theme import load_theme
from blogq.report.text import findings_text

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
PLAIN = ROOT / "themes" / "plain" / "templates"
CONTENT = {
    "blogq.yaml": "title: Notes\nbase_url: https://notes.example/\n",
    "content/about.md": "---\ntitle: About\naliases: [/us/]\n---\nWe.\n",
    "content/posts/a.md": "---\ntitle: A & B\ndate: 2025-12-01\ntags: [one]\n---\nSome <em>text</em>.\n",
    "content/posts/b.md": "---\ntitle: B\ndate: 2025-11-01\ntags: [two]\n---\nMore text.\n",
}
ROW = r"^\| `(\w+)` \| [^|]* \| ([^|]*) \| (.*) \|$"
NOW = 1_767_268_800
"""1 January 2026, 12:00 UTC."""


def shown(section: str) -> dict[str, str]:
    """The files that a section shows, by path: each stands below its name in a line of its own."""
    text = GUIDE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", text, re.M | re.S))


def built(site: Path, files: dict[str, str]) -> Result:
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return build(Request(site, NOW, site / "_site", {}, jobs=1))


def page(site: Path, name: str) -> str:
    return (site / "_site" / f"{name}.html").read_text(encoding="utf-8")


def test_every_snippet_is_tried() -> None:
    fences = re.findall(r"^```(\w+)$", GUIDE, re.M)
    files = sum(len(shown(title)) for title in re.findall("^## (.*)$", GUIDE, re.M))
    assert files == len([kind for kind in fences if kind != "text"])
    assert fences.count("text") == 1


def test_one_part_is_changed(tmp_path: Path) -> None:
    files = shown("Change one part")
    assert built(tmp_path, CONTENT | files).findings == ()
    html = page(tmp_path, "posts/a/index")
    assert "Did you find a mistake?" in html and "<h1 class" in html
    assert re.search(r'/book\.[0-9a-f]{8}\.css">\s+<link rel="stylesheet" href="/mine\.[0-9a-f]{8}\.css">', html)
    assert "Did you find" not in page(tmp_path, "index")


def test_a_theme_on_top_of_another(tmp_path: Path) -> None:
    files = shown("A theme on top of another")
    assert built(tmp_path, CONTENT | files).findings == ()
    assert '<p class="about">You are up late.</p>' in page(tmp_path, "index")
    assert "--accent:#7a3e00" in page(tmp_path, "posts/a/index"), "the default has changed"


def test_blocks_of_plain_are_listed() -> None:
    """The table names each block at the template that brings it in."""
    rows = re.findall(r"^\| `([\w./]+\.html)`[^|]*\| (.*?) \|$", GUIDE, re.M)
    listed = {name: set(re.findall("`([a-z]+)`", re.sub(r"\(.*?\)", "", blocks))) for name, blocks in rows}

    def blocks(name: str) -> tuple[set[str], set[str]]:
        """Blocks that a template brings in, and those that it has from others."""
        text = (PLAIN / name).read_text(encoding="utf-8")
        above = re.findall(r'\{% extends "(.*?)" %\}', text)
        inherited = set.union(*blocks(above[0])) if above else set()
        return set(re.findall(r"\{% block (\w+) %\}", text)) - inherited, inherited

    names = [path.relative_to(PLAIN).as_posix() for path in PLAIN.rglob("*.html")]
    assert listed == {name: own for name in names if (own := blocks(name)[0])}


@pytest.mark.parametrize("name", ["plain", "broadsheet"])
def test_options_of_our_themes_are_listed(name: str) -> None:
    """With their defaults and help; of broadsheet those that it doesn't simply inherit."""
    declared = load_theme(ROOT, name, {})[0].declared
    inherited = load_theme(ROOT, "plain", {})[0].declared if name != "plain" else {}
    section = GUIDE.partition(f"\n### {name}\n")[2].partition("\n#")[0]
    rows = {option: (default, text) for option, default, text in re.findall(ROW, section, re.M)}
    words = {"": "empty", True: "`true`", False: "`false`"}
    assert rows == {
        option: (words.get(about["default"], f"`{about['default']}`"), about["help"])
        for option, about in declared.items()
        if inherited.get(option) != about
    }


def test_the_example_of_a_message_is_real(tmp_path: Path) -> None:
    (message,) = re.findall(r"^```text\n(.*?)^```", GUIDE, re.M | re.S)
    files = shown("A theme on top of another")
    name = "themes/evening/theme.yaml"
    files[name] = files[name].replace('">=0.1,<2"', '">=9"')
    findings = built(tmp_path, CONTENT | files).findings
    assert findings_text(findings, False).strip() == message.replace("0.1.0", __version__).strip()
