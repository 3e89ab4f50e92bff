"""The images that pages show: found, looked at, made in the sizes and formats that are missing, and kept.

A stage of its own between plan and keys. Each image is looked at once for each content; what was made of it is
kept by content, settings and encoder, so a build without new images neither reads one nor imports Pillow.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq import workers
from blogq.collect import Unreadable, read_file
from blogq.config.schema import Images
from blogq.images.examined import (
    Examined,
    Recipe,
    file_name,
    load_table,
    missing,
    offered,
    picture,
    recipes,
    save_table,
)
from blogq.plan.jobs import CopyJob
from blogq.plan.pictures import Picture, derivative_url
from blogq.store.digest import digest

FOLDER = "images"
"""Folder in the store."""
SAVED_EVERY = 5.0
"""Seconds after which what has been made so far is noted, so that a build that is killed hasn't worked in vain."""


class File(NamedTuple):
    """An image file of the site."""

    path: str
    """Below `root`."""
    root: str
    shown: str
    """Path relative to the site, for findings."""
    digest: bytes


class Task(NamedTuple):
    """What a worker needs to know."""

    folder: Path
    options: Images
    encoder: str
    bounds: tuple[str, ...]


Item = tuple[File, Examined | None]
"""An image to be looked at, and what is known of it."""


class Hung(NamedTuple):
    """What there is of one image."""

    picture: Picture
    copies: list[CopyJob]
    problem: str


class Gallery(NamedTuple):
    """What there is of a site's images."""

    pictures: dict[str, Picture]
    """By the URL of the file."""
    copies: list[CopyJob]
    """The derivatives that are to be published."""
    problems: dict[str, str]
    """What is wrong with an image, by the URL of the file."""


def make_gallery(
    files: Mapping[str, File],
    task: Task,
    present: frozenset[bytes],
    stands: Callable[[str, bytes], bool],
    jobs: int,
    progress: Callable[[int, int], None],
) -> Gallery:
    """Look at the images `files` (by URL), and make what is missing of them.

    `present` are the digests of all files of the site: of other images nothing is kept. `stands(path, digest)` tells
    whether an output stands already, so that nothing need be copied from the store to it. OSError when the disk
    refuses.
    """
    known = load_table(task.folder)
    kept = {source: image for source, image in known.items() if source in present}
    hung = {url: _hung(url, file, kept.get(file.digest), task) for url, file in files.items()}
    todo = {files[url].digest: files[url] for url, each in hung.items() if not _is_there(each, task, stands)}
    if todo:
        _make(todo, kept, task, jobs, progress)
        for url, file in files.items():
            if file.digest in todo:
                hung[url] = _hung(url, file, kept.get(file.digest), task)
    if kept.keys() != known.keys() or todo:
        _keep(task, kept)
    pictures: dict[str, Picture] = {}
    copies: dict[str, CopyJob] = {}
    problems: dict[str, str] = {}
    for url, each in hung.items():
        if each is None:
            continue  # It can't be read, as copying it will say.
        pictures[url] = each.picture
        copies |= {copy.path: copy for copy in each.copies}
        if each.problem:
            problems[url] = each.problem
    return Gallery(pictures, list(copies.values()), problems)


def known_gallery(files: Mapping[str, File], task: Task) -> Gallery:
    """Return what builds have already made of the images `files`, without looking at one or writing anything.

    Images of which something is still to be made are left out.
    """
    known = load_table(task.folder)
    hung = {url: _hung(url, file, known.get(file.digest), task) for url, file in files.items()}
    whole = {url: each for url, each in hung.items() if each is not None}
    copies = [copy for each in whole.values() for copy in each.copies]
    problems = {url: each.problem for url, each in whole.items() if each.problem}
    return Gallery({url: each.picture for url, each in whole.items()}, copies, problems)


def _recipes(image: Examined, source: bytes, task: Task) -> list[Recipe]:
    return recipes(image, task.options, source, task.encoder)


def _hung(url: str, file: File, image: Examined | None, task: Task) -> Hung | None:
    """Return what there is of an image, None where some of it has yet to be made."""
    if image is None:
        return None
    wanted = _recipes(image, file.digest, task)
    if missing(image, wanted):
        return None
    shown = picture(url, image, task.options, wanted)
    copies: list[CopyJob] = []
    for candidates, width in offered(shown):
        path = derivative_url(url, candidates, width)[1:]
        name = file_name(file.digest, candidates.mark, width, candidates.format)
        made = image.made[candidates.format, width]
        copies.append(CopyJob(path, name, str(task.folder), file.shown, made.digest))
    return Hung(shown, copies, image.problem)


def _is_there(hung: Hung | None, task: Task, stands: Callable[[str, bytes], bool]) -> bool:
    """Return whether all derivatives have been made, and those that are to be copied are as they were made."""
    return hung is not None and all(
        stands(copy.path, copy.digest) or _is_whole(task.folder / copy.source, copy.digest) for copy in hung.copies
    )


def _is_whole(place: Path, expected: bytes) -> bool:
    """Return whether a file of the store is as it was written."""
    try:
        return digest(place.read_bytes()) == expected
    except OSError:
        return False


def _make(
    todo: Mapping[bytes, File],
    kept: dict[bytes, Examined],
    task: Task,
    jobs: int,
    progress: Callable[[int, int], None],
) -> None:
    """Look at the images in `todo`, make all their derivatives, and note them in `kept`."""
    task.folder.mkdir(parents=True, exist_ok=True)
    # The largest first, so that no processor is left with one at the end.
    files = sorted(todo.values(), key=lambda file: (-_size_of(file), file.shown))
    items = [(file, kept.get(file.digest)) for file in files]
    saved = time.monotonic()
    done = 0
    progress(0, len(files))
    try:
        for results in _results(items, task, min(jobs, len(items))):
            for image in results:
                if image is not None:
                    kept[files[done].digest] = image
                else:
                    kept.pop(files[done].digest, None)
                done += 1
            progress(done, len(files))
            if time.monotonic() - saved > SAVED_EVERY:
                saved = time.monotonic()
                save_table(task.folder, kept)
    except BaseException:
        save_table(task.folder, kept)
        raise


def _size_of(file: File) -> int:
    try:
        return os.stat(f"{file.root}/{file.path}").st_size
    except OSError:
        return 0


def _results(items: Sequence[Item], task: Task, jobs: int) -> Iterable[list[Examined | None]]:
    if jobs > 1:
        with workers.start(jobs, _same, task) as executor:
            yield from workers.in_turns(executor, make_all, items, 1)
    else:
        for item in items:
            yield make_all(task, [item])


def _same(task: Task) -> Task:
    return task


def make_all(task: Task, items: Sequence[Item]) -> list[Examined | None]:
    """Look at images and make what is missing of them, into the store; None for one that can't be read."""
    return [_made(task, file, known) for file, known in items]


def _made(task: Task, file: File, known: Examined | None) -> Examined | None:
    try:
        data = read_file(file.root, file.path, file.shown, task.bounds).data
    except Unreadable:
        return None
    if digest(data) != file.digest:
        return None  # It was changed just now; the next build sees it.
    if file.path.lower().endswith(".svg"):
        from blogq.images.svg import svg_size

        size = svg_size(data)
        problem = "" if size else "it is no SVG, whatever its name says\nexport it anew from where it comes from"
        width, height = size or (0, 0)
        return Examined("svg", width, height, len(data), False, False, problem, {})
    from blogq.images.encode import derive, examine

    def put(recipe: Recipe, found: bytes) -> None:
        place = task.folder / file_name(file.digest, recipe.mark, recipe.width, recipe.format)
        beside = place.with_name(f"{place.name}.{os.getpid()}.new")
        try:
            beside.write_bytes(found)
            os.replace(beside, place)
        finally:
            beside.unlink(missing_ok=True)

    image = known or examine(data)
    whole = {
        (format, width): each
        for (format, width), each in image.made.items()
        if not each.size or _is_whole(task.folder / file_name(file.digest, each.mark, width, format), each.digest)
    }
    image = image._replace(made=whole)
    return derive(data, image, _recipes(image, file.digest, task), put)


def _keep(task: Task, kept: Mapping[bytes, Examined]) -> None:
    """Note what was made, and remove what is no longer asked for."""
    if not task.folder.is_dir():
        return
    used = {file_name(source, each.mark, width, format) for source, image in kept.items()
            for (format, width), each in image.made.items()}  # fmt: skip
    save_table(task.folder, kept)
    for entry in os.scandir(task.folder):
        if entry.name not in used and entry.name != "table" and entry.is_file(follow_symlinks=False):
            os.unlink(entry.path)
