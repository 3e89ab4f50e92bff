"""Attacks 77 to 90 of the list: hostile and damaged exports. Named, the rest carried, nothing outside the new site."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

import os
import socket
import stat
import time
import zipfile
from pathlib import Path

import pytest
from small_exports import item, moved, tree, wordpress, written

from blogq.importing.carried import Unreadable


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_77_79_entities_and_dtds_are_never_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    doctype = f'<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd" [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>\n'
    account = moved("wordpress", wordpress(tmp_path, item(1, "T &x;"), item(2), doctype=doctype), tmp_path / "site")
    assert "hunter2" not in "".join(written(tmp_path / "site").values())
    assert account.posts == 2 and [note.code for note in account.notes if note.code == "xml"]


def test_78_an_xml_bomb_is_never_unfolded(tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "lol">{lines}]>\n'
    began = time.monotonic()
    moved("wordpress", wordpress(tmp_path, item(1, "T &a11;"), doctype=doctype), tmp_path / "site")
    assert time.monotonic() - began < 20
    assert sum(map(len, written(tmp_path / "site").values())) < 20_000


def test_80_xml_200_000_deep(tmp_path: Path) -> None:
    deep = "<x>" * 200_000 + "</x>" * 200_000
    account = moved("wordpress", wordpress(tmp_path, item(1), deep, item(2)), tmp_path / "site")
    assert account.posts >= 1
    assert [note for note in account.notes if note.code == "xml" and "256 deep" in note.message]


def story(title: str) -> str:
    return (
        f'<html><body><article><header><h1 class="p-name">{title}</h1></header><section data-field="body" class="e-content">'
        f'<p>Text of {title}.</p></section><footer><a class="p-author">Ann</a><time class="dt-published" datetime="2024-05-01T09:30:00.000Z">'
        f'</time><a href="https://medium.com/p/{title.lower()}" class="p-canonical">c</a></footer></article></body></html>'
    )


def test_81_to_83_archives_that_lead_out_or_swell(tmp_path: Path) -> None:
    path = tmp_path / "medium.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts/2024-05-01_Good-0123456789ab.html", story("Good"))
        archive.writestr("../../posts/evil.html", story("Evil"))
        archive.writestr("/posts/absolute.html", story("Absolute"))
        link = zipfile.ZipInfo("posts/link.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("posts/bomb.html", b"a" * (40 << 20))
    account = moved("medium", path, tmp_path / "in/site")
    assert account.posts == 1
    assert sorted(note.place for note in account.notes if note.code == "file") == [
        "../../posts/evil.html",
        "/posts/absolute.html",
        "posts/bomb.html",
        "posts/link.html",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "medium.zip"]


def test_84_85_attachments_elsewhere_and_names_that_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    home = tmp_path / "export"
    home.mkdir()
    (home / "wp-content/uploads").mkdir(parents=True)
    os.symlink(tmp_path / "secret.png", home / "wp-content/uploads/link.png")
    os.mkfifo(home / "wp-content/uploads/pipe.png")
    addresses = (
        f"file://{tmp_path}/secret.png",
        "http://127.0.0.1/a.png",
        "http://169.254.169.254/latest/meta.png",
        "https://old.example/wp-content/uploads/../../../secret.png",
        "https://old.example/wp-content/uploads/%2e%2e/%2e%2e/%2e%2e/secret.png",
        "https://old.example/wp-content/uploads/..%2f..%2f..%2fsecret.png",
        "https://old.example/wp-content/uploads/link.png",
        "https://old.example/wp-content/uploads/pipe.png",
    )
    body = "".join(f'<img src="{each}" alt="x">' for each in addresses)
    account = moved("wordpress", wordpress(home, item(1, body=body)), tmp_path / "site")
    files = written(tmp_path / "site")
    assert not [name for name in files if name.startswith("static/")] and account.media == 0
    assert "file://" not in files["content/posts/post-1.md"]
    assert b"secret" not in b"".join(each.read_bytes() for each in (tmp_path / "site").rglob("*.png"))


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/etc/cron.d/x",
        "..",
        ".",
        "a/../../b",
        "..%2f..%2fevil",
        "x\\..\\y",
        "CON",
        "_index",
        "a" * 900,
        ".git",
    ],
)
def test_86_post_names_that_lead_out(tmp_path: Path, name: str) -> None:
    link = f"https://old.example/{name}/"
    account = moved("wordpress", wordpress(tmp_path, item(1, post_name=name, link=link)), tmp_path / "in/site")
    assert account.posts == 1
    files = written(tmp_path / "in/site")
    assert len([each for each in files if each.startswith("content/posts/") and each.count("/") == 2]) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export.xml", "in"]
    assert [each.name for each in (tmp_path / "in").iterdir()] == ["site"]
    assert not [each for each in files if "/_index.md" in each]


@pytest.mark.parametrize(
    "title", ["a\n---\ndraft: false", '"quoted": x', "- item", "{{7*7}}", "&#x1b;[31mred", "x: y #z", "[a"]
)
def test_87_titles_that_would_be_front_matter(tmp_path: Path, title: str) -> None:
    from blogq.content.front_matter import read_front_matter

    moved("wordpress", wordpress(tmp_path, item(1, title, status="draft")), tmp_path / "site")
    text = written(tmp_path / "site")["content/posts/post-1.md"]
    from datetime import UTC

    front, _, _, findings = read_front_matter(text, "x.md", taxonomies=("tags", "categories", "authors"), zone=UTC)
    assert front.draft and not [each for each in findings if each.severity == "error"]
    assert front.title and "\x1b" not in text


def test_88_90_nothing_of_the_old_site_is_run(tmp_path: Path) -> None:
    run = f"open({str(tmp_path / 'ran')!r}, 'w').write('x')"
    site = tree(
        tmp_path / "old",
        {
            "pelicanconf.py": f"SITENAME = 'Pumps'\nSITEURL = 'https://old.example'\n{run}\n",
            "content/a.md": "Title: A\nDate: 2024-05-01\n\nText {{7*7}}.\n",
            "_plugins/x.rb": "system('touch ran')",
            "plugins/x.py": run,
        },
    )
    moved("pelican", site, tmp_path / "site")
    assert not (tmp_path / "ran").exists()
    files = written(tmp_path / "site")
    assert "title: Pumps" in files["blogq.yaml"] and "{{7*7}}" in files["content/posts/a.md"]
    assert not [name for name in files if name.endswith((".py", ".rb"))]


def test_89_serialised_php_is_never_decoded(tmp_path: Path) -> None:
    meta = '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>O:8:"Gadget":1:{s:3:"cmd";s:2:"id";}</wp:meta_value></wp:postmeta>'
    account = moved("wordpress", wordpress(tmp_path, item(1, more=meta)), tmp_path / "site")
    assert account.posts == 1 and "Gadget" not in "".join(written(tmp_path / "site").values())


def test_an_export_cut_in_the_middle(tmp_path: Path) -> None:
    source = wordpress(tmp_path, *(item(number) for number in range(1, 21)))
    source.write_bytes(source.read_bytes()[: source.stat().st_size * 2 // 3])
    account = moved("wordpress", source, tmp_path / "site")
    assert 10 <= account.posts < 20
    assert [note for note in account.notes if note.code == "xml" and note.level == "lost" and note.line]


def test_an_export_in_another_encoding(tmp_path: Path) -> None:
    source = wordpress(tmp_path, item(1, "Café", body="Füße"))
    text = source.read_text("utf-8")
    source.write_bytes(text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1"))
    moved("wordpress", source, tmp_path / "one")
    assert "Füße" in written(tmp_path / "one")["content/posts/post-1.md"]
    # It says that it is UTF-8, and isn't: the items are carried all the same.
    source.write_bytes(text.encode("latin-1"))
    assert moved("wordpress", source, tmp_path / "two").posts == 1


def test_a_site_whose_folder_leads_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "out").mkdir()
    os.symlink(tmp_path / "out", tmp_path / "site/content")
    account = moved("wordpress", wordpress(tmp_path, item(1)), tmp_path / "site")
    assert not [*(tmp_path / "out").iterdir()] and account.outcomes["refused"] == 1


@pytest.mark.parametrize("kind", ["wordpress", "ghost", "blogger", "medium"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"<html></html>", b"{}", b"[" * 100_000, b"<feed/>", b"PK\x03\x04junk"]
)
def test_what_is_no_export_is_refused(tmp_path: Path, kind: str, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(Unreadable):
        moved(kind, tmp_path / "x", tmp_path / "site")
    assert not (tmp_path / "site").exists()
