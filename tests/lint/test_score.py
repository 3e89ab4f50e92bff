"""The score: what can't raise it, what it is made of, and what it says to do."""

from __future__ import annotations

import os
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from score_posts import post

from blogq.lint.score import WEIGHTS, Score, edits, score, with_originality
from blogq.lint.score.counted import within
from blogq.lint.score.fillers import FILLERS, OPENINGS, TRANSITIONS, endings
from blogq.lint.score.reading import Reading
from blogq.lint.subject import Subject
from evaluations.score import posts, subject

BLOGS = os.environ.get("BLOGQ_BLOGS")

PARAGRAPHS = (
    "The lighthouse at Eddystone was rebuilt by John Smeaton in 1759. He dovetailed blocks of granite into one"
    " another, and mixed hydraulic lime that sets under water. Engineers still cite his mortar.",
    "Compilers of the 1950s fitted into 4,096 words of memory. Grace Hopper's team measured how long a punched card"
    " took, e.g. when a drum had to turn. Mr. Backus didn't believe them at first! See p. 12 of [the report](https://"
    "archive.example.org/report).",
    "“Nobody reads manuals,” said Ada. Why? Vitamin A. Tables without units mislead readers, so `units` are printed.",
    "![A drum of magnetic memory](drum.png) The drum held 2,000 numbers of ten digits",
    "It is what it is.",
    "- slates from Wales\n- oak from Kent",
    "> A stone that is cut badly is cut twice.\n>\n> — [Smeaton](https://example.org/smeaton), 1791",
    "```python\nprint(1759)\n```",
    "| year | stones |\n|---|---|\n| 1757 | 1,493 |",
    "## Mortar that sets under water",
    "#### How the drum was read",
    "TODO: measure the drum again.",
    "The the granite came from Cornwall by barge, and the masons numbered every block before it was shipped.",
    "moreover the tide Decides when a boat can land. However, Moon and Wind have a word in it, too.",
)


def exact(text: str, title: str = "A title", description: str = "") -> float:
    """Return the score of a Markdown text, not rounded."""
    found = score(post(text, title, description))
    assert found is not None
    return found.exact


def is_prose(block: str) -> bool:
    """Whether a block of Markdown is a paragraph of prose."""
    return not re.match(r"[-#>|`~]|!\[", block)


def sentences(block: str) -> list[str]:
    """Cut a paragraph wherever a sentence might end, as an author would see it."""
    return re.split(r"(?<=[.!?])\s+(?=[\w“])", block)


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Blocks of a Markdown text of at least 20 words."""
    blocks = draw(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=12))
    return [PARAGRAPHS[draw(st.integers(0, 1))], *blocks]


OPENERS = st.sampled_from((*TRANSITIONS, *OPENINGS))
IDLE = st.sampled_from((*FILLERS, *(f"{opening}, it is what it is." for opening in OPENINGS)))


@given(texts(), st.data())
def test_a_paragraph_copied_within_the_post_does_not_raise_it(blocks: list[str], data: st.DataObject) -> None:
    block = data.draw(st.sampled_from([each for each in blocks if is_prose(each)]))
    place = data.draw(st.integers(0, len(blocks)))
    again = [*blocks[:place], block, *blocks[place:]]
    assert exact("\n\n".join(again)) <= exact("\n\n".join(blocks))


@example(
    # A paragraph that stands twice, parted: its halves are no paragraphs of their own for that.
    blocks=[PARAGRAPHS[1], *4 * PARAGRAPHS[:1], PARAGRAPHS[1], PARAGRAPHS[2]],
    put=[("At the end of the day, it is what it is.", 0, 1, True)],
)
@given(texts(), st.lists(st.tuples(IDLE, st.integers(0, 99), st.integers(0, 99), st.booleans()), max_size=6))
def test_fillers_do_not_raise_it(blocks: list[str], put: list[tuple[str, int, int, bool]]) -> None:
    """As paragraphs of their own, between the sentences of others, or parting these into two."""
    after = list(blocks)
    for filler, place, sentence, own in put:
        place %= len(after)
        if not is_prose(after[place]):
            after.insert(place, filler)
            continue
        said = sentences(after[place])
        sentence %= len(said) + 1
        if own and 0 < sentence < len(said):
            after[place : place + 1] = [" ".join(said[:sentence]), filler, " ".join(said[sentence:])]
        else:
            after[place] = " ".join([*said[:sentence], filler, *said[sentence:]])
    assert exact("\n\n".join(after)) <= exact("\n\n".join(blocks))


@given(texts(), st.lists(st.tuples(OPENERS, st.booleans(), st.booleans()), max_size=6), st.data())
def test_transitions_do_not_raise_it(blocks: list[str], put: list[tuple[str, bool, bool]], data: st.DataObject) -> None:
    after = list(blocks)
    for words, comma, lower in put:
        place = data.draw(st.sampled_from([at for at, each in enumerate(after) if is_prose(each)]))
        said = sentences(after[place])
        at = data.draw(st.integers(0, len(said) - 1))
        # Nobody writes `tODO`.
        rest = said[at][:1].lower() + said[at][1:] if lower and not said[at][:2].isupper() else said[at]
        said[at] = f"{words[:1].upper()}{words[1:]}{',' if comma else ''} {rest}"
        after[place] = " ".join(said)
    assert exact("\n\n".join(after)) <= exact("\n\n".join(blocks))


@given(texts(), st.integers(2, 6), st.integers(0, 99), st.sampled_from(("", "More", "Granite")))
def test_empty_headings_do_not_raise_it(blocks: list[str], level: int, place: int, says: str) -> None:
    """One that says nothing, anywhere; one that says something, where nothing stands below it."""
    places = [at for at, each in enumerate(blocks) if not says or each.startswith("#")]
    at = [*places, len(blocks)][place % (len(places) + 1)]
    again = [*blocks[:at], f"{'#' * level} {says}".strip(), *blocks[at:]]
    assert exact("\n\n".join(again)) <= exact("\n\n".join(blocks))


@given(texts())
def test_the_total_is_what_its_parts_come_to(blocks: list[str]) -> None:
    found = score(post("\n\n".join(blocks), "A title"))
    assert found is not None
    assert 0 <= found.total <= 100
    own = {part: weight for part, weight in WEIGHTS.items() if part != "originality"}
    parts = {part: within([row for row in found.counted if row.part == part]) for part in own}
    assert found.parts == {part: round(points) for part, points in parts.items()}
    total = sum(own[part] * points for part, points in parts.items()) / sum(own.values())
    assert found.exact == pytest.approx(total)


@given(texts(), st.floats(0, 1), st.floats(0, 1))
def test_more_that_is_copied_never_raises_it(blocks: list[str], one: float, other: float) -> None:
    found = score(post("\n\n".join(blocks), "A title"))
    assert found is not None and sum(WEIGHTS.values()) == pytest.approx(1)
    less, more = (with_originality(found, share) for share in sorted((one, other)))
    assert more.total <= less.total and more.parts["originality"] <= less.parts["originality"]
    assert with_originality(found, 0).parts["originality"] == 100
    assert with_originality(found, 0.5).parts["originality"] == 0
    assert more.total >= 0 and less.total <= 100


def test_a_long_paragraph_parted_by_fillers_stays_long() -> None:
    sentence = " ".join(PARAGRAPHS[:2])
    halves = [
        " ".join([f"Block {number} of the tower. " + sentence for number in range(at, at + 3)]) for at in (10, 20)
    ]
    whole = "## Tower\n\n" + " ".join(halves)
    parted = "## Tower\n\n" + "\n\n".join((halves[0], "At the end of the day, it is what it is.", halves[1]))
    assert max(Reading(post(whole)).paragraphs) <= max(Reading(post(parted)).paragraphs)
    assert exact(parted) <= exact(whole)


def test_saying_more_different_things_raises_it() -> None:
    texts = ["\n\n".join(PARAGRAPHS[:count]) for count in (1, 2, 3)]
    assert all(exact(before) < exact(after) for before, after in pairwise(texts))


@pytest.mark.parametrize("language", ["zh", "ja", "zh-Hant-TW", "th"])
def test_languages_without_spaces_have_none(language: str) -> None:
    assert score(post("字 " * 40, language=language)) is None


def test_next_to_no_text_has_none() -> None:
    assert score(post("Nineteen words " * 9)) is None
    assert score(post("Twenty words are " * 7)) is not None


def test_other_languages_are_scored() -> None:
    text = "Der Leuchtturm wurde 1759 von John Smeaton aus Granit gebaut, und er mischte Mörtel, der unter Wasser hart"
    found = score(post(text + " wird, was bis dahin niemand gekonnt hatte.", "Leuchtturm", language="de-AT"))
    assert found is not None
    assert found.parts["substance"] > 5


@pytest.mark.parametrize("count", [1, 4, 30])
def test_structure_and_care_of_plain_text_are_the_same_whatever_it_says(count: int) -> None:
    text = " ".join(f"Number {at} is the the same. {PARAGRAPHS[0]}" for at in range(count))
    found = score(post(text))
    assert found is not None
    assert found.parts["structure"] == 100
    assert found.parts["care"] == 50


def test_a_filler_post_is_low() -> None:
    assert exact(" ".join(FILLERS[:6]), "Ten ways to win") < 35


def test_edits_name_what_is_missing() -> None:
    text = PARAGRAPHS[0] + "\n\n![](a.png) and ![](b.png)\n\n" + "\n\n".join([PARAGRAPHS[1]] * 2)
    made = post(text)
    found = score(made)
    assert found is not None
    said = [edit.what for edit in edits(made, found, 100)]
    assert {"add a title", "add a description", "describe 2 pictures"} < set(said)
    assert said[-1].startswith("say more")
    assert edits(made, found, found.exact) == ()


def test_an_edit_brings_what_it_says() -> None:
    made = post(PARAGRAPHS[0])
    found = score(made)
    assert found is not None
    edit = next(edit for edit in edits(made, found, 100) if edit.what == "add a title")
    assert exact(PARAGRAPHS[0]) - found.exact == pytest.approx(edit.points)
    few = edits(made, found, found.exact + 1)
    assert len(few) == 1


def test_lists_are_long_and_in_good_order() -> None:
    assert len(FILLERS) >= 40
    for one in (FILLERS, OPENINGS, TRANSITIONS):
        assert len(one) == len(set(one))
    assert {"that", "day", "however", "addition"} < endings()


def changed(made: Subject, source: random.Random) -> list[str]:
    """Return texts of the file with a paragraph copied, a filler put in, and a transition, each at some place."""
    lines = list(made.lines)
    paragraphs = [
        each.line - 1
        for each in made.prose
        if not each.listed and (each.line == 1 or not lines[each.line - 2].strip()) and is_prose(lines[each.line - 1])
    ]
    starts = [*paragraphs, *(block.line - 1 for block in made.blocks if block.kind == "heading"), len(lines)]
    if not paragraphs:
        return []
    begin = source.choice(paragraphs)
    end = next((at for at in range(begin, len(lines)) if not lines[at].strip()), len(lines))
    put = []
    for block in (lines[begin:end], [source.choice(FILLERS)]):
        at = source.choice(starts)
        put.append([*lines[:at], "", *block, "", *lines[at:]])
    words = source.choice(TRANSITIONS).capitalize()
    put.append([*lines[:begin], f"{words}, {lines[begin].lstrip()}", *lines[begin + 1 :]])
    put.append([*lines[:begin], f"{source.choice(FILLERS)} {lines[begin].lstrip()}", *lines[begin + 1 :]])
    return ["\n".join(each) for each in put]


@pytest.mark.skipif(not BLOGS, reason="BLOGQ_BLOGS names no folder of blogs")
def test_real_posts_can_not_be_raised() -> None:
    """A paragraph copied, a filler, a transition, at random places of real posts."""
    source = random.Random(7)
    raised = []
    tried = 0
    for folder in sorted(Path(BLOGS or "").iterdir()):
        found = posts(folder) if folder.is_dir() else []
        for made in source.sample(found, min(150, len(found))):
            before = score(made)
            if before is None or not made.language.startswith("en"):
                continue
            for number, text in enumerate(changed(made, source)):
                tried += 1
                again = subject(text.encode(), made.path)
                after: Score | None = score(again) if again else None
                if after is None or after.exact > before.exact:
                    raised.append((made.path, number, before.exact, after and after.exact))
    assert tried > 400
    assert not raised, raised[:5]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PARAGRAPHS[0], "short enough to need no headings"),
        (f"{PARAGRAPHS[0]}\n\n## A heading\n\n{PARAGRAPHS[1]}", "a text with an order"),
        ("\n\n".join(f"Number {at}: {PARAGRAPHS[0]}" for at in range(30)), "no markup, so not judged"),
        (f"[A link](https://a.example/) {PARAGRAPHS[0]}\n\n" * 30, "a text without headings"),
    ],
)
def test_structure_praises_nothing_that_is_not_there(text: str, said: str) -> None:
    found = score(post(text))
    assert found is not None
    assert next(row for row in found.counted if row.part == "structure").what == said


def test_to_say_more_is_a_choice() -> None:
    made = post(PARAGRAPHS[0])
    found = score(made)
    assert found is not None
    assert edits(made, found, 100)[-1].what.endswith("; or leave it: a short post can be right")
