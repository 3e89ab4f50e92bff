"""The same posts for every generator: made once by the corpus generator, kept, copied, edited.

The corpus generator (`gen.py`) and the peers' sites are not part of this repository. Their folder is named by
the environment variable BLOGQ_BENCH; without it, `../shared/bench` beside the checkout is tried.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from errors import BenchmarkError

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

CACHE = ROOT / ".cache" / "bench"
"""Where peers, corpora and the sites being measured live."""

TITLE = re.compile(r'^(title: *"?)[^"\n]*', re.IGNORECASE | re.MULTILINE)
PARAGRAPH = (
    "An afterthought, added once the post had been published: most of what a reader asks is answered by a"
    " second look at the example, and the rest by `trying()` it on *one* file before all the others."
)


class Corpus(NamedTuple):
    """Posts in one flavour of front matter."""

    folder: Path
    """Holds nothing but the posts, each named after its slug."""
    slugs: tuple[str, ...]

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return len(self.slugs)


def bench_folder() -> Path:
    """Return the folder of the corpus generator and the peers' sites.

    Raises `BenchmarkError` when it is not there.
    """
    named = os.environ.get("BLOGQ_BENCH")
    folder = Path(named) if named else ROOT.parent / "shared" / "bench"
    if not (folder / "gen.py").is_file():
        where = f"BLOGQ_BENCH names {named}" if named else "BLOGQ_BENCH is not set; ../shared/bench was tried"
        raise BenchmarkError(
            f"the corpus generator is not there: {where}, which has no gen.py.\n"
            "Set BLOGQ_BENCH to the folder that holds gen.py and the folders hugo, eleventy and pelican."
        )
    return folder.resolve()


def corpus(bench: Path, posts: int, flavour: str) -> Corpus:
    """Return a corpus of `posts` posts in `flavour`, generated on first use and then kept.

    The posts' words come from the running Python's own library, so the kept copy is named after its version
    and after the generator's digest. Raises `BenchmarkError` when the generator fails.
    """
    generator = bench / "gen.py"
    digest = hashlib.sha256(generator.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = CACHE / "corpora" / f"{flavour}-{posts}-{digest}"
    if not folder.is_dir():
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, str(generator), str(posts), str(unfinished), flavour]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            raise BenchmarkError(f"the corpus generator failed:\n{made.stderr[-2000:]}")
        unfinished.rename(folder)
    found = corpus_in(folder)
    if found.posts != posts:
        raise BenchmarkError(f"the corpus generator made {found.posts} posts instead of {posts}")
    return found


def corpus_in(folder: Path) -> Corpus:
    """Return the posts that lie in `folder` as a corpus."""
    return Corpus(folder, tuple(sorted(p.stem for p in folder.iterdir() if p.suffix == ".md")))


def copy_tree(source: Path, target: Path) -> None:
    """Copy the files below `source` to `target`: contents only, so that read-only files become editable."""
    for folder, _, names in os.walk(source):
        into = target / Path(folder).relative_to(source)
        into.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copyfile(os.path.join(folder, name), into / name)


def edit_body(post: Path, marker: str) -> None:
    """Append a paragraph that ends with `marker` to the file `post`."""
    with post.open("a", encoding="utf-8") as file:
        file.write(f"\n{PARAGRAPH} {marker}\n")


def edit_title(post: Path, marker: str) -> None:
    """Give the file `post` a new title, one that ends with `marker`; its slug stays."""
    text = post.read_text(encoding="utf-8")
    edited, count = TITLE.subn(rf"\g<1>Second thoughts {marker}", text, count=1)
    if not count:
        raise BenchmarkError(f"{post.name} has no title to edit")
    post.write_text(edited, encoding="utf-8")
