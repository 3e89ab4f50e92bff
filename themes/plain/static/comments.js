// Makes "answer" links fill in whom a comment answers, and sends the form to Isso, which takes JSON alone.
const form = document.querySelector("form.reply");
const said = form.querySelector("[role=status]");
const parent = form.querySelector("[data-parent]");
const to = form.querySelector("[data-to]");
const isso = form.dataset.server === "isso";
form.querySelector("fieldset").disabled = false;

const answer = (link) => {
  parent.value = link ? link.dataset.answer : "";
  to.textContent = link ? link.textContent : "";
  to.hidden = !link;
};

document.getElementById("comments").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-answer]");
  if (!link) return;
  event.preventDefault();
  answer(link);
  form.scrollIntoView();
  form.querySelector("textarea").focus();
});

form.addEventListener("submit", async (event) => {
  if (!isso) return;
  event.preventDefault();
  const { text, author, email, website } = Object.fromEntries(new FormData(form));
  const body = { text, author, email, website: website || null, title: document.title, notification: 0 };
  body.parent = parent.value ? Number(parent.value) : null;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const headers = { "Content-Type": "application/json" };
    const answered = await fetch(form.action, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answered.ok) throw new Error(answered.status);
    said.textContent = answered.status === 202 ? form.dataset.held : form.dataset.sent;
    form.reset();
    answer();
  } catch {
    said.textContent = form.dataset.failed;
  }
  button.disabled = false;
});
