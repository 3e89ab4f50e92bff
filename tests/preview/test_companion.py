"""The gate for the whole blog in the margin: what it says comes by itself, is what `blogq check` says, and survives."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from previewed import NOW, ROOT, SITE, Served, lay, post, serving, wait_for

FIRST = "/posts/first/"
OLD = [
    "The harbour of Lyon froze over in the winter of 1871, and boats stood still for five weeks.",
    "Bakers carried flour across the ice on sledges, since no barge could reach the mills upstream.",
    "A clerk named Moreau wrote down the thickness of the ice each morning before he opened his office.",
    "His notebook, which a granddaughter kept, has figures for 31 days and drawings of stranded cranes.",
    "Nobody had asked him for it, and nobody read it until a student looked for old weather records.",
    "She compared his figures with those of the observatory, and found that they agree within a centimetre.",
    "What he could not know is that the thaw came in a single night, with a noise that woke the town.",
    "Three bridges were damaged by drifting floes, and repairs took until the following summer.",
]
NEW = [
    "Our cat sleeps on the printer because it is warm, and wakes up whenever somebody prints a letter.",
    "We measured the lid with a kitchen thermometer and found that it has 34 degrees after ten pages.",
    "A cushion next to the radiator was no success, although it had cost eleven euros at the market.",
    "Since then the printer has a wooden board on top, and the cat has the printer.",
]


def site(root: Path, **more: str) -> Path:
    """Lay out a site with an old post and a new one."""
    files = {
        **SITE,
        "content/posts/old.md": post("Ice", "\n\n".join(OLD), date="2025-10-01"),
        "content/posts/first.md": post("Cat", "\n\n".join(NEW), date="2025-12-01"),
    }
    return lay(root, {**files, **{name.replace("__", "/"): text for name, text in more.items()}})


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(site(tmp_path / "site")) as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def said(served: Served, path: str = FIRST) -> dict[str, Any]:
    """What the margin is told."""
    found: dict[str, Any] = json.loads(served.get(f"/_blogq/gate?page={path}").text)
    return found


def settled(served: Served, path: str = FIRST, seconds: float = 30) -> dict[str, Any]:
    """What the margin is told once the whole blog was judged."""

    def asked() -> dict[str, Any] | None:
        found = said(served, path)
        return found if found["pace"] and "as of the last save" not in " ".join(found["notes"]) else None

    return wait_for(asked, seconds)  # type: ignore[return-value]


def checked(root: Path, name: str) -> dict[str, Any]:
    """What `blogq check` says of a post."""
    command = [sys.executable, "-m", "blogq", "check", name, "--site", str(root), "--now", NOW, "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=root)
    told = json.loads(done.stdout)
    (found,) = [each for each in told["posts"] if each["path"] == name]
    return {**found, "findings": [each for each in told["findings"] if each["path"] == name], "pace": told["pace"]}


def companions(served: Served) -> list[int]:
    """The processes that the preview has started."""
    return [
        int(found)
        for found in Path(f"/proc/{served.process.pid}/task").glob("*/children")
        for found in found.read_text().split()
    ]


def test_what_is_pasted_from_an_old_post_is_found_with_no_further_save(served: Served, page: Any) -> None:
    page.goto(served.url + FIRST)
    gate = page.locator("blogq-panel #gate")
    gate.get_by_text("Pace: 3 posts").wait_for()
    assert "OR001" not in gate.inner_text()
    score = re.search(r"Score (\d+)", gate.inner_text())
    page.evaluate("window.stays = 1")
    served.save("content/posts/first.md", post("Cat", "\n\n".join([*OLD[:5], *NEW[:2]]), date="2025-12-01"))
    gate.get_by_text("OR001").wait_for()
    assert page.evaluate("window.stays") == 1
    gate.get_by_text("as of the last save").wait_for(state="hidden")
    # The change is told of the last save, however many answers have come since.
    assert score is not None and f"({score[1]} before)" in gate.inner_text()
    gate.locator("#parts summary").click()
    assert re.search(r"originality\s+0\b", gate.inner_text())


def test_the_margin_says_what_the_check_says(served: Served) -> None:
    for turn, parts in enumerate((NEW, [*OLD[2:5], *NEW], ["We saw the the market close. [No](../gone.md)", NEW[1]])):
        text = "\n\n".join([*parts, f"Written in turn {turn}."])
        served.save("content/posts/first.md", post("Cat", text, date="2025-12-01"))
        served.shows(FIRST, f"Written in turn {turn}.")
        told, there = settled(served), checked(served.root, "content/posts/first.md")
        assert told["score"] == there["score"]
        assert dict(told["parts"]) == there["parts"]
        assert told["count"] == len(there["findings"])
        assert sorted(re.findall(r" ([A-Z]{2}\d{3})</i>", told["html"])) == sorted(f["rule"] for f in there["findings"])
        assert told["pace"] == there["pace"]["message"]


def test_what_the_blog_as_a_whole_does_wrong_stands_in_each_margin(tmp_path: Path) -> None:
    daily = {
        f"content__posts__d{day}.md": post(f"Day {day}", f"{NEW[day % 4]} It was day {day}.", date=f"2025-11-{day:02}")
        for day in range(1, 29)
    }
    quiet = {f"content__posts__q{month}.md": post(f"Month {month}", "\n\n".join([*OLD, f"In month {month} all was well."
             ]), date=f"2024-{month:02}-03") for month in range(1, 13)}  # fmt: skip
    with serving(site(tmp_path / "site", **daily, **quiet)) as served:
        found = settled(served)
        there = json.loads(
            subprocess.run(
                [sys.executable, "-m", "blogq", "check", "--site", str(served.root), "--now", NOW, "--format", "json"],
                capture_output=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                check=False,
            ).stdout
        )
        whole = sorted(each["rule"] for each in there["findings"] if each["rule"] in ("CD001", "CD002", "CD003"))
        assert whole
        assert sorted(re.findall(r" (CD\d{3})</i>", found["blog"])) == whole
        assert "CD" not in found["html"]


def test_what_the_baseline_knows_is_left_out_at_once(tmp_path: Path, page: Any) -> None:
    doubled = f"We saw the the market close.\n\n{NEW[1]}"
    root = site(tmp_path / "site", **{"content__posts__first.md": post("Cat", doubled)})
    command = [sys.executable, "-m", "blogq", "check", "--site", str(root), "--now", NOW, "--write-baseline"]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    with serving(root) as served:
        first = said(served)
        assert "SY003" not in first["html"] and first["notes"][0].endswith("left out.")
        last = settled(served)
        assert "SY003" not in last["html"] and re.match(r"\d+ known findings? left out", last["notes"][0])
        served.save("content/posts/first.md", post("Cat", f"{doubled}\n\nIt was a a pity."))
        served.shows(FIRST, "a a pity")
        assert "a a pity" in said(served)["html"]
        assert settled(served)["html"].count("SY003") == 1
        page.goto(served.url + FIRST)
        page.locator("blogq-panel #gate").get_by_text("left out.").wait_for()


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no /proc")
def test_the_quick_rules_go_on_when_the_companion_is_killed_and_it_comes_back(served: Served) -> None:
    settled(served)
    (pid,) = companions(served)
    os.kill(pid, signal.SIGKILL)
    served.save("content/posts/first.md", post("Cat", f"We saw the the market close.\n\n{OLD[0]} {OLD[1]} {OLD[2]}"))
    served.shows(FIRST, "market close")
    assert "SY003" in said(served)["html"]
    assert "OR001" in settled(served)["html"]
    (other,) = companions(served)
    assert other != pid
    served.end()
    wait_for(lambda: not Path(f"/proc/{other}").exists())


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no /proc")
def test_it_ends_with_a_preview_that_is_killed(served: Served) -> None:
    settled(served)
    (pid,) = companions(served)
    served.process.kill()
    served.process.wait()
    wait_for(lambda: not Path(f"/proc/{pid}").exists())


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no /proc")
def test_without_the_gate_there_is_none(tmp_path: Path) -> None:
    with serving(site(tmp_path / "site"), "--no-check") as served:
        assert served.get(FIRST).status == 200
        time.sleep(1.5)
        assert companions(served) == []
        assert "Drafts" in served.get("/_blogq/").text


def test_the_start_page_fills_itself(served: Served, page: Any) -> None:
    for day in range(1, 34):
        served.save(f"content/posts/draft{day}.md", post(f"Draft {day}", f"{NEW[0]} {NEW[day % 4]}", draft="true"))
    served.save("content/posts/later.md", post("Later", "\n\n".join(NEW), date="2027-05-01"))
    served.shows("/posts/later/", "scheduled")
    page.goto(f"{served.url}/_blogq/")
    page.get_by_text("Pace: ").wait_for()
    wait = "[...document.querySelectorAll('tbody td:last-child')].every((each) => /^\\d+\\s/.test(each.innerText))"
    page.wait_for_function(wait)
    assert page.locator("tbody tr").count() == 34
    assert "2027-05-01" in page.locator("tbody tr").last.inner_text()
    served.save("content/posts/draft7.md", post("Draft 7", "\n\n".join(NEW), draft="true"))
    page.wait_for_function("document.querySelector('tbody tr a').textContent === 'Draft 7'")
    score = checked(served.root, "content/posts/draft7.md")["score"]
    page.wait_for_function(f"parseInt(document.querySelector('tbody td:last-child').innerText) === {score}")
    assert "Waits for an answer" not in page.inner_text("body")


def test_a_reader_of_the_margin_keeps_the_place_when_it_is_renewed(served: Served, page: Any) -> None:
    text = f"We saw the the market close.\n\n{NEW[1]}"
    served.save("content/posts/first.md", post("Cat", text))
    served.shows(FIRST, "market close")
    page.goto(served.url + FIRST)
    gate = page.locator("blogq-panel #gate")
    item = gate.locator("li", has_text="SY003")
    item.focus()
    gate.locator("#parts summary").click()
    item.focus()
    served.save("content/posts/first.md", post("Cat", f"{text}\n\n{OLD[0]} {OLD[1]} {OLD[2]}"))
    gate.get_by_text("OR001").wait_for()
    assert gate.locator("#parts dl").is_visible()
    assert page.evaluate("document.querySelector('blogq-panel').shadowRoot.activeElement?.tagName") == "LI"
