/**
 * A group of <details>: a [data-disclosure-all] button opens or closes them all, the browser's find-in-page and links to an
 * id inside open the right one, and printing shows everything.
 */
export function connect(root) {
  const items = [...root.querySelectorAll("details")];
  const button = root.querySelector("[data-disclosure-all]");

  const openTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target || !root.contains(target)) return;
    for (let node = target; node && node !== root; node = node.parentElement) {
      if (node.matches("details")) node.open = true;
    }
  };

  const label = () => {
    if (!button) return;
    const allOpen = items.every((item) => item.open);
    button.setAttribute("aria-expanded", String(allOpen));
    button.textContent = allOpen ? button.dataset.closeLabel : button.dataset.openLabel;
  };

  button?.addEventListener("click", () => {
    const open = !items.every((item) => item.open);
    for (const item of items) item.open = open;
  });
  for (const item of items) item.addEventListener("toggle", label);

  let closedForPrint = [];
  addEventListener("beforeprint", () => {
    closedForPrint = items.filter((item) => !item.open);
    for (const item of closedForPrint) item.open = true;
  });
  addEventListener("afterprint", () => {
    for (const item of closedForPrint) item.open = false;
  });
  addEventListener("hashchange", openTarget);
  openTarget();
  label();
}
