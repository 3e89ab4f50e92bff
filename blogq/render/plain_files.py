"""Files for machines that no template shapes: sitemap, robots.txt, `_redirects`, `_headers`."""

from __future__ import annotations

from blogq.content.post import MISSING
from blogq.library.links import Targets, where_to
from blogq.library.permalinks import impossible, quoted
from blogq.library.site import moment
from blogq.plan.jobs import SITEMAP_LIMIT, Plan, RenderJob
from blogq.plan.versions import alternates_of
from blogq.render.feed import xml_attribute, xml_text

_SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{1}>\n'
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def render_sitemap(plan: Plan, job: RenderJob) -> bytes:
    """Return the sitemap, one part of it, or (part 0) the index of its parts."""
    base = plan.origin + plan.prefix
    if job.number == 0:
        parts = -(-len(plan.sitemap) // SITEMAP_LIMIT)
        lines = [f"<sitemap><loc>{xml_text(base)}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, parts + 1)]
        return (_SITEMAP.format("sitemapindex", "") + "".join(lines) + "</sitemapindex>\n").encode()
    lines = []
    alternates: dict[str, tuple[tuple[str, str], ...]] = {}
    if len(plan.site.editions) > 1:
        alternates = alternates_of(plan.site, plan.versions, (url for url, _ in plan.sitemap))
    for url, changed in plan.sitemap[(job.number - 1) * SITEMAP_LIMIT : job.number * SITEMAP_LIMIT]:
        last = f"<lastmod>{moment(changed, 0).isoformat(timespec='seconds')}</lastmod>" if changed != MISSING else ""
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={xml_attribute(tag)} href={xml_attribute(base + quoted(other))}/>'
            for tag, other in _with_default(alternates.get(url, ()))
        )
        lines.append(f"<url><loc>{xml_text(base + quoted(url))}</loc>{last}{links}</url>\n")
    return (_SITEMAP.format("urlset", _XHTML if alternates else "") + "".join(lines) + "</urlset>\n").encode()


def _with_default(versions: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return language and URL of versions, and the one for readers of any other language."""
    return (*versions, ("x-default", versions[0][1])) if versions else ()


def render_robots(plan: Plan) -> bytes:
    """Return robots.txt: everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {plan.origin}{plan.prefix}/sitemap.xml\n".encode()


def render_redirects(plan: Plan, targets: Targets) -> bytes:
    """Return redirects for hosts that read `_redirects` (Netlify, Cloudflare Pages and others)."""
    lines = []
    for spec in plan.redirects:
        if impossible(spec.url):
            continue
        to, off_site = quoted(plan.site.urls[spec.entry]), False
        if spec.away:
            to, off_site = where_to(plan.site, targets, spec.entry)
        target = to if off_site else plan.prefix + _literal(to)
        lines.append(f"{plan.prefix}{_literal(quoted(spec.url))} {target} 301\n")
    return "".join(sorted(set(lines))).encode()


def render_headers(plan: Plan) -> bytes:
    """Return the headers that config declares, for hosts that read `_headers` (Netlify, Cloudflare Pages)."""
    lines: list[str] = []
    for path, headers in plan.site.config.headers.items():
        lines.append(plan.prefix + path if path.startswith("/") else path)
        lines += [f"  {name}: {value}" for name, value in headers.items()]
    return ("\n".join(lines) + "\n").encode()


def _literal(url: str) -> str:
    """Return a URL in which no host sees a pattern: `*` and `:name` mean more than themselves in `_redirects`."""
    return url.replace("*", "%2A").replace(":", "%3A")
