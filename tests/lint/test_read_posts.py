"""Several posts read at once, and what a verdict says of who wrote a post and whether it is live."""

from __future__ import annotations

from pathlib import Path

from blogq.gate import Ask, read_post, read_posts, run_gate

NOW = 1_780_272_000
FILES = {
    "blogq.yaml": "title: Blog\nbase_url: https://blog.example/\nauthor: Ada\n",
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nText.\n",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-07-01\nauthor: Bo\n---\nText.\n",
    "content/posts/c.md": "---\ntitle: C\ndate: 2026-01-01\nexpires: 2026-02-01\n---\nText.\n",
    "content/posts/d.md": "---\ntitle: D\ndate: 2026-03-01\ndraft: true\n---\nText.\n",
    "content/posts/e.md": "---\ntitle: [\n---\nText.\n",
}


def written(site: Path) -> Path:
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def test_posts_are_read_at_once_as_one_by_one(tmp_path: Path) -> None:
    site = written(tmp_path)
    paths = frozenset({"content/posts/a.md", "content/posts/d.md", "content/posts/e.md", "content/none.md"})
    found = read_posts(site, paths)
    assert sorted(found) == ["content/posts/a.md", "content/posts/d.md"]
    assert all(read_post(site, path) == post for path, post in found.items())
    assert read_posts(site, frozenset()) == {}


def test_verdict_says_who_wrote_a_post_and_whether_it_is_live(tmp_path: Path) -> None:
    posts = run_gate(Ask(written(tmp_path), NOW)).posts
    assert {post.path[-4]: (post.author, post.status) for post in posts} == {
        "a": ("Ada", "live"),
        "b": ("Bo", "scheduled"),
        "c": ("Ada", "expired"),
        "d": ("Ada", "draft"),
        "e": ("", "broken"),
    }
