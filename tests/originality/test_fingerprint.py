"""Fingerprints are the same everywhere, don't see disguises, and meet wherever seven words in a row are the same."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.originality import fingerprint
from blogq.originality.fingerprint import Fingerprints, fingerprints

TEXT = (
    "Fingerprints of a text are a few hashes of its words, by which texts that share a passage find each other.",
    "",
    "Straße, naïve, 東京 and Привет count as well; so do 42 numbers.",
)
WORDS = st.text(alphabet=st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1, max_size=9)


def runs(found: Fingerprints) -> set[int]:
    return set(found.hashes[found.runs].tolist())


def same(one: str, other: str) -> bool:
    first, second = fingerprints([one]), fingerprints([other])
    return first.hashes.tolist() == second.hashes.tolist() and first.words == second.words


def test_golden() -> None:
    """Whoever changes these raises `VERSION` as well: indexes that were made with others would find nothing."""
    found = fingerprints(TEXT)
    assert fingerprint.VERSION == 1
    assert found.hashes.tolist() == GOLDEN
    assert found.parts.tolist() == PARTS
    assert int(found.runs.sum()) == 13
    assert found.words == (21, 0, 13)


GOLDEN = [
    1490659822, 1360824497, 830940266, 1115842435, 1134711431, 1906359602, 1222106824, 995853141,
    2080826039, 2151028938, 1755595575, 1561617634, 1073244697, 608942336, 815478659, 564169721,
]  # fmt: skip
PARTS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 2]


@given(st.lists(WORDS, max_size=30), st.lists(WORDS, min_size=7, max_size=9), st.lists(WORDS, max_size=30), st.data())
def test_seven_words_in_a_row_share_a_run(
    before: list[str], copied: list[str], after: list[str], data: st.DataObject
) -> None:
    count = sum(fingerprints([" ".join(copied)]).words)
    if count < 7:
        return
    text = fingerprints([" ".join([*before, *copied]), " ".join(after)])
    at = data.draw(st.integers(0, len(copied)))
    other = fingerprints(["So it was said:", " ".join(copied[:at]), " ".join([*copied[at:], "and", "no", "more"])])
    assert runs(text) & runs(other)


@given(st.lists(WORDS, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_punctuation_and_spacing_change_nothing(words: list[str], source: random.Random) -> None:
    plain = " ".join(words)
    assert same(plain, "".join(source.choice([" ", ", ", " — ", "\n", "\u00a0", "… "]) + word for word in words))


LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéöñçåø", min_size=1, max_size=9)
CYRILLIC = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=9)


@given(st.lists(st.one_of(LATIN, CYRILLIC), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_case_changes_nothing(words: list[str], source: random.Random) -> None:
    plain = " ".join(words)
    assert same(plain, plain.upper())
    assert same(plain, plain.title())
    assert same(plain, "".join(source.choice((one.upper(), one)) for one in plain))


@given(st.lists(st.text(alphabet="abcdefghjkmopqrstuvwxyz", min_size=2, max_size=9), min_size=4, max_size=25),
       st.randoms(use_true_random=False))  # fmt: skip
def test_what_cannot_be_seen_changes_nothing(words: list[str], source: random.Random) -> None:
    hidden = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u2060\u2064\ufe0f\ufeff\U000e0041"
    disguised = " ".join("".join(one + source.choice(["", source.choice(hidden)]) for one in word) for word in words)
    assert same(" ".join(words), disguised)


def of_unicode() -> dict[str, list[str]]:
    """Letters whose names in Unicode say that they are a Latin one in another typeface: not from blogq's own table."""
    found: dict[str, list[str]] = {}
    for code in range(0x80, 0x1F200):
        name = unicodedata.name(chr(code), "")
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain.isascii() and plain.isalpha() and ("MATHEMATICAL" in name or "FULLWIDTH" in name):
            found.setdefault(plain.lower(), []).append(chr(code))
    for letter, glyphs in zip("aceopxyijs", ["а", "с", "е", "оο", "р", "х", "у", "і", "ј", "ѕ"], strict=True):
        found[letter] += glyphs
    return found


LOOKS = of_unicode()


@given(st.lists(st.text(alphabet="abcdefghjkmopqrstuvwxyz", min_size=3, max_size=9), min_size=4, max_size=25),
       st.randoms(use_true_random=False))  # fmt: skip
def test_look_alikes_change_nothing(words: list[str], source: random.Random) -> None:
    """One letter of each word stays what it is, so that the word is Latin."""
    disguised = " ".join(
        word[0] + "".join(source.choice(LOOKS[one]) if source.random() < 0.4 else one for one in word[1:])
        for word in words
    )
    assert same(" ".join(words), disguised)


def test_parts() -> None:
    """Runs reach from one part into the next; each counts where it begins, and empty parts have none."""
    found = fingerprints(["one two three", "", "four five six", "seven eight nine ten eleven twelve"])
    whole = fingerprints(["one two three four five six seven eight nine ten eleven twelve"])
    assert found.hashes.tolist() == whole.hashes.tolist()
    assert found.words == (3, 0, 3, 6)
    assert set(found.parts.tolist()) <= {0, 2, 3}
    assert whole.words == (12,)


@pytest.mark.parametrize("parts", [[], [""], ["one"], ["one two three"], ["— … !", "\u200b"], ["one", "two", "three"]])
def test_too_short(parts: list[str]) -> None:
    found = fingerprints(parts)
    assert len(found.hashes[found.runs]) == 0
    assert len(found.words) == len(parts)


def test_four_words_are_a_run() -> None:
    assert len(runs(fingerprints(["a b c d"]))) == 1


def test_pairs_find_words_in_another_order() -> None:
    one = fingerprints(["harbour lantern"])
    other = fingerprints(["the lanterns of the harbours"])
    assert one.hashes[~one.runs].tolist() == other.hashes[~other.runs].tolist() != []


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "x" * 1_000_000, "\u0301" * 500_000, "\ud800 a \udfff b " * 100_000, "猫" * 300_000,
     "a'" * 500_000, "a\u200b" * 300_000, " ".join(map(str, range(150_000)))],
    ids=["one word", "no blanks", "marks", "surrogates", "ideographs", "apostrophes", "invisible", "numbers"],
)  # fmt: skip
def test_a_megabyte_of_anything(text: str) -> None:
    begin = time.process_time()
    fingerprints([text])
    assert time.process_time() - begin < 6


def test_more_words_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that were forgotten are found again."""
    monkeypatch.setattr(fingerprint, "_LARGEST", 10)
    text = "one two three four five six seven"
    expected = fingerprints([text]).hashes.tolist()
    for number in range(40):
        fingerprints([f"w{number} w{number + 1}"])
        assert fingerprints([f"{text} w{number}"[: len(text)]]).hashes.tolist() == expected
