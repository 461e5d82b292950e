// The whole page: forms that send themselves, what a screen reader hears, messages, dialogs.

const live = document.getElementById("live");

/** Say a text to a screen reader. */
function say(text) {
  if (!live) return;
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

/** Show a short message with a button that closes it. */
function toast(text) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.toast = "";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button small";
  close.dataset.close = "";
  close.textContent = live?.dataset.close ?? "×";
  box.append(words, close);
  place.append(box);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form && form.reportValidity()) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const close = event.target.closest?.("[data-close]");
  if (close) close.closest("[data-toast]")?.remove();
  const opener = event.target.closest?.("button[commandfor]");
  if (opener && !("command" in HTMLButtonElement.prototype)) {
    const dialog = document.getElementById(opener.getAttribute("commandfor"));
    if (opener.getAttribute("command") === "close") dialog?.close();
    else if (opener.getAttribute("command") === "show-modal") dialog?.showModal();
  }
  if (event.target instanceof HTMLDialogElement && isOutside(event)) event.target.close();
});

/** Whether a click on a dialog fell on the veil around it. */
function isOutside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right
    || event.clientY < box.top || event.clientY > box.bottom;
}

// Empty filters leave no trace in the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const asked = event.detail.parameters;
  for (const name of Object.keys(asked)) if (asked[name] === "") delete asked[name];
});

document.addEventListener("htmx:afterSettle", (event) => {
  const said = event.detail.elt?.dataset?.said ?? event.detail.target?.dataset?.said;
  if (said) say(said);
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => { if (live) toast(live.dataset.failed); });
}
