"""`blogq init`: a site that builds, of what can be guessed; and nobody's file is ever written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sessions import check, run, write

from blogq.build import Request, build
from blogq.cli.report import NAME
from blogq.config.load import load_config
from blogq.start.site import config_of
from blogq.start.surroundings import language_of, surroundings

NOW = 1_790_000_000
"""21 September 2026."""


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine in Berlin whose user has told git who they are."""
    (tmp_path / "gitconfig").write_text("[user]\nname = Nuria Valdés\nemail = nuria@blog.example\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Berlin")


def findings(site: Path) -> list[str]:
    """Return what a build finds that is more than a note."""
    result = build(Request(site, NOW + 86_400, jobs=1))
    assert result.written
    return [f"{each.span.path}: {each.message}" for each in result.findings if each.severity != "note"]


def test_session(tmp_path: Path) -> None:
    told = [run(tmp_path, "init my-blog --now 2026-06-01")]
    told += [(tmp_path / "my-blog" / name).read_text() for name in ("blogq.yaml", ".gitignore")]
    told += [run(tmp_path, command) for command in ("init my-blog", "init x --timezone Berlin", "init x --base-url x")]
    assert not (tmp_path / "x").exists()
    check("init", "\n".join(told))


def test_a_new_site_builds_and_passes(tmp_path: Path) -> None:
    site = tmp_path / "pumps-and_patience"
    run(tmp_path, f"init {site.name} --now 2026-06-01")
    assert findings(site) == []
    config = load_config(site)
    assert config.findings == ()
    assert (config.config.title, config.config.language, config.config.timezone) == (
        "Pumps and patience", "de", "Europe/Berlin",
    )  # fmt: skip
    assert config.config.authors["nuria-valdés"].name == "Nuria Valdés"
    page = (site / "_site" / "posts" / "first-post" / "index.html").read_text()
    assert 'href="/about/"' in page and 'lang="en"' in page
    assert (site / "_site" / "about" / "index.html").is_file()


def test_without_its_first_post_it_passes_as_well(tmp_path: Path) -> None:
    run(tmp_path, "init blog --now 2026-06-01")
    (tmp_path / "blog" / "content" / "posts" / "first-post.md").unlink()
    assert findings(tmp_path / "blog") == []


def test_an_address_for_mail_is_not_published_unasked(tmp_path: Path) -> None:
    run(tmp_path, "init blog")
    assert load_config(tmp_path / "blog").config.authors["nuria-valdés"].email == ""
    assert "# email: nuria@blog.example" in (tmp_path / "blog" / "blogq.yaml").read_text()


def test_what_is_said_counts(tmp_path: Path) -> None:
    title = 'A "quoted": #1 title'
    run(
        tmp_path,
        f"init blog --title '{title}' --author 'Owen: Tapley' --language pt-BR --timezone America/Recife"
        " --base-url https://example.org/b/ --now 2026-06-01",
    )
    loaded = load_config(tmp_path / "blog")
    config = loaded.config
    assert loaded.findings == ()
    assert (config.title, config.language, config.timezone) == (title, "pt-BR", "America/Recife")
    assert config.base_url == "https://example.org/b/"
    assert config.authors[config.author].name == "Owen: Tapley"
    assert "nuria" not in (tmp_path / "blog" / "blogq.yaml").read_text()
    assert findings(tmp_path / "blog") == []


def test_without_git_and_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for name, value in (("LC_ALL", "C.UTF-8"), ("TZ", "UTC")):
        monkeypatch.setenv(name, value)
    run(tmp_path, "init blog --now 2026-06-01")
    config = load_config(tmp_path / "blog").config
    assert (config.author, config.language, config.timezone) == ("", "en", "UTC")
    assert findings(tmp_path / "blog") == []


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en_GB.UTF-8", "en"), ("pt_BR", "pt-BR"), ("pt_PT@euro", "pt"), ("zh_TW.UTF-8", "zh-Hant"), ("C", ""),
        ("POSIX", ""), ("", ""), ("C.UTF-8", ""), ("de_DE.UTF-8@euro", "de"), ("ast_ES", "ast"),
    ],
)  # fmt: skip
def test_language_of_a_locale(name: str, language: str) -> None:
    assert language_of({"LANG": name}) == language


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"), (":Asia/Tokyo", "Asia/Tokyo"), ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("Etc/UTC", "UTC"), ("UTC", "UTC"),
    ],
)  # fmt: skip
def test_time_zone_of_the_environment(tmp_path: Path, name: str, zone: str) -> None:
    assert surroundings(tmp_path / "not" / "there", {"TZ": name}).timezone == zone


def test_a_folder_of_markdown_is_kept(tmp_path: Path) -> None:
    notes = {
        "2025-01-01-one.md": "# One\n\nText.\n",
        "more/two.md": "---\ntitle: Two\ndate: 2025-02-02\n---\nText.\n",
        "README.md": "# Read me\n",
        ".gitignore": "*.tmp\n",
        "_config.yml": "title: Old\n",
    }
    site = write(tmp_path / "notes", notes)
    told = run(tmp_path, "init notes --now 2026-06-01")
    assert "2 Markdown files in it stay as they are" in told
    assert ".gitignore was there and stays as it is" in told
    assert "_config.yml is of Jekyll or Hexo" in told
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {
        *notes, "blogq.yaml", ".blogq/schema.json",
    }  # fmt: skip
    assert all((site / name).read_text() == text for name, text in notes.items())
    assert findings(site) == []


def test_a_fresh_repository_with_a_readme_is_new(tmp_path: Path) -> None:
    site = write(tmp_path / "blog", {"README.md": "# My blog\n", "LICENSE": "MIT\n"})
    run(tmp_path, "init blog --now 2026-06-01")
    assert (site / "content" / "posts" / "first-post.md").is_file()
    assert findings(site) == []
    assert not (site / "_site" / "README").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    site = write(tmp_path / "blog", {"archetypes/post.md": "mine", "content/about.txt": "x"})
    told = run(tmp_path, "init blog")
    assert (site / "archetypes" / "post.md").read_text() == "mine"
    assert "archetypes/post.md was there and stays as it is." in told


@pytest.mark.parametrize("name", ["blogq.yaml", "blogq.yml"])
def test_a_site_is_refused(tmp_path: Path, name: str) -> None:
    site = write(tmp_path / "blog", {name: "title: Mine\n"})
    told = run(tmp_path, "init blog")
    assert told.endswith("--- exit code 2\n")
    assert f"is a site already: it has a {name}" in told
    assert [path.name for path in site.iterdir()] == [name]
    assert config_of(site) == name


def test_here(tmp_path: Path) -> None:
    (tmp_path / "blog").mkdir()
    told = run(tmp_path / "blog", "init .")
    assert "\n  cd " not in told
    assert load_config(tmp_path / "blog").config.title == "Blog"


def test_folders_that_can_not_be(tmp_path: Path) -> None:
    write(tmp_path, {"file": "x", "locked/x": "x"})
    assert run(tmp_path, "init file").endswith("--- exit code 2\n")
    told = run(tmp_path, "init file/inside")
    assert told.endswith("--- exit code 2\n") and "Not a directory" in told
    assert run(tmp_path, "init").endswith("--- exit code 2\n")


def test_editors_find_the_schema(tmp_path: Path) -> None:
    run(tmp_path, "init blog")
    first = (tmp_path / "blog" / "blogq.yaml").read_text().partition("\n")[0]
    path = first.partition("$schema=")[2]
    made = json.loads((tmp_path / "blog" / path).read_text())
    assert made["properties"]["title"]["description"]
    run(tmp_path / "blog", "build --jobs 1")
    run(tmp_path / "blog", "clean")
    assert (tmp_path / "blog" / path).is_file()


def test_the_report_of_a_new_site_stays_out_of_git(tmp_path: Path) -> None:
    run(tmp_path, "init my-blog --now 2026-06-01")
    assert f"/{NAME}" in (tmp_path / "my-blog/.gitignore").read_text().splitlines()
