"""Whether there is a way to each place under `deploy`, as far as that can be told without asking it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from blogq.collect import real
from blogq.config.origins import place_of
from blogq.config.schema import Config
from blogq.finding import Finding


def target_findings(root: Path, config: Config, origins: Sequence[tuple[str, str]]) -> list[Finding]:
    """Return an error for each place that `blogq deploy` would refuse: no such remote, a folder of the site's own."""
    if not config.deploy:
        return []
    from blogq.deploying.places import opened
    from blogq.deploying.target import Unusable

    found = []
    for name, place in config.deploy.items():
        if place.type == "store":
            # Whether there is what stores need is among the missing pieces; all else only the store knows.
            continue
        try:
            opened(root, config, real(root / config.output), place)
        except Unusable as error:
            where = place_of(origins, f"deploy.{name}")
            found.append(Finding("DR109", "error", where, f"`deploy.{name}`: {error}", error.hint))
    return found
