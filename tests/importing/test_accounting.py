"""Old addresses and items are counted as what became of them: kept, redirected, or lost with a reason."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_exports import item, moved, tree, wordpress, written


def label(name: str, nicename: str, domain: str = "post_tag") -> str:
    return f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'


def test_lists_that_stand_elsewhere_now_send_readers_on(tmp_path: Path) -> None:
    more = label("Valves", "valves") + label("How to", "how-to-2") + label("Uncategorized", "uncategorized", "category")
    source = wordpress(
        tmp_path,
        item(1, more=more),
        # Its own address is that of a list: the page has it.
        item(2, more=label("Tanks!", "post-2"), link="https://old.example/tag/post-2/"),
        item(3, more=label("Later", "later"), status="draft"),
    )
    account = moved("wordpress", source, tmp_path / "site")
    base = "https://old.example"
    assert account.stays == [
        (f"{base}/2024/05/post-1/", "/2024/05/post-1/"),
        (f"{base}/tag/post-2/", "/tag/post-2/"),
        (f"{base}/tag/valves/", "/tag/valves/"),
    ]
    assert account.redirected == [(f"{base}/tag/how-to-2/", "/tag/how-to/")]
    assert account.lost == [
        (f"{base}/category/uncategorized/", "it listed Uncategorized, which nothing in the new site has"),
        (f"{base}/tag/post-2/", "a page has it"),
    ]
    command = [sys.executable, "-m", "blogq", "build", "--site", str(tmp_path / "site")]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout
    assert "url=/tag/how-to/" in (tmp_path / "site/_site/tag/how-to-2/index.html").read_text()
    assert (tmp_path / "site/_site/tag/how-to/index.html").exists()


def test_a_text_that_cannot_be_read_keeps_no_address(tmp_path: Path) -> None:
    old = tree(
        tmp_path / "old",
        {
            "_config.yml": "title: Pumps\nurl: https://old.example\n",
            "_posts/2024-05-01-good.md": "---\ntitle: Good\nredirect_from: /was/\n---\nText.\n",
            "_posts/2024-05-02-bad.md": "---\ntitle: [Bad\nredirect_from: /too/\n---\nText.\n",
        },
    )
    account = moved("jekyll", old, tmp_path / "site")
    files = written(tmp_path / "site")
    assert "not-imported/posts/2024-05-02-bad.md" in files
    assert (account.live, account.carried) == (2, 1)
    assert [old for old, _ in account.stays] == ["/2024/05/01/good.html"]
    assert [old for old, _ in account.redirected] == ["/was/"]
    assert [(old, why.split(",")[0]) for old, why in account.lost] == [
        ("/2024/05/02/bad.html", "its text is in not-imported/posts/2024-05-02-bad.md")
    ]


def test_hugo_shows_nobody_what_it_cannot_read(tmp_path: Path) -> None:
    texts = {
        "hugo.toml": 'baseURL = "https://old.example/"\n',
        "content/posts/good.md": "---\ntitle: Good\ndate: 2024-05-01\n---\nText.\n",
        "content/posts/open.md": "---\ntitle: Never closed\ndate: 2024-05-02\n\nText.\n",
    }
    account = moved("hugo", tree(tmp_path / "old", texts), tmp_path / "site")
    assert (account.live, account.carried, account.kept) == (1, 1, 1)
    assert [note.code for note in account.notes] == ["frontmatter"]
    assert "not-imported/posts/open.md" in written(tmp_path / "site")


def test_ghost_s_lists_of_tags_and_authors(tmp_path: Path) -> None:
    data = {
        "posts": [{"id": 1, "title": "One", "slug": "one", "status": "published", "html": "<p>x</p>", "author_id": 5,
                   "published_at": "2024-05-01T09:30:00.000Z"}],
        "tags": [{"id": 8, "name": "Hand pumps", "slug": "hand"}, {"id": 9, "name": "Unused", "slug": "unused"}],
        "posts_tags": [{"post_id": 1, "tag_id": 8}],
        "users": [{"id": 5, "name": "Ann", "slug": "ann"}, {"id": 6, "name": "Bo", "slug": "bo"}],
        "settings": [{"key": "url", "value": "https://old.example/"}],
    }  # fmt: skip
    (tmp_path / "g.json").write_text(json.dumps({"data": data}))
    account = moved("ghost", tmp_path / "g.json", tmp_path / "site")
    assert [old for old, _ in account.stays] == ["https://old.example/one/", "https://old.example/author/ann/"]
    assert account.redirected == [("https://old.example/tag/hand/", "/tag/hand-pumps/")] and not account.lost


@pytest.mark.parametrize("nicename", ["../../evil", "%2e%2e/%2e%2e/x", "a/../../b", "x\\y", "a\nb", "CON", "é" * 300])
def test_names_of_lists_lead_nowhere_else(tmp_path: Path, nicename: str) -> None:
    source = wordpress(tmp_path, item(1, more=label("Valves", nicename)))
    account = moved("wordpress", source, tmp_path / "in/site")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export.xml", "in"]
    assert [each.name for each in (tmp_path / "in").iterdir()] == ["site"]
    moved_pages = [name for name in written(tmp_path / "in/site") if name.startswith("content/moved/")]
    assert len(moved_pages) == len(account.redirected) <= 1
    assert account.addresses == 2


def test_lists_whose_addresses_are_alike_have_a_page_each(tmp_path: Path) -> None:
    more = label("One", "a/b") + label("Two", "a-b")
    account = moved("wordpress", wordpress(tmp_path, item(1, more=more)), tmp_path / "site")
    pages = [text for name, text in written(tmp_path / "site").items() if name.startswith("content/moved/")]
    assert len(pages) == len(account.redirected) == 2


def test_no_list_takes_the_place_of_another(tmp_path: Path) -> None:
    # One list stood where another label's stands now; and two labels are written alike.
    source = wordpress(
        tmp_path,
        item(1, more=label("Valves", "tanks") + label("C", "c")),
        item(2, more=label("Tanks", "tanks-2") + label("C!", "c-2")),
    )
    account = moved("wordpress", source, tmp_path / "site")
    assert account.redirected == [("https://old.example/tag/tanks-2/", "/tag/tanks/")]
    assert [old.rpartition("/tag/")[2] for old, _ in account.lost] == ["tanks/", "c/", "c-2/"]
    command = [sys.executable, "-m", "blogq", "build", "--site", str(tmp_path / "site")]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout


def test_a_text_that_only_sends_on_keeps_its_address(tmp_path: Path) -> None:
    old = tree(
        tmp_path / "old",
        {
            "_config.yml": "title: Pumps\nurl: https://old.example\n",
            "_posts/2024-05-01-good.md": "---\ntitle: Good\n---\nText.\n",
            "team/apply.md": "---\ntitle: Apply\nredirect_to: https://else.example/\n---\n",
        },
    )
    account = moved("jekyll", old, tmp_path / "site")
    assert ("/team/apply.html", "/team/apply.html") in account.stays
    command = [sys.executable, "-m", "blogq", "build", "--site", str(tmp_path / "site")]
    subprocess.run(command, capture_output=True, check=True)
    assert "https://else.example/" in (tmp_path / "site/_site/team/apply.html").read_text()
