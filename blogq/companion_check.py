"""Whether there is what icons, share images and the search index are made with; titles that no font can show."""

from __future__ import annotations

from blogq.config.schema import Config
from blogq.finding import Finding, Span
from blogq.library.site import Site
from blogq.plan.companions import FOUND, SHOWN_BY, icon_of, is_drawn, lacking
from blogq.render.files import STATIC, TEMPLATES, Found, Setup, drawn_from

_SHOWN = 3
"""Posts with such titles that are named; of more only how many there are."""
_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"\0\0\1\0")
"""How PNG, JPEG, WebP, GIF and ICO begin."""


def _is_picture(found: Found) -> bool:
    """Return whether a file that has an icon's name can be one, by its ending or first bytes."""
    if found.name.endswith(".svg"):
        return True
    try:
        with open(f"{found.root}/{found.name}", "rb") as file:
            return file.read(4).startswith(_BEGINNINGS)
    except OSError:
        return True  # Whoever reads it says why it can't be read.


def check_companions(asked: Config, site: Site, setup: Setup, shown: str) -> list[Finding]:
    """Return what is missing for what config `asked` for, and notes on titles that share images can't show.

    The config of `site` is without what its theme can't show.
    `shown` is the content folder's path relative to the site, with a slash at its end unless it is empty.
    """
    config = site.config
    findings: list[Finding] = []

    def wrong(code: str, message: str, hint: str) -> None:
        findings.append(Finding(code, "error", Span("blogq.yaml"), message, hint))

    for option in lacking(asked, {name.removeprefix(TEMPLATES) for name in setup.files if name.startswith(TEMPLATES)}):
        message = f"{option}: the theme has no template {SHOWN_BY[option]}, so this is left out"
        hint = f"write {TEMPLATES}{SHOWN_BY[option]}, as the theme plain has one, or set `{option}: false`"
        findings.append(Finding("SH106", "warning", Span("blogq.yaml"), message, hint))
    if config.icon and drawn_from(config.icon) not in setup.files:
        message = f"icon: there is no {STATIC}{config.icon.lstrip('/')} in the site"
        wrong("SH101", message, "put the icon there, or mend its name")
    found = "" if config.icon else icon_of("", {url[1:] for url in FOUND if drawn_from(url) in setup.files})
    if found and not _is_picture(setup.files[drawn_from(found)]):
        message = f"{setup.files[drawn_from(found)].shown} is no picture, so icons show the first letter of the title"
        hint = "export it anew, or name another with `icon` in blogq.yaml"
        findings.append(Finding("SH101", "warning", Span(setup.files[drawn_from(found)].shown), message, hint))
    for font in config.share_fonts:
        if drawn_from(font) not in setup.files:
            wrong("SH102", f"share_fonts: there is no {STATIC}{font.lstrip('/')} in the site", "put the font there")
    if config.search:
        from blogq.search_index import binary

        if not binary():
            hint = "pip install 'blogq[search]', or set `search: false`"
            wrong("SH104", "search: the index is made by Pagefind, which isn't installed", hint)
    if config.share_images:
        from blogq.sharing.drawing import is_installed

        if not is_installed():
            hint = "pip install resvg-py, or set `share_images: false`"
            wrong("SH104", "share_images: they are drawn by resvg, which isn't installed", hint)
        elif not any(finding.severity == "error" for finding in findings):
            findings += _unshowable(site, setup, shown)
    return findings


def _unshowable(site: Site, setup: Setup, shown: str) -> list[Finding]:
    """Return notes on posts whose titles have letters that no font has."""
    titles = {index: entry.title for index, entry in enumerate(site.entries) if is_drawn(entry)}
    if all(title.isascii() for title in titles.values()):
        return []
    from blogq.render.companions import typeface_of
    from blogq.render.mistakes import TemplateMistake
    from blogq.sharing.lines import readable

    try:
        typeface = typeface_of(setup)
    except TemplateMistake as error:
        return [Finding("SH102", "error", Span("blogq.yaml"), str(error), "take another font: TTF or OTF")]
    letters = {letter for title in titles.values() if not title.isascii() for letter in title}
    if all(typeface.advance(letter) >= 0 for letter in letters):
        return []
    lost = [index for index, title in titles.items() if not title.isascii() and not readable(title, typeface)]
    hint = "name a font that has its letters in `share_fonts`, or give the post an `image`"
    findings: list[Finding] = []
    for index in lost[:_SHOWN]:
        others = f" (so do {len(lost) - _SHOWN:,} more)" if index == lost[:_SHOWN][-1] and len(lost) > _SHOWN else ""
        message = f"its share image shows the name of the site: no font has all letters of its title{others}"
        findings.append(Finding("SH103", "note", Span(shown + site.entries[index].path), message, hint))
    return findings
