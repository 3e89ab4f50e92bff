"""From what was read to a state: the plan of a build, with what builds have made of the images."""

from __future__ import annotations

from pathlib import Path

from blogq.arrangement import Arrangement, arrange
from blogq.finding import Finding
from blogq.library.status import Choice
from blogq.live.kin import LiveKin
from blogq.live.records import Shelf
from blogq.live.state import Read, State
from blogq.outputs import theme_files
from blogq.plan.companions import INDEX, icon_of
from blogq.plan.jobs import split_base
from blogq.render.files import STATIC, Setup, with_sources_of_drawings
from blogq.store.versions import imaging_version


def setup_of(read: Read, store: Path) -> Setup:
    """Return what templates are loaded with; URLs of static files get no fingerprints. `store` keeps share images."""
    found = theme_files(read.sources, read.files)
    if read.sources.data.paths:
        from blogq.data import found_data

        found |= found_data(read.sources, read.files)
    config = read.loaded.config
    static = [name.removeprefix(STATIC) for name in found if name.startswith(STATIC)]
    found = with_sources_of_drawings(found, (icon_of(config.icon, static), *config.share_fonts))
    kept = str(store / "share") if config.share_images else ""
    prefix = split_base(config.base_url)[1]
    return Setup(found, prefix, config.minify, config.plugins, False, config.share_fonts, kept)


def planned(read: Read, choice: Choice, shelf: Shelf, store: Path, kin: LiveKin) -> State:
    """Return the state that follows from `read` when `choice` is published; `shelf` has the records."""
    load = shelf.reader(read.entries)
    arranged = arrange(read.loaded.config, choice, read.sources, read.files, read.entries, load)
    arranged = arranged._replace(findings=[*arranged.findings, *_wrong_menus(read, arranged)])
    state = with_related(State(read, arranged, setup_of(read, store)), choice.now, kin)
    return with_index(with_pictures(state, store), store)


def with_index(state: State, store: Path) -> State:
    """Return `state` with the search index of the last build, if there is one: a preview makes none."""
    read, arranged = state.read, state.arranged
    if not arranged.plan.site.config.search:
        return state
    from blogq.search_index import known_copies

    others = (copy for copy in arranged.copies if not copy.path.startswith(INDEX[1:]))
    copies = (*others, *known_copies(store))
    return State(read, arranged._replace(copies=copies), state.setup)


def _wrong_menus(read: Read, arranged: Arrangement) -> list[Finding]:
    """Return what is wrong with the menus, as a build tells it; they follow from the plan alone."""
    config, site = read.loaded.config, arranged.plan.site
    own = config.menu or config.menus or any(each.menu for each in config.languages.values())
    if not own and not any(edition.menus for edition in site.editions):
        return []
    from blogq.menu_check import check_menus

    return check_menus(site, arranged.targets, read.loaded.origins, read.sources.shown, arranged.line_of)


def with_related(state: State, now: int, kin: LiveKin) -> State:
    """Return `state` with its related posts, `now` being in seconds since 1970."""
    plan, read = state.arranged.plan, state.read
    related = kin.of(plan.site, now, state.setup.files, read.key)
    return State(read, state.arranged._replace(plan=plan._replace(related=related)), state.setup)


def with_pictures(state: State, store: Path) -> State:
    """Return `state` with what builds have made of the images that its pages show, as far as they have."""
    read, arranged = state.read, state.arranged
    options, folder = read.loaded.config.images, store / "images"
    if not options.enabled or not folder.is_dir():
        return state
    from blogq.images.gallery import Task, known_gallery
    from blogq.images.use import image_files

    files = image_files(arranged.plan.site, arranged.targets, read.sources, read.files)
    made = known_gallery(files, Task(folder, options, imaging_version(), read.sources.bounds))
    own = {copy.path for copy in arranged.copies} | {job.path for job in arranged.plan.jobs}
    copies = (*arranged.copies, *(copy for copy in made.copies if copy.path not in own))
    plan = arranged.plan._replace(pictures=made.pictures)
    return State(read, arranged._replace(plan=plan, copies=copies), state.setup)
