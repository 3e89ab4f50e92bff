"""The site in memory is what a build makes of the same sources, byte for byte, after every kind of edit.

But for fingerprints in the URLs of static files, which the preview leaves out.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from blogq.build import Request, build
from blogq.live.site import LiveSite

NOW = 1_767_268_800
"""1 January 2026, 12:00 UTC."""
EXAMPLE = Path(__file__).parents[2] / "example-site"
FINGERPRINT = re.compile(rb"\.[0-9a-f]{8}(\.(?:css|js|svg|png|ico|woff2|webmanifest)\b)")


class Both:
    """A site that is built and previewed."""

    def __init__(self, root: Path, drafts: bool = True) -> None:
        self.root = root
        self.drafts = drafts
        self.live = LiveSite(root, {}, drafts, NOW, 1)

    def built(self) -> dict[str, bytes]:
        output = self.root / "_site"
        shown = {"drafts": True, "future": True} if self.drafts else {}
        result = build(Request(self.root, NOW, output, shown, 1, True))
        assert result.written
        return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}

    def compare(self, what: object = "") -> None:
        """Demand that every output is there, and nothing else."""
        built = self.built()
        state = self.live.state
        for job in state.arranged.plan.jobs:
            answer = self.live.answer(job.url)
            assert answer.body == FINGERPRINT.sub(rb"\1", built.pop(job.path)), (what, job.url)
            assert answer.status == 200
        for url in state.copies:
            load = self.live.answer(url).load
            assert load is not None
            if url[1:] in built:
                with load().file as file:
                    assert file.read() == built.pop(url[1:]), (what, url)
        # What is left are copies under fingerprinted names.
        assert {FINGERPRINT.sub(rb"\1", f"/{path}".encode()).decode() for path in built} <= set(state.copies), what


@pytest.fixture
def example(tmp_path: Path) -> Both:
    root = tmp_path / "site"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_site", ".blogq"))
    return Both(root)


def test_the_example_is_what_a_build_makes(example: Both) -> None:
    example.built()
    # What builds have made of its images is known from then on.
    Both(example.root).compare()


def test_so_it_is_without_drafts(example: Both) -> None:
    example.built()
    Both(example.root, drafts=False).compare()


SITE = {
    "blogq.yaml": "title: Blog\nbase_url: https://blog.example/sub/\nposts_json: full\n",
    "content/about.md": "---\ntitle: About\nmenu: main\n---\nAbout [one](posts/p0.md).\n",
    "content/posts/_index.md": "---\ntitle: All posts\n---\nOf posts.\n",
    "static/site.css": "p{}\n",
    "data/team.yaml": "- Ann\n",
    "shortcodes/said.html": "<q>{{ call.args[0] }}</q>\n",
    "templates/partials/own.html": "{{ data.team|join(',') }} <link href={{ asset('site.css') }}>\n",
    "templates/post.html": '{% extends "post.html" %}{% block footer %}'
    '{% include "partials/own.html" %}{% endblock %}\n',
}


class Edits:
    """Random edits of a site; each returns the paths that an editor would have touched."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.count = 0
        for path, text in SITE.items():
            self.write(path, text)
        for number in range(6):
            self.write(f"content/posts/p{number}.md", self.post(number))

    def write(self, path: str, text: str) -> list[str]:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return [str(target)]

    def post(self, number: int, title: str = "", more: str = "", text: str = "") -> str:
        day = 1 + number % 27
        head = f"title: {title or f'Post {number}'}\ndate: 2025-11-{day:02}\ntags: [t{number % 3}]\n{more}"
        return f"---\n{head}---\n{text or f'Words of {number}.'}\n\nSee [that](p{(number + 1) % 6}.md).\n"

    def some(self) -> int:
        posts = sorted((self.root / "content/posts").glob("p*.md"))
        return int(self.random.choice(posts).stem[1:])

    def text(self) -> list[str]:
        number = self.some()
        return self.write(f"content/posts/p{number}.md", self.post(number, text=f"Edit {self.count}."))

    def links(self) -> list[str]:
        number = self.some()
        text = f"To [x](p{self.some()}.md) and [about](../about.md). " + '{{< said "so" >}} ' * self.random.randint(
            0, 2
        )
        return self.write(f"content/posts/p{number}.md", self.post(number, text=text))

    def front_matter(self) -> list[str]:
        number = self.some()
        more = self.random.choice(
            ["draft: true\n", "weight: 3\n", f"slug: s{number}\n", "aliases: [/old/]\n", "series: One\n",
             "authors: [Ann]\n", "pinned: true\n", "date: 2027-01-01\n".replace("date", "updated"), "menu: main\n"]
        )  # fmt: skip
        return self.write(f"content/posts/p{number}.md", self.post(number, f"Title {self.count}", more))

    def new(self) -> list[str]:
        number = 6 + self.count
        return self.write(f"content/posts/p{number}.md", self.post(number))

    def gone(self) -> list[str]:
        path = self.root / f"content/posts/p{self.some()}.md"
        if len(list(path.parent.glob("p*.md"))) > 3:
            path.unlink()
        return [str(path)]

    def renamed(self) -> list[str]:
        path = self.root / f"content/posts/p{self.some()}.md"
        target = path.with_name(f"p{100 + self.count}.md")
        path.rename(target)
        return [str(path), str(target)]

    def section(self) -> list[str]:
        cascade = self.random.choice(["", "cascade:\n  tags: [from-above]\n", "cascade:\n  draft: true\n"])
        return self.write("content/posts/_index.md", f"---\ntitle: Posts {self.count}\n{cascade}---\nText.\n")

    def template(self) -> list[str]:
        return self.write("templates/partials/own.html", f"{self.count} {SITE['templates/partials/own.html']}")

    def shortcode(self) -> list[str]:
        return self.write("shortcodes/said.html", f"<q>{self.count} {{{{ call.args[0] }}}}</q>\n")

    def static(self) -> list[str]:
        return [*self.write("static/site.css", f"p{{order:{self.count}}}\n"), *self.write("static/n.txt", "x")]

    def data(self) -> list[str]:
        return self.write("data/team.yaml", f"- Ann\n- B{self.count}\n")

    def config(self) -> list[str]:
        title = self.random.choice(["pagination: {size: 3}", "language: de", "date_format: short", "urls: html"])
        return self.write("blogq.yaml", f"{SITE['blogq.yaml']}{title}\n")

    def apply(self) -> tuple[str, list[str]]:
        self.count += 1
        kinds: list[Callable[[], list[str]]] = [
            *(self.text, self.text, self.links, self.front_matter, self.new, self.gone, self.renamed),
            *(self.section, self.template, self.shortcode, self.static, self.data, self.config),
        ]
        kind = self.random.choice(kinds)
        return kind.__name__, kind()


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_it_is_what_a_build_makes(tmp_path: Path, seed: int) -> None:
    edits = Edits(tmp_path, seed)
    both = Both(tmp_path)
    both.compare("at first")
    for _ in range(25):
        name, paths = edits.apply()
        # Pages that were looked at are kept, so those that aren't fresh are noticed.
        both.live.update(set(paths))
        both.compare((name, paths))


def test_an_edit_of_a_text_names_the_pages_that_show_it(tmp_path: Path) -> None:
    edits = Edits(tmp_path, 0)
    live = LiveSite(tmp_path, {"related": 0}, True, NOW, 1)
    change = live.update(edits.write("content/posts/p1.md", edits.post(1, text="Another beginning.")))
    assert change.urls is not None
    assert {"/sub/posts/p1/", "/sub/posts/", "/sub/", "/sub/feed.xml"} <= change.urls
    assert change.edited == "/sub/posts/p1/"
    assert "/sub/posts/p2/" not in change.urls
    assert live.update(edits.write("content/posts/p1.md", edits.post(1, text="Another beginning."))).is_nothing
    assert live.update(None).is_nothing


def test_only_what_is_asked_for_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from blogq.render.page import Renderer

    Edits(tmp_path, 0)
    live = LiveSite(tmp_path, {}, True, NOW, 1)
    rendered: list[str] = []
    really = Renderer.render
    monkeypatch.setattr(Renderer, "render", lambda self, job: rendered.append(job.url) or really(self, job))
    live.answer("/posts/p1/")
    live.answer("/posts/p1/")
    live.answer("/site.css")
    assert rendered == ["/posts/p1/"]


def test_a_broken_post_stays_as_it_was_even_through_a_full_reading(tmp_path: Path) -> None:
    edits = Edits(tmp_path, 0)
    live = LiveSite(tmp_path, {}, True, NOW, 1)
    paths = edits.write("content/posts/p1.md", "---\ntitle: [\n---\n")
    live.update(paths)
    # Enough at once to go through the store, where the broken one is nothing.
    for number in range(300):
        edits.write(f"content/many/m{number}.md", edits.post(number))
    live.update(None)
    answer = live.answer("/posts/p1/")
    assert b"Words of 1." in answer.body
    assert [each.span.path for each in answer.findings if each.severity == "error"] == ["content/posts/p1.md"]
    live.update(edits.write("content/posts/p1.md", edits.post(1, text="Mended.")))
    answer = live.answer("/posts/p1/")
    assert b"Mended." in answer.body and not [each for each in answer.findings if each.severity == "error"]


def test_records_in_memory_are_forgotten_with_their_texts(tmp_path: Path) -> None:
    edits = Edits(tmp_path, 0)
    live = LiveSite(tmp_path, {}, True, NOW, 1)
    for turn in range(1500):
        live.update(edits.write("content/posts/p1.md", edits.post(1, text=f"Turn {turn}.")))
        live.answer("/posts/p1/")
    assert len(live.reader.shelf.own) < 600
    assert len(live.renderings._pages) <= 256


def test_a_request_that_began_before_an_edit_gets_the_page_of_its_url(tmp_path: Path) -> None:
    """Sources that come before it move a post to another place in the plan."""
    edits = Edits(tmp_path, 0)
    live = LiveSite(tmp_path, {}, True, NOW, 1)
    before = live.state.jobs["/posts/p3/"]
    live.update(edits.write("content/posts/a-new-one.md", edits.post(1, "New", text="Words of the new one.")))
    assert live.state.jobs["/posts/p3/"].subject != before.subject
    made = live.renderings.page(before).data or b""
    assert b"Words of 3." in made
    assert b"Words of 3." in live.answer("/posts/p3/").body
    gone = live.state.jobs["/posts/a-new-one/"]
    (tmp_path / "content/posts/a-new-one.md").unlink()
    live.update(None)
    assert live.renderings.page(gone) == (None, None, 0)
