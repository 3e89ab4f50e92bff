"""Markdown: texts saved from elsewhere, and the posts of another blogq site, read as the gate reads posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from blogq.config.schema import Config, Markdown
from blogq.content.cascade import Cascade
from blogq.content.defaults import defaults_of, over
from blogq.content.front_matter import read_front_matter
from blogq.content.markdown.passages import PassageWriter
from blogq.content.markdown.reader import Reader
from blogq.content.name import in_drafts, read_name
from blogq.content.parser import zone_of
from blogq.content.post import MISSING, ParseOptions
from blogq.corpora.document import Document, Paragraph, Place
from blogq.corpora.plain_text import decoded
from blogq.corpora.quotation import attributed
from blogq.finding import Finding, Span

if TYPE_CHECKING:
    from blogq.content.fields import FrontMatter

PROSE = frozenset(("paragraph", "cell", "term", "heading"))
"""Kinds of passages that are a text's own prose; tables of contents, captions and rolls of names aren't."""


_NO_DEFAULTS = Cascade()


class Options(NamedTuple):
    """How the Markdown of a corpus is read. Can be pickled; `blogq.store.digest.of_value` tells one from another."""

    parse: ParseOptions
    cascade: Cascade = _NO_DEFAULTS
    """Defaults of front matter; of a site."""
    root: str = ""
    """Real path of the folder of a site's sources."""


def options_of(config: Config, cascade: Cascade = _NO_DEFAULTS, root: str = "") -> Options:
    """Return how texts are read under `config`; `root` is the real folder of a site's sources, or nothing.

    Texts that are no site's don't know their language. Plugins of another site are never loaded.
    """
    parse = ParseOptions.of(config)
    plain = replace(parse.markdown, highlight=False, typography=False)
    language = parse.language if root else ""
    return Options(replace(parse, markdown=plain, plugins=(), language=language, dates=""), cascade, root)


@lru_cache(maxsize=8)
def _reader(options: Markdown) -> Reader:
    return Reader(options)


def read_marked(data: bytes, path: str, place: Place, options: Options) -> tuple[tuple[Document, ...], list[Finding]]:
    """Return the document in `data`; none where it is a draft of a site, sends readers on, or says nothing.

    `path` is relative to the folder of a site's sources, or the file's name.
    """
    text = decoded(data)
    if text is None:
        return (), []
    parse, is_site = options.parse, bool(options.root)
    zone = zone_of(parse.timezone) if is_site else UTC
    taxonomies = (*parse.taxonomies, *(("authors",) if "authors" not in parse.taxonomies else ()))
    front, start, line, noticed = read_front_matter(text, place.shown, taxonomies=taxonomies, zone=zone)
    broken = [each for each in noticed if each.severity == "error"]
    findings: list[Finding] = []
    if broken:
        about = broken[0]
        message = f"{about.message}; {'the post is left out' if is_site else 'the front matter counts for nothing'}"
        findings.append(Finding("CO103", "warning", about.span._replace(path=place.shown), message, about.hint))
        if is_site:
            return (), findings
    if given := options.cascade.of(path):
        front = over(front, defaults_of(given, taxonomies, zone))
    name = read_name(path, parse.folders)
    if is_site and (front.draft or in_drafts(name.folder) or front.redirect_to):
        return (), findings
    language = front.language or name.language or parse.language
    body = text[start:]
    document, writer = _reader(parse.markdown).read_with(
        PassageWriter, body, place.shown, line, not front.title, language or "en"
    )
    if writer is None:
        message = "the text is too complex to be read as Markdown; it is left out"
        findings.append(
            Finding("CO103", "warning", Span(place.shown), message, "Simplify it, or save it as plain text.")
        )
        return (), findings
    passages = writer.passages
    left_out = attributed(passages, document.links, writer.uses, text.split("\n"))
    paragraphs = tuple(
        Paragraph(" ".join(each.text.split()), each.line)
        for at, each in enumerate(passages)
        if each.kind in PROSE and at not in left_out
    )
    if not paragraphs:
        return (), findings
    title = front.title or document.title or name.stem.replace("-", " ") or place.shown
    return (
        Document(place.corpus, place.shown, "", title, _date(front, name.date, zone), language, paragraphs),
    ), findings


def _date(front: FrontMatter, named: str, zone: tzinfo) -> int:
    if front.date is not None:
        return front.date.seconds
    if named:
        from blogq.corpora.moment import seconds_of

        return seconds_of(named, zone=zone)
    return MISSING
