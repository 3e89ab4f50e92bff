"""Work on several processors, through `concurrent.futures.Executor` and nothing more.

Each worker is set up once with what its turns need; a turn is a slice of work, and what comes back is small.
Results come in the order of the work, so the number of workers can't show.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")

_state: Any = None


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def start(jobs: int, set_up: Callable[..., Any], *arguments: Any) -> Executor:
    """Return an executor of `jobs` processes, each of which keeps what `set_up(*arguments)` returns."""
    import gc
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forked workers share what the parent has loaded; elsewhere the arguments are pickled once for each.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    gc.collect()
    gc.freeze()
    return ProcessPoolExecutor(jobs, context, _begin, (os.getpid(), set_up, arguments))


def collect_garbage() -> None:
    """Turn the garbage collector on, for work that makes much of it; but not to look every moment."""
    import gc

    gc.set_threshold(20_000, 20, 100)
    gc.enable()


def end_with_parent(parent: int) -> None:
    """Have the system end this process at once when its parent ends, where it can (prctl of Linux)."""
    if sys.platform == "linux":
        import ctypes
        import signal

        death_signal = 1
        ctypes.CDLL(None).prctl(death_signal, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _begin(parent: int, set_up: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Set a worker up; it ends when its parent does, and leaves Ctrl-C to it."""
    import signal
    import threading
    import time

    from blogq.store.lock import forget

    global _state

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    collect_garbage()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forget()
    end_with_parent(parent)
    threading.Thread(target=watch, daemon=True).start()
    _state = set_up(*arguments)


def _turn(work: Callable[[Any, Sequence[Any]], Any], slice_: Sequence[Any]) -> Any:
    return work(_state, slice_)


def in_turns(executor: Executor, work: Callable[[Any, Sequence[T]], R], items: Sequence[T], size: int) -> Iterator[R]:
    """Yield what `work(state, slice)` returns for each slice of `size` items, in order.

    ChildProcessError when a process was killed, as systems do that run out of memory.
    """
    from concurrent.futures import BrokenExecutor

    slices = [items[at : at + size] for at in range(0, len(items), size)]
    futures = [executor.submit(_turn, work, each) for each in slices]
    try:
        for future in futures:
            yield future.result()
    except BrokenExecutor as error:
        raise ChildProcessError("a worker process has ended") from error
    finally:
        for future in futures:
            future.cancel()
