// Puts what a link with data-embed leads to in the link's place, once it is clicked; until then nothing is loaded.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-embed]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!link.dataset.embed.startsWith("https://")) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.title = link.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = link.dataset.embed;
  link.replaceWith(frame);
  frame.focus();
});
