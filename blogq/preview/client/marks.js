// Links to pages that aren't public yet say so: "draft", or the day from which there is something to read. The mark is
// an attribute, which no change of the page takes for a part of it, and its words are a style's: they are read aloud
// with the link, and the page's own texts stay as they are.
(() => {
  "use strict";
  const NAME = "data-blogq-unpublished";
  const BEFORE = "data-blogq-before";
  let unpublished = {};

  const words = `" " attr(${NAME})`;
  const look =
    "font: 500 min(0.7em, 13px)/1 system-ui, sans-serif; letter-spacing: normal; text-transform: none; opacity: 0.85; " +
    "border: 1px solid currentColor; border-radius: 0.5em; padding: 0 0.4em; margin: 0 0.4em; white-space: nowrap; " +
    "display: inline-block; vertical-align: middle; line-height: 1.4;";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `a[${NAME}]:not([${BEFORE}])::after { content: attr(${NAME}); content: attr(${NAME}) / ${words}; ${look} }` +
      `a[${NAME}][${BEFORE}]::before { content: attr(${NAME}); content: attr(${NAME}) / ${words}; ${look} }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  // A theme may have put something after its links, or made them as large as a card that way.
  const isFree = (link) => ["none", "normal"].includes(getComputedStyle(link, "::after").content);

  // Themes know of drafts, and may say so where they list them: beside the link that an entry is about.
  const saysItself = (entry, link, word) =>
    entry.querySelector(entry.matches("article") ? ":is(h1, h2, h3, h4, h5, h6) a" : "a")?.pathname === link.pathname &&
    [...entry.querySelectorAll("b, em, i, mark, small, span, strong")].some(
      (each) => each.textContent.trim().toLowerCase() === word,
    );

  function clear(link) {
    if (link.hasAttribute(NAME)) for (const name of [NAME, BEFORE, "aria-description"]) link.removeAttribute(name);
  }

  function mark() {
    // Of several links in one entry of a list, such as its title and "Read on", the first says it for all.
    const said = new Map();
    for (const link of document.links) {
      const path = link.pathname;
      const word = link.origin === location.origin && (unpublished[path] || unpublished[`${path}/`]);
      const entry = word && (link.closest("article, li, tr") || link);
      if (!word || said.get(entry)?.has(path) || (entry !== link && saysItself(entry, link, word))) {
        clear(link);
        continue;
      }
      if (entry !== link) said.set(entry, (said.get(entry) || new Set()).add(path));
      if (link.getAttribute(NAME) === word) continue;
      if (!link.hasAttribute(NAME) && !isFree(link)) link.setAttribute(BEFORE, "");
      link.setAttribute(NAME, word);
      // A name that is given wins over what is written.
      if (link.ariaLabel || link.hasAttribute("aria-labelledby")) link.setAttribute("aria-description", word);
    }
  }

  document.addEventListener("blogq:told", (event) => {
    unpublished = event.detail.unpublished || {};
    mark();
  });
  document.addEventListener("blogq:updated", mark);
})();
