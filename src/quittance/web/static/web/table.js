// Tables: a click anywhere on a row opens it, and rows are counted as they are ticked.

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("tr[data-href]");
  if (!row || event.defaultPrevented || event.target.closest("a, button, input, label, select, summary")) return;
  if (!getSelection().isCollapsed) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

document.addEventListener("auxclick", (event) => {
  const row = event.target.closest?.("tr[data-href]");
  if (row && event.button === 1 && !event.target.closest("a")) open(row.dataset.href, "_blank", "noopener");
});

// A shade at the right edge tells that columns go on.
const sizes = new ResizeObserver((found) => { for (const one of found) shade(one.target.closest(".scroll")); });

/** Mark a region that has more to its right. */
function shade(region) {
  region?.toggleAttribute("data-more", region.scrollWidth - region.clientWidth - region.scrollLeft > 2);
}

/** Watch the regions of a part of the page. */
function watch(part) {
  for (const region of part.querySelectorAll(".edge > .scroll")) {
    sizes.observe(region);
    sizes.observe(region.firstElementChild);
    region.addEventListener("scroll", () => shade(region), { passive: true });
  }
}

watch(document);
document.addEventListener("htmx:afterSwap", (event) => watch(event.detail.elt?.parentElement ?? document));

let last = null;

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.name !== "chosen") return;
  const boxes = [...box.closest("tbody").querySelectorAll("input[name=chosen]")];
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    count(box);
  }
  last = box;
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement)) return;
  if ("every" in box.dataset) {
    for (const one of box.closest("table").querySelectorAll("input[name=chosen]")) one.checked = box.checked;
  }
  if ("every" in box.dataset || box.name === "chosen") count(box);
});

/** Write how many rows are ticked, and whether the box of all is full, empty or between. */
function count(box) {
  const ledger = box.closest(".ledger");
  const boxes = [...ledger.querySelectorAll("input[name=chosen]")];
  const chosen = boxes.filter((one) => one.checked).length;
  const every = ledger.querySelector("[data-every]");
  if (every) {
    every.checked = chosen > 0 && chosen === boxes.length;
    every.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const said = ledger.querySelector("[data-chosen]");
  if (said) said.textContent = chosen.toLocaleString(document.documentElement.lang);
}
