"""The oracle can fail: leave one part out of what an output depends on, and some edit shows a stale page.

Each bug here was sown by hand into the running code. One that no edit finds would mean that the part is not needed,
or that the oracle looks away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from oracle_images import OTHER, PHOTO
from oracle_world import DAY, Broken, Post, World, coarse_clock

import blogq.amend
import blogq.build
import blogq.collect
import blogq.content.markdown.calls
import blogq.data
import blogq.images.gallery
import blogq.inherited
import blogq.kinship
import blogq.library.status
import blogq.outputs
import blogq.parse
import blogq.plan.keys
import blogq.publish
import blogq.sources
import blogq.store.manifest
import blogq.write
from blogq.content.markdown.calls import Made
from blogq.content.markdown.document import Link
from blogq.library.related import Kinship
from blogq.plan.keys import Keys
from blogq.render.environment import Environment
from blogq.render.template import Templates
from blogq.render.texts import Texts
from blogq.store.digest import NONE

LINKS = Made.links
Sow = Callable[[pytest.MonkeyPatch], None]
Edit = Callable[[World], None]


def as_links(call: Made) -> list[Link]:
    """Take pictures that a call names for places that it leads to."""
    return [link._replace(kind="a") for link in LINKS(call)]


def without(part: str, nothing: Any = "") -> Sow:
    """Leave a part out of all keys: the method of that name says nothing."""

    def sow(patch: pytest.MonkeyPatch) -> None:
        assert callable(getattr(Keys, part))
        patch.setattr(Keys, part, lambda self, *arguments: nothing)

    return sow


def putting(place: Any, name: str, value: Any) -> Sow:
    """Put something else in the place of a function."""

    def sow(patch: pytest.MonkeyPatch) -> None:
        assert hasattr(place, name)
        patch.setattr(place, name, value)

    return sow


def editing(path: str = "posts/n1.md", **meta: Any) -> Edit:
    return lambda world: world.edit(path, **meta)


def configuring(**options: Any) -> Edit:
    return lambda world: world.configure(**options)


def writing(path: str, data: bytes) -> Edit:
    return lambda world: world.write(path, data)


def adding(path: str, **meta: Any) -> Edit:
    return lambda world: world.save(path, Post({"title": "New", "date": "2025-12-26", **meta}, "Text."))


def later(world: World) -> None:
    """Publish what is scheduled."""
    world.now += 3 * DAY


def another_size(world: World) -> None:
    """Change a source in place, and keep its size."""
    place = world.site / "content/posts/n1.md"
    place.write_bytes(place.read_bytes().replace(b"More.", b"Mare."))


def losing_derivatives(world: World) -> None:
    """Damage what is kept of images, and lose what was published of them."""
    for place in (world.store / "images").iterdir():
        if place.name != "table":
            place.write_bytes(b"damaged")
    for place in world.output.rglob("photo.*-*.*"):
        place.unlink()


def tampering(world: World) -> None:
    """Change a file of the output, and keep its size."""
    place = world.output / "about/index.html"
    place.write_bytes(place.read_bytes().replace(b"A site", b"A sate"))


def trusting(patch: pytest.MonkeyPatch) -> None:
    """Trust stat tuples however young the files are, where the clock ticks slowly."""
    coarse_clock(patch, 1 << 62)
    for module in (blogq.parse, blogq.sources, blogq.write):
        patch.setattr(module, "is_young", lambda found, at: False)


def forgetting_misses(patch: pytest.MonkeyPatch) -> None:
    """Record only the names that were found, as they were at the first build."""
    real = blogq.store.manifest.lookups_digest
    known: dict[str, bool] = {}

    def lookups_digest(names: tuple[str, ...], files: Any) -> bytes:
        for name in names:
            known.setdefault(name, name in files)
        return real(tuple(name for name in names if known[name]), files)

    patch.setattr(blogq.publish, "lookups_digest", lookups_digest)
    patch.setattr(blogq.outputs, "lookups_digest", lookups_digest)


def forgetting_layers_below(patch: pytest.MonkeyPatch) -> None:
    """Record nothing of the templates that others of the same name extend."""
    real = blogq.store.manifest.lookups_digest

    def lookups_digest(names: tuple[str, ...], files: Any) -> bytes:
        return real(tuple(name for name in names if "\0" not in name), files)

    patch.setattr(blogq.publish, "lookups_digest", lookups_digest)
    patch.setattr(blogq.outputs, "lookups_digest", lookups_digest)


def blind(patch: pytest.MonkeyPatch) -> None:
    """Take every output for what was written."""
    patch.setattr(blogq.write.OutputFolder, "compare", lambda self, paths, *rest: ([], {}))


def noting_no_texts(patch: pytest.MonkeyPatch) -> None:
    """Forget that the texts of a language were looked up."""
    patch.setattr(Texts, "note", lambda self: None)


def noting_no_other_texts(patch: pytest.MonkeyPatch) -> None:
    """Forget that a text was taken from another language."""
    real = Texts.__missing__

    def missing(self: Texts, key: str) -> Any:
        before = set(self._environment.lookups)
        found = real(self, key)
        self._environment.lookups = before
        return found

    patch.setattr(Texts, "__missing__", missing)


def renaming(world: World) -> None:
    """Let a translation be that of another post, at the same address."""
    post = world.posts["posts/n2.es.md"]
    world.drop("posts/n2.es.md")
    world.save("posts/n3.es.md", post)


def not_showing(*kinds: str) -> Sow:
    """Forget outputs of these kinds when a text has changed and nothing else."""

    def sow(patch: pytest.MonkeyPatch) -> None:
        real = blogq.amend.jobs_showing
        patch.setattr(blogq.amend, "jobs_showing", lambda *all: [job for job in real(*all) if job.kind not in kinds])

    return sow


def forgetting_shortcodes(patch: pytest.MonkeyPatch) -> None:
    """Look shortcodes up without recording it."""
    real = Environment.find

    def find(self: Environment, name: str) -> Any:
        return self.files.get(name) if name.startswith("shortcodes/") else real(self, name)

    patch.setattr(Environment, "find", find)


def forgetting_in_feeds(patch: pytest.MonkeyPatch) -> None:
    """Leave out what the shortcodes of feeds looked up."""
    real = Templates.expand
    patch.setattr(Templates, "expand", lambda *all: real(*all)._replace(lookups=frozenset()))


def without_place(patch: pytest.MonkeyPatch) -> None:
    """Take the short way although what was said of shortcodes may stand on other lines."""
    real = blogq.amend.changed_texts
    patch.setattr(blogq.amend, "changed_texts", lambda reading, manifest, findings: real(reading, manifest, []))


def letting_drafts_in(patch: pytest.MonkeyPatch) -> None:
    """Take what was open to others for what is."""
    real = Kinship.updated

    def updated(self: Kinship, posts: Any) -> Any:
        known = dict(zip(self.paths, self.facts["open"], strict=True))
        return real(self, [p._replace(fact=p.fact._replace(open=known.get(p.path, p.fact.open))) for p in posts])

    patch.setattr(Kinship, "updated", updated)


def with_old_sample(patch: pytest.MonkeyPatch) -> None:
    """Tell how rare words are by the posts of an earlier build."""
    real = Kinship._sampled

    def sampled(self: Kinship) -> bytearray:
        return self.sample.ljust(len(self.paths), b"\0") if self.sample else real(self)

    patch.setattr(Kinship, "_sampled", sampled)


def without_titles(patch: pytest.MonkeyPatch) -> None:
    """Tell which posts are related by their places among the posts."""
    patch.setattr(Keys, "related", lambda self, index: str(self.plan.related and self.plan.related.of(index)))


NOTE = "{{< note n2.md >}}"
GARDEN = "Compost and tomatoes: tomatoes want compost, compost tomatoes.\n\n<!-- more -->\n\nTomatoes, compost."
LONG = "A sentence as long as this one begins the text. " * 5 + "\n\n<!-- more -->\n\n"
BUGS: dict[str, tuple[Sow, list[Edit]]] = {
    "neighbours": (without("neighbours"), [configuring(related=0), editing("posts/n2.md", title="Anew")]),
    "links": (without("link"), [editing("posts/n2.md", title="Anew")]),
    "series": (without("series"), [configuring(related=0), editing("posts/n1.md", series="Saga")]),
    "menus": (without("site_digest", NONE), [editing("posts/n1.md", menu="footer")]),
    "what is below a cascade": (
        putting(blogq.parse, "affected", lambda *all: set()),
        [adding("posts/_index.md", cascade={"tags": ["new"]}, date=None)],
    ),
    "what a cascade gave": (
        putting(blogq.parse, "given_to", lambda *all: ""),
        [adding("posts/_index.md", cascade={"tags": ["new"]}, date=None)],
    ),
    "what sources inherited": (
        putting(blogq.inherited.Inherited, "kept", {}),
        [
            adding("posts/_index.md", cascade={"tags": ["new"]}, date=None),
            editing("posts/_index.md", cascade={"tags": ["newer"]}),
        ],
    ),
    "data files": (
        putting(blogq.data, "compose", lambda *all: NONE),
        [writing("data/team.yaml", b"ann: editor"), writing("data/team.yaml", b"ann: writer")],
    ),
    "missing data": (putting(blogq.data, "compose", lambda *all: NONE), [writing("data/missing.yaml", b"here: true")]),
    "texts of terms": (
        without("text", NONE),
        [adding("tags/red/_index.md", date=None), editing("tags/red/_index.md", body="Anew.")],
    ),
    "edited texts of terms": (
        not_showing("list"),
        [adding("tags/red/_index.md", date=None), editing("tags/red/_index.md", body="Anew.")],
    ),
    "edited texts of taxonomies": (
        not_showing("taxonomy"),
        [adding("tags/_index.md", date=None), editing("tags/_index.md", body="Anew.")],
    ),
    "titles of terms": (without("terms"), [adding("tags/red/_index.md", date=None)]),
    "terms": (without("terms"), [editing("posts/n1.md", tags=["Red"]), adding("posts/n6.md", tags=["Red"])]),
    "references": (without("references"), [editing("posts/n2.md", slug="moved")]),
    "shortcodes": (forgetting_shortcodes, [editing(body=NOTE), writing("shortcodes/note.html", b"Only this.")]),
    "shortcodes of feeds": (
        forgetting_in_feeds,
        [editing(body=LONG + NOTE), writing("shortcodes/note.html", b"Only this.")],
    ),
    "places of shortcodes": (
        without_place,
        [editing("posts/n0.md", body="{{< nosuch >}}"), editing("posts/n0.md", body="A.\n\n{{< nosuch >}}")],
    ),
    "paths in shortcodes": (
        putting(blogq.content.markdown.calls.Made, "links", lambda call: []),
        [
            writing("shortcodes/note.html", b"{{ call.url(0) }}"),
            editing("about.md", body="{{< note posts/n2.md >}}"),
            editing("posts/n2.md", slug="moved"),
        ],
    ),
    "pictures": (without("pictures"), [writing("content/notes/n6/photo.jpg", OTHER)]),
    "pictures in shortcodes": (
        without("pictures"),
        [editing(body="{{< figure /assets/shared.png >}}"), writing("assets/shared.png", PHOTO)],
    ),
    "arguments that are pictures": (
        putting(blogq.content.markdown.calls.Made, "links", as_links),
        [editing(body="{{< figure /assets/shared.png >}}"), writing("assets/shared.png", PHOTO)],
    ),
    "derivatives": (putting(blogq.images.gallery, "_is_whole", lambda *all: True), [losing_derivatives]),
    "breadcrumbs": (without("breadcrumbs"), [adding("notes/deep/_index.md", title="Named", date=None)]),
    "translations": (without("translations"), [editing("posts/n2.es.md", title="Tres")]),
    "dated translations": (without("translations"), [adding("posts/2025-12-30-n3.es.md")]),
    "where a page has moved to": (
        without("away"),
        [editing(redirect_to="https://one.example/"), editing(redirect_to="https://two.example/")],
    ),
    "versions": (without("versions"), [adding("posts/n6.es.md", tags=["red"])]),
    "versions in the sitemap": (without("alternates"), [editing("posts/n2.es.md", slug="n2"), renaming]),
    "texts of the theme": (noting_no_texts, [writing("locales/en.yaml", b"skip: Jump")]),
    "texts of another language": (
        noting_no_other_texts,
        [writing("themes/mirror/locales/en.yaml", b"greeting: Hi\nfarewell: Bye\n")],
    ),
    "body": (without("body", NONE), [editing(body=LONG + "One."), editing(body=LONG + "Two.")]),
    "card": (without("card", NONE), [editing(title="Anew")]),
    "site": (without("site_digest", NONE), [adding("more.md", date=None)]),
    "section": (without("section", []), [adding("notes/page.md", date=None)]),
    "taxonomy": (without("taxonomy", NONE), [adding("posts/n6.md", tags=["red"])]),
    "archive": (without("archive", NONE), [adding("posts/n6.md")]),
    "feed": (without("feed", NONE), [editing(title="Anew")]),
    "sitemap": (without("sitemap", NONE), [adding("posts/n6.md")]),
    "redirects": (without("redirects", NONE), [editing(aliases=["/was/"])]),
    "config and code": (
        putting(blogq.build, "of_value", lambda value: NONE),
        [configuring(title="Another"), configuring(theme="plain")],
    ),
    "misses": (forgetting_misses, [writing("templates/term-tags.html", b"Only this.")]),
    "templates": (
        lambda patch: (
            [patch.setattr(m, "lookups_digest", lambda *a: NONE) for m in (blogq.publish, blogq.outputs)] and None
        ),
        [writing("templates/partials/card.html", b"Only this.")],
    ),
    "templates that others extend": (
        forgetting_layers_below,
        [
            writing("templates/base.html", b'{% extends "base.html" %}'),
            writing("themes/mirror/templates/base.html", b"{{ page.title }} {% block main %}{% endblock %}"),
        ],
    ),
    "prune": (putting(blogq.write.OutputFolder, "prune", lambda self, paths: []), [editing(slug="moved")]),
    "young files": (trusting, [another_size]),
    "the output": (blind, [tampering]),
    "the clock": (
        putting(blogq.library.status, "next_change", lambda entries, now: (-(1 << 62), 1 << 62)),
        [later],
    ),
    "sources": (
        putting(blogq.store.memo, "_digest_of", lambda *all: NONE),
        [writing("templates/page.html", b"Only this.")],
    ),
    "texts in feeds": (not_showing("feed"), [editing(body=LONG + "One."), editing(body=LONG + "Two.")]),
    "texts in lists": (not_showing("list"), [editing(body="Short."), editing(body="Shirt.")]),
    "texts in the archive": (not_showing("archive"), [editing(body="Short."), editing(body="Shirt.")]),
    "texts of sections": (
        not_showing("list"),
        [adding("notes/_index.md", date=None), editing("notes/_index.md", body="Anew.")],
    ),
    "more than texts": (
        putting(blogq.amend, "OWN", (*blogq.amend.OWN, "title")),
        [editing("posts/n2.md", title="Anew")],
    ),
    "more than a text's own place": (
        putting(blogq.amend, "OWN", (*blogq.amend.OWN, "links", "references", "ids")),
        [editing(body="[There](nowhere.md)."), editing(body="[There](nowhere.md), and [there](no.md).")],
    ),
    "posts as data": (
        without("posts", NONE),
        [configuring(posts_json="full"), editing(body=LONG + "One."), editing(body=LONG + "Two.")],
    ),
    "texts in posts as data": (
        not_showing("posts"),
        [configuring(posts_json="full"), editing(body=LONG + "One."), editing(body=LONG + "Two.")],
    ),
    "comments": (
        putting(blogq.plan.keys, "said_at", lambda plan, index: ""),
        [configuring(comments={"sources": ["talk"]}), writing("talk/posts/n1/1.yml", b"message: Well said")],
    ),
    "related posts": (without("related"), [editing("posts/n3.md", tags=["red"])]),
    "rarities": (
        putting(Kinship, "_stepped", lambda *all: set()),
        [
            configuring(related=1),
            editing("posts/n3.md", body=GARDEN, tags=["red"]),
            editing("posts/n1.md", body=GARDEN, tags=["red"]),
            *[editing(path, tags=["red"]) for path in ("posts/n0.md", "posts/n2.md", "notes/n6/index.md")],
        ],
    ),
    "drafts among related posts": (
        letting_drafts_in,
        [configuring(drafts=True), adding("notes/n7.md", tags=["red"]), editing("notes/n7.md", draft=True)],
    ),
    "words in common": (
        putting(blogq.kinship.Kin, "changed", lambda kin: []),
        [editing("posts/n3.md", body=GARDEN), editing("posts/n0.md", body="Nothing."), editing(body=GARDEN)],
    ),
    "titles of related posts": (
        without_titles,
        [
            editing("posts/n3.md", body=GARDEN),
            editing("posts/n1.md", body=GARDEN),
            editing("posts/n1.md", title="Anew"),
        ],
    ),
    "the sample": (
        with_old_sample,
        [adding("posts/n6.md", tags=["red"]), adding("posts/n7.md", tags=["red"])],
    ),
    "copied files": (
        putting(blogq.sources, "digest_file", lambda *file: (blogq.collect.digest_file(*file)[0], NONE)),
        [writing("content/notes/deep/n5/pic.svg", b"<svg>1</svg>")],
    ),
}
"""Bugs: what they leave out, and edits that show it."""


@pytest.mark.parametrize("bug", sorted(BUGS))
def test_the_oracle_finds_a_sown_bug(worlds: Callable[[], World], monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    """With the bug an edit leaves something stale; without it the same edits are right."""
    sow, edits = BUGS[bug]
    sound = worlds()
    sound.settle()
    for edit in edits:
        edit(sound)
        sound.settle()
    sow(monkeypatch)
    world = worlds()
    world.settle()
    with pytest.raises(Broken):
        for edit in edits:
            edit(world)
            world.settle()
