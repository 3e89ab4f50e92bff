"""Fetch addresses on other sites, politely: one at a time, with pauses, and only what a site lets programs have."""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Callable, Container, Mapping
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

import blogq
from blogq.external.connection import Connection, Private, has_way_out
from blogq.external.robots import NOTHING, Robots, read_robots

AGENT = f"blogq/{blogq.__version__} (corpus update)"
NAME = "blogq"
"""What robots.txt calls this program."""
REDIRECTS = 10
"""Steps that are followed."""
LONGEST = 120.0
"""Seconds that one answer may take as a whole."""
_MOVED = frozenset((301, 302, 303, 307, 308))
_PART = 1 << 16


class Response(NamedTuple):
    """An answer, read."""

    status: int
    address: str
    """Where redirects led."""
    headers: Mapping[str, str]
    """By name, in lower case."""
    data: bytes


class Failed(Exception):
    """An address can't be fetched; the text says why, as a clause."""

    def __init__(self, why: str, *, is_cut_off: bool = False, wants_rest: bool = False) -> None:
        super().__init__(why)
        self.is_cut_off = is_cut_off
        """Whether this machine seems to have no network."""
        self.wants_rest = wants_rest
        """Whether the site asks to be left alone for now."""


class Everywhere:
    """Holds every host."""

    def __contains__(self, host: object) -> bool:
        return True


class Visitor:
    """Fetches from any number of sites, and remembers when it last asked each of them and what it may ask for."""

    def __init__(
        self,
        pause: float = 1.0,
        timeout: float = 20.0,
        allowed: Container[str] = (),
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pause` and `timeout` are in seconds; `allowed` are hosts that may be in a private network."""
        self._pause, self._timeout, self._allowed = pause, timeout, allowed
        self._wait, self._clock = wait, clock
        self._asked: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}

    def get(self, address: str, limit: int, known: Mapping[str, str] | None = None) -> Response:
        """Return what `address` answers, of `limit` bytes at most; raise `Failed`.

        `known` are headers that say what is there already (`If-None-Match`, `If-Modified-Since`), for 304 to be said.
        """
        for _ in range(REDIRECTS + 1):
            split = _split(address)
            if not self._rules(split).allows(_target(split)):
                raise Failed("its robots.txt doesn't let programs have it")
            answer = self._once(split, address, limit, known or {})
            leads_to = answer.headers.get("location", "")
            if answer.status not in _MOVED or not leads_to:
                return answer
            try:
                address = urljoin(address, leads_to)
            except ValueError as error:
                raise Failed("it leads on to an address that is none") from error
        raise Failed("it leads on and on")

    def _rules(self, split: SplitResult) -> Robots:
        site = f"{split.scheme}://{split.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_rules(site)
        return self._robots[site]

    def _read_rules(self, site: str) -> Robots:
        """Return the rules of a site; none where it has no robots.txt, and nothing where it can't tell (RFC 9309)."""
        address = f"{site}/robots.txt"
        for _ in range(6):
            answer = self._once(_split(address), address, 1 << 20, {})
            leads_to = answer.headers.get("location", "")
            if answer.status not in _MOVED or not leads_to:
                break
            try:
                address = urljoin(address, leads_to)
            except ValueError:
                return Robots()
        if 200 <= answer.status < 300:
            return read_robots(answer.data, NAME)
        return NOTHING if answer.status >= 500 else Robots()

    def _once(self, split: SplitResult, address: str, limit: int, known: Mapping[str, str]) -> Response:
        host = split.netloc.lower()
        rules = self._robots.get(f"{split.scheme}://{split.netloc}", Robots())
        if host in self._asked:
            left = self._asked[host] + max(self._pause, rules.pause) - self._clock()
            if left > 0:
                self._wait(left)
        try:
            return self._request(split, address, limit, known)
        except Private as error:
            raise Failed("it is in a private network (`--allow-private` lets it be asked)") from error
        except socket.gaierror as error:
            raise Failed("there is no such host, or no name server", is_cut_off=not has_way_out()) from error
        except TimeoutError as error:
            raise Failed("it takes too long") from error
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            raise Failed(f"it can't be asked: {error}"[:200], is_cut_off=not has_way_out()) from error
        finally:
            self._asked[host] = self._clock()

    def _request(self, split: SplitResult, address: str, limit: int, known: Mapping[str, str]) -> Response:
        connection = Connection(split, self._timeout, self._allowed)
        begun = self._clock()
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close", **known}
        try:
            connection.request("GET", _target(split), headers=headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            if answer.status in (429, 503):
                raise Failed(f"the site answers {answer.status}: it asks to be left alone for now", wants_rest=True)
            parts: list[bytes] = []
            size = 0
            encoded = told.get("content-encoding", "").lower() in ("gzip", "x-gzip")
            unpack = zlib.decompressobj(31) if encoded else None
            while answer.status < 300 and (part := answer.read1(_PART)):
                if unpack is not None:
                    # A little can unpack to very much.
                    part = unpack.decompress(part, limit + 1 - size)
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise Failed(f"it has more than {limit >> 20} MB")
                if self._clock() - begun > LONGEST:
                    raise Failed("it takes too long")
            expected = told.get("content-length", "")
            if answer.status < 300 and not encoded and expected.isdigit() and size < int(expected):
                raise Failed("the answer was cut off")
            return Response(answer.status, address, told, b"".join(parts))
        finally:
            connection.close()


def unpacked(data: bytes, limit: int) -> bytes:
    """Return the content of a file packed with gzip, such as sitemaps are, or `data` itself; raise `Failed`."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        found = zlib.decompressobj(31).decompress(data, limit + 1)
    except zlib.error as error:
        raise Failed("what it has can't be unpacked") from error
    if len(found) > limit:
        raise Failed(f"it has more than {limit >> 20} MB")
    return found


def _split(address: str) -> SplitResult:
    try:
        split = urlsplit(address)
        split.port  # noqa: B018 (raises for one that is none)
    except ValueError as error:
        raise Failed("it leads to an address that is none") from error
    if split.scheme not in ("http", "https") or not split.hostname:
        raise Failed("it leads to something else than a web page")
    return split


def _target(split: SplitResult) -> str:
    from urllib.parse import quote

    # Addresses in feeds have letters in them that HTTP doesn't.
    safe = "/%:@!$&'()*+,;=~-._"
    return quote(split.path or "/", safe=safe) + (f"?{quote(split.query, safe=safe + '?/[]')}" if split.query else "")
