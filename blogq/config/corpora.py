"""Entries of `corpora` in the config, after checks that need several of their options."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from blogq.config.checks import WEB_ADDRESS
from blogq.config.rarities import Corpus

_FILES = (".xml", ".json", ".rss", ".atom")
_FETCHED = ("", "feed", "sitemap")
"""Types of what can be fetched."""


def settled_corpora(corpora: Mapping[str, Corpus], wrong: Callable[[str, str, str], None]) -> dict[str, Corpus]:
    """Return `corpora` without those that can't be used.

    `wrong` is told what is: the option, what is the matter with it, what to do. An address in the place of a path is
    taken for what it is.
    """
    found: dict[str, Corpus] = {}
    for name, each in corpora.items():
        option = f"corpora.{name}"
        if re.match(r"[A-Za-z]{2,}://", each.path):
            if each.url or not re.fullmatch(WEB_ADDRESS, each.path):
                wrong(
                    f"{option}.path" if each.url else option, "is an address, no path", "Write it as `url: https://…`."
                )
                continue
            each = replace(each, path="", url=each.path)
        if not each.path and not each.url:
            wrong(option, "says neither `path` nor `url`", "Write where its texts are: `path: ../press`.")
        elif each.url and each.path and (each.path.endswith(_FILES) or _leads_out(each.path)):
            hint = f"Write a folder of the site, such as corpora/{name}, or leave `path` out."
            wrong(f"{option}.path", "is no folder of the site, and what is fetched needs one", hint)
        elif each.url and each.type not in _FETCHED:
            hint = "Leave `type` out, or save the texts yourself and write `path` alone."
            wrong(f"{option}.type", "can't be fetched: only feeds and sitemaps can", hint)
        else:
            found[name] = each
    return found


def _leads_out(path: str) -> bool:
    plain = posixpath.normpath(path.replace("\\", "/"))
    return plain == "." or plain == ".." or plain.startswith(("/", "../"))
