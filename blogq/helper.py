"""One forked process that does small tasks in order, while this one goes on with its own.

For builds too small for a pool of workers, where importing the Markdown reader and the template engine is most of
the work. Where a process can't be forked, the tasks are done when their results are asked for.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar

R = TypeVar("R")

CAN_FORK = sys.platform == "linux"
"""Elsewhere forking is missing or, on macOS, unsafe once system libraries are loaded."""

PIPE = 1 << 15
"""Bytes of tasks that may wait in the pipe: half of what a pipe of Linux holds."""

_state: dict[str, Any] = {}


class Later(Generic[R]):
    """The result of a task that may still be going on."""

    def __init__(self, wait: Callable[[Later[R]], None]) -> None:
        self._wait = wait
        self.done = False
        self.value: Any = None
        self.error: BaseException | None = None

    def result(self) -> R:
        """Wait for the task; return its result, or raise what it raised."""
        if not self.done:
            self._wait(self)
        if self.error is not None:
            raise self.error
        value: R = self.value
        return value


class Helper:
    """A process of its own for tasks: functions of modules, and arguments that can be pickled."""

    def __init__(self) -> None:
        self._queue: list[Later[Any]] = []
        self._unread = 0
        self._process = 0
        if not CAN_FORK:
            return
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            os.close(to_write)
            os.close(from_read)
            _serve(to_read, from_write, parent)
        os.close(to_read)
        os.close(from_write)
        self._tasks = os.fdopen(to_write, "wb")
        self._results = os.fdopen(from_read, "rb")

    def submit(self, function: Callable[..., R], *arguments: Any) -> Later[R]:
        """Have a task done; tasks are done in the order in which they were given."""
        if not self._process:
            return Later(lambda later: _do(later, function, arguments))
        task = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        if self._queue and self._unread + len(task) > PIPE:
            # The helper may be waiting for somebody to read a large result; it reads no task until then.
            self._receive(self._queue[-1])
        later: Later[R] = Later(self._receive)
        self._queue.append(later)
        self._unread += len(task)
        try:
            self._tasks.write(task)
            self._tasks.flush()
        except BrokenPipeError as error:
            raise ChildProcessError("the helper process has ended") from error
        return later

    def _receive(self, wanted: Later[Any]) -> None:
        """Take results until that of `wanted` has come."""
        while not wanted.done:
            try:
                value, error = pickle.load(self._results)
            except (EOFError, pickle.UnpicklingError):
                value, error = None, ChildProcessError("the helper process has ended")
            later = self._queue.pop(0)
            if not self._queue:
                self._unread = 0
            later.value, later.error, later.done = value, error, True

    def close(self) -> None:
        """End the process, whatever it may be doing."""
        if self._process:
            if self._queue:
                os.kill(self._process, signal.SIGKILL)
            try:
                self._tasks.close()
            except OSError:
                pass
            self._results.close()
            os.waitpid(self._process, 0)
            self._process = 0


def _do(later: Later[Any], function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    later.value, later.done = function(*arguments), True


def _serve(tasks: int, results: int, parent: int) -> None:
    """Do tasks until there are no more; never return."""
    from blogq.store.lock import forget
    from blogq.workers import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forget()
    end_with_parent(parent)
    code = 0
    try:
        with os.fdopen(tasks, "rb") as incoming, os.fdopen(results, "wb") as outgoing:
            while True:
                try:
                    function, arguments = pickle.load(incoming)
                except EOFError:
                    break
                answer: tuple[Any, BaseException | None]
                try:
                    answer = (function(*arguments), None)
                except Exception as error:
                    answer = (None, error)
                pickle.dump(answer, outgoing, pickle.HIGHEST_PROTOCOL)
                outgoing.flush()
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def keep(name: str, make: Callable[[], R]) -> R:
    """Return what `make` makes, made once in this process: for what several tasks of a helper share."""
    if name not in _state:
        _state[name] = make()
    kept: R = _state[name]
    return kept
