"""One thing noticed about a site, by the build or by the gate: one type, one way to print it.

A user's mistake is a `Finding`, collected and reported with all the others; exceptions mean a bug in blogq.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]

CODES: dict[str, str] = {
    "SR101": "a source can't be read",
    "SR102": "a source is not UTF-8 text",
    "SR103": "a source, or a folder of sources, leads out of the site through a symbolic link",
    "SR104": "a source is not a regular file (a FIFO, a device, a socket)",
    "SR105": "a source is too large",
    "SR106": "folders nest too deep",
    "SR107": "a name has characters that can't be in a URL or file name everywhere",
    "FM101": "front matter is opened and never closed",
    "FM102": "front matter can't be parsed",
    "FM103": "a front matter value has the wrong type or is impossible",
    "FM104": "a front matter key stands twice; the last one wins",
    "FM105": "a front matter key is unknown and looks like a known one misspelt",
    "FM106": "front matter is too large or nested too deep",
    "FM107": "a merge conflict was left in the file",
    "CF101": "the config can't be parsed",
    "CF102": "an unknown key in the config",
    "CF103": "a config value has the wrong type or is impossible",
    "CF104": "a config key stands twice",
    "CF105": "a setting that the site needs to go online is missing",
    "CF106": "there is nothing to publish",
    "CF107": "a plugin is missing or unfit",
    "AR101": "an archetype can't be used",
    "AR102": "a placeholder of an archetype means nothing",
    "CK101": "the gate keeps a post out of the site",
    "DA101": "a data file can't be parsed",
    "DA102": "two data files have one name",
    "DA103": "a data file is too large or nested too deep",
    "DA104": "the header of a table is wrong, or a row has more or fewer cells",
    "DA105": "a file among the data files is none that blogq reads",
    "CO101": "a reference corpus is gone, or can't be read",
    "CO102": "a file of a corpus can't be read",
    "CO103": "a file of a corpus is damaged, or none that can be understood; what could be read counts",
    "CO104": "a file of a corpus is too large",
    "CO105": "XML of a corpus declares entities or a DTD, which are never resolved",
    "CO106": "nothing in a corpus can be read as a text",
    "CO107": "a symbolic link leads out of a corpus",
    "CO108": "a corpus has an address and hasn't been fetched yet",
    "CM101": "a source of comments is gone, or can't be read",
    "CM102": "a file of comments is damaged, locked, or none that can be understood; what could be read counts",
    "CM103": "comments are on posts that aren't on the site",
    "CM104": "comments lie where they would be published as they are",
    "GT101": "dates are to be taken from Git, and Git can't tell them",
    "GT102": "dates are to be taken from Git, and the clone has only a part of the history",
    "GT103": "a source without a date is in no commit yet",
    "MD101": "a code block names a language that the highlighter doesn't know",
    "MD102": "a code block takes the highlighter too long",
    "MD103": "the text is too complex to parse",
    "MD104": "a footnote is referred to and nowhere defined",
    "MD105": "code of MDX is shown as text",
    "MD106": "an admonition is of a kind that there isn't",
    "MD107": "a container is never closed, or closed without being open",
    "MD108": "an attribute can't be given, or belongs to nothing",
    "MD109": "a code block asks for something that there isn't",
    "MD110": "a formula can't be read",
    "MD111": "a plugin fails at a text",
    "SC101": "a post uses a shortcode that there is not",
    "SC102": "the tag of a shortcode can't be read, or closes nothing",
    "SC103": "a shortcode that takes text is never closed",
    "SC104": "a shortcode can't do with the arguments that it is given",
    "UR101": "two sources would be published at one URL",
    "UR102": "a URL leads out of the site or can't be a file name",
    "UR103": "an alias stands where a page is",
    "UR104": "a source takes the URL of a generated page",
    "UR105": "names that differ only in case or Unicode form",
    "IM101": "an image is damaged, or none that can be read; it is published as it is",
    "LK001": "a link leads nowhere, or an image isn't there; for `blogq check` errors, an image under `MD002`",
    "LK101": "a link has another generator's template code in it",
    "LK102": "a page redirects to itself",
    "TH101": "a theme is missing or its theme.yaml is wrong",
    "TH102": "a template is missing",
    "TH103": "a template fails",
    "TH104": "a static file that a template asks for is missing",
    "TH105": "a key in a theme.yaml is unknown or stands twice",
    "TH106": "a theme needs another version of blogq",
    "TH107": "a file of texts (locales/) can't be read",
    "TH108": "a text has a key that no template asks for, or values or forms that don't fit",
    "TH109": "the theme's texts are missing, or some are, in a language of the site",
    "SH101": "the site's icon isn't there, or nothing can be made of it",
    "SH102": "a share image can't be drawn",
    "SH103": "a share image shows the name of the site where a title should be",
    "SH104": "something has to be installed first",
    "SH105": "the search index can't be made",
    "SH106": "the theme lacks a template for what config asks for",
    "ST101": "a term has a text, and no live post has the term",
    "ST102": "a page puts itself below an entry of a menu that isn't there",
    "DP101": "a site has drafts in it, no address of its own or no pages, and isn't published",
    "DP102": "a place to publish at isn't declared, or can't be used or reached",
    "DP103": "files stand where the site is to be published, and blogq hasn't put them there",
    "DR101": "this isn't the folder of a site, or its config has another name",
    "DR102": "a program or package that this site needs is missing",
    "DR103": "the clock is wrong, or the time zone isn't known",
    "DR104": "the system doesn't let the preview watch all folders",
    "DR105": "the clone has only a part of the history, or Git doesn't trust it",
    "DR106": "the output is kept in Git, or isn't ignored by it",
    "DR107": "what builds write can't be written",
    "DR108": "base_url isn't where the site is published",
    "DR109": "a place under `deploy` can't be published at",
    "OU101": "the output folder can't be used",
    "OU102": "an output can't be written",
    "OU104": "a process of the build was ended by the system",
    "OU103": "files of an earlier build whose record was lost were moved aside",
}
"""Every code that the build itself reports, with what it means in a line."""

FAMILIES: dict[str, str] = {
    "CK": "Posts kept out by the gate",
    "SR": "Sources",
    "FM": "Front matter",
    "CF": "Config",
    "AR": "Archetypes",
    "DA": "Data files",
    "CO": "Reference corpora",
    "CM": "Comments",
    "GT": "Dates from Git",
    "MD": "Markdown",
    "SC": "Shortcodes",
    "UR": "URLs",
    "IM": "Images",
    "LK": "Links",
    "TH": "Themes and templates",
    "SH": "Icons, share images and search",
    "ST": "Structure",
    "OU": "Output",
    "DP": "Publishing",
    "DR": "What `blogq doctor` looks at",
}
"""What codes are about, by their first two letters; in the order in which the page of them is written."""


class Span(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters; the end is exclusive."""

    path: str
    """Path relative to the site, with `/`."""
    line: int = 0
    """0: the file as a whole."""
    column: int = 0
    """0: the line as a whole."""
    end_line: int = 0
    end_column: int = 0


class Related(NamedTuple):
    """Another place that a finding is about, such as the passage that one matches."""

    span: Span
    text: str = ""
    """What stands there, cut where it's long."""
    title: str = ""
    """Title of the text in which it stands."""
    url: str = ""
    date: str = ""
    """The day of that text, as 2026-01-31; empty where nobody knows."""
    corpus: str = ""
    """Name of the corpus in which it stands; empty for the site's own."""


class Finding(NamedTuple):
    """One thing noticed: where, what, and what to do about it."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""
    """What to do next, a sentence."""
    evidence: str = ""
    """The source line, or what else shows the finding to be true."""
    about: str = ""
    """What it is about, without figures and line numbers; its fingerprint is made of this, of code and path."""
    begins: int = 1
    """Column of the line at which the evidence begins, where that was cut around the place."""
    related: tuple[Related, ...] = ()
    """Other places that it is about."""

    @property
    def subject(self) -> str:
        """Return what it is about, whatever it says of that: the same from one run to the next."""
        return self.about or " ".join(self.evidence.split()) or self.message

    @property
    def fingerprint(self) -> str:
        """Return what this finding is known by from one run to the next: 16 hex digits."""
        from hashlib import sha256

        told = "\0".join((self.code, self.span.path, self.subject))
        return sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


_BEFORE_RELATED = Finding._fields.index("related") - 3
"""Fields between place and related places."""


def in_order(findings: list[Finding]) -> list[Finding]:
    """Return `findings` without repetitions, by path and place: the order in which they are printed."""
    return sorted(set(findings), key=lambda f: (f.span.path, f.span.line, f.span.column, f.code, f.message))


def to_json(findings: Sequence[Finding]) -> str:
    """Return `findings` as text for the store."""
    return json.dumps(findings)


def from_json(text: str | bytes) -> list[Finding]:
    """Return the findings that `to_json` wrote."""
    return [as_finding(told) for told in json.loads(text)]


def as_finding(told: Sequence[Any]) -> Finding:
    """Return a finding as it was before it was written as JSON."""
    code, severity, span, *rest = told
    if len(rest) > _BEFORE_RELATED:
        rest[-1] = tuple(Related(Span(*each[0]), *each[1:]) for each in rest[-1])
    return Finding(code, severity, Span(*span), *rest)
