"""Editors: how each is made to show a line of a file, by an address that the browser hands to the system, or a command.

Commands come from the table here, or from the environment of whoever runs the preview; never from a site, for a
repository that somebody clones mustn't say what is run. A place is a file's absolute path, a line and a column, both
from 1.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from blogq.config.editors import NO_EDITOR

VARIABLE = "BLOGQ_EDITOR"
"""Environment variable with a name of the table, or a command: `myeditor +{line} {file}`."""


class Editor(NamedTuple):
    """One way to an editor."""

    name: str
    url: str = ""
    """Address with `{file}`, `{line}` and `{column}` in it; empty for one that a command opens."""
    command: tuple[str, ...] = ()
    """Program and arguments, likewise; `{vim}` is the place as an expression of Vim's."""
    hint: str = ""
    """What to do where the command fails."""


def _like_vscode(scheme: str) -> str:
    return scheme + "://file{file}:{line}:{column}"


def _jetbrains(name: str, program: str = "") -> Editor:
    # https://www.jetbrains.com/help/idea/opening-files-from-command-line.html: the launcher is the same everywhere.
    # Their addresses (idea://open?file=…) are registered on macOS alone.
    command = (program or name, "--line", "{line}", "--column", "{column}", "{file}")
    return Editor(name, "", command, "Create its command-line launcher, or put the folder of its programs on PATH.")


_SERVER = "Start it with: vim --servername VIM"
_KNOWN = (
    # "Opening VS Code with URLs", https://code.visualstudio.com/docs/configure/command-line: vscode://file/{path}:l:c.
    # Forks take the same under names of their own.
    *(Editor(name, _like_vscode(name)) for name in ("vscode", "vscode-insiders", "vscodium", "cursor", "windsurf")),
    # Zed's open_listener.rs: what stands after `zed://file` is decoded, and read as path:line:column.
    Editor("zed", _like_vscode("zed")),
    *map(_jetbrains, ("idea", "pycharm", "webstorm", "phpstorm", "goland", "rubymine", "clion", "rider")),
    # https://www.sublimetext.com/docs/command_line.html. It has no address of its own: subl:// is add-ons'.
    Editor("sublime", "", ("subl", "{file}:{line}:{column}"), "Put `subl` on PATH."),
    # https://macromates.com/blog/2007/the-textmate-url-scheme/: an address of a file, encoded within the address.
    Editor("textmate", "txmt://open?url=file://{file}&line={line}&column={column}"),
    # MacVim's help, `mvim://`: as TextMate's.
    Editor("macvim", "mvim://open?url=file://{file}&line={line}&column={column}"),
    # `:help --remote-expr`, `:help v:servername`: a Vim that runs evaluates an expression, or the command fails.
    Editor("vim", "", ("vim", "--servername", "VIM", "--remote-expr", "{vim}"), _SERVER),
    # `:help --remote-silent`: without a server, gvim opens a window of its own.
    Editor("gvim", "", ("gvim", "--remote-silent", "+call setcursorcharpos({line},{column})", "{file}")),
    # Neovim's `:help --server`. Its `--remote` takes no line, so it evaluates an expression as well.
    Editor("neovim", "", ("nvim", "--server", "{nvim}", "--remote-expr", "{vim}"), "Start Neovim; none is running."),
    # "emacsclient Options" in Emacs' manual.
    Editor("emacs", "", ("emacsclient", "-n", "+{line}:{column}", "{file}"), "In Emacs, call M-x server-start."),
    # Manual pages kate(1), gedit(1) and geany(1); https://npp-user-manual.org/docs/command-prompt/.
    Editor("kate", "", ("kate", "--line", "{line}", "--column", "{column}", "{file}")),
    Editor("gedit", "", ("gedit", "+{line}:{column}", "{file}")),
    Editor("geany", "", ("geany", "--line", "{line}", "--column", "{column}", "{file}")),
    Editor("notepad++", "", ("notepad++", "-n{line}", "-c{column}", "{file}"), "Put its folder on PATH."),
)
KNOWN = {editor.name: editor for editor in _KNOWN}
"""By name; the names are those of the config."""

_PROGRAMS = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "zeditor": "zed",
    "zedit": "zed",
    "subl": "sublime",
    "sublime_text": "sublime",
    "mate": "textmate",
    "mvim": "macvim",
    "emacsclient": "emacs",
    **{name: name for name in KNOWN if name not in ("vim", "neovim", "emacs")},
}
"""Programs that $VISUAL and $EDITOR may name, each with its editor. Those that run in a terminal aren't among them:
there is none to run in."""
_WITHIN_VSCODE = (
    ("cursor", "cursor"),
    ("windsurf", "windsurf"),
    ("codium", "vscodium"),
    ("insiders", "vscode-insiders"),
)
_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "WSL_DISTRO_NAME", "REMOTE_CONTAINERS", "CODESPACES")
"""Signs that the browser is on another machine, where an address with a path of this one leads nowhere."""


def editor_of(configured: str, environment: Mapping[str, str]) -> Editor | None:
    """Return the editor to open places with; None where there is none, or none is known.

    What the environment says in `BLOGQ_EDITOR` comes first, then the config; else the environment is asked what is used
    in this terminal. ValueError where `BLOGQ_EDITOR` can't be read as a command.
    """
    own = environment.get(VARIABLE, "").strip()
    if own:
        return None if own == NO_EDITOR else KNOWN.get(own) or _own(own)
    if configured:
        return KNOWN.get(configured)
    return _guessed(environment)


def _own(text: str) -> Editor:
    try:
        command = tuple(shlex.split(text))
    except ValueError as error:
        raise ValueError(f"{VARIABLE} can't be read as a command: {error}") from error
    if not any("{file}" in part for part in command):
        command = (*command, "{file}")
    return Editor(Path(command[0]).name, "", command)


def _guessed(environment: Mapping[str, str]) -> Editor | None:
    is_remote = any(environment.get(name) for name in _REMOTE)
    terminal = environment.get("TERM_PROGRAM", "").lower()
    found: Editor | None = None
    if terminal == "vscode":
        # Forks say the same there, and differ in where they lie.
        lies = environment.get("VSCODE_GIT_ASKPASS_NODE", "") + environment.get("__CFBundleIdentifier", "")
        found = KNOWN[next((name for sign, name in _WITHIN_VSCODE if sign in lies.lower()), "vscode")]
    elif terminal == "zed":
        found = KNOWN["zed"]
    elif environment.get("NVIM"):
        found = KNOWN["neovim"]
    elif environment.get("INSIDE_EMACS"):
        found = KNOWN["emacs"]
    for variable in ("VISUAL", "EDITOR"):
        if found is None and environment.get(variable):
            try:
                program = shlex.split(environment[variable])[0]
            except (ValueError, IndexError):
                continue
            found = KNOWN.get(_PROGRAMS.get(re.split(r"[/\\]", program)[-1].lower().removesuffix(".exe"), ""))
    return None if found is not None and found.url and is_remote else found


def address(editor: Editor, file: str, line: int, column: int) -> str:
    """Return the address of a place, for an editor that has such; `file` is an absolute path."""
    path = file.replace("\\", "/")
    # `&`, `?`, `#` and `:` mean something there; the colon of a drive stays.
    drive, rest = (path[:2], path[2:]) if re.match(r"[A-Za-z]:/", path) else ("", path)
    encoded = ("/" + drive if drive else "") + quote(rest, safe="/", errors="surrogateescape")
    return editor.url.format(file=encoded, line=line, column=column)


def command(
    editor: Editor,
    file: str,
    line: int,
    column: int,
    environment: Mapping[str, str],
    which: Callable[[str], str | None],
    site: Path,
) -> list[str] | None:
    """Return program and arguments that open a place; None where there is no such program.

    `which` finds programs; one that lies in the folder `site` doesn't count.
    """
    values = {"file": file, "line": str(line), "column": str(column)}
    program = which(editor.command[0])
    if program is None or Path(os.path.realpath(program)).is_relative_to(site):
        return None
    arguments = list(editor.command[1:])
    if "{nvim}" in arguments:
        server = _neovim_of(environment)
        if not server:
            return None
        values["nvim"] = server
    if "{vim}" in arguments:
        values["vim"] = _in_vim(file, line, column)
    # Whatever stands in a value is left alone.
    filled = [re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), each) for each in arguments]
    return [os.path.abspath(program), *filled]


def _in_vim(file: str, line: int, column: int) -> str:
    """Return an expression that opens a file in a running Vim, in whose texts a quote is written twice."""
    text = file.replace("'", "''")
    return f"execute('drop ' . fnameescape('{text}')) . setcursorcharpos({line}, {column})"


def _neovim_of(environment: Mapping[str, str]) -> str:
    """Return the address of a Neovim that runs: that of this terminal, else the one that was started last; or empty."""
    for name in ("NVIM", "NVIM_LISTEN_ADDRESS"):
        if environment.get(name):
            return environment[name]
    # Where Neovim puts its sockets, `:help $XDG_RUNTIME_DIR`: of no other system is that known.
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not folder or sys.platform == "win32":
        return ""
    found = []
    for socket in Path(folder).glob("nvim.*.0"):
        try:
            found.append((socket.stat().st_mtime, str(socket)))
        except OSError:
            continue
    return max(found)[1] if found else ""
