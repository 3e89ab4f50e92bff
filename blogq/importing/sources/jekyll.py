"""Jekyll: the folder of a site. Its config and texts are read; its plugins, layouts and Liquid are never run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from blogq.importing.carried import About, Export, Item, Note, Tell, Unreadable
from blogq.importing.folders import MARKDOWN, Text, carried, config_values, paths_in, read_text, words
from blogq.importing.liquid import translated
from blogq.importing.uploads import beside
from blogq.library.permalinks import slugified

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_NAME = re.compile(r"(?:.*/)?(\d{2,4})-(\d{1,2})-(\d{1,2})-([^/]*)\.[^./]+\Z")
_LEFT = re.compile(
    r"(?:Gemfile|Rakefile|README|LICENSE|LICENCE|CONTRIBUTING|CODE_OF_CONDUCT|Makefile|Dockerfile|package(?:-lock)?\.json"
    r"|yarn\.lock|.*\.gemspec|_config.*|feed\.xml|sitemap\.xml|.*\.s[ac]ss|.*\.(?:rb|py|sh|toml|ya?ml|lock|liquid))",
    re.I,
)
_LOGIC = re.compile(
    r"\{%-?\s*(?:for|if|unless|assign|include|case|capture|paginate)\b|\{\{-?\s*(?:site|content|paginator)\b"
)


def read(source: Path) -> Export:
    """Open the folder of a site."""
    if not source.is_dir():
        raise Unreadable(f"{source} is no folder; name the one that has _config.yml and _posts in it")
    config = config_values(source, ("_config.yml", "_config.yaml", "_config.toml"))
    home = words(config.get("source", ""))
    root = source / home if home and (source / home).is_dir() and ".." not in home else source
    paths = paths_in(root)
    posts = [path for path in paths if re.search(r"(?:^|/)_(?:posts|drafts)/", path)]
    if not posts and (root / "content/posts").is_dir():
        posts = [path for path in paths if path.startswith("content/posts/")]
    if not posts and not config:
        raise Unreadable(f"{source} is no site of Jekyll: neither _config.yml nor _posts is in it")
    base = words(config.get("baseurl", "")).strip("/")
    address = words(config.get("url", "")).rstrip("/")
    about = About(
        title=words(config.get("title", "")) or words(config.get("name", "")),
        description=" ".join(words(config.get("description", "")).split()),
        url=f"{address}/{base}/" if base else f"{address}/" if address else "",
        language=words(config.get("lang", "")) or words(config.get("locale", "")),
        timezone=words(config.get("timezone", "")),
    )
    site = _Site(root, config, paths, set(posts), f"/{base}" if base else "")
    return Export(
        about=about,
        items=site.items,
        files=[carried(root, path, f"static/{path}") for path in site.plain_files()],
        uploads=beside(root, ("",)),
    )


class _Site:
    """A site of Jekyll."""

    def __init__(self, root: Path, config: dict[str, Any], paths: list[str], posts: set[str], base: str) -> None:
        self.root, self.config, self.paths, self.posts, self.base = root, config, paths, posts, base
        collections = config.get("collections")
        self.collections: Mapping[str, Any] = collections if isinstance(collections, dict) else {}
        self._urls: dict[str, str] | None = None

    def is_text(self, path: str) -> bool:
        return path.lower().endswith((*MARKDOWN, ".html", ".htm"))

    def _hidden(self, path: str) -> bool:
        first = path.split("/")
        return any(each.startswith("_") for each in first) and not self._collection(path)

    def _collection(self, path: str) -> str:
        first = path.split("/")[0]
        found = self.collections.get(first[1:]) if first.startswith("_") else None
        return first[1:] if isinstance(found, dict) and found.get("output") is True else ""

    def plain_files(self) -> list[str]:
        """Return the files that Jekyll copies as they are."""
        found = []
        for path in self.paths:
            if path in self.posts or self._hidden(path) or _LEFT.fullmatch(path.rpartition("/")[2]):
                continue
            if self.is_text(path) or path.endswith((".xml", ".css", ".js", ".txt", ".json")):
                try:
                    with (self.root / path).open("rb") as file:
                        if file.read(4).startswith(b"---") or path.lower().endswith(MARKDOWN):
                            continue
                except OSError:
                    continue
            found.append(path)
        return found

    def items(self, tell: Tell) -> Iterator[Item]:
        """Yield posts, drafts, pages and the texts of collections that have pages."""
        urls = self._addresses()
        for path in self.paths:
            if not self.is_text(path) or (path not in self.posts and self._hidden(path)):
                continue
            text = read_text(self.root, path, tell)
            if text is None:
                continue
            if not text.front and path not in self.posts:
                if path.lower().endswith(MARKDOWN) and "/" in path:
                    tell(
                        Note("told", "file", path, 0, "it has no front matter, so Jekyll made no page of it: left out")
                    )
                continue
            yield from self._item(text, urls, tell)

    def _addresses(self) -> dict[str, str]:
        """Return the address of each text by its path, its name, and its name without an ending."""
        if self._urls is None:
            self._urls = {}
            for path in self.paths:
                if self.is_text(path) and (path in self.posts or not self._hidden(path)):
                    text = read_text(self.root, path, lambda note: None)
                    if text is not None and (text.front or path in self.posts):
                        url = self._url(text)
                        name = path.rpartition("/")[2]
                        for key in (path, name, name.rpartition(".")[0]):
                            self._urls.setdefault(key, url)
        return self._urls

    def _item(self, text: Text, urls: Mapping[str, str], tell: Tell) -> Iterator[Item]:
        path, told = text.path, text.told
        is_post = path in self.posts

        def say(code: str, message: str) -> None:
            tell(Note("lost", code, path, text.line, message))

        if not is_post and path.rpartition("/")[2].startswith("index.") and "/" not in path:
            tell(Note("told", "site", path, 0, "it is the home page, which blogq makes of the posts: left out"))
            return
        is_html = not path.lower().endswith(MARKDOWN)
        if is_html and not is_post and _LOGIC.search(text.body):
            say("file", "it is a template more than a text: left out")
            return
        url = urls.get(path) or self._url(text)
        site = {f"site.{key}": words(value) for key, value in self.config.items() if words(value)}
        names = {**site, "page.title": told.title, "page.url": url}
        body = translated(text.body, {key: self._bare(value) for key, value in urls.items()}, names, say)
        draft = told.draft or "_drafts/" in path
        found = _NAME.match(path)
        above = [each for each in path.partition("_posts/")[0].split("/") if each] if "_posts/" in path else []
        year, name = (found[1] if len(found[1]) == 4 else f"20{found[1]}", found[4]) if found else ("", "")
        date = f"{year}-{int(found[2]):02}-{int(found[3]):02}" if found and told.date is None and is_post else ""
        stem = path.rpartition("/")[2].rpartition(".")[0]
        yield Item(
            kind="post" if is_post else "page",
            id=path,
            place=path,
            line=0,
            title=told.title or (name or stem).replace("-", " ").strip().capitalize(),
            url=f"{self.base}{url}" if not draft else "",
            body=body,
            form="html" if is_html else "markdown",
            slug=told.slug or name or ("" if stem == "index" else stem),
            date=date if not is_html else date or _date(text),
            draft=draft,
            live=not draft,
            terms=(("categories", tuple(above)), *(told.terms if is_html else ())),
            aliases=tuple(f"{self.base}{each}" if each.startswith("/") else each for each in told.aliases),
            redirect_to=told.redirect_to,
            unread=text.problem,
            front="" if is_html else text.front,
            file=f"posts/{path.rpartition('/')[2]}" if is_post and not is_html else "",
        )

    def _bare(self, url: str) -> str:
        return url

    def _url(self, text: Text) -> str:
        told, path = text.told, text.path
        stem = path.rpartition("/")[2].rpartition(".")[0]
        pattern = words(text.values.get("permalink", ""))
        is_post = path in self.posts
        collection = self._collection(path)
        if not pattern:
            style = words(self.config.get("permalink", "")) or "date"
            if is_post:
                pattern = _STYLES.get(style, style)
            elif collection:
                pattern = words(self.collections[collection].get("permalink", "")) or "/:collection/:path:output_ext"
            else:
                folder = path.rpartition("/")[0]
                if stem == "index":
                    return f"/{folder}/" if folder else "/"
                ending = "/" if style == "pretty" or style.endswith("/") else ".html"
                return f"/{folder}/{stem}{ending}" if folder else f"/{stem}{ending}"
        found = _NAME.match(path)
        year, month, day = (found[1], found[2], found[3]) if found else ("", "", "")
        if told.date is not None and (date := _date(text)):
            year, month, day = date[:4], date[5:7], date[8:10]
        labels = [label for name, labels in told.terms if name == "categories" for label in labels]
        above = [each for each in path.partition("_posts/")[0].split("/") if each] if "_posts/" in path else []
        name = told.slug or (found[4] if found else stem)
        values = {
            "categories": "/".join(dict.fromkeys(each.lower().replace(" ", "%20") for each in (*above, *labels))),
            "year": f"20{year}" if len(year) == 2 else year,
            "month": month.zfill(2),
            "i_month": month.lstrip("0"),
            "day": day.zfill(2),
            "i_day": day.lstrip("0"),
            "short_year": year[-2:],
            "title": name,
            "slug": slugified(name),
            "name": stem,
            "basename": stem,
            "output_ext": ".html",
            "collection": collection,
            "path": path.partition("/")[2].rpartition(".")[0] if collection else path.rpartition("/")[0],
        }
        url = re.sub(r":([a-z_]+)", lambda each: values.get(each[1], each[0]), pattern)
        url = re.sub(r"/{2,}", "/", f"/{url}")
        return url if url.endswith("/") or "." in url.rpartition("/")[2] else f"{url}"


def _date(text: Text) -> str:
    value = text.values.get("date")
    return str(value)[:10] if value is not None and re.match(r"\d{4}-\d{2}-\d{2}", str(value)) else ""
