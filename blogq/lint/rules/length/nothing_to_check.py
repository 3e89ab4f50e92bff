"""Nothing in it that a reader could check.

**What it does.** Speaks of a post of at least `words` words in which there is no number, no name, no link, no
quotation, no code, no table, no note and no picture or other media, be it by shortcode. A name is a word with a capital
within a sentence (*I* aside), two words with capitals at its beginning, or letters such as *HTML*. English only: names
can't be told by their capitals in every language.

**Why.** What can be checked is what gives a text substance: readers can follow it up, and those who write have to get
it right. Text made to fill a page has none of it.

**Where the limits are from.** Any single fact, of whatever kind, keeps it silent, so that hardly a post by somebody who
has something to tell is met; in 100 words there is room for one.

**What to do.** Say who, when, how many, or where it can be read.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_FACT = Pattern(
    "\ufffc"  # code or an address
    r"|\d|[%€$£]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty|fifty|hundreds?|thousands?"
    r"|millions?|billions?|half|twice|quarter|percent)\b"
    r"|[“\"«][^“”\"«»]+[”\"»]"
    r"|\b(?:[A-Z]\.?){2,}|\b\w+[a-z][A-Z]"
)
_CAPITAL = Pattern(r"(?<![\w’'])[^\W\d_a-z][\w’'-]+")
_NO_NAMES = frozenset("I'm I've I'll I'd I’m I’ve I’ll I’d".split())


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, where the text begins."""
    if post.measures.words < options["words"] or not post.prose or post.links or post.outward or post.shows:
        return
    if any(each.quoted or each.note or each.kind in ("cell", "term", "caption", "names") for each in post.passages):
        return
    if any(_FACT.search(passage.text) for passage in post.prose):
        return
    capitals = 0
    for passage, start, end in post.sentences:
        sentence = passage.text[start:end]
        if _names(sentence):
            return
        capitals += sentence.lstrip("(*_‘'…— ")[:1].isupper()
    # Who writes without capitals writes names so, too.
    if capitals * 2 < len(post.sentences):
        return
    yield post.finding(
        "LN004",
        "warning",
        post.at(post.prose[0].line),
        f"{post.measures.words} words, and nothing in them that can be checked: no number, name, "
        "link, quotation, code or picture",
        "say who, when, how many, or where it can be read",
        "nothing to check",
    )


def _names(sentence: str) -> bool:
    found = [match for match in _CAPITAL.finditer(sentence) if match.group() not in _NO_NAMES]
    opening = next((at for at, letter in enumerate(sentence) if letter.isalnum()), 0)
    for at, match in enumerate(found):
        if match.start() == opening:
            # At the beginning only two in a row are a name.
            if at + 1 < len(found) and found[at + 1].start() == match.end() + 1:
                return True
        elif sentence[: match.start()].rstrip()[-1:] not in ".!?:":
            return True
    return False


RULE = Rule("LN004", "nothing-to-check", "warning", check, options={"words": 100}, languages=("en",))
