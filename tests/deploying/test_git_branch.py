"""A site published as a branch of a repository."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from published_site import add_post, deploy, make_site, tree

from blogq.deploying import git_branch
from blogq.deploying.git_branch import GitBranch
from blogq.deploying.target import Unusable


def git(folder: Path, *arguments: str) -> str:
    told = ("-c", "user.name=Wren", "-c", "user.email=wren@wren.org.uk", *arguments)
    return subprocess.run(["git", "-C", str(folder), *told], capture_output=True, text=True, check=True).stdout


def branch(remote: Path, name: str = "gh-pages") -> dict[str, bytes]:
    names = git(remote, "ls-tree", "-r", "-z", "--name-only", name).split("\0")[:-1]
    return {
        each: subprocess.run(
            ["git", "-C", str(remote), "cat-file", "blob", f"{name}:{each}"], capture_output=True
        ).stdout
        for each in names
        if each != ".blogq-published.json"
    }


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    return folder


@pytest.fixture
def site(tmp_path: Path, remote: Path) -> Path:
    """A site in a repository of its own, on the branch main, whose remote `origin` is `remote`."""
    made = make_site(tmp_path / "site", "  pages:\n    type: git\n")
    git(made, "init", "--quiet", "-b", "main")
    git(made, "remote", "add", "origin", str(remote))
    git(made, "add", "content", "blogq.yaml")
    git(made, "commit", "--quiet", "-m", "Begin")
    git(made, "push", "--quiet", "origin", "main")
    return made


def test_the_branch_is_the_site(site: Path, remote: Path) -> None:
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
    add_post(site, 5)
    (site / "content/posts/post-1/index.md").unlink()
    told = deploy(site, "--message", "With a fifth")
    assert "posts/post-5/index.html" in told["send"] and "posts/post-1/index.html" in told["remove"]
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
    assert git(remote, "log", "--format=%s", "gh-pages").splitlines()[0] == "With a fifth"


def test_with_nothing_new_there_is_no_commit(site: Path, remote: Path) -> None:
    deploy(site)
    before = git(remote, "rev-parse", "gh-pages")
    deploy(site)
    assert git(remote, "rev-parse", "gh-pages") == before


def test_neither_the_work_tree_nor_the_other_branches_are_touched(site: Path, remote: Path) -> None:
    before = git(site, "rev-parse", "HEAD"), git(site, "branch", "--all"), git(remote, "rev-parse", "main")
    deploy(site)
    assert (git(site, "rev-parse", "HEAD"), git(site, "branch", "--all"), git(remote, "rev-parse", "main")) == before
    assert git(site, "status", "--porcelain", "--untracked-files=no") == ""


def test_another_machine_goes_on_from_the_branch(site: Path, remote: Path, tmp_path: Path) -> None:
    deploy(site)
    git(tmp_path, "clone", "--quiet", "-b", "main", str(remote), str(tmp_path / "other"))
    (tmp_path / "other/content/posts/post-1/index.md").unlink()
    told = deploy(tmp_path / "other")
    assert "posts/post-1/index.html" in told["remove"]
    assert "posts/post-3/index.html" not in told["send"]


def test_what_others_have_put_on_the_branch_stays(site: Path, remote: Path, tmp_path: Path) -> None:
    deploy(site)
    work = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", "-b", "gh-pages", str(remote), str(work))
    (work / "CNAME").write_text("blog.wren.org.uk\n")
    git(work, "add", "CNAME")
    git(work, "commit", "--quiet", "-m", "Name")
    git(work, "push", "--quiet")
    add_post(site, 5)
    deploy(site)
    assert branch(remote)["CNAME"] == b"blog.wren.org.uk\n"


def test_a_branch_that_moves_meanwhile_is_not_overwritten(site: Path, remote: Path) -> None:
    """Somebody pushes between the fetch and the push: nothing is lost, and the next run goes on."""
    deploy(site)
    add_post(site, 5)
    before = (
        "from blogq.deploying import git_branch\n"
        "finish = git_branch.GitBranch.finish\n"
        "def slow(self, message):\n"
        "    import subprocess\n"
        "    tree = subprocess.run(['git', '-C', self.address, 'rev-parse', 'gh-pages^{tree}'], capture_output=True,"
        " text=True).stdout.strip()\n"
        "    commit = subprocess.run(['git', '-C', self.address, '-c', 'user.name=W', '-c', 'user.email=w@w.org',"
        " 'commit-tree', tree, '-p', 'gh-pages', '-m', 'Meanwhile'], capture_output=True, text=True).stdout.strip()\n"
        "    subprocess.run(['git', '-C', self.address, 'update-ref', 'refs/heads/gh-pages', commit], check=True)\n"
        "    finish(self, message)\n"
        "git_branch.GitBranch.finish = slow\n"
    )
    told = deploy(site, code=2, before=before)
    assert "changed meanwhile" in told["findings"][0]["message"]
    assert git(remote, "log", "-1", "--format=%s", "gh-pages").strip() == "Meanwhile"
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
    assert "Meanwhile" in git(remote, "log", "--format=%s", "gh-pages")


@pytest.mark.parametrize("moment", ["send", "finish"])
def test_a_killed_run_leaves_the_old_site(site: Path, remote: Path, moment: str) -> None:
    deploy(site)
    old = branch(remote)
    add_post(site, 5)
    kill = (
        "import os, signal\nfrom blogq.deploying import git_branch\n"
        f"git_branch.GitBranch.{moment} = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    deploy(site, code=-9, before=kill)
    assert branch(remote) == old
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}


@pytest.mark.parametrize("left", ["index.lock", "shallow.lock", "refs/blogq/pushed.lock", "HEAD"])
def test_what_a_killed_git_leaves_is_no_obstacle(site: Path, remote: Path, left: str) -> None:
    deploy(site)
    (folder,) = (site / ".blogq/deploy").iterdir()
    (folder / left).write_bytes(b"")
    add_post(site, 5)
    git(remote, "update-ref", "refs/heads/gh-pages", git(remote, "commit-tree", "gh-pages^{tree}", "-m", "x").strip())
    assert "posts/post-5/index.html" in deploy(site)["send"]
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
    assert not deploy(site)["send"]


@pytest.mark.parametrize("secret", ["wren:geheim", "geheim", "wren:ge@geheim"])
def test_no_secret_is_told(site: Path, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    """Of a remote's address in the repository's own config, wherever it may be said."""
    git(site, "remote", "set-url", "origin", f"https://{secret}@127.0.0.1:1/blog.git")
    assert "geheim" not in json.dumps(deploy(site, code=2))
    monkeypatch.setattr(git_branch, "TIMEOUT", 0.0)
    target = GitBranch(site, site / ".blogq", "origin", "gh-pages")
    assert "geheim" not in target.shown
    with pytest.raises(Unusable) as told:
        target.files()
    assert "geheim" not in str(told.value) and "0 seconds" in str(told.value)


def test_a_branch_with_sources_is_refused(site: Path, remote: Path) -> None:
    (site / "blogq.yaml").write_text((site / "blogq.yaml").read_text() + "    branch: main\n")
    assert "sources" in deploy(site, code=2)["findings"][0]["message"]
    git(remote, "branch", "other", "main")
    (site / "blogq.yaml").write_text((site / "blogq.yaml").read_text().replace("branch: main", "branch: other"))
    assert "sources" in deploy(site, code=2)["findings"][0]["message"]


@pytest.mark.parametrize(
    "address", ["ext::sh -c 'touch pwned'", "--upload-pack=touch pwned", "nowhere", "/no/such.git"]
)
def test_a_remote_that_is_none_is_said_to_be_none(tmp_path: Path, address: str) -> None:
    site = make_site(tmp_path / "site", f'  pages:\n    type: git\n    to: "{address}"\n')
    told = deploy(site, code=2)
    assert told["findings"][0]["rule"] in ("DP102", "CF103") and told["findings"][0]["help"]
    assert not list(tmp_path.rglob("pwned"))


def test_names_that_git_would_quote(site: Path, remote: Path) -> None:
    (site / "static").mkdir()
    for name in ("ünï.txt", 'quo"te.txt', "it's.txt", "a space.txt"):
        (site / "static" / name).write_text(name)
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}


def test_a_nojekyll_of_the_site_stays_its_own(site: Path, remote: Path) -> None:
    (site / "static").mkdir()
    (site / "static/.nojekyll").write_text("mine\n")
    deploy(site)
    assert branch(remote)[".nojekyll"] == (tree(site / "_site").get(".nojekyll", b""))
    assert deploy(site)["send"] == []


def test_a_file_that_becomes_a_folder_and_a_folder_that_becomes_a_file(site: Path, remote: Path) -> None:
    static = site / "static"
    (static / "b").mkdir(parents=True)
    (static / "a").write_text("file")
    (static / "b/x.txt").write_text("in a folder")
    deploy(site)
    (static / "a").rename(static / "y.txt")
    (static / "b/x.txt").unlink()
    (static / "b").rmdir()
    (static / "a").mkdir()
    (static / "y.txt").rename(static / "a/y.txt")
    (static / "b").write_text("file")
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
    assert deploy(site)["send"] == []


def test_a_file_of_somebody_else_where_a_folder_is_to_be_stays(site: Path, remote: Path, tmp_path: Path) -> None:
    deploy(site)
    work = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", "-b", "gh-pages", str(remote), str(work))
    (work / "notes").write_text("theirs")
    git(work, "add", "notes")
    git(work, "commit", "--quiet", "-m", "Notes")
    git(work, "push", "--quiet")
    (site / "static/notes").mkdir(parents=True)
    (site / "static/notes/x.txt").write_text("ours")
    assert deploy(site, code=2)["findings"][0]["rule"] == "DP103"
    assert branch(remote)["notes"] == b"theirs"


def test_the_commit_is_by_whom_the_sites_repository_says(site: Path, remote: Path) -> None:
    git(site, "config", "user.name", "Jenny Wren")
    git(site, "config", "user.email", "jenny@wren.org.uk")
    deploy(site)
    assert git(remote, "log", "-1", "--format=%an <%ae> %cn", "gh-pages").strip() == (
        "Jenny Wren <jenny@wren.org.uk> Jenny Wren"
    )


def test_what_was_pushed_from_here_is_not_fetched_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = GitBranch._git

    def noted(self: GitBranch, *arguments: str, **rest: Any) -> bytes:
        asked.append(arguments[0])
        return run(self, *arguments, **rest)

    deploy(site)
    add_post(site, 5)
    monkeypatch.setattr(GitBranch, "_git", noted)
    deploy(site)
    assert "push" in asked and "fetch" not in asked


def test_many_objects_are_packed(site: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_branch, "LOOSE", 5)
    deploy(site)
    (bare,) = (site / ".blogq/deploy").glob("*.git")
    assert "count: 0\n" in git(bare, "count-objects", "-v")
    add_post(site, 5)
    deploy(site)
    assert branch(remote) == tree(site / "_site") | {".nojekyll": b""}
