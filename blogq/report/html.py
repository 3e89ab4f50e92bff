"""A verdict as one HTML page that needs nothing else: no script, no request, light or dark as the system is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isfinite

import blogq
from blogq.finding import Finding
from blogq.lint.verdict import Pace, PostVerdict, Verdict
from blogq.report.excerpt import parts
from blogq.report.manner import RANKS, Manner
from blogq.report.related import related_lines
from blogq.report.text import counted, safe
from blogq.report.verdict_json import rfc3339, summary_object
from blogq.report.verdict_text import ease, summary_line, words

_STYLE = """
:root{color-scheme:light dark;--ground:#fbfaf7;--card:#fff;--ink:#22242a;--quiet:#5c6069;--line:#dedbd3;
--error:#a8201a;--warning:#7d5200;--note:#1d5a96;--mark:#ffe39a;--code:#f3f1ea}
@media(prefers-color-scheme:dark){:root{--ground:#15171b;--card:#1d2026;--ink:#e7e6e2;--quiet:#a4a8b1;--line:#363a43;
--error:#ff9d94;--warning:#f0c070;--note:#93c5f8;--mark:#6a5210;--code:#121418}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
main,header,footer{max-width:56rem;margin:auto;padding:0 1rem}
header{padding-top:2rem}h1{font-size:1.6rem;margin:0 0 .25rem;line-height:1.25}
h2{font-size:1.2rem;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}p{margin:.25rem 0}
.quiet{color:var(--quiet)}.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.75rem;
margin:1.25rem 0;padding:0;list-style:none}
.sums li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .9rem}
.sums b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}
.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--note)}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%}th,td{padding:.45rem .8rem;text-align:right;vertical-align:top;
font-variant-numeric:tabular-nums;border-bottom:1px solid var(--line)}tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--quiet);font-weight:600;font-size:.9rem}tbody th{font-weight:inherit}
th:first-child{text-align:left;min-width:11rem;overflow-wrap:anywhere}
a{color:inherit;text-decoration-color:var(--quiet);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--note);outline-offset:2px}
article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1rem;margin:0 0 1rem}
article p{overflow-wrap:anywhere}
article ul{list-style:none;margin:.5rem 0 0;padding:0}
article li{border-top:1px solid var(--line);padding:.7rem 0 .4rem}
article li:last-child{padding-bottom:0}
code{font:.9em/1.5 ui-monospace,monospace}
pre{background:var(--code);border-radius:.35rem;padding:.5rem .7rem;margin:.4rem 0;white-space:pre-wrap;
unicode-bidi:plaintext;overflow-wrap:anywhere}mark{background:var(--mark);color:inherit;border-radius:.15rem}
@media(max-width:30rem){th,td{padding:.45rem .5rem}th:first-child{min-width:6rem}}
footer{padding-top:1.5rem;padding-bottom:2rem;font-size:.9rem}
"""


def as_page(verdict: Verdict, manner: Manner) -> str:
    """Return `verdict` as an HTML document; paths are relative to the site."""
    judged = [post for post in verdict.posts if post.changed]
    by_path: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    worst_first = sorted(by_path, key=lambda path: (min(RANKS[f.severity] for f in by_path[path]), path))
    anchors = {path: f"post-{number}" for number, path in enumerate(worst_first, 1)}
    posts = {post.path: post for post in verdict.posts}
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # Nothing that gets past the escaping could load or run.
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
        f"<title>{_text(f'blogq: {summary_line(verdict)}')}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<header><h1>What the gate says</h1><p>{_text(summary_line(verdict))}</p>",
        _sums(verdict),
        "</header><main>",
        _pace(verdict.pace),
        _table(judged, anchors),
    ]
    if by_path:
        parts.append("<section><h2>Findings</h2>")
        parts += [_file(path, by_path[path], posts.get(path), anchors[path]) for path in worst_first]
        parts.append("</section>")
    parts.append(
        f'</main><footer class="quiet"><p>blogq {_text(blogq.__version__)}, {rfc3339(verdict.now)}</p></footer>'
        "</body></html>"
    )
    return "\n".join(part for part in parts if part) + "\n"


def _sums(verdict: Verdict) -> str:
    sums = summary_object(verdict)
    cells = []
    for name in RANKS:
        number = sums[f"{name}s"]
        color = f' class="{name}"' if number else ""
        cells.append(f"<li><b{color}>{number:,}</b> {name if number == 1 else name + 's'}</li>")
    cells.append(f"<li><b>{sums['posts']:,}</b> {'post' if sums['posts'] == 1 else 'posts'} judged</li>")
    return f'<ul class="sums">{"".join(cells)}</ul>'


def _pace(pace: Pace) -> str:
    if not pace.message:
        return ""
    rows = [
        ("usual gap", pace.gap, "days"),
        ("gap of late", pace.recent_gap, "days"),
        ("median score", pace.score, ""),
        ("of late", pace.recent_score, ""),
    ]
    told = ", ".join(
        f"{name} {value:,.0f} {unit}".rstrip() for name, value, unit in rows if value is not None and isfinite(value)
    )
    return (
        f"<section><h2>Pace</h2><p>{_text(pace.message)}</p>"
        + (f'<p class="quiet">{_text(told[:1].upper() + told[1:])}.</p>' if told else "")
        + "</section>"
    )


def _table(judged: Sequence[PostVerdict], anchors: dict[str, str]) -> str:
    if not judged:
        return ""
    rows = []
    for post in sorted(judged, key=lambda post: (post.score is None, post.score or 0, post.path)):
        name = _text(post.title or post.path)
        if post.path in anchors:
            name = f'<a href="#{anchors[post.path]}">{name}</a>'
        score = "–" if post.score is None else str(post.score)
        draft = ' <span class="quiet">draft</span>' if post.draft else ""
        cells = (score, words(post), ease(post))
        rows.append(f'<tr><th scope="row">{name}{draft}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Post", "Score", "Words", "Ease"))
    return (
        '<section><h2 id="posts">Posts, the lowest score first</h2>'
        '<div class="wide" role="region" aria-labelledby="posts" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _file(path: str, findings: Sequence[Finding], post: PostVerdict | None, anchor: str) -> str:
    title = post.title if post else ""
    about = [] if post is None else ["not scored" if post.score is None else f"score {post.score}"]
    about.append(counted(len(findings), "finding"))
    path_line = f"<code>{_text(path)}</code> · " if title else ""
    return (
        f'<article id="{anchor}"><h3>{_text(title or path)}</h3>'
        f'<p class="quiet">{path_line}{" · ".join(about)}</p><ul>'
        f"{''.join(map(_finding, findings))}</ul></article>"
    )


def _finding(finding: Finding) -> str:
    lines = [
        f'<p><b class="{finding.severity}">{finding.severity}</b> <code>{_text(finding.code)}</code> '
        f"{_text(finding.message)}</p>"
    ]
    if finding.evidence:
        lines.append(f"<pre>{_excerpt(finding)}</pre>")
    lines += [f'<blockquote class="there"><p>{_text(line)}</p></blockquote>' for line in related_lines(finding)]
    where = [f"{name} {number}" for name, number in zip(("line", "column"), finding.span[1:3], strict=True) if number]
    told = " · ".join(text for text in (_text(finding.hint), ", ".join(where)) if text)
    if told:
        lines.append(f'<p class="quiet">{told}</p>')
    return f"<li>{''.join(lines)}</li>"


def _excerpt(finding: Finding) -> str:
    """Return the evidence, with the finding's own part of the line marked."""
    before, marked, after = parts(finding)
    more = "".join(f"\n{_text(line)}" for line in finding.evidence.partition("\n")[2].splitlines())
    if marked:
        marked = f"<mark>{_text(marked)}</mark>"
    return f"{_text(before)}{marked}{_text(after)}{more}"


def _text(text: str) -> str:
    return escape(safe(text))
