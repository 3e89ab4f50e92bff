// Shows the entry of this page in a long list, and lets "/" lead to the field for searching.
(() => {
  const list = document.querySelector("header.site");
  const here = list.querySelector("nav [aria-current]");
  if (here && list.scrollHeight > list.clientHeight) {
    const past = here.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom + 64;
    if (past > 0) list.scrollTop = past + list.clientHeight / 3;
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("#seek, #q");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
