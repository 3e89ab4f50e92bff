"""Block tokens → a `Document`: ids of headings, the summary, the notes at the end, and all that was gathered."""

from __future__ import annotations

from typing import Any

from blogq.content.markdown import call_blocks
from blogq.content.markdown.addresses import escape
from blogq.content.markdown.anchors import name_all
from blogq.content.markdown.block_writer import BlockWriter
from blogq.content.markdown.document import Document, Heading, Link
from blogq.content.markdown.prose import count_words
from blogq.content.markdown.text_writer import NOTE_MARK


class Writer(BlockWriter):
    """Writes one document."""

    def document(self, tokens: list[Any]) -> Document:
        """Return what the block `tokens` of the source say."""
        if self._has_calls:
            call_blocks.pair(tokens)
        self._write(tokens)
        main_ends = len(self._html)
        self._write_footnotes()
        html = self._html
        ids = [*self._inlines.ids, *self._notes.ids()]
        moved: dict[str, str] = self._inlines.given_ids.moved
        headings: list[Heading] = []
        if self._options.heading_ids:
            anchors = name_all([(text, own) for _, _, own, _, text, _ in self._headings], ids)
            moved = moved | anchors.moved
            for (slot, level, _, inner, text, more), name in zip(self._headings, anchors.ids, strict=True):
                html[slot] = f'<h{level} id="{escape(name)}"{more}>'
                headings.append(Heading(level, name, inner, text))
            ids += anchors.ids
        else:
            headings = [Heading(level, own, inner, text) for _, level, own, inner, text, _ in self._headings]
        if self._cut is not None:
            summary = "".join(html[: self._cut])
            has_more = any(part.strip() for part in html[self._cut : main_ends])
        else:
            summary = "".join(self._summary)
            has_more = summary != "".join(html[:main_ends])
        if self._notes.used():
            summary = NOTE_MARK.sub("", summary)
        whole = "".join(html)
        links = self._links
        for old, new in moved.items():
            if old in ids:
                continue
            whole, summary = (part.replace(f"\0f#{old}\0", f"\0f#{new}\0") for part in (whole, summary))
            links = [link._replace(target="#" + new) if link.target == "#" + old else link for link in links]
        prose = "\n\n".join(self._text)
        calls = self._inlines.calls
        return Document(
            html=calls.finish(whole),
            summary=calls.finish(summary),
            has_more=has_more,
            is_cut=self._cut is not None,
            title=self._title or "",
            headings=tuple(headings),
            links=tuple(links),
            calls=calls.shown(whole),
            ids=tuple(ids),
            text=prose,
            words=count_words(prose),
            findings=tuple(self._findings),
        )

    def _write_footnotes(self) -> None:
        if not self._notes.used():
            return
        self._in_footnotes = True
        bodies = []
        outer = self._html
        done = 0
        # A note may refer to further notes, so the list grows while it is written.
        while done < len(labels := self._notes.used()):
            self._html = []
            self._write(self._footnotes[labels[done]])
            bodies.append((labels[done], self._html))
            done += 1
        self._html = outer
        self._html.append('<div class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n')
        for number, (label, body) in enumerate(bodies, 1):
            back = self._notes.back(label, self._language)
            written = "".join(body)
            if written.endswith("</p>\n"):
                written = f"{written[:-5]}{back}</p>\n"
            else:
                written = f"{written}<p>{back.lstrip()}</p>\n"
            self._html.append(f'<li id="fn{number}" class="footnote-item">{written}</li>\n')
            self._links += [Link(target, "f", 0, 0) for target in self._notes.back_targets(label)]
        self._html.append("</ol>\n</div>\n")
