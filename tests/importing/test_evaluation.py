"""The evaluation of imports notices what it is there for: words, pages and addresses that are missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_exports import item, moved, wordpress

from blogq.importing.carried import Item
from blogq.importing.sources import reader_of
from evaluations.importing import built_of, exports, measured, open_addresses, texts_of


def items_of(source: Path) -> list[Item]:
    return [*reader_of("wordpress")(source).items(lambda note: None)]


def source_of(folder: Path) -> Path:
    label = '<category domain="post_tag" nicename="old-name">New name</category>'
    return wordpress(folder, item(1, body="One <b>two</b> three.", more=label), item(2), item(3, status="draft"))


def test_a_good_import_is_good(tmp_path: Path) -> None:
    row = measured("wordpress", source_of(tmp_path), tmp_path / "in")
    assert row is not None and row.good
    assert row[1:9] == (2, 2, 2, 1, 0, [], 3, 0) and row.unsaid == []


@pytest.mark.parametrize("word", ["two", "three"])
def test_a_word_that_is_missing_is_noticed(tmp_path: Path, word: str) -> None:
    source = source_of(tmp_path)
    account = moved("wordpress", source, tmp_path / "site")
    file = tmp_path / "site/content/posts/post-1.md"
    file.write_text(file.read_text().replace(word, "", 1))
    equal, said, unsaid = texts_of(items_of(source), tmp_path / "site", account)
    assert (equal, said) == (2, 0) and unsaid[0].startswith("content/posts/post-1.md: ")


def test_pages_and_addresses_that_are_missing_are_noticed(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    account = moved("wordpress", source, tmp_path / "site")
    export, items = reader_of("wordpress")(source), items_of(source)
    # Nothing is built yet.
    assert built_of(tmp_path / "site") == 0
    output = tmp_path / "site/_site"
    assert len(open_addresses(export, items, account, output)) == 3
    for url in ("2024/05/post-1", "2024/05/post-2", "tag/new-name"):
        (output / url).mkdir(parents=True)
        (output / url / "index.html").write_text("x")
    assert built_of(tmp_path / "site") == 2
    account.stays.pop()
    missing = open_addresses(export, items, account, output)
    assert "https://old.example/2024/05/post-2/" in missing


def test_exports_are_found_by_kind(tmp_path: Path) -> None:
    for name in ("wordpress/a.xml", "ghost/b.json", "ghost/.hidden", "other/c.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [(kind, path.name) for kind, path in exports(tmp_path, "")] == [("wordpress", "a.xml"), ("ghost", "b.json")]
    assert [kind for kind, _ in exports(tmp_path, "ghost/")] == ["ghost"]
