"""What parsers of other people find on pages: microformats, Open Graph, JSON-LD, feeds; in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mf2py
import pytest
from published import PIXEL, Published, post, publish

BASE = "https://blog.example/sub/"
FILES: dict[str, str | bytes] = {
    "blogq.yaml": "title: Meta\ndescription: About heads.\nlanguage: en\nauthor: ann\nauthors:\n  ann:\n"
    "    name: Ann Ost\n"
    "    url: https://ann.example/\n    bio: She writes.\n    avatar: /ann.png\n    profiles:\n"
    "      - Mastodon: https://social.example/@ann\n"
    "profiles:\n  - Mastodon: https://social.example/@meta\nshare_images: true\n",
    "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    "content/posts/one.md": post(
        "One & only", "2026-01-01 10:00:00 +02:00", "Words here.\n\n## Part\n\nMore words.", author="ann",
        tags=["A tag"], description="What it says.", image="/pic.png", image_alt="A dot", updated="2026-01-05",
    ),
    "content/posts/two.md": post("Two", "2026-01-02"),
    "content/about.md": "# About\n",
    "static/pic.png": PIXEL,
    "static/ann.png": PIXEL,
}  # fmt: skip


@pytest.fixture(scope="module", params=["plain", "broadsheet"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("meta"), FILES, base=BASE, theme=request.param)


def items(site: Published, path: str, kind: str) -> list[dict[str, Any]]:
    parsed = mf2py.parse(doc=site.text(path), url=site.url(path), html_parser="lxml")
    return [item for item in parsed["items"] if kind in item["type"]]


def test_h_entry_of_a_post(site: Published) -> None:
    (entry,) = items(site, "posts/one/index.html", "h-entry")
    told = entry["properties"]
    assert told["name"] == ["One & only"]
    assert told["url"] == [f"{BASE}posts/one/"]
    assert told["published"] == ["2026-01-01T10:00:00+0200"]
    assert told["updated"][0].startswith("2026-01-05")
    assert told["category"] == ["A tag"]
    assert told["summary"] == ["What it says."]
    assert "Words here." in told["content"][0]["value"] and "<h2" in told["content"][0]["html"]
    (author,) = told["author"]
    assert "h-card" in author["type"] and author["properties"]["name"] == ["Ann Ost"]
    assert author["properties"]["url"] == [f"{BASE}authors/ann/"]


def test_h_cards_of_owner_and_author(site: Published) -> None:
    """The home page has a representative h-card: `u-url` and `u-uid` are its own address (microformats.org)."""
    (owner,) = items(site, "index.html", "h-card")
    assert owner["properties"]["name"] == ["Ann Ost"]
    assert owner["properties"]["uid"] == [BASE] and BASE in owner["properties"]["url"]
    (author,) = items(site, "authors/ann/index.html", "h-card")
    assert author["properties"]["uid"] == [f"{BASE}authors/ann/"]
    assert author["properties"]["note"] == ["She writes."] and author["properties"]["photo"]
    parsed = mf2py.parse(doc=site.text("index.html"), url=BASE, html_parser="lxml")
    assert "https://social.example/@meta" in parsed["rels"]["me"]
    (feed,) = [item for item in parsed["items"] if "h-feed" in item["type"]]
    assert [each["properties"]["name"] for each in feed["children"]] == [["Two"], ["One & only"]]


def test_open_graph_of_every_page(site: Published) -> None:
    """What Open Graph asks of every page (ogp.me), and a description, which search engines show."""
    for path, page in site.pages():
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue
        for name in ("og:title", "og:type", "og:url", "og:site_name", "og:description", "description", "twitter:card"):
            assert len(page.xpath("//meta[@property=$n or @name=$n]", n=name)) == 1, (path, name)
        if path != "404.html":
            assert site.meta(path, "og:image").startswith(BASE), path
            assert site.meta(path, "twitter:card") == "summary_large_image"
            assert site.file_of(site.meta(path, "og:image")), path
        assert len(page.xpath("//link[@rel='alternate' and contains(@type, 'rss')]")) == 1
        for link in page.xpath("//link[@rel='icon' or @rel='manifest']/@href"):
            assert site.file_of(f"https://blog.example{link}"), path
    assert site.meta("posts/one/index.html", "og:image:alt") == "A dot"
    assert site.meta("posts/two/index.html", "og:image:width") == "1200"
    assert site.meta("authors/ann/index.html", "og:type") == "profile"
    assert site.meta("404.html", "robots") == "noindex"


def test_json_ld_of_every_kind(site: Published) -> None:
    """Properties that Google names for each type (developers.google.com/search/docs/appearance/structured-data)."""
    posting = site.json_ld("posts/one/index.html")
    assert posting["@type"] == "BlogPosting"
    assert posting.keys() >= {
        "headline", "author", "datePublished", "dateModified", "image", "wordCount", "inLanguage", "isPartOf",
        "mainEntityOfPage", "description", "keywords",
    }  # fmt: skip
    assert posting["wordCount"] > 3 and posting["keywords"] == ["A tag"]
    assert posting["mainEntityOfPage"]["@id"] == posting["url"]
    way = posting["mainEntityOfPage"]["breadcrumb"]
    assert way["@type"] == "BreadcrumbList"
    steps = [(each["position"], each["name"], each["item"]) for each in way["itemListElement"]]
    assert steps == [(1, "Posts", f"{BASE}posts/"), (2, "One & only", f"{BASE}posts/one/")]
    drawn = site.json_ld("posts/two/index.html")["image"]
    assert drawn == {"@type": "ImageObject", "url": f"{BASE}share/posts/two.png", "width": 1200, "height": 630}
    website, blog = site.json_ld("index.html")["@graph"]
    assert (website["@type"], blog["@type"]) == ("WebSite", "Blog")
    assert blog["author"] == {"@type": "Person", "name": "Ann Ost"}
    profile = site.json_ld("authors/ann/index.html")
    assert profile["@type"] == "ProfilePage"
    assert profile["mainEntity"]["sameAs"] == ["https://ann.example/", "https://social.example/@ann"]
    assert site.json_ld("posts/index.html")["@type"] == "CollectionPage"
    assert site.json_ld("about/index.html")["@type"] == "WebPage"


def test_a_share_image_can_be_named_in_front_matter(tmp_path: Path) -> None:
    files = {**FILES, "content/posts/two.md": post("Two", "2026-01-02", share_image="/pic.png")}
    made = publish(tmp_path, files, base=BASE)
    assert made.meta("posts/two/index.html", "og:image") == f"{BASE}pic.png"
    assert "share/posts/two.png" not in made.paths
