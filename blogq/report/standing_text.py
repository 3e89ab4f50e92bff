"""What the gate says after a build: what it found in the posts that were edited, and in a line how the site stands."""

from __future__ import annotations

from dataclasses import replace

from blogq.report.text import counted
from blogq.standing import Standing


def standing_text(standing: Standing, color: bool = False, width: int = 80) -> str:
    """Return `standing` as text; `width` is in cells."""
    lines: list[str] = []
    if standing.verdict is not None:
        from blogq.report.verdict_text import finding_blocks, inert

        # Notes are for a quiet hour: a build counts them.
        loud = tuple(finding for finding in standing.verdict.findings if finding.severity != "note")
        for block in finding_blocks(replace(standing.verdict, findings=loud), color, width):
            lines += [*([] if lines else [""]), *map(inert, block), ""]
    return "\n".join([*lines, standing_line(standing)]) + "\n"


def standing_line(standing: Standing) -> str:
    """Return in a line how the site stands."""
    if standing.verdict is not None and standing.verdict.unread:
        return "Gate: these mistakes keep it from judging."
    if standing.waiting:
        return (
            f"Gate: {counted(standing.waiting, 'source')} not judged yet, more than a build does on the way;"
            " `blogq check` judges them all, and builds judge what is edited from then on."
        )
    counts = zip((standing.errors, standing.warnings, standing.notes), ("error", "warning", "note"), strict=True)
    stands = ", ".join(counted(count, name) for count, name in counts if count) or "nothing to mend"
    end = "; `blogq check` tells all." if any(standing[:3]) else "."
    return f"Gate: {stands} in {counted(standing.posts, 'post')}{end}"
