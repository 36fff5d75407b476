/** Keys that work on every page: "/" goes to the search box, "?" shows the shortcuts. They can be switched off (WCAG 2.1.4). */
const KEY = "shortcuts";
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]";

function enabled() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

/** Tell whether a key press is text meant for a field or belongs to a combination. Other modules use it for their keys. */
export function isTyping(event) {
  return (
    event.defaultPrevented ||
    event.isComposing ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    Boolean(event.target.closest?.(FIELDS))
  );
}

/** Tell whether a single-key shortcut may act on this event. */
export function isShortcut(event) {
  return enabled() && !isTyping(event);
}

function visibleSearch() {
  return [...document.querySelectorAll('[role="search"] input[type="search"]')].find((input) => input.checkVisibility());
}

export function connect() {
  const dialog = document.getElementById("shortcuts");
  const toggle = dialog?.querySelector("[data-shortcuts-toggle]");

  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    if (event.key === "?" && dialog) dialog.showModal();
    else if (event.key === "/") {
      const input = visibleSearch();
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  if (!toggle) return;
  toggle.checked = enabled();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, toggle.checked ? "on" : "off");
    } catch {
      // Storage may be forbidden; shortcuts then stay on.
    }
  });
}
