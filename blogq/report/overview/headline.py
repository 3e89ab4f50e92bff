"""The top of the page: the verdict in a sentence, what to do about it, four figures, the posts to begin with."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from blogq.cadence.history import RUN
from blogq.cadence.outpaced import FEWEST
from blogq.finding import Finding
from blogq.lint.rules.cadence import burst, filling, outpaced, silence, slipping
from blogq.lint.rules.cadence.publications import days_told
from blogq.report.manner import RANKS
from blogq.report.overview.markup import day, folded, named, number, plain
from blogq.report.overview.material import Material, by_path, to_mend
from blogq.report.overview.ranking import edits_list, weakest_part
from blogq.report.overview.rules import manual_html
from blogq.report.text import counted, place

FIRST = 3
"""Posts to begin with."""
MOST_BROKEN = 10
"""Sources that can't be read, of which the top tells."""

ENDED: int = silence.RULE.options["ended"]
"""Days after which the rule on silence takes a blog for ended."""
SAID = {
    outpaced.RULE.code: "You are publishing faster than you can write well.",
    filling.RULE.code: "You are posting to fill the day.",
    slipping.RULE.code: "Quality is slipping.",
    burst.RULE.code: "You are publishing much faster than usual.",
    silence.RULE.code: "Your readers are waiting.",
}
"""What findings on the pace come to, the gravest first."""


class Headline(NamedTuple):
    """The verdict in words."""

    text: str
    alarm: bool
    """Whether something is to be done about the pace."""
    more: str
    """A sentence below it; empty where findings say it."""


def headline(given: Material) -> Headline:
    """Return the verdict on the blog's pace in words."""
    verdict = given.verdict
    found = {finding.code for finding in verdict.findings}
    if not verdict.posts and verdict.unread:
        return Headline("The blog could not be read.", True, "Mend what is listed here, and ask again.")
    for code, text in SAID.items():
        if code in found:
            return Headline(text, code in (outpaced.RULE.code, filling.RULE.code, slipping.RULE.code), "")
    if not given.live:
        waits = f" {counted(len(given.waiting), 'post waits', 'posts wait')} below." if given.waiting else ""
        if given.undated:
            return Headline("No post has a date.", False, f"So there is no pace to speak of.{waits}")
        return Headline("Nothing is published yet.", False, f"The page fills as posts go live.{waits}")
    since = given.verdict.pace.days_since or 0.0
    if since > ENDED:
        more = "After so long a blog isn’t late but ended; what follows is its past."
        return Headline(f"Nothing new for {since:,.0f} days.", False, more)
    if given.outpaced is not None:
        silenced = "The rule that would say that quantity outpaces quality is silenced, or set otherwise, on this blog."
        return Headline("No alarm is raised.", False, silenced)
    if len(given.live) < FEWEST:
        missing = FEWEST - len(given.live)
        return Headline(
            "Too early to say whether the pace is right.",
            False,
            f"It takes {FEWEST} posts to tell whether quantity outpaces quality: {counted(missing, 'more post')}.",
        )
    return Headline(
        "Quality keeps up with quantity.", False, "No sign that quantity outpaces quality in the latest posts."
    )


def hero(given: Material) -> str:
    """Return the top of the page as HTML."""
    said = headline(given)
    eyebrow = " · ".join(filter(None, (f"<bdi>{plain(given.title)}</bdi>" if given.title else "", day(given.today))))
    told = "".join(_notice(finding) for code in SAID for finding in given.verdict.findings if finding.code == code)
    told = f"<div>{_broken(given)}{told}</div>" if told or given.verdict.unread else ""
    lead = f'<p class="lead">{said.more}</p>' if said.more else ""
    return (
        f'<header class="hero{" alarm" if said.alarm else ""}"><p class="eyebrow">{eyebrow}</p>'
        f"<h1>{said.text}</h1>{lead}"
        f'{_cards(given, said.alarm)}<div class="top">{_first(given)}{told}</div></header>'
    )


def _notice(finding: Finding) -> str:
    hint = f'<p class="do"><b>What to do:</b> {plain(finding.hint)}.</p>' if finding.hint else ""
    return (
        f'<div class="notice {finding.severity}"><p><span class="badge {finding.severity}">{finding.severity}</span> '
        f"{plain(finding.message)}</p>{hint}{folded('How this is judged', manual_html(finding.code))}</div>"
    )


def _broken(given: Material) -> str:
    """Return what can't be read, which counts for nothing on the rest of the page."""
    if not given.verdict.unread:
        return ""
    live = {post.path for post in given.verdict.posts if post.status != "broken"}
    errors = [f for f in given.verdict.findings if f.severity == "error" and f.span.path not in live]
    told = "".join(f"<li><code>{plain(place(f.span))}</code> {plain(f.message)}</li>" for f in errors[:MOST_BROKEN])
    more = f"<li>and {len(errors) - MOST_BROKEN:,} more</li>" if len(errors) > MOST_BROKEN else ""
    return (
        f'<div class="notice error"><p><span class="badge error">error</span> '
        f"{counted(given.verdict.unread, 'source')} could not be read, and the page knows nothing of it.</p>"
        f"<ul>{told}{more}</ul></div>"
    )


def _cards(given: Material, alarm: bool) -> str:
    pace = given.verdict.pace
    if not given.live:
        return ""
    cards = []
    many = len(given.live) > RUN
    gap = pace.recent_gap if many else pace.gap
    if gap is not None and isfinite(gap):
        # To publish more is nothing bad by itself.
        worse = alarm and many and pace.gap is not None and gap < pace.gap
        usually = f"usually {_one(days_told(pace.gap))}" if many and pace.gap is not None else "so far"
        cards.append(_card("Median time between posts", _one(days_told(gap)), usually, worse))
    score = pace.recent_score if many else pace.score
    if score is not None:
        worse = many and pace.score is not None and pace.score - score >= 5
        usually = f"usually {number(pace.score, 1)} of 100" if many else "of 100, so far"
        cards.append(_card("Median score", number(score, 1), usually, worse))
    found = by_path(given.verdict.findings)
    bad = [
        piece
        for piece in given.live
        if any(RANKS[each.severity] < RANKS["note"] for each in found.get(piece.post.path, ()))
    ]
    latest = sum(piece in bad[-RUN:] for piece in given.live[-RUN:])
    told = f"of all {len(given.live):,}: {len(bad):,}" if many else "with an error or a warning"
    name = "With an error or a warning" if many else "Posts to look at"
    cards.append(_card(name, f"{latest} of {RUN}" if many else f"{len(bad)}", told, False))
    if pace.days_since is not None:
        since = "Today" if pace.days_since < 1 else f"{counted(round(pace.days_since), 'day')} ago"
        cards.append(_card("Latest post", since, _of_all(given), False))
    of_late = f'<p class="eyebrow">The last {RUN} posts</p>' if many else ""
    return f'{of_late}<dl class="cards">{"".join(cards)}</dl>'


def _one(told: str) -> str:
    """Return a span of days that stands by itself: `1 day`, where a sentence has `every day`."""
    return f"1 {told}" if told in ("day", "hour") else told


def _of_all(given: Material) -> str:
    return f"{counted(given.verdict.pace.posts, 'post')} in all"


def _card(name: str, value: str, beside: str, worse: bool) -> str:
    kind = ' class="worse"' if worse else ""
    return f"<div{kind}><dt>{name}</dt><dd><b>{value}</b> <span>{beside}</span></dd></div>"


def _first(given: Material) -> str:
    """Return the posts to begin with: the lowest of the alarm's, where there is one, else the lowest of late."""
    mend = to_mend(given.verdict)
    if given.outpaced is not None:
        lowest = {post.path for post in given.outpaced.posts}
        mend = [post for post in mend if post.path in lowest] or mend
    if not mend:
        return ""
    items = []
    for post in mend[:FIRST]:
        least = weakest_part(post)
        weakest = f"<p>weakest: {plain(least)} {post.parts[least]}</p>" if least else ""
        items.append(
            f'<li><b class="score {given.rank(post.score)}">{post.score}</b>'
            f"<div><h3>{named(post, given.link(post))}</h3>{edits_list(given, post, 2, False) or weakest}</div></li>"
        )
    return (
        '<section class="first" aria-labelledby="first-title"><h2 id="first-title">Mend these first</h2>'
        f'<ol class="posts">{"".join(items)}</ol><p><a href="#posts">All posts to mend</a></p></section>'
    )
