"""`blogq clean`: remove the output that builds have written, and the store."""

from __future__ import annotations

import shutil
import sys
from contextlib import nullcontext, suppress
from pathlib import Path

import click

from blogq.cli.options import site


@click.command("clean")
@site
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Folder built into, instead of _site.")
def command(site: Path, output: Path | None) -> None:
    """Remove what builds have made: the files they wrote, and the store.

    Files in the output folder that blogq didn't write stay.
    """
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.report.text import counted, safe
    from blogq.sources import STORE
    from blogq.start.site import SCHEMA
    from blogq.store.columns import Damaged
    from blogq.store.lock import exclusive
    from blogq.store.manifest import load_manifest, manifest_path, read_journal
    from blogq.write import OutputFolder

    root = real(site)
    store = root / STORE
    target = real(output or root / load_config(root).config.output)
    if store.is_symlink() or target.is_symlink() or (output is None and not target.is_relative_to(root)):
        raise click.ClickException("the store or the output folder is a symbolic link; remove it by hand")
    # A build that is running ends first.
    with exclusive(store, lambda who: None) if store.is_dir() else nullcontext():
        path = manifest_path(store, root, target)
        paths: set[str] = set()
        with suppress(Damaged):
            manifest = load_manifest(path)
            paths |= set(manifest.paths if manifest else ())
        with suppress(Damaged):
            paths |= read_journal(path)
        folder = OutputFolder(target)
        there = [name for name in sorted(paths) if (target / name).exists()]
        stuck = folder.prune(there)
        try:
            if target.is_dir() and not any(target.iterdir()):
                target.rmdir()
            # The lock stays, as another process may wait for it, and so do the records of other output folders and what
            # was fetched from other sites.
            kept = {store / "lock", store / ".gitignore", store / "aside", store / "corpora", root / SCHEMA}
            kept |= {other for other in store.glob("out-*") if not other.name.startswith(path.name)}
            if store.is_dir():
                for entry in set(store.iterdir()) - kept:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        except OSError as error:
            raise click.ClickException(safe(f"{error.filename}: {error.strerror}")) from error
    left = f"; {counted(len(stuck), 'file')} could not be removed" if stuck else ""
    rest = sum(1 for each in target.rglob("*") if each.is_file()) if target.is_dir() else 0
    stay = "stays" if rest == 1 else "stay"
    others = f"; {counted(rest, 'file')} that blogq didn't write {stay}" if rest and not stuck else ""
    removed = f"{counted(len(there) - len(stuck), 'file')} removed" if there else "nothing to remove"
    click.echo(f"{safe(target.name)}/: {removed}{left}{others}")
    sys.exit(2 if stuck else 0)
