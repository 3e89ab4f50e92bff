"""A post without a date.

**What it does.** Speaks when a source in a folder of posts (one of `folders`) has no date, neither in its front matter
nor in its name, for it is published as a page then. Drafts may be without. A date that can't be read is the build's to
report.

**Why.** Only what has a date is a post: it stands in lists, archives and feeds. Without one, nobody finds it.

**Where the limits are from.** There are none. `folders` are the names of folders that hold posts: `posts` by default.

**What to do.** Write `date:` in the front matter, or begin the file's name with the date.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, for the file as a whole."""
    *folders, name = post.path.split("/")
    if post.kind != "page" or not set(folders) & set(options["folders"]) or name.startswith("_index."):
        return
    if "date" in post.keys or post.is_draft or "drafts" in folders:
        return
    yield post.finding(
        "FM004",
        "note",
        post.at(0),
        "this has no date, so it is published as a page and stands in no list, archive or feed of posts",
        "write `date:` in the front matter, or begin the file's name with the date",
        "date",
    )


RULE = Rule("FM004", "missing-date", "note", check, options={"folders": ["posts"]})
