"""The template environment: looks names up in a theme's layers, and records every name looked up, misses included.

What was looked up is what an output depends on beside its view; a template that appears later and would have
been found is therefore noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.utils import missing
from markupsafe import Markup, escape

from blogq.collect import LARGEST_SOURCE, Unreadable, read_file
from blogq.content.shortcodes import takes_text
from blogq.library.permalinks import quoted
from blogq.plan import call_view, head_views, view_parts, views
from blogq.plan.calls import Call, Text, as_written
from blogq.plan.frozen import freeze
from blogq.render.data import Data
from blogq.render.files import SHORTCODES, STATIC, TEMPLATES, Found, Setup, below, drawn_from, fingerprinted
from blogq.render.letters import by_letter
from blogq.render.mistakes import AssetMissing, CallFailed, Refused, TemplateMistake
from blogq.render.reach import linked_headings, reachable_tables
from blogq.render.texts import Texts, texts_in

LONGEST_REPEAT = 1_000_000
"""Items or characters that `*` may make of a sequence in a template."""

_PLAIN = re.compile("[^&<>\"']*")
_ATTRIBUTE = re.compile(r"(?!on)[a-z][a-z0-9-]*")
_VIEWS = frozenset(
    kind
    for module in (views, view_parts, head_views, call_view)
    for kind in vars(module).values()
    if isinstance(kind, type) and hasattr(kind, "__slots__")
)
"""The types of which nearly every value in a template is."""
_INTERNAL = frozenset(
    (
        "gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await cr_origin ag_frame ag_code ag_await tb_frame tb_next"
        " f_back f_builtins f_code f_globals f_locals mro"
    ).split()
)
"""Attributes through which a template would reach the interpreter."""


class Strict(jinja2.StrictUndefined):
    """An attribute that a view doesn't have, or a name that isn't defined: an error wherever it is used."""

    __slots__ = ()


class Template(jinja2.Template):
    """A template that others may import: made into a module once, it has each of them note what it looked up."""

    looked_up: frozenset[str] = frozenset()

    def _get_default_module(self, ctx: Any = None) -> Any:
        environment: Any = self.environment
        outer, environment.lookups = environment.lookups, set()
        try:
            module = super()._get_default_module(ctx)
            self.looked_up |= environment.lookups
        finally:
            environment.lookups = outer
        environment.lookups |= self.looked_up
        return module


class Environment(jinja2.Environment):
    """Jinja over a theme's layers.

    Of two files with one name the first layer's is in `setup`. `lookups` receives the names looked up.
    """

    sandboxed = True
    intercepted_binops = frozenset(("*", "**"))
    intercepted_unops = frozenset[str]()
    template_class = Template

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            undefined=Strict,
            extensions=["jinja2.ext.loopcontrols"],
        )
        self.setup = setup
        self.files = setup.files
        self.prefix = setup.prefix
        self.fingerprints = setup.fingerprints
        self.lookups: set[str] = set()
        self.loaded: dict[str, jinja2.Template] = {}
        self.partials: dict[tuple[str, int, int], tuple[Any, Markup, frozenset[str]]] = {}
        self.expansions: dict[int, tuple[Text, Markup, frozenset[str]]] = {}
        self.text_takers: set[str] = set()
        self.base = ""
        self._typeface: Any = None
        self._texts: dict[tuple[str, str], Texts] = {}
        self._texts_of_files: dict[str, Mapping[str, Any]] = {}
        # A page is the same whenever it is made.
        del self.filters["random"]
        self.filters["safe_url"] = _safe_url
        self.filters["linked_headings"] = linked_headings
        self.filters["reachable_tables"] = reachable_tables
        self.filters["by_letter"] = by_letter
        self.tests["matching"] = _is_matching
        if setup.plugins:
            from blogq.plugins import filters

            self.filters |= filters(setup.plugins)
        self.globals.clear()
        self.globals.update(range=_range, asset=self.asset, partial=self.partial, picture=_picture, fail=_fail)
        self.globals["fitted"] = self.fitted
        self.globals["data"] = Data(lambda: self.files, self.find)

    # Looking up.

    def find(self, name: str) -> Found | None:
        """Return the file called `name`, noting that it was looked up."""
        self.lookups.add(name)
        return self.files.get(name)

    def get_template(
        self, name: str | jinja2.Template, parent: str | None = None, globals: Any = None
    ) -> jinja2.Template:
        """Return the template called `name`; raise TemplateNotFound when no layer has it."""
        if isinstance(name, jinja2.Template):
            return name
        template = self._found(TEMPLATES + name, name)
        if template is None and "\0" in name:
            base = name.partition("\0")[0]
            raise TemplateMistake(f"it extends {base!r}, its own name, and no layer below it has a {base}")
        if template is None:
            raise jinja2.TemplateNotFound(name)
        return template

    def select_template(self, names: Iterable[Any], parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return the first of `names` that there is; raise TemplatesNotFound when there is none."""
        tried = []
        for name in names:
            try:
                return self.get_template(name)
            except jinja2.TemplateNotFound:
                tried.append(name)
        raise jinja2.TemplatesNotFound(tried)

    def get_or_select_template(self, names: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return a template by name, or the first there is of several names."""
        if isinstance(names, (str, jinja2.Template)):
            return self.get_template(names)
        if isinstance(names, jinja2.Undefined):
            names._fail_with_undefined_error()
        return self.select_template(names)

    def _found(self, file: str, name: str) -> jinja2.Template | None:
        """Return the template in the file called `file`, or None when no layer has it."""
        found = self.find(file)
        if found is None:
            return None
        template = self.loaded.get(file)
        if template is None:
            template = self.loaded[file] = self._load(name, found)
        return template

    def _load(self, name: str, found: Found) -> jinja2.Template:
        try:
            source = read_file(found.root, found.name, found.shown, found.bounds, LARGEST_SOURCE).data.decode(
                "utf-8-sig"
            )
        except Unreadable as error:
            raise TemplateMistake(error.finding.message) from error
        except UnicodeDecodeError as error:
            raise jinja2.TemplateSyntaxError("the file is not UTF-8 text", 1, name, found.shown) from error
        if name.startswith(SHORTCODES) and takes_text(source):
            self.text_takers.add(name)
        tree = self.parse(source.replace("\r\n", "\n"), name, found.shown)
        for extends in tree.find_all(nodes.Extends):
            # A template can't extend itself: it means the one whose place it takes.
            if isinstance(extends.template, nodes.Const) and extends.template.value == name.partition("\0")[0]:
                extends.template.value = below(name)
        code = self.compile(tree, name, found.shown)
        template = self.template_class.from_code(self, code, self.globals, None)
        # Output is joined to one text right away: no need to make each escaped piece a Markup first.
        template.root_render_func.__globals__["escape"] = _escaped
        return template

    # What templates can call.

    def asset(self, name: str) -> str:
        """Return the URL of the static file `name`, with a fingerprint of its content in it but for a preview."""
        name = str(name).lstrip("/")
        found = self.find(STATIC + name)
        if found is None:
            raise AssetMissing(f"asset({name!r}): there is no static/{name} in the site or its theme")
        path = fingerprinted(name, found.digest) if self.fingerprints else name
        return self.base + self.prefix + quoted(f"/{path}")

    def partial(self, name: str, item: Any) -> Markup:
        """Return `partials/NAME` rendered with `item` and `site`; made once for each item and site."""
        key = (name, id(item), id(self.site))
        kept = self.partials.get(key)
        if kept is None:
            outer, self.lookups = self.lookups, set()
            try:
                template = self.get_template(f"partials/{name}")
                text = Markup(template.render(item=item, site=self.site, t=self.texts))
                kept = (item, text, frozenset(self.lookups))
            finally:
                self.lookups = outer
            self.partials[key] = kept
        if not kept[2] <= self.lookups:
            self.lookups |= kept[2]
        return kept[1]

    def fitted(
        self, text: Any, width: Any = 1040, sizes: Any = (76, 64, 54, 46), lines: Any = 4
    ) -> head_views.FittedText:
        """Return `text` in at most `lines` lines of `width` pixels, in the first of `sizes` in which it fits."""
        from blogq.render.companions import fitted_text, typeface_of

        self.lookups.update(map(drawn_from, self.setup.fonts))
        self._typeface = self._typeface or typeface_of(self.setup)
        return fitted_text(self._typeface, str(text), float(width), list(sizes), int(lines))

    site: Any = None
    texts: Any = None

    def show(self, site: Any) -> None:
        """Let `site`, and the texts in its language, be what templates see; note that those were looked up."""
        self.site = site
        default = site.languages[0].language if site.languages else site.language
        texts = self._texts.get((site.language, default))
        if texts is None:
            texts = self._texts[site.language, default] = Texts(self, site.language, default)
        self.texts = texts
        texts.note()

    def texts_of_file(self, name: str) -> Mapping[str, Any]:
        """Return the texts of the file called `name`; none where no layer has it."""
        texts = self._texts_of_files.get(name)
        if texts is None:
            found = self.files.get(name)
            texts = self._texts_of_files[name] = texts_in(found, name.rpartition("/")[2]) if found else {}
        return texts

    # Shortcodes.

    def expanded(self, text: Text) -> Markup:
        """Return `text` with what its shortcodes make; made once for each page. Raise `CallFailed`."""
        kept = self.expansions.get(id(text))
        if kept is None:
            outer, self.lookups = self.lookups, set()
            base, self.base = self.base, text.base
            try:
                made = Markup("".join([self._piece(piece, text) for piece in text.pieces]))
                kept = (text, made, frozenset(self.lookups))
            finally:
                self.lookups, self.base = outer, base
            self.expansions[id(text)] = kept
        self.lookups |= kept[2]
        return kept[1]

    def _piece(self, piece: str | Call, text: Text) -> str:
        if isinstance(piece, str):
            return piece
        inner = "".join([self._piece(each, text) for each in piece.inner])
        try:
            name = f"{SHORTCODES}{piece.name}.html"
            template = self._found(name, name)
            if template is None or (not piece.closed and name in self.text_takers):
                return as_written(piece, inner)
            view = call_view.CallView(
                name=piece.name,
                args=piece.args,
                params=freeze(piece.params),
                inner=Markup(inner.strip("\n")),
                paired=piece.paired,
                block=piece.block,
                feed=bool(text.base),
                addresses=freeze(piece.addresses),
                images=freeze(piece.images),
            )
            return template.render(call=view, page=text.page, site=self.site, t=self.texts).strip()
        except Exception as error:
            raise CallFailed(piece, text.path) from error

    # What expressions may do.

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of a view, or a key of a mapping; a key that is missing is merely undefined."""
        if type(obj) in _VIEWS and attribute[:1] != "_":
            try:
                value = getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
            return self.expanded(value) if type(value) is Text else value
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self._attribute(obj, attribute, jinja2.ChainableUndefined)
        return self._attribute(obj, attribute, self.undefined)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item; a key that is missing in a mapping is merely undefined."""
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            kind = jinja2.ChainableUndefined if isinstance(obj, Mapping) else self.undefined
            return self._attribute(obj, argument, kind) if isinstance(argument, str) else kind(obj=obj, name=argument)

    def _attribute(self, obj: Any, name: str, kind: type[jinja2.Undefined]) -> Any:
        if name in ("format", "format_map") and isinstance(obj, str):
            return self._formatting(obj, name)
        if name[:1] != "_" and name not in _INTERNAL:
            value = getattr(obj, name, missing)
            if value is not missing:
                return self.expanded(value) if type(value) is Text else value
        return kind(obj=obj, name=name)

    def _formatting(self, text: str, name: str) -> Any:
        """Return `text.format` or `text.format_map`, which sees no more of its arguments than templates do."""
        from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter

        escaping = isinstance(text, Markup)
        made: Any = SandboxedEscapeFormatter(self, escape=Markup.escape) if escaping else SandboxedFormatter(self)

        def format(*args: Any, **kwargs: Any) -> str:
            if name == "format_map":
                return type(text)(made.vformat(text, (), *args))
            return type(text)(made.vformat(text, args, kwargs))

        return format

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function for a template."""
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply or raise to a power, within bounds that a page can need."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (str, list, tuple)) and isinstance(other, int) and len(one) * other > LONGEST_REPEAT:
                raise TemplateMistake(f"`*` would make more than {LONGEST_REPEAT:,} items")
        if operator == "*":
            return left * right
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() * max(right, 1) > 4096:
            raise TemplateMistake("`**` would make a number of more than 4096 bits")
        return left**right


def _escaped(value: Any) -> str:
    """Return `value` as it stands in HTML: quickly for plain text, of which nearly everything is."""
    if type(value) is str:
        return value if _PLAIN.fullmatch(value) else str(escape(value))
    return escape(value)


def _fail(message: str) -> str:
    raise Refused(str(message))


def _safe_url(value: Any) -> str:
    """Return an address that may stand in `href` or `src`, or nothing where it would run a script."""
    from blogq.content.schemes import harmless

    return harmless(str(value))


def _is_matching(value: Any, pattern: str) -> bool:
    return re.fullmatch(pattern, str(value), re.ASCII) is not None


def _picture(image: Any, alt: Any = "", sizes: Any = "", lazy: Any = False, **attributes: Any) -> Markup:
    """Return an `ImageView` as HTML; nothing where there is none. Of attributes but `alt`, empty ones are left out."""
    from blogq.plan.pictures import picture_html

    if not image:
        return Markup()
    if not isinstance(image, view_parts.ImageView):
        raise TemplateMistake("picture() needs an image such as page.cover")
    named = {"alt": alt, **{name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}}
    if wrong := [name for name in named if not _ATTRIBUTE.fullmatch(name)]:
        raise TemplateMistake(f"picture(): {wrong[0]!r} can't be an attribute")
    written = "".join(
        f' {name}="{escape(str(value))}"' for name, value in named.items() if name == "alt" or value not in ("", None)
    )
    return Markup(picture_html(image, written, str(sizes), bool(lazy)))


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > LONGEST_REPEAT:
        raise TemplateMistake(f"range() would make more than {LONGEST_REPEAT:,} numbers")
    return numbers
