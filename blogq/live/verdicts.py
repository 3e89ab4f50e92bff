"""The gate for the whole blog, in the words in which two processes speak of it: what is asked, and what is told.

Both are one line of JSON. What is judged is the site as it is on disk, by the same code as `blogq check`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from blogq.finding import Finding, as_finding


class Asked(NamedTuple):
    """A request to judge the site as it is now."""

    number: int
    """Grows with each change of the site; what is told carries the number of what was asked."""
    paths: tuple[str, ...]
    """Posts and pages whose findings are wanted, relative to the site."""


class PostTold(NamedTuple):
    """What the gate says of one post or page, everything considered."""

    source: str
    """Digest of the text that was judged, and of what it inherits, in hex."""
    score: int | None
    parts: Mapping[str, int]
    """The score's parts, 0 to 100 each, by name; originality is among them where the post was compared."""
    findings: tuple[Finding, ...]
    """Without those that are silenced, known to the baseline, or about the blog as a whole."""
    known: Mapping[str, int]
    """How many findings of each rule the baseline knows."""


class Unpublished(NamedTuple):
    """What the gate says of a post that isn't public yet, in short."""

    source: str
    score: int | None
    found: int
    """Findings."""


class Told(NamedTuple):
    """What the gate says of a site."""

    number: int
    asked: tuple[str, ...]
    pace: str = ""
    """The blog's pace in a sentence or two."""
    blog: tuple[Finding, ...] = ()
    """Findings about the blog as a whole."""
    posts: Mapping[str, PostTold] = {}
    """By path: those that were asked for and could be judged."""
    unpublished: Mapping[str, Unpublished] = {}
    """By path: all drafts and scheduled posts."""
    problem: str = ""
    """Why something is left out, a sentence."""


def written(line: Asked | Told) -> bytes:
    """Return a line."""
    return json.dumps(line, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def asked(line: bytes) -> Asked:
    """Return a request as it was before it was written; raise ValueError for a line that is none."""
    try:
        number, paths = json.loads(line)
        return Asked(int(number), tuple(map(str, paths)))
    except TypeError as error:
        raise ValueError(str(error)) from error


def told(line: bytes) -> Told:
    """Return an answer as it was before it was written; raise ValueError for a line that is none."""
    try:
        number, paths, pace, blog, posts, unpublished, problem = json.loads(line)
        return Told(
            int(number),
            tuple(paths),
            pace,
            tuple(map(as_finding, blog)),
            {path: _post(each) for path, each in posts.items()},
            {path: Unpublished(*each) for path, each in unpublished.items()},
            problem,
        )
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _post(each: Any) -> PostTold:
    source, score, parts, findings, known = each
    return PostTold(source, score, parts, tuple(map(as_finding, findings)), known)


def judge_all(site: Path, overrides: Mapping[str, Any], now: int, question: Asked, jobs: int) -> Told:
    """Judge the site in the folder `site` by all its rules, as `blogq check` does, the present being `now`.

    `overrides` are config values by dotted key, `jobs` the processes to work with.
    """
    from blogq.gate import Ask, judge_site
    from blogq.lint.baseline import Unusable, baseline_of_site
    from blogq.lint.registry import MODULES, rule, wholes
    from blogq.lint.selection import codes_of
    from blogq.listing import survey

    found = survey(site, now, overrides)
    config = found.loaded.config
    baseline, problem = None, ""
    try:
        baseline = baseline_of_site(site, config)
    except Unusable as error:
        problem = f"{error}."
    everything = frozenset(row.path for row in found.rows)
    # Findings of drafts as well, and of every post: whatever is about the blog may stand at any of them.
    verdict = judge_site(Ask(site, now, only=everything, jobs=jobs, figures=False, baseline=baseline), found)
    if not verdict.posts and verdict.unread:
        return Told(question.number, question.paths, problem="The site can't be judged until its mistakes are mended.")
    whole = wholes()
    # What the build itself has to say stands in the panel of mistakes.
    findings = [each for each in verdict.findings if each.code in MODULES]
    wanted, by_path = {*question.paths}, dict[str, list[Finding]]()
    counts: Counter[str] = Counter()
    for each in findings:
        if each.code not in whole:
            counts[each.span.path] += 1
            if each.span.path in wanted:
                by_path.setdefault(each.span.path, []).append(each)
    on = {code for code in codes_of(config.check.select, config.check.ignore) if not rule(code).network}
    known: dict[str, Counter[str]] = {}
    for (path, code, _), count in (verdict.left.counts if verdict.left else {}).items():
        if path in wanted and code in on:
            known.setdefault(path, Counter())[code] += count
    sources = {row.path: entry.source.hex() for entry, row in zip(found.entries, found.rows, strict=True)}
    posts, unpublished = {}, {}
    for post in verdict.posts:
        source = sources[post.path]
        if post.path in wanted and post.status != "broken":
            told_of = tuple(by_path.get(post.path, ()))
            posts[post.path] = PostTold(source, post.score, dict(post.parts), told_of, known.get(post.path, {}))
        if post.status in ("draft", "scheduled"):
            unpublished[post.path] = Unpublished(source, post.score, counts[post.path])
    return Told(
        question.number,
        question.paths,
        verdict.pace.message,
        tuple(each for each in findings if each.code in whole),
        posts,
        unpublished,
        problem,
    )
