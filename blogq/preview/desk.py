"""The start page for writers, at `/_blogq/`: the blog's pace, what isn't public yet and how good it is, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from blogq.preview.panel import panel
from blogq.preview.source import Desk, Unanswered, Waiting
from blogq.report.text import counted, safe

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem;color:light-dark(#1b1b1b,#f2f2f2);background:light-dark(#fff,#1b1b1b)}"
    "table{border-collapse:collapse;width:100%}td,th{padding:.4rem .6rem .4rem 0;text-align:start;vertical-align:top;"
    "border-bottom:1px solid light-dark(#0002,#fff3)}td:last-child,th:last-child{text-align:end;white-space:nowrap}"
    "small{display:block;overflow-wrap:anywhere;color:light-dark(#555,#bbb)}a{color:light-dark(#0b57d0,#a8c7fa)}"
    "h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}.warning i{color:light-dark(#8a5a00,#ffc766)}"
    "ol{padding:0;list-style:none}li p{margin:.2rem 0}i{font-style:normal}pre{overflow:auto}"
    ".day{white-space:nowrap}.error i{color:light-dark(#b3261e,#ff8a80)}"
)
_WEB = ("https://", "http://")


def desk(shown: Desk, home: str) -> str:
    """Return the start page; `home` is the URL of the site's home page."""
    drafts = [each for each in shown.waiting if not each.when]
    scheduled = [each for each in shown.waiting if each.when]
    pace = f"<p id=pace>{escape(safe(shown.pace))}</p>" if shown.pace else ""
    said = [safe(shown.problem)] if shown.problem else []
    if shown.asking:
        said.append("The gate is judging the blog; scores follow.")
    notes = f"<p><small>{escape(' '.join(said))}</small></p>" if said else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not public yet</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>Not public yet</h1>{pace}{panel(shown.blog)}{notes}"
        f"{_answers(shown.answers, shown.more_answers)}{_table('Drafts', drafts)}{_table('Scheduled', scheduled)}"
        f'<p><a href="{escape(home)}">The site</a></p></main></body></html>\n'
    )


def _answers(waiting: Sequence[Unanswered], more: int) -> str:
    """Return the section of what waits for an answer; nothing where nothing does, or the site has no comments."""
    rows = "".join(
        f"<li><p>{_linked(each.url, each.author or 'Somebody')}: {escape(safe(each.text))}"
        f"<small>{escape(safe(', '.join(filter(None, (each.title, each.day)))))}</small></p></li>"
        for each in waiting
    )
    rest = f"<p>And {more:,} more: <code>blogq inbox</code> lists all.</p>" if more else ""
    return f"<h2>Waits for an answer</h2><ol id=answers>{rows}</ol>{rest}" if rows else ""


def _linked(url: str, text: str) -> str:
    """Return `text` as a link to a path of this site or a web address; a URL of another kind isn't followed."""
    is_own = url.startswith("/") and not url.startswith(("//", "/\\"))
    shown = escape(safe(text))
    return f'<a href="{escape(url)}">{shown}</a>' if is_own or url.lower().startswith(_WEB) else shown


def _table(heading: str, posts: Sequence[Waiting]) -> str:
    if not posts:
        return f"<h2>{heading}</h2><p>None.</p>"
    when = "<th scope=col>Public from</th>" if posts[0].when else ""
    rows = "".join(
        f'<tr><td><a href="{escape(each.url)}">{escape(safe(each.title) or each.url)}</a>'
        f"<small>{escape(safe(each.path))}{_edited(each)}</small></td>"
        + (f"<td class=day>{escape(each.when)}</td>" if each.when else "")
        + f"<td>{'' if each.score is None else each.score}{_count(each)}</td></tr>"
        for each in posts
    )
    return (
        f"<h2>{heading}</h2><table><thead><tr><th scope=col>Post</th>{when}<th scope=col>Score</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _edited(post: Waiting) -> str:
    """Return when a post was saved last, by the clock of this machine, and whether it is new."""
    told = ", new since the preview began" if post.new else ""
    return f", saved {datetime.fromtimestamp(post.edited):%Y-%m-%d %H:%M}{told}" if post.edited else told


def _count(post: Waiting) -> str:
    return "" if post.found is None else f"<small>{counted(post.found, 'finding')}</small>"
