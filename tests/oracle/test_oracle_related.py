"""Related posts through sequences of edits: nobody's list is stale, and no other page is rendered for them."""

from __future__ import annotations

import pytest
from oracle_world import DAY, Post, World
from test_oracle_amend import no_long_way

import blogq.kinship
from blogq.content.post import DRAFT
from blogq.library.related import Kinship

GARDEN = "Compost and tomatoes: tomatoes want compost, compost tomatoes.\n\n<!-- more -->\n\nTomatoes, compost."


def related(world: World, page: str) -> list[str]:
    """Return the titles of the posts that the page of a post, which prints its whole view, says are related."""
    text = (world.output / page).read_text().partition("related=(")[2]
    return [part.partition("&#39;")[0] for part in text.split("RelatedView(url=&#39;")[1:]]


def test_an_edited_text_changes_lists_on_the_short_way(world: World, rendered: list[str]) -> None:
    """Two posts come to be about the same, then are no more; whatever else there is stays as it is."""
    world.edit("posts/n3.md", body=GARDEN)
    world.edit("posts/n1.md", body="More.\n\n<!-- more -->\n\nMore.")
    world.settle()
    assert related(world, "posts/n3/index.html") == []
    for text, found in ((GARDEN, ["/posts/n1/"]), (f"{GARDEN} Or so.", ["/posts/n1/"]), ("Nothing.", [])):
        world.edit("posts/n1.md", body=text)
        rendered.clear()
        with no_long_way():
            world.build()
        assert related(world, "posts/n3/index.html") == found
        assert "posts/n0/index.html" not in rendered
        world.settle()


@pytest.mark.parametrize(
    "change",
    [{"draft": True}, {"unlisted": True}, {"date": "2026-01-09"}, {"expiry": "2025-12-31"}, {"redirect_to": "/x/"}],
)
@pytest.mark.parametrize("config", [{}, {"drafts": True, "future": True}])
def test_nobody_is_told_of_what_is_not_there(world: World, change: dict[str, object], config: dict[str, bool]) -> None:
    """Drafts, scheduled, expired, unlisted and redirecting posts; not even in builds that show drafts."""
    world.configure(**config)
    world.edit("posts/n3.md", body=GARDEN)
    world.edit("posts/n1.md", body=GARDEN)
    world.settle()
    assert related(world, "posts/n3/index.html") == ["/posts/n1/"]
    world.edit("posts/n1.md", **change)
    world.settle()
    assert related(world, "posts/n3/index.html") == []
    world.edit("posts/n1.md", **{key: "2025-12-28" if key == "date" else None for key in change})
    world.settle()
    assert related(world, "posts/n3/index.html") == ["/posts/n1/"]


def test_a_scheduled_post_enters_when_its_time_comes(world: World) -> None:
    """The time decides, and it is in no key."""
    world.edit("posts/n3.md", body=GARDEN)
    world.edit("posts/n4.md", body=GARDEN)
    world.settle()
    assert related(world, "posts/n3/index.html") == []
    world.now += 3 * DAY
    world.settle()
    assert related(world, "posts/n3/index.html") == ["/posts/n4/"]


def test_translations_and_parts_of_the_series_are_left_to_their_own_lists(world: World) -> None:
    """Another language is another readership, and the page shows the series already."""
    world.save("posts/n3.es.md", Post({"title": "Tres", "date": "2025-12-30", "tags": ["red"]}, GARDEN))
    world.edit("posts/n3.md", body=GARDEN, series="Saga")
    world.edit("posts/n1.md", body=GARDEN, series="Saga")
    world.edit("posts/n0.md", body=GARDEN)
    world.settle()
    assert related(world, "posts/n3/index.html") == ["/posts/n0/"]
    assert set(related(world, "posts/n0/index.html")) == {"/posts/n1/", "/posts/n3/"}


def test_reasons_are_words_and_terms(world: World) -> None:
    """The words as the page itself writes them, most used first; the terms by their titles."""
    world.edit("posts/n3.md", body=GARDEN, tags=["Red"])
    world.edit("posts/n1.md", body=GARDEN)
    world.settle()
    page = (world.output / "posts/n3/index.html").read_text().partition("related=(")[2]
    assert "kind=&#39;taxonomy&#39;, taxonomy=&#39;tags&#39;" in page
    assert "text=&#39;compost, tomatoes" in page
    assert "labels=(&#39;red&#39;,)" in page


@pytest.mark.parametrize("data", [b"", b"nothing", None], ids=["empty", "other", "gone"])
def test_lost_lists_are_made_anew(world: World, data: bytes | None) -> None:
    """The long way is taken, and nothing can be seen of it."""
    world.edit("posts/n3.md", body=GARDEN)
    world.settle()
    (kept,) = world.store.glob("out-*.related")
    kept.unlink() if data is None else kept.write_bytes(data)
    world.edit("posts/n1.md", body=GARDEN)
    world.settle()
    assert related(world, "posts/n3/index.html") == ["/posts/n1/"]


def test_a_theme_that_shows_none_has_none_made(
    world: World, monkeypatch: pytest.MonkeyPatch, rendered: list[str]
) -> None:
    """No template names them: nothing is computed, kept or rendered; a template that does brings them at once."""
    theme = "name: mirror\nversion: 1.0.0\noptions:\n  mood: {type: string, default: calm, help: A word.}\n"
    world.write("themes/mirror/theme.yaml", theme.encode())
    world.write("static/style.css", b"")
    world.write("locales/en.yaml", b"skip: Skip\nmore: More\nposts: {one: A post, other: Posts}\n")
    for path in ("posts/n1.md", "posts/n3.md"):
        world.edit(path, body=GARDEN)
    with monkeypatch.context() as patch:
        patch.setattr(Kinship, "of", None)
        result = world.settle()
        assert result.written, result.findings
        assert not list(world.store.glob("out-*.related"))
        world.edit("posts/n1.md", tags=["blue sky"])
        rendered.clear()
        world.build()
        assert "posts/n3/index.html" not in rendered
    world.write("templates/partials/extra.html", b"{# Ask for related posts. #}")
    result = world.settle()
    assert result.written, result.findings
    assert related(world, "posts/n3/index.html") == ["/posts/n1/"]
    world.remove("templates/partials/extra.html")
    world.settle()
    assert related(world, "posts/n3/index.html") == []


def test_none_are_wanted(world: World) -> None:
    """`related: 0`."""
    world.configure(related=0)
    for path in ("posts/n1.md", "posts/n3.md"):
        world.edit(path, body=GARDEN)
    world.settle()
    assert related(world, "posts/n3/index.html") == []
    assert not list(world.store.glob("out-*.related"))


def test_the_oracle_sees_a_draft_in_a_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With drafts let in, the test above fails: they are in the lists of builds that show them."""
    assert blogq.kinship.DRAFT == DRAFT
    monkeypatch.setattr(blogq.kinship, "DRAFT", 0)
    monkeypatch.setattr(blogq.kinship, "status_of", lambda entry, now: "live")
    world.configure(drafts=True)
    world.edit("posts/n3.md", body=GARDEN)
    world.edit("posts/n1.md", body=GARDEN, draft=True)
    world.build()
    assert related(world, "posts/n3/index.html") == ["/posts/n1/"]
