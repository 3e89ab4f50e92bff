"""Filters for templates."""

from __future__ import annotations


def initials(name: str) -> str:
    """Return the initials of a name: `Ada Lovelace` → `A. L.`"""
    return " ".join(f"{word[0]}." for word in name.split())
