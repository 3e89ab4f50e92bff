"""Reading `blogq.yaml` against the types of schema.py: every mistake at once, each with its place.

A value that is wrong is reported and its default kept, so that one run tells all there is to mend. Where each
value comes from is kept as well, for `blogq config`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin

from blogq.collect import LARGEST_SOURCE, Unreadable, read_file, real
from blogq.config.checks import CHECKS
from blogq.config.forms import MEANT, SHORT, TRUTHS
from blogq.config.option_types import types_of
from blogq.config.schema import LATER, Config, Images, MenuItem, Profile
from blogq.finding import Finding, Severity, Span
from blogq.pattern import Pattern
from blogq.yaml_document import Codes, Node, Scalar, Sequence, is_null, node_of, parse_yaml, plain_value, span
from blogq.yaml_document import Mapping as Table

NAMES = ("blogq.yaml", "blogq.yml")
"""Names of the config."""
LARGEST = 256 << 10
"""Bytes of the largest config."""

_ABSENT = object()
_CONTROL = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WHOLE = Pattern(r"[-+]?[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A config as it was read."""

    config: Config
    origins: tuple[tuple[str, str], ...] = ()
    """Each option, and each entry of one, with where its value comes from: `default`, `blogq.yaml:3`, `--base-url`."""
    findings: tuple[Finding, ...] = ()


def load_config(site: Path, overrides: Mapping[str, object] | None = None) -> Loaded:
    """Return the config of the folder `site`, with `overrides` (dotted option → value) on top.

    Without a file it is the defaults, the title made of the folder's name.
    """
    reader = _Reader()
    config = Config()
    present = [name for name in NAMES if os.path.lexists(site / name)]
    if len(present) > 1:
        message = f"there is a {present[1]} as well; only one config can count"
        reader.add(Span(present[0]), "CF101", message, f"Remove {present[1]}, or move its options here.")
    if present:
        document = reader.document(site / present[0], present[0])
        if document is not None:
            config = reader.section(Config, document, "", "")
    for option, value in (overrides or {}).items():
        config = reader.override(config, option, value)
    config = _settled(config, site, reader)
    origins = dict.fromkeys(_options(Config), "default") | reader.origins
    return Loaded(config, tuple(origins.items()), tuple(reader.findings))


@dataclass(slots=True)
class _Reader:
    """One file as it is read, and what was noticed."""

    path: str = ""
    rows: list[str] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, place: Span, code: str, message: str, hint: str, severity: Severity = "error") -> None:
        evidence = self.rows[place.line - 1][:200] if 0 < place.line <= len(self.rows) else ""
        self.findings.append(Finding(code, severity, place, message, hint, evidence))

    def wrong(self, node: Node, option: str, what: str, hint: str, severity: Severity = "error") -> None:
        shown = f'"{node.text[:60]}" ' if isinstance(node, Scalar) else ""
        place = span(self.path, node) if node.line else Span(self.path)
        self.add(place, "CF103", f"`{option}`: {shown}{what}", hint, severity)

    def document(self, file: Path, name: str) -> Table | None:
        """Return the keys and values of `file`, or None where there are none or it can't be read."""
        from blogq.content.text import decode

        self.path = name
        try:
            root = os.path.realpath(file.parent)
            data = read_file(root, name, name, (root,), LARGEST_SOURCE).data
        except Unreadable as error:
            self.findings.append(error.finding)
            return None
        text, noticed = decode(data, name)
        self.findings += noticed
        if noticed:
            return None
        self.rows = text.split("\n")
        node, noticed = parse_yaml(text, name, size=LARGEST, codes=Codes("CF101", "CF101"))
        self.findings += noticed
        if node is None or isinstance(node, Table):
            return node
        self.add(span(name, node), "CF101", "a config is lines of `option: value`", "Write `title: My blog`.")
        return None

    def section(self, kind: Any, table: Table, option: str, pattern: str) -> Any:
        """Return an instance of the dataclass `kind` with what `table` says."""
        types = types_of(kind)
        given: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for key, node in table.items:
            dotted = f"{option}.{key.text}" if option else key.text
            if key.text not in types:
                self.unknown(key, dotted, tuple(types), option)
                continue
            if key.text in seen:
                message = f"`{dotted}` stands twice, first in line {seen[key.text]}; this one counts"
                self.add(span(self.path, key), "CF104", message, "Remove one of the two.", "warning")
            seen[key.text] = key.line
            inner = f"{pattern}.{key.text}" if pattern else key.text
            value = self.value(types[key.text], node, dotted, inner)
            if value is not _ABSENT:
                given[key.text] = value
                self.nodes[dotted] = node
                self.origins[dotted] = f"{self.path}:{key.line}"
        return kind(**given)

    def value(self, kind: Any, node: Node, option: str, pattern: str) -> Any:
        """Return what `node` says as a `kind`, or `_ABSENT` where it says nothing or nothing that can be."""
        if is_null(node):
            return _ABSENT
        origin = get_origin(kind)
        found: Any = _ABSENT
        if origin is dict:
            return self.entries(get_args(kind)[1], node, option, pattern)
        if origin is tuple:
            inner: Any = get_args(kind)[0]
            nodes = node.items if isinstance(node, Sequence) else (node,)
            if isinstance(node, Table) and _has_options(inner):
                alone = any(key.text in types_of(inner) for key, _ in node.items)
                nodes = (node,) if alone else tuple(Table((item,), *item[0][2:]) for item in node.items)
            values = [self.value(inner, item, option, f"{pattern}[]") for item in nodes]
            return tuple(value for value in values if value is not _ABSENT)
        if _has_options(kind):
            return self.record(kind, node, option, pattern)
        if not isinstance(node, Scalar):
            wanted = {str: "a text", bool: "true or false", int: "a whole number"}[kind]
            given = "a list" if isinstance(node, Sequence) else "a mapping"
            self.wrong(node, option, f"{given} stands where {wanted} is needed", f"Write {wanted}.")
            return _ABSENT
        text = node.text.strip()
        if kind is str:
            if _CONTROL.search(text):
                self.wrong(node, option, "has a control character in it", "Write the text anew.")
                return _ABSENT
            found = text
        elif kind is bool:
            found = TRUTHS.get(text.lower(), _ABSENT)
        elif _WHOLE.match(text):
            found = int(text)
        if found is _ABSENT:
            wanted = "true or false" if kind is bool else "a whole number"
            self.wrong(node, option, f"is not {wanted}", f"Write {wanted}, without quotes.")
            return _ABSENT
        check = CHECKS.get(pattern.replace(".children[]", ""))
        if check and (complaint := check(found)):
            self.wrong(node, option, *complaint)
            return _ABSENT
        return found

    def record(self, kind: Any, node: Node, option: str, pattern: str) -> Any:
        """Return a dataclass from a mapping, or from the one text or `title: address` that stands for it."""
        if isinstance(node, Table):
            names = types_of(kind)
            if kind in (MenuItem, Profile) and len(node.items) == 1 and node.items[0][0].text not in names:
                key, address = node.items[0]
                url = self.value(str, address, f"{option}.url", f"{pattern}.url")
                label = {MenuItem: "title", Profile: "name"}[kind]
                return _ABSENT if url is _ABSENT else kind(**{label: key.text, "url": url})
            found = self.section(kind, node, option, pattern)
            given = any(key.text in ("url", "children") and not is_null(value) for key, value in node.items)
            if kind in (MenuItem, Profile) and not found.url and not given:
                self.wrong(node, option, "an entry lacks its `url`", "Write `url: …` beside its name.")
            if kind.__name__ == "StyleEntry":
                from blogq.config.house_style import settled_entry

                return settled_entry(found, node, option, self.wrong)
            return found
        if isinstance(node, Scalar) and kind.__name__ in SHORT:
            short = SHORT[kind.__name__]
            text = self.value(types_of(kind)[short], node, option, f"{pattern}.{short}")
            return text if text is _ABSENT else kind(**{short: text})
        self.wrong(node, option, "stands where options of its own are needed", "Write `option: value` below it.")
        return _ABSENT

    def entries(self, kind: Any, node: Node, option: str, pattern: str) -> Any:
        """Return a dict from a mapping, or from a list of names where each entry has options of its own."""
        if isinstance(node, Sequence) and _has_options(kind):
            names = [item for item in node.items if isinstance(item, Scalar)]
            if len(names) == len(node.items):
                empty = [(name, name._replace(text="", plain=True)) for name in names]
                node = Table(tuple(empty), *node[1:])
        if not isinstance(node, Table):
            self.wrong(node, option, "is not a mapping", "Write lines of `name: value` below it, indented.")
            return _ABSENT
        if kind is Any:
            self.origins |= {f"{option}.{key.text}": f"{self.path}:{key.line}" for key, _ in node.items}
            return plain_value(node)
        found: dict[str, Any] = {}
        for key, value in node.items:
            dotted = f"{option}.{key.text}"
            if key.text in found:
                message = f"`{dotted}` stands twice; this one counts"
                self.add(span(self.path, key), "CF104", message, "Remove one of the two.", "warning")
            check = CHECKS.get(f"{pattern}{{}}")
            if check and (complaint := check(key.text)):
                self.wrong(key, option, *complaint)
                continue
            self.origins[dotted] = f"{self.path}:{key.line}"
            self.nodes[dotted] = key
            entry = self.value(kind, value, dotted, f"{pattern}.*")
            if entry is not _ABSENT:
                found[key.text] = entry
            elif is_null(value) and _has_options(kind):
                found[key.text] = kind()
        return found

    def unknown(self, key: Scalar, dotted: str, known: tuple[str, ...], section: str) -> None:
        from difflib import get_close_matches

        folded = re.sub(r"[\W_]", "", key.text.lower())
        near = {re.sub(r"[\W_]", "", name): name for name in known}
        matches = get_close_matches(folded[:40], near, 1, 0.75)
        elsewhere = [name for name in _options(Config, all=True) if name.rpartition(".")[2] == key.text]
        meant = "" if section else MEANT.get(folded, "")
        meant = meant or (near[matches[0]] if matches else "")
        if meant and section:
            meant = f"{section}.{meant}"
        meant = meant or (elsewhere[0] if elsewhere else "")
        hint = f"Did you mean `{meant}`?" if meant else "Known here: " + ", ".join(known) + "."
        if not meant and not section:
            hint = "Options are listed by `blogq config`; values of your own go under `extra`."
        self.add(span(self.path, key), "CF102", f"`{dotted[:80]}` is no option", hint)

    def override(self, config: Config, option: str, value: object) -> Config:
        """Return `config` with one option given elsewhere, such as on the command line."""
        flag = "--" + re.sub(r"[._]", "-", option)
        rows, path = self.rows, self.path
        self.rows, self.path = [], flag
        names = option.split(".")
        holders: list[Any] = [config]
        for name in names[:-1]:
            holders.append(getattr(holders[-1], name, None))
        holder_type: Any = type(holders[-1])
        types = types_of(holder_type) if _has_options(holder_type) else {}
        if names[-1] not in types:
            self.unknown(Scalar(option, True, 0, 0, 0, 0), option, tuple(_options(Config)), "")
        else:
            node = node_of(value)
            found = self.value(types[names[-1]], node, option, option)
            if found is not _ABSENT:
                self.origins[option], self.nodes[option] = flag, node
                for name, holder in zip(reversed(names), reversed(holders), strict=True):
                    found = replace(holder, **{name: found})
                config = found
        self.rows, self.path = rows, path
        return config


def _has_options(kind: Any) -> bool:
    return is_dataclass(kind)


def _options(kind: Any, above: str = "", all: bool = False) -> Iterator[str]:
    """Yield the dotted name of every option below `kind`, in the schema's order.

    A section that is loaded later is one option, unless `all` is wanted.
    """
    default = kind()
    for option in fields(kind):
        if is_dataclass(getattr(default, option.name)) or (all and str(option.type).partition(" |")[0] in LATER):
            yield from _options(types_of(kind)[option.name], f"{above}{option.name}.", all)
        else:
            yield above + option.name


def _settled(config: Config, site: Path, reader: _Reader) -> Config:
    """Return `config` with what follows from other options or the folder, after checks that need several."""
    nothing = Scalar("", True, 0, 0, 0, 0)
    if config.author and config.authors and config.author not in config.authors:
        names = {author.name for author in config.authors.values()}
        if re.fullmatch(r"[a-z0-9_-]+", config.author) and config.author not in names:
            hint = "Known: " + ", ".join(config.authors)[:200] + ". Write one of these keys, or a full name."
            reader.wrong(reader.nodes.get("author", nothing), "author", "is no key of `authors`", hint, "warning")
    output, content = _relative(config.output), _relative(config.content)
    if content == output or content.startswith(f"{output}/") or (not config.content and output == "content"):
        hint = "Choose another folder: what is in the output folder is written over."
        at = "output" if "output" in reader.nodes or "content" not in reader.nodes else "content"
        reader.wrong(reader.nodes.get(at, nothing), at, "would be both sources and output", hint)
        output, content = Config().output, Config().content
    if config.content and content and not (site / content).is_dir():
        from difflib import get_close_matches

        folders = [each.name for each in site.iterdir() if each.is_dir()] if site.is_dir() else []
        near = get_close_matches(content, folders, 1)
        hint = f"Did you mean {near[0]!r}?" if near else "Write the folder that holds the Markdown files."
        reader.wrong(reader.nodes.get("content", nothing), "content", "is no folder of the site", hint)
    if config.minify:
        from importlib.util import find_spec

        if find_spec("minify_html") is None:
            hint = "Install it with: pip install 'blogq[minify]'"
            reader.wrong(
                reader.nodes.get("minify", nothing), "minify", "needs minify-html, which isn't installed", hint
            )
    declared = {name: replace(each, path=each.path.strip("/")) for name, each in config.taxonomies.items()}
    taxonomies = {**Config().taxonomies, **declared}
    if "defaults" in reader.nodes:
        from blogq.content.defaults import mistakes_in_config
        from blogq.content.parser import zone_of

        text, zone = "\n".join(reader.rows), zone_of(config.timezone)
        reader.findings += mistakes_in_config(reader.nodes["defaults"], text, reader.path, tuple(taxonomies), zone)
    if len(config.style) > 1_000:
        hint = "1,000 are the most; put words that have all else in common into one entry."
        reader.wrong(reader.nodes.get("style", nothing), "style", f"has {len(config.style):,} entries", hint)

    def wrong(option: str, what: str, hint: str) -> None:
        reader.wrong(reader.nodes.get(option, nothing), option, what, hint)

    if config.comments is not None or config.channels:
        from blogq.config.conversation import settled_comments

        config = settled_comments(config, wrong)
    languages, corpora = config.languages, config.corpora
    if corpora:
        from blogq.config.corpora import settled_corpora

        corpora = settled_corpora(corpora, wrong)
    if languages:
        from blogq.config.languages import settled_languages

        folder = content or ("content" if not config.content and (site / "content").is_dir() else "")
        languages = settled_languages(languages, taxonomies, site / folder, wrong)
    deploy = config.deploy
    if deploy:
        from blogq.config.deploy import settled_deploy

        deploy = settled_deploy(deploy, wrong)
    return replace(
        config,
        languages=languages,
        corpora=corpora,
        deploy=deploy,
        output=output,
        content=content or ("." if config.content else ""),
        title=config.title or prettified(real(site).name),
        base_url=config.base_url if config.base_url.endswith("/") else f"{config.base_url}/",
        taxonomies=taxonomies,
        pagination=replace(config.pagination, path=config.pagination.path.strip("/")),
        images=_ordered(config.images),
    )


def _ordered(images: Images) -> Images:
    """Return `images` with its widths ascending and its formats from best to worst, each once."""
    widths = tuple(sorted(set(images.widths))) or Images().widths
    return replace(images, widths=widths, formats=tuple(each for each in Images().formats if each in images.formats))


def _relative(folder: str) -> str:
    """Return `folder` without `./` before and slashes behind it; empty for the site's own."""
    return re.sub(r"^(?:\./+)+|^\.$|/+$", "", folder)


def prettified(name: str) -> str:
    """Return the name of a folder as a title."""
    words = " ".join(re.split(r"[-_\s]+", name)).strip()
    return words[:1].upper() + words[1:] or "Blog"
