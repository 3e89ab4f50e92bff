"""A verdict as a writer reads it in a terminal: what is wrong, post by post, how the posts score, the pace, the sum.

The worst comes last, in sight: posts are in the order of their worst finding, errors at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isfinite

from blogq.finding import Finding
from blogq.lint.verdict import PostVerdict, Verdict
from blogq.pattern import Pattern
from blogq.report.manner import RANKS, Manner
from blogq.report.text import ALIKE, counted, finding_lines, safe
from blogq.report.verdict_json import summary_object

FULL_TABLE = 20
"""Judged posts up to which the table has all of them."""
LOWEST = 10
"""Posts that it has else: those with the lowest scores."""

_COMMAND = Pattern(r"^(\s*)::|##\[")


def as_text(verdict: Verdict, manner: Manner) -> str:
    """Return `verdict` for a terminal."""
    return verdict_text(verdict, manner.color, manner.width)


def verdict_text(verdict: Verdict, color: bool = False, width: int = 80) -> str:
    """Return `verdict` as text; `width` is in cells, and excerpts and the table of posts keep to it."""
    blocks = finding_blocks(verdict, color, width)
    table = _table(verdict.posts, color, width)
    if table:
        blocks.append(table)
    if verdict.pace.message:
        blocks.append([safe(verdict.pace.message)])
    blocks.append([_paint(_worst_color(verdict), summary_line(verdict), color)])
    return "\n\n".join("\n".join(map(inert, block)) for block in blocks) + "\n"


def summary_line(verdict: Verdict) -> str:
    """Return the sum: `3 errors, 2 warnings, 5 notes in 12 posts; 4 silenced, 2 known`."""
    sums = summary_object(verdict)
    found = [counted(sums[f"{name}s"], name) for name in RANKS if sums[f"{name}s"]]
    told = f"{', '.join(found) or 'nothing found'} in {counted(sums['posts'], 'post')}"
    rest = [f"{sums['suppressed']:,} silenced"] if sums["suppressed"] else []
    rest += [f"{sums['known']:,} known"] if sums["known"] else []
    rest += [f"{counted(sums['unread'], 'source')} could not be read"] if sums["unread"] else []
    return f"{told}; {', '.join(rest)}" if rest else told


def inert(line: str) -> str:
    """Return `line` with nothing in it that the log of a CI job would take for a command.

    GitHub's runner takes `::name::` at the start of a line, and `##[name]` anywhere in it.
    """
    return _COMMAND.sub(lambda found: "##\\[" if found[0] == "##[" else f"{found[1]}\\::", line)


def lowest(posts: Sequence[PostVerdict]) -> tuple[list[PostVerdict], int]:
    """Return the judged posts that a table shows, the lowest score first, and how many more there are."""
    judged = [post for post in posts if post.changed]
    ranked = sorted(judged, key=lambda post: (post.score is None, post.score or 0, post.path))
    shown = ranked if len(ranked) <= FULL_TABLE else ranked[:LOWEST]
    return shown, len(ranked) - len(shown)


def finding_blocks(verdict: Verdict, color: bool, width: int) -> list[list[str]]:
    """Return a block for each file with findings; of many alike the first stand for all, each hint is given once."""
    posts = {post.path: post for post in verdict.posts}
    by_path: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    blocks = []
    shown: Counter[str] = Counter()
    held: dict[str, list[Finding]] = {}
    hinted: set[tuple[str, str]] = set()
    totals = Counter(finding.code for finding in verdict.findings)
    for path, findings in sorted(by_path.items(), key=lambda item: (-_worst(item[1]), item[0])):
        lines = [_heading(path, posts.get(path), color)]
        for finding in findings:
            if finding.severity != "error" and shown[finding.code] >= ALIKE and totals[finding.code] > ALIKE + 1:
                held.setdefault(finding.code, []).append(finding)
                continue
            shown[finding.code] += 1
            new = (finding.code, finding.hint) not in hinted
            hinted.add((finding.code, finding.hint))
            lines += [f"  {line}" for line in finding_lines(finding, color, new, max(40, width) - 2)]
        if len(lines) > 1:
            blocks.append(lines)
    if held:
        more = [
            f"… and {len(rest):,} more {code} in {counted(len({finding.span.path for finding in rest}), 'file')}"
            for code, rest in sorted(held.items())
        ]
        # Before what has errors, so that these stay in sight.
        errors = sum(any(f.severity == "error" for f in findings) for findings in by_path.values())
        blocks.insert(len(blocks) - errors, [*more, "  --format json lists them all"])
    return blocks


def _worst(findings: Sequence[Finding]) -> int:
    return min(RANKS[finding.severity] for finding in findings)


def _heading(path: str, post: PostVerdict | None, color: bool) -> str:
    told = _paint("1", safe(path), color)
    if post is None:
        return told
    return f"{told}  {'not scored' if post.score is None else f'score {post.score}'}{_out_of_range(post)}"


def _out_of_range(post: PostVerdict) -> str:
    """Return the ease of `post` beside the range of its audience where it lies outside that, else nothing."""
    value, low, high = (post.metrics.get(name) for name in ("ease", "ease_low", "ease_high"))
    if value is None or low is None or high is None or low <= value <= high:
        return ""
    return f", ease {value:.0f} (its audience: {low:.0f} to {high:.0f})"


def _table(posts: Sequence[PostVerdict], color: bool, width: int) -> list[str]:
    shown, more = lowest(posts)
    if not shown:
        return []
    lines = [_paint("2", "score    words   ease  post", color)]
    room = max(20, width - 23)
    for post in shown:
        lines.append(f"{_cell(post.score, 5)}  {words(post):>7}  {ease(post):>5}  {_fit(safe(post.path), room)}")
    if more:
        lines.append(f"  the {len(shown)} lowest of {len(shown) + more:,} posts; --format json lists them all")
    return lines


def words(post: PostVerdict) -> str:
    """Return the number of words of `post`, or a dash."""
    return _number(post.metrics.get("words"))


def ease(post: PostVerdict) -> str:
    """Return the ease of `post`, or a dash."""
    return _number(post.metrics.get("ease"))


def _number(value: float | None) -> str:
    return "–" if value is None or not isfinite(value) else f"{value:,.0f}"


def _cell(value: int | None, width: int) -> str:
    return f"{'–' if value is None else value:>{width}}"


def _fit(path: str, room: int) -> str:
    """Return `path`, its beginning left out where it is longer than `room`: its end tells posts apart."""
    return path if len(path) <= room else f"…{path[len(path) - room + 1 :]}"


def _paint(code: str, text: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and code else text


def _worst_color(verdict: Verdict) -> str:
    if not verdict.findings:
        return "32"
    return {0: "1;31", 1: "1;33", 2: "1"}[_worst(verdict.findings)]
