"""A site, its output and the edits that people make to them. `World.settle` is the oracle.

After any edits the tree must equal a clean build of the same sources made elsewhere, byte for byte; a second build
must render nothing and touch nothing; files that blogq did not make must stay.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from oracle_images import OTHER, PHOTO
from oracle_theme import TEMPLATES

import blogq.collect
import blogq.sources
from blogq.build import Request, Result, build
from blogq.finding import Finding

NOON = 1_767_268_800
"""1 January 2026, 12:00 UTC."""
DAY = 86_400
OURS = ("OU102", "OU103")
"""Findings that speak of the output folder, not of the sources."""


class Broken(AssertionError):
    """An invariant of the incremental build does not hold."""


@dataclass(frozen=True)
class Post:
    """One source as its author wrote it."""

    meta: dict[str, Any]
    body: str
    raw: bytes | None = None

    def data(self) -> bytes:
        if self.raw is not None:
            return self.raw
        lines = [f"{key}: {json.dumps(value)}\n" for key, value in self.meta.items()]
        return f"---\n{''.join(lines)}---\n{self.body}\n".encode()


@dataclass
class World:
    """A site on disk, and what the tests know of it."""

    root: Path
    now: int = NOON
    jobs: int = 1
    keep_going: bool = False
    posts: dict[str, Post] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, bytes] = field(default_factory=dict)
    lost: bool = False
    """Whether the record of the output was damaged since the last build."""
    disturbed: bool = False
    """Whether blogq can't know any more which of its files stand as they were written."""

    cleaned: dict[tuple[int, bool, int], tuple[Result, dict[str, bytes]]] = field(default_factory=dict)
    """Clean builds made already, by what was built."""

    def __post_init__(self) -> None:
        self.site = self.root / "here" / "site"
        self.output = self.site / "_site"
        self.store = self.site / ".blogq"
        self.site.mkdir(parents=True)
        self.configure(
            title="A site", base_url="https://example.org/", theme="mirror", pagination={"size": 3}, language="en"
        )
        self.configure(images={"widths": [20, 40, 60]})
        for name, text in TEMPLATES.items():
            self.write(f"themes/mirror/{name}", text.encode())

    # Sources.

    def write(self, path: str, data: bytes) -> None:
        """Save a file in the site, as editors do: another file, moved over it."""
        place = self.site / path
        if place.parent.is_file():
            place.parent.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.swp")
        beside.write_bytes(data)
        os.replace(beside, place)

    def remove(self, path: str) -> None:
        (self.site / path).unlink(missing_ok=True)

    def configure(self, **options: Any) -> None:
        """Set options of the config; None takes one out."""
        self.config = {key: value for key, value in {**self.config, **options}.items() if value is not None}
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in self.config.items())
        self.write("blogq.yaml", text.encode())

    def save(self, path: str, post: Post) -> None:
        """Write a post, given by its path below content/."""
        self.posts[path] = post
        self.write(f"content/{path}", post.data())

    def drop(self, path: str) -> None:
        del self.posts[path]
        self.remove(f"content/{path}")

    def path_of(self, which: int) -> str:
        """Return one of the posts' paths."""
        paths = sorted(self.posts)
        return paths[which % len(paths)]

    def edit(self, path: str, body: str | None = None, **meta: Any) -> None:
        """Change a post's text and front matter; None takes a key out."""
        post = self.posts[path]
        both = {key: value for key, value in {**post.meta, **meta}.items() if value is not None}
        self.save(path, replace(post, meta=both, body=post.body if body is None else body, raw=None))

    # Builds.

    def build(self, jobs: int | None = None) -> Result:
        """Build in place."""
        return build(self.request(self.site, jobs or self.jobs))

    def request(self, site: Path, jobs: int = 1) -> Request:
        return Request(site, self.now, jobs=jobs, keep_going=self.keep_going)

    def clean(self) -> tuple[Result, dict[str, bytes]]:
        """Build a copy of the sources elsewhere, with no store and no output; return the result and the tree."""
        seen = (self.now, self.keep_going, hash(frozenset(sources_of(self.site).items())))
        if seen not in self.cleaned:
            elsewhere = self.root / "elsewhere" / "site"
            shutil.rmtree(elsewhere, ignore_errors=True)
            shutil.copytree(self.site, elsewhere, ignore=shutil.ignore_patterns("_site", ".blogq", ".*.swp"))
            result = build(self.request(elsewhere))
            self.cleaned[seen] = result, tree_of(elsewhere / "_site")
        return self.cleaned[seen]

    def settle(self) -> Result:
        """Build, and raise `Broken` unless the output is right."""
        before, before_stats = tree_of(self.output), stats_of(self.output)
        result = self.build()
        wanted, tree = self.clean()
        self._compare_results(result, wanted)
        found = tree_of(self.output)
        if not wanted.written:
            if found != before or stats_of(self.output) != before_stats:
                raise Broken(f"errors, and yet the output changed: {changes(before, found)}")
            return result
        self._compare_trees(found, tree)
        after = stats_of(self.output)
        for path in before.keys() & found.keys():
            if before[path] == found[path] and before_stats[path] != after[path] and not self.disturbed:
                raise Broken(f"written again with the same bytes: {path}")
        self._nothing_more(result)
        self.lost = self.disturbed = False
        return result

    def _compare_results(self, result: Result, wanted: Result) -> None:
        if result.written != wanted.written:
            raise Broken(f"written: {result.written}, a clean build: {wanted.written}: {said(result)} {said(wanted)}")
        if said(result) != said(wanted):
            raise Broken(f"findings {said(result)}, of a clean build {said(wanted)}")
        if (result.posts, result.pages) != (wanted.posts, wanted.pages):
            raise Broken(f"counts {result.posts, result.pages}, of a clean build {wanted.posts, wanted.pages}")

    def _compare_trees(self, found: dict[str, bytes], tree: dict[str, bytes]) -> None:
        self.foreign = {path: data for path, data in self.foreign.items() if path not in tree}
        aside = tree_of(self.store / "aside")
        for path, data in self.foreign.items():
            kept = found.pop(path, None) == data
            # What was moved aside twice at one moment is numbered.
            place = re.compile(rf".*/{re.escape(path)}(\.\d+)?")
            moved = any(place.fullmatch(name) and aside[name] == data for name in aside)
            if not kept and not (self.lost and moved):
                raise Broken(f"a file that was not ours is gone: {path}")
        if found != tree:
            raise Broken(f"not what a clean build makes: {changes(tree, found)}")
        self.foreign = {path: data for path, data in self.foreign.items() if (self.output / path).exists()}

    def _nothing_more(self, result: Result) -> None:
        """Build again with nothing changed."""
        before = stats_of(self.output)
        again = self.build()
        broken = any(finding.severity == "error" for finding in result.findings)
        if again.rendered and not broken:
            raise Broken(f"nothing changed, and yet {again.rendered} were rendered")
        if again.removed or stats_of(self.output) != before:
            raise Broken("nothing changed, and yet the output did")
        if said(again) != said(result) or not again.written:
            raise Broken(f"nothing changed, but for the findings: {said(result)}, then {said(again)}")

    # Undoing.

    def snapshot(self) -> tuple[Any, ...]:
        """Return the sources as they are."""
        return dict(self.posts), dict(self.config), self.now, self.keep_going, sources_of(self.site)

    def restore(self, snapshot: tuple[Any, ...]) -> None:
        """Put the sources back as they were, as a checkout does."""
        posts, config, self.now, self.keep_going, files = snapshot
        self.posts, self.config = dict(posts), dict(config)
        there = sources_of(self.site)
        for path in there.keys() - files.keys():
            self.remove(path)
        for path, data in files.items():
            if there.get(path) != data:
                self.write(path, data)


def seed(world: World) -> World:
    """Give a world a few posts that have to do with each other."""
    dates = ["2025-12-27", "2025-12-28", "2025-12-29", "2025-12-30", "2026-01-03"]
    for number, date in enumerate(dates):
        meta = {"title": f"Title of n{number}", "date": date, "tags": ["red", "blue sky"][: number % 3]}
        world.save(f"posts/n{number}.md", Post(meta, f"Text of n{number}.\n\n<!-- more -->\n\nThe rest."))
    world.edit("posts/n1.md", body="See [the other](n2.md) and [a page](@/about.md).\n\n<!-- more -->\n\nMore.")
    world.edit("posts/n2.md", aliases=["/old/"], authors=["ann"], series="Saga")
    world.save("posts/n2.es.md", Post({"title": "Dos", "date": "2025-12-29"}, "Texto."))
    world.save("notes/deep/n5/index.md", Post({"title": "Bundle", "date": "2025-12-31"}, "![picture](pic.svg)"))
    world.write("content/notes/deep/n5/pic.svg", b"<svg/>")
    world.save("about.md", Post({"title": "About"}, "We write."))
    world.write("static/logo.svg", b"<svg/>")
    shown = "![photo](photo.jpg)\n\n![shared](/assets/shared.png)"
    world.save("notes/n6/index.md", Post({"title": "Photos", "date": "2025-12-26", "image": "photo.jpg"}, shown))
    world.write("content/notes/n6/photo.jpg", PHOTO)
    world.write("assets/shared.png", OTHER)
    return world


def coarse_clock(patch: pytest.MonkeyPatch, tick: int) -> None:
    """Let the file system of the sources keep times in ticks (ns) only, and no inodes."""
    real_stat, real_scan = blogq.collect.stat_of, blogq.collect.scan

    def coarse(stat: blogq.collect.Stat) -> blogq.collect.Stat:
        return stat[0], stat[1] - stat[1] % tick, stat[2] - stat[2] % tick, 7

    def scan(*arguments: Any) -> blogq.collect.Scan:
        found = real_scan(*arguments)
        return found._replace(stats=[coarse(stat) for stat in found.stats])

    patch.setattr(blogq.collect, "stat_of", lambda state: coarse(real_stat(state)))
    patch.setattr(blogq.sources, "scan", scan)


def said(result: Result) -> list[tuple[str, str, int, str]]:
    """Return what a build said of the sources."""

    def told(finding: Finding) -> tuple[str, str, int, str]:
        return finding.code, finding.span.path, finding.span.line, finding.message

    return sorted(told(finding) for finding in result.findings if finding.code not in OURS)


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def stats_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return size, time of change and inode of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def sources_of(site: Path) -> dict[str, bytes]:
    """Return all files of a site but its output and store."""
    found: dict[str, bytes] = {}
    for folder in ("content", "assets", "static", "themes", "templates", "shortcodes", "locales", "data", "talk"):
        found.update({f"{folder}/{path}": data for path, data in tree_of(site / folder).items()})
    alone = [name for name in ("blogq.yaml", "isso.db") if (site / name).exists()]
    return {**found, **{name: (site / name).read_bytes() for name in alone}}


def changes(wanted: dict[str, bytes], found: dict[str, bytes]) -> str:
    """Return how two trees differ, in a few lines."""
    lines = [f"missing {path}" for path in sorted(wanted.keys() - found.keys())]
    lines += [f"too many {path}" for path in sorted(found.keys() - wanted.keys())]
    for path in sorted(wanted.keys() & found.keys()):
        if wanted[path] != found[path]:
            a, b = wanted[path], found[path]
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            lines.append(f"stale {path}: {b[max(0, at - 60) : at + 60]!r} for {a[max(0, at - 60) : at + 60]!r}")
    return "; ".join(lines[:6]) + (f" and {len(lines) - 6} more" if len(lines) > 6 else "")
