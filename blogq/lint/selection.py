"""Which rules are on, how severe they are, and with what options: the defaults, config, and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from blogq.config.schema import StyleEntry
from blogq.finding import Finding, Severity, Span
from blogq.lint.registry import MODULES, rule
from blogq.lint.rule import Rule

HOUSE_STYLE = "HS001"
"""The rule that has `style` as a further option, `entries`; what stands there is no option of `check.rules`."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Selected(NamedTuple):
    """A rule that is on."""

    rule: Rule
    options: Mapping[str, Any]
    severity: Severity | None
    """What config makes of its findings; None for the rule's own."""


def unknown_codes(codes: Iterable[str]) -> list[str]:
    """Return those of `codes` that are neither a rule nor the beginning of one's code."""
    return [code for code in codes if not code or not any(known.startswith(code) for known in MODULES)]


def select(
    chosen: Iterable[str] = (),
    ignored: Iterable[str] = (),
    given: Mapping[str, Mapping[str, Any]] | None = None,
    style: Sequence[StyleEntry] = (),
) -> list[Selected]:
    """Return the rules that are on.

    `chosen` and `ignored` are codes or their beginnings (`RD`, `RD003`); nothing chosen stands for all. `given` are
    the options of rules by code, which `mistakes` has found sound. `style` is the house style as config says it.
    """
    chosen, ignored = tuple(chosen), tuple(ignored)
    found = []
    for code in MODULES:
        if (chosen and not code.startswith(chosen)) or (ignored and code.startswith(ignored)):
            continue
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


def mistakes(given: Mapping[str, Any], origin: Span, style: Sequence[StyleEntry] = ()) -> list[Finding]:
    """Return what is wrong with the options of rules that config gives, and which patterns of `style` are too large.

    Reading the config finds all else that is wrong with a pattern; compiling it takes time that builds don't have.
    """
    findings = []

    def add(message: str, hint: str) -> None:
        findings.append(Finding("CF103", "error", origin, message, hint))

    for code, options in given.items():
        if code not in MODULES:
            add(f"`check.rules`: there is no rule {code!r}{_near(code, MODULES)}", "`blogq rules` lists them all")
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
