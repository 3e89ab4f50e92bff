"""Posts as they were before somebody mended them: what went wrong in the histories of real blogs.

Each case: a name, the file's bytes, and all that is to be said of it as `CODE:line`, errors first. A case whose
list is empty looks odd and is right all the same.
"""

from __future__ import annotations

BODY = "\nThe text.\n"


def yaml(front: str, body: str = BODY) -> bytes:
    """Return a post with YAML front matter."""
    return f"---\n{front}\n---\n{body}".encode()


def toml(front: str, body: str = BODY) -> bytes:
    """Return a post with TOML front matter."""
    return f"+++\n{front}\n+++\n{body}".encode()


CONFLICT = "<<<<<<< HEAD\ntitle: Mine\n=======\ntitle: Theirs\n>>>>>>> theirs"

CASES: list[tuple[str, bytes, list[str]]] = [
    # YAML
    ("colon in a title", yaml("title: Rust: the book\ndate: 2014-01-02"), ["FM102:2"]),
    ("colon in a later line", yaml("title: x\ndate: 2014-01-02\ndescription: One: two"), ["FM102:4"]),
    ("quote never closed", yaml('title: "Half a quote\ndate: 2014-01-02'), ["FM102:2"]),
    ("single quote never closed", yaml("title: x\nsummary: 'It is\ndate: 2014-01-02"), ["FM102:3"]),
    ("apostrophe in single quotes", yaml("title: 'It's here'\ndate: 2014-01-02"), ["FM102:2"]),
    ("quotes in quotes", yaml('title: "She said "hello" twice"'), ["FM102:2"]),
    ("text after a quoted start", yaml('title: "Why" we write'), ["FM102:2"]),
    ("tab before a key", yaml("title: x\n\tdate: 2014-01-02"), ["FM102:3"]),
    ("tab before a list item", yaml("tags:\n\t- one\n\t- two\ntitle: x"), ["FM102:3"]),
    ("list item out of line", yaml("tags:\n  - one\n - two\ntitle: x"), ["FM102:4"]),
    ("key out of line", yaml("title: x\n  date: 2014-01-02"), ["FM102:3"]),
    ("bracket never closed", yaml("tags: [one, two\ntitle: x"), ["FM102:2"]),
    ("brace never closed", yaml("extra: {a: 1\ntitle: x"), ["FM102:2"]),
    ("at sign at the start", yaml("author: @ada\ntitle: x"), ["FM102:2"]),
    ("percent sign at the start", yaml("title: %TITLE%"), ["FM102:2"]),
    ("backtick at the start", yaml("title: `code` in titles"), ["FM102:2"]),
    ("asterisk at the start", yaml("title: *Important* news"), ["FM102:2"]),
    ("ampersand at the start", yaml("title: & then"), ["FM102:2"]),
    ("exclamation mark at the start", yaml("title: !important news"), ["FM102:2"]),
    ("space missing after the colon", yaml("title:x\ndate: 2014-01-02"), ["FM102:2"]),
    ("colon missing", yaml("title x\ndate: 2014-01-02"), ["FM102:2"]),
    ("backslash in double quotes", yaml('title: "C:\\new\\path"'), ["FM102:2"]),
    ("template of a scaffold left in", yaml("title: {{ title }}\ndate: {{ date }}"), ["FM102:2"]),
    ("two values for one key", yaml("title: One\ntitle: Two\ndate: 2014-01-02"), ["FM104:3"]),
    ("typographic quotes", yaml("title: “Rust: the book”\ndate: 2014-01-02"), ["FM102:2"]),
    ("typographic quotes without a colon", yaml("title: “A book”\ndate: 2014-01-02"), []),
    ("only a list", yaml("- one\n- two"), []),
    # Dates
    ("month 13", yaml("title: x\ndate: 2014-13-45"), ["FM103:3"]),
    ("30 February", yaml("title: x\ndate: 2024-02-30"), ["FM103:3"]),
    ("either way round", yaml("title: x\ndate: 03/04/2015"), ["FM103:3"]),
    ("placeholder for a date", yaml("title: x\ndate: YYYY-MM-DD"), ["FM103:3"]),
    ("hour 25", yaml("title: x\ndate: 2014-01-02 25:00"), ["FM103:3"]),
    ("a list of dates", yaml("title: x\ndate: [2014-01-02]"), ["FM103:3"]),
    ("two bad dates", yaml("date: soon\nupdated: later\ntitle: x"), ["FM103:2", "FM103:3"]),
    ("no date at all", yaml("title: x\ndate:"), []),
    # Other values
    ("title is a list", yaml("title: [Draft] A plan"), ["FM102:2"]),
    ("title is a mapping", yaml("title:\n  en: Hello\n  de: Hallo"), ["FM103:3"]),
    ("draft neither true nor false", yaml("title: x\ndraft: maybe"), ["FM103:3"]),
    ("slug is a list", yaml("title: x\nslug: [a, b]"), ["FM103:3"]),
    ("slug leads out", yaml("title: x\nslug: ../../etc"), ["UR102:3"]),
    ("misspelt key", yaml("titel: x\ndate: 2014-01-02"), ["FM105:2"]),
    ("weight is a word", yaml("title: x\nweight: heavy"), ["FM103:3"]),
    # Fences of front matter
    ("never closed, then text", b"---\ntitle: x\ndate: 2014-01-02\n\nThe text.\n", ["FM101:1"]),
    ("never closed, nothing more", b"---\ntitle: x\ndate: 2014-01-02\n", ["FM101:1"]),
    ("opened with six dashes", b"------\ntitle: x\ndate: 2014-01-02\n---\n\nThe text.\n", ["FM101:1"]),
    ("opened with two dashes", b"--\ntitle: x\n--\n\nThe text.\n", ["FM101:1"]),
    ("opened with an em dash", "—\ntitle: x\n—\n\nThe text.\n".encode(), ["FM101:1"]),
    ("closed with four dashes", b"---\ntitle: x\ndate: 2014-01-02\n----\n\nThe text.\n", ["FM101:1"]),
    ("closed with an em dash", "---\ntitle: x\n—\n\nThe text.\n".encode(), ["FM101:1"]),
    ("blank lines above", b"\n\n---\ntitle: x\ndate: 2014-01-02\n---\n\nThe text.\n", []),
    ("half-written", b"---\ntitle: x\nda", ["FM101:1"]),
    ("a rule, no front matter", b"---\n\nThe text begins below a rule.\n\n---\n\nIt goes on.\n", []),
    # TOML and JSON
    ("TOML: no quotes", toml("title = Hello\ndate = 2014-01-02"), ["FM102:2"]),
    ("TOML: YAML's colon", toml('title: "Hello"'), ["FM102:2"]),
    ("TOML: key twice", toml('title = "a"\ntitle = "b"'), ["FM102:3"]),
    ("TOML: no such date", toml('title = "a"\ndate = 2014-02-30'), ["FM102:3"]),
    ("TOML: never closed", b'+++\ntitle = "x"\n\nThe text.\n', ["FM101:1"]),
    ("TOML: quote never closed", toml('title = "Half\ndate = 2014-01-02'), ["FM102:2"]),
    ("JSON: comma after the last", b'{\n  "title": "x",\n}\n\nThe text.\n', ["FM102:3"]),
    ("JSON: comma missing", b'{\n  "title": "x"\n  "draft": true\n}\n\nThe text.\n', ["FM102:3"]),
    ("JSON: never closed", b'{\n  "title": "x",\n  "draft": true\n\nThe text.\n', ["FM102:5"]),
    # Bytes
    ("Latin-1 in the text", b"---\ntitle: x\n---\n\nCaf\xe9.\n", ["SR102:5"]),
    ("Latin-1 in the front matter", b"---\ntitle: Caf\xe9\n---\n\nText.\n", ["SR102:2"]),
    ("Windows-1252 quotes", b"---\ntitle: x\n---\n\nOne.\n\nIt\x92s here.\n", ["SR102:7"]),
    ("UTF-16 with its mark", "---\ntitle: x\n---\n".encode("utf-16"), ["SR102:1"]),
    ("UTF-16 without its mark", "---\ntitle: x\n---\n".encode("utf-16-le"), ["SR102:1"]),
    ("UTF-8 cut in the middle", "---\ntitle: x\n---\n\nEnde der Stra\u00dfe".encode()[:-2], ["SR102:5"]),
    ("a picture called a post", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["SR102:1"]),
    ("NUL in the text", b"---\ntitle: x\n---\n\nA\0B\n", ["SR102:5"]),
    ("UTF-8 with its mark", b"\xef\xbb\xbf---\ntitle: x\ndate: 2014-01-02\n---\n\nText.\n", []),
    ("lines end in CR", b"---\rtitle: x\rdate: 2014-13-02\r---\r\rText.\r", ["FM103:3"]),
    ("lines end in CR LF", b"---\r\ntitle: x\r\ndate: 2014-13-02\r\n---\r\n\r\nText.\r\n", ["FM103:3"]),
    # Merges
    ("conflict in the front matter", yaml(f"{CONFLICT}\ndate: 2014-01-02"), ["FM107:2"]),
    ("conflict in the text", yaml("title: x", f"\nOne.\n\n{CONFLICT}\n\nTwo.\n"), ["FM107:7"]),
    (
        "conflict around the closing line",
        b"---\ntitle: x\n<<<<<<< HEAD\n---\n\nA\n=======\n---\n\nB\n>>>>>>> b\n",
        ["FM107:3"],
    ),
    ("conflict in a code block", yaml("title: x", f"\n```\n{CONFLICT}\n```\n"), []),
    # Text
    ("code fence never closed", yaml("title: x", "\n```python\nprint()\n\nNo end.\n"), []),
    ("footnote nowhere defined", yaml("title: x", "\nSee[^1].\n"), ["MD104:5"]),
    ("link to nowhere", yaml("title: x", "\n[there](gone.md)\n"), ["LK001:5"]),
    ("picture that is missing", yaml("title: x", "\nText.\n\n![it](it.png)\n"), ["LK001:7"]),
    ("fragment of no heading", yaml("title: x", "\n[up](#nowhere)\n"), ["LK001:5"]),
    ("language that nothing highlights", yaml("title: x", "\n```klingon\nx\n```\n"), ["MD101:5"]),
    ("empty", b"", []),
    ("only blank lines", b"\n\n \n", []),
    ("only front matter", b"---\ntitle: x\ndate: 2014-01-02\n---", []),
]
"""All cases; they are parsed, planned and published together."""
