"""Whom a post links to, what they accept, and what they were sent."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from blogq.external.webmention import Acceptance, discover, send
from blogq.listing import Row, Survey
from blogq.plan.jobs import split_base
from blogq.source_names import STORE
from blogq.store.records import Records

MOST = 100
"""Links of a post that are asked about."""
_KEPT = "mentions"
"""File in the store with what was sent when."""


class Mention(NamedTuple):
    """A page that a post links to."""

    target: str
    endpoint: str
    """Where it takes webmentions; empty where it takes none, or nobody has asked."""
    state: str
    """`accepts`, `none` (it takes none), `unknown` (it can't be asked), `unasked`, `sent` or `failed`."""
    why: str
    """What was in the way or was answered, as a clause; may be empty."""
    sent: int | None
    """When it was last sent one, in seconds since 1970, UTC."""


def newest(found: Survey) -> Row | None:
    """Return the newest live post."""
    live = [(entry.date, row) for entry, row in zip(found.entries, found.rows, strict=True) if is_live(row)]
    return max(live, key=lambda each: (each[0], each[1].path))[1] if live else None


def is_live(row: Row) -> bool:
    """Return whether a source is a post that readers can read."""
    return row.kind == "post" and row.status == "live"


def address_of(found: Survey, row: Row) -> str:
    """Return the address at which a post is read."""
    return split_base(found.loaded.config.base_url)[0] + row.url


def targets_of(found: Survey, site: Path, path: str) -> list[str]:
    """Return the addresses on other sites that the source at `path` links to, in its order, each once."""
    own = urlsplit(found.loaded.config.base_url).hostname
    read = Records(site / STORE / "bodies", found.entries).read
    targets: dict[str, None] = {}
    for index, row in enumerate(found.rows):
        if row.path != path:
            continue
        for target, kind, *_ in read(index).page["links"]:
            with suppress(ValueError):
                address = urldefrag(f"https:{target}" if target.startswith("//") else target).url
                split = urlsplit(address)
                if kind == "x" and split.scheme in ("http", "https") and split.hostname and split.hostname != own:
                    targets[address] = None
    return [*targets][:MOST]


def mentions(
    site: Path,
    source: str,
    targets: list[str],
    now: int,
    *,
    asking: bool = True,
    sending: bool = False,
    allowed: Container[str] = (),
    told: Callable[[str], None] = lambda target: None,
) -> list[Mention]:
    """Return what each of `targets` accepts; with `sending`, send those that do one from `source`, and remember it.

    `allowed` are hosts that may be in a private network; `told` is called with each address before it is asked.
    """
    known = _load(site)
    before = known.setdefault(source, {})
    found = []
    for target in targets:
        sent = before.get(target)
        if not asking:
            found.append(Mention(target, "", "unasked", "", sent))
            continue
        told(target)
        accepts: Acceptance = discover(target, allowed)
        if not accepts.endpoint:
            found.append(Mention(target, "", "unknown" if accepts.why else "none", accepts.why, sent))
        elif not sending:
            found.append(Mention(target, accepts.endpoint, "accepts", "", sent))
        else:
            done = send(accepts.endpoint, source, target, allowed)
            if done.ok:
                before[target] = sent = now
                _save(site, known)
            found.append(Mention(target, accepts.endpoint, "sent" if done.ok else "failed", done.why, sent))
    return found


def _load(site: Path) -> dict[str, dict[str, int]]:
    """Return what was sent when, by source and target."""
    with suppress(OSError, ValueError, AttributeError, TypeError):
        told = json.loads((site / STORE / _KEPT).read_bytes())
        return {str(source): {str(to): int(at) for to, at in some.items()} for source, some in told.items()}
    return {}


def _save(site: Path, known: dict[str, dict[str, int]]) -> None:
    beside = site / STORE / f"{_KEPT}.{os.getpid()}"
    with suppress(OSError):
        beside.write_text(json.dumps(known), encoding="ascii")
        os.replace(beside, site / STORE / _KEPT)
