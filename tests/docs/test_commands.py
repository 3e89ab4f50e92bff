"""Every command of the manual: those in boxes are typed, from the top of each page on, those in sentences looked up."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from scenes import SCENES, Scene, nothing
from shown import PAGES, ROOT, Box, Typed, boxes, in_prose, text_of, typed
from terminal import Terminal, named
from walk import walk

WALKED_ELSEWHERE = {"docs/theme-from-nothing.md"}
WITH_COMMANDS = [page for page in PAGES if any(map(typed, boxes(page)))]


@pytest.mark.parametrize("page", [page for page in WITH_COMMANDS if page not in WALKED_ELSEWHERE])
def test_what_a_page_says_to_type_works_and_comes_out_as_shown(page: str, terminal: Terminal) -> None:
    ours = any("blogq" in each.command.split() for box in boxes(page) for each in typed(box))
    assert page in SCENES or not ours, "a page with commands of blogq's needs a scene: tests/docs/scenes.py"
    scene = SCENES.get(page, Scene(nothing))
    scene.make(terminal)
    terminal.shown_as = {old.replace("~", str(terminal.home)): new for old, new in scene.shown_as.items()}

    def built(step: Typed | Box, terminal: Terminal) -> None:
        """What has moved in builds, and has its post."""
        if isinstance(step, Typed) and step.command.startswith("blogq import "):
            assert terminal.type("blogq build --site my-blog --quiet").code == 0, step.command
            pages = (terminal.place / "my-blog" / "_site").rglob("*.html")
            assert any("The pump starts" in path.read_text(encoding="utf-8") for path in pages), step.command

    walk(page, terminal, scene.codes, built, scene.before, scene.any_number)


def test_no_scene_is_left_of_a_page_that_is_gone() -> None:
    assert set(SCENES) <= set(WITH_COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_sentences_and_configs_have_what_they_name(page: str) -> None:
    wrong = []
    for each in in_prose(page):
        try:
            named(shlex.split(each.command, comments=True)[1:])
        except (AssertionError, ValueError) as error:
            wrong.append(f"{each.page}:{each.line}: {each.command}: {error}")
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_stand_in_boxes_that_are_tried(page: str) -> None:
    """A block that is indented, or has another language, would go by unseen."""
    outside = re.sub(r"(?ms)^ *`{3,}.*?^ *`{3,} *$", "", text_of(page))
    assert re.findall(r"(?m)^ {4,}(?:\$ )?blogq .*$", outside) == []
    odd = [f"{box.page}:{box.line}" for box in boxes(page)
           if box.language in ("bash", "shell", "zsh", "shell-session")]  # fmt: skip
    assert odd == [], "call it sh, or console with $ before what is typed"


@pytest.mark.parametrize("page", PAGES)
def test_files_of_the_repository_are_shown_as_they_are(page: str) -> None:
    for box in boxes(page):
        for name in box.files:
            if name.startswith("ci/"):
                assert box.text == (ROOT / name).read_text(encoding="utf-8"), f"{page}:{box.line}: {name} is another"


HINT = re.compile(r"`(blogq (?:[a-z]+ ?)[^`\"']*)`")


@pytest.mark.parametrize("path", sorted((ROOT / "blogq").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_messages_have_what_they_name(path: Path) -> None:
    """What a message says to type next: `blogq import jekyll . --into ../NEW`."""
    for command in HINT.findall(path.read_text(encoding="utf-8")):
        words = re.sub(r"\{[^{}]*\}", "X", command).split()
        if words[1] != "X":
            named(words[1:])
