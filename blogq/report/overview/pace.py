"""Quantity against quality: posts a week above one axis of time, and the median score above the same."""

from __future__ import annotations

from blogq.cadence.history import RUN
from blogq.report.overview.markup import Section, chart, day, figures, number, title_of
from blogq.report.overview.material import Material, Piece, middle, scores
from blogq.report.overview.plot import Scale, bars, dot, grid, line, months, score_scale, shades, steps
from blogq.report.overview.timeline import Timeline, timeline
from blogq.report.text import counted

MOST_DOTS = 400
"""Posts up to which each is drawn; of more only the medians can be seen."""
SCORES = (7.0, 54.0)
COUNTS = (66.0, 91.0)
"""Top and bottom of both panels, in percent."""


def pace_section(given: Material) -> Section | None:
    """Return the section; None where no post has a date."""
    axis = timeline(given)
    if axis is None:
        return None
    unit = axis.unit
    running = running_medians(axis, given.live)
    counts = [len(each.pieces) for each in axis.bins]
    highest = Scale(0, max(counts), COUNTS[1], COUNTS[0])
    said = [f"{axis.name(each)}: {counted(len(each.pieces), 'post')}" for each in axis.bins]
    rated = [float(score) for score in scores(given.live)]
    drawn = [*shades(axis, given.floods, 0, COUNTS[1], "flood"), *months(axis, 99, SCORES[0], 8)]
    drawn.append(f'<text class="panel" x="0" y="{SCORES[0] - 4}%">Score</text>')
    if rated:
        shown = rated if len(given.live) <= MOST_DOTS else [value for value in running if value is not None]
        scale = score_scale(shown, SCORES[1], SCORES[0])
        drawn += grid(scale, steps(scale, 5))
        if len(given.live) <= MOST_DOTS:
            drawn += [_dot(axis, scale, piece, given) for piece in given.live if piece.post.score is not None]
        points = [
            (axis.place(each.first + (each.past - each.first) / 2), scale.place(value))
            for each, value in zip(axis.bins, running, strict=True)
            if value is not None
        ]
        drawn.append(line(points))
    drawn += grid(highest, [value for value in steps(highest, 3) if value])
    drawn.append(bars(axis, counts, highest, said))
    drawn.append(f'<line class="base" x1="0" x2="100%" y1="{COUNTS[1]}%" y2="{COUNTS[1]}%"/>')
    drawn.append(f'<text class="panel" x="0" y="{COUNTS[0] - 4}%">Posts a {unit}</text>')
    rows = [
        (
            axis.name(each),
            str(len(each.pieces)),
            number(middle(scores(each.pieces)), 1),
            number(value, 1),
        )
        for each, value in zip(axis.bins, running, strict=True)
        if each.pieces
    ]
    about = (
        f"Two charts above one axis of time, {day(axis.bins[0].first)} to {day(given.today)}. "
        f"Above: the median score. Below: posts a {unit}. {_told(given)}"
    )
    body = (
        f"<p>{_told(given)}</p>{_key(given, bool(rated), unit)}"
        "<figure>"
        + chart(f"Median score, and posts a {unit}", about, drawn, "pace", "pace-chart")
        + "</figure>"
        + figures(
            f"Posts and scores by {unit}",
            (unit.capitalize(), "Posts", f"Median of the {unit}", "Median as drawn"),
            rows,
        )
    )
    return Section("pace", "How much, and how good", body)


def running_medians(axis: Timeline, live: tuple[Piece, ...]) -> list[float | None]:
    """Return the median score at the end of each bin that has scored posts: of the bin's, or of the latest 12.

    Of the 12 where the bin has fewer, lest the line only repeat single posts.
    """
    values: list[float | None] = []
    known: list[int] = []
    for each in axis.bins:
        own = scores(each.pieces)
        known = [*known, *own][-max(RUN, len(own)) :]
        values.append(middle(known) if own else None)
    return values


def _dot(axis: Timeline, scale: Scale, piece: Piece, given: Material) -> str:
    score = piece.post.score or 0
    said = f"{title_of(piece.post)}, {day(piece.day)}: score {score}"
    return dot(axis.place(piece.day), scale.place(score), f"post {given.rank(piece.post.score)}", said)


def _told(given: Material) -> str:
    pace = given.verdict.pace
    count = f"{counted(len(given.live), 'post')} since {day(given.live[0].day)}"
    if pace.recent_score is None or pace.score is None or len(given.live) <= RUN:
        return f"{count}."
    change = pace.recent_score - pace.score
    how = "as good as" if abs(change) < 2 else f"{abs(change):.0f} points {'above' if change > 0 else 'below'}"
    return f"{count}. The latest {RUN} are {how} the blog’s usual: median score {number(pace.recent_score, 1)}, " + (
        f"overall {number(pace.score, 1)}."
    )


def _key(given: Material, rated: bool, unit: str) -> str:
    items = []
    if rated and len(given.live) <= MOST_DOTS:
        items.append('<li><i class="swatch dot"></i>a post’s score</li>')
        if given.weak is not None:
            items.append('<li><i class="swatch ring"></i>among the blog’s lowest quarter</li>')
    if rated:
        items.append(
            f'<li><i class="swatch stroke"></i>median of the latest {RUN}, or of the {unit} where it has more</li>'
        )
    if given.floods:
        items.append('<li><i class="swatch flood"></i>quantity outpaces quality</li>')
    return f'<ul class="key">{"".join(items)}</ul>' if items else ""
