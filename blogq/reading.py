"""All sources of a build, read: those that have changed parsed, the others from the memo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from blogq.collect import Stat
from blogq.config.origins import place_of
from blogq.content.cascade import Cascade
from blogq.content.post import Entry, ParseOptions
from blogq.finding import Finding
from blogq.inherited import Inherited
from blogq.parse import UNKNOWN, Parsed, Parsing, is_wasteful, sweep, tidy
from blogq.sources import Sources, digest_files
from blogq.store.digest import compose, of_value
from blogq.store.memo import Memo, save_memo

if TYPE_CHECKING:
    from blogq.build import Build


class Reading:
    """All sources of a build, read: begun early, so that the helper can parse while this process goes on."""

    def __init__(self, run: Build, sources: Sources, options: ParseOptions, code: bytes) -> None:
        self.run = run
        self.sources = sources
        self.options = options
        self.key = compose((code, of_value(options)))
        self.segments = run.store / "bodies"
        self.memo = Memo(run.store, self.key)
        self.files, self.findings = digest_files(sources, self.memo.files, self.memo.at)
        self.changed = 0
        self._parsed: Parsed | None = None
        self._remembered = False
        self._parsing = Parsing(sources, self.memo, options, self.segments, run.jobs)
        same = self.files == self.memo.files
        self.findings += placed(self._parsing.inherited.findings, run.loaded.origins)
        self.is_nothing = same and self._parsing.is_nothing
        same = same and self._parsing.is_given_the_same
        self.may_amend = same and self.memo.paths == self._parsing.paths and not self._parsing.is_much
        """Whether all files are the same but for a few sources, whose texts may be all that has changed."""

    @property
    def cascade(self) -> Cascade:
        """The defaults of front matter."""
        return self._parsing.inherited.cascade

    @property
    def inherited(self) -> Inherited:
        """What the sources take over from outside their own bytes."""
        return self._parsing.inherited

    @property
    def stats(self) -> list[Stat]:
        """Stat tuples of all sources, once they are parsed; parallel to `entries`."""
        assert self._parsed is not None
        return self._parsed.stats

    @property
    def trusted(self) -> frozenset[str]:
        """Segments that this very build has written: all of them, when it knew of none before."""
        if self.memo.paths or self._parsed is None:
            return frozenset()
        return frozenset(entry.segment for entry in self._parsed.entries)

    def begin(self) -> None:
        """Begin to parse, with the help of another process where there is little to do."""
        if not self._parsing.is_much:
            self.run.get_help()
            if self.run.helper is not None:
                self._parsing.begin(self.run.helper)

    def found(self) -> list[tuple[int, Stat, Entry | None]]:
        """Return what came of the sources that were looked at, as `Parsing.found` does."""
        return self._parsing.found(lambda done, total: self.run.progress("parse", done, total))

    def is_untidy(self, changed: Mapping[int, Entry]) -> bool:
        """Return whether records are to be written anew, as `tidy` would, with the entries `changed` in place."""
        live, segments = self.memo.held(changed)
        return is_wasteful(self.segments, segments, live)

    def entries(self) -> list[Entry]:
        """Return all sources as this build has read them, whichever way it took."""
        if self._parsed is not None:
            return self._parsed.entries
        entries = list(self.memo.entries())
        for at, _, entry in self.found():
            if entry is not None:
                entries[at] = entry
        return entries

    def end(self) -> list[Entry]:
        """Return all sources, parsed."""
        self._parsed = self._parsing.result(lambda done, total: self.run.progress("parse", done, total))
        self.changed = self._parsed.changed
        entries = self._parsed.entries
        if self.changed:
            entries = tidy(self.segments, entries)
        self._parsed = self._parsed._replace(entries=entries)
        return entries

    def remember(self, read: bytes) -> None:
        """Save what was parsed, once; `read` is the digest of all sources."""
        parsed = self._parsed
        if parsed is None or self._remembered:
            return
        self._remembered = True
        given = self._parsing.inherited.kept
        as_before = parsed.stats == self.memo.stats and self.files == self.memo.files and given == self.memo.given
        if self.changed or not as_before:
            kept = [at for at, stat in enumerate(parsed.stats) if stat != UNKNOWN]
            entries = [parsed.entries[at] for at in kept]
            stats = [parsed.stats[at] for at in kept]
            save_memo(self.run.store, self.key, self.sources.at, stats, entries, self.files, read, given)
        if self.changed:
            sweep(self.segments, parsed.entries)


def placed(findings: Sequence[Finding], origins: Sequence[tuple[str, str]]) -> list[Finding]:
    """Return `findings` about `dates` with the place where the config says it."""
    place = place_of(origins, "dates")
    return [each._replace(span=place) if place.line else each for each in findings]
