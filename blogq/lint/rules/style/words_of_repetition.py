"""Words that nobody writes twice in a row on purpose, by language.

Words of grammar only. Left out are those that can rightly stand twice: relative beside demonstrative pronouns (“that
that”, “die die”), auxiliaries (“had had”), objects beside subjects (“you you”), what can end a clause before another
begins (“in in”, “on on”), and what is said twice for emphasis (“very very”).
"""

from __future__ import annotations

REPEATED = {
    "en": "a an the and or but nor of from with into onto to for at by as than if because although while whether"
    " this these those my your his our their its we they he she i be been not also when where which just about"
    " between through during without against towards among until since should could would must might has"
    " am it's i'm don't doesn't didn't isn't can't won't",
    "de": "und oder aber ein eine einen einem eines einer von für im vom beim ins ist sind wird werden wurde nicht auch"
    " dass weil wenn durch ohne gegen zwischen sehr",
    "fr": "le les de des du un une et ou mais au aux dans par pour avec sur est sont qui sans ce cette ces son ses",
    "es": "el los las un una de del al y o pero en con por para es son sin este esta su sus",
    "pt": "um uma de do da dos das e ou mas em no na nos nas com por para é são sem este esta seu sua",
    "it": "il gli un una di del della dei delle e o ma in nel nella con per sono questo questa suo sua",
    "nl": "de een en of maar van door zonder tussen deze niet ook zijn wordt worden",
}
"""Language → words in lower case."""
