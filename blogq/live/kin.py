"""Related posts of a site in memory: their lists follow every edit, and are kept in the store for the next preview.

What builds keep of them is theirs alone; a preview that ran beside would otherwise have to wait for them.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from blogq.content.post import Entry
from blogq.kinship import Kept, are_shown, keep, kept_at, posts_of
from blogq.library.related import NOBODY, Kinship
from blogq.library.related_lists import Related
from blogq.library.site import Site
from blogq.plan.jobs import Plan
from blogq.plan.showing import jobs_of_posts
from blogq.render.files import Found
from blogq.store.columns import Damaged
from blogq.store.digest import compose

PIECE = 1024
"""Numbers of a column that are compared at once."""


class LiveKin:
    """The lists of one site. Belongs to the thread that takes edits in."""

    def __init__(self, store: Path) -> None:
        """Keep them in the folder `store`."""
        self._kept_at = kept_at(store / "preview")
        self._kinship: Kinship | None = None
        self._key = b""
        self._indexes = array("q")

    def of(self, site: Site, now: int, found: Mapping[str, Found], key: bytes) -> Related | None:
        """Return the lists of `site`; None where no template among the files `found` shows any.

        `now` is in seconds since 1970; `key` is a digest of what parsing depends on.
        """
        config = site.config
        if not config.related or not are_shown(found):
            self._kinship = None
            return None
        key = compose((key,), str(config.related))
        posts, indexes = posts_of(site, now)
        known = self._kinship if self._key == key else None
        is_first = known is None
        try:
            kinship, is_new = (known or Kept(self._kept_at, key).kinship()).updated(posts)
        except Damaged:
            kinship, is_new = Kinship.of(posts, config.related), True
        number_of = {path: number for number, path in enumerate(kinship.paths)}
        self._indexes = array("q", [NOBODY]) * len(kinship.paths)
        for post, index in zip(posts, indexes, strict=True):
            self._indexes[number_of[post.path]] = index
        self._kinship, self._key = kinship, key
        if is_first and is_new:
            try:
                keep(self._kept_at, key, kinship, self._indexes)
            except OSError:
                # The next preview makes them again.
                pass
        return kinship.lists(self._indexes, len(site.entries))

    def with_texts(self, plan: Plan, changed: Mapping[int, Entry]) -> tuple[Plan, frozenset[str]]:
        """Return `plan` with the lists that follow from new texts, by index; and the URLs of the pages that show it."""
        before, kinship = plan.related, self._kinship
        if before is None or kinship is None:
            return plan, frozenset()
        entries = plan.site.entries
        has_changed = False
        for index, entry in changed.items():
            number = before.numbers[index]
            if number >= 0 and entry.vector != entries[index].vector:
                kinship.changed(number, entry.vector)
                has_changed = True
        if not has_changed:
            return plan, frozenset()
        after = kinship.lists(self._indexes, len(entries))
        plan = plan._replace(related=after)
        return plan, showing_other(plan, before)


def showing_other(plan: Plan, before: Related | None) -> frozenset[str]:
    """Return the URLs of the posts whose lists in `plan` aren't those `before`, which were of the same entries."""
    after = plan.related
    if before is None or after is None:
        return frozenset()
    if (before.size, before.numbers, before.indexes) == (after.size, after.numbers, after.indexes):
        # The same numbers stand for the same posts, so columns can be compared as they are: hundreds of times as fast.
        cells = {*_differing(before.members, after.members), *_differing(before.reasons, after.reasons)}
        others = [index for index in {after.indexes[at // after.size] for at in cells} if index >= 0]
    else:
        posts = (index for index, number in enumerate(after.numbers) if number >= 0)
        others = [index for index in posts if before.of(index) != after.of(index)]
    return frozenset(job.url for job in jobs_of_posts(plan, others))


def _differing(old: Sequence[int], new: Sequence[int]) -> list[int]:
    """Return where two columns of one length differ; most of them is the same."""
    found = []
    for start in range(0, len(new), PIECE):
        one, other = old[start : start + PIECE], new[start : start + PIECE]
        if one != other:
            found += [at for at, (was, now) in enumerate(zip(one, other, strict=True), start) if was != now]
    return found
