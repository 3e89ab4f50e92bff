"""Ask one address on another site whether it is there: what comes back isn't read, only whether there is something."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Container
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

import blogq
from blogq.external.connection import Connection, Private

REDIRECTS = 10
"""Steps that are followed; browsers follow 20, and nobody means more than two or three."""
HEADERS = {"User-Agent": f"blogq/{blogq.__version__} (link check)", "Accept": "*/*", "Connection": "close"}
_MOVED = frozenset((301, 302, 303, 307, 308))
_GONE = {404: "the site answers 404, not found", 410: "the site answers 410, gone"}
_ASK_ANEW = frozenset((400, 403, 404, 405, 410, 501))
"""Answers to HEAD that many servers give only because they don't know it."""
_NO_HOST = frozenset(getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name))
_EXPIRED, _OTHER_HOST = 10, 62
"""OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED and X509_V_ERR_HOSTNAME_MISMATCH. Other errors of certificates may be this
machine's: a root that it doesn't know, a chain that browsers complete."""


class Answer(NamedTuple):
    """What came of asking."""

    state: str
    """`alive`, `dead` or `unknown`."""
    why: str = ""
    """Why it is dead, as a clause; of the others, what was in the way."""
    heard: bool = False
    """Whether any server has answered in HTTP."""
    passed_over: bool = False
    """Whether it wasn't asked at all."""
    late: bool = False
    """Whether time ran out."""
    nameless: bool = False
    """Whether a name server says that there is no such host."""


def ask(address: str, timeout: float, allowed: Container[str] = (), method: str = "HEAD") -> Answer:
    """Ask for `address`, by HEAD, and by GET where that doesn't do; follow redirects.

    `timeout` is in seconds, for each step. `allowed` are hosts that may be in a private network.
    """
    for _ in range(REDIRECTS + 1):
        try:
            split = urlsplit(address)
            if split.scheme not in ("http", "https") or not split.hostname:
                return Answer("unknown", "it leads on to something else than a web page", True)
            status, leads_to = _status(split, timeout, allowed, method)
            if method == "HEAD" and status in _ASK_ANEW:
                status, leads_to = _status(split, timeout, allowed, "GET")
        except (OSError, HTTPException, ValueError, Private) as error:
            return _of(error)
        if status not in _MOVED or not leads_to:
            break
        try:
            address = urljoin(address, leads_to)
        except ValueError:
            return Answer("unknown", "it leads on to an address that is none", True)
    else:
        return Answer("unknown", "it leads on and on", True)
    if status in _GONE:
        return Answer("dead", _GONE[status], True)
    if 200 <= status < 300:
        return Answer("alive", "", True)
    return Answer("unknown", f"the site answers {status}", True)


def _status(split: SplitResult, timeout: float, allowed: Container[str], method: str) -> tuple[int, str]:
    """Return the status of the answer, and where it leads on to."""
    connection = Connection(split, timeout, allowed)
    try:
        target = (split.path or "/") + (f"?{split.query}" if split.query else "")
        connection.request(method, target, headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


def _of(error: Exception) -> Answer:
    """Return what an error says of the address; anything that may be this machine's own trouble says nothing."""
    if isinstance(error, Private):
        return Answer("unknown", "it is in a private network", passed_over=True)
    if isinstance(error, socket.gaierror):
        if error.errno in _NO_HOST:
            return Answer("dead", "there is no such host", nameless=True)
        return Answer("unknown", "no name server")
    if isinstance(error, ConnectionRefusedError):
        return Answer("dead", "the host refuses to talk")
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code == _EXPIRED:
            return Answer("dead", "the site's certificate has expired")
        if error.verify_code == _OTHER_HOST:
            return Answer("dead", "the site's certificate is another host's")
    return Answer("unknown", "it can't be asked", late=isinstance(error, TimeoutError))
