"""The reference pages under docs/, made from the code: `python -m blogq.reference` writes them.

Options, views and commands are read from where they are defined; a test fails when a page is behind.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from blogq.finding import CODES, FAMILIES
from blogq.importing.schema import import_schema
from blogq.lint.manual_page import rules_page
from blogq.report.check_schema import schema_text
from blogq.report.inbox import inbox_schema
from blogq.severities import SEVERITIES, severities

COMMAND = "python -m blogq.reference"
"""What writes the pages anew."""

_MADE = f"<!-- Made from the code by `{COMMAND}`: change it there. -->\n\n"


class Described(NamedTuple):
    """A field or method of a class as its source states it."""

    name: str
    type: str
    text: str
    """The docstring under it, or nothing."""


def classes(module: ModuleType) -> dict[str, tuple[str, list[Described]]]:
    """Return the dataclasses of a module in order: their docstrings and fields, read from the source."""
    found: dict[str, tuple[str, list[Described]]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        described: list[Described] = []
        for statement, follower in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                described.append(Described(statement.target.id, ast.unparse(statement.annotation), _text(follower)))
            elif isinstance(statement, ast.FunctionDef):
                described.append(_method(statement))
        found[node.name] = (inspect.cleandoc(ast.get_docstring(node) or ""), described)
    # Parts of the schema that have a module of their own come first.
    others = {place: classes(import_module(place)) for place in dict.fromkeys(getattr(module, "LATER", {}).values())}
    return {name: about for some in others.values() for name, about in some.items()} | found


def _method(node: ast.FunctionDef) -> Described:
    arguments = ast.unparse(node.args).removeprefix("self, ")
    shown = ", ".join(each.partition(":")[0].partition("=")[0].strip() for each in arguments.split(", "))
    returned = ast.unparse(node.returns) if node.returns else ""
    return Described(f"{node.name}({shown})", returned, inspect.cleandoc(ast.get_docstring(node) or ""))


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""


def _line(text: str) -> str:
    """Return `text` fit for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells).rstrip() + " |" for cells in lines) + "\n"


# Options.

_WORDS = {"str": "text", "bool": "true or false", "int": "whole number", "Any": "anything"}
_EXAMPLE = """\
# blogq.yaml
title: Second Pass
description: On writing less often, and going over it again.
base_url: https://example.org/blog/
language: en
timezone: Europe/London

authors:
  nuria:
    name: Nuria Valdés
    url: https://nuria.example/

languages:
  es: Segunda pasada

permalinks:
  posts: /:year/:month/:slug/

taxonomies:
  tags:
    feed: true
  topics:
    title: What about
    path: about/topics

pagination:
  size: 20
feeds:
  formats: [atom]
  content: summary

menu:
  - Posts: /posts/
  - About: about.md
profiles:
  - Mastodon: https://social.example/@nuria
theme_options:
  accent: "#1f4e5f"
"""
"""A config that shows the shapes of values; a test reads it with the loader."""


def in_words(kind: str) -> str:
    """Return a type of the schema in words: `dict[str, Author]` → `mapping of name → author`."""
    if kind.startswith("tuple["):
        return f"list of {in_words(kind[6:].partition(',')[0])}s"
    if kind.startswith("dict["):
        inner = kind[5:-1].partition(", ")[2]
        return f"mapping of names to {in_words(inner)}" + ("" if inner == "Any" else "s")
    return _WORDS.get(kind) or f"[{kind.lower()}](#{kind.lower()})"


def _shown(value: Any) -> str:
    if value == () or value == {}:
        return "none"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(map(str, value)) + "]`"
    if isinstance(value, dict):
        return "`" + ", ".join(value) + "`"
    return f"`{value}`" if value != "" else "empty"


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def options(schema: ModuleType, kind: type, above: str = "") -> Iterator[tuple[str, str, Any, str]]:
    """Yield each option of a class of the schema: dotted name, type, default and text; sections are opened up."""
    described = {each.name: each for each in classes(schema)[kind.__name__][1]}
    for field in fields(kind):
        about = described[field.name]
        inner = getattr(schema, about.type.removesuffix(" | None"), None)
        if inner is not None:
            yield from options(schema, inner, f"{above}{field.name}.")
        else:
            yield above + field.name, about.type, _default(field), about.text


def configuration() -> str:
    """Return docs/configuration.md."""
    from blogq.config import schema

    found = classes(schema)
    out = [
        "# Configuration\n\n",
        _MADE,
        "A site is set up in `blogq.yaml` in its folder; every option can be left out, and so can the file. `blogq"
        " config` shows the values in effect and where each comes from. A key that isn't listed here is an error.\n\n",
        f"```yaml\n{_EXAMPLE}```\n\n## Options\n\n",
    ]
    every = list(options(schema, schema.Config))
    for name, kind, default, text in every:
        out.append(f"### `{name}`\n\n{text}\n\n{in_words(kind).capitalize()}; default: {_shown(default)}.\n\n")
    kinds = [kind for _, kind, _, _ in every]
    kinds += [each.type for part, (_, described) in found.items() if part != "Config" for each in described]
    parts = {part for kind in kinds for part in found if re.search(rf"\b{part}\b", kind)} - {"Config"}
    for part in (part for part in found if part in parts):
        about, described = found[part]
        defaults = {field.name: _default(field) for field in fields(getattr(schema, part))}
        rows = [(f"`{d.name}`", in_words(d.type), _shown(defaults[d.name]), _line(d.text)) for d in described]
        out.append(f"## {part}\n\n{about}\n\n{_table(('Option', 'Type', 'Default', 'Meaning'), rows)}\n")
    return "".join(out).rstrip("\n") + "\n"


# Views.

_TEMPLATES = (
    ("post.html", "`layouts/LAYOUT.html` for a post that names a `layout`", "PostPage", "a dated source"),
    ("page.html", "`layouts/LAYOUT.html` likewise", "PostPage", "an undated source"),
    ("home.html", "", "ListPage", "the newest posts, page by page"),
    ("section.html", "", "ListPage", "the posts of a folder"),
    ("term.html", "`term-TAXONOMY.html`", "ListPage", "the posts of one term, such as one tag"),
    ("taxonomy.html", "`taxonomy-TAXONOMY.html`", "TaxonomyPage", "the terms of a taxonomy"),
    ("archive.html", "", "ArchivePage", "all years, one year, one month"),
    ("404.html", "", "ErrorPage", "an address that isn't there"),
    ("redirect.html", "", "RedirectPage", "an old address"),
    ("search.html", "", "SearchPage", "the page for searching, where config says `search: true`"),
    ("share.svg", "", "SharePage", "a share image, where config says `share_images: true`"),
)
"""Template, what is looked for before it, the view that it gets as `page`, and what it shows."""

_FUNCTIONS = """\
Beside `site` and `page` there is `data`, the files of the site's folder `data/`: `data.team` is `data/team.yaml`
(or `.json`, `.toml`, `.csv`), `data.team.ann` is `data/team/ann.yaml`, and `data["opening-hours"]` is one whose name is
no word. A name that isn't there is merely undefined. Editing a file renders those pages again that asked for its name.

Templates also get `t`, the texts of the theme in the language of the page ([languages.md](languages.md)):
`t["archive"]` is one that stands alone, `t("posts", count=3)` one with a value in it, `t.number(12345)` a number as the
language writes it. And they can call five functions:

- `asset("style.css")`: the URL of `static/style.css` under a name with a fingerprint of its content, so that it can be
  cached for ever. The first layer that has the file wins: site, theme, parent.
- `partial("card.html", item)`: `partials/card.html` rendered with `item`, `site` and `t`, and nothing else; made once
  for each item, however many pages show it.
- `picture(page.cover, alt="", sizes="", lazy=false, class="…")`: an image as HTML, in the sizes and formats that there
  are of it: `<picture>`, or `<img>`. `sizes` says how wide it is shown where that isn't `images.sizes` of the config;
  names and values after that become attributes, but for empty ones. Nothing where there is no image.
- `fitted(text, width=1040, sizes=[76, 64, 54, 46], lines=4)`: a text broken into lines of at most so many pixels, in
  the first of the sizes in which it fits, as a [`FittedText`](#fittedtext); for [share images](sharing.md).
- `range(…)`: as in Python, up to a million numbers.

The template of a [shortcode](shortcodes.md), `shortcodes/NAME.html`, gets four names: `call`, a
[`CallView`](#callview), `page`, a [`CallPage`](#callpage), `site` and `t`. It can call `fail("why")` besides: an error
at the place in the post.

Five more are ours. The filter `safe_url` makes nothing of an address that would run a script
(`<a href="{{ page.extra.source|safe_url }}">`); `linked_headings` makes the headings of a text links to themselves
(`{{ page.content|linked_headings }}`), and `reachable_tables` lets tables take the focus, so that keyboards scroll
wide ones; `by_letter` puts the terms of a taxonomy below the letters that they begin with
(`{% for letter, terms in page.terms|by_letter %}`); and the test `matching` compares a whole text with a regular
expression (`{% if id is matching("[0-9]+") %}`).

A template that extends its own name extends the next one of that name: the theme's below the site's, the parent's below
the theme's. [Themes](themes.md) shows how themes are made.

All filters and tests of Jinja are there, and `{% break %}` and `{% continue %}` in loops. A name or field that doesn't
exist is an error with the template's line; a key that is missing in a mapping (`page.extra`, `site.options`) is
merely undefined, for `{% if %}` and `|default`.
"""


def views() -> str:
    """Return docs/views.md."""
    from blogq.plan import call_view, comment_view, head_views, view_parts
    from blogq.plan import views as module

    rows = [(f"`{name}`", before, f"[`{view}`](#{view.lower()})", what) for name, before, view, what in _TEMPLATES]
    out = ["# What templates see\n\n", _MADE]
    opening = inspect.cleandoc(module.__doc__ or "").partition("\n\n")[2]
    out += [opening, "\n\n", _table(("Template", "Looked for first", "`page` is", "Shows"), rows), "\n", _FUNCTIONS]
    modules = (module, head_views, view_parts, comment_view, call_view)
    for name, (about, described) in {name: told for each in modules for name, told in classes(each).items()}.items():
        cells = [(f"`{d.name}`", f"`{_line(d.type)}`", _line(d.text)) for d in described]
        out.append(f"\n## {name}\n\n{about}\n\n{_table(('Field', 'Type', 'Meaning'), cells)}")
    return "".join(out)


# Findings.


def findings() -> str:
    """Return docs/findings.md."""
    import blogq

    stated = severities(Path(blogq.__file__).parent)
    out = [
        "# What the build reports\n\n",
        _MADE,
        "Each finding has a code, a severity and a place, `path:line:column`. Errors keep the build from writing"
        " anything, unless `--keep-going`, and make the exit code 2; warnings and notes don't. `blogq build --json`"
        " gives them all, each with the keys `rule`, `severity`, `path`, `line`, `column`, `end_line`, `end_column`,"
        " `message`, `help` and `evidence`; 0 and an empty text stand for what is not known.\n",
    ]
    for family, title in FAMILIES.items():
        rows = []
        for code, text in CODES.items():
            if code.startswith(family):
                order = [severity for severity in SEVERITIES if severity in stated.get(code, ())]
                rows.append((f"`{code}`", " or ".join(order) or "by case", _line(text)))
        out.append(f"\n## {title}\n\n{_table(('Code', 'Severity', 'Meaning'), rows)}")
    return "".join(out)


# Commands.


def commands() -> str:
    """Return docs/commands.md."""
    from blogq.cli import COMMANDS

    out = [
        f"# Commands\n\n{_MADE}"
        "Exit codes: 0 when all is well, 1 when the gate failed, 2 when the input or the command line is wrong, 3 for a"
        " bug in blogq.\n",
    ]
    for name in COMMANDS:
        command = import_module(f"blogq.cli.{name}").command
        out.append(_command("##", f"blogq {name}", command))
        out += [
            _command("###", f"blogq {name} {inner}", each) for inner, each in getattr(command, "commands", {}).items()
        ]
    return "".join(out)


def _command(level: str, line: str, command: Any) -> str:
    """Return what is said of one command, or of one below it."""
    import click

    rows = [_option(each) for each in command.params if isinstance(each, click.Option)]
    # Click keeps the lines of a paragraph below a `\b` as they are.
    text = re.sub(r"\x08\n(.+?)(?=\n\n|\Z)", r"```text\n\1\n```", inspect.cleandoc(command.help or ""), flags=re.DOTALL)
    needed = [each.make_metavar(click.Context(command)) for each in command.params if isinstance(each, click.Argument)]
    usage = f"`{' '.join((line, *needed))}`\n\n" if needed else ""
    table = _table(("Option", "Meaning"), rows) if rows else ""
    return f"\n{level} `{line}`\n\n{usage}{text}\n\n{table}".rstrip("\n") + "\n"


def _option(option: Any) -> tuple[str, str]:
    value = "" if option.is_flag else f" {option.metavar or option.type.name.upper().split()[0]}"
    default = f" Default: `{option.default}`." if option.show_default else ""
    return f"`{'`, `'.join(each + value for each in option.opts)}`", _line(option.help or "") + default


PAGES: Mapping[str, Any] = {
    "configuration.md": configuration,
    "views.md": views,
    "findings.md": findings,
    "commands.md": commands,
    "rules.md": rules_page,
    "static/check.schema.json": schema_text,
    "static/inbox.schema.json": inbox_schema,
    "static/import.schema.json": import_schema,
}
"""Each page under docs/ and the function that makes it."""


def main() -> None:
    """Write the pages that are behind, and say which."""
    docs = Path(__file__).resolve().parent.parent / "docs"
    docs.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        text = make()
        page = docs / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"docs/{name} written\n")


if __name__ == "__main__":
    main()
