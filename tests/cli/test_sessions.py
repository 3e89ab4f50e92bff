"""What each command prints, word for word: the kept texts in golden/ are what people read in their terminals."""

from __future__ import annotations

from pathlib import Path

import pytest
from sessions import check, run, write

NOW = "--now 2026-06-01 --jobs 1"
CONFIG = "title: My blog\nbase_url: https://blog.example/\n"


def post(title: str, body: str = "Text.", front: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-01\n{front}---\n{body}\n"


BLOG = {
    "blogq.yaml": CONFIG,
    "content/about.md": "# About\n\nWho writes here.\n",
    "content/posts/one.md": post("One", "See [two](two.md).", "tags: [a, b]\n"),
    "content/posts/two.md": post("Two"),
}
STATUSES = {
    **BLOG,
    "content/posts/draft.md": post("A draft", front="draft: true\n"),
    "content/posts/later.md": "---\ntitle: Later\ndate: 2026-07-01 09:00:00 +02:00\n---\nText.\n",
    "content/posts/gone.md": post("Gone", front="expires: 2026-02-01\n"),
    "content/posts/uno.es.md": post("Uno"),
    "content/posts/broken.md": "---\ntitle: Broken\ndate: 2026-13-01\n---\nText.\n",
}
MISTAKES = {
    "blogq.yaml": f"{CONFIG}base_ulr: https://blog.example/\npagination:\n  size: many\n",
    "content/a.md": "---\ntitle: A\ndate: 2026-13-01\n---\nText.\n",
    "content/b.md": post("B"),
    "content/c.md": post("C", front="slug: b\n"),
    "content/d.md": "---\ntitle: D\n",
    "content/e.md": post("E", "[x](nowhere.md)"),
}
"""Everything wrong at once: two options, a date, a fence, a collision; and a dead link, which is no error."""
WARNINGS = {
    "blogq.yaml": CONFIG,
    "content/a.md": post("A", "\n\n".join(f"Go [there](missing-{n}.md)." for n in range(1, 13))),
    "content/b.md": post("B", "```pyhton\nx\n```\n\nA [dead](gone.md) link.", "tgas: [x]\n"),
}


HOUSE_STYLE = {
    "blogq.yaml": r"""
title: Second Pass
base_url: https://example.org/
style:
  - swap: {utilize: use, in order to: to, very: , Github: GitHub}
  - words: [master, slave]
    exceptions: [master's degree]
    message: say primary and replica
    severity: error
  - {name: a space before units, pattern: '\b(\d+)(km|kg)\b', replacement: '\1 \2'}
  - {words: just, at_most: 2}
""",
    "content/posts/pump.md": """---
title: How we utilize the pump
date: 2026-05-01
---
Utilize it in order to pump very much: 5km of pipe, 40kg of it, on Github or GitHub. The master stops. “We utilize
it”, said someone with a master's degree. It just runs. It just does, and just so.
""",
    "content/posts/plain.md": "---\ntitle: Plain\ndate: 2026-05-02\n---\nNothing to see here.\n",
}
HOUSE_MISTAKES = {
    "blogq.yaml": r"""
title: Second Pass
base_url: https://example.org/
style:
  - wrods: synergy
  - {name: colours, pattern: 'colou?r(?=s)'}
  - {pattern: '(\d+)km', replacement: '\2 km'}
  - {words: synergy, severity: fatal}
  - {message: no}
""",
}


@pytest.mark.parametrize(
    ("name", "files", "commands"),
    [
        ("build", BLOG, [f"build {NOW}", f"build {NOW}", f"build {NOW} --quiet", "build --output public " + NOW]),
        ("build-json", WARNINGS | {"content/a.md": post("A")}, [f"build {NOW} --json"]),
        ("build-mistakes", MISTAKES, [f"build {NOW}", f"build {NOW} --quiet", f"build {NOW} --json"]),
        ("build-keep-going", MISTAKES, [f"build {NOW} --keep-going", f"build {NOW} --keep-going"]),
        ("build-warnings", WARNINGS, [f"build {NOW}", f"build {NOW}", f"build {NOW} --quiet"]),
        ("build-without-config", {"notes/a.md": post("A")}, [f"build {NOW}"]),
        ("build-nothing", {}, [f"build {NOW}"]),
        ("list", STATUSES, ["list --now 2026-06-01", "list --json --now 2026-06-01", "list --now 2026-07-02"]),
        ("config", BLOG, ["config", "config --json"]),
        ("config-mistakes", MISTAKES, ["config"]),
        ("house-style", HOUSE_STYLE, ["check --select HS --jobs 1 --now 2026-06-01"]),
        ("house-style-mistakes", HOUSE_MISTAKES, ["check --select HS --jobs 1 --now 2026-06-01"]),
        ("clean", BLOG, ["clean", f"build {NOW}", "clean", "clean"]),
        ("help", {}, ["--help", "build --help", "list --help", "config --help", "clean --help"]),
        (
            "usage",
            BLOG,
            ["biuld", "publish", "build --now yesterday", "build --site nowhere", "build --theme nope",
             "build --base-url blog.example"],
        ),
    ],
)  # fmt: skip
def test_session(name: str, files: dict[str, str], commands: list[str], tmp_path: Path) -> None:
    site = tmp_path / "my-site"
    site.mkdir()
    write(site, files)
    check(name, "\n".join(run(site, command) for command in commands))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("build --ouptut x", "--output"),
        ("list --jsno", "--json"),
        ("build --jobs 0", "'--jobs'"),
        ("build extra", "(extra)"),
    ],
)
def test_usage_that_click_sees_is_said_with_what_is_near(command: str, said: str, tmp_path: Path) -> None:
    told = run(tmp_path, command)
    assert said in told.partition("Error: ")[2]
    assert told.endswith("--- exit code 2\n")


def test_template_mistake_is_told_once(tmp_path: Path) -> None:
    """A mistake in a template names template, line and page; not once for every page."""
    write(tmp_path, {**BLOG, "templates/post.html": "<html>\n{{ page.titel }}\n</html>\n"})
    check("build-template", run(tmp_path, f"build {NOW}"))


def test_errors_stand_last_below_hundreds_of_warnings(tmp_path: Path) -> None:
    """400 dead links don't drown one error: few warnings are shown, and the error comes right above the summary."""
    links = "\n\n".join(f"[x](gone-{number}.md)" for number in range(400))
    write(tmp_path, {**BLOG, "content/a.md": post("A", links), "content/b.md": "---\ntitle: B\ndate: never\n---\n"})
    lines = run(tmp_path, f"build {NOW} --keep-going").splitlines()
    assert len(lines) < 20
    (at,) = [number for number, line in enumerate(lines) if " error " in line]
    assert at > max(number for number, line in enumerate(lines) if "LK001" in line)
    assert "397 more LK001 in 1 file" in "".join(lines)
    assert "1 error, 400 warnings" in "".join(lines)


def test_every_command_takes_a_site(tmp_path: Path) -> None:
    site = write(tmp_path / "there", BLOG)
    for command in ("build", "list", "config", "clean"):
        told = run(tmp_path, f"{command} --site {site}")
        assert told.endswith("--- exit code 0\n"), told
        if command == "build":
            assert (site / "_site" / "index.html").is_file()
    assert not (site / "_site").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_clean_keeps_what_blogq_did_not_write(tmp_path: Path) -> None:
    write(tmp_path, BLOG)
    run(tmp_path, f"build {NOW}")
    (tmp_path / "_site" / "mine.txt").write_text("mine")
    told = run(tmp_path, "clean")
    assert "1 file that blogq didn't write stays" in told
    assert [path.name for path in (tmp_path / "_site").rglob("*")] == ["mine.txt"]
    # The lock stays: a build may be waiting for it.
    assert [path.name for path in (tmp_path / ".blogq").iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("command", "option", "said"),
    [
        ("build", "output", "OU101: can't be the output folder: it lies behind a symbolic link that leads in a circle"),
        ("list", "output", "1 source: 1 live"),
        ("clean", "output", "the output folder is a symbolic link"),
        ("build", "content", "CF103"),
        ("list", "content", "CF103"),
        ("config", "content", "CF103"),
        ("clean", "content", "nothing to remove"),
    ],
)
def test_circular_link_as_a_folder_is_no_bug(command: str, option: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": f"{CONFIG}{option}: loop\n", "content/a.md": post("A")})
    (tmp_path / "loop").symlink_to("loop")
    assert said in run(tmp_path, command)


def test_circular_link_as_the_site_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for command in ("build", "list", "config", "clean"):
        assert "'loop' is not a folder" in run(tmp_path, f"{command} --site loop")


def test_progress_and_colours_are_for_terminals_only(tmp_path: Path) -> None:
    """Into a file or a pipe go no escapes, also none that a title would smuggle in (attack 91)."""
    write(
        tmp_path,
        {**BLOG, "content/x.md": post('"\\e[31mred \\u202e"', "[x](gone.md)"), "content/\x1b[32mgreen.md": post("G")},
    )
    for command in (f"build {NOW}", "list"):
        told = run(tmp_path, command)
        assert "\x1b" not in told and "\u202e" not in told


def test_menu_entry_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    """A menu stands on every page: a dead entry is told with the line of the config."""
    menu = "menu:\n  - A: about.md\n  - P: /posts/\n  - F: /feed.xml\n  - W: https://x.example/\n  - Old: notes/\n"
    write(tmp_path, {**BLOG, "blogq.yaml": CONFIG + menu})
    told = run(tmp_path, f"build {NOW}")
    assert told.count("LK001") == 1
    assert "blogq.yaml:3: warning LK001: `menu`: notes/ leads nowhere" in told
    again = run(tmp_path, f"build {NOW}")
    assert again.partition("--- on stderr")[2] == told.partition("--- on stderr")[2]


def test_hints_say_what_their_readers_can_do(tmp_path: Path) -> None:
    """A picture has a place to be put, blogq's own feed can't be given a slug, and code is shown as code."""
    files = {
        "content/a.md": post("A", "![](/gone.png)\n"),
        "content/b.md": post("B", '<p>\n<a href="{{ "/x/" | url }}">x</a>\n</p>\n'),
        "content/feed.md": post("Feed", front="permalink: /feed.xml\n"),
    }
    write(tmp_path, {**BLOG, **files})
    told = run(tmp_path, f"build {NOW} --keep-going")
    assert "help: put the file beside the post or, where the address begins with a slash, into static/" in told
    assert "content/feed.md and the feed would both be published at /feed.xml" in told
    assert "help: give it another name, `slug` or `permalink`, or remove it where what blogq makes will do" in told
    assert "LK101: the link {{ … has another generator's template code in it" in told


def test_static_file_that_a_template_misses(tmp_path: Path) -> None:
    write(tmp_path, {**BLOG, "templates/post.html": "{{ asset('gone.css') }}"})
    told = run(tmp_path, f"build {NOW}")
    assert "templates/post.html:1: error TH104" in told and "static/gone.css" in told


def test_warnings_stay_after_an_edit_elsewhere(tmp_path: Path) -> None:
    """A build that parses one post again still tells what is wrong with the others."""
    write(tmp_path, {**WARNINGS, "content/l.md": post("L", "[x]({{site.url}}/y)"), "content/z.md": post("Z")})
    before = run(tmp_path, f"build {NOW}").partition("--- on stderr")[2]
    write(tmp_path, {"content/z.md": post("Z", "Another text.")})
    assert run(tmp_path, f"build {NOW}").partition("--- on stderr")[2] == before
    assert "template code" in before
