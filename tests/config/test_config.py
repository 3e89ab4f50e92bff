"""Reading `blogq.yaml`: every mistake at once, each with its place, and where each value comes from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blogq.config.load import Loaded, load_config
from blogq.config.schema import Author, Config, Feeds, Language, MenuItem, Pagination, Profile, Taxonomy
from blogq.finding import Finding


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "my-blog"
    folder.mkdir()
    return folder


def load(site: Path, text: str, **overrides: object) -> Loaded:
    (site / "blogq.yaml").write_text(text, encoding="utf-8")
    return load_config(site, {name.replace("__", "."): value for name, value in overrides.items()})


def right(site: Path, text: str) -> Config:
    """Return the config in `text`, in which nothing is wrong."""
    loaded = load(site, text)
    assert loaded.findings == ()
    return loaded.config


def wrong(site: Path, text: str) -> Finding:
    """Return the only thing wrong with `text`."""
    (finding,) = load(site, text).findings
    return finding


def test_without_a_config_all_is_default(site: Path) -> None:
    loaded = load_config(site)
    assert loaded.config == Config(title="My blog")
    assert loaded.findings == ()
    assert {origin for _, origin in loaded.origins} == {"default"}
    assert {"title", "pagination.size", "markdown.tables", "extra"} <= {option for option, _ in loaded.origins}


def test_defaults_need_neither_yaml_nor_zones(site: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from blogq.config.load import load_config;"
        f"load_config(Path({str(site)!r})); sys.exit(bool({{'yaml', 'zoneinfo'}} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_options_of_a_conversation_are_loaded_where_a_config_has_some(site: Path) -> None:
    """They would cost every start some milliseconds."""
    code = (
        "import sys; from pathlib import Path; from blogq.config.load import load_config;"
        f"load_config(Path({str(site)!r})); sys.exit('blogq.config.conversation' in sys.modules)"
    )
    for text, wanted in (("title: A blog\n", 0), ("comments: {sources: talk}\n", 1), ("channels: []\n", 1)):
        (site / "blogq.yaml").write_text(text)
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == wanted


def test_an_empty_config_is_the_defaults(site: Path) -> None:
    assert right(site, "") == right(site, "# nothing yet\n") == Config(title="My blog")
    assert right(site, "title:\npagination:\nmenu:\ntaxonomies:\n") == Config(title="My blog")


def test_a_config_that_uses_everything(site: Path) -> None:
    (site / "posts").mkdir()
    config = right(
        site,
        """
title: 3.10
description: About things
base_url: https://example.org/blog
language: pt-BR
languages: {de: {title: Blog auf Deutsch}, fr: Le blog}
timezone: Europe/Berlin
author: jane
authors:
  jane: Jane Doe
  joe: {name: Joe, url: "https://joe.example", email: joe@example.org, bio: Writes.}
content: ./posts/
output: public/
theme: my-theme
theme_options: {colour: red, depth: 3, ratio: 1.5, on: true, code: 012}
permalinks: {posts: "/:year/:month/:slug/"}
taxonomies: {topics: {title: Topics, path: /on/, feed: yes}, authors: }
pagination: {size: 5, path: /p/}
feeds: {formats: [atom], limit: 7, content: summary}
markdown: {html: false, footnotes: "no"}
menu:
  - About: /about/
  - {title: Home, url: /}
profiles: {Mastodon: "https://m.example/@x"}
ignore: [drafts/**, "*.tmp.md"]
drafts: true
future: on
extra: {list: [1, two], date: 2024-01-05}
""",
    )
    assert config.title == "3.10"
    assert config.base_url == "https://example.org/blog/"
    assert config.languages == {"de": Language("Blog auf Deutsch"), "fr": Language("Le blog")}
    assert config.authors == {
        "jane": Author("Jane Doe"),
        "joe": Author("Joe", "https://joe.example", "joe@example.org", "Writes."),
    }
    assert (config.content, config.output) == ("posts", "public")
    assert config.theme_options == {"colour": "red", "depth": 3, "ratio": 1.5, "on": True, "code": "012"}
    assert config.taxonomies == {**Config().taxonomies, "topics": Taxonomy("Topics", "on", True)}
    assert config.pagination == Pagination(5, "p")
    assert config.feeds == Feeds(("atom",), 7, "summary")
    assert (config.markdown.html, config.markdown.footnotes, config.markdown.tables) == (False, False, True)
    assert config.menu == (MenuItem("About", "/about/"), MenuItem("Home", "/"))
    assert config.profiles == (Profile("Mastodon", "https://m.example/@x"),)
    assert config.ignore == ("drafts/**", "*.tmp.md")
    assert (config.drafts, config.future) == (True, True)
    assert config.extra == {"list": [1, "two"], "date": "2024-01-05"}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("taxonomies: [tags, topics]", "taxonomies", {**Config().taxonomies, "topics": Taxonomy()}),
        ("authors: [Jane Doe, joe]", "authors", {"Jane Doe": Author(), "joe": Author()}),
        ("languages: [de]", "languages", {"de": Language()}),
        ("ignore: '*.tmp'", "ignore", ("*.tmp",)),
        ("menu: {About: /about/, Home: /}", "menu", (MenuItem("About", "/about/"), MenuItem("Home", "/"))),
        ("menu: {title: About, url: /about/}", "menu", (MenuItem("About", "/about/"),)),
        ("menu: {}", "menu", ()),
        ("content: .", "content", "."),
        ("base_url: http://localhost:8000", "base_url", "http://localhost:8000/"),
        ("base_url: https://xn--bcher-kva.example/a/", "base_url", "https://xn--bcher-kva.example/a/"),
        ("author: Jane Doe\nauthors: {joe: Joe}", "author", "Jane Doe"),
    ],
)
def test_short_forms(site: Path, text: str, field: str, value: Any) -> None:
    assert getattr(right(site, text), field) == value


def test_all_mistakes_at_once(site: Path) -> None:
    loaded = load(site, "titel: x\npagination:\n  size: 0\n  pth: x\nbase_url: nope\nfeeds:\n  formats: [rss, atm]\n")
    assert [(f.code, f.span.line, f.span.column, f.evidence) for f in loaded.findings] == [
        ("CF102", 1, 1, "titel: x"),
        ("CF103", 3, 9, "  size: 0"),
        ("CF102", 4, 3, "  pth: x"),
        ("CF103", 5, 11, "base_url: nope"),
        ("CF103", 7, 18, "  formats: [rss, atm]"),
    ]
    assert {(f.severity, f.span.path) for f in loaded.findings} == {("error", "blogq.yaml")}
    assert loaded.config.pagination.size == 10
    assert loaded.config.feeds.formats == ("rss",)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("titel", "title"),
        ("baseURL", "base_url"),
        ("base-url", "base_url"),
        ("url", "base_url"),
        ("time_zone", "timezone"),
        ("paginate", "pagination.size"),
        ("size", "pagination.size"),
        ("lang", "language"),
    ],
)
def test_unknown_options_are_compared_with_known_ones(site: Path, key: str, meant: str) -> None:
    finding = wrong(site, f"{key}: x")
    assert (finding.code, finding.severity) == ("CF102", "error")
    assert f"`{meant}`" in finding.hint


def test_unknown_options_of_a_section(site: Path) -> None:
    assert "`markdown.tables`" in wrong(site, "markdown: {table: true}").hint
    assert "`extra`" in wrong(site, "gizmos: [x]").hint
    assert "name, url, email, bio" in wrong(site, "authors: {jane: {github: x}}").hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: [a]", "a list stands where a text is needed"),
        ("description: {a: b}", "a mapping stands where a text is needed"),
        ("drafts: 7", "is not true or false"),
        ("pagination: {size: ten}", "is not a whole number"),
        ("pagination: {size: 1001}", "out of range"),
        ("feeds: {limit: 0}", "out of range"),
        ("feeds: {content: half}", "is unknown here"),
        ("feeds: rss", "options of its own"),
        ("base_url: example.org", "is not the address of a site"),
        ("base_url: ftp://example.org", "is not the address of a site"),
        ("base_url: https://example.org/?a=b", "is not the address of a site"),
        ("base_url: https://user:pass@example.org/", "is not the address of a site"),
        ("timezone: Europe/Berln", "is no time zone"),
        ("timezone: ../../etc/passwd", "is no time zone"),
        ("timezone: Europe", "is no time zone"),
        ("language: english", "is no language tag"),
        ("languages: {english: x}", "is no language tag"),
        ("output: /srv/www", "is no folder below"),
        ("output: ../public", "is no folder below"),
        ("output: a//b", "is no folder below"),
        ("output: .", "can't be the site's own folder"),
        ("output: content", "both sources and output"),
        ("content: posts\noutput: posts/", "both sources and output"),
        ("content: public/posts\noutput: public", "both sources and output"),
        ("content: ../posts", "is no folder below"),
        ("content: C:\\posts", "is no folder below"),
        ("theme: ../x", "is no theme's name"),
        ("permalinks: {posts: /:year/:mnth/:slug/}", "unknown part :mnth"),
        ("permalinks: {posts: /:year/}", "one address"),
        ("permalinks: {posts: /../:slug/}", "characters"),
        ("permalinks: /:slug/", "is not a mapping"),
        ("taxonomies: [a/b]", "is no name for a taxonomy"),
        ("taxonomies: {tags: {path: ../x}}", "is no folder below"),
        ("pagination: {path: a/../b}", "is no folder below"),
        ("menu: [{title: About}]", "lacks its `url`"),
        ("menu: [{title: About, url: 'java\tscript:alert(1)'}]", "no address to link to"),
        ("profiles: [{name: X, url: 'data:text/html,x'}]", "no address to link to"),
        ("profiles: [{name: X, url: /x, rel: evil}]", "is unknown here"),
        ("authors: {jane: {url: 'javascript:x'}}", "no address to link to"),
        ("theme_options: [a]", "is not a mapping"),
        ("authors: 3", "is not a mapping"),
    ],
)
def test_values_that_are_wrong(site: Path, text: str, says: str) -> None:
    finding = next(f for f in load(site, text).findings if says in f.message)
    assert (finding.code, finding.severity) == ("CF103", "error")
    assert finding.span.line >= 1
    assert finding.hint


def test_zones_that_are_near(site: Path) -> None:
    assert "Europe/Berlin" in wrong(site, "timezone: Berlin").hint
    assert "America/New_York" in wrong(site, "timezone: New York").hint


def test_author_who_is_not_there(site: Path) -> None:
    finding = wrong(site, "author: jnae\nauthors: {jane: Jane Doe}")
    assert (finding.code, finding.severity, finding.span.line) == ("CF103", "warning", 1)
    assert "jane" in finding.hint


def test_of_an_option_that_stands_twice_the_last_counts(site: Path) -> None:
    loaded = load(site, "title: a\nauthors: {x: X, x: Y}\ntitle: b\n")
    assert loaded.config.title == "b"
    assert loaded.config.authors == {"x": Author("Y")}
    assert [(f.code, f.severity, f.span.line) for f in loaded.findings] == [
        ("CF104", "warning", 2),
        ("CF104", "warning", 3),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("title: One: two", 1, "needs quotes"),
        ("a:\n\tb: c", 2, "a tab"),
        ("- a", 1, "a config is lines of"),
        ("just text", 1, "a config is lines of"),
        ("title: !!python/name:os.system", 1, "tag"),
        ("extra: " + "[" * 30_000, 1, "nested deeper"),
        ("extra: " + "x" * 300_000, 1, "more than 256 KiB"),
        ("title: a\n---\ntitle: b", 2, "second YAML document"),
    ],
)
def test_yaml_that_cannot_be_read(site: Path, text: str, line: int, says: str) -> None:
    finding = wrong(site, text)
    assert (finding.code, finding.severity, finding.span.line) == ("CF101", "error", line)
    assert says in finding.message


def test_two_configs(site: Path) -> None:
    (site / "blogq.yml").write_text("title: b", encoding="utf-8")
    finding = wrong(site, "title: a")
    assert finding.code == "CF101"
    assert "blogq.yml" in finding.message


def test_the_other_name(site: Path) -> None:
    (site / "blogq.yml").write_text("title: b", encoding="utf-8")
    loaded = load_config(site)
    assert loaded.config.title == "b"
    assert dict(loaded.origins)["title"] == "blogq.yml:1"


def test_files_that_cannot_be_read(site: Path) -> None:
    config = site / "blogq.yaml"
    config.write_bytes("title: \u00e9".encode("latin-1"))
    assert load_config(site).findings[0].code == "SR102"
    config.unlink()
    config.symlink_to(site / "nowhere")
    assert load_config(site).findings[0].code == "SR101"
    config.unlink()
    config.mkdir()
    assert load_config(site).findings[0].code == "SR104"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs on this system")
def test_a_fifo_does_not_hang(site: Path) -> None:
    os.mkfifo(site / "blogq.yaml")
    assert load_config(site).findings[0].code == "SR104"


def test_origins(site: Path) -> None:
    loaded = load(site, "\ntitle: x\nfeeds:\n  limit: 3\n", base_url="https://example.org", drafts=True)
    origins = dict(loaded.origins)
    assert origins["title"] == "blogq.yaml:2"
    assert origins["feeds.limit"] == "blogq.yaml:4"
    assert origins["base_url"] == "--base-url"
    assert origins["feeds.content"] == "default"
    assert loaded.config.base_url == "https://example.org/"
    assert loaded.config.drafts is True


def test_overrides_are_checked_like_the_file(site: Path) -> None:
    loaded = load(site, "title: a", title="b", pagination__size=3, feeds__formats=("atom",), timezone="nope", no=1)
    assert (loaded.config.title, loaded.config.pagination.size) == ("b", 3)
    assert loaded.config.feeds.formats == ("atom",)
    assert [(f.code, f.span.path) for f in loaded.findings] == [("CF103", "--timezone"), ("CF102", "--no")]


def test_an_override_mends_what_the_file_has_not(site: Path) -> None:
    loaded = load_config(site, {"output": "public", "extra": {"a": [1, "b"]}})
    assert loaded.findings == ()
    assert (loaded.config.output, loaded.config.extra) == ("public", {"a": [1, "b"]})


@pytest.mark.parametrize(
    ("name", "title"), [("my-blog", "My blog"), ("MyBlog", "MyBlog"), ("_a__b_", "A b"), ("---", "Blog")]
)
def test_title_from_the_folder(tmp_path: Path, name: str, title: str) -> None:
    (tmp_path / name).mkdir()
    assert load_config(tmp_path / name).config.title == title


OPTIONS = [
    "title", "base_url", "authors", "taxonomies", "menu", "profiles", "feeds", "pagination", "markdown", "extra",
    "permalinks", "languages", "timezone", "output", "content", "ignore", "drafts", "theme_options", "author", "x",
]  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["a", "3", "true", "null", "''", "/:slug/", "../x", "https://a.example", "en", "\u2028", '"\\x01"'])
    | st.text("ab:/ .~-", max_size=6).map(repr),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(
            st.tuples(st.sampled_from(["title", "url", "path", "size", "formats", "a/b"]), inner), max_size=3
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}")
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.sampled_from(OPTIONS), VALUES), max_size=5), tail=st.text(max_size=8))
def test_any_config_is_answered(site: Path, pairs: list[tuple[str, str]], tail: str) -> None:
    text = "".join(f"{option}: {value}\n" for option, value in pairs) + tail
    loaded = load(site, text)
    lines = text.count("\n") + 2
    for finding in loaded.findings:
        assert finding.message
        assert finding.hint
        assert 0 <= finding.span.line <= lines
    assert loaded.config.base_url.endswith("/")
    assert loaded.config.title
    assert loaded.config.output not in ("", ".", "content")
