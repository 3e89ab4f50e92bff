"""What is found most often, by rule: what it means, in how many posts, and the rule's manual."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice

from blogq.finding import CODES, Finding
from blogq.lint.registry import MODULES, manual, meaning
from blogq.pattern import Pattern
from blogq.report.manner import RANKS
from blogq.report.overview.markup import Section, chart, figures, folded, number, plain, title_of
from blogq.report.overview.material import Material, by_path
from blogq.report.overview.plot import Scale, bars, grid, months
from blogq.report.overview.timeline import Timeline, timeline
from blogq.report.text import counted

MOST_RULES = 12
"""Rules that are shown at once; the others are folded."""
PACE = frozenset(code for code in MODULES if MODULES[code].startswith("cadence."))
"""Rules whose findings stand at the top of the page."""
NAMED = 3
"""Posts that a rule names."""

_MARKS = Pattern(r"\*\*(.+?)\*\*|`([^`]+)`")


def rules_section(given: Material) -> Section | None:
    """Return the section; None where nothing was found in any post."""
    posts = {post.path for post in given.verdict.posts}
    groups: dict[str, list[Finding]] = {}
    for finding in given.verdict.findings:
        if finding.span.path in posts and finding.code not in PACE:
            groups.setdefault(finding.code, []).append(finding)
    if not groups:
        return None
    order = sorted(groups, key=lambda code: (_worst(groups[code]), -len(_paths(groups[code])), code))
    every = [finding for found in groups.values() for finding in found]
    told = _counts(every)
    silenced = (
        f" {counted(given.verdict.suppressed, 'finding')} silenced, with a reason." if given.verdict.suppressed else ""
    )
    parts = [f"<p>{told[:1].upper()}{told[1:]}, worst first.{silenced} Open a line for what the rule is about.</p>"]
    parts += [_rule(given, code, groups[code]) for code in order[:MOST_RULES]]
    if order[MOST_RULES:]:
        inner = "".join(_rule(given, code, groups[code]) for code in order[MOST_RULES:])
        parts.append(folded(f"{counted(len(order) - MOST_RULES, 'more rule')}", inner, "more"))
    axis = timeline(given)
    if axis is not None and any(finding.severity != "note" for finding in every):
        parts.append(_shares(axis, given))
    return Section("findings", "What is found most often", "".join(parts))


def manual_html(code: str) -> str:
    """Return the manual of a rule as HTML, without its first line."""
    blocks = manual(code).strip().split("\n\n")[1:]
    return "".join(f"<p>{_MARKS.sub(_marked, plain(' '.join(block.split())))}</p>" for block in blocks)


def _marked(match: object) -> str:
    strong, code = match.groups()  # type: ignore[attr-defined]
    return f"<b>{strong}</b>" if strong else f"<code>{code}</code>"


def _worst(found: list[Finding]) -> int:
    return min(RANKS[finding.severity] for finding in found)


def _counts(found: list[Finding]) -> str:
    """Return how many findings there are of each severity: `2 warnings, 20 notes`."""
    sums: Counter[str] = Counter(finding.severity for finding in found)
    return ", ".join(counted(sums[name], name) for name in RANKS if sums[name])


def _paths(found: list[Finding]) -> set[str]:
    return {finding.span.path for finding in found}


def _rule(given: Material, code: str, found: list[Finding]) -> str:
    severity = next(name for name, rank in RANKS.items() if rank == _worst(found))
    about = meaning(code) if code in MODULES else CODES.get(code, code)
    paths = _paths(found)
    # The newest first; what has no date comes last.
    known = chain((piece.post for piece in reversed(given.live)), given.verdict.posts)
    latest = {post.path: post for post in islice((post for post in known if post.path in paths), 2 * NAMED)}
    names = ", ".join(f"<bdi>{plain(title_of(post))}</bdi>" for post in [*latest.values()][:NAMED])
    more = f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    hints = sorted({finding.hint for finding in found if finding.hint}, key=lambda hint: (len(hint), hint))[:1]
    hint = "".join(f"<p><b>To do:</b> {plain(each)}.</p>" for each in hints)
    text = manual_html(code) if code in MODULES else ""
    return (
        f'<details class="rule"><summary><span class="badge {severity}">{severity}</span>'
        f'<span class="what">{plain(about[:1].upper() + about[1:])}</span>'
        f'<span class="count">{counted(len(paths), "post")}</span></summary>'
        f'<p class="quiet"><code>{code}</code> · {_counts(found)} · in {names}{more}</p>'
        f"{hint}{text}</details>"
    )


def _shares(axis: Timeline, given: Material) -> str:
    """Return how many of each bin's posts have an error or a warning, drawn."""
    bad = {
        path
        for path, found in by_path(given.verdict.findings).items()
        if any(finding.severity != "note" for finding in found)
    }
    shares = [
        100 * sum(piece.post.path in bad for piece in each.pieces) / len(each.pieces) if each.pieces else 0.0
        for each in axis.bins
    ]
    said = [
        f"{axis.name(each)}: {number(share)}% of {counted(len(each.pieces), 'post')}"
        for each, share in zip(axis.bins, shares, strict=True)
    ]
    scale = Scale(0, 100, 82, 6)
    drawn = [*grid(scale, (0, 50, 100)), *months(axis, 98, 6, 14), bars(axis, shares, scale, said)]
    count = sum(piece.post.path in bad for piece in given.live)
    about = f"{count:,} of {counted(len(given.live), 'dated post')} have an error or a warning."
    rows = [
        (axis.name(each), str(len(each.pieces)), f"{number(share)}%")
        for each, share in zip(axis.bins, shares, strict=True)
        if each.pieces
    ]
    name = f"Posts with an error or a warning, percent of each {axis.unit}’s"
    return (
        f"<h3>{name}</h3><figure>"
        + chart(name, about, drawn, "small wide-one", "findings-chart")
        + "</figure>"
        + figures(name, (axis.unit.capitalize(), "Posts", "With an error or a warning"), rows)
    )
