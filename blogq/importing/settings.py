"""The new site's config: what the export says of the blog, and where its lists stood."""

from __future__ import annotations

import dataclasses
import re

from blogq.config.checks import CHECKS
from blogq.config.schema import Config
from blogq.importing.addresses import Home
from blogq.importing.carried import About
from blogq.importing.comments import FOLDER
from blogq.start.header import one_line, yaml_text

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\@]+(?:/[^\s?#\"'<>\\]*)?\Z", re.I)


def config_text(about: About, home: Home, has_comments: bool) -> str:
    """Return blogq.yaml."""
    lines = ["# What isn't said here has a default: `blogq config` shows every setting and where it comes from.", ""]
    lines.append(f"title: {yaml_text(one_line(about.title)[:200] or 'Untitled')}")
    if one_line(about.description):
        lines.append(f"description: {yaml_text(one_line(about.description)[:500])}")
    url = about.url.strip()
    url = url if url.endswith("/") else f"{url}/"
    fit = _ADDRESS.match(url) and not ("base_url" in CHECKS and CHECKS["base_url"](url))
    lines.append(f"base_url: {yaml_text(url)}" if fit else "# base_url: https://example.org/")
    for key, value in (("language", _tag(about.language)), ("timezone", about.timezone)):
        if value and not (key in CHECKS and CHECKS[key](value)):
            lines.append(f"{key}: {yaml_text(value)}")
    if about.permalinks:
        lines += ["", "permalinks:", f"  posts: {yaml_text(about.permalinks)}"]
    if len(about.people) == 1:
        lines += ["", f"author: {yaml_text(one_line(about.people[0].key)[:200])}"]
    if about.people:
        lines += ["", "authors:"]
        for person in about.people[:1000]:
            lines.append(f"  {yaml_text(one_line(person.key)[:200])}:")
            lines.append(f"    name: {yaml_text(one_line(person.name)[:200] or one_line(person.key)[:200])}")
            if _ADDRESS.match(person.url):
                lines.append(f"    url: {yaml_text(person.url)}")
            if one_line(person.bio):
                lines.append(f"    bio: {yaml_text(one_line(person.bio)[:1000])}")
    paths = [(name, path) for name, path in about.labels.items() if name != path]
    if paths:
        lines += ["", "# Lists stand where they stood before.", "taxonomies:"]
        for name in ("tags", "categories", "authors", "series"):
            path = about.labels.get(name, "")
            lines += [f"  {name}:", f"    path: {yaml_text(path)}"] if path and path != name else [f"  {name}: {{}}"]
    if has_comments:
        known = any(each.name == "comments" for each in dataclasses.fields(Config))
        said = ["comments:", "  sources:", f"    - {FOLDER}"]
        lines += ["", *(said if known else [f"# What readers have said is in {FOLDER}/."])]
    return "\n".join(lines) + "\n"


def _tag(language: str) -> str:
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?", language.strip())
    return (
        ""
        if not found
        else found[1].lower() + (f"-{found[2].upper() if len(found[2]) == 2 else found[2]}" if found[2] else "")
    )
