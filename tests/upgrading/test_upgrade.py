"""What an upgrade would change: told page by page, with nothing of the accepted output touched."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from blogq.cli import cli
from blogq.upgrading.comparison import Changes, compared, files_below
from blogq.upgrading.page import upgrade_page, verdict
from blogq.upgrading.page_text import visible_lines


def run(site: Path, *arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--site", str(site), "--json", "--jobs", "1"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content/posts").mkdir(parents=True)
    (folder / "blogq.yaml").write_text("title: Wren\nbase_url: https://wren.org.uk/\n")
    for number in (1, 2, 3):
        text = f"---\ntitle: Post {number}\ndate: 2026-01-0{number}\n---\nText of post {number}.\n"
        (folder / f"content/posts/post-{number}.md").write_text(text)
    run(folder, "build")
    return folder


def test_the_same_version_changes_nothing(site: Path) -> None:
    before, store = tree(site / "_site"), {path.name for path in (site / ".blogq").iterdir()}
    told = run(site, "upgrade", "--diff")
    assert (told["text"], told["markup"], told["files"], told["added"], told["gone"], told["lost"]) == ([],) * 6
    assert told["same"] == sum(name.endswith(".html") for name in before)
    assert tree(site / "_site") == before
    assert {path.name for path in (site / ".blogq").iterdir()} == store


def test_mistakes_are_told_without_a_trace(site: Path, tmp_path: Path) -> None:
    """A report into a folder that isn't there; pages with nothing but a comment; links that lead nowhere."""
    told = ["upgrade", "--diff", "--site", str(site), "--jobs", "1"]
    done = CliRunner().invoke(cli, [*told, "--report", str(tmp_path / "none/x.html")], standalone_mode=False)
    assert "can't be written" in str(done.exception) and not done.output
    other = tmp_path / "other"
    (other / "archive").mkdir(parents=True)
    (other / "index.html").write_text("<!-- nothing -->")
    (other / "archive/index.html").write_text(" ")
    (other / "404.html").symlink_to("nowhere")
    changes = run(site, "upgrade", "--diff", "--against", str(other))
    assert {each["path"] for each in changes["text"]} == {"index.html", "archive/index.html"}
    assert "404.html" in changes["added"]


def test_a_template_that_says_something_else_changes_texts(site: Path) -> None:
    (site / "templates").mkdir()
    override = '{% extends "post.html" %}{% block content %}{{ super() }}<p>Thanks for reading.</p>{% endblock %}'
    base = (Path(__file__).parent.parent.parent / "themes/plain/templates/post.html").read_text()
    if "block content" not in base:
        override = base.replace("{{ page.title }}", "{{ page.title }} Thanks for reading.", 1)
    (site / "templates/post.html").write_text(override)
    told = run(site, "upgrade", "--diff")
    assert {each["path"] for each in told["text"]} >= {f"posts/post-{n}/index.html" for n in (1, 2, 3)}
    assert all(any("Thanks for reading" in line for line in each["lines"]) for each in told["text"][-3:])


def test_a_page_that_moves_is_a_lost_url_unless_it_redirects(site: Path) -> None:
    config = site / "blogq.yaml"
    config.write_text(config.read_text() + "permalinks:\n  posts: /:year/:slug/\n")
    told = run(site, "upgrade", "--diff", code=1)
    assert set(told["lost"]) == {f"/posts/post-{n}/" for n in (1, 2, 3)}
    assert "2026/post-1/index.html" in told["added"] and "posts/post-1/index.html" in told["gone"]
    for number in (1, 2, 3):
        post = site / f"content/posts/post-{number}.md"
        post.write_text(post.read_text().replace("date:", f"aliases: [/posts/post-{number}/]\ndate:", 1))
    assert run(site, "upgrade", "--diff")["lost"] == []


def test_another_folder_can_be_compared_with(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "book.b4fc90b1.css").write_text("x")
    (other / "index.html").write_text("<title>Old</title><p>Old")
    (other / "gone.pdf").write_text("x")
    told = run(site, "upgrade", "--diff", "--against", str(other), code=1)
    assert [each["path"] for each in told["text"]] == ["index.html"]
    assert told["lost"] == ["/gone.pdf"]


def test_without_an_output_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    result = CliRunner().invoke(cli, ["upgrade", "--diff", "--site", str(tmp_path)])
    assert result.exit_code == 2 and "build with the old version first" in result.output


def test_kinds_of_changes(tmp_path: Path) -> None:
    old = {
        "same.html": "<p>a",
        "text.html": "<p>one <b>two</b></p><script>1</script>",
        "markup.html": "<p>one <b>two</b></p>",
        "files.html": '<link href="/style.0a1b2c3d.css"><p>x',
        "style.0a1b2c3d.css": "a",
        "feed.xml": "a",
        "old/index.html": "<p>a",
        "moved/index.html": "<p>a",
    }
    new = old | {
        "text.html": "<p>one <b>three</b></p><script>2</script>",
        "markup.html": "<div>one <i>two</i></div>",
        "files.html": '<link href="/style.11111111.css"><p>x',
        "style.11111111.css": "b",
        "feed.xml": "b",
        "_redirects": "/moved/* /new/:splat 301\n",
        "new/index.html": "<p>a",
    }
    for name in ("style.0a1b2c3d.css", "old/index.html", "moved/index.html"):
        del new[name]
    for folder, files in (("old", old), ("new", new)):
        for name, text in files.items():
            place = tmp_path / folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    folders = tmp_path / "old", tmp_path / "new"
    found = compared(*folders, *map(files_below, folders))
    assert {each.path: each.kind for each in found.changed} == {
        "text.html": "text",
        "markup.html": "markup",
        "files.html": "files",
    }
    assert found.of("text")[0].lines == ("-one two", "+one three")
    assert (found.same, found.lost, found.added) == (1, ("/old/",), ("new/index.html",))
    assert set(found.gone) == {"old/index.html", "moved/index.html"}
    page = upgrade_page(found, "old", "<new>")
    assert "<del>-one two</del><ins>+one three</ins>" in page and "&lt;new&gt;" in page


def page_of(number: int, foot: str) -> str:
    return f'<title>T{number}</title><p>Text {number}</p><footer><a href="/p{number}/">{foot}</a></footer>'


def changes_of(folder: Path, old: dict[str, str], new: dict[str, str]) -> Changes:
    for name, files in (("old", old), ("new", new)):
        for path, text in files.items():
            place = folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    return compared(folder / "old", folder / "new", set(old), set(new))


def test_pages_that_change_alike_are_one_group(tmp_path: Path) -> None:
    """A thousand footers are one thing to look at, though each names its own page."""
    old = {f"p{n}/index.html": page_of(n, "Home") for n in range(1000)}
    new = {
        path: text.replace("<footer>", '<footer class="foot">').replace("<a ", '<a rel="me" ')
        for path, text in old.items()
    }
    new["p7/index.html"] = old["p7/index.html"].replace("<p>", "<div>").replace("</p>", "</div>")
    found = changes_of(tmp_path, old, new)
    groups = found.groups("markup")
    assert [len(group.paths) for group in groups] == [999, 1] and groups[1].paths == ("p7/index.html",)
    assert verdict(found)[0] == "safe" and "1,000 pages" in verdict(found)[1] and "2 ways" in verdict(found)[1]
    page = upgrade_page(found, "old", "new")
    assert "999 pages in the same way" in page and page.count("<pre>") == 2 and len(page) < 60_000


def test_pages_whose_texts_change_alike_are_one_group_and_others_are_not(tmp_path: Path) -> None:
    old = {f"p{n}/index.html": page_of(n, "Home") for n in range(20)}
    new = {path: text.replace("Home", "Start") for path, text in old.items()}
    new["p7/index.html"] = page_of(7, "Begin")
    found = changes_of(tmp_path, old, new)
    assert [len(group.paths) for group in found.groups("text")] == [19, 1]


def test_the_first_line_says_whether_it_is_safe(site: Path, tmp_path: Path) -> None:
    def first_line(code: int = 0) -> str:
        report = tmp_path / f"report{code}.html"
        told = CliRunner().invoke(cli, ["upgrade", "--diff", "--site", str(site), "--report", str(report)])
        assert told.exit_code == code, told.output
        words = told.stdout.splitlines()[0]
        body = report.read_text().partition("<body>")[2]
        assert escape(words) in body.partition("<table>")[0]
        return words

    assert first_line().startswith("Safe: nothing changes")
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("Wren", "Jenny Wren"))
    assert first_line().startswith("No URL is lost, but ")
    config.write_text(config.read_text() + "permalinks:\n  posts: /:year/:slug/\n")
    assert first_line(1).startswith("Not safe yet: 3 URLs would be lost")


def test_what_a_page_says() -> None:
    page = b"<title>T</title><p>a <em>b</em>c<br>d</p><ul><li>x</ul><img alt='A cat'><!-- no --><style>p{}</style>z"
    assert visible_lines(page) == ["T", "a bc", "d", "x", "A cat", "z"]
    assert visible_lines(b"") == []
    assert visible_lines(b"<div>" * 200 + b"deep")[-1] == "deep"
