"""A suppression that silences nothing.

**What it does.** Tells of comments `<!-- blogq: ignore … -->`, and of entries under `gate: ignore:` in front matter,
that give no reason, name a rule that there isn't, have ended, or have nothing to silence.

**Why.** A reason that was good once goes on hiding what comes after it. A suppression with a slip in it hides nothing,
and its author believes it does.

**Where the limits are from.** There are none to set. One that has nothing to silence is a note; one that can't be
understood is a warning.

**What to do.** Take it out, or write it as docs/checking.md shows.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.lint.suppression import suppressions


def check(post: Subject, options: Options) -> Found:
    """Yield those that can't be understood; those that aren't needed come when all else is known."""
    yield from suppressions(post)[1]


RULE = Rule("SU001", "unused-suppression", "warning", check)
