"""Arguments of shortcodes made to break out, to run or to be evaluated; templates and names that reach elsewhere.

The numbers are those of README.md beside this file.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from attack_sites import CONFIG, make_site, output, run, text_of, write
from lxml import etree, html

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> onload=alert(1) `{{7*7}}"
SCRIPTS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&#58;alert(1)",
    "javascript&colon;alert(1)",
    "&#x6A;avascript:alert(1)",
    "vbscript:x",
    "blob:https://x/y",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "\t\x02\ndata:text/html;base64,AAAA",
)
SHOW = (
    '<a href="{{ call.url("u", 0) }}" class="{{ call.get("u", 0) }}" title=\'{{ call.params.u }}\'>'
    '{{ call.get("u", 0) }}</a><b data-x="{{ call.get("u", 0)|safe_url }}">{{ call.args }}{{ call.params }}</b>'
)
RUNS = re.compile(r"^[\x00-\x20]*(?:javascript|vbscript|data|blob|file)\s*:", re.IGNORECASE)


def post(text: str) -> str:
    return f"---\ntitle: X\ndate: 2026-01-01\n---\n{text}\n"


def assert_inert(text: str) -> None:
    """A text as a browser reads it runs nothing, loads nothing of others, and leads to no script."""
    for element in html.fragment_fromstring(text, create_parent=True).iter(etree.Element):
        assert element.tag not in ("iframe", "object", "embed", "base")
        assert element.tag != "script" or (element.get("src", "").startswith("/embed.") and not element.text)
        for name, value in element.items():
            assert not name.startswith("on"), (name, value)
            if name in ("href", "src", "poster", "cite", "data-embed", "data-x"):
                read = re.sub("[\t\n\r]", "", value).strip("".join(map(chr, range(33))))
                assert not RUNS.match(read), (name, value)


@pytest.mark.parametrize("expression", ["7*7", "site.title", "call", "'' ~ 7", "{{7*7}}", "{% raw %}", "${7*7}"])
def test_attack_62_arguments_and_text_are_never_evaluated(tmp_path: Path, expression: str) -> None:
    text = f"{{{{ {expression} }}}}"
    call = f'{{{{< show "{text}" u="{text}" >}}}}{text}{{{{< /show >}}}}'
    template = "<i>{{ call.args }}</i><b>{{ call.inner }}</b>"
    site = make_site(tmp_path, {"content/x.md": post(call), "shortcodes/show.html": template})
    assert run(site).written
    page = html.document_fromstring(output(site)["x/index.html"].decode())
    assert page.findtext(".//article//i") == repr((f"{{{{ {expression} }}}}",))
    assert page.find(".//article//b").text_content() == f"{{{{ {expression} }}}}"
    assert ">49<" not in text_of(site)


@pytest.mark.parametrize("template", ["{% raw %}{{< show >}}{% endraw %}", "{{ call.inner }}{{ '{{< show >}}' }}"])
def test_attack_62_what_comes_out_is_not_read_again(tmp_path: Path, template: str) -> None:
    """So nothing recurses: tags in templates, in arguments and in what they make are text."""
    site = make_site(tmp_path, {"content/x.md": post("{{< show >}}a{{< /show >}}"), "shortcodes/show.html": template})
    assert run(site).written
    assert b"{{&lt; show &gt;}}" in output(site)["x/index.html"] or b"{{< show >}}" in output(site)["x/index.html"]


@pytest.mark.parametrize("name", ["figure", "video", "audio", "quote", "details", "embed", "gist", "nosuch", "show"])
def test_attack_73_76_arguments_can_not_break_out(tmp_path: Path, name: str) -> None:
    keys = (
        "src alt title caption link url by source summary class width height start poster captions lang attr rel name"
    )
    good = {"figure": "src=a.png", "video": "src=a.mp4", "audio": "src=a.mp3", "embed": "url=https://x.example/"}
    given = good.get(name, "ann 7" if name == "gist" else "")
    raw = HOSTILE.replace("`", "")
    known = {part.partition("=")[0] for part in given.split()}
    arguments = " ".join(f"{key}=`{raw}`" for key in keys.split() if key not in known)
    text = f"{{{{< {name} {given} {arguments} >}}}}*in*{{{{< /{name} >}}}}"
    site = make_site(tmp_path, {"content/x.md": post(f"{text}\n\nA {text}"), "shortcodes/show.html": SHOW})
    result = run(site)
    assert result.written, result.findings
    page = output(site)["x/index.html"].decode()
    assert_inert(page.partition('e-content">')[2].rpartition("</article>")[0])
    for item in json.loads(output(site)["feed.json"])["items"]:
        assert_inert(item["content_html"])


@pytest.mark.parametrize("script", SCRIPTS)
def test_attack_67_68_69_76_addresses_in_arguments_run_nothing(tmp_path: Path, script: str) -> None:
    """Whichever argument they stand in; what can't do without is an error, the rest leaves the address out."""
    keys = ("link", "url", "poster", "captions", "attrlink", "u")
    call = " ".join(("attr=a", *(f"{key}=`{script}`" for key in keys)))
    names = ("figure src=a.png", "video src=a.mp4", "quote", "show")
    text = "\n\n".join(f"{{{{< {name} {call} >}}}}in{{{{< /{name.split()[0]} >}}}}" for name in names)
    site = make_site(tmp_path, {"content/x.md": post(text), "shortcodes/show.html": SHOW})
    assert run(site).written
    assert_inert(output(site)["x/index.html"].decode().partition('e-content">')[2].rpartition("</article>")[0])
    for item in json.loads(output(site)["feed.json"])["items"]:
        assert_inert(item["content_html"])
    for name in ("figure", "video", "audio", "embed", "mastodon"):
        write(site, {"content/x.md": post(f"{{{{< {name} `{script}` >}}}}\n\n{{{{< {name} src=`{script}` >}}}}")})
        result = run(site)
        if result.written:
            assert_inert(output(site)["x/index.html"].decode().partition('e-content">')[2].rpartition("</article>")[0])


@pytest.mark.parametrize(
    "name", ["../templates/base", "..", "/etc/passwd", "../../outside/secret", "a/../figure", "figure.html", "a//b"]
)
def test_attack_46_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    """A name is looked up among the files that the scan found; such as these aren't names."""
    site = make_site(tmp_path, {"content/x.md": post(f"A {{{{< {name} >}}}}")})
    assert run(site).written
    assert "{{&lt; " in output(site)["x/index.html"].decode()


def test_attack_66_front_matter_can_not_pose_as_a_shortcode(tmp_path: Path) -> None:
    fake = json.dumps(["show", [], {}, {}, True, False, False, "x", "", 1, 1])
    hostile = json.dumps(f"\0{{{fake}\0\0}}\0")
    lines = "".join(f"{key}: {hostile}\n" for key in ("title", "description", "summary"))
    files = {"content/x.md": f"---\n{lines}date: 2026-01-01\n---\n\0{{{fake}\0\0}}\0", "shortcodes/show.html": "SHOWN"}
    site = make_site(tmp_path, files)
    run(site, keep_going=True)
    assert "SHOWN" not in text_of(site)
    write(site, {"content/x.md": f"---\n{lines}date: 2026-01-01\n---\nText.\n"})
    run(site, keep_going=True)
    assert "SHOWN" not in text_of(site)


@pytest.mark.parametrize(
    "text",
    [
        "{{< a " * 10_000,
        '{{< a "' * 9_000,
        "{{< a '" * 4_500 + '"',
        "{{< a `\n" * 8_000,
        "{{< a >}}" * 7_000,
        "{{< a >}}" * 3_000 + "{{< /a >}}" * 3_000,
        "{{< a >}}\n" * 6_000,
        "{{< a >}}\n" * 18 + "x\n" * 10_000 + "{{< /a >}}\n" * 3_000,
        "{{< highlight >}}\n" * 3_600,
        "{{< highlight >}}\n" * 3_500 + "x {{< /highlight >}}\n",
        "{{< /a >}}\n" * 6_000,
        "{{</* " * 10_000,
        "{{< a\nb=" * 7_000,
        "> {{< a\n> b\n" * 5_000,
        "<div>\n" + '{{< a >}}<b title="' * 3_400,
        "<div>\n" + "{{< a >}}<!--" * 5_000,
        "<div>\n" + "{{< a <b" * 8_000,
        "[a]({{< ref " * 5_000,
        "{" * 64_000,
        "{{<" * 20_000,
        "{{< a " + "b=" * 30_000,
        "{{< a " + "b " * 30_000 + ">}}",
    ],
)
def test_attack_58_tags_take_time_linear_to_the_text(text: str) -> None:
    """64 KB are read or refused within a quarter of a second, on a machine of one's own."""
    from blogq.config.schema import Markdown
    from blogq.content.markdown.reader import Reader

    reader = Reader(Markdown())
    taken = []
    for _ in range(3):
        started = time.process_time()
        reader.read(text[:65_536], path="x.md")
        taken.append(time.process_time() - started)
    assert min(taken) < 0.25, min(taken)


def test_attack_58_calls_within_calls_are_bounded(tmp_path: Path) -> None:
    for text in ("{{< a >}}\n" * 30 + "{{< /a >}}\n" * 30, "{{< a >}}" * 30 + "{{< /a >}}" * 30):
        site = make_site(tmp_path / str(len(text)), {"content/x.md": post(text)})
        errors = [f for f in run(site).findings if f.severity == "error"]
        assert [(f.code, f.span.path) for f in errors] == [("MD103", "content/x.md")]


def test_attack_63_template_of_a_shortcode_can_not_reach_the_interpreter(tmp_path: Path) -> None:
    reaching = (
        "call.__class__",
        "call.get.__globals__",
        "call.url.__func__",
        "call|attr('__class__')",
        "fail.__globals__",
    )
    for expression in reaching:
        site = make_site(tmp_path, {"content/x.md": post("{{< a >}}"), "shortcodes/a.html": f"{{{{ {expression} }}}}"})
        errors = [f for f in run(site).findings if f.severity == "error"]
        assert [(f.code, f.span.path) for f in errors] == [("TH103", "shortcodes/a.html")], expression


def test_attack_43_folder_of_shortcodes_does_not_lead_out(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/x.md": post("{{< secret >}}"), "blogq.yaml": CONFIG})
    write(tmp_path, {"outside/secret.html": "the-secret-beyond-the-site"})
    (site / "shortcodes").mkdir()
    (site / "shortcodes" / "secret.html").symlink_to(tmp_path / "outside" / "secret.html")
    result = run(site)
    assert [f.code for f in result.findings if f.severity == "error"] == ["SR103"]
    assert "the-secret-beyond-the-site" not in text_of(site)
