"""`blogq corpus update` against a real server: what is fetched, what isn't asked for again, and why."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpus_sites import make, read, texts
from serving_site import Answer, ServingSite, serving

import blogq
import blogq.corpora.update
import blogq.external.download
from blogq.cli import cli
from blogq.config.rarities import Corpus
from blogq.corpora.update import Outcome, update
from blogq.external.download import Everywhere, Failed, Visitor, unpacked
from blogq.external.robots import read_robots

ITEM = "<item><title>{0}</title><guid>{0}</guid><description>Words of {0}.</description></item>"
MAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
XML = "application/xml"


@pytest.fixture
def web() -> Iterator[ServingSite]:
    with serving() as site:
        yield site


def feed(*names: str) -> str:
    return f"<rss version='2.0'><channel>{''.join(map(ITEM.format, names))}</channel></rss>"


def sitemap(web: ServingSite, pages: dict[str, str]) -> str:
    """Return a sitemap of `pages`, each with the day on which it changed."""
    return MAP.format(
        "".join(f"<url><loc>{web.url(p)}</loc><lastmod>{day}</lastmod></url>" for p, day in pages.items())
    )


def fetch(site: Path, url: str, most: int = 100, path: str = "", **more: object) -> Outcome:
    """Update a corpus of `url` without pauses."""
    visitor = Visitor(0, 5, Everywhere(), **more)  # type: ignore[arg-type]
    return update("news", Corpus(path, "", url), site, visitor, most)


def said(site: Path, url: str, path: str = "") -> list[str]:
    """Return the first paragraph of each text that the corpus now has."""
    where = f"path: {path}, " if path else ""
    (site / "blogq.yaml").write_text(f'corpora:\n  news: {{{where}url: "{url}"}}\n')
    documents, wrong = read(site)
    assert wrong == []
    return sorted(texts(each)[0] for each in documents)


def test_a_feed_is_fetched_once_and_then_asked_about(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    url = web.serve("/feed.xml", feed("one", "two"), XML, '"v1"')
    assert fetch(site, url)[:3] == ("news", 1, 0)
    assert said(site, url) == ["Words of one.", "Words of two."]
    assert fetch(site, url)[:3] == ("news", 0, 1)
    assert web.asked == ["/robots.txt", "/feed.xml"] * 2 and web.conditions == ["/feed.xml"]
    assert web.agents == {f"blogq/{blogq.__version__} (corpus update)"}


def test_entries_that_a_feed_no_longer_has_are_kept(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    for names in (("one", "two"), ("two", "three"), ("three", "four"), ("one", "four")):
        url = web.serve("/feed.xml", feed(*names), XML)
        assert fetch(site, url).fetched == 1
    assert said(site, url) == ["Words of four.", "Words of one.", "Words of three.", "Words of two."]


def test_items_that_a_json_feed_no_longer_has_are_kept(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    for names in (("one", "two"), ("two", "three")):
        items = [{"id": name, "content_text": f"Words of {name}."} for name in names]
        url = web.serve("/feed.json", json.dumps({"items": items}), "application/feed+json")
        assert fetch(site, url).fetched == 1
    assert said(site, url) == ["Words of one.", "Words of three.", "Words of two."]
    assert fetch(site, url)[1:3] == (0, 1)


def test_pages_of_a_sitemap(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    days = {"/a/": "2025-01-01", "/b": "2025-01-01", "/c?p=1": ""}
    for path in days:
        web.serve(path, f"<p>Page {path}", etag=f'"{path}"')
    web.serve("/de", "<p>Seite ü".encode("latin-1"), "text/html; charset=iso-8859-1")
    index = f"<sitemapindex><sitemap><loc>{web.url('/maps/posts.xml.gz')}</loc></sitemap></sitemapindex>"
    web.serve("/maps/posts.xml.gz", gzip.compress(sitemap(web, days | {"/de": ""}).encode()), "application/gzip")
    url = web.serve("/sitemap.xml", index, XML)
    assert fetch(site, url, path="corpora/news")[1:] == (4, 0, 0, 0, (), "", False)
    assert said(site, url, "corpora/news") == ["Page /a/", "Page /b", "Page /c?p=1", "Seite ü"]
    # Of what may have changed only the one without a day, and without a tag, is asked for; a new day counts.
    web.asked.clear()
    days["/b"] = "2025-02-02"
    web.serve("/b", "<p>New b", etag='"b2"')
    web.serve("/maps/posts.xml.gz", gzip.compress(sitemap(web, days | {"/de": ""}).encode()), "application/gzip")
    assert fetch(site, url, path="corpora/news")[1:3] == (2, 2)
    assert web.asked == ["/robots.txt", "/sitemap.xml", "/maps/posts.xml.gz", "/b", "/c?p=1", "/de"]
    assert said(site, url, "corpora/news") == ["New b", "Page /a/", "Page /c?p=1", "Seite ü"]
    # What the sitemap no longer names belongs to the corpus no more.
    web.serve("/sitemap.xml", sitemap(web, {"/a/": "2025-01-01"}), XML)
    fetch(site, url, path="corpora/news")
    assert said(site, url, "corpora/news") == ["Page /a/"]


def test_an_interrupted_update_goes_on_where_it_stopped(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    days = {f"/p{n}/": "2025-01-01" for n in range(6)}
    for path in days:
        web.serve(path, f"<p>Page {path}")
    url = web.serve("/sitemap.xml", sitemap(web, days), XML)

    class Stop(BaseException):
        pass

    def stop(done: int, of: int) -> None:
        if done == 4:
            raise Stop

    with pytest.raises(Stop):
        update("news", Corpus(url=url), site, Visitor(0, 5, Everywhere()), 100, stop)
    assert said(site, url) == ["Page /p0/", "Page /p1/", "Page /p2/"]
    web.asked.clear()
    assert fetch(site, url, 2)[1:4] == (2, 3, 1)
    assert fetch(site, url, 2)[1:4] == (1, 5, 0)
    assert [path for path in web.asked if path in days] == ["/p3/", "/p4/", "/p5/"]


def test_a_killed_update_leaves_whole_files(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    days = {f"/p{n}/": "2025-01-01" for n in range(400)}
    for path in days:
        web.serve(path, f"<p>Page {path} {'x ' * 20_000}</p><p>End.")
    url = web.serve("/sitemap.xml", sitemap(web, days), XML)
    (site / "blogq.yaml").write_text(f'corpora:\n  news: {{url: "{url}"}}\n')
    code = "from blogq.cli import main; main()"
    command = [sys.executable, "-c", code, "corpus", "update", "--allow-private", "--pause", "0"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(command, cwd=site, env=environment, stdout=subprocess.DEVNULL)
    while process.poll() is None and len(web.asked) < 60:
        pass
    process.kill()
    process.wait()
    documents, wrong = read(site)
    assert wrong == [] and 30 < len(documents) < 400
    assert {texts(each)[-1] for each in documents} == {"End."}


def test_robots_are_heeded(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    web.serve("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n", "text/plain")
    web.serve("/open/", "<p>Open")
    web.serve("/private/", "<p>Private")
    url = web.serve("/sitemap.xml", sitemap(web, {"/private/": "", "/open/": ""}), XML)
    waited: list[float] = []
    outcome = fetch(site, url, wait=waited.append, clock=lambda: 0.0)
    assert outcome.fetched == 1 and "robots.txt" in outcome.problems[0]
    assert "/private/" not in web.asked
    assert waited == [3.0, 3.0]
    web.answers["/robots.txt"] = Answer(b"", 500)
    assert "robots.txt" in fetch(site, url).failed
    assert said(site, url) == ["Open"]


def test_one_request_a_second_by_default(tmp_path: Path, web: ServingSite) -> None:
    now = 0.0
    waited = []

    def wait(seconds: float) -> None:
        nonlocal now
        now += seconds
        waited.append(seconds)

    visitor = Visitor(allowed=Everywhere(), wait=wait, clock=lambda: now)
    url = web.serve("/feed.xml", feed("one"), XML)
    update("news", Corpus(url=url), make(tmp_path, ""), visitor, 10)
    assert waited == [1.0]


def test_private_networks_are_not_asked(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    url = web.serve("/feed.xml", feed("one"), XML)
    assert "private network" in update("news", Corpus(url=url), site, Visitor(0, 5), 10).failed
    assert web.asked == []
    # Nor by a redirect from where it may ask.
    web.answers["/away"] = Answer(b"", 302, (("Location", web.url("/feed.xml", "localhost")),))
    visitor = Visitor(0, 5, ("127.0.0.1",))
    outcome = update("news", Corpus(url=web.url("/away")), site, visitor, 10)
    assert "private network" in outcome.failed and "/feed.xml" not in web.asked
    assert not (site / ".blogq" / "corpora" / "news" / "feed.xml").exists()


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "gopher:x", "/round"])
def test_redirects_that_lead_nowhere(tmp_path: Path, web: ServingSite, to: str) -> None:
    web.answers["/round"] = Answer(b"", 301, (("Location", to),))
    assert fetch(make(tmp_path, ""), web.url("/round")).failed
    assert len(web.asked) <= 12


def test_redirects_are_followed(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    web.serve("/new.xml", feed("one"), XML)
    web.answers["/old"] = Answer(b"", 301, (("Location", "/new.xml"),))
    assert fetch(site, web.url("/old")).fetched == 1


def test_what_fails_leaves_what_was_there(tmp_path: Path, web: ServingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make(tmp_path, "")
    url = web.serve("/feed.xml", feed("one"), XML)
    fetch(site, url)
    page = "<html><head><link rel='alternate' type='application/rss+xml' href='/feed/'></head>"
    long = feed("two")
    for answer, why in [
        (Answer(b"", 404), "404"),
        (Answer(b"", 503), "left alone"),
        (Answer(b"", 429), "left alone"),
        (Answer(page.encode(), 200), f"has its feed at {web.url('/feed/')}"),
        (Answer(b"<html>", 200), "no feed or sitemap"),
        (Answer(long.encode()[:50], 200, claimed=len(long)), "cut off"),
        (Answer(gzip.compress(b" " * 300_000_000), 200, (("Content-Encoding", "gzip"),)), "more than 64 MB"),
        (Answer(gzip.compress(b" " * 300_000_000), 200), "more than 64 MB"),
    ]:
        web.answers["/feed.xml"] = answer
        outcome = fetch(site, url)
        assert why in outcome.failed, (outcome.failed, why)
        assert said(site, url) == ["Words of one."]


def test_a_site_that_wants_rest_is_left_alone(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    web.serve("/a", "<p>A")
    web.answers["/b"] = Answer(b"", 429)
    url = web.serve("/sitemap.xml", sitemap(web, {"/a": "", "/b": "", "/c": "", "/d": ""}), XML)
    outcome = fetch(site, url)
    assert (outcome.fetched, outcome.left) == (1, 2) and "left alone" in outcome.failed
    assert "/c" not in web.asked


def test_other_hosts_and_other_things_than_pages_are_passed_over(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "")
    web.serve("/paper", b"%PDF", "application/pdf")
    pages = sitemap(web, {"/paper": ""}).replace("</urlset>", "<url><loc>https://else.example/</loc></url></urlset>")
    outcome = fetch(site, web.serve("/sitemap.xml", pages, XML))
    assert (outcome.fetched, outcome.foreign) == (0, 1) and "application/pdf" in outcome.problems[0]


def test_nothing_is_written_outside_the_corpus(tmp_path: Path, web: ServingSite) -> None:
    site = make(tmp_path, "", {"outside/x": ""})
    (site / "corpora").symlink_to(tmp_path / "outside")
    url = web.serve("/sitemap.xml", sitemap(web, {"/a/b": "", "/../../../up": ""}), XML)
    web.serve("/a/b", "<p>B")
    assert "symbolic link" in fetch(site, url, path="corpora").failed
    folder = site / ".blogq" / "corpora" / "news"
    folder.mkdir(parents=True)
    (folder / f"127.0.0.1_{web.port}").symlink_to(tmp_path / "outside")
    assert "symbolic link" in fetch(site, url).failed
    assert [each.name for each in (tmp_path / "outside").iterdir()] == ["x"]
    assert not list(tmp_path.rglob("up*"))


def test_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no name server")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr(blogq.external.download, "has_way_out", lambda: False)
    site = make(tmp_path, "corpora:\n  news: https://n.example/feed.xml\n  more: https://m.example/feed.xml\n")
    result = CliRunner().invoke(cli, ["corpus", "update", "--site", str(site)])
    assert result.exit_code == 2 and "no network" in result.stderr and "Traceback" not in result.output


def test_the_command(tmp_path: Path, web: ServingSite) -> None:
    url = web.serve("/feed.xml", feed("one", "two"), XML)
    site = make(tmp_path, f"corpora:\n  news: {url}\n  gone: {web.url('/gone')}\n")
    command = ["corpus", "update", "--site", str(site), "--allow-private", "--pause", "0"]
    result = CliRunner().invoke(cli, [*command, "news"])
    assert (result.exit_code, result.stdout) == (0, "news: 1 file fetched, 0 unchanged\n")
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 2 and "gone: " in result.stderr and "404" in result.stderr
    assert result.stdout == "news: 0 files fetched, 1 unchanged\n"


ROBOTS = """\
User-agent: other
Disallow: /

User-agent: blogq
User-agent: friend
Allow: /a/b
Disallow: /a  # a comment
Disallow: /*.pdf$
Disallow: /q?x=
Disallow: /%C3%BC
Crawl-delay: 99999

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/a", False),
        ("/a/c", False),
        ("/a/b/c", True),
        ("/x/y.pdf", False),
        ("/x/y.pdf?z", True),
        ("/q?x=1", False),
        ("/q?y=1", True),
        ("/ü", False),
        ("/b", True),
    ],
)
def test_rules_of_robots(path: str, allowed: bool) -> None:
    found = read_robots(ROBOTS.encode(), "blogq")
    assert found.allows(path) is allowed
    assert found.pause == 30.0
    assert not read_robots(ROBOTS.encode(), "stranger").allows(path)
    assert read_robots(b"", "blogq").allows(path)


def test_robots_patterns_take_no_time() -> None:
    pattern = "Disallow: /" + "*a" * 5_000 + "$\n"
    assert read_robots(f"User-agent: *\n{pattern}".encode(), "blogq").allows("/" + "a" * 4_999 + "b")


def test_unpacking_is_bounded() -> None:
    assert unpacked(b"plain", 10) == b"plain" and unpacked(gzip.compress(b"x" * 10), 10) == b"x" * 10
    for data in (gzip.compress(b"x" * 11), b"\x1f\x8bnonsense"):
        with pytest.raises(Failed):
            unpacked(data, 10)
