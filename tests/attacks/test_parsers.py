"""Input made to crash, hang or fill the memory of a parser: refused with its place, in bounded time.

The numbers are those of README.md beside this file. Each case here is built within a site; the parsers' own tests
go into the details of each.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from attack_sites import CONFIG, GOOD, attacked, codes, make_site, output, run, text_of, write

from blogq.build import Result

BOUND = 8.0
"""Seconds for a build of two small posts, one of them hostile: some ten times what it takes where nothing else runs."""

BODY = "---\nText.\n"
NESTED = "[" * 30_000
MERGE_BOMB = "m0: &m0 {a: b}\n" + "".join(
    f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}], k{n}: v}}\n" for n in range(1, 60)
)
ALIAS_BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)
DOTTED = ".".join(["a"] * 20_000)


def hostile(tmp_path: Path, data: str | bytes, code: str, line: int | None = None) -> None:
    """Build a site in which one post is `data`; it is refused in time with an error at its place."""
    started = time.monotonic()
    attacked(tmp_path, {"content/x.md": data}, code, "content/x.md", line)
    assert time.monotonic() - started < 3 * BOUND


def accepted(tmp_path: Path, data: str | bytes) -> tuple[Path, Result]:
    """Build a site in which one post is `data`, in time."""
    site = make_site(tmp_path, {"content/x.md": data})
    started = time.monotonic()
    result = run(site)
    assert time.monotonic() - started < BOUND
    assert result.written, result.findings
    return site, result


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch pwned']",
        "!!python/object:os.system {}",
        "!!python/name:os.system",
        "!!python/module:os",
        "!ruby/object:Gem::Requirement {}",
        "!<tag:yaml.org,2002:python/object/new:os.system> [x]",
    ],
)
def test_attack_48_yaml_tags_construct_nothing(tmp_path: Path, tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hostile(tmp_path, f"---\ntitle: X\nx: {tag}\n{BODY}", "FM102", 3)
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: "])
def test_attack_49_deep_nesting_is_refused(tmp_path: Path, opening: str) -> None:
    """libyaml's loader ends the whole process over this one."""
    hostile(
        tmp_path,
        f"---\ntitle: X\nx: {opening * 15_000}\n{BODY}",
        "FM106" if "[" in opening or "{" in opening else "FM102",
    )


@pytest.mark.parametrize("opening, start, end", [("[", "x = ", "+++"), ("[", '{"x": ', "")])
def test_attack_49_deep_nesting_in_toml_and_json(tmp_path: Path, opening: str, start: str, end: str) -> None:
    rule = "+++\n" if end else ""
    hostile(tmp_path, f"{rule}{start}{opening * 15_000}\n{end}\nText.\n", "FM106")


def test_attack_49_deep_nesting_in_the_config(tmp_path: Path) -> None:
    attacked(tmp_path, {"blogq.yaml": f"{CONFIG}extra: {NESTED}\n"}, "CF101", "blogq.yaml", 3)


@pytest.mark.parametrize("bomb", [MERGE_BOMB, ALIAS_BOMB], ids=["merge keys", "aliases"])
def test_attack_50_51_yaml_bombs_are_refused(tmp_path: Path, bomb: str) -> None:
    hostile(tmp_path, f"---\n{bomb}{BODY}", "FM106")


@pytest.mark.parametrize("bomb", [MERGE_BOMB, ALIAS_BOMB], ids=["merge keys", "aliases"])
def test_attack_50_51_yaml_bombs_in_the_config(tmp_path: Path, bomb: str) -> None:
    extra = "".join(f"  {line}\n" for line in bomb.splitlines())
    attacked(tmp_path, {"blogq.yaml": f"{CONFIG}extra:\n{extra}"}, "CF101", "blogq.yaml")


def test_attack_52_value_that_contains_itself_is_refused(tmp_path: Path) -> None:
    hostile(tmp_path, f"---\ntitle: X\nx: &x [*x]\n{BODY}", "FM102", 3)


@pytest.mark.parametrize("line", [f"{DOTTED} = 1", f"[{DOTTED}]", f"[[{DOTTED}]]"])
def test_attack_53_toml_key_of_many_dots_is_refused(tmp_path: Path, line: str) -> None:
    hostile(tmp_path, f"+++\n{line}\n+++\nText.\n", "FM106")


@pytest.mark.parametrize("number", ["9" * 50_000, "0x" + "f" * 60_000, "-" + "1" * 50_000, "1e" + "9" * 40_000])
@pytest.mark.parametrize("key", ["weight", "extra", "date", "title"])
def test_attack_54_numbers_of_many_digits_take_no_time(tmp_path: Path, number: str, key: str) -> None:
    files = {
        "content/x.md": f"---\n{key}: {number}\n{BODY}",
        "content/y.md": f"+++\n{key} = {number}\n+++\nText.\n",
        "content/z.md": f'{{"{key}": {number}}}\nText.\n',
    }
    site = make_site(tmp_path, files)
    started = time.monotonic()
    result = run(site, keep_going=True)
    assert time.monotonic() - started < BOUND
    assert result.written
    assert all(finding.span.path.startswith("content/") for finding in result.findings)


def test_attack_54_integer_of_two_megabytes_is_refused(tmp_path: Path) -> None:
    hostile(tmp_path, f"+++\nweight = 0x{'f' * (2 << 20)}\n+++\nText.\n", "FM106")


@pytest.mark.parametrize("mark", ["js", "javascript", "coffee"])
def test_attack_55_script_as_front_matter_is_never_run(tmp_path: Path, mark: str) -> None:
    script = f"---{mark}\nmodule.exports = {{title: require('fs').writeFileSync('pwned', 'x')}}\n---\nText.\n"
    hostile(tmp_path, script, "FM102")
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize(
    "data, line",
    [
        (b"---\ntitle: caf\xe9\n---\nText.\n", 2),
        ("---\ntitle: X\n---\nText.\n".encode("utf-16"), 1),
        ("---\ntitle: X\n---\nText.\n".encode("utf-16-le"), 1),
        ("---\ntitle: X\n---\nText.\n".encode("utf-32"), 1),
        (b"---\ntitle: X\n---\nA NUL: \0\n", 4),
        (b"\xed\xa0\x80 half a character\n", 1),
        (b"\xc0\xaf overlong\n", 1),
    ],
)
def test_attack_56_what_is_not_utf8_is_refused(tmp_path: Path, data: bytes, line: int) -> None:
    hostile(tmp_path, data, "SR102", line)


@pytest.mark.parametrize("name", ["blogq.yaml", "templates/post.html"])
def test_attack_56_config_and_template_that_are_not_utf8(tmp_path: Path, name: str) -> None:
    code = "SR102" if name == "blogq.yaml" else "TH103"
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    write(site, {name: b"title: caf\xe9\n"})
    result = run(site)
    assert [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"] == [(code, name, 1)]
    assert output(site) == before


def test_attack_57_post_of_many_megabytes(tmp_path: Path) -> None:
    """A post as long as twenty novels is built; one beyond the limit is refused, unread."""
    words = "It was a dark and stormy night; the rain fell in torrents.\n" * 20 + "\n"
    site = make_site(tmp_path, {"content/x.md": f"# Long\n\n{words * 1500}"})
    assert run(site).written
    assert len(output(site)["x/index.html"]) > 1 << 20
    with open(site / "content/x.md", "wb") as file:
        file.truncate(1 << 40)
    result = run(site)
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR105", "content/x.md")]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 32_000,
        "![" * 20_000,
        "*a " * 20_000,
        "_a*" * 20_000,
        "`" + "a`" * 30_000,
        "".join("`" * n + " " for n in range(1, 300)),
        "> " * 20_000 + "a",
        "- " * 20_000 + "a",
        "<!--" * 15_000,
        "<a " * 20_000,
        "&" * 60_000,
        "[a](" * 16_000,
        "[a]: b\n" * 8_000,
        "[^a]: b\n[^a]\n" * 4_000,
        "|a" * 30_000 + "\n" + "|-" * 30_000,
        "~~a " * 15_000,
        "www." * 15_000,
        "a@" * 30_000,
        "#" * 60_000,
        "\\" * 60_000,
    ],
)
def test_attack_58_text_made_to_be_slow_is_not(tmp_path: Path, text: str) -> None:
    site = make_site(tmp_path, {"content/x.md": f"# X\n\n{text[: 1 << 16]}\n"})
    started = time.monotonic()
    result = run(site, keep_going=True)
    assert time.monotonic() - started < BOUND
    assert result.written
    assert set(codes(result)) <= {"MD103"}


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "> - "])
@pytest.mark.parametrize("levels", [9, 12, 60])
def test_attack_59_no_text_is_lost_in_nesting(tmp_path: Path, opening: str, levels: int) -> None:
    site = make_site(tmp_path, {"content/x.md": f"# X\n\n{opening * levels}the innermost words\n"})
    result = run(site)
    if result.written:
        assert b"the innermost words" in output(site)["x/index.html"]
    else:
        assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("MD103", "content/x.md")]


def test_attack_60_code_made_to_be_slow_is_bounded(tmp_path: Path) -> None:
    """A highlighter that backtracks ends in time: with a colour for every word, or an error."""
    blocks = ["python", "javascript", "html", "php", "perl", "c++", "yaml", "toml", "bash", "jinja"]
    nasty = "a" * 2000 + "(" * 500 + "<" * 300 + '"' * 301
    code = "".join(f"```{name}\n{nasty}\n```\n\n" for name in blocks)
    site = make_site(tmp_path, {"content/x.md": f"# X\n\n{code}"})
    result = run(site)
    assert result.written or set(codes(result)) == {"MD102"}


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "{{ 7 * 7 }}",
        "{% for x in range(49) %}{% endfor %}",
        "{{ site.title }}",
        "{# hidden #}",
        "${7*7}",
        "<%= 7*7 %>",
        "#{7*7}",
        "{{ config }}",
    ],
)
def test_attack_62_text_of_a_post_is_never_evaluated(tmp_path: Path, text: str) -> None:
    post = f"---\ntitle: '{text} t'\ndate: 2026-01-01\ntags: ['{text} g']\ndescription: '{text} d'\n---\n\n{text} b\n"
    site, _ = accepted(tmp_path, post)
    page = output(site)["x/index.html"].decode()
    shown = text.replace("<", "&lt;").replace(">", "&gt;")
    assert f"{shown} t</h1>" in page
    assert f"{shown} g" in page
    assert f'content="{shown} d"' in page
    assert f"{shown} b" in page or f"{text} b" in page
    assert ">49<" not in text_of(site)


@pytest.mark.parametrize(
    "expression",
    [
        "page.__class__",
        "page|attr('__class__')",
        "page['__class__']",
        "[page]|map(attribute='__class__')|first",
        "''.__class__.__mro__[1].__subclasses__()",
        "'{0.__class__.__init__.__globals__}'.format(page)",
        "'{0[secret].__class__}'.format_map({'0': site.extra})",
        "('{0.__class__}'|string).format(page)",
        "(['a']|map('upper')).gi_frame.f_builtins['__import__']('os').getcwd()",
        "(['a']|map('upper')).gi_code",
        "asset.__globals__",
        "asset.__self__.loaded",
        "partial.__func__.__globals__",
        "range.__globals__['__builtins__']",
        "self.__init__.__globals__",
        "cycler.__init__.__globals__",
        "lipsum.__globals__['os'].popen('id').read()",
        "joiner.__init__",
        "self._TemplateReference__context",
        "namespace.__init__.__globals__",
        "config",
        "dict.mro()",
    ],
)
def test_attack_63_template_can_not_reach_the_interpreter(tmp_path: Path, expression: str) -> None:
    """Themes are other people's: a template sees its view and nothing of Python's insides."""
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    write(site, {"templates/post.html": f"\n{{{{ {expression} }}}}"})
    result = run(site)
    assert [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"] == [
        ("TH103", "templates/post.html", 2)
    ]
    assert output(site) == before


def test_attack_63_harmless_formatting_still_works(tmp_path: Path) -> None:
    template = "{{ '{0} by {1.language:>4}'.format(page.title, page) }} {{ '<{}>'|safe|string }} {{ '%s'|format(1) }}"
    site = make_site(tmp_path, {"templates/post.html": template})
    assert run(site).written
    assert output(site)["good/index.html"] == b"A good post by   en <{}> 1"


@pytest.mark.parametrize(
    "expression",
    ["'a' * 10**8", "10**8 * 'a'", "['a'] * 10**8", "range(10**8)|list", "2 ** (10**8)", "('a' * 10**6) * 10**6"],
)
def test_attack_64_template_can_not_fill_the_memory(tmp_path: Path, expression: str) -> None:
    site = make_site(tmp_path, {"templates/post.html": f"\n{{{{ {expression} }}}}"})
    started = time.monotonic()
    result = run(site)
    assert time.monotonic() - started < BOUND
    assert [(f.code, f.span.path, f.span.line) for f in result.findings if f.severity == "error"] == [
        ("TH103", "templates/post.html", 2)
    ]


@pytest.mark.parametrize(
    "template",
    [
        "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
        "{{ " + "[" * 3_000 + "1" + "]" * 3_000 + " }}",
        "{{ " + "-" * 20_000 + "1 }}",
        "{% if 1 %}" * 500 + "{% endif %}" * 500,
        "{% for a in [1] %}" * 40 + "{% endfor %}" * 40,
        "{% include 'post.html' %}",
        "{% set own = 'post.html' %}{% extends own %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include '" + "a" * 60_000 + "' %}",
        "{{ 'x'|" + "|".join(["upper"] * 5_000) + " }}",
    ],
)
def test_attack_64_template_made_to_crash_is_an_error(tmp_path: Path, template: str) -> None:
    site = make_site(tmp_path, {"templates/post.html": template})
    result = run(site)
    assert not result.written
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [
        ("TH103", "templates/post.html")
    ]


@pytest.mark.parametrize("name", ["static/x.bin", "templates/x.html", "content/x.png", "blogq.yaml"])
def test_attack_57_file_of_terabytes_is_refused(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path, {name: ""})
    with open(site / name, "wb") as file:
        file.truncate(1 << 43)
    result = run(site)
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR105", name)]


@pytest.mark.parametrize("glob", ["*a" * 30 + "*b", "**/" * 30 + "b", "**a" * 30 + "b", "**/*a*a*a*a*a*a*a*a*a*b/"])
def test_attack_61_pattern_made_to_be_slow_is_not(tmp_path: Path, glob: str) -> None:
    """What `ignore` in the config says is matched in bounded time, whatever the names of files are."""
    deep = "/".join(["a"] * 60)
    files = {f"content/{'a' * 200}.md": GOOD, f"content/{deep}/x.md": GOOD}
    site = make_site(tmp_path, files | {"blogq.yaml": f"{CONFIG}ignore: ['{glob}']\n"})
    started = time.monotonic()
    result = run(site)
    assert time.monotonic() - started < BOUND
    assert result.written


@pytest.mark.parametrize(
    "glob, ignored",
    [
        ("drafts/**", {"drafts/a", "drafts/b/c"}),
        ("drafts/", {"drafts/a", "drafts/b/c"}),
        ("**/c.md", {"drafts/b/c", "c"}),
        ("*.md", {"c"}),
        ("d*f*/*/*/../x*", set()),
        ("*d*r*a*f*t*s*/**", {"drafts/a", "drafts/b/c"}),
        ("**/**/**/*c*.md", {"drafts/b/c", "c"}),
        ("**/b/**/*/", {"drafts/b/c"}),
    ],
)
def test_attack_61_patterns_mean_the_same_however_many_stars(tmp_path: Path, glob: str, ignored: set[str]) -> None:
    names = {"drafts/a", "drafts/b/c", "c"}
    files = {f"content/{name}.md": "Text.\n" for name in names}
    site = make_site(tmp_path, files | {"blogq.yaml": f"{CONFIG}ignore: ['{glob}']\n"})
    assert run(site, keep_going=True).written
    assert {name for name in names if f"{name}/index.html" not in output(site)} - {"good"} == ignored
