"""What the sample adds to Markdown: bars drawn from numbers, and keys to be pressed."""

from __future__ import annotations

from html import escape

from blogq.plugins import Inline


def bars(code: str, options: str) -> str:
    """Draw a bar for each line of `label number`; `options` is what the bars are called, for screen readers."""
    rows = []
    for line in code.splitlines():
        label, _, number = line.rpartition(" ")
        rows.append(f'<li>{escape(label)} <meter min="0" max="100" value="{float(number):g}">{number}</meter></li>')
    return f'<ul class="bars" aria-label="{escape(options or "Bars")}">{"".join(rows)}</ul>'


keys = Inline("⌨[A-Za-z]+", lambda found: f"<kbd>{escape(found[1:])}</kbd>")
"""`⌨Ctrl` as a key."""
