"""Outputs beside the pages: icons and the web manifest, which no template shapes, and drawings made of templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blogq.collect import Unreadable, read_file
from blogq.finding import Finding, Span
from blogq.plan.companions import ICO
from blogq.plan.head_views import FittedText
from blogq.plan.jobs import Plan, RenderJob
from blogq.plan.views import SiteView
from blogq.render.files import Found, Output, Setup, drawn_from
from blogq.render.mistakes import TemplateMistake
from blogq.sharing.drawing import NotDrawn, OwnFont, draw
from blogq.sharing.lines import fitted
from blogq.sharing.typeface import Font, NoFont, Typeface, bundled

LONGEST_TITLE = 400
"""Characters of a text that are looked at: more fits on no share image."""


def render_companion(plan: Plan, job: RenderJob, site: SiteView, options: Any, setup: Setup) -> Output | Finding:
    """Return an icon or the web manifest, or what is wrong with the file that icons are made of."""
    from blogq.sharing import icons

    if job.kind == "manifest":
        return Output(job.path, icons.manifest(plan, site, options), frozenset())
    if not plan.icon or (job.url == ICO and plan.icon.endswith(".ico")):
        data = icons.plain_ico(options) if job.url == ICO else icons.letter_icon(site.title, options)
        return Output(job.path, data, frozenset())
    name = drawn_from(plan.icon)
    found = setup.files.get(name)
    if found is None:
        return _wrong(f"there is no static{plan.icon} in the site", "put the icon there, or mend its name")
    size = job.number or 32
    try:
        source = read_file(found.root, found.name, found.shown, found.bounds).data
        made = icons.resized(source, plan.icon.lower().endswith(".svg"), size)
    except Unreadable as error:
        return error.finding
    except NotDrawn as error:
        if not plan.site.config.icon:
            # Nobody has named it: it has the name of an icon, and `check_companions` tells of it.
            letter = icons.letter_icon(site.title, options)
            made = icons.resized(letter, True, size)
            return Output(job.path, made if job.number else icons.as_ico(made, size), frozenset((name,)))
        return _wrong(f"nothing can be made of {found.shown}: {error}", "export it anew, or take another")
    return Output(job.path, made if job.number else icons.as_ico(made, size), frozenset((name,)))


def _wrong(message: str, hint: str) -> Finding:
    return Finding("SH101", "error", Span("blogq.yaml"), f"icon: {message}", hint)


def drawn(made: Output, setup: Setup, names: Sequence[str]) -> Output | Finding:
    """Return the drawing of a share image, `made` as SVG by the first of the templates `names`."""
    fonts = [OwnFont(f"{font.root}/{font.name}", font.digest) for font in own_fonts(setup)]
    try:
        data = draw(made.data, fonts, kept=setup.kept)
    except NotDrawn as error:
        path = f"templates/{names[0]}"
        return Finding("SH102", "error", Span(path), f"share image {made.path}: {error}", "docs/sharing.md says more")
    lookups = made.lookups | set(map(drawn_from, setup.fonts))
    return Output(made.path, data, lookups)


def typeface_of(setup: Setup) -> Typeface:
    """Return the fonts of share images: those that come with blogq, then the site's. Raise `TemplateMistake`."""
    fonts = list(bundled())
    for found in own_fonts(setup):
        try:
            fonts.append(Font(read_file(found.root, found.name, found.shown, found.bounds).data))
        except NoFont as error:
            raise TemplateMistake(f"share_fonts: {found.shown}: {error}") from error
        except Unreadable as error:
            raise TemplateMistake(f"share_fonts: {error.finding.message}") from error
    return Typeface(fonts)


def fitted_text(typeface: Typeface, text: str, width: float, sizes: Sequence[float], lines: int) -> FittedText:
    """Return a text in lines for a share image, as templates ask for it; of a long one only the beginning."""
    return fitted(text[:LONGEST_TITLE], typeface, width, sizes, max(1, lines))


def own_fonts(setup: Setup) -> list[Found]:
    """Return the fonts that the site brings, as far as they are there."""
    names = map(drawn_from, setup.fonts)
    return [setup.files[name] for name in names if name in setup.files]
