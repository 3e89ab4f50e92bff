"""How long reading reference corpora takes: milliseconds a text in each format, and listing 100,000 files.

`python benchmarks/corpora.py` makes texts of some 600 words from a list of words, the same in each run, and prints one
line a format. `--files N` lists N small files instead of 100,000.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from html import escape
from pathlib import Path

from blogq.config.schema import Config, Corpus
from blogq.corpora.files import corpus_files
from blogq.corpora.reading import markdown_options, read_corpus_file

WORDS = (
    "harbour tide letter bread winter window quiet engine paper garden market river number question answer morning "
    "the of and to a in that it is was for on with as at by from or an this which had not but they you were"
).split()
BLANK = "\n\n"
PARAGRAPHS, LENGTH = 8, 75
"""Paragraphs of a text, and words of a paragraph."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--files", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            told(name, Path(folder) / name, write, given.texts)
        listing(Path(folder) / "many", given.files)


def told(name: str, site: Path, write: object, count: int) -> None:
    """Print how long reading `count` texts takes, listing not counted, the best of three."""
    assert callable(write)
    rng = random.Random(1)
    texts = [[" ".join(rng.choices(WORDS, k=LENGTH)) + "." for _ in range(PARAGRAPHS)] for _ in range(count)]
    corpus = write(site, texts)
    corpora = {"it": Corpus(corpus)}
    files, findings = corpus_files(corpora, site, Config(content="content"))
    assert not findings, findings
    options = markdown_options(corpora, site)
    best, read, words = 1e9, 0, 0
    for _ in range(3):
        begun = time.perf_counter()
        documents = [each for file in files for each in read_corpus_file(file, options["it"])[0]]
        best = min(best, time.perf_counter() - begun)
        read, words = len(documents), sum(each.words for each in documents)
    assert (read, words) == (count, count * PARAGRAPHS * LENGTH), (name, read, words)
    print(f"{name:10} {1000 * best / count:6.3f} ms a text of {PARAGRAPHS * LENGTH} words, {len(files):,} files")


def listing(site: Path, count: int) -> None:
    """Print how long listing `count` files takes, the best of three."""
    for number in range(count):
        path = site / "press" / f"{number // 1000}" / f"{number}.txt"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_text("Words.\n")
    best = 1e9
    for _ in range(3):
        begun = time.perf_counter()
        files, _ = corpus_files({"press": Corpus("press")}, site, Config(content="content"))
        best = min(best, time.perf_counter() - begun)
    assert len(files) == count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"listing    {best:6.2f} s for {count:,} files; peak of the whole run {peak:,.0f} MB")


def many(site: Path, ending: str, made: list[str]) -> str:
    """Write each of `made` into a file of its own; return the folder's name."""
    (site / "press").mkdir(parents=True)
    for number, text in enumerate(made):
        (site / "press" / f"{number}.{ending}").write_text(text)
    return "press"


def one(site: Path, name: str, text: str) -> str:
    """Write one file; return its name."""
    site.mkdir(parents=True)
    (site / name).write_text(text)
    return name


def html(text: list[str]) -> str:
    """Return a text as HTML."""
    return "".join(f"<p>{each}</p>\n" for each in text)


def as_text(site: Path, texts: list[list[str]]) -> str:
    return many(site, "txt", ["\n\n".join(each) for each in texts])


def as_markdown(site: Path, texts: list[list[str]]) -> str:
    return many(
        site, "md", [f"---\ntitle: T\ndate: 2025-01-01\n---\n{chr(10).join(p + chr(10) for p in t)}" for t in texts]
    )


def as_html(site: Path, texts: list[list[str]]) -> str:
    around = "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><nav><a href=/>Home</a></nav><article>"
    return many(site, "html", [f"{around}{html(each)}</article><footer>Foot.</footer></body></html>" for each in texts])


def as_rss(site: Path, texts: list[list[str]]) -> str:
    items = "".join(f"<item><title>T</title><description>{escape(html(each))}</description></item>\n" for each in texts)
    return one(site, "feed.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")


def as_json(site: Path, texts: list[list[str]]) -> str:
    return one(site, "feed.json", json.dumps({"items": [{"content_html": html(each)} for each in texts]}))


def as_export(site: Path, texts: list[list[str]]) -> str:
    meta = "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:postmeta>" * 8
    items = "".join(
        "<item><title>T</title><pubDate>Mon, 04 Mar 2019 18:30:00 GMT</pubDate><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type>{meta}<content:encoded><![CDATA[{BLANK.join(each)}]]></content:encoded>"
        "</item>\n"
        for each in texts
    )
    spaces = "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    return one(site, "export.xml", f"<rss version='2.0' {spaces}><channel>{items}</channel></rss>")


FORMATS = {
    "text": as_text,
    "Markdown": as_markdown,
    "HTML": as_html,
    "RSS": as_rss,
    "JSON Feed": as_json,
    "WordPress": as_export,
}
"""Each format, and what writes texts in it."""

if __name__ == "__main__":
    main()
