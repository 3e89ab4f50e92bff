"""Pictures as pages show them: the sizes and formats in which an image file is published, and the HTML for it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from blogq.library.links import Targets, resolve
from blogq.library.permalinks import quoted
from blogq.library.site import Site
from blogq.pattern import Pattern
from blogq.plan.view_parts import ImageView, SourceView

ABSOLUTE = Pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""The beginning of an address that is not on the site."""
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
"""Media type of each format that derivatives are made in."""
_ENDINGS = {"jpeg": "jpg"}
_LONGEST_STEM = 200
"""Bytes of a file's name that the names of its derivatives keep, so that there is room for what is added."""
_ATTRIBUTE = r'\s{}="([^"]*)"'
_WIDTH, _HEIGHT, _SIZES, _LOADING = (
    Pattern(_ATTRIBUTE.format(name)) for name in ("width", "height", "sizes", "loading")
)
IMAGE = Pattern('<img src="\0i([^\0]*)\0"([^>]*)>')
"""An image as the Markdown reader leaves it: its target, then its other attributes."""


class Candidates(NamedTuple):
    """The derivatives of one format."""

    format: str
    mark: str
    """Fingerprint of everything that they are made of; part of their names."""
    widths: tuple[int, ...]
    """In pixels, ascending."""
    whole: bool = False
    """Whether the file itself is the widest of the format; else the last of `widths` is."""


class Picture(NamedTuple):
    """An image file of the site, and what there is of it."""

    url: str
    """Of the file itself: root-relative, as people read it."""
    width: int
    """In pixels, as it is seen: turned as its metadata say. 0 where it isn't known."""
    height: int
    better: tuple[Candidates, ...] = ()
    """Derivatives for browsers that read their formats, the best format first."""
    usual: Candidates = Candidates("", "", (), True)
    """What every browser reads."""

    def shown(self) -> tuple[str, int, int]:
        """Return URL, width and height of what every browser can show, in the largest size that pages use."""
        if self.usual.whole:
            return self.url, self.width, self.height
        width = self.usual.widths[-1]
        return derivative_url(self.url, self.usual, width), width, scaled(self.width, self.height, width)


def urls_of(site: Site, targets: Targets, index: int, target: str) -> tuple[str, str]:
    """Return the URLs at which the image `target` of an entry may be: as text and front matter say it, as people read.

    Front matter may also name it from the site's root on.
    """
    url = resolve(site, targets, index, target)[0]
    return unquote(url), f"/{unquote(target)}"


def picture_of(
    pictures: Mapping[str, Picture], site: Site, targets: Targets, index: int, target: str
) -> Picture | None:
    """Return what there is of the image `target` of an entry; None where nothing is known of it."""
    if not pictures:
        return None
    first, second = urls_of(site, targets, index, target)
    return pictures.get(first) or pictures.get(second)


def scaled(width: int, height: int, to: int) -> int:
    """Return the height of an image of `width` × `height` pixels when it is made `to` pixels wide."""
    return max(1, (2 * to * height + width) // (2 * width))


def derivative_url(url: str, candidates: Candidates, width: int) -> str:
    """Return the URL of a derivative: `/a/photo.jpg` → `/a/photo.1a2b3c4d-800.avif`."""
    folder, _, name = url.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if len(stem) > _LONGEST_STEM // 4:
        stem = stem.encode("utf-8", "surrogatepass")[:_LONGEST_STEM].decode("utf-8", "ignore")
    return f"{folder}/{stem}.{candidates.mark}-{width}.{_ENDINGS.get(candidates.format, candidates.format)}"


def image_view(picture: Picture, prefix: str, sizes: str) -> ImageView:
    """Return what templates see of a picture; `prefix` is the subpath of the site, `sizes` the config's."""

    def srcset(candidates: Candidates) -> list[str]:
        found = [f"{prefix}{quoted(derivative_url(picture.url, candidates, w))} {w}w" for w in candidates.widths]
        return [*found, f"{prefix}{quoted(picture.url)} {picture.width}w"] if candidates.whole else found

    url, width, height = picture.shown()
    usual = srcset(picture.usual)
    return ImageView(
        prefix + quoted(url),
        width,
        height,
        ", ".join(usual) if len(usual) > 1 else "",
        tuple(SourceView(TYPES[each.format], ", ".join(srcset(each))) for each in picture.better),
        sizes,
    )


def picture_html(image: ImageView, attributes: str, sizes: str = "", lazy: bool = False) -> str:
    """Return an image as HTML: `<picture>` where there are better formats, else `<img>`.

    `attributes` are further attributes of the `<img>` as they stand in HTML, beginning with a space: ` alt="…"`. Those
    that it names are not added once more. `sizes` says how wide the image is shown where that isn't what the config
    says; `lazy` has it loaded only when it comes into view.
    """
    own = _WIDTH.search(attributes)
    if given := _SIZES.search(attributes):
        sizes = given[1]
        attributes = attributes.replace(given[0], "", 1)
    else:
        wide = f"{own[1]}px" if own and own[1].isdigit() else ""
        sizes = escape(sizes or wide or image.sizes)
    measures = f' width="{image.width}" height="{image.height}"' if image.width else ""
    if own or _HEIGHT.search(attributes):
        measures = ""
    if lazy and not _LOADING.search(attributes):
        attributes += ' loading="lazy" decoding="async"'
    sizes = f' sizes="{sizes}"'
    srcset = f' srcset="{escape(image.srcset)}"{sizes}' if image.srcset else ""
    tag = f'<img src="{escape(image.url)}"{srcset}{measures}{attributes}>'
    if not image.sources:
        return tag
    sources = "".join(
        f'<source type="{source.type}" srcset="{escape(source.srcset)}"{sizes}>' for source in image.sources
    )
    return f"<picture>{sources}{tag}</picture>"


def plain_html(picture: Picture, base: str, attributes: str) -> str:
    """Return an image as one `<img>`, for readers of feeds; `base` is scheme, host and subpath of the site."""
    url, width, height = picture.shown()
    measures = f' width="{width}" height="{height}"' if width else ""
    if _WIDTH.search(attributes) or _HEIGHT.search(attributes):
        measures = ""
    return f'<img src="{escape(base + quoted(url))}"{measures}{attributes}>'
