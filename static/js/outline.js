/** Hides and shows the player's outline on wide screens and remembers the choice; brings the current lesson into view. */
const KEY = "outline";

export function connect(root) {
  const toggle = document.querySelector("[data-outline-toggle]");
  const panel = root.querySelector("[popover]");

  const show = (visible) => {
    root.classList.toggle("player--focus", !visible);
    toggle?.setAttribute("aria-pressed", String(visible));
  };
  const reveal = () => {
    const current = panel?.querySelector('[aria-current="page"]');
    if (current) panel.scrollTop = current.offsetTop - panel.clientHeight / 3;
  };

  toggle?.addEventListener("click", () => {
    const visible = root.classList.contains("player--focus");
    show(visible);
    try {
      localStorage.setItem(KEY, visible ? "shown" : "hidden");
    } catch {
      // Storage may be forbidden; the choice then lasts for this page.
    }
  });
  panel?.addEventListener("toggle", reveal);

  try {
    show(localStorage.getItem(KEY) !== "hidden");
  } catch {
    show(true);
  }
  reveal();
}
