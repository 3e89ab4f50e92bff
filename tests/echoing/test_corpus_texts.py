"""Posts beside the texts of corpora, each format read from real files; the network is asked nothing."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from prose import prose, sentences
from small_site import CONFIG, found, judge, post, told, write

THEIRS = prose("theirs", 6)
PARAGRAPHS = THEIRS.strip().split("\n\n")
CORPUS = f"{CONFIG}corpora: {{press: saved}}\n"


def html(date: str = "2024-05-06", url: str = "https://press.example/a/") -> str:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="en"><head><title>Theirs</title><link rel="canonical" href="{url}">'
        f'<meta property="article:published_time" content="{date}"></head><body><nav>Home</nav>'
        f"<article><h1>Theirs</h1>{body}</article></body></html>"
    )


def feed() -> str:
    body = "".join(f"&lt;p&gt;{each}&lt;/p&gt;" for each in PARAGRAPHS)
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title><link>https://press.example/</link>'
        "<item><title>Other</title><link>https://press.example/b/</link><description>Short.</description></item>"
        "<item><title>Theirs</title><link>https://press.example/a/</link>"
        "<pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate>"
        f"<description>{body}</description></item></channel></rss>"
    )


FORMATS = {
    "saved/a.txt": THEIRS,
    "saved/deep/a.md": f"---\ntitle: Theirs\ndate: 2024-05-06\n---\n{THEIRS}",
    "saved/a.html": html(),
    "saved/feed.xml": feed(),
    "saved/feed.json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Press",
            "items": [
                {
                    "id": "1",
                    "url": "https://press.example/a/",
                    "title": "Theirs",
                    "date_published": "2024-05-06T10:00:00Z",
                    "content_html": "".join(f"<p>{each}</p>" for each in PARAGRAPHS),
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_copy_of_a_text_in_a_corpus_is_found_with_its_place(tmp_path: Path, name: str) -> None:
    site = write(tmp_path, {"blogq.yaml": CORPUS, name: FORMATS[name], "content/new.md": post(THEIRS, "2026-03-01")})
    contained, run = found(site)
    assert (contained.code, contained.severity, contained.span.line) == ("OR001", "error", 5)
    (there,) = contained.related
    assert there.corpus == "press" and there.span.path == name
    assert there.text.startswith(PARAGRAPHS[0][:50])
    if not name.endswith(".txt"):
        assert (there.title, there.date) == ("Theirs", "2024-05-06")
    if "feed" in name or name.endswith("html"):
        assert there.url == "https://press.example/a/" and "https://press.example/a/" in contained.message
    assert "corpus press" in contained.message
    assert run.code == "OR002"


def test_a_text_that_came_later_or_is_the_post_itself_is_no_source(tmp_path: Path) -> None:
    files = {"blogq.yaml": CORPUS, "content/new.md": post(THEIRS, "2026-03-01")}
    assert told(write(tmp_path / "a", {**files, "saved/a.html": html("2026-03-02")})) == []
    own = html("2026-02-28", "https://example.org/blog/new/")
    assert told(write(tmp_path / "b", {**files, "saved/a.html": own})) == []
    replaced = post(THEIRS, "2026-03-01", replaces="https://press.example/a/")
    assert told(write(tmp_path / "c", {**files, "saved/a.html": html(), "content/new.md": replaced})) == []


def test_a_text_of_the_same_day_may_have_come_first(tmp_path: Path) -> None:
    files = {"blogq.yaml": f"{CORPUS}timezone: Europe/London\n", "content/new.md": post(THEIRS, "2026-07-01 13:05")}
    assert "new.md:5 OR001 error" in told(write(tmp_path, {**files, "saved/a.html": html("2026-07-01T13:05:00Z")}))


def test_another_blogq_site_is_a_corpus(tmp_path: Path) -> None:
    write(tmp_path / "sister", {"content/posts/theirs.md": post(THEIRS, "2024-05-06", "Theirs")})
    write(tmp_path / "sister", {"content/posts/secret.md": post(prose("secret"), "2024-05-06", draft="true")})
    site = write(
        tmp_path / "site",
        {
            "blogq.yaml": f"{CONFIG}corpora: {{sister: ../sister}}\n",
            "content/new.md": post(THEIRS, "2026-03-01"),
            "content/own.md": post(prose("secret"), "2026-03-01"),
        },
    )
    contained, _ = found(site)
    assert contained.related[0].span[:2] == ("../sister/content/posts/theirs.md", 5)


def test_what_changes_in_a_corpus_changes_what_is_found(tmp_path: Path) -> None:
    site = write(
        tmp_path, {"blogq.yaml": CORPUS, "saved/b.txt": prose("b"), "content/new.md": post(THEIRS, "2026-03-01")}
    )
    assert told(site) == []
    write(site, {"saved/a.txt": THEIRS})
    assert told(site, "OR001") == ["new.md:5 OR001 error"]
    assert told(site, "OR001") == ["new.md:5 OR001 error"]
    write(site, {"saved/a.txt": prose("another thing")})
    assert told(site) == []
    write(site, {"saved/a.txt": THEIRS})
    assert told(site, "OR001") == ["new.md:5 OR001 error"]
    os.rename(site / "saved/a.txt", site / "saved/c.txt")
    assert found(site, "OR001")[0].related[0].span.path == "saved/c.txt"
    write(site, {"saved/c.txt": None})
    assert told(site) == []
    write(site, {"saved/a.txt": THEIRS})
    write(site, {"blogq.yaml": CONFIG})
    assert told(site) == []


def test_a_new_entry_before_the_others_of_a_feed_touches_none_of_them(tmp_path: Path) -> None:
    from blogq.originality.index.store import Index

    site = write(
        tmp_path, {"blogq.yaml": CORPUS, "saved/feed.xml": feed(), "content/new.md": post(THEIRS, "2026-03-01")}
    )
    assert told(site, "OR001") == ["new.md:5 OR001 error"]
    index = Index(site / ".blogq/originality")
    before = index.numbers("press")
    index.close()
    entry = "<item><title>Newest</title><link>https://press.example/c/</link><description>News.</description></item>"
    write(site, {"saved/feed.xml": feed().replace("<item>", entry + "<item>", 1)})
    assert told(site, "OR001") == ["new.md:5 OR001 error"]
    after = Index(site / ".blogq/originality").numbers("press")
    assert before.items() <= after.items() and len(after) == len(before) + 1


def test_what_is_wrong_with_a_corpus_is_said_and_the_rest_is_checked(tmp_path: Path) -> None:
    config = f"{CONFIG}corpora: {{press: saved, gone: nowhere, torn: torn.xml}}\n"
    site = write(
        tmp_path,
        {
            "blogq.yaml": config,
            "saved/a.txt": THEIRS,
            "torn.xml": feed()[:400],
            "content/new.md": post(THEIRS, "2026-03-01"),
        },
    )
    for _ in range(2):
        verdict = judge(site)
        codes = sorted(f.code for f in verdict.findings)
        assert codes[-2:] == ["OR001", "OR002"] and {code[:2] for code in codes[:-2]} == {"CO"}
        assert {f.span.path for f in verdict.findings if f.code[:2] == "CO"} == {"nowhere", "torn.xml"}
        assert verdict.unread == 0


def test_a_summary_of_somebody_elses_text_is_no_copy(tmp_path: Path) -> None:
    own = prose("own", 3) + "\n" + " ".join(sentences("theirs", 40)[::15])
    site = write(tmp_path, {"blogq.yaml": CORPUS, "saved/a.txt": THEIRS, "content/new.md": post(own, "2026-03-01")})
    assert [each for each in told(site) if not each.endswith("note")] == []


def test_no_build_reads_a_corpus(tmp_path: Path) -> None:
    from blogq.build import Request, build

    site = write(tmp_path, {"blogq.yaml": CORPUS, "saved/a.html": html(), "content/new.md": post(THEIRS, "2026-03-01")})
    shutil.rmtree(site / "saved")
    assert not [f for f in build(Request(site, 1_790_000_000)).findings if f.code[:2] == "CO"]
