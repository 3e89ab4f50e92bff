"""A post's score, taken apart, for a terminal: its parts, what was counted, what would raise it."""

from __future__ import annotations

from blogq.content.audience import Audience
from blogq.lint.score import Score, edits, score, with_originality
from blogq.lint.subject import Subject
from blogq.report.text import safe


def score_text(post: Subject, goal: int, share: float | None = None) -> str:
    """Return what the score of `post` is made of, and the edits that would bring it to `goal`.

    `share`, 0 to 1, is which part of its words is copied; None where it wasn't compared.
    """
    found = score(post)
    if found is None:
        return safe(f"{post.path} has no score: there is too little text in it, or its words can't be counted") + "\n"
    if share is not None:
        found = with_originality(found, share)
    lines = [safe(f"{post.path}  score {found.total}")]
    for part, points in found.parts.items():
        lines += ["", f"{part}  {points} of 100"]
        lines += _rows(found, part)
    wanted = edits(post, found, goal) if found.total < goal else ()
    if wanted:
        lines += ["", f"To reach {goal}:"]
        lines += [safe(f"  {edit.what}  (+{edit.points:.1f})") for edit in wanted]
    measures = post.measures
    lines += ["", f"{measures.words:,} words in {measures.sentences:,} sentences"]
    if measures.ease is not None:
        lines[-1] += f"; ease {measures.ease:.0f} of 100, which is no part of the score"
        lines.append(_standing(measures.ease, post.audience))
    return "\n".join(lines) + "\n"


def _standing(ease: float, audience: Audience | None) -> str:
    """Return for whom a post is written, and where its ease lies in the range of these."""
    if audience is None:
        return "Audience: none is declared, so only what anybody would find hard counts; docs/audience.md"
    wanted = f"{audience.low} to {audience.high}"
    told = f"Audience: {audience.name}, usually {wanted}" if audience.name else f"Audience: {wanted}"
    if ease < audience.low:
        return f"{told}; this is harder by {audience.low - ease:.0f}"
    if ease > audience.high:
        fault = ", which is no fault" if audience.name else ""
        return f"{told}; this is easier by {ease - audience.high:.0f}{fault}"
    return f"{told}; this lies within"


def _rows(found: Score, part: str) -> list[str]:
    rows = [row for row in found.counted if row.part == part]
    width = max((len(row.what) for row in rows), default=0)
    lines = []
    for row in rows:
        value = f"{row.value:,.2f}".rstrip("0").rstrip(".")
        points = f"{row.points:.1f} of {row.most:.0f}" if row.most else f"{row.points:.1f}"
        lines.append(f"  {row.what:{width}}  {value:>8}   {points} points")
    return lines
