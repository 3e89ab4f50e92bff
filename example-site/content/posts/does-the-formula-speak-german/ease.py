"""Reading ease of a text by the formula made for its language: python3 ease.py en.txt es.txt de.txt"""

import re
import sys
from pathlib import Path

FORMULAS = {  # base, points lost for each word in a sentence, points lost for each syllable in a word
    "en": (206.835, 1.015, 84.6),  # Flesch 1948
    "de": (180.0, 1.0, 58.5),  # Amstad 1978
    "es": (206.835, 1.0, 62.3),  # Szigriszt Pazos 1993
}
NUCLEI = {  # each match is one syllable
    "en": r"(?!(?:e|es|ed)$)[aeiouy]+|le$",
    "de": r"aa|ee|oo|ie|ei|ai|au|äu|eu|[aeiouyäöü]",
    "es": r"[iuü]*[aeoáéó](?:[iu](?![aeoáéóíú])|y$)?|[íú]|[iuü]+y?|y$",
}


def count(text: str, language: str) -> tuple[int, int, int]:
    """Sentences, words and syllables."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    syllables = sum(max(1, len(re.findall(NUCLEI[language], word))) for word in words)
    return len(re.findall(r"[.!?]+(?=\s|$)", text)), len(words), syllables


def ease(text: str, language: str, formula: str) -> float:
    """Points from about 0, hard, to about 100, easy."""
    sentences, words, syllables = count(text, language)
    base, per_word, per_syllable = FORMULAS[formula]
    return base - per_word * words / sentences - per_syllable * syllables / words


for path in map(Path, sys.argv[1:]):
    text, language = path.read_text(encoding="utf-8"), path.stem
    scores = "  ".join(f"{name} {ease(text, language, name):5.1f}" for name in FORMULAS)
    print(language, "{:2} sentences {:3} words {:4} syllables".format(*count(text, language)), "|", scores)
