"""A sensational title.

**What it does.** Looks in the title for words that promise a sensation: “you won't believe”, “mind-blowing”, “one
weird trick”, “what happened next” … Whole words count, in any case. Titles that only quote such words, in quotation
marks, are left alone.

**Why.** Such titles are made to be clicked, not to say what is there. Readers who were let down don't come back.

**Where the limits are from.** The list is blogq's own. It has phrases that hardly ever stand in a sober title.
`words` takes further ones.

**What to do.** Say plainly what the post has to tell; if that is remarkable, it shows.
"""

from __future__ import annotations

import re

from blogq.lint.rule import Options, Rule
from blogq.lint.rules.metadata.title_place import title_place
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

SENSATIONAL = (
    "you won't believe",
    "you will not believe",
    "you'll never believe",
    "will blow your mind",
    "will shock you",
    "will amaze you",
    "will change your life",
    "will make you cry",
    "mind-blowing",
    "mind blowing",
    "jaw-dropping",
    "jaw dropping",
    "shocking",
    "outrageous",
    "what happened next",
    "what happens next will",
    "one weird trick",
    "this weird trick",
    "one simple trick",
    "one crazy trick",
    "doctors hate",
    "don't want you to know",
    "doesn't want you to know",
    "can't even handle",
    "the internet is losing it",
    "broke the internet",
    "breaks the internet",
    "gone viral",
    "faith in humanity",
    "the ultimate secret",
    "secrets revealed",
    "epic fail",
    "game-changing secret",
    "insane results",
    "unbelievable results",
    "before it's too late",
)
"""Phrases in lower case."""

_QUOTED = Pattern(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)['‘][^'’]*['’](?!\w)")


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the words."""
    # Quotations become blanks of the same length, so that places stay.
    title = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), post.title)
    phrases = "|".join(re.escape(each) for each in (*SENSATIONAL, *map(str.lower, options["words"])))
    found = re.search(rf"(?<![\w-])(?:{phrases})(?![\w-])", title.lower().replace("’", "'"))
    if not found:
        return
    said = post.title[found.start() : found.end()]
    yield post.finding(
        "SY005",
        "note",
        title_place(post, said),
        f"“{said}” in the title promises a sensation",
        "say plainly what the post has to tell",
        f"“{said.lower()}” in the title",
    )


RULE = Rule("SY005", "sensational-title", "note", check, options={"words": []}, languages=("en",))
