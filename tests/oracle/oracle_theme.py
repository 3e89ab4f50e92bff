"""A theme that shows everything: each page prints its whole view, so a view that differs is a page that differs.

It looks names up in all the ways there are: a parent, a partial, an import that imports in turn, an include that may
be missing, a choice of several, an asset.
"""

from __future__ import annotations

BASE = """{% from "words.html" import hello %}
<!doctype html>
<title>{% block title %}{{ page.title }}{% endblock %}</title>
<link rel="stylesheet" href="{{ asset("style.css") }}">
{{ hello }} {{ t["skip"] }} {{ t["greeting"] }} {{ t("posts", count=2) }}
{{ partial("site.html", site) }} {{ partial("site.html", "") }}
{% include "partials/extra.html" ignore missing %}
{% include ["partials/first.html", "partials/second.html"] %}
<p>{{ site }}</p>
<main>{% block main %}{{ page }}{% if page.content is defined %}{{ page.content }}{% endif %}{% endblock %}</main>
"""
LIST = """{% extends "base.html" %}
{% block main %}
{% for post in page.posts %}{{ partial("card.html", post) }}{% endfor %}
{{ page }}
{% endblock %}
"""
PLAIN = """{% extends "base.html" %}"""

TEMPLATES = {
    "theme.yaml": "name: mirror\nversion: 1.0.0\nparent: plain\n"
    "options:\n  mood: {type: string, default: calm, help: A word.}\n",
    "templates/base.html": BASE,
    "locales/en.yaml": "greeting: Hello\nfarewell: Bye\n",
    "locales/de.yaml": "farewell: Tschüss\n",
    "templates/words.html": '{% from "voice.html" import said %}{% set hello = said %}',
    "templates/voice.html": '{% set said = "hello" %}',
    "templates/partials/site.html": "<i>{{ site.title }} {{ site.language }} {{ t.farewell }} {{ t['more'] }}</i>",
    "templates/partials/second.html": "<b>second</b>",
    "templates/partials/card.html": "<li>{{ item.title }} {{ site.language }} {{ item.summary }}</li>",
    "shortcodes/theirs.html": "<u>{{ call.inner }} {{ page.title }} {{ page.url }}</u>",
    **{f"templates/{name}.html": PLAIN for name in ("post", "archive", "404", "redirect")},
    "templates/page.html": PLAIN + "{% block title %}{{ data.team.ann }} {{ data.missing }}{% endblock %}",
    "templates/taxonomy.html": PLAIN + "{% block title %}{{ data }}{% endblock %}",
    **{f"templates/{name}.html": LIST for name in ("home", "section", "term")},
}
"""The theme's files, by path below its folder."""

EXTENDING = '{% extends "base.html" %}{% block title %}overridden{% endblock %}'
LOCALES: dict[str, tuple[str, ...]] = {
    "locales/en.yaml": ("skip: Jump\n", "greeting: Howdy\nposts: {one: a post, other: '{count} of them'}\n", "- a\n"),
    "locales/es.yaml": ("skip: Saltar\nmoer: Seguir\n", "greeting: Hola\n", ""),
    "locales/de.yaml": ("posts: Beiträge\n", "farewell: Ade\n"),
}
"""What a site may say in its own texts, by path; some of it is wrong."""
OVERRIDES: dict[str, tuple[str, ...]] = {
    "templates/post.html": (EXTENDING, "{{ page.title }} alone", "{{ page.nothing }}"),
    "templates/page.html": (EXTENDING,),
    "templates/term-tags.html": (EXTENDING, "{% include 'partials/pager.html' %}"),
    "templates/taxonomy-tags.html": (EXTENDING,),
    "templates/layouts/wide.html": (EXTENDING, "<hr>{{ page.content }}"),
    "templates/partials/card.html": ("<p>{{ item }}</p>", "{{ item.url }} {{ asset('more.css') }}"),
    "templates/partials/site.html": ("{{ site.menu }}",),
    "templates/partials/extra.html": ("extra", "<!-- {{ page.url }} -->"),
    "templates/partials/first.html": ("first",),
    "templates/words.html": ("{% set hello = 'override' %}", "{% set hello = asset('style.css') %}"),
    "templates/voice.html": ("{% set said = 'hi' %}", "{% set said = 'ho' %}"),
    "templates/404.html": ("lost", "{% if %}"),
    "shortcodes/note.html": (
        "<aside>{{ call.inner }} {{ call.url('to', 0) }}</aside>",
        "{{ asset('style.css') }} {{ page.title }} {{ page.url }} {{ site.title }} {{ call.feed }}",
        "{% include 'partials/extra.html' ignore missing %} {{ call.args }} {{ call.params }}",
        "{{ fail('no') }}",
        "{{ t['greeting'] }} {{ t('posts', count=4) }}",
        "{{ picture(call.image('src'), alt='it') }} {{ call.images }}",
    ),
    "shortcodes/theirs.html": ("ours {{ call.url(0) }}", "{% if %}"),
    "shortcodes/figure.html": ("<img src='{{ call.url('src') }}'>", "{{ picture(call.image(0, 'src'), lazy=true) }}"),
    "shortcodes/unused.html": ("nobody asks for it",),
    "templates/base.html": (
        '{% extends "base.html" %}{% block title %}{{ super() }}!{% endblock %}',
        "{{ page.title }} {% block main %}{% endblock %}",
    ),
    "templates/unused.html": ("nobody asks for it", "{% broken"),
}
"""What a site may put in its own templates, by path; some of it is wrong."""
IN_THEME: dict[str, tuple[str, ...]] = {
    "templates/voice.html": ("{% set said = 'good day' %}",),
    "templates/base.html": (BASE + "<!-- edited -->", BASE + "{{ site.options.mood }}"),
    "templates/partials/second.html": ("two", "due"),
    "templates/partials/card.html": ("<li>{{ item }}</li>",),
    "templates/home.html": (LIST + "home",),
    "locales/en.yaml": ("greeting: Hi\nfarewell: Bye\n", "greeting: Hello\nfarewell: So long\n", "farewell: [\n"),
    "locales/de.yaml": ("greeting: Hallo\nfarewell: Servus\n",),
}
"""Edits to the theme itself."""
