"""All that `blogq doctor` looks at, in the order in which a person would mend it."""

from __future__ import annotations

from pathlib import Path

from blogq.collect import real
from blogq.config.load import NAMES, load_config
from blogq.doctor.address import address_findings
from blogq.doctor.checkout import checkout_findings
from blogq.doctor.folder import folder_findings
from blogq.doctor.storage import storage_findings
from blogq.doctor.system import clock_findings, missing_pieces, watch_findings
from blogq.doctor.targets import target_findings
from blogq.finding import Finding


def examined(site: Path, now: int) -> list[Finding]:
    """Return what is wrong with the folder `site` and what is around it, at the time `now` (seconds since 1970)."""
    root = real(site)
    found = folder_findings(root)
    if any(each.severity == "error" for each in found):
        # What would be said of a folder that is no site's only leads astray.
        return found
    loaded = load_config(root)
    config = loaded.config
    found += [each for each in loaded.findings if each.severity != "note"]
    found += missing_pieces(config)
    found += clock_findings(root, config, loaded.origins, now)
    found += checkout_findings(root, config)
    found += storage_findings(root, config)
    found += watch_findings(root, config)
    if not any((root / name).is_file() for name in NAMES):
        # The address is guessed, as has been said.
        return found
    return [*found, *address_findings(root, config, loaded.origins), *target_findings(root, config, loaded.origins)]
