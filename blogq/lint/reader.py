"""Read a source as the gate sees it: the same front matter and Markdown as for the site, and its prose counted."""

from __future__ import annotations

from dataclasses import replace

from blogq.content.audience import audience_of
from blogq.content.cascade import Rule
from blogq.content.defaults import defaults_of, over
from blogq.content.front_matter import read_front_matter
from blogq.content.markdown.passages import PassageWriter
from blogq.content.markdown.reader import Reader
from blogq.content.name import in_drafts, read_name
from blogq.content.parser import extensions, zone_of
from blogq.content.post import ParseOptions
from blogq.content.text import decode
from blogq.lint.subject import Subject
from blogq.measure import measure
from blogq.measure.quoted import own_words


class SubjectReader:
    """Reads sources for the rules; one for each process."""

    def __init__(self, options: ParseOptions, author: str = "") -> None:
        # Colours are nothing to the gate; what typography writes isn't what the author wrote.
        plain = replace(options.markdown, highlight=False, typography=False)
        self._options = options
        self._author = author
        self._reader = Reader(plain, extensions(options.plugins))
        self._zone = zone_of(options.timezone)
        self._taxonomies = options.taxonomies
        if "authors" not in self._taxonomies:
            self._taxonomies += ("authors",)

    def read(
        self,
        data: bytes,
        path: str,
        shown: str,
        kind: str = "post",
        language: str = "",
        given: tuple[Rule, ...] = (),
    ) -> Subject | None:
        """Return the post in `data`; None where it can't be read, which the build tells of.

        `path` is relative to the content folder, `shown` to the site; `language` is what the site says it is in,
        `given` what its front matter takes over from outside.
        """
        text, noticed = decode(data, shown)
        if any(finding.severity == "error" for finding in noticed):
            return None
        front, start, line, noticed = read_front_matter(text, shown, taxonomies=self._taxonomies, zone=self._zone)
        if any(finding.severity == "error" for finding in noticed):
            return None
        if given:
            front = over(front, defaults_of(given, self._taxonomies, self._zone))
        name = read_name(path, self._options.folders)
        spoken = front.language or language or name.language or self._options.language
        document, writer = self._reader.read_with(PassageWriter, text[start:], shown, line, not front.title, spoken)
        if writer is None:
            return None
        authors = next((labels for taxonomy, labels in front.terms if taxonomy == "authors"), ())
        prose = [
            own_words(each.text)
            for each in writer.passages
            if each.kind == "paragraph" and not each.quoted and not each.note
        ]
        return Subject(
            path=shown,
            kind=kind,
            language=spoken,
            title=front.title or document.title,
            description=front.description,
            author=authors[0] if authors else self._author,
            terms=dict(front.terms),
            replaces=front.replaces,
            extra=front.extra,
            keys=front.lines,
            lines=tuple(text.split("\n")),
            body_line=line,
            passages=tuple(writer.passages),
            headings=document.headings,
            links=document.links,
            pictures=tuple(writer.pictures),
            blocks=tuple(writer.blocks),
            calls=tuple(writer.uses),
            html_words=writer.html_words,
            is_draft=front.draft or in_drafts(name.folder),
            redirects=bool(front.redirect_to),
            measures=measure(prose, spoken),
            audience=audience_of(front.audience or self._options.audience),
        )
