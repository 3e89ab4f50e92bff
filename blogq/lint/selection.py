"""Which rules are on, how severe they are, and with what options: the defaults, config, and the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from blogq.config.origins import place_of
from blogq.config.rarities import StyleEntry
from blogq.config.schema import Check
from blogq.finding import Finding, Severity, Span
from blogq.lint.registry import MODULES, rule
from blogq.lint.rule import Rule

HOUSE_STYLE = "HS001"
"""The rule that has `style` as a further option, `entries`; what stands there is no option of `check.rules`."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_ABOVE_ZERO = frozenset({("LK002", "timeout")})
"""Options, by code and name, for which nothing at all means nothing: no site answers in no time."""


class Selected(NamedTuple):
    """A rule that is on."""

    rule: Rule
    options: Mapping[str, Any]
    severity: Severity | None
    """What config makes of its findings; None for the rule's own."""


def parse_codes(given: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, or beginnings of codes, in texts such as `RD, ln001`, in capitals.

    Commas and blanks part them, and one too many does no harm. Every place that names rules is read by this: the
    command line, config, comments and front matter.
    """
    return tuple(code.upper() for text in given for code in re.split(r"[\s,]+", text) if code)


def unknown_codes(codes: Iterable[str]) -> list[str]:
    """Return those of `codes` that are neither a rule nor the beginning of one's code."""
    return [code for code in codes if not code or not any(known.startswith(code) for known in MODULES)]


def no_such_rule(code: str) -> str:
    """Return the clause that there is no rule `code`, with the one that may be meant."""
    return f"there is no rule {code!r}{_near(code.upper(), MODULES)}"


def codes_of(chosen: Iterable[str] = (), ignored: Iterable[str] = ()) -> list[str]:
    """Return the codes of the rules that are `chosen`, all where nothing is, and not `ignored`; see `select`."""
    chosen, ignored = parse_codes(chosen), parse_codes(ignored)
    return [
        code
        for code in MODULES
        if (not chosen or code.startswith(chosen)) and not (ignored and code.startswith(ignored))
    ]


def select(
    chosen: Iterable[str] = (),
    ignored: Iterable[str] = (),
    given: Mapping[str, Mapping[str, Any]] | None = None,
    style: Sequence[StyleEntry] = (),
) -> list[Selected]:
    """Return the rules that are on.

    `chosen` and `ignored` are codes or their beginnings (`RD`, `RD003`), as `parse_codes` reads them; nothing chosen
    stands for all. `given` are the options of rules by code, which `mistakes` has found sound. `style` is the house
    style as config says it.
    """
    found = []
    for code in codes_of(chosen, ignored):
        each = rule(code)
        said = dict((given or {}).get(code, {}))
        severity = said.pop("severity", None)
        if severity == "off":
            continue
        if style and code == HOUSE_STYLE:
            from blogq.lint.rules.house.entries import entries_of

            said["entries"] = entries_of(style)
        found.append(Selected(each, {**each.options, **said}, severity))
    return found


def choice_mistakes(check: Check, origins: Sequence[tuple[str, str]]) -> list[Finding]:
    """Return what is wrong with `check.select` and `check.ignore`; `origins` are those of the config's keys."""
    findings = []
    for key, given in (("check.select", check.select), ("check.ignore", check.ignore)):
        codes = parse_codes(given)
        wrong = [f"`{key}`: {no_such_rule(code)}" for code in unknown_codes(codes)]
        if given and not codes:
            wrong = [f"`{key}` names no rule"]
        hint = "`blogq rules` lists them all"
        findings += [Finding("CF103", "error", place_of(origins, key), message, hint) for message in wrong]
    return findings


def nothing_left(origins: Sequence[tuple[str, str]]) -> Finding:
    """Return the finding that config, whose keys have `origins`, leaves no rule to judge by."""
    known = dict(origins)
    keys = ("check.select", "check.ignore", "check.rules")
    key = next((key for key in keys if known.get(key, "default") != "default"), "check")
    message = "no rule is left to judge by: `check.select`, `check.ignore` and `check.rules` turn all of them off"
    hint = "take out what turns too much off; `blogq rules` shows which are on; LK002 needs `blogq check --external`"
    return Finding("CF103", "error", place_of(origins, key), message, hint)


def mistakes(given: Mapping[str, Any], origin: Span, style: Sequence[StyleEntry] = ()) -> list[Finding]:
    """Return what is wrong with the options of rules that config gives, and which patterns of `style` are too large.

    Reading the config finds all else that is wrong with a pattern; compiling it takes time that builds don't have.
    """
    findings = []

    def add(message: str, hint: str) -> None:
        findings.append(Finding("CF103", "error", origin, message, hint))

    for code, options in given.items():
        if code not in MODULES:
            add(f"`check.rules`: {no_such_rule(str(code))}", "`blogq rules` lists them all")
            continue
        if options is False or (isinstance(options, str) and options in (*SEVERITIES, "off")):
            # Readers of YAML differ in whether `off` is a text or false.
            severity = options or "off"
            add(
                f"`check.rules.{code}` has to be a mapping of options, and is {severity} alone",
                f"write {code}: {{severity: {severity}}}",
            )
            continue
        if not isinstance(options, Mapping):
            add(f"`check.rules.{code}` has to be a mapping of options", f"such as {code}: {{severity: note}}")
            continue
        known = rule(code).options
        for name, value in options.items():
            where = f"`check.rules.{code}.{name}`"
            if name == "severity":
                if value not in (*SEVERITIES, "off"):
                    add(f"{where}: {value!r} is no severity", "write error, warning, note or off")
            elif name not in known:
                every = ", ".join((*known, "severity"))
                add(f"{where} means nothing{_near(str(name), (*known, 'severity'))}", f"{code} knows: {every}")
            elif isinstance(known[name], list):
                if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                    add(f"{where}: {value!r} is not what it has to be", "write a list of texts, such as [a, b]")
            elif isinstance(value, bool) or not isinstance(value, type(known[name]) | int):
                add(f"{where}: {value!r} is not what it has to be", f"the default is {known[name]!r}")
            elif isinstance(value, int | float) and not 0 <= value <= 1_000_000_000:
                add(f"{where}: {value!r} is out of bounds", f"the default is {known[name]!r}")
            elif not value and (code, name) in _ABOVE_ZERO:
                add(f"{where} is 0", f"write a positive number; the default is {known[name]!r}")
    if any(each.pattern for each in style):
        from blogq.lint.rules.house.entries import too_large

        for entry, what in too_large(style):
            named = f" of “{entry.name}”" if entry.name else ""
            add(f"`style.pattern`{named}: “{entry.pattern[:60]}” {what}", "write fewer or smaller `{…}`")
    return findings


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*known], 1)
    return f"; did you mean {near[0]}?" if near else ""
