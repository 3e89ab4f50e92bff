"""Seeded damage to posts: what a slip of the hand, a bad merge or a wrong editor does to a file."""

from __future__ import annotations

import random
from collections.abc import Callable


def _front(data: bytes) -> list[bytes]:
    """Return the lines of `data`, the first dozen of which are mostly front matter."""
    return data.split(b"\n")


def without_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = _front(data)
    del lines[chance.randrange(min(12, len(lines)))]
    return b"\n".join(lines)


def without_a_quote(data: bytes, chance: random.Random) -> bytes:
    places = [at for at, byte in enumerate(data[:2000]) if byte in b"\"'`"]
    if not places:
        return data.replace(b":", b"", 1)
    at = chance.choice(places)
    return data[:at] + data[at + 1 :]


def with_a_tab(data: bytes, chance: random.Random) -> bytes:
    lines = _front(data)
    at = chance.randrange(min(12, len(lines)))
    lines[at] = b"\t" + lines[at]
    return b"\n".join(lines)


def cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def with_bad_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice([b"\xe9", b"\xff\xfe", b"\x00", b"\xc3", b"\xed\xa0\x80"]) + data[at:]


def with_a_conflict(data: bytes, chance: random.Random) -> bytes:
    lines = _front(data)
    at = chance.randrange(min(14, len(lines)))
    mine = lines[at : at + 2]
    lines[at : at + 2] = [b"<<<<<<< HEAD", *mine, b"=======", *reversed(mine), b">>>>>>> feature/new-title"]
    return b"\n".join(lines)


def with_a_stray_sign(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(min(400, len(data)) + 1)
    sign = chance.choice([b": ", b"[", b"{", b"&", b"*", b"- ", b"%", b"@", b"\\", b"#", b"\n---\n", b"\n\n", b"|"])
    return data[:at] + sign + data[at:]


def with_two_lines_swapped(data: bytes, chance: random.Random) -> bytes:
    lines = _front(data)
    one, other = (chance.randrange(min(12, len(lines))) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def with_a_line_indented(data: bytes, chance: random.Random) -> bytes:
    lines = _front(data)
    at = chance.randrange(min(12, len(lines)))
    lines[at] = b" " * chance.choice([1, 2, 4, 7]) + lines[at].strip()
    return b"\n".join(lines)


def in_another_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig"]), "replace")


def with_other_line_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\r", b"\x0b\n"]))


def with_typographic_signs(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b'"', "”".encode()).replace(b"'", "’".encode()).replace(b"---", "—".encode(), 1)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    without_a_line,
    without_a_quote,
    with_a_tab,
    cut_short,
    with_bad_bytes,
    with_a_conflict,
    with_a_stray_sign,
    with_two_lines_swapped,
    with_a_line_indented,
    in_another_encoding,
    with_other_line_ends,
    with_typographic_signs,
)
"""All kinds; each is a function of the bytes and the generator alone."""


def damaged(data: bytes, seed: int) -> tuple[bytes, str]:
    """Return `data` with one or two kinds of damage, and what they are called."""
    chance = random.Random(seed)
    kinds = chance.sample(DAMAGES, chance.choice([1, 1, 2]))
    for kind in kinds:
        data = kind(data, chance)
    return data, ", ".join(kind.__name__ for kind in kinds)
