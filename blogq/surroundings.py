"""What the gate knows of a site beside its posts: what rules of scope `site` find, its own hosts, misspelt keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from blogq.config.schema import Config
from blogq.content.post import Entry
from blogq.finding import Finding, from_json
from blogq.lint.selection import Selected
from blogq.listing import Survey


def of_site(
    found: Survey, selected: Sequence[Selected], store: Path, wanted: Collection[str]
) -> dict[str, list[Finding]]:
    """Return what the rules of scope `site` find, by path; other sites are asked for the sources `wanted` only."""
    rules = [each for each in selected if each.rule.scope == "site"]
    findings: dict[str, list[Finding]] = {}
    if rules:
        from blogq.destinations import leads_of

        least = min((each.options["bytes"] for each in rules if "bytes" in each.options), default=1 << 60)
        whole = leads_of(found, store, least)
        asking = next((each for each in rules if each.rule.network), None)
        if asking is not None:
            from blogq.external.outward import dead_outward

            whole = replace(whole, astray=whole.astray + dead_outward(found, store, wanted, asking.options))
        for each in rules:
            for one in each.rule.check(whole, each.options):
                # That there is no network is no finding in a source, however severe those are.
                in_source = one.span.path != "blogq.yaml"
                said = one._replace(severity=each.severity) if each.severity and in_source else one
                findings.setdefault(said.span.path, []).append(said)
    return findings


def own_hosts(config: Config) -> tuple[str, ...]:
    """Return the hosts of the site and of its authors' own places."""
    people = config.authors.values()
    urls = [config.base_url, *(each.url for each in config.profiles), *(each.url for each in people)]
    urls += [channel.url for channel in config.channels]
    urls += [profile.url for each in people for profile in each.profiles]
    hosts = (urlsplit(url).hostname for url in urls)
    return tuple(sorted({host for host in hosts if host}))


def noted_keys(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Return what reading the sources has noted of front matter that is probably misspelt: FM105 is about a key.

    Of FM103, about a value, only that of `audience` is: nobody but the gate reads it. FM007 tells both, so that they
    can be silenced, known or left out as other findings of the gate.
    """
    told = (entry.findings for entry in entries if '"FM105"' in entry.findings or '"FM103"' in entry.findings)
    noted = (each for findings in told for each in from_json(findings))
    return tuple(each for each in noted if each.code == "FM105" or is_about_audience(each))


def is_about_audience(finding: Finding) -> bool:
    """Return whether reading front matter has found that nobody knows the audience that it declares."""
    return finding.code == "FM103" and finding.message.lower().startswith("front matter `audience`")
