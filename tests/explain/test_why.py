"""`blogq why`: for every way of not being published the true reason, and for every name the same answer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))
from sessions import check, run, write

from blogq.cli import cli
from blogq.explain.answer import Answer
from blogq.explain.explanation import explain
from blogq.explain.moments import distance, in_words
from blogq.explain.state import Question, State, read_state

NOW = 1_780_272_000
"""1 June 2026, 00:00 UTC."""


def post(title: str, front: str = "", body: str = "Text.", date: str = "2026-01-01") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{front}---\n{body}\n"


SITE = {
    "blogq.yaml": "title: T\nbase_url: https://blog.example/sub/\ntimezone: Europe/Berlin\nignore: [private/**]\n",
    "content/about.md": "# About\n\n[one](posts/one.md)\n",
    "content/posts/one.md": post("One", "tags: [a]\naliases: [/old/]\n"),
    "content/posts/two.md": post("Two", "layout: wide\n", "See [one](one.md) and [again](one.md#x)."),
    "content/posts/uno.es.md": post("Uno"),
    "content/posts/one.es.md": post("Uno"),
    "content/posts/draft.md": post("A draft", "draft: true\n"),
    "content/posts/later.md": post("Later", date="2026-06-04 09:00 -05:00"),
    "content/posts/scheduled.md": post("Scheduled", "publish: 2026-06-03\n"),
    "content/posts/gone.md": post("Gone", "expires: 2026-02-01\n"),
    "content/posts/both.md": post("Both", "draft: true\n", date="2027-01-01"),
    "content/posts/hidden.md": post("Hidden", "unlisted: true\n"),
    "content/posts/kit/index.md": post("Kit", "draft: true\n"),
    "content/posts/kit/plan.pdf": "x",
    "content/posts/album/index.md": post("Album"),
    "content/posts/album/a.svg": "<svg/>",
    "content/_drafts/idea.md": post("Idea"),
    "content/private/x.md": post("X"),
    "content/.hidden.md": post("H"),
    "content/notes.txt": "x",
    "static/robots.txt": "x",
    "static/style.css": "body {}",
    "templates/post.html": "<p>{{ page.title }}</p>",
    "README.md": "# Read me\n",
    "archetypes/post.md": "x",
}
BROKEN = {"content/posts/broken.md": post("Broken", date="2026-13-01")}
COLLIDING = {"content/posts/uno.md": post("A", "slug: two\n"), "content/posts/case.md": post("C", "slug: ONE\n")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("why"), SITE).resolve()


@pytest.fixture(scope="module")
def state(site: Path) -> State:
    found = read_state(Question(site, NOW))
    assert isinstance(found, State)
    return found


def ask(state: State, name: str, here: Path | None = None) -> Answer:
    return explain(state, name, here or state.site_folder)


def reasons(answer: Answer) -> str:
    return " | ".join(f"{reason.message}; {reason.hint}" for reason in answer.reasons)


@pytest.mark.parametrize(
    "name",
    [
        "content/posts/one.md", "posts/one.md", "./content/posts/one.md", "/posts/one/", "/posts/one", "posts/one/",
        "/sub/posts/one/", "https://blog.example/sub/posts/one/", "http://www.blog.example/sub/posts/one?x#y",
        "http://localhost:8000/sub/posts/one/", "http://127.0.0.1:1234/posts/one/index.html",
        "_site/posts/one/index.html", "_site/posts/one", "/posts/%6Fne/",
    ],
)  # fmt: skip
def test_every_name_of_a_post(state: State, name: str) -> None:
    answer = ask(state, name)
    assert (answer.status, answer.source) == ("published", "content/posts/one.md")
    assert (answer.url, answer.output) == ("https://blog.example/sub/posts/one/", "posts/one/index.html")
    assert (answer.what, answer.title, answer.language) == ("post", "One", "en")


def test_names_from_elsewhere(state: State, site: Path) -> None:
    assert ask(state, "one.md", site / "content" / "posts").source == "content/posts/one.md"
    assert ask(state, str(site / "content/posts/one.md"), Path("/")).source == "content/posts/one.md"
    assert ask(state, "content/posts/album").source == "content/posts/album/index.md"


def test_all_that_hangs_on_a_post(state: State) -> None:
    answer = ask(state, "content/posts/one.md")
    assert answer.aliases == ("/old/",)
    assert [(each.language, each.url, each.source) for each in answer.translations] == [
        ("es", "/sub/es/posts/one/", "content/posts/one.es.md")
    ]
    places = {each.url: each.what for each in answer.shown_on}
    assert {"/sub/", "/sub/posts/", "/sub/tags/a/", "/sub/archive/2026/01/", "/sub/feed.xml"} <= places.keys()
    assert places["/sub/tags/a/"] == "tags: a"
    assert {each.what for each in answer.linked_from} == {"content/about.md", "content/posts/two.md"}
    chain = [(each.path, each.state) for each in answer.templates]
    assert chain[0] == ("templates/post.html", "used")
    assert chain[1][0].endswith("themes/plain/templates/post.html") and chain[1][1] == "overridden"
    wide = [(each.path, each.state) for each in ask(state, "content/posts/two.md").templates]
    assert wide[0] == ("templates/layouts/wide.html", "not there")
    assert ("templates/post.html", "used") in wide


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("content/posts/draft.md", "draft", "line 4 of it says so; take line 4 out"),
        ("content/_drafts/idea.md", "draft", "folder for drafts; move it out of content/_drafts/"),
        ("content/posts/later.md", "scheduled", "2026-06-04 09:00 -05:00 (2026-06-04 16:00 +02:00 in Europe/Berlin"),
        ("content/posts/later.md", "scheduled", "in 3 days; line 3 of it"),
        ("content/posts/scheduled.md", "scheduled", "its publish date is in the future: 2026-06-03 00:00 +02:00"),
        ("content/posts/gone.md", "expired", "it expired 4 months ago, at 2026-02-01 00:00"),
        ("content/posts/both.md", "draft", "its date is in the future: 2027-01-01"),
        ("content/private/x.md", "passed over", "the file matches 'private/**' in `ignore`"),
        ("content/.hidden.md", "passed over", "its name begins with a dot"),
        ("content/posts/kit/plan.pdf", "held back", "belongs to content/posts/kit/index.md, which isn't published"),
        ("README.md", "passed over", "outside content/"),
        ("blogq.yaml", "part", "the config"),
        ("archetypes/post.md", "part", "what new posts start from"),
        ("templates/post.html", "part", "it shapes pages"),
        ("content/posts/nope.md", "unknown", "no such file"),
        ("/posts/nope/", "unknown", "nothing is published there"),
        (
            "https://other.example/posts/one/",
            "unknown",
            "no address of this site, which is at https://blog.example/sub",
        ),
        ("/posts/later/", "scheduled", "in 3 days"),
        ("/posts/draft/", "draft", "line 4"),
    ],
)
def test_why_not(state: State, name: str, status: str, said: str) -> None:
    answer = ask(state, name)
    assert answer.status == status
    assert said in reasons(answer)


def test_what_is_not_published_has_the_address_it_will_have(state: State) -> None:
    assert ask(state, "content/posts/later.md").url == "https://blog.example/sub/posts/later/"


@pytest.mark.parametrize(
    ("name", "what", "output"),
    [
        ("/", "list", "index.html"), ("/tags/a/", "list", "tags/a/index.html"), ("/sub/feed.xml", "feed", "feed.xml"),
        ("/tags/", "list of terms", "tags/index.html"), ("/archive/", "page of the archive", "archive/index.html"),
        ("/old/", "old address", "old/index.html"), ("/sitemap.xml", "sitemap", "sitemap.xml"),
        ("/style.css", "file", "style.css"), ("static/style.css", "file", "style.css"),
        ("static/robots.txt", "file", "robots.txt"), ("content/notes.txt", "file", "notes.txt"),
        ("content/posts/album/a.svg", "file", "posts/album/a.svg"), ("content/posts", "list", "posts/index.html"),
        ("/404.html", "page for addresses that aren't there", "404.html"),
    ],
)  # fmt: skip
def test_what_else_is_published(state: State, name: str, what: str, output: str) -> None:
    answer = ask(state, name)
    assert (answer.status, answer.what, answer.output) == ("published", what, output)


def test_an_old_address_says_whose(state: State) -> None:
    answer = ask(state, "/old/")
    assert "it leads to /sub/posts/one/: content/posts/one.md:5 names it in `aliases`" in reasons(answer)


def test_unlisted_is_in_no_list(state: State) -> None:
    answer = ask(state, "content/posts/hidden.md")
    assert (answer.status, answer.unlisted, answer.shown_on) == ("published", True, ())


def test_names_that_are_near(state: State) -> None:
    assert "content/posts/two.md" in ask(state, "content/posts/tow.md").near
    assert "/sub/posts/one/" in ask(state, "https://blog.example/sub/posts/onne/").near


def test_with_drafts_and_future(site: Path) -> None:
    state = read_state(Question(site, NOW, drafts=True, future=True))
    assert isinstance(state, State)
    for name in ("content/posts/draft.md", "content/posts/later.md", "content/posts/both.md"):
        assert ask(state, name).status == "published"


def test_collisions_name_both(tmp_path: Path) -> None:
    write(tmp_path, SITE | COLLIDING)
    state = read_state(Question(tmp_path, NOW))
    assert isinstance(state, State)
    for name in ("content/posts/uno.md", "content/posts/two.md"):
        answer = ask(state, name)
        assert answer.status == "colliding"
        assert "content/posts/uno.md" in reasons(answer) and "content/posts/two.md" in reasons(answer)
    assert "content/posts/one.md" in reasons(ask(state, "content/posts/case.md"))


def test_what_is_broken_is_told_with_its_errors(tmp_path: Path) -> None:
    write(tmp_path, SITE | BROKEN)
    state = read_state(Question(tmp_path, NOW))
    assert isinstance(state, State)
    answer = ask(state, "content/posts/broken.md")
    assert (answer.status, [each.code for each in answer.findings]) == ("broken", ["FM103"])
    assert "content/posts/broken.md" in reasons(ask(state, "/posts/broken/"))


def test_what_a_build_has_left(tmp_path: Path) -> None:
    """An output that goes with the next build, and a file that nobody made."""
    write(tmp_path, SITE)
    assert run(tmp_path, "build --now 2026-06-01 --jobs 1").endswith("--- exit code 0\n")
    (tmp_path / "content/posts/two.md").unlink()
    write(tmp_path, {"_site/mine.html": "x"})
    state = read_state(Question(tmp_path, NOW))
    assert isinstance(state, State)
    assert "the next one will remove it" in reasons(ask(state, "/posts/two/"))
    assert "no build has made it" in reasons(ask(state, "_site/mine.html"))
    name = next(path.name for path in (tmp_path / "_site").glob("style.*.css"))
    assert "fingerprint" in reasons(ask(state, f"/{name}"))
    assert "outputs of the last build were made with it" in reasons(ask(state, "templates/post.html"))


def test_any_name_is_answered(state: State) -> None:
    odd = ["", ".", "/", "//", "..", "../..", "http://", "http://[", "\x1b[31m", "a\nb", "%", "%ff", "?", "#", "[", "~",
           "C:\\x", "/posts//one", "content", "_site", ".blogq", "/etc/passwd", "*", "\udcff", "x" * 5000]  # fmt: skip
    for name in odd:
        if "\0" not in name:
            assert ask(state, name).status


def test_session(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"templates/post.html": SITE["templates/post.html"]})
    told = [run(tmp_path, "build --now 2026-06-01 --jobs 1 --quiet")]
    names = ["content/posts/one.md", "content/posts/later.md", "content/posts/both.md", "/tags/a/", "/posts/onne/"]
    names += ["content/private/x.md", "content/posts/kit/plan.pdf", "content/posts/uno.es.md --json"]
    told += [run(tmp_path, f"why {name} --now 2026-06-01") for name in names]
    check("why", "\n".join(told))


def test_json_is_all_of_it(tmp_path: Path) -> None:
    write(tmp_path, SITE | BROKEN)
    told = CliRunner().invoke(cli, ["why", "content/posts/broken.md", "--json", "--site", str(tmp_path)])
    found = json.loads(told.stdout)
    assert (told.exit_code, found["schema"], found["published"], found["status"]) == (0, "blogq-why/1", False, "broken")
    assert found["findings"][0]["rule"] == "FM103"
    assert set(Answer._fields) < found.keys()


def test_a_terminal_is_not_steered(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": '---\ntitle: "\\e[31mred"\ndate: 2026-01-01\n---\n'})
    told = run(tmp_path, "why content/a.md")
    assert "\x1b" not in told and "red" in told


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(30, "in less than a minute"), (90, "in 1 minute"), (7200, "in 2 hours"), (86_400 * 3 + 5, "in 3 days"),
     (86_400 * 40, "in 1 month"), (86_400 * 800, "in 2 years"), (-5, "just now"), (-3600, "1 hour ago")],
)  # fmt: skip
def test_distances(seconds: int, text: str) -> None:
    assert distance(seconds) == text


def test_moments_of_the_sites_own_zone_are_told_once() -> None:
    assert in_words(NOW, 0, "UTC") == "2026-06-01 00:00 +00:00 (UTC, the site's time zone)"
