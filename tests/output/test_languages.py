"""A site in three languages, crawled: who is whose counterpart, what each page says of its language, no dead links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from published import Published, addresses_in, post, publish, resolved

CONFIG = """\
title: Slow Notes
description: On writing less.
language: en
date_format: long
author: Ann
languages:
  es:
    title: Notas lentas
    description: Escribir menos.
    author: Nuria
    menu:
      - Inicio: /es/
      - Acerca: about.md
    taxonomies:
      tags: {title: Etiquetas, path: etiquetas}
  ar:
    title: ملاحظات
    content: ar
    date_format: d MMMM y
"""
FILES: dict[str, str | bytes] = {
    "blogq.yaml": CONFIG,
    "content/_index.md": "---\ntitle: Welcome\n---\nHello.\n",
    "content/_index.es.md": "---\ntitle: Bienvenidos\n---\nHola.\n",
    "content/about.md": "# About\n",
    "content/about.es.md": "# Acerca\n\nVea [esto](@/posts/one.md).\n",
    "content/404.es.md": "# No está\n",
    "content/posts/_index.es.md": "---\ntitle: Entradas\n---\n",
    "content/posts/one.md": post("One", "2026-03-01", tags=["css", "slow"]),
    "content/posts/one.es.md": post("Uno", "2026-03-01", "Texto.", tags=["CSS", "lento"], slug="uno"),
    "content/ar/posts/one.md": post("واحد", "2026-03-01", "نص [صورة](pic.svg) و [اثنان](two.md).", tags=["css"]),
    "content/ar/posts/pic.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/ar/posts/two/index.md": post("اثنان", "2026-04-02", "نص [عن](@/about.md)."),
    "content/ar/about.md": "# عن\n",
    "content/posts/two.md": post("Two", "2026-04-01", "Seul en [Uno](one.es.md).", language="fr"),
}


@pytest.fixture(scope="module", params=["https://blog.example/", "https://blog.example/a/b/"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    files = {name: text for name, text in FILES.items() if name != "content/ar/posts/two.md"}
    files["content/ar/posts/one.md"] = str(files["content/ar/posts/one.md"]).replace("two.md", "two/index.md")
    return publish(tmp_path_factory.mktemp("languages"), files, base=request.param)


def alternates(site: Published, path: str) -> dict[str, str]:
    """Language → URL, as the head of a page says."""
    links = site.page(path).xpath("//head/link[@rel='alternate' and @hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def test_counterparts_name_one_another(site: Published) -> None:
    """hreflang is mutual, of one opinion, absolute, and names the page itself; the default is the site's language."""
    seen = 0
    for path, _ in site.pages():
        told = alternates(site, path)
        if not told:
            continue
        seen += 1
        language = "es" if path.startswith("es/") else "ar" if path.startswith("ar/") else "en"
        assert told[language] == site.url(path)
        assert told["x-default"] == told.get("en", told[min(told)])
        for tag, url in told.items():
            other = site.file_of(url)
            assert other is not None, (path, tag, url)
            assert alternates(site, other) == told, (path, other)
    assert seen == 31


def test_counterparts_of_every_kind(site: Published) -> None:
    def of(path: str) -> dict[str, str]:
        return {tag: url.removeprefix(site.base) for tag, url in alternates(site, path).items() if tag != "x-default"}

    assert of("index.html") == {"en": "", "ar": "ar/", "es": "es/"}
    assert of("posts/one/index.html") == {"en": "posts/one/", "ar": "ar/posts/one/", "es": "es/posts/uno/"}
    assert of("posts/two/index.html") == {"en": "posts/two/", "ar": "ar/posts/two/"}
    assert of("ar/about/index.html") == {"en": "about/", "ar": "ar/about/", "es": "es/about/"}
    assert of("posts/index.html") == {"en": "posts/", "ar": "ar/posts/", "es": "es/posts/"}
    assert of("tags/index.html") == {"en": "tags/", "ar": "ar/tags/", "es": "es/etiquetas/"}
    assert of("tags/css/index.html") == {"en": "tags/css/", "ar": "ar/tags/css/", "es": "es/etiquetas/css/"}
    assert of("es/etiquetas/lento/index.html") == of("tags/slow/index.html") == {}
    assert of("archive/2026/04/index.html") == {"en": "archive/2026/04/", "ar": "ar/archive/2026/04/"}
    assert of("404.html") == {}


def test_sitemap_says_the_same(site: Published) -> None:
    """Each URL of it has the alternates that the page itself names."""
    for each in site.sitemap():
        loc, *rest = each
        links = [one for one in rest if etree.QName(one).localname == "link"]
        found = {str(one.get("hreflang")): str(one.get("href")) for one in links}
        path = site.file_of(str(loc.text))
        assert path is not None
        assert found == alternates(site, path), path


def test_no_link_leads_nowhere(site: Published) -> None:
    dead = [
        (path, address, why)
        for path, page in site.pages()
        for _, address in addresses_in(page)
        if (why := site.why_dead(resolved(site.url(path), address)))
    ]
    assert dead == []


def test_every_page_says_its_language_and_direction(site: Published) -> None:
    for path, page in site.pages():
        language = "es" if path.startswith("es/") else "ar" if path.startswith("ar/") else "en"
        own = "fr" if path == "posts/two/index.html" else language
        assert (page.get("lang"), page.get("dir")) == (own, "rtl" if own == "ar" else "ltr"), path
        assert site.meta(path, "og:locale") == {"en": "en_US", "es": "es_ES", "ar": "ar_EG"}[language]
    assert site.json_ld("es/posts/uno/index.html")["inLanguage"] == "es"
    assert {each["inLanguage"] for each in site.json_ld("ar/index.html")["@graph"]} == {"ar"}
    others = site.page("posts/one/index.html").xpath("//meta[@property='og:locale:alternate']/@content")
    assert sorted(others) == ["ar_EG", "es_ES"]
    (card,) = site.page("index.html").xpath("//article[@lang]")
    assert (card.get("lang"), card.get("dir")) == ("fr", "ltr"), "a French post among English ones"


def test_each_page_leads_to_the_other_languages(site: Published) -> None:
    """To its translation where there is one, else home."""

    def switch(path: str) -> dict[str, str]:
        links = site.page(path).xpath("//nav[@class='languages']//a")
        return {link.text: link.get("href").removeprefix(site.prefix) for link in links}

    assert switch("posts/one/index.html") == {"العربية": "ar/posts/one/", "Español": "es/posts/uno/"}
    assert switch("posts/two/index.html") == {"العربية": "ar/posts/two/", "Español": "es/"}
    assert switch("es/404.html") == {"English": "", "العربية": "ar/"}


def test_words_dates_and_names_are_those_of_the_language(site: Published) -> None:
    def text(path: str, where: str) -> str:
        return " ".join(site.page(path).xpath(f"string({where})").split())

    assert text("posts/one/index.html", "//time") == "March 1, 2026"
    assert text("es/posts/uno/index.html", "//time") == "1 de marzo de 2026"
    assert text("posts/two/index.html", "//time") == "1 avril 2026"
    assert text("ar/posts/one/index.html", "//time") == "1 مارس 2026"
    assert text("es/archive/2026/03/index.html", "//h1") == "marzo de 2026"
    assert text("es/archive/index.html", "//h1") == "Archivo"
    assert text("es/etiquetas/index.html", "//h1") == "Etiquetas"
    assert text("ar/tags/index.html", "//title") == "الوسوم · ملاحظات"
    assert text("es/etiquetas/css/index.html", "//h1/small") == "1 entrada"
    assert text("es/404.html", "//h1") == "No está"
    assert text("ar/404.html", "//h1") == "هذه الصفحة غير موجودة"
    menu = site.page("es/index.html").xpath("//header//nav[1]//a")
    assert [(link.text, link.get("href").removeprefix(site.prefix)) for link in menu] == [
        ("Inicio", "es/"),
        ("Acerca", "es/about/"),
    ]
    assert "Nuria" in text("es/posts/uno/index.html", "//p[@class='meta']")
    assert "Ann" in text("posts/one/index.html", "//p[@class='meta']")


def test_feeds_say_their_language(site: Published) -> None:
    for folder, language, title in (("", "en", "Slow Notes"), ("es/", "es", "Notas lentas"), ("ar/", "ar", "ملاحظات")):
        rss = etree.fromstring(site.text(f"{folder}feed.xml").encode())
        assert (rss.findtext("channel/language"), rss.findtext("channel/title")) == (language, title)
        atom = etree.fromstring(site.text(f"{folder}atom.xml").encode())
        assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        told: dict[str, Any] = json.loads(site.text(f"{folder}feed.json"))
        assert (told["language"], told["title"]) == (language, title)
    assert "Spanish" not in site.text("es/feed.xml")
    assert ">Nuria<" in site.text("es/feed.xml")


def test_own_page_for_errors_is_in_no_list(site: Published) -> None:
    assert "es/404.html" not in " ".join(site.sitemap_urls())
    assert "noindex" in site.text("es/404.html")


def test_a_folder_and_a_name_make_the_same_site(tmp_path: Path) -> None:
    """`es/posts/a.md` in the folder of Spanish is what `posts/a.es.md` is; so one can change one's mind."""
    texts = {"posts/a": post("A", "2026-01-01", "x"), "posts/b/index": post("B", "2026-01-02"), "about": "# About\n"}
    ends = {f"content/{name}.md": text for name, text in texts.items()}
    config = "title: T\nlanguages:\n  es: {title: S, content: %s}\n"
    suffix = publish(
        tmp_path / "one",
        {"blogq.yaml": config % '""', **ends, **{f"content/{name}.es.md": text for name, text in texts.items()}},
    )
    folder = publish(
        tmp_path / "two",
        {"blogq.yaml": config % "spanish", **ends, **{f"content/spanish/{n}.md": text for n, text in texts.items()}},
    )
    assert suffix.files() == folder.files()


def test_own_language_in_a_folder_stands_at_the_top(tmp_path: Path) -> None:
    """Hugo's `contentDir` for each language."""
    made = publish(
        tmp_path,
        {
            "blogq.yaml": "language: en\nlanguages:\n  en: {content: en}\n  de: {content: de}\n",
            "content/en/index.md": "# Home\n",
            "content/en/posts/a.md": post("A", "2026-01-01", "[there](@/about.md)"),
            "content/en/about.md": "# About\n",
            "content/de/posts/a.md": post("Ä", "2026-01-01", "[dort](@/about.md)"),
            "content/de/about.md": "# Über\n",
        },
    )
    assert {"posts/a/index.html", "de/posts/a/index.html", "about/index.html", "de/about/index.html"} <= made.paths
    assert not [path for path in made.paths if path.startswith("en/")]
    assert made.page("posts/a/index.html").xpath("//article//a[text()='there']/@href") == ["/about/"]
    assert made.page("de/posts/a/index.html").xpath("//article//a[text()='dort']/@href") == ["/de/about/"]


@pytest.mark.parametrize(
    ("config", "line", "said"),
    [
        ("languages:\n  es: {content: espanol}\n", 2, "Did you mean `español`?"),
        ("languages:\n  es:\n    taxonomies:\n      tgas: Etiquetas\n", 4, "Did you mean `tags`?"),
        ("languages:\n  es: {content: posts}\n  de: {content: posts}\n", 3, "a folder of its own"),
        ("languages:\n  es: {direction: up}\n", 2, "ltr, rtl"),
        ("languages:\n  es: {titel: Hola}\n", 2, "Did you mean `languages.es.title`?"),
        ("languages:\n  es: {menu: [{Inicio: /nada/}]}\n", 2, "write a path on the site"),
        ("date_format: longish\n", 1, "Write long, medium"),
        ("date_format: d de MMMM\n", 1, "words of its own in quotes"),
        ("date_format: d 'de MMMM\n", 1, "words of its own in quotes"),
    ],
)
def test_mistakes_are_told_with_place_and_remedy(tmp_path: Path, config: str, line: int, said: str) -> None:
    files = {"blogq.yaml": config, "content/posts/a.md": post("A", "2026-01-01"), "content/español/b.es.md": "# B\n"}
    made = publish(tmp_path, files, clean=False)
    told = [f for f in made.result.findings if f.severity != "note"]
    assert [f.span.line for f in told] == [line], told
    assert said in told[0].hint


def test_structure_goes_by_language(tmp_path: Path) -> None:
    """Menus, authors, series, defaults of folders and texts of taxonomies, in a language that has them otherwise."""
    config = (
        "title: T\nauthor: ada\nauthors:\n  ada: {name: Ada}\n  eva: {name: Eva}\nmenu:\n  - about.md\n"
        "languages:\n  es:\n    content: es\n    author: eva\n    menu:\n      - {title: Sobre, url: about.md}\n"
        "    taxonomies:\n      tags: {title: Etiquetas, path: etiquetas}\n"
    )
    text = "---\ntitle: {}\ndate: {}\nseries: S\n---\nx\n".format
    files: dict[str, str | bytes] = {
        "blogq.yaml": config,
        "content/about.md": "# About\n",
        "content/es/about.md": "# Acerca\n",
        "content/posts/a.md": post("A", "2026-01-01", tags=["css"]),
        "content/posts/b.md": "---\ntitle: B\ndate: 2026-01-02\nauthors: eva\n---\nx\n",
        "content/es/posts/_index.md": "---\ntitle: Entradas\ncascade:\n  tags: [heredado]\n---\n",
        "content/es/posts/a.md": text("A", "2026-01-01"),
        "content/es/posts/b.md": text("B", "2026-01-02\nauthors: ada"),
        "content/tags/_index.es.md": "---\ntitle: Mis etiquetas\n---\nTexto propio.\n",
    }
    site = publish(tmp_path, files, base="https://x.example/")
    page = site.text("es/posts/a/index.html")
    assert '<a href="/es/about/">Sobre</a>' in page
    assert 'href="/es/authors/eva/">Eva</a>' in page
    assert 'href="/es/etiquetas/heredado/">heredado</a>' in page
    assert "Parte 1 de 2: S" in page
    assert '<a href="/about/">About</a>' in site.text("index.html")
    assert "heredado" not in site.text("posts/a/index.html")
    own = site.text("es/etiquetas/index.html")
    assert "<h1>Mis etiquetas</h1>" in own and "Texto propio." in own
