"""Posts and what each of them has in common with what was written before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from blogq.content.post import MISSING, UNIT
from blogq.echoing.alignment import align, answers_of, worth
from blogq.echoing.holdings import Change, Given, Posted, hold_posts, union
from blogq.finding import Finding
from blogq.judging import Kept
from blogq.lint.echoes import RECURRING, Compared, Echo, Source, Texts, is_copy
from blogq.listing import Survey
from blogq.originality.evidence import Evidence, Stretch
from blogq.originality.index.candidates import Answer
from blogq.originality.index.segment import Damaged
from blogq.originality.index.store import Index, clear
from blogq.originality.instalments import instalments
from blogq.originality.ledger import Ledger
from blogq.originality.ledger import read as read_alignment
from blogq.store.versions import code_digest

T = TypeVar("T")

FOLDER = "originality"
"""Folder in the store."""
DAY = 24 * 60 * 60
EDGE = 150
"""Words at either end of a text that may introduce it or take leave."""
EDGE_RUN = 120
"""Words of the longest such introduction."""


def declarations(found: Survey, judged: Sequence[Kept | None], posts: Sequence[Posted]) -> list[dict[str, Any]]:
    """Return what posts say of others: `series` and `replaces`, the addresses that they have had, and
    where they lead."""
    told = []
    for post in posts:
        kept, entry = judged[post.at], found.entries[post.at]
        facts = kept.brief.facts if kept else {}
        series = sorted(str(label).casefold() for taxonomy, label, *_ in facts.get("terms", ()) if taxonomy == "series")
        replaces = [str(each) for each in facts.get("replaces", ())]
        aliases = [alias for alias in entry.aliases.split(UNIT) if alias]
        told.append({"series": series, "replaces": replaces, "aliases": aliases, "leads": facts.get("leads", ())})
    return told


def undamaged(folder: Path, make: Callable[[Path | None], T]) -> T:
    """Return what `make` does of the folder of an index; where that is damaged, of one that is made anew.

    Where that is damaged again the disk is full, or failing: it is given None then, to do without a folder.
    """
    try:
        return make(folder)
    except Damaged:
        clear(folder)
    try:
        return make(folder)
    except Damaged:
        return make(None)


class Comparison:
    """Posts and what each of them has in common with its sources."""

    def __init__(
        self,
        found: Survey,
        posts: Sequence[Posted],
        declared: Sequence[Mapping[str, Any]],
        given: Given,
        folder: Path | None,
    ) -> None:
        """`declared` is what `declarations` returns of `posts`; `folder` is that of the index, None for none at all."""
        self.found, self.posts, self.declared, self._given = found, posts, declared, given
        self.index = Index(folder)
        self.material = lru_cache(maxsize=4096)(self.index.material)
        self.problems: list[Finding] = []
        """What is wrong with the corpora; known once the texts are."""
        self.numbers: dict[str, int] = {}
        self.by_number: dict[int, int] = {}
        self.sketches: dict[int, int] = {}

    def __enter__(self) -> Comparison:
        return self

    def __exit__(self, *_: object) -> None:
        self.index.close()

    def missing(self) -> int:
        """Return how many of the posts aren't in the index as they are now."""
        there = self.index.numbers()
        return sum(there.get(post.path, (0, b""))[1] != post.version for post in self.posts)

    def texts(self) -> Texts:
        """Return all posts with what each has in common with its sources. The index has to stay open for its use.

        Raises `Damaged` where the index isn't what was written.
        """
        state = self.index.serial
        ledger = Ledger(self.index.folder, state[0], code_digest().hex())
        try:
            stands = ledger.state == str(state)
            change = self._hold_corpora()
            own = hold_posts(self.index, self.posts, self.found.rows, self._given)
            concerned = union([change.concerned, own.concerned]) if stands else None
            gone = (*change.gone, *own.gone)
            if concerned is None or concerned or gone or self.index.serial != state:
                ledger.bring(str(self.index.serial), concerned, gone)
            return Texts(tuple(self._compared(ledger)), self.material, self._lines())
        finally:
            ledger.close()

    def _hold_corpora(self) -> Change:
        config = self.found.loaded.config
        if not config.corpora and not self.index.files():
            return Change(frozenset(), ())
        from blogq.echoing.corpus_holdings import hold_corpora

        change, self.problems = hold_corpora(self.index, config, self._given.site)
        return change

    def _lines(self) -> Callable[[str], Sequence[str]]:
        task = self._given.judging.task

        @lru_cache(maxsize=64)
        def lines(path: str) -> Sequence[str]:
            with suppress(OSError):
                name = path.removeprefix(task.shown)
                return (Path(task.root) / name).read_text("utf-8-sig", "replace").split("\n")
            return ()

        return lines

    def _compared(self, ledger: Ledger) -> list[Compared]:
        self.numbers = {path: number for path, (number, _) in self.index.numbers().items()}
        self.by_number = {
            self.numbers[post.path]: at for at, post in enumerate(self.posts) if post.path in self.numbers
        }
        self.sketches = self.index.sketches()
        answers = answers_of(self.index, ledger, self.posts, self.numbers)
        pairs: list[tuple[int, int]] = []
        for number, at in self.by_number.items():
            sources = worth(answers[number].candidates, self.by_number.__contains__)
            pairs += [(number, other) for other in sources if self._is_source(at, other)]
        aligned = align(ledger, pairs, self.material, self._given.jobs)
        by_post: dict[int, list[tuple[int, Evidence]]] = {}
        for number, other in pairs:
            evidence = read_alignment(aligned[number, other])
            if evidence is not None:
                by_post.setdefault(number, []).append((other, evidence))
        return [
            self._of_post(number, at, answers[number], by_post.get(number, []))
            for number, at in sorted(self.by_number.items(), key=lambda each: self.posts[each[1]].path)
        ]

    def _is_source(self, at: int, other: int) -> bool:
        """Whether a document may be a source of a post: it came before, and the post doesn't say that it's meant."""
        post, declared = self.posts[at], self.declared[at]
        if other in self.by_number:
            place = self.by_number[other]
            earlier, told = self.posts[place], self.declared[place]
            if earlier.date == post.date and earlier.path > post.path:
                return False
            if set(declared["series"]) & set(told["series"]):
                return False
            row = self.found.rows[earlier.at]
            names = {row.path, row.path.rpartition("/")[2], row.path.rpartition("/")[2].partition(".")[0], row.url}
            names |= {row.path.removeprefix(f"{self._content()}/"), row.url.strip("/").rpartition("/")[2]}
            return not any(self._names(name, names) for name in declared["replaces"])
        document = self.index.document(other)
        # Of somebody else's date hardly more than the day is certain: zones differ, and are often left out.
        if document.date != MISSING and document.date // DAY > post.date // DAY:
            return False
        address = document.url.partition("?")[0].rstrip("/")
        if not address:
            return True
        base = self.found.loaded.config.base_url.rstrip("/")
        row = self.found.rows[post.at]
        scheme, _, rest = base.partition("://")
        own = {f"{scheme}://{rest.partition('/')[0]}{row.url}".rstrip("/")}
        own |= {f"{base}/{alias.strip('/')}" for alias in declared["aliases"]}
        return address not in own and not any(self._names(name, {address}) for name in declared["replaces"])

    def _leads_to(self, at: int, other: int) -> bool:
        """Whether a post links to another one of the blog."""
        base = self.found.loaded.config.base_url.rstrip("/")
        row = self.found.rows[self.posts[self.by_number[other]].at]
        name = row.path.rpartition("/")[2]
        if name.startswith(("index.", "_index.")):
            name = f"{row.path.split('/')[-2]}/{name}"
        address = row.url.rstrip("/")
        slug = address.rpartition("/")[2]
        for lead in self.declared[at]["leads"]:
            target = lead.partition("#")[0].partition("?")[0].rstrip("/")
            if target.endswith(name) or (address and target in (address, f"{base}{address}")):
                return True
            # Other generators' code may stand around a path: {{ "/2015/06/09/name/" | url }}.
            within = f"/{slug}/" in f"{target}/" or f"/{slug}%22" in target
            if slug and within and ("://" not in target or target.startswith(base)):
                return True
        return False

    def _content(self) -> str:
        return self.found.sources.shown.rstrip("/") if self.found.sources else ""

    @staticmethod
    def _names(name: str, names: Collection[str]) -> bool:
        """Whether `name`, as somebody has written it in `replaces:`, is one of `names`."""
        told = name.strip()
        plain = told.removeprefix("./").partition("#")[0]
        return any(each and (each in (told, plain) or each.strip("/") == plain.strip("/")) for each in names)

    def _source(self, number: int) -> Source:
        if number in self.by_number:
            post = self.posts[self.by_number[number]]
            row, entry = self.found.rows[post.at], self.found.entries[post.at]
            return Source(number, "", row.path, row.title, row.url, entry.date)
        document = self.index.document(number)
        return Source(number, document.corpus, document.place, document.title, document.url, document.date)

    def _of_post(self, number: int, at: int, answer: Answer, found: list[tuple[int, Evidence]]) -> Compared:
        post = self.posts[at]
        words = found[0][1].words if found else 0
        recurring = self._recurring(found)
        echoes = []
        title = self.found.rows[post.at].title
        for other, evidence in found:
            own = other in self.by_number
            copied: set[int] = set()
            reworded: set[int] = set()
            for stretch in evidence.stretches:
                (copied if is_copy(stretch) else reworded).update(range(stretch.first, stretch.last))
            run = evidence.run
            if own:
                copied -= recurring
                if run is not None and len(recurring.intersection(range(run.first, run.last))) * 2 > run.words:
                    run = None
            source = self._source(other)
            namesake = instalments(title, source.title) if own else ""
            echoes.append(
                Echo(
                    source,
                    evidence,
                    frozenset(copied),
                    len(reworded - copied - recurring),
                    run,
                    namesake,
                    own and self._leads_to(at, other),
                    own and run is not None and is_edge(run, evidence),
                )
            )
        echoes.sort(key=lambda echo: (-len(echo.copied), -echo.reworded, echo.source.date, echo.source.place))
        sizes = answer.words
        common = sum(
            size * common // max(counted, 1)
            for size, common, counted in zip(sizes, answer.common, answer.counted, strict=True)
        )
        left_out = self.material(number).left_out if self.found.loaded.config.boilerplate else 0
        total = (words or sum(sizes)) + left_out
        return Compared(post.path, number, total, common + left_out, tuple(echoes), recurring)

    def _recurring(self, found: Sequence[tuple[int, Evidence]]) -> frozenset[int]:
        """Return the words of a post, by number, that stand in several earlier posts which are no copies of another."""
        times: dict[int, set[int]] = {}
        for other, evidence in found:
            if other in self.by_number:
                for stretch in evidence.stretches:
                    if stretch.kind == "verbatim":
                        for word in range(stretch.first, stretch.last):
                            times.setdefault(word, set()).add(self.sketches[other])
        return frozenset(word for word, sketches in times.items() if len(sketches) >= RECURRING)


def is_edge(run: Stretch, evidence: Evidence) -> bool:
    """Whether a run is short and stands at the beginning, or at the end, of both texts."""
    if run.words > EDGE_RUN:
        return False
    begins = run.first < EDGE and run.source_first < EDGE
    return begins or (run.last > evidence.words - EDGE and run.source_first + run.words > evidence.source_words - EDGE)
