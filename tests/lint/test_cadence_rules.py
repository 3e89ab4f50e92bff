"""The rules on cadence, on blogs that change their pace or their quality."""

from __future__ import annotations

import random
import time

import pytest
from judged_blogs import DAY, START, blog, found, post

from blogq.lint.blog import Blog, Judged
from blogq.lint.rules.cadence import burst, filling, outpaced, silence, slipping
from blogq.lint.rules.cadence.publications import days_told, ordinal

ALL = (burst.RULE, outpaced.RULE, slipping.RULE, filling.RULE, silence.RULE)


def posts(*stretches: tuple[int, float, float], seed: int = 1) -> list[Judged]:
    """Return posts for each (posts, days between them, mean score)."""
    source = random.Random(seed)
    date, made = float(START), []
    for count, days, score in stretches:
        for _ in range(count):
            date += days * DAY * source.uniform(0.7, 1.3)
            value = round(score + source.gauss(0, 6))
            parts = {"substance": value - 5, "care": 80}
            made.append(post(len(made), date=int(date), score=value, parts=parts, title=f"Post no. {len(made)}"))
    return made


def codes(judged: Blog) -> list[str]:
    return [each.code for rule in ALL for each in found(rule, judged)]


def test_nothing_is_said_of_a_steady_blog() -> None:
    assert codes(blog(posts((72, 6, 70)))) == []


def test_nothing_is_said_of_an_empty_blog_and_of_one_post() -> None:
    assert codes(Blog((), START)) == []
    assert codes(blog(posts((1, 6, 70)), days=900)) == []


def test_faster_and_weaker_is_one_warning_in_words() -> None:
    """CD001 and CD003 hold, too, and leave it to CD002."""
    judged = blog(posts((60, 6, 75), (12, 2, 55)))
    assert codes(judged) == ["CD002"]
    (told,) = found(outpaced.RULE, judged)
    assert told.severity == "warning"
    assert told.span.path == judged.posts[-1].path
    assert told.message.startswith(
        "Your last 12 posts are the weakest run of 12 in your last 72, and the fastest: one every 1.7 days"
    )
    assert " (usually 5.8), score 54 (was 73)." in told.message
    assert "Lowest: “Post no. " in told.message and "What drives it: substance " in told.message


def test_an_alarm_is_the_same_one_after_the_next_post() -> None:
    made = posts((60, 6, 75), (14, 2, 52))
    about = {told.about for count in (72, 73, 74) for told in found(outpaced.RULE, blog(made[:count]))}
    assert len(about) == 1
    assert about.pop().startswith("since content/posts/")


def test_a_young_blog_is_tested_and_not_ranked() -> None:
    (told,) = found(outpaced.RULE, blog(posts((16, 8, 75), (12, 1.5, 50))))
    assert told.message.startswith("Your last 12 posts are weaker than those before, and came faster: one every ")


def test_faster_alone_is_a_burst() -> None:
    judged = blog(posts((60, 6, 70), (13, 1.5, 72)))
    assert codes(judged) == ["CD001"]
    (told,) = found(burst.RULE, judged)
    assert told.message == "Your last 12 posts came at 4.6 times the usual rate: one every 1.2 days (usually 5.7)."
    assert not found(burst.RULE, judged, ratio=9.0)


def test_weaker_alone_is_slipping() -> None:
    judged = blog(posts((60, 6, 75), (12, 6, 60)))
    assert codes(judged) == ["CD003"]
    assert not found(slipping.RULE, judged, drop=40)


def test_weak_posts_day_by_day_fill_the_day() -> None:
    judged = blog(posts((40, 5, 75), (6, 1, 50)))
    (told,) = found(filling.RULE, judged)
    assert told.message.startswith("You have posted on 7 days in a row, and 6 of the last 7 posts score under ")
    assert not found(filling.RULE, judged, days=9)
    assert not found(filling.RULE, blog(posts((40, 5, 75), (6, 1, 80))))


def test_silence_is_told_until_a_blog_has_ended_or_a_post_is_scheduled() -> None:
    made = posts((30, 6, 70))
    assert not found(silence.RULE, blog(made, days=10))
    (told,) = found(silence.RULE, blog(made, days=40))
    assert told.message.startswith("Nothing has been published for 40 days; there is usually a post every ")
    assert not found(silence.RULE, blog(made, days=400))
    ahead = post(900, date=made[-1].date + 60 * DAY, status="scheduled")
    assert not found(silence.RULE, Blog((*made, ahead), made[-1].date + 40 * DAY))


def test_drafts_pages_and_dateless_posts_do_not_count() -> None:
    made = posts((60, 6, 70), (13, 1.5, 72))
    others = [each._replace(status="draft") for each in made[60:]]
    assert codes(blog([*made[:60], *others])) == []
    pages = [each._replace(kind="page") for each in made[60:]]
    assert codes(blog([*made[:60], *pages])) == []
    assert codes(blog([*made[:60], *(each._replace(date=-(1 << 62)) for each in made[60:])])) == []


def test_translations_of_one_moment_count_once() -> None:
    made = posts((40, 6, 70))
    translated = [each._replace(path=each.path + ".de", language="de") for each in made[28:]]
    assert codes(blog([*made, *translated])) == []


def test_options_of_each_rule_are_taken() -> None:
    judged = blog(posts((60, 6, 75), (12, 2, 55)))
    assert not found(outpaced.RULE, judged, drop=60.0)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.01, "hour"), (0.5, "12 hours"), (1, "day"), (2.14, "2.1 days"), (6.0, "6 days"), (45.2, "45 days")],
)
def test_spans_of_days_in_words(days: float, words: str) -> None:
    assert days_told(days) == words


def test_places_in_words() -> None:
    assert [ordinal(place) for place in (1, 2, 3, 4, 11, 22)] == ["", "2nd ", "3rd ", "4th ", "11th ", "22nd "]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_ten_thousand_posts_take_a_moment(rule) -> None:
    """Measured at 100 ms or less; the bound leaves room for a busy machine, and none for a quadratic rule."""
    judged = blog(posts((9_988, 6, 75), (12, 2, 55)), days=40)
    begin = time.process_time()
    found(rule, judged)
    assert time.process_time() - begin < 1
