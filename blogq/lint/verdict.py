"""What the gate says of a site: a verdict on each post, the blog's pace, and all findings. Reports are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blogq.finding import Finding
from blogq.lint.baseline import Baseline

if TYPE_CHECKING:
    from blogq.conversation.replies import Talk


@dataclass(frozen=True, slots=True)
class PostVerdict:
    """One post, judged."""

    path: str
    """Relative to the site, with `/`."""
    url: str
    """Root-relative, under the site's subpath; empty where there is none (a broken or colliding source)."""
    title: str
    date: str
    """RFC 3339; empty where there is none."""
    draft: bool
    language: str
    score: int | None
    """0 to 100; None for what can't be scored (a broken source, a language that no rule knows, next to no text)."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """The score's parts, 0 to 100 each, by name."""
    metrics: Mapping[str, float | int] = field(default_factory=dict)
    """`words`, `sentences`, `ease`, and textstat's figures by their names there; what a language lacks is missing.
    Where an audience is declared, `ease_low` and `ease_high` are its range."""
    changed: bool = True
    """Whether it is among what was to be judged: named on the command line or changed; all are, where nothing was."""
    status: str = "live"
    """`live`, `draft`, `scheduled`, `expired` or `broken`."""
    author: str = ""
    """Its first author, the site's own where it names none; empty where nobody is named."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the blog publishes, and how good it is lately."""

    posts: int
    """Live posts with a date."""
    newest: str = ""
    """Date of the newest of them, RFC 3339; empty where there is none."""
    days_since: float | None = None
    """Days from the newest to `now`."""
    gap: float | None = None
    """Usual gap between posts: the median of all gaps, in days."""
    recent_gap: float | None = None
    """Median gap of the last 12 posts, in days."""
    score: float | None = None
    """Median score of all live posts."""
    recent_score: float | None = None
    """Median score of the last 12."""
    message: str = ""
    """The pace in one sentence, for people."""
    asked: int | None = None
    """Comments that count, as CV001 counts them; None where config names no sources of comments."""
    answered: int | None = None
    """How many of them were answered."""
    waiting: int | None = None
    """Comments that nobody has answered, younger ones among them."""
    reply_rate: float | None = None
    """Share of the comments that count that were answered, 0 to 1: what CV001 judges. None where none counts."""
    reply_rate_low: float | None = None
    """Lower end of its 95% interval (Wilson)."""
    reply_rate_high: float | None = None
    """Upper end of it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one run of the gate found."""

    now: int
    """Seconds since 1970, UTC: the moment at which the blog was judged."""
    posts: tuple[PostVerdict, ...]
    """In the order of paths."""
    findings: tuple[Finding, ...]
    """In the order of paths and places; without those that are suppressed or in the baseline."""
    pace: Pace
    suppressed: int = 0
    """Findings that the author silenced, with a reason."""
    known: int = 0
    """Findings that the baseline holds."""
    unread: int = 0
    """Sources that could not be read: the run ends with exit code 2, whatever it found."""
    standing: tuple[int, int, int] = (0, 0, 0)
    """Errors, warnings and notes of the whole site, drafts aside, where findings of a part only were asked for."""
    waiting: int = 0
    """Posts and pages that are not judged yet, where the gate was to judge a few only."""
    left: Baseline | None = None
    """What of the baseline still holds, where there is one."""
    talk: Talk | None = None
    """What readers have said and who was answered; None where config names no sources of comments."""
