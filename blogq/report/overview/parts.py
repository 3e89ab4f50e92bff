"""The parts of the score over time, one small chart each, all on one scale."""

from __future__ import annotations

from blogq.cadence.history import RUN
from blogq.lint.score import WEIGHTS
from blogq.report.overview.markup import Section, chart, figures, number, plain
from blogq.report.overview.material import Material, Piece, middle
from blogq.report.overview.plot import Scale, grid, line, months, shades
from blogq.report.overview.timeline import Timeline, timeline

MEANT = {
    "substance": "how much a post says, how precisely, and how much of it can be checked",
    "structure": "whether a reader finds a way through it",
    "originality": "how much of it was not in an earlier post or somebody else's text",
    "care": "title, description, alternative text, nothing left undone",
}
"""What a part is about; one that isn't here is shown by its name alone."""
SCALE = Scale(0, 100, 82, 6)


def parts_section(given: Material) -> Section | None:
    """Return the section; None where no dated post has a score."""
    axis = timeline(given)
    known = {part for piece in given.live for part in piece.post.parts}
    if axis is None or not known:
        return None
    order = sorted(known, key=lambda part: (-WEIGHTS.get(part, 0.0), part))
    series = {part: _series(axis, given, part) for part in order}
    small = "".join(_small(axis, given, part, series[part], place) for place, part in enumerate(order))
    rows = [
        (axis.name(each), *(number(series[part][at], 1) for part in order))
        for at, each in enumerate(axis.bins)
        if any(series[part][at] is not None for part in order)
    ]
    head = (axis.unit.capitalize(), *(part.capitalize() for part in order))
    intro = (
        "Each part goes from 0 to 100; the line is the median, as above. What fell together with the score is what "
        "drives it."
    )
    body = f'<p>{intro}</p><div class="multiples">{small}</div>' + figures(
        f"Parts of the score by {axis.unit}", head, rows
    )
    return Section("parts", "What the score is made of", body)


def parts_of(pieces: tuple[Piece, ...], part: str) -> list[float]:
    """Return a part's points of those posts that have it."""
    return [float(piece.post.parts[part]) for piece in pieces if part in piece.post.parts]


def _series(axis: Timeline, given: Material, part: str) -> list[float | None]:
    values: list[float | None] = []
    known: list[float] = []
    for each in axis.bins:
        own = parts_of(each.pieces, part)
        known = [*known, *own][-max(RUN, len(own)) :]
        values.append(middle(known) if own else None)
    return values


def _small(axis: Timeline, given: Material, part: str, values: list[float | None], place: int) -> str:
    points = [
        (axis.place(each.first + (each.past - each.first) / 2), SCALE.place(value))
        for each, value in zip(axis.bins, values, strict=True)
        if value is not None
    ]
    weight = WEIGHTS.get(part)
    total = sum(WEIGHTS.get(each, 0.0) for each in {each for piece in given.live for each in piece.post.parts})
    now, before = middle(parts_of(given.live[-RUN:], part)), middle(parts_of(given.live, part))
    told = f"median of the latest {RUN} posts {number(now)}, of all {number(before)}"
    drawn = [
        *shades(axis, given.floods, 0, SCALE.bottom, "flood"),
        *grid(SCALE, (0, 50, 100)),
        *months(axis, 98, SCALE.top, 14, 3),
        line(points),
    ]
    fallen = now is not None and before is not None and before - now >= 5
    meant = MEANT.get(part, "")
    share = f"{weight / total:.0%} of the score" if weight and total else ""
    aside = f'<span class="share">{share}</span>' if share else ""
    about = f'<span class="meant">{meant}</span>' if meant else ""
    usually = f"<small> usually {number(before)}</small>" if len(given.live) > RUN else ""
    return (
        f'<figure><figcaption><span class="name">{plain(part.capitalize())}{aside}</span>'
        f'<span class="change{" worse" if fallen else ""}">{number(now)}'
        f"{usually}</span>{about}</figcaption>"
        + chart(f"{part.capitalize()} over time", f"{told}.", drawn, "small", f"part-{place}")
        + "</figure>"
    )
