"""A small blog with all that is hard on a page: wide tables, long words and lines, scripts that run the other way."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from blogq.build import Request, build
from blogq.report.text import findings_text

NOW = 1_767_268_800
"""1 January 2026, 12:00 UTC."""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde"
ADDRESS = "https://example.org/" + "and/on/" * 20
ARABIC = "المدونة محادثة مع الناس، والمحادثة فيها سكوت. لا أحد يريد أن يتحدث مع HTML كل يوم."
CHINESE = "博客是与人的对话,而对话里有停顿。没有人愿意和每天九点都要开口的人说话 HTML。"
CONFIG = """\
title: The Hard Gazette
description: Everything that can go wrong on a page.
base_url: https://hard.example/
languages:
  ar: {title: جريدة الاختبار}
  zh: {title: 测试日报}
authors:
  ada: {name: Ada Moss, bio: Ada repairs clocks in a town with one bridge., url: "https://ada.example/"}
profiles: ["https://social.example/@hard"]
pagination: {size: 4}
menus:
  main:
    - {title: Posts, url: /posts/, children: [{Archive: /archive/}, {Tags: /tags/}]}
    - about.md
"""
TEXT = f"""\
An opening with **bold**, `code`, a [link](https://example.org/) and a footnote.[^1] Then {LONG} and {ADDRESS}.

## A wide table

| {" | ".join(f"Column {n}" for n in range(14))} |
|{"--:|" * 14}
| {" | ".join("1234567" for _ in range(14))} |

## Long lines of code

```python title="long.py" hl_lines="1"
def a_function_with_a_name(argument: dict[str, int], other: list[tuple[str, str]]) -> dict[str, list[tuple[str, int]]]:
    return {{}}
```

```
{LONG * 3}
```

### {LONG}

- [x] Done
- One
  - Two
    - Three
      - Four, with a line that is long enough to be broken on a telephone held upright

> [!WARNING]
> A warning with `code`.

> A quotation.

Term
: What it means.

![A picture](pic.png "What is to be seen there.")

{{{{< details summary="Hidden" >}}}}
Found.
{{{{< /details >}}}}

Press <kbd>Ctrl</kbd>. <abbr title="HyperText">HT</abbr>, H<sub>2</sub>O.

---

The end.

[^1]: A note, with a [link](https://example.org/).
"""
PAGES = (
    *("/", "/page/2/", "/posts/", "/posts/all/", "/posts/p1/", "/about/", "/tags/", "/tags/layout/", "/authors/"),
    *("/authors/ada/", "/series/", "/series/hard-parts/", "/archive/", "/archive/2025/", "/archive/2025/11/"),
    *("/404.html", "/ar/", "/ar/posts/all/", "/zh/posts/all/"),
)
"""One of each kind of page."""


def picture() -> bytes:
    """A PNG of 900 × 600 pixels."""
    written = BytesIO()
    Image.new("RGB", (900, 600), (90, 120, 140)).save(written, "png")
    return written.getvalue()


def hard_site(root: Path, theme: str) -> Path:
    """Build the site with `theme` and return the folder of its pages."""
    files: dict[str, str | bytes] = {
        "blogq.yaml": f"{CONFIG}theme: {theme}\n",
        "content/about.md": "---\ntitle: About\n---\nWe.\n",
        "content/posts/all/pic.png": picture(),
    }
    usual = "authors: [ada]\nseries: Hard parts\nimage: pic.png\n"
    for language, title, text in (
        ("", "Everything at once", TEXT),
        (".ar", "كل شيء", f"{ARABIC}\n\n## {ARABIC}\n\n> {ARABIC}\n\n```\ncode\n```\n\n- {ARABIC}\n"),
        (".zh", "一切", f"{CHINESE * 3}\n\n## {CHINESE}\n\n> {CHINESE}\n"),
    ):
        tags = f"tags: [Layout, {', '.join(f'tag {n}' for n in range(70))}]\n" if not language else ""
        head = f"---\ntitle: {title}\ndate: 2025-11-30\nupdated: 2025-12-02\n{usual}{tags}---\n"
        files[f"content/posts/all/index{language}.md"] = head + text
    for number in range(1, 7):
        title = f"{LONG} {number}" if number == 1 else f"A post of its own, number {number}"
        head = (
            f"---\ntitle: {title}\ndate: 2025-11-{number:02}\nauthors: [ada]\ntags: [Layout]\nseries: Hard parts\n---\n"
        )
        files[f"content/posts/p{number}.md"] = f"{head}Text of one line.\n"
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = build(Request(root, NOW, root / "_site", {}, jobs=1))
    assert not [each for each in result.findings if each.severity == "error"], findings_text(result.findings)
    return root / "_site"
