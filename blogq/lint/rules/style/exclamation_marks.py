"""Many exclamation marks.

**What it does.** Counts the sentences of the author's own prose that end in an exclamation mark, and speaks when they
are more than `share` of all and at least `least`, in a text of at least `sentences` sentences.

**Why.** An exclamation mark raises the voice. When many sentences do, none stands out, and the text sounds like
advertising.

**Where the limits are from.** 15% is blogq's own choice: more than one sentence in seven. Under 14 sentences one or
two would be enough for it, and even of 17 three: that says little, hence five.

**What to do.** Keep the one or two that you would really call out, and end the others in a full stop.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject

_CLOSING = "\"'“”’»«›‹)]} *_"


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the first such sentence."""
    if not any("!" in each.text or "！" in each.text for each in post.prose):
        return
    called = [
        found for found in post.sentences if found[0].text[found[1] : found[2]].rstrip(_CLOSING).endswith(("!", "！"))
    ]
    count = len(post.sentences)
    if count < options["sentences"] or len(called) < options["least"] or len(called) <= options["share"] * count:
        return
    yield post.finding(
        "SY004",
        "note",
        post.within(*called[0]),
        f"{len(called)} of {count} sentences end in an exclamation mark; the first is here",
        "keep the one or two that you would really call out",
        "exclamation marks",
    )


RULE = Rule("SY004", "exclamation-marks", "note", check, options={"share": 0.15, "sentences": 14, "least": 5})
