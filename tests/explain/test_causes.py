"""Causes: what a build says it rendered something for is what was edited; what `why` foretells is what a build does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogq.build import Request, build
from blogq.explain.answer import Answer
from blogq.explain.builds import outlook, with_builds
from blogq.explain.explanation import explain
from blogq.explain.state import Question, State, read_state
from blogq.store.causes import causes_path, load_causes
from blogq.store.manifest import load_manifest, manifest_path

NOW = 1_780_272_000
DAY = 86_400
Edit = Callable[[Path], object]


def post(title: str, day: int, front: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-{day:02d}\n{front}---\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "blogq.yaml": "title: T\nbase_url: https://blog.example/\ncomments: {sources: talk}\n",
        "content/about.md": "# About\n",
        "content/posts/one.md": post("One", 1, "tags: [a]\n"),
        "content/posts/two.md": post("Two", 2, "tags: [a]\naliases: [/old/]\n"),
        "content/posts/three.md": post("Three", 3, body="See [one](one.md)."),
        "content/notes/four.md": post("Four", 4),
        "content/posts/later.md": "---\ntitle: Later\ndate: 2026-06-02\n---\nText.\n",
        "static/data.txt": "x",
        "talk/posts/one/1.yml": "message: Why?\n",
    }
    for name, text in files.items():
        save(name, text)(tmp_path)
    return tmp_path


def save(name: str, text: str) -> Edit:
    def edit(site: Path) -> None:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return edit


def append(name: str, text: str = "More.\n") -> Edit:
    def edit(site: Path) -> None:
        with open(site / name, "a", encoding="utf-8") as file:
            file.write(text)

    return edit


def remove(name: str) -> Edit:
    return lambda site: (site / name).unlink()


def run(site: Path, now: int = NOW) -> None:
    assert build(Request(site, now, jobs=1)).written


def last(site: Path) -> dict[str, tuple[int, str, str]]:
    """Return when and why each output was last made."""
    path = manifest_path(site / ".blogq", site, site / "_site")
    manifest = load_manifest(path)
    assert manifest is not None
    causes = load_causes(path, manifest.at)
    assert causes is not None
    return {name: causes.told[number] for name, number in zip(manifest.paths, causes.numbers, strict=True)}


def read(site: Path, now: int = NOW) -> State:
    state = read_state(Question(site, now))
    assert isinstance(state, State)
    return state


def ask(site: Path, name: str) -> Answer:
    state = read(site)
    return with_builds(state, explain(state, name, site))


EDITS: dict[str, tuple[Edit, dict[str, tuple[str, str]]]] = {
    "text": (
        append("content/posts/two.md"),
        {"posts/two/index.md": ("", ""), "posts/two/index.html": ("text", ""),
         "feed.xml": ("members", "posts/two.md"), "index.html": ("members", "posts/two.md")},
    ),
    "title": (
        save("content/posts/two.md", post("Second", 2, "tags: [a]\naliases: [/old/]\n")),
        {"posts/two/index.html": ("front matter", ""), "posts/one/index.html": ("around", "posts/two.md"),
         "posts/three/index.html": ("around", "posts/two.md"), "tags/a/index.html": ("members", "posts/two.md"),
         "old/index.html": ("members", "posts/two.md")},
    ),
    "new post": (
        save("content/posts/new.md", post("New", 5)),
        {"posts/new/index.html": ("new", ""), "notes/four/index.html": ("around", "posts/new.md"),
         "feed.xml": ("members", "posts/new.md"), "sitemap.xml": ("members", "")},
    ),
    "removed post": (
        remove("content/posts/three.md"),
        {"posts/two/index.html": ("around", ""), "index.html": ("members", "")},
    ),
    "moved link": (
        save("content/posts/one.md", post("One", 1, "tags: [a]\nslug: uno\n")),
        {"posts/uno/index.html": ("new", ""), "posts/three/index.html": ("around", "")},
    ),
    "config": (
        append("blogq.yaml", "description: About things\npagination: {size: 7}\n"),
        {"posts/one/index.html": ("config", "description, pagination")},
    ),
    "theme option": (
        append("blogq.yaml", "theme_options: {show_toc: false}\n"),
        {"posts/one/index.html": ("config", "theme_options")},
    ),
    "menu": (
        save("content/posts/one.md", post("One", 1, "categories: [new]\n")),
        {"about/index.html": ("site", ""), "categories/index.html": ("new", "")},
    ),
    "template added": (
        save("templates/post.html", "<p>{{ page.title }}</p>"),
        {"posts/one/index.html": ("template", "templates/post.html changed")},
    ),
    "output changed by hand": (
        save("_site/posts/one/index.html", "tampered"),
        {"posts/one/index.html": ("output", "")},
    ),
    "output gone": (remove("_site/feed.xml"), {"feed.xml": ("output", "")}),
    "new comment": (
        save("talk/posts/two/1.yml", "message: How?\n"), {"posts/two/index.html": ("comments", "")},
    ),
    "comment withdrawn": (remove("talk/posts/one/1.yml"), {"posts/one/index.html": ("comments", "")}),
    "static file": (save("static/data.txt", "y"), {"data.txt": ("file", "")}),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_build_says_what_was_edited(site: Path, name: str) -> None:
    edit, expected = EDITS[name]
    run(site)
    assert {code for _, code, _ in last(site).values()} == {"first"}
    edit(site)
    run(site, NOW + 60)
    found = last(site)
    told = {path: found[path][1:] for path in expected if path in found}
    assert told == {path: cause for path, cause in expected.items() if path in found}
    assert told
    # What wasn't rendered keeps the cause that it had.
    assert all(code == "first" for when, code, _ in found.values() if when == NOW)


@pytest.mark.parametrize("name", EDITS)
def test_why_foretells_what_the_build_does(site: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every output: it is made anew exactly when `why` said so, and for the cause that it gave."""
    edit, _ = EDITS[name]
    run(site)
    edit(site)
    state = read(site)
    foretold = {path: outlook(state, path).why for path in (*state.jobs, *state.copied)}
    run(site, NOW + 60)
    found = last(site)
    made = {path: (code, detail) for path, (when, code, detail) in found.items() if when == NOW + 60}
    assets = {path for path in made if path not in foretold}
    assert all(path.endswith(".css") for path in assets)
    assert {path: tuple(why) for path, why in foretold.items() if why is not None} == {
        path: cause for path, cause in made.items() if path not in assets
    }
    after = read(site, NOW + 61)
    assert {outlook(after, path).why for path in list(after.jobs)[:5]} == {None}


def test_a_post_that_goes_live(site: Path) -> None:
    run(site)
    run(site, NOW + 2 * DAY)
    found = last(site)
    assert found["posts/later/index.html"] == (NOW + 2 * DAY, "new", "")
    assert found["notes/four/index.html"] == (NOW + 2 * DAY, "around", "posts/later.md")


def test_in_words(site: Path) -> None:
    assert ask(site, "content/posts/one.md").last_build is None
    run(site)
    answer = ask(site, "content/posts/one.md")
    assert answer.last_build is not None and answer.next_build is not None
    assert (answer.last_build.when, answer.last_build.message) == (NOW, "it was the first build into this folder")
    assert answer.next_build.code == "fresh"
    append("blogq.yaml", "description: New\n")(site)
    next_build = ask(site, "content/posts/one.md").next_build
    assert next_build is not None
    assert next_build.message == "it would be made anew: the config changed: the option description"
    save("content/posts/x.md", "---\ndate: never\n---\n")(site)
    next_build = ask(site, "content/posts/one.md").next_build
    assert next_build is not None and "the site has an error" in next_build.message


def test_asking_changes_nothing(site: Path) -> None:
    """The answer after an edit is the same however often one asks: the memo learns of the edit, the record doesn't."""
    run(site)
    append("content/posts/two.md")(site)
    first, second = ask(site, "/posts/two/").next_build, ask(site, "/posts/two/").next_build
    assert first == second and first is not None and first.code == "text"
    run(site, NOW + 60)
    assert last(site)["posts/two/index.html"] == (NOW + 60, "text", "")


@pytest.mark.parametrize("damage", [b"", b"blogq table 1\n", b"x" * 300])
def test_a_damaged_record_is_no_loss(site: Path, damage: bytes) -> None:
    run(site)
    path = causes_path(manifest_path(site / ".blogq", site, site / "_site"))
    path.write_bytes(damage)
    cause = ask(site, "/posts/one/").last_build
    assert cause is not None and cause.code == "unrecorded"
    append("content/posts/two.md")(site)
    run(site, NOW + 60)
    assert last(site)["posts/two/index.html"][1] == "unrecorded"
    append("content/posts/two.md")(site)
    run(site, NOW + 120)
    assert last(site)["posts/two/index.html"] == (NOW + 120, "text", "")


def test_another_version_of_blogq(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(site)
    monkeypatch.setattr("blogq.build.code_digest", lambda: b"another version!")
    run(site, NOW + 60)
    assert {code for _, code, _ in last(site).values()} >= {"blogq"}


def test_old_causes_are_forgotten(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogq.cause.LONGEST_TABLE", 5)
    run(site)
    for number in range(6):
        append("content/posts/two.md", f"{number}\n")(site)
        run(site, NOW + 60 * (number + 1))
    path = manifest_path(site / ".blogq", site, site / "_site")
    manifest = load_manifest(path)
    assert manifest is not None
    causes = load_causes(path, manifest.at)
    assert causes is not None and len(causes.told) < 8
    found = last(site)
    assert found["about/index.html"] == (NOW, "first", "")
    assert found["posts/two/index.html"] == (NOW + 360, "text", "")
