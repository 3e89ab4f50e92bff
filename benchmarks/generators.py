"""blogq and its peers: how each one's site is laid out, and how it is built."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from pathlib import Path
from typing import NamedTuple

import install
import installed
from corpus import ROOT, copy_tree
from errors import BenchmarkError

NAMES = ("blogq", "hugo", "eleventy", "pelican")

BLOGQ_CONFIG = """\
title: Bench Blog
base_url: https://example.org/
"""
ELEVENTY_POSTS = 'export default { layout: "post.njk", permalink: (d) => `/posts/${d.slug}/index.html` }\n'


class Generator(NamedTuple):
    """One static site generator, ready to be measured."""

    name: str
    flavour: str
    """The corpus generator's name for its front matter."""
    command: tuple[str, ...]
    """Builds the site in the current folder."""
    output: str
    """The folder of the site that the command writes to."""
    feed: str
    posts: str
    images: str
    versions: tuple[tuple[str, str], ...]
    skeleton: str = ""
    """Folder beside the corpus generator that holds config and templates."""
    files: tuple[tuple[str, str], ...] = ()
    """Further files of the site: path and text."""
    links: tuple[tuple[str, Path], ...] = ()
    """Symbolic links of the site: name and target."""
    environment: tuple[tuple[str, str], ...] = ()
    keeps_state: bool = False
    """Whether a build takes over what an earlier one made, so that it must be held against a clean build."""


def generator(name: str, bench: Path) -> Generator:
    """Return the generator called `name`, installing it on first use; `bench` holds the peers' sites.

    Raises `BenchmarkError` for a name not in NAMES, or when it can't be installed.
    """
    match name:
        case "blogq":
            return _blogq()
        case "hugo":
            return _hugo()
        case "eleventy":
            return _eleventy(bench)
        case "pelican":
            return _pelican()
    raise BenchmarkError(f"no generator is called {name}; there are {', '.join(NAMES)}")


def lay_out(made: Generator, posts: Path, bench: Path, site: Path) -> None:
    """Create the folder `site`: the posts of the folder `posts`, the images, the generator's own files."""
    site.mkdir(parents=True)
    if made.skeleton:
        copy_tree(bench / made.skeleton, site)
    copy_tree(bench / "hugo" / "static" / "images", site / made.images)
    copy_tree(posts, site / made.posts)
    for path, text in made.files:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    for path, target in made.links:
        (site / path).symlink_to(target, target_is_directory=True)


def _blogq() -> Generator:
    libraries = ("markdown-it-py", "jinja2", "pygments", "pyyaml")
    source = (ROOT / "blogq" / "__init__.py").read_text(encoding="utf-8")
    version = source.partition('__version__ = "')[2].partition('"')[0]
    return Generator(
        name="blogq",
        flavour="hugo",
        command=(sys.executable, "-m", "blogq", "build", "--no-check"),
        output="_site",
        feed="feed.xml",
        posts="content/posts",
        images="static/images",
        versions=(
            ("blogq", version),
            ("Python", platform.python_version()),
            *((name, importlib.metadata.version(name)) for name in libraries),
        ),
        files=(("blogq.yaml", BLOGQ_CONFIG),),
        environment=tuple(installed.environment().items()),
        keeps_state=True,
    )


def _hugo() -> Generator:
    installed = install.hugo()
    return Generator(
        name="hugo",
        flavour="hugo",
        command=(install.program_of_hugo(installed),),
        output="public",
        feed="index.xml",
        posts="content/posts",
        images="static/images",
        versions=installed.versions,
        skeleton="hugo",
    )


def _eleventy(bench: Path) -> Generator:
    installed = install.eleventy(bench)
    modules = installed.folder / "node_modules"
    return Generator(
        name="eleventy",
        flavour="generic",
        command=("node", str(modules / "@11ty" / "eleventy" / "cmd.cjs")),
        output="_site",
        feed="index.xml",
        posts="posts",
        images="static/images",
        versions=installed.versions,
        skeleton="eleventy",
        files=(("posts/posts.11tydata.js", ELEVENTY_POSTS),),
        links=(("node_modules", modules),),
    )


def _pelican() -> Generator:
    installed = install.pelican()
    return Generator(
        name="pelican",
        flavour="pelican",
        command=(str(installed.folder / "bin" / "pelican"),),
        output="output",
        feed="index.xml",
        posts="content/posts",
        images="content/images",
        versions=installed.versions,
        skeleton="pelican",
    )
