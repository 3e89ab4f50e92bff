"""Options that few sites have: entries of `style`, of `check.silence` and of `corpora`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """One entry of the house style: `words`, `swap` or both, or else a `pattern`, and what to tell who writes that.
    docs/house-style.md says more."""

    name: str = ""
    """What the entry is called in reports; by what it looks for where it is left out."""
    words: tuple[str, ...] = ()
    """Words and phrases that aren't wanted, as a list or one alone. Whole words count, in capitals or not."""
    swap: dict[str, str] = field(default_factory=dict)
    """Words and phrases that aren't wanted, each with what to write instead: `utilize: use`."""
    pattern: str = ""
    """A regular expression for what isn't wanted, of at most 1000 characters, in the syntax of RE2."""
    case: bool = False
    """Whether capitals count."""
    message: str = ""
    """What to say; where it is left out, that the word isn't house style."""
    severity: str = "warning"
    """`error`, `warning` or `note`."""
    replacement: str = ""
    """What to write instead of `words` or of what the `pattern` finds; `\\1` stands for a pattern's first group."""
    exceptions: tuple[str, ...] = ()
    """Words and phrases that are fine, though one that isn't wanted is a part of them."""
    at_most: int = 0
    """How often a post may have it, up to 1000, before anything is said."""
    languages: tuple[str, ...] = ()
    """Languages of the posts that it is for, as tags; all where it is left out."""
    scope: tuple[str, ...] = ()
    """Where to look: `text`, `headings`, `title`; in all three where it is left out."""


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
