"""Ask many addresses, politely: a few at a time, of each site one after the other, and the dead ones twice."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

from blogq.external.request import Answer, ask

TOGETHER = 8
"""Sites that are asked at a time."""
PAUSE = 0.2
"""Seconds between two requests to one site."""
AGAIN = 3.0
"""Seconds until a dead address is asked once more: two failures make it dead, for one may be a restart."""
LATE = 2
"""Times that a site lets time run out before the rest of its addresses are left alone."""

Asker = Callable[[str, str], Answer]
"""Takes an address and a method."""


def ask_all(
    addresses: Iterable[str],
    timeout: float,
    allowed: Container[str],
    failed: Container[str] = (),
    wait: Callable[[float], None] = time.sleep,
) -> dict[str, Answer]:
    """Return what came of asking each of `addresses`; those that `failed` in an earlier run aren't asked twice."""

    def one(address: str, method: str) -> Answer:
        return ask(address, timeout, allowed, method)

    found = _round(addresses, "HEAD", one, wait)
    again = [address for address, answer in found.items() if answer.state == "dead" and address not in failed]
    if again:
        wait(AGAIN)
        found |= _round(again, "GET", one, wait)
    return found


def is_cut_off(answers: Mapping[str, Answer]) -> bool:
    """Return whether not one server was heard: it is this machine that has no network, then."""
    asked = [answer for answer in answers.values() if not answer.passed_over]
    return bool(asked) and not any(answer.heard for answer in asked)


def _round(addresses: Iterable[str], method: str, one: Asker, wait: Callable[[float], None]) -> dict[str, Answer]:
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        sites[urlsplit(address).netloc.lower()].append(address)
    found: dict[str, Answer] = {}
    with ThreadPoolExecutor(TOGETHER) as pool:
        for answers in pool.map(partial(_of_site, method=method, one=one, wait=wait), sites.values()):
            found |= answers
    return found


def _of_site(addresses: list[str], method: str, one: Asker, wait: Callable[[float], None]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    late = 0
    for address in addresses:
        if late >= LATE:
            found[address] = Answer("unknown", "the site takes too long")
            continue
        if found:
            wait(PAUSE)
        found[address] = one(address, method)
        late += found[address].late
    return found
