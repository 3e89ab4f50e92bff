"""A text that is hard to read for those whom it is written for, or for anybody.

**What it does.** Looks at posts of at least `words` words. Where an audience is declared (`audience: expert`, a name or
a range of ease), it holds blogq's own figure, ease, against that: a note below the range, a warning `beyond` points
below it. Being easier than readers of a named audience are used to is no fault, and nothing is said of it; beyond the
upper end of a range of your own there is a note, since you set it. Where none is declared, only what anybody would find
hard counts: the mean of ease and of Flesch's reading ease, with a note under `note` and a warning under `warning`, and
neither figure may lie more than `beyond` above `note`. It shows the hardest sentence. A post whose text is mostly lists
is left out, since items are no sentences. Without an audience, and for the named ones, it knows English only; a range
of your own counts in each language that has an ease.

**Why.** What is hard depends on who reads. Engineers read a specification with ease that would lose everybody else; but
a memorandum full of long nouns is hard for the officials it is written for as well.

**Where the limits are from.** The ranges of the named audiences are those of texts that are written for such readers;
one in twenty lies below. Ten points more are rare in all of them. The limits for everybody come from texts that nobody
finds easy: under 35 are four in five academic papers, three in four chapters of an official memorandum and nearly half
of a company's terms and policies, but hardly any news, no chapter of a textbook, and 1 to 8% of technical proposals.
Under 28 are a third of the papers and of the memorandum, and next to nothing else. Two figures are asked since each
errs in its own way: ease takes the jargon of a trade for hard words, Flesch's formula every long word for one.
docs/audience.md has the table. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948), has
samples of 100 words; with fewer the figures are unsteady.

**What to do.** Split long sentences, and say it in shorter words where there are some. Where the readers are
specialists, say so with `audience`: docs/audience.md.
"""

from __future__ import annotations

from blogq.content.audience import Audience
from blogq.finding import Finding, Severity
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.measure import Measures

BASE, PER_WORD, PER_SYLLABLE = 206.835, 1.015, 84.6
"""Flesch's own constants: what an easy text starts from, what a word in a sentence costs, and a syllable in a word."""


def reading_ease(measures: Measures) -> float | None:
    """Return Flesch's reading ease, the easier of textstat's figure and that of blogq's own counts; None without.

    textstat ends a sentence where there is none and goes beyond items of a list, blogq doesn't.
    """
    figure = measures.figures.get("flesch_reading_ease")
    if figure is None or not measures.words:
        return None
    return max(figure, _flesch(measures.mean_sentence_length, measures.syllables_per_word))


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the hardest sentence."""
    ease = post.measures.ease
    if ease is None or post.measures.words < options["words"]:
        return
    if 2 * sum(len(each.text) for each in post.prose if each.listed) > sum(len(each.text) for each in post.prose):
        return
    if all(passage.listed for passage, _, _ in post.sentences):
        return
    english = post.language.partition("-")[0].lower() == "en"
    if post.audience is None:
        found = _for_anybody(post, ease, options) if english else None
    else:
        found = _for_its_readers(post, ease, post.audience, options) if english or not post.audience.name else None
    if found is not None:
        yield found


def _for_anybody(post: Subject, ease: float, options: Options) -> Finding | None:
    """Judge a post with no audience declared: two figures have to say that it is hard."""
    measured = reading_ease(post.measures)
    if measured is None:
        return None
    # Under 0 Flesch's scale means nothing more, and would outweigh the other figure.
    flesch = max(0.0, measured)
    mean = (ease + flesch) / 2
    limit = max(options["note"], options["warning"])
    if mean >= limit or max(ease, flesch) >= limit + options["beyond"]:
        return None
    severity: Severity = "warning" if mean < options["warning"] else "note"
    return _hard(
        post,
        severity,
        f"the text is {'very ' if severity == 'warning' else ''}hard to read for anybody: ease {ease:.0f}, Flesch "
        f"{flesch:.0f}, under {options[severity]:g} on average (100 is easiest)",
        "split long sentences, and use shorter words where there are some; where its readers are specialists, say so: "
        "`audience: expert`",
    )


def _for_its_readers(post: Subject, ease: float, audience: Audience, options: Options) -> Finding | None:
    """Judge a post by the audience that is declared."""
    if ease < audience.low:
        much = "much " if ease < audience.low - options["beyond"] else ""
        message = f"the text is {much}harder than the range that is set, {audience}: ease {ease:.0f}"
        if audience.name:
            message = (
                f"the text is {much}too hard for {audience.name} readers: ease {ease:.0f}, and most texts for them "
                f"have {audience.low} to {audience.high}"
            )
        hint = "split long sentences, and use shorter words where there are some; or change `audience`"
        return _hard(post, "warning" if much else "note", message, hint)
    if ease > audience.high and not audience.name:
        message = f"the text is easier than the range that is set, {audience}: ease {ease:.0f}"
        hint = f"leave it, and set `audience: {audience.low}-100`, if that is no fault"
        return post.finding("RD002", "note", post.key("audience"), message, hint, "easy text")
    return None


def _hard(post: Subject, severity: Severity, message: str, hint: str) -> Finding:
    """Return the finding at the hardest sentence, with what makes the text hard."""
    measures, language = post.measures, post.language
    running = [place for place in post.sentences if not place[0].listed]
    passage, start, end = min(running, key=lambda place: _ease_of(place[0].text[place[1] : place[2]], language))
    counts = (
        f"; its sentences have {measures.mean_sentence_length:.0f} words on average, its words "
        f"{measures.syllables_per_word:.1f} syllables; the hardest sentence is here"
    )
    return post.finding("RD002", severity, post.within(passage, start, end), message + counts, hint, "hard text")


def _ease_of(sentence: str, language: str) -> float:
    from blogq.measure.syllables import syllables
    from blogq.measure.words import CODE, words

    found = words(sentence)
    spoken = [word for word in found if word != CODE]
    # A sentence of a few long words isn't what makes a text hard.
    if len(spoken) < 10:
        return BASE
    return _flesch(len(found), sum(syllables(word, language) for word in spoken) / len(spoken))


def _flesch(words: float, syllables: float) -> float:
    return BASE - PER_WORD * words - PER_SYLLABLE * syllables


RULE = Rule(
    "RD002",
    "hard-text",
    "warning",
    check,
    options={"note": 35, "warning": 28, "beyond": 10, "words": 100},
)
