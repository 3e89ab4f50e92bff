"""Names as vaults and old blogs have them: spaces, emoji, all scripts, the longest there are, dates of all shapes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from blog_copies import built, listed, page_of

LONG = "what-we-learned-" * 15 + "today.md"
NAMES = {
    # path: (day, URL)
    "2024-1-5-short-numbers.md": ("2024-01-05", "/short-numbers/"),
    "2024-01-05.md": ("2024-01-05", "/2024-01-05/"),
    "2024-01-06_underscored.md": ("2024-01-06", "/underscored/"),
    "2024-01-07 spaced out.md": ("2024-01-07", "/spaced-out/"),
    "2024-13-45-no-such-day.md": ("", "/2024-13-45-no-such-day/"),
    "2024-02-30-nor-this.md": ("", "/2024-02-30-nor-this/"),
    "Why? What! (100% true) #1.md": ("", "/Why-What!-(100-true)-1/"),
    "C++ & Rust.md": ("", "/C++-&-Rust/"),
    "v1.0.1.md": ("", "/v1.0.1/"),
    "🚣 boats.md": ("", "/%F0%9F%9A%A3-boats/"),
    "日本語の記事.md": ("", "/%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%81%AE%E8%A8%98%E4%BA%8B/"),
    "hello.es.md": ("", "/es/hello/"),
    "hello.pt-br.md": ("", "/pt-br/hello/"),
    "notes.old.md": ("", "/notes.old/"),
    "UPPER.MD": ("", "/UPPER/"),
    "deep/er/2020-02-29-leap/index.md": ("2020-02-29", "/deep/er/leap/"),
    LONG: ("", f"/{LONG[:-3]}/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("names") / "Vault of notes"
    for path in NAMES:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("The text.\n", encoding="utf-8")
    built(site)
    return site


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path[:30])
def test_name_gives_date_and_url_and_the_page_is_there(path: str, site: Path) -> None:
    [row] = [row for row in listed(site) if row.path == path]
    assert (row.date[:10], row.url) == NAMES[path]
    assert "The text." in page_of(site, row.url).read_text(encoding="utf-8")


def test_the_longest_name_is_as_long_as_blogs_have_had_them() -> None:
    assert len(LONG.encode()) >= 248


def test_a_name_too_long_for_a_folder_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    (tmp_path / ("ü" * 126 + ".md")).write_text("Text.\n", encoding="utf-8")
    (tmp_path / "fine.md").write_text("Text.\n", encoding="utf-8")
    [error] = [f for f in built(tmp_path).findings if f.severity == "error"]
    assert error.code == "UR102" and "longer than 255 bytes" in error.message
    assert page_of(tmp_path, "/fine/").is_file()


def test_both_unicode_forms_of_a_name_get_one_form_of_url(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "café.md")
    (tmp_path / name).write_text("Text.\n", encoding="utf-8")
    built(tmp_path)
    assert [row.url for row in listed(tmp_path)] == ["/caf%C3%A9/"]


def test_posts_of_one_name_on_two_days_keep_their_dates(tmp_path: Path) -> None:
    for day in ("2020-01-01", "2021-01-01"):
        (tmp_path / f"{day}-happy-new-year.md").write_text("Text.\n", encoding="utf-8")
    assert not [f for f in built(tmp_path).findings if f.severity == "error"]
    assert [row.url for row in listed(tmp_path)] == ["/2020-01-01-happy-new-year/", "/2021-01-01-happy-new-year/"]
