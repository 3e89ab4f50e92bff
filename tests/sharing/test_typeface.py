"""The fonts of share images: which they are, what they have, how wide it is, and lines that fit."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import ImageFont

from blogq.sharing.lines import fitted, readable
from blogq.sharing.typeface import FOLDER, FONTS, Font, NoFont, Typeface, bundled

LICENCE = "SIL OPEN FONT LICENSE Version 1.1"


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return Typeface(bundled())


def test_the_fonts_are_those_that_were_chosen_and_their_licences_are_there() -> None:
    assert {path.name for path in FOLDER.glob("*.ttf")} == FONTS.keys()
    for name, digest in FONTS.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    for family in ("inter", "noto-sans-hebrew", "noto-sans-arabic"):
        text = (FOLDER / f"{family}.LICENSE").read_text("utf-8")
        assert LICENCE.lower() in text.lower(), family


@pytest.mark.parametrize("name", FONTS)
def test_widths_are_those_that_another_reader_finds(name: str) -> None:
    """FreeType, without kerning, in the font's own units."""
    font, known = Font((FOLDER / name).read_bytes()), ImageFont.truetype(FOLDER / name, 1000)
    letters = "Ä1 Ωжé…" if name.startswith("Inter") else "שלום" if "Hebrew" in name else "مرحبا"
    for letter in letters:
        glyph = font.glyph(letter)
        assert glyph, letter
        assert font.width(glyph) * 1000 == pytest.approx(known.getlength(letter), abs=1.01), letter
    assert font.glyph("語") == 0


@pytest.mark.parametrize("data", [b"", b"\0" * 200, b"OTTO" + b"\xff" * 64])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(NoFont):
        Font(data)


def test_a_font_cut_short_is_refused_or_read(tmp_path: Path) -> None:
    """Whatever is left of it: no other error."""
    whole = (FOLDER / "NotoSansHebrew-Bold.ttf").read_bytes()
    for end in range(0, 8000, 97):
        try:
            Font(whole[:end]).glyph("ש")
        except NoFont:
            pass


def test_lines_fit_and_are_about_equally_long(typeface: Typeface) -> None:
    text = "What we learned from a pump that loses its prime overnight"
    found = fitted(text, typeface, 1040, [84, 62], 4)
    assert " ".join(found.lines) == text and found.size == 84
    widths = [typeface.width(line) * found.size for line in found.lines]
    assert max(widths) <= 1040
    assert min(widths) > 0.6 * max(widths)


def test_a_long_title_gets_smaller_and_is_cut_at_last(typeface: Typeface) -> None:
    text = "Words and words " * 30
    found = fitted(text, typeface, 1040, [84, 46], 4)
    assert found.size == 46 and len(found.lines) == 4
    assert found.lines[-1].endswith("…")
    assert all(typeface.width(line) * 46 <= 1040 for line in found.lines)
    one = fitted("Donaudampfschifffahrtsgesellschaftskapitän" * 3, typeface, 500, [60], 9)
    assert all(typeface.width(line) * 60 <= 500 for line in one.lines)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Release 2.0 🎉", "Release 2.0"),
        ("🧪️ Careful", "Careful"),
        ("日本語の題", ""),
        ("Tokyo 東京", ""),
        ("שלום, عالم, Καλημέρα, Привет, ça", "שלום, عالم, Καλημέρα, Привет, ça"),
        ("🎉🎉", ""),
        ("  a\n b ", "a b"),
    ],
)
def test_signs_that_no_font_has_are_left_out_and_letters_spoil_the_title(
    typeface: Typeface, title: str, shown: str
) -> None:
    assert readable(title, typeface) == shown
    assert bool(fitted(title, typeface, 900, [50], 3).lines) == bool(shown)


def test_japanese_is_broken_between_letters_but_not_before_a_full_stop() -> None:
    class Square(Typeface):
        def advance(self, character: str) -> float:
            return 1.0

    found = fitted("長い題名は。改行される。", Square([]), 5, [1], 9)
    assert "".join(found.lines) == "長い題名は。改行される。"
    assert not any(line.startswith("。") for line in found.lines)
    assert all(len(line) <= 5 for line in found.lines)
