"""Passages: prose without markup, and the place in the file of every character of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.config.schema import Markdown
from blogq.content.markdown.passage import OBJECT
from blogq.content.markdown.passages import BREAK, PassageWriter
from blogq.content.markdown.reader import Reader

TEXT = """# Title

Hello *dear* [reader](x.md "t"), this `code x` and <https://a.b/c> or https://x.y/z.
Second line &amp; more **bold
over** lines.

> Quoted text
> goes *on*

- item one ![alt text](a.png) after
    - deep ![](b.png) **item**

| a | b |
|---|---|
| c *d* | e `f` |

Term
: What it *means*.

> [!NOTE]
> No quotation.

Note[^1].

[^1]: The *note*.
"""


def read(text: str, title: bool = True) -> PassageWriter:
    writer = Reader(Markdown()).read_with(PassageWriter, text, "a.md", 1, title, "en")[1]
    assert writer is not None
    return writer


def test_prose_is_what_people_read() -> None:
    told = [(each.kind, each.text, each.quoted, each.listed, each.note) for each in read(TEXT).passages]
    first = f"Hello dear reader, this {OBJECT} and {OBJECT} or {OBJECT}.\nSecond line & more bold\nover lines."
    assert told == [
        ("paragraph", first, False, False, False),
        ("paragraph", "Quoted text\ngoes on", True, False, False),
        ("paragraph", "item one  after", False, True, False),
        ("paragraph", "deep  item", False, True, False),
        ("cell", "a", False, False, False),
        ("cell", "b", False, False, False),
        ("cell", "c d", False, False, False),
        ("cell", f"e {OBJECT}", False, False, False),
        ("term", "Term", False, False, False),
        ("paragraph", "What it means.", False, False, False),
        ("paragraph", "No quotation.", False, False, False),
        ("paragraph", "Note.", False, False, False),
        ("paragraph", "The note.", False, False, True),
    ]


def check_places(text: str) -> None:
    lines = text.split("\n")
    for passage in read(text).passages:
        for at, character in enumerate(passage.text):
            line, column = passage.place(at)
            if character.isalnum():
                assert lines[line - 1][column - 1] == character, (passage.text, at)


def test_every_letter_has_its_place() -> None:
    check_places(TEXT)


PIECES = (
    "word",
    " ",
    "*",
    "**",
    "[",
    "](x.md)",
    "![",
    "](a.png)",
    "`",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "# ",
    "é",
    "<b>",
    "1",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_places_hold_in_any_text(pieces: list[str]) -> None:
    check_places("".join(pieces))


def test_pictures_and_blocks_have_places() -> None:
    made = read(TEXT)
    assert made.pictures == [("a.png", "alt text", 10, 12), ("b.png", "", 11, 12)]
    assert [(block.kind, block.line) for block in made.blocks][:4] == [
        ("heading", 1),
        ("blockquote_open", 7),
        ("bullet_list_open", 10),
        ("table", 13),
    ]


@pytest.mark.parametrize("title", [True, False])
def test_a_heading_that_is_the_title_is_no_part_of_the_text(title: bool) -> None:
    headings = [each.text for each in read("# One\n\ntext\n\n## Two\n", title).passages if each.kind == "heading"]
    assert headings == (["Two"] if title else ["One", "Two"])


def test_links_alone_are_no_sentences() -> None:
    made = read(
        "- [One *more*](#one)\n- [Two](#two) says.\n\n[Back to the top](#top)\n\n[Away](b.md)\n\n"
        "[It is far away.](b.md)\n"
    )
    assert [(each.kind, each.text) for each in made.passages] == [
        ("contents", "One more"),
        ("paragraph", "Two says."),
        ("contents", "Back to the top"),
        ("contents", "Away"),
        ("paragraph", "It is far away."),
    ]


def test_quotations_and_captions_in_html_are_such() -> None:
    made = read(
        "<details>\n\nMine.\n\n<blockquote>\n\nTheirs.\n\n<blockquote>\n\nToo.\n\n</blockquote>\n\nStill.\n\n"
        "</blockquote>\n\n</details>\n\n<figure>\n\nWhat it shows.\n\n</figure>\n\n<blockquote>\n\nNever closed.\n"
    )
    assert [(each.kind, each.quoted, each.text) for each in made.passages] == [
        ("paragraph", False, "Mine."),
        ("paragraph", True, "Theirs."),
        ("paragraph", True, "Too."),
        ("paragraph", True, "Still."),
        ("caption", False, "What it shows."),
        ("paragraph", False, "Never closed."),
    ]


@pytest.mark.parametrize("end", ["\\\n", "  \n", "<br>\n", "<br/>"])
def test_lines_that_were_ended_on_purpose(end: str) -> None:
    made = read(f"Ann *Lee*{end}Bo Ray{end}Cy")
    assert [each.split() for each in made.passages[0].text.split(BREAK)] == [["Ann", "Lee"], ["Bo", "Ray"], ["Cy"]]
    check_places(f"Ann *Lee*{end}Bo Ray{end}Cy")


@pytest.mark.parametrize(
    ("text", "roll"),
    [
        ("*Team: Heather Battaglia, Lalitha Jonnalagadda, Joe Krzystan, Olesya Minina*", True),
        ("**Authors & Interviewers:** [Ann Lee](a.md), [Bo van Ray](b.md), Cy Fox (Google), and Di Orr", True),
        ("@ann, @bo, @cy, @di", True),
        ("Ann Lee, Bo Ray and Cy Fox", False),
        ("We thank Ann Lee, Bo Ray, Cy Fox, and Di Orr for all that they did for us this year.", False),
        ("Bread, butter, jam and salt are what we had, and nothing else.", False),
        ("In May, in June, in July, and in August, Ann and Bo went there to see what was to be seen.", False),
        ("苹果, 梨, 李子, 桃", False),
    ],
)
def test_rolls_of_names_are_no_sentences(text: str, roll: bool) -> None:
    assert [each.kind for each in read(text).passages] == ["names" if roll else "paragraph"]
