"""What isn't public yet: which pages are marked, and which links to them are found on a page."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from blogq.live.site import LiveSite
from blogq.live.unpublished import marked_links

NOW = 1_767_268_800
"""1 January 2026, 12:00 UTC."""
DRAFTS = {"/a/": ("draft", ""), "/b c/ü/": ("scheduled", "2026-05-01"), "/sub/": ("draft", "")}


def found(page: str, url: str = "/x/", prefix: str = "") -> dict[str, str]:
    return dict(marked_links(page.encode(), url, prefix, lambda path: DRAFTS.get(path, ("", ""))))


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/a/">x</a>',
        "<a href='/a/'>x</a>",
        "<a href=/a/>x</a>",
        '<A class="y" HREF = "/a/?b=c#d">x</A>',
        '<a\nhref="../a/">x</a>',
        '<a href="&#47;a/">x</a>',
        '<a href="/%61/">x</a>',
    ],
)
def test_links_are_found_however_they_are_written(link: str) -> None:
    assert found(link) == {"/a/": "draft"}


@pytest.mark.parametrize(
    "link",
    [
        *(
            '<a href="#a">x</a>',
            '<a href="https://blog.example/a/">x</a>',
            '<a href="//a/">x</a>',
            "<p>/a/</p>",
            "<a>x</a>",
        ),
        *(
            '<link href="/a/">',
            '<a data-href="/a/">x</a>',
            '<a href="mailto:/a/">x</a>',
            '<a href="http://[">x</a>',
            '<a href="',
        ),
        '<a href="/y/">x</a>',
    ],
)
def test_others_are_not(link: str) -> None:
    assert found(link) == {}


def test_addresses_are_as_browsers_have_them() -> None:
    assert found('<a href="/p/b%20c/%C3%BC/">x</a>', "/x/", "/p") == {"/p/b%20c/%C3%BC/": "from 2026-05-01"}
    assert found('<a href="/a/">x</a> <a href="/pa/">x</a>', "/x/", "/p") == {}
    # A page's links to itself say nothing.
    assert found('<a href="/a/#part">x</a>', "/a/") == {}


def test_a_page_of_a_megabyte_takes_no_time() -> None:
    page = '<a href="/a/">x</a><a class="' * 40_000
    began = time.monotonic()
    assert found(page) == {"/a/": "draft"}
    assert time.monotonic() - began < 1


def lay(root: Path, **config: str) -> LiveSite:
    files = {
        "blogq.yaml": "title: B\nbase_url: https://b.example/\n" + "".join(f"{k}: {v}\n" for k, v in config.items()),
        "content/posts/one.md": "---\ntitle: One\ndate: 2025-12-01\ndraft: true\n---\nText.\n",
        "content/posts/two.md": "---\ntitle: Two\ndate: 2026-05-01\n---\nText.\n",
        "content/posts/three.md": "---\ntitle: Three\ndate: 2025-11-01\n---\nText.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return LiveSite(root, {}, True, NOW, 1)


def test_lists_say_what_is_not_public(tmp_path: Path) -> None:
    live = lay(tmp_path)
    both = {"/posts/one/": "draft", "/posts/two/": "from 2026-05-01"}
    assert dict(live.answer("/").unpublished) == dict(live.answer("/posts/").unpublished) == both
    assert live.answer("/feed.xml").unpublished == ()
    assert (live.answer("/posts/one/").mark, live.answer("/posts/two/").when) == ("draft", "2026-05-01")


def test_what_config_publishes_is_public(tmp_path: Path) -> None:
    live = lay(tmp_path, drafts="true")
    assert dict(live.answer("/").unpublished) == {"/posts/two/": "from 2026-05-01"}
    assert live.answer("/posts/one/").mark == ""
    live = lay(tmp_path, future="true")
    assert dict(live.answer("/").unpublished) == {"/posts/one/": "draft"}
    assert [told.title for told in live.desk().waiting] == ["One"]
