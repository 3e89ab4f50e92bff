"""A link to another site that is dead; looked for only with `blogq check --external`.

**What it does.** Asks the addresses that posts link to, and speaks where one is gone: the site answers 404 or 410,
there is no such host, it refuses to talk, or its certificate has expired or is another host's. Redirects are followed.
Whatever else comes back, or nothing in time, says nothing: many sites turn robots away. An address is dead when it
fails twice, some seconds apart or in two runs. Where no site at all answers, that is told instead. One that answered
isn't asked again for `days` days; answers are kept in `.blogq/links`. Each request may take `timeout` seconds.
Fragments, the own site and addresses that match a pattern in `ignore` (`https://example.com/*`) aren't asked, nor are
hosts in private networks unless `hosts` names them.

**Why.** Readers follow links to check what is said. The web forgets, and nobody tells the author.

**Where the limits are from.** Two failures, because sites restart. A week, so that a nightly run asks each site rarely.
Without `--external` blogq opens no connection.

**What to do.** Link to where it is now, or to a copy in an archive.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.rule import Options, Rule
from blogq.lint.whole import Whole


def check(site: Whole, options: Options) -> Iterator[Finding]:
    """Yield a finding for each place of each link to a dead address."""
    for each in site.astray:
        if each.what == "elsewhere":
            span = Span(each.path, each.line, each.column)
            yield Finding("LK002", each.severity, span, each.message, each.hint, "", f"link {each.target}")


RULE = Rule(
    "LK002",
    "dead-external-link",
    "warning",
    check,
    scope="site",
    options={"days": 7, "timeout": 10, "ignore": [], "hosts": []},
    network=True,
)
