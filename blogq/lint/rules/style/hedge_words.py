"""Hedges, weasel words and clichés, and how many of them a text has.

Only words that are one of these wherever they stand: *quite*, *just*, *may* and *might* say something too often.
Collected for this rule, with an eye to what these warn of: Wikipedia's "Words to watch", Orwell's "Politics and the
English Language" (1946), and Hyland's list of hedges in "Metadiscourse" (2005).
"""

from __future__ import annotations

import re
from functools import cache

HEDGES = """
arguably|apparently|conceivably|essentially|fairly|generally speaking|i guess|i suppose|in a sense|in a way|
in some ways|in some sense|in most cases|in general|kind of|maybe|more or less|perhaps|possibly|presumably|
probably|rather|relatively|seemingly|sort of|somewhat|supposedly|to some extent|to a certain extent|to some
degree|tends? to|it (?:seems|appears|would seem|would appear) that|it could be (?:said|argued)|it might be
(?:said|argued)|basically|virtually|for the most part
"""
"""They take back a part of what is said."""
WEASELS = """
as everyone knows|as is well known|clearly|countless|critics say|experts (?:say|agree|believe)|few would
(?:deny|dispute)|it is (?:often|widely|commonly|generally) (?:said|believed|known|accepted|thought)|it has
been (?:said|suggested|claimed)|it goes without saying|many (?:people|experts|would) (?:say|believe|think|
argue|agree)|needless to say|obviously|of course|research (?:shows|suggests)|some (?:people|would) (?:say|
believe|think|argue)|studies (?:show|suggest|have shown)|undoubtedly|various|numerous
"""
"""They claim without saying who does, or how many."""
CLICHES = """
at the end of the day|at this point in time|avoid like the plague|back to the drawing board|best of both worlds|
cutting[- ]edge|elephant in the room|few and far between|first and foremost|game[- ]chang(?:er|ers|ing)|hit the
ground running|in this day and age|in today's (?:\\w+[- ]){0,2}world|it is what it is|last but not least|level
playing field|low[- ]hanging fruit|move the needle|only time will tell|paradigm shift|perfect storm|push the
envelope|state[- ]of[- ]the[- ]art|take (?:\\w+ )?to the next level|the fact of the matter|the tip of the iceberg|
think outside the box|tip of the iceberg|when all is said and done|win[- ]win|world[- ]class|a wide (?:range|
variety) of
"""
"""They were somebody's once."""


@cache
def _listed() -> re.Pattern[str]:
    lists = "|".join(" ".join(words.split()).replace("| ", "|") for words in (HEDGES, WEASELS, CLICHES))
    spaced = lists.replace("[- ]", r"[-\s]").replace(" ", r"\s+")
    # *Rather than* takes nothing back.
    return re.compile(rf"(?<![\w'-])(?:{spaced})(?![\w'-])(?<!rather(?=\s+than))", re.IGNORECASE)


def count_hedges(text: str, language: str) -> int | None:
    """Return how many hedges, weasel words and clichés are in `text`, without markup; None where none are known."""
    if language.partition("-")[0].lower() != "en":
        return None
    return sum(1 for _ in _listed().finditer(text.replace("’", "'")))
