"""The texts that a theme itself says, in one language: what templates call `t`.

They stand in `locales/LANG.yaml` of the site, the theme and its parents. A text is taken from the language's own files,
else from those of the language that it is a kind of (`pt` for `pt-br`), of the site's own language, of English; within
each language the site's file comes before the theme's. Words that stand alone are items of a dictionary, which is what
makes some twenty of them a page cheap; only texts with values in them are put together when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from blogq.collect import Unreadable, read_file
from blogq.pattern import Pattern
from blogq.plan.cldr import number_text, plural_form
from blogq.plan.frozen import Frozen
from blogq.render.files import LOCALES, Found
from blogq.yaml_document import Codes, Scalar, parse_yaml
from blogq.yaml_document import Mapping as Table

if TYPE_CHECKING:
    from blogq.finding import Finding
    from blogq.render.environment import Environment

PLACEHOLDER = Pattern(r"\{([A-Za-z_]\w*)\}")
"""Where a value goes in a text: `{count}`."""
LAST = "en"
"""The language that every theme has texts in."""
LARGEST = 1 << 18
"""Bytes of a file of texts."""


class Forms(Frozen):
    """A text that depends on a number: its forms by CLDR's names for them, of which there is always `other`."""

    __slots__ = ("language",)

    language: str
    """In which language it is, whose rule chooses."""

    def __str__(self) -> str:
        return str(self["other"])


def kinds_of(tag: str) -> list[str]:
    """Return a language tag and what it is a kind of: `zh-hant-tw` → `zh-hant-tw`, `zh-hant`, `zh`."""
    parts = tag.lower().split("-")
    return ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]


def layers_of(files: Mapping[str, Found]) -> int:
    """Return how many layers there may be texts in."""
    return max((int(name.split("/")[1]) + 1 for name in files if name.startswith(LOCALES)), default=1)


def names_of(tag: str, layers: int) -> list[str]:
    """Return the names of the files that may say a language's texts, the one that counts most first."""
    return [f"{LOCALES}{layer}/{kind}" for kind in kinds_of(tag) for layer in range(layers)]


def read_texts(found: Found) -> tuple[Table | None, list[Finding]]:
    """Return the keys and texts of a file as they were written, and what keeps it from being read."""
    from blogq.finding import Finding, Span

    try:
        text = read_file(found.root, found.name, found.shown, found.bounds, LARGEST).data.decode("utf-8-sig")
    except Unreadable as error:
        return None, [error.finding]
    except UnicodeDecodeError:
        return None, [Finding("TH107", "error", Span(found.shown), "the file is not UTF-8 text", "save it as UTF-8")]
    node, noticed = parse_yaml(text.replace("\r\n", "\n"), found.shown, codes=Codes("TH107", "TH107"))
    if node is None or isinstance(node, Table):
        return node, list(noticed)
    hint = "write lines such as `archive: Archive`"
    return None, [Finding("TH107", "error", Span(found.shown, 1), "texts are lines of `key: text`", hint)]


def texts_in(found: Found, tag: str) -> dict[str, Any]:
    """Return the texts of a file, which are in the language `tag`; what is wrong with it is told elsewhere."""
    table, _ = read_texts(found)
    texts: dict[str, Any] = {}
    for key, node in table.items if table is not None else ():
        if isinstance(node, Scalar):
            texts[key.text] = node.text
        elif isinstance(node, Table):
            forms = Forms({form.text: text.text for form, text in node.items if isinstance(text, Scalar)})
            if "other" in forms:
                forms.language = tag
                texts[key.text] = forms
    return texts


class Texts(Frozen):
    """All texts in one language; those of its own are items, others are looked for when they are asked for."""

    __slots__ = ("_environment", "_names", "_others", "_tag")

    def __init__(self, environment: Environment, tag: str, default: str) -> None:
        """Load the texts for a language; `default` is the site's own language."""
        self._environment = environment
        self._tag = tag
        layers = layers_of(environment.files)
        own = names_of(tag, layers)
        self._names = frozenset(own)
        super().__init__(self._load(own))
        rest = dict.fromkeys([*names_of(default, layers), *names_of(LAST, layers)])
        self._others = [name for name in rest if name not in self._names]

    def _load(self, names: Sequence[str]) -> dict[str, Any]:
        texts: dict[str, Any] = {}
        for name in names:
            texts = {**self._environment.texts_of_file(name), **texts}
        return texts

    def note(self) -> None:
        """Note that the files of the language were looked up."""
        self._environment.lookups |= self._names

    def __missing__(self, key: str) -> Any:
        """Return a text that the language lacks, from one of the others; each page that needs it looks for it anew."""
        from blogq.render.mistakes import TextMistake

        if key == "":
            # `link.title or t[link.key]` of a link that has neither.
            return ""
        for at, name in enumerate(self._others):
            texts = self._environment.texts_of_file(name)
            if key in texts:
                self._environment.lookups |= set(self._others[: at + 1])
                return texts[key]
        self._environment.lookups |= set(self._others)
        from difflib import get_close_matches

        known = [*self, *(each for name in self._others for each in self._environment.texts_of_file(name))]
        near = get_close_matches(str(key), known, 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise TextMistake(f"there is no text {key!r} in locales/{self._tag}.yaml or locales/{LAST}.yaml{meant}")

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a text with values in the places of their names: `t("posts", count=3)`.

        `count` also chooses the form. Whole numbers are written as the language writes them; a value that is markup
        makes the whole text markup, the rest of it escaped.
        """
        text: str | Forms = self[key]
        if len(values) == 1 and type(text) is str:
            # Most texts, some of them several times a page.
            ((name, only),) = values.items()
            mark = f"{{{name}}}"
            if type(only) is str and text.count("{") == text.count(mark):
                return text.replace(mark, only)
        from blogq.render.mistakes import TextMistake

        if isinstance(text, Forms):
            count = values.get("count")
            if not isinstance(count, int):
                raise TextMistake(f"the text {key!r} depends on a number: t({key!r}, count=…)")
            text = str(text.get(plural_form(count, text.language)) or text["other"])
        is_markup = any(isinstance(value, Markup) for value in values.values())

        def filled(name: str) -> str:
            if name not in values:
                raise TextMistake(f"the text {key!r} has {{{name}}} in it: t({key!r}, {name}=…)")
            value = values[name]
            if isinstance(value, int) and not isinstance(value, bool):
                return number_text(value, self._tag)
            return str(escape(value)) if is_markup else str(value)

        made = PLACEHOLDER.sub(lambda match: filled(match[1]), str(escape(text)) if is_markup else text)
        return Markup(made) if is_markup else made

    def number(self, number: int) -> str:
        """Return a whole number as the language writes it: `12,345`."""
        return number_text(number, self._tag)
