"""Names that would lead elsewhere: each is refused with file and line, and nothing is written outside the output.

The numbers are those of README.md beside this file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from attack_sites import CONFIG, GOOD, attacked, codes, make_site, output, run, surroundings, tree, write

from blogq.build import Request, build


def post(**keys: str) -> str:
    """Return a post whose front matter has `keys`, from line 4 on."""
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: X\ndate: 2026-01-01\n{lines}---\nText.\n"


def undecodable(name: bytes) -> str:
    """Return a file name that isn't UTF-8 as Python writes it."""
    return name.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "slug", ['"../../x"', '"../good"', "..", '"../../outside/x"', r'"..\\..\\x"', '"a/../../../x"']
)
def test_attack_26_slug_that_climbs_is_refused(tmp_path: Path, slug: str) -> None:
    attacked(tmp_path, {"content/x.md": post(slug=slug)}, "UR102", "content/x.md", 4)


def test_attack_27_absolute_slug_stays_within_the_output(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/x.md": post(slug=str(tmp_path / "outside" / "x"))})
    before = surroundings(site)
    assert run(site).written
    assert surroundings(site) == before
    assert f"{tmp_path}/outside/x/index.html".lstrip("/") in output(site)


@pytest.mark.parametrize(
    "permalink",
    [
        "/%2e%2e/%2e%2e/x/",
        "/%252e%252e/x/",
        "/..%2f..%2fx/",
        "/a%5cb/",
        "/%00/",
        "/a/%2e/b/",
        "//evil.example/",
        "'/../:slug/'",
    ],
)
def test_attack_28_encoded_permalink_is_refused(tmp_path: Path, permalink: str) -> None:
    attacked(tmp_path, {"content/x.md": post(permalink=permalink)}, "UR102", "content/x.md", 4)


def test_attack_28_title_can_not_climb_through_a_pattern(tmp_path: Path) -> None:
    """What a pattern puts into an address is a slug, whatever the title is."""
    config = f"{CONFIG}permalinks:\n  posts: /:title/\n"
    hostile = "---\ntitle: ../../../x\ndate: 2026-01-01\n---\nText.\n"
    site = make_site(tmp_path, {"blogq.yaml": config, "content/x.md": hostile})
    before = surroundings(site)
    assert run(site).written
    assert surroundings(site) == before
    assert not any(".." in path for path in output(site))


@pytest.mark.parametrize("alias", ["/../../x/", "/%2e%2e/x/", "../../../x", "//evil.example/", r'"a\\b"', '"/a\\0b/"'])
def test_attack_29_alias_that_climbs_is_refused(tmp_path: Path, alias: str) -> None:
    site = attacked(tmp_path, {"content/x.md": post(aliases=f"[{alias}]")}, "UR102", "content/x.md", 4)
    assert b"evil" not in output(site).get("_redirects", b"")


@pytest.mark.parametrize("tag", ["..", "../..", "%2e%2e", "/", r"\\"])
def test_attack_30_tag_of_dots_never_climbs(tmp_path: Path, tag: str) -> None:
    """A tag is made into a slug: one of which nothing is left is refused, and no other leads anywhere."""
    site = make_site(tmp_path, {"content/x.md": post(tags=f'["{tag}"]')})
    before = surroundings(site)
    result = run(site, keep_going=True)
    assert surroundings(site) == before
    assert not any(".." in path for path in output(site))
    if tag != "%2e%2e":
        assert [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"] == [
            ("UR102", "content/x.md", 4)
        ]


def test_attack_31_category_of_one_dot_is_refused(tmp_path: Path) -> None:
    attacked(tmp_path, {"content/x.md": post(categories='["."]')}, "UR102", "content/x.md", 4)


def test_attack_31_empty_category_is_none(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/x.md": post(categories='["", " "]')})
    assert run(site).written
    assert not any(path.startswith("categories") for path in output(site))


@pytest.mark.parametrize("path", [".", "./a", "a/../b", ".git", "a//b", "con"])
def test_attack_31_taxonomy_can_not_be_put_elsewhere(tmp_path: Path, path: str) -> None:
    config = f"{CONFIG}taxonomies:\n  tags:\n    path: {path}\n"
    attacked(tmp_path, {"blogq.yaml": config}, "CF103", "blogq.yaml", 5)


def test_attack_32_backslash_is_refused(tmp_path: Path) -> None:
    attacked(tmp_path, {"content/x.md": post(slug=r"'a\b'")}, "UR102", "content/x.md", 4)


def test_attack_32_backslash_in_file_names(tmp_path: Path) -> None:
    site = attacked(tmp_path, {"static/a\\b.txt": "x", "content/c\\d.md": post()}, "UR102", "static/a\\b.txt")
    assert "c-d/index.html" in output(site)
    assert not any("\\" in path for path in output(site))


@pytest.mark.parametrize("character", [r"\x01", r"\0", r"\x1b", r"\n", r"\x7f", r"\x85"])
def test_attack_33_control_character_in_a_slug_is_refused(tmp_path: Path, character: str) -> None:
    attacked(tmp_path, {"content/x.md": post(slug=f'"a{character}b"')}, "UR102", "content/x.md", 4)


@pytest.mark.parametrize("name", ["content/a\x1bb.md", "static/a\x1bb.txt", "content/a\nb.png"])
def test_attack_33_control_character_in_a_file_name_is_refused(tmp_path: Path, name: str) -> None:
    attacked(tmp_path, {name: GOOD}, "UR102", name)


@pytest.mark.parametrize("name", [b"content/\xff.md", b"static/\xff.txt", b"content/\xe9/index.md"])
def test_attack_33_file_name_that_is_not_utf8_is_refused(tmp_path: Path, name: bytes) -> None:
    attacked(tmp_path, {undecodable(name): GOOD}, "UR102", undecodable(name))


@pytest.mark.parametrize("name", ["content/a\u202eb.md", "content/a\u200bb.md", "static/a\u2066b.txt"])
def test_attack_34_invisible_characters_are_warned_of(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path, {name: GOOD})
    result = run(site)
    assert result.written
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "warning"] == [("SR107", name)]


@pytest.mark.parametrize("key", ["slug", "permalink", "tags", "aliases"])
@pytest.mark.parametrize("name", ["a" * 300, "ä" * 140])
def test_attack_35_name_longer_than_file_systems_take_is_refused(tmp_path: Path, key: str, name: str) -> None:
    value = f"[{name}]" if key in ("tags", "aliases") else name
    attacked(tmp_path, {"content/x.md": post(**{key: value})}, "UR102", "content/x.md", 4, "longer than 255 bytes")


@pytest.mark.parametrize("folder", ["content", "static"])
def test_attack_36_names_that_differ_in_case_only_are_refused(tmp_path: Path, folder: str) -> None:
    end = "md" if folder == "content" else "txt"
    files = {f"{folder}/Foo.{end}": post(), f"{folder}/foo.{end}": post()}
    attacked(tmp_path, files, "UR105", f"{folder}/foo.{end}", word=f"{folder}/Foo.{end}")


def test_attack_37_two_forms_of_one_name_are_refused(tmp_path: Path) -> None:
    composed, decomposed = "content/caf\u00e9.md", "content/cafe\u0301.md"
    site = make_site(tmp_path, {composed: post(), decomposed: post()})
    result = run(site)
    assert not result.written
    found = [f for f in result.findings if f.severity == "error"]
    assert [f.code for f in found] == ["UR101"]
    assert composed in found[0].message and decomposed in found[0].message


@pytest.mark.parametrize("name", ["content/CON.md", "static/aux.txt", "static/b./x.txt", "content/nul/index.md"])
def test_attack_38_name_that_windows_can_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    attacked(tmp_path, {name: post()}, "UR102", name, word="Windows")


@pytest.mark.parametrize("key, value", [("slug", "'x.'"), ("permalink", "/com1/"), ("tags", "[con]")])
def test_attack_38_front_matter_that_windows_can_not_hold_is_refused(tmp_path: Path, key: str, value: str) -> None:
    attacked(tmp_path, {"content/x.md": post(**{key: value})}, "UR102", "content/x.md", 4, "Windows")


def test_attack_39_two_sources_at_one_url_are_both_named(tmp_path: Path) -> None:
    files = {"content/x.md": post(slug="good")}
    attacked(tmp_path, files, "UR101", "content/x.md", 4, "content/good.md and content/x.md")


def test_attack_40_alias_over_a_page_is_refused(tmp_path: Path) -> None:
    site = attacked(tmp_path, {"content/x.md": post(aliases="[/good/]")}, "UR103", "content/x.md", 4, "content/good.md")
    assert b"Words that stay." in output(site)["good/index.html"]


@pytest.mark.parametrize("permalink", ["/feed.xml", "/atom.xml", "/feed.json", "/archive/2026/01/"])
def test_attack_41_post_over_a_generated_file(tmp_path: Path, permalink: str) -> None:
    """A post can take the place of a list, which it then is, and never that of a feed."""
    site = make_site(tmp_path, {"content/x.md": post(permalink=permalink)})
    result = run(site)
    if permalink.startswith("/archive"):
        assert result.written
        assert b"Text." in output(site)["archive/2026/01/index.html"]
    else:
        found = [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"]
        assert found == [("UR101", "content/x.md", 4)]
        assert not output(site)


def test_attack_41_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    files = {"content/x.md": post(permalink="/a.html"), "content/a.html/y.md": post()}
    attacked(tmp_path, files, "UR101", "content/a.html/y.md", word="needs a folder of that name")


@pytest.mark.parametrize("permalink", ["/.git/config/", "/a/.GIT/hooks/x.txt", "/.hg/", "/.svn/entries.txt"])
def test_attack_26_permalink_into_a_checkout_is_refused(tmp_path: Path, permalink: str) -> None:
    """The output folder may be a checkout of its own, whose hooks and config nobody may write."""
    attacked(tmp_path, {"content/x.md": post(permalink=permalink)}, "UR102", "content/x.md", 4)


@pytest.mark.parametrize("name", ["/", "~", ".", "..", "content", "templates", ".git", ".blogq", ".blogq/x", "a/.git"])
def test_attack_42_output_that_would_destroy_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root, home folder, the site, sources, store and the folder of version control are no output folders."""
    site = make_site(tmp_path, {"templates/x.html": "x", ".git/config": "[core]"})
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    write(tmp_path, {"home/letter.txt": "dear"})
    before = tree(tmp_path)
    target = tmp_path / "home" if name == "~" else site / name
    result = build(Request(site, 0, output=target))
    assert not result.written
    assert codes(result) == ["OU101"]
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["/", "/etc", "..", "../outside", ".", "content", "content/x", ".git", ".blogq"])
def test_attack_42_config_can_not_put_the_output_there_either(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path)
    write(site, {"blogq.yaml": f"{CONFIG}output: {name}\n"})
    before = tree(tmp_path)
    result = run(site)
    assert not result.written
    assert set(codes(result)) <= {"OU101", "CF103"}
    # What else is wrong is looked for all the same, so there may be a store.
    assert {path: data for path, data in tree(tmp_path).items() if not path.startswith("site/.blogq/")} == before


def test_attack_42_sources_are_not_the_output(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"blogq.yaml": f"{CONFIG}content: content\noutput: content\n"})
    before = tree(tmp_path)
    result = run(site, keep_going=True)
    assert ("CF103", 4) in [(f.code, f.span.line) for f in result.findings if f.severity == "error"]
    assert before.items() <= tree(tmp_path).items()
