"""What readers said in the old blog is on the new one's pages at once, with who answered whom, and when."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner
from small_exports import item, moved, wordpress, written

from blogq.cli import cli


def run(*command: str) -> str:
    result = CliRunner().invoke(cli, [*command], prog_name="blogq", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def said(number: int, name: str, text: str, day: int, parent: int = 0, email: str = "", **more: str) -> str:
    told = {"user_id": "0", "approved": "1", "type": "", **more}
    rest = "".join(f"<wp:comment_{key}>{value}</wp:comment_{key}>" for key, value in told.items())
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email>"
        f"<wp:comment_date_gmt>2024-05-{day:02} 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_parent>{parent}</wp:comment_parent>"
        f"{rest}</wp:comment>"
    )


COMMENTS = "".join(
    (
        said(11, "Bo", "Does the <b>valve</b> leak?<script>alert(1)</script>", 2),
        said(12, "Ann", "It did; I mended it.", 3, parent=11, user_id="1"),
        said(13, "Cleo", "And the tank?", 4),
        # Another who calls herself Ann is not the author.
        said(14, "Ann Lee", "Which tank?", 5, parent=13, email="else@other.example"),
        said(15, "Dan", "Thanks!", 6),
        said(16, "Whoever", "You are welcome.", 7, parent=15, email="Ann@Old.example"),
        said(17, "Eve", "Not yet.", 8, approved="0"),
        said(18, "Spam", "Buy!", 8, approved="spam"),
        said(19, "Other blog", "[…] a pump […]", 9, type="pingback"),
    )
)


def test_from_wordpress_to_the_page_and_the_inbox(tmp_path: Path) -> None:
    source = wordpress(
        tmp_path, item(1, "Pump", "A text on a pump.", more=COMMENTS), item(2, more=said(21, "Bo", "?", 9))
    )
    site = tmp_path / "site"
    run("import", "wordpress", str(source), "--into", str(site), "--no-check")
    assert "comments:\n  sources:\n    - comments\n" in (site / "blogq.yaml").read_text()
    run("build", "--site", str(site))
    page = (site / "_site/2024/05/post-1/index.html").read_text()
    shown = re.findall(r'id="comment-(\d+)"', page)
    assert sorted(shown) == ["11", "12", "13", "14", "15", "16", "19"]
    # An answer stands within the list below what it answers.
    first = page[page.index('id="comment-11"') : page.index('id="comment-13"')]
    assert 'id="comment-12"' in first and 'datetime="2024-05-02T10:00:00' in first
    assert "Does the <b>valve</b> leak?" in page and "alert(1)" not in page
    for hidden in ("Not yet.", "Buy!", "@old.example", "@Old.example", "@other.example"):
        assert hidden not in page
    # What waits for approval is kept; what was taken for spam, and addresses, are not.
    kept = "".join(written(site / "comments").values())
    assert "Not yet." in kept and "Buy!" not in kept and "@" not in kept
    waiting = json.loads(run("inbox", "--site", str(site), "--json"))
    # Two were answered by the author, whom a number or an address names; a name alone says nothing.
    assert sorted(each["id"] for each in waiting["waiting"]) == ["13", "14", "21"]
    assert waiting["unapproved"] == 1
    assert {each["path"] for each in waiting["waiting"]} == {"content/posts/post-1.md", "content/posts/post-2.md"}


BLOGGER = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<title>Pumps</title><link rel="alternate" href="https://pumps.blogspot.example/"/>
<entry><id>tag:blogger.com,1999:blog-1.post-5</id><published>2024-05-01T10:00:00Z</published>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<title>Pump</title><content type="html">Text.</content>
<link rel="alternate" href="https://pumps.blogspot.example/2024/05/pump.html"/>
<author><name>Ann</name><uri>http://www.blogger.com/profile/1</uri></author></entry>
{comments}</feed>
"""


def entry(number: int, name: str, uri: str, more: str = "") -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>"
        f"<published>2024-05-0{number % 10}T10:00:00Z</published>"
        '<category scheme="http://schemas.google.com/g/2005#kind"'
        ' term="http://schemas.google.com/blogger/2008/kind#comment"/>'
        f'<content type="html">Said {number}.</content><thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-5"/>'
        f"<author><name>{name}</name><uri>{uri}</uri></author>{more}</entry>"
    )


def test_from_blogger(tmp_path: Path) -> None:
    related = "http://www.blogger.com/feeds/1/5/comments/default/102?v=2"
    answer = f'<link rel="related" type="application/atom+xml" href="{related}"/>'
    (tmp_path / "blog.xml").write_text(
        BLOGGER.format(
            comments=entry(102, "Bo", "http://www.blogger.com/profile/2")
            + entry(103, "Ann", "http://www.blogger.com/profile/1", answer)
            + entry(104, "Ann", "http://www.blogger.com/profile/3")
        )
    )
    moved("blogger", tmp_path / "blog.xml", tmp_path / "site")
    waiting = json.loads(run("inbox", "--site", str(tmp_path / "site"), "--json"))
    assert [each["id"] for each in waiting["waiting"]] == ["104"]
    answers = [text for name, text in written(tmp_path / "site/comments").items() if name.endswith("103.yml")]
    assert 'replying_to: "102"' in answers[0] and "owner: true" in answers[0]
