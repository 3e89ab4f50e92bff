"""Text made to break out of the page or feed that it stands in: it comes out as text.

The numbers are those of README.md beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from attack_sites import CONFIG, codes, make_site, output, run, surroundings, text_of, write
from lxml import etree, html

HOSTILE = "</script></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>&amp;]]>"
ATTRIBUTES = ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset")
OWN_SCRIPT = re.compile(r"(?:/[a-z-]+)*/copy\.[0-9a-f]{8}\.js")
"""What the theme itself brings to pages with code."""
RUNS = re.compile(r"^[\x00-\x20]*(?:javascript|vbscript|data|blob|file)\s*:", re.IGNORECASE)


def quoted(text: str) -> str:
    """Return `text` as a YAML value."""
    return json.dumps(text)


def pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield every page that was built, as a browser would read it."""
    for path, data in output(site).items():
        if path.endswith(".html"):
            yield path, html.document_fromstring(data.decode())


def assert_inert(site: Path) -> None:
    """Nothing on any page runs, or leads to something that does."""
    for path, page in pages(site):
        for element in page.iter(etree.Element):
            assert element.tag not in ("iframe", "object", "embed", "base"), path
            if element.tag == "script" and element.get("src"):
                assert OWN_SCRIPT.fullmatch(element.get("src")) and not element.text, path
            elif element.tag == "script":
                assert element.get("type") == "application/ld+json", path
                assert json.loads(element.text)["@context"] == "https://schema.org"
            for name, value in element.items():
                assert not name.startswith("on"), (path, name)
                points = element.get("http-equiv") or element.get("property") in ("og:image", "og:url")
                if name in ATTRIBUTES or (name == "content" and points):
                    assert not RUNS.match(value), (path, name, value)


def hostile_post(text: str) -> str:
    keys = ("title", "description", "summary")
    lines = "".join(f"{key}: {quoted(text)}\n" for key in keys)
    lists = "".join(f"{key}: [{quoted(text)}]\n" for key in ("tags", "categories", "authors", "series"))
    return f"---\n{lines}{lists}date: 2026-01-01\nextra: {{a: {quoted(text)}}}\n---\nText.\n"


def hostile_config(text: str) -> str:
    value = quoted(text)
    return (
        f"title: {value}\nbase_url: https://example.org/\ndescription: {value}\nauthor: {value}\n"
        f"menu: [{{title: {value}, url: /good/}}]\nprofiles: [{{name: {value}, url: 'https://example.org/me'}}]\n"
        f"taxonomies: {{tags: {{title: {value}, feed: true}}, categories: {{}}, authors: {{}}, series: {{}}}}\n"
        f"theme_options: {{footer: {value}}}\nextra: {{a: {value}}}\n"
    )


def test_attack_65_script_end_in_metadata_stays_text(tmp_path: Path) -> None:
    """Title, Open Graph, JSON-LD, lists, archive, redirects: what stands there is what was written, and no markup."""
    files = {"content/x.md": hostile_post(HOSTILE), "blogq.yaml": hostile_config(HOSTILE)}
    site = make_site(tmp_path, files)
    assert run(site).written
    assert_inert(site)
    found = dict(pages(site))
    page = found["good/index.html"]
    assert HOSTILE in page.findtext(".//title")
    page = next(
        page for path, page in found.items() if page.findtext(".//h1") == HOSTILE and "Text." in page.text_content()
    )
    assert page.xpath("//meta[@property='og:title']/@content") == [HOSTILE]
    assert page.xpath("//meta[@name='description']/@content") == [HOSTILE]
    linked = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert linked["headline"] == HOSTILE
    assert linked["author"][0]["name"] == HOSTILE
    assert linked["isPartOf"]["name"] == HOSTILE


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_attack_66_feeds_hold_whatever_text_there_is(tmp_path: Path, name: str) -> None:
    """`]]>`, markup and characters that XML can't hold leave a feed well-formed, and its text as it was."""
    text = f"{HOSTILE}\u2028\ufffe"
    body = "---\ntitle: Body\ndate: 2026-01-03\n---\n]]> `]]>` &#1; &#xFFFF; \u0085 \ufffe <b>]]></b>\n"
    files = {"content/x.md": hostile_post(text), "content/y.md": body, "blogq.yaml": hostile_config(text)}
    site = make_site(tmp_path, files)
    assert run(site).written
    data = output(site)[name]
    if name.endswith("json"):
        feed = json.loads(data)
        assert feed["title"].startswith(HOSTILE)
        assert any(item["title"].startswith(HOSTILE) for item in feed["items"])
        return
    etree.fromstring(data)
    found = feedparser.parse(data, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert len(found.entries) == 3


@pytest.mark.parametrize("character", [r"\0", r"\x01", r"\x0b", r"\x1b", r"\x1f", r"\x7f", r"\x9f", r"\ufffe"])
def test_attack_66_control_characters_in_metadata(tmp_path: Path, character: str) -> None:
    value = f'"a{character}b"'
    keys = "".join(f"{key}: {value}\n" for key in ("title", "description", "summary", "author"))
    post = f"---\n{keys}tags: [{value}]\ndate: 2026-01-01\n---\nText.\n"
    config = f"title: {value}\nbase_url: https://example.org/\ndescription: {value}\nauthor: {value}\n"
    site = make_site(tmp_path, {"content/x.md": post, "blogq.yaml": config})
    assert run(site, keep_going=True).written
    for name, data in output(site).items():
        if name.endswith(".xml"):
            etree.fromstring(data)
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f]", text_of(site))


def test_attack_66_summary_can_not_pose_as_a_placeholder(tmp_path: Path) -> None:
    """The bytes by which blogq marks links in a parsed body mean nothing when they come from front matter."""
    value = r'"a\0xjavascript:alert(1)\0b \0f#top\0"'
    site = make_site(tmp_path, {"content/x.md": f"---\ntitle: X\ndate: 2026-01-01\nsummary: {value}\n---\nText.\n"})
    assert run(site).written
    assert "\0" not in text_of(site)


BAD_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\\tscript:alert(1)",
    "java\\nscript:alert(1)",
    "\\x01javascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://example.org/x",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("url", BAD_URLS)
@pytest.mark.parametrize(
    "option", ["menu: [{{title: x, url: {}}}]", "profiles: [{{name: x, url: {}}}]", "authors: {{a: {{url: {}}}}}"]
)
def test_attack_67_config_can_not_link_to_script(tmp_path: Path, option: str, url: str) -> None:
    line = option.format(f'"{url}"')
    site = make_site(tmp_path, {"blogq.yaml": f"{CONFIG}{line}\n"})
    result = run(site)
    assert codes(result) == ["CF103"]
    assert result.findings[0].span[:2] == ("blogq.yaml", 3)
    run(site, keep_going=True)
    assert_inert(site)


@pytest.mark.parametrize("url", BAD_URLS)
@pytest.mark.parametrize("key", ["image", "author", "aliases", "permalink", "slug", "lang", "layout"])
def test_attack_67_front_matter_can_not_link_to_script(tmp_path: Path, key: str, url: str) -> None:
    site = make_site(tmp_path, {"content/x.md": f'---\ntitle: X\ndate: 2026-01-01\n{key}: "{url}"\n---\nText.\n'})
    before = surroundings(site)
    run(site, keep_going=True)
    assert surroundings(site) == before
    assert_inert(site)
    for line in output(site).get("_redirects", b"").decode().splitlines():
        assert line.startswith("/") and not line.startswith("//")


@pytest.mark.parametrize(
    "link",
    [
        "[a](javascript:alert(1))",
        "[a](JaVa&#115;cript:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](<java\\\tscript:alert(1)>)",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](blob:x)",
        "[a](file:///etc/passwd)",
        "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "[a](\u0001javascript:alert(1))",
        "[a](&#1;javascript:alert(1))",
        "[a](java%0ascript:alert(1))",
    ],
)
def test_attack_67_68_69_markdown_can_not_link_to_script(tmp_path: Path, link: str) -> None:
    """Of links written as Markdown none leads to script, in pages and feeds alike; raw HTML is the author's own."""
    site = make_site(tmp_path, {"content/x.md": f"---\ntitle: X\ndate: 2026-01-01\n---\n{link}\n"})
    assert run(site).written
    assert_inert(site)
    for item in json.loads(output(site)["feed.json"])["items"]:
        for element in html.fragment_fromstring(item["content_html"], create_parent=True).iter(etree.Element):
            for name in ("href", "src"):
                assert not RUNS.match(element.get(name, ""))


def test_attack_68_raw_html_can_be_turned_off(tmp_path: Path) -> None:
    raw = "<script>alert(1)</script>\n\n<a href='javascript:alert(1)' onclick=alert(1)>x</a> <iframe src=x></iframe>\n"
    site = make_site(tmp_path, {"content/x.md": f"---\ndate: 2026-01-01\n---\n{raw}"})
    assert run(site).written
    assert "<script>alert(1)</script>" in text_of(site)
    write(site, {"blogq.yaml": f"{CONFIG}markdown: {{html: false}}\n"})
    assert run(site).written
    assert_inert(site)


NAMES = ["body", "forms", "cookie", "getElementById", "location", "__proto__", "constructor", "querySelector", "head"]


@pytest.mark.parametrize("name", NAMES)
def test_attack_72_heading_ids_never_shadow_the_dom(tmp_path: Path, name: str) -> None:
    body = f"## {name}\n\n## {name} {{#{name}}}\n\nA note[^{name}].\n\n[^{name}]: n\n"
    site = make_site(tmp_path, {"content/x.md": f"---\ntitle: X\ndate: 2026-01-01\n---\n{body}"})
    assert run(site).written
    page = dict(pages(site))["x/index.html"]
    ids = page.xpath("//@id")
    assert name not in ids and name.lower() not in ids
    assert len(ids) == len(set(ids))
    for target in page.xpath("//a/@href[starts-with(., '#')]"):
        assert target[1:] in ids


@pytest.mark.parametrize(
    "text",
    ['" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "`onload=alert(1)", 'x"><svg onload=alert(1)>'],
)
def test_attack_73_nothing_breaks_out_of_an_attribute(tmp_path: Path, text: str) -> None:
    """In metadata, in alt texts, titles and addresses of Markdown, in names of languages and ids."""
    word = text.replace(" ", "")
    body = (
        f'![{text}](a.png "{text}") [x](<b{text}> "{text}") [y](c?q={text.replace(" ", "%20")})\n\n'
        f"```{text}\ncode\n```\n\n## Heading {{#{text}}}\n\n[^{word}]\n\n[^{word}]: note\n\n"
        f"<https://example.org/{word}>\n"
    ).replace("<svg onload=alert(1)>", "&lt;svg onload=alert(1)&gt;")
    post = hostile_post(text).replace("Text.\n", body).replace("extra:", f"image: {quoted('/i' + text)}\nextra:")
    site = make_site(tmp_path, {"content/x.md": post, "blogq.yaml": hostile_config(text)})
    assert run(site, keep_going=True).written
    assert_inert(site)


@pytest.mark.parametrize("url", ["https://example.org/", "https://example.org/a/b/"])
def test_attack_74_redirects_lead_to_the_site_only(tmp_path: Path, url: str) -> None:
    """The target of a meta refresh is a page of the site, whatever title, slug and alias say."""
    slug = "0;url=javascript:alert(1)//"
    aliases = "aliases: [/old/, '/o;url=x/', \"/q'/\", '/*', '/:a']\n"
    post = f"---\ntitle: {quoted(HOSTILE)}\nslug: {quoted(slug)}\n{aliases}---\nText.\n"
    site = make_site(tmp_path, {"blogq.yaml": f"title: A blog\nbase_url: {url}\n", "content/x.md": post})
    run(site, keep_going=True)
    assert_inert(site)
    prefix = urlsplit(url).path
    seen = 0
    for _, page in pages(site):
        for target in page.xpath("//meta[@http-equiv='refresh']/@content"):
            seen += 1
            assert re.fullmatch(rf"0; url={re.escape(prefix)}[^/\s][^\s]*", target), target
    assert seen >= 3
    for line in output(site)["_redirects"].decode().splitlines():
        old, new, status = line.split(" ")
        assert old.startswith(prefix) and new.startswith(prefix) and status == "301"
        assert "*" not in line and "/:" not in line
