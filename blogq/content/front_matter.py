"""Front matter, what stands above the body of a post, as typed values.

Values keep the letters they were written with until a key says what they are: the title `3.10` stays `3.10`
and the tag `2024` is a text. What would publish something wrong (a date that cannot be, a slug that is no
text) is an error; what can safely be passed over is a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from blogq.content.audience import FORMS, audience_of
from blogq.content.dates import Moment, parse_moment
from blogq.content.fields import FrontMatter
from blogq.content.keys import LOOSE, fold, meanings, near_miss
from blogq.content.syntax import read_mapping
from blogq.content.text import find_conflicts, split, unclosed
from blogq.content.values import (
    STATES,
    TRUTHS,
    address_to_go_to,
    is_slip_of_state,
    name_of,
    picture,
    placements_of,
    split_labels,
)
from blogq.finding import Finding, Severity
from blogq.pattern import Pattern
from blogq.yaml_document import Mapping, Node, Scalar, Sequence, is_null, plain_value, span

_CONTROL = Pattern("[\0-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_TEXT = Pattern("[\0-\x08\x0b-\x1f\x7f-\x9f]")
_LANGUAGE = Pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}\Z")
_WHOLE = Pattern(r"[-+]?[0-9]{1,9}\Z")
_GUESSES = 50
"""How many unknown keys are compared with those that are known."""


def read_front_matter(
    text: str, path: str, *, taxonomies: tuple[str, ...], zone: tzinfo
) -> tuple[FrontMatter, int, int, tuple[Finding, ...]]:
    """Return the front matter of `text`, where in it the body starts, the file's line of that, and findings.

    `text` is the whole file at `path`, decoded; `zone` is that of dates which name none. Where front matter
    can't be read, what comes back is empty and a finding is an error.
    """
    parts = split(text, path)
    conflicts = find_conflicts(text, path, max(parts.body_line, 2))
    if parts.style == "none":
        return FrontMatter(), parts.body, parts.body_line, conflicts
    if any(conflict.severity == "error" for conflict in conflicts):
        return FrontMatter(style=parts.style), parts.body, parts.body_line, conflicts
    if parts.problem and parts.start == parts.end:
        return FrontMatter(style=parts.style), parts.body, parts.body_line, (*conflicts, parts.problem)
    findings = [*conflicts, *((parts.problem,) if parts.problem else ())]
    mapping, parts, noticed = read_mapping(text, path, parts)
    if mapping is None:
        fenced = parts.style in ("yaml", "toml")
        missing = unclosed(text, path, parts, certain=False) if noticed and fenced else None
        findings += (missing,) if missing else noticed
        return FrontMatter(style=parts.style), parts.body, parts.body_line, tuple(findings)
    front_matter, noticed = front_matter_of(mapping, text[: parts.body], path, taxonomies=taxonomies, zone=zone)
    return replace(front_matter, style=parts.style), parts.body, parts.body_line, (*findings, *noticed)


def front_matter_of(
    mapping: Mapping, text: str, path: str, *, taxonomies: tuple[str, ...], zone: tzinfo
) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return what the keys and values of `mapping` say, and findings; `text` holds its lines, for excerpts."""
    values = _Values(text, path, zone, taxonomies)
    values.read(mapping)
    order = sorted(values.terms, key=taxonomies.index)
    front_matter = FrontMatter(
        **values.fields,
        terms=tuple((name, tuple(values.terms[name])) for name in order if values.terms[name]),
        extra=values.extra,
        lines=values.lines,
    )
    return front_matter, tuple(values.findings)


class _Values:
    """What has been read of one mapping so far."""

    def __init__(self, text: str, path: str, zone: tzinfo, taxonomies: tuple[str, ...]) -> None:
        self.text = text
        self.rows: list[str] = []
        self.path = path
        self.zone = zone
        self.taxonomies = taxonomies
        self.fields: dict[str, Any] = {}
        self.given_as: dict[str, str] = {}
        self.terms: dict[str, dict[str, None]] = {}
        self.extra: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.findings: list[Finding] = []

    def read(self, mapping: Mapping) -> None:
        """Read every key; of those that stand twice the last."""
        given: dict[str, tuple[Scalar, Node]] = {}
        twice: dict[str, int] = {}
        for key, node in mapping.items:
            folded = fold(key.text)
            if folded in given:
                twice.setdefault(folded, given.pop(folded)[0].line)
            given[folded] = (key, node)
        for folded, first in twice.items():
            key = given[folded][0]
            message = f"front matter `{key.text}` stands twice, first in line {first}; this one counts"
            self.report(key, message, "Remove one of the two.", "warning", "FM104")
        known = meanings(self.taxonomies)
        unknown: list[Scalar] = []
        for folded, (key, node) in given.items():
            meaning = known.get(folded)
            if meaning is None:
                self.extra[key.text] = plain_value(node)
                if key.text != "gate":  # What the gate is to pass over: lint/suppression.py reads it.
                    unknown.append(key)
            elif is_null(node):
                pass
            elif meaning[0] == "=":
                self.lines.setdefault(meaning[1:], key.line)
                self.labels(meaning[1:], key, node)
            else:
                _TAKE.get(meaning, _Values.words)(self, meaning, key, node)
        for key in unknown[:_GUESSES]:
            meant = near_miss(key.text, self.taxonomies)
            if meant and known[fold(meant)].lstrip("=") not in self.lines:
                message = f"front matter `{key.text}` means nothing to blogq; did you mean `{meant}`?"
                self.report(key, message, "Where it is the theme's own key, put it under `extra:`.", "note", "FM105")

    def report(self, node: Node, message: str, hint: str, severity: Severity = "warning", code: str = "FM103") -> None:
        """Report something about `node`."""
        self.rows = self.rows or self.text.split("\n")
        evidence = self.rows[node.line - 1][:200] if 0 < node.line <= len(self.rows) else ""
        self.findings.append(Finding(code, severity, span(self.path, node), message, hint, evidence))

    def set(self, meaning: str, key: Scalar, value: Any) -> None:
        """Keep `value`, unless a key that names the meaning itself has already given one."""
        if self.given_as.get(meaning) == meaning and fold(key.text) != meaning:
            self.extra[key.text] = value if isinstance(value, str | int | bool) else str(value)
            return
        self.given_as[meaning] = fold(key.text)
        self.fields[meaning] = value
        self.lines[meaning] = key.line

    def wrong(self, key: Scalar, node: Node, what: str, hint: str, severity: Severity) -> None:
        """Report that the value of `key` is not what it has to be."""
        kinds = {Sequence: "a list", Mapping: "a mapping"}
        shown = f'"{_shortened(node.text)}"' if isinstance(node, Scalar) else kinds[type(node)]
        self.report(node, f"front matter `{key.text}`: {shown} is {what}", hint, severity)

    def words(self, meaning: str, key: Scalar, node: Node) -> None:
        """Read a text: `layout`, `summary` or `description`."""
        if not isinstance(node, Scalar):
            self.wrong(key, node, "not a text, so it is ignored", "Write one text.", "warning")
        elif not (node.plain and TRUTHS.get(node.text.lower()) is False):
            self.set(meaning, key, _NOT_TEXT.sub("", node.text).strip())

    def title(self, meaning: str, key: Scalar, node: Node) -> None:
        if not isinstance(node, Scalar):
            hint = "Write the title as one text, in quotes if it has brackets in it."
            return self.wrong(key, node, "not a title", hint, "error")
        text = node.text.strip()
        if _CONTROL.search(text):
            text = " ".join(text.split())
            if _CONTROL.search(text):
                text = _CONTROL.sub("", text)
                message = f"front matter `{key.text}` has control characters in it, which were left out"
                self.report(node, message, "Delete them; in an editor they may show as boxes or not at all.")
        self.set(meaning, key, text)

    def moment(self, meaning: str, key: Scalar, node: Node) -> None:
        if isinstance(node, Scalar) and not node.text.strip():
            return
        if isinstance(node, Scalar) and node.plain and node.text.strip().lower() == "false":
            # It has none, whatever defaults or Git say.
            self.lines[meaning] = key.line
            return
        wrong = "not of any known shape"
        if isinstance(node, Scalar):
            found = parse_moment(node.text, self.zone)
            if isinstance(found, Moment):
                return self.set(meaning, key, found)
            wrong = found
        hint = "Write it as YYYY-MM-DD, or as YYYY-MM-DD HH:MM with an offset such as +01:00."
        self.wrong(key, node, f"not a date ({wrong})", hint, "error")

    def truth(self, meaning: str, key: Scalar, node: Node) -> None:
        """Read `draft`, `published` or `unlisted`; one of several is enough to hold a post back."""
        said = TRUTHS.get(node.text.strip().lower()) if isinstance(node, Scalar) else None
        if said is None:
            if meaning == "published" and isinstance(node, Scalar):
                if isinstance(found := parse_moment(node.text, self.zone), Moment):
                    if "date" not in self.fields:
                        self.fields["date"], self.lines["date"] = found, key.line
                    return
            elif isinstance(node, Scalar) and not node.text.strip():
                return
            elif fold(key.text) == "eleventyexcludefromcollections":
                self.extra[key.text] = plain_value(node)
                return
            return self.wrong(key, node, "neither true nor false", "Write true or false.", "error")
        if meaning == "published":
            meaning, said = "draft", not said
        self.fields[meaning] = said or self.fields.get(meaning, False)
        self.lines[meaning] = key.line

    def status(self, meaning: str, key: Scalar, node: Node) -> None:
        word = node.text.strip().lower() if isinstance(node, Scalar) else ""
        state = STATES.get(word)
        if state:
            self.fields[state] = True
            self.lines[state] = key.line
        elif state is None and is_slip_of_state(word):
            self.wrong(key, node, "no known state", "Write draft, hidden or published.", "error")
        elif state is None:
            self.extra[key.text] = plain_value(node)

    def slug(self, meaning: str, key: Scalar, node: Node) -> None:
        if not isinstance(node, Scalar):
            hint = "Write one word or several joined by hyphens, such as my-first-post."
            return self.wrong(key, node, "not a slug", hint, "error")
        self.set(meaning, key, node.text.strip())

    def permalink(self, meaning: str, key: Scalar, node: Node) -> None:
        named = fold(key.text)
        if not isinstance(node, Scalar):
            if named != "permalink":
                self.extra[key.text] = plain_value(node)
                return
            return self.wrong(key, node, "not a path", "Write a path such as /2024/hello/.", "error")
        text = node.text.strip()
        if node.plain and TRUTHS.get(text) is False:
            # Eleventy's way to say that a source makes no page.
            self.fields["draft"], self.lines["draft"] = True, key.line
        elif named == "url" and "://" in text:
            self.extra[key.text] = text
        elif "{{" in text or "{%" in text:
            hint = "Write the path itself, or with parts that blogq knows, such as /:year/:title/."
            self.wrong(key, node, "another generator's template code, so it is ignored", hint, "warning")
        elif named == "path" and text and not text.startswith("/"):
            self.set(meaning, key, f"/{text.rstrip('/')}/")
        elif text:
            self.set(meaning, key, text)

    def aliases(self, meaning: str, key: Scalar, node: Node) -> None:
        found = list(self.fields.get(meaning, ()))
        for item in node.items if isinstance(node, Sequence) else (node,):
            if not isinstance(item, Scalar):
                hint = "Write a path such as /old/post/, or a list of paths."
                self.wrong(key, item, "not a path", hint, "error")
            elif not is_null(item) and (text := item.text.strip()) and text not in found:
                found.append(text)
        self.fields[meaning] = tuple(found)
        self.lines.setdefault(meaning, key.line)

    def redirect_to(self, meaning: str, key: Scalar, node: Node) -> None:
        one = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else node
        if isinstance(one, Scalar) and (not one.text.strip() or (one.plain and TRUTHS.get(one.text) is False)):
            return
        address = address_to_go_to(one.text) if isinstance(one, Scalar) else ""
        if not address:
            hint = "Write an address such as https://example.org/, or a path on the site such as /new/."
            return self.wrong(key, one, "not an address to send readers on to", hint, "error")
        self.set(meaning, key, address)
        self.fields["unlisted"] = True

    def weight(self, meaning: str, key: Scalar, node: Node) -> None:
        if isinstance(node, Scalar) and _WHOLE.match(node.text.strip()):
            self.set(meaning, key, int(node.text))
        elif fold(key.text) in LOOSE:
            self.extra[key.text] = plain_value(node)
        else:
            self.wrong(key, node, "not a whole number, so it is ignored", "Write a number such as 10.", "warning")

    def pinned(self, meaning: str, key: Scalar, node: Node) -> None:
        text = node.text.strip().lower() if isinstance(node, Scalar) else ""
        if text in TRUTHS or _WHOLE.match(text):
            # Hexo's `sticky` is a number: the larger, the nearer to the top.
            self.set(meaning, key, TRUTHS.get(text, text.lstrip("+-0") != "" and text[0] != "-"))
        elif fold(key.text) != meaning:
            self.extra[key.text] = plain_value(node)
        else:
            self.wrong(key, node, "neither true nor false, so it is ignored", "Write true or false.", "warning")

    def menus(self, meaning: str, key: Scalar, node: Node) -> None:
        """Read the menus that a page puts itself into; what doesn't look like one is the theme's own."""
        placements, wrong = placements_of(node)
        if placements is None:
            self.extra[key.text] = plain_value(node)
            return
        self.set(meaning, key, placements)
        for each in wrong:
            self.wrong(key, each, "not a whole number, so it is ignored", "Write a number such as 10.", "warning")

    def language(self, meaning: str, key: Scalar, node: Node) -> None:
        if isinstance(node, Scalar) and _LANGUAGE.match(text := node.text.strip()):
            self.set(meaning, key, text.replace("_", "-"))
        elif not isinstance(node, Scalar) or node.text.strip():
            hint = "Write a tag such as en, pt-BR or zh-Hant."
            self.wrong(key, node, "not a language tag, so it is ignored", hint, "warning")

    def audience(self, meaning: str, key: Scalar, node: Node) -> None:
        if isinstance(node, Scalar) and (found := audience_of(node.text)):
            return self.set(meaning, key, str(found))
        self.extra[key.text] = plain_value(node)  # It may be the theme's own.
        self.wrong(key, node, "no audience that the gate knows, so it is ignored", f"Write {FORMS}.", "warning")

    def image(self, meaning: str, key: Scalar, node: Node) -> None:
        loose = fold(key.text) in LOOSE
        found = picture(node, loose)
        if isinstance(node, Mapping) or (loose and (not found or meaning in self.fields)):
            self.extra[key.text] = plain_value(node)
        if found:
            self.set(meaning, key, found)
        elif not loose and not (isinstance(node, Scalar) and node.text.strip().lower() in ("", "false")):
            hint = "Write the path or address of one picture."
            self.wrong(key, node, "not a picture, so it is ignored", hint, "warning")

    def labels(self, taxonomy: str, key: Scalar, node: Node) -> None:
        """Read the labels of one taxonomy: a list, a comma list or one label."""
        named = fold(taxonomy)
        labels = self.terms.setdefault(taxonomy, {})
        if isinstance(node, Scalar):
            if node.plain and TRUTHS.get(node.text) is False:
                return
            people = named in ("author", "authors")
            one = named in ("series", "serie") or (fold(key.text) == "category" and "(" in node.text)
            for label in [" ".join(node.text.split())] if one else split_labels(node.text, people=people):
                if label:
                    labels[label] = None
            return
        items = node.items if isinstance(node, Sequence) else (node,)
        # Hexo writes a category below another as a list in the list.
        flat = [one for item in items for one in (item.items if isinstance(item, Sequence) else (item,))]
        for item in flat:
            text = item if isinstance(item, Scalar) else name_of(item)
            if text is None:
                hint = "Write texts, such as `[one, two]`."
                self.wrong(key, item, "not a label, so it is ignored", hint, "warning")
            elif not is_null(text) and (label := " ".join(text.text.split())):
                labels[label] = None

    def taxonomy_table(self, meaning: str, key: Scalar, node: Node) -> None:
        """Read `taxonomies`, Zola's table of taxonomies."""
        if not isinstance(node, Mapping):
            hint = "Write `tags: [one, two]`, without `taxonomies`."
            return self.wrong(key, node, "not a mapping, so it is ignored", hint, "warning")
        known = meanings(self.taxonomies)
        for inner, labels in node.items:
            named = known.get(fold(inner.text), "")
            if is_null(labels):
                continue
            if named.startswith("="):
                self.lines.setdefault(named[1:], inner.line)
                self.labels(named[1:], inner, labels)
            else:
                self.extra[inner.text] = plain_value(labels)

    def cascade(self, meaning: str, key: Scalar, node: Node) -> None:
        """Keep `cascade` as it is: it is read where it applies."""
        self.set(meaning, key, node)

    def own(self, meaning: str, key: Scalar, node: Node) -> None:
        """Read `extra`, whose keys are the site's own."""
        value = plain_value(node)
        self.extra.update(value if isinstance(node, Mapping) else {key.text: value})


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


_TAKE: dict[str, Callable[[_Values, str, Scalar, Node], None]] = {
    "title": _Values.title,
    **dict.fromkeys(("date", "updated", "publish", "expiry"), _Values.moment),
    **dict.fromkeys(("draft", "published", "unlisted"), _Values.truth),
    "status": _Values.status,
    "slug": _Values.slug,
    "permalink": _Values.permalink,
    **dict.fromkeys(("aliases", "replaces"), _Values.aliases),
    "redirect_to": _Values.redirect_to,
    "weight": _Values.weight,
    "series_order": _Values.weight,
    "pinned": _Values.pinned,
    "menus": _Values.menus,
    "cascade": _Values.cascade,
    "language": _Values.language,
    "audience": _Values.audience,
    "image": _Values.image,
    "taxonomies": _Values.taxonomy_table,
    "extra": _Values.own,
}
