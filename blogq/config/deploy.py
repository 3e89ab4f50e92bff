"""Places to publish at: the option `deploy` of the config, and what follows from how an address is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

SECRETS = ("key", "secret", "token", "password", "passphrase", "credential", "sas_token", "connection_string")
"""Options of stores that hold a secret, by their names or the ends of these. Config is in Git; secrets are not."""


_HOST = r"(?:[^@:/\s]+@)?(?:\w[\w.-]*|\[[^\]/\s]+\]):."
"""An address for rsync over SSH. Whatever has a slash before its colon is a folder of this machine to rsync, and a host
that begins with a hyphen would be an option to ssh."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that the site is published at. Its address alone stands for all of it."""

    to: str = ""
    """Where: a folder; `user@host:/path` for rsync over SSH; the address of a store, such as `s3://bucket/path`; or a
    Git remote, by name or address, `origin` where it is left out."""
    type: str = ""
    """`folder`, `git`, `rsync` or `store`; by `to` and `branch` where it is left out."""
    branch: str = ""
    """Branch that a Git remote shows as a site; `gh-pages` where it is left out."""
    port: int = 0
    """Port of the SSH server, for rsync; that of SSH's own config where it is left out."""
    options: dict[str, Any] = field(default_factory=dict)
    """What else a store has to be told, as fsspec names it, such as `endpoint_url`. Never a secret."""


def type_of(place: Destination) -> str:
    """Return what kind of place it is, by how its address is written, where `type` doesn't say it."""
    to = place.to
    if place.type:
        return place.type
    if place.branch or to.endswith(".git") or re.match(r"(?:ssh|git)://|git@", to):
        return "git"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+::?//", to):
        return "store"
    # A single letter before the colon is a drive.
    return "rsync" if re.match(r"(?:[\w.-]+@)?(?:[\w.-]{2,}|\[[0-9A-Fa-f:]+\]):[^\\]", to) else "folder"


def settled_deploy(places: Mapping[str, Destination], wrong: Callable[[str, str, str], None]) -> dict[str, Destination]:
    """Return `places` with their types, without those that can't be used; `wrong` is told option, cause and help."""
    found: dict[str, Destination] = {}
    for name, place in places.items():
        option = f"deploy.{name}"
        kind = type_of(place)
        secret = _secrets(place.options)
        if kind == "git":
            place = replace(place, to=place.to or "origin", branch=place.branch or "gh-pages")
        if not place.to:
            wrong(option, "doesn't say where to publish", "Write `to: ` and a folder, a server, a store or a remote.")
        elif place.to.startswith(("-", "~")) or "::" in re.sub(r"\[[^\]]*\]", "", place.to.partition("/")[0]):
            wrong(f"{option}.to", "is no address to publish at", "Write it in full, without - or ~ before it.")
        elif re.search(r"://[^/@]*:[^/@]*@", place.to) or secret:
            at = f"options.{secret[0]}" if secret else "to"
            hint = "Take it out of Git's reach: environment variables, the store's own config, or an SSH agent."
            wrong(f"{option}.{at}", "holds a secret, and config is for everybody to read", hint)
        elif kind == "git" and not re.fullmatch(
            r"(?!-|/|.*(?:\.\.|//|@\{|\.lock$|/$|\.$))[^\s~^:?*\[\\]+", place.branch
        ):
            wrong(f"{option}.branch", "is no name for a branch", "Write one such as gh-pages.")
        elif kind == "rsync" and not re.match(_HOST, place.to):
            wrong(f"{option}.to", "is no address for rsync over SSH", "Write it as user@host:/path.")
        elif kind == "store" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", place.to):
            # fsspec would take it for a folder, below wherever one is just then.
            wrong(f"{option}.to", "is no address of a store", "Write it with its kind before it: s3://bucket/path.")
        elif kind == "store" and re.match(r"(?:file|local)://", place.to, re.IGNORECASE):
            # What keeps folders from being written over isn't asked of stores.
            wrong(f"{option}.to", "is a folder of this machine", "Write its path alone, without file:// before it.")
        else:
            found[name] = replace(place, type=kind)
    return found


def _secrets(options: Mapping[Any, Any]) -> list[str]:
    """Return the options that hold a secret, those within others too: `client_kwargs.aws_secret_access_key`."""
    found: list[str] = []
    for key, value in options.items():
        if re.search(rf"(?:^|_)(?:{'|'.join(SECRETS)})$", str(key).lower()):
            found.append(str(key))
        elif isinstance(value, Mapping):
            found += [f"{key}.{each}" for each in _secrets(value)]
    return found
