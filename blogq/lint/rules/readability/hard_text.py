"""A text that is hard to read by any measure.

**What it does.** Takes Flesch's reading ease of the author's own prose, in a post of at least `words` words. A note
under `note`, a warning under `warning`. Sentences are counted twice, as textstat does and as blogq does (no sentence
goes beyond an item of a list), and the easier figure counts. It shows the hardest sentence. A post whose text is mostly
lists is left out, since items are no sentences. English only: other languages have formulas of their own, whose figures
don't compare.

**Why.** Below 50 a text is for people trained to read such texts; below 30 it reads like a scientific paper. A blog has
other readers, too.

**Where the limits are from.** Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948), calls 30
to 50 difficult and less than 30 very difficult. Of 959 posts on respected personal blogs 1.4% are under 45 and 0.1%
under 30. His samples have 100 words; with fewer the figure is unsteady.

**What to do.** Split long sentences, and say it in shorter words where there are some. Where the readers are
specialists, lower the limits.
"""

from __future__ import annotations

from blogq.finding import Severity
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.measure import Measures

BASE, PER_WORD, PER_SYLLABLE = 206.835, 1.015, 84.6
"""Flesch's own constants: what an easy text starts from, what a word in a sentence costs, and a syllable in a word."""


def reading_ease(measures: Measures) -> float | None:
    """Return Flesch's reading ease, the easier of textstat's figure and that of blogq's own counts; None without."""
    figure = measures.figures.get("flesch_reading_ease")
    if figure is None or not measures.words:
        return None
    return max(figure, _flesch(measures.mean_sentence_length, measures.syllables_per_word))


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the hardest sentence."""
    measures = post.measures
    ease = reading_ease(measures)
    if ease is None or measures.words < options["words"] or ease >= max(options["note"], options["warning"]):
        return
    severity: Severity = "warning" if ease < options["warning"] else "note"
    limit = options["warning"] if severity == "warning" else options["note"]
    running = [place for place in post.sentences if not place[0].listed]
    if not running or 2 * sum(len(passage.text) for passage in post.prose if passage.listed) > sum(
        len(each.text) for each in post.prose
    ):
        return
    passage, start, end = min(running, key=lambda place: _ease_of(place[0].text[place[1] : place[2]]))
    yield post.finding(
        "RD002",
        severity,
        post.within(passage, start, end),
        f"the text is {'very ' if severity == 'warning' else ''}hard to read: reading ease {ease:.0f}, under {limit:g} "
        f"(Flesch; 100 is easiest); its sentences have {measures.mean_sentence_length:.0f} words on average, its words "
        f"{measures.syllables_per_word:.1f} syllables; the hardest sentence is here",
        "split long sentences, and use shorter words where there are some",
        "hard text",
    )


def _ease_of(sentence: str) -> float:
    from blogq.measure.syllables import syllables
    from blogq.measure.words import CODE, words

    found = words(sentence)
    spoken = [word for word in found if word != CODE]
    # A sentence of a few long words isn't what makes a text hard.
    if len(spoken) < 10:
        return BASE
    return _flesch(len(found), sum(syllables(word, "en") for word in spoken) / len(spoken))


def _flesch(words: float, syllables: float) -> float:
    return BASE - PER_WORD * words - PER_SYLLABLE * syllables


RULE = Rule(
    "RD002",
    "hard-text",
    "warning",
    check,
    options={"note": 45, "warning": 30, "words": 100},
    languages=("en",),
)
