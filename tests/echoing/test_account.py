"""Which words of a post were said before, by which source each is told of, and where its other side is."""

from __future__ import annotations

import unicodedata

from accounts import account, echo_of, summing_up
from echo_sites import BREAD, BREAD_REWORDED, CLOCK, FRENCH, GARDEN, LONG, MILL, OTHER, PUMP

from blogq.originality.evidence import evidence
from blogq.report.echo.excerpt import same_words, window


def test_passages_lie_where_they_lie_in_their_paragraph() -> None:
    made = account([GARDEN, f"As I said: “{PUMP}” So far."], [OTHER, PUMP])
    own, paragraph = made.paragraphs
    assert (own.passages, own.share) == ((), 0.0)
    (passage,) = paragraph.passages
    assert PUMP in paragraph.text[passage.start : passage.end] and passage.words == len(PUMP.split())
    assert not paragraph.text[passage.start : passage.end].startswith("As I said")
    assert (passage.kind, passage.copied, passage.told) == ("verbatim", True, "word for word")
    assert (passage.line, passage.column) == (3, passage.start + 1)
    assert (passage.excerpt.text, passage.excerpt.line, passage.excerpt.column) == (PUMP, 3, 1)
    assert paragraph.copied == passage.words and paragraph.reworded == 0
    assert 0.8 < paragraph.share < 1


def test_a_passage_over_several_paragraphs_has_its_other_side_in_each() -> None:
    """Each paragraph is shown beside its own other side, not beside the beginning of a long passage."""
    made = account([PUMP, "Product", MILL, GARDEN], [OTHER, PUMP, "Product", MILL])
    passages = [paragraph.passages for paragraph in made.paragraphs]
    assert [len(each) for each in passages] == [1, 1, 1, 0]
    assert [each[0].excerpt.text for each in passages[:3]] == [PUMP, "Product", MILL]
    assert [each[0].excerpt.line for each in passages[:3]] == [3, 5, 7]
    assert [each[0].number for each in passages[:3]] == [1, 2, 3]


def test_reworded_is_told_apart_from_copied() -> None:
    made = account([BREAD_REWORDED, GARDEN], [BREAD])
    (passage,) = made.paragraphs[0].passages
    assert (passage.kind, passage.copied, passage.told) == ("reworded", False, "reworded")
    assert made.copied == 0 and made.reworded == passage.words > 50
    copied, reworded, own = made.shares
    assert copied == 0 and abs(reworded + own - 1) < 1e-9 and 0.6 < reworded < 1
    marked = [text for text, same in passage.excerpt.pieces if same]
    assert any("overnight" in text for text in marked)
    assert "".join(text for text, _ in passage.excerpt.pieces).replace("…", "") in BREAD


def test_few_words_changed_count_as_copied() -> None:
    made = account([MILL.replace("ground", "milled").replace("summers", "Junes"), GARDEN], [MILL])
    assert made.copied and not made.reworded
    (passage,) = made.paragraphs[0].passages
    assert "ground" in passage.excerpt.text
    assert not any("ground" in text for text, same in passage.excerpt.pieces if same)


def test_summary_is_shown_with_the_beginning_of_its_source() -> None:
    source = "\n\n".join((*LONG, PUMP))
    echo = echo_of(1, summing_up(GARDEN, source))
    made = account([GARDEN], [*LONG, PUMP], echoes=[echo])
    (passage,) = made.paragraphs[0].passages
    assert passage.told == "summed up" and not passage.copied
    assert passage.excerpt.text.startswith(LONG[0][:40]) and passage.excerpt.cut[1]


def test_each_word_is_told_of_once_and_other_sources_are_named() -> None:
    made = account([f"{PUMP} {MILL}"], [PUMP], [PUMP, MILL])
    assert [source.path for source in made.sources] == ["old-2.md", "old-1.md"]
    (passage,) = made.paragraphs[0].passages
    assert passage.source == 0 and passage.also == (1,)
    assert made.copied == made.words == passage.words
    assert made.sources[0].share == 1.0 and 0.4 < made.sources[1].share < 0.6


def test_two_sources_in_one_paragraph() -> None:
    made = account([f"{PUMP} {CLOCK}"], [PUMP], [CLOCK])
    passages = made.paragraphs[0].passages
    assert [made.sources[each.source].path for each in passages] == ["old-1.md", "old-2.md"]
    assert passages[0].end <= passages[1].start
    assert sum(each.words for each in passages) == made.words


def test_what_recurs_in_the_blog_is_not_counted_and_told() -> None:
    """Words that stand in several earlier posts are the blog's way of speaking."""
    text = f"{PUMP}\n\n{MILL}"
    found = evidence(text, text)
    recurring = frozenset(range(len(PUMP.split())))
    made = account([PUMP, MILL], [PUMP, MILL], echoes=[echo_of(1, found, recurring=recurring)], recurring=recurring)
    assert made.paragraphs[0].passages == () and len(made.paragraphs[1].passages) == 1
    assert made.recurring == len(recurring)
    assert made.copied == made.words - len(recurring)


def test_what_recurs_is_not_counted_within_a_rewording_either() -> None:
    text = f"{PUMP}\n\n{MILL}"
    (stretch,) = evidence(text, text).stretches
    size = len(PUMP.split())
    speech = evidence(text, text)._replace(stretches=(stretch._replace(last=size),))
    rewording = evidence(text, text)._replace(stretches=(stretch._replace(kind="reworded", similarity=0.5),))
    recurring = frozenset(range(size))
    echoes = [echo_of(1, speech, recurring=recurring), echo_of(2, rewording, recurring=recurring)]
    made = account([PUMP, MILL], [PUMP, MILL], [PUMP, MILL], echoes=echoes, recurring=recurring)
    assert [len(paragraph.passages) for paragraph in made.paragraphs] == [0, 1]
    assert made.reworded == made.words - size and made.copied == 0


def test_boilerplate_counts_among_the_words() -> None:
    made = account([PUMP], [PUMP], left_out=10)
    assert made.boilerplate == 10 and made.words == made.copied + 10


def test_crumbs_of_a_rewording_are_no_passage() -> None:
    """What a copy leaves of another source's rewording is a passage only where it is some words."""
    first = evidence(PUMP, PUMP)
    (whole,) = first.stretches
    rest = whole._replace(kind="reworded", similarity=0.6)
    crumb = whole._replace(last=whole.last - 2)
    sides = [PUMP], [PUMP]
    made = account(
        [PUMP], *sides,
        echoes=[echo_of(1, first._replace(stretches=(crumb,))), echo_of(2, first._replace(stretches=(rest,)))],
    )  # fmt: skip
    assert [each.kind for each in made.paragraphs[0].passages] == ["verbatim"]
    crumb = whole._replace(last=whole.last - 9)
    made = account(
        [PUMP], *sides,
        echoes=[echo_of(1, first._replace(stretches=(crumb,))), echo_of(2, first._replace(stretches=(rest,)))],
    )  # fmt: skip
    assert [each.kind for each in made.paragraphs[0].passages] == ["verbatim", "reworded"]


def test_accents_that_are_characters_of_their_own() -> None:
    text = unicodedata.normalize("NFD", FRENCH)
    made = account([text], [FRENCH])
    (passage,) = made.paragraphs[0].passages
    assert text[passage.start : passage.end] == text
    assert passage.excerpt.text == FRENCH


def test_window_is_where_the_words_are() -> None:
    there = [f"w{number}" for number in range(400)]
    assert window(there[200:220], there)[0] == 200
    low, high = window(there[200:220], there)
    assert low <= 200 and 220 <= high <= 230
    assert window(["nothing", "of", "this"], there)[0] == 0


def test_same_words_are_long_ones_and_rows() -> None:
    assert same_words("the old pump of the house".split(), "of all the house pump".split()) == [
        False, False, True, True, True,
    ]  # fmt: skip
