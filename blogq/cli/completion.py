"""`blogq completion`: the script by which a shell completes blogq's commands, and what it completes of a site.

Each press of the tab key starts a process, so nothing is imported here that listing a folder doesn't need.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
MANY = 200
"""Sources beyond which the shell completes paths by itself, folder by folder."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that makes SHELL complete blogq's commands, options, sources, themes and archetypes.

    \b
    bash:  add to ~/.bashrc:  eval "$(blogq completion bash)"
    zsh:   add to ~/.zshrc:   eval "$(blogq completion zsh)"
    fish:  blogq completion fish > ~/.config/fish/completions/blogq.fish
    """
    from click.shell_completion import get_completion_class

    from blogq.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    complete = kind(cli, {}, "blogq", "_BLOGQ_COMPLETE")
    # Not source(): that starts a bash to ask for its version; 4.4, which it needs, is of 2016.
    click.echo(complete.source_template % complete.source_vars())


def site_of(ctx: click.Context) -> Path:
    """Return the folder of the site that the command line so far names."""
    return Path(ctx.params.get("site") or ".")


def complete_kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of an archetype."""
    try:
        names = sorted({each.stem for each in (site_of(ctx) / "archetypes").iterdir() if each.name[0] != "."})
    except OSError:
        return []
    return _items(name for name in names if name.startswith(incomplete))


def complete_themes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a theme."""
    from blogq.render.theme import theme_names

    return _items(name for name in theme_names(site_of(ctx)) if name.startswith(incomplete))


def complete_sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the path of a source, from the folder in which the shell is."""
    from blogq.content.name import is_markdown

    root = site_of(ctx).resolve()
    top = root / "content" if (root / "content").is_dir() else root
    found: list[str] = []
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name[0] not in "._" or name in ("_posts", "_drafts"))
        for name in sorted(files):
            path = os.path.relpath(os.path.join(folder, name))
            if is_markdown(name) and path.startswith(incomplete):
                found.append(path)
        if len(found) > MANY:
            break
    return _items(found) if 0 < len(found) <= MANY else _items([incomplete], "file")


def _items(values: Iterable[str], kind: str = "plain") -> list[CompletionItem]:
    """Return what is offered; of the kind `file` the shell completes paths by itself."""
    # Every command that can be completed imports this module, and few runs complete anything.
    from click.shell_completion import CompletionItem

    return [CompletionItem(value, type=kind) for value in values]
