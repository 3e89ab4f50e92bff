"""blogq from this checkout as it is once installed: with its modules compiled, as pip leaves them.

Where PYTHONDONTWRITEBYTECODE is set, as in many containers, every run of a checkout compiles half a megabyte of source
first: 0.2 s that nobody waits for who has installed blogq.
"""

from __future__ import annotations

import compileall
import os
from functools import cache

from corpus import ROOT


@cache
def environment() -> dict[str, str]:
    """Return what to add to a process's environment to run blogq from this checkout; compile its modules once."""
    compileall.compile_dir(ROOT / "blogq", quiet=2, workers=1)
    return {"PYTHONPATH": os.fspath(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
