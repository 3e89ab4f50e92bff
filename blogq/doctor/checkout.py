"""The repository that the site lies in: a clone with all of its history, and an output that isn't kept in it."""

from __future__ import annotations

from pathlib import Path

from blogq.config.schema import Config
from blogq.finding import Finding, Span
from blogq.repository import Refused, git


def checkout_findings(site: Path, config: Config) -> list[Finding]:
    """Return what is wrong with the clone; nothing where the site is in none."""
    try:
        if git(site, "rev-parse", "--is-inside-work-tree").strip() != "true":
            return []
        shallow = git(site, "rev-parse", "--is-shallow-repository").strip() == "true"
    except Refused as error:
        if "dubious ownership" in str(error):
            message = "Git doesn't trust this repository: it belongs to another account"
            hint = f"git config --global --add safe.directory {site}"
            return [Finding("DR105", "warning", Span(".git"), message, hint)]
        return []
    found = []
    if shallow:
        serious = config.dates == "git"
        effect = "dates from Git would be wrong" if serious else "`check --changed` can't tell what a branch changed"
        message = f"this clone has only a part of the history: {effect}"
        hint = "run `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`"
        found.append(Finding("DR105", "error" if serious else "warning", Span(".git/shallow"), message, hint))
    output = site / config.output
    try:
        tracked = git(site, "ls-files", "-z", "--", config.output).split("\0")[:-1]
        name = f"{config.output}/"
        if tracked:
            files = f"{len(tracked):,} {'file' if len(tracked) == 1 else 'files'}"
            message = f"the output is kept in Git ({files}): every build makes changes that nobody wrote"
            hint = f"git rm -r --cached {config.output}, and write /{name} into .gitignore; `blogq deploy` has branches"
            found.append(Finding("DR106", "warning", Span(config.output), message, hint))
        elif output.is_dir() and not _is_ignored(site, name):
            message = "the output isn't ignored by Git, so it may be committed by mistake"
            found.append(Finding("DR106", "note", Span(config.output), message, f"write /{name} into .gitignore"))
    except Refused:
        pass
    return found


def _is_ignored(site: Path, name: str) -> bool:
    try:
        return bool(git(site, "check-ignore", "--", name).strip())
    except Refused:
        return False
