"""What Google Takeout and Medium's own archive look like, folders and all."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import yaml
from small_exports import moved, tree, written

from blogq.importing.carried import Unreadable

FEED = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-1</id><title>Pumps</title>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>
<author><name>Ann</name><uri>https://www.blogger.com/profile/1</uri><blogger:type>BLOGGER</blogger:type></author><title>One</title>
<content type='html'>&lt;p&gt;Text &lt;img src="https://blogger.googleusercontent.com/img/b/R29vZ2xl/s1600/pump.jpg"/&gt;&lt;/p&gt;</content>
<blogger:metaDescription>On a pump.</blogger:metaDescription><published>2026-06-15T10:30:00Z</published><updated>2026-06-15T11:00:00Z</updated>
<category term='Repairs' scheme='tag:blogger.com,1999:blog-1'/><blogger:filename>/2026/06/one.html</blogger:filename><blogger:trashed/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-2</id><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status><title>Two</title>
<content type='html'>Draft.</content><published>2026-06-16T10:30:00Z</published><blogger:filename>/2026/06/two.html</blogger:filename></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><blogger:type>POST</blogger:type><blogger:status>SOFT_TRASHED</blogger:status><title>Three</title>
<content type='html'>Gone.</content><published>2026-06-16T10:30:00Z</published><blogger:trashed>2026-06-17T10:30:00Z</blogger:trashed></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-4</id><blogger:type>PAGE</blogger:type><blogger:status>LIVE</blogger:status><title>About</title>
<content type='html'>Us.</content><published>2026-06-16T10:30:00Z</published><blogger:filename>/p/about.html</blogger:filename></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-5</id><blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent><blogger:inReplyTo/>
<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><author><name>Bo</name><uri></uri></author><content type='html'>Fine?</content><published>2026-06-15T12:00:00Z</published></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-6</id><blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent>
<blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-5</blogger:inReplyTo><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>
<author><name>Ann</name><uri>https://www.blogger.com/profile/1</uri></author><content type='html'>Fine.</content><published>2026-06-15T13:00:00Z</published></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-7</id><blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent>
<blogger:type>COMMENT</blogger:type><blogger:status>SPAM</blogger:status><author><name>X</name></author><content type='html'>Buy.</content><published>2026-06-15T13:00:00Z</published></entry>
</feed>
"""


def test_a_takeout_as_it_is_unpacked(tmp_path: Path) -> None:
    home = tree(
        tmp_path / "Takeout", {"Blogger/Blogs/Pumps/feed.atom": FEED, "Blogger/Blogs/Pumps/theme-classic.html": "x"}
    )
    (home / "Blogger/Albums/Pumps").mkdir(parents=True)
    (home / "Blogger/Albums/Pumps/pump.jpg").write_bytes(b"picture")
    account = moved("blogger", home, tmp_path / "site")
    files = written(tmp_path / "site")
    text = files["content/posts/one.md"]
    front = yaml.safe_load(text.split("---\n")[1])
    assert (
        front["permalink"] == "/2026/06/one.html"
        and front["tags"] == ["Repairs"]
        and front["description"] == "On a pump."
    )
    assert "](/images/pump.jpg)" in text and files["static/images/pump.jpg"] == "picture"
    assert "draft: true" in files["content/posts/two.md"] and "content/p/about.md" in files
    assert not [name for name in files if "three" in name]
    said = {
        name.rpartition("/")[2]: yaml.safe_load(text) for name, text in files.items() if name.startswith("comments/")
    }
    assert sorted(said) == ["5.yml", "6.yml"]
    assert said["6.yml"]["replying_to"] == "5" and said["6.yml"]["owner"] is True and "owner" not in said["5.yml"]
    assert (account.live, account.carried, account.kept, account.lost) == (2, 2, 2, [])


def test_a_takeout_of_several_blogs_asks_which(tmp_path: Path) -> None:
    home = tree(tmp_path / "Takeout", {"Blogger/Blogs/A/feed.atom": FEED, "Blogger/Blogs/B/feed.atom": FEED})
    with pytest.raises(Unreadable, match=r"name one of Blogger/Blogs/A/feed\.atom, Blogger/Blogs/B/feed\.atom"):
        moved("blogger", home, tmp_path / "site")
    assert moved("blogger", home / "Blogger/Blogs/A/feed.atom", tmp_path / "site").carried == 2


def test_medium_s_archive_says_whose_it_is(tmp_path: Path) -> None:
    profile = (
        '<html><body><section class="h-card"><h3 class="p-name">Ann Lee</h3><ul><li><a class="u-url"'
        ' href="https://medium.com/@ann">@ann</a></li><li>Email address: ann@secret.example</li></ul></section></body></html>'
    )
    story = (
        '<html><body><article><h1 class="p-name">One</h1><section data-field="body"><p>Text.</p></section><footer>'
        '<a class="p-author">Ann Lee</a><time class="dt-published" datetime="2024-05-01T09:30:00Z"></time></footer></article></body></html>'
    )
    with zipfile.ZipFile(tmp_path / "medium-export.zip", "w") as archive:
        archive.writestr("posts/2024-05-01_One-0123456789ab.html", story)
        archive.writestr("profile/profile.html", profile)
        archive.writestr("sessions/sessions-0001.html", "<html><body><p>Where she was</p></body></html>")
        archive.writestr("claps/claps-0001.html", "<html><body><p>What she liked</p></body></html>")
    account = moved("medium", tmp_path / "medium-export.zip", tmp_path / "site")
    files = written(tmp_path / "site")
    config = yaml.safe_load(files["blogq.yaml"])
    assert config["title"] == "Ann Lee" and config["authors"]["Ann Lee"]["url"] == "https://medium.com/@ann"
    assert account.posts == 1 and "authors: [Ann Lee]" in files["content/posts/one.md"]
    assert not [text for text in files.values() if "secret" in text or "liked" in text or "she was" in text]
