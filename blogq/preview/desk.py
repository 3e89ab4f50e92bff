"""The start page for writers, at `/_blogq/`: what isn't public yet, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from blogq.preview.source import Waiting
from blogq.report.text import safe

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem;color:light-dark(#1b1b1b,#f2f2f2);background:light-dark(#fff,#1b1b1b)}"
    "table{border-collapse:collapse;width:100%}td,th{padding:.4rem .6rem .4rem 0;text-align:start;vertical-align:top;"
    "border-bottom:1px solid light-dark(#0002,#fff3)}td:last-child,th:last-child{text-align:end;white-space:nowrap}"
    "small{display:block;opacity:.8;overflow-wrap:anywhere}a{color:light-dark(#0b57d0,#a8c7fa)}h1{font-size:1.4rem}"
    "h2{font-size:1.1rem;margin-top:2rem}"
)


def desk(waiting: Sequence[Waiting], home: str) -> str:
    """Return the start page; `home` is the URL of the site's home page."""
    drafts = [each for each in waiting if not each.when]
    scheduled = [each for each in waiting if each.when]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not public yet</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>Not public yet</h1>{_table('Drafts', drafts)}{_table('Scheduled', scheduled)}"
        f'<p><a href="{escape(home)}">The site</a></p></main></body></html>\n'
    )


def _table(heading: str, posts: Sequence[Waiting]) -> str:
    if not posts:
        return f"<h2>{heading}</h2><p>None.</p>"
    when = "<th scope=col>Public from</th>" if posts[0].when else ""
    rows = "".join(
        f'<tr><td><a href="{escape(each.url)}">{escape(safe(each.title) or each.url)}</a>'
        f"<small>{escape(safe(each.path))}</small></td>"
        + (f"<td>{escape(each.when)}</td>" if each.when else "")
        + f"<td>{'' if each.score is None else each.score}</td></tr>"
        for each in posts
    )
    return (
        f"<h2>{heading}</h2><table><thead><tr><th scope=col>Post</th>{when}<th scope=col>Score</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
