"""A connection to another site: the only module of blogq that opens one.

Addresses in private networks aren't talked to: a post or a feed by somebody else must not make the machine that reads
it talk to what only that machine can reach.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Container
from contextlib import suppress
from http.client import HTTPConnection
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult

_FAR = ("192.0.2.1", "2001:db8::1")
"""Addresses that are nobody's (RFC 5737, RFC 3849) and only routed as the public internet is."""


class Private(Exception):
    """An address in a private network."""


class Connection(HTTPConnection):
    """A connection to an address that was looked at first, so that the name can't mean another one meanwhile."""

    def __init__(self, split: SplitResult, timeout: float, allowed: Container[str]) -> None:
        self.is_secure = split.scheme == "https"
        name = (split.hostname or "").encode("idna").decode("ascii")
        super().__init__(name, split.port or (443 if self.is_secure else 80), timeout=timeout)
        self.is_allowed = name in allowed

    def connect(self) -> None:
        """Connect to the first of the host's addresses that answers, if all of them are public."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        if not self.is_allowed and not all(is_public(str(each[4][0])) for each in found):
            raise Private
        for number, (family, kind, protocol, _, place) in enumerate(found, 1):
            self.sock = socket.socket(family, kind, protocol)
            try:
                self.sock.settimeout(self.timeout)
                self.sock.connect(place)
                break
            except OSError:
                self.sock.close()
                if number == len(found):
                    raise
        if self.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return is_public(str(found.ipv4_mapped))
    return found.is_global and not found.is_multicast


def has_way_out() -> bool:
    """Return whether this machine knows a way to the public internet. Nothing is sent: it is a look at its routes."""
    for family, place in ((socket.AF_INET, _FAR[0]), (socket.AF_INET6, _FAR[1])):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((place, 9))
            return True
    return False
