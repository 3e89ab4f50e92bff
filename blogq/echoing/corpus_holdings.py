"""Bring an index up to date with the files of a site's corpora: only files that have changed are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from blogq.config.schema import Config
from blogq.corpora.document import Document as Text
from blogq.corpora.files import CorpusFile, corpus_files
from blogq.corpora.reading import markdown_options, read_corpus_file
from blogq.echoing.holdings import Change, union
from blogq.finding import Finding, from_json, to_json
from blogq.originality import index as indexes
from blogq.originality.index import Document
from blogq.originality.index.store import Holding, Index
from blogq.originality.material import Material, Part
from blogq.store.digest import of_value
from blogq.store.versions import code_digest

TURN = 2048
"""Texts that are added at a time."""


class _Taking:
    """Texts on their way into the index."""

    def __init__(self, index: Index, corpora: Iterable[str]) -> None:
        self.index = index
        self.there = {corpus: index.numbers(corpus) for corpus in corpora}
        self.changes: list[frozenset[int] | None] = []
        self.gone: list[int] = []
        self.noted: dict[tuple[str, str], Holding | None] = {}
        self.entries: list[indexes.Entry] = []

    def take(self, names: dict[str, bytes], text: Text) -> None:
        """Take one text of a file in; `names` are those that the file has had so far, with their versions."""
        version = of_value((code_digest(), text))
        name = own = f"{text.place}#{text.url or text.title}"
        again = 1
        while names.get(name, version) != version:
            again += 1
            name = f"{own} {again}"
        if name in names:
            return
        names[name] = version
        before = self.there[text.corpus].get(name)
        if before is not None and before[1] == version:
            return
        if before is not None:
            self.gone.append(before[0])
        parts = (Part(each.text, ((0, each.line, 0),) if each.line else ()) for each in text.paragraphs)
        told = Document(text.corpus, name, version, text.date, text.title, text.place, text.url, text.language)
        self.entries.append(indexes.entry(told, Material(tuple(parts))))
        if len(self.entries) >= TURN:
            self.add()

    def forget(self, corpus: str, names: Iterable[str]) -> None:
        """Let texts go."""
        some = [name for name in names if name in self.there[corpus]]
        if some:
            self.gone += [self.there[corpus][name][0] for name in some]
            self.changes.append(self.index.remove(corpus, some))

    def add(self) -> None:
        """Have the index hold what was taken, and remember of which files that is all."""
        if self.entries:
            self.changes.append(self.index.add(self.entries))
            self.entries = []
        if self.noted:
            self.index.note_files(self.noted)
            self.noted = {}


def hold_corpora(index: Index, config: Config, site: Path) -> tuple[Change, list[Finding]]:
    """Have the index hold just what the files of the corpora hold; return what is wrong with them besides."""
    known = index.files()
    if not config.corpora and not known:
        return Change(frozenset(), ()), []
    files, findings = corpus_files(config.corpora, site, config)
    options = markdown_options(config.corpora, site)
    manners = {name: of_value(each).hex() for name, each in options.items()}
    now = {(file.corpus, file.shown): file for file in files}
    taking = _Taking(index, {corpus for corpus, _ in known} | set(config.corpora))
    for key, holding in known.items():
        if key not in now:
            taking.forget(key[0], holding.names)
            taking.noted[key] = None
    noticed = [*findings]
    for key, file in now.items():
        stat = f"{file.kind} {file.stat} {manners[file.corpus]}"
        before = known.get(key)
        if before is not None and before.stat == stat:
            noticed += from_json(before.noticed) if before.noticed else []
            continue
        names: dict[str, bytes] = {}
        _, wrong = read_corpus_file(file, options[file.corpus], partial(taking.take, names))
        noticed += wrong
        if before is not None:
            taking.forget(file.corpus, set(before.names) - set(names))
        taking.noted[key] = Holding(stat, tuple(names), to_json(list(wrong)) if wrong else "")
    taking.add()
    return Change(union(taking.changes), tuple(taking.gone)), noticed


def corpora_digest(config: Config, site: Path) -> bytes:
    """Return the digest of all that the texts of the corpora follow from, as far as files tell without being read."""
    files, findings = corpus_files(config.corpora, site, config)
    options: Mapping[str, object] = markdown_options(config.corpora, site)
    return of_value(([_stat(file) for file in files], findings, dict(options)))


def _stat(file: CorpusFile) -> tuple[object, ...]:
    return (file.corpus, file.shown, file.kind, file.stat)
