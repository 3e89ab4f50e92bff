"""Makes the pictures of the example site anew: `python scripts/pictures [name …]`, such as `notebook` or `words`.

Needs Pillow, for the pictures that are no SVG. Each picture is a function that takes nothing and gives bytes; what it
shows is read from the files beside the post where there are such. Made twice on one machine, a picture is the same
twice; elsewhere the letters may come from another font.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import charts
import drawings
import knitting
import labels
import sheets

POSTS = Path(__file__).parent.parent.parent / "example-site" / "content" / "posts"

PICTURES: dict[str, Callable[[], bytes]] = {
    "what-the-second-reading-finds/notebook.png": sheets.notebook,
    "sixty-two-by-forty/old-label.png": labels.old_label,
    "third-of-april/date.png": sheets.date,
    "forty-planted-mistakes/found.svg": charts.found,
    "four-labels-in-a-cold-shed/labels.png": labels.four_labels,
    "instructions-for-two-needles/stitches.png": knitting.stitches,
    "where-the-pipe-goes/pump.png": drawings.pump,
    "does-the-formula-speak-german/scores.svg": charts.scores,
    "a-taxman-on-letters/replies.svg": charts.replies,
    "fourteen-editions/words.svg": charts.words,
    "fourteen-editions/strata.png": sheets.strata,
    "draw-what-i-say/float-switch.png": drawings.float_switch,
    "draw-what-i-say/four-drawings.png": drawings.four_drawings,
    "i-have-said-this-before/shared.svg": charts.shared,
    "the-baker-who-posts-daily/chalkboard.jpg": sheets.chalkboard,
    "two-years-of-second-passes/passes.svg": charts.passes,
}


def main(wanted: list[str]) -> None:
    """Write the pictures whose names hold one of `wanted`; all of them when nothing is wanted."""
    for name, make in PICTURES.items():
        if not wanted or any(each in name for each in wanted):
            data = make()
            (POSTS / name).write_bytes(data)
            print(f"{name}  {len(data) / 1024:.0f} KB")


main(sys.argv[1:])
