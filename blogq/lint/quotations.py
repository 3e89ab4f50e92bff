"""What a post quotes, whether it says from whom, and what is left as its own text.

**What is a quotation.** A blockquote, a shortcode `quote`, `blockquote` or `pullquote`, HTML's `<blockquote>`; and,
in running prose, what stands in quotation marks at a length of `LEAST_SPOKEN` words or more where its paragraph has a
link.

**What is none.** Alerts (`> [!NOTE]`), and blocks that are asides: they begin with a label (“Note:”, “**Example.**”),
are opened by `<summary>`, or nobody is named and they are announced as an example or the author's own (“in a
nutshell:”), have code in them, talk of what the text shows (“You can scroll the chart …”) or, where there is code, to
those who follow its steps (“If you run into an error here …”). Where most blocks of a post are asides, one that
doesn't begin with a quotation mark and for which nobody is named is one as well. Nor is a pull quote one, which
repeats the post's own words.

**When its source is named** (`Quotation.source`):

- `link`: a link in it, or in front matter (`link`, `external_url`, `source`, `via`); in the last sentence before it,
  or anywhere in the paragraph before it when that ends in a colon;
- `citation`: a last line or paragraph that begins with a dash and a name, or with “Source:”; brackets with a name and
  a number at its end (a year, a page, a verse); `<cite>`, `<footer>`, `<figcaption>` or a `cite=`; arguments of the
  shortcode (`author`, `source` …); the head of a letter or “Ann wrote:” on its first line; a name as its last
  paragraph;
- `lead-in`: the last sentence before it names somebody or something, and ends in a colon or speaks of what was said
  (“Ada Lovelace writes”, “From the report of the Treasury:”); or goes on with the quotation before (“She goes on:”);
- `following`: the paragraph after it begins with a dash, “via”, “Source”, “From”, “Read the whole post” and has a
  link or a name;
- `note`: a footnote's mark, in it or in the paragraph before, leads to a note with a link, a title or names.

`speaker` is less. The sentence before it says that others speak, but names nobody (“Another user told us:”), or has a
full name and nothing else, or tells of somebody while the block says “I”; the block is set as a conversation (“Ann:
…”); or the post's title says that it is about somebody's words (“Notes on Walden”), or a section of it lists sources.
Readers aren't misled, yet they can't look it up, so it isn't attributed. “Somebody once said:” is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from blogq.content.markdown.passage import OBJECT
from blogq.lint import quotation_sources as sources
from blogq.lint.quotation_blocks import Block, Layout, blocks_of, last_line
from blogq.lint.subject import Subject
from blogq.pattern import Pattern

LEAST_SPOKEN = 15
"""Words from which a span in quotation marks is a quotation: half a sentence; shorter ones are terms and titles."""
OWN_KINDS = frozenset(("paragraph", "cell", "term", "heading"))
"""Kinds of passages that are compared with other texts."""
_RUN = 4
_REPEATED = 0.8
"""A pull quote: so many of its runs of so many words stand in the post itself. Editors shorten pull quotes a little."""
_OPENING = frozenset("\"“„«‹「『‘'")

_NOISE = Pattern(r"\s*(?:<!--.*-->)?\s*")
_ADDRESS = Pattern(r"://|\bhref\s*=|(?<!!)\[[^\[\]]*\]\(")
_MARK = Pattern(r"\[\^([^\]\s]+)\](?!:)")
_TITLED = Pattern(r"https?:|\]\(|[*_“”\"«]|\b(?:1[5-9]|20)\d\d\b")
_LINK_KEYS = ("link", "link_url", "linkurl", "external_url", "external_link", "source", "source_url", "via")
_NAMED = ("author", "by", "cite", "caption", "footer", "from", "href", "link", "name", "source", "title", "url", "who")
"""Arguments by which shortcodes of several themes of Hugo and Zola name a source."""


class Quotation(NamedTuple):
    """What a post quotes at one place."""

    passages: tuple[int, ...]
    """Indexes in `Subject.passages`; none where all of it stands in a block of HTML."""
    start: int
    """Offset at which it begins in its first passage; 0 for a block."""
    end: int
    """Offset at which it ends in its last passage."""
    line: int
    """First and last line in the file, from 1."""
    last_line: int
    words: int
    source: str
    """How its source is named: `link`, `citation`, `lead-in`, `following`, `note`, `speaker`, or nothing."""

    @property
    def attributed(self) -> bool:
        """Whether readers are told whose words these are, so that they can look them up."""
        return self.source not in ("", "speaker")


class Own(NamedTuple):
    """A stretch of the post's own text: `post.passages[passage].text[start:end]`."""

    passage: int
    start: int
    end: int


def quotations_of(post: Subject) -> tuple[Quotation, ...]:
    """Return what `post` quotes, in the order of the text."""
    return tuple(sorted((*_blocks(post), *_spoken(post)), key=lambda each: (each.line, each.start)))


def own_text(post: Subject) -> tuple[Own, ...]:
    """Return what counts as the post's own text when it is compared with others, in its order.

    That is everything but attributed quotations, in paragraphs, cells, terms and headings. A quotation without a source
    counts as the author's own.
    """
    cuts: dict[int, list[tuple[int, int]]] = {}
    for each in quotations_of(post):
        if each.attributed:
            for index in each.passages:
                end = each.end if index == each.passages[-1] else len(post.passages[index].text)
                cuts.setdefault(index, []).append((each.start if index == each.passages[0] else 0, end))
    found = []
    for index, passage in enumerate(post.passages):
        if passage.kind not in OWN_KINDS:
            continue
        at = 0
        for start, end in (*sorted(cuts.get(index, ())), (len(passage.text), len(passage.text))):
            if passage.text[at:start].strip():
                found.append(Own(index, at, start))
            at = max(at, end)
    return tuple(found)


def _count(text: str) -> int:
    from blogq.measure.words import word_spans

    return len(word_spans(text))


def linked_by(post: Subject) -> str:
    """Return the address that a link post says in its front matter that it is about; nothing where it is none."""
    said = (str(post.extra.get(key, "")) for key in _LINK_KEYS)
    return next((each for each in said if each.startswith(("https://", "http://"))), "")


# Blocks.


def _blocks(post: Subject) -> Iterator[Quotation]:
    quoted = blocks_of(post)
    if not quoted:
        return
    layout = Layout(post)
    said = [each for each in quoted if not _is_aside(post, each)]
    found = [(each, _source(layout, each)) for each in said]
    unnamed = [each for each, source in found if not source]
    asides = {each for each in unnamed if _is_own(layout, each)}
    # Where half of what nobody is named for is an aside by its looks, blocks are how this author writes asides.
    others = [each for each in unnamed if each not in asides and each.text.lstrip()[:1] not in _OPENING]
    signs = len(asides) + len(quoted) - len(said)
    if signs and signs >= len(others):
        asides.update(others)
    if unnamed:
        own = _own_runs(post)
        asides.update(each for each in unnamed if each not in asides and _is_pulled(each.text, own))
    for each, source in _shared(layout, [(each, source) for each, source in found if each not in asides]):
        end = len(post.passages[each.passages[-1]].text) if each.passages else 0
        yield Quotation(each.passages, 0, end, each.line, each.last_line, _count(each.text), source)


def _source(layout: Layout, block: Block) -> str:
    """Return how a block's source is named, by itself and by what stands around it."""
    post = layout.post
    lines = post.lines[block.line - 1 : block.last_line]
    opening = next((line for line in reversed(_above(post, block)) if not _NOISE.fullmatch(line)), "")
    passages = [post.passages[each] for each in block.passages]
    texts = [each.text for each in passages] or [block.text]
    if layout.has_link((block.line, 0), (block.last_line + 1, 0)) or _embeds(lines):
        return "link"
    closing = post.lines[block.last_line : block.last_line + 6]
    cited = [*lines, *(opening,) * ("<blockquote" in opening.lower())]
    for line in closing:
        if line.strip() and not (line.lstrip().startswith("<") and not line.lstrip().lower().startswith("<p")):
            break
        cited.append(line)
    if linked_by(post):
        return "link"
    if any(map(sources.CITING.search, cited)) or sources.cites_at_end(texts[-1]) or sources.names_at_start(texts[0]):
        return "citation"
    if len(texts) > 1 and (sources.is_citation(texts[-1]) or sources.is_name(texts[-1])):
        return "citation"
    if _is_told(layout, block):
        return "citation"
    if _noted(layout, block):
        return "note"
    found = _led_in(layout, block) or _followed(layout, block)
    told = sources.has_speaker(block.text) or sources.is_about_words(post.title) or layout.lists_sources
    return found or ("speaker" if told else "")


def _above(post: Subject, block: Block) -> tuple[str, ...]:
    """Return a few lines right above a block."""
    return post.lines[max(0, block.line - 7) : block.line - 1]


def _embeds(lines: tuple[str, ...]) -> bool:
    """Return whether lines have an address that the Markdown reader takes for none, as in a block of HTML."""
    return any(map(_ADDRESS.search, lines))


def _is_told(layout: Layout, block: Block) -> bool:
    """Return whether the shortcode around a block is told who speaks."""
    call = layout.call(block)
    return call is not None and (bool(call.args) or any(call.params.get(name) for name in _NAMED))


def _noted(layout: Layout, block: Block) -> bool:
    """Return whether a footnote's mark in a block, or in the paragraph before it, leads to a source."""
    post = layout.post
    _, begin = layout.before(block)
    for line in post.lines[begin - 1 : block.last_line]:
        for mark in _MARK.finditer(line) if "[^" in line else ():
            note = layout.notes.get(mark[1], "")
            if _TITLED.search(note) or sources.names(note):
                return True
    return False


def _led_in(layout: Layout, block: Block) -> str:
    """Return what the paragraph before a block says of its source."""
    before, begin = layout.before(block)
    if before is None:
        return "link" if layout.has_link((begin, 0), (block.line, 0)) else ""
    at = sources.last_sentence(before.text)
    sentence = before.text[at:]
    colon = sources.is_colon(before.text)
    line, column = before.place(0 if colon else at)
    # A link's own place is that of its bracket, just before its text.
    if layout.has_link((line, 0) if colon or not at else (line, column - 3), (block.line, 0)):
        return "link"
    if (colon or sources.speaks_of(sentence)) and sources.names(sentence):
        return "lead-in"
    if (
        sources.is_speaking(sentence)
        or sources.has_full_name(sentence)
        or (block.text.lstrip()[:1] in _OPENING and sources.is_speaking(before.text))
    ):
        return "speaker"
    return "speaker" if sources.is_personal(block.text) and sources.is_about(sentence) else ""


def _followed(layout: Layout, block: Block) -> str:
    """Return whether the paragraph after a block says what its source is."""
    after = layout.after(block)
    if after is None or after.line > block.last_line + 6:
        return ""
    if sources.is_citation(after.text):
        return "following"
    sentence = sources.first_sentence(after.text)
    line, column = after.place(max(0, len(sentence) - 1))
    linked = layout.has_link((after.line, 0), (line, column + 1))
    if linked and (after.kind == "contents" or sources.leads_outward(after.text) or sources.is_speaking(sentence)):
        return "following"
    return "following" if sources.leads_outward(sentence) and _says_who(sentence) else ""


def _says_who(sentence: str) -> bool:
    return sources.is_speaking(sentence) and sources.names(sentence)


def _shared(layout: Layout, known: list[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """Return blocks with their sources, where one counts for its neighbours or for what goes on from it."""
    found = list(known)
    for at in range(1, len(found)):
        (before, source), (block, own) = found[at - 1], found[at]
        if own not in ("", "speaker") or source == "":
            continue
        if layout.touch(before, block):
            if source in ("lead-in", "speaker", "link"):
                found[at] = block, own or source
        elif source != "speaker" and _goes_on(layout, block):
            found[at] = block, "lead-in"
    for at in range(len(found) - 2, -1, -1):
        (block, own), (after, source) = found[at], found[at + 1]
        if not own and source in ("citation", "following") and layout.touch(block, after):
            found[at] = block, source
    return found


def _goes_on(layout: Layout, block: Block) -> bool:
    """Return whether a block is led in as more of what was quoted before: “And later:”, “They continue:”."""
    before, _ = layout.before(block)
    return before is not None and sources.is_colon(before.text) and _count(before.text) <= 12


# What is none.


def _is_aside(post: Subject, block: Block) -> bool:
    """Return whether a block says itself that it's a note of the author's."""
    if sources.is_aside(block.text):
        return True
    opened = [line for line in _above(post, block) if not _NOISE.fullmatch(line)]
    return len(opened) >= 2 and "<blockquote" in opened[-1].lower() and "</summary" in opened[-2].lower()


def _is_own(layout: Layout, block: Block) -> bool:
    """Return whether a block for which nobody is named looks like an aside, or an example."""
    post = layout.post
    before, _ = layout.before(block)
    lead = before.text[sources.last_sentence(before.text) :] if before is not None else ""
    lines = post.lines[block.line - 1 : block.last_line]
    return (
        OBJECT in block.text
        or any("```" in line for line in lines)
        or sources.is_remark(block.text, layout.is_code)
        or (bool(lead) and sources.is_example(lead))
    )


def _runs(text: str) -> list[tuple[str, ...]]:
    from blogq.measure.words import word_spans

    words = [text[start:end].lower().replace("’", "'") for start, end in word_spans(text)]
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _own_runs(post: Subject) -> frozenset[tuple[str, ...]]:
    return frozenset(run for each in post.passages if not each.quoted for run in _runs(each.text))


def _is_pulled(text: str, own: frozenset[tuple[str, ...]]) -> bool:
    """Return whether a block repeats what the post itself says."""
    runs = _runs(text)
    return bool(runs) and sum(run in own for run in runs) >= _REPEATED * len(runs)


# Quotation marks.


def _spoken(post: Subject) -> Iterator[Quotation]:
    """Yield what stands in quotation marks in running prose, where a link says from where."""
    from blogq.measure.quoted import spoken

    layout: Layout | None = None
    for index, passage in enumerate(post.passages):
        if passage.kind != "paragraph" or passage.quoted:
            continue
        spans = spoken(passage.text)
        if spans:
            layout = layout or Layout(post)
        if not spans or layout is None or not layout.has_link((passage.line, 0), (last_line(passage) + 1, 0)):
            continue
        for start, end in spans:
            words = _count(passage.text[start:end])
            if words >= LEAST_SPOKEN:
                first, last = passage.place(start)[0], passage.place(end - 1)[0]
                yield Quotation((index,), start, end, first, last, words, "link")
