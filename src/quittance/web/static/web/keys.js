// The keyboard. Everything here can also be reached with Tab.

let waits = false;

/** Whether the key is for the element that has the focus, not for us. */
function isTyping(target) {
  return target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

/** The table one is in, else the first of the page. */
function table() {
  return document.activeElement?.closest("table[data-rows]") ?? document.querySelector("table[data-rows]");
}

/** Move to the row after or before; the row's link takes the focus, so that Enter opens it. */
function move(step) {
  const rows = [...(table()?.tBodies ?? [])].flatMap((body) => [...body.rows]);
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement?.closest("tr"));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  const place = next.querySelector("th a[href]") ?? next.querySelector("a[href], input");
  if (place) place.focus({ preventScroll: true });
  else { next.tabIndex = -1; next.focus({ preventScroll: true }); }
  next.scrollIntoView({ block: "nearest" });
}

/** Press what a selector finds. */
function press(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  found?.click();
}

const deeds = {
  "/": () => { const field = document.getElementById("search") ?? document.querySelector("[data-filter]"); field?.focus(); field?.select(); },
  "?": () => document.getElementById("help")?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement?.closest("tr")?.querySelector("input[name=chosen]")?.click(),
  o: () => document.activeElement?.closest("tr")?.querySelector("button[data-more]")?.click(),
  f: () => { const field = document.querySelector("[data-filter]"); field?.focus(); field?.select(); },
  n: () => document.querySelector(".pager [rel=next]")?.click(),
  b: () => document.querySelector(".pager [rel=prev]")?.click(),
  e: () => press("[data-export]"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
  if (document.documentElement.dataset.keys === "off") return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (waits) {
    waits = false;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); location.assign(link.href); }
    return;
  }
  if (event.key === "g") { waits = true; setTimeout(() => { waits = false; }, 1500); return; }
  const deed = deeds[event.key];
  if (deed) { event.preventDefault(); deed(); }
});
