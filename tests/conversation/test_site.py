"""A site with a conversation, from its files to its pages, its inbox and its verdict."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from talking_sites import JANUARY, say, write_site
from wordpress_export import EXPORT, entry

from blogq.build import Request, build
from blogq.cli import cli
from blogq.gate import Ask, run_gate
from blogq.listing import survey
from blogq.talking import hear

NOW = JANUARY + 60 * 86_400
FOLDER: dict[str, Any] = {"comments": {"sources": ["comments"]}}
NURIA = {"nuria": {"name": "Núria", "email": "nuria@example.org", "profiles": ["https://m.example/@nuria"]}}


def page(site: Path, slug: str = "one") -> str:
    result = build(Request(site, NOW, jobs=1))
    assert result.written, result.findings
    return (site / f"_site/posts/{slug}/index.html").read_text()


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, [*arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def waiting(site: Path) -> list[str]:
    told = json.loads(run("inbox", "--site", str(site), "--now", "2026-03-02", "--json"))
    return [each["id"] for each in told["waiting"]]


@pytest.mark.parametrize(
    "post",
    [
        *("one", "posts/one", "/blog/posts/one/", "/posts/one/", "https://old.example/posts/one/?a#b"),
        *("/posts/one/index.html", "/posts/one.html", "/2019/the-first/", "content/elsewhere/one"),
    ],
)
def test_a_comment_finds_its_post(tmp_path: Path, post: str) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    source = site / "content/posts/one.md"
    source.write_text(source.read_text().replace("date:", "aliases: [/2019/the-first/]\ndate:"))
    say(site, "x", "1", post=post, message="Found it")
    assert "Found it" in page(site)


def test_a_comment_on_no_post_is_named_and_the_site_is_built(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    say(site, "gone", "1")
    say(site, "", "2")
    result = build(Request(site, NOW, jobs=1))
    assert result.written
    assert [each.message for each in result.findings if each.code == "CM103"] == [
        "2 comments in it are on posts that aren't on this site: '', 'gone'"
    ]


def test_no_address_is_anywhere_in_the_output_or_the_store(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {**FOLDER, "authors": NURIA})
    digest = hashlib.md5(b"ann@example.com").hexdigest()
    say(site, "one", "1", email="ann@example.com", message="Why?")
    say(site, "one", "2", email=digest)
    page(site)
    made = [*(site / "_site").rglob("*"), *(site / ".blogq").rglob("*")]
    for path in (each for each in made if each.is_file()):
        assert b"ann@example.com" not in path.read_bytes(), path
        assert digest.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("folder", ["static/talk", "assets", "static/all.json"])
def test_comments_where_they_would_be_published_raw_are_an_error(tmp_path: Path, folder: str) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": [folder]}})
    file = site / folder if folder.endswith(".json") else site / folder / "one/1.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"message": "Why?", "post": "one", "email": "ann@example.com"}))
    result = build(Request(site, NOW, jobs=1))
    assert not result.written
    assert [each.code for each in result.findings if each.severity == "error"] == ["CM104"]


@pytest.mark.parametrize(
    ("more", "owner"),
    [
        ({"email": "Nuria@Example.org "}, True),
        ({"email": hashlib.md5(b"nuria@example.org").hexdigest()}, True),
        ({"email": hashlib.sha256(b"nuria@example.org").hexdigest().upper()}, True),
        ({"owner": True}, True),
        ({"name": "The desk"}, True),
        ({"name": "Núria"}, False),
        ({"url": "https://m.example/@nuria"}, False),
        ({"url": "https://www.m.example/@Nuria/", "kind": "mastodon"}, True),
        ({"email": "ann@example.com"}, False),
    ],
)
def test_whose_a_comment_is(tmp_path: Path, more: dict[str, Any], owner: bool) -> None:
    """An address that anybody can type into a form proves nothing, nor does a name unless config says so."""
    site = write_site(
        tmp_path / "site", {"comments": {"sources": ["comments"], "owners": ["The Desk"]}, "authors": NURIA}
    )
    say(site, "one", "1", **more)
    assert ("by-owner" in page(site)) == owner


def test_what_waits_for_approval_is_not_shown_and_not_in_the_inbox(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": ["comments"], "moderation": True}})
    say(site, "one", "1", message="Not yet")
    say(site, "one", "2", message="At once", approved=True)
    text = page(site)
    assert "At once" in text
    assert "Not yet" not in text
    assert waiting(site) == ["2"]
    listed = run("comments", "moderate", "--site", str(site))
    assert "Not yet" in listed
    assert "1 comment to approve" in listed
    run("comments", "moderate", "--site", str(site), "--approve", "1")
    assert "Not yet" in page(site)
    assert waiting(site) == ["1", "2"]


def test_a_comment_that_is_rejected_is_moved_away(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": ["comments"], "moderation": True}})
    file = say(site, "one", "1")
    run("comments", "moderate", "--site", str(site), "--reject", "1")
    assert not file.exists()
    assert (site / ".blogq/aside/comments/1.json").exists()
    assert "no comment" in run("comments", "moderate", "--site", str(site), "--approve", "1", code=2)


@pytest.mark.parametrize(
    "text", ["message: Why?\n", "---\nmessage: Why?\n", "message: Why?\napproved: false\nname: A\n"]
)
def test_approving_a_yaml_file_changes_a_line_of_it(tmp_path: Path, text: str) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": ["comments"], "moderation": True}})
    (site / "comments/one").mkdir(parents=True)
    (site / "comments/one/1.yml").write_text(text)
    run("comments", "moderate", "--site", str(site), "--approve", "1")
    assert "Why?" in page(site)
    assert set(text.split("\n")) - {"approved: false"} <= set((site / "comments/one/1.yml").read_text().split("\n"))


def test_the_inbox_is_in_order_and_ends_with_the_answer(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {**FOLDER, "authors": NURIA})
    say(site, "two", "1", date="2026-02-20T00:00:00Z")
    say(site, "one", "2", date="2026-02-10T00:00:00Z", name="Ann", message="**Why**\n\nnot?")
    told = run("inbox", "--site", str(site), "--now", "2026-03-02")
    assert told.splitlines()[:3] == [
        "   20 days  Ann, at Post one (content/posts/one.md)",
        "            Why not?",
        "            https://example.org/blog/posts/one/#comment-2",
    ]
    assert told.splitlines()[-1] == ("2 comments at 2 posts wait for an answer, 2 of them longer than 72 hours.")
    assert waiting(site) == ["2", "1"]
    say(site, "one", "3", date="2026-03-01T00:00:00Z", replying_to="2", email="nuria@example.org")
    assert waiting(site) == ["1"]
    assert 'id="comment-3"' in page(site)


def test_the_inbox_s_json_is_as_its_schema_says(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    say(site, "one", "1", name="\x1b[31mAnn", message="a\u202eb")
    say(site, "one", "2", date="some day")
    text = run("inbox", "--site", str(site), "--now", "2026-03-02", "--json")
    schema = json.loads((Path(__file__).parents[2] / "docs/static/inbox.schema.json").read_text())
    jsonschema.validate(json.loads(text), schema)
    assert json.loads(text)["waiting"][0]["created"] is None
    assert "\x1b" not in run("inbox", "--site", str(site), "--now", "2026-03-02")


LOADED = """\
import sys
from pathlib import Path
from blogq.build import Request, build
from blogq.gate import Ask, run_gate
site = Path(sys.argv[1])
assert build(Request(site, int(sys.argv[2]), jobs=1)).written
run_gate(Ask(site, int(sys.argv[2]), jobs=1))
names = ("blogq.conversation", "blogq.talking", "blogq.config.conversation", "blogq.plan.comment", "nh3")
print(*(name for name in sys.modules if name.startswith(names)))
"""


def loaded(site: Path) -> list[str]:
    """Build and judge a site in a process of its own; return which modules of the conversation that has loaded."""
    command = [sys.executable, "-c", LOADED, str(site), str(NOW)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_site_without_comments_loads_and_publishes_nothing_for_them(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {})
    assert "comments.sources" in run("inbox", "--site", str(site))
    assert loaded(site) == []
    published = {path.name for path in (site / "_site").rglob("*") if path.is_file()}
    assert not {name for name in published if "comment" in name}
    assert "style.css" in published


def test_a_conversation_without_a_form_is_published_without_its_script(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    say(site, "one", "1")
    assert "blogq.conversation.markup" in loaded(site)
    published = {path.name for path in (site / "_site").rglob("*") if path.is_file()}
    assert "comments.css" in published
    assert "comments.js" not in published
    (site / "static").mkdir()
    (site / "static/comments.js").write_text("// The site's own.")
    page(site)
    assert (site / "_site/comments.js").exists()


def test_the_gate_hears_the_conversation(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    for at in range(8):
        say(site, "one", str(at))
    verdict = run_gate(Ask(site, NOW, jobs=1))
    assert [each.code for each in verdict.findings if each.code.startswith("CV")] == ["CV001", "CV002"]
    assert (verdict.pace.asked, verdict.pace.answered) == (8, 0)
    told = run("build", "--site", str(site), "--now", "2026-03-02")
    assert told.count("Gate: ") == 1
    checked = run_gate(Ask(site, NOW, jobs=1))
    warnings = sum(each.severity == "warning" for each in checked.findings)
    assert f"{warnings} warning" in told


def test_import_writes_files_that_say_the_same_and_none_twice(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {})
    export = tmp_path / "export.xml"
    hostile = entry(5, "Why <b>not</b>?").replace("<wp:comment_id>5", "<wp:comment_id>../../5")
    text = EXPORT % (entry(1) + entry(2, comment_parent=1, comment_user_id=7) + hostile)
    export.write_text(text.replace("https://old.example/posts/one/", "https://old.example/posts/%2e%2e%2f%2e%2e/"))
    assert "3 comments would be written" in run("comments", "import", str(export), "--site", str(site), "--dry-run")
    assert not (site / "comments").exists()
    assert "3 comments written to comments/" in run("comments", "import", str(export), "--site", str(site))
    assert "0 comments written to comments/, 3 were" in run("comments", "import", str(export), "--site", str(site))
    files = [path for path in (site / "comments").rglob("*") if path.is_file()]
    assert len(files) == 3
    assert all("example.com" not in path.read_text() and "example.org" not in path.read_text() for path in files)
    assert {path.name for path in tmp_path.iterdir()} == {"site", "export.xml"}


def test_what_is_exported_can_be_read_again(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": ["export.xml"]}})
    said = entry(1, "Why <b>not</b>?") + entry(2, comment_parent=1, comment_user_id=7) + entry(3, comment_approved=0)
    (site / "export.xml").write_text(EXPORT % said)
    before = page(site)
    run("comments", "export", "--site", str(site), "--output", str(site / "out.json"))
    (site / "export.xml").unlink()
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("export.xml", "out.json"))
    section = before[before.index('<section class="comments"') : before.index("</section>")]
    assert section in page(site)


def test_likes_and_reposts_are_counted_beside_the_comments(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {**FOLDER, "comments": {"sources": ["comments", "mentions.json"]}})
    target = {"wm-target": "https://example.org/blog/posts/one/", "author": {"name": "Eve Liker"}}
    kinds = ["like-of", "like-of", "repost-of"]
    told = [{"wm-id": at, "wm-property": kind, **target} for at, kind in enumerate(kinds)]
    (site / "mentions.json").write_text(json.dumps({"type": "feed", "children": told}))
    assert ">0 comments<" in page(site) and ">2 likes<" in page(site) and ">1 repost<" in page(site)
    say(site, "one", "1")
    text = page(site)
    assert ">1 comment<" in text and ">2 likes<" in text
    assert "Eve Liker" not in text
    assert waiting(site) == ["1"]
    assert "likes" not in page(site, "two")


def test_a_name_that_is_an_e_mail_address_is_not_shown(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", FOLDER)
    say(site, "one", "1", name="ann@example.com", email="ann@example.com", url="mailto:ann@example.com")
    assert "Anonymous" in page(site)
    assert all(b"ann@example" not in path.read_bytes() for path in (site / "_site").rglob("*") if path.is_file())
    assert "ann@example" not in run("inbox", "--site", str(site)) + run("comments", "export", "--site", str(site))


def test_form_and_embeds(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"form": "isso", "url": "https://c.example/"}})
    text = page(site)
    for said in ("Leave a Reply", "Your email address will not be published. Required fields are marked *"):
        assert said in text
    assert 'action="https://c.example/new?uri=%2Fblog%2Fposts%2Fone%2F"' in text
    source = site / "content/posts/one.md"
    source.write_text(source.read_text().replace("date:", "comments: false\ndate:"))
    assert "Leave a Reply" not in page(site)
    assert "Leave a Reply" in page(site, "two")


def test_a_form_for_staticman_works_without_a_script(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"form": "staticman", "url": "https://s.example/v3/entry/a"}})
    text = page(site)
    assert "<fieldset>" in text
    for name in ("fields[name]", "fields[email]", "fields[message]", "options[slug]", "options[redirect]"):
        assert f'name="{name}"' in text


@pytest.mark.parametrize(
    "embed", [{"type": "giscus", "repo": "a/b", "repo_id": "R"}, {"type": "utterances", "repo": "a/b"}]
)
def test_embeds_are_loaded_on_a_click_only(tmp_path: Path, embed: dict[str, str]) -> None:
    text = page(write_site(tmp_path / "site", {"comments": {"embed": embed}}))
    assert "data-embed=" in text
    assert "<iframe" not in text
    assert 'client.js"' not in text


@pytest.mark.parametrize(
    ("comments", "channels", "wanted"),
    [
        ({"form": "isso"}, [], "needs the address"),
        ({"sources": ["a", "a"]}, [], "twice"),
        ({"sources": [{"path": "a", "channel": "X"}]}, [], "a channel that there isn't"),
        ({"embed": {"type": "giscus", "repo": "a/b"}}, [], "needs `repo` and `repo_id`"),
        ({"embed": {"type": "giscus", "repo": "a b"}}, [], "is no repository"),
        ({"url": "javascript:alert(1)"}, [], "is no address of the web"),
        ({"fomr": "isso"}, [], "is no option"),
        ({}, [{"name": "X", "url": "javascript:x"}], "is no address"),
        ({}, [{"name": "X", "url": "https://x.example"}, {"name": "X", "url": "https://y.example"}], "two entries"),
        ({}, [{"name": "X", "url": "https://x.example", "capacity": -1}], "is out of range"),
    ],
)
def test_mistakes_in_config_are_named(tmp_path: Path, comments: object, channels: object, wanted: str) -> None:
    site = write_site(tmp_path / "site", {"comments": comments, "channels": channels})
    found = build(Request(site, NOW, jobs=1))
    assert any(wanted in each.message and each.span.path == "blogq.yaml" and each.span.line for each in found.findings)


def test_channels_are_linked_with_their_rel(tmp_path: Path) -> None:
    channels = [{"name": "Mastodon", "url": "https://m.example/@n"}, {"url": "https://x.example/n", "rel": "nofollow"}]
    text = page(write_site(tmp_path / "site", {"channels": channels}))
    assert 'rel="me" href="https://m.example/@n"' in text or 'href="https://m.example/@n" rel="me"' in text
    assert "nofollow" in text


def test_ten_thousand_comments_on_one_post(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"comments": {"sources": ["export.xml"]}})
    (site / "export.xml").write_text(EXPORT % "".join(entry(at, comment_parent=at - 1) for at in range(1, 10_001)))
    assert page(site).count('class="comment h-cite"') == 10_000
    assert len(hear(survey(site, NOW)).talk.waiting()) == 10_000
