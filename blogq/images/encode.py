"""Look at an image file with Pillow, and make smaller ones of it. The only module that imports Pillow.

Derivatives are turned upright, in sRGB, and hold nothing but the picture.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from blogq.images.examined import Derivative, Examined, Recipe, missing
from blogq.plan.pictures import scaled
from blogq.store.digest import NONE, digest

MOST_PIXELS = 90_000_000
"""An image with more is left as it is: unpacked it takes hundreds of megabytes (Pillow warns from 89.5 million on)."""
FLAT = 4096
"""An image with no more colours than this is a drawing or a screenshot rather than a photo."""

_KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
_READABLE = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_SWAPPED = frozenset((5, 6, 7, 8))
"""EXIF orientations that lay an image on its side."""
_SAVE: dict[str, dict[str, Any]] = {
    # Speed 6 saves a seventh of the bytes and takes four times as long (docs/speed.md).
    "avif": {"speed": 8, "max_threads": 1},
    "webp": {"method": 4},
    "jpeg": {"optimize": True, "progressive": True},
    "png": {"compress_level": 9},
}

Put = Callable[[Recipe, bytes], None]
"""Takes a derivative's bytes."""


def examine(data: bytes) -> Examined:
    """Return what the image `data` is, and whether it is whole."""
    if not data:
        return _wrong(data, "the file is empty\nput the image there once more")
    try:
        image = _opened(data)
        kind = _KINDS[image.format or ""]
        width, height = image.size
        if width * height > MOST_PIXELS:
            why = f"it has {width:,} × {height:,} pixels, more than {MOST_PIXELS // 1_000_000} million"
            return _wrong(data, f"{why}\nmake it smaller")
        if image.getexif().get(0x0112) in _SWAPPED:
            width, height = height, width
        animated = kind != "jpeg" and bool(getattr(image, "is_animated", False))
        alpha = image.has_transparency_data
        image.draft(None, (1, 1))
        image.load()
        return Examined(kind, width, height, len(data), alpha, animated, "", {})
    except Exception as error:  # Pillow raises nearly anything for files that aren't what they seem.
        return _wrong(data, _in_words(error, data))


def derive(data: bytes, image: Examined, wanted: list[Recipe], put: Put) -> Examined:
    """Make what is missing of `wanted`, give it to `put`, and return `image` with it; or with what is wrong with it."""
    todo = missing(image, wanted)
    made = {each[:2]: image.made[each[:2]] for each in wanted if each not in todo}
    if not todo:
        return image._replace(made=made)
    try:
        # Always from the same one, however little is missing: a derivative is a pure function of what its mark says.
        widest = todo[0].widest
        height = scaled(image.width, image.height, widest)
        picture = _picture(data, widest, height, image.width, image.height)
        flat = picture.getcolors(FLAT) is not None
        sizes = {picture.width: picture}
        for recipe in sorted(todo, key=lambda each: -each.width):
            if recipe.width not in sizes:
                size = (recipe.width, scaled(image.width, image.height, recipe.width))
                sizes[recipe.width] = picture.resize(size, Image.Resampling.LANCZOS)
            found = _encoded(sizes[recipe.width], recipe, flat)
            made[recipe[:2]] = Derivative(recipe.mark, len(found), digest(found) if found else NONE)
            if found:
                put(recipe, found)
    except OSError as error:
        if error.errno is not None:
            raise  # It is the disk that refuses.
        return _wrong(data, _in_words(error, data))
    except Exception as error:  # As above.
        return _wrong(data, _in_words(error, data))
    return image._replace(made=made)


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(data), formats=_READABLE)


def _picture(data: bytes, width: int, height: int, full_width: int, full_height: int) -> Image.Image:
    """Return the image `data`, upright, in sRGB, `width` × `height` pixels, with nothing else in it."""
    image = _opened(data)
    if image.format in ("JPEG", "MPO"):
        # The decoder halves it on the way, where that leaves enough of it.
        aside = (full_width, full_height) != image.size
        enough = (max(1, width * 6 // 5), max(1, height * 6 // 5))
        image.draft(None, enough[::-1] if aside else enough)
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.info.pop("exif", None)
    plain = _in_bytes(upright)
    if plain.size != (width, height):
        plain = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    plain = _in_srgb(plain, profile)
    if plain.mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info.clear()
    return plain


def _in_bytes(image: Image.Image) -> Image.Image:
    """Return an image with a byte for each of its channels: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits of grey: `convert` would cut them off instead of scaling them.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("L", "RGB", "CMYK") and not image.has_transparency_data:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("YCbCr", "LAB", "HSV"):
        return image.convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an image in sRGB; its colours are taken for that where it has no profile, or one that can't be read."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                alpha = image.getchannel("A") if image.mode == "RGBA" else None
                colours = image.convert("RGB") if alpha else image
                done = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                if done is not None:
                    if alpha:
                        done.putalpha(alpha)
                    return done
    return image.convert("RGB") if image.mode == "CMYK" else image


def _encoded(image: Image.Image, recipe: Recipe, flat: bool) -> bytes:
    """Return a derivative's bytes; none where the format can't hold the image, such as a WebP of 20,000 pixels."""
    options = dict(_SAVE[recipe.format])
    if recipe.format != "png":
        options["quality"] = recipe.quality
    if flat and recipe.format == "webp":
        options |= {"lossless": True, "quality": 70}
    elif flat and recipe.format == "avif":
        options["subsampling"] = "4:4:4"
    if recipe.format == "jpeg" and image.mode == "RGBA":
        image = image.convert("RGB")
    if recipe.format in ("avif", "webp") and image.mode == "L":
        image = image.convert("RGB")
    out = BytesIO()
    try:
        image.save(out, recipe.format.upper(), **options)
    except (OSError, ValueError, KeyError):  # The last where Pillow was built without the format.
        return b""
    return out.getvalue()


def _wrong(data: bytes, problem: str) -> Examined:
    return Examined("", 0, 0, len(data), False, False, problem, {})


def _in_words(error: Exception, data: bytes) -> str:
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        return f"it has more than {MOST_PIXELS // 1_000_000} million pixels\nmake it smaller"
    if isinstance(error, MemoryError):
        return "it takes more memory than there is\nmake it smaller"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return "it is a HEIC photo, which most browsers can't show\nexport it as JPEG, and name that one"
    if isinstance(error, UnidentifiedImageError):
        return "it is no JPEG, PNG, WebP, AVIF or GIF, whatever its name says\nexport it anew from where it comes from"
    return "the file is damaged or cut short\ncopy or export it once more"
