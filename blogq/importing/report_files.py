"""The report of an import in the new site: written beside what is there, never over it, and the same when run again."""

from __future__ import annotations

import json

from blogq.importing.account import Account, as_json, as_markdown
from blogq.importing.outlook import Outlook, of_object
from blogq.importing.writing import SiteFolder

REPORT = "import-report"
"""Name of the report in the new site, without its ending."""
LARGEST = 256 << 20
"""Bytes of an earlier report that are read."""
MOST = 1000
"""Reports that a site may hold."""


def write_report(site: SiteFolder, account: Account) -> None:
    """Write the report for people and for programs; under a number where one is there that says something else.

    Where the gate wasn't asked, since it had been, what it said then is said again.
    """
    if account.outlook is None:
        account.outlook = earlier_outlook(site)
    for ending, report in ((".json", as_json(account)), (".md", as_markdown(account))):
        for number in range(1, MOST):
            if site.put(name := _name(number, ending), report) != "kept":
                account.report = name
                break


def earlier_outlook(site: SiteFolder) -> Outlook | None:
    """Return what the gate said when the site was moved in before; None where no report says."""
    for number in range(1, MOST):
        path = site.root / _name(number, ".json")
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        try:
            told = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict) and (found := of_object(told.get("check"))) is not None:
            return found
    return None


def _name(number: int, ending: str) -> str:
    return f"{REPORT}{f'-{number}' if number > 1 else ''}{ending}"
