"""MD003: pictures and videos of others without credit, and those that post after post shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from judged_blogs import blog, found, post
from subject import subject_of

from blogq.gate import Ask, run_gate
from blogq.lint.blog import Judged
from blogq.lint.rules.media.shown_media import Media, domain, media_of
from blogq.lint.rules.media.uncredited import RULE

IFRAME = '<iframe src="https://www.youtube.com/embed/abc123def" title="YouTube video player"></iframe>'
PICTURE = "![A pump](https://pumps.example.com/a.jpg)"


def shown(body: str) -> list[Media]:
    return media_of(subject_of(f"---\ntitle: T\ndate: 2026-01-01\n---\n{body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        f"We looked at it for an hour.\n\n{PICTURE}\n\nThen we went home.",
        f"{PICTURE}\n\nNear.\n\nPhoto by Ada Byron, two paragraphs on.",
        f"[elsewhere](https://other.example.net/)\n\n{PICTURE}",
        f"{PICTURE}\n\n{PICTURE.replace('a.jpg', 'b.jpg')}",
        '<img\n  src="https://pumps.example.com/a.jpg" alt="">',
        f"Then this came up.\n\n{IFRAME}\n\nWe laughed.",
        "Then this came up.\n\n{{< youtube abc123def >}}\n\nWe laughed.",
        "Then this came up.\n\n{{< vimeo 22439234 >}}",
    ],
)
def test_without_credit(body: str) -> None:
    assert not shown(body)[0].credited


@pytest.mark.parametrize(
    "body",
    [
        f"{PICTURE}\n\n*Photo by Ada Byron*",
        f"{PICTURE}\nFoto: Ada Byron",
        f"Crédit : Ada Byron\n\n{PICTURE}",
        f"Фото: Ада\n\n{PICTURE}",
        "![A pump, © Ada](https://pumps.example.com/a.jpg)",
        f"As [they say](https://www.example.com/pumps/):\n\n{PICTURE}",
        f"As [they say][1]:\n\n{PICTURE}\n\nMore.\n\n[1]: https://www.example.com/pumps/",
        "<figure><img src='https://pumps.example.com/a.jpg'><figcaption>A pump</figcaption></figure>",
        f"In this talk Ada Byron explains it.\n\n{IFRAME}",
        f"See [the talk](https://talks.example.net/).\n\n{IFRAME}",
        IFRAME.replace("YouTube video player", "How pumps work"),
        '{{< youtube abc123def title="How pumps work" >}}',
        "![Own](a.jpg)",
        "![Own](https://user-images.githubusercontent.com/1/a.png)",
    ],
)
def test_with_credit(body: str) -> None:
    assert shown(body)[0].credited


@pytest.mark.parametrize(
    "body",
    [
        f"`{IFRAME}`",
        f"```\n{IFRAME}\n{PICTURE}\n```",
        "![build](https://img.shields.io/badge/x-y.svg)",
        "![x]({{site.url}}/a.png)",
        "[a link](https://pumps.example.com/a.jpg)",
        '<iframe src="https://maps.example.com/"></iframe>',
    ],
)
def test_what_is_no_media(body: str) -> None:
    assert shown(body) == []


def test_names() -> None:
    pictures = shown("![a](../a.jpg) ![b](/b.jpg?x=1)\n\n<img src='c.jpg'>")
    assert [each.known_as for each in pictures] == ["content/a.jpg", "/b.jpg", "content/posts/c.jpg"]
    watched = "https://www.youtube-nocookie.com/embed/abc123def?start=3"
    videos = shown(f'{IFRAME}\n\n<iframe src="{watched}"></iframe>\n\n{{{{< youtube abc123def >}}}}')
    assert {each.known_as for each in videos} == {"youtube:abc123def"}
    assert [domain(host) for host in ("a.b.example.com", "www.bbc.co.uk", "example.de")] == [
        "example.com",
        "bbc.co.uk",
        "example.de",
    ]


def showing(number: int, **said: Any) -> Judged:
    media = Media(
        **{"what": "picture", "known_as": "/a.jpg", "host": "", "credited": True, "line": 5, "column": 1} | said
    )
    return post(number, facts={"media": [list(media)]})


def test_own_hosts_are_nobody_elses() -> None:
    judged = blog([showing(1, host="cdn.pumps.example", credited=False)])
    (told,) = found(RULE, judged)
    assert told.message == "the picture from cdn.pumps.example is shown without a word about whose it is"
    assert (told.span.line, told.span.column) == (5, 1)
    assert found(RULE, judged, own=["pumps.example"]) == []
    assert found(RULE, judged, own=["umps.example"]) != []
    own = type(judged)(judged.posts, judged.now, ("www.pumps.example",))
    assert found(RULE, own) == []


def plain(count: int) -> list[Judged]:
    return [post(100 + number) for number in range(count)]


def test_shown_again_and_again() -> None:
    (told,) = found(RULE, blog([*map(showing, range(4)), *plain(20)]))
    assert told.span.path.endswith("00003.md")
    wanted = "this picture is shown in 4 posts: also in content/posts/00001.md and content/posts/00002.md and 1 more"
    assert told.message == wanted
    assert found(RULE, blog([*map(showing, range(4)), *plain(20)]), posts=5) == []


def test_twice_a_logo_a_small_blog_and_a_series_are_nothing() -> None:
    assert found(RULE, blog([*map(showing, range(2)), *plain(20)])) == []
    assert found(RULE, blog([*map(showing, range(6)), *plain(20)])) == []
    assert found(RULE, blog([*map(showing, range(2)), *plain(12)]), posts=2) == []
    part = [each._replace(facts=each.facts | {"terms": [["series", "S", 3, 1]]}) for each in map(showing, range(4))]
    assert found(RULE, blog([*part, *plain(20)])) == []
    twice = showing(1)
    twice = twice._replace(facts={"media": twice.facts["media"] * 3})
    assert found(RULE, blog([twice, *plain(20)])) == []


def test_on_a_site(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    config = "title: S\nbase_url: https://www.own.example/\nprofiles: [{name: P, url: 'https://pics.example/me'}]\n"
    (tmp_path / "blogq.yaml").write_text(config)
    body = f"![a](https://cdn.own.example/a.jpg)\n\n![b](https://pics.example/b.jpg)\n\nText\n\n{PICTURE}\n"
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\ndate: 2026-01-01\n---\n{body}")
    found = run_gate(Ask(tmp_path, 1_790_000_000, ("MD003",), jobs=1)).findings
    assert [(f.span.line, f.code) for f in found] == [(11, "MD003")]
    with (tmp_path / "blogq.yaml").open("a") as file:
        file.write("check: {rules: {MD003: {own: [pumps.example.com]}}}\n")
    assert run_gate(Ask(tmp_path, 1_790_000_000, ("MD003",), jobs=1)).findings == ()
    with (tmp_path / "blogq.yaml").open("a") as file:
        file.write("  # none\n")
    text = (tmp_path / "blogq.yaml").read_text().replace("[pumps.example.com]", "7")
    (tmp_path / "blogq.yaml").write_text(text)
    (wrong,) = [f for f in run_gate(Ask(tmp_path, 1_790_000_000, ("MD003",))).findings if f.severity == "error"]
    assert "write a list of texts" in wrong.hint
