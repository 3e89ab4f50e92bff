"""Rules that hold a post against the author's others, or against all."""

from __future__ import annotations

import random
import statistics
import time

import pytest
from judged_blogs import MISSING, blog, found, post

from blogq.lint.blog import Judged
from blogq.lint.earlier import NORMAL, Earlier
from blogq.lint.rules.length import shorter_than_usual
from blogq.lint.rules.links import own_links_only
from blogq.lint.rules.metadata import same_as_another
from blogq.lint.rules.readability import unlike_author
from blogq.lint.rules.style import hedges
from blogq.lint.rules.style.hedge_words import count_hedges


def eased(values: list[float], **said: object) -> list[Judged]:
    return [post(number, words=500, ease=value, **said) for number, value in enumerate(values)]


EVEN = [58.0, 62, 60, 61, 59, 63, 57, 60, 64, 56]


@pytest.mark.parametrize("seed", range(20))
def test_robust_deviation_is_that_of_all_figures(seed: int) -> None:
    source = random.Random(seed)
    values = [float(source.choice((source.randint(0, 9), source.gauss(50, 10)))) for _ in range(source.randint(1, 60))]
    earlier = Earlier()
    for number, value in enumerate(values, 1):
        earlier.add(value)
        middle = statistics.median(values[:number])
        expected = statistics.median(abs(each - middle) for each in values[:number])
        assert earlier.quantile(0.5) == pytest.approx(middle)
        assert earlier.robust_deviation() == pytest.approx(NORMAL * expected)


def test_harder_and_easier_than_the_author_is() -> None:
    harder, easier = found(unlike_author.RULE, blog(eased([*EVEN, 30, 95])))
    assert harder.span.path.endswith("00010.md") and easier.span.path.endswith("00011.md")
    assert harder.message.startswith("much harder to read than your other posts: ease 30 of 100, usually 60, and from ")
    assert (harder.about, easier.about) == ("harder than usual", "easier than usual")


def test_easier_has_to_be_twice_as_far_away() -> None:
    assert not found(unlike_author.RULE, blog(eased([*EVEN, 76])))
    assert found(unlike_author.RULE, blog(eased([*EVEN, 44])))
    assert found(unlike_author.RULE, blog(eased([*EVEN, 82])))
    assert found(unlike_author.RULE, blog(eased([*EVEN, 76])), easier=1.0)


def test_ease_as_usual_too_few_posts_and_short_posts_are_silent() -> None:
    assert not found(unlike_author.RULE, blog(eased([*EVEN, 66])))
    assert not found(unlike_author.RULE, blog(eased([*EVEN[1:], 30])))
    short = post(20, words=40, ease=10.0)
    assert not found(unlike_author.RULE, blog([*eased(EVEN), short]))
    assert not found(unlike_author.RULE, blog([*eased(EVEN), post(20, words=500, ease=None)]))


def test_each_author_and_language_has_a_measure_of_its_own() -> None:
    for other in ({"author": "Bob"}, {"language": "de"}):
        assert not found(unlike_author.RULE, blog([*eased(EVEN), post(20, words=500, ease=20.0, **other)]))


def test_posts_for_other_readers_are_judged_apart() -> None:
    """A first post for experts is no outlier; of many for them, the easy one is."""
    expert = {"facts": {"audience": "expert"}}
    assert not found(unlike_author.RULE, blog([*eased(EVEN), post(20, words=500, ease=20.0, **expert)]))
    hard = [post(20 + number, words=500, ease=value - 30, **expert) for number, value in enumerate(EVEN)]
    (told,) = found(unlike_author.RULE, blog([*eased(EVEN), *hard, post(40, words=500, ease=60.0, **expert)]))
    assert told.about == "easier than usual" and told.span.path.endswith("00040.md")


def test_only_what_readers_have_met_is_usual() -> None:
    """Ten drafts make no measure, and a draft without a date is held against all that is live."""
    assert not found(unlike_author.RULE, blog([*eased(EVEN, status="draft"), *eased([20.0])]))
    draft = post(99, date=MISSING, status="draft", words=500, ease=20.0)
    (told,) = found(unlike_author.RULE, blog([*eased(EVEN), draft]))
    assert told.span.path == draft.path


def worded(counts: list[int], **said: object) -> list[Judged]:
    return [post(number, words=count, **said) for number, count in enumerate(counts)]


LONG = [900, 1000, 1100, 950, 1050, 980, 1020, 990, 1010, 1000]


def test_a_post_far_shorter_than_the_others() -> None:
    (told,) = found(shorter_than_usual.RULE, blog(worded([*LONG, 300])))
    assert told.message.startswith("much shorter than your other posts: 300 words, usually 1000")


def test_posts_hardly_shorter_few_posts_and_notes_are_silent() -> None:
    assert not found(shorter_than_usual.RULE, blog(worded([*LONG, 890])))
    assert not found(shorter_than_usual.RULE, blog(worded([*LONG[1:], 300])))
    note = post(20, words=50, facts={"short_form": True})
    assert not found(shorter_than_usual.RULE, blog([*worded(LONG), note]))


def hedged(counts: list[int]) -> list[Judged]:
    return [post(number, words=500, facts={"hedges": count}) for number, count in enumerate(counts)]


def test_more_hedges_than_the_author_has() -> None:
    (told,) = found(hedges.RULE, blog(hedged([1, 2, 3, 2, 1] * 4 + [12])))
    assert told.message.startswith("12 hedges, weasel words or clichés") and "2.4 in 100 words" in told.message


def test_hedges_as_ever_few_and_uncounted_are_silent() -> None:
    assert not found(hedges.RULE, blog(hedged([1, 2, 3, 2, 1] * 4 + [3])))
    assert not found(hedges.RULE, blog(hedged([0] * 20 + [2])))
    assert not found(hedges.RULE, blog(hedged([0] * 20 + [4])))
    assert found(hedges.RULE, blog(hedged([0] * 20 + [4])), rate=0.5)
    assert not found(hedges.RULE, blog(hedged([1] * 19 + [12])))
    assert not found(hedges.RULE, blog([post(number) for number in range(30)]))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Perhaps it is arguably the best, at the end of the day.", 3),
        ("Studies show that it tends to rain.", 2),
        ("In today's fast-paced world it’s cutting-edge.", 2),
        ("Tea rather than coffee.", 0),
        ("It rained on 3 May, and we stayed in.", 0),
        ("A game changer and a state of the art machine", 2),
    ],
)
def test_hedges_are_counted(text: str, count: int) -> None:
    assert count_hedges(text, "en-GB") == count


def test_hedges_of_other_languages_are_unknown() -> None:
    assert count_hedges("Vielleicht, vielleicht auch nicht.", "de") is None


def linked(counts: list[tuple[int, int]]) -> list[Judged]:
    return [post(number, facts={"links_out": out, "links_in": own}) for number, (out, own) in enumerate(counts)]


def test_ten_posts_that_link_only_to_themselves() -> None:
    (told,) = found(own_links_only.RULE, blog(linked([(3, 0)] * 5 + [(0, 2)] * 10)))
    assert told.message == "all 20 links of your last 10 posts lead to your own site"
    assert told.span.path.endswith("00014.md")


@pytest.mark.parametrize(
    "counts", [[(0, 2)] * 9, [(0, 2)] * 9 + [(1, 2)], [(0, 0)] * 10, [(0, 0)] * 8 + [(0, 1)] * 2], ids=str
)
def test_few_posts_one_link_out_and_hardly_any_links_are_silent(counts: list[tuple[int, int]]) -> None:
    assert not found(own_links_only.RULE, blog(linked(counts)))


def test_links_that_nobody_counted_are_silent() -> None:
    assert not found(own_links_only.RULE, blog([post(number) for number in range(12)]))


def test_the_later_of_two_posts_with_one_description_is_told() -> None:
    judged = blog([post(1, description="All about tea."), post(2, description=" all about TEA. ")])
    (told,) = found(same_as_another.RULE, judged)
    assert (told.severity, told.about) == ("warning", "same description")
    assert told.span.path.endswith("00002.md")
    assert told.message.startswith("the description is that of content/posts/00001.md: “")


def test_posts_of_a_series_share_both() -> None:
    """One note, not a warning: it would be a warning if only the description were the same."""
    both = {"title": "Minutes", "description": "What we talked about."}
    (told,) = found(same_as_another.RULE, blog([post(1, **both), post(2, **both)]))
    assert (told.severity, told.about) == ("note", "same title")
    assert told.message.startswith("the title and description are those of content/posts/00001.md: “Minutes")
    other = post(3, title="Others", description="What we talked about.")
    severities = [
        each.severity for each in found(same_as_another.RULE, blog([post(1, **both), post(2, **both), other]))
    ]
    assert severities == ["note", "warning"]


def test_a_title_that_three_posts_have() -> None:
    first, second = found(same_as_another.RULE, blog([post(number, title="This week") for number in (1, 2, 3)]))
    assert (first.severity, second.severity) == ("note", "note")
    assert "00001.md and 1 more: “This week”" in second.message


def test_translations_pages_drafts_and_nothing_are_not_the_same() -> None:
    title = {"title": "Tea"}
    assert not found(same_as_another.RULE, blog([post(1, **title), post(2, **title, language="de")]))
    assert not found(same_as_another.RULE, blog([post(1, **title), post(2, **title, kind="page")]))
    assert not found(same_as_another.RULE, blog([post(1, title=""), post(2, title="")]))
    (told,) = found(same_as_another.RULE, blog([post(1, **title, status="draft"), post(2, **title)]))
    assert told.span.path.endswith("00001.md")


@pytest.mark.parametrize(
    "rule",
    [unlike_author.RULE, shorter_than_usual.RULE, hedges.RULE, own_links_only.RULE, same_as_another.RULE],
    ids=lambda rule: rule.code,
)
def test_ten_thousand_posts_take_a_moment(rule) -> None:
    """Measured at 100 ms or less; the bound leaves room for a busy machine, and none for a quadratic rule."""
    source = random.Random(1)
    judged = blog(
        post(
            number,
            title=f"Post {number % 5000}",
            words=source.randint(100, 2000),
            ease=source.gauss(60, 10),
            facts={"hedges": source.randint(0, 25), "links_in": 2, "links_out": 0},
        )
        for number in range(10_000)
    )
    begin = time.process_time()
    assert found(rule, judged)
    assert time.process_time() - begin < 1
