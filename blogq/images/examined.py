"""What is known of an image file, by its content: what it is, and what was made of it; and which of that pages offer.

Kept in the store as one table, `.blogq/images/table`, and the derivatives beside it under names of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from blogq.config.schema import Images
from blogq.plan.pictures import Candidates, Picture
from blogq.store.columns import Damaged, Table, strings, write
from blogq.store.digest import SIZE, compose

TABLE = "table"
NEAR = 1.1
"""A derivative less than this much narrower than the image, or than the next one, isn't worth having."""
WORTH = 300
"""Bytes that a better format must save: what offering it takes in the page."""
EVERYWHERE = frozenset(("jpeg", "png", "gif"))
"""Formats that every browser and feed reader shows."""


class Recipe(NamedTuple):
    """A derivative to be made."""

    format: str
    """`avif`, `webp`, `jpeg` or `png`."""
    width: int
    """Pixels."""
    quality: int
    mark: str
    """Fingerprint of all that it is made of: content, format, quality, encoder, and what it is made smaller from."""
    widest: int
    """Width of the largest derivative of the image, from which the others are made."""


class Derivative(NamedTuple):
    """A derivative that was made."""

    mark: str
    size: int
    """Bytes; 0 where the format can't hold the image."""
    digest: bytes
    """Of the bytes."""


class Examined(NamedTuple):
    """An image file."""

    kind: str
    """`jpeg png webp avif gif svg`; empty where it is none of them, or damaged."""
    width: int
    """In pixels, as it is seen: turned as its metadata say."""
    height: int
    size: int
    """Bytes."""
    alpha: bool
    """Whether parts of it are transparent."""
    animated: bool
    problem: str
    """What is wrong with it, as a clause, and what to do about it, after a line break; or empty."""
    made: Mapping[tuple[str, int], Derivative]
    """By format and width."""

    @property
    def is_left_alone(self) -> bool:
        """Whether nothing is made of it: it scales by itself, it moves, or something is wrong with it."""
        return bool(self.problem) or self.animated or self.kind == "svg"


def ladder(width: int, widths: tuple[int, ...]) -> list[int]:
    """Return the widths in which an image of `width` pixels is published: never wider than it is, and not too near."""
    widest = min(width, widths[-1])
    return [each for each in widths if each * NEAR <= widest] + [widest]


def recipes(image: Examined, options: Images, source: bytes, encoder: str) -> list[Recipe]:
    """Return what is to be made of an image whose bytes have the digest `source`."""
    if image.is_left_alone:
        return []
    qualities = {"avif": options.quality.avif, "webp": options.quality.webp, "jpeg": options.quality.jpeg, "png": 0}
    usual = "png" if image.alpha or image.kind in ("png", "gif") else "jpeg"
    rungs = ladder(image.width, options.widths)
    wanted = [(format, width) for format in options.formats for width in rungs]
    wanted += [(usual, width) for width in rungs if width < image.width or image.kind not in EVERYWHERE]
    marks = {
        format: compose((source,), format, str(qualities[format]), str(rungs[-1]), encoder).hex()[:8]
        for format in (*options.formats, usual)
    }
    return [
        Recipe(format, width, qualities[format], marks[format], rungs[-1])
        for format, width in wanted
        # In its own format and size the file itself does.
        if format != image.kind or width < image.width
    ]


def missing(image: Examined, wanted: list[Recipe]) -> list[Recipe]:
    """Return what has not been made yet."""
    found = image.made
    return [each for each in wanted if (known := found.get(each[:2])) is None or known.mark != each.mark]


def picture(url: str, image: Examined, options: Images, wanted: list[Recipe]) -> Picture:
    """Return what pages offer of an image that stands at `url`.

    No derivative that has more bytes than the file itself; and a better format only where it saves bytes worth
    mentioning in the largest size.
    """
    if image.is_left_alone:
        return Picture(url, image.width, image.height)
    widest = min(image.width, options.widths[-1])
    made = {each[:2]: image.made[each[:2]] for each in wanted if image.made[each[:2]].size}

    def of(format: str, most: int) -> dict[int, Derivative]:
        return {width: each for (kind, width), each in made.items() if kind == format and each.size < most}

    # A format that not everybody can show needs another beside it, even a larger one.
    known = image.kind in EVERYWHERE
    usual_format = next((each.format for each in wanted if each.format in ("jpeg", "png")), "")
    derivatives = of(usual_format, image.size if known else 1 << 60)
    usual = _candidates(usual_format, derivatives, widest not in derivatives)
    most = derivatives[widest].size if widest in derivatives else image.size
    better: list[Candidates] = []
    for format in reversed(options.formats):
        derivatives = of(format, image.size)
        whole = format == image.kind and widest == image.width
        size = image.size if whole else derivatives[widest].size if widest in derivatives else most
        if size + WORTH < most:
            most = size
            better.insert(0, _candidates(format, derivatives, whole))
    return Picture(url, image.width, image.height, tuple(better), usual)


def _candidates(format: str, derivatives: Mapping[int, Derivative], whole: bool) -> Candidates:
    mark = next((each.mark for each in derivatives.values()), "")
    return Candidates(format, mark, tuple(sorted(derivatives)), whole)


def offered(shown: Picture) -> Iterator[tuple[Candidates, int]]:
    """Yield every derivative that pages offer of a picture."""
    for candidates in (*shown.better, shown.usual):
        for width in candidates.widths:
            yield candidates, width


def file_name(source: bytes, mark: str, width: int, format: str) -> str:
    """Return the name of a derivative in the store."""
    return f"{source.hex()}-{mark}-{width}.{format}"


def load_table(folder: Path) -> dict[bytes, Examined]:
    """Return what is known, by digest of the images' bytes: nothing where the table is lost or damaged."""
    try:
        table = Table(folder / TABLE)
        table.check()
        rows = zip(table.digests("source"), table.strings("image"), strict=True)
        return {source: _decoded(json.loads(row)) for source, row in rows}
    except (OSError, Damaged, ValueError, KeyError, TypeError):
        return {}


def save_table(folder: Path, images: Mapping[bytes, Examined]) -> None:
    """Write the table; OSError when the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(images)
    rows = [json.dumps(_encoded(images[source]), separators=(",", ":")) for source in sources]
    write(folder / TABLE, {}, {"source": b"".join(sources), "image": strings(rows)})


def _encoded(image: Examined) -> list[Any]:
    made = [[*key, each.mark, each.size, each.digest.hex()] for key, each in sorted(image.made.items())]
    return [*image[:-1], made]


def _decoded(row: list[Any]) -> Examined:
    kind, width, height, size, alpha, animated, problem, made = row
    derivatives = {
        (str(format), int(at)): Derivative(str(mark), int(bytes_), bytes.fromhex(found))
        for format, at, mark, bytes_, found in made
    }
    if any(len(each.digest) != SIZE for each in derivatives.values()):
        raise ValueError("digest")
    return Examined(
        str(kind), int(width), int(height), int(size), bool(alpha), bool(animated), str(problem), derivatives
    )
