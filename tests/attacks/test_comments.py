"""What a hostile comment does to the page that shows it, in both themes: nothing (65 to 70, 72 to 74, 84)."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from attack_sites import make_site, output, run
from lxml import html

HOSTILE = "\"'></a></script></title><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}]]>\x1b[31m\u202e"
NAMES = ("comments", "reply", "__proto__", "constructor", "../../x", "1", "a b", '1" onclick="alert(1)', "")


@pytest.mark.parametrize("theme", ["plain", "broadsheet"])
def test_a_hostile_comment(tmp_path: Path, theme: str) -> None:
    said = [
        {"_id": id, "name": HOSTILE, "message": f"{HOSTILE} {at}", "replying_to": NAMES[at - 1], "form": form}
        | {"url": url, "address": url, "date": HOSTILE, "kind": HOSTILE, "email": HOSTILE}
        for at, id in enumerate(NAMES)
        for form in ("markdown", "html", "text")
        for url in (
            "javascript:alert(1)",
            "java\tscript:x",
            "data:text/html,x",
            'https://x.example/"><script>',
            "//x",
            "file:///x",
        )
    ]
    config = (
        f"title: T\nbase_url: https://example.org/\ntheme: {theme}\ncomments:\n  sources: talk\n  form: staticman\n"
    )
    config += "  url: https://s.example/x\n"
    files = {"content/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText\n", "blogq.yaml": config}
    site = make_site(tmp_path, {**files, "talk/one/all.json": json.dumps(said)})
    assert run(site).written
    data = output(site)["one/index.html"]
    page = html.fromstring(data.decode())
    (section,) = page.xpath('//section[@id="comments"]')
    assert len(section.xpath('.//div[contains(@class, "h-cite")]')) == len(said)
    scripts = list(section.iter("script"))
    assert [bool(re.fullmatch(r"/comments\.[0-9a-f]+\.js", each.get("src"))) for each in scripts] == [True]
    assert not list(section.iter("img", "iframe", "object", "svg", "meta", "base", "style"))
    for each in section.iter():
        assert not [name for name in each.attrib if name.startswith("on")], each.attrib
        for name in ("href", "src", "action"):
            assert re.match(r"https://|/|#", each.get(name, "#")), each.attrib
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1 and not name.startswith("comment-")] == []
    assert all(re.fullmatch(r"comment-[0-9a-f]+", each) for each in section.xpath(".//li/div/@id"))
    assert b"{{7*7}}" in data, "as it was written"
    assert b"\x1b" not in data


def test_attack_84_no_address_of_a_comment_is_ever_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building, judging and listing touch no network, whatever a comment names."""
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    said = {"message": "![x](http://127.0.0.1/x)", "url": "http://169.254.169.254/", "address": "file:///etc/passwd"}
    config = "base_url: https://example.org/\ncomments: {sources: talk, webmention: 'http://127.0.0.1/wm'}\n"
    files = {"content/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText\n", "blogq.yaml": config}
    site = make_site(tmp_path, {**files, "talk/one/1.json": json.dumps(said)})
    assert run(site).written
