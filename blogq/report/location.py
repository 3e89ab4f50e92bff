"""Where findings are in a repository, and what they are known by: what the formats for machines share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from posixpath import normpath
from urllib.parse import quote

from blogq.finding import Finding
from blogq.report.text import safe


def in_repository(path: str, prefix: str) -> str:
    """Return `path`, relative to the site, as relative to the repository: below `prefix`, without `./`."""
    folders = [part for part in prefix.split("/") if part not in ("", ".")]
    if "../" in path:
        # The text of a corpus may lie beside the site.
        return normpath("/".join([*folders, path]))
    return "/".join([*folders, path])


def shown_path(path: str, prefix: str = "") -> str:
    """Return `path` below `prefix`, with nothing in it that could steer what reads it."""
    return safe(in_repository(path, prefix))


def uri(path: str, prefix: str = "") -> str:
    """Return `path` below `prefix` as a relative URI (RFC 3986); bytes of a name that is not UTF-8 are kept."""
    whole = in_repository(path, prefix)
    try:
        data = whole.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = whole.encode("utf-8", "replace")
    return quote(data, safe="/")


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return a fingerprint for each of `findings`, all different.

    Of findings that are known by the same, the second has `-2` after it, the third `-3`, in the order given: the
    same ones at every run, as long as the order of those that are alike stays.
    """
    met: Counter[str] = Counter()
    found = []
    for finding in findings:
        known = finding.fingerprint
        met[known] += 1
        found.append(known if met[known] == 1 else f"{known}-{met[known]}")
    return found


def plain(finding: Finding) -> str:
    """Return message and hint as one text in one line."""
    return safe(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)


def excerpt(finding: Finding) -> str:
    """Return the evidence as it may be shown: its lines stay lines, nothing else in it has power."""
    return "\n".join(safe(line) for line in finding.evidence.split("\n"))
