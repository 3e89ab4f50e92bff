"""The pages made from the code agree with it, and what they show works."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from blogq import reference
from blogq.cli import COMMANDS
from blogq.config import schema
from blogq.config.load import load_config
from blogq.content.markdown.admonitions import KINDS
from blogq.content.markdown.reader import Reader
from blogq.finding import CODES
from blogq.plan import views

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", reference.PAGES)
def test_page_is_what_the_code_says(name: str) -> None:
    made = reference.PAGES[name]()
    kept = page(name) if (DOCS / name).exists() else ""
    assert kept == made, f"docs/{name} is behind the code; write it anew with: {reference.COMMAND}"


EXAMPLE = re.compile(r"^````markdown\n(.*?\n)````\n\n````html\n(.*?)\n````$", re.DOTALL | re.MULTILINE)
"""What to write, and what comes out of it."""


def test_what_the_page_on_markdown_shows_is_what_comes_out() -> None:
    examples = EXAMPLE.findall(page("markdown.md"))
    assert len(examples) == page("markdown.md").count("````markdown")
    for source, expected in examples:
        options = schema.Markdown(math=True, typography=source.startswith('"'))
        html = Reader(options).read(source, path="x.md").html
        assert re.sub("\0[aimf](.*?)\0", r"\1", html) == expected + "\n"


def test_the_page_on_markdown_names_every_kind_and_option() -> None:
    text = page("markdown.md")
    assert all(f"`{kind.upper()}`" in text for kind in KINDS)
    assert all(f"`{name}" in text for name in ("title=", "linenos=", "start=", "hl_lines="))


def test_every_option_is_documented() -> None:
    """Each option, and each of its parts, has a line of its own under it in the schema."""
    missing = [
        f"{kind}.{field.name}" for kind, (about, found) in reference.classes(schema).items() for field in found
        if not field.text or not about
    ]  # fmt: skip
    assert missing == []
    documented = set(re.findall(r"^### `([\w.]+)`", page("configuration.md"), re.M))
    assert {name for name, *_ in reference.options(schema, schema.Config)} == documented
    assert {"title", "pagination.size", "feeds.content", "markdown.html"} <= documented


def test_example_of_the_config_has_no_mistake(tmp_path: Path) -> None:
    (sample,) = re.findall(r"^```yaml\n(.*?)^```", page("configuration.md"), re.M | re.S)
    (tmp_path / "blogq.yaml").write_text(sample, encoding="utf-8")
    loaded = load_config(tmp_path)
    assert loaded.findings == ()
    assert loaded.config.taxonomies["tags"].feed and loaded.config.pagination.size == 20
    assert [item.url for item in loaded.config.menu] == ["/posts/", "about.md"]


def test_every_view_is_documented() -> None:
    text = page("views.md")
    for name, kind in vars(views).items():
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
            assert section, name
            assert [field.name for field in dataclasses.fields(kind)] == re.findall(r"^\| `(\w+)` ", section, re.M)


def test_every_template_of_the_theme_is_explained() -> None:
    """The table of views.md names each page template that a theme has to bring."""
    shown = set(re.findall(r"^\| `([\w.]+\.html)` \|", page("views.md"), re.M))
    there = {path.name for path in (ROOT / "themes" / "plain" / "templates").glob("*.html")}
    assert shown == there - {"base.html", "list.html"}


def test_every_code_is_listed_with_its_severity() -> None:
    rows = dict(re.findall(r"^\| `([A-Z]{2}\d{3})` \| ([^|]*) \|", page("findings.md"), re.M))
    assert rows.keys() == CODES.keys()
    words = {"error", "warning", "note"}
    assert [code for code, told in rows.items() if told != "by case" and not set(told.split(" or ")) <= words] == []
    assert (rows["UR101"], rows["LK001"], rows["CF105"]) == ("error", "warning", "note")


def test_every_command_has_its_options_told() -> None:
    text = page("commands.md")
    assert re.findall(r"^## `blogq (\w+)`", text, re.M) == list(COMMANDS)
    for name in COMMANDS:
        section = text.partition(f"## `blogq {name}`")[2].partition("\n## ")[0]
        assert ("| `--site DIR` |" in section) == (name not in {"init", "import", "completion", "compare"})


def test_pages_link_only_within_themselves_and_to_what_is_there() -> None:
    for name in reference.PAGES:
        text = page(name)
        anchors = {re.sub(r"[^\w-]", "", heading.lower()) for heading in re.findall(r"^#+ (.*)$", text, re.M)}
        targets = set(re.findall(r"\]\(([^)]+)\)", text))
        assert {t for t in targets if t.startswith("#") and t[1:] not in anchors} == set()
        assert {t for t in targets if not t.startswith(("#", "http")) and not (DOCS / t).exists()} == set()
