"""Which images the pages of a site show, what there is of them, and what is wrong with some."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from blogq.collect import Stat
from blogq.content.name import is_image
from blogq.content.post import Cold
from blogq.finding import Finding, Span
from blogq.images import gallery
from blogq.images.gallery import FOLDER, File, Gallery, Task
from blogq.library.links import Targets, links_of
from blogq.library.site import Site
from blogq.outputs import Standing
from blogq.plan.pictures import urls_of
from blogq.sources import Sources
from blogq.store.versions import imaging_version

if TYPE_CHECKING:
    from blogq.build import Build
    from blogq.reading import Reading


def make_gallery(run: Build, reading: Reading, site: Site, targets: Targets, standing: Standing) -> Gallery:
    """Return what there is of the images that `site` shows, made where it is missing. OSError when the disk refuses."""
    files = image_files(site, targets, reading.sources, reading.files)
    folder = run.store / FOLDER
    if not files and not folder.is_dir():
        return Gallery({}, [], {})
    manifest = standing.manifest

    def stands(path: str, digest: bytes) -> bool:
        return standing.stat(path) is not None and manifest.contents[manifest.places[path]] == digest

    return gallery.make_gallery(
        files,
        Task(folder, site.config.images, imaging_version(), reading.sources.bounds),
        frozenset(found for _, found in reading.files.values()),
        stands,
        run.jobs,
        lambda done, total: run.progress("images", done, total),
    )


def image_files(
    site: Site, targets: Targets, sources: Sources, known: Mapping[str, tuple[Stat, bytes]]
) -> dict[str, File]:
    """Return the image files that `site` shows, by URL and in that order; `known` are all files by real path."""
    files: dict[str, File] = {}
    used = set(shown_images(site, targets))
    for path, url in site.files.items() if used else ():
        if url in used:
            root, own, shown = sources.place(path)
            found = known.get(f"{root}/{own}")
            if found is not None:
                files[url] = File(own, root, shown, found[1])
    return dict(sorted(files.items()))


def shown_images(site: Site, targets: Targets) -> Iterator[str]:
    """Yield the URLs of the image files that entries show."""
    known = {url for url in site.files.values() if is_image(url)}
    if known:
        for index, entry in enumerate(site.entries):
            if entry.images:
                for target in links_of(entry.images):
                    yield from (url for url in urls_of(site, targets, index, target) if url in known)


def _with_problems(made: Gallery, site: Site, targets: Targets) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the entries that show images with which something is wrong; what that is, by target."""
    for index, entry in enumerate(site.entries if made.problems else ()):
        wrong = {
            target: made.problems[url]
            for target in links_of(entry.images)
            for url in urls_of(site, targets, index, target)
            if url in made.problems
        }
        if wrong:
            yield index, wrong


def told_of(made: Gallery, site: Site, targets: Targets) -> dict[str, bytes]:
    """Return the digests of the records of all entries that `note_problems` has something to tell of, by path."""
    return {site.entries[index].path: site.entries[index].record for index, _ in _with_problems(made, site, targets)}


def note_problems(
    made: Gallery, site: Site, targets: Targets, shown: str, read: Callable[[int], Cold]
) -> list[Finding]:
    """Return a warning for each place where an image is shown with which something is wrong.

    `shown` is the content folder's path relative to the site, `read` loads an entry's record.
    """
    findings: list[Finding] = []
    for index, wrong in _with_problems(made, site, targets):
        for target, kind, line, column in read(index).page["links"]:
            if target in wrong and (kind == "i" or not column):
                why, _, hint = wrong[target].partition("\n")
                message = f"the image {target} is published as it is: {why}"
                span = Span(shown + site.entries[index].path, line, column)
                findings.append(Finding("IM101", "warning", span, message, hint))
    return findings
