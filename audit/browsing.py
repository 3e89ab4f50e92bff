"""What a browser sees of a page: what it asked for, what that weighs, shifts, errors, overflow, and axe's findings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from audit.installed import chromium, module

SCHEMES = ("light", "dark")
WIDTHS = (320, 390, 820, 1440)
"""Phones (the narrowest is WCAG 1.4.10's), a tablet upright, a desk."""
PHONE, DESK = 390, 1440
HEIGHT = 900
SHIFT, AGAIN = "layout shift", 2
"""How a shift is told, and how often a page that shifts is looked at once more."""
PATIENCE = 120_000
"""Milliseconds to wait for a page: a busy machine is no fault of the page's."""
TAGS = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "experimental",
]  # fmt: skip
"""All of axe's rules, but for those of level AAA, which WCAG itself doesn't ask of whole sites."""
EXEMPT = {"hidden-content": {"enabled": False}}
"""It finds no fault, but says on every page with a closed menu that there is something it can't see."""

# Layout shifts are noted from the first paint on; those that follow a person's input don't count (CLS).
WATCH = """
window.__shifts = [];
new PerformanceObserver(list => {
  for (const each of list.getEntries())
    if (!each.hadRecentInput)
      window.__shifts.push([each.value, each.sources.map(source => source.node?.nodeName ?? "?").join(" ")]);
}).observe({type: "layout-shift", buffered: true});
"""
SCROLL = """
async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
    scrollTo(0, at);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  scrollTo(0, 0);
}
"""
WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(each => each.outerHTML.slice(0, 80)).concat(document.documentElement.scrollWidth + " px")
"""
INLINE = """
() => [...document.scripts].filter(each => !each.src && (!each.type || /module|javascript/.test(each.type)))
  .map(each => each.textContent)
"""


Browser = Any
"""Playwright's browser; the package is one of the tests', and is imported when it is used."""


class Weight(NamedTuple):
    """What was transferred for a page, in bytes, headers included, compressed as it came."""

    total: int
    images: int
    scripts: int
    """Files of JavaScript, and what stands of it in the page itself (uncompressed: it can't be told apart)."""

    @property
    def text(self) -> int:
        """All but images."""
        return self.total - self.images


class Visit(NamedTuple):
    """One page, seen once."""

    weight: Weight
    problems: tuple[str, ...]
    """Requests to other hosts, requests that failed, errors on the console, shifts, overflow: a line each."""


class Violation(NamedTuple):
    """One rule of axe that a page breaks."""

    rule: str
    impact: str
    nodes: tuple[str, ...]
    """The beginning of each element that is meant."""


@contextmanager
def opened() -> Iterator[Any]:
    """Chromium, for as long as the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


def visit(browser: Any, url: str, widths: tuple[int, ...] = WIDTHS, scheme: str = "light") -> Visit:
    """Open the page at `url` anew, without anything cached, scroll through it, and try it at all `widths`.

    A shift that doesn't come again is the machine's: where the processor is wanted elsewhere, Chromium now and then
    paints a page of which half has arrived. What style or script do to a page, they do each time.
    """
    seen = _visit(browser, url, widths, scheme)
    for _ in range(AGAIN):
        if not any(problem.startswith(SHIFT) for problem in seen.problems):
            break
        seen = _visit(browser, url, widths, scheme)
    return seen


def _visit(browser: Any, url: str, widths: tuple[int, ...], scheme: str) -> Visit:
    context = browser.new_context(viewport={"width": widths[0], "height": HEIGHT}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[Any] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request))  # It marks its listeners, which methods refuse.
    page.on("requestfailed", lambda request: problems.append(f"request failed: {request.url}"))
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("console", lambda said: problems.append(f"console: {said.text}") if said.type in LOUD else None)
    page.goto(url, wait_until="load")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    own = urlsplit(url).netloc
    problems += [f"asks another host: {each.url}" for each in asked if urlsplit(each.url).netloc not in ("", own)]
    weight = _weight(asked, sum(len(text.encode()) for text in page.evaluate(INLINE)))
    for value, nodes in page.evaluate("window.__shifts"):
        problems.append(f"{SHIFT} of {value:.4f}: {nodes}")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = page.evaluate(WIDE)
        if wide:
            problems.append(f"scrolls sideways at {width} px: {'; '.join(wide)}")
    context.close()
    return Visit(weight, tuple(problems))


LOUD = ("error", "warning")


def _weight(asked: list[Any], inline: int) -> Weight:
    total = images = scripts = 0
    for request in asked:
        response = request.response()
        if response is None or request.url.startswith("data:"):
            continue
        sizes = request.sizes()
        size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        total += size
        images += size if request.resource_type == "image" else 0
        scripts += size if request.resource_type == "script" else 0
    return Weight(total, images, scripts + inline)


@cache
def axe_source() -> str:
    """The text of axe-core."""
    path: Path = module("axe-core/axe.min.js")
    return path.read_text(encoding="utf-8")


def violations(browser: Any, urls: list[str], scheme: str, width: int) -> dict[str, list[Violation]]:
    """What axe objects to on each page, in one colour scheme at one width; every `<details>` is looked into as well."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    found = {url: _violations(page, url) for url in urls}
    context.close()
    return found


def _violations(page: Any, url: str) -> list[Violation]:
    page.goto(url, wait_until="load")
    return objections(page)


def objections(page: Any) -> list[Violation]:
    """What axe objects to on a page as it stands open."""
    page.evaluate(axe_source())
    options = {"runOnly": TAGS, "rules": EXEMPT, "resultTypes": ["violations"]}
    told = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [Violation(each["id"], each["impact"], tuple(node["html"][:120] for node in each["nodes"])) for each in told]
