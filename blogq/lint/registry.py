"""Every rule, by its code: one explicit table. A rule's module is imported when the rule is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from blogq.lint.rule import Rule

MODULES: dict[str, str] = {
    "CD001": "cadence.burst",
    "CD002": "cadence.outpaced",
    "CD003": "cadence.slipping",
    "CD004": "cadence.filling",
    "CD005": "cadence.silence",
    "CV001": "conversation.reply_rate",
    "CV002": "conversation.slow_reply",
    "CV003": "conversation.over_capacity",
    "CV004": "conversation.unattended",
    "FM001": "metadata.missing_title",
    "FM002": "metadata.long_title",
    "FM003": "metadata.description_length",
    "FM004": "metadata.missing_date",
    "FM005": "metadata.missing_author",
    "FM006": "metadata.same_as_another",
    "FM007": "metadata.misspelt",
    "HS001": "house.house_style",
    "LK001": "links.dead_link",
    "LK002": "links.dead_external_link",
    "LK003": "links.no_links",
    "LK004": "links.own_links_only",
    "LN001": "length.thin_post",
    "LN002": "length.shorter_than_usual",
    "LN003": "length.few_words",
    "LN004": "length.nothing_to_check",
    "LN005": "length.padding",
    "MD001": "media.missing_alt_text",
    "MD002": "media.missing_image",
    "MD003": "media.uncredited",
    "OR001": "originality.contained",
    "OR002": "originality.verbatim_run",
    "OR003": "originality.boilerplate",
    "OR004": "originality.unnamed_source",
    "OR005": "originality.mostly_quotation",
    "OR006": "originality.spun",
    "OR007": "originality.evasion",
    "RD001": "readability.unlike_author",
    "RD002": "readability.hard_text",
    "RD003": "readability.long_sentences",
    "RD004": "readability.monster_sentences",
    "RD005": "readability.same_openings",
    "ST001": "structure.second_main_heading",
    "ST002": "structure.skipped_level",
    "ST003": "structure.long_section",
    "ST004": "structure.long_paragraph",
    "ST005": "structure.unfinished",
    "SU001": "suppression.unused",
    "SY001": "style.passive_voice",
    "SY002": "style.hedges",
    "SY003": "style.repeated_word",
    "SY004": "style.exclamation_marks",
    "SY005": "style.sensational_title",
}
"""Code → module under `rules/`."""


@cache
def rule(code: str) -> Rule:
    """Return the rule called `code`, which the table has."""
    found: Rule = import_module(f"blogq.lint.rules.{MODULES[code]}").RULE
    return found


def rules(scope: str = "") -> list[Rule]:
    """Return all rules, those of one scope where one is named, in the order of the table."""
    return [each for each in map(rule, MODULES) if not scope or each.scope == scope]


def manual(code: str) -> str:
    """Return what the manual of a rule says: its module's docstring."""
    return (import_module(f"blogq.lint.rules.{MODULES[code]}").__doc__ or "").strip() + "\n"


def meaning(code: str) -> str:
    """Return what a rule checks, in a line."""
    return manual(code).partition("\n")[0].rstrip(".").strip()


def wholes() -> frozenset[str]:
    """Return the codes of rules whose findings are about the blog as a whole."""
    return frozenset(each.code for each in map(rule, MODULES) if each.whole)
