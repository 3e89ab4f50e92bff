"""Small exports, made here in the shape that each program writes."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from blogq.importing.account import Account
from blogq.importing.arrival import move_in

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<rss version="2.0"'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    "<title>Pumps &amp; Patience</title><link>https://old.example</link>"
    "<description>On pumps</description><language>en-GB</language>"
    "<wp:base_blog_url>https://old.example</wp:base_blog_url>"
    "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</wp:author_login>"
    "<wp:author_email>ann@old.example</wp:author_email><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>"
    "{items}</channel></rss>"
)


def item(number: int, title: str = "", body: str = "Some text.", more: str = "", **told: str) -> str:
    """Return one item of an export of WordPress."""
    values = {
        "link": f"https://old.example/2024/05/post-{number}/",
        "post_name": f"post-{number}",
        "status": "publish",
        "post_type": "post",
        "post_date": "2024-05-01 11:30:00",
        "post_date_gmt": "2024-05-01 09:30:00",
        **told,
    }
    link = values.pop("link")
    fields = "".join(f"<wp:{key}>{value}</wp:{key}>" for key, value in values.items())
    return (
        f"<item><title>{title or f'Post {number}'}</title><link>{link}</link><dc:creator>ann</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>{fields}{more}</item>"
    )


def wordpress(folder: Path, *items: str, doctype: str = "") -> Path:
    """Write an export of WordPress and return its path."""
    path = folder / "export.xml"
    path.write_text(RSS.format(items="".join(items), doctype=doctype), encoding="utf-8")
    return path


def moved(kind: str, source: Path, into: Path) -> Account:
    """Import and return the account."""
    return move_in(kind, source, into)


def written(root: Path) -> dict[str, str]:
    """Return all files of a folder by path, as text."""
    return {each.relative_to(root).as_posix(): each.read_bytes().decode("utf-8", "replace") for each in _files(root)}


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(each for each in root.rglob("*") if each.is_file() and not each.is_symlink())


def tree(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder and return it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
