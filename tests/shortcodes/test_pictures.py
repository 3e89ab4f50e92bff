"""Pictures that shortcodes show: in all their sizes, like those written in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from shortcode_sites import made, photo, post

WIDE = photo(600, 40)
OTHER = photo(600, 90)
SIZES = "title: The site\nbase_url: https://example.org/sub/\nimages: {widths: [200, 400]}\n"


def test_a_figure_offers_what_an_image_in_markdown_does(tmp_path: Path) -> None:
    """By name or position; only the loading differs, which the first image of a text doesn't wait with."""
    text = "![A](photo.jpg)\n\n{{< figure src=photo.jpg alt=A >}}\n\n{{< figure photo.jpg A >}}"
    site = made(tmp_path, text, {"content/posts/photo.jpg": WIDE, "blogq.yaml": SIZES})
    first, second, third = re.findall(r"<picture>.*?</picture>", site.text())
    assert second == third == first.replace(' alt="A"', ' alt="A" loading="lazy" decoding="async"')
    urls = re.findall(r"/sub(/posts/photo\.\S+) \d+w", first)
    assert len(urls) >= 4 and all((site.folder / f"_site{url}").is_file() for url in urls)
    assert 'type="image/avif"' in first and 'width="400" height="27"' in first


def test_an_image_named_only_in_a_shortcode_is_made_smaller(tmp_path: Path) -> None:
    """And in feeds it is one image at a whole address."""
    site = made(
        tmp_path,
        "{{< figure photo.jpg width=150 height=10 loading=eager >}}",
        {"content/posts/photo.jpg": WIDE, "blogq.yaml": SIZES},
    )
    (image,) = re.findall(r"<img[^>]*>", site.text())
    assert ' sizes="150px"' in image and image.endswith(' alt="" width="150" height="10">')
    assert '<img src=\\"https://example.org/sub/posts/photo.' in site.feed()
    assert "srcset" not in site.feed() and "<picture>" not in site.feed()


def test_a_shortcode_of_one_s_own_shows_pictures(tmp_path: Path) -> None:
    """Whatever the argument is called; what leads elsewhere or isn't there is an address, and nothing is nothing."""
    template = '{% for key in ("before", 0, 1, "none") %}{{ picture(call.image(key), class="a", id="") }};{% endfor %}'
    site = made(
        tmp_path,
        "In {{< pair photo.jpg https://x.example/y.png before=photo.jpg >}}",
        {"shortcodes/pair.html": template},
    )
    own = '<img src="/sub/posts/photo.jpg" width="8" height="6" alt="" class="a">'
    assert site.text() == f'<p>In {own};{own};<img src="https://x.example/y.png" alt="" class="a">;;</p>'


def test_of_what_a_shortcode_only_leads_to_nothing_is_made(tmp_path: Path) -> None:
    site = made(
        tmp_path,
        "{{< figure /logo.svg link=photo.jpg >}}\n\n{{< video src=a.mp4 poster=photo.jpg >}}",
        {
            "content/posts/photo.jpg": WIDE,
            "content/posts/a.mp4": "",
            "static/logo.svg": "<svg/>",
            "blogq.yaml": SIZES,
        },
    )
    assert [path.name for path in (site.folder / "_site/posts").glob("photo*")] == ["photo.jpg"]
    assert site.said("LK001") == []


def test_another_image_under_the_same_name_is_shown(tmp_path: Path) -> None:
    """On the page, in lists and in feeds, though no text has changed."""
    site = made(tmp_path, "In {{< figure photo.jpg >}}", {"content/posts/photo.jpg": WIDE, "blogq.yaml": SIZES})
    site.write({"content/posts/photo.jpg": OTHER})
    assert 'height="60"' in site.text() and 'height="60"' in site.page("") and 'height=\\"60\\"' in site.feed()


def test_a_damaged_image_is_said_where_the_shortcode_stands(tmp_path: Path) -> None:
    site = made(tmp_path, "One.\n\nIn {{< figure photo.jpg >}}", {"content/posts/photo.jpg": WIDE[:200]})
    (finding,) = site.said("IM101")
    assert (finding.span.path, finding.span.line, finding.span.column) == ("content/posts/x.md", 7, 4)
    assert '<img src="/sub/posts/photo.jpg"' in site.text()


def test_a_missing_image_is_said_once(tmp_path: Path) -> None:
    site = made(tmp_path, "{{< figure gone.jpg >}}")
    (finding,) = site.said("LK001")
    assert finding.message.startswith("the image gone.jpg isn't there")


def test_an_edit_below_keeps_the_pictures(tmp_path: Path) -> None:
    """Also where nothing but texts has changed since the last build."""
    text = "{{< figure photo.jpg >}}"
    site = made(tmp_path, text, {"content/posts/photo.jpg": WIDE, "blogq.yaml": SIZES})
    before = site.text()
    site.write({"content/posts/x.md": post(f"{text}\n\nMore.")})
    assert site.text() == f"{before}\n<p>More.</p>"
