"""The start page for writers, as HTML."""

from __future__ import annotations

from blogq.preview.desk import desk
from blogq.preview.source import Desk, Unanswered, Waiting


def test_what_waits_for_an_answer_has_a_place_of_its_own() -> None:
    waits = Unanswered("Ann <b>", "Where does the <script> water go?", "/posts/pump/#c1", "2026-03-02")
    page = desk(Desk((), answers=(waits,)), "/")
    assert "Waits for an answer" in page
    assert '<a href="/posts/pump/#c1">Ann &lt;b&gt;</a>' in page
    assert "the &lt;script&gt; water" in page and "2026-03-02" in page
    assert "Waits for an answer" not in desk(Desk(()), "/")


def test_drafts_and_scheduled_posts_are_told_apart() -> None:
    draft = Waiting("A draft", "/posts/a/", "content/posts/a.md", "", 61, 2)
    later = Waiting("Later", "/posts/b/", "content/posts/b.md", "2026-12-01", None)
    page = desk(Desk((draft, later), "Pace: 3 posts."), "/")
    drafts, _, scheduled = page.partition("<h2>Scheduled</h2>")
    assert "A draft" in drafts and "61" in drafts and "2 findings" in drafts and "Later" not in drafts
    assert "Later" in scheduled and "2026-12-01" in scheduled
    assert "Pace: 3 posts." in page


def test_what_waits_leads_to_this_site_or_to_the_web_and_nowhere_else() -> None:
    def shown(url: str) -> str:
        return desk(Desk((), answers=(Unanswered("Ann", "Why?", url, "", "The pump"),), more_answers=7), "/")

    for url in ("/posts/pump/#comment-1", "https://mastodon.example/@ann/1", "http://a.example/"):
        assert f'<a href="{url}">Ann</a>' in shown(url)
    for url in ("javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "//evil.example/", "/\\evil.example", ""):
        assert "Ann" in shown(url) and "<a" not in shown(url).partition("<ol id=answers>")[2].partition("</ol>")[0]
    assert "The pump" in shown("/")
    assert "And 7 more" in shown("/")
