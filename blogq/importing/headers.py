"""Front matter of the new site's sources: written anew, or the author's own with what is missing in it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from blogq.config.schema import Config
from blogq.content.front_matter import read_front_matter
from blogq.importing.carried import Item
from blogq.start.header import Literal, Value, changed, one_line, written

LONGEST = 500
"""Characters of a title or a label."""


def header_of(item: Item, url: str, aliases: tuple[str, ...], image: str, say: Any) -> str:
    """Return the front matter of an item whose address is to be `url`, empty where blogq may choose it."""
    if item.front:
        return _amended(item, url, aliases)
    fields: dict[str, Value] = {"title": one_line(item.title)[:LONGEST] or "Untitled"}
    if not one_line(item.title):
        say("frontmatter", "it had no title, and is called “Untitled” now", "told")
    if item.date:
        fields["date"] = Literal(item.date)
    elif item.kind == "post":
        if item.live:
            say("date", "it has no date, so it is in no list by date", "lost")
        fields["date"] = False
    if item.updated:
        fields["updated"] = Literal(item.updated)
    if item.draft:
        fields["draft"] = True
    if item.hidden:
        fields["unlisted"] = True
    if item.pinned:
        fields["pinned"] = True
    if url:
        fields["permalink"] = url
    if aliases:
        fields["aliases"] = list(aliases)
    for taxonomy, labels in item.terms:
        if found := [label for each in labels if (label := one_line(each)[:LONGEST])]:
            fields[taxonomy] = found
    if item.authors:
        fields["authors"] = [one_line(each)[:LONGEST] for each in item.authors if one_line(each)]
    for name in ("series", "summary", "description", "language", "redirect_to"):
        if value := one_line(getattr(item, name)):
            fields[name] = value
    if image:
        fields["image"] = one_line(image)
    return written("yaml", fields)


def _amended(item: Item, url: str, aliases: tuple[str, ...]) -> str:
    """Return the author's own front matter with its address in it, and what else it doesn't say."""
    taxonomies = tuple(Config().taxonomies)
    told, _, _, _ = read_front_matter(item.front, "", taxonomies=taxonomies, zone=UTC)
    text = item.front

    def put(key: str, value: Value) -> None:
        nonlocal text
        text = changed(text, key, value, taxonomies)

    # One that a page has can't be another's alias as well: only those that were accepted stand there.
    if set(aliases) != set(told.aliases):
        put("aliases", list(aliases))
    if item.draft and not told.draft:
        put("draft", True)
    if item.date and told.date is None:
        put("date", Literal(item.date))
    if item.title and not told.title:
        put("title", one_line(item.title))
    if url:
        put("permalink", url)
    terms = dict(told.terms)
    for taxonomy, labels in item.terms:
        if labels and taxonomy not in terms:
            put(taxonomy, [one_line(each) for each in labels])
    return text


def readable(text: str, path: str) -> str:
    """Return why the front matter of a source can't be read, empty where it can."""
    _, _, _, findings = read_front_matter(text, path, taxonomies=tuple(Config().taxonomies), zone=UTC)
    return next((f"{each.message} (line {each.span.line})" for each in findings if each.severity == "error"), "")
