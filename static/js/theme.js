/** The theme switch: system, light or dark, kept in this browser. Every switch on the page shows the same state. */
const KEY = "theme";
const CHANGED = "portal:theme";

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return document.documentElement.dataset.theme ?? "system";
  }
}

function apply(value) {
  const root = document.documentElement;
  if (value === "system") delete root.dataset.theme;
  else root.dataset.theme = value;
  try {
    if (value === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
  document.dispatchEvent(new CustomEvent(CHANGED, { detail: value }));
}

export function connect(root) {
  const options = root.querySelectorAll("[data-theme-value]");
  const show = (value) => {
    for (const option of options) option.setAttribute("aria-pressed", String(option.dataset.themeValue === value));
  };

  root.addEventListener("click", (event) => {
    const option = event.target.closest("[data-theme-value]");
    if (option) apply(option.dataset.themeValue);
  });
  document.addEventListener(CHANGED, (event) => show(event.detail));
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(event.newValue ?? "system");
  });
  show(stored());
}
