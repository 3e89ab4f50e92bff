"""OR001, OR002, OR003 and OR006 on whole sites: what a writer is told, where, and what isn't held against anybody."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from prose import prose, sentences, words_of
from small_site import CONFIG, found, judge, post, told, write

OLD = prose("old", 8)
HALF = "\n\n".join(OLD.split("\n\n")[:4])
OWN = prose("own", 4)
BOTH = ["new.md:8 OR001 warning", "new.md:8 OR002 warning"]


def pasted(tmp_path: Path, body: str, **files: str) -> Path:
    """A site with an old post and a new one, whose body begins with a paragraph of its own in line 6."""
    new = post(f"\n{sentences('opening', 1)[0]}\n\n{body}", "2026-03-01", "New")
    return write(tmp_path, {"content/old.md": post(OLD, "2025-05-06", "Old"), "content/new.md": new, **files})


def test_half_an_old_post_in_a_new_one_is_found_at_its_lines_with_both_sides(tmp_path: Path) -> None:
    site = pasted(tmp_path, HALF + "\n\n" + prose("more", 8))
    contained, run = found(site)
    assert (contained.code, contained.severity) == ("OR001", "warning")
    assert contained.span[:3] == ("content/new.md", 8, 1)
    assert contained.span.end_line == 14
    share = words_of(HALF) / (words_of(HALF) + words_of(prose("more", 8)) + words_of(sentences("opening", 1)[0]))
    assert contained.message == (
        f"{share:.0%} of this post ({words_of(HALF)} words) stands in “Old” (content/old.md) of 2025-05-06"
    )
    assert "all of 4 paragraphs" in contained.hint and "`series:`" in contained.hint
    (there,) = contained.related
    assert there.span == ("content/old.md", 5, 1, 11, there.span.end_column)
    assert (there.title, there.date, there.url, there.corpus) == ("Old", "2025-05-06", "/blog/old/", "")
    assert HALF.startswith(there.text[:60])
    assert (run.code, run.severity, run.span[:4]) == ("OR002", "warning", contained.span[:4])
    assert f"{words_of(HALF)} words in a row" in run.message


def test_more_than_half_is_an_error_a_tenth_a_note_and_less_is_nothing(tmp_path: Path) -> None:
    assert told(pasted(tmp_path / "a", OLD), "OR001") == ["new.md:8 OR001 error"]
    few = "\n\n".join(OLD.split("\n\n")[:2])
    assert told(pasted(tmp_path / "b", f"{few}\n\n{prose('much', 10)}"), "OR001") == ["new.md:8 OR001 note"]
    assert told(pasted(tmp_path / "c", f"{few}\n\n{prose('very much', 30)}"), "OR001") == []


def test_a_fair_quotation_is_nothing_and_one_without_a_source_counts(tmp_path: Path) -> None:
    quotation = "\n>\n".join(f"> {line}" for line in HALF.split("\n\n"))
    fair = f"As [the old post](old.md) has it:\n\n{quotation}\n\n{OWN}"
    assert told(pasted(tmp_path / "fair", fair)) == []
    unfair = told(pasted(tmp_path / "unfair", f"I think:\n\n{quotation}\n\n{prose('more', 8)}"))
    assert unfair == ["new.md:10 OR001 warning", "new.md:10 OR002 warning"]


@pytest.mark.parametrize(
    "front",
    [
        {"replaces": "old.md"},
        {"replaces": "content/old.md"},
        {"replaces": "old"},
        {"replaces": "/blog/old/"},
        {"replaces": "[other.md, old.md]"},
    ],
)
def test_a_post_that_says_what_it_replaces_is_exempt_against_that(tmp_path: Path, front: dict[str, str]) -> None:
    site = pasted(tmp_path, OLD)
    assert told(site, "OR001") == ["new.md:8 OR001 error"]
    write(site, {"content/new.md": post(OLD, "2026-03-01", "New", **front)})
    assert told(site) == []
    write(site, {"content/other.md": post(OLD, "2025-06-06", "Third")})
    assert [each.split()[1] for each in told(site, "OR001")] == (
        ["OR001", "OR001"] if "[" not in front["replaces"] else ["OR001"]
    )


def test_posts_of_one_series_are_exempt_against_each_other_and_nobody_else(tmp_path: Path) -> None:
    site = write(
        tmp_path,
        {
            "content/old.md": post(OLD, "2025-05-06", "Old", series="Tales"),
            "content/new.md": post(OLD, "2026-03-01", "New", series="[Other, tales]"),
            "content/third.md": post(OLD, "2026-04-01", "Third", series="Other things"),
        },
    )
    assert {each.split(":")[0] for each in told(site, "OR001")} == {"third.md"}


def test_a_link_to_the_earlier_post_softens_what_is_said(tmp_path: Path) -> None:
    assert told(pasted(tmp_path / "a", f"From [before](old.md).\n\n{OLD}")) == ["new.md:10 OR001 warning"]
    linked = f"From [before](https://example.org/blog/old/).\n\n{HALF}\n\n{prose('more', 8)}"
    assert told(pasted(tmp_path / "b", linked)) == ["new.md:10 OR001 note"]


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("Announcing Thing 1.2.0", "Announcing Thing 1.3.0", ""),
        ("Notes from the field, May 2025", "Notes from the field, June 2025", "note"),
        ("7 tips for bread", "10 tips for bread", "error"),
        ("Best bread", "Best bread", "error"),
    ],
)
def test_instalments_repeat_each_other_by_design(tmp_path: Path, one: str, other: str, severity: str) -> None:
    site = write(
        tmp_path,
        {"content/a.md": post(OLD, "2025-05-06", one), "content/b.md": post(OLD, "2025-06-06", other)},
    )
    assert told(site, "OR001") == ([f"b.md:5 OR001 {severity}"] if severity else [])
    assert bool(told(site, "OR002")) == (severity == "error")


def _replaced(text: str) -> str:
    chance = random.Random(10)
    return " ".join(chance.choice(("bread", "Oven", "warmly")) if chance.random() < 0.1 else w for w in text.split(" "))


def _shuffled(text: str) -> str:
    made = [each + "." for each in text.replace("\n\n", " ").strip().rstrip(".").split(". ")]
    random.Random(11).shuffle(made)
    return " ".join(made)


DISGUISES = {
    "capitals": str.upper,
    "no punctuation": lambda text: text.replace(".", ""),
    "spacing": lambda text: text.replace(" ", "   "),
    "lines": lambda text: text.replace(" ", "\n"),
    "zero-width": lambda text: text.replace("e", "\u200be"),
    "soft hyphens": lambda text: text.replace("t", "t\u00ad"),
    "look-alikes": lambda text: text.replace("a", "а").replace("o", "ο").replace("e", "е"),
    "wide": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "#*_`<[" else c for c in text),
    "emphasis": lambda text: " ".join(f"*{word}*" if at % 7 == 0 else word for at, word in enumerate(text.split(" "))),
    "replaced": _replaced,
    "shuffled": _shuffled,
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguised_copy_is_found(tmp_path: Path, name: str) -> None:
    disguise = DISGUISES[name]
    body = "\n\n".join(disguise(each) for each in HALF.split("\n\n")) if name != "shuffled" else _shuffled(HALF)
    contained = found(pasted(tmp_path, body), "OR001")
    assert [f.severity for f in contained] == ["error"], name
    share = float(contained[0].message.partition("%")[0])
    assert share >= 90


def test_the_earlier_post_is_not_blamed_and_drafts_are_nobodys_source(tmp_path: Path) -> None:
    site = pasted(tmp_path, OLD)
    write(site, {"content/draft.md": post(OLD, "2024-01-01", "Draft", draft="true")})
    assert {each.split(":")[0] for each in told(site)} == {"new.md"}, "drafts aren't shown unless they are asked for"
    drafts = judge(site, "OR001", only=frozenset({"content/draft.md"})).findings
    assert [f.related[0].span.path for f in drafts] == ["content/old.md"], "yet judged beside all others"
    assert drafts[0].message.endswith("and in 1 other text")


def test_of_two_posts_of_one_day_the_first_by_path_is_the_source(tmp_path: Path) -> None:
    site = write(tmp_path, {f"content/{name}.md": post(OLD, "2025-05-06", name) for name in "ba"})
    assert told(site, "OR001") == ["b.md:5 OR001 error"]


def test_what_stands_in_three_earlier_posts_is_the_blogs_own_way_of_speaking(tmp_path: Path) -> None:
    closing = sentences("closing", 8)
    files: dict[str, str | bytes | None] = {
        f"content/{number}.md": post(
            f"{prose(str(number), 2)}\n\n{' '.join(closing)}\n\n{prose(f'{number} on', 1)}", f"2025-0{number}-01"
        )
        for number in range(1, 8)
    }
    assert told(write(tmp_path, files)) == ["2.md:10 OR001 warning", "3.md:10 OR001 warning"]


def test_boilerplate_is_told_of_and_what_is_declared_does_not_count(tmp_path: Path) -> None:
    closing = " ".join(sentences("closing", 12))
    files: dict[str, str | bytes | None] = {
        f"content/{number:02}.md": post(f"{prose(str(number), 1)}\n\n{closing}", f"2025-01-{number:02}")
        for number in range(1, 21)
    }
    site = write(tmp_path, files)
    assert len([each for each in told(site, "OR003") if each.endswith(":0 OR003 note")]) == 20
    write(site, {"blogq.yaml": f'{CONFIG}boilerplate:\n  - "{closing}"\n'})
    assert told(site, "OR001", "OR002") == []
    assert len(told(site, "OR003")) == 20, "it is still most of each post"


def test_the_twentieth_copy_is_found_like_the_first(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        f"content/{number:02}.md": post(OLD, f"2025-01-{number:02}", f"Title {chr(96 + number)}")
        for number in range(1, 21)
    }
    errors = {each.split(":")[0] for each in told(write(tmp_path, files), "OR001") if each.endswith("error")}
    assert errors == {f"{number:02}.md" for number in range(2, 21)}


def spun(names: list[str], title: str = "Plumber in {}") -> dict[str, str | bytes | None]:
    form = sentences("form", 12)
    bodies = [" ".join(f"{each[:-1]} in {name}." for each in form) for name in names]
    return {
        f"content/{name.lower()}.md": post(body, f"2025-01-0{at}", title.format(name))
        for at, (name, body) in enumerate(zip(names, bodies, strict=True), 1)
    }


def test_three_posts_that_differ_in_a_name_only_are_spun(tmp_path: Path) -> None:
    towns = ["Springfield", "Shelbyville", "Ogdenville", "Brockway"]
    site = write(tmp_path, spun(towns[:2]))
    assert told(site, "OR006") == []
    write(site, spun(towns))
    assert told(site, "OR006") == ["brockway.md:0 OR006 warning", "ogdenville.md:0 OR006 warning"]
    (last, _) = found(site, "OR006")
    assert last.message == (
        "nothing but names and numbers differs from 3 earlier posts: content/springfield.md, content/shelbyville.md, "
        "content/ogdenville.md"
    )
    assert [each.span.path for each in last.related] == [
        "content/springfield.md", "content/shelbyville.md", "content/ogdenville.md",
    ]  # fmt: skip


def test_a_shared_skeleton_alone_is_not_spun(tmp_path: Path) -> None:
    files = spun(["Springfield", "Shelbyville", "Ogdenville"])
    for name, source in files.items():
        files[name] = f"{source}\n\n{prose(name, 2)}"
    assert told(write(tmp_path, files), "OR006") == []


def test_announcements_of_versions_are_not_spun(tmp_path: Path) -> None:
    files = spun(["1.0.1", "1.0.2", "1.0.3"], "Announcing Thing {}")
    assert told(write(tmp_path, files)) == []


def test_it_can_be_silenced_told_how_severe_it_is_and_given_other_limits(tmp_path: Path) -> None:
    site = pasted(tmp_path, OLD)
    comment = "<!-- blogq: ignore OR001, OR002 because a farewell repeats the welcome -->"
    write(site, {"content/new.md": post(f"{comment}\n\n{OLD}", "2026-03-01", "New")})
    assert told(site) == []
    write(site, {"content/new.md": post(OLD, "2026-03-01", "New")})
    write(site, {"blogq.yaml": f"{CONFIG}check: {{rules: {{OR001: {{severity: note}}, OR002: {{words: 5000}}}}}}\n"})
    assert told(site) == ["new.md:5 OR001 note"]


def test_the_score_of_a_copy_is_lower_and_says_why(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/old.md": post(OLD), "content/new.md": post(OLD, "2026-03-01", "New")})
    new, old = judge(site).posts
    assert (old.parts["originality"], new.parts["originality"]) == (100, 0)
    assert old.score is not None and new.score is not None and old.score - new.score >= 14


@pytest.mark.parametrize(
    "text",
    [
        "Мы пекли хлеб на закваске десять лет подряд и каждый раз получалось немного иначе, потому что мука другая. "
        * 1
        + "Сначала думали, что дело в воде, потом в печи, а оказалось, что тесту просто нужно больше времени и тепла.",
        "我们十年来一直用老面做面包，每次味道都略有不同，因为面粉不一样。起初以为是水的问题，后来以为是烤箱，最后才明白面团只是需要更多时间。",
    ],
    ids=["Russian", "Chinese"],
)
def test_other_scripts_are_compared_as_well(tmp_path: Path, text: str) -> None:
    site = write(
        tmp_path,
        {"content/old.md": post(text * 3), "content/new.md": post(text * 3, "2026-03-01", "New")},
    )
    severities = [f.severity for f in found(site, "OR001")]
    assert severities in (["error"], ["note"]), "a short text is a note at most"


def test_without_a_store_with_one_and_with_a_damaged_one_the_findings_are_the_same(tmp_path: Path) -> None:
    site = pasted(tmp_path, HALF + "\n\n" + prose("more", 8))
    first = found(site)
    assert found(site) == first
    for path in sorted((site / ".blogq/originality").iterdir()):
        data = path.read_bytes()
        for damaged in (b"", data[: len(data) // 2], b"\0" * len(data), bytes(b ^ 85 for b in data)):
            path.write_bytes(damaged)
            (site / ".blogq/originality/found").unlink(missing_ok=True)
            assert found(site) == first, path.name
    shutil.rmtree(site / ".blogq")
    assert found(site) == first
