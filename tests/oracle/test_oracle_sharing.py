"""Share images, icons and the search index after edits: what a clean build makes, byte for byte."""

from __future__ import annotations

import pytest
from oracle_images import PHOTO
from oracle_world import Broken, World

from blogq.plan.keys import Keys
from blogq.store.digest import NONE

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="%s"/></svg>'


def test_share_images_after_edits(world: World, rendered: list[str]) -> None:
    """A title draws one image; a text none; a picture of the post's own takes it away, and a template changes all."""
    world.configure(share_images=True, related=0)
    world.settle()
    drawn = {path for path in rendered if path.startswith("share/")}
    assert "share/posts/n1.png" in drawn and "share/_home.png" in drawn
    rendered.clear()
    world.edit("posts/n1.md", title="Anew")
    world.build()
    assert [path for path in rendered if path.startswith("share/")] == ["share/posts/n1.png"]
    world.settle()
    rendered.clear()
    world.edit("posts/n1.md", body="Another text.")
    world.build()
    assert not any(path.startswith("share/") for path in rendered)
    world.edit("posts/n2.md", author="Somebody Else")
    world.settle()
    world.edit("posts/n2.md", image="photo.jpg")
    world.settle()
    assert not (world.output / "share/posts/n2.png").exists()
    world.write("templates/share.svg", SVG % b"red")
    world.settle()
    world.remove("templates/share.svg")
    world.configure(theme_options={"accent": "#112233"}, share_fonts=["/more.ttf"])
    from blogq.sharing.typeface import FOLDER

    world.write("static/more.ttf", (FOLDER / "NotoSansHebrew-Bold.ttf").read_bytes())
    world.settle()
    world.write("static/more.ttf", (FOLDER / "Inter-Bold.ttf").read_bytes())
    world.settle()
    world.configure(share_images=None)
    world.settle()
    assert not (world.output / "share").exists()


def test_icons_after_edits(world: World) -> None:
    """Of the title's letter, of a file that comes, changes and goes, and of config."""
    world.configure(title="Another")
    world.settle()
    world.write("static/favicon.svg", SVG % b"red")
    world.settle()
    assert (world.output / "icon-512.png").exists()
    world.write("static/favicon.svg", SVG % b"blue")
    world.settle()
    world.write("static/own.png", PHOTO)
    world.configure(icon="/own.png") if PHOTO[:4] == b"\x89PNG" else None
    world.settle()
    world.configure(icon=None)
    world.remove("static/favicon.svg")
    world.settle()
    assert not (world.output / "icon-512.png").exists()


def test_search_after_edits(world: World) -> None:
    world.configure(search=True)
    world.settle()
    world.edit("posts/n1.md", body="Words that nobody wrote before.")
    world.settle()
    world.edit("posts/n1.md", unlisted=True)
    world.settle()
    world.edit("posts/n1.md", unlisted=None)
    world.configure(base_url="https://example.org/a/b/")
    world.settle()
    world.configure(search=None)
    world.settle()
    assert not (world.output / "pagefind").exists()


@pytest.mark.parametrize("forgotten", ["share", "page_of_edition"])
def test_the_oracle_finds_a_key_that_says_too_little(
    world: World, monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    world.configure(share_images=True)
    monkeypatch.setattr(Keys, forgotten, lambda self, job: NONE)
    world.settle()
    with pytest.raises(Broken):
        world.edit("posts/n1.md", title="Anew")
        world.settle()
        world.configure(title="Another name")
        world.settle()
