"""`publish: gate`: posts in which a rule finds an error stay out of the site, and come back when it is mended."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blogq.build import Request, build
from blogq.cli import cli

NOW = 1_790_000_000
FRONT = "---\ntitle: {}\ndate: 2026-01-01\n---\n"
SHORT = "Here is a sentence. It is short enough. "
UNFINISHED = SHORT * 5 + "\n\nTODO\n\n" + SHORT * 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site with a good post and one with a placeholder left in it, which ST005 finds an error."""
    found = tmp_path / "s"
    (found / "content/posts").mkdir(parents=True)
    (found / "blogq.yaml").write_text("title: Held\nbase_url: https://example.org/\npublish: gate\n")
    write(found, "good", SHORT * 10 + "[to the other](unfinished.md)")
    write(found, "unfinished", UNFINISHED)
    return found


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"content/posts/{name}.md").write_text(FRONT.format(name.title()) + text + "\n")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--site", str(folder), "--now", "2026-09-20"])


def pages(folder: Path) -> dict[str, bytes]:
    top = folder / "_site"
    return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


def test_a_post_with_an_error_is_nowhere_on_the_site(folder: Path) -> None:
    done = run(folder, "build", "--no-check")
    assert done.exit_code == 0
    assert "content/posts/unfinished.md:7:1: warning CK101: this post is kept out of the site: ST005" in done.output
    made = pages(folder)
    assert "posts/good/index.html" in made
    assert not any("unfinished" in name for name in made)
    assert not any(b"Unfinished" in data for name, data in made.items() if not name.endswith("good/index.html"))


def test_it_comes_when_it_is_mended_and_goes_when_it_is_not(folder: Path) -> None:
    run(folder, "build", "--no-check")
    before = pages(folder)
    write(folder, "unfinished", SHORT * 10)
    run(folder, "build", "--no-check")
    assert "posts/unfinished/index.html" in pages(folder)
    write(folder, "unfinished", UNFINISHED)
    run(folder, "build", "--no-check")
    assert pages(folder) == before


def test_drafts_does_not_bring_it_back(folder: Path) -> None:
    run(folder, "build", "--no-check", "--drafts")
    assert "posts/unfinished/index.html" not in pages(folder)


@pytest.mark.parametrize(
    "change",
    [
        "publish: all\n",
        "publish: gate\ncheck: {ignore: [ST]}\n",
        "publish: gate\ncheck: {rules: {ST005: {severity: warning}}}\n",
        "publish: gate\ncheck: {silence: [{path: posts, rules: ST005, because: it is a joke}]}\n",
    ],
)
def test_config_decides_at_once(folder: Path, change: str) -> None:
    """What the gate judges by counts in the next build, although no page shows it."""
    run(folder, "build", "--no-check")
    held = (folder / "blogq.yaml").read_text()
    (folder / "blogq.yaml").write_text(held.replace("publish: gate\n", change))
    run(folder, "build", "--no-check")
    assert "posts/unfinished/index.html" in pages(folder)
    (folder / "blogq.yaml").write_text(held)
    run(folder, "build", "--no-check")
    assert "posts/unfinished/index.html" not in pages(folder)


def test_a_baseline_and_the_end_of_a_suppression_decide_at_once(folder: Path) -> None:
    run(folder, "build", "--no-check")
    run(folder, "check", "--write-baseline")
    run(folder, "build", "--no-check")
    assert "posts/unfinished/index.html" in pages(folder)
    (folder / "blogq-baseline.json").unlink()
    said = "<!-- blogq: ignore ST005 until 2026-09-21 because it is a joke -->"
    write(folder, "unfinished", UNFINISHED.replace("TODO", f"{said}\n\nTODO"))
    run(folder, "build", "--no-check")
    assert "posts/unfinished/index.html" in pages(folder)
    CliRunner().invoke(cli, ["build", "--no-check", "--site", str(folder), "--now", "2026-09-22"])
    assert "posts/unfinished/index.html" not in pages(folder)


def test_incremental_is_clean(folder: Path, tmp_path: Path) -> None:
    """Every build of a sequence is that of a clean folder, byte for byte."""
    texts = [UNFINISHED, SHORT * 10, SHORT * 11, UNFINISHED, UNFINISHED + SHORT, SHORT * 9]
    for number, text in enumerate(texts):
        write(folder, "unfinished", text)
        if number == 3:
            write(folder, "third", SHORT * 12 + "[out](unfinished.md)")
        build(Request(folder, NOW))
        clean = tmp_path / f"clean{number}"
        subprocess.run(["cp", "-r", str(folder), str(clean)], check=True)
        for name in ("_site", ".blogq"):
            subprocess.run(["rm", "-r", str(clean / name)], check=True)
        build(Request(clean, NOW, jobs=1))
        assert pages(folder) == pages(clean)
        again = build(Request(folder, NOW))
        assert (again.rendered, again.written) == (0, True)


def test_list_and_why_say_so(folder: Path) -> None:
    rows = json.loads(run(folder, "list", "--json").output)
    assert {row["path"]: row["status"] for row in rows} == {
        "content/posts/good.md": "live",
        "content/posts/unfinished.md": "held",
    }
    done = run(folder, "why", "content/posts/unfinished.md")
    assert "is not published" in done.output
    assert "ST005" in done.output


def test_nothing_of_the_gate_is_loaded_where_it_is_not_asked(folder: Path) -> None:
    (folder / "blogq.yaml").write_text("title: Held\n")
    code = (
        "import sys; from pathlib import Path; from blogq.build import Request, build;"
        f"build(Request(Path({str(folder)!r}), {NOW}, jobs=1));"
        "print([name for name in sys.modules if name.startswith(('blogq.lint', 'blogq.measure.', 'blogq.judging'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # Words and stop words are what related posts are found by, whoever judges.
    assert set(ast.literal_eval(done.stdout)) <= {"blogq.measure.words", "blogq.measure.stop_words"}


def test_a_baseline_that_cannot_be_used_stops_the_build(folder: Path) -> None:
    """Else every post that it excuses would vanish from the site."""
    run(folder, "check", "--write-baseline")
    run(folder, "build", "--no-check")
    before = pages(folder)
    assert "posts/unfinished/index.html" in before
    file = folder / "blogq-baseline.json"
    file.write_text("<<<<<<< HEAD\n" + file.read_text())
    done = run(folder, "build", "--no-check")
    assert done.exit_code == 2
    assert "the baseline:" in done.output and "is damaged" in done.output
    assert pages(folder) == before
    file.unlink()
    with (folder / "blogq.yaml").open("a") as config:
        config.write("check:\n  baseline: gone.json\n")
    done = run(folder, "build", "--no-check")
    assert done.exit_code == 2
    assert "blogq.yaml:5: error CF103: the baseline:" in done.output
    assert pages(folder) == before


def test_what_was_edited_is_told_although_it_was_judged_to_be_published(folder: Path) -> None:
    run(folder, "build")
    write(folder, "good", SHORT * 10 + "So is the the end.")
    done = run(folder, "build")
    assert "content/posts/good.md:5:411: warning SY003" in done.output
