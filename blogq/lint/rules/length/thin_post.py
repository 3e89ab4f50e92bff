"""A post with next to no text.

**What it does.** Counts the words that a post gives its readers: paragraphs, lists, quotations, tables and HTML; no
headings, code or notes. A warning under `warning` words, a note under `note`. Pages are left out, and so are posts
whose front matter says that they are short by nature, by a `kind` (or `type`) among `kinds`, and posts that show code,
a picture, a video or another embed.

**Why.** Somebody who follows a link to a post expects something there. This is no advice for search engines: Google
says that it has no preferred word count.

**Where the limits are from.** 7.3% of 959 posts on respected personal blogs have fewer than 100 words, before anything
is left out.

**What to do.** Say what the reader should take from it, or write `kind: note` into the front matter.
"""

from __future__ import annotations

from blogq.finding import Severity
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject

KINDS = ("note", "link", "aside", "status", "quote", "photo", "image", "gallery", "video", "audio")
"""What posts that are short by nature are called; post formats of WordPress, and what other generators call them."""


def is_short_form(post: Subject, kinds: tuple[str, ...] | list[str] = KINDS) -> bool:
    """Return whether a post may be short: its front matter says so, or it shows something besides text."""
    said = {str(post.extra.get(key, "")).strip().lower() for key in ("kind", "Kind", "type", "Type", "format")}
    return not said.isdisjoint(kinds) or post.shows


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, where the text begins."""
    from blogq.measure.words import words

    if post.kind != "post" or is_short_form(post, options["kinds"]):
        return
    limit = max(options["note"], options["warning"])
    shown = [each for each in post.passages if each.kind not in ("heading", "title") and not each.note]
    count = post.html_words
    if count >= limit:
        return
    for passage in shown:
        count += len(words(passage.text))
        if count >= limit:
            return
    severity: Severity = "warning" if count < options["warning"] else "note"
    yield post.finding(
        "LN001",
        severity,
        post.at(shown[0].line if shown else post.body_line),
        f"the post has {count} word{'s' * (count != 1)}; fewer than {options[severity]} are little to come for"
        if count
        else "the post has no text",
        "say what readers should take from it, or write `kind: note` into its front matter",
        "thin post",
    )


RULE = Rule("LN001", "thin-post", "warning", check, options={"warning": 50, "note": 100, "kinds": list(KINDS)})
