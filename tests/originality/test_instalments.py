"""Titles in which nothing but a version, a date or the number of a part changes."""

from __future__ import annotations

import pytest

from blogq.originality.instalments import instalments


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Announcing Rust 1.89.0", "Announcing Rust 1.90.0", "version"),
        ("Announcing Rust 1.85.0 and Rust 2024", "Announcing Rust 1.84.0", "version"),
        ("Security advisory for Cargo (CVE-2023-38497)", "Security advisory for Cargo (CVE-2022-36113)", "version"),
        ("Project goals update — May 2026", "Project goals update — June 2026", "date"),
        ("Buying software, part 2: setting a vision", "Buying software, part 1", "date"),
        ("This week in sketching #12", "This week in sketching #13", "date"),
        ("Notes of the meeting 2024-05-01", "Notes of the meeting 2024-06-01", "date"),
        ("Q3 figures of the shop", "Q4 figures of the shop", "date"),
        ("7 tips for writers", "10 tips for writers", ""),
        ("Announcing Rust 1.89.0", "announcing  rust 1.89.0", ""),
        ("What I read in May 2024", "How we moved in May 2024", ""),
        ("One", "Two", ""),
        ("", "", ""),
        ("1.2.3", "1.2.4", ""),
    ],
)
def test_titles(one: str, other: str, kind: str) -> None:
    assert instalments(one, other) == kind
    assert instalments(other, one) == kind


def test_a_title_that_has_no_end() -> None:
    assert instalments("part 1 " * 20_000, "part 2 " * 20_000) in ("", "date")
