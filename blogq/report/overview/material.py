"""What the page is made of: the verdict, sorted by what is live, dated, waiting, and by what its history shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from blogq.cadence.burst import burst
from blogq.cadence.history import BEFORE, DAY, RUN, Publication
from blogq.cadence.outpaced import Outpaced, alarms, outpaced
from blogq.cadence.ranks import quantile
from blogq.cadence.silence import silence
from blogq.content.post import MISSING
from blogq.finding import Finding
from blogq.lint.blog import Blog, Judged
from blogq.lint.rules.cadence.publications import publications
from blogq.lint.score.counted import Edit
from blogq.lint.verdict import PostVerdict, Verdict

LATEST = RUN + BEFORE
"""Posts that count as the blog of today: those that CD002 looks at."""
FEWEST_TO_RANK = 8
"""Scores without which none is called weak or strong."""
LOOKED_BACK = 3000
"""Posts in which bursts and silences of the past are looked for: it takes a tenth of a millisecond each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A live post with its day."""

    post: PostVerdict
    day: date
    """In the time zone in which it was dated."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of which there is something to say."""

    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True)
class Material:
    """All that sections are made of."""

    title: str
    """Name of the blog; may be empty."""
    base: str
    """Scheme and host at which posts are read, such as `https://blog.example`; empty where that isn't known."""
    verdict: Verdict
    today: date
    live: tuple[Piece, ...]
    """Live posts with a date, the oldest first."""
    undated: tuple[PostVerdict, ...]
    """Live posts without one."""
    waiting: tuple[PostVerdict, ...]
    """Drafts, and what is scheduled."""
    outpaced: Outpaced | None
    """What CD002 would say by its defaults."""
    floods: tuple[Stretch, ...]
    """When quantity has outpaced quality so far."""
    bursts: tuple[Stretch, ...]
    silences: tuple[Stretch, ...]
    weak: float | None
    """Scores under this are among the blog's own lowest quarter; None where there are too few to say."""
    strong: float | None
    """Scores over this are among its highest quarter."""
    edits: Mapping[str, tuple[Edit, ...]]
    """What would mend a post, by path."""

    @property
    def latest(self) -> tuple[Piece, ...]:
        """The posts of late, the oldest first."""
        return self.live[-LATEST:]

    def link(self, post: PostVerdict) -> str:
        """Return where a post is read; empty where it isn't."""
        return self.base + post.url if self.base and post.url.startswith("/") and post.status == "live" else ""

    def rank(self, score: float | None) -> str:
        """Return `weak`, `usual` or `strong`, by the blog's own measure; `unscored` without a score."""
        if score is None:
            return "unscored"
        if self.weak is not None and score < self.weak:
            return "weak"
        return "strong" if self.strong is not None and score > self.strong else "usual"


def material(
    verdict: Verdict, title: str = "", base: str = "", edits: Mapping[str, tuple[Edit, ...]] | None = None
) -> Material:
    """Return what the page is made of; `base` is the site's address, `edits` what would mend posts, by path."""
    pieces, undated, waiting = [], [], []
    for post in verdict.posts:
        if post.draft or post.status in ("draft", "scheduled"):
            waiting.append(post)
        elif post.status == "live":
            moment = moment_of(post)
            if moment is None:
                undated.append(post)
            else:
                pieces.append((moment, post))
    pieces.sort(key=lambda piece: (piece[0].timestamp(), piece[1].path))
    live = tuple(Piece(post, moment.date()) for moment, post in pieces)
    history = publications(_blog(verdict, pieces))
    rated = [piece.post.score for piece in live if piece.post.score is not None]
    enough = len(rated) >= FEWEST_TO_RANK
    return Material(
        title=title,
        base=base,
        verdict=verdict,
        today=datetime.fromtimestamp(verdict.now, UTC).date(),
        live=live,
        undated=tuple(undated),
        waiting=tuple(waiting),
        outpaced=outpaced(history),
        floods=_floods(history),
        bursts=_bursts(history),
        silences=_silences(history, verdict.now),
        weak=quantile(rated, 0.25) if enough else None,
        strong=quantile(rated, 0.75) if enough else None,
        edits=edits or {},
    )


def to_mend(verdict: Verdict, most: int = 6) -> list[PostVerdict]:
    """Return the live posts that drag the blog down, the weakest first: the lowest scores among those of late.

    Only those below the blog's median, since that is what they can be brought to.
    """
    dated = [(moment_of(post), post) for post in verdict.posts if post.status == "live" and not post.draft]
    in_time = sorted(
        ((moment.timestamp(), post.path, post) for moment, post in dated if moment is not None), key=lambda e: e[:2]
    )
    rated = [post for *_, post in in_time[-LATEST:] if post.score is not None]
    usual = goal(verdict)
    lower = [post for post in rated if post.score is not None and post.score < usual]
    # The newer first where scores are the same, as the gate tells them.
    newer = {post.path: -place for place, (*_, post) in enumerate(in_time)}
    return sorted(lower, key=lambda post: (post.score, newer[post.path]))[:most]


def goal(verdict: Verdict) -> float:
    """Return the score that a weak post can be brought to: the blog's own median."""
    return 0.0 if verdict.pace.score is None else verdict.pace.score


def moment_of(post: PostVerdict) -> datetime | None:
    """Return when a post is dated; None without a date."""
    try:
        moment = datetime.fromisoformat(post.date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def scores(pieces: Sequence[Piece]) -> list[int]:
    """Return the scores of those that have one."""
    return [piece.post.score for piece in pieces if piece.post.score is not None]


def middle(values: Sequence[float]) -> float | None:
    """Return the median; None without values."""
    return float(median(values)) if values else None


def by_path(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Return findings by the post that they are about."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.span.path, []).append(finding)
    return found


def _blog(verdict: Verdict, pieces: Sequence[tuple[datetime, PostVerdict]]) -> Blog:
    """Return the live posts as rules of scope `blog` see them, as far as the cadence asks."""
    posts = [
        Judged(
            post.path,
            post.url,
            post.title,
            "",
            max(int(moment.timestamp()), MISSING + 1),
            0,
            "live",
            "post",
            post.language,
            post.author,
            post.score,
            post.parts,
            int(post.metrics.get("words", 0)),
            post.metrics.get("ease"),
            {},
        )
        for moment, post in pieces
    ]
    return Blog(tuple(posts), verdict.now)


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _floods(history: Sequence[Publication]) -> tuple[Stretch, ...]:
    """Return when quantity outpaced quality: from the first post of the run that raised the alarm."""
    places = {(post.date, post.path): place for place, post in enumerate(history)}
    return tuple(
        Stretch(
            _day(history[max(0, places[first.date, first.path] - RUN + 1)].date),
            _day(last.date),
            "quantity outpaced quality",
        )
        for first, last in alarms(history)
    )


def _bursts(history: Sequence[Publication]) -> tuple[Stretch, ...]:
    """Return when CD001 would have spoken; what overlaps is one burst."""
    found: list[Stretch] = []
    for end in range(max(2 * RUN, len(history) - LOOKED_BACK), len(history) + 1):
        told = burst(history[max(0, end - LATEST - 1) : end])
        if told is None:
            continue
        first, last = _day(told.posts[0].date), _day(told.posts[-1].date)
        if found and first <= found[-1].last:
            first = found.pop().first
        found.append(Stretch(first, last, "burst"))
    return tuple(found)


def _silences(history: Sequence[Publication], now: int) -> tuple[Stretch, ...]:
    """Return when CD005 would have spoken: gaps that had outgrown the blog's rhythm by their end."""
    found = []
    for place in range(max(0, len(history) - LOOKED_BACK), len(history)):
        until = history[place + 1].date if place + 1 < len(history) else now
        if until - history[place].date <= DAY:
            continue
        if silence(history[max(0, place - BEFORE) : place + 1], until):
            last = _day(until) - timedelta(days=1) if place + 1 < len(history) else _day(until)
            found.append(Stretch(_day(history[place].date), last, "silence"))
    return tuple(found)
