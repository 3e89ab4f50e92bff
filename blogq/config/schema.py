"""Every option of `blogq.yaml`: its type, its default and, right under it, what it means.

The dataclasses are the truth: the loader checks a file against their types, `blogq config` prints them,
and docs/configuration.md is generated from the docstrings here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blogq.config.conversation import Channel, Comments, CommentSource
    from blogq.config.deploy import Destination
    from blogq.config.rarities import Corpus, Silence, StyleEntry

LATER = {
    **dict.fromkeys(("CommentSource", "Embed", "Comments", "Channel"), "blogq.config.conversation"),
    **dict.fromkeys(("StyleEntry", "Silence", "Corpus"), "blogq.config.rarities"),
    "Destination": "blogq.config.deploy",
}
"""Classes of the schema that have a module of their own, which is loaded with the first option that needs them."""


def __getattr__(name: str) -> Any:
    if name in LATER:
        from importlib import import_module

        return getattr(import_module(LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Author:
    """One person who writes here."""

    name: str = ""
    """Name as readers see it; the key under `authors` where it is left out."""
    url: str = ""
    """Where the author lives on the web; in feeds and in the posts' JSON-LD."""
    email: str = ""
    """Address given in the Atom feed; left out of pages."""
    bio: str = ""
    """A sentence or two about the author, as plain text; on the author's page and in the posts' JSON-LD."""
    avatar: str = ""
    """Picture of the author: an address, or a path on the site such as `/nuria.jpg`."""
    profiles: tuple[Profile, ...] = ()
    """Places elsewhere where readers can meet the author; on the author's page, with `rel="me"`."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way to group posts: its terms get a page each."""

    title: str = ""
    """Heading of the page that lists the terms; the taxonomy's name where it is left out."""
    path: str = ""
    """Folder of its pages, such as `topics`; the taxonomy's name where it is left out."""
    feed: bool = False
    """Whether each term has feeds of its own."""
    description: str = ""
    """What the terms are about, in a sentence; on the page that lists them and for search engines."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How long lists are cut into pages."""

    size: int = 10
    """Posts on a page, 1 to 1000."""
    path: str = "page"
    """The folder that numbers the later pages: `/page/2/`."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """What readers can subscribe to."""

    formats: tuple[str, ...] = ("rss", "atom", "json")
    """Which feeds are made: `rss` (feed.xml), `atom` (atom.xml), `json` (feed.json)."""
    limit: int = 20
    """How many of the newest posts a feed holds, 1 to 1000."""
    content: str = "full"
    """`full`: whole posts; `summary`: their summaries."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """How the text of a post is read. CommonMark always; these are the parts on top of it."""

    tables: bool = True
    """Tables as on GitHub."""
    strikethrough: bool = True
    """`~~struck~~`."""
    autolinks: bool = True
    """Bare addresses become links, as on GitHub."""
    task_lists: bool = True
    """`- [x] done`."""
    footnotes: bool = True
    """`[^1]` and `[^1]: the note`."""
    shortcodes: bool = True
    """`{{< figure src="photo.jpg" >}}`, as docs/shortcodes.md says."""
    heading_ids: bool = True
    """Give each heading an id made of its words, so that it can be linked to."""
    highlight: bool = True
    """Colour code blocks, with CSS classes."""
    code_options: bool = True
    """Titles, line numbers and marked lines of code blocks: ```` ```python {title="app.py" linenos=true} ````."""
    admonitions: bool = True
    """GitHub's `> [!NOTE]`, and containers: `::: note`, blocks, `:::`."""
    definition_lists: bool = True
    """A line with a term, below it lines that begin with `: ` and say what it means."""
    abbreviations: bool = True
    """`*[HTML]: HyperText Markup Language`, for all places where the text says HTML."""
    attributes: bool = True
    """`{#id .class key="value"}` after headings, links, images and `[spans]`, and on a line of its own by a block."""
    typography: bool = False
    """Curly quotes, dashes for `--` and `---`, and `…`, as the language of the text has them."""
    math: bool = False
    """Formulas in TeX: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`. Code blocks in the language `math` are formulas anyway."""
    html: bool = True
    """Let raw HTML through. Posts are their author's; turn it off where they are not."""
    tag_filter: bool = False
    """Escape `<script>`, `<iframe>`, `<style>` and the other tags that GitHub filters from raw HTML."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the smaller images are, from 1 to 100; more takes more bytes. Each format has a scale of its own."""

    avif: int = 60
    """AVIF."""
    webp: int = 80
    """WebP."""
    jpeg: int = 82
    """JPEG, for browsers and feed readers that know neither."""


@dataclass(frozen=True, slots=True)
class Images:
    """What is made of the images beside posts and in `assets/`; docs/images.md says more."""

    enabled: bool = True
    """Publish images in smaller sizes and better formats as well, for the browser to choose from."""
    widths: tuple[int, ...] = (480, 800, 1280, 1600)
    """Widths in pixels, 16 to 8192. An image is never made larger than it is."""
    formats: tuple[str, ...] = ("avif", "webp")
    """The better formats to offer, `avif` and `webp`; JPEG and PNG are always there for those who know neither."""
    quality: Quality = field(default_factory=Quality)
    """How good they are."""
    sizes: str = "(min-width: 41rem) 38.5rem, calc(100vw - 2.5rem)"
    """How wide a page shows its images, as HTML's `sizes` says it; the default is right for the theme `plain`."""
    strip: bool = True
    """Take what a camera wrote into an image (place, time, device) out of the published file."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A place elsewhere where readers can meet the authors."""

    name: str = ""
    """What the link says."""
    url: str = ""
    """Address of the profile."""
    rel: str = "me"
    """The link's `rel`: `me`, or `nofollow`."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu."""

    title: str = ""
    """What the entry says; a source's own title where it is left out."""
    url: str = ""
    """Where it leads: an address, a path on the site (`/about/`), or a source (`about.md`, `about.md#team`). An entry
    with `children` can do without."""
    weight: int = 0
    """Lighter entries come first; those without a weight come last, in their order here."""
    children: tuple[MenuItem, ...] = ()
    """Entries below it."""


@dataclass(frozen=True, slots=True)
class Default:
    """What sources take over that don't say it themselves. An `_index.md` says the same with `cascade` for its folder,
    and wins over these."""

    path: str = ""
    """For which sources: a folder or a pattern of paths below the content folder, such as `posts` or `**/index.md`; all
    where it is left out. Of several the last wins."""
    type: str = ""
    """Only for `posts` (with a date in the file name, or in `_posts`), `pages` (others) or `drafts` (in `_drafts`)."""
    scope: dict[str, Any] = field(default_factory=dict)
    """`path` and `type` as Jekyll writes them."""
    values: dict[str, Any] = field(default_factory=dict)
    """Keys and values of front matter."""


@dataclass(frozen=True, slots=True)
class TaxonomyWords:
    """What a taxonomy is called in one language."""

    title: str = ""
    """Heading of the page that lists the terms."""
    path: str = ""
    """Folder of its pages in that language, such as `etiquetas`."""


@dataclass(frozen=True, slots=True)
class Language:
    """What differs in one language of the site. What is left out is as for the whole site."""

    title: str = ""
    """The site's title in that language; feeds are called by it as well."""
    description: str = ""
    """The site's description in that language."""
    name: str = ""
    """What the language is called where readers choose one; its own name for itself where it is left out."""
    content: str = ""
    """Folder below the content folder whose sources are in that language, such as `es`; without it, names of sources
    say their language: `about.es.md`."""
    author: str = ""
    """Author of posts in that language that name none."""
    menu: tuple[MenuItem, ...] = ()
    """Entries of the navigation in that language."""
    taxonomies: dict[str, TaxonomyWords] = field(default_factory=dict)
    """Titles and folders of taxonomies in that language."""
    date_format: str = ""
    """How dates are written in that language, as `date_format` says it for all."""
    direction: str = ""
    """`ltr` or `rtl`; by the language itself where it is left out."""


@dataclass(frozen=True, slots=True)
class Check:
    """What the gate judges by; `blogq rules` lists the rules."""

    select: tuple[str, ...] = ()
    """Rules to apply, by their codes or the beginnings of these (`RD`, `LN001`); all where none is named."""
    ignore: tuple[str, ...] = ()
    """Rules to leave out, in the same way."""
    rules: dict[str, Any] = field(default_factory=dict)
    """Options of rules by code, and how severe their findings are: `RD003: {share: 0.3, severity: note}`. `severity` is
    `error`, `warning`, `note` or `off`; `blogq explain RD003` says what else there is."""
    silence: tuple[Silence, ...] = ()
    """Rules that say nothing about some sources, each with the reason."""
    baseline: str = ""
    """File of findings that are known and not told again, as `blogq check --write-baseline` writes it; where it is left
    out, `blogq-baseline.json` if there is one."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a site's owner can set."""

    title: str = ""
    """Name of the blog; the folder's name where it is left out."""
    description: str = ""
    """What the blog is about, in a sentence; for search engines and feeds."""
    base_url: str = "http://localhost:8000/"
    """Address at which the site will be read, with its subpath: `https://example.org/blog/`."""
    language: str = "en"
    """Language of everything that doesn't say otherwise, as a BCP 47 tag."""
    languages: dict[str, Language] = field(default_factory=dict)
    """What differs in the languages of the site, by tag. A language of which nothing differs needs no mention."""
    date_format: str = "long"
    """How dates are written: `long` (1 March 2026), `medium`, `short` or `full`, each as the language has it, or a
    pattern of Unicode's such as `d. MMMM y`."""
    audience: str = ""
    """Whom the posts are written for, where they don't say: `general`, `professional`, `expert`, or a range of ease
    such as `40-60`. The gate judges by it how hard a post is; docs/audience.md says more."""
    timezone: str = "UTC"
    """Time zone (`Europe/Berlin`) of dates that name none."""
    author: str = ""
    """Author of posts that name none: a key of `authors`, or a name."""
    authors: dict[str, Author] = field(default_factory=dict)
    """The people who write here, by the key that posts use."""
    content: str = ""
    """Folder of the sources; `content` where there is such a folder, else the site's folder itself."""
    output: str = "_site"
    """Folder that the site is written to."""
    theme: str = "plain"
    """Name of a theme: a folder under `themes/` of the site, or one that comes with blogq."""
    theme_options: dict[str, Any] = field(default_factory=dict)
    """Options of the theme, as its theme.yaml declares them."""
    permalinks: dict[str, str] = field(default_factory=dict)
    """URL patterns by top folder (or `posts`, `pages` for all), such as `/:year/:month/:slug/`.

    Known parts: `:year :month :day :slug :title :filename :folder :section`."""
    taxonomies: dict[str, Taxonomy] = field(
        default_factory=lambda: {k: Taxonomy() for k in ("tags", "categories", "authors", "series")}
    )
    """The taxonomies, by the front matter key that names their terms. Declared ones come to the four that are
    always there; a taxonomy that no post uses gets no pages."""
    urls: str = "pretty"
    """`pretty`: a post stands at `/posts/name/`; `html`: at `/posts/name.html`. Lists end in a slash either way, and
    `permalinks` say what they say."""
    pagination: Pagination = field(default_factory=Pagination)
    """How long lists are cut into pages."""
    feeds: Feeds = field(default_factory=Feeds)
    """What readers can subscribe to."""
    related: int = 3
    """To how many other posts, at most, a post's page leads under "You may also like"; 0 for none. They are those with
    the most in common, and docs/related.md says how they are found."""
    markdown: Markdown = field(default_factory=Markdown)
    """How the text of a post is read."""
    minify: bool = False
    """Leave out of pages what browsers don't need: white space, comments, some quotes; never inside `<pre>`. Needs
    `pip install 'blogq[minify]'`."""
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """HTTP headers by path, such as `/*`, for hosts that read a `_headers` file (Netlify, Cloudflare Pages)."""
    posts_json: str = "none"
    """All posts as data in `/posts.json`, for scripts and apps. `none`: no such file; `summary`: titles, dates, terms
    and summaries; `full`: whole texts as well."""
    images: Images = field(default_factory=Images)
    """What is made of images beside posts."""
    icon: str = ""
    """The site's icon: an SVG or a square picture in `static/`, such as `/icon.svg`; docs/sharing.md says more."""
    share_images: bool = False
    """Draw an image with the title for each post that has no `image`; docs/sharing.md says more."""
    share_fonts: tuple[str, ...] = ()
    """Fonts in `static/` for letters that the bundled ones lack, such as `/fonts/NotoSansJP-Bold.ttf`."""
    search: bool = False
    """Make a page at `/search/`, and an index for it. Needs `pip install 'blogq[search]'`; docs/search.md says more."""
    defaults: tuple[Default, ...] = ()
    """What sources say in front matter that don't say it themselves."""
    dates: str = ""
    """`git`: sources without a date of their own take it from Git. The date of a source in a folder is that of its
    first commit, unless its front matter says `date: false`; `updated` is that of the last commit that changed it."""
    menu: tuple[MenuItem, ...] = ()
    """Entries of the navigation, in order: the menu `main`. Where nothing says what stands in it, it is sections with
    posts, the archive and pages of the top folder."""
    menus: dict[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """Menus by name, such as `main` and `footer`. Pages can put themselves into them, by `menu` in front matter."""
    profiles: tuple[Profile, ...] = ()
    """Places elsewhere where readers can meet the authors."""
    comments: Comments | None = None
    """Comments of readers; docs/conversation.md says more."""
    channels: tuple[Channel, ...] = ()
    """Places elsewhere where readers can talk with the authors, and how much of that somebody can answer."""
    ignore: tuple[str, ...] = ()
    """Sources to pass over, as patterns of paths below the content folder: `drafts/**`, `*.tmp.md`."""
    drafts: bool = False
    """Publish drafts as well, as `--drafts` does."""
    future: bool = False
    """Publish posts dated in the future as well, as `--future` does."""
    plugins: tuple[str, ...] = ()
    """Installed Python packages to take filters from; see docs/plugins.md. Nothing is run that isn't named here."""
    publish: str = "all"
    """`gate`: posts in which a rule finds an error are kept out of the site until it is mended; `all`: they are not."""
    deploy: dict[str, Destination] = field(default_factory=dict)
    """Where `blogq deploy` publishes the site, by name; docs/deploying.md says more."""
    check: Check = field(default_factory=Check)
    """What the gate, `blogq check`, judges by."""
    boilerplate: tuple[str, ...] = ()
    """Texts that stand in many posts on purpose, such as a line about the author: they don't count in comparisons."""
    style: tuple[StyleEntry, ...] = ()
    """The house style: words and patterns that aren't wanted, and what to write instead. `blogq check` finds them."""
    editor: str = ""
    """Which editor `blogq serve` opens, at the line, where you choose a place in a message: `vscode`, `idea`, `vim` and
    others; docs/serve.md lists them. By the environment where it is left out; `none` for none."""
    corpora: dict[str, Corpus] = field(default_factory=dict)
    """Reference corpora: what posts are compared with besides each other, by name; docs/corpora.md says more."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Anything else that templates of the site's own want to know."""

    @property
    def comment_sources(self) -> tuple[CommentSource, ...]:
        """Where comments are kept; nothing where the config says nothing of comments."""
        return self.comments.sources if self.comments is not None else ()
