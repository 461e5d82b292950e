// The place to drop files: the field lies over it, so dropping works by itself; this shows names.

for (const name of ["dragenter", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const place = event.target.closest?.("[data-drop]");
    place?.classList.toggle("is-over", name === "dragenter");
  });
}

document.addEventListener("change", (event) => {
  const place = event.target.closest?.("[data-drop]");
  if (!place || event.target.type !== "file") return;
  const lang = document.documentElement.lang;
  const sizes = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const rows = [...event.target.files].map((file) => {
    const row = document.createElement("li");
    const [size, unit] = file.size < 2 ** 20 ? [file.size / 2 ** 10, "K"] : [file.size / 2 ** 20, "M"];
    row.textContent = `${file.name} · ${sizes.format(size)} ${unit}${lang === "fr" ? "io" : "B"}`;
    return row;
  });
  place.querySelector(".chosen").replaceChildren(...rows);
});
