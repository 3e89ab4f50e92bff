"""What a writer sees: a page in Chromium, with a script in it that notes when a marker was painted.

The script is in every document from its beginning, so it outlives a page that is loaded again: times are kept for the
tab, and documents are counted. A marker is painted in the first task after the frame that has it. Times are those of
the system's clock, which the program reads as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from errors import BenchmarkError

WATCH = r"""
(() => {
  if (window.top !== window) return;
  const store = sessionStorage;
  store.setItem("documents", Number(store.getItem("documents") || 0) + 1);
  const note = (kind, text) => {
    for (const found of text.match(/marker-\d+/g) || []) {
      const key = `${kind} ${found}`;
      if (store.getItem(key) !== null) continue;
      store.setItem(key, "");
      requestAnimationFrame(() => setTimeout(() => {
        store.setItem(key, performance.timeOrigin + performance.now());
      }));
    }
  };
  let shadow = null;
  const observer = new MutationObserver(() => {
    // What is said of the text is in a tree of its own; its markers aren't the page's.
    note("text", (document.querySelector("main") || document.body)?.textContent || "");
    const own = document.querySelector("blogq-panel")?.shadowRoot;
    if (own && own !== shadow) observer.observe((shadow = own), all);
    if (shadow) note("margin", shadow.textContent);
  });
  const all = { childList: true, subtree: true, characterData: true };
  observer.observe(document, all);
})();
"""


class Screen:
    """A tab with a page of a preview in it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, url: str) -> None:
        """Show the page at `url`, and wait until its scripts have connected to the server."""
        self.page.goto(url)
        self.page.wait_for_load_state("load")
        # Live reload has no sign by which all peers could be told to be ready.
        self.page.wait_for_timeout(1500)

    def painted(self, marker: str, seconds: float, kind: str = "text") -> float:
        """Return when `marker` was painted, in seconds since 1970: in the `text`, or in the `margin` beside it."""
        key = f"{kind} {marker}"
        wait = f"sessionStorage.getItem('{key}')"
        try:
            self.page.wait_for_function(wait, polling=10, timeout=1000 * seconds)
        except Exception as error:
            if type(error).__name__ != "TimeoutError":
                raise
            raise BenchmarkError(f"{marker} isn't on screen after {seconds:.0f} s") from error
        return float(self.page.evaluate(wait)) / 1000

    def documents(self) -> int:
        """Return how many documents this tab has had: one, and one for each time that it was loaded again."""
        return int(self.page.evaluate("Number(sessionStorage.getItem('documents'))"))

    def heap(self) -> float:
        """Return the MiB of JavaScript objects that are left after its rubbish was collected."""
        session = self.page.context.new_cdp_session(self.page)
        try:
            session.send("HeapProfiler.collectGarbage")
            return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20
        finally:
            session.detach()


@contextmanager
def chromium() -> Iterator[Any]:
    """Open Chromium, as Playwright brings it or as the system has it. `BenchmarkError` where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BenchmarkError("what is painted needs Playwright: pip install playwright") from error
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        try:
            browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            raise BenchmarkError(f"what is painted needs Chromium: {str(error).splitlines()[0]}") from error
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def screen(browser: Any) -> Iterator[Screen]:
    """Open a tab that no other knows of."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    try:
        yield Screen(context.new_page())
    finally:
        context.close()
