"""Small images of all sorts, and some that are none, as bytes."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image


def noise(seed: int, width: int = 60, height: int = 40) -> Image.Image:
    """Return an image that compresses as badly as a photo."""
    small = Image.frombytes("RGB", (width // 4, height // 4), random.Random(seed).randbytes(width * height * 3 // 16))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    """Return an image as a file."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    return saved(noise(3), "JPEG", quality=95, exif=exif)


PHOTO = saved(noise(1), "JPEG", quality=95)
OTHER = saved(noise(2, 48, 64), "JPEG", quality=95)
IMAGES: tuple[bytes | None, ...] = (
    PHOTO,
    OTHER,
    _turned(),
    saved(noise(4), "PNG"),
    saved(noise(5), "GIF", save_all=True, append_images=[noise(6)]),
    PHOTO[: len(PHOTO) // 2],
    b"no image",
    b"",
    None,
)
