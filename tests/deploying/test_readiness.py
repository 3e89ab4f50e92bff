"""What is not published, and how targets are declared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from published_site import BASE_URL, deploy, make_site, tree

from blogq.cli import cli
from blogq.config.deploy import Destination, type_of
from blogq.config.load import load_config
from blogq.deploying import readiness
from blogq.deploying.media import type_of as media_type
from blogq.deploying.plan import File, is_fingerprinted, planned
from blogq.deploying.readiness import is_nobodys
from blogq.deploying.record import decoded, encoded, key

BAD = "---\ntitle: Bad\ndate: 2026-01-09\n---\n![](gone.png)\n\nSee [this](http://localhost:4000/x).\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "  live: ../public\n")


def refused(site: Path, *arguments: str, code: int = 2) -> str:
    told = deploy(site, *arguments, code=code)
    assert not told["published"] and not (site.parent / "public").exists()
    assert all(finding["path"] and finding["message"] and finding["help"] for finding in told["findings"])
    return " ".join(finding["message"] for finding in told["findings"])


def change(site: Path, old: str, new: str) -> None:
    config = site / "blogq.yaml"
    assert old in config.read_text()
    config.write_text(config.read_text().replace(old, new))


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/", "https://blog.example/", "http://127.0.0.1/", "http://[::1]/"]
)
def test_an_address_where_no_reader_can_be(site: Path, url: str) -> None:
    change(site, BASE_URL, url)
    assert "no reader can be" in refused(site)
    deploy(site, "--base-url", BASE_URL)


def test_addresses_of_nobodys() -> None:
    assert is_nobodys("https://a.example.com/") and is_nobodys("http://x.localhost/") and is_nobodys("http://0.0.0.0/")
    assert not is_nobodys("https://example-blog.org/") and not is_nobodys("http://192.168.1.4/")


def test_drafts_are_not_published(site: Path) -> None:
    draft = site / "content/posts/draft.md"
    draft.write_text("---\ntitle: D\ndate: 2026-01-09\ndraft: true\n---\nText.\n")
    change(site, "title:", "drafts: true\ntitle:")
    assert "posts/draft.md" in refused(site)
    draft.unlink()
    deploy(site)


def test_an_empty_site_does_not_replace_one(site: Path) -> None:
    deploy(site)
    before = tree(site.parent / "public")
    (site / "content").rename(site / "other")
    (site / "content").mkdir()
    told = deploy(site, code=2)
    assert told["findings"][0]["rule"] == "DP101"
    assert tree(site.parent / "public") == before


def test_with_publish_gate_the_whole_gate_has_to_pass(site: Path) -> None:
    """A post that the gate keeps out would vanish from where it was published: that is for its author to decide."""
    (site / "content/posts/bad.md").write_text(BAD)
    change(site, "title:", "publish: gate\ntitle:")
    told = deploy(site, code=1)
    assert not told["published"] and {finding["path"] for finding in told["findings"]} == {"content/posts/bad.md"}
    (site / "content/posts/bad.md").unlink()
    deploy(site)


def test_without_it_the_gate_has_no_say(site: Path) -> None:
    (site / "content/posts/bad.md").write_text(BAD)
    deploy(site)


def test_errors_of_the_build(site: Path) -> None:
    (site / "content/posts/bad.md").write_text("---\ntitle: [\n---\n")
    refused(site)


def test_a_folder_whose_files_the_next_build_would_read(site: Path) -> None:
    """Where the site has no folder for content, what was published would be published again, a folder deeper."""
    (site / "content/posts").rename(site / "posts")
    (site / "content").rmdir()
    change(site, "../public", "public")
    assert "whole folder is read" in refused(site)
    assert not (site / "public").exists()
    # Hidden folders aren't read, nor are those that config ignores.
    for place, ignore in ((".public", ""), ("public", "ignore: [public]\n")):
        (site / "blogq.yaml").write_text(f"base_url: {BASE_URL}\n{ignore}deploy:\n  live: {place}\n")
        deploy(site)
        told = deploy(site)
        assert not told["send"] and not told["remove"]


@pytest.mark.parametrize("other", [["--drafts"], ["--now", "2030-01-01"]])
def test_another_build_while_this_one_is_judged(site: Path, monkeypatch: pytest.MonkeyPatch, other: list[str]) -> None:
    """What it wrote was judged by nobody: drafts, and posts that aren't to be read yet."""
    (site / "content/draft.md").write_text("---\ntitle: Draft\ndraft: true\n---\nNot yet.\n")
    (site / "content/later.md").write_text("---\ntitle: Later\ndate: 2029-01-01\n---\nNot yet.\n")
    judged = readiness.gate_says

    def meanwhile(*arguments: Any) -> Any:
        done = CliRunner().invoke(cli, ["build", "--site", str(site), "--jobs", "1", *other])
        assert done.exit_code == 0, done.output
        return judged(*arguments)

    monkeypatch.setattr(readiness, "gate_says", meanwhile)
    assert "built anew meanwhile" in refused(site, "--now", "2028-01-01")
    monkeypatch.setattr(readiness, "gate_says", judged)
    assert deploy(site, "--now", "2028-01-01")["published"]
    assert not {"draft/index.html", "later/index.html"} & {*tree(site.parent / "public")}


def test_which_target_is_meant(site: Path) -> None:
    assert "no place called 'lvie'" in refused(site, "lvie")
    change(site, "  live: ../public\n", "  live: ../public\n  test: ../test\n")
    assert "several places" in refused(site)
    deploy(site, "test")
    change(site, "deploy:\n  live: ../public\n  test: ../test\n", "")
    assert "names no place" in refused(site)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (Destination("../public"), "folder"),
        (Destination("/var/www"), "folder"),
        (Destination("C:\\www"), "folder"),
        (Destination("wren@host.org:/var/www"), "rsync"),
        (Destination("host.org:www"), "rsync"),
        (Destination("s3://wren/blog"), "store"),
        (Destination("memory://x"), "store"),
        (Destination("git@github.com:wren/blog.git"), "git"),
        (Destination("https://github.com/wren/blog.git"), "git"),
        (Destination("", branch="pages"), "git"),
        (Destination("ssh://git@host/x"), "git"),
    ],
)
def test_what_kind_of_place_an_address_names(place: Destination, kind: str) -> None:
    assert type_of(place) == kind


@pytest.mark.parametrize(
    "address", ["h.org:/w", "w-r.x@h:w w", "h-1:~/w", "[::1]:/w", "w@[fe80::1%eth0]:w", "bücher.de:w"]
)
def test_addresses_for_rsync(tmp_path: Path, address: str) -> None:
    (tmp_path / "blogq.yaml").write_text(f"deploy: {{live: {{type: rsync, to: '{address}'}}}}\n", encoding="utf-8")
    loaded = load_config(tmp_path)
    assert loaded.config.deploy["live"].to == address, loaded.findings


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("{}", "deploy.live"),
        ("ftp://wren:geheim@host/x", "deploy.live.to"),
        ("{to: 's3://x', options: {secret: a}}", "deploy.live.options.secret"),
        ("{to: 's3://x', options: {aws_secret_access_key: a}}", "deploy.live.options.aws_secret_access_key"),
        (
            "{to: 's3://x', options: {client_kwargs: {aws_secret_access_key: a}}}",
            "deploy.live.options.client_kwargs.aws_secret_access_key",
        ),
        ("{type: store, to: bucket/blog}", "deploy.live.to"),
        ("file:///var/www", "deploy.live.to"),
        ("{type: rsync, to: 'x@./content:/x'}", "deploy.live.to"),
        ("{type: rsync, to: 'x@/var/www'}", "deploy.live.to"),
        ("'x@-oProxyCommand:/x'", "deploy.live.to"),
        ("{to: x, type: ftp}", "deploy.live.type"),
        ("{type: git, branch: '-x'}", "deploy.live.branch"),
        ("{type: git, branch: 'a..b'}", "deploy.live.branch"),
        ("{type: rsync, to: /x}", "deploy.live.to"),
        ("~/public", "deploy.live.to"),
        ("{too: x}", "deploy.live.too"),
    ],
)
def test_mistakes_in_config(tmp_path: Path, text: str, option: str) -> None:
    (tmp_path / "blogq.yaml").write_text(f"deploy:\n  live: {text}\n")
    found = load_config(tmp_path).findings
    assert any(f"`{option}`" in finding.message and finding.hint for finding in found), found


def test_the_config_of_targets_renders_nothing_anew(site: Path) -> None:
    deploy(site)
    before = {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")}
    change(site, "../public", "../other")
    deploy(site)
    assert {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")} == before


def test_types_of_files() -> None:
    assert media_type("a/index.html") == "text/html; charset=utf-8"
    assert media_type("x.AVIF") == "image/avif" and media_type("LICENSE") == "application/octet-stream"


def test_names_with_fingerprints() -> None:
    def named(path: str, digest: str = "ff" * 16) -> bool:
        return is_fingerprinted(File(path, digest, 1, Path(path)))

    assert named("style.0a1b2c3d.css") and named("x/photo.0a1b2c3d-480.webp")
    assert not named("minutes.20260101.pdf") and not named("index.html") and not named("photo-480.webp")
    assert named("style.12345678.css", "12345678" + "0" * 24)


def test_records() -> None:
    record = decoded(encoded({key("a"): "00"}))
    assert record.files == {key("a"): "00"} and record.found and not record.damaged
    for damaged in (b"", b"[]", b"{}", b'{"schema": "blogq-published/1", "files": {"a": 1}}', b"\xff"):
        assert decoded(damaged).damaged
    assert not decoded(None).found


def test_a_damaged_record_removes_nothing() -> None:
    files = [File("a.html", "00", 1, Path("a"))]
    plan = planned(files, decoded(b"x"), {"a.html": 1, "b.html": 1})
    assert (plan.gone, [file.path for file in plan.foreign]) == ((), ["a.html"])


def test_what_lasts_is_never_removed() -> None:
    kept = ("CNAME", ".nojekyll", ".git/config", ".well-known/x")
    record = decoded(encoded({key(path): "00" for path in (*kept, "b.html")}))
    assert planned([], record, dict.fromkeys((*kept, "b.html", "theirs.html"), 1)).gone == ("b.html",)
