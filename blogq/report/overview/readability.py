"""How easy each post is to read, against its author's own range, and what has made the latest harder or easier."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from blogq.cadence.history import BEFORE, RUN
from blogq.cadence.ranks import quantile
from blogq.lint.verdict import PostVerdict
from blogq.report.overview.markup import Section, at, chart, day, figures, listed, number, plain, title_of
from blogq.report.overview.material import Material, Piece, middle
from blogq.report.overview.pace import MOST_DOTS
from blogq.report.overview.plot import Scale, dot, grid, line, months, score_scale, steps
from blogq.report.overview.timeline import Timeline, timeline
from blogq.report.text import counted

FEWEST = 8
"""Posts of an author in a language that make a range."""
MOST_CHARTS = 4
"""Authors, or languages, that are shown; those with the most posts of late."""
WORDS = 50
"""Words that a post needs: in fewer ease is chance."""
NOTABLE = 5.0
"""Points of ease that readers may notice; half of what the rule RD001 asks for of a single post."""
DRIVES = 0.08
"""Share by which a figure must have changed to be named as what drives it: less is within what posts differ by."""


class Figure(NamedTuple):
    """Something countable that makes a text harder as it grows."""

    name: str
    told: str
    """`{now}` and `{before}` in a sentence."""
    percent: bool
    digits: int


FIGURES = {
    "sentence": Figure("Words in a sentence", "sentences have {now} words instead of {before}", False, 0),
    "long": Figure(
        "Sentences of over 30 words", "{now} of sentences have more than 30 words instead of {before}", True, 0
    ),
    "letters": Figure("Letters in a word", "words have {now} letters instead of {before}", False, 1),
    "syllables": Figure("Syllables in a word", "words have {now} syllables instead of {before}", False, 2),
    "rare": Figure("Unfamiliar words", "{now} of words are unfamiliar ones instead of {before}", True, 0),
}


class Driver(NamedTuple):
    """One figure, of late and before."""

    figure: Figure
    now: float
    before: float


def readability_section(given: Material) -> Section | None:
    """Return the section; None where no author has posts enough in one language whose ease is known."""
    axis = timeline(given)
    groups: dict[tuple[str, str], list[Piece]] = {}
    for piece in given.live:
        if ease_of(piece.post) is not None:
            groups.setdefault((piece.post.author, piece.post.language), []).append(piece)
    late = set(map(id, given.latest))
    large = sorted(
        ((key, pieces) for key, pieces in groups.items() if len(pieces) >= FEWEST),
        key=lambda entry: (-len(late.intersection(map(id, entry[1]))), -len(entry[1]), entry[0]),
    )
    if axis is None or not large:
        return None
    parts = [
        "<p>Ease is no part of the score: it goes from 0 to 100, and higher is easier. Each author is held against "
        f"nobody else, in one language. The band is where four of five posts lie, but for the latest {RUN}.</p>"
    ]
    shown = large[:MOST_CHARTS]
    for place, ((author, language), pieces) in enumerate(shown):
        parts.append(_group(axis, given, _name(author, language, groups), pieces, place))
    left = len(groups) - len(shown)
    if left:
        parts.append(f'<p class="quiet">{counted(left, "other author or language", "others, by author and language,")} '
                     "with fewer posts can’t be shown.</p>")  # fmt: skip
    return Section("ease", "How easy it is to read", "".join(parts))


def ease_of(post: PostVerdict) -> float | None:
    """Return the ease of a post; None where it isn't known, or the post is too short for it."""
    value = post.metrics.get("ease")
    if value is None or not isfinite(value) or post.metrics.get("words", 0) < WORDS:
        return None
    return float(value)


def drivers(now: Sequence[Piece], before: Sequence[Piece]) -> list[Driver]:
    """Return the medians of all figures that posts on both sides have."""
    found = []
    for key, figure in FIGURES.items():
        later = middle([value for piece in now if (value := _figure(piece.post, key)) is not None])
        earlier = middle([value for piece in before if (value := _figure(piece.post, key)) is not None])
        if later is not None and earlier is not None:
            found.append(Driver(figure, later, earlier))
    return found


def told(now: Sequence[Piece], before: Sequence[Piece]) -> str:
    """Return in words whether the latest posts are harder or easier to read than those before, and what drives it."""
    ease, usual = (
        middle([ease_of(piece.post) or 0.0 for piece in now]),
        middle([ease_of(p.post) or 0.0 for p in before]),
    )
    if ease is None or usual is None:
        return ""
    change = ease - usual
    latest = f"The last {len(now)} posts are"
    if abs(change) < NOTABLE:
        return f"{latest} as easy to read as those before: ease {number(ease)}, before {number(usual)}."
    harder = change < 0
    moved = [each for each in drivers(now, before) if _moved(each, harder)]
    moved.sort(key=lambda each: -abs(each.now - each.before) / max(each.before, each.now))
    why = listed([_sentence(each) for each in moved[:3]])
    said = f"{latest} {'harder' if harder else 'easier'} to read than those before: ease {number(ease)} instead of "
    return said + number(usual) + (f". What drives it: {why}." if why else "; no single figure drives it.")


def _moved(driver: Driver, harder: bool) -> bool:
    grown = driver.now > driver.before
    return grown == harder and abs(driver.now - driver.before) > DRIVES * max(driver.before, 1e-9)


def _sentence(driver: Driver) -> str:
    return driver.figure.told.format(now=_value(driver.figure, driver.now), before=_value(driver.figure, driver.before))


def _value(figure: Figure, value: float) -> str:
    return f"{value:.0%}" if figure.percent else f"{value:.{figure.digits}f}"


def _figure(post: PostVerdict, key: str) -> float | None:
    metrics = post.metrics
    words, sentences = metrics.get("words", 0), metrics.get("sentences", 0)
    value: float | int | None
    if key == "sentence":
        value = words / sentences if sentences else None
    elif key == "rare":
        hard, count = metrics.get("difficult_words"), metrics.get("lexicon_count", 0)
        # The list of familiar words is of English ones (Dale and Chall).
        value = hard / count if hard is not None and count and post.language.lower().startswith("en") else None
    else:
        names = {"long": "long_sentence_share", "letters": "avg_letter_per_word", "syllables": "avg_syllables_per_word"}
        value = metrics.get(names[key])
    return float(value) if value is not None and isfinite(value) else None


def _name(author: str, language: str, groups: dict[tuple[str, str], list[Piece]]) -> str:
    """Return what tells a group from the others; empty where there is only one."""
    if len(groups) == 1:
        return ""
    words = [author or "No author named"] if len({each for each, _ in groups}) > 1 else []
    words += [language] if len({each for _, each in groups}) > 1 else []
    return ", ".join(words)


def _group(axis: Timeline, given: Material, name: str, pieces: list[Piece], place: int) -> str:
    eases = [ease_of(piece.post) or 0.0 for piece in pieces]
    # The latest are held against those before them, where there are enough of these.
    measure = eases[:-RUN] if len(eases) >= RUN + FEWEST else eases
    low, usual, high = (quantile(measure, share) for share in (0.1, 0.5, 0.9))
    each = len(pieces) <= MOST_DOTS
    scale = score_scale(eases if each else [low, high, *(min(e, high + 10) for e in eases)], 86, 4)
    drawn = [
        f'<rect class="band" x="0" width="100%" y="{at(scale.place(high))}%" '
        f'height="{at(max(0.5, scale.place(low) - scale.place(high)))}%"/>',
        *grid(scale, steps(scale, 5)),
        *months(axis, 99, scale.top, 12),
        f'<line class="usual" x1="0" x2="100%" y1="{at(scale.place(usual))}%" y2="{at(scale.place(usual))}%"/>',
    ]
    if each:
        drawn += [_dot(axis, scale, piece, low, high) for piece in pieces]
    else:
        drawn.append(line(_medians(axis, scale, pieces)))
    now, before = pieces[-RUN:], pieces[-RUN - BEFORE : -RUN]
    said = told(now, before) if len(before) >= FEWEST else ""
    about = (
        f"Ease of {counted(len(pieces), 'post')}; median {number(usual)}, four of five between {number(low)} and "
        f"{number(high)}. {said}"
    )
    rows = [
        (figure.name, _value(figure, after), _value(figure, earlier))
        for figure, after, earlier in (drivers(now, before) if len(before) >= FEWEST else ())
    ]
    rows.insert(0, ("Ease, median", number(middle(eases[-len(now) :])), number(middle(eases[: -len(now)]))))
    rows.insert(1, ("Ease, four of five posts", "", f"{number(low)} to {number(high)}"))
    head = ("Median of posts", f"Last {len(now)}", "Before")
    title = f"<h3>{plain(name)}</h3>" if name else ""
    odd = sum(not low <= value <= high for value in eases[-RUN:])
    aside = f" {odd} of them lie outside the band." if said and odd else ""
    key = (
        '<li><i class="swatch dot"></i>a post</li><li><i class="swatch ring"></i>outside the author’s range</li>'
        if each
        else f'<li><i class="swatch stroke"></i>median of the {axis.unit}</li>'
    )
    key += f'<li><i class="swatch band"></i>{number(low)} to {number(high)}, median {number(usual)}</li>'
    return (
        f'{title}<p>{said or counted(len(pieces), "post") + " so far."}{aside}</p><ul class="key">{key}</ul><figure>'
        + chart(f"Ease of reading over time{f', {name}' if name else ''}", about, drawn, "ease", f"ease-{place}")
        + "</figure>"
        + figures(f"What makes them easy or hard{f': {name}' if name else ''}", head, rows)
    )


def _dot(axis: Timeline, scale: Scale, piece: Piece, low: float, high: float) -> str:
    ease = ease_of(piece.post) or 0.0
    kind = "post usual" if low <= ease <= high else "post weak"
    said = f"{title_of(piece.post)}, {day(piece.day)}: ease {number(ease)}"
    return dot(axis.place(piece.day), scale.place(ease), kind, said)


def _medians(axis: Timeline, scale: Scale, pieces: list[Piece]) -> list[tuple[float, float]]:
    wanted = set(map(id, pieces))
    points = []
    for each in axis.bins:
        value = middle([ease_of(piece.post) or 0.0 for piece in each.pieces if id(piece) in wanted])
        if value is not None:
            points.append((axis.place(each.first + (each.past - each.first) / 2), scale.place(value)))
    return points
