// The page for searching. Pagefind, and the parts of the index that a word needs, are loaded when somebody searches.
const form = document.querySelector("form.search");
const input = form.elements.q;
const list = document.querySelector(".results");
const status = document.querySelector(".found");
const further = document.querySelector(".further");
const AT_ONCE = 10;
const SIGNS = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'", "#x27": "'" };
let engine;
let turn = 0;
let left = [];

const load = () =>
  (engine ??= import(new URL(`${form.dataset.index}pagefind.js`, location.href)).then(async (it) => {
    await it.options({ baseUrl: form.dataset.base, excerptLength: 24 });
    await it.init();
    return it;
  }));

// An excerpt is escaped text with <mark> in it. It becomes text again, never HTML.
const plain = (text) => text.replace(/&(lt|gt|quot|amp|#39|#x27);/g, (_, name) => SIGNS[name]);
const excerpt = (text) => {
  const paragraph = document.createElement("p");
  text.split(/<mark>(.*?)<\/mark>/s).forEach((part, at) => {
    if (at % 2) {
      const mark = document.createElement("mark");
      mark.textContent = plain(part);
      paragraph.append(mark);
    } else paragraph.append(plain(part));
  });
  return paragraph;
};

const link = (address, title) => {
  const to = document.createElement("a");
  const url = new URL(address, location.href);
  to.href = url.origin === location.origin ? url.href : "#";
  to.textContent = title || url.pathname;
  return to;
};

const result = (data) => {
  const item = document.createElement("li");
  const heading = document.createElement("h2");
  heading.append(link(data.url, data.meta.title));
  item.append(heading, excerpt(data.excerpt));
  const parts = data.sub_results.filter((part) => part.url !== data.url).slice(0, 3);
  if (parts.length) {
    const below = document.createElement("ul");
    for (const part of parts) {
      const line = document.createElement("li");
      line.append(link(part.url, part.title));
      below.append(line);
    }
    item.append(below);
  }
  return item;
};

const more = async (mine) => {
  const some = await Promise.all(left.splice(0, AT_ONCE).map((each) => each.data()));
  if (mine !== turn) return;
  const items = some.map(result);
  list.append(...items);
  further.hidden = !left.length;
  return items[0];
};

const search = async () => {
  const mine = ++turn;
  const asked = input.value.trim();
  history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
  if (!asked) {
    list.replaceChildren();
    status.textContent = "";
    further.hidden = true;
    return;
  }
  try {
    const found = (await (await load()).search(asked)).results;
    if (mine !== turn) return;
    list.replaceChildren();
    left = found;
    const count = found.length.toLocaleString(document.documentElement.lang);
    status.textContent = found.length ? `${form.dataset.found}: ${count}` : form.dataset.none;
    await more(mine);
  } catch {
    engine = undefined;
    if (mine === turn) status.textContent = form.dataset.failed;
  }
};

let pause;
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, 250);
});
input.addEventListener("focus", () => load().catch(() => (engine = undefined)), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
further.addEventListener("click", async () => (await more(turn))?.querySelector("a").focus());

for (const each of form.elements) each.disabled = false;
input.value = new URLSearchParams(location.search).get("q") ?? "";
if (input.value) search();
