"""What readers say reaches the site in memory at once: their own page, the start page, and what is wrong with files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from example_site import example_in
from test_live_site import NOW, Both

from blogq.listing import survey
from blogq.live.conversation import MOST
from blogq.live.site import LiveSite
from blogq.preview.source import Place
from blogq.report.inbox import inbox_json
from blogq.talking import hear

DATE = "2025-12-20T00:00:00Z"


def lay(root: Path, sources: str = "[comments]") -> Path:
    """A site with three posts, one of them a draft, and a comment on the first."""
    (root / "content/posts").mkdir(parents=True)
    config = (
        "title: Blog\nbase_url: https://blog.example/sub/\nauthors:\n  nuria: {name: Nuria, email: n@example.org}\n"
    )
    (root / "blogq.yaml").write_text(f"{config}comments:\n  sources: {sources}\n")
    for slug, more in {"one": "", "two": "", "later": "draft: true\n"}.items():
        text = f"---\ntitle: Post {slug}\ndate: 2025-12-01\n{more}---\nText of {slug}.\n"
        (root / f"content/posts/{slug}.md").write_text(text)
    say(root, "one", "1", name="Ann")
    return root


def say(root: Path, slug: str, id: str, **more: str) -> str:
    """Write a comment, and return the path of its file."""
    file = root / f"comments/{slug}/{id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"_id": id, "message": "Why?", "date": DATE, **more}))
    return str(file)


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return Both(lay(tmp_path.resolve() / "site"))


def test_a_new_comment_changes_its_own_page_alone(both: Both) -> None:
    both.compare()
    change = both.live.update({say(both.root, "two", "2", message="And *how*?")})
    assert change.urls == {"/sub/posts/two/"}
    assert b"And <em>how</em>?" in both.live.answer("/posts/two/").body
    both.compare("new")


def test_so_do_one_that_is_edited_and_one_that_is_gone(both: Both) -> None:
    file = say(both.root, "one", "1", name="Ann", message="Whither?")
    assert both.live.update({file}).urls == {"/sub/posts/one/"}
    assert b"Whither?" in both.live.answer("/posts/one/").body
    both.compare("edited")
    Path(file).unlink()
    assert both.live.update({file}).urls == {"/sub/posts/one/"}
    assert b"Whither?" not in both.live.answer("/posts/one/").body
    both.compare("gone")


def test_an_edit_of_a_text_keeps_what_was_said(both: Both) -> None:
    path = both.root / "content/posts/one.md"
    path.write_text(path.read_text() + "More.\n")
    both.live.update({str(path)})
    body = both.live.answer("/posts/one/").body
    assert b"More." in body and b"Why?" in body
    both.compare()


def test_what_has_not_changed_is_not_read_again(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogq.live.conversation.with_comments", None)
    assert both.live.update(None).is_nothing


def test_the_start_page_knows_what_the_inbox_knows(both: Both) -> None:
    say(both.root, "two", "2", name="<b>Bob", message="And **how**?", date="2025-12-10T00:00:00Z")
    say(both.root, "later", "3", name="Cem")
    both.live.update(None)
    listed = json.loads(inbox_json(hear(survey(both.root, NOW)).talk, NOW))["waiting"]
    shown = both.live.desk().answers
    assert [(each.author, each.text, each.title) for each in shown] == [
        (each["author"], each["text"], each["title"]) for each in listed
    ]
    assert [(each.author, each.url, each.day) for each in shown] == [
        ("<b>Bob", "/sub/posts/two/#comment-2", "2025-12-10"),
        ("Ann", "/sub/posts/one/#comment-1", "2025-12-20"),
    ]
    assert both.live.desk().more_answers == 0


def test_an_answer_takes_a_comment_off_the_start_page(both: Both) -> None:
    assert [each.author for each in both.live.desk().answers] == ["Ann"]
    answer = say(both.root, "one", "2", email="n@example.org", date="2025-12-21T00:00:00Z", replying_to="1")
    both.live.update({answer})
    assert both.live.desk().answers == ()


def test_of_very_many_the_oldest_are_shown(tmp_path: Path) -> None:
    root = lay(tmp_path.resolve() / "site")
    said = [{"_id": str(at), "message": "Why?", "date": 1_760_000_000 + at} for at in range(10_000)]
    (root / "comments/one/all.json").write_text(json.dumps(said))
    live = LiveSite(root, {}, True, NOW, 1)
    desk = live.desk()
    assert (len(desk.answers), desk.more_answers) == (MOST, 10_001 - MOST)
    assert desk.answers[0].url == "/sub/posts/one/#comment-0"


def test_a_broken_file_is_shown_as_a_build_tells_it_and_takes_nothing_away(both: Both) -> None:
    file = both.root / "comments/one/1.json"
    file.write_text('{"_id": "1", "mess')
    both.live.update({str(file)})
    answer = both.live.answer("/posts/two/")
    assert [(each.code, each.span.path) for each in answer.findings] == [("CM102", "comments/one/1.json")]
    assert b"Why?" in both.live.answer("/posts/one/").body
    say(both.root, "one", "1", message="Mended.")
    both.live.update({str(file)})
    assert both.live.answer("/posts/two/").findings == ()
    assert b"Mended." in both.live.answer("/posts/one/").body


def test_a_source_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    live = LiveSite(lay(tmp_path.resolve() / "site", "[comments, gone.db]"), {}, True, NOW, 1)
    assert [(each.code, each.span.path) for each in live.answer("/posts/one/").findings] == [("CM101", "gone.db")]


def test_files_elsewhere_are_watched(tmp_path: Path) -> None:
    base = tmp_path.resolve()
    (base / "talk").mkdir()
    (base / "isso").mkdir()
    (base / "isso/isso.db").write_bytes(b"")
    live = LiveSite(lay(base / "site", "[comments, .hidden, ../talk, ../isso/isso.db]"), {}, True, NOW, 1)
    watched = set(live.places())
    assert {(base / "site/comments", True), (base / "talk", True), (base / "isso", False)} <= watched
    (base / "site/.hidden").mkdir()
    live.update(None)
    assert Place(base / "site/.hidden", True) in live.places()


def test_a_file_that_is_just_being_saved_is_waited_for(both: Both) -> None:
    file = both.root / "comments/one/1.json"
    assert both.live.is_settled(str(file))
    file.write_text("")
    assert not both.live.is_settled(str(file))
    assert both.live.is_settled(str(both.root / "comments/one/other.json"))


def test_the_example_s_waiting_reader_is_on_the_start_page(tmp_path: Path) -> None:
    root = tmp_path / "site"
    example_in(root)
    assert len(LiveSite(root, {}, True, 1_795_400_000, 1, check=False).desk().answers) == 1
