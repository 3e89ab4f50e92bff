"""Editors: which one is chosen, the exact form of its addresses and commands, and what is never run."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from previewed import wait_for

from blogq.config.editors import EDITORS
from blogq.preview.editor import KNOWN, Editor, address, command, editor_of
from blogq.preview.opening import APART, Opening, Places

FILE = "/blogs/ann/My blog/it's #1 & more?.md"
ENCODED = "/blogs/ann/My%20blog/it%27s%20%231%20%26%20more%3F.md"
SITE = Path("/blogs/ann/My blog")


def words(name: str, file: str = FILE, **environment: str) -> list[str]:
    found = command(KNOWN[name], file, 3, 7, environment, lambda program: f"/usr/bin/{program}", SITE)
    assert found is not None
    return found


def test_the_names_are_those_of_the_config() -> None:
    assert tuple(KNOWN) == EDITORS
    assert all(bool(editor.url) != bool(editor.command) for editor in KNOWN.values())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("vscode", f"vscode://file{ENCODED}:3:7"),
        ("vscode-insiders", f"vscode-insiders://file{ENCODED}:3:7"),
        ("vscodium", f"vscodium://file{ENCODED}:3:7"),
        ("cursor", f"cursor://file{ENCODED}:3:7"),
        ("windsurf", f"windsurf://file{ENCODED}:3:7"),
        ("zed", f"zed://file{ENCODED}:3:7"),
        ("textmate", f"txmt://open?url=file://{ENCODED}&line=3&column=7"),
        ("macvim", f"mvim://open?url=file://{ENCODED}&line=3&column=7"),
    ],
)
def test_addresses(name: str, wanted: str) -> None:
    assert address(KNOWN[name], FILE, 3, 7) == wanted


def test_addresses_of_files_on_windows() -> None:
    assert address(KNOWN["vscode"], r"C:\Blog\a b.md", 3, 7) == "vscode://file/C:/Blog/a%20b.md:3:7"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("idea", ["/usr/bin/idea", "--line", "3", "--column", "7", FILE]),
        ("sublime", ["/usr/bin/subl", f"{FILE}:3:7"]),
        ("gvim", ["/usr/bin/gvim", "--remote-silent", "+call setcursorcharpos(3,7)", FILE]),
        ("emacs", ["/usr/bin/emacsclient", "-n", "+3:7", FILE]),
        ("kate", ["/usr/bin/kate", "--line", "3", "--column", "7", FILE]),
        ("gedit", ["/usr/bin/gedit", "+3:7", FILE]),
        ("geany", ["/usr/bin/geany", "--line", "3", "--column", "7", FILE]),
        ("notepad++", ["/usr/bin/notepad++", "-n3", "-c7", FILE]),
    ],
)
def test_commands(name: str, wanted: list[str]) -> None:
    assert words(name) == wanted


def test_a_quote_in_a_name_ends_no_text_of_vims() -> None:
    name = "/blog/a'.system('id').'.md"
    told = "execute('drop ' . fnameescape('/blog/a''.system(''id'').''.md')) . setcursorcharpos(3, 7)"
    assert words("vim", name)[1:] == ["--servername", "VIM", "--remote-expr", told]
    assert words("neovim", name, NVIM="/run/nvim.1.0")[1:] == ["--server", "/run/nvim.1.0", "--remote-expr", told]


def test_a_name_with_braces_is_left_alone() -> None:
    assert words("gedit", "/blog/{line}{file}.md")[-1] == "/blog/{line}{file}.md"


def test_neovim_that_runs_is_found_and_without_one_nothing_is_run(tmp_path: Path) -> None:
    for number in (10, 11):
        (tmp_path / f"nvim.{number}.0").touch()
        time.sleep(0.02)
    assert words("neovim", XDG_RUNTIME_DIR=str(tmp_path))[2] == str(tmp_path / "nvim.11.0")
    assert command(KNOWN["neovim"], FILE, 1, 1, {}, lambda name: f"/usr/bin/{name}", SITE) is None


def test_no_program_of_the_site_is_run(tmp_path: Path) -> None:
    """A repository can hold a file with an editor's name, and PATH may have `.` in it."""
    inside = tmp_path / "site" / "gedit"
    inside.parent.mkdir()
    inside.touch()
    link = tmp_path / "gedit"
    link.symlink_to(inside)
    for found in (inside, link):
        assert command(KNOWN["gedit"], FILE, 1, 1, {}, lambda _, path=found: str(path), tmp_path / "site") is None
    assert command(KNOWN["gedit"], FILE, 1, 1, {}, lambda _: None, tmp_path) is None


@pytest.mark.parametrize(
    ("configured", "environment", "wanted"),
    [
        ("kate", {}, "kate"),
        ("kate", {"BLOGQ_EDITOR": "vscode"}, "vscode"),
        ("kate", {"EDITOR": "code", "TERM_PROGRAM": "vscode"}, "kate"),
        ("none", {"EDITOR": "code", "TERM_PROGRAM": "vscode"}, None),
        ("kate", {"BLOGQ_EDITOR": "none"}, None),
        ("", {}, None),
        ("", {"TERM_PROGRAM": "vscode"}, "vscode"),
        ("", {"TERM_PROGRAM": "vscode", "VSCODE_GIT_ASKPASS_NODE": "/opt/Cursor/cursor"}, "cursor"),
        ("", {"TERM_PROGRAM": "vscode", "VSCODE_GIT_ASKPASS_NODE": "/usr/share/codium/codium"}, "vscodium"),
        ("", {"TERM_PROGRAM": "vscode", "SSH_CONNECTION": "1.2.3.4 5"}, None),
        ("vscode", {"SSH_CONNECTION": "1.2.3.4 5"}, "vscode"),
        ("", {"TERM_PROGRAM": "zed"}, "zed"),
        ("", {"NVIM": "/run/x", "EDITOR": "nvim"}, "neovim"),
        ("", {"INSIDE_EMACS": "28.2,vterm"}, "emacs"),
        ("", {"EDITOR": "code --wait"}, "vscode"),
        ("", {"EDITOR": "vi", "VISUAL": "/usr/bin/emacsclient -c"}, "emacs"),
        ("", {"EDITOR": "kate", "VISUAL": "vim"}, "kate"),
        ("", {"EDITOR": "'"}, None),
        # These run in a terminal, and there is none to run in.
        *(("", {"EDITOR": name}, None) for name in ("vim", "vi", "nvim", "emacs", "nano", "hx", "rm -rf /")),
    ],
)
def test_which_editor_is_chosen(configured: str, environment: dict[str, str], wanted: str | None) -> None:
    found = editor_of(configured, environment)
    assert (found.name if found else None) == wanted


def test_a_command_of_ones_own_is_split_and_no_shell_sees_it() -> None:
    editor = editor_of("vscode", {"BLOGQ_EDITOR": "my 'odd editor' +{line}:{column} {file} ; rm"})
    assert editor is not None
    found = command(editor, FILE, 3, 7, {}, lambda program: f"/bin/{program}", SITE)
    assert found == ["/bin/my", "odd editor", "+3:7", FILE, ";", "rm"]
    bare = editor_of("", {"BLOGQ_EDITOR": "/opt/mine --wait"})
    assert bare is not None and bare.command == ("/opt/mine", "--wait", "{file}")
    with pytest.raises(ValueError, match="BLOGQ_EDITOR can't be read"):
        editor_of("", {"BLOGQ_EDITOR": "my 'editor"})


# Running


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A file, and beside it a program that writes down what it was called with."""
    program = tmp_path / "bin" / "noting"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nfor each in "$@"; do echo "$each"; done > "$0.said"\npwd >> "$0.said"\nexit $FAILS\n'
    )
    program.chmod(0o755)
    (tmp_path / "a.md").write_text("x")
    return tmp_path


def opened(place: Path, asked: object, fails: int = 0, editor: Editor | None = None) -> tuple[int, str]:
    program = place / "bin" / "noting"
    editor = editor or Editor("noting", "", (str(program), "+{line}:{column}", "{file}"), "Mend it.")
    shown = {"a.md": str(place / "a.md"), "n.md": str(place / "a\nb.md")}
    places = Places(editor, lambda path: shown.get(path, ""), place / "site")
    return Opening({"FAILS": str(fails), "PATH": "/usr/bin:/bin"}).open(places, asked)


def test_an_editor_is_run_and_not_in_the_site(place: Path) -> None:
    assert opened(place, {"path": "a.md", "line": 3, "column": 7}) == (204, "")
    said = (place / "bin/noting.said").read_text().splitlines()
    assert said == ["+3:7", str(place / "a.md"), str(Path.home())]


def test_one_that_fails_says_what_to_do(place: Path) -> None:
    status, why = opened(place, {"path": "a.md", "line": 3, "column": 7}, 1)
    assert (status, why) == (502, "noting has failed. Mend it.")
    gone = Editor("gone", "", ("/nowhere/gone", "{file}"), "Install it.")
    assert opened(place, {"path": "a.md", "line": 1, "column": 1}, 0, gone) == (502, "gone can't be run. Install it.")


@pytest.mark.parametrize(
    "asked",
    [
        *(None, [], "a.md", 3, {}, {"path": "a.md"}, {"path": "a.md", "line": 1}),
        *({"path": "a.md", "line": line, "column": 1} for line in (0, -1, True, 1.5, "1", None, 10**9, [1])),
        *({"path": path, "line": 1, "column": 1} for path in (None, 3, [], "b.md", "", "./a.md", "../a.md", "n.md")),
        {"path": "a.md", "line": 1, "column": "1;id"},
    ],
)
def test_what_is_no_place_runs_nothing(place: Path, asked: object) -> None:
    assert opened(place, asked)[0] in (400, 404)
    assert not (place / "bin/noting.said").exists()


def test_not_too_many_are_run(place: Path) -> None:
    editor = Editor("noting", "", (str(place / "bin" / "noting"), "{file}"))
    places = Places(editor, lambda path: str(place / "a.md"), place / "site")
    opening = Opening({"FAILS": "0", "PATH": "/usr/bin:/bin"})
    asked = {"path": "a.md", "line": 1, "column": 1}
    assert opening.open(places, asked)[0] == 204
    assert opening.open(places, asked)[0] == 429
    time.sleep(APART)
    assert opening.open(places, asked)[0] == 204


@pytest.mark.skipif(not shutil.which("nvim"), reason="no Neovim here")
def test_neovim_opens_the_place_in_the_window_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "it's a|b #1.md"
    file.write_text("one\ntwo\nthréé wörd\n")
    socket = tmp_path / "socket"
    running = subprocess.Popen(["nvim", "--headless", "--clean", "-n", "--listen", str(socket)])
    try:
        wait_for(socket.exists)
        environment = {"NVIM": str(socket), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        places = Places(KNOWN["neovim"], lambda path: str(file), tmp_path / "site")
        assert Opening(environment).open(places, {"path": "x", "line": 3, "column": 7}) == (204, "")
        asked = ["nvim", "--server", str(socket), "--remote-expr", "expand('%:p') . line('.') . ':' . charcol('.')"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        assert f"{file}3:7" in told.stdout + told.stderr
    finally:
        running.kill()
        running.wait()


@pytest.mark.skipif(not shutil.which("emacs") or not shutil.which("emacsclient"), reason="no Emacs here")
def test_emacs_opens_the_place_in_the_one_that_runs(tmp_path: Path) -> None:
    file = tmp_path / "it's a|b #1.md"
    file.write_text("one\ntwo\nthréé wörd\n")
    socket = tmp_path / "server"
    start = f'(progn (require (quote server)) (setq server-socket-dir "{tmp_path}") (server-start))'
    running = subprocess.Popen(["emacs", "--fg-daemon", "-Q", "--eval", start], stderr=subprocess.DEVNULL)
    try:
        wait_for(socket.exists)
        environment = {"EMACS_SOCKET_NAME": str(socket), "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)}
        places = Places(KNOWN["emacs"], lambda path: str(file), tmp_path / "site")
        assert Opening(environment).open(places, {"path": "x", "line": 3, "column": 7}) == (204, "")
        where = f'(with-current-buffer "{file.name}" (list (line-number-at-pos) (current-column)))'
        asked = ["emacsclient", "-s", str(socket), "--eval", where]
        assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "(3 6)\n"
    finally:
        running.kill()
        running.wait()
