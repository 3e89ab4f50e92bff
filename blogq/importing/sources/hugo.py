"""Hugo: the folder of a site. Texts keep their own front matter, which blogq reads; templates are never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blogq.importing.carried import About, Export, Item, Note, Tell, Unreadable
from blogq.importing.folders import MARKDOWN, Text, carried, config_values, paths_in, read_text, words
from blogq.importing.uploads import beside
from blogq.library.permalinks import slugified

CONFIGS = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
_SHARED = tuple(f"config/_default/{name}" for name in CONFIGS)
_CALL = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/.-]+)")
_KNOWN = frozenset(
    "figure youtube vimeo x tweet twitter instagram gist details highlight ref relref video audio"
    " quote mastodon embed".split()
)
_CODE = re.compile(r"(?ms)^[ ]{0,3}(`{3,}|~{3,}).*?^[ ]{0,3}\1[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`)")


def read(source: Path) -> Export:
    """Open the folder of a site."""
    config = config_values(source, CONFIGS) or config_values(source, _SHARED) if source.is_dir() else {}
    name = words(config.get("contentdir", "")) or "content"
    content = source / name
    language = words(config.get("defaultcontentlanguage", ""))
    languages = config.get("languages")
    told: Any = {}
    if isinstance(languages, dict) and languages:
        language = language or next(iter(languages))
        told = languages.get(language) if isinstance(languages.get(language), dict) else {}
        own = next((words(value) for key, value in told.items() if key.lower() == "contentdir"), "")
        content = source / own if own and ".." not in own and (source / own).is_dir() else content
    if not source.is_dir() or not content.is_dir():
        raise Unreadable(f"{source} is no site of Hugo: there is no folder {name} in it")
    folders = [each for each in content.iterdir() if not each.name.startswith(".")]
    if len(folders) == 1 and folders[0].is_dir() and re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2,4})?", folders[0].name):
        content, language = folders[0], language or folders[0].name
    about = About(
        title=words(told.get("title", "")) or words(config.get("title", "")),
        description=words((config.get("params") or {}).get("description", ""))
        if isinstance(config.get("params"), dict)
        else "",
        url=words(config.get("baseurl", "")),
        language=language or words(config.get("languagecode", "")),
        timezone=words(config.get("timezone", "")),
    )
    site = _Site(content, config)
    files = [
        carried(content, path, f"content/{path}") for path in site.paths if not path.endswith((*MARKDOWN, ".html"))
    ]
    files += [carried(source, f"static/{path}", f"static/{path}") for path in paths_in(source / "static")]
    pictures = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
    assets = [path for path in paths_in(source / "assets") if path.lower().endswith(pictures)]
    files += [carried(source, f"assets/{path}", f"assets/{path}") for path in assets]
    return Export(about=about, items=site.items, files=files, uploads=beside(source, ("static",)))


class _Site:
    """A site of Hugo."""

    def __init__(self, content: Path, config: dict[str, Any]) -> None:
        self.content, self.paths = content, paths_in(content)
        patterns: Any = config.get("permalinks")
        patterns = patterns if isinstance(patterns, dict) else {}
        pages = patterns.get("page") if isinstance(patterns.get("page"), dict) else patterns
        self.patterns = {key: value for key, value in pages.items() if isinstance(value, str)}
        base = re.sub(r"^https?://[^/]*", "", words(config.get("baseurl", ""))).strip("/")
        self.base = f"/{base}" if base else ""
        self.keeps_case = config.get("disablepathtolower") is True
        self.ugly = config.get("uglyurls") is True

    def items(self, tell: Tell) -> Iterator[Item]:
        """Yield every text but those of lists, which come along as they are."""
        for path in self.paths:
            if path.endswith((".html", ".htm", ".rst", ".adoc", ".org", ".pandoc")):
                tell(Note("lost", "file", path, 0, "it isn't Markdown: left out"))
            if not path.lower().endswith(MARKDOWN):
                continue
            text = read_text(self.content, path, tell)
            if text is None:
                continue
            yield self._item(text, tell)

    def _item(self, text: Text, tell: Tell) -> Item:
        path, told = text.path, text.told
        shortcodes = {found[2] for found in _CALL.finditer(_CODE.sub("", text.body)) if found[2] not in _KNOWN}
        for name in sorted(shortcodes):
            tell(
                Note(
                    "lost",
                    "shortcode",
                    path,
                    text.line,
                    f"the shortcode {name} is the old theme's: it stays as it was written, until a file"
                    f" shortcodes/{name}.html says what it means",
                )
            )
        folder, _, name = path.rpartition("/")
        is_list = name.startswith("_index.")
        url = "" if is_list else self._url(text)
        dated = told.date is not None
        draft = told.draft
        aliases = tuple(self._alias(each, url) for each in told.aliases)
        return Item(
            kind="post" if dated and folder and not is_list else "page",
            id=path,
            place=path,
            line=0,
            title="" if is_list else told.title,
            url=f"{self.base}{url}" if url and not draft else "",
            body=text.body,
            form="markdown",
            draft=draft,
            # Hugo stops at front matter that it can't read: nobody has seen such a text.
            live=not draft and not is_list and not text.problem,
            aliases=aliases,
            redirect_to=told.redirect_to,
            front=text.front
            or ("" if is_list or text.problem else f"---\ntitle: {name.rpartition('.')[0].replace('-', ' ')}\n---\n"),
            file=path,
            unread=text.problem,
        )

    def _alias(self, alias: str, url: str) -> str:
        return (
            f"{self.base}{alias}"
            if alias.startswith("/")
            else f"{self.base}{url.rstrip('/').rpartition('/')[0]}/{alias}"
        )

    def _url(self, text: Text) -> str:
        path, told = text.path, text.told
        if own := words(text.values.get("url", "")):
            return own if own.startswith("/") else f"/{own}"
        folder, _, name = path.rpartition("/")
        stem = name.rpartition(".")[0]
        if stem == "index":
            folder, _, stem = folder.rpartition("/")
        section = folder.partition("/")[0]
        slug = told.slug or stem
        pattern = self.patterns.get(section)
        if pattern:
            date = str(text.values.get("date", ""))
            year, month, day = (
                (date[:4], date[5:7], date[8:10]) if re.match(r"\d{4}-\d{2}-\d{2}", date) else ("", "", "")
            )
            values = {
                "year": year,
                "month": month,
                "day": day,
                "slug": told.slug or slugified(told.title),
                "title": slugified(told.title),
                "slugorfilename": told.slug or stem,
                "slugorcontentbasename": told.slug or stem,
                "filename": stem,
                "contentbasename": stem,
                "section": section,
                "sections": folder,
            }
            url = re.sub(r":([a-z]+)", lambda each: values.get(each[1], each[0]), pattern)
        else:
            url = f"/{folder}/{slug}" if folder else f"/{slug}"
        url = re.sub(r"\s+", "-", re.sub(r"/{2,}", "/", f"/{url}")).rstrip("/")
        url = url if self.keeps_case else url.lower()
        return f"{url}.html" if self.ugly else f"{url}/"
