"""The page and the terminal's lines of an account: all of the text, its passages with their other sides, no markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from accounts import account, echo_of, summing_up
from echo_sites import ARABIC, BREAD, BREAD_REWORDED, CHINESE, CLOCK, GARDEN, LONG, MILL, OTHER, PUMP

from blogq.originality.evidence import evidence
from blogq.originality.words import words
from blogq.report.echo.account import Account
from blogq.report.echo.page import as_page
from blogq.report.echo.text import as_text
from blogq.report.excerpt import cells

EVIL = '<script>alert(1)</script> <img src=x onerror=y> "quoted" & \x1b[31mred \u202eturned\ufdd0'


def every_kind(hostile: str = "") -> Account:
    """A post with a paragraph of its own, a copied one, a reworded one and one that sums its source up."""
    paragraphs = [GARDEN, f"{PUMP} {hostile}".strip(), BREAD_REWORDED, OTHER]
    whole = "\n\n".join(paragraphs)
    sides = [f"{PUMP} {hostile}"], [BREAD], [*LONG]
    third = summing_up(OTHER, "\n\n".join(LONG))
    shift = whole.index(OTHER)
    first = len(words(whole[:shift]).keys)
    moved = third.stretches[0]._replace(start=shift, end=len(whole), first=first, last=first + third.words)
    echoes = [
        echo_of(1, evidence(whole, "\n\n".join(sides[0]))),
        echo_of(2, evidence(whole, BREAD)),
        echo_of(3, third._replace(stretches=(moved,)), corpus="wire"),
    ]
    made = account(paragraphs, *sides, echoes=echoes)
    kinds = [[each.kind for each in paragraph.passages] for paragraph in made.paragraphs]
    assert kinds == [[], ["verbatim"], ["reworded"], ["summary"]]
    return made


class Elements(HTMLParser):
    """Every element's name and attributes, and whether all are closed."""

    VOID = frozenset(("meta",))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def bodies(html: str) -> list[str]:
    """Return the text of each paragraph on a page, without the numbers of its passages."""
    found = re.findall(r'<p class="body[^>]*>(.*?)</p>', html, re.S)
    return [unescape(re.sub(r'<a class="number".*?</a>|<[^>]*>', "", each)) for each in found]


def test_all_of_the_text_is_there_with_its_passages_marked() -> None:
    made = every_kind()
    html = as_page(made)
    assert bodies(html) == [paragraph.text for paragraph in made.paragraphs]
    marks = re.findall(r'<mark id="m\d+">(.*?)</mark>', html, re.S)
    told = [unescape(re.sub(r'<a class="number".*?</a>|<[^>]*>', "", each)) for each in marks]
    passages = [(paragraph, each) for paragraph in made.paragraphs for each in paragraph.passages]
    assert told == [paragraph.text[each.start : each.end] for paragraph, each in passages]
    assert told[0] == PUMP
    kinds = re.findall(r'</a><span class="(said[a-z ]*)">', html)
    assert kinds == ["said", "said reworded", "said summed"]


def test_each_passage_leads_to_its_other_side_and_back() -> None:
    made = every_kind()
    html = as_page(made)
    elements = Elements(html).found
    ids = [given["id"] for _, given in elements if given.get("id")]
    assert len(ids) == len(set(ids))
    targets = {(given["href"] or "")[1:] for tag, given in elements if tag == "a" and (given["href"] or "")[0] == "#"}
    assert targets <= set(ids)
    assert {f"{kind}{number}" for kind in "mc" for number in (1, 2, 3)} <= targets
    assert {f"p{number}" for number in (1, 2, 3, 4)} <= targets
    card = re.search(r'<li id="c1">(.*?)</li>', html, re.S)
    assert card
    quoted = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", card[1], re.S)
    assert quoted and unescape(re.sub(r"<[^>]*>", "", quoted[1])).startswith(PUMP)
    assert "<mark>The pump" in quoted[1]
    assert "word for word, 41 words" in card[1] and "old-1.md:1 · 2025-01-02, before this post" in card[1]
    assert 'href="https://blog.example/old-1/"' in card[1]


def test_what_is_not_seen_by_colour_is_said() -> None:
    """Shares stand in headings and labels, kinds in words; the ground deepens with the share."""
    html = as_page(every_kind())
    assert "<b>100% copied</b>" in html and re.search(r"<b>\d+% reworded</b>", html)
    assert 'aria-label="Paragraph 2: 100% copied"' in html
    for told in ("reworded, ", "summed up, "):
        assert told in html
    text = account([f"{GARDEN} {LONG[0]} {LONG[1]} {LONG[2]} {PUMP}", PUMP.replace("The", "Any")], [PUMP])
    assert len(set(re.findall(r'class="body (s\d)', as_page(text)))) == 2


def test_strip_is_as_wide_as_the_words() -> None:
    made = every_kind()
    widths = [int(each) for each in re.findall(r"flex-grow:(\d+)", as_page(made))]
    assert widths == [paragraph.words for paragraph in made.paragraphs]


def test_nothing_of_a_text_is_markup_or_steers_a_terminal() -> None:
    made = every_kind(EVIL)
    sources = [
        each._replace(title=EVIL, path=EVIL, corpus=EVIL, address='https://x.example/"><b>') for each in made.sources
    ]
    made = made._replace(
        title=EVIL, path=f"{EVIL}.md", language='en" onload="x', replaces=(EVIL,),
        sources=tuple(sources),
    )  # fmt: skip
    html = as_page(made)
    elements = Elements(html).found
    assert not {tag for tag, _ in elements} & {"script", "img", "b><b"}
    assert not [name for _, given in elements for name in given if name.startswith("on")]
    for text in (html, as_text(made), as_text(made, color=True).replace("\x1b[", "")):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text.replace("\n", ""))
    assert "\ufdd0" not in html
    assert "&lt;script&gt;" in html and "\\x1b[31mred" in html


def test_the_page_loads_and_runs_nothing() -> None:
    html = as_page(every_kind())
    assert "default-src 'none'" in html
    assert {tag for tag, _ in Elements(html).found} & {"script", "link", "img", "iframe", "form"} == set()
    assert "url(" not in html and "@import" not in html


def test_only_addresses_of_the_web_are_links() -> None:
    made = account([PUMP], [PUMP])
    (source,) = made.sources
    assert source.address == "https://blog.example/old-1/"
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example/", "http://[", "file:///etc/passwd"):
        echo = echo_of(1, evidence(PUMP, PUMP), corpus="wire")
        echo = echo._replace(source=echo.source._replace(url=url))
        bad = account([PUMP], [PUMP], echoes=[echo])
        assert bad.sources[0].address == ""
        assert f'href="{url}' not in as_page(bad)


def test_languages_run_in_their_own_direction() -> None:
    html = as_page(account([ARABIC, CHINESE], [ARABIC, CHINESE], language="ar"))
    assert html.count('class="body s4" dir="auto" lang="ar"') == 2
    assert '<blockquote dir="auto">' in html
    assert bodies(html) == [ARABIC, CHINESE]


def test_a_post_of_its_own_and_an_empty_one() -> None:
    html = as_page(account([GARDEN, OTHER], [MILL]))
    assert "Nothing of this post was said before" in html and "Where it stands" not in html
    Elements(html)
    empty = account([], [MILL], left_out=20)
    assert "20 words of declared boilerplate are left out." in as_page(empty)
    assert "20 words of declared boilerplate are left out." in as_text(empty)


def test_lines_fit_every_width_and_colours_are_asked_for() -> None:
    made = every_kind()
    for width in (40, 60, 80, 132):
        assert max(map(cells, as_text(made, width=width).splitlines())) <= max(width, 40)
    assert "\x1b" not in as_text(made)
    painted = as_text(made, color=True)
    assert re.sub(r"\x1b\[\d+m", "", painted) == as_text(made)
    assert "\x1b[33m▇▇▇▇\x1b[0m" in painted and "\x1b[36m▇" in painted


def test_many_sources_end_somewhere() -> None:
    made = account([MILL, CLOCK], *[[MILL, CLOCK]] * 14)
    assert "… and 4 more; --format json lists them all" in as_text(made)
    assert "and 10 more" in as_page(made)
    assert "also in [2] [3] [4] and 10 more\n" in as_text(made)
    assert max(map(cells, as_text(made).splitlines())) <= 80
