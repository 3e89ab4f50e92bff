"""The gate for the whole blog, kept up to date in a process of its own: rules that need more than the post itself.

Nobody waits for it. What it said last is there at once, and whoever listens is told when it has said something new.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from blogq.live.verdicts import Asked, PostTold, Told, told, written

PAUSE = 0.1
"""Seconds from a change until it is judged: the page on screen comes first, and files are saved together."""
TRIES = 4
"""How often in a row the process may end without an answer."""
KEPT = 2
"""Answers that a post stays on the list for when nobody looks at it any more."""
MOST = 64
"""Posts that are asked for at a time."""
DESK = ""
"""In the place of a path: the page that lists what isn't public yet."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from blogq.live.companion import serve; serve()"
"""The child sees the modules that this process sees, and none of the folder it happens to be started in."""


class WholeGate:
    """Asks the process and keeps what it says. Safe to use from several threads."""

    def __init__(self, site: Path, overrides: Mapping[str, Any], now: int | None, jobs: int) -> None:
        """Judge the site in the folder `site`; `overrides` are config values by dotted key.

        `now` is the present in seconds since 1970, None for the system's time.
        """
        self._setting = json.dumps([str(site), dict(overrides), now, jobs]).encode() + b"\n"
        self._changed = threading.Condition()
        self._number = 1
        self._wanted: dict[str, int] = {}
        self._answers = 0
        self._failures = 0
        self._is_interrupted = False
        self._closed = False
        self._started = False
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: Callable[[], None] = lambda: None
        self.latest = Told(0, ())
        """What was said last."""

    def start(self) -> None:
        """Judge from now on."""
        with self._changed:
            if self._started or self._closed:
                return
            self._started = True
        threading.Thread(target=self._run, name="blogq-whole-gate", daemon=True).start()

    def listen(self, listener: Callable[[], None]) -> None:
        """Have `listener` called, in a thread of this gate's, whenever something new was said."""
        self._listener = listener

    def changed(self) -> None:
        """Take note that the site isn't what it was."""
        with self._changed:
            self._number += 1
            # What has broken it may be gone; once is enough to see.
            self._failures = min(self._failures, TRIES - 1)
            self._changed.notify_all()

    def want(self, path: str) -> PostTold | None:
        """Return what was said last of the post at `path`, relative to the site, and ask for what is to be said."""
        with self._changed:
            self._wanted.pop(path, None)
            self._wanted[path] = self._answers
            while len(self._wanted) > MOST:
                del self._wanted[next(iter(self._wanted))]
            self._changed.notify_all()
            return self.latest.posts.get(path)

    def is_current(self, path: str) -> bool:
        """Return whether what was said last of `path` is of the site as it is now."""
        return self.latest.number == self._number and path in self.latest.asked

    def is_asking(self, path: str) -> bool:
        """Return whether something new will be said of `path`."""
        return not self.is_current(path) and not self.problem

    @property
    def problem(self) -> str:
        """Return why nothing is said any more, or something is left out; empty where all is well."""
        if self._failures >= TRIES:
            return "Rules that need the whole blog can't be asked here; `blogq check` says why."
        return self.latest.problem

    @property
    def pid(self) -> int:
        """The process's number; 0 where there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else 0

    def interrupt(self, who: str) -> bool:
        """End the process where it is the one with the number `who`, and return whether it is.

        It holds the store, which the page on screen needs; what it was asked it is asked again.
        """
        with self._changed:
            process = self._process
            if process is None or who != str(process.pid):
                return False
            self._is_interrupted = True
            process.kill()
            return True

    def close(self) -> None:
        """End the process, and judge no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            process = self._process
        if process is not None:
            _end(process)

    def _is_idle(self) -> bool:
        if not self._wanted or self._failures >= TRIES:
            return True
        return self.latest.number == self._number and {*self._wanted} <= {*self.latest.asked}

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or not self._is_idle())
                # What is saved together is judged together.
                self._changed.wait_for(lambda: self._closed, PAUSE)
                if self._closed:
                    return
                question = Asked(self._number, tuple(self._wanted))
            answer = self._answer(question)
            with self._changed:
                if self._closed:
                    return
                if answer is None:
                    self._failures += not self._is_interrupted
                else:
                    self._take(answer)
                self._is_interrupted = False
            self._listener()

    def _take(self, answer: Told) -> None:
        self._failures = 0
        self._answers += 1
        self._wanted = {path: at for path, at in self._wanted.items() if self._answers - at <= KEPT}
        # A post that can't be read for a moment is what was last said of it.
        before = {path: each for path, each in self.latest.posts.items() if path in self._wanted}
        if answer.problem and not answer.posts:
            answer = answer._replace(pace=self.latest.pace, blog=self.latest.blog, unpublished=self.latest.unpublished)
        self.latest = answer._replace(posts={**before, **answer.posts})

    def _answer(self, question: Asked) -> Told | None:
        """Return what the process answers, None where it has ended instead."""
        for fresh in (False, True):
            # One that has grown has ended after its last answer, which is no failure.
            process = self._running(fresh)
            if process is None:
                return None
            assert process.stdin is not None and process.stdout is not None
            with suppress(OSError, ValueError):
                process.stdin.write(written(question))
                process.stdin.flush()
                line = process.stdout.readline()
                if line.endswith(b"\n"):
                    return told(line)
            _end(process)
            if fresh or self._closed or process.returncode != 0:
                return None
        return None

    def _running(self, fresh: bool) -> subprocess.Popen[bytes] | None:
        process = self._process
        if process is not None and process.poll() is None and not fresh:
            return process
        if process is not None:
            _end(process)
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is for the preview, which ends it.
                start_new_session=True,
            )
        except OSError:
            return None
        with self._changed:
            self._process = process
            if self._closed:
                _end(process)
                return None
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.write(self._setting)
            process.stdin.flush()
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process: it does so with its input, and is killed where it doesn't."""
    with suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(OSError):
        if process.stdout is not None:
            process.stdout.close()
