"""What a reader of each page has before them: a site that its commands fit, and what these may exit with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from zipfile import ZipFile

from terminal import Terminal

Make = Callable[[Terminal], None]
DAY = "2026-05-30T12:00:00+02:00"
"""When things are committed."""


class Scene(NamedTuple):
    """Where the commands of a page are typed."""

    make: Make
    codes: Mapping[str, tuple[int, ...]] = {}
    """What a command may exit with, where it isn't 0."""
    before: Mapping[str, Make] = {}
    """What happens before a command, such as an edit that the page speaks of."""
    shown_as: Mapping[str, str] = {}
    """Parts of output that the page shows otherwise: a server that is a folder here."""
    any_number: bool = False
    """Whether numbers may be others than those shown, since the page speaks of a larger blog."""


CONFIG = """\
title: Pumps and Patience
base_url: https://pumps.blog/
timezone: Europe/Berlin
author: nuria
authors:
  nuria: {name: Nuria Valdés}
"""
WORDS = (
    "The pump starts every forty seconds because the tank has lost its air. Close the valve, open the tap, and let "
    "the pressure fall to nothing. Then measure the rubber bag with a tyre gauge: 1.4 bar is right for a switch that "
    "closes at 1.6. Mr Ortega, who has repaired 30 of these, fills them in May. A new tank costs 80 euros at a shop, "
    "and a [manual](https://pumps.blog/about/) says where its valve is. Write the date on the tank with a pencil."
)


def post(title: str, date: str, body: str = WORDS, front: str = "") -> str:
    """Return a post's source."""
    about = "A description with as many words as search engines show of one."
    return f"---\ntitle: {title}\ndate: {date}\ndescription: {about}\n{front}---\n{body}\n"


BLOG = {
    "blogq.yaml": CONFIG,
    ".gitignore": "/_site/\n/.blogq/\n/_report.html\n",
    "content/about.md": "---\ntitle: About\n---\nWho writes here, and how to reach them.\n",
    "content/posts/pump.md": post("A pump that will not stop", "2026-03-01", front="tags: [pumps]\n"),
    "content/posts/summer-house.md": post("The summer house", "2026-04-12", "It is dry, at last. " * 30),
    "content/posts/draft.md": post("Not yet", "2026-05-20", "Half a thought about taps.", "draft: true\n"),
}


def put(terminal: Terminal, files: Mapping[str, str]) -> None:
    """Write files below the place where commands are typed."""
    for name, text in files.items():
        path = terminal.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def blog(files: Mapping[str, str] = MappingProxyType({}), *first: str) -> Make:
    """Return what makes a small blog, with `files` more, in a repository of its own, and types commands in it."""

    def make(terminal: Terminal) -> None:
        terminal.place = terminal.home / "blog"
        put(terminal, {**BLOG, **files})
        git(terminal.place, "init", "--quiet")
        commit(terminal)
        for command in first:
            assert terminal.type(command).code == 0, command

    return make


def config(more: str) -> dict[str, str]:
    """Return the blog's config with more in it."""
    return {"blogq.yaml": CONFIG + more}


def git(folder: Path, *words: str) -> None:
    """Run Git."""
    told = {**os.environ, "GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY}
    subprocess.run(["git", "-C", str(folder), *words], env=told, check=True, capture_output=True)


def commit(terminal: Terminal) -> None:
    """Commit all there is."""
    git(terminal.place, "add", "--all")
    git(terminal.place, "commit", "--quiet", "--message", "As it is")


def nothing(terminal: Terminal) -> None:
    """Begin with an empty folder."""


def doctor(terminal: Terminal) -> None:
    """A site without a time zone, whose address isn't that of its repository's pages, and which was built."""
    terminal.place = terminal.home / "blog"
    pages = "deploy:\n  pages: {type: git, to: https://github.com/wren/blog.git}\n"
    put(terminal, {**BLOG, "blogq.yaml": f"title: Wren\nbase_url: https://wren.github.io/\n{pages}"})
    (terminal.place / ".gitignore").unlink()
    git(terminal.place, "init", "--quiet")
    commit(terminal)
    assert terminal.type("blogq build --quiet").code == 0


def deployable(terminal: Terminal) -> None:
    """A blog with a place to publish at."""
    blog(config(f"deploy:\n  live: {terminal.home / 'public'}\n"))(terminal)


def more(terminal: Terminal) -> None:
    """A post more, with a picture."""
    folder = "content/posts/a-second-look"
    text = post("A second look", "2026-06-01", front="image: sketch.svg\nimage_alt: A sketch\n")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    put(terminal, {f"{folder}/index.md": text, f"{folder}/sketch.svg": drawing})


def changed(terminal: Terminal) -> None:
    """A blog on a branch that changes a post, of which another clone has the main branch."""
    blog(config(f"deploy:\n  live: {terminal.home / 'public'}\n"))(terminal)
    git(terminal.place, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(terminal.place, "checkout", "--quiet", "-b", "more")
    put(terminal, {"content/posts/pump.md": post("A pump that will not stop", "2026-03-01", WORDS + " It was May.")})
    commit(terminal)


def only(files: Mapping[str, str]) -> Make:
    """Return what makes a site of `files` and nothing else."""
    return lambda terminal: put(terminal, files)


def beside(terminal: Terminal) -> None:
    """A blog in the folder `blog` below."""
    blog()(terminal)
    terminal.place = terminal.home


def named(name: str) -> Make:
    """Return what makes a blog in a folder called `name`, below."""

    def make(terminal: Terminal) -> None:
        for path, text in BLOG.items():
            put(terminal, {f"{name}/{path}": text})

    return make


def summer(terminal: Terminal) -> None:
    """A post of the future, as it is said to be."""
    put(terminal, {"content/posts/summer.md": "---\ntitle: Summer\ndate: 2026-07-01 09:00\n---\nHot.\n"})


def place(terminal: Terminal) -> None:
    """The address and the place that the page has just spoken of."""
    path = terminal.place / "blogq.yaml"
    more = f"base_url: https://pumps.blog/\ndeploy:\n  live: {terminal.home / 'public'}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


STYLE = """\
style:
  - swap:
      utilize: use
"""
LAUNCH = post(
    "Launch",
    "2026-05-05",
    f"{WORDS}\n\nIt came by lorry.\n\nMs Okafor signed for it at nine.\n\nNow we utilize the pump.",
)
PATTERN = "style:\n  - name: colours\n    pattern: colou?r(?=s)\n"
ONE_COMMENT = "_id: '1'\nname: Ann\ndate: 2026-05-03\nmessage: Mine are in a tin.\n"
EXPORT = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title>
<wp:base_blog_url>https://old.example</wp:base_blog_url></channel></rss>
"""

OLD_POST = "<p>The pump starts every forty seconds.</p>"
WORDPRESS = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Old</title><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>A pump</title><link>https://old.example/a-pump/</link>
<content:encoded><![CDATA[<p>The pump starts.</p>]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:post_name>a-pump</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:post_date>2024-05-01 11:30:00</wp:post_date><wp:post_date_gmt>2024-05-01 09:30:00</wp:post_date_gmt></item>
</channel></rss>
"""
BLOGGER = """\
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title>
<link rel="alternate" href="https://old.example/"/>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2024-05-01T11:30:00.001+02:00</published>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<title>A pump</title><content type="html">&lt;p&gt;The pump starts.&lt;/p&gt;</content>
<link rel="alternate" href="https://old.example/2024/05/a-pump.html"/></entry></feed>
"""
MEDIUM = """\
<!DOCTYPE html><html><head><title>A pump</title></head><body><article class="h-entry">
<h1 class="p-name">A pump</h1><section data-field="body" class="e-content"><p>The pump starts.</p></section>
<footer><time class="dt-published" datetime="2024-05-01T09:30:00.000Z">May 1</time></footer></article></body></html>
"""
GHOST = {"id": 1, "title": "A pump", "slug": "a-pump", "status": "published", "html": OLD_POST,
         "published_at": "2024-05-01T09:30:00.000Z"}  # fmt: skip
PUMP_OF_OLD = "---\ntitle: A pump\ndate: 2024-05-01\n---\nThe pump starts.\n"


def old_blogs(terminal: Terminal) -> None:
    """An export or a folder of each program that is moved in from."""
    settings = [{"key": "title", "value": "Old"}, {"key": "url", "value": "https://old.example/"}]
    ghost = {"db": [{"meta": {}, "data": {"posts": [GHOST], "settings": settings}}]}
    put(
        terminal,
        {
            "export.xml": WORDPRESS,
            "old-jekyll/_config.yml": "title: Old\nurl: https://old.example\n",
            "old-jekyll/_posts/2024-05-01-a-pump.md": "---\ntitle: A pump\n---\nThe pump starts.\n",
            "old-hugo/hugo.toml": 'baseURL = "https://old.example/"\ntitle = "Old"\n',
            "old-hugo/content/posts/a-pump.md": PUMP_OF_OLD,
            "old-pelican/pelicanconf.py": "SITENAME = 'Old'\nSITEURL = 'https://old.example'\n",
            "old-pelican/content/a-pump.md": "Title: A pump\nDate: 2024-05-01\n\nThe pump starts.\n",
            "ghost.json": json.dumps(ghost),
            "blogger.xml": BLOGGER,
        },
    )
    with ZipFile(terminal.place / "medium-export.zip", "w") as archive:
        archive.writestr("posts/2024-05-01_A-pump-0123456789ab.html", MEDIUM)


def afresh(terminal: Terminal) -> None:
    """No new site yet."""
    shutil.rmtree(terminal.place / "my-blog", ignore_errors=True)


IMPORTS = ("wordpress export.xml", "jekyll old-jekyll", "hugo old-hugo", "pelican old-pelican", "ghost ghost.json",
           "medium medium-export.zip", "blogger blogger.xml")  # fmt: skip

SCENES: dict[str, Scene] = {
    "README.md": Scene(named("my-blog")),
    "docs/cadence.md": Scene(blog(), any_number=True),
    "docs/check-output.md": Scene(blog()),
    "docs/checking.md": Scene(
        changed,
        {"blogq check": (0, 1), "blogq check --select RD,LN001 --ignore RD004": (0, 1),
         "blogq check --fail-on warning --format github --format sarif --output github.log --output found.sarif": (1,)},
        any_number=True,
    ),
    "docs/ci.md": Scene(changed),
    "docs/conversation.md": Scene(
        blog({**config("comments: {sources: [comments]}\n"), "comments/posts/pump/1.yml": ONE_COMMENT,
              "export.xml": EXPORT}),
    ),
    "docs/deploying.md": Scene(
        deployable,
        before={"blogq deploy --dry-run": more},
        shown_as={"~/public": "wren@host.org:/var/www/blog"},
        any_number=True,
    ),
    "docs/doctor.md": Scene(doctor, {"blogq doctor": (2,)}, {"blogq deploy --dry-run": deployable}),
    "docs/editors.md": Scene(blog()),
    "docs/house-style.md": Scene(
        only({**config(STYLE), "content/posts/launch.md": LAUNCH}),
        {"blogq check #2": (2,)},
        {"blogq check #2": lambda terminal: put(terminal, config(PATTERN))},
        any_number=True,
    ),
    "docs/importing.md": Scene(
        old_blogs,
        before={f"blogq import {each} --into my-blog": afresh for each in IMPORTS},
    ),
    "docs/measures.md": Scene(blog()),
    "docs/originality.md": Scene(
        codes={"blogq check --select OR001,OR002,OR003,OR006": (0, 1)},
        make=blog({"content/posts/2015-11-10-boston-is-using-gsa-calc-tool.md": post("Boston", "2015-11-10"),
              "content/posts/next.md": post("Next", "2026-05-31")}),
    ),
    "docs/pre-commit.md": Scene(blog()),
    "docs/report.md": Scene(blog()),
    "docs/score.md": Scene(blog({"content/posts/a-pump.md": post("A pump", "2026-05-01")})),
    "docs/security.md": Scene(beside),
    "docs/serve.md": Scene(blog()),
    "docs/start.md": Scene(
        nothing,
        before={"blogq why content/posts/summer.md": summer, "blogq deploy --dry-run": place},
    ),
    "docs/upgrading.md": Scene(
        blog({}, "blogq build --quiet"),
        {"blogq upgrade --diff --theme broadsheet": (0, 1)},
    ),
}  # fmt: skip
"""The scene of each page that types commands of blogq."""
