// Gives each block of code a button that copies it. Where a page may not write to the clipboard, there are no buttons.
(() => {
  const words = document.currentScript.dataset;
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll(".text pre")) {
    let box = code.closest(".highlight");
    if (!box) {
      box = document.createElement("div");
      box.className = "highlight";
      code.replaceWith(box);
      box.append(code);
    }
    const button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = words.copy;
    button.ariaLive = "polite";
    button.onclick = async () => {
      await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ""));
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    };
    box.append(button);
  }
})();
