"""Texts as they are kept: given back as they were, with their places in the file."""

from __future__ import annotations

from zlib import compress
from zlib import error as zlib_error

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.originality.material import Material, Part, packed, unpacked

MARKS = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99), st.integers(0, 99)), max_size=3).map(tuple)
MATERIALS = st.builds(
    Material,
    st.lists(st.builds(Part, st.text(st.characters(), max_size=30), MARKS), max_size=4).map(tuple),
    st.integers(0, 9),
)


@given(MATERIALS)
def test_round_trip(material: Material) -> None:
    assert unpacked(packed(material)) == material


def test_surrogates() -> None:
    material = Material((Part("a \ud800 b"),))
    assert unpacked(packed(material)) == material


@pytest.mark.parametrize(
    "data", [b"", b"nothing", compress(b"[]"), compress(b"{"), compress(b"[1, 2]"), compress(b"\xff")]
)
def test_anything_else(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError, zlib_error)):
        unpacked(data)


def test_places() -> None:
    """Marks say where text and file run side by side; column 0 says that only the line is known."""
    material = Material((Part("first part", ((0, 3, 5), (6, 4, 1))), Part("second", ((0, 9, 0),)), Part("third")))
    text = material.text
    assert text == "first part\n\nsecond\n\nthird"
    assert material.place(0) == (3, 5)
    assert material.place(3) == (3, 8)
    assert material.place(text.index("part")) == (4, 1)
    assert material.place(text.index("second") + 2) == (9, 0)
    assert material.place(text.index("third")) == (0, 0)
    assert material.starts() == [0, text.index("second"), text.index("third")]
    assert Material(()).place(4) == (0, 0)
