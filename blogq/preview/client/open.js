// Places open in the writer's editor: what is wrong, by choosing its place in a panel; the page itself by "Edit", or e.
// An editor with an address of its own is opened by a link; for others the server is asked.
(() => {
  "use strict";
  const host = document.createElement("blogq-edit");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `
    <style>
      :host { all: initial; color-scheme: light dark; }
      div { position: fixed; left: 12px; bottom: 12px; z-index: 2147483646; display: flex; gap: 8px; align-items: center;
        max-width: calc(100vw - 24px); font: 13px/1.4 system-ui, sans-serif; }
      a, button, p { color: light-dark(#1b1b1b, #f2f2f2); background: light-dark(#fff, #222); margin: 0;
        border: 1px solid light-dark(#0003, #fff4); border-radius: 8px; padding: 4px 10px; }
      a, button { font: inherit; text-decoration: none; cursor: pointer; opacity: 0.75; }
      a:hover, a:focus-visible, button:hover, button:focus-visible { opacity: 1; }
      a:focus-visible, button:focus-visible { outline: 2px solid; outline-offset: 2px; }
      [hidden] { display: none; }
      /* Where there is no room beside the text, the key does. */
      @media (max-width: 700px) { a, button { display: none; } }
      @media print { :host { display: none; } }
    </style>
    <div><a hidden>Edit</a><button type="button" hidden>Edit</button><p role="status" hidden></p></div>`;
  const [link, button, said] = root.querySelector("div").children;
  let hiding = 0;

  function say(text) {
    said.textContent = text;
    said.hidden = !text;
    clearTimeout(hiding);
    if (text) hiding = setTimeout(() => say(""), 8000);
  }

  async function open([path, line, column]) {
    try {
      const answer = await fetch("/_blogq/open", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ path, line, column }),
      });
      say(answer.ok || answer.status === 429 ? "" : (await answer.text()).trim());
    } catch (error) {
      say("The preview doesn't answer.");
    }
  }

  function show(edit) {
    link.hidden = !edit || !edit.href;
    button.hidden = !edit || !edit.open;
    if (!edit) return;
    const chosen = edit.href ? link : button;
    chosen.title = `Open the source of this page in ${edit.editor} (e)`;
    if (edit.href) link.href = edit.href;
    else button.dataset.open = JSON.stringify(edit.open);
  }

  // Places stand in shadow roots, and in lists that do something else when they are chosen.
  const placeOf = (event) => event.composedPath().find((each) => each.matches && each.matches("[data-open], a.place"));

  addEventListener(
    "click",
    (event) => {
      const place = placeOf(event);
      if (!place) return;
      event.stopPropagation();
      if (place.dataset.open) open(JSON.parse(place.dataset.open));
    },
    true,
  );
  addEventListener(
    "keydown",
    (event) => {
      if (placeOf(event) && (event.key === "Enter" || event.key === " ")) event.stopPropagation();
    },
    true,
  );
  addEventListener("keydown", (event) => {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.composedPath()[0];
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.nodeName)) return;
    const chosen = [link, button].find((each) => !each.hidden);
    if (chosen) chosen.click();
  });

  document.addEventListener("blogq:told", (event) => {
    if (!host.isConnected) document.documentElement.append(host);
    show(event.detail.edit);
  });
})();
