"""The links of a site's sources that lead to other sites, and which of them are dead."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from blogq.external.asking import ask_all, is_cut_off
from blogq.external.memory import load_answers, save_answers
from blogq.lint.whole import Astray
from blogq.listing import Survey, survey
from blogq.store.columns import Damaged
from blogq.store.records import Records

Place = tuple[str, int, int, str]
"""Path of a source, line, column, and the address as written."""


def dead_outward(
    found: Survey,
    store: Path,
    wanted: Collection[str],
    options: Mapping[str, Any],
    clock: Callable[[], float] = time.time,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[Astray, ...]:
    """Ask the addresses that the sources at the paths `wanted` link to, and return the links that are dead.

    `options` are those of LK002.
    """
    places: dict[str, list[Place]] = {}
    own = urlsplit(found.loaded.config.base_url).hostname
    try:
        outward = [*_outward(found, store, wanted)]
    except Damaged:
        # A record is lost: without the memo every source is parsed again.
        (store / "memo").unlink(missing_ok=True)
        outward = [*_outward(survey(store.parent, found.now), store, wanted)]
    for place in outward:
        address = _asked(place[3], own, options["ignore"])
        if address:
            places.setdefault(address, []).append(place)
    now = int(clock())
    alive, failed = load_answers(store, now, options["days"])
    todo = [address for address in places if address not in alive]
    answers = ask_all(todo, options["timeout"], frozenset(options["hosts"]), failed, wait)
    if is_cut_off(answers):
        # Neither is told dead nor remembered what may be this machine's fault.
        sites = len({urlsplit(each).netloc for each in todo})
        message = f"no site has answered ({sites} asked): links to other sites are left unchecked"
        hint = "see whether this machine can reach the network"
        return (Astray("blogq.yaml", 0, 0, "network", "elsewhere", message, hint, "note"),)
    save_answers(store, now, {address: answer.state for address, answer in answers.items()})
    return tuple(
        Astray(
            path,
            line,
            column,
            target,
            "elsewhere",
            f"{target} is dead: {answers[address].why}",
            "link to where it is now, or to a copy such as web.archive.org keeps, or take the link out",
            "warning",
        )
        for address in todo
        if answers[address].state == "dead"
        for path, line, column, target in places[address]
    )


def _outward(found: Survey, store: Path, wanted: Collection[str]) -> Iterator[Place]:
    read = Records(store / "bodies", found.entries).read
    for index, row in enumerate(found.rows):
        if row.path in wanted and row.status in ("live", "draft", "scheduled"):
            for target, kind, line, column in read(index).page["links"]:
                if kind == "x":
                    yield row.path, line, column, target


def _asked(target: str, own: str | None, ignored: Collection[str]) -> str:
    """Return the address to ask for a link's target, without its fragment; empty where it isn't to be asked."""
    try:
        address = urldefrag(f"https:{target}" if target.startswith("//") else target).url
        split = urlsplit(address)
        # What the site itself is to say may not be online yet.
        if split.scheme not in ("http", "https") or not split.hostname or split.hostname == own:
            return ""
    except ValueError:
        return ""
    return "" if any(fnmatchcase(address, each) for each in ignored) else address
