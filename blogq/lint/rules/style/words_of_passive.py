"""Words by which English passive voice is known, and those that only look like it."""

from __future__ import annotations

IRREGULAR = frozenset(
    "beaten begun bitten blown bought bound bred broken brought broadcast built burnt caught chosen cut dealt"
    " done drawn driven eaten fed flown forbidden forecast forgiven forgotten fought found frozen given ground"
    " grown held hidden hit hung hurt kept laid led lent lit lost made met mistaken overcome overridden overseen"
    " overtaken overthrown overwritten paid proven put read rebuilt redone remade rerun reset rewritten ridden run"
    " said sent seen sewn set shaken shot shown shut slain sold sought spent split spoken spread spun stolen"
    " struck stuck sung sunk sworn swept swung taken taught thought thrown told torn undone understood undertaken"
    " upheld won worn withdrawn withheld wound woven written".split()
)
"""Participles that don't end in -ed. Those that mostly tell a state (gone, born, known, left, meant) are left out."""

STATES = frozenset(
    "accustomed advanced aged allied amazed amused annoyed armed ashamed assured astonished based biased blessed"
    " bored bothered cased committed complicated composed concerned confused connected convinced crowded curved"
    " dated dedicated delighted depressed detailed determined devoted disabled disappointed divided divorced"
    " doomed dressed educated embarrassed enabled encouraged engaged enthused entitled equipped excited exhausted"
    " experienced focused focussed finished frightened frustrated geared gifted grounded honored honoured"
    " horrified humbled impressed inclined indebted inspired intended intrigued interested involved isolated"
    " limited located loaded married mixed motivated naked named needed obliged obsessed opposed outdated"
    " overwhelmed pleased prepared privileged psyched puzzled qualified red related relaxed relieved reserved"
    " retired rooted rushed sacred satisfied scared settled shocked situated skilled so-called sophisticated"
    " stoked stressed stunned supposed surprised suited talented terrified thrilled tied tired touched troubled"
    " unchanged unexpected united unlimited unmatched unparalleled unprecedented unrelated upset used varied"
    " versed wicked worried wretched indeed need speed feed seed weed hundred shed bed embed exceed proceed"
    " succeed".split()
)
"""Words in -ed that tell a state or a feeling after “be” (“is interested”), and those that are no participles."""

BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())

BETWEEN = frozenset(
    "not also never always often now then still just only even already currently yet once soon again usually sometimes"
    " well so thus therefore all both each too first since rarely seldom".split()
)
"""Words that may stand between the two, besides those in -ly."""
