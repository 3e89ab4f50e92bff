"""Which files belong to a corpus, and what is said of one that is gone, empty, too large or the site's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from corpus_sites import POST, listed, make, read, texts

import blogq.corpora.files
from blogq.config.load import load_config
from blogq.corpora.files import Listed, list_corpora

WORDS = "Words of others.\n"
FEED = "<rss><channel><item><title>T</title><description>In a feed.</description></item></channel></rss>"
MAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


def shown(site: Path) -> list[tuple[str, str]]:
    return [(file.shown, file.kind) for file in listed(site)[0]]


def types(site: Path) -> dict[str, Listed]:
    return {each.name: each for each in list_corpora(load_config(site).config.corpora, site)}


def test_a_folder_of_texts(tmp_path: Path) -> None:
    files = {
        "press/a.txt": WORDS,
        "press/deep/er/b.md": WORDS,
        "press/c.html": "<p>x",
        "press/d.rss": FEED,
        "press/README": WORDS,
        "press/feed.json": '{"items": []}',
        "press/other.json": "{}",
        "press/.hidden.txt": WORDS,
        "press/.git/x.txt": WORDS,
        "press/old.txt~": WORDS,
        "press/node_modules/x.md": WORDS,
        "press/picture.png": b"\x89PNG",
        "press/paper.pdf": b"%PDF",
    }
    site = make(tmp_path, "corpora:\n  press: ../press\n", files)
    assert shown(site) == [
        ("../press/README", "text"),
        ("../press/a.txt", "text"),
        ("../press/c.html", "html"),
        ("../press/d.rss", "feed"),
        ("../press/deep/er/b.md", "markdown"),
        ("../press/feed.json", "json-feed"),
    ]
    file = listed(site)[0][1]
    state = os.stat(file.path)
    assert file.path == str(tmp_path / "press" / "a.txt")
    assert file.stat == (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def test_types_are_told_by_what_is_there(tmp_path: Path) -> None:
    files = {
        "press/a.txt": WORDS,
        "sister/blogq.yaml": "title: S\n",
        "sister/a.md": POST,
        "f.xml": FEED,
        "f.json": '{"items": []}',
        "w.xml": "<!-- export --><rss version='2.0'\n\txmlns:wp='http://wordpress.org/export/1.2/'></rss>",
        "s/sitemap.xml": MAP.format(""),
        "i/sitemap.xml": "<sitemapindex/>",
        "one.md": WORDS,
    }
    names = {"texts": "press", "site": "sister", "feed": "f.xml", "json": "f.json", "wordpress": "w.xml"}
    names |= {"sitemap": "s/sitemap.xml", "index": "i", "file": "one.md"}
    site = make(tmp_path, "corpora:\n" + "".join(f"  {name}: ../{path}\n" for name, path in names.items()), files)
    found = {name: each.type for name, each in types(site).items()}
    same = {"texts": "texts", "site": "site", "feed": "feed", "wordpress": "wordpress", "sitemap": "sitemap"}
    assert found == {**same, "json": "feed", "index": "sitemap", "file": "texts"}


def test_a_declared_type_wins(tmp_path: Path) -> None:
    files = {"sister/blogq.yaml": "title: S\n", "sister/a.md": POST, "sister/b.txt": WORDS, "x.data": FEED}
    config = "corpora:\n  s: {path: ../sister, type: texts}\n  x: {path: ../x.data, type: feed}\n"
    site = make(tmp_path, config, files)
    assert shown(site) == [("../sister/a.md", "markdown"), ("../sister/b.txt", "text"), ("../x.data", "feed")]


def test_what_is_gone_is_named_and_the_rest_listed(tmp_path: Path) -> None:
    config = "corpora:\n  gone: ../gone\n  empty: ../empty\n  news: https://n.example/feed.xml\n  press: ../press\n"
    site = make(tmp_path, config, {"press/a.txt": WORDS, "empty/x.png": b"\x89"})
    files, wrong = listed(site)
    assert [each.corpus for each in files] == ["press"]
    assert {(each.code, each.span.path) for each in wrong} == {
        ("CO101", "../gone"),
        ("CO106", "../empty"),
        ("CO108", ".blogq/corpora/news"),
    }
    hints = {each.code: each.hint for each in wrong}
    assert "blogq corpus remove gone" in hints["CO101"] and "blogq corpus update news" in hints["CO108"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read anything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    site = make(tmp_path, "corpora:\n  press: ../press\n", {"press/a.txt": WORDS})
    (tmp_path / "press").chmod(0)
    try:
        assert [each.code for each in listed(site)[1]] == ["CO101"]
    finally:
        (tmp_path / "press").chmod(0o755)


def test_own_sources_output_and_store_are_no_corpus(tmp_path: Path) -> None:
    files = {
        "notes.txt": WORDS,
        "site/_site/index.html": "<p>Output.",
        "site/.blogq/x.txt": WORDS,
        "site/press/a.txt": WORDS,
    }
    site = make(tmp_path, "corpora:\n  all: ..\n  inner: .\n  store: .blogq\n  press: press\n", files)
    found = {name: [file.shown for file in each.files] for name, each in types(site).items()}
    assert found == {"all": ["../notes.txt"], "inner": [], "store": [], "press": ["press/a.txt"]}


def test_own_sources_where_the_site_is_its_content(tmp_path: Path) -> None:
    site = make(tmp_path, "corpora:\n  press: press\nignore: ['press/old/**']\n", {"site/press/a.md": POST})
    (site / "content" / "own.md").unlink()
    (site / "content").rmdir()
    assert [each.code for each in listed(site)[1]] == ["CO106"]
    (site / "press" / "old").mkdir()
    (site / "press" / "old" / "b.md").write_text(POST)
    assert shown(site) == [("press/old/b.md", "markdown")]


def test_too_large_a_file_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blogq.corpora.files, "LARGEST", 1000)
    export = f"<rss xmlns:wp='w'><channel>{' ' * 2000}</channel></rss>"
    config = "corpora:\n  press: ../press\n  export: ../w.xml\n"
    site = make(tmp_path, config, {"press/a.txt": WORDS * 100, "press/b.txt": WORDS, "w.xml": export})
    files, wrong = listed(site)
    assert [(each.shown, each.kind) for each in files] == [("../w.xml", "wordpress"), ("../press/b.txt", "text")]
    assert [(each.code, each.span.path) for each in wrong] == [("CO104", "../press/a.txt")]


def test_pages_of_a_sitemap(tmp_path: Path) -> None:
    pages = ["", "/", "/a/", "/b", "/c/d.html", "/e?p=1", "/%C3%BC/x/", "/missing/", "/../../up"]
    urls = "".join(f"<url><loc>https://s.example{page}</loc></url>" for page in pages)
    index = "<sitemapindex><sitemap><loc>https://s.example/maps/posts.xml.gz</loc></sitemap></sitemapindex>"
    files = {
        "s/sitemap.xml": index,
        "s/posts.xml": MAP.format(urls),
        "s/s.example/index.html": "<p>Home.",
        "s/a/index.html": "<p>A.",
        "s/s.example/b.html": "<p>B.",
        "s/c/d.html": "<p>D.",
        "s/s.example/ü/x/index.html": "<p>X.",
        "s/other/index.html": "<p>Belongs to nobody.",
        "up.html": "<p>Up.",
    }
    site = make(tmp_path, "corpora:\n  s: ../s/sitemap.xml\n", files)
    documents, wrong = read(site)
    assert wrong == []
    assert sorted(texts(each)[0] for each in documents) == ["A.", "B.", "D.", "Home.", "X."]


def test_damaged_feed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    feed = FEED.replace("</channel></rss>", "<item><title>Two</title><description>Cut off here. <b")
    feed = feed.replace("In a feed.", "In a feed & more\x01.")
    site = make(tmp_path, "corpora:\n  f: ../f.xml\n", {"f.xml": f"\n\n{feed}"})
    documents, wrong = read(site)
    assert texts(documents[0]) == ["In a feed more ."]
    assert [(each.code, each.span.path, each.span.line) for each in wrong] == [("CO103", "../f.xml", 3)]
    assert "could be read" in wrong[0].message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.xml", "<opml></opml>"),
        ("x.xml", "not XML"),
        ("x.xml", ""),
        ("x.json", "{"),
        ("x.json", "[]"),
        ("x.json", '{"items": 3}'),
    ],
)
def test_what_is_no_feed(tmp_path: Path, name: str, data: str) -> None:
    documents, wrong = read(make(tmp_path, f"corpora:\n  x: {{path: ../{name}, type: feed}}\n", {name: data}))
    assert documents == [] and [(each.code, each.span.path) for each in wrong] == [("CO103", f"../{name}")]


def test_binary_files_are_passed_over(tmp_path: Path) -> None:
    files = {"press/core": b"\x7fELF\0\0\0", "press/a.txt": b"\0\1\2", "press/b.html": b"\0<p>", "press/c.md": b"\0"}
    assert read(make(tmp_path, "corpora:\n  press: ../press\n", files)) == ([], [])


def test_documents_of_an_export_can_be_taken_one_by_one(tmp_path: Path) -> None:
    site = make(tmp_path, "corpora:\n  f: ../f.xml\n", {"f.xml": FEED})
    taken: list[object] = []
    from blogq.corpora.reading import read_corpus_file

    assert read_corpus_file(listed(site)[0][0], None, taken.append) == ((), ())
    assert len(taken) == 1


def test_characters_that_no_text_can_hold(tmp_path: Path) -> None:
    item = "<item><title>T</title><description>{}</description></item>"
    bad = "a&#xD800;b&#0;c&#99999999;d&#65;e&nosuch;f"
    export = f"<rss><channel>{item.format(bad)}{item.format('After.')}</channel></rss>"
    files = {
        "a.xml": export,
        "b.json": '{"items": [{"content_text": "x\\ud800y", "title": "\\udfff"}]}',
        "c.txt": "x" * 9000 + "\0y",
        "d.xml": '<feed><entry><content type="xhtml"><div><a<b>Odd.</a<b></div></content></entry></feed>',
    }
    corpora = "".join(f"  {name[0]}: ../{name}\n" for name in files)
    documents, _ = read(make(tmp_path, f"corpora:\n{corpora}", files))
    found = {each.corpus: texts(each)[0] for each in reversed(documents)}
    assert found["a"].startswith("a\ufffdb\ufffdc\ufffddAe") and found["a"].endswith("f")
    assert texts(documents[1]) == ["After."]
    assert found["b"] == "x?y" and found["c"].endswith("x y")
    assert all(each.encode() for each in found.values())
