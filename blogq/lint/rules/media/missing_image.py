"""An image that isn't there, or that is very large.

**What it does.** Looks for the file of each image of the own site that a source shows, in its text or in front matter.
One that isn't there is an error. One of more than `bytes` bytes is a note, where readers download that very file: an
image beside a post or in `assets/` that is published in smaller sizes is none, unless raw HTML shows it. GIFs and SVGs
have no smaller sizes.

**Why.** A missing image is a hole in the page. A large one takes seconds on a telephone, and costs those who pay by
volume.

**Where the limits are from.** A megabyte is twenty seconds at 400 kbit/s, which is what browsers' tools call slow 3G.

**What to do.** Put the file beside the post, or mend its name. Make a large image smaller, or put it beside the post
and leave `images.enabled` on; moving pictures are far smaller as a video.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.rule import Options, Rule
from blogq.lint.whole import Whole


def check(site: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each place where an image is shown that is missing or too large."""
    for each in site.astray:
        if each.what == "image":
            span = Span(each.path, each.line, each.column)
            yield Finding("MD002", each.severity, span, each.message, each.hint, "", f"missing image {each.target}")
    for picture in site.shown:
        if picture.size > options["bytes"]:
            yield Finding(
                "MD002",
                "note",
                Span(picture.path, picture.line, picture.column),
                f"the image {picture.target} is large: readers download {picture.size / 1_000_000:.1f} MB for it",
                "make it smaller, or show it in Markdown from beside the post, where smaller sizes are made of it",
                "",
                f"large image {picture.target}",
            )


RULE = Rule("MD002", "missing-image", "error", check, scope="site", options={"bytes": 1_000_000})
