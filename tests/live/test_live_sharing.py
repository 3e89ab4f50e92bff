"""What the preview shows of share images, icons and the search index: drawn when asked for, and the last build's."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from blogq.build import Request, build
from blogq.live.site import LiveSite

NOW = 1_767_268_800


def test_the_preview_draws_what_is_asked_for(tmp_path: Path) -> None:
    """A new title is on the next drawing; the index is that of the last build, and missing before."""
    (tmp_path / "content").mkdir()
    (tmp_path / "blogq.yaml").write_text("title: T\nshare_images: true\nsearch: true\n")
    post = tmp_path / "content" / "one.md"
    post.write_text("---\ntitle: One\ndate: 2025-01-01\n---\nText.\n")
    live = LiveSite(tmp_path, {}, now=NOW)
    first = live.answer("/share/one.png")
    assert (first.status, first.media_type) == (200, "image/png")
    assert Image.open(BytesIO(first.body)).size == (1200, 630)
    assert live.answer("/search/").status == 200 and live.answer("/search/").is_page
    assert live.answer("/pagefind/pagefind.js").status == 404
    assert live.answer("/icon.svg").status == live.answer("/favicon.ico").status == 200
    assert not (tmp_path / "_site").exists()
    post.write_text("---\ntitle: Another\ndate: 2025-01-01\n---\nText.\n")
    live.update([str(post)])
    assert live.answer("/share/one.png").body != first.body
    build(Request(tmp_path, NOW, None, {}, jobs=1))
    live.update(None)
    found = live.answer("/pagefind/pagefind.js")
    assert found.status == 200 and found.load is not None and b"pagefind" in found.load().file.read()
