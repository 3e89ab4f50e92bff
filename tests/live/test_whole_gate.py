"""The gate for the whole blog: what two processes say to each other, when it is asked, and what comes of failures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blogq.finding import Finding, Related, Span
from blogq.live import whole_gate, word_caches
from blogq.live.companion import resident
from blogq.live.site import LiveSite
from blogq.live.verdicts import Asked, PostTold, Told, Unpublished, asked, judge_all, told, written
from blogq.live.whole_gate import WholeGate

NOW = 1_767_268_800
PATH = "content/posts/first.md"
URL = "/posts/first/"
TEXT = (
    "Cats sleep for most of the day, and nobody knows quite why. In 2019 Ann Lee counted 61 cats in Lyon for a month. "
    "They slept 14 hours on average. The oldest, a cat called Moss, slept 19. Her notes are in the city's library. "
)
OTHER = (
    "The harbour froze over in the winter of 1871, and boats stood still for five weeks. Bakers carried flour across "
    "the ice on sledges, since no barge could reach the mills. A clerk named Moreau wrote down the thickness of the "
    "ice each morning before he opened his office, and his notebook has figures for 31 days of that winter. "
)


def post(text: str, title: str = "First", date: str = "2025-12-01", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n{text}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content/posts").mkdir(parents=True)
    (root / "blogq.yaml").write_text("title: Blog\nbase_url: https://blog.example/\n")
    (root / PATH).write_text(post(TEXT))
    (root / "content/posts/old.md").write_text(post(OTHER, "Old", "2025-11-01"))
    return root


@pytest.fixture
def live(site: Path) -> Iterator[LiveSite]:
    made = LiveSite(site, {}, True, NOW, 1)
    yield made
    made.close()


def wait_for(asked: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < end
        time.sleep(0.02)


def whole_of(live: LiveSite) -> WholeGate:
    assert live.margins is not None
    return live.margins.whole


def tell(live: LiveSite, number: int = 0) -> Told:
    """Have the whole gate say what it would say now, without a process."""
    whole = whole_of(live)
    answer = judge_all(live.site, {}, NOW, Asked(number or whole._number, (PATH,)), 1)
    whole._take(told(written(answer)))
    return whole.latest


def save(live: LiveSite, text: str) -> None:
    (live.site / PATH).write_text(text)
    live.update([str(live.site / PATH)])


# Words


def test_what_is_written_is_what_is_read() -> None:
    span = Span(PATH, 3, 1, 3, 9)
    finding = Finding("OR001", "error", span, "m", "h", "e", "a", 2, (Related(Span("x.md", 2), "t", "T"),))
    said = Told(
        *(7, (PATH, ""), "Pace: …", (finding,), {PATH: PostTold("ab", 70, {"care": 9}, (finding,), {"RD001": 2})}),
        *({"content/d.md": Unpublished("cd", None, 3)}, "No."),
    )
    assert told(written(said)) == said
    assert asked(written(Asked(3, (PATH,)))) == Asked(3, (PATH,))
    for line in (b"", b"3\n", b"[]\n", b"{\n", b"null\n"):
        with pytest.raises(ValueError):
            asked(line)
        with pytest.raises(ValueError):
            told(line)


# One margin, from both


def test_the_score_keeps_its_originality_between_two_answers(live: LiveSite) -> None:
    alone = live.judge(URL)
    assert alone is not None and alone.asking and "originality" not in alone.parts and not alone.pace
    first = tell(live).posts[PATH]
    settled = live.judge(URL)
    assert settled is not None and not settled.asking
    assert (settled.score, settled.parts) == (first.score, first.parts) and settled.score != alone.score
    assert settled.before is None and settled.pace.startswith("Pace: 2 posts")
    save(live, post(f"{TEXT}\n\nAnd at night they walk on roofs."))
    between = live.judge(URL)
    assert between is not None and between.asking and between.parts["originality"] == 100
    assert between.before == settled.score
    last = tell(live).posts[PATH]
    after = live.judge(URL)
    assert after is not None and after.score == last.score == between.score and after.before == settled.score


def test_what_was_told_stands_until_there_is_something_new(live: LiveSite) -> None:
    save(live, post(OTHER + "We saw the the cat."))
    tell(live)
    found = live.judge(URL)
    assert found is not None and {"OR001", "SY003"} <= {each.code for each in found.findings}
    save(live, post(OTHER + "We saw the cat. It was a a pity."))
    between = live.judge(URL)
    assert between is not None
    codes = [each.code for each in between.findings]
    assert codes.count("OR001") == 1 and codes.count("SY003") == 1 and between.asking
    save(live, post(TEXT))
    tell(live, number=1)
    stale = live.judge(URL)
    assert stale is not None and stale.asking
    tell(live)
    over = live.judge(URL)
    assert over is not None and "OR001" not in {each.code for each in over.findings}


def test_dead_links_are_told_once_and_silenced_ones_stay_out(live: LiveSite) -> None:
    dead = f"{TEXT}\n\nSee [there](../gone.md).\n"
    save(live, post(dead))
    for turn in range(2):
        found = live.judge(URL)
        assert found is not None and [each.code for each in found.findings].count("LK001") == 1, turn
        tell(live)
    silent = "gate: {ignore: [{rules: LK001, because: it comes tomorrow}]}\n"
    save(live, post(dead, more=silent))
    tell(live)
    found = live.judge(URL)
    assert found is not None and "LK001" not in {each.code for each in found.findings}
    save(live, post(f"{dead}\nAnd more.", more=silent))
    found = live.judge(URL)
    assert found is not None and found.asking and "LK001" not in {each.code for each in found.findings}


def test_a_broken_source_keeps_what_was_said(live: LiveSite) -> None:
    tell(live)
    before = live.judge(URL)
    save(live, "---\ntitle: [\n---\nNothing.\n")
    tell(live)
    broken = live.judge(URL)
    assert before is not None and broken is not None
    assert (broken.score, broken.findings) == (before.score, before.findings)


def test_a_broken_baseline_is_told(live: LiveSite) -> None:
    (live.site / "blogq-baseline.json").write_text("{}")
    assert "is no baseline" in tell(live).problem
    found = live.judge(URL)
    assert found is not None and "is no baseline" in found.problem


def test_what_the_baseline_knows_moves_with_a_renamed_post(live: LiveSite) -> None:
    from blogq.lint.baseline import Baseline, save_baseline

    save(live, post(f"{TEXT} We saw the the cat. The the end."))
    found = live.judge(URL)
    assert found is not None
    subjects = [each.subject for each in found.findings if each.code == "SY003"]
    assert len(subjects) == 2
    save_baseline(live.site / "blogq-baseline.json", Baseline({("content/posts/gone.md", "SY003", subjects[0]): 1}))
    found = live.judge(URL)
    assert found is not None and found.known == 1
    assert [each.code for each in found.findings].count("SY003") == 1


# The process


def test_one_question_is_under_way_and_the_newest_comes_next(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = WholeGate(site, {}, NOW, 1)
    going, questions = threading.Event(), list[Asked]()

    def answer(question: Asked) -> Told:
        questions.append(question)
        going.wait(10)
        return Told(question.number, question.paths)

    monkeypatch.setattr(whole, "_answer", answer)
    whole.want(PATH)
    whole.start()
    wait_for(lambda: questions)
    for _ in range(5):
        whole.changed()
    assert not whole.is_current(PATH) and len(questions) == 1
    going.set()
    wait_for(lambda: whole.is_current(PATH))
    assert [each.number for each in questions] == [1, 6]
    # What nobody looks at any more isn't judged for ever.
    for _ in range(5):
        whole.changed()
        time.sleep(whole_gate.PAUSE * 2)
    assert len(questions) <= 2 + whole_gate.KEPT
    whole.close()


def test_it_gives_up_after_some_failures_and_tries_again_at_a_save(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_gate, "_START", "raise SystemExit(3)")
    monkeypatch.setattr(whole_gate, "PAUSE", 0.01)
    whole, turns = WholeGate(site, {}, NOW, 1), list[int]()
    whole.listen(lambda: turns.append(1))
    whole.want(PATH)
    whole.start()
    wait_for(lambda: whole.problem)
    assert "blogq check" in whole.problem and len(turns) == whole_gate.TRIES and not whole.is_asking(PATH)
    time.sleep(0.2)
    assert len(turns) == whole_gate.TRIES
    monkeypatch.undo()
    whole.changed()
    wait_for(lambda: whole.is_current(PATH))
    assert whole.problem == "" and whole.latest.posts[PATH].score
    whole.close()
    wait_for(lambda: not whole.pid)


def test_what_a_folder_holds_is_no_module_of_the_process(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "json.py").write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')\n")
    monkeypatch.chdir(trap)
    whole = WholeGate(site, {}, NOW, 1)
    whole.want(PATH)
    whole.start()
    wait_for(lambda: whole.is_current(PATH))
    whole.close()
    assert not (tmp_path / "sprung").exists()


def test_many_posts_that_nobody_has_judged_yet(site: Path) -> None:
    """Workers are forked beside the thread that reads requests."""
    for number in range(300):
        (site / f"content/posts/n{number}.md").write_text(post(f"{TEXT} It was in year {number}.", f"N {number}"))
    whole = WholeGate(site, {}, NOW, 2)
    whole.want(PATH)
    whole.start()
    try:
        wait_for(lambda: whole.is_current(PATH), 120)
    finally:
        whole.close()
    assert "302 posts" in whole.latest.pace


def test_nobody_waits_for_it_at_the_store(live: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = whole_of(live)
    whole.want(PATH)
    whole.start()
    wait_for(lambda: whole.is_current(PATH))
    before = whole.pid
    live._stopped(str(before))
    wait_for(lambda: whole.pid != before)
    whole.changed()
    wait_for(lambda: whole.is_current(PATH))
    assert not whole.problem and whole._failures == 0
    others = list[str]()
    monkeypatch.setattr(live, "_waiting", others.append)
    live._stopped("1")
    assert others == ["1"]


# Memory


def test_word_caches_are_cleared_now_and_then() -> None:
    from blogq.originality import fingerprint
    from blogq.originality.fold import fold

    fold("word")
    fingerprint._numbers["word"] = 1
    caches = word_caches.WordCaches()
    for _ in range(word_caches.TURNS - 1):
        caches.used()
    assert fold.cache_info().currsize
    caches.used()
    assert not fold.cache_info().currsize and not fingerprint._numbers


def test_old_texts_of_a_post_are_forgotten(live: LiveSite) -> None:
    for turn in range(80):
        save(live, post(f"{TEXT} Turn {turn}."))
    assert len(live.reader.shelf.own) <= 40


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no /proc")
def test_the_memory_that_is_held_is_known() -> None:
    assert 5 << 20 < resident() < 5 << 30
