"""The same few words again and again.

**What it does.** Measures lexical diversity of the author's own prose by MTLD, the mean length of stretches within
which the share of different words stays above .72. It speaks under `diversity`, in a post of at least `words` words,
and names the words used most. English only: what is usual differs from language to language.

**Why.** A text that turns round few words says little for its length, and tires.

**Where the limits are from.** McCarthy and Jarvis, "MTLD, vocd-D, and HD-D", Behavior Research Methods 42 (2010). Of
959 posts on respected personal blogs 0.5% are under 45. With fewer than 200 words the figure is unsteady.

**What to do.** Cut what says a thing again. Where the words are terms, keep them: a second name for one thing is worse.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, where the word used most stands first."""
    measures = post.measures
    if measures.mtld is None or measures.mtld >= options["diversity"] or measures.words < options["words"]:
        return
    from collections import Counter

    from blogq.measure.lexis import content_words
    from blogq.measure.words import CODE, word_spans

    places: dict[str, tuple[int, int, int]] = {}
    counts: Counter[str] = Counter()
    for number, passage in enumerate(post.prose):
        found = [
            (passage.text[start:end].lower().replace("’", "'"), start, end) for start, end in word_spans(passage.text)
        ]
        for word, start, end in found:
            places.setdefault(word, (number, start, end))
        counts.update(content_words([word for word, _, _ in found if word != CODE], post.language))
    if not counts:
        return
    most = counts.most_common(3)
    number, start, end = places[most[0][0]]
    yield post.finding(
        "LN003",
        "warning",
        post.within(post.prose[number], start, end),
        f"the same words come again and again: lexical diversity (MTLD) {measures.mtld:.0f}, under "
        f"{options['diversity']:g}; most used: {', '.join(f'“{word}” {count} times' for word, count in most)}",
        "cut what says a thing again; keep terms as they are",
        "few words",
    )


RULE = Rule("LN003", "few-words", "warning", check, options={"diversity": 45, "words": 200}, languages=("en",))
