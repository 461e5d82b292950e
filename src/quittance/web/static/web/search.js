// The search of everything: a list under the field, arrows to walk it, Enter to open.

const field = document.getElementById("search");
const list = document.getElementById("found");

if (field && list) {
  const options = () => [...list.querySelectorAll("[role=option][data-href]")];
  const current = () => list.querySelector("[aria-selected=true]");

  const choose = (option) => {
    current()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === field && field.value.trim().length < 2) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === list && document.activeElement !== field) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list) return;
    field.setAttribute("aria-expanded", String(list.childElementCount > 0));
    field.removeAttribute("aria-activedescendant");
  });
  field.addEventListener("keydown", (event) => {
    const found = options();
    const place = found.indexOf(current());
    if (event.key === "ArrowDown" && found.length) choose(found[(place + 1) % found.length]);
    else if (event.key === "ArrowUp" && found.length) choose(found[(place <= 0 ? found.length : place) - 1]);
    else if (event.key === "Enter" && place >= 0) location.assign(found[place].dataset.href);
    else if (event.key === "Escape" && field.getAttribute("aria-expanded") === "true") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option][data-href]");
    if (!option) return;
    if (event.ctrlKey || event.metaKey) open(option.dataset.href, "_blank", "noopener");
    else location.assign(option.dataset.href);
  });
}
