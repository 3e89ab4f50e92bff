"""Read one file of a corpus: its documents, whatever its format, and what is wrong with it.

A pure function of the file's bytes, and for Markdown of the options under which it is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.collect import Stat, Take, Unreadable, read_file, read_in_parts, real, scan, stat_of
from blogq.config.rarities import Corpus
from blogq.config.schema import Config
from blogq.corpora.document import Document, Place
from blogq.corpora.files import (
    CONFIGS,
    LARGEST,
    LARGEST_EXPORT,
    CorpusFile,
    as_corpus_finding,
    place_of_corpus,
    type_at,
)
from blogq.finding import Finding
from blogq.source_names import content_folder, kept

if TYPE_CHECKING:
    from blogq.corpora.marked import Options


def read_corpus_file(
    file: CorpusFile, options: Options | None = None, take: Callable[[Document], None] | None = None
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Return the documents in `file`, and what is wrong with it.

    `options` are those of its corpus, as `markdown_options` has them; they are found out where they are left out. With
    `take`, documents of feeds and exports are handed over one by one as they are read, and none of them is returned: so
    an export of any size takes little memory. One that is written to meanwhile is read again from its beginning, and
    its documents come again.
    """
    place = Place(file.corpus, file.shown)
    found: list[Document] = []
    # The path has no symbolic links in it: if what is opened lies elsewhere, it was swapped for one.
    folder, name = os.path.split(file.path)
    bounds = (file.path,)
    try:
        if file.kind in ("feed", "wordpress"):
            return _streamed(file, take)
        data = read_file(folder, name, file.shown, bounds, LARGEST).data
    except Unreadable as error:
        return (), (as_corpus_finding(error.finding),)
    documents: tuple[Document, ...]
    findings: list[Finding] = []
    if file.kind == "html":
        from blogq.corpora.web_page import read_page

        documents, findings = read_page(data, place)
    elif file.kind == "json-feed":
        from blogq.corpora.json_feed import read_json_feed

        documents, findings = read_json_feed(data, place)
    elif file.kind == "text":
        from blogq.corpora.plain_text import read_text

        documents = read_text(data, place)
    else:
        from blogq.corpora.marked import options_of, read_marked

        if options is None:
            options = _site_above(folder) if file.kind == "post" else options_of(Config())
        inner = os.path.relpath(file.path, options.root).replace(os.sep, "/") if options.root else name
        documents, findings = read_marked(data, inner, place, options)
    if take is None:
        found += documents
    else:
        for each in documents:
            take(each)
    return tuple(found), tuple(findings)


def _streamed(
    file: CorpusFile, take: Callable[[Document], None] | None
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    from blogq.corpora.feed import FeedReader

    found: list[Document] = []
    reader = FeedReader(Place("", ""), found.append)

    def begin() -> Take:
        nonlocal reader
        found.clear()
        reader = FeedReader(Place(file.corpus, file.shown), take or found.append)
        return reader.feed

    folder, name = os.path.split(file.path)
    limit = LARGEST_EXPORT if file.kind == "wordpress" else LARGEST
    read_in_parts(folder, name, file.shown, (file.path,), begin, limit)
    reader.close()
    return tuple(found), tuple(reader.findings)


def markdown_options(corpora: Mapping[str, Corpus], site: Path) -> dict[str, Options]:
    """Return how the Markdown of each corpus is read; other sites under their own config and the defaults in it."""
    from blogq.corpora.marked import options_of

    found = {}
    for name, corpus in corpora.items():
        place = real(place_of_corpus(name, corpus, site))
        is_site = (corpus.type or type_at(place)) == "site" and place.is_dir()
        found[name] = site_options(place) if is_site else options_of(Config())
    return found


def site_options(root: Path) -> Options:
    """Return how the sources of the blogq site at the real path `root` are read."""
    from blogq.config.load import load_config
    from blogq.content.cascade import cascade_of
    from blogq.content.post import ParseOptions
    from blogq.corpora.marked import options_of
    from blogq.section_defaults import rules_of, section_texts

    config = load_config(root).config
    parse = ParseOptions.of(config)
    content = real(content_folder(root, config))
    wanted = kept(content == root, "", config.ignore)
    paths = scan(content, "", (str(content),), lambda path, is_folder: wanted(path, is_folder)).paths
    own: dict[str, str] = {}
    for path in section_texts(paths):
        try:
            data = read_file(str(content), path, path, (str(content),), LARGEST).data
        except Unreadable:
            continue
        if rules := rules_of(data, path, path, parse):
            own[path] = rules
    return options_of(config, cascade_of(parse.defaults, own, parse.folders), str(content))


def _site_above(folder: str) -> Options:
    """Return how the source in `folder` is read: as one of the nearest site above it."""
    from blogq.corpora.marked import options_of

    at = Path(folder)
    for each in (at, *at.parents):
        for name in CONFIGS:
            if (each / name).is_file():
                return _kept_options(each, stat_of(os.stat(each / name)))
    return options_of(Config())


@lru_cache(maxsize=8)
def _kept_options(root: Path, config: Stat) -> Options:
    """Return `site_options`; `config` is the stat tuple of the site's config."""
    return site_options(root)
