"""Attacks 77 to 80 and 41 to 47 on what a reference corpus brings: XML made to harm, paths that lead elsewhere."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attack_sites import SECRET, write

from blogq.config.load import load_config
from blogq.corpora.document import Document, Place
from blogq.corpora.files import corpus_files
from blogq.corpora.reading import read_corpus_file
from blogq.corpora.xml_stream import XmlStream
from blogq.finding import Finding

BOUND = 6.0
"""Seconds of the processor for the reading of one hostile file of some MB."""

ITEM = "<item><title>Good</title><link>https://x.example/1</link><description>Words that stay.</description></item>"
WORDS = "Words that stay."


def read(folder: Path, name: str, data: str | bytes) -> tuple[list[Document], list[Finding]]:
    """Return what is read of a corpus that is one hostile file beside a good one, in time."""
    site = folder / "site"
    files = {
        "site/blogq.yaml": f"corpora:\n  bad: ../bad/{name}\n  good: ../good\n",
        "outside/secret.txt": SECRET,
        "good/good.txt": WORDS,
        f"bad/{name}": data,
    }
    write(folder, files)
    started = time.process_time()
    found, findings = corpus_files(load_config(site).config.corpora, site)
    documents, wrong = [], [*findings]
    for file in found:
        more, noticed = read_corpus_file(file)
        documents += more
        wrong += noticed
    assert time.process_time() - started < BOUND
    assert any(each.corpus == "good" for each in documents), "the rest is read"
    assert SECRET not in repr(documents)
    return [each for each in documents if each.corpus == "bad"], wrong


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where anything is looked up or connected to."""
    events: list[Any] = []

    def watch(event: str, arguments: Any) -> None:
        if events is not None and event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
            events.append((event, arguments))

    sys.addaudithook(watch)
    yield
    assert events == []


@pytest.mark.parametrize("scheme", ["file://", ""])
@pytest.mark.parametrize("where", ["SYSTEM", 'PUBLIC "-//X//X"'])
def test_attack_77_entities_from_files_are_never_resolved(tmp_path: Path, scheme: str, where: str) -> None:
    secret = f"{scheme}{tmp_path}/outside/secret.txt"
    doctype = f'<!DOCTYPE rss [\n<!ELEMENT rss ANY>\n<!ENTITY xxe {where} "{secret}">\n]>'
    text = ITEM.replace("Good", "&xxe; Good").replace("Words", "&xxe;Words")
    documents, wrong = read(
        tmp_path, "x.xml", f"<?xml version='1.0'?>\n{doctype}\n<rss><channel>{text}</channel></rss>"
    )
    assert [each.paragraphs[0].text for each in documents] == [WORDS]
    told = [each for each in wrong if each.code == "CO105"]
    assert [(each.span.path, each.span.line) for each in told] == [("../bad/x.xml", 2)]
    assert "`xxe`" in told[0].message


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "utf-16-be", "cp037"])
def test_attack_77_entities_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    secret = f"{tmp_path}/outside/secret.txt"
    text = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [<!ENTITY xxe SYSTEM '{secret}'>]>"
    data = f"{text}<rss><channel>{ITEM.replace('Words', '&xxe;')}</channel></rss>".encode(encoding)
    read(tmp_path, "x.xml", data)


def test_attack_77_inclusion_and_style_sheets_are_not_followed(tmp_path: Path) -> None:
    secret = f"file://{tmp_path}/outside/secret.txt"
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret}"/>'
    sheet = f'<?xml-stylesheet type="text/xsl" href="{secret}"?>'
    text = f"{sheet}<rss><channel>{ITEM.replace('Words', include + 'Words')}</channel></rss>"
    assert len(read(tmp_path, "x.xml", text)[0]) == 1


@pytest.mark.parametrize("where", ["text", "attribute", "parameter"])
def test_attack_78_bombs_do_not_go_off(tmp_path: Path, where: str) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 40))
    doctype = f'<!DOCTYPE rss [\n<!ENTITY a0 "{"ha" * 1000}">\n{levels}]>'
    if where == "parameter":
        levels = "".join(f"<!ENTITY % p{n} '{f'%p{n - 1};' * 10}'>\n" for n in range(1, 40))
        doctype = f"<!DOCTYPE rss [\n<!ENTITY % p0 '<!ENTITY x \"ha\">'>\n{levels}%p39;]>"
    text = ITEM.replace("Good", "&a39;") if where == "text" else ITEM.replace("<title>", '<title x="&a39;">')
    documents, wrong = read(tmp_path, "x.xml", f"{doctype}<rss><channel>{text}{ITEM}</channel></rss>")
    assert len(documents) == 2
    assert {"CO105"} <= {each.code for each in wrong}


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://192.0.2.1/rss-0.91.dtd">',
        '<!doctype rss system "http://192.0.2.1/x.dtd">',
        '<!DOCTYPE rss [<!ENTITY % remote SYSTEM "http://192.0.2.1/x.dtd"> %remote;]>',
    ],
)
def test_attack_79_remote_dtds_are_not_fetched(tmp_path: Path, doctype: str) -> None:
    text = ITEM.replace("Words", "Caf&eacute; words")
    documents, wrong = read(tmp_path, "x.xml", f"{doctype}<rss version='0.91'><channel>{text}</channel></rss>")
    assert [each.paragraphs[0].text for each in documents] == ["Café words that stay."]
    assert "CO105" in {each.code for each in wrong}


@pytest.mark.parametrize("name", ["x.xml", "x.html"])
@pytest.mark.parametrize("tag", ["a", "div", "blockquote", "article", "b", "table", "figure", "ul"])
def test_attack_80_depth_is_bounded(tmp_path: Path, name: str, tag: str) -> None:
    deep = f"<{tag}>" * 200_000
    if name == "x.xml":
        data = f"<rss><channel>{ITEM}<item><description>{deep}"
    else:
        data = f"<p>{WORDS}</p>{deep}<p>deep</p>"
    documents, wrong = read(tmp_path, name, data)
    assert documents[0].paragraphs[0].text == WORDS
    if name == "x.xml":
        assert any(each.code == "CO103" and "256 deep" in each.message for each in wrong)


def test_attack_80_depth_in_json_and_in_escaped_html(tmp_path: Path) -> None:
    _, wrong = read(tmp_path / "1", "x.json", '{"items":' + "[" * 200_000)
    assert [each.code for each in wrong] == ["CO103"]
    deep = "&lt;blockquote&gt;" * 100_000
    documents, _ = read(
        tmp_path / "2", "x.xml", f"<rss><channel>{ITEM.replace('stay.', 'stay.' + deep)}</channel></rss>"
    )
    assert len(documents) == 1


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE a>" * 80_000 + "<rss/>",
        "<!DOCTYPE a [" + "<!ENTITY a 'b'>" * 60_000,
        "<!--" * 200_000,
        "<rss " + "a='" * 300_000,
        "<rss><channel>" + "<x/>" * 500_000,
        "<rss><channel><item><description>" + "[code]" * 300_000 + "</description></item>",
        "<rss xmlns:wp='w'><item><content:encoded>"
        + "[a "
        + " " * 1_000_000
        + "[code]" * 100_000
        + "</content:encoded>",
        "&" * 2_000_000,
        "<rss>" + "&a" * 1_000_000,
    ],
    ids=["doctypes", "subset", "comments", "attribute", "elements", "shortcodes", "export", "ampersands", "entities"],
)
def test_attack_80_time_grows_with_size_alone(tmp_path: Path, data: str) -> None:
    _, wrong = read(tmp_path, "x.xml", data)
    assert wrong


@pytest.mark.parametrize(
    "data",
    [
        "<blockquote>" * 2_000 + "<p>x</p>" * 100_000,
        "<article>" * 2_000 + "<p>x</p>" * 100_000,
        "<a href=x>" * 100_000 + "x",
        "<p>" + "<br>" * 500_000,
        "<script type='application/ld+json'>" + "[" * 100_000,
        "<script type='application/ld+json'>[" + "1," * 400_000 + "1]</script>",
        "\0" * 100 + "<p>x",
    ],
    ids=["quotations", "articles", "links", "breaks", "deep data", "long data", "binary"],
)
def test_attack_80_pages_that_are_slow_to_read(tmp_path: Path, data: str) -> None:
    read(tmp_path, "x.html", data)


def test_attack_78_memory_is_bounded_where_no_item_ends(tmp_path: Path) -> None:
    """An export of 100 MB without an item takes no more than the parser's own limit."""
    begin = b"<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
    path = tmp_path / "bad" / "x.xml"
    path.parent.mkdir(parents=True)
    with open(path, "wb") as file:
        file.write(begin)
        for _ in range(100):
            file.write(b"<x>" + b" " * (1 << 20) + b"</x>")
    write(tmp_path, {"site/blogq.yaml": "corpora:\n  bad: ../bad/x.xml\n"})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files, _ = corpus_files(load_config(tmp_path / "site").config.corpora, tmp_path / "site")
    assert [each.kind for each in files] == ["wordpress"]
    _, wrong = read_corpus_file(files[0])
    assert [each.code for each in wrong] == ["CO104"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10


def test_attack_78_items_that_were_read_are_let_go_of(tmp_path: Path) -> None:
    """In the tree that the parser makes there is never more than one of them."""
    left: list[int] = []

    def take(element: Any) -> bool:
        left.append(len(element.getparent()))
        return True

    stream = XmlStream(("item",), take, Place("", ""), lambda root: True)
    for _ in range(100):
        stream.feed((ITEM * 20 if left else f"<rss><channel>{'<x/>' * 50}{ITEM * 200}").encode())
    stream.close()
    # Those of the last part that the parser was given may hang on it already.
    assert len(left) > 2_000 and left[-1] < 200


def test_attack_43_links_out_of_a_corpus_are_not_followed(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"outside/secret.txt": SECRET, "press/a.txt": WORDS, "site/blogq.yaml": "corpora:\n  press: ../press\n"},
    )
    os.symlink(tmp_path / "outside", tmp_path / "press" / "folder")
    os.symlink(tmp_path / "outside" / "secret.txt", tmp_path / "press" / "file.txt")
    os.symlink(tmp_path / "press", tmp_path / "press" / "circle")
    os.symlink("a.txt", tmp_path / "press" / "inner.txt")
    files, wrong = corpus_files(load_config(tmp_path / "site").config.corpora, tmp_path / "site")
    assert SECRET not in repr([read_corpus_file(file) for file in files])
    assert {(each.code, each.span.path) for each in wrong} == {
        ("CO107", "../press/folder"),
        ("CO107", "../press/file.txt"),
    }


def test_attack_45_pipes_are_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"press/a.txt": WORDS, "site/blogq.yaml": "corpora:\n  press: ../press\n  pipe: ../press/p.txt\n"})
    os.mkfifo(tmp_path / "press" / "p.txt")
    files, wrong = corpus_files(load_config(tmp_path / "site").config.corpora, tmp_path / "site")
    assert [each.shown for each in files] == ["../press/a.txt"]
    assert {(each.code, each.span.path) for each in wrong} == {("CO102", "../press/p.txt"), ("CO101", "../press/p.txt")}


def test_attack_47_a_file_swapped_for_a_link_is_not_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"outside/secret.txt": SECRET, "press/a.txt": WORDS, "site/blogq.yaml": "corpora:\n  press: ../press\n"},
    )
    files, _ = corpus_files(load_config(tmp_path / "site").config.corpora, tmp_path / "site")
    (tmp_path / "press" / "a.txt").unlink()
    os.symlink(tmp_path / "outside" / "secret.txt", tmp_path / "press" / "a.txt")
    documents, wrong = read_corpus_file(files[0])
    assert documents == () and [each.code for each in wrong] == ["CO107"]
