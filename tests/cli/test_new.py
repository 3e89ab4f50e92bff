"""`blogq new`: a sound file in the right place, whatever the title, and as the blog's other posts are."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sessions import check, run, write

from blogq.build import Request, build
from blogq.cli import cli
from blogq.config.load import load_config
from blogq.content.front_matter import FrontMatter, read_front_matter
from blogq.content.name import read_name
from blogq.listing import list_sources
from blogq.start.header import STYLES, changed, one_line, written
from blogq.start.post import Made, Wish, make_post, slug_of

TAXONOMIES = ("tags", "categories", "authors", "series")
NOW = 1_780_300_800
"""1 June 2026, 08:00 UTC."""
CONFIG = "title: T\nbase_url: https://blog.example/\ntimezone: Asia/Tokyo\n"
POST = "---\ntitle: {0}\ndate: 2026-01-0{1}\n---\nText.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", {"blogq.yaml": CONFIG})


def new(site: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `blogq new`; return exit code, stdout and stderr."""
    told = CliRunner().invoke(cli, ["new", "--site", str(site), "--now", "2026-06-01T08:00Z", *arguments])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.stdout, told.stderr


def made(site: Path, *arguments: str) -> str:
    """Return the path of what `blogq new` made, relative to the site."""
    code, out, err = new(site, *arguments)
    assert code == 0, err
    return Path(out.removesuffix("\n")).relative_to(site).as_posix()


def front(path: Path) -> FrontMatter:
    found, _, _, findings = read_front_matter(path.read_text("utf-8"), path.name, taxonomies=TAXONOMIES, zone=UTC)
    assert [each for each in findings if each.severity != "note"] == []
    return found


# Titles.

TITLES = [
    "Plain", 'With "quotes" and \'others\'', "A: colon, a #hash - and more", "- dash", "? mark", "[x]: y", "{a}",
    "../../etc/passwd", "/absolute", "C:\\path", "日本語の題", "Ελληνικά", "مرحبا بالعالم", "🎉 Party 🎉", "x" * 300,
    "word " * 100, "index", "_index", "CON", "nul.txt", "2024-05-01 notes", "2024-05-01", "Hello.es", "true", "null",
    "3.10", "~", "...", "-", "%20", "a\nb", "tab\there", "{{ date }}", "{{ title }}", "`code` & <b>", "404", "\u200b",
    "Σίσυφος: ὁ μῦθος", "don't", "“curly”", "a  b", "!important", "&anchor", "*alias", "@at", "|", ">", "!!str x",
    "draft", "static", "node_modules", ".hidden", "end~", "x.swp", "x.tmp", "a/b/c", "...md", "e\u0301", "\ufeffmark",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("archetype", [False, True], ids=["without", "with an archetype"])
def test_any_title_makes_a_file_that_says_it(site: Path, title: str, archetype: bool) -> None:
    if archetype:
        write(site, {"archetypes/post.md": "---\ntitle: {{ title }}\ndate: {{ date }}\n---\n"})
    path = made(site, "--", title)
    assert path.startswith(("content/posts/", "posts/"))
    assert path.count("/") == (2 if path.startswith("content") else 1)
    assert front(site / path).title == one_line(title)
    (row,) = list_sources(site, NOW)[0]
    assert (row.path, row.status, row.kind, row.language) == (path, "draft", "post", "en")
    assert row.url and row.url != "/posts/"
    if archetype:
        return
    result = build(Request(site, NOW, jobs=1, overrides={"drafts": True}))
    assert result.written and result.posts == 1
    assert [each.message for each in result.findings if each.severity != "note"] == []


@settings(max_examples=150, deadline=None)
@given(title=st.text(min_size=1, max_size=400))
def test_slugs_are_short_and_never_empty(title: str) -> None:
    slug = slug_of(title)
    assert slug and len(slug) <= 80 and len(slug.encode()) <= 180
    assert not {"/", "\0", "\\"} & set(slug)
    assert slug.strip("-.") == slug


@settings(max_examples=300, deadline=None)
@given(
    style=st.sampled_from(STYLES),
    title=st.text(min_size=1, max_size=60),
    tags=st.lists(st.text(alphabet=st.characters(exclude_characters=",;"), min_size=1, max_size=8), max_size=3),
)
def test_front_matter_is_read_back_as_it_was(style: str, title: str, tags: list[str]) -> None:
    title = one_line(title) or "x"
    labels = tuple(dict.fromkeys(label for tag in tags if (label := one_line(tag))))
    text = written(style, {"title": title, "draft": True, **({"tags": labels} if labels else {})}) + "\nText.\n"
    found, body, _, findings = read_front_matter(text, "x.md", taxonomies=TAXONOMIES, zone=UTC)
    assert [each for each in findings if each.severity == "error"] == []
    assert (found.title, found.draft, found.style) == (title, True, style)
    if style != "pelican":
        assert dict(found.terms).get("tags", ()) == labels
    assert text[body:].strip() == "Text."


@pytest.mark.parametrize("title", ["", "  ", "\n", "\x00\x01"])
def test_a_title_that_says_nothing_is_refused(site: Path, title: str) -> None:
    code, out, err = new(site, title)
    assert (code, out) == (2, "")
    assert "at least one character" in err
    assert [path.name for path in site.iterdir()] == ["blogq.yaml"]


# As the blog does it.


def test_only_the_path_goes_to_stdout(site: Path) -> None:
    (site / "content").mkdir()
    code, out, err = new(site, "A title", "--tags", "a, b")
    assert (code, out) == (0, f"{site}/content/posts/a-title.md\n")
    assert "draft" in err
    assert (site / "content" / "posts" / "a-title.md").read_text() == (
        "---\ntitle: A title\ndate: 2026-06-01\ndraft: true\ntags: [a, b]\n---\n\n"
    )


def test_session(tmp_path: Path) -> None:
    write(tmp_path, {"blogq.yaml": CONFIG, "content/posts/one.md": POST.format("One", 1)})
    now = "--now 2026-06-01"
    told = [
        run(tmp_path, f"new {command} {now}")
        for command in (
            '"A pump that will not stop"', '"A pump that will not stop"', '"About" --page', '"One"', '"X" --kind pots',
            '"Two" --section pots', '"Three" --section ../x', '"Four" --date tomorrow',
        )
    ]  # fmt: skip
    told.append((tmp_path / "content/posts/a-pump-that-will-not-stop.md").read_text())
    check("new", "\n".join(told))


def test_the_day_is_that_of_the_site(site: Path) -> None:
    """At 20:00 UTC it is the next day in Tokyo."""
    told = CliRunner().invoke(cli, ["new", "X", "--site", str(site), "--now", "2026-06-01T20:00Z"])
    assert "date: 2026-06-02\n" in Path(told.stdout.strip()).read_text()


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"content/about.md": "# About\n"}, "content/posts/new.md"),
        ({"about.md": "# About\n"}, "posts/new.md"),
        ({"content/blog/a.md": POST.format("A", 1)}, "content/blog/new.md"),
        ({"content/a.md": POST.format("A", 1)}, "content/new.md"),
        ({"_posts/2026-01-01-a.md": POST.format("A", 1)}, "_posts/2026-06-01-new.md"),
        ({"content/posts/2026-01-01-a.md": "# A\n"}, "content/posts/2026-06-01-new.md"),
        ({"content/posts/a/index.md": POST.format("A", 1)}, "content/posts/new/index.md"),
        ({"content/posts/2026/01/a.md": POST.format("A", 1)}, "content/posts/2026/06/new.md"),
        ({"content/posts/a.markdown": POST.format("A", 1)}, "content/posts/new.markdown"),
        (
            {
                "content/notes/a.md": POST.format("A", 1),
                "content/posts/b.md": POST.format("B", 2),
                "content/posts/c.md": POST.format("C", 3),
            },
            "content/posts/new.md",
        ),
        (
            {"content/posts/2026-01-01-a/index.md": "# A\n", "content/posts/_index.md": "# All\n"},
            "content/posts/2026-06-01-new/index.md",
        ),
    ],
)
def test_new_posts_go_where_posts_are(site: Path, files: dict[str, str], path: str) -> None:
    write(site, files)
    assert made(site, "New") == path


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ("+++\ntitle = 'A'\ndate = 2026-01-01\n+++\n", '+++\ntitle = "New"\ndate = 2026-06-01\ndraft = true\n+++\n\n'),
        (
            '{"title": "A", "date": "2026-01-01"}\n',
            '{\n  "title": "New",\n  "date": "2026-06-01",\n  "draft": true\n}\n\n',
        ),
        ("Title: A\nDate: 2026-01-01\n\nText.\n", "Title: New\nDate: 2026-06-01\nStatus: draft\n\n"),
        (
            "---\ntitle: A\ndate: 2026-01-01 10:00\nauthor: Jo\n---\n",
            "---\ntitle: New\ndate: 2026-06-01 17:00:00 +09:00\ndraft: true\nauthor: me\n---\n\n",
        ),
    ],
    ids=["toml", "json", "pelican", "yaml with time and author"],
)
def test_front_matter_is_as_in_other_posts(site: Path, others: str, text: str) -> None:
    write(site, {"blogq.yaml": CONFIG + "author: me\nauthors: {me: Me}\n", "content/posts/a.md": others})
    path = site / made(site, "New")
    assert path.read_text() == text
    assert (front(path).title, front(path).draft) == ("New", True)


def test_pages_sections_bundles_and_languages(site: Path) -> None:
    write(site, {"content/posts/2026-01-01-a-pump.md": POST.format("A pump", 1), "content/about.md": "# About\n"})
    assert made(site, "Contact", "--page") == "content/contact.md"
    assert "date" not in (site / "content" / "contact.md").read_text()
    assert made(site, "Deep", "--page", "--section", "docs/more") == "content/docs/more/deep.md"
    assert made(site, "With pictures", "--bundle") == "content/posts/2026-06-01-with-pictures/index.md"
    assert made(site, "Here", "--section", "content/notes/") == "content/notes/2026-06-01-here.md"
    write(site, {"content/posts/b.md": POST.format("B", 2), "content/posts/2026-01-01-c.md": POST.format("C", 3)})
    assert made(site, "Neu", "--lang", "de") == "content/posts/2026-06-01-neu.de.md"
    assert made(site, "Same", "--lang", "en") == "content/posts/2026-06-01-same.md"
    # A translation has the name of its original, date and all.
    assert made(site, "La bomba", "--lang", "es", "--slug", "a-pump") == "content/posts/2026-01-01-a-pump.es.md"
    code, _, err = new(site, "X", "--lang", "klingon")
    assert code == 2 and "no language tag" in err


def test_a_date_of_ones_own(site: Path) -> None:
    assert front(site / made(site, "A", "--date", "2026-07-01")).date == (1_782_864_000, 0, False)
    text = (site / made(site, "B", "--date", "2026-07-01 10:30")).read_text()
    assert "date: 2026-07-01 10:30:00 +09:00\n" in text


def test_nothing_is_written_over(site: Path) -> None:
    write(site, {"content/posts/one.md": POST.format("One", 1), "content/posts/two/index.md": POST.format("Two", 2)})
    before = {path: path.read_text() for path in site.rglob("*.md")}
    for title, there in (("One", "posts/one.md"), ("ONE!", "posts/one.md"), ("Two", "posts/two/index.md")):
        code, out, err = new(site, title)
        assert (code, out) == (2, "")
        assert f"content/{there}" in err and "--slug" in err
    assert {path: path.read_text() for path in site.rglob("*.md")} == before
    assert made(site, "One", "--slug", "another-one") == "content/posts/another-one.md"


@pytest.mark.parametrize("section", ["../x", "/etc", "a/../../x", "a\\b", "x/./y", "a//../b", "\x1b[31m"])
def test_sections_that_lead_elsewhere(site: Path, section: str) -> None:
    (site / "content").mkdir()
    code, out, _ = new(site, "X", "--section", section)
    assert (code, out) == (2, "")
    assert list((site / "content").iterdir()) == []


def test_a_section_that_is_a_link_out_of_the_site(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content").mkdir()
    (site / "content" / "posts").symlink_to(tmp_path / "elsewhere")
    code, _, err = new(site, "X")
    assert code == 2 and "no folder of the site" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_place_that_builds_pass_over(site: Path) -> None:
    write(site, {"blogq.yaml": CONFIG + "ignore: [drafts/**]\n", "content/a.md": "# A\n"})
    code, _, err = new(site, "X", "--section", "drafts")
    assert code == 2 and "'drafts/**' in `ignore`" in err


def test_outside_of_the_sites_folder(site: Path, tmp_path: Path) -> None:
    write(site, {"content/posts/a.md": POST.format("A", 1)})
    told = run(site / "content" / "posts", "new X")
    assert told.endswith("--- exit code 2\n") and "add --site ../.." in told


def test_with_a_broken_config_nothing_is_made(site: Path) -> None:
    write(site, {"blogq.yaml": "timezone: Nowhere\n"})
    code, out, err = new(site, "X")
    assert (code, out) == (2, "") and "blogq.yaml:1" in err


# Archetypes.


def test_an_archetype_is_filled_in(site: Path) -> None:
    write(
        site,
        {
            "archetypes/review.md": (
                "---\n# What I read\ntitle: 'Review: {{ title }}'\ndate: {{date}}\nslug: {{ slug }}\n"
                'author: "{{ author }}"\ntags: [books, "{{ slug }}"]\nrating: 3   # of 5\n---\n'
                "# {{ title }}\n\n{{< youtube x >}} and {{ page.title }}\n"
            ),
            "blogq.yaml": CONFIG + "author: me\n",
        },
    )
    code, out, err = new(site, 'A "book": one', "--kind", "review", "--tags", "new")
    assert code == 0
    text = Path(out.strip()).read_text()
    assert 'title: "Review: A \\"book\\": one"\n' in text
    assert "# What I read\n" in text and "rating: 3   # of 5\n" in text
    assert '# A "book": one\n\n{{< youtube x >}} and {{ page.title }}\n' in text
    found = front(Path(out.strip()))
    assert (found.title, found.slug, found.draft) == ('Review: A "book": one', "a-book-one", True)
    assert dict(found.terms) == {"tags": ("books", "a-book-one", "new"), "authors": ("me",)}
    assert "archetypes/review.md:12:23: note AR102: {{ page.title }} is no placeholder, so it stays as it is" in err


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = \"{{ title }}\"\ndate = {{ date }}\ntags = [\n  'a',\n  'b',\n]\n[extra]\nx = 1\n+++\n",
        '{\n  "title": "{{ title }}",\n  "date": "{{ date }}",\n  "tags": ["a", "b"],\n  "x": {"y": 1}\n}\n',
        "---\ntitle: {{ title }}\ntags:\n  - a\n  - b\ndate: {{ date }}\n---\n",
        "---\ntags:\n- a\n- b\n\ntitle: >-\n  {{ title }}\n---\n",
        "---\ntitle:\ndate:\ndraft: false\ntags: a, b\n---\n",
        "Title: {{ title }}\nDate: {{ date }}\nTags: a, b\n\n",
    ],
)
def test_archetypes_in_any_syntax(site: Path, text: str) -> None:
    write(site, {"archetypes/post.md": text + "Text about {{ title }}.\n"})
    found = front(site / (path := made(site, 'Say "x" \\ y', "--tags", "b,c")))
    assert (found.title, dict(found.terms)["tags"]) == ('Say "x" \\ y', ("a", "b", "c"))
    assert found.date is not None and found.date.seconds == 1_780_272_000
    assert found.draft is ("draft: false" not in text)
    assert 'Text about Say "x" \\ y.' in (site / path).read_text()


def test_an_archetype_without_front_matter(site: Path) -> None:
    write(site, {"archetypes/post.md": "## What happened\n\n## What I learned\n"})
    text = (site / made(site, "X")).read_text()
    assert text == ("---\ntitle: X\ndate: 2026-06-01\ndraft: true\n---\n\n## What happened\n\n## What I learned\n")


def test_an_archetype_that_is_a_folder(site: Path) -> None:
    write(site, {"archetypes/photo/index.md": "---\ntitle: {{ title }}\n---\n", "archetypes/photo/in/a.svg": "<svg/>"})
    assert made(site, "Hills", "--kind", "photo") == "posts/hills/index.md"
    assert (site / "posts" / "hills" / "in" / "a.svg").read_text() == "<svg/>"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"archetypes/post.md": "---\ntitle: {{ titel }}\n---\n"}, "did you mean {{ title }}?"),
        ({"archetypes/post.md": "---\ntitle: {{ .Title }}\n---\n"}, "did you mean {{ title }}?"),
        ({"archetypes/post.md": "---\ntitle: {{ 7*7 }}\n---\n"}, "nothing else is evaluated"),
        ({"archetypes/post.md": "---\ntitle: {{ title }}\ndate: never\n---\n"}, "archetypes/post.md:3"),
        ({"archetypes/post.md": "---\ntitle: [{{ title }}\n---\n"}, "archetypes/post.md"),
        ({"archetypes/post/a.svg": "x"}, "needs an index.md"),
    ],
)
def test_archetypes_that_are_wrong(site: Path, files: dict[str, str], says: str) -> None:
    write(site, files)
    code, out, err = new(site, "X")
    assert (code, out) == (2, "") and says in err
    assert not (site / "posts").exists()


def test_an_archetype_that_is_not_there(site: Path) -> None:
    write(site, {"archetypes/review.md": "---\ntitle: {{ title }}\n---\n"})
    code, _, err = new(site, "X", "--kind", "reveiw")
    assert code == 2 and "did you mean 'review'?" in err


def test_a_key_changes_in_its_place() -> None:
    text = "---\na: 1\ntags:\n  - x\n  # a comment\n  - y\nb: 2\n---\nText.\n"
    assert changed(text, "tags", ("z",), TAXONOMIES) == "---\na: 1\ntags: [z]\nb: 2\n---\nText.\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: One\n---\nText.\n",
        "---\ntitle: One\n# c\n---\n",
        '+++\ntitle = "One"\n[extra]\na = 1\n+++\nText.\n',
        '{"title": "One"}\nText.\n',
        "Title: One\nDate: 2024-01-05\n\nText.\n",
        "Title: One\n\nText.\n",
        "\ntitle: One\nsummary: a\n    and b\n\nText.\n",
        "Title: One\nslug: x\n---\n\nText.\n",
        "Title: One\nDate: 2024-01-05",
    ],
)
def test_a_new_key_leaves_the_others_what_they_are(text: str) -> None:
    before, start, _, _ = read_front_matter(text, "a.md", taxonomies=TAXONOMIES, zone=UTC)
    more = changed(changed(text, "permalink", "/x/", TAXONOMIES), "tags", ("z",), TAXONOMIES)
    after, body, _, findings = read_front_matter(more, "a.md", taxonomies=TAXONOMIES, zone=UTC)
    assert not findings and after.title == "One" and more[body:] == text[start:]
    assert (after.permalink, after.terms, after.date) == ("/x/", (("tags", ("z",)),), before.date)


# Editors, authors.


def test_the_editor_opens_it(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    script = (
        write(tmp_path, {"editor.py": f"import sys; open({str(log)!r}, 'w').write(repr(sys.argv[1:]))"}) / "editor.py"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}' --wait")
    path = made(site, "X; touch gone", "--edit")
    assert log.read_text() == repr(["--wait", str(site / path)])
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    code, out, err = new(site, "Y", "--edit")
    assert (code, out) == (2, "") and "EDITOR" in err
    assert not (site / "posts" / "y.md").exists()


def test_of_several_authors_git_says_who_writes(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "gitconfig").write_text("[user]\nname = Owen T\nemail = OWEN@blog.example\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    authors = "authors:\n  nuria: Nuria\n  owen: {name: Owen, email: owen@blog.example}\n"
    write(site, {"blogq.yaml": CONFIG + authors})
    assert "author: owen\n" in (site / made(site, "X")).read_text()


def test_in_a_folder_of_ten_thousand_it_looks_at_a_few(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, {f"content/posts/p{number}.md": POST.format(number, 1) for number in range(200)})
    read: list[str] = []
    real = read_front_matter

    def counting(text: str, path: str, **more: object) -> object:
        read.append(path)
        return real(text, path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("blogq.content.front_matter.read_front_matter", counting)
    found = make_post(site, load_config(site).config, Wish("X", NOW))
    assert isinstance(found, Made) and len(read) < 70


def test_in_a_fresh_checkout_all_folders_are_looked_at(site: Path) -> None:
    """All files are of one moment; the folder with the most posts is found though another comes first by name."""
    write(site, {f"content/a/p{number}.md": POST.format(number, 1) for number in range(80)})
    write(site, {f"content/b/p{number}.md": POST.format(number, 1) for number in range(200)})
    write(site, {f"content/z/p{number}.md": POST.format(number, 1) for number in range(70)})
    assert made(site, "X") == "content/b/x.md"
    for number in range(61):
        os.utime(site / "content" / "z" / f"p{number}.md", (NOW * 2, NOW * 2))
    assert made(site, "Y") == "content/z/y.md"


def test_a_shell_can_open_it(site: Path) -> None:
    command = f'cat "$({sys.executable} -m blogq new --site {site} "A title")"'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert "title: A title\n" in done.stdout


def test_names_are_read_as_they_were_meant() -> None:
    assert read_name("posts/about-node-es.md").language == ""
    assert slug_of("About node.es") == "about-node.es"
    assert slug_of("Über … Pumpen.") == "über-pumpen"
