"""What can happen to a site between two builds, as a table: the name of an edit, what it does, and its arguments.

Arguments are plain values, so that a failing sequence prints as something one can read and run again.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from oracle_images import IMAGES
from oracle_theme import IN_THEME, LOCALES, OVERRIDES
from oracle_world import DAY, NOON, Broken, Post, World, changes, tree_of

from blogq.build import build

FOLDERS = ("posts", "posts/deep", "notes", "")
CASCADES: tuple[Any, ...] = (
    {"tags": ["red"], "mood": "odd"},
    {"authors": ["ann"], "layout": "wide"},
    [{"target": {"path": "**/n1*"}, "draft": True}, {"weight": 3}],
    {"pinned": True, "series": "Saga"},
    None,
)
TEXT_FOLDERS = ("tags", "tags/red", "series/saga", "authors/ann", "tags/nobody")
NAMES = tuple(f"n{number}" for number in range(8))
LANGUAGES = ("", "", "", ".es", ".de")
TAGS = ("red", "Red", "blue sky", "ann", "C++")
TEXTS = (
    "Short.",
    "First.\n\n<!-- more -->\n\nThe rest.",
    "# Head\n\n## One\n\n## Two\n\n## Three\n\nText.",
    "",
    '> [!TIP]\n> "Quoted" $x$\n\nTerm\n: What [it]{#one} is.',
    "Tomatoes want compost, and compost wants tomatoes.",
    "Compost, tomatoes and a harbour.\n\n<!-- more -->\n\nTomatoes, compost. Harbour!",
    "The harbour has sails, and sails a harbour.",
)
DATES = tuple(f"2025-12-{day}" for day in range(26, 32)) + tuple(f"2026-01-0{day}" for day in range(1, 9))
META: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("title", ("Anew", "Ä & <b>", None)),
    ("slug", ("moved", "n1", "n2", None)),
    ("tags", (["red"], ["Red", "C++"], ["blue sky", "red"], None)),
    ("categories", ("News", "news, Old", None)),
    ("authors", (["ann"], ["Bob", "ann"], None)),
    ("series", ("Saga", ["Other", "Saga"], None)),
    ("series_order", (1, 2, None)),
    ("menu", ("main", ["footer", "main"], {"main": {"weight": -1, "title": "Own", "parent": "One"}}, None)),
    ("aliases", (["/old/"], ["/older/", "/a/b.html"], ["/posts/n3/"], None)),
    ("redirect_to", ("/posts/n1/", "n2.md", "https://other.example/", None)),
    ("draft", (True, None)),
    ("unlisted", (True, None)),
    ("date", (*DATES, None)),
    ("publish", ("2026-01-03", "2025-12-30", None)),
    ("expiry", ("2026-01-05", "2025-12-29", None)),
    ("updated", ("2026-01-01", None)),
    ("description", ("Of it.", None)),
    ("summary", ("In short.", None)),
    ("layout", ("wide", "none", None)),
    ("language", ("fr", None)),
    ("weight", (-1, 3, None)),
    ("image", ("pic.svg", "/logo.svg", "photo.jpg", "/assets/shared.png", None)),
    ("pinned", (True, None)),
    ("mood", ("odd", None)),
)
CONFIG: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("title", ("A site", "Another")),
    ("description", ("Of things.", None)),
    ("pagination", ({"size": 3}, {"size": 2}, {"size": 1, "path": "p"}, {"size": 50})),
    ("taxonomies", ({"tags": {"feed": True}, "authors": {}}, {"tags": {"path": "topics", "title": "Topics"}}, None)),
    ("menu", ([{"title": "One", "url": "posts/n1.md"}, {"title": "Two", "url": "/x/"}], None)),
    ("menus", ({"footer": ["about.md"], "main": [{"title": "One", "children": ["posts/n2.md"]}]}, None)),
    ("permalinks", ({"posts": "/:year/:slug/"}, {"notes": "/n/:title/"}, None)),
    ("base_url", ("https://example.org/", "https://example.org/a/b/", "https://other.example/")),
    ("theme", ("mirror", "mirror", "plain")),
    ("theme_options", ({"accent": "#112233"}, {"footer": "Foot"}, None)),
    ("feeds", ({"limit": 2}, {"formats": ["rss"]}, {"content": "summary"}, None)),
    ("authors", ({"ann": {"name": "Ann Example"}}, {"ann": {"name": "Bob", "bio": "Of Ann."}}, None)),
    ("author", ("ann", "Cy", None)),
    (
        "languages",
        (
            {"es": {"title": "Un sitio"}},
            {"es": {"content": "notes", "taxonomies": {"tags": "Etiquetas"}, "date_format": "short", "author": "ann"}},
            {"es": {"menu": [{"title": "Uno", "url": "posts/n2.md"}]}, "de": {"direction": "rtl", "name": "Platt"}},
            None,
        ),
    ),
    ("date_format", ("short", "d. MMMM y", None)),
    (
        "comments",
        (
            {"sources": ["talk", "isso.db"], "form": "isso", "url": "https://talk.example/"},
            {"sources": ["talk"], "moderation": True, "owners": ["Ann"]},
            {"sources": ["isso.db", "gone"], "embed": {"type": "utterances", "repo": "a/b"}},
            None,
        ),
    ),
    ("language", ("en", "de")),
    ("timezone", ("Asia/Tokyo", None)),
    ("markdown", ({"html": False}, {"heading_ids": False}, {"typography": True, "math": True}, None)),
    ("ignore", (["notes/**"], None)),
    ("defaults", ([{"path": "posts", "values": {"categories": ["News"]}}], [{"values": {"mood": "calm"}}], None)),
    ("drafts", (True, None)),
    ("future", (True, None)),
    ("extra", ({"k": 1}, None)),
    ("minify", (True, None)),
    ("urls", ("html", None)),
    ("headers", ({"/*": {"X-A": "b"}}, None)),
    ("posts_json", ("summary", "full", None)),
    ("related", (0, 1, 5, None)),
    ("images", ({"widths": [20, 40, 60]}, {"widths": [30], "formats": ["webp"], "strip": False}, {"enabled": False})),
    ("images", ({"widths": [20], "quality": {"webp": 20}, "sizes": "100vw"}, None)),
)
DATA: dict[str, tuple[str, ...]] = {
    "team.yaml": ("ann: {role: editor}", "ann: {role: writer}", "ann: ["),
    "team/ann.json": ('{"role": "reader"}', '{"role": "rider"}'),
    "missing.toml": ("here = true",),
    "prices.csv": ("a,b\n1,2\n", "a,b\n1,3\n", "a,b\n1\n"),
}
TALK: dict[str, tuple[str, ...]] = {
    "posts/n1/1.yml": ("name: Ann\nmessage: Well *said*", "name: Bob\nmessage: Well said\napproved: true"),
    "posts/n1/2.yml": ("name: Bob\nmessage: And yet\nreplying_to: '1'", "message: Else\nreplying_to: '2'"),
    "n2.json": ('{"message": "Old", "post": "/old/"}', '[{"message": "One", "post": "n5"}, {"message": "Two"}]'),
}
STATIC = ("style.css", "more.css", "robots.txt", "logo.svg", "posts/n1/pic.svg", "404.html")
BLOBS = (b"one", b"two", b"tre", None)
HOWS = ("truncate", "flip", "delete", "garbage", "version")


def add(world: World, folder: str, name: str, language: str, bundle: bool, date: str, tags: list[str]) -> None:
    """Write a new post, in a language, as one file or with a folder of its own."""
    path = f"{folder}/{name}" if folder else name
    path = f"{path}/index{language}.md" if bundle else f"{path}{language}.md"
    other = path.replace("/index", "") if bundle else path.replace(f"{language}.md", f"/index{language}.md")
    if len(world.posts) < 12 and other not in world.posts:
        meta = {"title": f"Title of {name}", "date": date, "tags": tags}
        world.save(path, Post({key: value for key, value in meta.items() if value}, f"Text of {name}."))


def body(world: World, which: int, text: str, link: int, kind: str) -> None:
    """Edit a post's text; it may link to another by the path of its source, or to a file."""
    path = world.path_of(which)
    target = {"post": f"@/{world.path_of(link)}", "file": "pic.svg", "self": "#one", "url": "/posts/n1/"}.get(kind)
    if kind == "relative":
        target = os.path.relpath(world.path_of(link), os.path.dirname(path))
    text += f"\n\n[link]({target})" if target else ""
    text += "\n\n![picture](pic.svg)" if kind == "file" else ""
    text += "\n\n![photo](photo.jpg)\n\n![shared](/assets/shared.png)" if kind == "photo" else ""
    world.edit(path, body=text)


def call(world: World, which: int, name: str, paired: bool, link: int, more: str, picture: str) -> None:
    """Use a shortcode in a post, in its summary or below; its arguments are paths, of a source and of a picture."""
    path = world.path_of(which)
    target = os.path.relpath(world.path_of(link), os.path.dirname(path))
    tag = f'{{{{< {name} "{target}" to="{target}" src="{picture}" >}}}}'
    world.edit(path, body=f"Begins.{more}{tag}{f'*in* it{{{{< /{name} >}}}}' * paired}")


def below(world: World, which: int, text: str) -> None:
    """Edit what stands below the summary."""
    path = world.path_of(which)
    world.edit(path, body=f"Beginning.\n\n<!-- more -->\n\n{text}")


def meta(world: World, which: int, change: tuple[str, Any]) -> None:
    """Change a key of a post's front matter."""
    world.edit(world.path_of(which), **dict([change]))


def delete(world: World, which: int) -> None:
    """Delete a post."""
    if len(world.posts) > 2:
        world.drop(world.path_of(which))


def rename(world: World, which: int, folder: str, name: str, dated: bool, language: str) -> None:
    """Rename or move a post; its name may begin with a date, and end in a language."""
    old = world.path_of(which)
    stem = f"{folder}/" * bool(folder) + "2025-12-24-" * dated + name
    new = f"{stem}{language}.md"
    if new not in world.posts and f"{stem}/index{language}.md" not in world.posts:
        post = world.posts[old]
        world.drop(old)
        world.save(new, post)


def bundle_file(world: World, which: int, name: str, data: bytes | None) -> None:
    """Put a file beside a post, replace it, or take it away."""
    folder = world.path_of(which).rpartition("/")[0]
    path = f"content/{folder}/{name}" if folder else f"content/{name}"
    world.remove(path) if data is None else world.write(path, data)


def image(world: World, which: int, shared: bool, data: bytes | None) -> None:
    """Put an image beside a post or into assets/, replace it, or take it away."""
    if shared:
        world.remove("assets/shared.png") if data is None else world.write("assets/shared.png", data)
    else:
        bundle_file(world, which, "photo.jpg", data)


def static(world: World, name: str, data: bytes | None) -> None:
    """Add, change or remove a static file; style.css takes the place of the theme's."""
    world.remove(f"static/{name}") if data is None else world.write(f"static/{name}", data)


def data(world: World, change: tuple[str, str | None]) -> None:
    """Write a data file, or take it away."""
    name, text = change
    world.remove(f"data/{name}") if text is None else world.write(f"data/{name}", text.encode())


def comment(world: World, change: tuple[str, str | None]) -> None:
    """Write a comment, change it, or take it away."""
    name, text = change
    world.remove(f"talk/{name}") if text is None else world.write(f"talk/{name}", text.encode())


def commented(world: World, which: int, text: str, mode: int) -> None:
    """Let somebody write a comment into Isso's database, which is then changed in place."""
    with closing(sqlite3.connect(world.site / "isso.db")) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS threads (id INTEGER PRIMARY KEY, uri, title)")
        database.execute(
            "CREATE TABLE IF NOT EXISTS comments (tid, id INTEGER PRIMARY KEY, parent, created, mode, text, author)"
        )
        uri = f"/posts/n{which % 8}/"
        found = database.execute("SELECT id FROM threads WHERE uri = ?", (uri,)).fetchone()
        thread = found[0] if found else database.execute("INSERT INTO threads (uri) VALUES (?)", (uri,)).lastrowid
        row = (thread, None, 1_767_000_000.5, mode, text, "Cy")
        database.execute(
            "INSERT INTO comments (tid, parent, created, mode, text, author) VALUES (?, ?, ?, ?, ?, ?)", row
        )


def template(world: World, change: tuple[str, str | None]) -> None:
    """Add a template to the site, change it, or take it away."""
    name, text = change
    world.remove(name) if text is None else world.write(name, text.encode())


def locale(world: World, change: tuple[str, str | None]) -> None:
    """Add texts of the site's own, change them, or take them away."""
    template(world, change)


def theme(world: World, change: tuple[str, str | None]) -> None:
    """Edit a template of the theme, or put the first one back."""
    from oracle_theme import TEMPLATES

    name, text = change
    text = TEMPLATES[name] if text is None else text
    world.write(f"themes/mirror/{name}", text.encode())


def config(world: World, change: tuple[str, Any]) -> None:
    """Set an option of the config, or take it out."""
    world.configure(**dict([change]))


def section(world: World, folder: str, language: str, text: str | None) -> None:
    """Give a folder a text of its own, or take it away."""
    path = f"{folder}/_index{language}.md" if folder else f"_index{language}.md"
    if text is not None:
        world.save(path, Post({"title": f"Section {len(text)}"}, text))
    elif path in world.posts and len(world.posts) > 2:
        world.drop(path)


def cascade(world: World, folder: str, language: str, values: Any) -> None:
    """Give everything below a folder defaults, or other ones, or none."""
    path = f"{folder}/_index{language}.md" if folder else f"_index{language}.md"
    if path in world.posts:
        world.edit(path, cascade=values)
    elif values is not None:
        world.save(path, Post({"title": "Section", "cascade": values}, "Text."))


def page(world: World, name: str, text: str | None) -> None:
    """Write a page, or take it away: it has no date."""
    if text is not None:
        world.save(name, Post({"title": f"Page {len(text)}", "weight": len(text)}, text))
    elif name in world.posts and len(world.posts) > 2:
        world.drop(name)


def broken(world: World, which: int, raw: bytes) -> None:
    """Save a post that can't be read."""
    path = world.path_of(which)
    world.save(path, replace(world.posts[path], raw=raw))


def time(world: World, days: int) -> None:
    """Let the clock go on, or back."""
    world.now = NOON + days * DAY


def touch(world: World, which: int) -> None:
    """Save a post as it is."""
    path = world.path_of(which)
    world.save(path, world.posts[path])


def same_size(world: World, which: int, letter: str) -> None:
    """Change a letter in place, and set the time of the change long back, as some tools do."""
    path = world.path_of(which)
    post = world.posts[path]
    world.posts[path] = replace(post, body=letter + post.body[1:])
    place = world.site / "content" / path
    was = place.stat()
    place.write_bytes(world.posts[path].data())
    os.utime(place, ns=(was.st_atime_ns, was.st_mtime_ns))


def old_times(world: World, hours: int) -> None:
    """Set the times of all sources back, as a checkout or an unpacked archive does."""
    for path in (world.site / "content").rglob("*"):
        os.utime(path, (NOON - hours * 3600, NOON - hours * 3600))


def options(world: World, jobs: int, keep_going: bool) -> None:
    """Build with other options."""
    world.jobs, world.keep_going = jobs, keep_going


def tamper(world: World, which: int, how: str) -> None:
    """Change or delete a file of the output."""
    paths = sorted(tree_of(world.output).keys() - world.foreign.keys())
    if paths:
        place = world.output / paths[which % len(paths)]
        if how == "folder":
            place.unlink()
            place.mkdir()
        elif how == "link":
            place.unlink()
            place.symlink_to(world.site / "blogq.yaml")
        else:
            _damage(place, how)


def plant(world: World, name: str, text: str) -> None:
    """Put a file of one's own into the output."""
    place = world.output / name
    if world.output.is_dir() and (name in world.foreign or not place.exists()):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        world.foreign[name] = text.encode()


def damage(world: World, which: int, how: str, percent: int) -> None:
    """Damage a file of the store, at some part of its length."""
    files = sorted(path for path in world.store.rglob("*") if path.is_file() and "aside" not in path.parts)
    if files:
        place = files[which % len(files)]
        world.disturbed = True
        world.lost = world.lost or place.name.startswith("out-")
        if not (how == "delete" and place.suffix == ".journal"):  # Nothing can tell that there was one.
            _damage(place, how, percent)


def _damage(place: Any, how: str, percent: int = 50) -> None:
    data = place.read_bytes()
    middle = len(data) * percent // 100
    if how == "delete":
        place.unlink()
    elif how == "truncate":
        place.write_bytes(data[:middle])
    elif how == "flip" and data:
        place.write_bytes(data[:middle] + bytes((data[middle] ^ 1,)) + data[middle + 1 :])
    elif how == "garbage":
        place.write_bytes(b"\0\xffgarbage" * 9)
    elif how == "version":
        place.write_bytes(data.replace(b"table 1", b"table 0", 1))


CALLS = ("replace", "rename", "unlink", "rmdir", "mkdir", "write", "ftruncate")
"""What a build asks of the system while it changes something."""


def kill(world: World, at: int) -> None:
    """Kill a build at its `at`-th change to the disk; a write is done by half. Every file must be old or new, whole."""
    before = tree_of(world.output)
    world.disturbed = True
    request = world.request(world.site, world.jobs)
    child = os.fork()
    if not child:
        _die_at(at)
        try:
            build(request)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    after, (_, new) = tree_of(world.output), world.clean()
    mixed = {path for path, data in after.items() if data not in (before.get(path), new.get(path))}
    if mixed:
        raise Broken(f"killed at call {at}: neither old nor new: {sorted(mixed)}")
    gone = before.keys() & new.keys() - after.keys()
    if gone:
        raise Broken(f"killed at call {at}: gone: {changes({path: before[path] for path in gone}, {})}")
    if not before and not any(world.store.glob("out-*")):
        world.lost = True


def _die_at(at: int) -> None:
    """Let the `at`-th change to the disk be this process's last."""
    left = at

    def dying(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal left
            if name == "write" and not stat.S_ISREG(os.fstat(arguments[0]).st_mode):
                return real(*arguments, **more)  # Processes that talk with each other.
            left -= 1
            if left == 0:
                if name == "write":
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **more)

        return call

    for name in CALLS:
        setattr(os, name, dying(name))


_WHICH = st.integers(0, 40)
_TEXT = st.sampled_from(TEXTS)


def _changes(table: Any) -> st.SearchStrategy[tuple[str, Any]]:
    return st.sampled_from([(key, value) for key, values in table for value in values])


def _files(table: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[str, str | None]]:
    return st.sampled_from([(name, text) for name, texts in table.items() for text in (*texts, None)])


SOURCES: dict[Callable[..., None], dict[str, st.SearchStrategy[Any]]] = {
    add: {
        "folder": st.sampled_from(FOLDERS),
        "name": st.sampled_from(NAMES),
        "language": st.sampled_from(LANGUAGES),
        "bundle": st.booleans(),
        "date": st.sampled_from(DATES),
        "tags": st.lists(st.sampled_from(TAGS), max_size=2),
    },
    body: {
        "which": _WHICH,
        "text": _TEXT,
        "link": _WHICH,
        "kind": st.sampled_from(["", "post", "relative", "file", "self", "url", "photo"]),
    },
    below: {"which": _WHICH, "text": _TEXT},
    call: {
        "which": _WHICH,
        "name": st.sampled_from(["note", "note", "theirs", "figure", "nosuch"]),
        "paired": st.booleans(),
        "link": _WHICH,
        "more": st.sampled_from([" ", "\n\n", "\n\n<!-- more -->\n\n"]),
        "picture": st.sampled_from(["pic.svg", "photo.jpg", "/assets/shared.png"]),
    },
    meta: {"which": _WHICH, "change": _changes(META)},
    delete: {"which": _WHICH},
    rename: {
        "which": _WHICH,
        "folder": st.sampled_from(FOLDERS),
        "name": st.sampled_from(NAMES),
        "dated": st.booleans(),
        "language": st.sampled_from(LANGUAGES),
    },
    bundle_file: {"which": _WHICH, "name": st.sampled_from(["pic.svg", "data.csv"]), "data": st.sampled_from(BLOBS)},
    image: {"which": _WHICH, "shared": st.booleans(), "data": st.sampled_from(IMAGES)},
    static: {"name": st.sampled_from(STATIC), "data": st.sampled_from(BLOBS)},
    data: {"change": _files(DATA)},
    comment: {"change": _files(TALK)},
    commented: {"which": _WHICH, "text": st.sampled_from(["Aye.", "<b>No</b>"]), "mode": st.sampled_from([1, 2])},
    template: {"change": _files(OVERRIDES)},
    theme: {"change": _files(IN_THEME)},
    locale: {"change": _files(LOCALES)},
    config: {"change": _changes(CONFIG)},
    section: {
        "folder": st.sampled_from([*FOLDERS, *TEXT_FOLDERS]),
        "language": st.sampled_from(LANGUAGES),
        "text": st.sampled_from([*TEXTS, None]),
    },
    cascade: {
        "folder": st.sampled_from(["", "posts", "notes", "notes/deep"]),
        "language": st.sampled_from(["", ".es"]),
        "values": st.sampled_from(CASCADES),
    },
    page: {
        "name": st.sampled_from(["about.md", "404.md", "404.es.md", "posts/terms.md", "about.es.md"]),
        "text": st.sampled_from([*TEXTS, None]),
    },
    broken: {
        "which": _WHICH,
        "raw": st.sampled_from([b"---\ndate: 2026-13-01\n---\n", b"\xff\xfe\x00", b"---\na: [\n---\n"]),
    },
    time: {"days": st.integers(-6, 10)},
    touch: {"which": _WHICH},
    same_size: {"which": _WHICH, "letter": st.sampled_from("TSF")},
    old_times: {"hours": st.integers(1, 3)},
    options: {"jobs": st.sampled_from([1, 1, 1, 2]), "keep_going": st.booleans()},
}
"""Edits to what is built."""
FAULTS: dict[Callable[..., None], dict[str, st.SearchStrategy[Any]]] = {
    tamper: {"which": _WHICH, "how": st.sampled_from([*HOWS, "folder", "link"])},
    plant: {"name": st.sampled_from(["mine.txt", "posts/mine.txt", "posts/n1/mine.html", "CNAME"]), "text": _TEXT},
    damage: {"which": st.integers(0, 20), "how": st.sampled_from(HOWS), "percent": st.integers(0, 99)},
    kill: {"at": st.integers(1, 150)},
}
"""What happens to the output, to the store, and to a build."""


def edits(table: dict[Callable[..., None], dict[str, st.SearchStrategy[Any]]]) -> st.SearchStrategy[Any]:
    """Return a strategy of edits: a function and its arguments."""
    return st.one_of(*(st.tuples(st.just(edit), st.fixed_dictionaries(more)) for edit, more in table.items()))
