"""Rules of scope `site`: dead links, and images that are missing or large, on whole sites."""

from __future__ import annotations

from pathlib import Path

import pytest

import blogq.destinations
from blogq.build import Request, build
from blogq.gate import Ask, run_gate
from blogq.lint.verdict import Verdict

NOW = 1_790_000_000
"""2026-09-21."""
RULES = ("LK001", "MD002", "SU")
LARGE = b"x" * 1_200_000


def write(site: Path, files: dict[str, str | bytes]) -> Path:
    files = {"blogq.yaml": "title: S\nbase_url: https://example.org/blog/\n", **files}
    for name, data in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return site


def post(body: str, **front: str) -> str:
    said = {"title": "T", "date": "2026-01-02", **front}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in said.items()) + f"---\n{body}\n"


def judge(site: Path, only: frozenset[str] | None = None) -> Verdict:
    return run_gate(Ask(site, NOW, RULES, only=only, jobs=1))


def told(site: Path, only: frozenset[str] | None = None) -> list[str]:
    return [f"{f.span.path}:{f.span.line}:{f.span.column} {f.code} {f.severity}" for f in judge(site, only).findings]


def test_a_link_an_anchor_and_an_image_that_are_not_there(tmp_path: Path) -> None:
    body = "See [a](gone.md), [b](b.md#nowhere), [c](b.md#other-part), [own](#none).\n\n![x](gone.png) ![y](here.png)\n"
    site = write(
        tmp_path,
        {
            "content/a.md": post(body + "\n[list](/tags/) [file](/f.pdf) [home](/) <img src='/lost.jpg'>"),
            "content/b.md": post("## Other part\n"),
            "content/here.png": b"x",
            "static/f.pdf": b"x",
        },
    )
    assert told(site) == [
        "content/a.md:5:5 LK001 error",
        "content/a.md:5:19 LK001 error",
        "content/a.md:5:60 LK001 error",
        "content/a.md:7:1 MD002 error",
        "content/a.md:9:1 LK001 error",
        "content/a.md:9:50 MD002 error",
    ]


def test_a_link_to_what_is_not_live_yet(tmp_path: Path) -> None:
    """It is dead until that goes live; between what isn't live it is none."""
    site = write(
        tmp_path,
        {
            "content/a.md": post("[draft](d.md) [later](/later/) [old](old.md) [url](/d/#x)"),
            "content/d.md": post("[later](later.md) [live](a.md) [lost](lost.md)", draft="true"),
            "content/later.md": post("[draft](d.md) ![p](lost.png)", date="2026-12-24"),
            "content/old.md": post("[lost](lost.md)", expiry="2026-02-01"),
        },
    )
    found = judge(site).findings
    assert [(f.span.path, f.span.column, f.code, f.message) for f in found] == [
        (
            "content/a.md",
            1,
            "LK001",
            "the link d.md leads nowhere until content/d.md goes live: that is a draft",
        ),
        (
            "content/a.md",
            15,
            "LK001",
            "the link /later/ leads nowhere until content/later.md goes live: that isn't published yet "
            "(it is dated 2026-12-24)",
        ),
        ("content/a.md", 32, "LK001", "the link old.md leads nowhere: content/old.md has expired"),
        (
            "content/a.md",
            46,
            "LK001",
            "the link /d/#x leads nowhere until content/d.md goes live: that is a draft",
        ),
        (
            "content/later.md",
            15,
            "MD002",
            "the image lost.png isn't there: no such source, page or file is published",
        ),
    ]
    assert told(site, frozenset({"content/d.md"})) == ["content/d.md:6:32 LK001 error"]


def test_a_post_that_the_gate_holds_back(tmp_path: Path) -> None:
    """Links to it are dead until it is mended, for it is there; dead ones of its own are told, like a draft's."""
    bad = "Here is a sentence.\n\nTODO\n\n[other](other.md) [live](a.md) [lost](lost.md) ![p](lost.png)\n"
    site = write(
        tmp_path,
        {
            "blogq.yaml": "title: S\nbase_url: https://example.org/blog/\npublish: gate\n",
            "content/a.md": post("[held](held.md) [url](/held/) [live](b.md)"),
            "content/b.md": post("Text."),
            "content/held.md": post(bad),
            "content/other.md": post("Here is a sentence.\n\nTODO\n\n[held](held.md)"),
        },
    )
    found = [each for each in judge(site).findings if each.code in RULES]
    why = "leads nowhere until content/held.md is mended: the gate holds that post back"
    assert [(f.span.path, f.span.line, f.code, f.severity, f.message) for f in found] == [
        ("content/a.md", 5, "LK001", "error", f"the link held.md {why}"),
        ("content/a.md", 5, "LK001", "error", f"the link /held/ {why}"),
        (
            "content/held.md",
            9,
            "LK001",
            "error",
            "the link lost.md leads nowhere: no such source, page or file is published",
        ),
        (
            "content/held.md",
            9,
            "MD002",
            "error",
            "the image lost.png isn't there: no such source, page or file is published",
        ),
    ]
    assert found[0].hint == "mend that post; blogq check says what is wrong with it"
    # Mended, it is there.
    write(site, {"content/held.md": post(bad.replace("TODO", "Done")), "blogq.yaml": (site / "blogq.yaml").read_text()})
    assert [(f.span.path, f.span.column) for f in judge(site).findings if f.code == "LK001"] == [
        ("content/held.md", 1),
        ("content/held.md", 32),
    ]


def test_build_and_gate_say_the_same_of_what_leads_nowhere(tmp_path: Path) -> None:
    body = "[a](gone.md) ![b](gone.png)\n\n<video src='film.mp4' poster='/p.jpg'></video> [c](b.md#no)"
    site = write(tmp_path, {"content/a.md": post(body), "content/b.md": post("Text.")})
    gate = [f for f in judge(site).findings if f.code in ("LK001", "MD002")]
    made = build(Request(site, NOW)).findings
    told_by_build = [f for f in made if f.code == "LK001"]
    assert {f.severity for f in told_by_build} == {"warning"} and {f.severity for f in gate} == {"error"}
    assert [(*f.span[:3], f.message, f.hint) for f in told_by_build] == [(*f.span[:3], f.message, f.hint) for f in gate]
    assert sorted(f.code for f in gate) == ["LK001", "LK001", "LK001", "MD002", "MD002"]


def test_another_generators_code_is_a_warning_once(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/a.md": post("[a]({{site.url}}/x) [b]({{site.url}}/y)")})
    (one,) = judge(site).findings
    assert (one.code, one.severity, one.span.line) == ("LK001", "warning", 5)
    assert "so does one more in this file" in one.message


def test_a_file_that_a_page_loads(tmp_path: Path) -> None:
    site = write(
        tmp_path, {"content/a.md": post("<script src='/chart.js'></script>\n\n<video src='film.mp4'></video>")}
    )
    messages = [f.message for f in judge(site).findings if f.code == "LK001"]
    assert messages[-1].startswith("the file film.mp4 leads nowhere")


def test_a_page_that_sends_readers_to_itself(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/a.md": "---\ntitle: A\nredirect_to: /a/\n---\n"})
    (one,) = judge(site).findings
    assert one.code == "LK001" and "`redirect_to` sends readers of /a/ on to that page itself" in one.message


def test_silencing_severity_and_options(tmp_path: Path) -> None:
    body = "<!-- blogq: ignore LK001 because it comes next week -->\n\n[a](gone.md)\n\n[b](gone.md)"
    config = "title: S\nbase_url: https://example.org/\ncheck: {rules: {LK001: {severity: note}}}\n"
    site = write(tmp_path, {"content/a.md": post(body), "blogq.yaml": config})
    verdict = judge(site)
    assert [(f.span.line, f.severity) for f in verdict.findings] == [(9, "note")]
    assert verdict.suppressed == 1


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"content/b.md": post("## Other part", slug="c")}, ["5:22 LK001"]),
        ({"content/b.md": post("## Else")}, ["5:1 LK001"]),
        ({"content/b.md": post("## Outer part")}, ["5:1 LK001"]),
        ({"content/p.png": None, "content/q.png": "x"}, ["5:31 MD002"]),
        ({"content/b.md": post("## Other part", draft="true")}, ["5:1 LK001", "5:22 LK001"]),
        ({"content/p.png": None}, ["5:31 MD002"]),
        ({"static/f.pdf": None}, ["5:43 LK001"]),
        ({"content/a.md": post("\n[x](gone.md)")}, ["6:1 LK001"]),
        ({"content/b.md": None}, ["5:1 LK001", "5:22 LK001"]),
        ({"blogq.yaml": "title: S\nbase_url: https://x.org/\nurls: html\n"}, ["5:22 LK001"]),
    ],
    ids="slug,heading,letter,renamed,draft,image,file,own,gone,config".split(","),
)
def test_what_is_kept_gives_way_to_any_change(tmp_path: Path, change: dict[str, str | None], wanted: list[str]) -> None:
    body = "[x](b.md#other-part) [y](/b/) ![z](p.png) [f](/f.pdf)"
    files: dict[str, str | bytes] = {"content/a.md": post(body), "content/b.md": post("## Other part")}
    site = write(tmp_path, files | {"content/p.png": b"x", "static/f.pdf": b"x"})
    assert told(site) == []
    for name, data in change.items():
        if data is None:
            (site / name).unlink()
        else:
            (site / name).write_text(data)
    assert told(site) == [f"content/a.md:{each} error" for each in wanted]


def test_what_is_kept_gives_way_to_time(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/a.md": post("[b](b.md)"), "content/b.md": post("Text", date="2026-10-01")})
    assert told(site) == ["content/a.md:5:1 LK001 error"]
    assert run_gate(Ask(site, NOW + 30 * 86400, RULES, jobs=1)).findings == ()


def test_an_unchanged_site_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write(tmp_path, {"content/a.md": post("[x](gone.md)")})
    first = judge(site)
    monkeypatch.setattr(blogq.destinations, "_found", lambda *_: pytest.fail("looked at again"))
    assert judge(site) == first


def test_a_text_without_links_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless something was found in it, which may stand elsewhere then."""
    site = write(tmp_path, {"content/a.md": post("[x](gone.md)"), "content/b.md": post("Text")})
    assert told(site) == ["content/a.md:5:1 LK001 error"]
    with monkeypatch.context() as patch:
        patch.setattr(blogq.destinations, "_found", lambda *_: pytest.fail("looked at again"))
        (site / "content/b.md").write_text(post("Another text, and a longer one"))
        assert told(site) == ["content/a.md:5:1 LK001 error"]
    (site / "content/a.md").write_text(post("Text\n\n[x](gone.md)"))
    assert told(site) == ["content/a.md:7:1 LK001 error"]


def test_a_new_link_and_a_file_that_has_grown(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/a.md": post("Text"), "content/b.md": post("![p](/p.jpg)")}
    site = write(tmp_path, files | {"static/p.jpg": b"x"})
    assert told(site) == []
    (site / "content/a.md").write_text(post("[x](/gone/)"))
    assert told(site) == ["content/a.md:5:1 LK001 error"]
    (site / "static/p.jpg").write_bytes(LARGE)
    assert told(site) == ["content/a.md:5:1 LK001 error", "content/b.md:5:1 MD002 note"]


def test_a_link_that_becomes_an_image(tmp_path: Path) -> None:
    """The same address, of the same file: only the record knows that it is shown now."""
    site = write(tmp_path, {"content/a.md": post("<a href='p.gif'>x</a>"), "content/p.gif": LARGE})
    assert told(site) == []
    (site / "content/a.md").write_text(post("<img src='p.gif'>"))
    assert told(site) == ["content/a.md:5:10 MD002 note"]


def test_damage_to_what_is_kept_is_found(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/a.md": post("[x](gone.md)")})
    first = judge(site)
    memory = site / ".blogq/leads"
    kept = memory.read_bytes()
    for at in range(0, len(kept), max(1, len(kept) // 20)):
        memory.write_bytes(kept[:at] + bytes([kept[at] ^ 4]) + kept[at + 1 :])
        assert judge(site) == first
    memory.unlink()
    for segment in (site / ".blogq/bodies").iterdir():
        segment.write_bytes(b"")
    assert judge(site).findings == first.findings


@pytest.mark.parametrize(
    ("name", "text", "is_large"),
    [
        ("content/p.png", "![p](p.png)", False),
        ("content/p.png", '<img src="p.png" alt="">', True),
        ("content/p.gif", "![p](p.gif)", True),
        ("assets/p.jpg", "![p](../assets/p.jpg)", False),
        ("static/p.jpg", "![p](/p.jpg)", True),
        ("static/p.jpg", "[p](/p.jpg)", False),
        ("static/p.pdf", "[p](/p.pdf)", False),
    ],
)
def test_only_what_readers_download_is_large(tmp_path: Path, name: str, text: str, is_large: bool) -> None:
    site = write(tmp_path, {"content/a.md": post(text), name: LARGE})
    column = 10 if text.startswith("<") else 1
    assert told(site) == ([f"content/a.md:5:{column} MD002 note"] if is_large else [])


def test_without_smaller_sizes_every_large_image_counts_and_the_limit_is_an_option(tmp_path: Path) -> None:
    config = "title: S\nbase_url: https://example.org/\nimages: {enabled: false}\n"
    site = write(tmp_path, {"content/a.md": post("![p](p.png)"), "content/p.png": LARGE, "blogq.yaml": config})
    (one,) = judge(site).findings
    assert "readers download 1.2 MB" in one.message
    (site / "blogq.yaml").write_text(config + "check: {rules: {MD002: {bytes: 2000000}}}\n")
    assert told(site) == []
