"""The baseline in the preview: findings of one post that are known, looked up without the rest of the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.finding import Finding

if TYPE_CHECKING:
    from blogq.config.schema import Config

About = tuple[str, str]
"""A code, and what a finding is about."""


class LiveBaseline:
    """The baseline of a site as its file is now. Belongs to one thread at a time."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._as_of: object = None
        self._by_path: dict[str, dict[About, int]] | None = None

    def split(
        self, config: Config, path: str, findings: Sequence[Finding], paths: Mapping[str, object], shown: str
    ) -> tuple[list[Finding], Counter[str]]:
        """Return which of the `findings` in the post at `path` are new, and how many of each rule are known.

        `paths` holds the paths of all sources without `shown`: what is known of others goes with whatever post has it.
        """
        known = self._read(config)
        counts: Counter[str] = Counter()
        if known is None:
            return [*findings], counts
        left = dict(known.get(path, {}))
        strays = [about for place, about in known.items() if place and place.removeprefix(shown) not in paths]
        new = []
        for finding in findings:
            about = (finding.code, finding.subject)
            if left.get(about, 0) > 0:
                left[about] -= 1
            elif not any(about in stray for stray in strays):
                new.append(finding)
                continue
            counts[finding.code] += 1
        return new, counts

    def is_there(self, config: Config) -> bool:
        """Return whether there is a baseline that can be used."""
        return self._read(config) is not None

    def _read(self, config: Config) -> dict[str, dict[About, int]] | None:
        from blogq.lint.baseline import Unusable, baseline_file, baseline_of_site

        file = baseline_file(self._site, config)
        as_of: object = (file, None)
        with suppress(OSError):
            stat = file.stat()
            as_of = (file, stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if as_of != self._as_of:
            self._as_of, self._by_path = as_of, None
            with suppress(Unusable):
                found = baseline_of_site(self._site, config)
                if found is not None:
                    self._by_path = {}
                    for (path, code, subject), count in found.counts.items():
                        self._by_path.setdefault(path, {})[code, subject] = count
        return self._by_path
