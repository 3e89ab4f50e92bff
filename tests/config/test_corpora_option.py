"""`corpora` in the config: short and long forms, and every mistake at once with its place."""

from __future__ import annotations

from pathlib import Path

from blogq.config.load import load_config
from blogq.config.rarities import Corpus

GOOD = """\
corpora:
  press: ../press
  rivals: {path: saved/rivals.xml, type: feed}
  news: {url: "https://example.org/feed.xml"}
  kept: {url: "https://example.org/sitemap.xml", path: corpora/kept, type: sitemap}
  short: https://example.org/feed.xml
  year: 2024
"""

BAD = """\
corpora:
  two words: ../a
  none: {}
  typo: {pth: ../a}
  kind: {path: ../a, type: rss}
  ftp: {url: "ftp://example.org/x"}
  inside: {url: "https://example.org/x", type: wordpress}
  out: {url: "https://example.org/x", path: ../x}
  file: {url: "https://example.org/x", path: x.xml}
  home: ~/texts
  both: {path: "https://example.org/a", url: "https://example.org/b"}
"""


def test_forms(tmp_path: Path) -> None:
    (tmp_path / "blogq.yaml").write_text(GOOD)
    loaded = load_config(tmp_path)
    assert loaded.findings == ()
    assert loaded.config.corpora == {
        "press": Corpus("../press"),
        "rivals": Corpus("saved/rivals.xml", "feed"),
        "news": Corpus(url="https://example.org/feed.xml"),
        "kept": Corpus("corpora/kept", "sitemap", "https://example.org/sitemap.xml"),
        "short": Corpus(url="https://example.org/feed.xml"),
        "year": Corpus("2024"),
    }


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    (tmp_path / "blogq.yaml").write_text(BAD)
    loaded = load_config(tmp_path)
    errors = [each for each in loaded.findings if each.severity == "error"]
    assert {each.span.line for each in errors} == set(range(2, 12))
    assert all(each.hint for each in errors)
    assert loaded.config.corpora == {"kind": Corpus("../a")}
