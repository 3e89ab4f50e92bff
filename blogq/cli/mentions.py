"""`blogq mentions`: whom a post links to, who of them takes webmentions, and sending some."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from blogq.cli.options import Refusal, as_json, now, present, site


@click.command("mentions")
@click.argument("post", required=False)
@site
@now
@click.option("--send", "sending", is_flag=True, help="Send a webmention to each that takes one.")
@click.option("--offline", is_flag=True, help="List the links and ask nobody.")
@as_json
def command(post: str | None, site: Path, now: int | None, sending: bool, offline: bool, as_json: bool) -> None:
    """List whom POST links to, and who of them takes webmentions.

    POST is the path of a source; the newest post where it is left out. The pages that it links to are asked, one after
    the other and for ten seconds each at most, on public addresses only. Nothing is sent without --send, and then only
    for a post that is online. Exit code: 0; 1 when one couldn't be sent; 2 when there is no such post.
    """
    from blogq.collect import real
    from blogq.lint.paths import below
    from blogq.listing import survey
    from blogq.mentioning import address_of, is_live, mentions, newest, targets_of
    from blogq.report.text import safe

    if sending and offline:
        raise Refusal("--send needs the network: leave out --offline")
    at = present(now)
    found = survey(site, at)
    paths = (below(site, post) or []) if post else []
    row = next((each for each in found.rows if each.path in paths), None) if post else newest(found)
    if row is None:
        raise Refusal(f"there is no source {post!r}" if post else "nothing is published yet")
    if sending and not is_live(row):
        raise Refusal(f"{row.path} isn't online: nobody could see that it links to them")
    source = address_of(found, row)
    told = mentions(
        real(site), source, targets_of(found, real(site), row.path), at, asking=not offline, sending=sending
    )
    failed = any(each.state == "failed" for each in told)
    if as_json:
        found_all = [each._asdict() for each in told]
        click.echo(json.dumps({"schema": "blogq-mentions/1", "source": source, "mentions": found_all}, indent=1))
    else:
        click.echo(f"{safe(row.path)} at {safe(source)} links to:")
        for each in told:
            where = f" at {safe(each.endpoint)}" if each.endpoint else ""
            why = f" ({safe(each.why)})" if each.why else ""
            again = " (was sent one before)" if each.sent is not None and each.state != "sent" else ""
            click.echo(f"  {each.state:8}  {safe(each.target)}{where}{why}{again}")
        takers = sum(each.state == "accepts" for each in told)
        if takers:
            click.echo(f"{takers} of them take{'s' * (takers == 1)} webmentions: --send sends them.")
        elif not told:
            click.echo("  nobody")
    if failed:
        sys.exit(1)
