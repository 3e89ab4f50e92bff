"""One whole process and its descendants, measured: wall, CPU, peak memory. Linux only, as it reads /proc.

- Wall: from just before the process is started until it and all its descendants have ended, so that no work
  can hide behind the clock. Orphans are adopted; one that lives on for seconds is an error.
- CPU: user and system time of every process of the tree, orphans included (wait4).
- Memory of all processes together: the highest sum of proportional set sizes (PSS: a page shared by n
  processes counts 1/n for each). Reading PSS walks page tables, which would slow down what is measured, so
  the cheap sum of resident sizes is sampled at every turn, and PSS is read when that sum has grown by 3 % or
  half a second has passed. Pages shared with unrelated processes (libc, say) count by share as well.
- Memory of the largest process: the kernel's own high-water mark of its resident size.

Sampling costs processor time that a build on all processors misses, and misses the more the more processes it has.
So memory is watched in runs of its own, whose times don't count.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from errors import BenchmarkError

SAMPLE = 0.020
"""Seconds between looks at the process tree; half of that during the first second: short builds end there."""
PSS_GROWTH = 1.03
PSS_INTERVAL = 0.5
LIMIT = 3600.0
"""Seconds after which a build is given up."""
STRAGGLERS = 5.0
"""Seconds that descendants may outlive the process that was started."""
PR_SET_CHILD_SUBREAPER = 36


class Usage(NamedTuple):
    """What one run took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, all processes."""
    memory: int
    """Bytes: the peak of all processes together, as PSS."""
    largest: int
    """Bytes: the peak resident size of the largest single process."""


class _Tree:
    """The processes below one process, and the peaks of their memory."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.memory = self.largest = 0
        self._resident_at_read = 0
        self._read_at = 0.0

    def sample(self) -> None:
        """Look at every process once."""
        pids = tree(self.pid)
        together = 0
        for pid in pids:
            now, high = resident(pid)
            together += now
            self.largest = max(self.largest, high)
        clock = time.perf_counter()
        if together > self._resident_at_read * PSS_GROWTH or clock - self._read_at > PSS_INTERVAL:
            self.memory = max(self.memory, sum(map(_proportional, pids)))
            self._resident_at_read = max(self._resident_at_read, together)
            self._read_at = clock


def tree(pid: int) -> list[int]:
    """Return the process `pid` and all below it."""
    pids = [pid]
    for each in pids:
        try:
            for task in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{task}/children", "rb") as file:
                    pids += map(int, file.read().split())
        except OSError:
            continue
    return pids


def resident(pid: int) -> tuple[int, int]:
    """Return resident size and its high-water mark in bytes; zeros for a process that has ended."""
    found = {b"VmRSS": 0, b"VmHWM": 0}
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            for line in file:
                key, _, value = line.partition(b":")
                if key in found:
                    found[key] = int(value.split()[0]) * 1024
    except OSError:
        pass
    return found[b"VmRSS"], found[b"VmHWM"]


def _proportional(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose own parent ends, so that their CPU time is counted.

    Raises `BenchmarkError` where the system is not a Linux that can do it.
    """
    try:
        done = ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    except (AttributeError, OSError):
        done = False
    if not done or not os.path.exists("/proc/self/smaps_rollup"):
        raise BenchmarkError("the benchmarks need Linux: they read /proc and adopt orphaned processes")


def measure(
    command: tuple[str, ...], folder: Path, environment: dict[str, str], log: Path, watch_memory: bool
) -> Usage:
    """Run `command` in `folder` and return what it took; its output goes to the file `log`.

    `environment` is added to this process's own. Memory is 0 unless `watch_memory`.
     Call `adopt_orphans` once before. Raises `BenchmarkError`,
    with the end of the log, when the command fails, runs past LIMIT or leaves processes behind.
    """
    # A child's ru_maxrss starts at the size of the process that forked it, so it only tells above our own.
    own_high = resident(os.getpid())[1]
    with log.open("wb") as output:
        started = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watched = _Tree(child.pid)
        try:
            _watch(watched, started, watch_memory)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    usages = [used, *_stragglers(child.pid, log)]
    ended = time.perf_counter()
    if child.returncode:
        raise BenchmarkError(f"{_called(command)} failed with status {child.returncode}:\n{_tail(log)}")
    cpu = sum(u.ru_utime + u.ru_stime for u in usages)
    high = max(u.ru_maxrss * 1024 for u in usages)
    largest = max(watched.largest, high if high > own_high else 0)
    return Usage(ended - started, cpu, watched.memory, largest)


def _watch(watched: _Tree, started: float, watch_memory: bool) -> None:
    """Wait until the first process of `watched` has ended; sample its memory when asked to."""
    descriptor = os.pidfd_open(watched.pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while True:
            elapsed = time.perf_counter() - started
            pause = 1.0
            if watch_memory:
                watched.sample()
                pause = SAMPLE if elapsed > 1 else SAMPLE / 2
            if poll.poll(1000 * pause):
                return
            if elapsed > LIMIT:
                raise BenchmarkError(f"a build ran for more than {LIMIT:.0f} s and was stopped")
    finally:
        os.close(descriptor)


def _stragglers(group: int, log: Path) -> list[resource.struct_rusage]:
    """Wait for the orphans that were adopted and return what they used."""
    usages: list[resource.struct_rusage] = []
    deadline = time.monotonic() + STRAGGLERS
    while True:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return usages
        if pid:
            usages.append(used)
        elif time.monotonic() > deadline:
            os.killpg(group, signal.SIGKILL)
            raise BenchmarkError(f"a build left processes running behind it:\n{_tail(log)}")
        else:
            time.sleep(0.001)


def _called(command: tuple[str, ...]) -> str:
    return " ".join((Path(command[0]).name, *command[1:]))


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:]
