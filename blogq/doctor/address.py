"""Whether `base_url` is the address at which the site is published, as far as the targets give that away."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from blogq.config.origins import place_of
from blogq.config.schema import Config
from blogq.deploying.readiness import is_nobodys
from blogq.finding import Finding, Span

HOSTS = {"github.com": "github.io", "gitlab.com": "gitlab.io"}
"""Hosts of repositories, and of the pages that they publish from these."""


def address_findings(
    site: Path, config: Config, origins: Sequence[tuple[str, str]], environment: Mapping[str, str] = os.environ
) -> list[Finding]:
    """Return where `base_url` can't be right. `environment` are variables, by which hosts say where they publish."""
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
        pages = host.endswith(tuple(HOSTS.values()))
        if pages and not _is_at(url, address):
            message = f"base_url is {config.base_url}, and `deploy.{name}` publishes at {address}: links would be dead"
            found.append(Finding("DR108", "error", place, message, f"write base_url: {address}"))
        elif not pages:
            message = f"`deploy.{name}` publishes at {address}, and base_url names a host of its own, {host}"
            hint = f"put a file static/CNAME with {host} in it, or write base_url: {address}"
            found.append(Finding("DR108", "warning", place, message, hint))
    if found or domain:
        return found
    for source, address in _told_addresses(site, config, host, environment):
        if not _is_at(url, address):
            message = f"base_url is {config.base_url}, and {source} says that the site is published at {address}"
            hint = f"write base_url: {address} where that is its address, or build with --base-url {address}"
            return [Finding("DR108", "warning", place, message, hint)]
    return found


def _told_addresses(site: Path, config: Config, host: str, environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return who says where the site is published, and the address: the host that builds it, or the remote `origin`.

    A domain of one's own is known to Netlify and GitLab, and not to the others: they count where `base_url` is theirs.
    """
    found = []
    get = environment.get
    if get("NETLIFY") and get("URL"):
        found.append(("Netlify's URL", f"{environment['URL'].rstrip('/')}/"))
    if get("GITLAB_CI") and get("CI_PAGES_URL"):
        found.append(("GitLab's CI_PAGES_URL", f"{environment['CI_PAGES_URL'].rstrip('/')}/"))
    if get("CF_PAGES") and host.endswith(".pages.dev"):
        # The variable has the address of one deployment, `0a1b2c3d.project.pages.dev`.
        deployed = (urlsplit(get("CF_PAGES_URL", "")).hostname or "").split(".")
        if deployed[-2:] == ["pages", "dev"] and len(deployed) > 2:
            found.append(("Cloudflare's CF_PAGES_URL", f"https://{'.'.join(deployed[-3:])}/"))
    if get("GITHUB_ACTIONS") and host.endswith(".github.io"):
        found.append(("GITHUB_REPOSITORY", pages_address(f"github.com/{get('GITHUB_REPOSITORY', '')}")))
    elif host.endswith(tuple(HOSTS.values())) and not any(each.type == "git" for each in config.deploy.values()):
        found.append(("the remote origin", pages_address(_address(site, "origin"))))
    return [(source, address) for source, address in found if address]


def _is_at(url: SplitResult, address: str) -> bool:
    """Return whether a URL is that of pages; GitLab's may have a name of their own as well, `blog-0a1b2c.gitlab.io`."""
    expected = urlsplit(address)
    host = (url.hostname or "").lower()
    if (host, url.path.rstrip("/")) == (expected.hostname, expected.path.rstrip("/")):
        return True
    project = re.escape(expected.path.strip("/").rpartition("/")[2].lower())
    return bool(project and re.fullmatch(rf"{project}-[0-9a-f]{{6,}}\.gitlab\.io", host))


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
