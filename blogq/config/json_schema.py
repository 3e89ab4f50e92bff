"""The config as a JSON Schema (2020-12), for editors: they complete options, explain them and mark mistakes.

Made from the types, defaults and docstrings of schema.py and the limits of checks.py, as the loader reads them; so
it takes every form that the loader takes, but for numbers in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from typing import Any, get_args, get_origin

from blogq import __version__
from blogq.config import schema
from blogq.config.checks import AUDIENCE, CHECKS, Check, any_case
from blogq.config.forms import SHORT, TRUTHS
from blogq.config.option_types import types_of
from blogq.config.schema import Config, MenuItem, Profile

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TRUE_OR_FALSE = {
    "anyOf": [
        {"type": ["boolean", "null"]},
        {"type": "string", "pattern": f"^(?:{'|'.join(map(any_case, TRUTHS))})$"},
    ]
}
_TEXT = ["string", "number", "boolean", "null"]
"""What can stand where a text is wanted: the title `3.10` is one."""

Schema = dict[str, Any]

_DATE = {"type": ["string", "number", "null"]}
_LABELS = {"type": ["array", "string", "number", "null"], "items": {"type": ["string", "number"]}}
_FRONT_MATTER: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "title": ({"type": _TEXT}, "Title of the post; its first heading where it is left out."),
    "date": (_DATE, "When it is from, such as 2026-03-01 or 2026-03-01 09:30. A source with a date is a post."),
    "updated": (_DATE, "When it was last changed in a way that readers should know of."),
    "publish": (_DATE, "When it goes online, where that is another moment than `date`."),
    "expiry": (_DATE, "When it goes offline: the first moment at which it is gone."),
    "draft": (_TRUE_OR_FALSE, "Keeps it back until this is false or gone."),
    "unlisted": (_TRUE_OR_FALSE, "Published at its address, but in no list, feed or sitemap."),
    "slug": ({"type": _TEXT}, "The last part of its address; the file's name where it is left out."),
    "permalink": ({"type": _TEXT}, "Its whole path on the site, such as /about/us/, or a pattern: /:year/:slug/."),
    "replaces": (
        {"type": ["array", "string", "null"], "items": {"type": "string"}},
        "Posts whose text it takes up on purpose: paths of sources, slugs or addresses.",
    ),
    "aliases": ({"type": ["array", "string", "null"], "items": {"type": "string"}}, "Old paths, which lead to it."),
    "redirect_to": ({"type": ["string", "null"]}, "Address or path that its page sends readers on to."),
    "weight": ({"type": ["integer", "null"]}, "Order among the pages of a section: light ones come first."),
    "series_order": ({"type": ["integer", "null"]}, "Which part of its series it is; by date where it is left out."),
    "pinned": (_TRUE_OR_FALSE, "Stands before the other posts on the home page and in its sections."),
    "menu": ({"type": ["string", "array", "object", "null"]}, "Menus that it stands in: names, or a mapping."),
    "cascade": ({"type": ["object", "array", "null"]}, "In an _index.md: front matter for all that is below it."),
    "language": ({"type": ["string", "null"]}, "Language of its text, where it isn't that of the site or file name."),
    "layout": ({"type": _TEXT}, "Name of a template in templates/layouts/ that shows it."),
    "summary": ({"type": _TEXT}, "What lists show of it; its beginning where it is left out."),
    "description": ({"type": _TEXT}, "What search engines show of it, in a sentence or two."),
    "audience": (
        {"anyOf": [{"type": "null"}, {"type": "string", "pattern": AUDIENCE}]},
        "Whom it is written for: general, professional, expert, or a range of ease such as 40-60.",
    ),
    "image": ({"type": ["string", "object", "array", "null"]}, "A picture that stands for it where it is shared."),
    "extra": ({"type": ["object", "null"]}, "Anything else that templates of the site's own want to know."),
}
"""The keys of front matter that are blogq's own words, without those of other generators for the same."""


def front_matter_schema(taxonomies: tuple[str, ...]) -> Schema:
    """Return the schema of a post's front matter in a site with `taxonomies`; keys that it doesn't know are let be."""
    labels = {name: {"description": f"Terms of the taxonomy `{name}`.", **_LABELS} for name in taxonomies}
    return {
        "$schema": DIALECT,
        "$comment": f"Made by `blogq config --schema=front-matter` of blogq {__version__}.",
        "title": "Front matter",
        "description": "What stands above the text of a post. A key that isn't listed is the site's own.",
        "type": ["object", "null"],
        "properties": {name: {"description": text, **kind} for name, (kind, text) in _FRONT_MATTER.items()} | labels,
    }


def config_schema(theme_options: Mapping[str, Mapping[str, Any]], themes: tuple[str, ...] = ()) -> Schema:
    """Return the schema of `blogq.yaml`.

    `theme_options` are those that the site's theme declares, as in its theme.yaml; `themes` the names of the themes
    that there are, for completion.
    """
    maker = _Maker()
    made = maker.record(Config, "")
    options = made["properties"]
    if theme_options:
        options["theme_options"] |= {
            "properties": {name: _theme_option(about) for name, about in theme_options.items()},
            "additionalProperties": False,
        }
    if themes:
        options["theme"]["examples"] = [*themes]
    return {
        "$schema": DIALECT,
        "$comment": f"Made by `blogq config --schema` of blogq {__version__}.",
        "title": "blogq.yaml",
        **made,
        "type": ["object", "null"],
        "$defs": maker.definitions,
    }


def _theme_option(about: Mapping[str, Any]) -> Schema:
    """Return the schema of one option that a theme declares."""
    kind = about.get("type")
    found: Schema = {"description": str(about.get("help", "")), "default": about.get("default")}
    if kind == "choice" and isinstance(about.get("choices"), list):
        return found | {"enum": about["choices"]}
    # Colours have too many forms for a pattern that people could make sense of.
    return found | {"type": {"boolean": "boolean", "integer": "integer"}.get(str(kind), "string")}


class _Maker:
    """Makes schemas of types; the classes of the config become definitions."""

    def __init__(self) -> None:
        from blogq.reference import classes

        self.classes = classes(schema)
        self.definitions: dict[str, Schema] = {}

    def record(self, kind: Any, pattern: str) -> Schema:
        """Return the schema of a mapping with the fields of the dataclass `kind`."""
        about, described = self.classes[kind.__name__]
        texts = {each.name: " ".join(each.text.split()) for each in described}
        types = types_of(kind)
        properties: dict[str, Schema] = {}
        for field in fields(kind):
            inner = f"{pattern}.{field.name}" if pattern else field.name
            made = {"description": texts[field.name], **self.value(types[field.name], inner)}
            default = _default(field)
            properties[field.name] = made if default is None else made | {"default": default}
        return {"description": about, "type": "object", "properties": properties, "additionalProperties": False}

    def value(self, kind: Any, pattern: str) -> Schema:
        """Return the schema of a value of the type `kind`; nothing at all is always one, and means the default."""
        origin = get_origin(kind)
        if origin is dict:
            return self.entries(get_args(kind)[1], pattern)
        if origin is tuple:
            return self.items(get_args(kind)[0], pattern)
        if is_dataclass(kind):
            return {"anyOf": [self.reference(kind, pattern), *self.short_forms(kind, pattern), {"type": "null"}]}
        check = CHECKS.get(pattern.replace(".children[]", ""))
        limits = dict(check.schema) if isinstance(check, Check) else {}
        if kind is bool:
            return _TRUE_OR_FALSE
        if kind is int:
            return {"type": ["integer", "null"], **limits}
        if limits.get("format") == "time-zone":
            from zoneinfo import available_timezones

            return {"enum": [*sorted(available_timezones()), None]}
        if "enum" in limits:
            return {"enum": [*limits["enum"], None]}
        return {"type": _TEXT, **limits}

    def reference(self, kind: Any, pattern: str) -> Schema:
        """Return a reference to the definition of `kind`, which is made when it isn't there yet."""
        name = kind.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.record(kind, pattern)
        return {"$ref": f"#/$defs/{name}"}

    def short_forms(self, kind: Any, pattern: str) -> list[Schema]:
        """Return what can stand for a mapping: one text, or `title: address`."""
        found: list[Schema] = []
        if kind.__name__ in SHORT:
            short = self.value(str, f"{pattern}.{SHORT[kind.__name__]}")
            found.append(short | {"type": ["string", "number", "boolean"]})
        if kind in (MenuItem, Profile):
            # A key that is an option's name makes it the full form, which the definition judges.
            address = self.value(str, f"{pattern}.url")
            known = {field.name: False for field in fields(kind)}
            pair: Schema = {"type": "object", "minProperties": 1, "maxProperties": 1}
            found.append(pair | {"properties": known, "additionalProperties": address})
        return found

    def items(self, kind: Any, pattern: str) -> Schema:
        """Return the schema of a list, for which a single entry can stand too."""
        item = self.value(kind, f"{pattern}[]")
        forms = [{"type": "array", "items": item}, item]
        if kind in (MenuItem, Profile):
            address = self.value(str, f"{pattern}[].url")
            known = {field.name: False for field in fields(kind)}
            forms.append({"type": "object", "properties": known, "additionalProperties": address})
        return {"anyOf": forms}

    def entries(self, kind: Any, pattern: str) -> Schema:
        """Return the schema of a mapping from names to values."""
        made: Schema = {"type": ["object", "null"]}
        if kind is Any:
            return made
        made["additionalProperties"] = self.value(kind, f"{pattern}.*")
        check = CHECKS.get(f"{pattern}{{}}")
        if isinstance(check, Check) and check.schema:
            made["propertyNames"] = dict(check.schema)
        if not is_dataclass(kind):
            return made
        names: Schema = {"type": "array", "items": {"type": ["string", "number"], **made.get("propertyNames", {})}}
        return {"anyOf": [made, names]}


def _default(field: Field[Any]) -> Any:
    """Return the default of a field as JSON has it, or None where it tells nothing: empty, or options of their own."""
    value = field.default_factory() if field.default_factory is not MISSING else field.default
    if is_dataclass(value):
        return None
    if isinstance(value, dict):
        return {key: {} if is_dataclass(each) else each for key, each in value.items()} or None
    if isinstance(value, tuple):
        return [asdict(each) if is_dataclass(each) and not isinstance(each, type) else each for each in value] or None
    return None if value == "" else value
