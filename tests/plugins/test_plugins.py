"""Plugins: packages installed beside blogq, named in config. The sample in this folder is the documented example."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blogq.build import Request, Result, build

HERE = Path(__file__).parent
NOW = 1_790_000_000
POST = "---\ntitle: First\ndate: 2026-01-02\nauthor: Ada Lovelace\n---\n\nText.\n"

Install = Callable[[str, str], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install packages as pip would: their files beside a .dist-info with their entry points."""
    place = tmp_path / "installed"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))

    def put(name: str, points: str) -> Path:
        shutil.copytree(HERE / "sample/blogq_sample", place / "blogq_sample", dirs_exist_ok=True)
        info = place / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(points)
        for module in [each for each in sys.modules if each.startswith("blogq_sample")]:
            monkeypatch.delitem(sys.modules, module)
        return place / "blogq_sample"

    return put


def site(folder: Path, plugins: str, template: str = "{{ page.authors[0].title | initials }}") -> Path:
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/first.md").write_text(POST)
    (folder / "content/about.md").write_text("# About\n")
    (folder / "templates").mkdir()
    (folder / "templates/post.html").write_text(template)
    (folder / "blogq.yaml").write_text(f"title: Plugged\nplugins: [{plugins}]\n")
    return folder


def run(folder: Path) -> Result:
    return build(Request(folder, NOW, jobs=1))


def errors(result: Result) -> list[str]:
    return [
        f"{f.span.path}:{f.span.line} {f.code} {f.message} | {f.hint}" for f in result.findings if f.severity == "error"
    ]


FILTER = "[blogq.filters]\ninitials = blogq_sample.filters:initials\n"


def test_a_filter_of_a_plugin(tmp_path: Path, install: Install) -> None:
    install("blogq-sample", FILTER)
    folder = site(tmp_path / "site", "blogq-sample")
    assert errors(run(folder)) == []
    assert (folder / "_site/posts/first/index.html").read_text() == "A. L."
    assert run(folder).rendered == 0


def test_a_changed_plugin_renders_the_site_anew(tmp_path: Path, install: Install) -> None:
    package = install("blogq-sample", FILTER)
    folder = site(tmp_path / "site", "blogq-sample")
    run(folder)
    module = package / "filters.py"
    module.write_text(module.read_text().replace("[0]}.", "[0]}-"))
    for name in [each for each in sys.modules if each.startswith("blogq_sample")]:
        del sys.modules[name]
    assert run(folder).rendered > 0
    assert (folder / "_site/posts/first/index.html").read_text() == "A- L-"


def test_nothing_is_run_that_config_does_not_name(tmp_path: Path, install: Install) -> None:
    install("blogq-sample", FILTER)
    folder = site(tmp_path / "site", "")
    (error,) = errors(run(folder))
    assert "initials" in error
    assert "blogq_sample.filters" not in sys.modules


@pytest.mark.parametrize(
    ("plugins", "points", "wanted"),
    [
        ("blogq-sampel", FILTER, "blogq-sampel isn't installed | Did you mean 'blogq-sample'?"),
        ("wholly-other", FILTER, "wholly-other isn't installed | Install it with: pip install wholly-other"),
        (
            "pytest",
            FILTER,
            "pytest has nothing for blogq | A plugin offers entry points of the groups blogq.filters, blogq.blocks,",
        ),
        ("blogq-sample", "[blogq.filters]\na = blogq_sample.gone:x\n", "can't be loaded: No module named"),
        ("blogq-sample", "[blogq.filters]\na = blogq_sample:__doc__\n", "offers 'a', which is no function"),
        (
            "blogq-sample",
            "[blogq.shortcodes]\na = blogq_sample.gone\n",
            "blogq-sample offers 'a', but blogq_sample.gone has no folder shortcodes/",
        ),
        ("blogq-sample", FILTER.replace("initials =", "upper ="), "the name of a filter that Jinja has itself"),
    ],
)
def test_what_is_wrong_with_a_plugin(tmp_path: Path, install: Install, plugins: str, points: str, wanted: str) -> None:
    install("blogq-sample", points)
    folder = site(tmp_path / "site", plugins)
    result = run(folder)
    (error,) = errors(result)
    assert wanted in error
    assert error.startswith("blogq.yaml:2 CF107")
    assert not result.written


def test_two_plugins_with_one_filter(tmp_path: Path, install: Install) -> None:
    install("blogq-sample", FILTER)
    install("blogq-other", FILTER)
    (error,) = errors(run(site(tmp_path / "site", "blogq-sample, blogq-other")))
    assert "blogq-sample and blogq-other both offer 'initials'" in error


def test_a_filter_that_fails_names_its_template(tmp_path: Path, install: Install) -> None:
    install("blogq-sample", FILTER)
    (error,) = errors(run(site(tmp_path / "site", "blogq-sample", "{{ page.words | initials }}")))
    assert "templates/post.html:1 TH103" in error
    assert "rendering /posts/first/" in error


SHORTCODES = "[blogq.shortcodes]\nsample = blogq_sample\n"


def shown(folder: Path) -> str:
    return (folder / "_site/posts/first/index.html").read_text()


def test_a_shortcode_of_a_plugin(tmp_path: Path, install: Install) -> None:
    """Nothing of the package is imported for it, and a mistake in the post is one as with any other."""
    install("blogq-sample", SHORTCODES)
    folder = site(tmp_path / "site", "blogq-sample", "{{ page.content }}")
    (folder / "content/posts/first.md").write_text(POST + "\nGood: {{< stars 4 >}}\n")
    assert errors(run(folder)) == []
    assert 'aria-label="4/5">★★★★☆</span></p>' in shown(folder)
    assert "blogq_sample" not in sys.modules
    (folder / "content/posts/first.md").write_text(POST + "\nGood: {{< stars 9 >}}\n")
    assert "content/posts/first.md:9 SC104 stars needs a number from 0 to 5" in errors(run(folder))[0]


def test_a_changed_shortcode_of_a_plugin_renders_what_uses_it(tmp_path: Path, install: Install) -> None:
    """The home page shows it too, and the feeds; the page about us doesn't. What takes its place counts, as it goes."""
    package = install("blogq-sample", SHORTCODES)
    folder = site(tmp_path / "site", "blogq-sample", "{{ page.content }}")
    (folder / "content/posts/first.md").write_text(POST + "\nGood: {{< stars 4 >}}\n")
    whole = run(folder).rendered
    (package / "shortcodes/stars.html").write_text("{{ call.get(0) }} stars")
    assert 0 < run(folder).rendered < whole
    assert "Good: 4 stars" in shown(folder)
    own = folder / "shortcodes/stars.html"
    own.parent.mkdir()
    own.write_text("ours")
    run(folder)
    assert "Good: ours" in shown(folder)
    own.unlink()
    run(folder)
    assert "Good: 4 stars" in shown(folder)
    (package / "shortcodes/stars.html").unlink()
    result = run(folder)
    assert [f.code for f in result.findings if f.code.startswith("SC")] == ["SC101"]
    assert run(folder).rendered == 0


def test_of_two_plugins_the_first_has_the_shortcode(tmp_path: Path, install: Install) -> None:
    """Both may have one of the same name: shortcodes override one another, as in themes."""
    package = install("blogq-sample", SHORTCODES)
    install("blogq-other", SHORTCODES.replace("sample = blogq_sample", "sample = blogq_other"))
    (package.parent / "blogq_other/shortcodes").mkdir(parents=True)
    (package.parent / "blogq_other/__init__.py").write_text("")
    (package.parent / "blogq_other/shortcodes/stars.html").write_text("of another")
    folder = site(tmp_path / "site", "blogq-other, blogq-sample", "{{ page.content }}")
    (folder / "content/posts/first.md").write_text(POST + "\nGood: {{< stars 4 >}}\n")
    assert errors(run(folder)) == []
    assert "Good: of another" in shown(folder)


MARKDOWN = "[blogq.blocks]\nbars = blogq_sample.markdown:bars\n[blogq.inlines]\nkeys = blogq_sample.markdown:keys\n"
TEXT = """---
title: First
date: 2026-01-02
---

Press ⌨Ctrl & wait; `⌨Alt` stays, and so does <b title="⌨Tab">this</b> or [a link](/⌨x).

```bars Typing errors
Monday 12
Tuesday 30
```

```python
print("⌨Esc")
```
"""


def test_a_block_and_a_pattern_of_a_plugin(tmp_path: Path, install: Install) -> None:
    """The pattern is marked up in running text only, and the block is drawn in the place of code."""
    install("blogq-sample", MARKDOWN)
    folder = site(tmp_path / "site", "blogq-sample", "{{ page.content }}|{{ page.words }}")
    (folder / "content/posts/first.md").write_text(TEXT)
    (folder / "static").mkdir()
    (folder / "static/⌨x").write_text("")
    assert errors(run(folder)) == []
    html, _, words = (folder / "_site/posts/first/index.html").read_text().rpartition("|")
    assert "Press <kbd>Ctrl</kbd> &amp; wait; <code>⌨Alt</code> stays" in html
    assert html.count("<kbd>") == 1
    assert '<ul class="bars" aria-label="Typing errors"><li>Monday <meter' in html
    assert '<li>Tuesday <meter min="0" max="100" value="30">30</meter></li>' in html
    assert int(words) == 12, "what a plugin writes is not the author's"


def test_a_block_that_cannot_be_drawn_is_shown_as_it_is(tmp_path: Path, install: Install) -> None:
    """With its place, and nothing is lost."""
    install("blogq-sample", MARKDOWN)
    folder = site(tmp_path / "site", "blogq-sample", "{{ page.content }}")
    (folder / "content/posts/first.md").write_text(TEXT.replace("Tuesday 30", "Tuesday <many>"))
    result = run(folder)
    (finding,) = [each for each in result.findings if each.code == "MD111"]
    assert (finding.span.path, finding.span.line, finding.severity) == ("content/posts/first.md", 8, "warning")
    assert "could not convert string to float" in finding.message
    assert "Tuesday &lt;many&gt;" in (folder / "_site/posts/first/index.html").read_text()


def test_the_documented_example_is_the_one_that_is_tested() -> None:
    """docs/plugins.md prints the sample's files to the letter."""
    said = (HERE.parent.parent / "docs/plugins.md").read_text(encoding="utf-8")
    parts = ("filters.py", "markdown.py", "shortcodes/stars.html")
    for name in ("pyproject.toml", *(f"blogq_sample/{part}" for part in parts)):
        assert (HERE / "sample" / name).read_text(encoding="utf-8") in said, name
