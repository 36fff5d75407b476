/** Closes a modal <dialog> by a click on its backdrop; opening, Escape and focus are the browser's own. */
export function connect(root) {
  root.addEventListener("click", (event) => {
    if (event.target === root) root.close();
  });
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-dialog]")) root.close();
  });
}
