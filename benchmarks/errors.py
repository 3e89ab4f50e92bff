"""What stops a benchmark, in words that the person who started it can act on."""

from __future__ import annotations


class BenchmarkError(Exception):
    """A benchmark can't go on, or what it built is wrong; the text says why and what to do."""
