"""The page of `blogq report`: its figures are those of the verdict, and it says something sensible of any blog."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import overviews
import pytest
import verdicts
from hypothesis import given
from hypothesis import strategies as st
from overviews import START, flood, noted, post, steady, verdict

from blogq.lint.score import Edit
from blogq.lint.verdict import Verdict
from blogq.report.overview.headline import headline
from blogq.report.overview.material import material, to_mend
from blogq.report.overview.page import SECTIONS, as_report
from blogq.report.overview.ranking import edits_list
from blogq.report.overview.readability import told
from blogq.report.overview.timeline import MOST_BINS, timeline

sys.path.insert(0, str(Path(__file__).parent.parent / "render"))
from colours import AA, contrast

MARKS = 3.0
"""Least contrast of what a drawing is understood by (WCAG 2.2, success criterion 1.4.11)."""


class Page(HTMLParser):
    """Tags, ids, tables and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text = ""
        self._rows: list[list[str]] = []
        self._caption: str | None = None
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")
            self._in = "cell"
        elif tag == "caption":
            self._caption, self._in = "", "caption"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td", "caption"):
            self._in = ""
        elif tag == "table" and self._caption is not None:
            self.tables[self._caption] = self._rows

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in == "cell":
            self._rows[-1][-1] += data
        elif self._in == "caption" and self._caption is not None:
            self._caption += data


def shown(made: Verdict, **more: Any) -> str:
    return as_report(material(made, **more))


def table(page: Page, beginning: str) -> list[list[str]]:
    (found,) = [rows for caption, rows in page.tables.items() if caption.startswith(beginning)]
    return found[1:]


EVERY = {
    "flood": flood(),
    "steady": steady(60),
    "hostile": verdicts.HOSTILE,
    "ordinary": verdicts.ORDINARY,
    "nothing": verdicts.NOTHING,
    "one": steady(1),
    "three": steady(3),
    "undated": verdict([post(1, None), post(2, None)]),
    "unscored": verdict([post(each, START + timedelta(days=each), None) for each in range(20)]),
}
each_verdict = pytest.mark.parametrize("made", EVERY.values(), ids=EVERY)


# What it says.


@pytest.mark.parametrize("made", [flood(), steady(60), steady(30, 0.5)], ids=["flood", "steady", "quick"])
def test_figures_are_those_of_the_verdict(made: Verdict) -> None:
    page = Page(shown(made))
    bins = table(page, "Posts and scores by")
    assert sum(int(row[1]) for row in bins) == len(made.posts)
    days = table(page, "By day")
    assert [(row[1], row[2]) for row in reversed(days)] == [(each.title, str(each.score)) for each in made.posts]
    pace = made.pace
    assert pace.recent_score is not None and pace.score is not None
    assert f"Median score{pace.recent_score:g} usually {pace.score:g} of 100" in page.text
    assert f"{pace.posts} posts in all" in page.text
    assert pace.posts == len(made.posts)


def test_medians_of_weeks_are_those_of_their_posts() -> None:
    made = steady(50, 2)
    rows = table(Page(shown(made)), "Posts and scores by week")
    by_week: dict[date, list[int]] = {}
    for each in made.posts:
        day = datetime.fromisoformat(each.date).date()
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(each.score or 0)
    assert [(int(row[1]), float(row[2])) for row in rows] == [
        (len(scores), float(median(scores))) for _, scores in sorted(by_week.items())
    ]


def test_line_is_drawn_through_medians_of_the_latest_twelve() -> None:
    """A single odd post moves the line no further than a median goes."""
    posts = [*steady(20).posts, post(20, START + timedelta(days=140), 10)]
    *_, last = table(Page(shown(verdict(posts))), "Posts and scores by week")
    assert last[2:] == ["10", f"{median([each.score or 0 for each in posts[-12:]]):g}"]


def test_what_is_drawn_is_as_high_as_its_figure() -> None:
    text = shown(verdict([post(1, START, 60), post(2, START, 70), post(3, START + timedelta(days=7), 80)]))
    dots = re.findall(r'<circle class="post[^>]* cx="([\d.]+)%" cy="([\d.]+)%"[^>]*><title>[^<]*: score (\d+)<', text)
    (one, two, three) = [(float(x), float(y)) for x, y, score in sorted(dots, key=lambda dot: dot[2])]
    assert one[0] == two[0] < three[0]
    assert one[1] - two[1] == pytest.approx(two[1] - three[1], abs=0.02) and one[1] > two[1]
    (bars,) = re.findall(r'class="bars".*?</svg>', text)
    heights = [float(height) for height in re.findall(r' height="([\d.]+)"', bars)]
    assert heights == [pytest.approx(2 * heights[1], abs=0.02), heights[1]]
    assert re.findall(r"<title>week of [^<]*: (\d)", bars) == ["2", "1"]


def test_flood_is_said_first_with_what_to_do() -> None:
    made = flood()
    text = shown(made)
    page = Page(text)
    assert "<h1>You are publishing faster than you can write well.</h1>" in text
    assert page.text.index(made.findings[0].message) < page.text.index("How much, and how good")
    assert f"What to do: {made.findings[0].hint}." in page.text
    assert 'class="flood"' in text and "Quantity outpaced quality" in text


@pytest.mark.parametrize(
    ("codes", "said", "alarm"),
    [
        (("CD001", "CD005"), "You are publishing much faster than usual.", False),
        (("CD005",), "Your readers are waiting.", False),
        (("CD001", "CD003"), "Quality is slipping.", True),
        (("CD003", "CD004"), "You are posting to fill the day.", True),
        (("CD004", "CD002"), "You are publishing faster than you can write well.", True),
        (("RD003",), "Quality keeps up with quantity.", False),
    ],
)
def test_headline_is_the_gravest(codes: tuple[str, ...], said: str, alarm: bool) -> None:
    assert headline(material(noted(steady(40), *codes)))[:2] == (said, alarm)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (verdicts.NOTHING, "Nothing is published yet."),
        (steady(1), "Too early to say"),
        (steady(23), "1 more post."),
        (steady(24), "Quality keeps up"),
        (EVERY["undated"], "No post has a date."),
        (Verdict(verdicts.NOW, (), verdicts.HOSTILE.findings, verdicts.NOTHING.pace, unread=1), "could not be read"),
        (replace(flood(), findings=()), "silenced"),
        (verdict([*steady(40).posts], now=START + timedelta(days=800)), "Nothing new for 527 days."),
    ],
    ids=["nothing", "one", "23", "24", "undated", "unread", "silenced", "ended"],
)
def test_headline_claims_nothing_that_is_not_known(made: Verdict, said: str) -> None:
    text, _, more = headline(material(made))
    assert said in f"{text} {more}"


@each_verdict
def test_every_section_says_something_or_is_left_out(made: Verdict) -> None:
    text = shown(made)
    assert not re.search(r"\b(nan|inf|None|NaN)\b", text)
    assert text.count("<section id=") == sum(make(material(made)) is not None for make in SECTIONS)
    assert "<section id=" in text or not made.posts


def test_drafts_and_scheduled_posts_count_for_nothing() -> None:
    waiting = [
        post(900, None, 5, draft=True, status="draft", title="A draft"),
        post(901, START + timedelta(days=9999), 5, status="scheduled", title="Later"),
        post(902, START, 5, status="expired", title="Gone"),
    ]
    alone, both = steady(30), verdict([*steady(30).posts, *waiting], now=START + timedelta(days=204))
    assert [each.post.path for each in material(both).live] == [each.post.path for each in material(alone).live]
    page = Page(shown(both))
    assert [row[:3] for row in table(page, "Drafts and scheduled")] == [["Later", "23 May 2052", "5"],
                                                                       ["A draft", "draft", "5"]]  # fmt: skip
    assert "Gone" not in page.text


# What would mend it.


def test_no_post_is_both_weak_and_best() -> None:
    titles = re.findall(r"<h4><bdi[^>]*>(.*?)</bdi></h4>", shown(steady(4)))
    assert len(titles) == len(set(titles)) == 4


def test_weakest_of_late_come_first_and_the_newer_of_equals() -> None:
    made = flood()
    assert [each.score for each in to_mend(made)] == [30, 30, 30, 30, 31, 31]
    assert to_mend(made)[0].path > to_mend(made)[1].path
    old = verdict([post(0, START, 1), *(replace(each, path=f"x{each.path}") for each in steady(80).posts)])
    assert all(each.score != 1 for each in to_mend(old)), "what is long ago isn't what drags the blog down"


def test_edits_stand_with_the_post_the_most_telling_first() -> None:
    made = flood()
    worst = to_mend(made)[0]
    edits = (Edit("add a description", 3.0), Edit("say more: about 1494 different words", 32.0), Edit("add <b>", 4.0))
    text = edits_list(material(made, edits={worst.path: edits}), worst)
    assert re.findall(r"<li>(.*?)</li>", text) == [
        "say much more, or make one post of several",
        "add &lt;b&gt; <small>+4</small>",
        "add a description <small>+3</small>",
    ]
    page = shown(made, edits={worst.path: edits})
    assert page.count("add a description") == 1 and page.count("say much more") == 2


# The calendar.


def test_gap_that_outgrew_the_rhythm_is_told() -> None:
    posts = [*steady(20).posts, post(99, START + timedelta(days=7 * 19 + 60))]
    text = Page(shown(verdict(posts))).text
    assert "Silence of 59 days: 19 May 2025 to 17 Jul 2025" in text
    assert "The longest pause lasted 60 days, 19 May 2025 to 18 Jul 2025" in text
    assert "Silence" not in Page(shown(steady(20))).text


def test_burst_is_told() -> None:
    posts = [*steady(40).posts, *(post(100 + at, START + timedelta(days=7 * 39 + at), 70) for at in range(1, 15))]
    assert [each.said for each in material(verdict(posts)).bursts] == ["burst"]
    assert "Burst: " in Page(shown(verdict(posts))).text
    assert material(steady(60)).bursts == ()


def test_weak_and_strong_days_are_marked_by_the_blogs_own_measure() -> None:
    made = verdict([post(at, START + timedelta(days=2 * at), 41 + at) for at in range(9)])
    cells = re.findall(r'<rect class="(\w+)"[^>]*><title>[^<]*\((\d+)\)</title>', shown(made))
    assert cells == [("weak" if at < 2 else "strong" if at > 6 else "usual", str(41 + at)) for at in range(9)]


def test_posts_of_one_day_share_a_cell() -> None:
    made = verdict([post(1, START, 50, title="One"), post(2, START, 70, title="Two")])
    assert "<title>Mon 6 Jan 2025: 2 posts: One (50); Two (70)</title>" in shown(made)


@given(
    st.lists(st.dates(date(1, 1, 1), date(9999, 12, 31)), min_size=1, max_size=30),
    st.sampled_from([1, 30, 400, 4000, 40000]),
)
def test_axis_holds_every_post_once(days: list[date], apart: int) -> None:
    newest = max(days)
    kept = [max(newest - timedelta(days=min((newest - each).days, apart)), date(1, 1, 2)) for each in days]
    posts = [post(at, datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) for at, day in enumerate(kept)]
    made = Verdict(verdicts.NOW, tuple(posts), (), verdicts.NOTHING.pace)
    axis = timeline(material(made))
    assert axis is not None
    assert all(later.first == earlier.past for earlier, later in pairwise(axis.bins))
    assert all(each.first <= piece.day for each in axis.bins for piece in each.pieces)
    assert all(piece.day < each.past or each.past == date.max for each in axis.bins for piece in each.pieces)
    inside = [day for day in kept if day >= axis.bins[0].first]
    assert sum(len(each.pieces) for each in axis.bins) == len(inside)
    assert len(axis.bins) <= MOST_BINS
    assert all(0 <= place <= 100 for place, _ in axis.ticks())
    assert shown(made)


@pytest.mark.parametrize(
    ("count", "days", "unit"), [(50, 7, "week"), (60, 30, "month"), (100, 90, "quarter"), (50, 800, "year")]
)
def test_bins_grow_with_the_span(count: int, days: float, unit: str) -> None:
    axis = timeline(material(steady(count, days)))
    assert axis is not None and axis.unit == unit


# Ease.


def test_harder_posts_are_told_with_what_drives_it() -> None:
    changed = {"ease": 45.0, "words": 600, "sentences": 25, "avg_letter_per_word": 4.5, "long_sentence_share": 0.3}
    later = [post(50 + at, START + timedelta(days=300 + 7 * at), metrics=changed) for at in range(12)]
    posts = [*steady(30).posts, *later]
    live = material(verdict(posts)).live
    assert told(live[-12:], live[:-12]) == (
        "The last 12 posts are harder to read than those before: ease 45 instead of 62. What drives it: 30% of "
        "sentences have more than 30 words instead of 5% and sentences have 24 words instead of 15."
    )
    # Longer sentences make nothing easier: what goes the other way drives nothing.
    back = told(live[-12:], [replace(each, post=replace(each.post, metrics={**changed, "ease": 20.0, "sentences": 40}))
                             for each in live[:12]])  # fmt: skip
    assert back == (
        "The last 12 posts are easier to read than those before: ease 45 instead of 20; no single figure drives it."
    )
    assert told(live[:12], live[12:24]).startswith("The last 12 posts are as easy to read as those before")
    assert told(live[12:24], live[-12:]).startswith("The last 12 posts are easier to read than those before: ease 62")


def test_each_author_is_held_against_nobody_else() -> None:
    posts = [post(at, START + timedelta(days=at), author="Ada" if at % 2 else "Bo") for at in range(40)]
    posts += [post(50 + at, START + timedelta(days=at), language="de", title="Zwei") for at in range(3)]
    text = shown(verdict(posts))
    assert text.count('class="chart ease"') == 2
    assert "<h3>Ada, en</h3>" in text and "<h3>Bo, en</h3>" in text and "1 other author or language" in text
    alone = shown(verdict(posts[:40:2]))
    assert "<h3>Bo" not in alone and alone.count('class="chart ease"') == 1


def test_unfamiliar_words_are_counted_in_english_only() -> None:
    english, german = steady(24), [replace(each, language="de") for each in steady(24).posts]
    assert "Unfamiliar words" in shown(english) and "Unfamiliar words" not in shown(verdict(german))


# Rules.


def test_rules_are_told_by_posts_with_their_manual() -> None:
    page = Page(shown(noted(steady(30), "RD003", "RD003", "FM003")))
    assert (
        "Many long sentences1 post" in page.text and "Split the longest ones where a new thought begins." in page.text
    )
    assert "0 of 12" not in page.text and "1 of 12" in page.text


def test_findings_on_the_pace_stand_at_the_top_only() -> None:
    text = shown(noted(steady(30), "CD005", severity="note"))
    assert text.count("told by CD005") == 1 and 'id="findings"' not in text


# What it can't do.


@each_verdict
def test_page_asks_for_nothing_and_runs_nothing(made: Verdict) -> None:
    text = shown(made, base="https://blog.example")
    tags = Page(text).tags
    names = {tag for tag, _ in tags}
    assert not names & {"script", "img", "image", "link", "iframe", "object", "form", "use", "foreignobject", "base"}
    attributes = {name for _, given in tags for name in given}
    assert not {name for name in attributes if name.startswith("on")} and not attributes & {"src", "style", "srcset"}
    assert all(tag == "a" for tag, given in tags if "href" in given)
    assert "url(" not in text and "@import" not in text
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(set(ids)) == len(ids)
    links = [given["href"] or "" for _, given in tags if "href" in given]
    assert all(link[1:] in ids if link[0] == "#" else link.startswith("https://blog.example/") for link in links)


@each_verdict
def test_nothing_in_a_title_has_power_over_the_page(made: Verdict) -> None:
    posts = [replace(each, title=verdicts.EVIL, author=verdicts.EVIL, language="e n") for each in made.posts]
    text = shown(replace(made, posts=tuple(posts)), title=verdicts.EVIL)
    assert (
        re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe]", text) == []
    )
    assert "<script" not in text and text.encode()


@each_verdict
def test_page_is_the_same_twice_whatever_the_order(made: Verdict) -> None:
    assert shown(made) == shown(made)
    turned = replace(made, posts=tuple(reversed(made.posts)))
    assert material(turned).live == material(made).live


@each_verdict
def test_every_chart_has_a_name_a_description_and_its_figures(made: Verdict) -> None:
    text = shown(made)
    for number, found in enumerate(re.findall(r'<svg class="chart [^>]*>', text)):
        (name, about) = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', found).groups()  # type: ignore[union-attr]
        assert re.search(rf'<title id="{name}">[^<]+</title><desc id="{about}">[^<]+</desc>', text), number
    assert all(
        'class="figures"' in body
        for body in re.findall(r'<section id="(?:pace|calendar|parts)".*?</section>', text, re.S)
    )


def test_page_of_10000_posts_is_small_and_quick() -> None:
    made = steady(10_000, 0.7)
    long = [replace(each, title=f"{each.title} {'long title ' * 12}") for each in made.posts]
    made = noted(replace(made, posts=tuple(long)), *["RD003"] * 50)
    began = time.process_time()
    text = shown(made, base="https://blog.example")
    assert len(text.encode()) < 1_000_000
    assert time.process_time() - began < 20, "a page takes about two seconds"


def test_colours_can_be_told_from_their_ground() -> None:
    style = Path(material.__code__.co_filename).with_name("page.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    )
    assert light.keys() == dark.keys()
    for colours in (light, dark):
        ground, wash, band = colours["ground"], colours["wash"], colours["band"]
        for text in ("ink", "quiet", "accent"):
            assert contrast(colours[text], ground) >= AA, text
        assert contrast(colours["quiet"], wash) >= AA and contrast(colours["quiet"], band) >= AA
        for mark in ("data", "usual", "strong", "bar", "edge", "accent"):
            assert contrast(colours[mark], ground) >= MARKS, mark
        for mark in ("data", "accent"):
            assert contrast(colours[mark], wash) >= MARKS and contrast(colours[mark], band) >= MARKS, mark


def test_history_is_that_of_the_rules() -> None:
    """What the page says of the past is what the rule would have said: the flood is found with and without findings."""
    assert material(replace(flood(), findings=())).outpaced == material(flood()).outpaced is not None
    assert material(steady(60)).floods == () and overviews.steady(60).findings == ()
