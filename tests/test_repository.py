"""The house rules, held by tests: layout, imports, codes, and documents that agree with the code."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

import blogq
from blogq.config.schema import Config
from blogq.finding import CODES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "blogq"
MODULES = sorted(PACKAGE.rglob("*.py"))
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]

MAX_LINES = 400
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "manager", "base", "misc"}

FORBIDDEN = [
    *(
        (reader, maker)
        for reader in ("measure", "lint", "originality", "corpora", "cadence", "conversation")
        for maker in ("plan", "render")
    ),
    ("render", "lint"),
    # The preview knows the site as something that answers, and nothing of how it does that.
    *(("preview", maker) for maker in ("plan", "render", "library", "live", "content", "lint")),
    *((maker, "live") for maker in ("content", "library", "plan", "render", "lint")),
]
"""Parts of the package that must not reach each other, not even through a third."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def dotted(path: Path) -> str:
    """Name by which `path` is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(path: Path) -> frozenset[str]:
    """Modules of the package that the file at `path` imports anywhere, also within a function."""
    known = {dotted(module) for module in MODULES}
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            found.add(origin)
            found.update(f"{origin}.{alias.name}" for alias in node.names)
    return frozenset(found & known)


def reachable(start: str) -> set[str]:
    """Modules of the package that are imported once the module `start` is, itself left out."""
    files = {dotted(module): module for module in MODULES}
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in imports(files[waiting.pop()]) - seen:
            seen.add(name)
            waiting.append(name)
    return seen - {start}


def part(name: str) -> str:
    """Part of the package that a dotted name belongs to: `plan` of `blogq.plan.views`."""
    return f"{name}.".split(".")[1]


def strings(path: Path) -> Iterator[str]:
    return (
        node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def kept_files() -> tuple[Path, ...]:
    """Every text file of the repository that is not made by a build or a tool."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        made = {".git", ".venv", ".cache", "_site", ".blogq", "__pycache__", "dist"}
        paths = [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192])


# Modules


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_opens_with_what_it_is_for_and_stays_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines < MAX_LINES, f"{lines} lines: split it"
    if lines:
        assert ast.get_docstring(tree(path)), "no docstring"


def test_module_names_say_something() -> None:
    named = [relative(path) for path in MODULES if NAMES_THAT_SAY_NOTHING & set(dotted(path).split("."))]
    assert named == []


@pytest.mark.parametrize(("reader", "maker"), FORBIDDEN)
def test_import_graph(reader: str, maker: str) -> None:
    wrong = {
        f"{start} reaches {target}"
        for start in map(dotted, MODULES)
        if part(start) == reader
        for target in reachable(start)
        if part(target) == maker
    }
    assert wrong == set()


def test_import_graph_is_seen() -> None:
    assert "blogq.finding" in {name for module in MODULES for name in imports(module)}


ALLOWED = {
    ("blogq/reference.py", "sys.stdout"),
    # A forked process ends without what its parent has registered for its own end.
    ("blogq/helper.py", "os._exit"),
    # Nor does one wait for a thread that reads from it, or for what it is doing while its parent is gone.
    ("blogq/live/companion.py", "os._exit"),
    ("blogq/workers.py", "os._exit"),
}
"""What modules outside the command line may do all the same."""


def test_only_the_command_line_prints_or_exits() -> None:
    wrong = []
    for path in MODULES:
        if part(dotted(path)) == "cli":
            continue
        for node in ast.walk(tree(path)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            exits = isinstance(node, ast.Raise) and node.exc and "SystemExit" in ast.unparse(node.exc)
            used = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if (relative(path), called or used) in ALLOWED:
                continue
            if called in {"print", "exit", "quit", "sys.exit", "os._exit", "click.echo"} or exits:
                wrong.append(f"{relative(path)}:{node.lineno}: {ast.unparse(node)}")
            elif used in {"sys.stdout", "sys.stderr"}:
                wrong.append(f"{relative(path)}:{node.lineno}: {used}")
    assert wrong == []


# Codes


def build_codes_in_use() -> set[str]:
    """Codes in the package's strings: all of them where the build is, none of the gate's own."""
    gate = {"lint", "originality", "cadence"}
    return {
        text
        for path in MODULES
        if path != PACKAGE / "finding.py" and part(dotted(path)) not in gate
        for text in strings(path)
        if re.fullmatch(r"[A-Z]{2}[0-9]{3}", text)
    }


def test_every_code_is_used() -> None:
    assert set(CODES) - build_codes_in_use() == set()


def test_every_code_that_is_used_is_explained() -> None:
    assert build_codes_in_use() - set(CODES) == set()


# Documents


def test_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_documents_link_only_to_what_is_there(path: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]+`", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)}
    local = {target for target in targets if target and not re.match(r"[a-z]+:", target)}
    assert {target for target in local if not (path.parent / target).exists()} == set()


def test_readme_shows_options_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    samples = re.findall(r"^```yaml\n(# blogq\.yaml\n.*?)^```", text, flags=re.M | re.S)
    assert samples
    known = {option.name for option in dataclasses.fields(Config)}
    for sample in samples:
        assert set(yaml.safe_load(sample)) <= known


def test_readme_lists_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "blogq", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^  ([a-z]+)(?:  |$)", shown.partition("Begin:")[2], flags=re.M))
    assert commands
    assert set(re.findall(r"^\| `blogq ([a-z]+)", text, flags=re.M)) == commands


def test_changelog_has_the_current_version() -> None:
    assert f"## [{blogq.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_nothing_depends_on_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.:/-])[/](work/(main|shared)|tmp/|root/|home/[a-z]+/|Users/[a-z])")
    found = [
        f"{relative(path)}:{number}: {line.strip()[:100]}"
        for path in kept_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_every_text_file_ends_with_a_newline_and_has_no_blanks_at_line_ends() -> None:
    checked = {".py", ".yaml", ".toml", ".sh", ".css", ".html"}
    ragged = [
        relative(path)
        for path in kept_files()
        if path.suffix in checked and "tests/fixtures" not in relative(path)
        for data in [path.read_bytes()]
        if data and (not data.endswith(b"\n") or re.search(rb"[ \t]+$", data, flags=re.M))
    ]
    assert ragged == []


@pytest.mark.parametrize("path", sorted((ROOT / "blogq").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_group_is_repeated_possessively(path: Path) -> None:
    """Before Python 3.11.5 `(?:…)*+` matches wrongly (CPython gh-106052); `(?>(?:…)*)` says the same and is right."""
    source = path.read_text(encoding="utf-8")
    for literal in re.findall(r"""\brf?("{3}.*?"{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""", source, re.DOTALL):
        # Escapes and sets of characters can hold anything.
        bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", re.sub(r"\\.", "x", literal))
        assert not re.search(r"\)(?:[*+?]|\{\{?\d*,?\d*\}?\})\+", bare), literal
