"""What the rules of scope `texts` find, and which share of each post stands elsewhere.

Both follow from posts, corpora and config, and are kept by a digest of these: while nothing changes, neither the index
nor any text is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from blogq.content.post import MISSING, UNIT
from blogq.echoing import Compared
from blogq.echoing.alignment import align, answers_of, worth
from blogq.echoing.holdings import Posted, hold_corpora, hold_posts, posted, union
from blogq.finding import as_finding
from blogq.judging import Item, Judging, Kept
from blogq.lint.echoes import COPIED, RECURRING, Echo, Source, Texts
from blogq.lint.echoes import Compared as ComparedPost
from blogq.lint.selection import Selected
from blogq.listing import Survey
from blogq.originality import VERSION
from blogq.originality.evidence import Evidence, Stretch
from blogq.originality.index.candidates import Answer
from blogq.originality.index.segment import Damaged
from blogq.originality.index.store import Index
from blogq.originality.instalments import instalments
from blogq.originality.ledger import Ledger
from blogq.originality.ledger import read as read_alignment
from blogq.originality.material import Material
from blogq.store.digest import compose, of_value
from blogq.store.versions import code_digest

FOLDER = "originality"
"""Folder in the store."""
FEW = 100
"""Posts that may be missing in the index where the gate is to judge a few only."""


def of_texts(
    found: Survey,
    items: Sequence[Item],
    judged: Sequence[Kept | None],
    judging: Judging,
    selected: Sequence[Selected],
    site: Path,
    jobs: int,
    few: bool = False,
) -> Compared:
    """Return what the rules of scope `texts` find on a site.

    With `few`, nothing is compared where more than a hundred posts aren't in the index yet.
    """
    rules = [each for each in selected if each.rule.scope == "texts"]
    if not rules:
        return Compared()
    posts = posted(found, items, judging)
    declared = _declared(found, judged, posts)
    folder = judging.store / FOLDER
    key = _key(found, posts, declared, rules, site)
    known = _load(folder, key)
    if known is not None:
        return known
    for _ in range(2):
        try:
            made = _compared(found, items, posts, declared, judging, rules, site, jobs, few)
            break
        except Damaged:
            Index(folder).clear()
    else:
        made = Compared()
    if not made.waiting:
        _save(folder, key, made)
    return made


def _declared(found: Survey, judged: Sequence[Kept | None], posts: Sequence[Posted]) -> list[dict[str, Any]]:
    """Return what posts say of others: `series` and `replaces`, and the addresses that they have had."""
    told = []
    for post in posts:
        kept, entry = judged[post.at], found.entries[post.at]
        facts = kept.brief.facts if kept else {}
        series = sorted(str(label).casefold() for taxonomy, label, *_ in facts.get("terms", ()) if taxonomy == "series")
        replaces = [str(each) for each in facts.get("replaces", ())]
        aliases = [alias for alias in entry.aliases.split(UNIT) if alias]
        told.append({"series": series, "replaces": replaces, "aliases": aliases, "leads": facts.get("leads", ())})
    return told


def _key(
    found: Survey, posts: Sequence[Posted], declared: Sequence[Mapping[str, Any]], rules: Sequence[Selected], site: Path
) -> bytes:
    config = found.loaded.config
    chosen = [(each.rule.code, dict(each.options), each.severity) for each in rules]
    rows = [found.rows[post.at][1:4] for post in posts]
    stats: list[Any] = []
    if config.corpora:
        from blogq.corpora.files import corpus_files

        files, findings = corpus_files(config.corpora, site, config)
        stats = [[(file.corpus, file.shown, file.kind, file.stat) for file in files], findings]
    told = of_value((chosen, rows, list(declared), config.base_url, stats, VERSION))
    return compose((code_digest(), told, *(post.version for post in posts)))


def _compared(
    found: Survey,
    items: Sequence[Item],
    posts: Sequence[Posted],
    declared: Sequence[Mapping[str, Any]],
    judging: Judging,
    rules: Sequence[Selected],
    site: Path,
    jobs: int,
    few: bool,
) -> Compared:
    index = Index(judging.store / FOLDER)
    ledger: Ledger | None = None
    try:
        if few:
            there = index.numbers()
            missing = sum(there.get(post.path, (0, b""))[1] != post.version for post in posts)
            if missing > FEW:
                return Compared(waiting=missing)
        state = index.serial
        ledger = Ledger(judging.store / FOLDER, state[0], code_digest().hex())
        stands = ledger.state == str(state)
        texts, problems = hold_corpora(index, found, site)
        own = hold_posts(index, posts, items, found.rows, judging, jobs)
        concerned = union([texts.concerned, own.concerned]) if stands else None
        if concerned is None or concerned or not stands or texts.gone or own.gone:
            ledger.bring(str(index.serial), concerned, (*texts.gone, *own.gone))
        material = lru_cache(maxsize=4096)(index.material)
        compared = _Comparison(found, posts, declared, index, ledger, material).run(jobs)
        root = judging.task.root

        @lru_cache(maxsize=64)
        def lines(path: str) -> Sequence[str]:
            with suppress(OSError):
                name = path.removeprefix(judging.task.shown)
                return (Path(root) / name).read_text("utf-8-sig", "replace").split("\n")
            return ()

        everything = Texts(tuple(compared), material, lines)
        findings = []
        for each in rules:
            for one in each.rule.check(everything, each.options):
                findings.append(one._replace(severity=each.severity) if each.severity else one)
        return Compared(tuple(findings), {post.path: post.share for post in compared}, tuple(problems))
    finally:
        index.close()
        if ledger is not None:
            ledger.close()


EDGE = 150
"""Words at either end of a text that may introduce it or take leave."""
EDGE_RUN = 120
"""Words of the longest such introduction."""


class _Comparison:
    """Posts and what each of them has in common with its sources."""

    def __init__(
        self,
        found: Survey,
        posts: Sequence[Posted],
        declared: Sequence[Mapping[str, Any]],
        index: Index,
        ledger: Ledger,
        material: Callable[[int], Material],
    ) -> None:
        self.found, self.posts, self.index, self.ledger, self.material = found, posts, index, ledger, material
        self.numbers = {path: number for path, (number, _) in index.numbers().items()}
        self.by_number = {self.numbers[post.path]: at for at, post in enumerate(posts) if post.path in self.numbers}
        self.declared = declared
        self.sketches = index.sketches()

    def run(self, jobs: int) -> list[ComparedPost]:
        """Return every post that could be compared, in the order of paths."""
        answers = answers_of(self.index, self.ledger, self.posts, self.numbers)
        pairs: list[tuple[int, int]] = []
        for number, at in self.by_number.items():
            sources = worth(answers[number].candidates, self.by_number.__contains__)
            pairs += [(number, other) for other in sources if self._is_source(at, other)]
        aligned = align(self.ledger, pairs, self.material, jobs)
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
        if document.date != MISSING and document.date > post.date:
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

    def _of_post(self, number: int, at: int, answer: Answer, found: list[tuple[int, Evidence]]) -> ComparedPost:
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
                is_copy = stretch.kind == "verbatim" or (stretch.kind == "reworded" and stretch.similarity >= COPIED)
                (copied if is_copy else reworded).update(range(stretch.first, stretch.last))
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
        return ComparedPost(post.path, number, (words or sum(sizes)) + left_out, common + left_out, tuple(echoes))

    def _recurring(self, found: Sequence[tuple[int, Evidence]]) -> set[int]:
        """Return the words of a post, by number, that stand in several earlier posts which are no copies of another."""
        times: dict[int, set[int]] = {}
        for other, evidence in found:
            if other in self.by_number:
                for stretch in evidence.stretches:
                    if stretch.kind == "verbatim":
                        for word in range(stretch.first, stretch.last):
                            times.setdefault(word, set()).add(self.sketches[other])
        return {word for word, sketches in times.items() if len(sketches) >= RECURRING}


def is_edge(run: Stretch, evidence: Evidence) -> bool:
    """Whether a run is short and stands at the beginning, or at the end, of both texts."""
    if run.words > EDGE_RUN:
        return False
    begins = run.first < EDGE and run.source_first < EDGE
    return begins or (run.last > evidence.words - EDGE and run.source_first + run.words > evidence.source_words - EDGE)


def _load(folder: Path, key: bytes) -> Compared | None:
    with suppress(OSError, ValueError, TypeError, KeyError, IndexError):
        data = (folder / "found").read_bytes()
        if data[:8] == b"%08x" % crc32(memoryview(data)[8:]) and data[8:40] == key.hex().encode():
            findings, shares, problems = json.loads(data[40:])
            return Compared(tuple(map(as_finding, findings)), shares, tuple(map(as_finding, problems)))
    return None


def _save(folder: Path, key: bytes, made: Compared) -> None:
    told = key.hex().encode() + json.dumps(
        (made.findings, dict(made.shares), made.problems), separators=(",", ":")
    ).encode("utf-8", "replace")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"found.{os.getpid()}"
        beside.write_bytes(b"%08x" % crc32(told) + told)
        beside.replace(folder / "found")
