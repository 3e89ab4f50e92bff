"""A terminal that types what the manual says: blogq in this process; of other programs, what is known of them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import NamedTuple

import click
from click.testing import CliRunner

from blogq import __version__
from blogq.cli import cli

ROOT = Path(__file__).parents[2]
SERVED = {("serve",), ("corpus", "update"), ("completion",)}
"""Commands that serve or fetch: their arguments are read as the command would read them, and no more is done."""
LEFT = {"--open", "--external", "--send", "--edit"}
"""Options with which a command would open a browser or an editor, or ask the network: likewise."""


class Outcome(NamedTuple):
    """What came of a command."""

    code: int
    text: str
    """Output and messages, as they came; empty of what was only read."""
    ran: bool


class Unknown(Exception):
    """A program or a form of command that this terminal doesn't know: teach it, or write the page otherwise."""


class Terminal:
    """A folder in which commands are typed, at a moment."""

    def __init__(self, home: Path, now: str) -> None:
        self.home = self.place = home
        self.now = now
        self.shown_as: dict[str, str] = {}

    def type(self, line: str) -> Outcome:
        """Run a command line."""
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            raise Unknown(f"{line}: {error}") from error
        while words and (words[0] == "exec" or re.fullmatch(r"[A-Z_]+=.*", words[0], re.S)):
            words = words[1:]
        for sign in ("|", "&&"):
            if sign in words:
                words = words[: words.index(sign)]
        target = ""
        if ">" in words:
            at = words.index(">")
            target, words = words[at + 1], words[:at]
        if not words:
            return Outcome(0, "", False)
        program = words[0].rpartition("/")[2]
        outcome = self._blogq(words[1:]) if program == "blogq" else self._other(program, words[1:])
        if target and outcome.ran:
            (self.place / target).write_text(outcome.text, encoding="utf-8")
            return outcome._replace(text="")
        return outcome

    def _blogq(self, words: list[str]) -> Outcome:
        name, command, rest = found(words)
        options = {option for each in command.params for option in each.opts if isinstance(each, click.Option)}
        if LEFT & set(rest) or name in SERVED:
            read(words, self.place)
            return Outcome(0, "", False)
        more = [] if "--now" not in options or "--now" in rest else ["--now", self.now]
        more += [] if "--jobs" not in options or "--jobs" in rest else ["--jobs", "1"]
        at = rest.index("--") if "--" in rest else len(rest)
        before = Path.cwd()
        os.chdir(self.place)
        try:
            line = [*name, *rest[:at], *more, *rest[at:]]
            result = CliRunner().invoke(cli, line, prog_name="blogq", terminal_width=100)
        finally:
            os.chdir(before)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, self._alike(result.output), True)

    def _alike(self, text: str) -> str:
        """Return output with what differs from run to run made alike."""
        for old, new in self.shown_as.items():
            text = text.replace(old, new)
        text = text.replace(f"{self.place.resolve()}/", "").replace(str(self.place.resolve()), ".")
        text = text.replace(str(self.home.resolve()), "~")
        text = re.sub(r"\b\d+\.\d\d s\b", "0.00 s", text)
        return re.sub(rf"\bblogq {re.escape(__version__)}\b", "blogq VERSION", text)

    def _other(self, program: str, words: list[str]) -> Outcome:
        if program == "cd":
            self.place = (self.place / words[0]).resolve()
            assert self.place.is_dir(), f"there is no folder {words[0]}"
        elif program == "mkdir":
            for name in words:
                if not name.startswith("-"):
                    (self.place / name).mkdir(parents=True, exist_ok=True)
        elif program == "cp":
            assert words[:1] != ["-r"] or (self.place / words[1]).is_dir(), f"there is no {words[1]}"
            (shutil.copytree if words[0] == "-r" else shutil.copy)(self.place / words[-2], self.place / words[-1])
        elif program == "make":
            targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M)
            unknown = [word for word in words if "=" not in word and word not in targets]
            assert not unknown, f"the Makefile has no {unknown}"
        elif program in ("python", "python3"):
            _check_python(words)
        elif program == "pip":
            _check_pip(words)
        elif program not in ("git", "ssh", "rsync", "export"):
            raise Unknown(program)
        return Outcome(0, "", False)


def found(words: list[str]) -> tuple[tuple[str, ...], click.Command, list[str]]:
    """Return the name of the command that `words` call, the command, and what is left of the words."""
    command: click.Command = cli
    name: tuple[str, ...] = ()
    context = click.Context(cli, info_name="blogq")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(context, words[0])
        assert inner is not None, f"there is no command {' '.join((*name, words[0]))!r}"
        name, command, words = (*name, words[0]), inner, words[1:]
    return name, command, words


def read(words: list[str], place: Path | None = None) -> None:
    """Have the arguments of a command read, as it would read them, and do no more; AssertionError where it can't be."""
    name, command, rest = found(words)
    before = Path.cwd()
    try:
        if place is not None:
            os.chdir(place)
        command.make_context(" ".join(("blogq", *name)), list(rest))
    except click.UsageError as error:
        raise AssertionError(f"blogq {' '.join(words)}: {error.format_message()}") from error
    except click.exceptions.Exit:
        pass
    finally:
        os.chdir(before)


def named(words: list[str]) -> None:
    """Have the command and the options that are named looked up; arguments may be left out, as sentences do."""
    _, command, rest = found([word for word in words if word != "…"])
    options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
    if isinstance(command, click.Group) and command is cli:
        options |= {"--version"}
    said = {word.partition("=")[0] for word in rest if word.startswith("-") and word not in ("-", "--")}
    assert said <= options, f"blogq {' '.join(words)}: there is no {', '.join(sorted(said - options))}"


def _check_python(words: list[str]) -> None:
    """See that a script or a module is there, and that it knows the options."""
    if words[:1] == ["-m"] and words[1] in ("venv", "pip", "http.server"):
        return
    if words[0] == "-m":
        path = ROOT / words[1].replace(".", "/")
        file = path / "__main__.py" if path.is_dir() else path.with_suffix(".py")
        rest = words[2:]
    else:
        file, rest = ROOT / words[0], words[1:]
    assert file.is_file(), f"there is no {file.relative_to(ROOT)}"
    text = "".join(each.read_text(encoding="utf-8") for each in file.parent.glob("*.py"))
    unknown = [word for word in rest if word.startswith("--") and f'"{word.partition("=")[0]}"' not in text]
    assert not unknown, f"{file.relative_to(ROOT)} knows no {unknown}"


def _check_pip(words: list[str]) -> None:
    """See that blogq has the extras that are to be installed."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for word in words:
        for name in re.findall(r"^blogq\[([\w,]+)\]", word):
            assert set(name.split(",")) <= set(extras), f"blogq has no extra {name}"
