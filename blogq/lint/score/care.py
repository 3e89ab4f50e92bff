"""Care: whether the author has seen to what readers and machines need beside the text."""

from __future__ import annotations

from blogq.lint.score.counted import Counted
from blogq.lint.score.reading import Reading
from blogq.pattern import Pattern

PART = "care"

TITLE, DESCRIPTION, PICTURES, FINISHED, DOUBLED = 30.0, 20.0, 20.0, 20.0, 10.0
"""Points at most."""

EACH_PICTURE, EACH_DOUBLED = 7.0, 4.0
"""Points that a picture without alternative text, and a doubled word, take off."""

_PLACEHOLDERS = frozenset(("todo", "tbd", "fixme", "tk", "lorem", "ipsum"))
_PLACEHOLDER = Pattern(r"\b(?:TODO|TBD|FIXME):|(?i:\blorem ipsum\b)")
_DOUBLED = Pattern(r"\b([^\W\d_]{2,})\s+\1\b(?![-'’])", 2)
_MEANT = frozenset(("that", "had", "very", "so", "no", "ha", "bye", "blah", "sie", "nous", "vous"))
"""Words that may well stand twice: "that that", "had had", "nous nous"."""


def undescribed(reading: Reading) -> int:
    """Return how many different pictures stand somewhere without alternative text."""
    return len({picture.target for picture in reading.post.pictures if not picture.alt.strip()})


def is_unfinished(reading: Reading) -> bool:
    """Return whether a placeholder stands for something still to be written."""
    if any(sentence and _PLACEHOLDERS.issuperset(sentence) for passage in reading.sentences for sentence in passage):
        return True
    return any(_PLACEHOLDER.search(passage.text) for passage in reading.post.passages if not passage.quoted)


def doubled(reading: Reading) -> int:
    """Return how many different words stand twice in a row, without those that may."""
    return len(
        {
            word.lower()
            for passage in reading.post.prose
            for word in _DOUBLED.findall(passage.text)
            if word.lower() not in _MEANT and not word[0].isupper()
        }
    )


def care(reading: Reading) -> list[Counted]:
    """Return what was counted, with its points of 100.

    None of it grows when text is added: a title and a description are there or not, and pictures, placeholders and
    doubled words only take off. Doubled words of a text without any markup aren't judged, like its structure.
    """
    post = reading.post
    missing = undescribed(reading)
    unfinished = is_unfinished(reading)
    twice = 0 if reading.is_plain else doubled(reading)
    title, description = float(bool(post.title.strip())), float(bool(post.description.strip()))
    return [
        Counted(PART, "title", title, TITLE * title, TITLE),
        Counted(PART, "description", description, DESCRIPTION * description, DESCRIPTION),
        Counted(
            PART, "pictures without alternative text", missing, max(0.0, PICTURES - EACH_PICTURE * missing), PICTURES
        ),
        Counted(PART, "placeholders", unfinished, 0.0 if unfinished else FINISHED, FINISHED),
        Counted(PART, "doubled words", twice, max(0.0, DOUBLED - EACH_DOUBLED * twice), DOUBLED),
    ]
