"""blogq: a static blog generator that holds its author to quality."""

__version__ = "0.1.0"
