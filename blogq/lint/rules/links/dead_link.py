"""A link on the site that leads nowhere.

**What it does.** Follows each link to a page, source or file of the own site, and to the place on it that a `#fragment`
names. It speaks where there is none. A link to a draft, or to a post that is to appear later, is dead until that goes
live; the message says so. Drafts are checked as if everything else were live. A link with another generator's template
code in it (`{{ … }}`) is a warning, once for each source. Addresses on other sites are LK002's, images MD002's.

**Why.** Readers who follow a dead link stand before an error page, and those who would have read on don't.

**Where the limits are from.** It is exact, so there are no options. What it looks at is what a build would publish.

**What to do.** Mend the link, or take it out. Where a page has moved, give it its old address with `aliases`.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.rule import Options, Rule
from blogq.lint.whole import Whole


def check(site: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each place of each dead link."""
    for each in site.astray:
        if each.what == "link":
            span = Span(each.path, each.line, each.column)
            yield Finding("LK001", each.severity, span, each.message, each.hint, "", f"link {each.target}")


RULE = Rule("LK001", "dead-link", "error", check, scope="site")
