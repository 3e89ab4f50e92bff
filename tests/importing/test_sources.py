"""Moving in from everything but WordPress, each with a small export of its own."""

# ruff: noqa: E501 — exports have long lines

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_exports import moved, tree, written

from blogq.build import Request, build
from blogq.cli import cli
from blogq.content.front_matter import read_front_matter


def test_jekyll(tmp_path: Path) -> None:
    body = (
        "{% highlight python %}\na = '{{ x }}'\n{% endhighlight %}\n\nSee [it]({% post_url 2024-05-02-other %}) and "
        "![a]({{ site.baseurl }}/img/a.png).\n\n{% youtube w7Ft2ymGmfc %}\n\n{% raw %}{{ shown }}{% endraw %}\n\n"
        "{% comment %}gone{% endcomment %}{% unknown tag %}\n\n`{% kept %}`\n"
    )
    site = tree(
        tmp_path / "old",
        {
            "_config.yml": "title: Pumps\nurl: https://old.example\nbaseurl: /blog\nplugins: [evil]\n",
            "_posts/2024-05-01-first-post.md": f"---\ntitle: First\ncategories: [Repairs]\nredirect_from: /old/first/\n---\n{body}",
            "_posts/2024-05-02-other.md": "---\ntitle: Other\n# a remark\n---\nText.\n",
            "_drafts/later.md": "---\ntitle: Later\n---\nNot yet.\n",
            "about.md": "---\ntitle: About\npermalink: /about/\n---\nUs.\n",
            "index.html": "---\n---\n{% for post in site.posts %}x{% endfor %}",
            "img/a.png": "picture",
            "Gemfile": "gem 'jekyll'",
            "_layouts/default.html": "{{ content }}",
        },
    )
    account = moved("jekyll", site, tmp_path / "site")
    files = written(tmp_path / "site")
    text = files["content/posts/2024-05-01-first-post.md"]
    assert (
        'permalink: "/repairs/2024/05/01/first-post.html"' in text and "aliases" not in text.split("redirect_from")[0]
    )
    assert (
        "```python\na = '{{ x }}'\n```" in text
        and "[it](/2024/05/02/other.html)" in text
        and "![a](/img/a.png)" in text
    )
    assert "{{< youtube w7Ft2ymGmfc >}}" in text and "{{ shown }}" in text and "gone" not in text
    assert "{% unknown tag %}" in text and "`{% kept %}`" in text
    assert "# a remark" in files["content/posts/2024-05-02-other.md"]
    assert "draft: true" in files["content/posts/later.md"]
    assert "static/img/a.png" in files and not [name for name in files if "Gemfile" in name or "_layouts" in name]
    assert [note.message.split()[1] for note in account.notes if note.code == "shortcode"] == ["unknown"]
    assert account.lost == [] and account.kept == 3


def test_hugo(tmp_path: Path) -> None:
    site = tree(
        tmp_path / "old",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\ntitle = "Pumps"\n[permalinks]\nposts = "/:year/:slug/"\n',
            "content/posts/First.md": '+++\ntitle = "First"\ndate = 2024-05-01\naliases = ["/was/here/"]\n+++\n{{< alert >}}\n\n{{< figure src="a.png" >}}\n',
            "content/posts/bundle/index.md": "---\ntitle: In a bundle\nslug: own\ndate: 2024-05-02\n---\nText.\n",
            "content/posts/bundle/a.png": "picture",
            "content/posts/_index.md": "---\ntitle: All posts\n---\n",
            "content/notes/Note One.md": "---\ntitle: Note\ndate: 2023-01-01\n---\nText.\n",
            "content/posts/broken.md": "---\ntitle: Broken\ndate: 2024-05-01\n\nNever closed.\n",
            "static/f.txt": "file",
            "layouts/index.html": "{{ .Title }}",
        },
    )
    account = moved("hugo", site, tmp_path / "site")
    files = written(tmp_path / "site")
    assert 'permalink = "/2024/first/"' in files["content/posts/First.md"]
    assert 'permalink: "/2024/own/"' in files["content/posts/bundle/index.md"] and "content/posts/bundle/a.png" in files
    assert 'permalink: "/notes/note-one/"' in files["content/notes/Note One.md"]
    assert files["content/posts/_index.md"] == "---\ntitle: All posts\n---\n" and files["static/f.txt"] == "file"
    assert ("/was/here/", "/2024/first/") in account.redirected
    assert next(note.message for note in account.notes if note.code == "shortcode").startswith("the shortcode alert")
    assert "not-imported/posts/broken.md" in files and "content/posts/broken.md" not in files
    assert not [name for name in files if name.startswith("layouts")]


def test_pelican(tmp_path: Path) -> None:
    site = tree(
        tmp_path / "old",
        {
            "pelicanconf.py": "SITENAME = 'Pumps'\nSITEURL = 'https://old.example'\nDEFAULT_LANG = 'en'\n",
            "content/cat/first.md": "Title: First one\nDate: 2024-05-01\nTags: a, b\n\nSee ![p]({static}/images/p.png).\n",
            "content/second.html": '<html><head><title>Second</title><meta name="date" content="2024-05-02 10:00"><meta name="tags" content="x, y"></head><body><p>Hi <b>you</b></p></body></html>',
            "content/third.rst": "Third\n=====\n",
            "content/images/p.png": "picture",
            "content/downloads/a.ipynb": "{}",
            "content/downloads/a.py": "a = 1",
        },
    )
    account = moved("pelican", site, tmp_path / "site")
    files = written(tmp_path / "site")
    first = files["content/posts/first.md"]
    assert "/first-one.html" in first and "![p](/images/p.png)" in first and "static/images/p.png" in files
    told, _, _, _ = read_front_matter(first, "", taxonomies=("tags", "categories"), zone=UTC)
    assert (told.title, told.date is not None, told.permalink) == ("First one", True, "/first-one.html")
    assert dict(told.terms) == {"tags": ("a", "b"), "categories": ("cat",)}
    assert {"static/downloads/a.ipynb", "static/downloads/a.py"} <= files.keys()
    assert "Hi **you**" in files["content/posts/second.md"] and 'tags: [x, "y"]' in files["content/posts/second.md"]
    assert [(note.place, note.code) for note in account.notes if note.level == "lost"] == [("third.rst", "file")]


def test_a_caption_that_wordpress_left_in_a_blog_of_ghosts(tmp_path: Path) -> None:
    left = "<p>[caption id=&quot;a&quot; caption=&quot;A &amp; B&quot;]<img src='/content/images/a.png' alt='A'/>[/caption]</p><p>[x] stays</p>"
    post = {
        "id": "1",
        "title": "T",
        "slug": "t",
        "html": left,
        "status": "published",
        "published_at": "2024-05-01T10:00:00.000Z",
    }
    (tmp_path / "g.json").write_text(json.dumps({"db": [{"meta": {"version": "5"}, "data": {"posts": [post]}}]}))
    moved("ghost", tmp_path / "g.json", tmp_path / "site")
    text = written(tmp_path / "site")["content/posts/t.md"]
    assert '{{< figure src="/content/images/a.png" alt=A >}}\nA & B\n{{< /figure >}}' in text and "caption" not in text


def test_a_redirect_where_blogq_makes_a_list_is_lost_and_the_site_builds(tmp_path: Path) -> None:
    site = tree(
        tmp_path / "old",
        {
            "_config.yml": "collections: {docs: {output: true}}\n",
            "_docs/steps/01-setup.md": "---\ntitle: Setup\nredirect_from:\n- /docs/steps/\n- /setup/\n- /tags/\n---\nText.\n",
            "_docs/steps/02-next.md": "---\ntitle: Next\n---\nText.\n",
            "_posts/2024-05-01-first.md": "---\ntitle: First\ntags: [a]\n---\nText.\n",
        },
    )
    account = moved("jekyll", site, tmp_path / "site")
    result = build(Request(tmp_path / "site", 1_800_000_000))
    assert [each.message for each in result.findings if each.severity == "error"] == []
    assert dict(account.lost) == dict.fromkeys(("/docs/steps/", "/tags/"), "blogq makes a list there")
    assert (result.output / "setup" / "index.html").is_file() and (result.output / "docs" / "steps").is_dir()


def test_ghost(tmp_path: Path) -> None:
    mobiledoc = {
        "version": "0.3.1",
        "atoms": [],
        "cards": [["code", {"code": "a = 1", "language": "python"}]],
        "markups": [["strong"]],
        "sections": [[1, "p", [[0, [], 0, "From "], [0, [0], 1, "cards"]]], [10, 0]],
    }
    lexical = {
        "root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "Lex", "format": 1}]}]}
    }
    data = {
        "posts": [
            {
                "id": 1,
                "title": "First",
                "slug": "first",
                "status": "published",
                "html": "<p>Hi <a href='__GHOST_URL__/second/'>2</a></p>",
                "published_at": "2024-05-01T09:30:00.000Z",
                "featured": 1,
                "codeinjection_head": "<script>x</script>",
            },
            {
                "id": 2,
                "title": "Second",
                "slug": "second",
                "status": "published",
                "mobiledoc": json.dumps(mobiledoc),
                "published_at": "2024-05-02T09:30:00.000Z",
            },
            {
                "id": 3,
                "title": "About",
                "slug": "about",
                "status": "published",
                "type": "page",
                "lexical": json.dumps(lexical),
            },
            {"id": 4, "title": "Paid", "slug": "paid", "status": "published", "visibility": "paid", "html": "<p>x</p>"},
        ],
        "tags": [{"id": 9, "name": "Pumps", "slug": "pumps"}],
        "posts_tags": [{"post_id": 1, "tag_id": 9}],
        "users": [{"id": 5, "name": "Ann", "slug": "ann", "email": "ann@secret.example"}],
        "posts_authors": [{"post_id": 1, "author_id": 5}],
        "settings": [{"key": "title", "value": "Pumps"}, {"key": "url", "value": "https://old.example/"}],
    }
    (tmp_path / "g.json").write_text(json.dumps({"db": [{"meta": {}, "data": data}]}))
    account = moved("ghost", tmp_path / "g.json", tmp_path / "site")
    files = written(tmp_path / "site")
    first = files["content/posts/first.md"]
    assert (
        "[2](/second/)" in first and "tags: [Pumps]" in first and "authors: [ann]" in first and "pinned: true" in first
    )
    assert "From **cards**\n\n```python\na = 1\n```" in files["content/posts/second.md"]
    assert "**Lex**" in files["content/about.md"] and "draft: true" in files["content/posts/paid.md"]
    assert "secret" not in "".join(files.values()) and account.kept == 5  # with the lists of its tag and its author
    assert sorted(note.code for note in account.notes) == ["script", "status"]


def test_medium_as_a_folder(tmp_path: Path) -> None:
    from test_attacks import story

    tree(
        tmp_path / "m",
        {
            "posts/2024-05-01_Good-0123456789ab.html": story("Good"),
            "posts/draft_Later-0123456789ac.html": story("Later"),
            "profile/profile.html": "x",
        },
    )
    account = moved("medium", tmp_path / "m", tmp_path / "site")
    files = written(tmp_path / "site")
    assert (
        "Text of Good." in files["content/posts/good.md"]
        and "date: 2024-05-01 09:30:00+00:00" in files["content/posts/good.md"]
    )
    assert "draft: true" in files["content/posts/later.md"]
    assert [url for url, _ in account.lost] == ["https://medium.com/p/good"]


KIND = "http://schemas.google.com/blogger/2008/kind#"


def entry(kind: str, number: int, more: str = "", body: str = "&lt;p&gt;Text&lt;/p&gt;") -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>2024-05-01T11:30:00.001+02:00</published>"
        f'<category scheme="http://schemas.google.com/g/2005#kind" term="{KIND}{kind}"/><title>{kind} {number}</title>'
        f'<content type="html">{body}</content><author><name>Ann</name><email>a@secret.example</email></author>{more}</entry>'
    )


def test_blogger_with_an_unbound_prefix(tmp_path: Path) -> None:
    link = '<link rel="alternate" href="https://old.example/2024/05/{}.html"/>'
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Pumps</title>'
        '<link rel="alternate" href="https://old.example/"/>'
        + entry("post", 1, link.format("one") + '<category scheme="http://www.blogger.com/atom/ns#" term="pump"/>')
        + entry("post", 2, "<app:control><app:draft>yes</app:draft></app:control>")
        + entry("page", 3, '<link rel="alternate" href="https://old.example/p/about.html"/>')
        + entry("comment", 4, '<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-1"/>', "Nice")
        + entry("template", 5)
        + "</feed>"
    )
    (tmp_path / "b.xml").write_text(feed)
    account = moved("blogger", tmp_path / "b.xml", tmp_path / "site")
    files = written(tmp_path / "site")
    assert "permalink: " in files["content/posts/one.md"] and "/2024/05/one.html" in files["content/posts/one.md"]
    assert "tags: [pump]" in files["content/posts/one.md"] and "draft: true" in files["content/posts/post-2.md"]
    assert "content/p/about.md" in files and [name for name in files if name.startswith("comments/")] == [
        "comments/one-html-" + name_tail(files)
    ]
    assert account.kept == 2 and "secret" not in "".join(files.values())


def name_tail(files: dict[str, str]) -> str:
    return next(name for name in files if name.startswith("comments/")).removeprefix("comments/one-html-")


@pytest.mark.parametrize("kind", ["jekyll", "hugo", "pelican"])
def test_an_empty_folder_is_refused(tmp_path: Path, kind: str) -> None:
    from blogq.importing.carried import Unreadable

    (tmp_path / "x").mkdir()
    with pytest.raises(Unreadable):
        moved(kind, tmp_path / "x", tmp_path / "site")


def test_a_new_site_in_the_folder_that_is_read_is_refused(tmp_path: Path) -> None:
    """Run again, it would be carried into itself, page by page."""
    from blogq.importing.carried import Unreadable

    source = tree(tmp_path / "old", {"_config.yml": "title: J\n", "about.md": "---\ntitle: About\n---\nText.\n"})
    (tmp_path / "link").symlink_to(source)
    for into in (source, source / "new", tmp_path / "link" / "new"):
        with pytest.raises(Unreadable, match="would lie in"):
            moved("jekyll", source, into)
    assert set(written(source)) == {"_config.yml", "about.md"}


def test_within_the_old_site_the_new_one_goes_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tree(tmp_path / "old", {"_config.yml": "title: J\n", "about.md": "---\ntitle: About\n---\nText.\n"})
    monkeypatch.chdir(source)
    for _ in range(2):
        done = CliRunner().invoke(cli, ["import", "jekyll", ".", "--no-check"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert set(written(source)) == {"_config.yml", "about.md"}
    found = set(written(tmp_path / "old-blogq"))
    assert "content/about.md" in found and "import-report-2.md" not in found


def test_ghost_s_cards_say_what_they_said() -> None:
    from blogq.importing.ghost_cards import html_of_lexical

    said: list[str] = []
    children = [
        {"type": "button", "buttonText": "Read on", "buttonUrl": "https://a.example/"},
        {"type": "file", "src": "/content/files/a.pdf", "fileTitle": "Plan", "fileCaption": "Of a pump"},
        {"type": "header", "header": "Big", "subheader": "Small", "buttonText": "", "buttonUrl": ""},
        {"type": "product", "productTitle": "Pump", "productDescription": "<p>Good</p>", "productImageSrc": "/p.jpg"},
        {"type": "call-to-action", "textValue": "<p>Join</p>", "buttonText": "Now", "buttonUrl": "javascript:x"},
        {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "B <i>"}, "caption": "seen"},
        {"type": "signup", "header": "Mail"},
    ]
    html = html_of_lexical({"root": {"children": children}}, lambda code, message: said.append(message))
    from blogq.importing.passage import passage_of

    text = passage_of(html, lambda address, shown: address, lambda code, message: said.append(code)).markdown
    for words in ("[Read on](https://a.example/)", "[Plan](/content/files/a.pdf)", "Of a pump", "## Big", "Small"):
        assert words in text
    assert "#### Pump" in text and "Good" in text and "Join" in text and "[B &lt;i>](https://b.example/)" in text
    assert "javascript" not in text and "Now" in text
    assert said == ["the card `signup` is left out", "script"]
