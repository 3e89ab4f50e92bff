"""What a baseline knows once a verdict is taken for known, by `blogq check --write-baseline` or after an import."""

from __future__ import annotations

from collections.abc import Collection

from blogq.config.origins import FILE as CONFIG
from blogq.lint.baseline import Baseline, baseline_of
from blogq.lint.registry import MODULES, rule, wholes
from blogq.lint.verdict import Verdict


def known_after(
    verdict: Verdict, old: Baseline, on: Collection[str] = MODULES, partly: bool = False, external: bool = False
) -> Baseline:
    """Return all that was found, and what the `old` baseline knows of what wasn't looked at.

    `on` are the codes of the rules that were asked. Rules that config turns off are forgotten, those that only the
    command line leaves out (`partly`) aren't, nor are those that ask other sites, unless they were (`external`).
    """
    errors = [each for each in verdict.findings if each.severity == "error" and each.code not in MODULES]
    asking = {code for code in MODULES if rule(code).network}
    # That nobody has answered is told of the site, and is nothing to be known.
    cut_off = any(each.code in asking and each.span.path == CONFIG for each in verdict.findings)
    found = [each for each in verdict.findings if each.code in MODULES and not (each.code in asking and cut_off)]
    unasked = asking if cut_off or not external else set()
    kept = unasked | ({*MODULES} - {*on} if partly else set())
    readable = {post.path for post in verdict.posts if post.status != "broken"}
    unread = {each.span.path for each in errors} - readable if verdict.unread else set()
    return baseline_of(found, wholes()).joined(old.of_rules(kept)).joined(old.below(unread))
