"""Dates, numbers and names by CLDR: English without Babel is Babel's, and no language says what another does."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from blogq.plan import cldr

TAGS = {"en": "en", "en-US": "en_US", "en-GB": "en_GB"}


@pytest.mark.parametrize("tag", TAGS)
def test_english_without_babel_is_babel_s_english(tag: str) -> None:
    """Attack: a short cut that drifts from the library when that is upgraded."""
    locale = Locale.parse(TAGS[tag])
    day = date(2023, 12, 25)
    for _ in range(800):
        assert cldr.day_text(day.year, day.month, day.day, tag) == format_date(day, "long", locale)
        day += timedelta(days=1)
    for month in range(1, 13):
        day = date(2026, month, 1)
        assert cldr.month_name(month, tag) == format_date(day, "LLLL", locale)
        assert cldr.month_and_year(2026, month, tag) == format_skeleton("yMMMM", day, locale=locale)
    assert cldr.year_name(987, tag) == format_skeleton("y", date(987, 1, 1), locale=locale)
    for number in (0, 1, 2, 11, 999, 1000, 123_456, 1_000_000):
        assert cldr.plural_form(number, tag) == locale.plural_form(number)
        assert cldr.number_text(number, tag) == format_decimal(number, locale=locale)
    assert cldr.plural_forms(tag) == {*locale.plural_form.tags, "other"}


def test_english_loads_no_babel() -> None:
    """Its import is a fifth of a small build."""
    code = (
        "import sys; from blogq.plan.cldr import *;"
        "day_text(2026, 3, 1, 'en'), month_and_year(2026, 3, 'en'), number_text(12345, 'en'), plural_form(2, 'en'),"
        "own_name('en'), territory_locale('en'), direction_of('ar');"
        "print('babel' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "False\n"


def test_dates_in_the_languages_of_the_theme() -> None:
    written = {tag: cldr.day_text(2026, 3, 1, tag) for tag in ("de", "es", "fr", "zh", "ja", "ar", "he", "pt-BR", "xx")}
    assert written == {
        "de": "1. März 2026",
        "es": "1 de marzo de 2026",
        "fr": "1 mars 2026",
        "zh": "2026年3月1日",
        "ja": "2026年3月1日",
        "ar": "1 مارس 2026",
        "he": "1 במרץ 2026",
        "pt-BR": "1 de março de 2026",
        "xx": "2026-03-01",
    }
    assert cldr.day_text(2026, 3, 1, "de", "d. MMM y") == "1. März 2026"
    assert cldr.day_text(2026, 3, 1, "en", "medium") == "Mar 1, 2026"


def test_months_of_one_language_are_never_another_s() -> None:
    """Babel resolves aliases in data that its locales share: `ja` after `zh` would have the months of `zh`."""
    tags = ["zh", "ja", "ar", "he", "ko", "ru", "pt-br"]
    wanted = {"zh": "三月", "ja": "3月", "ar": "مارس", "he": "מרץ", "ko": "3월", "ru": "март", "pt-br": "março"}
    for order in (tags, tags[::-1]):
        cldr.locale_of.cache_clear()
        cldr.month_name.cache_clear()
        assert {tag: cldr.month_name(3, tag) for tag in order} == wanted


def test_direction_is_that_of_the_script() -> None:
    odd = [
        name
        for name in localedata.locale_identifiers()
        if cldr.direction_of(name.replace("_", "-")) != Locale.parse(name).text_direction and "Mong" not in name
    ]
    assert odd == []


def test_names_and_territories() -> None:
    assert [cldr.own_name(tag) for tag in ("en", "es", "zh-Hant", "he", "xx")] == [
        "English", "Español", "中文 (繁體)", "עברית", "xx",
    ]  # fmt: skip
    assert cldr.own_name("en") == Locale("en").get_display_name("en")
    found = [cldr.territory_locale(tag) for tag in ("en", "en-GB", "es", "pt-BR", "zh-Hant", "eo", "xx")]
    assert found == ["en_US", "en_GB", "es_ES", "pt_BR", "zh_TW", "", ""]
