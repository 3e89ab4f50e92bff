"""What `compare` promises for any two texts, and what it finds in plain cases."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from originality_texts import ROOT, halves, pasted, posts

from blogq.originality import VERSION, Passage, compare

VOCABULARY = sorted({word for post in posts() for word in post.split()})
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["one", "two.", "three", "four,", "five!", "six", "猫", "\u200b", "\n\n"]), max_size=120
    ).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY), min_size=10, max_size=200).map(" ".join),
)


@given(ANYTHING, ANYTHING)
def test_passages_are_in_range_in_order_and_apart(text: str, source: str) -> None:
    found = compare(text, source)
    at = 0
    for passage in found:
        assert at <= passage.start < passage.end <= len(text)
        assert 0 <= passage.source_start < passage.source_end <= len(source)
        assert 0 <= passage.similarity <= 1
        at = passage.start
    assert found == compare(text, source)


@given(st.lists(st.sampled_from(VOCABULARY), min_size=12, max_size=150))
def test_a_text_is_its_own_copy(words: list[str]) -> None:
    text = " ".join(words)
    (found,) = compare(text, text)
    assert found.kind == "verbatim"
    assert found.similarity == 1
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    assert found.start <= letters[0]
    assert found.end > letters[-1]
    assert (found.start, found.end) == (found.source_start, found.source_end)


@given(st.data())
@settings(max_examples=30)
def test_what_is_copied_is_found_from_both_sides(data: st.DataObject) -> None:
    """A copy of forty words and more in another text, and the same the other way round."""
    one, other = data.draw(st.permutations(posts()))[:2]
    words = one.split(" ")
    first = data.draw(st.integers(0, len(words) - 100))
    copy = " ".join(words[first : first + data.draw(st.integers(40, 100))])
    text, start, end = pasted(copy, other)
    (here,), (there,) = compare(text, one), compare(one, text)
    assert here.kind == there.kind == "verbatim"
    assert abs(here.start - start) < 30 and abs(here.end - end) < 30
    assert abs(here.source_start - there.start) < 30 and abs(here.source_end - there.end) < 30


@pytest.mark.parametrize("text", ["", " ", "…", "one", "one two three four five"])
def test_nothing_is_found_in_next_to_nothing(text: str) -> None:
    assert compare(text, posts()[0]) == ()
    assert compare(posts()[0], text) == ()


def test_a_quotation_of_a_few_words_is_no_passage() -> None:
    phrase = "it would have cost you ten minutes at the very end of the day"
    assert compare(f"{posts()[0]} {phrase}.", f"{posts()[1]} {phrase}.") == ()


def test_two_sources_of_one_text_are_told_apart() -> None:
    """Two halves of a source that have changed places are two passages or one, with nothing of the text left out."""
    first, second = halves(posts()[2])
    found = compare(f"{second}\n\n{posts()[3]}\n\n{first}", posts()[2])
    assert [passage.kind for passage in found] == ["verbatim", "verbatim"]
    assert found[0].source_start > found[1].source_start


ORIGINAL = (
    "The company opened its first bakery in the harbour district in 1987, and within three years it owned eleven "
    "shops. Customers queued around the corner for the dark rye loaf, which the founder had learnt to bake from her "
    "aunt in Tallinn. When flour prices doubled, she refused to make the loaves smaller and raised wages instead. Two "
    "rivals closed that winter. The newspapers called her stubborn, but the queues grew longer, and in spring she "
    "bought the mill that had sold her the expensive flour."
)
REWORDED = (
    "In 1987 the first bakery of the company was opened in the district by the harbour; it had eleven shops only three "
    "years later. For the dark loaf of rye, whose baking the founder learned in Tallinn from an aunt of hers, "
    "customers were queueing around corners. As prices of flour doubled, smaller loaves were refused by her and wages "
    "were raised. That winter saw two rivals close. Stubborn, newspapers called her, yet queues were growing, and by "
    "spring the mill which sold the expensive flour was bought."
)


def test_rewording_is_found() -> None:
    text, start, end = pasted(REWORDED, posts()[1])
    (found,) = compare(text, f"{posts()[4][:900]}\n\n{ORIGINAL}\n\n{posts()[5][:900]}")
    assert found.kind == "reworded"
    assert abs(found.start - start) < 60 and abs(found.end - end) < 60
    assert 0.4 < found.similarity < 0.95


SUMMARY = (
    "Nuria answered a comment about a rainwater tank eleven months late, when the reader had replaced his Corvedale "
    "300. The pressure vessel needed air, which the service desk says twice a week, but comments went to the address "
    "of a man who left in 2021. Of 167 comments 145 were approved by a filter and left; Priya and Nuria sorted them by "
    "age on three Wednesdays, working to four rules, and thirty-one people wrote back."
)


def test_summary_is_found_and_its_source_is_the_whole() -> None:
    """Sentences around it, of the same blog and about the same things, may be taken for a part of it."""
    path = ROOT / "example-site/content/posts/eleven-months-late.md"
    source = path.read_text(encoding="utf-8").split("\n---\n")[1]
    other = next(post for post in posts() if post[:40] not in source)
    text, start, end = pasted(SUMMARY, other)
    (found,) = compare(text, source)
    assert found.kind == "summary"
    assert start - 200 < found.start <= start
    assert end <= found.end < end + 350
    assert found.source_start < 5
    assert found.source_end > len(source) - 5


def test_same_result_in_every_process() -> None:
    """Whatever order sets and hashes have there."""
    program = (
        "import json, sys; from blogq.originality import compare; from dataclasses import astuple;"
        "print(json.dumps([astuple(one) for one in compare(*json.load(sys.stdin))]))"
    )
    source = random.Random(7)
    text = " ".join(source.sample(posts()[0].split(". "), 12)) + REWORDED + posts()[2][:2000]
    pair = json.dumps([text, posts()[0] + ORIGINAL + posts()[2]])
    results = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=pair,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(results) == 1
    assert json.loads(results.pop())


def test_a_passage_can_be_kept() -> None:
    """It's a value; its version goes into the key under which it is kept."""
    passage = Passage("verbatim", 0, 10, 5, 15, 1.0)
    assert passage == Passage("verbatim", 0, 10, 5, 15, 1.0)
    assert hash(passage) is not None
    assert VERSION >= 1


def test_importing_is_cheap() -> None:
    program = (
        "import sys, blogq.originality; sys.exit('numpy' in sys.modules or 'blogq.originality.vectors' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


SHORT = (
    "The kettle on the kitchen stove was still warm at seven that morning. Nobody had slept in the cold room above the "
    "north porch. A long ladder leaned on the old apple tree outside the window. The neighbour's dog had barked at the "
    "second window twice before midnight. Seven letters from three different banks lay unopened on the door mat. "
    "Somebody must have wound the tall clock in the hall since Sunday. The cellar door had been locked from within and "
    "the key was gone. Two glasses and a dish of walnuts stood beside the empty decanter."
)


def test_short_sentences_that_changed_places_are_one_passage() -> None:
    """None of them would be long enough by itself."""
    sentences = SHORT.rstrip(".").split(". ")
    text, start, end = pasted(". ".join(sentences[place] for place in (5, 2, 7, 0, 4, 1, 6, 3)) + ".", posts()[1])
    (found,) = compare(text, f"{posts()[4][:900]}\n\n{SHORT}\n\n{posts()[5][:900]}")
    assert found.kind == "verbatim"
    assert abs(found.start - start) < 3 and abs(found.end - end) < 3


def test_short_sentences_from_all_over_a_source_are_told_of_one_by_one() -> None:
    """Standing together they are a copy, though none would be one alone; the source of all would be a whole post."""
    sentences = [f"{sentence}." for sentence in SHORT.rstrip(".").split(". ")]
    filler = posts()[4].split()
    source = " ".join(f"{one} {' '.join(filler[40 * at : 40 * at + 40])}." for at, one in enumerate(sentences))
    text, start, end = pasted(" ".join(sentences), posts()[1])
    found = compare(text, source)
    assert [passage.kind for passage in found] == ["verbatim"] * 8
    matched = [source[passage.source_start : passage.source_end].rstrip(".") for passage in found]
    assert matched == SHORT.rstrip(".").split(". ")
    assert found[0].start == start
    assert found[-1].end == end


def test_what_opens_and_closes_a_copied_sentence_belongs_to_it() -> None:
    copy = f"“{SHORT}”"
    text, start, end = pasted(copy, posts()[1])
    (found,) = compare(text, f"{posts()[4][:900]}\n\n{copy}\n\n{posts()[5][:900]}")
    assert (found.start, found.end) == (start, end)
    assert (found.source_start, found.source_end) == (902, 902 + len(copy))
