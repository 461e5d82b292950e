// Rows that open in place: the button of a row fetches the rows under it, or takes them away.

/** The rows that a row opened, however deep. */
function below(row) {
  const level = Number(row.dataset.level ?? 0);
  const found = [];
  for (let next = row.nextElementSibling; next && Number(next.dataset.level ?? 0) > level; next = next.nextElementSibling) found.push(next);
  return found;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-more]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  const row = button.closest("tr");
  if (button.getAttribute("aria-expanded") === "true") {
    for (const one of below(row)) one.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.dataset.more, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    row.after(made.content);
    button.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(row.dataset.href ?? location.href);
  } finally {
    button.removeAttribute("aria-busy");
  }
});
