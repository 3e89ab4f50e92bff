"""A comment is the business of its post's page alone: edits of conversations, and what is rendered for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle_edits import commented
from oracle_world import World

import blogq.conversation.gathering
from blogq.conversation.comment import Unavailable

TALKING = {"sources": ["talk", "isso.db"], "form": "isso", "url": "https://talk.example/"}


@pytest.fixture
def talking(world: World, rendered: list[str]) -> World:
    """A site with two comments on its post n1."""
    world.configure(comments=TALKING)
    world.write("talk/posts/n1/1.yml", b"name: Ann\nmessage: Well said\n")
    commented(world, 1, "Aye.", 1)
    world.settle()
    rendered.clear()
    return world


def test_a_new_comment_renders_its_own_page_only(talking: World, rendered: list[str]) -> None:
    talking.write("talk/posts/n1/2.yml", b"name: Bob\nmessage: And yet\nreplying_to: '1'\n")
    talking.build()
    assert rendered == ["posts/n1/index.html"]
    talking.settle()


def test_a_comment_in_the_database_renders_its_own_page_only(talking: World, rendered: list[str]) -> None:
    commented(talking, 2, "New.", 1)
    talking.build()
    assert rendered == ["posts/n2/index.html"]
    talking.settle()


def test_a_comment_that_waits_for_approval_renders_nothing(talking: World, rendered: list[str]) -> None:
    commented(talking, 2, "Not yet.", 2)
    talking.build()
    assert rendered == []
    talking.settle()


def test_an_edited_comment_and_one_taken_away_render_their_page(talking: World, rendered: list[str]) -> None:
    talking.write("talk/posts/n1/1.yml", b"name: Ann\nmessage: Better said\n")
    talking.build()
    assert rendered == ["posts/n1/index.html"]
    talking.remove("talk/posts/n1/1.yml")
    talking.build()
    assert rendered == ["posts/n1/index.html"] * 2
    assert "Better" not in (talking.output / "posts/n1/index.html").read_text()
    talking.settle()


def test_editing_a_text_takes_the_short_way_and_keeps_its_comments(
    talking: World, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    talking.jobs = 2
    talking.settle()
    with monkeypatch.context() as patch:
        patch.setattr("blogq.publish.publish", None)
        talking.edit("posts/n1.md", body="See [the other](n2.md) and [a page](@/about.md).\n\n<!-- more -->\n\nAll.")
        assert talking.build().written
    assert "Well said" in (talking.output / "posts/n1/index.html").read_text()
    talking.settle()
    commented(talking, 1, "After that.", 1)
    talking.settle()


def test_a_post_that_moves_keeps_its_comments(talking: World) -> None:
    talking.edit("posts/n1.md", slug="moved", aliases=["/posts/n1/"])
    talking.settle()
    page = (talking.output / "posts/moved/index.html").read_text()
    assert "Well said" in page
    assert "Aye." in page


def test_comments_beside_the_posts_are_not_published_raw(world: World) -> None:
    """They may hold addresses."""
    world.configure(comments={"sources": ["content/talk"]})
    world.write("content/talk/posts/n1/1.yml", b"name: Ann\nemail: ann@example.com\nmessage: Well said\n")
    world.settle()
    assert not (world.output / "talk").exists()
    assert "Well said" in (world.output / "posts/n1/index.html").read_text()
    assert all(b"ann@example" not in path.read_bytes() for path in world.output.rglob("*") if path.is_file())


def test_a_source_that_cannot_be_read_keeps_what_was_read_last(
    talking: World, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next build tries again, though nothing has changed since."""
    commented(talking, 2, "New.", 1)
    with monkeypatch.context() as patch:
        real = blogq.conversation.gathering.reader_of

        def reader_of(file: blogq.conversation.gathering.File, type: str) -> blogq.conversation.readers.Read:
            if file.path == "isso.db":
                raise Unavailable(file.damaged("the database is locked"))
            return real(file, type)

        patch.setattr(blogq.conversation.gathering, "reader_of", reader_of)
        result = talking.build()
    assert [finding.code for finding in result.findings if finding.code.startswith("CM")] == ["CM102"]
    assert result.written
    assert rendered == []
    assert "Aye." in (talking.output / "posts/n1/index.html").read_text()
    talking.build()
    assert rendered == ["posts/n2/index.html"]
    talking.settle()


def test_what_was_kept_of_comments_may_be_lost_or_damaged(talking: World, rendered: list[str]) -> None:
    for path in Path(talking.store / "conversation").glob("*.json"):
        path.write_bytes(b"0" * 32 + b'{"key": "')
    talking.write("talk/posts/n2/1.yml", b"message: Also\n")
    talking.build()
    assert rendered == ["posts/n2/index.html"]
    talking.settle()
