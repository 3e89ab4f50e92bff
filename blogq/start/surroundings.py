"""What can be guessed of a new site's owner: name and e-mail from git, language and time zone from the system."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from blogq.config.checks import CHECKS

PATIENCE = 5
"""Seconds that git may take to answer."""

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z0-9]+))?", re.IGNORECASE)
_REGIONS = {
    ("pt", "BR"): "pt-BR",
    ("zh", "TW"): "zh-Hant",
    ("zh", "HK"): "zh-Hant",
    ("zh", "MO"): "zh-Hant",
    ("zh", "CN"): "zh-Hans",
    ("zh", "SG"): "zh-Hans",
}
"""Where the country says which written language it is; elsewhere the language alone names the translations best."""


class Surroundings(NamedTuple):
    """What was found; empty where nothing was."""

    author: str
    email: str
    language: str
    timezone: str


def surroundings(folder: Path, environment: Mapping[str, str]) -> Surroundings:
    """Return what git and the system say for a site in `folder`, which need not be there yet."""
    while not folder.is_dir():
        folder = folder.parent
    return Surroundings(
        _git(folder, "user.name"), _git(folder, "user.email"), language_of(environment), timezone_of(environment)
    )


def _git(folder: Path, key: str) -> str:
    """Return a setting of git, or nothing where it isn't set or there is no git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "config", "--get", key],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    text = done.stdout.decode("utf-8", "ignore") if done.returncode == 0 else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the locale that `environment` names, as a tag; empty where it names none."""
    name = next((v for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(key))), "")
    if not name and sys.platform == "win32":
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    match = _LANGUAGE.fullmatch(name.partition(".")[0].partition("@")[0])
    if match is None:
        return ""
    language, country = match[1].lower(), (match[2] or "").upper()
    return _REGIONS.get((language, country), language)


def timezone_of(environment: Mapping[str, str]) -> str:
    """Return the system's time zone by its name in the time zone database; empty where it has none."""
    name = environment.get("TZ", "").removeprefix(":").rpartition("zoneinfo/")[2]
    check = CHECKS["timezone"]
    if not name or check(name):
        import tzlocal

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                name = tzlocal.get_localzone_name() or ""
        except Exception:
            # The system contradicts itself, or keeps its time zone in a way that nobody has seen yet: then it's UTC.
            return ""
    name = "UTC" if name in ("Etc/UTC", "Etc/UCT", "Zulu", "Etc/Zulu", "Universal") else name
    return "" if not name or check(name) else name
