"""The publishing calendar: each day of the last year, each week of all years, with bursts and silences marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from blogq.report.overview.markup import (
    DAYS,
    MONTHS,
    Section,
    at,
    chart,
    day,
    figures,
    named,
    number,
    plain,
    stretched,
    title_of,
)
from blogq.report.overview.material import Material, Piece, Stretch, middle, scores
from blogq.report.text import counted

WEEKS = 53
"""Columns: a year, and the days over."""
MOST_YEARS = 20
"""Years that are drawn week by week; older ones are left out."""
MOST_ROWS = 400
"""Posts that the table of days has, the newest first."""
TOLD = 3
"""Posts of a day or week that a tooltip names."""
SHORT = 60
"""Characters of their titles there: a page with 10,000 posts stays under a megabyte."""
LONGEST_LIST = 6
"""Bursts and silences that are told in words each."""


def calendar_section(given: Material) -> Section | None:
    """Return the section; None where no post has a date."""
    if not given.live:
        return None
    newest = max(given.today, given.live[-1].day)
    # A blog that ended long ago is shown as it was when it ended.
    end = newest if (newest - given.live[-1].day).days <= 300 else given.live[-1].day
    parts = [f"<p>{_told(given)}</p>", _key(given), _days(given, end)]
    if given.live[0].day < _begin(end):
        parts.append(_years(given))
    parts.append(_stretches(given))
    rows = [
        (
            day(piece.day),
            named(piece.post, given.link(piece.post)),
            number(piece.post.score),
            number(piece.post.metrics.get("ease")),
        )
        for piece in reversed(given.live[-MOST_ROWS:])
    ]
    count = f"the newest {MOST_ROWS:,} posts" if len(given.live) > MOST_ROWS else "every post"
    parts.append(figures(f"By day, {count}", ("Day", "Post", "Score", "Ease"), rows))
    return Section("calendar", "The calendar", "".join(parts))


def _begin(end: date) -> date:
    """Return the Monday with which the grid of days begins."""
    back = end.weekday() + 7 * (WEEKS - 1)
    return end - timedelta(days=min(back, (end - date.min).days))


def _days(given: Material, end: date) -> str:
    """Return the grid of the last year, a column for each week."""
    begin = _begin(end)
    by_day: dict[date, list[Piece]] = {}
    for piece in given.live:
        if begin <= piece.day <= end:
            by_day.setdefault(piece.day, []).append(piece)
    empty, cells = [], []
    for count in range((end - begin).days + 1):
        when = begin + timedelta(days=count)
        x, y = divmod(count, 7)
        if when not in by_day:
            empty.append(f"M{x} {y}h.82v.82h-.82z")
    for when, pieces in sorted(by_day.items()):
        x, y = divmod((when - begin).days, 7)
        cells.append(_cell(given, pieces, f"{DAYS[y]} {day(when)}", x, y, 0.82, 0.82))
    drawn = [
        f'<text class="time" x="-36" y="{at(100 * (1.81 + row) / 9.6)}%" dy=".35em">{DAYS[row]}</text>'
        for row in (0, 2, 4)
    ]
    labels: list[tuple[int, str]] = []
    for week in range(min(WEEKS, (end - begin).days // 7 + 1)):
        monday = begin + timedelta(days=7 * week)
        if monday.day <= 7 and week < WEEKS - 1:
            labels.append((week, MONTHS[monday.month - 1] if monday.month > 1 else f"{monday.year:04}"))
    for count, (week, label) in enumerate(labels):
        kind = "time odd" if count % 2 else "time"
        drawn.append(f'<text class="{kind}" x="{at(100 * week / WEEKS)}%" y="8%">{label}</text>')
    path = f'<path class="empty" d="{"".join(empty)}"/>' if empty else ""
    drawn.append(
        stretched(
            WEEKS, 7, [path, *cells], f'class="cells" y="{at(140 / 9.6)}%" height="{at(700 / 9.6)}%" width="100%"'
        )
    )
    drawn += _track(given, begin, end)
    inside = [piece for pieces in by_day.values() for piece in pieces]
    about = (
        f"A column for each week, a row for each weekday. {counted(len(inside), 'post')} on "
        f"{counted(len(by_day), 'day')} from {day(begin)} to {day(end)}; the table below lists them."
    )
    name = f"Day by day, {day(begin)} to {day(end)}"
    return f"<figure><figcaption>{name}</figcaption>" + chart(name, about, drawn, "days", "calendar-days") + "</figure>"


def _cell(given: Material, pieces: Sequence[Piece], when: str, x: float, y: float, width: float, height: float) -> str:
    value = middle(scores(pieces))
    said = "; ".join(f"{title_of(piece.post)[:SHORT]} ({number(piece.post.score)})" for piece in pieces[:TOLD])
    more = f"; and {len(pieces) - TOLD:,} more" if len(pieces) > TOLD else ""
    count = f"{len(pieces):,} posts: " if len(pieces) > 1 else ""
    return (
        f'<rect class="{given.rank(value)}" x="{at(x)}" y="{at(y)}" width="{at(width)}" height="{at(height)}">'
        f"<title>{plain(f'{when}: {count}{said}{more}')}</title></rect>"
    )


def _track(given: Material, begin: date, end: date) -> list[str]:
    """Return the line below the grid that marks bursts and silences."""
    drawn = []
    for kind, stretches in (("silence", given.silences), ("burst", given.bursts), ("flood", given.floods)):
        for each in stretches:
            first, last = max(each.first, begin), min(each.last, end)
            if first > last:
                continue
            x = 100 * ((first - begin).days // 7) / WEEKS
            past = 100 * ((last - begin).days // 7 + 0.82) / WEEKS
            drawn.append(
                f'<line class="{kind}" x1="{at(x)}%" x2="{at(past)}%" y1="92%" y2="92%">'
                f"<title>{each.said}, {day(each.first)} to {day(each.last)}</title></line>"
            )
            if kind != "silence" or past - x > 12:
                # Written to the left of its end, where there is room whatever the width.
                drawn.append(f'<text class="mark" x="{at(past)}%" y="101%">{each.said}</text>')
    return drawn


def _years(given: Material) -> str:
    """Return a row for each year, a bar for each week: how high says how many, its colour how good."""
    weeks: dict[tuple[int, int], list[Piece]] = {}
    for piece in given.live:
        weeks.setdefault((piece.day.year, (piece.day.timetuple().tm_yday - 1) // 7), []).append(piece)
    newest, oldest = given.live[-1].day.year, given.live[0].day.year
    years = list(range(newest, max(oldest, newest - MOST_YEARS + 1) - 1, -1))
    most = max((len(pieces) for (year, _), pieces in weeks.items() if year >= years[-1]), default=1)
    rows = []
    for year in years:
        drawn = ['<line class="base" x1="0" x2="53" y1="1" y2="1"/>']
        own = [piece for (other, _), pieces in weeks.items() if other == year for piece in pieces]
        for week in range(WEEKS):
            pieces = weeks.get((year, week), [])
            if pieces:
                height = max(0.16, len(pieces) / most)
                monday = date(year, 1, 1) + timedelta(days=7 * week)
                drawn.append(_cell(given, pieces, f"Week from {day(monday)}", week, 1 - height, 0.82, height))
        told = f"{year:04}: {counted(len(own), 'post')}, median score {number(middle(scores(own)), 1)}"
        bars = stretched(WEEKS, 1, drawn, 'class="cells"')
        about = "A bar for each week; its height is the number of posts."
        picture = chart(told, about, [bars], "weeks", f"calendar-{year:04}")
        rows.append(f'<li><span class="year">{year:04}</span>{picture}<span class="sum">{len(own):,}</span></li>')
    name = "Week by week, all years" if years[-1] == oldest else f"Week by week, the last {MOST_YEARS} years"
    return (
        f'<figure><figcaption>{name}; the highest bar is {counted(most, "post")}</figcaption><ul class="years">'
        f"{''.join(rows)}</ul></figure>"
    )


def _stretches(given: Material) -> str:
    """Return bursts and silences in words, the newest first."""
    found = sorted(
        (*given.bursts, *given.silences, *given.floods), key=lambda each: (each.last, each.first), reverse=True
    )
    if not found:
        return ""
    told = "".join(f"<li>{_words(each, given)}</li>" for each in found[:LONGEST_LIST])
    more = f"<li>{len(found) - LONGEST_LIST:,} more before that</li>" if len(found) > LONGEST_LIST else ""
    return f'<h3>Bursts and silences</h3><ul class="plain">{told}{more}</ul>'


def _words(each: Stretch, given: Material) -> str:
    days = (each.last - each.first).days
    span = f"{day(each.first)} to {day(each.last)}"
    if each.said == "silence":
        still = ", and still" if given.live[-1].day == each.first else ""
        return f"<b>Silence</b> of {days:,} days{still}: {span}"
    count = sum(each.first <= piece.day <= each.last for piece in given.live)
    if each.said == "burst":
        return f"<b>Burst</b>: {counted(count, 'post')} in {days + 1:,} days, {span}"
    return f"<b>Quantity outpaced quality</b>: {counted(count, 'post')} in {days + 1:,} days, {span}"


def _told(given: Material) -> str:
    days = sorted({piece.day for piece in given.live})
    if len(days) < 2:
        return f"Published on one day so far, {day(days[0])}."
    pauses = [(later - earlier).days for earlier, later in pairwise(days)]
    longest = max(pauses)
    place = pauses.index(longest)
    undated = f" {counted(len(given.undated), 'post')} without a date can’t be shown." if given.undated else ""
    return (
        f"Something was published on {len(days):,} days. The longest pause lasted {longest:,} days, "
        f"{day(days[place])} to {day(days[place + 1])}.{undated}"
    )


def _key(given: Material) -> str:
    if given.weak is None:
        return ""
    return (
        '<ul class="key"><li><i class="swatch weak"></i>weak: the blog’s lowest quarter, under '
        f"{number(given.weak)}</li>"
        '<li><i class="swatch usual"></i>as usual</li><li><i class="swatch strong"></i>strong: its highest quarter, '
        f"over {number(given.strong)}</li></ul>"
    )
