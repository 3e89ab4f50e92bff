"""Pages that have moved away: `redirect_to` in front matter, as Jekyll's plugin jekyll-redirect-from has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import Published, post, publish

BASE = "https://blog.example/sub/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site with pages that lead to another site, to pages by URL and by source, and to nowhere."""
    files = {
        "content/away.md": post(
            "Away", "2026-01-01", "[dead](gone.md)", redirect_to="https://other.example/a b?x=1&y=2"
        ),
        "content/listed.md": post("Listed", "2026-01-02", redirect_to=["/real/"], tags=["moved"], aliases=["/older/"]),
        "content/source.md": "---\nredirect_to: real.md#the-part\n---\n# By its source\n",
        "content/real.md": post("Real", "2026-01-03", "## The part\n\n[a](source.md), [b](away.md)."),
        "content/host.md": "---\nredirect_to: //host.example/\n---\n",
        "content/docs/_index.md": "---\nredirect_to: https://docs.example/\n---\n",
        "content/docs/a.md": post("A doc", "2026-01-04"),
        "content/nothing.md": "---\ntitle: Nothing\nredirect_to:\n---\nText.\n",
        "content/off.md": "---\ntitle: Off\nredirect_to: false\n---\nText.\n",
        "content/gone.es.md": "---\nredirect_to: /nowhere/\n---\n",
    }
    return publish(tmp_path_factory.mktemp("moved"), files, base=BASE, clean=False)


@pytest.mark.parametrize(
    ("page", "target", "canonical"),
    [
        ("away", "https://other.example/a%20b?x=1&y=2", "https://other.example/a%20b?x=1&y=2"),
        ("listed", "/sub/real/", f"{BASE}real/"),
        ("source", "/sub/real/#the-part", f"{BASE}real/#the-part"),
        ("host", "https://host.example/", "https://host.example/"),
        ("docs", "https://docs.example/", "https://docs.example/"),
        ("older", "/sub/listed/", f"{BASE}listed/"),
    ],
)
def test_page_sends_its_readers_on(site: Published, page: str, target: str, canonical: str) -> None:
    made = site.page(f"{page}/index.html")
    assert made.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={target}"]
    assert made.xpath("//link[@rel='canonical']/@href") == [canonical]
    assert made.xpath("//main//a/@href") == [target]


def test_hosts_that_read_redirects_do_it_at_once(site: Published) -> None:
    lines = set(site.text("_redirects").splitlines())
    assert {
        "/sub/away/ https://other.example/a%20b?x=1&y=2 301",
        "/sub/source/ /sub/real/#the-part 301",
        "/sub/docs/ https://docs.example/ 301",
    } <= lines


def test_it_stands_in_no_list_feed_or_sitemap(site: Published) -> None:
    for url in ("away/", "listed/", "source/", "host/", "docs/"):
        assert BASE + url not in site.sitemap_urls()
    for path in ("index.html", "archive/index.html", "archive/2026/index.html", "feed.xml", "atom.xml", "feed.json"):
        assert "Away" not in site.text(path) and "Listed" not in site.text(path), path
    assert not (site.output / "tags").exists()
    assert BASE + "docs/a/" in site.sitemap_urls()


def test_without_an_address_it_is_a_page(site: Published) -> None:
    for name in ("nothing", "off"):
        assert "Text." in site.text(f"{name}/index.html")


def test_links_are_checked_where_readers_see_them(site: Published) -> None:
    """Neither those in the text, which nobody sees; but the address itself is, where it is on the site."""
    found = {(f.span.path, f.span.line) for f in site.result.findings if f.code == "LK001"}
    assert found == {("content/gone.es.md", 2)}


@pytest.mark.parametrize("address", ["/circle/", "circle.md", "/circle/#part", "@/circle.md?again"])
def test_a_page_that_sends_readers_to_itself_is_an_error(tmp_path: Path, address: str) -> None:
    """A browser would load it for ever: nothing is written, until it leads elsewhere."""
    files = {"content/circle.md": f'---\nredirect_to: "{address}"\n---\n', "content/b.md": "# B\n"}
    made = publish(tmp_path, files, clean=False)
    (finding,) = [each for each in made.result.findings if each.code.startswith("LK")]
    assert (finding.code, finding.severity) == ("LK102", "error")
    assert (finding.span.path, finding.span.line) == ("content/circle.md", 2)
    assert "sends readers of /circle/ on to that page itself" in finding.message
    assert not made.result.written


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", '"java\\tscript:alert(1)"', "data:text/html,x", "mailto:a@b.example", "http:///x", '"#x"',
     '"?q"', "[a, b]", "{to: a}", "file:///etc/passwd", "///x"],
)  # fmt: skip
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    files = {"content/a.md": f"---\ntitle: A\nredirect_to: {address}\n---\n", "content/b.md": "# B\n"}
    made = publish(tmp_path, files, clean=False)
    (finding,) = [each for each in made.result.findings if each.severity == "error"]
    assert (finding.code, finding.span.path, finding.span.line) == ("FM103", "content/a.md", 3)
    assert not made.result.written


def test_two_that_want_one_place(tmp_path: Path) -> None:
    """A page that has moved away stands where a source does, not where an old address does."""
    files = {
        "content/a.md": "---\ntitle: A\nslug: b\nredirect_to: https://other.example/\n---\n",
        "content/b.md": "# B\n",
    }
    made = publish(tmp_path, files, clean=False)
    (finding,) = [each for each in made.result.findings if each.severity == "error"]
    assert finding.code == "UR101"
    assert "content/a.md" in finding.message and "content/b.md" in finding.message
