"""What comes of real exports: is every live item a page that builds, every old address accounted for, every word there?

    BLOGQ_EXPORTS=FOLDER python -m evaluations.importing
    python -m evaluations.importing FOLDER [--only WORD]

FOLDER has a folder for each kind, named as `blogq import` calls it: `wordpress/*.xml`, `ghost/*.json`,
`blogger/*.xml`, `medium/` with archives and folders, `jekyll/`, `hugo/` and `pelican/` with a folder for each site.
Each export is moved in and built apart from the others. The figures are not those of the report: the export is read
once more, and held against the files that were built.

- live: items that readers could see; built: those of them that the new site has a page for.
- kept, redirected, lost: old addresses as the report has them; open: those that it says nothing of, gives no reason
  for, or says to stand where the built site has no file.
- equal: texts of HTML whose words, as blogq shows them, are the export's; said: those that differ, where the report
  says why; unsaid: where it doesn't.

Exit code 1 where less than 99 % of the live items of an export are built, an address is open, or a text is unsaid.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import unquote

from blogq.content.text import split
from blogq.importing.account import Account
from blogq.importing.arrival import move_in
from blogq.importing.carried import Export, Item, Unreadable
from blogq.importing.naming import Names
from blogq.importing.passage import shown_words
from blogq.importing.sources import KINDS, reader_of
from blogq.importing.visible import first_difference, visible_words
from blogq.listing import list_sources

LEAST = 0.99
"""Share of live items that have to become pages."""


class Row(NamedTuple):
    """What came of one export."""

    name: str
    live: int
    built: int
    kept: int
    redirected: int
    lost: int
    open: list[str]
    equal: int
    said: int
    unsaid: list[str]
    seconds: float

    @property
    def good(self) -> bool:
        """Return whether nothing is missing that had to be there."""
        return self.built >= self.live * LEAST and not self.open and not self.unsaid


def exports(folder: Path, only: str) -> Iterator[tuple[str, Path]]:
    """Yield kind and path of each export."""
    for kind in KINDS:
        for path in sorted((folder / kind).glob("*")):
            if path.name[0] not in "._" and only in f"{kind}/{path.name}":
                yield kind, path


def measured(kind: str, source: Path, aside: Path) -> Row | None:
    """Return what comes of an export; None where it can't be read at all."""
    began = time.perf_counter()
    site = aside / "site"
    try:
        account = move_in(kind, source, site)
    except Unreadable as error:
        print(f"{kind}/{source.name}: {error}", file=sys.stderr)
        return None
    seconds = time.perf_counter() - began
    command = [sys.executable, "-m", "blogq", "build", "--site", str(site), "--keep-going"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in (done.stdout + done.stderr).splitlines() if " error " in line]
        print(f"{kind}/{source.name}: the build ends with {done.returncode}", *errors[:5], sep="\n  ", file=sys.stderr)
    export = reader_of(kind)(source)
    items = [*export.items(lambda note: None)]
    equal, said, unsaid = texts_of(items, site, account)
    return Row(
        f"{kind}: {source.name}",
        sum(item.live for item in items),
        built_of(site),
        account.kept,
        len(account.redirected),
        len(account.lost),
        open_addresses(export, items, account, site / "_site"),
        equal,
        said,
        unsaid,
        seconds,
    )


def built_of(site: Path) -> int:
    """Return how many posts and pages have a file in the built site; those that only send on don't count."""
    rows, _ = list_sources(site, int(time.time()))
    found = 0
    for row in rows:
        is_list = row.path.rpartition("/")[2].startswith("_index.")
        if row.status == "live" and not row.path.startswith("content/moved/") and not is_list:
            found += stands(site / "_site", row.url)
    return found


def stands(output: Path, url: str) -> bool:
    """Return whether the built site has a file for a URL, under its subpath or not."""
    path = unquote(url).lstrip("/")
    for name in (path, path.partition("/")[2]):
        file = output / name
        if (
            (file / "index.html").is_file()
            if url.endswith("/")
            else (file.is_file() or (file / "index.html").is_file())
        ):
            return True
    return False


def open_addresses(export: Export, items: list[Item], account: Account, output: Path) -> list[str]:
    """Return the old addresses that the report doesn't account for, or that it says stand and don't."""
    known = [item.url for item in items if item.live and item.url]
    known += [alias for item in items if item.live for alias in item.aliases]
    known += [address.url for address in export.addresses]
    known += [page.url for page in export.lists()]
    told = {old for old, _ in (*account.stays, *account.redirected, *account.lost)}
    wrong = [url for url in dict.fromkeys(known) if url not in told]
    wrong += [f"{old} -> {new} (no file)" for old, new in account.stays if not stands(output, new)]
    wrong += [f"{old} -> {new} (no file)" for old, new in account.redirected if not stands(output, new)]
    wrong += [f"{old} (no reason)" for old, why in account.lost if not why]
    return wrong


def texts_of(items: list[Item], site: Path, account: Account) -> tuple[int, int, list[str]]:
    """Return how many texts are equal, how many differ and are said to, and which differ without a word."""
    names = Names()
    noted = {note.file for note in account.notes if note.level != "told"}
    noted |= {note.place for note in account.notes if note.level != "told"}
    equal, said, unsaid = 0, 0, []
    for item in items:
        file = f"content/{names.take(item)}"
        if item.form != "html" or not (site / file).is_file():
            continue
        text = (site / file).read_text("utf-8")
        meant, shown = visible_words(item.body), shown_words(text[split(text, "").body :])
        if meant == shown:
            equal += 1
        elif file in noted or item.place in noted:
            said += 1
        else:
            unsaid.append(f"{file}: {first_difference(meant, shown)}")
    return equal, said, unsaid


def main() -> None:
    """Print a row for each export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("BLOGQ_EXPORTS"))
    parser.add_argument("--only", default="", help="Exports whose kind and name have this in them.")
    asked = parser.parse_args()
    if not asked.folder:
        parser.error("name a folder, or set BLOGQ_EXPORTS")
    print("| Export | live | built | kept | redirected | lost | open | equal | said | unsaid | s |")
    print("|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    bad = False
    for kind, source in exports(Path(asked.folder), asked.only):
        with TemporaryDirectory() as aside:
            row = measured(kind, source, Path(aside))
        if row is None:
            continue
        figures = [row.live, row.built, row.kept, row.redirected, row.lost, len(row.open), row.equal, row.said]
        told = " | ".join(f"{each:,}" for each in [*figures, len(row.unsaid)])
        print(f"| {row.name} | {told} | {row.seconds:.1f} |", flush=True)
        bad |= not row.good
        for each in (*row.open[:5], *row.unsaid[:5]):
            print(f"{row.name}: {each}", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
