// The preview's client: takes the page from the server whenever it may look different and changes what is on screen
// into it, so that scroll, focus and what is open stay. It shows mistakes, and that a page isn't public yet.
// Nothing of it is in a built page. Events: `blogq:updated` on the document, after each change.
(() => {
  "use strict";
  const carrier = document.getElementById("blogq-preview");
  const told = JSON.parse(carrier.dataset.told);
  let version = told.version;
  let tag = null;
  let base = null; // The page as the server last had it.
  let pending = null;
  let again = false;

  // What the server has added is no part of the page.
  const problems = carrier.innerHTML;
  carrier.remove();
  document.currentScript.remove();

  // --- What a person sees of the preview -------------------------------------------------------------------------

  const host = document.createElement("blogq-panel");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `
    <style>
      :host { all: initial; color-scheme: light dark; }
      .box { position: fixed; z-index: 2147483647; box-sizing: border-box; font: 14px/1.45 system-ui, sans-serif;
        color: light-dark(#1b1b1b, #f2f2f2); background: light-dark(#fff, #222);
        border: 1px solid light-dark(#0003, #fff4); border-radius: 8px; box-shadow: 0 4px 24px #0004; }
      #problems { inset: auto 12px 12px 12px; max-width: 860px; margin: 0 auto; max-height: 55vh; overflow: auto;
        padding: 10px 16px; border-top: 4px solid light-dark(#b3261e, #ff8a80); }
      #problems.mild { border-top-color: light-dark(#8a5a00, #ffc766); }
      #gate { right: 12px; bottom: 12px; width: min(340px, calc(100vw - 24px)); max-height: 60vh; overflow: auto;
        padding: 6px 12px; }
      #gate h2 { margin: 0; position: sticky; top: -6px; padding: 6px 0; background: inherit; } #gate li { padding: 0 4px; } #gate li[tabindex] { cursor: pointer; }
      #gate li:focus-visible { outline: 2px solid; }
      #problems:not([hidden]) ~ #gate { display: none; }
      summary { cursor: pointer; margin: 8px 0 4px; } small { display: block; opacity: .75; overflow-wrap: anywhere; }
      dl { display: grid; grid-template-columns: 1fr auto; margin: 0; } dd { margin: 0; text-align: end; }
      #notes { margin: 6px 0; font-size: 13px; } #blog p { margin: 8px 0; }
      .result strong { font-size: 16px; font-weight: 500; color: light-dark(#1a0dab, #a8c7fa); }
      .result p, .card p { margin: 2px 0 8px; }
      .card { border: 1px solid light-dark(#0003, #fff4); border-radius: 8px; padding: 8px; overflow: hidden; }
      .card img { display: block; width: 100%; aspect-ratio: 1.91; object-fit: cover; margin-bottom: 6px; }
      .error i { color: light-dark(#b3261e, #ff8a80); } .warning i { color: light-dark(#8a5a00, #ffc766); }
      .error i, .warning i { opacity: 1; }
      #side { right: 12px; top: 12px; max-width: min(340px, calc(100vw - 24px)); padding: 6px 12px; }
      #side p { margin: 2px 0; }
      h2 { font-size: 14px; margin: 0 0 6px; display: flex; justify-content: space-between; gap: 12px; }
      ol { margin: 0; padding: 0; list-style: none; } li + li { border-top: 1px solid light-dark(#0002, #fff3); }
      li p { margin: 6px 0; overflow-wrap: anywhere; } i { font-style: normal; opacity: .75; }
      pre { margin: 6px 0; padding: 8px; overflow: auto; font: 13px/1.4 ui-monospace, monospace;
        background: light-dark(#0000000d, #ffffff14); border-radius: 4px; }
      .help::before { content: "→ "; }
      button.place { border: 0; padding: 0; font: inherit; text-decoration: underline; text-align: start; }
      a { color: light-dark(#0b57d0, #a8c7fa); }
      button { font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: 4px;
        padding: 0 8px; cursor: pointer; }
      button:focus-visible, a:focus-visible { outline: 2px solid; outline-offset: 2px; }
      [hidden] { display: none; }
    </style>
    <div id="side" class="box" role="status" hidden><p id="mark"></p><p id="notice"></p><div id="offers"></div></div>
    <section id="problems" class="box" role="alert" aria-label="Mistakes" hidden>
      <h2><span></span><button type="button">Fold</button></h2><div></div>
    </section>
    <section id="gate" class="box" aria-label="The gate" hidden>
      <h2><span></span><button type="button">Fold</button></h2>
      <div><div id="said"></div><p id="notes" hidden></p><details id="parts" hidden><summary></summary><dl></dl></details>
        <div id="blog"><p></p><div></div></div><details id="looks"><summary>In search results, and when shared</summary>
        <div class="result"><small></small><strong></strong><p></p></div>
        <div class="card"><img alt="" hidden><strong></strong><p></p></div></details></div>
    </section>`;
  const part = (id) => root.getElementById(id);
  const panel = part("problems");
  let folded = false;

  panel.querySelector("button").onclick = () => {
    folded = !folded;
    fold();
  };
  function fold() {
    panel.lastElementChild.hidden = folded;
    panel.querySelector("button").textContent = folded ? "Unfold" : "Fold";
    panel.querySelector("button").setAttribute("aria-expanded", String(!folded));
  }
  function showProblems(html) {
    const list = panel.lastElementChild;
    if (list.innerHTML !== html) list.innerHTML = html;
    const count = list.querySelectorAll("li").length;
    const errors = list.querySelectorAll("li.error").length;
    panel.hidden = !count;
    panel.classList.toggle("mild", !errors);
    const words = errors ? (errors === 1 ? "One mistake" : `${errors} mistakes`) : `${count} to look at`;
    panel.querySelector("span").textContent = errors && !told.broken ? `${words}. Pages stay as they last were` : words;
    fold();
  }
  function showMark(data) {
    document.dispatchEvent(new CustomEvent("blogq:told", { detail: data })); // marks.js and open.js listen.
    told.broken = data.broken;
    const words = { draft: "Draft: a build leaves it out.", scheduled: `Scheduled: public from ${data.when}.` };
    part("mark").textContent = words[data.mark] || "";
    side();
  }
  function showNotice(text) {
    part("notice").textContent = text || "";
    side();
  }
  function showOffers(offers) {
    const box = part("offers");
    for (const offer of offers) {
      if (offer.url === location.pathname) continue;
      const line = document.createElement("p");
      const link = document.createElement("a");
      link.href = offer.url;
      link.textContent = offer.title || offer.url;
      line.append(offer.before === encodedPath() ? "This page has moved: " : offer.before ? "Moved: " : "New: ", link);
      for (const old of box.querySelectorAll("a")) if (old.pathname === link.pathname) old.parentElement.remove();
      box.append(line);
      while (box.children.length > 3) box.firstElementChild.remove();
    }
    side();
  }
  // --- The gate in the margin ------------------------------------------------------------------------------------

  const gate = part("gate");
  // Where there is no margin it would stand before the text. An article may be as wide as the page, and its text not.
  const LEAST = 220;
  const text = document.querySelector(".e-content, main article, article, main p") || document.body;
  const room = document.documentElement.clientWidth - text.getBoundingClientRect().right;
  let gateFolded = (localStorage.getItem("blogq-gate") || (room < LEAST ? "folded" : "")) === "folded";
  if (room >= LEAST) gate.style.width = `${Math.min(340, room - (room < 300 ? 16 : 32))}px`;
  gate.querySelector("button").onclick = () => {
    gateFolded = !gateFolded;
    localStorage.setItem("blogq-gate", gateFolded ? "folded" : "open");
    foldGate();
  };
  function foldGate() {
    gate.lastElementChild.hidden = gateFolded;
    gate.querySelector("button").textContent = gateFolded ? "Unfold" : "Fold";
    gate.querySelector("button").setAttribute("aria-expanded", String(!gateFolded));
    paint(gateFolded ? [] : ranges);
  }
  const colors =
    "::highlight(blogq-error){text-decoration:underline wavy #d93025}" +
    "::highlight(blogq-warning){text-decoration:underline wavy #c77700}" +
    "::highlight(blogq-note){text-decoration:underline dotted currentColor}";
  let ranges = [];

  // Words are marked without changing the page: a highlight is no element.
  function paint(found) {
    if (!window.Highlight || !CSS.highlights) return;
    for (const severity of ["error", "warning", "note"]) {
      const chosen = found.filter((each) => each && each.severity === severity).map((each) => each.range);
      if (chosen.length) CSS.highlights.set(`blogq-${severity}`, new Highlight(...chosen));
      else CSS.highlights.delete(`blogq-${severity}`);
    }
  }
  const AROUND = [40, 16, 6];
  function locator() {
    const nodes = [];
    let whole = "";
    const walker = document.createTreeWalker(document.querySelector("main") || document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push([whole.length, walker.currentNode]);
      whole += walker.currentNode.data.replace(/\s/g, " ");
    }
    const place = (offset) => {
      const [start, node] = nodes.findLast(([begins]) => begins <= offset);
      return [node, offset - start];
    };
    const range = (at, length) => {
      const found = document.createRange();
      found.setStart(...place(at));
      const [node, end] = place(at + length - 1);
      found.setEnd(node, end + 1);
      return found;
    };
    // The source has markup that the page hasn't, so less and less of what stands around is asked for.
    return (before, text, after) => {
      if (!text.trim()) return null;
      for (const count of AROUND) {
        const left = before.slice(-count);
        const at = whole.indexOf(left + text + after.slice(0, count));
        if (at >= 0) return range(at + left.length, text.length);
      }
      const at = whole.indexOf(text);
      return at < 0 || whole.indexOf(text, at + 1) >= 0 ? null : range(at, text.length);
    };
  }
  // Search engines cut titles near 60 characters and descriptions near 160; networks show what the page's head says.
  const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
  function showLooks() {
    const meta = (name) =>
      document.head.querySelector(`meta[name="${name}"], meta[property="${name}"]`)?.content?.trim() || "";
    const [result, card] = part("looks").querySelectorAll("div");
    const address = document.head.querySelector('link[rel="canonical"]')?.href || location.href;
    const words = meta("description") || "No description: the beginning of the text is taken.";
    result.querySelector("small").textContent = decodeURI(address).replace(/^https?:\/\//, "").replace(/\//g, " › ");
    result.querySelector("strong").textContent = cut(document.title, 60);
    result.querySelector("p").textContent = cut(words, 160);
    card.querySelector("strong").textContent = cut(meta("og:title") || document.title, 70);
    card.querySelector("p").textContent = cut(meta("og:description") || words, 200);
    const image = card.querySelector("img");
    const source = meta("og:image");
    image.hidden = !source;
    if (source) {
      const found = new URL(source, location.href);
      // The picture is on this server as well, wherever the site will be.
      image.src = found.pathname + found.search;
      image.onerror = () => (image.hidden = true);
    }
  }
  function goTo(range) {
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  }
  let asking = 0;
  async function showGate() {
    const turn = ++asking;
    let said = null;
    try {
      const page = encodeURIComponent(decodeURIComponent(location.pathname));
      said = await (await fetch(`/_blogq/gate?page=${page}`, { cache: "no-store" })).json();
    } catch (error) {
      return;
    }
    if (turn !== asking) return;
    gate.hidden = !said;
    ranges = [];
    if (said) {
      const change = said.before === null || said.before === said.score ? "" : ` (${said.before} before)`;
      const score = said.score === null ? "" : `Score ${said.score}${change}, `;
      const count = said.count === 1 ? "1 finding" : `${said.count || "no"} findings`;
      gate.querySelector("span").textContent = score + count;
      // What hasn't changed stays, and so does the focus.
      const before = [...part("said").querySelectorAll("li")].indexOf(root.activeElement);
      const read = before < 0 ? "" : root.activeElement.textContent;
      if (shownGate !== said.html) part("said").innerHTML = shownGate = said.html;
      showRest(said);
      showLooks();
      const items = part("said").querySelectorAll("li");
      const locate = locator();
      ranges = said.marks.map(([severity, before, text, after], at) => {
        const range = locate(before, text, after);
        if (!items[at]) return null;
        items[at].tabIndex = range ? 0 : -1;
        if (!range) return null;
        items[at].onclick = () => goTo(range);
        items[at].onkeydown = (event) => event.key === "Enter" && goTo(range);
        return { range, severity };
      });
      if (before >= 0 && !root.activeElement) {
        const same = [...items].find((each) => each.textContent === read) || items[Math.min(before, items.length - 1)];
        (same || gate.querySelector("button")).focus({ preventScroll: true });
      }
    }
    foldGate();
  }
  let shownGate = "";
  // What the score is made of, what was left out, and the blog as a whole.
  function showRest(said) {
    part("notes").hidden = !said.notes.length;
    part("notes").textContent = said.notes.join(" ");
    const [summary, list] = part("parts").children;
    part("parts").hidden = !said.parts.length;
    summary.textContent = `What the score of ${said.score} is made of`;
    list.replaceChildren(
      ...said.parts.flatMap((row) =>
        ["dt", "dd"].map((name, at) => Object.assign(document.createElement(name), { textContent: row[at] }))),
    );
    const [pace, findings] = part("blog").children;
    pace.textContent = said.pace;
    if (findings.innerHTML !== said.blog) findings.innerHTML = said.blog;
    part("blog").hidden = !said.pace && !said.blog;
  }

  function side() {
    part("side").hidden = !part("side").textContent.trim();
  }
  const encodedPath = () => location.pathname;

  // --- The page changes in place ---------------------------------------------------------------------------------

  const isOwn = (node) => node === host;

  function scriptsOf(page) {
    return [...page.querySelectorAll("script")]
      .filter((each) => !each.type || /javascript|module/.test(each.type))
      .map((each) => each.outerHTML)
      .join("\n");
  }

  function parsed(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const added = page.getElementById("blogq-preview");
    const found = { page, problems: added ? added.innerHTML : "", told: added ? JSON.parse(added.dataset.told) : {} };
    if (added) {
      if (added.nextElementSibling) added.nextElementSibling.remove();
      added.remove();
    }
    return found;
  }

  function sameAttributes(now, before, after) {
    // What a script of the page has set on <html> or <body> stays, such as a choice of colours.
    for (const { name, value } of after.attributes) if (before.getAttribute(name) !== value) now.setAttribute(name, value);
    for (const { name } of [...before.attributes]) if (!after.hasAttribute(name)) now.removeAttribute(name);
  }

  function change(page) {
    if (base && scriptsOf(base) !== scriptsOf(page)) {
      location.reload();
      return;
    }
    for (const link of page.querySelectorAll('link[rel~="stylesheet"]')) {
      const newer = swapped.get(link.getAttribute("href"));
      if (newer) link.setAttribute("href", newer);
    }
    const before = base || page;
    sameAttributes(document.documentElement, before.documentElement, page.documentElement);
    const body = page.body.cloneNode(true);
    const own = [...document.body.attributes].map(({ name, value }) => [name, value]);
    for (const { name } of [...body.attributes]) body.removeAttribute(name);
    for (const [name, value] of own) body.setAttribute(name, value);
    const focus = document.activeElement;
    const at = [scrollX, scrollY];
    const callbacks = {
      beforeNodeRemoved: (node) => !isOwn(node),
      beforeNodeMorphed: (node, fresh) => !node.isEqualNode(fresh),
      beforeAttributeUpdated: (name, node) =>
        !(name === "open" && /^(DETAILS|DIALOG)$/.test(node.nodeName)),
    };
    Idiomorph.morph(document.head, page.head.cloneNode(true), { head: { style: "morph" }, callbacks });
    Idiomorph.morph(document.body, body, { morphStyle: "outerHTML", ignoreActiveValue: true, restoreFocus: true, callbacks });
    sameAttributes(document.body, before.body, page.body);
    if (focus && focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
    if (Math.abs(scrollY - at[1]) > innerHeight) scrollTo(...at);
    base = page;
    document.dispatchEvent(new CustomEvent("blogq:updated"));
  }

  async function refresh() {
    if (pending) {
      again = true;
      return;
    }
    pending = true;
    try {
      do {
        again = false;
        const headers = { accept: "text/html" };
        if (tag) headers["if-none-match"] = tag;
        const answer = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
        requestAnimationFrame(() => setTimeout(showGate));
        if (answer.status === 304) continue;
        const text = await answer.text();
        tag = answer.headers.get("etag");
        const found = parsed(text);
        if (found.told.version === undefined) continue;
        showMark(found.told);
        if (answer.status === 404 && !missing) {
          // The page is gone, perhaps only for a moment: what was on screen stays.
          gone = true;
          tag = null;
          showNotice("This page is no longer part of the site.");
          continue;
        }
        if (gone || answer.status === 200) showNotice(notice);
        gone = false;
        missing = answer.status === 404;
        if (!found.told.broken || broken) change(found.page);
        broken = found.told.broken;
        showProblems(found.problems);
      } while (again);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // The server is gone; the stream says when it is back.
    } finally {
      pending = null;
    }
  }
  let gone = false;
  let notice = "";
  let broken = told.broken;
  let missing = false;

  // --- Files that pages show -------------------------------------------------------------------------------------

  const swapped = new Map();
  let turn = 0;

  function swap(files) {
    const named = new Set(files);
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => link.sheet || link.href);
    const own = sheets.filter((link) => new URL(link.href).origin === location.origin);
    const css = files.filter((file) => file.endsWith(".css"));
    // A sheet that no page links to is imported by others.
    const all = css.some((file) => !own.some((link) => new URL(link.href).pathname === file));
    for (const link of own) {
      const address = new URL(link.href);
      if (!css.length || (!all && !named.has(address.pathname))) continue;
      const original = link.dataset.blogq || link.getAttribute("href");
      address.searchParams.set("blogq", String(Date.now()) + turn++);
      const fresh = link.cloneNode();
      fresh.dataset.blogq = original;
      fresh.href = address.pathname + address.search;
      fresh.onload = fresh.onerror = () => {
        link.remove();
        delete fresh.dataset.blogq;
        document.dispatchEvent(new CustomEvent("blogq:updated"));
      };
      swapped.set(original, fresh.getAttribute("href"));
      for (const [old, newer] of swapped) if (newer === link.getAttribute("href")) swapped.set(old, fresh.getAttribute("href"));
      link.after(fresh);
    }
    for (const image of document.images) {
      const address = new URL(image.currentSrc || image.src, location.href);
      if (address.origin !== location.origin || !named.has(address.pathname)) continue;
      address.searchParams.set("blogq", String(Date.now()) + turn++);
      image.removeAttribute("srcset");
      image.src = address.pathname + address.search;
    }
    const scripts = [...document.scripts].some((each) => each.src && named.has(new URL(each.src).pathname));
    if (scripts) location.reload();
  }

  // --- What the server tells -------------------------------------------------------------------------------------

  function follows(event) {
    if (!event.follow || !event.edited || event.edited === encodedPath() || document.visibilityState !== "visible") {
      return false;
    }
    location.assign(event.edited);
    return true;
  }

  function take(event) {
    if (event.lost) {
      showNotice("The preview doesn't answer; is it still running?");
      return;
    }
    notice = event.notice || "";
    if (!gone) showNotice(notice);
    if (event.hello) {
      // What has changed between the page and the stream was told to nobody.
      if (event.version !== version) {
        version = event.version;
        if (follows(event)) return;
        const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].map((link) => new URL(link.href));
        swap(sheets.filter((each) => each.origin === location.origin).map((each) => each.pathname));
        refresh();
      }
      return;
    }
    version = event.version;
    if (follows(event)) return;
    const own = encodedPath();
    if (event.files.length) swap(event.files);
    if (event.offers.length) showOffers(event.offers);
    const page = own.replace(/index\.html$/, "");
    if (event.urls === null || event.urls.includes(page) || gone || broken || missing || own === "/_blogq/") {
      refresh();
    } else if (event.gate) {
      showGate();
    }
  }

  function listen() {
    if (typeof SharedWorker === "function") {
      try {
        const worker = new SharedWorker("/_blogq/shared.js", "blogq");
        worker.port.onmessage = (message) => take(message.data);
        addEventListener("pagehide", () => worker.port.postMessage("bye"));
        addEventListener("pageshow", (event) => event.persisted && location.reload());
        return;
      } catch (error) {
        console.warn(error);
      }
    }
    const stream = new EventSource("/_blogq/events");
    stream.onmessage = (event) => take(JSON.parse(event.data));
    stream.onerror = () => take({ lost: true });
  }

  function sheetOf(text) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  }

  function begin() {
    document.documentElement.append(host);
    missing = /^\s*404\b/.test(String(performance.getEntriesByType("navigation")[0]?.responseStatus || ""));
    base = null;
    showProblems(problems);
    showMark(told);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(colors)];
    listen();
    showGate();
  }
  const library = document.createElement("script");
  library.src = "/_blogq/idiomorph.js";
  library.onload = () => {
    library.remove();
    begin();
  };
  document.head.append(library);
})();
