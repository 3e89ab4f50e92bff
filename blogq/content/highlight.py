"""Code blocks in colour: Pygments, with CSS classes only, cached by content and bounded in time.

Some of Pygments' patterns can be made to backtrack for ages. In the main thread an interval timer interrupts them
(CPython's `re` looks at signals); anywhere else a child process does the work and is ended when its time is up.
"""

from __future__ import annotations

import contextlib
import importlib
import signal
import threading
from collections import OrderedDict
from collections.abc import Iterator
from types import FrameType
from typing import Any, Literal, NamedTuple

TIME_LIMIT = 2.0
"""Seconds that one block may take."""
_TIME_TO_START = 30.0
"""Seconds that a child process may take to start."""
_CACHE_CHARACTERS = 16_000_000
"""How much HTML the cache of highlighted blocks holds at most."""
PLAIN = frozenset(
    ("", "text", "txt", "plain", "plaintext", "none", "nohighlight", "no-highlight", "output", "math", "mermaid",
     "ascii", "latex-math", "katex", "dot-diagram", "flowchart", "sequence", "raw")
)  # fmt: skip
"""Languages that are known not to be highlighted: no language at all, or drawn by scripts in the browser."""
_ALSO_CALLED = {
    "cmd": "batch", "conf": "ini", "gitconfig": "ini", "env": "bash", "dotenv": "bash", "terminal": "console",
    "shell-command": "bash", "commandline": "console", "cli": "console", "prompt": "console", "jsonc": "json",
    "json5": "json", "ndjson": "json", "jsonl": "json", "golang": "go", "rs": "rust", "vue": "html", "svelte": "html",
    "astro": "html", "py": "python", "mjs": "javascript", "cjs": "javascript", "patch": "diff", "htm": "html",
    "markup": "html", "proto": "protobuf", "gradle": "groovy", "jinja2": "jinja", "liquid-html": "liquid",
    "hbs": "handlebars", "docker-compose": "yaml", "dockerfile": "docker", "containerfile": "docker",
    "csproj": "xml", "svg": "xml", "rss": "xml", "atom": "xml", "plist": "xml", "webidl": "webidl", "wasm": "wast",
    "zsh": "bash", "fish-shell": "fish", "ps": "powershell", "obj-c": "objective-c", "asm": "gas", "s": "gas",
    "vimscript": "vim", "ansi": "console", "hcl2": "hcl", "opentofu": "terraform", "nginxconf": "nginx",
}  # fmt: skip
"""Names that people use and Pygments doesn't know."""


class Coloured(NamedTuple):
    """A highlighted block, or why it is none."""

    html: str
    """The code as HTML with `<span class>`, or "" where something is wrong."""
    problem: Literal["", "unknown", "slow"] = ""


class _OutOfTime(Exception):
    """The time of a block is up."""


_modules: dict[str, tuple[str, str]] = {}
_lexers: dict[str, Any] = {}
_classes: dict[Any, str] = {}
_cache: OrderedDict[tuple[str, str], Coloured] = OrderedDict()
_cached_characters = 0
_lock = threading.Lock()


def _lexer(language: str) -> Any:
    """Return Pygments' lexer for `language`, None where it has none. Plugins are not looked for: they are slow."""
    if language not in _lexers:
        if not _modules:
            from pygments.lexers._mapping import LEXERS

            for name, (module, _, aliases, _, _) in LEXERS.items():
                for alias in aliases:
                    _modules.setdefault(alias.lower(), (module, name))
        place = _modules.get(language) or _modules.get(_ALSO_CALLED.get(language, ""))
        if place is None:
            _lexers[language] = None
        else:
            lexer = getattr(importlib.import_module(place[0]), place[1])
            _lexers[language] = lexer(stripnl=False, ensurenl=False)
    return _lexers[language]


def known(language: str) -> bool:
    """Tell whether `language` (in lower case) can be highlighted, or is known to be left plain."""
    return language in PLAIN or _lexer(language) is not None


def _css_class(kind: Any) -> str:
    found = _classes.get(kind)
    if found is None:
        from pygments.token import STANDARD_TYPES

        parent = kind
        while parent not in STANDARD_TYPES:
            parent = parent.parent
        found = _classes[kind] = STANDARD_TYPES[parent]
    return found


def _spans(code: str, lexer: Any) -> str:
    """Return `code` as HTML; neighbours of one class share a span, spaces and plain names need none."""
    out: list[str] = []
    run: list[str] = []
    current = ""
    length = 0
    # Some lexers (console) lose a last line that isn't ended.
    ended = code if code.endswith("\n") else code + "\n"
    for kind, value in lexer.get_tokens(ended):
        length += len(value)
        name = _css_class(kind)
        if name in ("w", "n", "p"):
            name = ""
        if name != current:
            _flush(out, run, current)
            current = name
        run.append(value)
    _flush(out, run, current)
    if length != len(ended):
        # A lexer that loses or adds text: the author's text goes before its colours.
        return _escaped(code)
    html = "".join(out)
    if ended is code:
        return html
    return html[: html.rindex("\n")] + html[html.rindex("\n") + 1 :]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _flush(out: list[str], run: list[str], name: str) -> None:
    if run:
        text = _escaped("".join(run))
        out.append(f'<span class="{name}">{text}</span>' if name else text)
        run.clear()


def highlight(code: str, language: str, limit: float = TIME_LIMIT) -> Coloured:
    """Return `code` in colour, `language` being a name in lower case that isn't in `PLAIN`.

    Takes at most `limit` seconds; over that the problem is `slow`. What was highlighted before costs nothing.
    """
    global _cached_characters
    key = (language, code)
    with _lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
            return found
    lexer = _lexer(language)
    if lexer is None:
        return Coloured("", "unknown")
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        try:
            with _alarm(limit):
                result = Coloured(_spans(code, lexer))
        except _OutOfTime:
            result = Coloured("", "slow")
    else:
        result = _child.ask(code, language, limit)
    with _lock:
        _cache[key] = result
        _cached_characters += len(code) + len(result.html)
        while _cached_characters > _CACHE_CHARACTERS and len(_cache) > 1:
            (_, oldest), dropped = _cache.popitem(last=False)
            _cached_characters -= len(oldest) + len(dropped.html)
    return result


@contextlib.contextmanager
def _alarm(limit: float) -> Iterator[None]:
    def ring(signum: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    rest, interval = signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, rest, interval)
        signal.signal(signal.SIGALRM, before)


class _Child:
    """A process that highlights for threads that no timer can interrupt. Started when first asked, and kept."""

    def __init__(self) -> None:
        self._process: Any = None
        self._connection: Any = None
        self._lock = threading.Lock()

    def ask(self, code: str, language: str, limit: float) -> Coloured:
        """Return what `highlight` returns; the child is ended, and started anew next time, when time is up."""
        with self._lock:
            if self._process is None or not self._process.is_alive():
                self._start()
            answer = self._exchange(code, language, limit)
            if answer is None:
                self._process.kill()
                self._process.join()
                self._process = None
                return Coloured("", "slow")
            return Coloured(answer)

    def _start(self) -> None:
        import multiprocessing

        # Spawned, not forked: a fork of a process with threads may inherit a lock that nobody will release.
        spawning = multiprocessing.get_context("spawn")
        self._connection, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._exchange("", "python", _TIME_TO_START)

    def _exchange(self, code: str, language: str, limit: float) -> str | None:
        try:
            self._connection.send((code, language))
            return str(self._connection.recv()) if self._connection.poll(limit) else None
        except (EOFError, OSError):
            return None


_child = _Child()


def _serve(connection: Any) -> None:
    """Answer requests of `_Child` until it hangs up."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            code, language = connection.recv()
            connection.send(_spans(code, _lexer(language)))
