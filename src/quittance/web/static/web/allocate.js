// Allocating: what is left is counted as amounts are typed; a ticked row takes as much as fits.

const form = document.querySelector("form[data-allocate]");

if (form) {
  const lang = document.documentElement.lang;
  const money = new Intl.NumberFormat(lang, { style: "currency", currency: form.dataset.currency });
  const digits = money.resolvedOptions().maximumFractionDigits;
  const plain = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
  const whole = Number(form.dataset.left);
  const fields = [...form.querySelectorAll("input.amount")];
  const rest = form.querySelector("[data-rest]");
  const button = form.querySelector("button.primary");

  /** An amount in minor units; 0 for an empty field, NaN for what cannot be read in one way. */
  const minor = (text) => {
    let bare = text.replace(/\s/g, "");
    if (!bare) return 0;
    const [comma, point] = [bare.lastIndexOf(","), bare.lastIndexOf(".")];
    if (comma >= 0 && point >= 0) bare = bare.replaceAll(comma > point ? "." : ",", "");
    const found = /^(\d+)(?:[.,](\d*))?$/.exec(bare);
    if (!found || (found[2] ?? "").length > digits) return NaN;
    return Number(found[1] + (found[2] ?? "").padEnd(digits, "0"));
  };
  const typed = (amount) => plain.format(amount / 10 ** digits);
  const sum = (but) => fields.reduce((all, one) => all + (one === but ? 0 : minor(one.value) || 0), 0);

  const count = () => {
    let wrong = false;
    for (const one of fields) {
      const amount = minor(one.value);
      const bad = Number.isNaN(amount) || amount > Number(one.dataset.open);
      one.setAttribute("aria-invalid", String(bad));
      wrong ||= bad;
      const box = one.closest("tr").querySelector("[data-pick]");
      if (box) box.checked = amount > 0;
    }
    const left = whole - sum(null);
    if (rest) {
      rest.textContent = money.format(left / 10 ** digits);
      rest.classList.toggle("negative", left < 0);
    }
    if (button) button.disabled = wrong || left < 0 || left === whole;
  };

  form.addEventListener("input", (event) => { if (event.target.matches(".amount")) count(); });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick]")) return;
    const field = event.target.closest("tr").querySelector("input.amount");
    const fits = Math.max(0, Math.min(Number(field.dataset.open), whole - sum(field)));
    field.value = event.target.checked && fits ? typed(fits) : "";
    count();
  });
  form.addEventListener("focusin", (event) => { if (event.target.matches(".amount")) event.target.select(); });
  if (button) count();
}
