"""Each form in which comments are kept, read; and what is damaged, locked, cut short or hostile, named."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from talking_sites import JANUARY, read
from wordpress_export import EXPORT, entry

from blogq.content.post import MISSING
from blogq.conversation.comment import LONGEST, Unavailable
from blogq.conversation.readers.entries import moment_of

TEN = JANUARY + 34 * 3600
"""2 January 2026, 10:00 UTC."""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# A folder of files.


def test_a_file_of_staticman(tmp_path: Path) -> None:
    text = (
        "_id: 5f1\n_parent: https://example.org/posts/one/\nreplying_to: '3'\nname: Ann\n"
        "email: 0c17bf66e649070167701d2d3cd71711\nurl: https://ann.example/\n"
        "message: >-\n  Why\n  not?\ndate: 1767348000\n"
    )
    (draft,) = read(write(tmp_path, "a.yml", text)).drafts
    assert (draft.id, draft.parent, draft.author, draft.text) == ("5f1", "3", "Ann", "Why not?")
    assert (draft.created, draft.email, draft.email_digest) == (TEN, "", "0c17bf66e649070167701d2d3cd71711")
    assert draft.approved is None


def test_a_list_of_comments_and_one_without_a_text(tmp_path: Path) -> None:
    found = read(write(tmp_path, "a.json", json.dumps([{"message": "One", "approved": False}, {"name": "Ann"}, 3])))
    assert [(each.id, each.approved) for each in found.drafts] == [("a-1", False)]
    assert [each.code for each in found.findings] == ["CM102", "CM102"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2026-01-02T10:00:00Z", TEN),
        ("2026-01-02T11:00:00+01:00", TEN),
        (str(TEN), TEN),
        (TEN * 1000, TEN),
        ("20260102", JANUARY + 86_400),
        *[(odd, MISSING) for odd in (None, True, "soon", "1e400", "nan", "-5", {}, "2026-13-01")],
    ],
)
def test_moments(value: object, wanted: int) -> None:
    assert moment_of(value) == wanted


@pytest.mark.parametrize(
    "text", ["a: [", "!!python/object:os.system {}", "- " * 5_000, "a: &a [*a]", "\xff\xfe", "message: {a: b}", ""]
)
def test_yaml_that_is_none_or_hostile_is_named(tmp_path: Path, text: str) -> None:
    try:
        found = read(write(tmp_path, "a.yml", text.encode("latin-1")))
    except Unavailable as error:
        assert error.finding.code == "CM102"
        assert error.finding.severity == "warning"
    else:
        assert not found.drafts
        assert found.findings


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"message": ' + "9" * 50_000 + "}", "NaN", '"\\ud800"'])
def test_json_that_is_none_or_hostile_is_named(tmp_path: Path, text: str) -> None:
    try:
        found = read(write(tmp_path, "a.json", text))
    except Unavailable as error:
        assert error.finding.code == "CM102"
    else:
        assert all(len(each.text) <= LONGEST for each in found.drafts)


# WordPress.


def test_comments_of_an_export(tmp_path: Path) -> None:
    said = [
        entry(1, "Why <b>not</b>?"),
        entry(2, comment_parent=1, comment_user_id=7),
        entry(3, comment_type="pingback"),
        entry(4, comment_approved=0),
        entry(5, comment_approved="spam"),
        entry(6, comment_author_email="Nuria@example.org"),
    ]
    found = read(write(tmp_path, "a.xml", EXPORT % "".join(said)))
    assert not found.findings
    assert [each.id for each in found.drafts] == ["1", "2", "3", "4", "6"]
    first, second, third, fourth, last = found.drafts
    assert (first.post, first.parent, first.created) == ("https://old.example/posts/one/", "", TEN)
    assert (first.text, first.form, first.url) == ("Why <b>not</b>?", "html", "https://ann.example/")
    assert (second.parent, second.is_owner, first.is_owner, last.is_owner) == ("1", True, False, True)
    assert (third.kind, fourth.approved) == ("pingback", False)


def test_an_export_cut_in_the_middle_gives_what_was_whole(tmp_path: Path) -> None:
    """Items before the cut are read; those cut short say so."""
    whole = EXPORT % "".join(entry(at) for at in range(1, 4))
    item = whole[whole.index("<item>") : whole.index("</channel>")]
    text = whole.replace("</channel>", f"{item}</channel>")
    found = read(write(tmp_path, "a.xml", text[: text.rindex("<wp:comment>") + 40]))
    assert len(found.drafts) >= 3
    assert [each.code for each in found.findings] == ["CM102"]


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8)
)


@pytest.mark.parametrize(
    ("number", "doctype", "text"),
    [
        (77, '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "a &x; b"),
        (78, BOMB + "]>", "&i;"),
        (79, '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', "a"),
        (80, "", "<b>" * 200_000),
    ],
)
def test_attacks_77_to_80_on_an_export(tmp_path: Path, number: int, doctype: str, text: str) -> None:
    said = entry(1).replace("<![CDATA[Why?]]>", text)
    export = (EXPORT % (entry(2) + said)).replace('encoding="UTF-8" ?>', f'encoding="UTF-8" ?>{doctype}')
    began = time.process_time()
    found = read(write(tmp_path, "a.xml", export))
    assert time.process_time() - began < 10
    assert all(len(each.text) < 1_000 and "root:" not in each.text for each in found.drafts), number
    assert [each.code for each in found.findings][:1] == ["CM102"]


def test_other_xml_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no export"):
        read(write(tmp_path, "a.xml", "<rss><channel><item/></channel></rss>"))


def test_ten_thousand_comments_on_one_post(tmp_path: Path) -> None:
    """Measured at 1.0 s."""
    path = write(tmp_path, "a.xml", EXPORT % "".join(entry(at, comment_parent=at - 1) for at in range(1, 10_001)))
    began = time.process_time()
    assert len(read(path).drafts) == 10_000
    assert time.process_time() - began < 15


# Isso.


def isso(path: Path, *rows: tuple[object, ...]) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))")
        database.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, modified FLOAT, "
            "mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR)"
        )
        database.execute("INSERT INTO threads VALUES (1, '/blog/posts/one/', 'One')")
        for row in rows:
            database.execute("INSERT INTO comments VALUES (1, ?, ?, ?, NULL, ?, '127.0.0.1', ?, ?, ?, ?)", row)
    return path


ROW = (1, None, TEN + 0.5, 1, "Why?", "Ann", "ann@example.com", "https://ann.example/")


def test_comments_of_isso(tmp_path: Path) -> None:
    rows = [ROW, (2, 1, TEN, 2, "Held", None, None, None), (3, None, TEN, 4, "", None, None, None)]
    found = read(isso(tmp_path / "a.db", *rows))
    first, second = found.drafts
    assert (first.id, first.post, first.created, first.approved) == ("1", "/blog/posts/one/", TEN, True)
    assert (second.parent, second.approved, second.author) == ("1", False, "")


def test_the_database_is_only_read(tmp_path: Path) -> None:
    path = isso(tmp_path / "a.db", ROW)
    before = path.read_bytes()
    path.chmod(0o444)
    assert len(read(path).drafts) == 1
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


def test_a_locked_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogq.conversation.readers.isso.WAIT", 0.1)
    path = isso(tmp_path / "a.db", ROW)
    with locked(path), pytest.raises(Unavailable, match="locked"):
        read(path)
    assert read(path).drafts


def test_damaged_databases_are_named(tmp_path: Path) -> None:
    path = isso(tmp_path / "a.db", *((at, *ROW[1:]) for at in range(1, 400)))
    whole = path.read_bytes()
    for name, data in {
        "none": b"hello" * 100,
        "short": whole[: len(whole) // 2],
        "flipped": whole[:4096] + b"\xff" * 4096 + whole[8192:],
        "other": b"",
    }.items():
        with pytest.raises(Unavailable) as error:
            read(write(tmp_path, f"{name}.db", data))
        assert error.value.finding.code == "CM102", name


def test_a_database_with_a_journal_beside_it(tmp_path: Path) -> None:
    """What was written last stands in the journal still."""
    path = isso(tmp_path / "a.db", ROW)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        with database:
            database.execute("INSERT INTO comments (tid, id, created, mode, text) VALUES (1, 9, 0, 1, 'New')")
        assert [each.id for each in read(path).drafts] == ["1", "9"]


def test_a_journal_is_not_written_back(tmp_path: Path) -> None:
    """Whoever closes a database last brings its journal in, unless it only reads."""
    path = isso(tmp_path / "a.db", ROW)
    (tmp_path / "copy").mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        with database:
            database.execute("INSERT INTO comments (tid, id, created, mode, text) VALUES (1, 9, 0, 1, 'New')")
        kept = {name: (tmp_path / name).read_bytes() for name in ("a.db", "a.db-wal")}
    for name, data in kept.items():
        write(tmp_path / "copy", name, data)
    assert len(read(tmp_path / "copy/a.db").drafts) == 2
    assert {name: (tmp_path / "copy" / name).read_bytes() for name in kept} == kept


# Mastodon.


def status(id: str, above: str = "", **more: object) -> dict[str, object]:
    account = {"acct": "ann", "display_name": "Ann", "url": "https://m.example/@ann"}
    return {
        "id": id,
        "in_reply_to_id": above,
        "created_at": "2026-01-02T10:00:00.000Z",
        "content": "<p>Why?</p>",
        "visibility": "public",
        "url": f"https://m.example/@ann/{id}",
        "account": account,
        **more,
    }


def test_a_thread_of_mastodon(tmp_path: Path) -> None:
    own = {"display_name": "Núria", "url": "https://M.example/@nuria"}
    said = '<p>New: <a href="https://m.example/@x">@x</a> <a href="https://example.org/posts/one/">post</a></p>'
    thread = {
        "status": status("9", content=said, account=own),
        "ancestors": [],
        "descendants": [
            status("10", "9"),
            status("11", "10", account=own),
            status("12", "9", visibility="private"),
            status("13", "9", visibility="direct"),
            "odd",
        ],
    }
    found = read(write(tmp_path, "a.json", json.dumps(thread)))
    first, second = found.drafts
    assert (first.post, first.parent, first.kind) == ("https://example.org/posts/one/", "", "mastodon")
    assert (first.address, first.url) == ("https://m.example/@ann/10", "https://m.example/@ann")
    assert (second.parent, second.is_owner, first.is_owner) == ("10", True, False)
    assert len(found.findings) == 1


def test_a_thread_without_its_announcement_is_known_by_its_file(tmp_path: Path) -> None:
    found = read(write(tmp_path, "one.json", json.dumps({"ancestors": [], "descendants": [status("1")]})))
    assert found.drafts[0].post == "one"


# Webmentions.


def test_webmentions_in_jf2(tmp_path: Path) -> None:
    def mention(id: int, kind: str, **more: object) -> dict[str, object]:
        author = {"type": "card", "name": "Ann", "url": "https://ann.example/"}
        shared = {"wm-id": id, "wm-property": kind, "wm-target": "https://example.org/posts/one/", "author": author}
        url = f"https://ann.example/{id}"
        return {"type": "entry", "url": url, "wm-source": url, "published": "2026-01-02T10:00:00Z", **shared, **more}

    feed = {
        "type": "feed",
        "children": [
            mention(1, "in-reply-to", content={"html": "<p>Why?</p>", "text": "Why?"}),
            mention(2, "in-reply-to", content={"text": "a < b"}, **{"in-reply-to": "https://ann.example/1"}),
            mention(3, "mention-of", name="A note"),
            mention(4, "like-of", content={"text": "liked this"}),
            mention(6, "repost-of"),
            mention(7, "bookmark-of"),
            mention(5, "in-reply-to", content={"text": "no"}, **{"wm-private": True}),
        ],
    }
    first, second, third, like, repost = read(write(tmp_path, "a.json", json.dumps(feed))).drafts
    assert (first.kind, first.form, first.parent) == ("webmention", "html", "")
    assert (second.form, second.parent) == ("text", "1")
    assert (third.kind, third.text) == ("mention", "A note")
    assert [(each.kind, each.text) for each in (like, repost)] == [("like", ""), ("repost", "")]


def test_webmentions_in_the_older_form(tmp_path: Path) -> None:
    link = {
        "source": "https://ann.example/1",
        "target": "https://example.org/posts/one/",
        "id": 1,
        "verified_date": "2026-01-02T10:00:00+00:00",
        "data": {"author": {"name": "Ann"}, "content": "<p>Why?</p>", "published": None},
        "activity": {"type": "reply"},
    }
    liked = {**link, "id": 2, "activity": {"type": "like"}}
    draft, like = read(write(tmp_path, "a.json", json.dumps({"links": [link, liked]}))).drafts
    assert (like.kind, like.text) == ("like", "")
    assert (draft.id, draft.kind, draft.created, draft.author) == ("1", "webmention", TEN, "Ann")


@pytest.mark.parametrize("type", ["webmentions", "mastodon"])
@pytest.mark.parametrize(
    "text", ["3", "[]", "{}", '{"children": 3}', '{"descendants": {"a": 1}}', '[[], null, {"a": []}]']
)
def test_other_json_is_named_or_empty(tmp_path: Path, type: str, text: str) -> None:
    try:
        assert not read(write(tmp_path, "a.json", text), type).drafts
    except Unavailable as error:
        assert error.finding.code == "CM102"
