"""What the preview knows of a site: something that answers for a path, and says what an edit has changed.

Whoever makes the pages is behind `Source`; nothing in this package knows of posts, templates or plans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from blogq.finding import Finding


class Content(NamedTuple):
    """A file that is published as it is, open for reading."""

    file: BinaryIO
    """To be closed by whoever has it."""
    size: int
    """In bytes."""
    tag: str
    """Tells it from what it was or will be, as an `ETag` in quotes."""


class Answer(NamedTuple):
    """What there is at a path."""

    status: int
    """200, 404, or 500 where a page can't be made and none was made before."""
    media_type: str
    body: bytes = b""
    location: str = ""
    """Root-relative and percent-encoded: where to go instead, with status 307."""
    load: Callable[[], Content] | None = None
    """Opens the file that is published as it is; raises OSError when it can't be read. `body` is empty then."""
    is_page: bool = False
    """Whether it is HTML that a person looks at."""
    findings: tuple[Finding, ...] = ()
    """What is wrong, the most serious first."""
    mark: str = ""
    """Why a build would leave the page out: `draft`, `scheduled`, or empty."""
    when: str = ""
    """Day from which a scheduled page is public."""
    source: str = ""
    """Path of the source of the page, relative to the site."""
    unpublished: tuple[tuple[str, str], ...] = ()
    """URLs among the page's links that aren't public yet, as browsers have them, each with a word or two about it."""
    words_for_draft: tuple[str, ...] = ()
    """What the theme itself may say of a draft, in small letters: whoever reads that needs no mark of the preview's."""


class Judged(NamedTuple):
    """What the gate says of a page."""

    score: int | None
    """0 to 100; None for what can't be scored."""
    before: int | None
    """The score as it was before the last save; None where that isn't known."""
    findings: tuple[Finding, ...]
    """About the page itself."""
    parts: Mapping[str, int] = {}
    """The score's parts, 0 to 100 each, by name."""
    known: int = 0
    """Findings that the baseline knows, and that aren't told."""
    asking: bool = False
    """Whether rules that need the whole blog haven't spoken of the last save yet."""
    pace: str = ""
    """The blog's pace in a sentence or two; empty where nobody knows yet."""
    blog: tuple[Finding, ...] = ()
    """About the blog as a whole."""
    problem: str = ""
    """Why something is left out, a sentence."""


class Waiting(NamedTuple):
    """A post that isn't public yet."""

    title: str
    url: str
    """Root-relative and percent-encoded, with the site's subpath."""
    path: str
    """Of its source, relative to the site."""
    when: str
    """Day from which it is public; empty for a draft."""
    score: int | None
    """What the gate gives it; None where it isn't known."""
    found: int | None = None
    """Findings; None where nobody knows yet."""
    edited: int = 0
    """When it was saved last, in seconds since 1970, UTC."""
    new: bool = False
    """Whether it wasn't there when the preview began."""


class Unanswered(NamedTuple):
    """Something that a reader has said, and that nobody has answered."""

    author: str
    text: str
    url: str
    """Where it stands: root-relative and percent-encoded, or on another site."""
    day: str
    """YYYY-MM-DD; empty where that isn't known."""
    title: str = ""
    """Of the post that it is about."""


class Desk(NamedTuple):
    """What a writer wants to see first."""

    waiting: tuple[Waiting, ...]
    """Drafts, those that were edited last first, then what is scheduled, by day."""
    pace: str = ""
    """The blog's pace in a sentence or two; empty where nobody knows yet."""
    blog: tuple[Finding, ...] = ()
    """About the blog as a whole."""
    asking: bool = False
    """Whether scores are still to come."""
    problem: str = ""
    """Why something is left out, a sentence."""
    answers: tuple[Unanswered, ...] = ()
    """What waits for an answer, the oldest first; none where the site has no comments."""
    more_answers: int = 0
    """How many more wait than `answers` has."""


class Offer(NamedTuple):
    """A page that wasn't there before."""

    title: str
    url: str
    """Root-relative and percent-encoded, with the site's subpath."""
    before: str
    """Where it was until now, for one that has moved; or empty."""


class Change(NamedTuple):
    """What an edit has changed."""

    urls: frozenset[str] | None
    """URLs of pages that may look different now, as browsers have them; None for all."""
    files: tuple[str, ...] = ()
    """URLs of files that are published as they are and have changed."""
    offers: tuple[Offer, ...] = ()
    edited: str = ""
    """URL of the page whose source was edited, where it was one."""

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        return self.urls is not None and not self.urls and not self.files and not self.offers


class Place(NamedTuple):
    """A folder to be watched."""

    folder: Path
    deep: bool
    """Whether what lies in its folders counts as well."""


class Source(Protocol):
    """A site that is previewed. Its methods may be called from several threads, `update` from one at a time."""

    @property
    def prefix(self) -> str:
        """Subpath of the site, without a slash at the end."""

    @property
    def site(self) -> Path:
        """Real path of the site's folder."""

    @property
    def editor(self) -> str:
        """Name of the editor that the site's config asks for, or empty."""

    def file_of(self, shown: str) -> str:
        """Return the real path of the file of the site that findings call `shown`; empty where there is none."""

    def answer(self, path: str) -> Answer:
        """Return what there is at `path`: decoded, without the subpath, beginning with a slash."""

    def judge(self, path: str) -> Judged | None:
        """Return what the gate says of the page at `path`; None where it says nothing."""

    def desk(self) -> Desk:
        """Return what the start page shows, as far as it is known."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Have `listener` called, in any thread, when `judge` or `desk` may say more than before without an edit."""

    def close(self) -> None:
        """Let go of whatever runs beside; nothing is asked any more."""

    def update(self, paths: Collection[str] | None) -> Change:
        """Take in what has changed in the files at the absolute `paths`; None to look at everything."""

    def warm(self) -> None:
        """Load what the first edit will need, while nobody waits."""

    def places(self) -> list[Place]:
        """Return the folders whose files matter, as of the last update."""

    def is_settled(self, path: str) -> bool:
        """Return False while the file at the absolute `path` looks like one that is just being saved."""
