"""What a rule is: a code, a name, how severe it is, its options and their defaults, a function that yields findings.

A rule is a module of its own under `rules/`. Its docstring is its manual, shown by `blogq explain CODE`: a first line
that says what is checked, then what it does, why that matters, where the default is from, and what to do. It ends in a
`RULE` made by `Rule(...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from blogq.finding import Finding, Severity

Options = Mapping[str, Any]
"""Values of a rule's options, by name: defaults, or what config says."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    """Two letters for its family and three digits; never given to another rule."""
    name: str
    """What it is called, in words with hyphens."""
    severity: Severity
    """How severe its findings are; the worst of them, where they differ."""
    check: Callable[[Any, Options], Iterator[Finding]]
    """Takes the options, and before them a `Subject` (scope `post`), a `Blog` (scope `blog`), a `Whole` (scope `site`)
    or `Texts` (scope `texts`)."""
    scope: str = "post"
    """`post`: judged by its content alone, once per content. `blog`: judged from the whole blog and the present.
    `site`: judged from what links and images of all sources lead to, which is found once for each state of the site;
    such a rule sees no text, and pages count like posts. `texts`: judged from what posts have in common with earlier
    ones and with texts of corpora, which is found once for each state of them all."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Names of its options and their defaults; the manual says what each means."""
    whole: bool = False
    """Whether its findings are about the blog as a whole, and stand at its newest post only to stand somewhere."""
    when_new: Severity | None = None
    """How severe its findings are in what is new since the baseline or the merge base; None for no difference."""
    languages: tuple[str, ...] = ()
    """Languages that it knows; empty for all. In others it is silent."""
    network: bool = False
    """Whether it asks other sites: it is on only when that is asked for."""

    def speaks(self, language: str) -> bool:
        """Return whether it knows texts in `language`."""
        return not self.languages or language.partition("-")[0].lower() in self.languages
