"""Which addresses are harmless: none that would run a script, whoever wrote it."""

from __future__ import annotations

import re

from blogq.pattern import Pattern

SCHEME_OF_A_SCRIPT = Pattern(r"\s*(?:javascript|vbscript|blob|file|data):", re.IGNORECASE)
HARMLESS_DATA = Pattern(r"\s*data:image/(?:gif|png|jpeg|webp|avif)[;,]", re.IGNORECASE)
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))
_STRIPPED = "".join(map(chr, range(33)))
"""What browsers drop anywhere in an address, and at its ends (https://url.spec.whatwg.org/#url-parsing)."""


def safe(address: str) -> bool:
    """Tell whether a link may lead to the normalised `address`: no scripts, no documents made of data."""
    return not SCHEME_OF_A_SCRIPT.match(address) or bool(HARMLESS_DATA.match(address))


def harmless(address: str) -> str:
    """Return `address` as a browser reads it, or nothing where it is not `safe`."""
    read = address.translate(_DROPPED).strip(_STRIPPED)
    return read if safe(read) else ""
