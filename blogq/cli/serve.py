"""`blogq serve`: the site in a browser, changing as its sources are saved."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from blogq.cli.options import Refusal, now, site
from blogq.report.text import safe

PORT = 4000


@click.command("serve")
@site
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 for any.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
@click.option("--no-drafts", is_flag=True, help="Show what a build would publish: no drafts, no future posts.")
@now
@click.option("--no-check", is_flag=True, help="Leave the gate out.")
@click.option("--follow", is_flag=True, help="Move the browser to the page that is being edited.")
@click.option("--scan", is_flag=True, help="Look for changes at short intervals instead of waiting to be told of them.")
@click.option("--theme", default=None, help="Name of the theme.")
def command(
    site: Path,
    port: int,
    host: str,
    opens: bool,
    no_drafts: bool,
    now: int | None,
    no_check: bool,
    follow: bool,
    scan: bool,
    theme: str | None,
) -> None:
    """Show the site in a browser while it is being written.

    Pages are made when they are looked at, drafts and future posts among them, and change in place when something is
    saved. A mistake leaves the last whole page on screen, with a panel that says where it is. The output folder is left
    alone. Ctrl-C ends the preview.
    """
    from blogq.preview.editor import editor_of
    from blogq.preview.server import PortsTaken, bound_socket, is_loopback

    started = time.monotonic()
    try:
        editor_of("", os.environ)
    except ValueError as error:
        raise Refusal(str(error)) from error
    address = "127.0.0.1" if host == "localhost" else host
    try:
        listening = bound_socket(address, port)
    except PortsTaken as error:
        raise Refusal(f"{error.strerror}; choose another with --port") from error
    except OSError as error:
        raise Refusal(f"can't listen at {host!r}: {error.strerror or error}") from error
    chosen = listening.getsockname()[1]
    overrides: dict[str, Any] = {} if theme is None else {"theme": theme}
    from blogq.live.site import LiveSite

    try:
        live = LiveSite(site, overrides, not no_drafts, now, waiting=_waiting, check=not no_check)
    except OSError as error:
        raise Refusal(f"{error.filename or site} can't be written: {error.strerror or error}") from error
    from blogq.preview.session import Session
    from blogq.workers import collect_garbage

    shown = f"[{address}]" if ":" in address else "localhost" if is_loopback(address) else address
    url = f"http://{shown}:{chosen}{live.prefix}/"

    def ready() -> None:
        if port and chosen != port:
            click.echo(f"Port {port} is taken; this is {chosen}.")
        click.echo(f"{live.told()} at {url} after {time.monotonic() - started:.2f} s. Ctrl-C ends the preview.")
        click.echo(f"What isn't public yet: http://{shown}:{chosen}/_blogq/")
        if not is_loopback(address):
            click.echo(f"Whoever reaches this machine at {address} can read drafts there.", err=True)
        sys.stdout.flush()
        if opens:
            import webbrowser

            webbrowser.open(url)

    def told(text: str) -> None:
        click.echo(safe(text) if "\n" not in text else text, err=True)

    collect_garbage()
    Session(live, host, follow, told, scan).run(listening, ready)


def _waiting(who: str) -> None:
    click.echo("A build of this site is running; waiting for it to end.", err=True)
