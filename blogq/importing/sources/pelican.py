"""Pelican: the folder of a site. Markdown and HTML are carried, reStructuredText is named; no pelicanconf.py is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from blogq.importing.carried import About, Export, Item, Note, Tell, Unreadable
from blogq.importing.folders import MARKDOWN, carried, paths_in, read_text
from blogq.importing.moments import iso_moment, local_moment
from blogq.importing.preparation import soup_of
from blogq.importing.uploads import beside, is_inside
from blogq.library.permalinks import slugified

_SETTINGS = frozenset("SITENAME SITEURL SITESUBTITLE AUTHOR TIMEZONE DEFAULT_LANG PATH ARTICLE_URL PAGE_URL".split())
_LABELS = {"tags": "tags", "keywords": "tags", "category": "categories", "authors": "authors", "author": "authors"}


def settings_of(text: str) -> dict[str, str]:
    """Return the settings that a pelicanconf.py says as plain texts: it is parsed, and never run."""
    try:
        tree = ast.parse(text[: 1 << 20])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found = {}
    for each in tree.body:
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str):
            names = [target.id for target in each.targets if isinstance(target, ast.Name) and target.id in _SETTINGS]
            found.update(dict.fromkeys(names, each.value.value))
    return found


def read(source: Path) -> Export:
    """Open the folder of a site, or the folder of its texts."""
    if not source.is_dir():
        raise Unreadable(f"{source} is no folder; name the one that has pelicanconf.py and content in it")
    told: dict[str, str] = {}
    for name in ("pelicanconf.py", "publishconf.py", "pelican.conf.py"):
        if is_inside(source / name, source):
            found = settings_of((source / name).read_text("utf-8", "replace"))
            told.update({key: value for key, value in found.items() if value})
    folder = told.get("PATH", "content")
    content = (
        source / folder if ".." not in folder and not folder.startswith("/") and (source / folder).is_dir() else source
    )
    paths = paths_in(content)
    texts = [path for path in paths if path.lower().endswith((*MARKDOWN, ".html", ".htm", ".rst"))]
    if not texts:
        raise Unreadable(f"{source} is no site of Pelican: there are no texts in it")
    about = About(
        title=told.get("SITENAME", ""),
        description=told.get("SITESUBTITLE", ""),
        url=told.get("SITEURL", ""),
        language=told.get("DEFAULT_LANG", ""),
        timezone=told.get("TIMEZONE", ""),
        labels={"categories": "category", "tags": "tag", "authors": "author"},
    )
    files = [
        carried(content, path, f"static/{path}")
        for path in paths
        if path not in texts and ("/" in path or not path.endswith(".py"))
    ]
    return Export(
        about=about, items=lambda tell: _items(content, texts, told, tell), files=files, uploads=beside(content, ("",))
    )


def _items(content: Path, paths: list[str], told: dict[str, str], tell: Tell) -> Iterator[Item]:
    for path in paths:
        if path.lower().endswith(".rst"):
            tell(Note("lost", "file", path, 0, "it is reStructuredText, which blogq doesn't read: left out"))
            continue
        item = (
            _html(content, path, told, tell)
            if path.lower().endswith((".html", ".htm"))
            else _markdown(content, path, told, tell)
        )
        if item is not None:
            yield item


def _address(
    path: str, title: str, slug: str, date: str, language: str, category: str, told: dict[str, str], is_page: bool
) -> str:
    pattern = told.get("PAGE_URL" if is_page else "ARTICLE_URL", "pages/{slug}.html" if is_page else "{slug}.html")
    slug = slug or slugified(title) or slugified(path.rpartition("/")[2].rpartition(".")[0])
    values = {"slug": slug, "lang": language, "category": slugified(category), "author": ""}

    def value(found: re.Match[str]) -> str:
        if found[1] == "date":
            parts = {"%Y": date[:4], "%m": date[5:7], "%d": date[8:10], "%b": ""}
            return re.sub(r"%[A-Za-z]", lambda each: parts.get(each[0], ""), (found[2] or "%Y-%m-%d").lstrip(":"))
        return values.get(found[1], "")

    return "/" + re.sub(r"\{(\w+)(:[^{}]*)?\}", value, pattern).lstrip("/")


def _markdown(content: Path, path: str, told: dict[str, str], tell: Tell) -> Item | None:
    text = read_text(content, path, tell)
    if text is None:
        return None
    front, is_page = text.told, "pages/" in f"/{path}" and path.startswith("pages/")
    status = str(text.values.get("status", "")).lower()
    if status == "skip":
        tell(Note("told", "status", path, 0, "its status is skip: left out"))
        return None
    date = str(text.values.get("date", ""))[:10]
    category = next((labels[0] for name, labels in front.terms if name == "categories" and labels), "")
    url = _address(path, front.title, front.slug, date, front.language, category, told, is_page)
    body = re.sub(r"\{(?:static|attach|filename)\}/?|\|filename\|/?", "/", text.body)
    folder = path.rpartition("/")[0].partition("/")[0]
    return Item(
        kind="page" if is_page else "post",
        id=path,
        place=path,
        line=0,
        title=front.title or path.rpartition("/")[2].rpartition(".")[0].replace("-", " "),
        url="" if front.draft else url,
        body=body,
        form="markdown",
        draft=front.draft,
        live=not front.draft,
        unread=text.problem,
        terms=(("categories", (folder,) if folder and not is_page and not category else ()),),
        front=text.front if front.style != "none" else f"---\ntitle: {slugified(path)}\n---\n",
        file=f"{'' if is_page else 'posts/'}{path.rpartition('/')[2]}",
    )


def _html(content: Path, path: str, told: dict[str, str], tell: Tell) -> Item | None:
    if not is_inside(content / path, content):
        tell(Note("lost", "file", path, 0, "it leads out of the folder, or is no plain file"))
        return None
    data = (content / path).read_bytes()
    try:
        html = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        html = data.decode("cp1252", "replace")
        tell(Note("changed", "file", path, 0, "it isn't UTF-8, and was read as Windows-1252"))
    soup = soup_of(html)
    meta: dict[str, str] = {}
    for each in soup.find_all("meta"):
        name = str(each.get("name") or "").lower()
        value = str(each.get("content") or each.get("contents") or "").strip()
        if name and value:
            meta[name] = f"{meta[name]}, {value}" if name in meta and name in _LABELS else meta.get(name, value)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    status = meta.get("status", "").lower()
    if status == "skip":
        return None
    is_page = path.startswith("pages/")
    draft = status == "draft"
    date = iso_moment(meta.get("date", "")) or local_moment(meta.get("date", ""), "") or meta.get("date", "")[:10]
    date = date if re.match(r"\d{4}-\d{2}-\d{2}", date) else ""
    terms: dict[str, list[str]] = {}
    for name, taxonomy in _LABELS.items():
        if name in meta and taxonomy != "authors":
            terms.setdefault(taxonomy, []).extend(each.strip() for each in meta[name].split(",") if each.strip())
    folder = path.rpartition("/")[0].partition("/")[0]
    if folder and not is_page:
        terms.setdefault("categories", [folder])
    authors = re.split(r"\s*[;,]\s*", meta.get("authors", meta.get("author", "")))
    language, category = meta.get("lang", ""), (terms.get("categories") or [""])[0]
    return Item(
        kind="page" if is_page else "post",
        id=path,
        place=path,
        line=0,
        title=title or path.rpartition("/")[2].rpartition(".")[0],
        url="" if draft else _address(path, title, meta.get("slug", ""), date, language, category, told, is_page),
        body=str(soup.body.decode_contents()) if soup.body else "",
        form="html",
        slug=meta.get("slug", ""),
        date=date,
        draft=draft,
        live=not draft,
        hidden=status == "hidden",
        terms=tuple((key, tuple(value)) for key, value in terms.items()),
        authors=tuple(each for each in authors if each),
        summary=meta.get("summary", ""),
        description=meta.get("description", ""),
        language=language,
    )
