"""How many syllables a word has.

English words are looked up in CMU's dictionary; what it doesn't know, and other languages, are counted by rule: groups
of vowels, with what each language makes of them. These counts feed blogq's own figures. textstat's figures need
textstat's own counts, which are made in `textstat_figures`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from blogq.measure.tables import pronounced

_VOWELS = {
    # Diphthongs and doubled vowels are one syllable, other vowels side by side are one each.
    "de": r"aa|ai|au|äu|ay|ee|ei|eu|ey|ie(?!n\b)|oo|oi|ou|(?<=q)u[aeiouäöü]|[aeiouyäöü]",
    # A weak vowel (i, u) joins a strong one unless it bears an accent; the u of que, gui is mute.
    "es": r"(?<=[qg])ui?[eaoéáó](?:[iuy](?![aeiouáéíóú]))?|(?<=[qg])u[ií]"
    r"|[iuü]?[aeoáéó](?:[iu]|y(?![aeiouáéíóú]))?|[iuü][íú]|ui|iu|[íú]|[iuüy](?![aeoáéó])",
    "it": r"(?<=[cgs])i(?=[aeouàòù])[aeouàòù][iu]?|(?<=q)u[aeioàèéìò]|[iu]?[aeoàèéòó][iu]?|[iu][ìù]|[ìíùú]|[iuy]",
    "fr": r"(?<=[qg])u[eiéèêyaoâ]|eaux?|œu|oeu|oui|[iuy]?(?:ou|oi|oy|oî|où|oû|au|ai|aî|ay|eu|eû|ei|ey)|i[eèéêao]|ui"
    r"|[aàâeéèêëiîïoôuùûüyœæ]",
    "nl": r"aai|ooi|oei|eau|eeuw?|ieuw|aa|ae|ai|au|ee|ei|eu|ie|ij|oe|oo|ou|ui|uu|y|[aeiouäëïöüéèêáó]",
    "ru": r"[аеёиоуыэюя]",
    "pt": r"[iu]?[aeoáéóâêôãõà](?:[iuo](?![aeo]))?|[íú]|[iu]",
}

_GENERAL = r"[aeiouyáéíóúýàèìòùâêîôûäëïöüÿåæøœãõāēīōūąęıőű]+|[аеёиоуыэюяєіїў]|[αεηιουωάέήίόύώϊϋΐΰ]+|[\uac00-\ud7a3]"

_MUTE = {
    # e and es at the end are mute, unless they are the only vowel. (So is ent in verbs, but not in nouns: left alone.)
    "fr": r"(?<=[^aàâeéèêëiîïoôuùûüyœæ])(?:e|es)$|(?<=[éu])es?$",
}


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    return re.compile(rule)


def syllables(word: str, language: str) -> int:
    """Syllables of one word, at least 1; the parts of a compound with hyphens are added up.

    A word of capitals without a vowel is spelt out (HTML has 4), digits count one each, up to four, for longer numbers
    are hardly ever said digit by digit. `language` is a language tag.
    """
    return _syllables(word, language.partition("-")[0].lower())


@lru_cache(maxsize=1 << 15)
def _syllables(word: str, language: str) -> int:
    if "-" in word or "‐" in word or "‑" in word:
        return sum(_syllables(part, language) for part in re.split("[-‐‑]", word) if part) or 1
    if any(letter.isdigit() for letter in word):
        digits = sum(letter.isdigit() for letter in word)
        letters = "".join(letter for letter in word if letter.isalpha())
        return min(digits, 4) + (_syllables(letters, language) if letters else 0)
    if len(word) > 1 and word.isupper() and not _pattern(_GENERAL).search(word.lower()):
        return len(word)
    lower = word.lower()
    if language == "en":
        lower = lower.replace("’", "'")
        known = pronounced(lower)
        return english_by_rule(lower) if known is None else max(known, 1)
    count = len(_pattern(_VOWELS.get(language, _GENERAL)).findall(lower))
    if count > 1 and language in _MUTE and _pattern(_MUTE[language]).search(lower):
        count -= 1
    return max(count, 1)


def english_by_rule(word: str) -> int:
    """Syllables of an English word in lower case that no dictionary knows.

    Groups of vowels, less the mute e of made, named, names and lonely, and one more where two vowels are said apart
    (radio, being, actual) or where an l or m is a syllable by itself (table, rhythm).
    """
    word = word.removesuffix("'s").replace("'", "")
    count = len(_pattern(r"[aeiouy]+").findall(word))
    if _pattern(
        r"[^aeiouy]e$(?<![^aeiouylr]le)|[aeiouy][^aeiouy]{1,2}es$(?<![cgszx]es)(?<![cs]hes)(?<![^aeiouy]les)"
        r"|[^aeiouytd]ed$(?<![^aeiouyrl]led)"
    ).search(word):
        count -= 1
    count -= len(_pattern(r"[aeiouy][^aeiouyl]e(?=(?:ly|ment|ments|ful|less|ness)$)").findall(word))
    count += len(
        _pattern(
            r"i[ao](?!u)(?<![tscg]i[ao])|[aeo]ing|(?<![qg])u[ao]|[^aeiouy]ia|eo(?!u)(?<!geo)|isms?$|thms?$|ying"
        ).findall(word)
    )
    count -= word.endswith("ically")
    return max(count, 1)
