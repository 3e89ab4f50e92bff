"""A site published in a folder: what is sent, what stays, and what a killed run leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from published_site import add_post, deploy, make_site, missing, tree

from blogq.cli import cli
from blogq.deploying.course import carry_out, survey
from blogq.deploying.folder import Folder
from blogq.deploying.output import built_files
from blogq.deploying.target import Unusable

KILL = """
from blogq.deploying import folder
put, count = folder.Folder._put, [0]
def killed(self, *arguments):
    count[0] += 1
    if count[0] > {after}:
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
    put(self, *arguments)
folder.Folder._put = killed
folder.Folder.batch = 3
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "  live: ../public\n")


@pytest.mark.parametrize("error", [Unusable("it went away", "Wait."), PermissionError(13, "Permission denied", "x")])
def test_what_fails_on_the_way_is_told_as_begun(site: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Some of it is there: that nothing was published would be wrong."""

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(Folder, "finish", fail)
    done = CliRunner().invoke(cli, ["deploy", "--site", str(site), "--jobs", "1"])
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit)
    assert str(error.args[-1]) in done.stderr and "Not all of it is published" in done.stderr
    assert "Nothing published" not in done.stderr
    monkeypatch.setattr(Folder, "files", fail)
    done = CliRunner().invoke(cli, ["deploy", "--site", str(site), "--jobs", "1"])
    assert done.exit_code == 2 and "Nothing published" in done.stderr


def test_a_link_in_the_place_of_a_half_written_file_is_not_written_through(site: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / "public").mkdir()
    for name in ("index.html", ".blogq-published.json"):
        (tmp_path / "public" / f".{name}.blogq-part").symlink_to(mine)
    deploy(site)
    assert mine.read_text() == "mine"
    assert tree(site.parent / "public") == tree(site / "_site")
    assert not (site.parent / "public/index.html").is_symlink()


def test_what_was_built_is_published_whole(site: Path) -> None:
    told = deploy(site)
    assert told["published"] and told["unchanged"] == 0
    assert tree(site.parent / "public") == tree(site / "_site")
    assert set(told["send"]) == set(tree(site / "_site"))


def test_only_what_differs_is_sent(site: Path) -> None:
    deploy(site)
    before = {path: os.stat(path).st_mtime_ns for path in (site.parent / "public").rglob("*") if path.is_file()}
    assert deploy(site)["send"] == []
    assert before == {path: os.stat(path).st_mtime_ns for path in before}
    add_post(site, 5)
    told = deploy(site)
    assert "posts/post-5/index.html" in told["send"] and "posts/post-1/index.html" not in told["send"]
    assert tree(site.parent / "public") == tree(site / "_site")


def test_pictures_come_before_pages_and_pages_before_feeds(site: Path) -> None:
    deploy(site)
    add_post(site, 5)
    sent = deploy(site, "--dry-run")["send"]
    order = [
        sent.index(name) for name in ("posts/post-5/dot5.svg", "posts/post-5/index.html", "index.html", "feed.xml")
    ]
    assert order == sorted(order)
    assert "posts/post-5/index.html" not in tree(site.parent / "public")


def test_a_page_that_went_away_goes_before_its_picture_and_leaves_no_folder(site: Path) -> None:
    deploy(site)
    for name in ("index.md", "dot4.svg"):
        (site / "content/posts/post-4" / name).unlink()
    removed = deploy(site)["remove"]
    assert removed.index("posts/post-4/index.html") < removed.index("posts/post-4/dot4.svg")
    assert not (site.parent / "public/posts/post-4").exists()
    assert tree(site.parent / "public") == tree(site / "_site")


def test_what_blogq_has_not_put_there_stays(site: Path) -> None:
    public = site.parent / "public"
    deploy(site)
    kept = {"CNAME": b"blog.wren.org.uk\n", ".git/config": b"[core]\n", "app/index.html": b"mine", ".htaccess": b"x"}
    for name, data in kept.items():
        (public / name).parent.mkdir(exist_ok=True)
        (public / name).write_bytes(data)
    (site / "content/posts/post-4/index.md").unlink()
    deploy(site)
    assert {name: (public / name).read_bytes() for name in kept} == kept


def test_a_file_of_somebody_else_is_not_written_over_unless_it_is_asked_for(site: Path) -> None:
    public = site.parent / "public"
    public.mkdir()
    (public / "index.html").write_text("by hand")
    told = deploy(site, code=2)
    assert [finding["rule"] for finding in told["findings"]] == ["DP103"]
    assert tree(public) == {"index.html": b"by hand"}
    deploy(site, "--take-over")
    assert tree(public) == tree(site / "_site")


def test_files_that_are_the_same_are_taken_for_its_own(site: Path) -> None:
    public = site.parent / "public"
    deploy(site)
    (public / ".blogq-published.json").unlink()
    assert deploy(site)["send"] == []
    (site / "content/posts/post-4/index.md").unlink()
    assert "posts/post-4/index.html" in deploy(site)["remove"]


def test_what_was_lost_at_the_target_is_sent_again(site: Path) -> None:
    public = site.parent / "public"
    deploy(site)
    (public / "posts/post-1/index.html").unlink()
    (public / "posts/post-2/index.html").write_text("cut")
    assert set(deploy(site)["send"]) == {"posts/post-1/index.html", "posts/post-2/index.html"}
    assert tree(public) == tree(site / "_site")


@pytest.mark.parametrize("after", [0, 1, 2, 7, 14])
def test_a_killed_run_is_gone_on_from(site: Path, after: int) -> None:
    public = site.parent / "public"
    deploy(site)
    add_post(site, 5)
    (site / "content/posts/post-1/index.md").unlink()
    old = tree(public)
    deploy(site, code=-9, before=KILL.format(after=after))
    cut = tree(public)
    new = tree(site / "_site")
    assert all(data in (old.get(path), new.get(path)) for path, data in cut.items())
    rest = deploy(site)
    assert tree(public) == new
    assert len(rest["send"]) + after >= 1
    assert not list(public.rglob("*.blogq-part"))


@pytest.mark.parametrize("after", [1, 2, 4])
def test_what_a_killed_run_has_sent_may_change_before_the_next(site: Path, after: int) -> None:
    """What was sent and not yet noted is known to be ours: it isn't taken for somebody else's."""
    deploy(site)
    add_post(site, 5)
    deploy(site, code=-9, before=KILL.format(after=after))
    post = site / "content/posts/post-5/index.md"
    post.write_text(post.read_text().replace("Text of", "Other words of"))
    (post.parent / "dot5.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    deploy(site)
    assert tree(site.parent / "public") == tree(site / "_site")


def test_at_no_moment_does_a_page_name_what_is_not_there(site: Path) -> None:
    """Every step of publishing is looked at: the first time, with a new post, and with one gone."""
    public = site.parent / "public"

    class Watched(Folder):
        batch = 1

        def _put(self, path: str, data: bytes | None, source: Path | None) -> None:
            super()._put(path, data, source)
            seen.append(missing(tree(public)) - allowed)

        def remove(self, paths: object) -> None:
            super().remove(paths)  # type: ignore[arg-type]
            seen.append(missing(tree(public)) - allowed)

    deploy(site, "--dry-run")
    seen: list[set[str]] = []
    for change in ("none", "post", "gone"):
        if change == "post":
            add_post(site, 5)
        if change == "gone":
            (site / "content/posts/post-2/index.md").unlink()
            (site / "content/posts/post-2/dot2.svg").unlink()
        deploy(site, "--dry-run")
        built = tree(site / "_site")
        # The first time pages and feeds name each other in a circle: then only pictures and styles have an order.
        allowed = (
            missing(built)
            if change != "none"
            else {each for each in _all_links(built) if each.endswith(("/", ".xml", ".json"))}
        )
        files, target = built_files(site, site / "_site"), Watched(public)
        carry_out(*survey(files, target), files, target, "")
        assert [each for each in seen if each] == []
        assert tree(public) == built


def _all_links(files: dict[str, bytes]) -> set[str]:
    return {each for path, data in files.items() for each in missing({path: data})}


def test_nothing_is_written_through_a_symbolic_link(site: Path, tmp_path: Path) -> None:
    """It is somebody else's: it stays, unless it is to be taken over; then the link goes, and not what it leads to."""
    public, elsewhere = site.parent / "public", tmp_path / "elsewhere"
    public.mkdir()
    elsewhere.mkdir()
    (elsewhere / "theirs.txt").write_text("theirs")
    (public / "posts").symlink_to(elsewhere)
    told = deploy(site, code=2)
    assert told["findings"][0]["rule"] == "DP103" and told["findings"][0]["message"].endswith(": posts")
    assert tree(elsewhere) == {"theirs.txt": b"theirs"} and (public / "posts").is_symlink()
    deploy(site, "--take-over")
    assert tree(elsewhere) == {"theirs.txt": b"theirs"}
    assert tree(public) == tree(site / "_site")


def test_a_folder_that_becomes_a_link_while_files_are_sent_is_not_followed(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    deploy(site, "--dry-run")
    files, target = built_files(site, site / "_site"), Folder(site.parent / "public")
    survey(files, target)
    (site.parent / "public").mkdir()
    (site.parent / "public/posts").symlink_to(elsewhere)
    for act in (target.send, lambda files: target.remove([file.path for file in files])):
        with pytest.raises(Unusable, match="symbolic link"):
            act([file for file in files if file.path.startswith("posts/")])
    assert not list(elsewhere.iterdir())


def test_a_file_that_becomes_a_folder_and_a_folder_that_becomes_a_file(site: Path) -> None:
    public, static = site.parent / "public", site / "static"
    (static / "b").mkdir(parents=True)
    (static / "a").write_text("file")
    (static / "b/x.txt").write_text("in a folder")
    deploy(site)
    (static / "a").unlink()
    (static / "b/x.txt").unlink()
    (static / "b").rmdir()
    (static / "a").mkdir()
    (static / "a/y.txt").write_text("in a folder")
    (static / "b").write_text("file")
    deploy(site)
    assert tree(public) == tree(site / "_site") and (public / "b").read_bytes() == b"file"
    assert deploy(site)["send"] == []


def test_a_folder_of_somebody_else_where_a_file_is_to_be(site: Path) -> None:
    public = site.parent / "public"
    (public / "index.html").mkdir(parents=True)
    (public / "index.html/theirs.txt").write_text("theirs")
    assert deploy(site, code=2)["findings"][0]["rule"] == "DP103"
    assert tree(public) == {"index.html/theirs.txt": b"theirs"}
    deploy(site, "--take-over")
    assert tree(public) == tree(site / "_site")


@pytest.mark.parametrize("place", [".", "content", "_site", "_site/x", "..", ".git/x", "/"])
def test_a_folder_that_would_lose_by_it_is_refused(tmp_path: Path, place: str) -> None:
    site = make_site(tmp_path / "site", f"  live: {place}\n")
    told = deploy(site, code=2)
    assert told["findings"][0]["rule"] == "DP102"
