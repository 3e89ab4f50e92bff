"""A theme inherits: templates, parts of templates, static files, options; and the site has the last word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from theme_sites import Themed, themed

CHAIN = {
    "themes/child/theme.yaml": "name: child\nparent: middle\noptions:\n  mood: {default: loud}\n",
    "themes/middle/theme.yaml": "name: middle\nparent: plain\noptions:\n"
    "  mood: {type: choice, choices: [calm, loud], default: calm, help: How it feels.}\n"
    "  accent: {default: '#123456'}\n",
}
PAGE = "posts/first/index.html"
BASE = '{% extends "base.html" %}\n{% block title %}NAME({{ super() }}){% endblock %}\n'


def title(site: Themed) -> str:
    return re.findall("<title>(.*?)</title>", site.text(PAGE), re.DOTALL)[0]


def rebuilt_equals_clean(site: Themed, folder: Path) -> None:
    """Check what was built step by step against a build of the same files elsewhere."""
    import shutil

    clean = Themed(folder / "elsewhere")
    shutil.copytree(site.root, clean.root, ignore=shutil.ignore_patterns("_site", ".blogq"))
    clean.build()
    assert site.outputs() == clean.outputs()
    shutil.rmtree(clean.root)


def test_templates_come_from_the_nearest_layer(tmp_path: Path) -> None:
    site = themed(tmp_path / "site", {**CHAIN, "themes/middle/templates/post.html": "middle {{ page.title }}"})
    site.build()
    assert site.text(PAGE) == "middle First"
    site.build({"themes/child/templates/post.html": "child {{ page.title }}"})
    assert site.text(PAGE) == "child First"
    site.build({"templates/post.html": "site {{ page.title }}"})
    assert site.text(PAGE) == "site First"
    site.build({"templates/post.html": "", "themes/child/templates/post.html": ""})
    assert site.text(PAGE) == "middle First"
    assert site.told() == []


def test_partials_come_from_the_nearest_layer(tmp_path: Path) -> None:
    site = themed(tmp_path / "site", {**CHAIN, "themes/middle/templates/partials/card.html": "<i>middle</i>"})
    site.build()
    assert "<i>middle</i>" in site.text("index.html")
    site.build({"themes/child/templates/partials/card.html": "<i>child {{ item.title }}</i>"})
    assert "<i>child First</i>" in site.text("index.html") and "middle" not in site.text("index.html")
    site.build({"templates/partials/card.html": "<i>site</i>"})
    assert "<i>site</i>" in site.text("index.html")


def test_a_template_extends_the_one_whose_place_it_takes(tmp_path: Path) -> None:
    """In each layer `extends "base.html"` in base.html means the next base.html below."""
    site = themed(tmp_path / "site", CHAIN)
    site.build()
    assert title(site) == "First · Notes"
    for path, name, wanted in (
        ("themes/middle/templates/base.html", "m", "m(First · Notes)"),
        ("templates/base.html", "s", "s(m(First · Notes))"),
        ("themes/child/templates/base.html", "c", "s(c(m(First · Notes)))"),
    ):
        result = site.build({path: BASE.replace("NAME", name)})
        assert site.told() == []
        assert title(site) == wanted
        assert result.rendered > 5, "every page has changed"
        rebuilt_equals_clean(site, tmp_path)
    site.build({"themes/middle/templates/base.html": BASE.replace("NAME", "mm")})
    assert title(site) == "s(c(mm(First · Notes)))"
    site.build({"themes/child/templates/base.html": ""})
    assert title(site) == "s(mm(First · Notes))"
    rebuilt_equals_clean(site, tmp_path)
    assert site.build().rendered == 0


def test_partials_extend_likewise(tmp_path: Path) -> None:
    more = '{% extends "partials/head.html" %}{% block styles %}{{ super() }}<!-- NAME -->\n{% endblock %}'
    site = themed(
        tmp_path / "site",
        {
            **CHAIN,
            "templates/partials/head.html": more.replace("NAME", "site"),
            "themes/middle/templates/partials/head.html": more.replace("NAME", "middle"),
        },
    )
    site.build()
    assert site.told() == []
    assert re.search(r"book\.[0-9a-f]{8}\.css\">\n<!-- middle -->\n<!-- site -->\n", site.text(PAGE))


def test_extending_its_own_name_with_nothing_below_is_explained(tmp_path: Path) -> None:
    files = {"templates/post.html": '\n{% extends "own.html" %}', "templates/own.html": 'x\n{% extends "own.html" %}'}
    site = themed(tmp_path / "site", {**CHAIN, **files})
    site.build()
    assert site.told() == [
        "templates/own.html:2:0 TH103 it extends 'own.html', its own name, and no layer below it has a own.html "
        "(rendering /posts/first/) | leave `extends` out, or extend another template"
    ]


def test_a_template_may_still_include_itself(tmp_path: Path) -> None:
    nest = '{{ depth }}{% if depth < 3 %}{% set depth = depth + 1 %}{% include "partials/nest.html" %}{% endif %}'
    files = {
        "templates/partials/nest.html": nest,
        "templates/post.html": '{% set depth = 1 %}{% include "partials/nest.html" %}',
    }
    site = themed(tmp_path / "site", {**CHAIN, **files, "themes/child/templates/partials/nest.html": "not this"})
    site.build()
    assert site.told() == []
    assert site.text(PAGE) == "123"


def test_static_files_come_from_the_nearest_layer(tmp_path: Path) -> None:
    site = themed(tmp_path / "site", {**CHAIN, "themes/middle/static/style.css": "/* middle */"})
    site.build()
    first = re.findall(r"/style\.[0-9a-f]{8}\.css", site.text(PAGE))[0]
    assert site.text("style.css") == site.text(first[1:]) == "/* middle */"
    site.build({"themes/child/static/style.css": "/* child */", "themes/child/static/more/a.txt": "a"})
    assert site.text("style.css") == "/* child */" and site.text("more/a.txt") == "a"
    site.build({"static/style.css": "/* site */"})
    name = re.findall(r"/style\.[0-9a-f]{8}\.css", site.text(PAGE))[0]
    assert name != first and site.text(name[1:]) == "/* site */"
    assert first[1:] not in site.outputs()
    rebuilt_equals_clean(site, tmp_path)


def test_options_are_inherited_and_their_defaults_changed(tmp_path: Path) -> None:
    shown = "{{ site.options.mood }} {{ site.options.accent }} {{ site.options.show_toc }}"
    site = themed(tmp_path / "site", {**CHAIN, "templates/post.html": shown})
    site.build()
    assert site.told() == []
    assert site.text(PAGE) == "loud #123456 True"
    site.build(
        {"blogq.yaml": "title: Notes\nbase_url: https://notes.example/\ntheme: child\ntheme_options: {mood: calm}\n"}
    )
    assert site.text(PAGE) == "calm #123456 True"
    site.build(
        {"themes/middle/theme.yaml": "name: middle\nparent: plain\noptions:\n  mood: {type: string, default: ''}\n"}
    )
    assert site.text(PAGE) == "calm #0b5c8a True"
    site.build(
        {"blogq.yaml": "title: Notes\nbase_url: https://notes.example/\ntheme: child\ntheme_options: {mood: [x]}\n"}
    )
    assert site.told()[0].startswith("blogq.yaml:4:0 CF103 theme_options.mood: ['x'] is not a text | ")


YAML = "themes/child/theme.yaml"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {YAML: 'name: child\nblogq: ">=9,<10"\n'},
            [
                "themes/child/theme.yaml:2:8 TH106 the theme 'child' needs blogq >=9,<10, and this is blogq VERSION | "
                "update blogq: pip install 'blogq>=9,<10'; or take an older version of 'child'"
            ],
        ),
        (
            {YAML: 'name: child\nblogq: "<0.0.1"\n'},
            [
                "themes/child/theme.yaml:2:8 TH106 the theme 'child' needs blogq <0.0.1, and this is blogq VERSION | "
                "take a newer version of 'child', or the blogq that it was made for: pip install 'blogq<0.0.1'"
            ],
        ),
        (
            {YAML: "parent: mid\n", "themes/mid/theme.yaml": "parent: top\n", "themes/top/theme.yaml": "blogq: 99\n"},
            [
                "themes/top/theme.yaml:1:8 TH106 the theme 'top', from which 'mid' → 'child' inherits, needs blogq 99, "
                "and this is blogq VERSION | update blogq: pip install 'blogq>=99'; or take an older version of 'top'"
            ],
        ),
        (
            {YAML: "blogq: about 1\n"},
            [
                "themes/child/theme.yaml:1:8 TH101 `blogq`: 'about 1' is not a range of versions | "
                'write one such as ">=0.1,<2", in quotes'
            ],
        ),
        (
            {YAML: "name: child\nblogq: >=0.1\n"},
            [
                "themes/child/theme.yaml:2:9 TH101 the text after `|` or `>` begins on the next line | "
                "Nothing but a comment may follow `|` or `>` on its line; a value that starts so needs quotes."
            ],
        ),
        (
            {YAML: "name: child\nparent: plian\n"},
            [
                "themes/child/theme.yaml:2:9 TH101 the parent theme 'plian' of 'child' is not there: no folder "
                "themes/plian in the site, and none that comes with blogq | "
                "did you mean 'plain'? themes that are there: THEMES"
            ],
        ),
        (
            {YAML: "parent: b\n", "themes/b/theme.yaml": "parent: child\n"},
            [
                "themes/b/theme.yaml:1:9 TH101 themes inherit from one another in a circle: child → b → child | "
                "leave this `parent` out"
            ],
        ),
        (
            {YAML: "options:\n  wide: {type: bool, default: true}\n  size:\n    default: 3\n"},
            [
                "themes/child/theme.yaml:2:16 TH101 option 'wide' has the unknown type 'bool' | "
                "did you mean `boolean`?",
                "themes/child/theme.yaml:4:5 TH101 option 'size' says no type | "
                "types: string, boolean, integer, color, choice",
            ],
        ),
        (
            {YAML: "parent: plain\noptions:\n  footer: {type: boolean, default: true}\n  show_toc: {default: maybe}\n"},
            [
                "themes/child/theme.yaml:3:18 TH101 option 'footer' is of type 'string' in the parent theme | "
                "leave `type` out, or give the option another name",
                "themes/child/theme.yaml:4:23 TH101 the default of option 'show_toc' is not true or false | "
                "mend the default",
            ],
        ),
        (
            {YAML: "parent: plain\noptions:\n  mood: {type: choice, choices: [a, b]}\n  tone: [a]\n"},
            [
                "themes/child/theme.yaml:3:9 TH101 option 'mood' needs one of a, b | mend the default",
                "themes/child/theme.yaml:4:9 TH101 option 'tone' is not a mapping | "
                "write each as `name: {type: string, default: …, help: …}`",
            ],
        ),
        (
            {
                YAML: "parnet: plain\nparent: plain\nparent: plain\n"
                "options:\n  a: {type: string, defualt: x, default: y}\n"
            },
            [
                "themes/child/theme.yaml:1:1 TH105 unknown key `parnet` | did you mean `parent`?",
                "themes/child/theme.yaml:3:1 TH105 `parent` stands twice; the last one counts | remove one of the two",
                "themes/child/theme.yaml:5:21 TH105 unknown key `options.a.defualt` | did you mean `default`?",
            ],
        ),
        (
            {YAML: "parent: [plain]\nversion: 1.0\n"},
            ["themes/child/theme.yaml:1:9 TH101 `parent` is not a text | write `parent: …`"],
        ),
        (
            {YAML: "- a\n"},
            [
                "themes/child/theme.yaml:1:1 TH101 theme.yaml is not a list of keys and values | "
                "begin with `name: child`"
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_theme_is_said_at_its_place(
    tmp_path: Path, files: dict[str, str], told: list[str]
) -> None:
    from blogq import __version__
    from blogq.render.theme import theme_names

    site = themed(tmp_path / "site", files)
    result = site.build()
    known = ", ".join(theme_names(site.root))
    wanted = [line.replace("VERSION", __version__).replace("THEMES", known) for line in told]
    assert [line for line in site.told() if "theme.yaml" in line] == wanted
    assert result.written is not any(" TH101 " in line or " TH106 " in line for line in told)


def test_too_many_parents_are_refused(tmp_path: Path) -> None:
    files = {f"themes/t{n}/theme.yaml": f"parent: t{n + 1}\n" for n in range(9)}
    site = themed(tmp_path / "site", files, "theme: t0\n")
    site.build()
    assert "themes/t7/theme.yaml:1:9 TH101 too many parents: t0 → t1" in site.told()[0]


def test_config_is_not_blamed_for_a_theme_that_cannot_be_read(tmp_path: Path) -> None:
    files = {YAML: "parent: gone\n"}
    site = themed(tmp_path / "site", files, "theme: child\ntheme_options: {accent: red}\n")
    site.build()
    assert [line.split()[1] for line in site.told()] == ["TH101"]
