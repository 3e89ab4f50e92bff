"""How a text says whose words it quotes, and how it shows that an indented block is none of somebody else's.

Words are English, shapes are not: a link, a dash and a name, a colon after a name hold in any language with capitals.
What counts was settled by reading the 366 blockquotes of 40 words or more on three real blogs.
"""

from __future__ import annotations

from blogq.pattern import Pattern

_SAYS = Pattern(
    r"\b(?:adds?|added|advises?|announce[ds]?|argue[ds]?|asked|asks|believe[ds]?|call(?:ed|s)|cit(?:ed|es)|claim(?:ed|s)|"
    r"comment(?:s|ed)|conclude[ds]?|continue[ds]?|declare[ds]?|define[ds]?|describe[ds]?|email(?:ed|s)|exclaimed|"
    r"explain(?:ed|s)|go(?:es)? on|heard|interviewed|mentioned|note[ds]|observe[ds]|points? out|pointed out|posted|"
    r"proposed|proposes|put it|puts it|reads|recall(?:ed|s)|remark(?:ed|s)|replie[ds]|report(?:ed|s)|respond(?:ed|s)|"
    r"said|saying|says|shared?|shares|sings|spoke|state[ds]|suggest(?:ed|s)|summari[sz]e[ds]|talked|tells?|"
    r"testif(?:ied|ies)|told|tweet(?:ed|s)|warn(?:ed|s)|"
    r"writes?|wrote|according to)\b",
    2,
)
"""Words by which a sentence says that others speak."""
_SAID = Pattern(
    r"\b(?:bio|commenters?|definition|description|documentation|excerpt|explanation|interviews?|lyrics|motivation|"
    r"passage|poem|policy|posts?|quot(?:ation|e[ds]?|es|ing)|remark|reply|report|responses?|statement|summary|transcript|tweet|"
    r"verse|words|written|here(?:['’]s| is| are)|from|via|per)\b",
    2,
)
"""Words for what is quoted: they name a source together with a name only."""
_VAGUE = Pattern(r"\b(?:once|famously|somewhere|they say|people say|it is said|as the saying goes)\b", 2)
"""Words by which a sentence gives away that it doesn't know who has said it."""
_FULL_NAME = Pattern(
    r"\b(?=([A-Z][^\W\d_A-Z]+) (?:(?:[A-Z]\.|van|von|de|der|la|le|du|di|bin|al) ){0,2}([A-Z][^\W\d_A-Z]+))"
)
_BEGINNERS = frozenset(
    "a after an and as at before but by dear during every for from he her here his how if in it its last my next on "
    "our she since so some that the their then there these they this those though to today until we what when where "
    "while who why with yesterday you your".split()
)
"""Words that begin a sentence, and so have a capital, without being part of a name."""
_ABOUT = Pattern(
    r"\b(?:review|notes? (?:on|from)|quot(?:es?|ations?) (?:from|by)|highlights|excerpts?|interview|transcript|reading|"
    r"letters?|lyrics|poems?|speech|in (?:his|her|their) own words)\b",
    2,
)
"""What is in the title of a post about somebody's words."""
_EXAMPLE = Pattern(
    r"\b(?:examples?|e\.g\.|for instance|samples?|templates?|snippets?|scripts?|outline|scenarios?|prompts?|imagine|"
    r"exercise|in a nutshell|tl;?dr|in short|(?:our|my) (?:\w+ )?(?:vision|story|goal|rule|hypothesis|proposal)|"
    r"looks? (?:something )?like|(?:invite|invitation|email)\b[^.]*:)",
    2,
)
"""Words by which a sentence says that what follows is made up, or the author's own."""
_LABEL = Pattern(
    r"(?:[^\w\n]|ℹ)*(?:(?:(?:please |side ?|quick |editor['’]?s |author['’]?s )?note|tip|hint|warning|caution|danger|"
    r"important|info|update|edit|disclaimer|spoilers?|tl;?dr|summary|example|exercise|question|answer|key takeaways?|"
    r"takeaways?|remember|reminder|fun fact|aside|bonus|trigger warning|content warning|correction)s?\b"
    r"(?:[^\w\n]*[:.—–!]|\s*\d{4}|\s+that\b|\s*\([^()\n]*\)\s*:)|"
    r"(?:as an? (?:side(?: note)?|aside)|by the way|it is worth noting|please note|note that|wait,|psst)\b)",
    2,
)
"""What an aside begins with."""
_STEP = Pattern(
    r"\W{0,20}(?:(?:if|once|when|now that) you\b|you(?:['’]ll| will| can| should| may| might| could)\b|"
    r"(?:we|you) (?:now|just|want)\b|(?:well done|congratulations|congrats)\b)",
    2,
)
"""How a text speaks to those who follow its steps."""
_SHOWN = Pattern(
    r"\W{0,20}(?:(?:this|that) (?:command|chart|figure|section|post|article|page|list)\b|"
    r"on the (?:right|left) (?:hand )?side\b|"
    r"the (?:data|figures|numbers|results|images?|photos?) (?:above|below|comes?|here|is|are|shown)\b|"
    r"[^.!?]{0,300}\b(?:chart|screenshot|scroll|click|sidebar)\b)",
    2,
)
"""How it speaks of what it shows."""
_OUTWARD = Pattern(
    r"\W{0,20}(?:via|source|quelle|quellen|fuente|fonte|bron|källa|kilde|читайте|from|read|hear|listen|learn|watch|see|"
    r"full|more|credit|excerpt|quoted|taken|originally|that(?:['’]s| is| was)|those|these|this|so (?:wrote|said)|"
    r"(?:so )?said|wrote|writes|says)\b",
    2,
)
"""What a paragraph begins with that says where the quotation before it is from."""
_SOURCE_WORD = Pattern(
    r"\W{0,20}(?:via|source|sources|quelle|fuente|fonte|bron|källa|kilde|credits?|quoted from|from)\b[\s:]", 2
)
_DASHED = Pattern(r"(?:^|(?<=[\s.!?…”\"’»)\u2028*]))(?:[—–―]|--+|-)\s*(\S[^—–―\n\u2028]{1,199})\s*\Z")
"""A dash and what follows it up to the end."""
_DASH = Pattern(r"\s*(?:[—–―]|--+|-)\s*[^\W\d_]")
_PAGE = Pattern(r"\b(?:pp?|pages?|ch|chapters?|loc|location|vol|lines?|verses?)\b|[§#]", 2)
_PUT_IN = Pattern(r"(?:^|[\s”\"])\{\{.*\}\}\W*\Z")
"""A value that a template puts in at the end, where a name would stand."""
_BRACKETED = Pattern(r"[(\[]([^()\[\]\n]{3,120})[)\]]\W*\Z")
_OPENED = Pattern(
    r"\s*(?:[^\n.!?]{1,80}\b(?:wrote|writes|said|says)\b[^\n.!?]{0,40}:|(?:From|Subject):\s|<\w+>\s|[Bb]y\s[A-Z])"
)
"""How a block begins that names whose words it is: `Ann wrote:`, the head of a letter, `<ann>` in a chat."""
_SPEAKER = Pattern(
    r"\s*(?:[^\W\d_a-z][\w'’.-]*(?:\s[^\W\d_a-z][\w'’.-]*){0,3}(?:,[^:\n.!?]{1,60}|\s\([^()\n]{1,60}\))?:\s|"
    r"[\w ]{3,40}:\s[“\"])"
)
"""How it begins in a conversation: `Ann Lee: …`. It may be the label of a paragraph as well."""
_PERSONAL = Pattern(r"\bI\b|\b(?:my|me)\b")
_OTHERS = Pattern(r"\b(?:he|she|his|her|hers|him)\b", 2)
_WORD = Pattern(r"[^\W_][\w'’.-]*")
_NOBODY = frozenset(
    "i i'm i’m i've i’ve i'll i’ll i'd i’d monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december".split()
)
_SENTENCE_END = Pattern(r"[.!?…。！？][\"”’)\]*_]*(?=\s)")

_TAIL = 1000
_CITATION = 220
"""Characters at the end of a paragraph within which its last sentence is looked for, and the name of a source."""
CITING = Pattern(r"<cite\b|<footer\b|<figcaption\b|\scite\s*=", 2)
"""HTML that names a source."""


def last_sentence(text: str) -> int:
    """Return where the last sentence of a passage begins."""
    stripped = text.rstrip()
    # Longer than this no sentence leads in a quotation.
    begin = max(0, len(stripped) - _TAIL)
    for each in _SENTENCE_END.finditer(stripped, begin):
        # "Dr. Lee" and "e.g. this" are no ends.
        rest = stripped[each.end() :].lstrip()
        if len(rest.split()) > 2 and not rest[:1].islower():
            begin = len(stripped) - len(rest)
    return begin


def first_sentence(text: str) -> str:
    """Return the first sentence of a passage."""
    found = _SENTENCE_END.search(text)
    return text[: found.end()] if found else text


def names(text: str) -> bool:
    """Return whether a sentence names somebody or something: a capital in it, a handle; or has no cases."""
    words = [each[0].rstrip(".") for each in _WORD.finditer(text)]
    if "@" in text or not any(word.upper() != word.lower() for word in words):
        return bool(words)
    capitals = [word[0].isupper() and word.lower() not in _NOBODY for word in words]
    return any(capitals[1:]) or (bool(words) and len(words[0]) > 1 and words[0].isupper())


def is_colon(text: str) -> bool:
    """Return whether a passage announces what comes next."""
    return text.rstrip(" \t\n*_\"'”’)]\ufffc").endswith((":", "："))


def is_speaking(text: str) -> bool:
    """Return whether a sentence says that others speak, and not just that somebody once did."""
    return _SAYS.search(text) is not None and _VAGUE.search(text) is None


def speaks_of(text: str) -> bool:
    """Return whether a sentence speaks of what somebody has said or written."""
    return _SAYS.search(text) is not None or _SAID.search(text) is not None


def has_full_name(sentence: str) -> bool:
    """Return whether a sentence has two names or more in a row, as people have."""
    return any(
        one.lower() not in _BEGINNERS and other.lower() not in _NOBODY for one, other in _FULL_NAME.findall(sentence)
    )


def is_about_words(title: str) -> bool:
    """Return whether a title says that a post is about what somebody has said or written."""
    return _ABOUT.search(title) is not None and names(title)


def is_example(text: str) -> bool:
    """Return whether a sentence announces an example, or something of the author's own."""
    return _EXAMPLE.search(text) is not None


def is_aside(text: str) -> bool:
    """Return whether a block begins with a label, as notes and warnings do."""
    return _LABEL.match(text) is not None


def is_remark(text: str, steps: bool) -> bool:
    """Return whether a block begins by talking of what is shown; or, in a text with `steps`, to its followers."""
    return _SHOWN.match(text) is not None or (steps and _STEP.match(text) is not None)


def leads_outward(text: str) -> bool:
    """Return whether a paragraph begins as one that says where what stands before it is from."""
    return _OUTWARD.match(text) is not None


def is_citation(text: str) -> bool:
    """Return whether a paragraph is the name of a source and nothing else: “— Ada Lovelace”, “Source: the minutes”."""
    if len(text) > _CITATION:
        return False
    return _DASHED.fullmatch(text.strip()) is not None or _SOURCE_WORD.match(text) is not None


def cites_at_end(text: str) -> bool:
    """Return whether the end of a passage names its source: after a dash, in brackets with a year or a number."""
    lines = text.rstrip().replace("\u2028", "\n").split("\n")
    # A long one may have been wrapped.
    begin = next((at for at in range(len(lines) - 1, max(-1, len(lines) - 4), -1) if _DASH.match(lines[at])), -1)
    line = " ".join(each.strip() for each in lines[begin:])[-_CITATION:]
    above = " ".join(lines[:begin]).rstrip("*_ ")
    # A line of a sentence may begin with "from", too.
    if is_citation(line) and (above[-1:] in '.!?…”"’»)' if above else line[:1] in "—–―-"):
        return True
    found = _DASHED.search(line)
    if found and (found[1][:1].isupper() or found[1][:1] in "@\ufffc“\"‘'[<{*_" or not found[1][:1].isascii()):
        return True
    if _PUT_IN.search(line):
        return True
    bracketed = _BRACKETED.search(line)
    if bracketed is None or not any(map(str.isdigit, bracketed[1])):
        return False
    return any(map(str.isupper, bracketed[1])) or _PAGE.search(bracketed[1]) is not None


def is_personal(text: str) -> bool:
    """Return whether somebody speaks of themselves."""
    return _PERSONAL.search(text) is not None


def is_about(sentence: str) -> bool:
    """Return whether a sentence tells of somebody else."""
    return _OTHERS.search(sentence) is not None or names(sentence)


def names_at_start(text: str) -> bool:
    """Return whether a block begins with whose words it is: `Ann wrote:`, the head of a letter."""
    return _OPENED.match(text) is not None


def has_speaker(text: str) -> bool:
    """Return whether a block begins with a speaker, as in a conversation: `Ann Lee: …`."""
    return _SPEAKER.match(text) is not None


def is_name(text: str) -> bool:
    """Return whether a paragraph is a name without a dash: “Ada Lovelace”, “Ada Lovelace, translator of Menabrea”."""
    words = text.split()
    capitals = [word[:1].isupper() for word in words[:2]]
    if capitals != [True, True] or text.rstrip()[-1:] in '.!?”"':
        return False
    return len(words) <= 4 or (len(words) <= 14 and "," in (words[1][-1], words[2][-1]))
