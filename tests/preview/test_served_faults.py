"""Two hundred faults, one after the other, in one preview that runs: the page that is served says file and line.

Those of `tests/live` are asked for over HTTP here, and more: in shortcode calls, other pages, sections, themes, partial
templates and other kinds of data. After each of them the page is again what it was.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from previewed import CONFIG, Served, lay, serving, wait_for

sys.path.insert(0, str(Path(__file__).parents[1] / "live"))
from test_live_faults import POST, Fault, faults

PAGE = "/posts/post/"
HEAD = "---\ntitle: Post\ndate: 2025-12-01\n---\n"
SITE = {
    "blogq.yaml": f"{CONFIG}theme: own\n",
    "content/posts/post.md": POST,
    "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    "content/about.md": "---\ntitle: About\n---\nText.\n",
    "templates/post.html": "<html><body>{{ page.content }}\n{% include 'own.html' %}</body></html>\n",
    "templates/own.html": "own\n",
    "themes/own/theme.yaml": "name: own\nparent: plain\n",
    "shortcodes/said.html": "said\n",
    "data/team.yaml": "- Ann\n",
    "data/crew.json": "[1]\n",
    "data/rates.toml": "a = 1\n",
}
MORE = {
    "content/posts/post.md": {
        HEAD + "{{< /said >}}\n": 5,
        HEAD + "Words.\n\n{{< /said >}}\n": 7,
        HEAD + "{{< said a= >}}\n": 5,
        HEAD + "{{< said 'a >}}\n": 5,
        HEAD + "\n\n{{< figure >}}\n": 7,
        HEAD + "{{< youtube >}}\n": 5,
    },
    "content/posts/_index.md": {
        "---\ntitle: [\n---\n": 3,
        "---\ntitle: Posts\ncascade: x\n---\n": 3,
        "---\ntitle: Posts\ncascade:\n  date: x\n---\n": 4,
        "---\ntitle: Posts\ndate: soon\n---\n": 3,
        "---\ntitle: {a: b}\n---\n": 2,
        "---\ntitle: Posts\n": 1,
    },
    "content/about.md": {
        "---\ntitle: [\n---\n": 3,
        "---\ntitle: About\ndate: soon\n---\n": 3,
        "---\ntitle: About\ndraft: perhaps\n---\n": 3,
        "---\ntitle: About\nslug: ../x\n---\n": 3,
        "---\ntitle: About\naliases: {a: b}\n---\n": 3,
    },
    "themes/own/theme.yaml": {
        "name: [": 2,
        "name: own\nparent: nowhere\n": 2,
        "name: own\nparent: own\n": 2,
        "- a\n": 1,
        "parent: [plain]\n": 1,
        "name: own\nparent: plain\noptions: x\n": 3,
        "name: own\nparent: plain\noptions:\n  a: [\n": 5,
    },
    "data/crew.json": {"[": 1, "{": 1, "[1,\n,]": 2, "nul": 1, "{'a': 1}": 1, '{"a": }': 1},
    "data/rates.toml": {"a": 1, "a = ": 1, "[a": 1, "a = 1\na = 2\n": 2},
    "templates/own.html": {
        "{{ nothing.at.all }}": 1,
        "<p>\n{% if %}": 2,
        "{% endfor %}": 1,
        "\n\n{{ 1 / 0 }}": 3,
        "\n\n{% include 'no.html' %}": 3,
    },
}
LINES = {
    "title: [": 4, "title: {": 4, "title: '": 3, 'title: "': 3, "tags: [": 5,
    "a: [": 2, "a: {": 2, "- a\nb": 2, "*x": 1, "\tx: y": 1, '"': 1, "a: b: c": 1, "[": 2, "{": 2, "title: 'x": 1,
    "\ttitle: x": 1, "title: x\n title: y": 2, "- a": 1, "title: a: b": 1, "---\ntitle: x": 1, "+++\na = [\n+++": 3,
    "---\na: 1\na: 2\ndate: x\n---": 4, "---\n\t\n---": 2, "---\ntitle: a\n  b: c\n---": 3,
}  # fmt: skip
"""Where faults are of which `tests/live` names but the file; what is never closed is noticed where its text ends."""
NO_FAULTS = (
    "tags: [[a]]", "permalink: :nothing/", "x: y\nx: z", "---\n: :\n---", "---\n- a\n---", "+++\nx\n+++", ";;;\n{\n;;;",
)  # fmt: skip
"""What reads like something else: `---` above a list is a line across the page."""


def placed() -> list[tuple[Fault, int]]:
    """All faults that are to be shown, and the line of each."""
    found = []
    for fault in faults():
        if any(each in fault.text for each in NO_FAULTS):
            continue
        if fault.place[-1].isdigit():
            line = int(fault.place.rpartition(":")[2])
        else:
            line = next(
                LINES[each]
                for each in sorted(LINES, key=len, reverse=True)
                if fault.text == f"{each}\n" or f"\n{each}\n---\n" in fault.text
            )
        found.append((fault, line))
    found += [(Fault(path, text, path), line) for path, texts in MORE.items() for text, line in texts.items()]
    return found


def shown(page: str) -> tuple[str, list[str]]:
    """The page without the preview's own part, and the places in its panel."""
    own = re.search(r'<template id="blogq-preview".*?</template>', page, re.DOTALL)
    assert own is not None
    return page.replace(own[0], ""), [unescape(each) for each in re.findall(r"<p><b>(.*?)</b>", own[0])]


def test_there_are_two_hundred_and_of_all_kinds() -> None:
    every = [fault for fault, _ in placed()]
    assert len({(each.path, each.text) for each in every}) == len(every) >= 200
    kinds = Counter(each.path for each in every)
    assert len(kinds) >= 9 and min(kinds.values()) >= 4


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(lay(tmp_path_factory.mktemp("faults") / "site", SITE)) as running:
        yield running
        assert "Traceback" not in running.errors.read_text()


def test_each_is_shown_at_its_place_and_recovered_from(served: Served) -> None:
    whole, told = shown(served.get(PAGE).text)
    assert "Words of it." in whole and "said" in whole and "own" in whole and not told
    wrong = []
    for fault, line in placed():
        path = served.root / fault.path
        before = path.read_text()
        path.write_text(fault.text)
        try:
            page = wait_for(lambda: (got := shown(served.get(PAGE).text))[1] and got, 5)
            place = f"{fault.path}:{line}"
            if not any(f"{each}:".startswith(f"{place}:") for each in page[1]):
                wrong.append((fault, line, page[1]))
        except AssertionError:
            wrong.append((fault, line, []))
        finally:
            path.write_text(before)
        wait_for(lambda: shown(served.get(PAGE).text) == (whole, []), 10)
        assert served.get("/about/").status == 200
    assert wrong == []
