"""A comparison as one HTML page that needs nothing else: both texts side by side, their passages marked and linked."""

from __future__ import annotations

from html import escape

from blogq.originality import Passage
from blogq.report.comparison.comparison import Comparison, Side, sum_told, told
from blogq.report.text import safe

_STYLE = """
:root{color-scheme:light dark;--ground:#fbfaf7;--ink:#22242a;--quiet:#5c6069;--line:#dedbd3;
--verbatim:#ffd9a8;--reworded:#d5e6fb;--summary:#e4dcf7}
@media(prefers-color-scheme:dark){:root{--ground:#15171b;--ink:#e7e6e2;--quiet:#a4a8b1;--line:#363a43;
--verbatim:#6b4410;--reworded:#173f69;--summary:#40306b}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.6 Georgia,serif}
header,main{max-width:80rem;margin:auto;padding:0 1rem}header{padding-top:2rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font:600 1rem/1.4 system-ui,sans-serif;margin:0 0 .75rem;overflow-wrap:anywhere}
p,ol{margin:.5rem 0;font-family:system-ui,sans-serif}.quiet{color:var(--quiet)}ol{padding-left:1.5rem}
main{display:grid;grid-template-columns:1fr 1fr;gap:2rem;padding-top:1.5rem;padding-bottom:3rem}
section{min-width:0;border-top:1px solid var(--line);padding-top:1rem}
.whole{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
mark{color:inherit;border-radius:.2rem;padding:.05rem 0}mark:target{outline:2px solid;outline-offset:2px}
.verbatim{background:var(--verbatim)}.reworded{background:var(--reworded)}.summary{background:var(--summary)}
mark a{font:600 .75em/1 system-ui,sans-serif;color:inherit;vertical-align:super;padding:0 .2em}
a{color:inherit}:focus-visible{outline:2px solid}
@media(max-width:45rem){main{grid-template-columns:1fr}}
"""


def as_page(comparison: Comparison) -> str:
    """Return `comparison` as an HTML document."""
    passages = list(enumerate(comparison.passages, 1))
    listed = "".join(
        f'<li><a href="#a{number}">{escape(told(comparison, passage))}</a>'
        f" <span class=quiet>lines {comparison.text.lines(passage.start, passage.end)} and "
        f"{comparison.source.lines(passage.source_start, passage.source_end)}</span></li>"
        for number, passage in passages
    )
    left = _marked(comparison.text, [(n, p, p.start, p.end) for n, p in passages], "a", "b")
    right = _marked(comparison.source, [(n, p, p.source_start, p.source_end) for n, p in passages], "b", "a")
    names = escape(safe(f"{comparison.text.name} and {comparison.source.name}"))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{names}, compared</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body><header><h1>{escape(safe(sum_told(comparison)))}</h1>"
        f"<p class=quiet>Passages that match, by words and sentences: what that means is for a person to judge.</p>"
        f"{f'<ol>{listed}</ol>' if listed else ''}</header><main>{left}{right}</main></body></html>\n"
    )


def _marked(side: Side, places: list[tuple[int, Passage, int, int]], own: str, other: str) -> str:
    """Return a text with its passages marked. Where they overlap, as sources' may, a mark goes up to the next."""
    parts: list[str] = []
    at = 0
    ordered = sorted(places, key=lambda place: (place[2], -place[3]))
    for index, (number, passage, start, end) in enumerate(ordered):
        until = min([end, *(place[2] for place in ordered[index + 1 :] if place[2] > start)])
        start = max(start, at)
        parts.append(escape(_shown(side.text[at:start])))
        link = f'<a href="#{other}{number}" aria-label="passage {number} in the other text">{number}</a>'
        inner = escape(_shown(side.text[start : max(start, until)]))
        parts.append(f'<mark id="{own}{number}" class="{passage.kind}">{link}{inner}</mark>')
        at = max(at, until)
    parts.append(escape(_shown(side.text[at:])))
    return f"<section><h2>{escape(safe(side.name))}</h2><div class=whole dir=auto>{''.join(parts)}</div></section>"


def _shown(text: str) -> str:
    """Return `text` with what can't be seen, or turns what stands behind it, written out; lines stay."""
    return "\n".join(safe(line.replace("\t", "    ")) for line in text.split("\n"))
