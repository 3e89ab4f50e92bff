"""The report of an upgrade as one HTML page, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from blogq.report.text import counted
from blogq.upgrading.comparison import Changes, Group, Kind

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin-bottom: .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 0; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .2rem 1rem .2rem 0; text-align: left; }
th { font-weight: normal; } td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
details { margin: .5rem 0; } details details { margin-left: 1rem; } ul { padding-left: 1.25rem; }
summary { cursor: pointer; overflow-wrap: anywhere; padding: .2rem 0; }
pre { font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
.verdict { border-left: .3rem solid; padding: .2rem 0 .2rem .8rem; font-size: 1.15rem; margin: 0 0 1rem; }
.safe { border-color: light-dark(#1a7f37, #4ac26b); } .look { border-color: light-dark(#9a6700, #d4a72c); }
.lost { border-color: light-dark(#b3261e, #f2857d); }
li { overflow-wrap: anywhere; } ins, del { display: block; text-decoration: none; padding: 0 .4rem; }
ins { background: light-dark(#e2f5e5, #12351a); } del { background: light-dark(#fbe4e4, #451c1c); }
"""
KINDS: tuple[Kind, ...] = ("text", "markup", "files")
LISTED = 500
"""Paths of a list that are shown."""
OPEN = 12
"""Paths up to which a list isn't folded away."""
_HEADINGS: dict[Kind, tuple[str, str]] = {
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
    kind, words = verdict(changes)
    yield f'<h1>What the upgrade changes</h1>\n<p class="verdict {kind}">{escape(words)}</p>'
    yield f"<p>{escape(old)}, compared with {escape(new)}.</p>"
    yield "<table>\n<tbody>"
    for words, number in summary(changes):
        if number:
            yield f'<tr><th scope="row">{escape(words)}</th><td>{number:,}</td></tr>'
    yield "</tbody>\n</table>"
    if changes.lost:
        yield "<h2>URLs that are lost</h2>\n<p>Whoever has kept one of these finds nothing.</p>"
        yield _list(changes.lost)
    for heading, paths in (("Pages that are gone", changes.gone), ("Pages that are new", changes.added)):
        if paths:
            yield f"<h2>{heading}</h2>\n{_folded(paths)}"
    for kind in KINDS:
        pages = changes.of(kind)
        if pages:
            heading, about = _HEADINGS[kind]
            yield f"<h2>{heading}</h2>\n<p>{about}</p>"
            if kind == "files":
                yield _folded([each.path for each in pages])
            else:
                yield from map(_group, changes.groups(kind))
    for heading, paths in (
        ("Other files that are gone", changes.other_gone),
        ("Other files that are new", changes.other_added),
        ("Other files that changed", changes.other_changed),
    ):
        if paths:
            yield f"<h2>{heading}</h2>\n{_folded(paths)}"
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


def verdict(changes: Changes) -> tuple[str, str]:
    """Return whether an upgrade is safe: `safe`, `look` or `lost`, and a sentence."""
    text = len(changes.of("text")) + len(changes.added) + len(changes.gone)
    markup = len(changes.of("markup"))
    if changes.lost:
        told = counted(len(changes.lost), "URL")
        return "lost", f"Not safe yet: {told} would be lost. Redirect each (`aliases`), or keep what you have."
    if text:
        pages = counted(text, "page")
        return "look", f"No URL is lost, but {pages} would say something else, be new or be gone: look at them first."
    if markup:
        ways = counted(len(changes.groups("markup")), "way")
        pages = counted(markup, "page")
        return (
            "safe",
            f"Safe for links and texts: none changes. The markup of {pages} does, in {ways}: look at one of each.",
        )
    if changes.nothing:
        return "safe", f"Safe: nothing changes. {counted(changes.same, 'page')} would be the same in every byte."
    return "safe", "Safe: every page says and looks the same by its markup; only files that go with them change."


def _list(paths: Sequence[str]) -> str:
    more = f"\n<li>and {len(paths) - LISTED:,} more; --json has them all</li>" if len(paths) > LISTED else ""
    return "<ul>\n" + "\n".join(f"<li><code>{_shown(path)}</code></li>" for path in paths[:LISTED]) + f"{more}\n</ul>"


def _folded(paths: Sequence[str]) -> str:
    """Return a list, folded away where it is long."""
    if len(paths) <= OPEN:
        return _list(paths)
    return f"<details>\n<summary>{len(paths):,} of them</summary>\n{_list(paths)}\n</details>"


def _group(group: Group) -> str:
    rows = "".join(f"<{_tag(line)}>{_shown(line)}</{_tag(line)}>" for line in group.lines)
    first = f"<code>{_shown(group.paths[0])}</code>"
    if len(group.paths) == 1:
        return f"<details>\n<summary>{first}</summary>\n<pre>{rows}</pre>\n</details>"
    said = f"{len(group.paths):,} pages in the same way, such as {first}"
    return f"<details>\n<summary>{said}</summary>\n<pre>{rows}</pre>\n{_folded(group.paths)}\n</details>"


def _tag(line: str) -> str:
    return "ins" if line.startswith("+") else "del"


def _shown(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode())
