// Notes: after an @, the colleagues whose name begins so; arrows to walk the list, Enter to take one.

const CALL = /@([\p{L}\p{M}' .-]{0,40})$/u;

/** A text without accents or case. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

for (const field of document.querySelectorAll("textarea[data-mentions]")) {
  const list = document.getElementById(field.dataset.mentions);
  if (list) offer(field, list);
}

/** Let a list of colleagues stand by a field. */
function offer(field, list) {
  const every = [...list.querySelectorAll("[role=option]")];
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  const shown = () => every.filter((one) => !one.hidden);
  const current = () => list.querySelector("[aria-selected=true]");

  const choose = (option) => {
    current()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = () => { list.hidden = true; choose(null); };
  const take = (option) => {
    const before = field.value.slice(0, field.selectionStart).replace(CALL, `@${option.dataset.name} `);
    field.setRangeText(before, 0, field.selectionStart, "end");
    close();
    field.focus();
  };

  field.addEventListener("input", () => {
    const call = CALL.exec(field.value.slice(0, field.selectionStart));
    for (const one of every) one.hidden = !call || !plain(one.dataset.name).startsWith(plain(call[1]));
    list.hidden = !shown().length;
    choose(shown()[0]);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const found = shown();
    const place = found.indexOf(current());
    if (event.key === "ArrowDown") choose(found[(place + 1) % found.length]);
    else if (event.key === "ArrowUp") choose(found[(place <= 0 ? found.length : place) - 1]);
    else if ((event.key === "Enter" || event.key === "Tab") && current()) take(current());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
