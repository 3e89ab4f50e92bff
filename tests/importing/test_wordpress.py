"""Moving in from WordPress: texts, addresses, pictures, comments; and that a second run changes nothing."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from small_exports import item, moved, wordpress, written

from blogq.importing.addresses import pattern_of
from blogq.importing.uploads import for_curl

COMMENT = (
    "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>"
    "<wp:comment_author_email>bo@secret.example</wp:comment_author_email><wp:comment_author_url>javascript:x</wp:comment_author_url>"
    "<wp:comment_date_gmt>2024-05-02 10:00:00</wp:comment_date_gmt><wp:comment_content>Fine: <![CDATA[<b>yes</b>]]></wp:comment_content>"
    "<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
)


def test_a_post_with_all_that_it_has(tmp_path: Path) -> None:
    more = (
        '<category domain="category" nicename="repairs">Repairs</category><category domain="post_tag" nicename="pump">pump</category>'
        "<wp:is_sticky>1</wp:is_sticky><excerpt:encoded>In short</excerpt:encoded>"
        + COMMENT.format(id=7, approved=1, parent=0)
        + COMMENT.format(id=8, approved=1, parent=7)
        + COMMENT.format(id=9, approved="spam", parent=0)
    )
    account = moved(
        "wordpress", wordpress(tmp_path, item(1, body="First.\n\nSecond\nline.", more=more)), tmp_path / "site"
    )
    files = written(tmp_path / "site")
    text = files["content/posts/post-1.md"]
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["title"] == "Post 1" and str(front["date"]).startswith("2024-05-01") and front["pinned"] is True
    assert front["permalink"] == "/2024/05/post-1/" and front["categories"] == ["Repairs"] and front["tags"] == ["pump"]
    assert front["authors"] == ["ann"] and front["summary"] == "In short"
    assert text.endswith("---\nFirst.\n\nSecond\\\nline.\n")
    assert "+02:00" in text
    comments = {name: yaml.safe_load(text) for name, text in files.items() if name.startswith("comments/")}
    assert sorted(comments) == ["comments/post-1/7.yml", "comments/post-1/8.yml"]
    answer = comments["comments/post-1/8.yml"]
    assert answer["replying_to"] == "7" and answer["post"] == "/2024/05/post-1/" and "url" not in answer
    assert "secret" not in "".join(files.values())
    assert (account.posts, account.comments, account.equal, account.live, account.carried) == (1, 2, 1, 1, 1)
    config = yaml.safe_load(files["blogq.yaml"])
    assert config["title"] == "Pumps & Patience" and config["authors"]["ann"]["name"] == "Ann Lee"
    assert account.kept == 3  # the post, its tag and its category


def test_every_old_address_is_accounted_for(tmp_path: Path) -> None:
    source = wordpress(
        tmp_path,
        item(1),
        item(2, link="https://old.example/?p=2"),
        item(3, link="https://old.example/2024/05/post-1/"),
        item(4, link="https://other.example/x/"),
        item(
            5, post_type="attachment", status="inherit", post_parent="1", link="https://old.example/2024/05/post-1/pic/"
        ),
        item(6, post_type="attachment", status="inherit", post_parent="99", link="https://old.example/lone/"),
        item(7, body="a<!--nextpage-->b"),
    )
    account = moved("wordpress", source, tmp_path / "site")
    assert account.kept == 2
    assert sorted(account.redirected) == [
        ("https://old.example/2024/05/post-1/pic/", "/2024/05/post-1/"),
        ("https://old.example/2024/05/post-7/2/", "/2024/05/post-7/"),
    ]
    assert [url for url, _ in account.lost] == [
        "https://old.example/lone/",
        "https://old.example/?p=2",
        "https://old.example/2024/05/post-1/",
        "https://other.example/x/",
    ]
    report = (tmp_path / "site/import-report.md").read_text()
    assert "https://old.example/lone/" in report and "https://old.example/?p=2" in report


def test_states(tmp_path: Path) -> None:
    source = wordpress(
        tmp_path,
        item(1, status="draft"),
        item(2, status="private"),
        item(3, post_password="secret"),
        item(4, status="trash"),
        item(5, post_type="page", link="https://old.example/about/team/", post_name="team"),
        item(6, post_type="nav_menu_item"),
    )
    account = moved("wordpress", source, tmp_path / "site")
    files = written(tmp_path / "site")
    for number in (1, 2, 3):
        assert "draft: true" in files[f"content/posts/post-{number}.md"]
    assert "content/posts/post-4.md" not in files
    assert "date" not in files["content/about/team.md"] and "permalink: " in files["content/about/team.md"]
    assert (account.live, account.carried, account.drafts) == (1, 1, 3)


def test_shortcodes(tmp_path: Path) -> None:
    body = (
        '[caption id="a" width="300"]<img src="https://old.example/wp-content/uploads/2024/a.jpg" alt="A" /> Cap[/caption]\n\n'
        'https://youtu.be/w7Ft2ymGmfc\n\n[code language="python"]a &lt; b[/code]\n\n[[escaped]]\n\n'
        '[contact-form to="x"]\n\nAs he said [sic].'
    )
    uploads = tmp_path / "wp-content/uploads/2024"
    uploads.mkdir(parents=True)
    (uploads / "a.jpg").write_bytes(b"\xff\xd8picture")
    account = moved("wordpress", wordpress(tmp_path, item(1, body=body)), tmp_path / "site")
    text = written(tmp_path / "site")["content/posts/post-1.md"]
    assert '{{< figure src="/wp-content/uploads/2024/a.jpg" alt=A >}}\nCap\n{{< /figure >}}' in text
    assert "{{< youtube w7Ft2ymGmfc >}}" in text and "```python\na < b\n```" in text
    assert "\\[escaped\\]" in text and "\\[sic\\]" in text and "contact-form" in text
    assert (tmp_path / "site/static/wp-content/uploads/2024/a.jpg").read_bytes() == b"\xff\xd8picture"
    assert [note.code for note in account.notes if note.level == "lost"] == ["shortcode"]


def test_running_again_changes_nothing_and_writes_over_nothing(tmp_path: Path) -> None:
    source = wordpress(tmp_path, item(1, more=COMMENT.format(id=1, approved=1, parent=0)), item(2))
    moved("wordpress", source, tmp_path / "site")
    before = {
        each: (each.read_bytes(), each.stat().st_mtime_ns) for each in (tmp_path / "site").rglob("*") if each.is_file()
    }
    again = moved("wordpress", source, tmp_path / "site")
    after = {
        each: (each.read_bytes(), each.stat().st_mtime_ns) for each in (tmp_path / "site").rglob("*") if each.is_file()
    }
    assert before == after and again.outcomes["made"] == 0
    (tmp_path / "site/content/posts/post-1.md").write_text("mine")
    third = moved("wordpress", source, tmp_path / "site")
    assert (tmp_path / "site/content/posts/post-1.md").read_text() == "mine"
    assert third.kept_files == ["content/posts/post-1.md"]


def test_duplicate_ids_are_both_carried_and_named(tmp_path: Path) -> None:
    account = moved("wordpress", wordpress(tmp_path, item(1, "One"), item(1, "Two")), tmp_path / "site")
    files = written(tmp_path / "site")
    assert "title: One" in files["content/posts/post-1.md"] and "title: Two" in files["content/posts/post-1-2.md"]
    assert [note.code for note in account.notes] == ["duplicate"] and account.carried == 2


def test_what_comes_of_it_builds(tmp_path: Path) -> None:
    source = wordpress(tmp_path, item(1, body="See <a href='https://old.example/2024/05/post-2/'>two</a>."), item(2))
    command = [sys.executable, "-m", "blogq", "import", "wordpress", str(source), "--into", str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 posts and 0 pages" in done.stdout
    built = subprocess.run(
        [sys.executable, "-m", "blogq", "build", "--site", str(tmp_path / "site")], capture_output=True, text=True
    )
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tmp_path / "site/_site/2024/05/post-1/index.html").read_text()
    assert 'href="/2024/05/post-2/"' in page


def test_an_export_without_texts_makes_no_page_of_its_report(tmp_path: Path) -> None:
    moved("wordpress", wordpress(tmp_path), tmp_path / "site")
    listed = [sys.executable, "-m", "blogq", "list", "--site", str(tmp_path / "site")]
    assert "import-report" not in subprocess.run(listed, capture_output=True, text=True, check=True).stdout


def test_a_film_named_right_behind_the_equals_sign(tmp_path: Path) -> None:
    body = "Look:\n\n[youtube=http://www.youtube.com/watch?v=w7Ft2ymGmfc&amp;rel=0]\n\nand [a=b] stays."
    account = moved("wordpress", wordpress(tmp_path, item(1, body=body)), tmp_path / "site")
    text = written(tmp_path / "site")["content/posts/post-1.md"]
    assert "{{< youtube w7Ft2ymGmfc >}}" in text and "a=b" in text
    assert [note.code for note in account.notes] == ["embed"]


@pytest.mark.parametrize(
    "url, date, pattern",
    [
        ("/2024/05/01/a/", "2024-05-01 10:00:00", "/:year/:month/:day/:slug/"),
        ("/blog/2024/a/", "2024-05-01", "/blog/:year/:slug/"),
        ("/a/", "2024-05-01", "/:slug/"),
        ("/2023/05/a/", "2024-05-01", ""),
        ("/05/a/", "2024-05-01", ""),
        ("/a.html", "2024-05-01", ""),
        ("/:x/a/", "", ""),
    ],
)
def test_the_pattern_of_an_address(url: str, date: str, pattern: str) -> None:
    assert pattern_of(url, date) == pattern


def test_new_posts_follow_the_old_ones(tmp_path: Path) -> None:
    site = tmp_path / "site"
    moved("wordpress", wordpress(tmp_path, *(item(number) for number in range(1, 11))), site)
    config = yaml.safe_load((site / "blogq.yaml").read_text())
    assert config["permalinks"] == {"posts": "/:year/:month/:slug/"} and config["author"] == "ann"
    odd = [item(number, link=f"https://old.example/p{number}/") for number in (11, 12)]
    moved("wordpress", wordpress(tmp_path, *(item(number) for number in range(1, 11)), *odd), tmp_path / "other")
    assert "permalinks" not in yaml.safe_load((tmp_path / "other" / "blogq.yaml").read_text())


def test_what_is_shown_from_the_old_site_can_be_fetched(tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed; the file is for it")
    there = tmp_path / "there" / "wp-content" / "uploads"
    there.mkdir(parents=True)
    (there / "a b.jpg").write_bytes(b"picture")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "there"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    try:
        body = f'<img src="{home}/wp-content/uploads/a%20b.jpg" alt="A">'
        export = wordpress(tmp_path, item(1, body=body, link=f"{home}/2024/05/a/"))
        export.write_text(export.read_text().replace("https://old.example", home))
        account = moved("wordpress", export, tmp_path / "first")
        assert "1 file of the old site is shown from there" in (tmp_path / "first" / "import-report.md").read_text()
        config = tmp_path / "first" / "missing-pictures.curl"
        command = [curl, "--silent", "--config", str(config)]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=30)
        again = moved("wordpress", export, tmp_path / "second")
    finally:
        server.shutdown()
    assert len(account.absent) == 1 and not again.absent and again.media == 1
    files = written(tmp_path / "second")
    assert "![A](/wp-content/uploads/a%20b.jpg)" in files["content/posts/post-1.md"]
    assert files["static/wp-content/uploads/a b.jpg"] == "picture" and "missing-pictures.curl" not in files


@pytest.mark.parametrize(
    "address, path",
    [
        ("file:///etc/passwd", "/etc/passwd"),
        ('https://a.example/x"\noutput = "/etc/x', "/x"),
        ("https://a.example/x", "/../../x"),
        ("https://a.example/x", '/x"y'),
        ("https://a.example/x\\n", "/x"),
    ],
)
def test_what_curl_is_told_leads_nowhere_else(address: str, path: str) -> None:
    assert "url" not in for_curl({address: path})
