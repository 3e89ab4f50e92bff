"""Much passive voice.

**What it does.** Counts the sentences of the author's own prose that have a form of “be” with a participle (“was
written”, “are often made”), and speaks when they are more than `share` of all and at least `least`, in a text of at
least `sentences` sentences. What tells a state or a feeling (“is based”, “are interested”, “was married”) isn't
counted. English only.

**Why.** The passive leaves out who does a thing. Now and then that is right; all along, readers lose who is talking of
whom.

**Where the limits are from.** More than a quarter fires on 3.8% of 959 posts on respected personal blogs, and on 9.6%
of the Rust blog's; of six of these that were read an editor would have kept none, hence a third, and a note. Of a
handful of sentences three are a quarter, and nothing that readers would notice: hence five.

**What to do.** Ask of each who does it, and begin with them where it matters.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_ONE_CLAUSE = Pattern(r"[\w\s'’-]*")


def passive(sentence: str) -> tuple[int, int] | None:
    """Return where a sentence has its first passive, from the form of “be” to the participle; None without one."""
    from blogq.lint.rules.style.words_of_passive import BE, BETWEEN, IRREGULAR, STATES
    from blogq.measure.words import word_spans

    begin = -1
    left = 0
    for start, end in word_spans(sentence):
        word = sentence[start:end].lower().replace("’", "'")
        if word in BE:
            begin, left = start, 2
            continue
        if begin < 0:
            continue
        if not _ONE_CLAUSE.fullmatch(sentence, begin, start):
            # A comma or the like ends what belongs to “be”.
            begin = -1
            continue
        if word in IRREGULAR or (word.endswith("ed") and len(word) > 4 and "-" not in word and word not in STATES):
            return begin, end
        if left and (word in BETWEEN or word.endswith("ly")):
            left -= 1
        else:
            begin = -1
    return None


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the first passive."""
    count = len(post.sentences)
    if count < options["sentences"]:
        return
    found = [
        (each, start + place[0], start + place[1])
        for each, start, end in post.sentences
        if (place := passive(each.text[start:end]))
    ]
    if len(found) < options["least"] or len(found) <= options["share"] * count:
        return
    passage, start, end = found[0]
    said = " ".join(passage.text[start:end].split())
    yield post.finding(
        "SY001",
        "note",
        post.within(passage, start, end),
        f"{len(found)} of {count} sentences are in the passive voice, such as “{said}” here",
        "ask of each who does it, and begin with them where it matters",
        "passive voice",
    )


RULE = Rule(
    "SY001", "passive-voice", "note", check, options={"share": 0.33, "sentences": 8, "least": 5}, languages=("en",)
)
