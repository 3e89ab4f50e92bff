"""What the Unicode CLDR knows of a language, through Babel: dates, months, numbers and plurals in words, names.

English of the default format needs no Babel, whose import takes some 20 ms and each language some 10 ms more; a test
holds the two to the same answers. Everything is remembered by its arguments: a site has few days and few languages.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale

NAMED_FORMATS = ("long", "medium", "short", "full")
"""Formats of dates that CLDR has in every language; any other is a pattern such as `d. MMMM y`."""
MONTHS = ("January February March April May June July August September October November December").split()

_RTL = frozenset("apc ar arc bal bgn ckb dv fa he iw ks lrc mzn nqo pnb ps rhg sd sdh skr syr trw ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa".split())


def direction_of(tag: str) -> str:
    """Return `rtl` or `ltr` for a language tag: the script decides where the tag names one."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in _RTL_SCRIPTS if script else language in _RTL) else "ltr"


@cache
def locale_of(tag: str) -> Locale | None:
    """Return Babel's locale of a language tag, or of the part of it that Babel knows; None where it knows none."""
    from babel import localedata
    from babel.core import Locale, UnknownLocaleError

    parts = tag.split("-")
    for size in range(len(parts), 0, -1):
        # Babel resolves aliases in place in data that all locales share: the months of one language could come
        # from another that was asked for before. So each is loaded into data of its own.
        localedata._cache.clear()
        try:
            locale = Locale.parse("_".join(parts[:size]))
            if locale is not None and locale.months:
                return locale
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _is_english(tag: str) -> bool:
    return tag in ("en", "en-us", "en-gb")


@lru_cache(maxsize=1 << 16)
def day_text(year: int, month: int, day: int, tag: str, format: str = "long") -> str:
    """Return a day as readers of the language `tag` write it; `2026-03-01` where nothing is known of the language.

    `format` is one of `NAMED_FORMATS` or a pattern (https://unicode.org/reports/tr35/tr35-dates.html).
    """
    tag = tag.lower()
    if format == "long" and _is_english(tag):
        return f"{day} {MONTHS[month - 1]} {year}" if tag == "en-gb" else f"{MONTHS[month - 1]} {day}, {year}"
    locale = locale_of(tag)
    if locale is None:
        return f"{year:04d}-{month:02d}-{day:02d}"
    from babel.dates import format_date

    return format_date(date(year, month, day), format, locale)


@lru_cache(maxsize=4096)
def month_name(month: int, tag: str) -> str:
    """Return the name of a month (1 to 12) as it stands by itself: `March`, `март`; its number where none is known."""
    tag = tag.lower()
    if _is_english(tag):
        return MONTHS[month - 1]
    locale = locale_of(tag)
    return str(locale.months["stand-alone"]["wide"][month]) if locale is not None else f"{month:02d}"


@lru_cache(maxsize=4096)
def month_and_year(year: int, month: int, tag: str) -> str:
    """Return a month with its year: `March 2026`, `marzo de 2026`, `2026年3月`."""
    return _skeleton(year, month, tag.lower(), "yMMMM") or f"{year:04d}-{month:02d}"


@lru_cache(maxsize=4096)
def year_name(year: int, tag: str) -> str:
    """Return a year by itself: `2026`, `2026年`."""
    return _skeleton(year, 1, tag.lower(), "y") or str(year)


def _skeleton(year: int, month: int, tag: str, skeleton: str) -> str:
    if _is_english(tag):
        return str(year) if skeleton == "y" else f"{MONTHS[month - 1]} {year}"
    locale = locale_of(tag)
    if locale is None:
        return ""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, date(year, month, 1), locale=locale)


@lru_cache(maxsize=4096)
def number_text(number: int, tag: str) -> str:
    """Return a whole number with its digits grouped: `12,345`, `12.345`."""
    if -1000 < number < 1000:
        return str(number)
    tag = tag.lower()
    locale = None if _is_english(tag) else locale_of(tag)
    if locale is None:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=locale)


@lru_cache(maxsize=4096)
def plural_form(count: int, tag: str) -> str:
    """Return which of CLDR's forms goes with `count`: `zero one two few many` or `other`."""
    tag = tag.lower()
    locale = None if _is_english(tag) else locale_of(tag)
    if locale is None:
        return "one" if count == 1 else "other"
    return str(locale.plural_form(count))


@cache
def plural_forms(tag: str) -> frozenset[str]:
    """Return all forms that a language has."""
    tag = tag.lower()
    locale = None if _is_english(tag) else locale_of(tag)
    return frozenset(("one", "other")) if locale is None else frozenset((*locale.plural_form.tags, "other"))


@cache
def own_name(tag: str) -> str:
    """Return what a language is called by those who speak it, `Español`; the tag where that isn't known."""
    if tag.lower() == "en":
        return "English"
    locale = locale_of(tag.lower())
    name = (locale.get_display_name() or "") if locale is not None else ""
    return name[:1].upper() + name[1:] or tag


@cache
def territory_locale(tag: str) -> str:
    """Return language and territory as Open Graph writes them, `es_ES`: the likeliest where the tag names none.

    Empty where nothing is known of the language.
    """
    language, *rest = tag.lower().split("-")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    if not territory and language == "en":
        territory = "US"
    if not territory:
        from babel.core import get_global

        likely = get_global("likely_subtags")
        script = next((part.title() for part in rest if len(part) == 4), "")
        found = likely.get(f"{language}_{script}") or likely.get(language) or ""
        territory = found.rpartition("_")[2]
    return f"{language}_{territory}" if territory.isalpha() else ""
