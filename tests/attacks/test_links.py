"""Symbolic links, devices and what else may stand where a file is expected: nothing outside is read or written.

The numbers are those of README.md beside this file.
"""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path

import pytest
from attack_sites import (
    CONFIG,
    GOOD,
    SECRET,
    codes,
    make_site,
    output,
    run,
    surroundings,
    text_of,
    tree,
    write,
)

from blogq.collect import Unreadable, read_file
from blogq.store.manifest import manifest_path
from blogq.store.segments import SegmentWriter


def link(site: Path, name: str, target: str | Path) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).symlink_to(target)


@pytest.mark.parametrize(
    "name, target",
    [
        ("content/x.md", "outside/secret.md"),
        ("content/folder", "outside"),
        ("content/x.png", "outside/secret.md"),
        ("static/x.txt", "outside/secret.md"),
        ("static/folder", "outside"),
        ("static", "outside"),
        ("templates", "outside"),
        ("templates/post.html", "outside/secret.md"),
    ],
)
def test_attack_43_link_out_of_the_site_is_refused(tmp_path: Path, name: str, target: str) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    link(site, name, tmp_path / target)
    result = run(site)
    assert not result.written
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR103", name)]
    assert output(site) == before
    run(site, keep_going=True)
    assert SECRET not in text_of(site)


def test_attack_43_content_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Nor is what lies there walked through, however large it is."""
    site = make_site(tmp_path)
    os.rename(site / "content", tmp_path / "elsewhere")
    link(site, "content", "/usr")
    result = run(site, keep_going=True)
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR103", "content")]
    assert not any(path.startswith(("share", "lib", "good")) for path in output(site))


@pytest.mark.parametrize("name", ["blogq.yaml", "themes/mine/theme.yaml"])
def test_attack_43_config_that_leads_out_shows_nothing_of_it(tmp_path: Path, name: str) -> None:
    """A line of a foreign file must not end up in an error either."""
    site = make_site(tmp_path)
    (tmp_path / "outside" / "key").write_text(f"{SECRET}: [\n")
    if name.startswith("themes"):
        write(site, {"blogq.yaml": f"{CONFIG}theme: mine\n"})
    else:
        (site / name).unlink()
    link(site, name, tmp_path / "outside" / "key")
    result = run(site)
    assert not result.written
    assert SECRET not in str(result.findings)
    assert any(f.span.path == name for f in result.findings)


def test_attack_43_link_within_the_site_is_followed(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"data/notes.md": GOOD})
    link(site, "content/linked.md", "../data/notes.md")
    assert run(site).written
    assert b"Words that stay." in output(site)["linked/index.html"]


@pytest.mark.parametrize("target", ["_site", "_site/index.html", ".blogq", "_site/good"])
def test_attack_43_link_to_what_builds_make_is_refused(tmp_path: Path, target: str) -> None:
    """Else each build would publish the one before it, for ever."""
    site = make_site(tmp_path)
    assert run(site).written
    link(site, "static/x", f"../{target}")
    result = run(site)
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR103", "static/x")]


@pytest.mark.parametrize("name", ["static/loop", "content/loop", "content/folder/loop", "templates/loop"])
@pytest.mark.parametrize("target", [".", "..", "../..", "loop", "../static", "../content"])
def test_fault_9_circular_links_end(tmp_path: Path, name: str, target: str) -> None:
    site = make_site(tmp_path, {"static/a.txt": "a", "content/folder/b.md": GOOD, "templates/c.html": "c"})
    link(site, name, target)
    first = run(site, keep_going=True)
    made = output(site)
    second = run(site, keep_going=True)
    assert len(made) < 100
    assert output(site) == made
    assert codes(first) == codes(second)


@pytest.mark.parametrize("below", ["", "/deeper"])
def test_fault_9_output_that_is_a_circular_link_is_refused(tmp_path: Path, below: str) -> None:
    site = make_site(tmp_path)
    link(site, "_site", "_site")
    result = run(site, output=site / f"_site{below}" if below else None)
    assert not result.written
    assert codes(result) == ["OU101"]
    assert (site / "_site").is_symlink()


def test_fault_9_content_that_is_a_circular_link_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"blogq.yaml": f"{CONFIG}content: loop\n"})
    link(site, "loop", "loop")
    result = run(site)
    assert not result.written
    assert [(f.code, f.span.path, f.span.line) for f in result.findings] == [("CF103", "blogq.yaml", 3)]


def test_attack_44_link_planted_in_the_output_is_not_written_through(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    clean = output(site)
    before = surroundings(site)
    for name in ("good/index.html", "index.html", "feed.xml"):
        (site / "_site" / name).unlink()
        link(site, f"_site/{name}", tmp_path / "outside" / "secret.md")
    write(site, {"content/good.md": GOOD + "\nMore.\n"})
    before["site/content/good.md"] = (site / "content/good.md").read_bytes()
    assert run(site).written
    assert surroundings(site) == before
    assert not any(data.startswith(b"-> ") for data in output(site).values())
    assert output(site).keys() == clean.keys()


@pytest.mark.parametrize("folder", ["good", "archive", "archive/2026"])
def test_attack_44_folder_of_the_output_that_became_a_link_is_replaced(tmp_path: Path, folder: str) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    clean = output(site)
    os.rename(site / "_site" / folder, tmp_path / "moved")
    link(site, f"_site/{folder}", tmp_path / "outside")
    before = surroundings(site)
    assert run(site).written
    assert surroundings(site) == before
    assert output(site) == clean


def test_attack_44_pruning_does_not_follow_links(tmp_path: Path) -> None:
    """A page that is no longer made is removed, and not its namesake at the other end of a link."""
    site = make_site(tmp_path, {"content/x.md": "---\ntitle: X\n---\nText.\n"})
    assert run(site).written
    os.rename(site / "_site/x", tmp_path / "outside/x")
    link(site, "_site/x", tmp_path / "outside/x")
    (site / "content/x.md").unlink()
    before = surroundings(site)
    assert run(site).written
    assert surroundings(site) == before


def test_attack_44_output_that_is_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    """A site from elsewhere must not write where its `_site` points; `--output` says so where it is meant."""
    site = make_site(tmp_path)
    link(site, "_site", tmp_path / "outside")
    before = tree(tmp_path / "outside")
    result = run(site)
    assert codes(result) == ["OU101"]
    assert tree(tmp_path / "outside") == before
    meant = tmp_path / "www"
    meant.mkdir()
    assert run(site, output=meant).written
    assert "good/index.html" in tree(meant)


def test_attack_44_store_that_is_a_link_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    link(site, ".blogq", tmp_path / "outside")
    before = tree(tmp_path / "outside")
    result = run(site)
    assert codes(result) == ["OU102"]
    assert not result.written
    assert tree(tmp_path / "outside") == before


@pytest.mark.parametrize("name", ["lock", ".gitignore", "memo", "bodies", "aside", "stage-1"])
def test_attack_44_links_in_the_store_are_not_written_through(tmp_path: Path, name: str) -> None:
    """A store that came with somebody's archive of a site can't make blogq write or delete elsewhere."""
    site = make_site(tmp_path)
    victim = tmp_path / "outside" / "victim"
    if name in ("bodies", "aside", "stage-1"):
        write(victim, {"keep.txt": "keep"})
    else:
        victim.write_text("keep")
    link(site, f".blogq/{name}", victim)
    before = tree(tmp_path / "outside")
    assert run(site).written
    assert tree(tmp_path / "outside") == before


def test_attack_44_journal_can_not_delete_elsewhere(tmp_path: Path) -> None:
    """The note of what an unfinished build added is only ever applied below the output folder."""
    site = make_site(tmp_path)
    assert run(site).written
    clean = output(site)
    before = surroundings(site)
    path = manifest_path(site / ".blogq", site, site / "_site").with_suffix(".journal")
    names = [
        "../content/good.md",
        "../../outside/secret.md",
        "good/../../content/good.md",
        f"{tmp_path}/outside/secret.md",
    ]
    path.write_text("".join(f"{name}\0" for name in names))
    assert run(site).written
    assert surroundings(site) == before
    assert output(site) == clean


@pytest.mark.parametrize("name", ["content/x.md", "static/x.txt", "templates/x.html"])
def test_attack_45_pipe_is_refused_and_never_waited_for(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path)
    (site / name).parent.mkdir(exist_ok=True)
    os.mkfifo(site / name)
    result = run(site)
    assert not result.written
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR104", name)]
    assert run(site, keep_going=True).written


@pytest.mark.parametrize("name", ["blogq.yaml", "themes/mine/theme.yaml"])
def test_attack_45_pipe_as_config_is_refused(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path)
    if name.startswith("themes"):
        write(site, {"blogq.yaml": f"{CONFIG}theme: mine\n"})
    else:
        (site / name).unlink()
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(site / name)
    result = run(site)
    assert not result.written
    assert any(f.severity == "error" and f.span.path == name for f in result.findings)


def test_attack_45_device_is_refused(tmp_path: Path) -> None:
    attacked_site = make_site(tmp_path)
    link(attacked_site, "content/x.md", "/dev/zero")
    result = run(attacked_site)
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR103", "content/x.md")]


def test_attack_45_pipe_in_the_output_is_replaced(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    clean = output(site)
    (site / "_site/feed.xml").unlink()
    os.mkfifo(site / "_site/feed.xml")
    assert run(site).written
    assert output(site) == clean


@pytest.mark.parametrize(
    "name", ["../../outside/secret.md", "../content/good.md", "/etc/passwd", "../blogq.yaml", "a/../../blogq.yaml"]
)
@pytest.mark.parametrize("tag", ["include", "extends", "import"])
def test_attack_46_template_can_not_include_what_lies_outside(tmp_path: Path, name: str, tag: str) -> None:
    more = " as x" if tag == "import" else ""
    template = f"\n{{% {tag} '{name}'{more} %}}\n"
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    write(site, {"templates/post.html": template})
    result = run(site)
    assert [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"] == [
        ("TH103", "templates/post.html", 2)
    ]
    assert output(site) == before


def test_attack_46_layout_and_theme_can_not_climb(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/x.md": "---\nlayout: ../../../outside/secret\n---\nText.\n"})
    assert run(site).written
    assert SECRET not in text_of(site)
    write(site, {"blogq.yaml": f"{CONFIG}theme: ../../outside\n"})
    assert codes(run(site))[:1] == ["CF103"]


def test_attack_47_file_swapped_for_a_link_while_it_is_read(tmp_path: Path) -> None:
    """What counts is where the opened file lies, not what stood at its path before or after."""
    root = tmp_path / "site"
    write(root, {"a.md": "inside"})
    write(tmp_path, {"outside/secret": SECRET})
    done = threading.Event()

    def swap() -> None:
        (root / "link").symlink_to(tmp_path / "outside" / "secret")
        (root / "file").write_text("inside")
        pauses = random.Random(47)
        while not done.is_set():
            for kind in ("link", "file"):
                os.link(root / kind, root / "next", follow_symlinks=False)
                os.replace(root / "next", root / "a.md")
                # Without pauses of uneven length the two threads may fall into step, and the link is never met.
                time.sleep(pauses.random() / 5000)

    thread = threading.Thread(target=swap)
    thread.start()
    seen: set[bytes] = set()
    refused = tried = 0
    end = time.monotonic() + 60
    try:
        while tried < 1000 or (not (refused and seen) and time.monotonic() < end):
            tried += 1
            try:
                seen.add(read_file(str(root), "a.md", "a.md", (str(root),)).data)
            except Unreadable as error:
                assert error.finding.code in ("SR103", "SR101")
                refused += error.finding.code == "SR103"
    finally:
        done.set()
        thread.join()
    assert seen == {b"inside"}
    assert refused


def test_attack_43_store_from_elsewhere_can_not_name_a_segment_outside(tmp_path: Path) -> None:
    """Records are appended below the store only, whatever a store says that came with an archive."""
    victim = tmp_path / "victim"
    victim.write_text("keep")
    writer = SegmentWriter(tmp_path / "store" / "bodies", "../../victim")
    writer.append(b"record")
    writer.close()
    assert victim.read_text() == "keep"
