"""Check the files of texts (`locales/`): what can't be read, what no template asks for, what a language lacks.

Those of a theme that comes with blogq are held complete by its tests, so nothing is read where a site has no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from blogq.finding import Finding, Span
from blogq.plan.cldr import own_name, plural_forms
from blogq.render.files import BUNDLED, LOCALES, SHORTCODES, TEMPLATES, Found
from blogq.render.texts import LAST, PLACEHOLDER, kinds_of, layers_of, names_of, read_texts
from blogq.yaml_document import Mapping as Table
from blogq.yaml_document import Scalar, span


class Line(NamedTuple):
    """A text as a file has it."""

    place: Span
    forms: Mapping[str, str]
    """By CLDR's names; a text without forms is `other`."""
    depends: bool
    """Whether it has forms."""

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of all values in it."""
        return frozenset(name for form in self.forms.values() for name in PLACEHOLDER.findall(form))


def check_locales(files: Mapping[str, Found], languages: Sequence[str]) -> list[Finding]:
    """Return what is wrong with the texts among `files`, for a site in `languages`, its own first."""
    names = [name for name in files if name.startswith(LOCALES)]
    if not names:
        return []
    layers = layers_of(files)
    own = [name for name in names if not files[name].shown.startswith(BUNDLED)]
    lacking = [tag for tag in languages if not any(name in files for name in names_of(tag, layers))]
    findings = [_untold(tag, languages[0], files, layers) for tag in lacking]
    if not own:
        return findings
    read: dict[str, dict[str, Line]] = {}
    for name in names:
        read[name], noticed = _lines(files[name])
        findings += noticed
    for name in own:
        findings += _strange_forms(read[name], name.rpartition("/")[2])
        if name.split("/")[1] == "0":
            findings += _strange_texts(name, files, read)
    for tag in languages:
        if tag not in lacking:
            findings += _missing_texts(tag, files, read, layers)
    return findings


def _lines(found: Found) -> tuple[dict[str, Line], list[Finding]]:
    table, findings = read_texts(found)
    lines: dict[str, Line] = {}
    for key, node in table.items if table is not None else ():
        place = span(found.shown, key)
        if isinstance(node, Scalar):
            lines[key.text] = Line(place, {"other": node.text}, False)
            continue
        forms = (
            {form.text: text.text for form, text in node.items if isinstance(text, Scalar)}
            if isinstance(node, Table)
            else {}
        )
        if "other" in forms:
            lines[key.text] = Line(place, forms, True)
        else:
            message = f"`{key.text}` is neither a text nor a mapping with the form `other`"
            findings.append(Finding("TH108", "warning", place, message, "write `key: text`, or its plural forms"))
    return lines, findings


def _strange_forms(lines: Mapping[str, Line], tag: str) -> Iterator[Finding]:
    known = plural_forms(tag)
    for key, line in lines.items():
        if line.depends and (odd := sorted(line.forms.keys() - known)):
            hint = f"forms in {own_name(tag)}: {', '.join(sorted(known))}"
            yield Finding("TH108", "warning", line.place, f"`{key}`: no number takes the form {odd[0]!r}", hint)


def _strange_texts(name: str, files: Mapping[str, Found], read: Mapping[str, Mapping[str, Line]]) -> Iterator[Finding]:
    """Yield what is wrong with a file of the site's own, beside those of its theme."""
    theme: dict[str, Line] = {}
    for other in sorted(read, key=lambda other: (not other.endswith(f"/{LAST}"), other)):
        if other.split("/")[1] != "0":
            theme = {**read[other], **theme}
    for key, line in read[name].items():
        model = theme.get(key)
        if model is None:
            if not _is_asked_for(key, files):
                near = get_close_matches(key, theme, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"texts of the theme: {', '.join(sorted(theme))[:200]}"
                yield Finding("TH108", "warning", line.place, f"no template asks for the text `{key}`", hint)
            continue
        wanted = model.placeholders
        if odd := sorted(line.placeholders - wanted):
            near = get_close_matches(odd[0], wanted, 1)
            hint = f"did you mean {{{near[0]}}}?" if near else _known(wanted)
            yield Finding("TH108", "warning", line.place, f"`{key}`: nothing is called {{{odd[0]}}} there", hint)
        elif gone := sorted(wanted - line.placeholders):
            message = f"`{key}` lacks {{{gone[0]}}}, which the theme's text has"
            yield Finding("TH108", "warning", line.place, message, "put it where the value belongs")


def _known(names: frozenset[str]) -> str:
    return "values there: " + ", ".join(f"{{{name}}}" for name in sorted(names)) if names else "it has no values in it"


def _is_asked_for(key: str, files: Mapping[str, Found]) -> bool:
    """Return whether a template of the site's own, or of a theme of its own, names the text."""
    for name, found in files.items():
        if name.startswith((TEMPLATES, SHORTCODES)) and not found.shown.startswith(BUNDLED):
            try:
                source = Path(found.root, found.name).read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue
            if f'"{key}"' in source or f"'{key}'" in source:
                return True
    return False


def _missing_texts(
    tag: str, files: Mapping[str, Found], read: Mapping[str, Mapping[str, Line]], layers: int
) -> Iterator[Finding]:
    """Yield a note about the texts that the files of a language lack and those of English have."""
    there = {key for name in names_of(tag, layers) for key in read.get(name, ())}
    wanted = {key for name in names_of(LAST, layers) for key in read.get(name, ())}
    if lacking := sorted(wanted - there):
        # The file to write in: not one that comes with blogq.
        own = (files[name].shown for name in names_of(tag, layers) if name in files)
        place = next((shown for shown in own if not shown.startswith(BUNDLED)), f"locales/{tag}.yaml")
        keys = ", ".join(f"`{key}`" for key in lacking[:5]) + (f" and {len(lacking) - 5} more" * (len(lacking) > 5))
        message = f"there is no text in {own_name(tag)} for {keys}: another language's is shown"
        yield Finding("TH109", "note", Span(place), message, f"write it in {place}")


def _untold(tag: str, default: str, files: Mapping[str, Found], layers: int) -> Finding:
    """Return the note that there are no texts at all in a language."""
    chain = [each for language in (default, LAST) for each in kinds_of(language)]
    shown = next((each for each in chain if any(name in files for name in names_of(each, layers))), LAST)
    message = f"the theme has no texts in {own_name(tag)}: those in {own_name(shown)} are shown"
    hint = f"write them in locales/{tag}.yaml: begin with a copy of the theme's locales/{LAST}.yaml"
    return Finding("TH109", "note", Span(f"locales/{tag}.yaml"), message, hint)
