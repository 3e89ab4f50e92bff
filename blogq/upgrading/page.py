"""The report of an upgrade as one HTML page, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from blogq.upgrading.comparison import Changed, Changes

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { padding: .2rem 1rem .2rem 0; text-align: left; }
td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; overflow-wrap: anywhere; } pre { font-size: .85rem; white-space: pre-wrap; }
li { overflow-wrap: anywhere; } ins, del { display: block; text-decoration: none; padding: 0 .4rem; }
ins { background: light-dark(#e2f5e5, #12351a); } del { background: light-dark(#fbe4e4, #451c1c); }
"""
_HEADINGS = {
    "text": ("Pages whose text is another", "Readers read something else there."),
    "markup": ("Pages whose markup alone is another", "The text is the same; how it looks may not be."),
    "files": ("Pages that load other files", "Nothing but the fingerprint of a style or picture differs."),
}


def upgrade_page(changes: Changes, old: str, new: str) -> str:
    """Return the page; `old` and `new` say what was compared."""
    return "\n".join(_parts(changes, old, new)) + "\n"


def _parts(changes: Changes, old: str, new: str) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>What the upgrade changes</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>What the upgrade changes</h1>\n<p>{escape(old)}, compared with {escape(new)}.</p>"
    yield "<table>\n<tbody>"
    for words, number in summary(changes):
        yield f'<tr><th scope="row">{escape(words)}</th><td>{number:,}</td></tr>'
    yield "</tbody>\n</table>"
    if changes.lost:
        yield "<h2>URLs that are lost</h2>\n<p>Whoever has kept one of these finds nothing.</p>"
        yield _list(changes.lost)
    for heading, paths in (("Pages that are gone", changes.gone), ("Pages that are new", changes.added)):
        if paths:
            yield f"<h2>{heading}</h2>\n{_list(paths)}"
    for kind in ("text", "markup", "files"):
        pages = changes.of(kind)
        if pages:
            heading, about = _HEADINGS[kind]
            yield f"<h2>{heading}</h2>\n<p>{about}</p>"
            yield from (_page(each) for each in pages) if kind != "files" else [_list([each.path for each in pages])]
    for heading, paths in (
        ("Other files that are gone", changes.other_gone),
        ("Other files that are new", changes.other_added),
        ("Other files that changed", changes.other_changed),
    ):
        if paths:
            yield f"<h2>{heading}</h2>\n{_list(paths)}"
    yield "</main>\n</body>\n</html>"


def summary(changes: Changes) -> list[tuple[str, int]]:
    """Return what there is of each kind of change."""
    return [
        ("pages that are the same", changes.same),
        ("pages changed in text", len(changes.of("text"))),
        ("pages changed in markup only", len(changes.of("markup"))),
        ("pages that load other files", len(changes.of("files"))),
        ("pages added", len(changes.added)),
        ("pages gone", len(changes.gone)),
        ("other files added, gone or changed", sum(map(len, changes[5:8]))),
        ("URLs lost", len(changes.lost)),
    ]


def _list(paths: Sequence[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li><code>{_shown(path)}</code></li>" for path in paths) + "\n</ul>"


def _page(page: Changed) -> str:
    rows = "".join(f"<{_tag(line)}>{_shown(line)}</{_tag(line)}>" for line in page.lines)
    return f"<details>\n<summary><code>{_shown(page.path)}</code></summary>\n<pre>{rows}</pre>\n</details>"


def _tag(line: str) -> str:
    return "ins" if line.startswith("+") else "del"


def _shown(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode())
