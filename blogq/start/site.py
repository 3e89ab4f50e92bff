"""A new site: which files it begins with. What is there already stays as it is; a folder of Markdown gets a config."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from blogq.collect import real
from blogq.config.load import NAMES, prettified
from blogq.config.schema import Config
from blogq.content.parser import zone_of
from blogq.library.permalinks import slugified
from blogq.sharing.drawing import is_installed
from blogq.sources import STORE, scan_sources
from blogq.start.header import yaml_text

SCHEMA = f"{STORE}/schema.json"
"""Where the JSON Schema of the config stands, for editors."""
REPORT = "_report.html"
"""Where `blogq report` writes its page unless it is told otherwise; a test holds it to that."""
NO_POSTS = frozenset("readme license licence changelog changes contributing code_of_conduct security authors".split())
"""Names of Markdown files at a folder's top that say nothing of whether it is a blog."""
ELSEWHERE = {
    "_config.yml": "Jekyll or Hexo",
    "hugo.toml": "Hugo",
    "hugo.yaml": "Hugo",
    "config.toml": "Hugo or Zola",
    "pelicanconf.py": "Pelican",
    "zola.toml": "Zola",
    "eleventy.config.js": "Eleventy",
    ".eleventy.js": "Eleventy",
    "mkdocs.yml": "MkDocs",
}
"""Configs by which sites of other generators are known."""


class Owner(NamedTuple):
    """What a new site's config says; empty for what is not known."""

    title: str
    base_url: str
    author: str
    email: str
    language: str
    timezone: str


class Start(NamedTuple):
    """What a new site begins with."""

    files: dict[str, str]
    """Text of each file by path."""
    sources: int
    """How many Markdown files are there already, which stay as they are."""
    elsewhere: str
    """Config of another generator that is there, or empty."""


def config_of(folder: Path) -> str:
    """Return the name of the config that makes `folder` a site already, or nothing."""
    return next((name for name in NAMES if os.path.lexists(folder / name)), "")


def site_above(folder: Path) -> Path | None:
    """Return the nearest folder above `folder` that is a site."""
    return next((each for each in real(folder).parents if config_of(each)), None)


def start_of(folder: Path, owner: Owner, now: int) -> Start:
    """Return what a new site in `folder`, which need not be there yet, begins with at the moment `now`."""
    from blogq.config.json_schema import config_schema
    from blogq.render.theme import load_theme, theme_names

    config = Config()
    theme, _ = load_theme(folder, config.theme, {})
    sources = 0
    if folder.is_dir():
        scanned = scan_sources(real(folder), config, theme, real(folder) / config.output, time.time_ns())
        paths = [scanned.content.paths[index] for index in scanned.posts]
        top = "" if scanned.shown else "/"
        sources = sum(top + path.lower().rpartition(".")[0] not in {f"/{name}" for name in NO_POSTS} for path in paths)
    title = owner.title or prettified(real(folder).name)
    owner = owner._replace(title=title, language=owner.language or "en", timezone=owner.timezone or "UTC")
    files = {
        "blogq.yaml": _config(owner, is_new=not sources),
        ".gitignore": f"# What blogq makes, and can make again:\n/{config.output}/\n/{STORE}/\n/{REPORT}\n",
        SCHEMA: json.dumps(config_schema(theme.declared, tuple(theme_names(folder))), indent=1) + "\n",
    }
    if not sources:
        day = datetime.fromtimestamp(now, zone_of(owner.timezone)).date().isoformat()
        language = "" if owner.language.partition("-")[0] == "en" else "language: en\n"
        files |= {
            "content/about.md": _ABOUT.format(language=language, name=owner.author or "[your name]"),
            "content/posts/_index.md": f"---\ntitle: Posts\n{language}---\n",
            "content/posts/first-post.md": _POST.format(language=language, date=day),
            "archetypes/post.md": _ARCHETYPE,
        }
    elsewhere = next((name for name in ELSEWHERE if (folder / name).is_file()), "")
    return Start(files, sources, elsewhere)


def write_start(folder: Path, start: Start) -> tuple[list[str], list[str]]:
    """Write what isn't there yet; return what was written and what was there. OSError when the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[str] = []
    kept: list[str] = []
    for name, text in start.files.items():
        path = folder / name
        if name == SCHEMA:
            # The store keeps itself out of version control.
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            kept.append(name)
        else:
            made.append(name)
    return made, kept


def _config(owner: Owner, is_new: bool) -> str:
    """Return blogq.yaml."""
    lines = [
        f"# yaml-language-server: $schema={SCHEMA}",
        "# What isn't said here has a default: `blogq config` shows every setting and where it comes from.",
        "",
        f"title: {yaml_text(owner.title)}",
        "# What the blog is about, in a sentence, for search engines and feeds:",
        "# description:",
        "# Where it will be read; feeds and sitemap need it before the site goes online:",
        f"base_url: {owner.base_url}" if owner.base_url else "# base_url: https://example.org/",
        f"language: {owner.language}",
        f"timezone: {owner.timezone}",
        "",
    ]
    if owner.author:
        key = slugified(owner.author) or "me"
        lines += [
            f"author: {yaml_text(key)}",
            "authors:",
            f"  {yaml_text(key)}:",
            f"    name: {yaml_text(owner.author)}",
        ]
        if owner.email:
            lines += ["    # Would stand in the Atom feed, for all to read:", f"    # email: {owner.email}"]
    else:
        lines += ["# author: Jane Doe"]
    if is_installed():
        lines += ["", "# An image with the title for each post, for where its address is shared:", "share_images: true"]
    if is_new:
        lines += ["", "menu:", "  - Posts: /posts/", "  - About: about.md"]
    return "\n".join(lines) + "\n"


_ARCHETYPE = """\
---
title: {{ title }}
date: {{ date }}
draft: true
tags: []
# One or two sentences for search engines and for whoever shares the post:
description:
---

"""

_ABOUT = """\
---
title: About
description: Who writes this blog, what about, and how to reach them.
{language}---
This blog is written by {name}.

Say here who you are and what you know about, so that readers can tell why to trust you. Say how they can reach you, and
that you answer: a blog is a conversation.
"""

_POST = """\
---
title: The first post, and what to do with it
date: {date}
description: What this blog is made of, how to write the next post, and how to put it online.
{language}---
Your blog has one post, and it is this one. Read it, then delete the file or write over it:
`content/posts/first-post.md`.

<!-- more -->

## Write the next one

```sh
blogq new "What I learned from a broken pump"
```

That makes a file in `content/posts/` and prints its name. Open it in any editor. At its top, between two lines of
`---`, stands what blogq needs to know; below it you write [Markdown](https://commonmark.org/help/).

The new post is a draft: nobody sees it until you take the line `draft: true` out. Wait with that until you have read
the post again the next day. One post that answers somebody's question is worth more than ten that fill a calendar.

## Look at it

```sh
blogq serve
```

Then open <http://localhost:4000/> and leave it open: what you save appears there at once, drafts included, and beside
it what could be better. <kbd>Ctrl</kbd>+<kbd>C</kbd> ends it.

When a page isn't where you expect it, ask: `blogq why content/posts/first-post.md`.

## Make it yours

- `blogq.yaml` has the blog's title, language and menu. Set `base_url` to its address before it goes online.
- `content/about.md` is the [page about you](../about.md), and waits for you to fill it in.
- `archetypes/post.md` is what new posts start from.
- A picture goes into a folder with its post: `blogq new --bundle "A title"`.

To publish, say in `blogq.yaml` where to, such as `deploy: {{live: wren@example.org:/var/www/blog}}`, and run
`blogq deploy`. Or run `blogq build`, and copy the folder `_site` to any web server.
"""
