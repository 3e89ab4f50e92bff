"""Defaults for front matter: `cascade` of a folder's _index.md and `defaults` of config."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import Published, post, publish, write

SHOW = "{% block main %}{{ page.extra.mood }}|{{ page.terms|map(attribute='title')|join(',') }}|{{ page.description }}"
TEMPLATES = {f"templates/{name}.html": SHOW + "{% endblock %}" for name in ("post", "page", "layouts/wide")}
TEMPLATES["templates/section.html"] = "{% block main %}{{ page.extra.mood }}||{{ page.description }}{% endblock %}"


def shown(made: Published, path: str) -> str:
    return made.text(f"{path}/index.html")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        TEMPLATES
        | {
            "blogq.yaml": "defaults:\n  - path: posts\n    values:\n      mood: calm\n      description: Of config.\n"
            "  - scope: {path: '', type: pages}\n    values: {mood: page}\n",
            "content/posts/_index.md": "---\ntitle: Posts\ncascade:\n  tags: [posts]\n  description: Of posts.\n---\n",
            "content/posts/deep/_index.md": "---\ntitle: Deep\ncascade:\n  tags: [deep]\n---\n",
            "content/posts/deep/_index.es.md": "---\ntitle: Hondo\ncascade:\n  tags: [hondo]\n---\n",
            "content/posts/2026-01-01-a.md": post("A", "2026-01-01"),
            "content/posts/deep/2026-01-02-b.md": post("B", "2026-01-02"),
            "content/posts/deep/2026-01-02-b.es.md": post("B", "2026-01-02"),
            "content/posts/deep/2026-01-03-c.md": post(
                "C", "2026-01-03", tags=["own"], mood="own", description="Mine."
            ),
            "content/posts/deep/2026-01-04-d.md": post("D", "2026-01-04", tags=[]),
            "content/about.md": "# About\n",
        },
    )


def test_the_nearest_folder_wins_and_the_post_itself_over_all(site: Path) -> None:
    made = publish(site)
    assert shown(made, "posts/a") == "calm|posts|Of posts."
    assert shown(made, "posts/deep/b") == "calm|deep|Of posts."
    assert shown(made, "es/posts/deep/b") == "calm|hondo|Of posts."
    assert shown(made, "posts/deep/c") == "own|own|Mine."
    assert shown(made, "posts/deep/d") == "calm||Of posts."
    assert shown(made, "about").startswith("page||")
    assert shown(made, "posts/deep").startswith("page||Of posts."), "texts of sections below inherit as well"
    assert "tags/posts/index.html" in made.paths


def test_an_edit_reads_again_what_is_below_and_nothing_else(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from blogq.content.parser import Parser

    parsed: list[str] = []
    real = Parser.parse

    def parse(self: Parser, path: str, *arguments: object, **more: object) -> object:
        parsed.append(path)
        return real(self, path, *arguments, **more)  # type: ignore[arg-type]

    publish(site)
    monkeypatch.setattr(Parser, "parse", parse)
    publish(site)
    assert parsed == []
    made = publish(
        site, {"content/posts/deep/_index.md": "---\ntitle: Deep\ncascade:\n  tags: [deeper]\n  mood: dark\n---\n"}
    )
    assert shown(made, "posts/deep/b") == "dark|deeper|Of posts."
    assert {path.rpartition("/")[0] for path in parsed} == {"posts/deep"}
    parsed.clear()
    publish(
        site, {"content/posts/deep/_index.md": "---\ntitle: Deeper\ncascade:\n  tags: [deeper]\n  mood: dark\n---\n"}
    )
    assert parsed == ["posts/deep/_index.md"]
    (site / "content/posts/deep/_index.md").unlink()
    assert shown(publish(site), "posts/deep/b") == "calm|posts|Of posts."


def test_hugos_targets_and_names(tmp_path: Path) -> None:
    cascade = (
        "---\ntitle: Posts\ncascade:\n  - _target:\n      path: /posts/**/b*\n    params: {mood: b}\n"
        "  - target: {kind: section}\n    params: {mood: section}\n  - layout: wide\n    draft: false\n---\n"
    )
    files = TEMPLATES | {
        "content/posts/_index.md": cascade,
        "content/posts/x/_index.md": "---\ntitle: X\n---\n",
        "content/posts/x/a.md": post("A", "2026-01-01", draft=True),
        "content/posts/x/b.md": post("B", "2026-01-02"),
        "templates/layouts/wide.html": "wide {{ page.extra.mood }}",
    }
    made = publish(tmp_path, files)
    assert shown(made, "posts/x/b") == "wide b"
    assert shown(made, "posts/x").startswith("section")
    assert "posts/x/a/index.html" not in made.paths, "what the post says of itself counts"


def test_a_draft_folder(tmp_path: Path) -> None:
    files = {
        "content/later/_index.md": "---\ntitle: Later\ncascade: {draft: true}\n---\n",
        "content/later/a.md": post("A", "2026-01-01"),
        "content/later/b.md": post("B", "2026-01-01", draft=False),
    }
    made = publish(tmp_path, files)
    assert "later/b/index.html" in made.paths and "later/a/index.html" not in made.paths


def test_mistakes_are_told_once_where_they_stand(tmp_path: Path) -> None:
    """In an _index.md and in config, whether anything inherits them or not; and a cascade where it means nothing."""
    files = {
        "blogq.yaml": "defaults:\n  - path: posts\n    values:\n      draft: perhaps\n  - type: post\n    values: {}\n",
        "content/posts/_index.md": "---\ntitle: P\ncascade:\n  date: 2026-13-01\n---\n",
        "content/notes/_index.md": "---\ntitle: N\ncascade: yes\n---\n",
        "content/posts/a.md": post("A", "2026-01-01", cascade={"draft": True}),
        "content/posts/b.md": post("B", "2026-01-01"),
    }
    made = publish(tmp_path, files, clean=False)
    found = {(f.code, f.span.path, f.span.line) for f in made.result.findings if f.severity != "note"}
    assert found == {
        ("CF103", "blogq.yaml", 4),
        ("CF103", "blogq.yaml", 5),
        ("FM103", "content/posts/_index.md", 4),
        ("FM103", "content/notes/_index.md", 3),
        ("FM103", "content/posts/a.md", 0),
    }
