"""Webmentions (https://www.w3.org/TR/webmention/): find out where a page takes them, and send one.

Every step goes to public addresses only, and ends after some seconds: the addresses are those of strangers' pages.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Container, Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

import blogq
from blogq.external.connection import Connection, Private
from blogq.pattern import Pattern

REDIRECTS = 10
"""Steps that are followed; the specification asks for a limit, and names 20."""
LARGEST = 1 << 20
"""Bytes of a page that are looked through."""
TIMEOUT = 10.0
"""Seconds for each step, and for reading an answer as a whole."""
AGENT = f"blogq/{blogq.__version__} (Webmention)"
_MOVED = frozenset((301, 302, 303, 307, 308))
_LINK = Pattern(r'<([^<>]{0,2000})>((?:\s*;\s*[A-Za-z*]{1,40}\s*=\s*(?:"[^"]{0,400}"|[^\s;,"]{1,400}))*)')
_REL = Pattern(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


class Acceptance(NamedTuple):
    """What a page accepts."""

    endpoint: str
    """Where webmentions for it are sent to; empty where it takes none."""
    why: str = ""
    """Why that isn't known, as a clause; empty where it is."""


class Sent(NamedTuple):
    """What came of sending a webmention."""

    ok: bool
    why: str
    """The answer's status, or what was in the way, as a clause."""


class _Answer(NamedTuple):
    status: int
    address: str
    headers: Mapping[str, str]
    data: bytes


def discover(target: str, allowed: Container[str] = (), timeout: float = TIMEOUT) -> Acceptance:
    """Ask the page at `target` where it takes webmentions. `allowed` are hosts that may be in a private network."""
    answer = _asked("GET", target, b"", allowed, timeout)
    if isinstance(answer, str):
        return Acceptance("", answer)
    if not 200 <= answer.status < 300:
        return Acceptance("", f"the site answers {answer.status}")
    named = _in_header(answer.headers.get("link", ""))
    if named is None and "html" in answer.headers.get("content-type", "html"):
        named = _in_page(answer.data)
    if named is None:
        return Acceptance("")
    try:
        endpoint = urljoin(answer.address, named)
        if urlsplit(endpoint).scheme not in ("http", "https"):
            return Acceptance("", "it names an address that is none")
    except ValueError:
        return Acceptance("", "it names an address that is none")
    return Acceptance(endpoint)


def send(endpoint: str, source: str, target: str, allowed: Container[str] = (), timeout: float = TIMEOUT) -> Sent:
    """Tell `endpoint` that the page `source` links to `target`."""
    data = urlencode({"source": source, "target": target}).encode("ascii")
    answer = _asked("POST", endpoint, data, allowed, timeout)
    if isinstance(answer, str):
        return Sent(False, answer)
    return Sent(200 <= answer.status < 300 or answer.status in _MOVED, f"the site answers {answer.status}")


def _asked(method: str, address: str, data: bytes, allowed: Container[str], timeout: float) -> _Answer | str:
    """Return the answer, after redirects, or why there is none."""
    for _ in range(REDIRECTS + 1):
        try:
            split = urlsplit(address)
            if split.scheme not in ("http", "https") or not split.hostname or split.username is not None:
                return "it leads on to something else than a web page"
            answer = _once(method, address, data, allowed, timeout)
            leads_to = answer.headers.get("location", "")
            if answer.status not in _MOVED or not leads_to:
                return answer
            address = urljoin(address, leads_to)
            if method == "POST" and answer.status not in (307, 308):
                # What was sent has arrived; the redirect shows what came of it.
                return answer
        except Private:
            return "it is in a private network"
        except TimeoutError:
            return "the site takes too long"
        except (OSError, HTTPException, ValueError):
            return "it can't be asked"
    return "it leads on and on"


def _once(method: str, address: str, data: bytes, allowed: Container[str], timeout: float) -> _Answer:
    split = urlsplit(address)
    connection = Connection(split, timeout, allowed)
    until = time.monotonic() + timeout
    # A time limit of a socket is one for each byte: who sends one now and then would be waited for without end.
    clock = threading.Timer(timeout, _shut, (connection,))
    clock.daemon = True
    clock.start()
    try:
        path = (split.path or "/") + (f"?{split.query}" if split.query else "")
        headers = {"User-Agent": AGENT, "Accept": "text/html, */*;q=0.1", "Connection": "close"}
        if data:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=data or None, headers=headers)
        answer = connection.getresponse()
        links = ", ".join(answer.headers.get_all("Link") or ())
        known = {name.lower(): value for name, value in answer.getheaders()} | ({"link": links} if links else {})
        body = b""
        while method == "GET" and len(body) < LARGEST and (part := answer.read1(1 << 16)):
            body += part
            if time.monotonic() > until:
                raise TimeoutError
        if time.monotonic() > until:
            raise TimeoutError
        return _Answer(answer.status, address, known, body[:LARGEST])
    except (OSError, HTTPException):
        if time.monotonic() > until:
            raise TimeoutError from None
        raise
    finally:
        clock.cancel()
        connection.close()


def _shut(connection: Connection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _in_header(value: str) -> str | None:
    """Return what a `Link` header names as the place for webmentions; None where it names none."""
    for found in _LINK.finditer(value[: 1 << 16]):
        relation = _REL.search(found[2])
        if relation and "webmention" in (relation[1] or relation[2] or "").lower().split():
            return found[1].strip()
    return None


def _in_page(data: bytes) -> str | None:
    """Return what the first `<link>` or `<a>` of a page names that has `rel="webmention"`; None where none has."""
    if b"webmention" not in data.lower():
        return None
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for each in root.iter("link", "a") if root is not None else ():
        href = each.get("href")
        if href is not None and "webmention" in (each.get("rel") or "").lower().split():
            return str(href).strip()
    return None
