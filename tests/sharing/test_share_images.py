"""Share images and icons as they are published: drawn once, of what they show, and never where nobody asked."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from blogq.build import Request, build
from blogq.sharing.drawing import NotDrawn, draw

NOW = 1_767_268_800
SITE = {
    "blogq.yaml": "title: Slow Notes\nbase_url: https://notes.example/b/\nshare_images: true\nauthor: Ann Ost\n",
    "content/posts/one.md": "---\ntitle: One\ndate: 2025-01-01\n---\nText.\n",
    "content/posts/two.md": "---\ntitle: Two\ndate: 2025-01-02\nimage: https://c.example/p.jpg\n"
    "image_alt: A pump\n---\nText.\n",
    "content/posts/three.md": "---\ntitle: 日本語\ndate: 2025-01-03\n---\nText.\n",
    "content/about.md": "# About\n",
}


def made(site: Path, files: dict[str, str | bytes]) -> tuple[Path, dict[str, str], int]:
    """Build a site; return its output, its findings by code, and how much was rendered."""
    for path, text in files.items():
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = build(Request(site, NOW, None, {}, jobs=1))
    return site / "_site", {each.code: f"{each.span.path}: {each.message}" for each in result.findings}, result.rendered


def heads(page: Path) -> dict[str, str]:
    """Return what a page's `<meta property>` say."""
    from lxml import html

    found = html.document_fromstring(page.read_bytes()).xpath("//meta[@property]")
    return {each.get("property"): each.get("content") for each in found}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    site = tmp_path_factory.mktemp("sharing")
    return made(site, dict(SITE))[:2]


def test_a_post_without_a_picture_gets_one_with_its_title(published: tuple[Path, dict[str, str]]) -> None:
    out, _ = published
    told = heads(out / "posts/one/index.html")
    assert told["og:image"] == "https://notes.example/b/share/posts/one.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "One"
    data = (out / "share/posts/one.png").read_bytes()
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.size == (1200, 630) and len(data) < 100_000
    assert image.getpixel((600, 4)) == (0x0B, 0x5C, 0x8A), "the accent colour stands above"
    dark = sum(image.crop((60, 200, 1140, 450)).convert("L").histogram()[:60])
    assert dark > 1000, "and the title is in the middle"
    assert sum(image.crop((60, 530, 1140, 580)).convert("L").histogram()[:140]) > 300, "author and date"


def test_a_picture_of_its_own_wins(published: tuple[Path, dict[str, str]]) -> None:
    out, _ = published
    told = heads(out / "posts/two/index.html")
    assert (told["og:image"], told["og:image:alt"]) == ("https://c.example/p.jpg", "A pump")
    assert not (out / "share/posts/two.png").exists()


def test_lists_show_the_image_of_the_home_page(published: tuple[Path, dict[str, str]]) -> None:
    out, _ = published
    for page in ("index.html", "posts/index.html", "archive/index.html"):
        assert heads(out / page)["og:image"] == "https://notes.example/b/share/_home.png", page
    assert "og:image" not in heads(out / "404.html")


def test_a_title_that_no_font_has_is_left_out_and_noted(published: tuple[Path, dict[str, str]]) -> None:
    out, findings = published
    assert findings["SH103"].startswith("content/posts/three.md: ")
    image = Image.open(out / "share/posts/three.png").convert("L").crop((60, 200, 1140, 450))
    assert sum(image.histogram()[:60]) > 1000, "the name of the site stands there instead"


def test_a_new_title_draws_one_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    drawn: list[str] = []
    real = resvg_py.svg_to_bytes

    def counted(**options: object) -> object:
        drawn.append(str(options["svg_string"]))
        return real(**options)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", counted)
    made(tmp_path, dict(SITE))
    assert len(drawn) == 4
    del drawn[:]
    out, _, _ = made(tmp_path, {"content/posts/one.md": "---\ntitle: Anew\ndate: 2025-01-01\n---\nText.\n"})
    assert len(drawn) == 1 and ">Anew<" in drawn[0]
    before = (out / "share/posts/one.png").read_bytes()
    del drawn[:]
    made(tmp_path, {"content/posts/one.md": "---\ntitle: Anew\ndate: 2025-01-01\n---\nOther text.\n"})
    made(tmp_path, {"blogq.yaml": SITE["blogq.yaml"] + "related: 1\n"})
    assert drawn == [], "neither the text nor another option is on them"
    assert len(list((tmp_path / ".blogq/share").iterdir())) == 4, "of the old one nothing is kept"
    for kept in (tmp_path / ".blogq/share").iterdir():
        kept.write_bytes(b"damaged")
    (out / "share/posts/one.png").unlink()
    made(tmp_path, {})
    assert (out / "share/posts/one.png").read_bytes() == before and len(drawn) == 1


def test_nothing_is_loaded_for_sites_without_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\ndate: 2025-01-01\n---\nText.\n")
    code = (
        "import sys; from blogq.build import *; from pathlib import Path\n"
        f"build(Request(Path({str(tmp_path)!r}), {NOW}, None, {{}}, jobs=1))\n"
        "print([m for m in sys.modules if m in ('resvg_py', 'PIL', 'blogq.sharing.typeface', 'blogq.search_index')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() in ("[]", "['blogq.sharing.typeface']"), "drawing and Pillow are for those who ask"
    assert not (tmp_path / "_site/share").exists()


def test_a_template_of_the_sites_own_is_drawn(tmp_path: Path) -> None:
    red = '<rect width="99" height="99" fill="red"/>'
    own = f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">{red}</svg>'
    out, findings, _ = made(tmp_path, {**SITE, "templates/share.svg": own})
    assert Image.open(out / "share/posts/one.png").convert("RGB").getpixel((9, 9)) == (255, 0, 0)
    _, findings, _ = made(tmp_path, {"templates/share.svg": '<svg><image href="/etc/passwd"/></svg>'})
    assert "outside itself" in findings["SH102"]


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/etc/hosts"/>', "<image xlink:href='file:///x.png'/>", '<use href="http://e.example/#a"/>',
        '<rect fill="url(x.svg#a)"/>', "<image href = \"x.png\"/>",
    ],
)  # fmt: skip
def test_a_drawing_reads_no_files(inside: str) -> None:
    with pytest.raises(NotDrawn, match="outside itself"):
        draw(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'.encode())


def test_without_resvg_the_build_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogq.sharing.drawing.is_installed", lambda: False)
    monkeypatch.setattr("blogq.search_index.binary", lambda: "")
    _, findings, _ = made(tmp_path, {**SITE, "blogq.yaml": SITE["blogq.yaml"] + "search: true\n"})
    assert "SH104" in findings and not (tmp_path / "_site").exists()


def links(page: Path) -> dict[str, tuple[str, str, str]]:
    from lxml import html

    found = html.document_fromstring(page.read_bytes()).xpath("//link[contains(@rel, 'icon') or @rel='manifest']")
    return {each.get("rel"): (each.get("href"), each.get("type"), each.get("sizes")) for each in found}


def test_a_site_without_an_icon_gets_its_first_letter(published: tuple[Path, dict[str, str]]) -> None:
    out, _ = published
    assert links(out / "posts/one/index.html") == {
        "icon": ("/b/icon.svg", "image/svg+xml", "any"), "manifest": ("/b/site.webmanifest", None, None),
    }  # fmt: skip
    drawn = (out / "icon.svg").read_text()
    assert ">S</text>" in drawn and "#0b5c8a" in drawn
    ico = (out / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", ico[:6]) == (0, 1, 1)
    assert Image.open(BytesIO(ico)).convert("RGBA").getpixel((16, 16)) == (0x0B, 0x5C, 0x8A, 255)
    told = json.loads((out / "site.webmanifest").read_text())
    assert told["name"] == "Slow Notes" and told["start_url"] == told["scope"] == "/b/"
    assert told["icons"] == [{"src": "/b/icon.svg", "type": "image/svg+xml", "sizes": "any"}]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_all_sizes_are_made_of_an_icon(tmp_path: Path, kind: str) -> None:
    picture = BytesIO()
    Image.new("RGB", (300, 150), (0, 128, 0)).save(picture, "PNG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="green"/></svg>'
    icon = svg if kind == "svg" else picture.getvalue()
    config = f"title: T\nicon: /own.{kind}\n"
    files: dict[str, str | bytes] = {"blogq.yaml": config, "content/a.md": "# A\n", f"static/own.{kind}": icon}
    out, findings, _ = made(tmp_path, files)
    assert not findings.keys() & {"SH101", "SH102"}
    for size in (32, 180, 192, 512):
        image = Image.open(out / f"icon-{size}.png").convert("RGBA")
        assert image.size == (size, size) and image.getpixel((size // 2, size // 2)) == (0, 128, 0, 255)
    wanted = ("/own.svg", "image/svg+xml", "any") if kind == "svg" else ("/icon-32.png", "image/png", "32x32")
    found = links(out / "index.html")
    assert found["icon"] == wanted and found["apple-touch-icon"] == ("/icon-180.png", "image/png", "180x180")
    sizes = {each["sizes"] for each in json.loads((out / "site.webmanifest").read_text())["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for address, _, _ in found.values():
        assert (out / address.lstrip("/")).is_file(), address
    before = (out / "icon-32.png").read_bytes()
    Image.new("RGB", (300, 300), (128, 0, 0)).save(picture := BytesIO(), "PNG")
    made(tmp_path, {f"static/own.{kind}": svg.replace(b"green", b"red") if kind == "svg" else picture.getvalue()})
    assert (out / "icon-32.png").read_bytes() != before, "another icon is drawn anew"


def test_an_icon_that_a_site_has_already_is_taken(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>'
    files: dict[str, str | bytes] = {"content/a.md": "# A\n", "static/favicon.svg": svg, "static/favicon.ico": b"own"}
    out, _, _ = made(tmp_path, files)
    assert links(out / "index.html")["icon"][0] == "/favicon.svg"
    assert (out / "favicon.ico").read_bytes() == b"own"


def test_an_icon_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    _, findings, _ = made(tmp_path, {"blogq.yaml": "icon: /none.svg\n", "content/a.md": "# A\n"})
    assert "static/none.svg" in findings["SH101"]
    _, findings, _ = made(tmp_path, {"blogq.yaml": "icon: /bad.png\n", "static/bad.png": b"no picture"})
    assert "no PNG" in findings["SH101"]


def test_an_icon_that_nobody_named_does_not_stop_a_build(tmp_path: Path) -> None:
    out, findings, _ = made(tmp_path, {"content/a.md": "# A\n", "static/favicon.png": b"no picture"})
    assert "static/favicon.png is no picture" in findings["SH101"]
    assert Image.open(out / "icon-180.png").size == (180, 180)
    assert (out / "favicon.png").read_bytes() == b"no picture"
    Image.new("RGB", (64, 64), (0, 128, 0)).save(picture := BytesIO(), "ICO")
    out, findings, _ = made(tmp_path, {"static/favicon.png": picture.getvalue()})
    assert "SH101" not in findings
    assert Image.open(out / "icon-180.png").convert("RGBA").getpixel((90, 90)) == (0, 128, 0, 255)
