"""The posts to mend, with what would mend them, and those to be proud of."""

from __future__ import annotations

from blogq.lint.score.counted import Edit
from blogq.lint.verdict import PostVerdict
from blogq.report.overview.markup import Section, day, folded, named, number, plain, table
from blogq.report.overview.material import LATEST, Material, goal, moment_of, to_mend
from blogq.report.text import counted

BEST = 5
"""Posts that are shown as the best."""
WEAKEST_OF_ALL = 20
"""Posts in the list of a large blog's weakest, whenever they are from."""
SHOWN_EDITS = 4
ANOTHER_POST = 10.0
"""Points that saying more can bring to what is still the same post: on a scale of logarithms it takes hundreds of
different words from here on."""


def ranking_section(given: Material) -> Section | None:
    """Return the section; None where no live post has a score."""
    rated = [piece.post for piece in given.live] + list(given.undated)
    rated = [post for post in rated if post.score is not None]
    if not rated:
        return None
    mend = to_mend(given.verdict)
    usual = goal(given.verdict)
    parts = []
    if mend:
        among = f"the latest {LATEST} posts" if len(given.live) > LATEST else "all posts"
        able = any(given.edits.get(post.path) for post in mend)
        what = f", with the fewest edits that would bring each to the blog’s usual {number(usual)}" if able else ""
        parts.append(f'<p>The lowest scores among {among}{what}.</p><h3>To mend</h3><ol class="posts">')
        parts += [_to_mend(given, post) for post in mend]
        parts.append("</ol>")
    else:
        parts.append("<p>No post stands below the others.</p>")
    if len(given.live) > LATEST:
        lowest = sorted(rated, key=lambda post: (post.score, post.path))[:WEAKEST_OF_ALL]
        rows = [(named(post, given.link(post)), _when(post), number(post.score)) for post in lowest]
        inner = table("The weakest posts of all time", ("Post", "Day", "Score"), rows)
        parts.append(folded(f"The {len(lowest)} weakest of all {len(rated):,} posts", inner))
    weak = {post.path for post in mend}
    best = sorted((post for post in rated if post.path not in weak), key=lambda post: (-(post.score or 0), post.path))[
        :BEST
    ]
    if best:
        parts.append('<h3>To be proud of</h3><ol class="posts best">')
        parts += [
            f'<li><b class="score">{post.score}</b><div><h4>{named(post, given.link(post))}</h4>'
            f'<p class="quiet">{_about(post)}</p></div></li>'
            for post in best
        ]
        parts.append("</ol>")
    return Section("posts", "Posts to mend, posts to be proud of", "".join(parts))


def weakest_part(post: PostVerdict) -> str:
    """Return the part of a post with the fewest points; empty where parts are not known."""
    return min(post.parts, key=lambda part: (post.parts[part], part), default="")


def edits_list(given: Material, post: PostVerdict, most: int = SHOWN_EDITS, rest: bool = True) -> str:
    """Return the edits that would mend a post as HTML, the most telling first; empty where none is known.

    `rest` says whether to tell how many more there are than `most`.
    """
    edits = given.edits.get(post.path, ())
    if not edits:
        return ""
    edits = tuple(sorted(edits, key=lambda edit: (-edit.points, edit.what)))
    told = "".join(f"<li>{_said(edit)}</li>" for edit in edits[:most])
    left = len(edits) - most
    more = f"<li>and {counted(left, 'smaller thing')}</li>" if left > 0 and rest else ""
    return f'<ul class="edits">{told}{more}</ul>'


def _said(edit: Edit) -> str:
    """Return an edit as HTML. To say so much more that it would be another post is no edit, and is said otherwise."""
    if edit.what.startswith("say more") and edit.points > ANOTHER_POST:
        return "say much more, or make one post of several"
    return f"{plain(edit.what)} <small>+{number(edit.points, 1)}</small>"


def _to_mend(given: Material, post: PostVerdict) -> str:
    least = weakest_part(post)
    points = " · ".join(
        f"<b>{plain(part)} {value}</b>" if part == least else f"{plain(part)} {value}"
        for part, value in sorted(post.parts.items(), key=lambda entry: (entry[1], entry[0]))
    )
    lines = [f'<p class="quiet">{_about(post)}</p>']
    if points:
        lines.append(f'<p class="quiet">{points}</p>')
    lines.append(edits_list(given, post))
    return (
        f'<li><b class="score {given.rank(post.score)}">{post.score}</b>'
        f"<div><h4>{named(post, given.link(post))}</h4>{''.join(lines)}</div></li>"
    )


def _about(post: PostVerdict) -> str:
    words = post.metrics.get("words")
    told = [_when(post), counted(int(words), "word") if words is not None else "", f"<code>{plain(post.path)}</code>"]
    return " · ".join(filter(None, told))


def _when(post: PostVerdict) -> str:
    moment = moment_of(post)
    return day(moment.date()) if moment else "undated"
