"""Options that few sites have: entries of `check.silence` and of `corpora`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Silence:
    """Rules that say nothing about some sources."""

    path: str = ""
    """For which sources: a folder or a pattern of paths below the content folder, such as `posts/2014`."""
    rules: tuple[str, ...] = ()
    """Rules, by their codes or the beginnings of these."""
    because: str = ""
    """The reason; without one nothing is silenced."""
    until: str = ""
    """Day from which they speak again, as 2027-01-31; never where it is left out."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts of others, or older ones, that posts are compared with. A path alone stands for all of it."""

    path: str = ""
    """Where they are: a folder of texts, Markdown or HTML; another blogq site; a feed; a sitemap beside saved pages; a
    WordPress export. Relative to the site; it may lead outside, where nothing is changed unless there is a `url`."""
    type: str = ""
    """`texts`, `site` (another blogq site), `feed`, `sitemap` or `wordpress`; by what is there where it is left out."""
    url: str = ""
    """Address of a feed or sitemap that `blogq corpus update` fetches into `path`, or else below `.blogq/corpora/`."""
