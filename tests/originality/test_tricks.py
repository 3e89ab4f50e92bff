"""What people do to a copied text so that it isn't recognised, and how much of it is found all the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from originality_texts import hidden, one_letter_homoglyphs, pasted, posts, replaced, shuffled

from blogq.originality import Passage, compare

GLYPHS = one_letter_homoglyphs()


def quarter(text: str, source: random.Random, glyphs: dict[str, list[str]]) -> str:
    """A text in which every fourth letter that has look-alikes is one of them."""
    return "".join(source.choice(glyphs[one]) if one in glyphs and source.random() < 0.25 else one for one in text)


TRICKS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, _: text,
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "random case": lambda text, source: "".join(source.choice((one.upper(), one.lower())) for one in text),
    "no punctuation": lambda text, _: re.sub(r"[^\w\s]", "", text),
    "other punctuation": lambda text, source: re.sub(r"[,;:]", lambda _: source.choice([" –", ",", " ·", "…"]), text),
    "curly quotes": lambda text, _: text.replace("'", "’").replace('"', "”").replace("-", "‐"),
    "one line": lambda text, _: " ".join(text.split()),
    "wide spacing": lambda text, source: re.sub(
        r"\s+", lambda _: source.choice(["  ", "\n", "\u00a0", "\u2003"]), text
    ),
    "no paragraphs": lambda text, _: text.replace("\n\n", " "),
    "invisible": hidden,
    "look-alikes": lambda text, source: quarter(text, source, GLYPHS),
    "look-alikes throughout": lambda text, source: "".join(source.choice(GLYPHS.get(one, [one])) for one in text),
    "digits": lambda text, _: text.replace("o", "0").replace("l", "1"),
    "accents": lambda text, source: "".join(
        one + (source.choice("\u0301\u0336\u0323") if one.isalpha() and source.random() < 0.2 else "") for one in text
    ),
}


def share(found: tuple[Passage, ...], start: int, end: int) -> float:
    """Share of the characters between two offsets that is in passages."""
    inside = set()
    for passage in found:
        inside.update(range(max(start, passage.start), min(end, passage.end)))
    return len(inside) / (end - start)


@pytest.mark.parametrize("trick", TRICKS)
def test_disguised_copies_are_found_whole(trick: str) -> None:
    """Half a post in the middle of another, disguised: each found wholly, as verbatim, and nothing else is."""
    source = random.Random(trick)
    for number in range(len(posts())):
        original = posts()[number]
        copy = TRICKS[trick](original[: len(original) // 2].rsplit(" ", 1)[0], source)
        text, start, end = pasted(copy, posts()[number - 1])
        found = compare(text, original)
        assert [passage.kind for passage in found] == ["verbatim"]
        assert share(found, start, end) > 0.99
        assert share(found, 0, start) < 0.01
        assert share(found, end, len(text)) < 0.01
        assert found[0].source_start == 0
        assert abs(found[0].source_end - len(original) // 2) < 40


@pytest.mark.parametrize("seed", range(3))
def test_copies_with_every_tenth_word_replaced(seed: int) -> None:
    source = random.Random(seed)
    shares = []
    for number in range(len(posts())):
        original = posts()[number]
        copy = replaced(original[: len(original) // 2].rsplit(" ", 1)[0], 0.1, source)
        text, start, end = pasted(copy, posts()[number - 1])
        shares.append(share(compare(text, original), start, end))
    assert sum(shares) / len(shares) >= 0.95
    assert min(shares) >= 0.9


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_sentences(seed: int) -> None:
    source = random.Random(seed)
    shares = []
    for number in range(len(posts())):
        original = posts()[number]
        copy = shuffled(original[: len(original) // 2].rsplit(". ", 1)[0] + ".", source)
        text, start, end = pasted(copy, posts()[number - 1])
        shares.append(share(compare(text, original), start, end))
    assert sum(shares) / len(shares) >= 0.95
    assert min(shares) >= 0.9


def test_different_posts_have_nothing_in_common() -> None:
    found = [
        compare(one, other) for number, one in enumerate(posts()) for other in posts()[:number] + posts()[number + 1 :]
    ]
    assert len(found) > 50
    assert [passages for passages in found if passages] == []
