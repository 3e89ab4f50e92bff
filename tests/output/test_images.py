"""Images as a writer uses them: whole sites built from real files, and the pages looked at."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from image_files import camera_photo, noise, saved, with_profile
from PIL import Image, ImageCms, ImageOps
from published import NOW, PIXEL, ROOT, Published, post, publish, write

import blogq.images.gallery
from blogq.build import Request, build

SMALL = "images: {widths: [80, 160, 320]}\ntitle: T\n"
SIZES = "(min-width: 41rem) 38.5rem, calc(100vw - 2.5rem)"


def site_with(name: str, data: bytes, body: str = "", config: str = SMALL, **more: Any) -> dict[str, str | bytes]:
    """Return the sources of a site with one post that shows one image."""
    return {
        "blogq.yaml": config,
        "content/a/index.md": post("A", "2026-01-01", body or f"Words.\n\n![alt]({name})", **more),
        f"content/a/{name}": data,
    }


def image_of(made: Published, path: str = "a/index.html") -> Any:
    """Return the first `<img>` in the text of a page."""
    return made.page(path).xpath("//main//img")[0]


def sources_of(made: Published, path: str = "a/index.html") -> dict[str, list[tuple[str, int]]]:
    """Return the candidates of the first picture on a page by media type: file and width."""
    found = {each.get("type"): each.get("srcset") for each in image_of(made, path).xpath("ancestor::picture//source")}
    if image_of(made, path).get("srcset"):
        found[""] = image_of(made, path).get("srcset")
    return {
        kind: [(part.split()[0].lstrip("/"), int(part.split()[1][:-1])) for part in srcset.split(", ")]
        for kind, srcset in found.items()
    }


def opened(made: Published, path: str) -> Image.Image:
    """Return a published image, unpacked."""
    image = Image.open(made.output / path)
    image.load()
    return image


def test_a_photo_is_offered_in_three_widths_and_formats(tmp_path: Path) -> None:
    """Each candidate is there, as wide as it says, and of the format that it says; the page knows how large it is."""
    made = publish(tmp_path, site_with("photo.jpg", saved(noise(1, 800, 600, 24), "JPEG", quality=92)))
    sources = sources_of(made)
    assert list(sources) == ["image/avif", "image/webp", ""]
    for kind, candidates in sources.items():
        assert [width for _, width in candidates] == [80, 160, 320]
        for path, width in candidates:
            assert opened(made, path).size == (width, width * 3 // 4)
            assert opened(made, path).format == {"": "JPEG"}.get(kind, kind.rpartition("/")[2].upper())
    image = image_of(made)
    assert image.get("src") == "/" + sources[""][-1][0]
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("320", "240", "alt")
    assert image.get("sizes") == SIZES
    sizes = [
        sum((made.output / path).stat().st_size for path, _ in sources[kind])
        for kind in ("image/avif", "image/webp", "")
    ]
    assert sizes == sorted(sizes)


def test_only_images_below_the_first_wait_until_they_are_seen(tmp_path: Path) -> None:
    """The first of a post may be the largest thing in view; in lists all wait."""
    files = site_with("a.jpg", saved(noise(1, 300, 200), "JPEG"), "Look: ![one](a.jpg)\n\n![two](a.jpg)")
    made = publish(tmp_path, files)
    assert [each.get("loading") for each in made.page("a/index.html").xpath("//main//img")] == [None, "lazy"]
    assert {each.get("loading") for each in made.page("index.html").xpath("//main//img")} == {"lazy"}


def test_images_are_never_made_larger(tmp_path: Path) -> None:
    """One narrower than the least width comes in its own; one between two isn't made nearly twice."""
    small, between = saved(noise(1, 60, 40), "JPEG", quality=95), saved(noise(2, 170, 90), "JPEG", quality=95)
    made = publish(tmp_path / "small", site_with("a.jpg", small))
    assert {width for each in sources_of(made).values() for _, width in each} == {60}
    assert image_of(made).get("src") == "/a/a.jpg"
    made = publish(tmp_path / "between", site_with("a.jpg", between))
    assert sorted({width for each in sources_of(made).values() for _, width in each}) == [80, 170]
    assert sources_of(made)[""][-1] == ("a/a.jpg", 170), "in full width the file itself is good enough"


def test_nothing_larger_than_the_file_is_offered(tmp_path: Path) -> None:
    """A tiny PNG, a drawing of two colours: where no other format saves bytes, the file is shown as it is."""
    made = publish(tmp_path, site_with("pixel.png", PIXEL))
    assert sources_of(made) == {}
    assert image_of(made).get("src") == "/a/pixel.png"
    assert (image_of(made).get("width"), image_of(made).get("height")) == ("1", "1")
    for path in made.paths:
        if "-" in path and path.endswith((".avif", ".webp", ".jpg")):
            raise AssertionError(path)
    hard = saved(noise(3, 800, 600), "JPEG", quality=3)
    made = publish(tmp_path / "hard", site_with("hard.jpg", hard))
    for candidates in sources_of(made).values():
        assert all((made.output / path).stat().st_size <= len(hard) for path, _ in candidates)


def test_a_photo_stands_upright_and_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    """Orientation is applied; place, device, thumbnail and remarks are in no published file, nor is what follows it."""
    photo = camera_photo(400, 300, 6)
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825), "the test's own photo knows where it was taken"
    made = publish(tmp_path, site_with("photo.jpg", photo))
    assert (image_of(made).get("width"), image_of(made).get("height")) == ("300", "400")
    own = opened(made, "a/photo.jpg")
    assert dict(own.getexif()) == {0x0112: 6}
    upright = ImageOps.exif_transpose(own)
    assert upright.size == (300, 400)
    assert upright.tobytes() == ImageOps.exif_transpose(Image.open(BytesIO(photo))).tobytes(), "not encoded again"
    for path in made.paths:
        if path.startswith("a/photo"):
            data = (made.output / path).read_bytes()
            for secret in (b"SecretCam", b"remark", b"hidden", b"http://ns.adobe.com", b"thumbnail"):
                assert secret not in data, path
        if path.startswith("a/photo.") and "-" in path:
            assert opened(made, path).size[0] <= opened(made, path).size[1]
    # The red half is on top, as in the photo when it is turned.
    for candidates in sources_of(made).values():
        small = opened(made, candidates[0][0]).convert("RGB")
        top, bottom = small.getpixel((40, 10)), small.getpixel((40, small.height - 10))
        assert top[0] > bottom[0] + 60


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_png_and_webp_lose_their_metadata_too(tmp_path: Path, kind: str) -> None:
    """The picture stays what it was."""
    from PIL.PngImagePlugin import PngInfo

    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SecretCam", 3
    text = PngInfo()
    text.add_text("Comment", "remark")
    more = {"pnginfo": text} if kind == "png" else {"xmp": b"<x:xmpmeta>remark</x:xmpmeta>", "lossless": True}
    data = saved(noise(1, 200, 100), kind, exif=exif, **more)
    assert b"remark" in data and b"SecretCam" in data
    made = publish(tmp_path, site_with(f"a.{kind}", data))
    own = made.output / f"a/a.{kind}"
    assert b"remark" not in own.read_bytes() and b"SecretCam" not in own.read_bytes()
    assert dict(Image.open(own).getexif()) == {0x0112: 3}
    assert Image.open(own).tobytes() == Image.open(BytesIO(data)).tobytes()


def test_metadata_stay_where_the_config_says_so(tmp_path: Path) -> None:
    """Then the file is published byte for byte; turning the option on again takes them out."""
    photo = camera_photo(200, 100, 1)
    files = site_with("photo.jpg", photo, config="images: {strip: false}\ntitle: T\n")
    made = publish(tmp_path, files)
    assert (made.output / "a/photo.jpg").read_bytes() == photo
    made = publish(tmp_path, {"blogq.yaml": "title: T\n"})
    assert b"SecretCam" not in (made.output / "a/photo.jpg").read_bytes()


FORMS = {
    "palette.png": saved(noise(1, 200, 100).quantize(16), "PNG"),
    "cut-out.png": saved(noise(1, 200, 100).quantize(16), "PNG", transparency=0),
    "alpha.png": saved(noise(1, 200, 100).convert("RGBA"), "PNG"),
    "sixteen.png": saved(Image.linear_gradient("L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"),
    "bits.png": saved(noise(1, 200, 100).convert("1"), "PNG"),
    "grey-alpha.png": saved(noise(1, 200, 100).convert("LA"), "PNG"),
    "grey.jpg": saved(noise(1, 200, 100).convert("L"), "JPEG", quality=95),
    "print.jpg": saved(noise(1, 200, 100).convert("CMYK"), "JPEG", quality=95),
    "wide.jpg": saved(noise(1, 20_000, 40), "JPEG", quality=95),
    "tall.png": saved(noise(1, 200, 17_000), "PNG"),
    "still.gif": saved(noise(1, 200, 100), "GIF"),
    "photo.webp": saved(noise(1, 200, 100), "WEBP", quality=90),
    "photo.avif": saved(noise(1, 200, 100), "AVIF", quality=90),
    "wrong-ending.jpg": saved(noise(1, 200, 100), "PNG"),
    "über uns #1.jpg": saved(noise(1, 200, 100), "JPEG", quality=95),
    "CAPITALS.JPG": saved(noise(1, 200, 100), "JPEG", quality=95),
}


@pytest.mark.parametrize("name", FORMS)
def test_all_sorts_of_images_are_understood(tmp_path: Path, name: str) -> None:
    """Nothing is complained of, and every candidate looks like the file, as far as that can be measured."""
    from urllib.parse import quote, unquote

    made = publish(tmp_path, site_with(name, FORMS[name], f"![alt](<{name.replace('#', '%23')}>)"))
    original = Image.open(BytesIO(FORMS[name]))
    image = image_of(made)
    assert int(image.get("width")) == min(320, original.width)
    assert unquote(image.get("src").lstrip("/")) in made.paths
    assert " " not in image.get("src") and quote("ü") not in name
    if original.mode == "I;16":
        original = original.convert("I").point(lambda value: value / 257).convert("L")
    wanted = original.convert("RGBA").resize((16, 16), Image.Resampling.BOX)
    for candidates in sources_of(made).values():
        for path, width in candidates:
            found = opened(made, unquote(path))
            assert found.width == width
            if "wide" in name or "tall" in name or found.mode == "I;16":
                continue
            got = found.convert("RGBA").resize((16, 16), Image.Resampling.BOX)
            pairs = zip(wanted.tobytes(), got.tobytes(), strict=True)
            worst = max(abs(one - other) for one, other in pairs) if original.mode != "CMYK" else 0
            assert worst < 60, f"{path} differs by {worst}"


def test_colours_are_brought_to_srgb(tmp_path: Path) -> None:
    """A photo in a wider space looks the same in derivatives without a profile."""
    made = publish(tmp_path, site_with("wide.jpg", with_profile(noise(1, 400, 300))))
    original = Image.open(BytesIO(with_profile(noise(1, 400, 300))))
    wanted = ImageCms.profileToProfile(
        original, ImageCms.ImageCmsProfile(BytesIO(original.info["icc_profile"])), ImageCms.createProfile("sRGB")
    )
    assert wanted is not None
    plain = original.resize((8, 8), Image.Resampling.BOX).tobytes()
    right = wanted.resize((8, 8), Image.Resampling.BOX).tobytes()
    for candidates in sources_of(made).values():
        found = opened(made, candidates[-1][0])
        assert "icc_profile" not in found.info
        got = found.convert("RGB").resize((8, 8), Image.Resampling.BOX).tobytes()
        off = sum(abs(one - other) for one, other in zip(right, got, strict=True))
        assert off * 3 < sum(abs(one - other) for one, other in zip(plain, got, strict=True))
    assert opened(made, "a/wide.jpg").info.get("icc_profile"), "the file itself keeps its profile"


MOVING = {
    "moving.gif": saved(noise(1), "GIF", save_all=True, append_images=[noise(2)]),
    "moving.webp": saved(noise(1), "WEBP", save_all=True, append_images=[noise(2)]),
    "moving.png": saved(noise(1), "PNG", save_all=True, append_images=[noise(2)]),
}


@pytest.mark.parametrize("name", MOVING)
def test_what_moves_goes_on_moving(tmp_path: Path, name: str) -> None:
    """Nothing is made of it, and its size is known."""
    made = publish(tmp_path, site_with(name, MOVING[name]))
    assert sources_of(made) == {}
    assert (image_of(made).get("src"), image_of(made).get("width")) == (f"/a/{name}", "60")
    assert Image.open(made.output / "a" / name).n_frames == 2


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="12" height="34px">', ("12", "34")),
        ("<?xml version='1.0'?><!-- <svg width='9' height='9'> --><svg viewBox='0 0 120 80'>", ("120", "80")),
        ('<svg width="60" viewBox="0 0 120 80">', ("60", "40")),
        ('<svg width="100%" height="100%" viewBox="0 0 120 80">', (None, None)),
        ('<svg width="12em" height="3em">', (None, None)),
        ("<svg>", (None, None)),
        ('<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="5" height="6">', ("5", "6")),
        ('<svg width="1e9" height="99999999">', (None, None)),
    ],
)
def test_a_drawing_says_how_large_it_is(tmp_path: Path, svg: str, size: tuple[str | None, str | None]) -> None:
    """From width and height, or from the view box where that is sound."""
    made = publish(tmp_path, site_with("d.svg", svg.encode()))
    assert (image_of(made).get("width"), image_of(made).get("height")) == size


BAD = {
    "empty": b"",
    "text": b"This is a text.",
    "cut short": saved(noise(1, 400, 300), "JPEG")[:4000],
    "half a PNG": saved(noise(1, 400, 300), "PNG")[:4000],
    "bomb": saved(Image.new("1", (20_000, 20_000)), "PNG"),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "script": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file",
}


@pytest.mark.parametrize("what", BAD)
def test_a_damaged_image_is_told_of_where_it_is_used_and_published_as_it_is(tmp_path: Path, what: str) -> None:
    """With line and column, once for each place, also when nothing has changed."""
    files = site_with("a.jpg", BAD[what], "Words.\n\nMore ![alt](a.jpg)\n", image="a.jpg")
    made = publish(tmp_path, files, clean=False)
    found = [(f.code, f.severity, f.span.path, f.span.line, f.span.column) for f in made.result.findings]
    wanted = [("IM101", "warning", "content/a/index.md", 4, 0), ("IM101", "warning", "content/a/index.md", 8, 6)]
    assert [each for each in found if each[0] != "CF105"] == wanted
    assert all(f.hint for f in made.result.findings)
    assert (made.output / "a/a.jpg").read_bytes() == BAD[what]
    assert (image_of(made).get("src"), image_of(made).get("width")) == ("/a/a.jpg", None)
    again = publish(tmp_path, clean=False)
    assert again.result.findings == made.result.findings
    again = publish(tmp_path, {"content/a/index.md": files["content/a/index.md"] + "\nMore.\n"}, clean=False)
    assert again.result.findings == made.result.findings


def test_images_in_assets_are_shown_from_everywhere(tmp_path: Path) -> None:
    """By their URL, or by the path from the post on; below a subpath as well."""
    photo = saved(noise(1, 200, 100), "JPEG", quality=95)
    body = "![one](/assets/art/p.jpg)\n\n![two](../../assets/art/p.jpg)"
    files: dict[str, str | bytes] = {
        "blogq.yaml": SMALL,
        "content/posts/a.md": post("A", "2026-01-01", body, image="/assets/art/p.jpg"),
        "assets/art/p.jpg": photo,
        "assets/paper.pdf": "PDF",
    }
    made = publish(tmp_path, files, base="https://blog.example/sub/")
    images = made.page("posts/a/index.html").xpath("//main//img/@src")
    assert len(set(images)) == 1 and images[0].startswith("/sub/assets/art/p")
    assert len(made.page("posts/a/index.html").xpath("//picture")) == 2
    assert "assets/paper.pdf" in made.paths
    assert made.meta("posts/a/index.html", "og:image") == "https://blog.example/sub/assets/art/p.jpg"


def test_assets_are_part_of_the_content_where_the_site_is_its_own_content_folder(tmp_path: Path) -> None:
    """As in blogs that come from elsewhere; and they are published once."""
    photo = saved(noise(1, 200, 100), "JPEG", quality=95)
    made = publish(
        tmp_path, {"blogq.yaml": SMALL, "a.md": post("A", "2026-01-01", "![p](/assets/p.jpg)"), "assets/p.jpg": photo}
    )
    assert len(sources_of(made)) == 3


def test_raw_html_and_images_from_elsewhere_stay_as_they_are(tmp_path: Path) -> None:
    """And so do images in static/, which are published byte for byte."""
    body = '<img src="a.jpg" alt="x">\n\n![y](https://other.example/b.jpg)\n\n![z](/c.jpg)'
    photo = camera_photo(200, 100, 1)
    made = publish(tmp_path, site_with("a.jpg", photo, body) | {"static/c.jpg": photo})
    page = made.page("a/index.html")
    assert page.xpath("//main//img/@src") == ["/a/a.jpg", "https://other.example/b.jpg", "/c.jpg"]
    assert not page.xpath("//picture")
    assert (made.output / "c.jpg").read_bytes() == photo


def test_feeds_get_one_image_that_every_reader_shows(tmp_path: Path) -> None:
    """A JPEG or PNG with an absolute address, width and height."""
    made = publish(tmp_path, site_with("a.webp", saved(noise(1, 800, 600), "WEBP", quality=90)))
    for feed in ("feed.xml", "atom.xml", "feed.json"):
        text = made.text(feed)
        assert "picture" not in text and "srcset" not in text
        assert "https://blog.example/a/a." in text and "-320.jpg" in text


def test_a_theme_shows_the_cover_of_a_post(tmp_path: Path) -> None:
    """With a size and attributes of its own, in lists and on the page; nothing where there is none."""
    template = '[{{ picture(page.cover, alt="A & B", sizes="100vw", class="cover", lazy=true) }}]'
    files = site_with("a.jpg", saved(noise(1, 800, 600, 24), "JPEG", quality=92), "Text.", image="a.jpg")
    files |= {
        "content/b.md": post("B", "2026-01-02"),
        "content/c.md": post("C", "2026-01-03", image="https://other.example/c.jpg"),
        "templates/post.html": template,
        "templates/home.html": "{% for item in page.posts %}{{ picture(item.cover) }}{% endfor %}",
    }
    made = publish(tmp_path, files)
    image = made.page("a/index.html").xpath("//picture//img")[0]
    assert dict(image.attrib) | {"src": "", "srcset": ""} == {
        "src": "", "srcset": "", "sizes": "100vw", "width": "320", "height": "240", "alt": "A & B", "class": "cover",
        "loading": "lazy", "decoding": "async",
    }  # fmt: skip
    assert made.page("a/index.html").xpath("//source/@sizes") == ["100vw", "100vw"]
    assert made.text("b/index.html") == "[]"
    assert 'src="https://other.example/c.jpg"' in made.text("c/index.html")
    assert len(made.page("index.html").xpath("//img")) == 2


def test_pictures_in_headings_and_links_are_whole(tmp_path: Path) -> None:
    """In the table of contents as well."""
    body = "## ![sign](a.jpg) One\n\n[![in](a.jpg)](a.jpg)\n\n## Two\n\n## Three\n"
    made = publish(tmp_path, site_with("a.jpg", saved(noise(1, 200, 100), "JPEG", quality=95), body))
    assert "\0" not in made.text("a/index.html")
    assert made.page("a/index.html").xpath("//a[@href='/a/a.jpg']/picture//img")


def test_images_can_be_turned_off(tmp_path: Path) -> None:
    """Then nothing is looked at, and nothing made."""
    files = site_with("a.jpg", b"no image", config="images: {enabled: false}\ntitle: T\n")
    made = publish(tmp_path, files)
    assert image_of(made).get("src") == "/a/a.jpg"
    assert not (tmp_path / ".blogq/images").exists()


# What is kept.


def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that will hold the files of which something is made."""
    seen: list[str] = []
    real = blogq.images.gallery._made

    def made(task: Any, file: Any, known: Any) -> Any:
        seen.append(file.path)
        return real(task, file, known)

    monkeypatch.setattr(blogq.images.gallery, "_made", made)
    return seen


def test_nothing_is_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not after other edits, for a lost manifest or a copy under another name; but for another version."""
    import shutil

    seen = encoded(monkeypatch)
    photo = saved(noise(1, 400, 300), "JPEG", quality=92)
    files = site_with("a.jpg", photo)
    first = publish(tmp_path, files).files()
    assert seen == ["a/a.jpg"]
    publish(tmp_path, {"content/a/index.md": files["content/a/index.md"].replace("Words", "Others")})
    publish(tmp_path, {"content/b/index.md": post("B", "2026-01-02", "![x](x.jpg)"), "content/b/x.jpg": photo})
    for path in (tmp_path / ".blogq").glob("out-*"):
        path.unlink()
    shutil.rmtree(tmp_path / "_site")
    (tmp_path / ".blogq/memo").unlink()
    again = publish(tmp_path).files()
    assert seen == ["a/a.jpg"]
    assert {path: data for path, data in again.items() if path.startswith("a/a.")} == {
        path: data for path, data in first.items() if path.startswith("a/a.")
    }
    monkeypatch.setattr("blogq.images.use.imaging_version", lambda: "another")
    monkeypatch.setattr("blogq.build.imaging_version", lambda: "another")
    publish(tmp_path)
    assert len(seen) == 2
    assert len(list((tmp_path / ".blogq/images").iterdir())) == 1 + 9, "what the old version made is gone"


def test_a_new_width_makes_that_width_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the same bytes as if all had been made at once."""
    from blogq.images import encode

    made: list[tuple[str, int]] = []
    real = encode._encoded

    def encoding(image: Any, recipe: Any, flat: bool) -> bytes:
        made.append((recipe.format, recipe.width))
        return real(image, recipe, flat)

    monkeypatch.setattr(encode, "_encoded", encoding)
    publish(tmp_path, site_with("a.jpg", saved(noise(1, 400, 300), "JPEG", quality=92)))
    made.clear()
    found = publish(tmp_path, {"blogq.yaml": SMALL.replace("160", "160, 240")}).files()
    assert sorted(made) == [("avif", 240), ("jpeg", 240), ("webp", 240)]
    (tmp_path / "elsewhere").mkdir()
    clean = publish(
        tmp_path / "elsewhere",
        site_with("a.jpg", saved(noise(1, 400, 300), "JPEG", quality=92), config=SMALL.replace("160", "160, 240")),
    )
    assert clean.files() == found


def test_what_is_no_longer_used_is_swept(tmp_path: Path) -> None:
    """From the output at once, from the store when its image is gone."""
    made = publish(tmp_path, site_with("a.jpg", saved(noise(1, 400, 300), "JPEG", quality=92)))
    store = tmp_path / ".blogq/images"
    assert len(list(store.iterdir())) == 1 + 9
    (store / "left.123.new").write_bytes(b"x")
    (tmp_path / "content/a/a.jpg").unlink()
    made = publish(tmp_path, {"content/a/index.md": post("A", "2026-01-01")})
    assert not [path for path in made.paths if path.startswith("a/a.")]
    assert [path.name for path in store.iterdir()] == ["table"]


@pytest.mark.parametrize("how", ["flip", "gone", "table"])
def test_damage_to_what_is_kept_is_mended(tmp_path: Path, how: str) -> None:
    """When it is needed again, the output is what it was."""
    import shutil

    first = publish(tmp_path, site_with("a.jpg", saved(noise(1, 400, 300), "JPEG", quality=92))).files()
    for path in (tmp_path / ".blogq/images").iterdir():
        if how == "gone":
            path.unlink()
        elif (how == "table") == (path.name == "table"):
            data = path.read_bytes()
            path.write_bytes(data[:-9] + bytes((data[-9] ^ 1,)) + data[-8:])
    shutil.rmtree(tmp_path / "_site")
    assert publish(tmp_path).files() == first


def test_workers_make_what_one_process_makes(tmp_path: Path) -> None:
    """Several images in several processes, the same bytes."""

    files: dict[str, str | bytes] = {"blogq.yaml": SMALL}
    for number in range(5):
        files[f"content/p{number}.md"] = post("P", "2026-01-01", f"![x](x{number}.png)")
        files[f"content/x{number}.png"] = saved(noise(number, 300, 200), "PNG")
    one = publish(tmp_path / "one", files).files()
    write(tmp_path / "two", files)
    build(Request(tmp_path / "two", NOW, None, {"base_url": "https://blog.example/"}, jobs=3))
    two = Published("", tmp_path / "two/_site", None).files()  # type: ignore[arg-type]
    assert one == two


def test_builds_without_new_images_do_not_load_pillow(tmp_path: Path) -> None:
    """Neither the one with nothing to do, nor that after an edited text or a new post."""
    files = site_with("a.jpg", saved(noise(1, 400, 300), "JPEG", quality=92))
    publish(tmp_path, files)
    script = """
        import sys
        from pathlib import Path
        from blogq.build import Request, build
        build(Request(Path(sys.argv[1]), 1798761600, None, {"base_url": "https://blog.example/"}, jobs=1))
        print("PIL" in sys.modules)
    """
    for change in (
        {},
        {"content/a/index.md": files["content/a/index.md"] + "\nMore."},
        {"content/n.md": "---\ndate: 2026-01-02\n---\nNew."},
    ):
        for path, text in change.items():
            (tmp_path / path).write_text(str(text))
        told = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert told.stdout.strip() == "False"


def test_mistakes_in_the_config_are_told_of(tmp_path: Path) -> None:
    """Each with its place and what to write."""
    config = "images:\n  widths: [0, wide]\n  formats: [heic]\n  quality: {avif: 101}\n  sizes: '<b>'\n  widht: [3]\n"
    made = publish(tmp_path, site_with("a.jpg", b"", config=config), clean=False)
    lines = [
        (f.span.line, f.code) for f in made.result.findings if f.span.path == "blogq.yaml" and f.severity == "error"
    ]
    assert lines == [(2, "CF103"), (2, "CF103"), (3, "CF103"), (4, "CF103"), (5, "CF103"), (6, "CF102")]
