"""What would mend the posts that drag a blog down: for `blogq report`, and for a blog that has just moved in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blogq.lint.score.counted import Edit
    from blogq.lint.verdict import PostVerdict, Verdict


def edits_of(site: Path, verdict: Verdict, posts: list[PostVerdict]) -> dict[str, tuple[Edit, ...]]:
    """Return what would bring each of `posts` to the blog's usual score, by path."""
    from blogq.gate import read_posts
    from blogq.lint.score import edits, score, with_originality
    from blogq.lint.score.originality import share_of
    from blogq.report.overview.material import goal

    parts = {post.path: post.parts for post in posts}
    wanted = frozenset(parts)
    found = {}
    for path, subject in read_posts(site, wanted).items() if wanted else ():
        scored = score(subject)
        if scored is not None:
            own = parts[path].get("originality")
            if own is not None:
                scored = with_originality(scored, share_of(own))
            found[path] = edits(subject, scored, goal(verdict))
    return found
