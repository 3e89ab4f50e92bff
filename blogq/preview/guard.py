"""What stands before every request: who may ask, how, and for what; and what browsers are told not to do with answers.

The preview shows drafts, and runs beside pages of strangers in the same browser. So a request has to name this server
(a page of another name that leads here is refused: DNS rebinding), mustn't come from a script of another site, and is
for reading. Nothing is ever opened by a path that a request names; paths are looked up in the plan of the site.

One request isn't for reading: to have a file of the site opened in an editor. It has to be one that no page of another
site can send, with or without a script: with an `Origin` that is ours, in JSON, which no form sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
OPEN = b"/_blogq/open"
"""Path of the one request that isn't for reading."""
LONGEST_PATH = 4096
"""Bytes of a request's path and query."""
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
"""With every answer. There is no `Access-Control-Allow-Origin`: other sites can't read any."""
_JSON = re.compile(rb"application/json(?:\s*;\s*charset=utf-8)?", re.IGNORECASE)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)


class Guard:
    """Refuses what isn't meant for this server, and lets the rest through to `app`."""

    def __init__(self, app: ASGIApp, names: Iterable[str], anywhere: bool, most_body: int = 0) -> None:
        """`names` are hosts by which the server may be called; with `anywhere` any IP address as well.

        Files are opened on request where it has at most `most_body` bytes, 0 for never; and never with `anywhere`.
        """
        self.app = app
        self.most_body = 0 if anywhere else most_body
        self.names = frozenset(name.lower() for name in names)
        self.anywhere = anywhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        refusal = self.refusal(scope)
        if refusal is None:
            await self.app(scope, receive, safely)
            return
        status, why = refusal
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        if status == 405:
            headers.append((b"allow", ", ".join(METHODS).encode()))
        await safely({"type": "http.response.start", "status": status, "headers": headers})
        await safely({"type": "http.response.body", "body": f"{why}\n".encode()})

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason to refuse a request with; None for one that may pass."""
        given: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            given.setdefault(name.lower(), []).append(value)
        hosts = given.get(b"host", [])
        if len(hosts) != 1 or not self.is_ours(hosts[0].decode("latin-1")):
            return 403, "This is a preview on somebody's own machine; it answers to its own name only."
        if b"transfer-encoding" in given and b"content-length" in given:
            return 400, "A request has one length."
        own = b"http://" + hosts[0].lower()
        if any(origin.lower() != own for origin in given.get(b"origin", ())):
            return 403, "Pages of other sites can't ask this server."
        site = given.get(b"sec-fetch-site", [b"none"])[0]
        mode = given.get(b"sec-fetch-mode", [b"navigate"])[0]
        if site not in (b"none", b"same-origin") and mode != b"navigate":
            return 403, "Pages of other sites can't ask this server."
        raw = scope.get("raw_path") or b""
        if scope["method"] == "POST" and raw == OPEN and self.most_body:
            return self.wrong_opening(given)
        if scope["method"] not in METHODS:
            return 405, "This server is for reading only."
        if len(raw) + len(scope.get("query_string", b"")) > LONGEST_PATH:
            return 414, "The address is too long."
        return None if is_plain(raw) else (400, "That is no path of a site.")

    def wrong_opening(self, given: Mapping[bytes, Sequence[bytes]]) -> tuple[int, str] | None:
        """Return why a request to open a file is refused, whose `Host` and `Origin`s are ours; None for one that isn't.

        `given` are its headers.
        """
        if len(given.get(b"origin", ())) != 1 or set(given.get(b"sec-fetch-site", ())) - {b"same-origin"}:
            return 403, "Only pages of this server can ask for that."
        kinds = given.get(b"content-type", ())
        if len(kinds) != 1 or not _JSON.fullmatch(kinds[0]) or b"content-encoding" in given:
            return 415, "Ask in JSON."
        lengths = given.get(b"content-length", ())
        if len(lengths) != 1 or not re.fullmatch(rb"[0-9]{1,18}", lengths[0]):
            return 411, "Say how long the request is."
        return (413, "The request is too long.") if int(lengths[0]) > self.most_body else None

    def is_ours(self, host: str) -> bool:
        """Return whether a `Host` header names this server."""
        match = _HOST.fullmatch(host)
        if match is None or (match[2] and not 0 < int(match[2]) < 65536):
            return False
        name = match[1].lower()
        if name in self.names:
            return True
        try:
            address = ip_address(name.strip("[]"))
        except ValueError:
            return False
        # Who rebinds a name needs a name.
        return address.is_loopback or self.anywhere


def is_plain(raw: bytes) -> bool:
    """Return whether a request's path, as it was sent, begins with one slash and neither climbs nor hides anything."""
    path = unquote_to_bytes(raw)
    if not path.startswith(b"/") or path.startswith(b"//") or b"\\" in path:
        return False
    if any(byte < 32 or byte == 127 for byte in path) or re.search(rb"%2f", raw, re.IGNORECASE):
        return False
    return not any(part in (b".", b"..") for part in path.split(b"/"))
