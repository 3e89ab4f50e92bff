"""What readers of the code have found: each stays found."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from blogq.build import Request, Result, build
from blogq.cli import cli
from blogq.helper import Helper

NOW = 1780000000
"""28 May 2026."""


def write(site: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def run(site: Path) -> Result:
    return build(Request(site, NOW, jobs=2))


def post(title: str, author: str = "") -> str:
    by = f"author: {author}\n" if author else ""
    return f"---\ntitle: {title}\ndate: 2026-01-01\n{by}---\nText.\n"


def echo(text: str) -> str:
    """Return `text`: a task with a large result."""
    return text


def test_helper_takes_large_tasks_while_large_results_wait() -> None:
    """Two full pipes must not wait for each other."""
    helper = Helper()
    large = "x" * 1_000_000
    later = [helper.submit(echo, large) for _ in range(4)]
    assert [each.result() for each in later] == [large] * 4
    helper.close()


def test_authorless_posts_follow_the_site_author_s_page(tmp_path: Path) -> None:
    """The page of the site's author comes and goes with posts that name anybody; links to it do as well."""
    write(
        tmp_path,
        {
            "blogq.yaml": "title: A\nauthor: ann\nbase_url: https://example.org/\nauthors:\n  ann: Ann\n",
            "content/a.md": post("A"),
            "content/b.md": post("B", "ann"),
            "content/c.md": post("C", "bob"),
        },
    )
    run(tmp_path)
    page = tmp_path / "_site/a/index.html"
    assert "/authors/ann/" in page.read_text()
    (tmp_path / "content/b.md").unlink()
    run(tmp_path)
    assert "/authors/ann/" in page.read_text(), "one of her posts is left, beside one of somebody else"
    write(tmp_path, {"content/c.md": post("C")})
    run(tmp_path)
    assert "/authors/ann/" not in page.read_text()


def test_misspelt_content_folder_is_an_error_and_the_site_stays(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": post("A")})
    run(tmp_path)
    write(tmp_path, {"blogq.yaml": "content: contents\n"})
    result = run(tmp_path)
    assert not result.written
    assert [(f.code, f.span.line, f.hint) for f in result.findings if f.severity == "error"] == [
        ("CF103", 1, "Did you mean 'content'?")
    ]
    assert (tmp_path / "_site/a/index.html").exists()


def test_findings_of_the_config_are_those_of_the_config_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": post("A"), "blogq.yaml": "title: A\ntitle: A\nbase_url: https://example.org/\n"})
    assert [f.code for f in run(tmp_path).findings] == ["CF104"]
    write(tmp_path, {"blogq.yaml": "title: A\nbase_url: https://example.org/\n"})
    assert run(tmp_path).findings == ()
    assert run(tmp_path).findings == ()


def test_two_texts_of_one_section_are_a_collision(tmp_path: Path) -> None:
    write(tmp_path, {"content/posts/_index.md": "# One\n", "content/posts/_index.markdown": "# Two\n"})
    result = run(tmp_path)
    assert [f.code for f in result.findings if f.severity == "error"] == ["UR101"]
    assert not result.written


def test_unlisted_section_keeps_its_page(tmp_path: Path) -> None:
    write(tmp_path, {"content/x/_index.md": "---\ntitle: X\nunlisted: true\n---\n", "content/x/a.md": post("A")})
    run(tmp_path)
    assert "noindex" in (tmp_path / "_site/x/index.html").read_text()
    assert "/x/</loc>" not in (tmp_path / "_site/sitemap.xml").read_text()


def test_list_tells_the_urls_that_are_published(tmp_path: Path) -> None:
    """A draft that would take the same URL changes nothing for the post that is live."""
    write(tmp_path, {"content/2026-01-01-a.md": post("A"), "content/2026-02-01-a.md": "---\ndraft: true\n---\n# B\n"})
    told = CliRunner().invoke(cli, ["list", "--site", str(tmp_path), "--now", "2026-05-01", "--json"])
    urls = {row["path"]: row["url"] for row in json.loads(told.stdout)}
    run(tmp_path)
    assert urls["content/2026-01-01-a.md"] == "/a/"
    assert (tmp_path / "_site/a/index.html").exists()


def test_clean_forgets_one_output_folder_only(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"content/a.md": post("A"), "content/b.md": post("B")})
    other = tmp_path / "other"
    build(Request(site, NOW, output=other))
    run(site)
    assert CliRunner().invoke(cli, ["clean", "--site", str(site)]).exit_code == 0
    (site / "content/b.md").unlink()
    build(Request(site, NOW, output=other))
    assert not (other / "b/index.html").exists()


def test_a_configured_output_that_was_never_built_into_keeps_its_files(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": post("A"), "blogq.yaml": "output: docs\n", "docs/CNAME": "example.org\n"})
    assert run(tmp_path).written
    assert (tmp_path / "docs/CNAME").read_text() == "example.org\n"
