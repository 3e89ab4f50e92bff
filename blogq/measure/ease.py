"""How easy a text is to read, from 0 to 100: higher is easier.

For English it is blogq's own figure, made to agree with how people level texts; docs/measures.md says how well it does.
For German, Spanish, French, Italian, Dutch and Russian it is the adaptation of Flesch's formula that the field uses;
for other languages that write words of letters with blanks between them, LIX. All are on the scale of Flesch's Reading
Ease: 60 to 70 is plain language, under 30 is for specialists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from blogq.measure.syllables import syllables


class Weight(NamedTuple):
    """What one feature counts: in standard deviations from its mean, times its weight."""

    mean: float
    deviation: float
    weight: float


ENGLISH = {
    "log_sentence_length": Weight(2.9483, 0.2009, -0.4338),
    "log_weighted_length": Weight(3.1487, 0.2008, -0.4850),
    "long_sentences": Weight(0.3837, 0.1916, -0.4691),
    "syllables": Weight(1.5255, 0.0964, -0.1403),
    "polysyllables": Weight(0.1310, 0.0344, -0.1317),
    "monosyllables": Weight(0.6589, 0.0456, 0.1188),
    "letters": Weight(4.4880, 0.2687, -0.1479),
    "long_words": Weight(0.2031, 0.0424, -0.1620),
    "content_syllables": Weight(1.9648, 0.1696, -0.1659),
    "zipf": Weight(5.8364, 0.1158, 0.1339),
    "content_zipf": Weight(4.8113, 0.1558, 0.2201),
    "content_rare": Weight(0.1594, 0.0578, -0.1918),
    "content_unlisted_frequency": Weight(0.0503, 0.0272, -0.1245),
    "content_common": Weight(0.4594, 0.0850, 0.2049),
    "rarest": Weight(3.7410, 0.2705, 0.1920),
    "content_level": Weight(1.4297, 0.3260, -0.2350),
    "content_beyond_a2": Weight(0.3392, 0.0872, -0.2625),
    "content_beyond_b1": Weight(0.1906, 0.0595, -0.2232),
    "content_beyond_b2": Weight(0.1203, 0.0433, -0.1595),
    "first_level": Weight(0.7043, 0.0565, 0.2189),
    "pronouns": Weight(0.0539, 0.0262, 0.1376),
    "of": Weight(0.0292, 0.0092, -0.1839),
    "abstract": Weight(0.0238, 0.0132, -0.1958),
}
"""Mean and standard deviation of each feature of `ease_features` on the elementary and advanced texts of
OneStopEnglish (Vajjala & Lučić 2018; 189 articles, each rewritten for three levels), and the difference between the
means of the two levels in standard deviations, divided by the number of features that measure the same thing. Made by
`python -m evaluations.ease --weights`."""

CUT = 3.0
"""Standard deviations at which a feature's value is cut, lest one odd feature decide."""

CENTRE = 59.04
SPREAD = 2.989
"""What gives the weighted sum the mean and the standard deviation of Flesch's Reading Ease on OneStopEnglish."""


class _Flesch(NamedTuple):
    base: float
    per_sentence_length: float
    per_syllables: float


_FLESCH = {
    "de": _Flesch(180, 1, 58.5),
    "es": _Flesch(206.84, 1.02, 60),
    "fr": _Flesch(207, 1.015, 73.6),
    "it": _Flesch(217, 1.3, 60),
    "nl": _Flesch(206.84, 0.93, 77),
    "ru": _Flesch(206.835, 1.3, 60.1),
}
"""Amstad 1978; Fernández Huerta 1959; Kandel & Moles 1958; Franchina & Vacca 1986; Douma 1960; Oborneva 2006."""

_UNMEASURED = frozenset(
    "am ar bn bo dv dz fa gu he hi ja jv km kn ko lo ml mr my ne or pa ps si ta te th ti ug ur wuu yi yue zh".split()
)
"""Languages for which no formula here holds: no blanks between words, or letters that don't stand for single sounds."""

LONG_WORD = 6
"""Letters beyond which LIX takes a word for long (Björnsson 1968)."""


def ease(sentences: Sequence[Sequence[str]], language: str) -> float | None:
    """Ease of a text, 0 to 100, from the words of each sentence as they are written (code spans left out).

    None for a text without words, and for languages that no formula here suits. `language` is a language tag.
    """
    code = language.partition("-")[0].lower()
    words = [word for sentence in sentences for word in sentence]
    count = sum(1 for sentence in sentences if sentence)
    if not words or code in _UNMEASURED:
        return None
    if code == "en":
        value = _english(sentences)
    elif code in _FLESCH:
        formula = _FLESCH[code]
        per_word = sum(syllables(word, code) for word in words) / len(words)
        value = formula.base - formula.per_sentence_length * len(words) / count - formula.per_syllables * per_word
    else:
        lix = len(words) / count + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)
        # LIX 30 (easy), 40, 50, 60 (very hard) are Flesch's 80, 60, 40, 20: Björnsson's bands on Flesch's.
        value = 140 - 2 * lix
    return max(0.0, min(100.0, value))


def _english(sentences: Sequence[Sequence[str]]) -> float:
    from blogq.measure.ease_features import features

    return CENTRE + SPREAD * weighted(features(sentences), ENGLISH)


def weighted(values: Mapping[str, float], weights: Mapping[str, Weight]) -> float:
    """Weighted sum of an English text's features in standard deviations, each cut at ±3: higher is easier."""
    return sum(
        part.weight * max(-CUT, min(CUT, (values[name] - part.mean) / part.deviation)) for name, part in weights.items()
    )
