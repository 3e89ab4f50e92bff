"""The process beside a preview that judges the whole blog: reads requests from standard input, answers line by line.

The first line says what to judge, as JSON: the site, config values by dotted key, the present (null for the system's
time), and how many processes to work with. Then comes one request a line, and one answer goes out for each. The
process ends when its input does, whatever it is doing, and by itself after an answer when it has grown.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from blogq.live.verdicts import asked, judge_all, written
from blogq.live.word_caches import WordCaches

NICE = 10
"""How far it stands back: what is done for the page on screen comes first."""
SETTLED = 5
"""Answers after which all that is needed has been loaded."""
GROWN = 1.3
"""How many times the memory that it then had makes it end, to be started anew."""
SPARE = 32 << 20
"""Bytes besides."""


def serve() -> None:
    """Answer until standard input ends."""
    requests, answers = os.dup(0), os.fdopen(os.dup(1), "wb")
    # Whatever a plugin prints is no answer. And workers close their standard input, which they couldn't while a thread
    # that they know nothing of is reading from it.
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        os.nice(NICE)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, lines), daemon=True).start()
    site, overrides, now, jobs = json.loads(lines.get())
    caches = WordCaches()
    least = 0
    count = 0
    while True:
        question = asked(lines.get())
        present = int(time.time()) if now is None else int(now)
        answer = written(judge_all(Path(site), overrides, present, question, jobs))
        answers.write(answer)
        answers.flush()
        caches.used()
        count += 1
        if count == SETTLED:
            least = resident()
        elif count > SETTLED and resident() > least * GROWN + SPARE:
            # At once: the other thread is reading.
            os._exit(0)


def _read(requests: int, lines: queue.SimpleQueue[bytes]) -> None:
    """Take in requests from a file descriptor; end the process with its input."""
    with open(requests, "rb", buffering=0) as incoming:
        for line in incoming:
            lines.put(line)
    os._exit(0)


def resident() -> int:
    """Return the bytes of memory that this process holds; 0 where the system doesn't tell."""
    with suppress(OSError, ValueError, AttributeError):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
