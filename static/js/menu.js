/** Lets a <details> menu close the way menus do: Escape, a click elsewhere, or the focus moving on. */
export function connect(root) {
  const summary = root.querySelector("summary");

  const onPointer = (event) => {
    if (!root.contains(event.target)) root.open = false;
  };

  root.addEventListener("toggle", () => {
    document[root.open ? "addEventListener" : "removeEventListener"]("pointerdown", onPointer);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return;
    event.stopPropagation();
    root.open = false;
    summary.focus();
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) root.open = false;
  });
}
