"""Who of those that comment is one of the blog's authors."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.conversation.comment import Draft


class Owners(NamedTuple):
    """What the blog's authors are known by."""

    emails: frozenset[str]
    """In lower case."""
    digests: frozenset[str]
    """MD5 and SHA-256 of these, as hex."""
    urls: frozenset[str]
    """Addresses of websites and profiles, as `plain_url` has them."""
    names: frozenset[str]
    """Only those that config declares under `comments.owners`: anybody can claim a name."""

    def wrote(self, draft: Draft) -> bool:
        """Return whether one of the blog's authors wrote a comment."""
        if draft.is_owner or draft.email_digest.lower() in self.digests:
            return True
        if draft.email and draft.email.strip().lower() in self.emails:
            return True
        if draft.kind in ("mastodon", "webmention") and draft.url and plain_url(draft.url) in self.urls:
            # There the address is the account; in a form it is what somebody typed.
            return True
        return bool(draft.author) and draft.author.casefold() in self.names


def owners_of(config: Config) -> Owners:
    """Return what the authors of a site are known by."""
    emails = {author.email.strip().lower() for author in config.authors.values() if author.email}
    urls = {author.url for author in config.authors.values()}
    urls |= {profile.url for author in config.authors.values() for profile in author.profiles}
    urls |= {profile.url for profile in config.profiles} | {channel.url for channel in config.channels}
    urls.add(config.base_url)
    names: set[str] = set()
    for each in config.comments.owners if config.comments is not None else ():
        if re.match(r"https?://", each, re.IGNORECASE):
            urls.add(each)
        elif re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", each):
            emails.add(each.strip().lower())
        else:
            names.add(each.strip().casefold())
    digests = {
        kind(email.encode(), usedforsecurity=False).hexdigest()
        for email in emails
        for kind in (hashlib.md5, hashlib.sha256)
    }
    plain = frozenset(plain_url(url) for url in urls if url)
    return Owners(frozenset(emails), frozenset(digests), plain, frozenset(names) - {""})


def plain_url(url: str) -> str:
    """Return an address without what makes no difference: scheme, `www.`, a slash at the end, capitals."""
    return re.sub(r"^https?://(?:www\.)?|/+$", "", url.strip(), flags=re.IGNORECASE).lower()
