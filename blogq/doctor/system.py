"""What the machine has to have: programs, packages, a clock that is right, and watches for the preview."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from blogq.config.origins import place_of
from blogq.config.schema import Config
from blogq.finding import Finding, Span
from blogq.sources import content_folder

SLACK = 86_400
"""Seconds by which a commit or a file may be ahead of the clock: another machine's clock, or its time zone."""
INOTIFY = Path("/proc/sys/fs/inotify")
"""Where Linux says how many folders may be watched (inotify(7))."""


def missing_pieces(config: Config) -> list[Finding]:
    """Return the programs and packages that this site needs and that aren't here."""
    found = []
    kinds = {place.type for place in config.deploy.values()}
    needs = {
        "git": ["`dates: git`"] * (config.dates == "git") + ["deploying to a branch"] * ("git" in kinds),
        "rsync": ["deploying by rsync"] * ("rsync" in kinds),
        "ssh": ["deploying by rsync"] * ("rsync" in kinds),
    }
    for program, reasons in needs.items():
        if reasons and shutil.which(program) is None:
            message = f"the program {program} isn't installed, and {reasons[0]} needs it"
            hint = f"install it, by `apt install {'openssh-client' if program == 'ssh' else program}` for one"
            found.append(Finding("DR102", "error", Span(program), message, hint))
    for name in _missing_packages():
        hint = "install blogq anew: pip install --force-reinstall blogq"
        found.append(Finding("DR102", "error", Span(name), "this package of blogq's isn't installed", hint))
    if "store" in kinds:
        from importlib.util import find_spec

        if find_spec("fsspec") is None:
            message = "the package fsspec isn't installed, and deploying to a store needs it"
            found.append(Finding("DR102", "error", Span("fsspec"), message, "pip install 'blogq[stores]'"))
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        message = f"names of files are read as {sys.getfilesystemencoding()}, not UTF-8: names with accents break"
        found.append(Finding("DR102", "warning", Span("LANG"), message, "set LANG=C.UTF-8, or PYTHONUTF8=1"))
    return found


def _missing_packages() -> list[str]:
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        needed = requires("blogq") or []
    except PackageNotFoundError:
        return []
    missing = []
    for line in needed:
        # What has a condition is left out on some machines on purpose.
        name = re.split(r"[\s<>=!~;\[(]", line, maxsplit=1)[0]
        if ";" in line:
            continue
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    return missing


def clock_findings(site: Path, config: Config, origins: Sequence[tuple[str, str]], now: int) -> list[Finding]:
    """Return what is wrong with the clock and the time zone."""
    found = []
    newest, what = _newest(site)
    if newest > now + SLACK:
        days = (newest - now) // 86_400
        message = f"the clock is behind: {what} is from {days:,} {'day' if days == 1 else 'days'} later than now"
        hint = "set the clock; until then posts of these days count as not yet published"
        found.append(Finding("DR103", "error", Span("clock"), message, hint))
    zone = os.environ.get("TZ", "").lstrip(":")
    if zone and "/" in zone and not zone.startswith("/") and not _is_zone(zone):
        message = f"TZ is {zone!r}, which is no time zone here: the system takes UTC for it"
        found.append(Finding("DR103", "warning", Span("TZ"), message, "write it as Europe/Berlin, or install tzdata"))
    elif dict(origins).get("timezone", "default") == "default" and (difference := _hours_from_utc(now)):
        hours = f"{abs(difference):g} {'hour' if abs(difference) == 1 else 'hours'}"
        side = "later" if difference > 0 else "earlier"
        message = f"`timezone` is not set, so dates are UTC's: a post dated for midnight goes live {hours} {side} here"
        hint = f"write `timezone: {_local_zone() or 'Europe/Berlin'}` into blogq.yaml"
        found.append(Finding("DR103", "warning", place_of(origins, "timezone"), message, hint))
    return found


def _newest(site: Path) -> tuple[int, str]:
    """Return the latest moment that something of the site is surely from, and what that is."""
    from blogq.repository import Refused, git

    try:
        return int(git(site, "log", "-1", "--format=%ct").strip() or 0), "the last commit"
    except (Refused, ValueError):
        pass
    try:
        return int((site / "blogq.yaml").stat().st_mtime), "blogq.yaml"
    except OSError:
        return 0, ""


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _hours_from_utc(now: int) -> float:
    from datetime import UTC, datetime

    offset = datetime.fromtimestamp(now, UTC).astimezone().utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0


def _local_zone() -> str:
    from blogq.start.surroundings import timezone_of

    return timezone_of(os.environ)


def watch_findings(site: Path, config: Config, limits: Path = INOTIFY) -> list[Finding]:
    """Return whether the system lets `blogq serve` watch all folders of the site."""
    try:
        most = int((limits / "max_user_watches").read_text())
        instances = int((limits / "max_user_instances").read_text())
    except (OSError, ValueError):
        return []
    found = []
    folders = _folders(content_folder(site, config), most)
    if folders >= most:
        message = f"the system watches {most:,} folders at most, and sources are in more: the preview sees edits"
        hint = f"raise it: sysctl fs.inotify.max_user_watches={max(524_288, 2 * folders)}"
        found.append(Finding("DR104", "warning", Span(str(limits / "max_user_watches")), f"{message} later", hint))
    if instances < 8:
        message = f"each person may have {instances} watchers here, and editors take some: the preview may get none"
        hint = "raise it: sysctl fs.inotify.max_user_instances=256"
        found.append(Finding("DR104", "warning", Span(str(limits / "max_user_instances")), message, hint))
    return found


def _folders(root: Path, most: int) -> int:
    count = 0
    for _, folders, _ in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        count += 1
        if count > most:
            break
    return count


def versions() -> dict[str, Any]:
    """Return what a report of a mistake should say of this machine."""
    import platform

    from blogq import __version__

    return {
        "blogq": __version__,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "zone": _local_zone(),
    }
