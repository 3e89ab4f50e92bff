"""What is live: drafts, scheduled, expired and unlisted posts reach exactly the outputs that they should."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import Published, at, post, publish

LIVE = {
    "blogq.yaml": "title: Live\ntaxonomies:\n  tags:\n    feed: true\n  series:\n  authors:\n",
    "content/a.md": post("A", "2026-01-01", "[b](b.md)", tags=["one"], series="S", authors=["Ann"]),
    "content/b.md": post("B", "2026-01-02", tags=["one", "two"]),
    "content/b.es.md": post("B", "2026-01-02", tags=["dos"]),
    "content/notes/c.md": post("C", "2025-05-05", "Text."),
    "content/about.md": "# About\n",
}
HELD = {
    "content/draft.md": post(
        "Zzdraft", "2026-01-03", draft=True, tags=["one", "zztag"], aliases=["/zzold/"], series="S"
    ),
    "content/status.md": post("Zzstatus", "2026-01-03", status="draft", authors=["Zz Author"]),
    "content/unpublished.md": post("Zzunpublished", "2026-01-03", published=False, tags=["ONE", "ONE"]),
    "content/future.md": post("Zzfuture", "2030-01-01", tags=["one"], categories=["zzcategory"]),
    "content/publish.md": post("Zzpublish", "2026-01-03", publish_date="2030-01-01", series="S"),
    "content/gone.md": post("Zzgone", "2026-01-03", expires="2026-02-01", authors=["Ann"]),
    "content/b.fr.md": post("Zzfrench", "2026-01-02", draft=True),
    "content/b.de.md": post("Zzgerman", "2031-01-02"),
    "content/zzsection/post.md": post("Zzsection", "2026-01-03", draft=True),
    "content/zzpage.md": "---\ntitle: Zzpage\ndraft: true\n---\nText.\n",
    "content/notes/_index.es.md": "---\ntitle: Zznotas\ndraft: true\n---\n",
    "content/2026-01-01-a.md": post("Zzcollision", "2026-01-01", draft=True),
}
"""Sources that are not live on the day of the build, each with something by which it could leak."""


def test_what_is_held_back_leaks_into_no_output(tmp_path: Path) -> None:
    """With and without drafts, scheduled and expired posts: the same files, byte for byte."""
    without = publish(tmp_path / "without", LIVE).files()
    held = publish(tmp_path / "held", {**LIVE, **HELD}).files()
    assert held.keys() == without.keys()
    assert {path for path in held if held[path] != without[path]} == set()


def test_files_of_a_bundle_that_is_held_back_stay_back(tmp_path: Path) -> None:
    """Neither the text nor the pictures of a draft are published."""
    files = {"content/secret/index.md": post("S", "2026-01-01", draft=True), "content/secret/plan.png": b"\x89PNG"}
    made = publish(tmp_path, {**LIVE, **files})
    assert [path for path in made.paths if "plan" in path or "secret" in path] == []
    files["content/secret/index.es.md"] = post("S", "2026-01-01")
    made = publish(tmp_path, {**LIVE, **files})
    assert sorted(path for path in made.paths if "secret" in path) == ["es/secret/index.html", "es/secret/plan.png"]


def test_links_to_what_is_held_back_are_dead_and_said_so(tmp_path: Path) -> None:
    files = {
        **LIVE,
        "content/d.md": post("D", "2026-01-04", "[x](future.md)"),
        "content/future.md": HELD["content/future.md"],
    }
    made = publish(tmp_path, files, clean=False)
    assert [(f.code, f.severity, f.span.path) for f in made.result.findings if f.severity != "note"] == [
        ("LK001", "warning", "content/d.md")
    ]


def all_text(made: Published) -> str:
    return "".join(made.text(path) for path in made.paths if path.endswith((".html", ".xml", ".json")))


def test_drafts_are_published_when_asked_and_marked(tmp_path: Path) -> None:
    files = {name: text for name, text in HELD.items() if "2026-01-01-a" not in name}
    made = publish(tmp_path, {**LIVE, **files}, drafts=True)
    assert {"draft/index.html", "status/index.html", "zzpage/index.html", "tags/zztag/index.html"} <= made.paths
    assert made.meta("draft/index.html", "robots") == "noindex"
    assert made.page("draft/index.html").xpath("//strong[@class='mark']") != []
    text = all_text(made)
    assert "Zzdraft" in text and "Zzfuture" not in text and "Zzgone" not in text


def test_future_posts_are_published_when_asked(tmp_path: Path) -> None:
    made = publish(tmp_path, {**LIVE, **HELD}, future=True)
    text = all_text(made)
    assert {"future/index.html", "publish/index.html"} <= made.paths
    assert "Zzdraft" not in text and "Zzgone" not in text


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("2025-12-31T23:59:59", {"c"}),
        ("2026-01-01T00:00:00", {"c", "a"}),
        ("2026-01-31T23:59:59", {"c", "a", "b", "gone"}),
        ("2026-02-01T00:00:00", {"c", "a", "b"}),
        ("2029-12-31T23:59:59", {"c", "a", "b"}),
        ("2030-01-01T00:00:00", {"c", "a", "b", "future", "publish"}),
    ],
)
def test_now_decides(now: str, there: set[str], tmp_path: Path) -> None:
    """A post goes live at its moment and is gone at its expiry, to the second."""
    made = publish(tmp_path, {**LIVE, **HELD}, now=at(now), clean=False)
    names = {"a", "b", "gone", "future", "publish", "draft"}
    assert {name for name in names if f"{name}/index.html" in made.paths} | {"c"} == there


def test_unlisted_post_is_published_and_in_no_list(tmp_path: Path) -> None:
    files = {
        "content/hidden.md": post("Zzhidden", "2026-01-03", tags=["zztag"], unlisted=True),
        "content/quiet.md": "---\ntitle: Zzquiet\nunlisted: true\n---\nText.\n",
    }
    made = publish(tmp_path, {**LIVE, **files})
    mention = {path for path in made.paths if "Zz" in (made.output / path).read_bytes().decode("utf-8", "replace")}
    assert mention == {"hidden/index.html", "quiet/index.html"}
    assert made.meta("hidden/index.html", "robots") == "noindex"
    assert "tags/zztag/index.html" not in made.paths
    page = made.page("hidden/index.html")
    assert page.xpath("//a[@rel='prev'] | //a[@rel='next']") == []
    assert [link for link in made.links("hidden/index.html") if "zztag" in link] == []


def test_date_without_zone_is_read_in_the_sites(tmp_path: Path) -> None:
    """Midnight in Auckland is noon the day before in Greenwich."""
    files = {"blogq.yaml": "timezone: Pacific/Auckland\n", "content/a.md": post("A", "2026-01-02")}
    assert "a/index.html" in publish(tmp_path / "one", files, now=at("2026-01-01T11:00:00")).paths
    assert "a/index.html" not in publish(tmp_path / "two", files, now=at("2026-01-01T10:59:59")).paths
    made = publish(tmp_path / "one", now=at("2026-01-01T11:00:00"))
    assert made.meta("a/index.html", "article:published_time") == "2026-01-02T00:00:00+13:00"
