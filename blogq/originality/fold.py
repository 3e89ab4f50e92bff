"""Words as they are compared: how a word looks, whatever characters it was written with.

Two spellings that look the same fold to the same key: case, compatibility forms (𝐛𝐨𝐥𝐝, ｗｉｄｅ, ﬁ), accents, what
can't be seen, and letters of one script that pass for those of another (Unicode's UTS #39). Keys are for
comparing and nothing else; both texts are folded alike, so that a Russian word meets the same Russian word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

_TABLE = Path(__file__).parent / "data" / "confusables.z"

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) and the interlinear marks, as ranges of a regular
expression's class."""

_NOT_EVASION = "\u00ad\u200c\u200d\u180b-\u180f\ufe00-\ufe0f"
"""Of these, what honest texts have inside words: soft hyphens, joiners, variation selectors."""

_SHORTEST_DISGUISE = 3
"""Letters below which a word of two scripts is taken for a symbol (Δt, µm)."""


class Evasion(NamedTuple):
    """A word that was written so that it isn't recognised. Offsets are of the text as it was given."""

    kind: Literal["invisible", "lookalike"]
    """`invisible`: a character inside that has no width; `lookalike`: a letter of another script."""
    start: int
    end: int
    looks: str
    """What a reader takes it for."""


class Table(NamedTuple):
    """What looks like what."""

    looks: dict[int, str]
    """Characters to the letters, in lower case, that they look like."""
    early: dict[int, str]
    """Those of them that NFKC would turn into something that looks different, such as Greek's lunate sigma."""
    signs: str
    """Characters that are no letters but pass for some."""


@cache
def table() -> Table:
    """Unicode's table of characters that look alike; read when the first text needs it."""
    import zlib

    signs, *lines = zlib.decompress(_TABLE.read_bytes()).decode().split("\n")
    looks = {ord(one): line[0] for line in lines for one in line[1:]}
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in looks}
    early = {code: look for code, look in looks.items() if plain[code] != chr(code) and not plain[code].isascii()}
    return Table(looks, early, signs)


def signs() -> str:
    """Characters that are neither letters nor digits but stand for one, such as ℮."""
    return table().signs


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]+")


@cache
def script(character: str) -> str:
    """Script of a letter, as the first word of its name in Unicode (`LATIN`); empty for what is no letter."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _marked_off(text: str) -> str:
    """Return a text without accents and points (marks of a combining class)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _counts(one: str) -> bool:
    """Whether a character is part of a key: letters, digits, vowel signs, | as an l; no apostrophe that is a letter."""
    return (
        (one.isalnum() and not "\u02b0" <= one <= "\u02ff") or one == "|" or unicodedata.category(one) in ("Mc", "Mn")
    )


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Key of a word, by which it is compared; empty when nothing in it is a letter or a digit.

    A word with a Latin letter in it is read as it looks (`Вook` is book). In any other, case goes first, so that a
    Russian word has one key however it is capitalised. What is left to choose is what looks alike within ASCII: i, l, 1
    and | have one key, so have o and 0 in a word of letters, and `rn` is m (all three are in Unicode's table).
    """
    if word.isascii():
        key = word.lower()
    else:
        looks, early, _ = table()
        latin = any(script(one) == "LATIN" for one in unicodedata.normalize("NFKC", word))
        seen = _invisible().sub("", word.translate(early) if latin else word)
        seen = _invisible().sub("", unicodedata.normalize("NFKC", seen))
        if not latin:
            seen = seen.casefold()
        key = _marked_off(_marked_off(seen).translate(looks).casefold()).translate(looks)
    if not (key.isascii() and key.isalnum()):
        key = "".join(filter(_counts, key))
    if key.isdigit():
        return key
    return key.replace("rn", "m").replace("0", "o").replace("i", "l").replace("1", "l").replace("|", "l")


def evasions(text: str) -> tuple[Evasion, ...]:
    """Words of a text with characters inside that can't be seen, or with letters of another script that look alike.

    Joiners in scripts that need them, soft hyphens and symbols of one or two letters are no evasions. A word wholly of
    one script is none, whatever it looks like.
    """
    if text.isascii():
        return ()
    from blogq.originality.words import spans

    hidden = re.compile(f"(?<=\\w)(?:(?![{_NOT_EVASION}])[{INVISIBLE}])+(?=\\w)")
    joined = re.compile("(?<=[a-zA-Z\u00c0-\u052f])[\u200c\u200d\ufe00-\ufe0f]+(?=[a-zA-Z\u00c0-\u052f])")
    found: list[Evasion] = []
    for start, end in spans(text):
        word = text[start:end]
        if word.isascii():
            continue
        if hidden.search(word) or joined.search(word):
            found.append(Evasion("invisible", start, end, _invisible().sub("", word)))
        elif disguised(word):
            found.append(Evasion("lookalike", start, end, _plain(word)))
    return tuple(found)


def disguised(word: str) -> bool:
    """Whether a word is of two scripts, and letters of one of them pass for letters of the other."""
    letters = [one for one in word if one.isalpha()]
    scripts = {script(one) for one in letters}
    if len(letters) < _SHORTEST_DISGUISE or "LATIN" not in scripts or len(scripts) < 2:
        return False
    looks = table().looks
    strange = [one for one in letters if script(one) in ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")]
    return any(looks.get(ord(one), "").isascii() and ord(one) in looks for one in strange)


def _plain(word: str) -> str:
    """Return a disguised word in the letters that it's read as, capitals kept where they can be told."""
    looks = table().looks
    return "".join(
        (looks[ord(one)].upper() if one.isupper() else looks[ord(one)]) if ord(one) in looks else one for one in word
    )
