"""The targets of a config: which one is meant, and what opens it."""

from __future__ import annotations

from pathlib import Path

from blogq.collect import real
from blogq.config.deploy import Destination
from blogq.config.schema import Config
from blogq.deploying.target import Target, Unusable
from blogq.source_names import STORE, content_folder, kept
from blogq.sources import ASSETS, DATA
from blogq.write import unusable


def chosen(config: Config, name: str | None) -> tuple[str, Destination]:
    """Return the target called `name`, or the only one there is. Raise `Unusable` when nothing tells which."""
    places = config.deploy
    known = ", ".join(places)
    if not places:
        hint = "Write one into it, such as `deploy: {live: user@example.org:/var/www/blog}`."
        raise Unusable("blogq.yaml names no place to publish at", hint)
    if name is None:
        if len(places) > 1:
            raise Unusable("there are several places to publish at", f"Say which: {known}.")
        name = next(iter(places))
    if name not in places:
        raise Unusable(f"there is no place called {name!r} to publish at", f"Known: {known}.")
    return name, places[name]


def opened(site: Path, config: Config, output: Path, place: Destination) -> Target:
    """Return what publishes at `place`; nothing is asked of it yet. `site` and `output` are real paths."""
    if place.type == "git":
        from blogq.deploying.git_branch import GitBranch

        return GitBranch(site, site / STORE, place.to, place.branch)
    if place.type == "rsync":
        from blogq.deploying.rsync import Rsync

        return Rsync(place.to, place.port)
    if place.type == "store":
        from blogq.deploying.store import Store

        return Store(place.to, place.options)
    from blogq.deploying.folder import Folder

    root = real(site / place.to)
    sources = [real(content_folder(site, config)), site / "static", site / "templates", site / ASSETS, site / DATA]
    why = unusable(root, site, sources)
    if not why and (root == output or root.is_relative_to(output) or output.is_relative_to(root)):
        why = "it is the output folder, or one of the two lies in the other"
    if not why and sources[0] == site and root.is_relative_to(site):
        keep = kept(True, "", config.ignore)
        parts = root.relative_to(site).parts
        if all(keep("/".join(parts[: at + 1]), True) for at in range(len(parts))):
            # Each run would publish the pictures of the one before as well, a folder deeper.
            why = "it lies in the site, whose whole folder is read where it has no folder content"
    if why:
        raise Unusable(f"{root} can't be published at: {why}", "Choose another folder.")
    return Folder(root)
