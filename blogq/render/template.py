"""Render a view through a theme's template, and say in words what a template gets wrong."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from blogq.finding import Finding, Span
from blogq.pattern import Pattern
from blogq.plan.calls import Text
from blogq.render.environment import Environment
from blogq.render.files import SHORTCODES, TEMPLATES, Expanded, Found, Output, Setup, below
from blogq.render.mistakes import CallFailed, Refused, TemplateMistake, TextMistake

_NAMED = Pattern(r"""\b(?:extends|include|import|from)\s+["']([^"']+)["']|\bpartial\(\s*["']([^"']+)["']""")
"""Where a template names another."""


class Templates:
    """The templates of a theme."""

    def __init__(self, setup: Setup) -> None:
        self.files = setup.files
        self.environment = Environment(setup)
        self.minify = setup.minify

    def warm(self, names: list[str]) -> None:
        """Load the templates called `names`, and those that they name in turn."""
        left, seen = list(names), set(names)
        while left:
            name = left.pop()
            found = self.files.get(TEMPLATES + name)
            if found is None:
                continue
            try:
                self.environment.get_template(name)
                source = Path(found.root, found.name).read_text("utf-8-sig")
            except (jinja2.TemplateError, TypeError, OSError, UnicodeDecodeError):
                continue
            named = {match[1] or f"partials/{match[2]}" for match in _NAMED.finditer(source)}
            named = {below(name) if TEMPLATES + each == found.name else each for each in named}
            left += sorted(named - seen)
            seen |= named

    def render(self, path: str, url: str, names: list[str], site: Any, page: Any) -> Output | Finding:
        """Return the output `path` made by the first of the templates `names`, or what that gets wrong."""
        environment = self._begin(site)
        try:
            text = environment.select_template(names).render(site=site, page=page, t=environment.texts)
        except Exception as error:
            return self._mistake(error, names, url)
        if path.endswith(".png"):
            from blogq.render.companions import drawn

            made = Output(path, text.encode("utf-8", "replace"), frozenset(environment.lookups))
            return drawn(made, environment.setup, names)
        if self.minify:
            from blogq.render.minify import minified

            text = minified(text)
        return Output(path, text.encode("utf-8", "replace"), frozenset(environment.lookups))

    def expand(self, url: str, site: Any, texts: Sequence[str]) -> Expanded | Finding:
        """Return `texts` of the output at `url` with what their shortcodes make, or what one of those gets wrong."""
        environment = self._begin(site)
        try:
            made = [environment.expanded(text) if isinstance(text, Text) else text for text in texts]
        except CallFailed as error:
            return self._mistake(error, [], url)
        return Expanded(made, frozenset(environment.lookups))

    def _begin(self, site: Any) -> Environment:
        """Forget what was noted for the last output."""
        environment = self.environment
        environment.lookups = set()
        environment.expansions.clear()
        environment.show(site)
        return environment

    def _mistake(self, error: Exception, names: list[str], url: str) -> Finding:
        """Return what went wrong in a template: its place, the cause, and the page that was being rendered."""
        page = f" (rendering {url})"
        usual = TEMPLATES + names[-1] if names else ""
        if isinstance(error, CallFailed) and isinstance(error.__cause__, Exception):
            call, place = error.call, Span(error.path, error.call.line, error.call.column)
            usual = f"{SHORTCODES}{call.name}.html"
            page = f" (rendering {url}, for {place.path}:{place.line}:{place.column})"
            error = error.__cause__
            if isinstance(error, Refused):
                hint = "docs/shortcodes.md says what each shortcode takes"
                return Finding("SC104", "error", place, f"{error} (rendering {url})", hint, call.opening[:200])
        if isinstance(error, jinja2.TemplatesNotFound) and set(error.templates) == set(names):
            hint = f"add templates/{names[-1]} to the theme or the site"
            return Finding("TH102", "error", Span(TEMPLATES + names[-1]), f"no layer of the theme has it{page}", hint)
        folders = (TEMPLATES, SHORTCODES)
        shown = {found.shown: found for found in self.files.values() if found.name.startswith(folders)}
        path, line = "", 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            path, line = error.filename or "", error.lineno
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename in shown:
                    path, line = frame.filename, frame.lineno or 0
        found = shown.get(path)
        message = _in_words(error)
        code, hint = "TH103", "mend the template"
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"there is no template {error.name!r} in the site or its theme"
            hint = "check its name; templates are looked up in templates/ of site, theme and parent"
        elif isinstance(error, jinja2.UndefinedError):
            hint = "docs/views.md lists what a template can see"
        elif isinstance(error, TemplateMistake) and message.startswith("asset("):
            code = "TH104"
            hint = "put the file into static/, or mend its name"
        elif isinstance(error, TemplateMistake) and message.startswith("it extends"):
            hint = "leave `extends` out, or extend another template"
        elif isinstance(error, TextMistake):
            hint = "docs/languages.md says how templates ask for texts"
        elif isinstance(error, TemplateMistake):
            hint = "check the name, or make it smaller" if "*" in message else "check the name"
        return Finding(
            code,
            "error",
            Span(path or usual, line),
            message + page,
            hint,
            _excerpt(found, line),
        )


def _in_words(error: Exception) -> str:
    text = str(error).strip().partition("\n")[0]
    if text.startswith("'blogq.plan.") and isinstance(error, jinja2.UndefinedError):
        return _missing_field(text) or text
    if isinstance(error, RecursionError):
        return "templates include one another without end, or are nested too deep"
    if isinstance(error, MemoryError):
        return "it takes more memory than there is"
    if type(error).__module__.startswith(("jinja2", "blogq")):
        return text or type(error).__name__
    return f"{text} ({type(error).__name__})" if text else type(error).__name__


def _missing_field(text: str) -> str:
    """Return in plain words that a view lacks what Jinja's `text` says, and which field it has that is near."""
    import re
    from dataclasses import fields
    from difflib import get_close_matches

    from blogq.plan import call_view, head_views, view_parts, views

    match = re.fullmatch(r"'blogq\.plan\.\w+\.(\w+) object' has no (?:attribute|element) '(\w+)'", text)
    found = [getattr(module, match[1], None) for module in (views, view_parts, head_views, call_view)] if match else []
    view = next(filter(None, found), None)
    if match is None or view is None:
        return ""
    near = get_close_matches(match[2], [field.name for field in fields(view)], 1)
    return f"a {match[1]} has no {match[2]!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def _excerpt(found: Found | None, line: int) -> str:
    if found is None or line < 1:
        return ""
    try:
        lines = Path(found.root, found.name).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[line - 1].strip()[:200] if line <= len(lines) else ""
