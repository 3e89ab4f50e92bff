"""What a value of the config must be beyond its type: one check per option, for the loader and for editors alike.

A check knows its limits as a part of a JSON Schema too (blogq/config/json_schema.py), so that an editor and
`blogq build` can't disagree about them. Where JSON Schema can't say it all, its part is the looser one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from blogq.config.editors import EDITORS, NO_EDITOR

Complaint = tuple[str, str] | None
"""What is wrong with a value and what to do about it."""

_PARTS = frozenset(("year", "month", "day", "slug", "title", "filename", "folder", "section"))
"""What a permalink pattern can name."""
_TELLING = ("slug", "title", "filename")
"""Those of them that tell one post from another."""
_BASE_URL = r"https?://(?:\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::\d{1,5})?(?:/[^?#\s\\\x00-\x20\x7f-\x9f]*)?"
_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}"
_RELATIONS = ("me", "nofollow", "me nofollow", "nofollow me")
_DATE_FIELDS = "GyYMLdEecwWDQq"
"""Letters that stand for a part of a date in patterns of Unicode's."""
_UNSAFE_SCHEMES = ("javascript", "vbscript", "data", "blob", "file")


class Check(NamedTuple):
    """What a value must be."""

    complaint: Callable[[Any], Complaint]
    schema: Mapping[str, Any] = MappingProxyType({})
    """The same as keywords of JSON Schema, as far as they can say it; patterns are those of ECMA-262."""

    def __call__(self, value: Any) -> Complaint:
        """Return what is wrong with `value`, or None."""
        return self.complaint(value)


def _base_url(url: str) -> Complaint:
    if re.fullmatch(_BASE_URL, url, re.IGNORECASE):
        return None
    return "is not the address of a site", "Write it as https://example.org/ or with a subpath."


def _timezone(name: str) -> Complaint:
    if name == "UTC":
        return None
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from difflib import get_close_matches

        zones = {zone.rpartition("/")[2].lower(): zone for zone in sorted(available_timezones())}
        tail = name.rpartition("/")[2].lower().replace(" ", "_")[:40]
        near = [zones[match] for match in get_close_matches(tail, zones, 3, 0.7)]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Write it as Europe/Berlin, or UTC."
        return "is no time zone", hint
    return None


def _language(tag: str) -> Complaint:
    return None if re.fullmatch(_LANGUAGE, tag) else ("is no language tag", "Write a tag such as en, pt-BR or zh-Hant.")


def _audience(text: str) -> Complaint:
    from blogq.content.audience import FORMS, audience_of

    return None if not text or audience_of(text) else ("is no audience", f"Write {FORMS}.")


def _folder(name: str) -> Complaint:
    odd = re.search(r"[\\:*?\"<>|\x00-\x1f\x7f]", name)
    if not odd and not {"", ".."} & set(name.rstrip("/").split("/")):
        return None
    return "is no folder below the site's", "Write a name such as _site, without `..` and no `/` before it."


def _output(name: str) -> Complaint:
    if not name.strip("./"):
        return "can't be the site's own folder", "Write a name such as _site."
    return _folder(name)


def _url_folder(name: str) -> Complaint:
    from blogq.library.permalinks import impossible

    folder = name.strip("/")
    why = impossible(f"/{folder}/")
    if folder and why and _folder(folder) is None:
        return f"can't be part of an address: {why}", "Write a name such as topics."
    return _folder(folder) if name else None


def _permalink(pattern: str) -> Complaint:
    parts = re.findall(r":(\w+)", pattern)
    if wrong := [part for part in parts if part not in _PARTS]:
        return f"has the unknown part :{wrong[0]}", "Known: " + " ".join(f":{p}" for p in sorted(_PARTS)) + "."
    if not {*_TELLING} & set(parts):
        return "would give all posts one address", "Put :slug into it, as in /:year/:slug/."
    if re.search(r"[\\?#\s]|(?:^|/)\.\.?(?:/|$)", pattern):
        return "has characters that an address can't have there", "Write it as /:year/:month/:slug/."
    return None


def _taxonomy(name: str) -> Complaint:
    return (
        None if re.fullmatch(r"\w[\w.-]*", name) else ("is no name for a taxonomy", "Write one word, such as topics.")
    )


def _between(low: int, high: int) -> Check:
    def complaint(number: int) -> Complaint:
        return None if low <= number <= high else ("is out of range", f"Write a number from {low} to {high}.")

    return Check(complaint, {"minimum": low, "maximum": high})


def _one_of(*words: str) -> Check:
    def complaint(word: str) -> Complaint:
        return None if word in words else ("is unknown here", f"Write one of: {', '.join(words)}.")

    return Check(complaint, {"enum": [*words]})


def _one_word(what: str, pattern: str) -> Check:
    def complaint(name: str) -> Complaint:
        return None if re.fullmatch(pattern, name) else (f"is no name for a {what}", "Write one word, such as live.")

    return Check(complaint, {"pattern": f"^{pattern}$"})


def _theme(name: str) -> Complaint:
    return (
        None
        if re.fullmatch(r"\w[\w.-]*", name)
        else ("is no theme's name", "Write the name of a folder below themes/.")
    )


def _sizes(text: str) -> Complaint:
    if text and not re.search(r"[<>\"&;{}\\]", text):
        return None
    return "is no list of sizes", "Write it as HTML does: (min-width: 48rem) 44rem, 94vw."


def _address(url: str) -> Complaint:
    if re.match(rf"(?:{'|'.join(_UNSAFE_SCHEMES)}):", re.sub(r"[\x00-\x20]", "", url), re.IGNORECASE):
        return "is no address to link to", "Write a web address, a path on the site or a source's name."
    return None


def _date_format(format: str) -> Complaint:
    if format in ("long", "medium", "short", "full"):
        return None
    hint = "Write long, medium, short or full, or a pattern such as d. MMMM y, words of its own in quotes: d 'de' MMMM."
    bare = re.sub(r"'[^']*'", "", format)
    if "'" in bare:
        return "has a quote that is opened and never closed", hint
    fields = re.findall(r"([A-Za-z])\1*", bare)
    if wrong := [letter for letter in fields if letter not in _DATE_FIELDS]:
        return f"is no pattern of a date: {wrong[0]} stands for nothing there", hint
    if word := re.search(r"[a-z]*([a-z])(?!\1)[a-z]+", bare):
        return f"has the word {word[0]!r} in it, of which each letter would be taken for a field", hint
    return None if fields else ("names neither day, month nor year", hint)


def any_case(word: str) -> str:
    """Return a pattern that matches `word` in capitals or not, for patterns that have no flags."""
    return "".join(f"[{c.upper()}{c}]" if c.isalpha() else re.escape(c) for c in word.lower())


_FOLDER = {"pattern": r"""^(?!/)(?!.*//)(?!(?:.*/)?\.\.(?:/|$))[^\\:*?"<>|]+$"""}
_PERMALINK = {
    "pattern": rf"^(?!.*:(?!(?:{'|'.join(sorted(_PARTS))})(?!\w))\w)(?=.*:(?:{'|'.join(_TELLING)}))[^\\?#\s]*$"
}
_LINK = {"pattern": rf"^(?!\s*(?:{'|'.join(map(any_case, _UNSAFE_SCHEMES))}):)"}
_AUDIENCES = "|".join(map(any_case, ("general", "professional", "expert")))
AUDIENCE = rf"^(?:\s*(?:{_AUDIENCES}|\d{{1,3}}\s*[-–]\s*\d{{1,3}})\s*)?$"
_DATE_PATTERN = {"pattern": rf"^(?:long|medium|short|full|(?:[^A-Za-z']|'[^']*'|[{_DATE_FIELDS}])*)$"}


def _header_path(path: str) -> Complaint:
    if re.fullmatch(r"/[^\s\x00-\x20\x7f]*|https://[^\s\x00-\x20\x7f]+", path):
        return None
    return "is no path of the site", "Write one that begins with a slash, such as /* for all."


def _header_name(name: str) -> Complaint:
    return (
        None
        if re.fullmatch(r"!? ?[A-Za-z0-9!#$%&'*+.^_`|~-]+", name)
        else ("is no header's name", "Write X-Frame-Options.")
    )


def _header_value(value: str) -> Complaint:
    return ("holds a line break", "Write it in one line.") if re.search(r"[\x00-\x1f\x7f]", value) else None


def _phrase(words: str) -> Complaint:
    if words and len(words) <= 100:
        return None
    return "is no word or phrase", "Write one, of at most 100 characters."


def _corpus(name: str) -> Complaint:
    if re.fullmatch(CORPUS_NAME, name):
        return None
    return "is no name for a corpus", "Write letters, digits, - and _, 64 at most."


def _corpus_path(path: str) -> Complaint:
    if path.startswith("~"):
        return "is no path: ~ stands for nothing here", "Write it in full, or from the site's folder on."
    return None


def _web_address(url: str) -> Complaint:
    if re.fullmatch(WEB_ADDRESS, url):
        return None
    return "is no address of the web", "Write it as https://example.org/feed.xml."


def _repository(name: str) -> Complaint:
    return None if re.fullmatch(f"(?:{_REPOSITORY})?", name) else ("is no repository", "Write it as owner/name.")


_REPOSITORY = r"[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}"
CORPUS_NAME = r"[A-Za-z0-9_-]{1,64}"
WEB_ADDRESS = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@\x00-\x20]+(?:[/?][^\s\x00-\x20\x7f]*)?"

CHECKS: dict[str, Check | Callable[[Any], Complaint]] = {
    "base_url": Check(_base_url, {"pattern": f"^{_BASE_URL.replace('https', any_case('https'))}$"}),
    "audience": Check(_audience, {"pattern": AUDIENCE}),
    "timezone": Check(_timezone, {"format": "time-zone"}),
    "language": Check(_language, {"pattern": f"^{_LANGUAGE}$"}),
    "languages{}": Check(_language, {"pattern": f"^{_LANGUAGE}$"}),
    "content": lambda name: None if name in (".", "./", "") else _folder(name),
    "output": Check(_output, {"pattern": f"^(?=.*[^./]){_FOLDER['pattern'][1:]}"}),
    "theme": Check(_theme, {"pattern": r"^[^\s/\\.][^\s/\\]*$"}),
    "permalinks.*": Check(_permalink, _PERMALINK),
    "taxonomies{}": Check(_taxonomy, {"pattern": r"^[^\s/\\.][^\s/\\]*$"}),
    "taxonomies.*.path": _url_folder,
    "urls": _one_of("pretty", "html"),
    "headers{}": _header_path,
    "headers.*{}": _header_name,
    "headers.*.*": _header_value,
    "publish": _one_of("all", "gate"),
    "posts_json": _one_of("none", "summary", "full"),
    "pagination.size": _between(1, 1000),
    "related": _between(0, 20),
    "pagination.path": _url_folder,
    "feeds.limit": _between(1, 1000),
    "feeds.formats[]": _one_of("rss", "atom", "json"),
    "feeds.content": _one_of("full", "summary"),
    "images.widths[]": _between(16, 8192),
    "images.formats[]": _one_of("avif", "webp"),
    "images.quality.avif": _between(1, 100),
    "images.quality.webp": _between(1, 100),
    "images.quality.jpeg": _between(1, 100),
    "images.sizes": _sizes,
    "authors.*.url": Check(_address, _LINK),
    "authors.*.avatar": Check(_address, _LINK),
    "authors.*.profiles[].url": Check(_address, _LINK),
    "authors.*.profiles[].rel": _one_of(*_RELATIONS),
    "dates": _one_of("git", ""),
    "editor": _one_of(*EDITORS, NO_EDITOR, ""),
    "defaults[].type": _one_of("posts", "pages", "drafts", ""),
    "menu[].url": Check(_address, _LINK),
    "menus.*[].url": Check(_address, _LINK),
    "date_format": Check(_date_format, _DATE_PATTERN),
    "languages.*.content": lambda name: _folder(name) if name else None,
    "languages.*.menu[].url": Check(_address, _LINK),
    "languages.*.taxonomies.*.path": _url_folder,
    "languages.*.date_format": Check(_date_format, _DATE_PATTERN),
    "languages.*.direction": _one_of("ltr", "rtl"),
    "profiles[].url": Check(_address, _LINK),
    "profiles[].rel": _one_of(*_RELATIONS),
    "corpora{}": Check(_corpus, {"pattern": f"^{CORPUS_NAME}$"}),
    "corpora.*.path": _corpus_path,
    "corpora.*.type": _one_of("texts", "site", "feed", "sitemap", "wordpress", ""),
    "corpora.*.url": Check(_web_address, {"pattern": f"^{WEB_ADDRESS}$"}),
    "comments.sources[].path": _corpus_path,
    "comments.sources[].type": _one_of("folder", "wordpress", "isso", "webmentions", "mastodon", ""),
    "comments.form": _one_of("none", "isso", "staticman"),
    "comments.url": Check(lambda url: _web_address(url) if url else None, {"pattern": f"^(?:{WEB_ADDRESS})?$"}),
    "comments.webmention": Check(lambda url: _web_address(url) if url else None, {"pattern": f"^(?:{WEB_ADDRESS})?$"}),
    "comments.capacity": _between(0, 10_000),
    "comments.embed.type": _one_of("giscus", "utterances", ""),
    "comments.embed.repo": Check(_repository, {"pattern": f"^(?:{_REPOSITORY})?$"}),
    "channels[].url": Check(_address, _LINK),
    "channels[].rel": _one_of(*_RELATIONS),
    "channels[].capacity": _between(0, 10_000),
    "deploy{}": _one_word("target", r"[\w.-]{1,64}"),
    "deploy.*.type": _one_of("folder", "git", "rsync", "store", ""),
    "deploy.*.port": _between(0, 65535),
    "style[].words[]": Check(_phrase, {"minLength": 1, "maxLength": 100}),
    "style[].swap{}": Check(_phrase, {"minLength": 1, "maxLength": 100}),
    "style[].pattern": Check(lambda _: None, {"maxLength": 1000}),
    "style[].severity": _one_of("error", "warning", "note"),
    "style[].exceptions[]": Check(_phrase, {"minLength": 1, "maxLength": 100}),
    "style[].at_most": _between(0, 1000),
    "style[].languages[]": Check(_language, {"pattern": f"^{_LANGUAGE}$"}),
    "style[].scope[]": _one_of("text", "headings", "title"),
}
"""What a value must be beyond its type, by its option; `*` stands for a name, `{}` is that name itself,
`[]` stands for an entry of a list."""
