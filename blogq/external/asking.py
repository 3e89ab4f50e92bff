"""Ask many addresses, politely: a few at a time, of each site one after the other, and the dead ones twice."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

from blogq.external.connection import has_way_out
from blogq.external.request import Answer, ask

TOGETHER = 8
"""Sites that are asked at a time."""
PAUSE = 0.2
"""Seconds between two requests to one site."""
AGAIN = 3.0
"""Seconds until a dead address is asked once more: two failures make it dead, for one may be a restart."""
LATE = 2
"""Times that a site lets time run out before the rest of its addresses are left alone."""

WITNESSES = 2
"""Sites known to be alive that are asked before it is said that there is no network."""
NAMELESS = 2
"""Hosts that a name server may know nothing of, and no other site be heard, and still be believed. A blog that links to
one or two sites only may have lost both; more at once are less likely than a name server that knows no names."""

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


def is_cut_off(
    answers: Mapping[str, Answer], witnesses: Iterable[str] = (), timeout: float = 10, allowed: Container[str] = ()
) -> bool:
    """Return whether it is this machine that has no network: not one server was heard, and `witnesses` aren't either.

    `witnesses` are addresses that answered once; two of other sites are asked where nobody else was heard.
    """
    asked = {address: answer for address, answer in answers.items() if not answer.passed_over}
    if not asked or any(answer.heard for answer in asked.values()):
        return False
    sites = {_site(address) for address in asked}
    left = WITNESSES
    for witness in witnesses:
        if left and _site(witness) not in sites:
            sites.add(_site(witness))
            answer = ask(witness, timeout, allowed)
            if answer.heard:
                return False
            left -= not answer.passed_over
    # Nobody is left who could tell, unless a witness was silent. A name server that knows no name at all may be one
    # behind a proxy, or the system's own without a network.
    hosts = {_site(address) for address in asked}
    known_none = left == WITNESSES and len(hosts) <= NAMELESS and all(answer.nameless for answer in asked.values())
    return not (known_none and has_way_out())


def _site(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _round(addresses: Iterable[str], method: str, one: Asker, wait: Callable[[float], None]) -> dict[str, Answer]:
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        sites[_site(address)].append(address)
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
