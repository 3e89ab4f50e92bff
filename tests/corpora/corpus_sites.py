"""Corpora made for tests: a site with texts around it, and shorthands to read them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from blogq.config.load import load_config
from blogq.corpora.document import Document
from blogq.corpora.files import CorpusFile, corpus_files
from blogq.corpora.reading import markdown_options, read_corpus_file
from blogq.finding import Finding

POST = "---\ntitle: Own\ndate: 2026-01-01\n---\nOwn words of this site.\n"


def make(folder: Path, config: str, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Return the folder `site` below `folder`, with `config` and a post; `files` are paths below `folder`."""
    site = folder / "site"
    every: dict[str, str | bytes] = {"site/blogq.yaml": config, "site/content/own.md": POST, **(files or {})}
    for name, text in every.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return site


def listed(site: Path) -> tuple[tuple[CorpusFile, ...], tuple[Finding, ...]]:
    """Return the files of the corpora of `site`, and what is wrong."""
    loaded = load_config(site)
    assert not loaded.findings, loaded.findings
    return corpus_files(loaded.config.corpora, site)


def read(site: Path) -> tuple[list[Document], list[Finding]]:
    """Return all documents of the corpora of `site`, and everything that is wrong with them."""
    config = load_config(site).config
    files, findings = corpus_files(config.corpora, site, config)
    options = markdown_options(config.corpora, site)
    documents: list[Document] = []
    wrong = [*findings]
    for file in files:
        found, noticed = read_corpus_file(file, options[file.corpus])
        # What is found out by itself is the same.
        assert read_corpus_file(file) == (found, noticed)
        documents += found
        wrong += noticed
    assert all(each.severity == "warning" and each.span.path and each.hint for each in wrong)
    return documents, wrong


def read_one(folder: Path, name: str, data: str | bytes) -> tuple[list[Document], list[Finding]]:
    """Return the documents of a corpus that is the file `name` with the bytes `data`."""
    return read(make(folder, f"corpora:\n  press: ../{name}\n", {name: data}))


def texts(document: Document) -> list[str]:
    """Return the paragraphs of a document without their lines."""
    return [each.text for each in document.paragraphs]
