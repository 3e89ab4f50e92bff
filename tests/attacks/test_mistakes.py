"""A user's mistake never shows a traceback: hostile and broken input of every kind, through the command line."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from attack_sites import CONFIG, GOOD, write
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blogq.cli import cli

TRIES = settings(
    max_examples=int(os.environ.get("BLOGQ_FUZZ", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.one_of(
    text,
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        "null true ~ 2026-01-01 2024-02-30 12:30:45 0001-01-01T00:00:00+14:00 9999-12-31T23:59:59-12:00 0x1f 1e999 "
        ".inf .nan -0 [] {} [[]] {a:{b:c}} &a *a !!str <<: | > - ? @ ` % \" ' \\ .. . / // /../ %2e%2e ../../x :slug "
        ":year :nonsense javascript:x //evil CON nul.txt \\x00 \\0 \\ud800 ::$DATA a:b http://[ https://x:99999/ "
        "Europe/Berlin ../../etc/passwd /etc/localtime en-US x-y-z 99999999999999999999 2 -1 0".split()
    ),
)
values = st.one_of(
    scalars,
    scalars.map(lambda value: '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'),
    st.lists(scalars, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
    st.dictionaries(scalars, scalars, max_size=2).map(
        lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
    ),
)
KEYS = (
    "title date updated publish expiry draft published status unlisted slug permalink aliases taxonomies tags"
    " categories authors author series weight language layout summary description image extra url path lang pinned"
).split()
OPTIONS = (
    "title description base_url language languages timezone author authors content output theme theme_options"
    " permalinks taxonomies pagination feeds markdown menu profiles ignore drafts future extra pagination.size nonsense"
).split()
THEME = "name version blogq parent options description type default".split()


def lines(keys: list[str]) -> st.SearchStrategy[str]:
    """Return front matter or a config with some of `keys`, and perhaps something else between."""
    pair = st.builds("{}: {}".format, st.sampled_from(keys), values)
    nested = st.builds("{}:\n  {}: {}".format, st.sampled_from(keys), scalars, values)
    return st.lists(st.one_of(pair, pair, nested, text), max_size=6).map("\n".join)


def check(files: dict[str, str | bytes]) -> None:
    """Build and list a site with `files`: exit code 0 or 2, and not a word of Python."""
    folder = Path(tempfile.mkdtemp(prefix="blogq-"))
    try:
        site = folder / "site"
        write(site, {"blogq.yaml": CONFIG, "content/good.md": GOOD} | files)
        before = set(os.listdir(folder))
        for arguments in (["build"], ["build", "--keep-going", "--json"], ["list"], ["config"]):
            more = ["--now", "2026-05-01"] if arguments[0] != "config" else []
            result = CliRunner().invoke(cli, [*arguments, *more, "--site", str(site)])
            if result.exception is not None and not isinstance(result.exception, SystemExit):
                raise AssertionError(f"{arguments} shows a traceback") from result.exception
            assert result.exit_code in (0, 2)
            assert "Traceback" not in result.output
        assert set(os.listdir(folder)) == before
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@TRIES
@given(lines(KEYS), st.sampled_from(["---", "+++", "{", ""]), text)
@example("title: *x", "---", "")
@example("title = 1979-05-27T07:32:00-99:99", "+++", "")
def test_front_matter_never_shows_a_traceback(front: str, rule: str, body: str) -> None:
    end = "}" if rule == "{" else rule
    check({"content/x.md": f"{rule}\n{front}\n{end}\n{body}"})


@TRIES
@given(lines(OPTIONS))
@example("taxonomies: {tags: {path: '..'}}")
@example("pagination: {path: '../x', size: 0}")
@example("permalinks: {posts: '/../:slug/'}")
@example("output: /\ncontent: ..")
@example("languages: {en: {}, '../x': {}}")
@example("theme_options: {accent: {}, footer: [], show_toc: 3}")
@example("timezone: ../../../etc/passwd")
def test_config_never_shows_a_traceback(config: str) -> None:
    check({"blogq.yaml": config, "content/x.md": "---\ndate: 2026-01-01\ntags: [a]\nauthor: b\n---\nText.\n"})


@TRIES
@given(
    st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=4),
    st.sampled_from(["content", "static", "templates"]),
)
@example([b"a.md", b"A.md", b"a.MD"], "content")
@example([b".md", b"..md", b"....", b"-.md"], "content")
@example([b"2026-13-45-x.md", b"2026-01-01.md", b"0000-00-00-.md", b"index.md"], "content")
@example([b"\xff.md", b"\xff.es.md", b"\xff.png", b"a\xff"], "content")
@example([b"_index.md", b"index.md", b"index.es.md", b"404.md"], "content")
def test_file_names_never_show_a_traceback(names: list[bytes], folder: str) -> None:
    files: dict[str, str | bytes] = {}
    for name in names:
        plain = name.replace(b"/", b"").replace(b"\0", b"")
        if plain.strip(b".") and len(plain) < 200:
            plain += b"" if b"." in plain else b".md"
            files[f"{folder}/{os.fsdecode(plain)}"] = "---\ndate: 2026-01-01\n---\nText.\n"
    check(files)


@TRIES
@given(lines(THEME))
@example("options: {a: {type: choice, choices: 5, default: 1}}")
@example("options: {a: {type: choice, choices: [[1], {}], default: {}}}")
@example("options: {a: {type: [], default: 1}, b: 3, c: {}}")
@example("blogq: '>=" + "9" * 5000 + "'")
@example("parent: mine")
@example("parent: ../mine\nparent: plain")
def test_theme_never_shows_a_traceback(about: str) -> None:
    check({"blogq.yaml": "theme: mine\n", "themes/mine/theme.yaml": about, "themes/mine/templates/post.html": "x"})


pieces = st.sampled_from(
    "{{ }} {% %} {# #} page site page.title site.menu page.nothing .x [0] ['x'] | upper |join |int |tojson |map('x') "
    "|sort + * ** ~ ( ) [ ] , : 1 0 'a' \" if else endif for x in range(3) endfor set block main endblock extends "
    "'base.html' include 'post.html' macro m() endmacro call endcall import as filter endfilter raw endraw loop.index "
    "self super() asset('x') asset('style.css') partial('card.html',page) partial('x',1) break continue is defined not "
    "none true".split()
)


@TRIES
@given(st.one_of(st.lists(pieces, max_size=14).map(" ".join), text))
@example("{{ 1/0 }}")
@example("{{ page.title.encode('ascii', 1) }}")
@example("{{ page.toc[99].id.x }}")
@example("{% include page %}")
@example("{% include [] %}")
@example("{{ partial(page, page) }}")
@example("{{ partial('card.html') }}")
@example("{{ asset(page) }}")
@example("{{ range(1, 2, 0) }}")
@example("{{ site.extra|tojson }}")
@example("{% for a in 5 %}{% endfor %}")
@example("{{ '%d'|format('x') }}")
@example("{{ '{'.format() }}")
@example("{{ '{:>99999999999999999999}'.format(1) }}")
@example("{{ super() }}")
def test_templates_never_show_a_traceback(template: str) -> None:
    check({"templates/post.html": template, "templates/partials/x.html": "{{ item }}"})


@TRIES
@given(st.text(st.sampled_from("[]()*_`~<>!#|-+=&;:\\/\"' \n\t\x00ab1^{}%$\u202e\xa0é漢"), max_size=200))
def test_text_never_shows_a_traceback(body: str) -> None:
    check({"content/x.md": f"---\ntitle: X\ndate: 2026-01-01\n---\n{body}"})
