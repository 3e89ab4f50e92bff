"""Image files as cameras and programs make them."""

from __future__ import annotations

import random
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms


def noise(seed: int, width: int = 60, height: int = 40, grain: int = 6) -> Image.Image:
    """Return an image that compresses as badly as a photo, with spots of about `grain` pixels."""
    across, down = max(2, width // grain), max(2, height // grain)
    small = Image.frombytes("RGB", (across, down), random.Random(seed).randbytes(across * down * 3))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    """Return an image as a file."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def camera_photo(width: int, height: int, orientation: int) -> bytes:
    """Return a JPEG whose left half is reddish, with all that phones write into one: also behind its end."""
    image = noise(7, width, height)
    image.paste(Image.blend(image.crop((0, 0, width // 2, height)), Image.new("RGB", (width // 2, height), "red"), 0.7))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "SecretCam", "thumbnail", orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (52.0, 31.0, 12.0), "E", (13.0, 24.0, 36.0)
    data = saved(image, "JPEG", quality=92, exif=exif, comment="remark", xmp=b"<x>http://ns.adobe.com/xap/1.0/</x>")
    return data + b"hidden"


@cache
def _profile() -> bytes:
    """Return the profile of a space of colours whose red and green are swapped: nothing looks right without it."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = srgb.index(b"rXYZ"), srgb.index(b"gXYZ")
    srgb[red : red + 4], srgb[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(srgb).replace(b"s\0R\0G\0B", b"x\0R\0G\0B").replace(b"\0s\0R\0G\0B", b"\0x\0R\0G\0B")


def with_profile(image: Image.Image) -> bytes:
    """Return a JPEG in that space."""
    return saved(image, "JPEG", quality=95, icc_profile=_profile())
