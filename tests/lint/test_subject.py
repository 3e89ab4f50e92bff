"""What rules may ask of a post: where it leads, what it shows, what its author says that it is."""

from __future__ import annotations

import pytest
from subject import subject_of

from blogq.lint.blog import Blog, Judged
from blogq.lint.judge import judge
from blogq.lint.score.reading import Reading
from blogq.lint.score.substance import checkable
from blogq.lint.selection import select
from blogq.lint.subject import Subject

HEAD = "---\ntitle: A plain title\ndate: 2024-05-01\n---\n"


def test_addresses_in_shortcodes_lead_elsewhere() -> None:
    post = subject_of(
        HEAD + "[a](https://a.example/) {{< youtube w7F >}} {{< gist ann 12 >}} {{< figure src=x.png alt=X >}}\n\n"
        '{{< quote "A" url="https://q.example/" >}}\nWell.\n{{< /quote >}}\n\n{{< embed "https://e.example/" >}}\n'
    )
    assert post.outward == (
        "https://a.example/",
        "https://www.youtube.com/watch?v=w7F",
        "https://gist.github.com/ann",
        "https://q.example/",
        "https://e.example/",
    )


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("Text.", False),
        ("{{< youtube w7F >}}", True),
        ("Text {{< icon >}} and text.", True),
        ("{{< details x >}}\nText.\n{{< /details >}}", False),
        ("{{< details x >}}\n{{< figure src=x.png >}}\n{{< /details >}}", True),
        ("{{< figure x.png >}}\nText.\n{{< /figure >}}", True),
        ("{{< quote >}}\nText.\n{{< /quote >}}", False),
        ('[text]({{< ref "a.md" >}})', False),
        ("{% include film.html %}", True),
        ("{% if a %}", False),
        ("    code", True),
    ],
)
def test_what_shows_something(text: str, shows: bool) -> None:
    assert subject_of(HEAD + text).shows is shows


def test_shortcodes_count_as_substance() -> None:
    text = HEAD + "{{{{< figure src=x.png alt=X >}}}}\n\n{{{{< quote{} >}}}}\nWell said.\n{{{{< /quote >}}}}\n"
    told, untold = (checkable(Reading(subject_of(text.format(by)))) for by in (' by="A"', ""))
    assert (told["quotations with a source"], untold["quotations with a source"]) == (1, 0)
    assert told["pictures with alternative text"] == 1


@pytest.mark.parametrize(
    ("front", "path", "draft", "note", "redirects"),
    [
        ("", "content/posts/a.md", False, False, False),
        ("draft: true", "content/posts/a.md", True, False, False),
        ("published: false", "content/posts/a.md", True, False, False),
        ("draft: false", "content/posts/a.md", False, False, False),
        ("", "_drafts/a.md", True, False, False),
        ("kind: Note", "content/posts/a.md", False, True, False),
        ("redirect_to: /b/", "content/posts/a.md", False, False, True),
    ],
)
def test_what_the_author_says_that_it_is(front: str, path: str, draft: bool, note: bool, redirects: bool) -> None:
    post = subject_of(f"---\ntitle: T\n{front}\n---\nText.\n", path)
    assert (post.is_draft, post.is_note, post.redirects) == (draft, note, redirects)


def test_a_page_that_sends_readers_on_is_not_judged() -> None:
    text = "---\ndate: 2024-05-01\n{}\n---\nThe the text. <!-- more -->\n\nTODO\n\n![](a.png)\n"
    rules = select()
    kept = judge(subject_of(text.format("redirect_to: /b/")), rules)
    assert (kept.findings, kept.brief.score, kept.figures) == ((), None, {})
    assert judge(subject_of(text.format("lang: en")), rules).findings
    sent = Judged("a.md", "/a/", "T", "", 1, 0, "live", "post", "en", "A", None, {}, 0, None, kept.brief.facts)
    assert Blog((sent,), 2).live == ()
    assert Blog((sent._replace(facts={}),), 2).live != ()


def at(post: Subject, line: int, column: int, length: int) -> tuple[str, str]:
    """Return the excerpt of a place, and what of it stands at the place."""
    shown, begins = post.excerpt(post.at(line, column, length))
    return shown, shown[column - begins : column - begins + length]


def test_excerpts_are_cut_around_their_place() -> None:
    line = " ".join(f"w{number:03}" for number in range(200))
    post = subject_of(f"{line}\nshort 文字 line\n")
    for column in range(1, len(line) - 3, 5):
        shown, word = at(post, 1, column, 4)
        assert word == line[column - 1 : column + 3]
        assert len(shown) == 200
    assert at(post, 1, 1, 4)[0].endswith("…") and not at(post, 1, 1, 4)[0].startswith("…")
    assert at(post, 1, 500, 4)[0].startswith("…") and at(post, 1, 500, 4)[0].endswith("…")
    assert at(post, 1, 996, 4)[0].startswith("…") and not at(post, 1, 996, 4)[0].endswith("…")
    assert at(post, 2, 7, 2) == ("short 文字 line", "文字")
    assert post.excerpt(post.at(1)) == (f"{line[:199]}…", 1)
    assert post.excerpt(post.at(0)) == ("", 1)
    assert post.excerpt(post.at(9)) == ("", 1)


def test_fingerprints_know_nothing_of_where_an_excerpt_was_cut() -> None:
    words = "Many words stand before it. " * 20
    found = [
        post.finding("SY003", "warning", post.at(1, len(prefix) + 1, 3), "m", "h", "about")
        for prefix in (words, "")
        for post in [subject_of(f"{prefix}the the end\n")]
    ]
    assert found[0].evidence != found[1].evidence
    assert found[0].fingerprint == found[1].fingerprint


def test_words_of_others_are_none_of_its_sentences() -> None:
    said = "We are glad to have done all of this for you"
    post = subject_of(f"We asked. “{said}. {said},” said Ann. She said “{said}” when it was over.\n")
    told = [each.text[start:end] for each, start, end in post.sentences]
    assert told[0] == "We asked."
    assert told[-1].startswith("She said") or len(told) == 1
    assert not any(each.startswith("“") for each in told)
