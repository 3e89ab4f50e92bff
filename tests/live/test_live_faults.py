"""Two hundred faults, one after the other, in one site that stays up: each has its place, each is recovered from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from blogq.live.site import LiveSite

NOW = 1_767_268_800
CONFIG = "title: Blog\nbase_url: https://blog.example/\n"
POST = "---\ntitle: Post\ndate: 2025-12-01\n---\nWords of it.\n\n{{< said >}}\n"
URL = "/posts/post/"
TEMPLATE = '{% extends "post.html" %}\n{% block footer %}mine{% endblock %}\n'


OPEN = ("[", "{", "'", '"')
"""What is never closed is noticed where the front matter ends."""


class Fault(NamedTuple):
    path: str
    text: str
    place: str
    """As `path:line`; without a line where only the file can be told."""


def faults() -> Iterator[Fault]:
    """All of them."""
    path = "content/posts/post.md"
    values = {
        "date": ["2025-13-01", "2025-02-30", "yesterday", "[]", "{}", "12:30", "99999-01-01", "2025-1-1T99:00", "x: y"],
        "expiry_date": ["2025-13-01", "soon", "[a]", "{a: b}"],
        "publish_date": ["2025-13-01", "soon", "[a]", "{a: b}"],
        "draft": ["perhaps", "[]", "{}", "2"],
        "title": ["[a, b]", "{a: b}", "[", "{", "'", '"', "*x", "&", "!!python/object:os.system x", "%", "@x", "`x"],
        "tags": ["{a: b}", "[", "[[a]]", "[{a: b}]", "*no"],
        "slug": ["[]", "{}", "../../x", "..", "a\\b", '"\\0"'],
        "aliases": ["{a: b}", "['../x']", "[[x]]"],
        "permalink": ["[]", "../../x", "{}", ":nothing/"],
        "weight": ["heavy", "[]", "{}"],
        "language": ["[]", "{}"],
        "layout": ["[]", "{}"],
    }
    for key, each in values.items():
        for value in each:
            rest = "" if key == "date" else "date: 2025-12-01\n"
            name = "" if key == "title" else "title: Post\n"
            line = 2 + bool(name) + bool(rest and key != "date")
            yield Fault(
                path, f"---\n{name}{rest}{key}: {value}\n---\nWords.\n", path if value in OPEN else f"{path}:{line}"
            )
    options = (
        "titel languag base_urls them pagination.siz drafs futur sit url nam dat tag lin key auth social analytic"
        " feed authr menus2 taxonomie permalink timezon date_formt"
        " minfy headrs imags markdwn check.selct publsh postsjson plugns ignor outpt contnt extras styl corpra profils"
    ).split()
    for option in options:
        first, _, second = option.partition(".")
        text = f"{first}: x" if not second else f"{first}:\n  {second}: x"
        yield Fault("blogq.yaml", f"{CONFIG}{text}\n", f"blogq.yaml:{4 if second else 3}")
    wrong = {
        "base_url": ["x", "[]", "ftp://x/", "{}"],
        "language": ["[]", "{}", "no such language"],
        "pagination": ["x", "[]", "{size: 0}", "{size: many}", "{size: -3}"],
        "feeds": ["x", "{formats: [x]}", "{limit: x}"],
        "theme": ["nowhere", "../x", "[]"],
        "drafts": ["perhaps", "[]"],
        "timezone": ["Mars/Base", "[]"],
        "urls": ["odd", "[]"],
        "check": ["x", "{rules: x}"],
        "images": ["x", "{widths: x}"],
        "minify": ["x", "[]"],
        "permalinks": ["x", "[a]"],
        "ignore": ["{}", "[{}]"],
    }
    for key, each in wrong.items():
        for value in each:
            base = "" if key == "base_url" else "base_url: https://blog.example/\n"
            line = 2 + bool(base)
            yield Fault("blogq.yaml", f"title: Blog\n{base}{key}: {value}\n", f"blogq.yaml:{line}")
    for text in ("a: [", "a: {", "- a\nb", "*x", "\tx: y", "x: y\nx: z\n", '"', "a: b: c"):
        yield Fault("data/team.yaml", f"{text}\n", "data/team.yaml")
    for text in ("[", "{", "a: [", "title: 'x", "\ttitle: x", "title: x\n title: y", "*x", "- a", "title: a: b"):
        yield Fault("blogq.yaml", f"{text}\n", "blogq.yaml")
    codes = (
        "{{ page.titel }}|{{ page.|{% if %}|{% for x in %}{% endfor %}|{{ nothing.at.all }}|{{ page.title|nofilter }}"
        "|{% include 'nowhere.html' %}|{% extends 'nowhere.html' %}|{{ asset('nowhere.css') }}|{% block %}|{{ 1 / 0 }}"
        "|{{ page.title() }}|{% endif %}|{{ 'a' * 10**9 }}|{{ [][1].x }}|{% import 'no.html' as x %}"
        "|{{ partial('no') }}"
        "|{{ fail('so') }}|{% unknown %}|{{ t('no') }}|{{ page.date.nothing }}|{{ site.nothing }}|{{ range(10**9) }}|{{"
        "|{% if page.title %}|{{ page.terms[0].x.y }}|{% set %}|{% macro %}{% endmacro %}|{{ page.title is nothing }}"
    ).split("|")
    for text in (
        *("---\ntitle: x\n", "---\n: :\n---\n", "---\n- a\n---\n", "+++\na = [\n+++\n", "+++\nx\n+++\n"),
        *(";;;\n{\n;;;\n", "---\na: 1\na: 2\ndate: x\n---\n", "---\n\t\n---\n", "---\ntitle: a\n  b: c\n---\n"),
    ):
        yield Fault(path, text, path)
    merged: list[str] = []
    for code in codes:
        # `|` stands in filters as well.
        if merged and merged[-1] == "{{ page.title":
            merged[-1] += f"|{code}"
        else:
            merged.append(code)
    for code in merged:
        yield Fault("templates/post.html", f"<p>1</p>\n{code}\n", "templates/post.html:2")
        # `fail` says of a shortcode that the post uses it wrongly.
        if not any(word in code for word in ("extends", "block", "fail")):
            yield Fault("shortcodes/said.html", f"x\n{code}\n", "said.html:2")


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    files = {
        "blogq.yaml": CONFIG,
        "content/posts/post.md": POST,
        "content/about.md": "---\ntitle: About\n---\nText.\n",
        "templates/post.html": TEMPLATE,
        "shortcodes/said.html": "said\n",
        "data/team.yaml": "- Ann\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return LiveSite(tmp_path, {}, True, NOW, 1)


def test_there_are_many() -> None:
    assert len(set(faults())) >= 200


def test_each_fault_has_its_place_and_is_recovered_from(live: LiveSite) -> None:
    whole = live.answer(URL).body
    assert b"Words of it." in whole and b"said" in whole
    wrong: list[str] = []
    quiet: list[str] = []
    for fault in faults():
        path = live.site / fault.path
        before = path.read_text()
        path.write_text(fault.text)
        live.update([str(path)])
        answer = live.answer(URL)
        errors = [each for each in answer.findings if each.severity == "error"]
        if not errors:
            quiet.append(f"{fault}")
        else:
            told = [f"{each.span.path}:{each.span.line}" for each in errors]
            if not any(f"{each}:".find(f"{fault.place}:" if fault.place[-1].isdigit() else fault.place) >= 0
                       for each in told):  # fmt: skip
                wrong.append(f"{fault}: {told}")
            # The last page that was whole.
            assert answer.status == 200 and answer.body == whole, fault
        assert live.answer("/about/").status == 200
        path.write_text(before)
        live.update([str(path)])
        answer = live.answer(URL)
        assert answer.body == whole, fault
        assert not [each for each in answer.findings if each.severity == "error"], fault
    assert wrong == []
    # Some are warnings to blogq, and what is left of the page is shown; that must not become the rule.
    assert len(quiet) < 20, quiet


# Menus and texts


def told(live: LiveSite, url: str = "/about/") -> list[str]:
    """What the panel of a page says, as `path:line code`."""
    return [f"{each.span.path}:{each.span.line} {each.code}" for each in live.answer(url).findings]


def as_a_build_tells_it(live: LiveSite) -> list[str]:
    from blogq.build import Request, build

    result = build(Request(live.site, NOW, live.site / "_out", {"drafts": True, "future": True}, 1, True))
    chosen = [each for each in result.findings if each.severity != "note"]
    return [f"{each.span.path}:{each.span.line} {each.code}" for each in chosen]


def edit(live: LiveSite, path: str, text: str) -> None:
    (live.site / path).parent.mkdir(parents=True, exist_ok=True)
    (live.site / path).write_text(text)
    live.update([str(live.site / path)])


def menus_and_texts() -> Iterator[Fault]:
    """Mistakes that a build only warns of, in what all pages have."""
    menu = "blogq.yaml"
    yield Fault(menu, f"{CONFIG}menu:\n  - Gone: /gone/\n", "blogq.yaml:3 LK001")
    yield Fault(menu, f"{CONFIG}menus:\n  footer:\n    - Gone: gone.md\n", "blogq.yaml:4 LK001")
    yield Fault(menu, f"{CONFIG}menu:\n  - title: Up\n    children:\n      - Gone: gone.md\n", "blogq.yaml:3 LK001")
    below = "---\ntitle: About\nmenu: {main: {parent: Nowhere}}\n---\nText.\n"
    yield Fault("content/about.md", below, "content/about.md:3 ST102")
    texts = {"olderr: Before\n": 1, "posts_count:\n  few: a\n": 1, "x: y\nnothing_asks: z\n": 1}
    for text, line in texts.items():
        yield Fault("locales/en.yaml", text, f"locales/en.yaml:{line} TH108")
    for text, line in {"- a\n": 1, "a: [\n": 2, "a: b: c\n": 1}.items():
        yield Fault("locales/en.yaml", text, f"locales/en.yaml:{line} TH107")


def test_menus_and_texts_are_told_as_a_build_tells_them_and_are_recovered_from(live: LiveSite) -> None:
    for fault in menus_and_texts():
        path = live.site / fault.path
        before = path.read_text() if path.exists() else None
        edit(live, fault.path, fault.text)
        said = told(live)
        assert fault.place in said, (fault, said)
        assert said == as_a_build_tells_it(live), fault
        # Every page shows it.
        assert fault.place in told(live, URL)
        # It stays while others are edited, and is told once.
        edit(live, "content/posts/post.md", POST.replace("Words", "Other words"))
        assert told(live).count(fault.place) == 1, fault
        edit(live, "content/posts/post.md", POST)
        if before is None:
            path.unlink()
            live.update([str(path)])
        else:
            edit(live, fault.path, before)
        assert told(live) == [], fault


def test_notes_about_texts_are_left_to_builds(live: LiveSite) -> None:
    """That a language lacks some texts is no mistake, and a preview with it on every page would be none to work in."""
    edit(live, "blogq.yaml", f"{CONFIG}language: eo\n")
    assert told(live) == []


def test_menus_that_are_right_are_not_looked_at_for_each_letter(
    live: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    import blogq.menu_check

    edit(live, "blogq.yaml", f"{CONFIG}menu:\n  - About: /about/\n")
    monkeypatch.setattr(blogq.menu_check, "check_menus", None)
    edit(live, "content/posts/post.md", POST.replace("Words", "Other words"))
    assert b"Other words" in live.answer(URL).body
