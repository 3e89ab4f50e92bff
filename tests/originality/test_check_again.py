"""After any sequence of edits, a check says what a check with an empty store says, byte for byte.

A site of a few posts that copy from each other, and a corpus; posts and texts are written, changed, copied, renamed and
removed, dates and drafts change, and so do the options that comparing depends on. Limits are lowered, so that segments
form and merge, and more than the best candidates meet.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from originality_texts import posts, replaced, shuffled

from blogq.gate import Ask, run_gate
from blogq.originality.index import candidates, postings, store
from blogq.report.manner import Manner
from blogq.report.verdict_json import as_json

NOW = 1_767_225_600
STEPS = 30 if os.environ.get("BLOGQ_SOAK") else 12
SEEDS = 60 if os.environ.get("BLOGQ_SOAK") else 4


class World:
    """A site that random edits are made to."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.drawn = random.Random(seed)
        self.paragraphs = [each for text in posts() for each in text.split("\n\n") if len(each.split()) > 25]
        self.settings: dict[str, str] = {}
        self.made = 0
        (folder / "content" / "posts").mkdir(parents=True)
        (folder / "elsewhere").mkdir()
        self.configure()
        for _ in range(6):
            self.write_post()
        for _ in range(2):
            self.write_text()

    def configure(self) -> None:
        rest = "".join(f"{name}: {value}\n" for name, value in sorted(self.settings.items()))
        (self.folder / "blogq.yaml").write_text(f"title: A\nbase_url: https://example.org/\n{rest}", encoding="utf-8")

    def body(self) -> str:
        """Paragraphs, some of them those of many other posts."""
        chosen = self.drawn.sample(self.paragraphs, self.drawn.randint(1, 6))
        if self.drawn.random() < 0.3:
            chosen.append(self.paragraphs[0])
        trick = self.drawn.random()
        text = "\n\n".join(chosen)
        if trick < 0.2:
            return replaced(text, 0.1, self.drawn)
        return shuffled(text, self.drawn) if trick < 0.3 else text

    def all_posts(self) -> list[Path]:
        return sorted((self.folder / "content" / "posts").glob("*.md"))

    def texts(self) -> list[Path]:
        return sorted((self.folder / "elsewhere").glob("*.txt"))

    def write_post(self) -> None:
        self.made += 1
        name = f"{self.drawn.choice('abcdef')}{self.made}.md"
        self.save(self.folder / "content" / "posts" / name, self.body())

    def save(self, path: Path, body: str) -> None:
        """Write a post; often of the same day as others."""
        front = f"title: Of {self.drawn.choice(['rain', 'snow', 'rain, part 1', 'rain, part 2'])}\n"
        front += f"date: 2025-0{self.drawn.randint(1, 3)}-1{self.drawn.randint(0, 3)}\n"
        if self.drawn.random() < 0.15:
            front += "draft: true\n"
        if self.drawn.random() < 0.15:
            front += "series: weather\n"
        others = [other.stem for other in self.all_posts() if other != path]
        if others and self.drawn.random() < 0.15:
            front += f"replaces: {self.drawn.choice(others)}\n"
        path.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")

    def write_text(self) -> None:
        self.made += 1
        (self.folder / "elsewhere" / f"t{self.made}.txt").write_text(self.body(), encoding="utf-8")

    def step(self) -> str:
        """Make one random edit; return what it was."""
        edits = (self.write_post, self.edit, self.copy, self.amend, self.redate, self.remove, self.rename, self.swap,
                 self.write_text, self.edit_text, self.remove_text, self.set_option)  # fmt: skip
        edit = self.drawn.choice(edits)
        edit()
        return edit.__name__

    def edit(self) -> None:
        if found := self.all_posts():
            self.save(self.drawn.choice(found), self.body())

    def copy(self) -> None:
        """A post with the words of another."""
        if found := self.all_posts():
            body = self.drawn.choice(found).read_text(encoding="utf-8").partition("\n---\n")[2].strip()
            for _ in range(self.drawn.randint(1, 3)):
                self.made += 1
                self.save(self.folder / "content" / "posts" / f"{self.drawn.choice('abcdef')}{self.made}.md", body)

    def amend(self) -> None:
        if found := self.all_posts():
            with self.drawn.choice(found).open("a", encoding="utf-8") as file:
                file.write(f"\n{self.drawn.choice(self.paragraphs)}\n")

    def redate(self) -> None:
        if found := self.all_posts():
            path = self.drawn.choice(found)
            head, _, rest = path.read_text(encoding="utf-8").partition("\ndate: ")
            path.write_text(f"{head}\ndate: 2024-1{self.drawn.randint(0, 2)}-01{rest[10:]}", encoding="utf-8")

    def remove(self) -> None:
        if len(found := self.all_posts()) > 2:
            self.drawn.choice(found).unlink()

    def rename(self) -> None:
        if found := self.all_posts():
            self.made += 1
            path = self.drawn.choice(found)
            path.rename(path.with_name(f"{self.drawn.choice('abcdef')}{self.made}.md"))

    def swap(self) -> None:
        if len(found := self.all_posts()) > 1:
            one, other = self.drawn.sample(found, 2)
            beside = one.with_suffix(".beside")
            one.rename(beside)
            other.rename(one)
            beside.rename(other)

    def edit_text(self) -> None:
        if found := self.texts():
            self.drawn.choice(found).write_text(self.body(), encoding="utf-8")

    def remove_text(self) -> None:
        if found := self.texts():
            self.drawn.choice(found).unlink()

    def set_option(self) -> None:
        name, values = self.drawn.choice(
            [
                ("corpora", ["{others: elsewhere}", "{others: elsewhere, more: elsewhere}", "{more: elsewhere}", "{}"]),
                ("check", ["{rules: {OR001: {severity: error}}}", "{}"]),
                ("boilerplate", [f"[{self.paragraphs[0][:40]!r}]", "[]"]),
                ("base_url", []),
            ]
        )
        if values:
            self.settings[name] = self.drawn.choice(values)
        self.configure()


def told(folder: Path) -> str:
    verdict = run_gate(Ask(folder, NOW, chosen=("OR",), jobs=1))
    return as_json(verdict, Manner())


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_check_with_a_kept_index_says_what_one_without_says(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "RECENT", 3)
    monkeypatch.setattr(store, "BULK", 600)
    monkeypatch.setattr(candidates, "MOST", 3)
    monkeypatch.setattr(candidates, "LEAST_LIMIT", 4)
    world = World(tmp_path / "site", seed)
    done: list[str] = []
    seen = set()
    for number in range(STEPS):
        for _ in range(world.drawn.randint(1, 3)):
            done.append(world.step())
        if world.drawn.random() < 0.2:
            continue
        fresh = tmp_path / f"fresh{number}"
        shutil.copytree(world.folder, fresh, ignore=shutil.ignore_patterns(".blogq"))
        expected = told(fresh)
        shutil.rmtree(fresh)
        assert told(world.folder) == expected, done
        assert told(world.folder) == expected, (done, "asked again")
        seen.add(expected)
    assert any('"OR001"' in each or '"OR002"' in each for each in seen)
