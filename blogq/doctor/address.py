"""Whether `base_url` is the address at which the site is published, as far as the targets give that away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from blogq.config.origins import place_of
from blogq.config.schema import Config
from blogq.deploying.readiness import is_nobodys
from blogq.finding import Finding, Span

HOSTS = {"github.com": "github.io", "gitlab.com": "gitlab.io"}
"""Hosts of repositories, and of the pages that they publish from these."""


def address_findings(site: Path, config: Config, origins: Sequence[tuple[str, str]]) -> list[Finding]:
    """Return where `base_url` can't be right."""
    place = place_of(origins, "base_url")
    if is_nobodys(config.base_url):
        message = f"base_url is {config.base_url}: feeds and sitemap lead there, where no reader can be"
        severity = "error" if config.deploy else "note"
        hint = "set base_url to the address at which the site will be read"
        # Two calls, so that docs/findings.md knows both severities.
        if severity == "error":
            return [Finding("DR108", "error", place, message, hint)]
        return [Finding("DR108", "note", place, message, hint)]
    found = []
    url = urlsplit(config.base_url)
    host = (url.hostname or "").lower()
    domain = ""
    try:
        domain = (site / "static" / "CNAME").read_text(encoding="utf-8", errors="replace").strip().lower()
    except OSError:
        pass
    if domain and domain != host:
        message = f"static/CNAME says {domain}, and base_url says {host}"
        hint = "make the two say the same host"
        found.append(Finding("DR108", "warning", Span("static/CNAME", 1), message, hint))
    for name, target in config.deploy.items():
        address = pages_address(_address(site, target.to)) if target.type == "git" else ""
        if not address or domain:
            continue
        expected = urlsplit(address)
        pages = host.endswith(tuple(HOSTS.values()))
        if pages and (host, url.path) != (expected.hostname, expected.path):
            message = f"base_url is {config.base_url}, and `deploy.{name}` publishes at {address}: links would be dead"
            found.append(Finding("DR108", "error", place, message, f"write base_url: {address}"))
        elif not pages:
            message = f"`deploy.{name}` publishes at {address}, and base_url names a host of its own, {host}"
            hint = f"put a file static/CNAME with {host} in it, or write base_url: {address}"
            found.append(Finding("DR108", "warning", place, message, hint))
    return found


def pages_address(remote: str) -> str:
    """Return where the pages of a repository are read, by its address; "" where that isn't known."""
    match = re.match(r"(?:https?://|ssh://|git://)?(?:[^@/]+@)?([\w.-]+)(?::\d+)?[:/](.+?)/?(?:\.git)?/?$", remote)
    if match is None or match[1].lower() not in HOSTS:
        return ""
    host = HOSTS[match[1].lower()]
    owner, _, project = match[2].strip("/").partition("/")
    if not project:
        return ""
    owner = owner.lower()
    if project.lower() == f"{owner}.{host}":
        return f"https://{owner}.{host}/"
    return f"https://{owner}.{host}/{project}/"


def _address(site: Path, remote: str) -> str:
    from blogq.deploying.git_branch import address_of
    from blogq.deploying.target import Unusable

    try:
        return address_of(site, remote)
    except Unusable:
        return ""
