"""Whether a site that was built is fit for readers: no drafts, an address of its own, and the gate's consent."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from blogq.build import Material, Result
from blogq.config.origins import place_of
from blogq.content.post import BROKEN, DRAFT
from blogq.finding import Finding, Span

RESERVED = ("localhost", "local", "test", "example", "invalid", "example.com", "example.net", "example.org")
"""Names under which no site is read: RFC 2606, RFC 6761 and RFC 6762."""


def is_nobodys(url: str) -> bool:
    """Return whether no reader can have a site at `url`: this machine, or a name that is reserved for examples."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if any(host == name or host.endswith(f".{name}") for name in RESERVED):
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return not host
    return found.is_loopback or found.is_unspecified


def unready(result: Result, material: Material) -> list[Finding]:
    """Return what makes the site unfit, but for what the gate says; nothing where it is fit."""
    config, origins = material.loaded.config, material.loaded.origins
    found: list[Finding] = []
    if is_nobodys(config.base_url):
        said = dict(origins).get("base_url", "default")
        place = Span(said) if said.startswith("--") else place_of(origins, "base_url")
        message = f"base_url is {config.base_url}, where no reader can be: feeds, sitemap and links would lead there"
        hint = "set base_url to the address at which the site will be read"
        found.append(Finding("DP101", "error", place, message, hint))
    if config.drafts:
        drafts = [each.path for each in material.entries() if each.flags & DRAFT and not each.flags & BROKEN]
        if drafts:
            shown = ", ".join(drafts[:3]) + (f" and {len(drafts) - 3} more" if len(drafts) > 3 else "")
            message = f"`drafts: true` puts drafts into the site: {shown}"
            hint = "take `drafts` out of the config; `blogq serve` shows drafts without it"
            found.append(Finding("DP101", "error", place_of(origins, "drafts"), message, hint))
    if not result.posts + result.pages:
        message = "there is nothing in the site, and all that was published would be removed"
        hint = "see with --site that this is the site's folder; `blogq doctor` says more"
        found.append(Finding("DP101", "error", Span("blogq.yaml"), message, hint))
    return found


def gate_says(site: Path, material: Material, now: int, jobs: int) -> tuple[Sequence[Finding], bool]:
    """Return the errors of the whole gate, where config says `publish: gate`, and whether it could judge all there is.

    Posts that are kept out of the site count too: published before, they would vanish without a word.
    """
    from blogq.gate import Ask, run_gate
    from blogq.lint.baseline import Unusable as Unknown
    from blogq.lint.baseline import baseline_of_site

    config = material.loaded.config
    if config.publish != "gate":
        return (), True
    try:
        baseline = baseline_of_site(site, config)
    except Unknown as error:
        hint = "take it from Git, or make it anew with `blogq check --write-baseline`"
        place = place_of(material.loaded.origins, "check.baseline")
        return (Finding("CF103", "error", place, f"the baseline: {error}", hint),), False
    verdict = run_gate(Ask(site, now, jobs=jobs, figures=False, baseline=baseline))
    errors = [finding for finding in verdict.findings if finding.severity == "error"]
    return errors, not verdict.unread
