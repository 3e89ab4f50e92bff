"""The JSON Schema agrees with the loader: what one takes or refuses, the other does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from blogq.cli import cli
from blogq.config import schema
from blogq.config.checks import CHECKS, Check
from blogq.config.json_schema import _FRONT_MATTER, config_schema, front_matter_schema
from blogq.config.load import load_config
from blogq.content.keys import _OURS
from blogq.reference import _EXAMPLE, classes
from blogq.render.theme import load_theme
from blogq.yaml_document import Codes, parse_yaml, plain_value

ROOT = Path(__file__).parent.parent.parent
OPTIONS = load_theme(ROOT, "plain", {})[0].declared
MADE = config_schema(OPTIONS, ("plain",))
VALIDATOR = jsonschema.Draft202012Validator(MADE)


def value(text: str) -> Any:
    """Return what an editor sees: YAML 1.2."""
    node, findings = parse_yaml(text, "blogq.yaml", size=1 << 18, codes=Codes("CF101", "CF101"))
    assert not findings
    return None if node is None else plain_value(node)


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(value(text))]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(MADE)
    jsonschema.Draft202012Validator.check_schema(front_matter_schema(("tags", "topics")))


def patterns(made: Any) -> list[str]:
    inner = made.values() if isinstance(made, dict) else made if isinstance(made, list) else ()
    own = [made["pattern"]] if isinstance(made, dict) and isinstance(made.get("pattern"), str) else []
    return own + [found for each in inner for found in patterns(each)]


def test_patterns_are_those_of_every_editor() -> None:
    """ECMA-262 has neither inline flags nor possessive quantifiers, and no `\\A` or `\\Z`."""
    found = patterns(MADE)
    assert len(found) > 5
    assert [each for each in found if re.search(r"\(\?[aiLmsux]|[+*?]\+|\\[AZ]", each)] == []


def test_every_option_is_in_it_with_its_words() -> None:
    for name, made in [("Config", MADE), *MADE["$defs"].items()]:
        described = {
            each.name: " ".join(each.text.split()) for each in classes(schema)[name][1] if "(" not in each.name
        }
        assert {key: each["description"] for key, each in made["properties"].items()} == described
        assert made["additionalProperties"] is False
    assert MADE["properties"]["output"]["default"] == "_site"
    assert MADE["$defs"]["Pagination"]["properties"]["size"] == {
        "description": "Posts on a page, 1 to 1000.", "type": ["integer", "null"], "minimum": 1, "maximum": 1000,
        "default": 10,
    }  # fmt: skip


def test_limits_are_those_of_the_checks() -> None:
    """Each check whose limits JSON Schema can say has them in the schema."""
    text = json.dumps(MADE)
    for option, check in CHECKS.items():
        if isinstance(check, Check) and "format" not in check.schema:
            for keyword, limit in check.schema.items():
                shown = json.dumps(limit)[:-1] if keyword == "enum" else json.dumps(limit)
                assert f'"{keyword}": {shown}' in text, option


def test_options_of_the_theme() -> None:
    assert MADE["properties"]["theme_options"]["properties"]["accent"]["default"] == "#0b5c8a"
    assert complaints("theme_options: {accent: red, show_toc: false}") == []
    assert complaints("theme_options: {acent: red}")
    assert complaints("theme_options: {show_toc: maybe}")


RIGHT = [
    _EXAMPLE,
    (ROOT / "example-site" / "blogq.yaml").read_text(encoding="utf-8"),
    "",
    "title:\npagination:\nmenu:\ntaxonomies:\n",
    "title: 3.10\nlanguages: {de: {title: Blog}, fr: Le blog}\nauthors: {jane: Jane, joe: {name: Joe}, x: }\n"
    "permalinks: {posts: '/:year/:month/:slug/'}\ntaxonomies: {topics: {path: /on/, feed: yes}}\n"
    "markdown: {html: off, footnotes: 'No'}\nmenu:\n  - About: /about/\n  - {title: Home, url: /}\n  - about.md\n"
    "profiles: {Mastodon: 'https://m.example/@x'}\nfuture: on\nextra: {list: [1, two]}",
    "taxonomies: [tags, topics]\nauthors: [Jane Doe, joe]\nlanguages: [de]\nignore: '*.tmp'",
    "menu: {About: /about/, Home: /}",
    "menu: {title: About, url: /about/}",
    "menu: {}\nfeeds: {formats: rss}",
    "base_url: HTTP://localhost:8000\ntimezone: America/New_York\nlanguage: pt-BR",
    "output: ./public/\npagination: {path: /p/}",
    "languages: {es: {title: Un sitio, content: '', menu: [{Uno: /uno/}], taxonomies: {tags: Etiquetas},"
    " date_format: short, direction: ltr, author: Ann, name: Español}, de: Ein Blog}\ndate_format: d 'de' MMMM y",
    "date_format: d. MMMM y\nlanguages: {ar: {taxonomies: {tags: {title: X, path: /x/}}, direction: rtl}}",
    "audience: Expert",
    "audience: 40 – 60",
    "audience: 0-100",
    "audience: ''",
    "style: [synergy, {swap: {utilize: use, very: , in order to: to}}, {words: [a, 3.10], case: yes, at_most: 2,"
    " severity: note, languages: de-AT, scope: [title, text]}, {pattern: '(a)', replacement: '\\\\1', exceptions: x}]",
    "style: synergy",
    "style: {swap: {utilize: use}}",
    "theme_options: {accent: '#fff'}\nprofiles: [{name: X, url: /x, rel: nofollow}]",
]
WRONG = [
    "titel: x", "pagination: {pth: x}", "authors: {jane: {github: x}}", "title: [a]", "description: {a: b}",
    "drafts: 7", "pagination: {size: ten}", "pagination: {size: 1001}", "feeds: {limit: 0}", "feeds: {content: half}",
    "feeds: rss", "feeds: {formats: [atm]}", "base_url: example.org", "base_url: ftp://example.org",
    "base_url: https://example.org/?a=b", "timezone: Europe/Berln", "timezone: ../../etc/passwd",
    "language: english", "languages: {english: x}", "output: /srv/www", "output: ../public", "output: a//b",
    "output: .", "theme: ../x", "permalinks: {posts: '/:year/:mnth/:slug/'}", "permalinks: {posts: /:year/}",
    "permalinks: '/:slug/'", "taxonomies: [a/b]", "menu: [{title: About, link: /about/}]",
    "menu: [{title: X, url: 'javascript:alert(1)'}]", "menu: {X: 'javascript:alert(1)'}",
    "profiles: [{name: X, url: /x, rel: evil}]", "authors: {jane: {url: 'javascript:x'}}", "theme_options: [a]",
    "date_format: tomorrow", "date_format: d 'of", "languages: {es: {direction: up}}", "languages: {es: {colour: x}}",
    "languages: {es: {date_format: x}}", "languages: {es: {menu: [{title: X, url: 'javascript:alert(1)'}]}}",
    "audience: experts", "audience: [40, 60]",
    "audience: 40-60-80", "audience: -5-20",
    "style: {utilize: use}", "style: [{wrods: a}]", "style: [{words: a, severity: bad}]", "style: [{words: [['']]}]",
    "style: [{words: a, at_most: -1}]", "style: [{words: a, languages: english}]", "style: [{words: a, scope: prose}]",
    "authors: 3", "markdown: {tables: {a: b}}", "- a",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_loader_takes_is_valid(text: str, tmp_path: Path) -> None:
    (tmp_path / "blogq.yaml").write_text(text, encoding="utf-8")
    assert [f for f in load_config(tmp_path).findings if f.severity == "error"] == []
    assert complaints(text) == []


@pytest.mark.parametrize("text", WRONG)
def test_what_the_loader_refuses_is_not(text: str, tmp_path: Path) -> None:
    (tmp_path / "blogq.yaml").write_text(text, encoding="utf-8")
    assert load_config(tmp_path).findings
    assert complaints(text)


def test_the_command_prints_it(tmp_path: Path) -> None:
    """Of a site with a theme of its own: with that theme's options."""
    theme = tmp_path / "themes" / "mine"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text(
        "name: mine\nversion: 1.0.0\nparent: plain\noptions:\n"
        "  tone: {type: choice, choices: [calm, loud], default: calm, help: How it sounds.}\n"
    )
    (tmp_path / "blogq.yaml").write_text("theme: mine\n")
    told = CliRunner().invoke(cli, ["config", "--schema", "--site", str(tmp_path)])
    assert (told.exit_code, told.stderr) == (0, "")
    made = json.loads(told.stdout)
    options = made["properties"]["theme_options"]["properties"]
    assert options["tone"] == {"description": "How it sounds.", "default": "calm", "enum": ["calm", "loud"]}
    assert "accent" in options
    assert made["properties"]["theme"]["examples"] == ["broadsheet", "mine", "plain"]
    front = json.loads(CliRunner().invoke(cli, ["config", "--schema=front-matter", "--site", str(tmp_path)]).stdout)
    assert front["properties"].keys() >= {"title", "tags", "series"}


def test_front_matter_has_all_of_our_keys() -> None:
    other_words = {"published", "status", "taxonomies", "menus"}
    # A page says `menu`, whether it is one or several.
    assert set(_FRONT_MATTER) == set(_OURS.split()) - other_words | {"menu"}
    check = jsonschema.Draft202012Validator(front_matter_schema(("tags",)))
    assert check.is_valid(value("title: 3.10\ndate: 2026-03-01 09:30\ntags: [a, 2024]\nmine: [x]\ndraft: yes"))
    assert check.is_valid(value("menu: {main: {weight: 3}}\nseries_order: 2\npinned: true\ncascade: {tags: [a]}"))
    assert check.is_valid(value("audience: 40-60")) and not check.is_valid(value("audience: experts"))
    assert not check.is_valid(value("draft: perhaps"))
    assert not check.is_valid(value("title: [a]"))
