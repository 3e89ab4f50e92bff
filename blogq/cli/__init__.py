"""The command line. Commands are loaded when they are called; nothing heavy is imported here."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from blogq import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "init": "Begin a site.",
    "new": "Begin a post or a page.",
    "import": "Make a site of another blog's export.",
    "serve": "Show the site in a browser while it is being written.",
    "build": "Build the site.",
    "deploy": "Publish the site: to a folder, a Git branch, by rsync, to a store.",
    "check": "Judge posts and the blog's pace.",
    "report": "Write a page on the blog's pace and quality.",
    "compare": "Show the passages in which two texts match.",
    "echo": "Show how much of a post was said before, and where.",
    "corpus": "List, add and update the texts that posts are compared with.",
    "inbox": "List the comments that wait for an answer.",
    "comments": "Import, export and moderate comments.",
    "mentions": "List whom a post links to, and send them webmentions.",
    "explain": "Say what a rule is about, or what a post's score is made of.",
    "rules": "List the rules of the gate.",
    "list": "List posts and pages with their URLs and status.",
    "why": "Say whether something is published, where, and why or why not.",
    "doctor": "Find what stands in the way of building and publishing here.",
    "upgrade": "Show what another version of blogq or of the theme changes.",
    "config": "Show every setting, and where it comes from.",
    "clean": "Remove what builds have made.",
    "completion": "Print the script that makes a shell complete all this.",
}
"""Every command, one module each, with its short help; in the order of a writer's day."""
GROUPS = {
    "Begin": ("init", "new", "import"),
    "Publish": ("serve", "build", "deploy"),
    "Judge": ("check", "report", "compare", "echo", "corpus", "explain", "rules"),
    "Answer": ("inbox", "comments", "mentions"),
    "Find out": ("list", "why"),
    "Set up and tidy up": ("doctor", "upgrade", "config", "clean", "completion"),
}
"""Under which heading the help shows a command."""


class LazyGroup(click.Group):
    """A group whose commands are imported when one of them is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command called `name`."""
        if name not in COMMANDS:
            return None
        command = import_module(f"blogq.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; for an unknown one say which is near."""
        name = args[0] if args else ""
        if name and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by group, without importing them."""
        grouped = {name for names in GROUPS.values() for name in names}
        others = tuple(name for name in COMMANDS if name not in grouped)
        width = max(map(len, COMMANDS))
        for heading, names in {**GROUPS, "More": others}.items():
            if names:
                with formatter.section(heading):
                    formatter.write_dl([(f"{name:{width}}", COMMANDS[name]) for name in names])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, without importing any."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="blogq", message="%(prog)s %(version)s")
def cli() -> None:
    """A static blog generator that holds its author to quality.

    A folder of Markdown is a site: run `blogq build` in it, and find the pages in _site/.
    """


def main() -> NoReturn:
    """Run the command line: exit 0 when all is well, 1 when the gate failed, 2 for mistakes in input, 3 for ours."""
    # A build makes hundreds of thousands of objects that live until its end: looking for garbage among them, or taking
    # them apart one by one at the end, takes longer than the rest of a small build. Workers, and loops that go on for
    # long in this process, turn the collector on again.
    gc.disable()
    code = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        code = code or 141
    os._exit(code)


def run() -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False, prog_name="blogq")
        return code if isinstance(code, int) else 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted: the site is as it was, or partly new; build again to finish", err=True)
        return 130
    except BrokenPipeError:
        return 141
    except Exception:
        import traceback

        click.echo(traceback.format_exc(), err=True)
        click.echo(
            f"This is a bug in blogq {__version__}, not a mistake of yours. Please report it, with the lines above and"
            " the file that was being read if you can share it.",
            err=True,
        )
        return 3
