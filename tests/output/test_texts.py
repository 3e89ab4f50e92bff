"""The theme's words: where they are looked for, how values get into them, and what is said of words that don't fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from published import Published, post, publish

from blogq.plan.cldr import plural_form
from blogq.render.environment import Environment
from blogq.render.files import Found, Setup, locale_name
from blogq.render.mistakes import TemplateMistake
from blogq.render.texts import Texts


def environment(folder: Path, files: dict[str, str]) -> Environment:
    """An environment with files of texts, given as `LAYER/TAG`."""
    found = {}
    for name, text in files.items():
        layer, _, tag = name.partition("/")
        path = folder / layer / f"{tag}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        root = str(path.parent)
        found[locale_name(int(layer), path.name)] = Found(path.name, root, (str(folder),), name, b"")
    return Environment(Setup(found, ""))


def test_a_text_is_looked_for_from_near_to_far(tmp_path: Path) -> None:
    """The language, what it is a kind of, the site's language, English; within each the site before the theme."""
    made = environment(
        tmp_path,
        {
            "1/pt_BR": "a: theme pt-br\n",
            "0/pt": "a: site pt\nb: site pt\n",
            "1/pt": "b: theme pt\nc: theme pt\n",
            "0/de": "c: site de\nd: site de\n",
            "1/en": "a: x\nb: x\nc: x\nd: x\ne: theme en\n",
        },
    )
    texts = Texts(made, "pt-br", "de")
    assert [texts[key] for key in "abcde"] == ["theme pt-br", "site pt", "theme pt", "site de", "theme en"]


def test_only_what_was_looked_at_is_noted(tmp_path: Path) -> None:
    """A page whose language has all its texts does not depend on those of another."""
    made = environment(tmp_path, {"0/de": "a: A\n", "0/en": "a: E\nb: B\n"})
    texts = Texts(made, "de", "de")
    made.lookups = set()
    texts.note()
    assert texts["a"] == "A"
    assert made.lookups == {"locales/0/de"}
    assert texts["b"] == "B"
    assert made.lookups == {"locales/0/de", "locales/0/en"}


@pytest.mark.parametrize(("count", "text"), [(1, "1 wpis"), (3, "3 wpisy"), (5, "5 wpisów"), (12345, "12 345 wpisów")])
def test_a_number_chooses_the_form_of_its_language(tmp_path: Path, count: int, text: str) -> None:
    forms = 'posts:\n  one: "{count} wpis"\n  few: "{count} wpisy"\n  other: "{count} wpisów"\n'
    texts = Texts(environment(tmp_path, {"0/pl": forms}), "pl", "pl")
    assert texts("posts", count=count).replace("\xa0", " ") == text


def test_a_text_of_another_language_has_the_forms_of_that(tmp_path: Path) -> None:
    texts = Texts(environment(tmp_path, {"0/en": "n: {one: '{count} post', other: '{count} posts'}\n"}), "pl", "pl")
    assert plural_form(3, "pl") == "few"
    assert texts("n", count=3) == "3 posts"


def test_values_stay_text(tmp_path: Path) -> None:
    """What isn't markup is escaped, be it in the text or in a value; nothing is evaluated."""
    texts = Texts(environment(tmp_path, {"0/en": "a: '<b>{name}</b> {{7*7}} {name.__class__}'\n"}), "en", "en")
    assert texts("a", name="<i>") == "<b><i></b> {{7*7}} {name.__class__}"
    marked = texts("a", name=Markup("<i>x</i>"))
    assert isinstance(marked, Markup)
    assert marked.startswith("&lt;b&gt;<i>x</i>&lt;/b&gt;")


@pytest.mark.parametrize("use", ["t['hallo']", "t('n')", "t('a')", "t('a', nam='x')"])
def test_a_text_that_can_t_be_had_is_the_template_s_mistake(tmp_path: Path, use: str) -> None:
    made = environment(tmp_path, {"0/en": "a: Hello {name}\nhello: x\nn: {one: a, other: b}\n"})
    template = made.from_string("{{ " + use + " }}")
    with pytest.raises(TemplateMistake):
        template.render(t=Texts(made, "en", "en"))


def test_templates_can_t_change_texts(tmp_path: Path) -> None:
    texts: Any = Texts(environment(tmp_path, {"0/en": "a: A\n"}), "en", "en")
    with pytest.raises(TypeError):
        texts.update(a="B")


def said(made: Published, *codes: str) -> list[tuple[str, str, int, str]]:
    return [
        (f.severity, f.span.path, f.span.line, f"{f.message} ({f.hint})")
        for f in made.result.findings
        if f.code in codes
    ]


def test_words_of_the_site_come_before_the_theme_s(tmp_path: Path) -> None:
    files = {"content/a.md": post("A", "2026-01-01"), "locales/en.yaml": "archive: All posts\n"}
    made = publish(tmp_path, files)
    assert ">All posts</a>" in made.text("index.html")
    assert "<h1>All posts</h1>" in made.text("archive/index.html")
    assert "Skip to the text" in made.text("index.html")


def test_lines_that_don_t_fit_are_told_all_at_once(tmp_path: Path) -> None:
    texts = (
        "archvie: Everything\nmine: My own\nunasked: Nothing\npages: Page {nummer} of {total}\nposts: posts\n"
        "minutes: {one: a, few: b, other: '{count} c'}\nskip: [1]\n"
    )
    files = {
        "content/a.md": post("A", "2026-01-01"),
        "locales/en.yaml": texts,
        "templates/page.html": "{{ t['mine'] }}",
    }
    made = publish(tmp_path, files, clean=False)
    place = ("warning", "locales/en.yaml")
    found = said(made, "TH108")
    assert [(severity, path) for severity, path, _, _ in found] == [place] * 6
    told = {line: text for _, _, line, text in found}
    assert sorted(told) == [1, 3, 4, 5, 6, 7]
    assert "did you mean `archive`?" in told[1]
    assert "texts of the theme" in told[3]
    assert "did you mean {number}?" in told[4]
    assert "lacks {count}" in told[5]
    assert "no number takes the form 'few'" in told[6]
    assert made.result.written


def test_a_file_that_can_t_be_read_keeps_the_site_as_it_was(tmp_path: Path) -> None:
    files = {"content/a.md": post("A", "2026-01-01"), "locales/en.yaml": "skip: [\n"}
    made = publish(tmp_path, files, clean=False)
    assert [(severity, path) for severity, path, _, _ in said(made, "TH107")] == [("error", "locales/en.yaml")]
    assert not made.result.written


def test_a_language_without_words_is_noted(tmp_path: Path) -> None:
    """And shows those of the site's own language."""
    files = {
        "blogq.yaml": "language: de\n",
        "content/a.md": post("A", "2026-01-01"),
        "content/a.sw.md": post("B", "2026-01-01"),
    }
    made = publish(tmp_path, files)
    (note,) = said(made, "TH109")
    assert note[:2] == ("note", "locales/sw.yaml")
    assert "Kiswahili: those in Deutsch are shown" in note[3]
    assert "Zum Text springen" in made.text("sw/index.html")
    made = publish(tmp_path, {"locales/sw.yaml": "archive: Hifadhi\n"})
    (note,) = said(made, "TH109")
    assert "`authors`, `breadcrumbs`" in note[3]
    assert ">Hifadhi</a>" in made.text("sw/index.html")
