/** Search suggestions: arrow keys walk from the box through the links below it, Escape and leaving close them. */
export function connect(root) {
  const input = root.querySelector("input[type=search]");
  const results = root.querySelector("[aria-live]");
  const close = () => results.replaceChildren();

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && results.childElementCount) {
      event.preventDefault();
      event.stopPropagation();
      close();
      input.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...results.querySelectorAll("a[href]")];
    if (!step || stops.length < 2) return;
    event.preventDefault();
    const next = (stops.indexOf(document.activeElement) + step + stops.length) % stops.length;
    stops[next].focus();
  });
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) close();
  });
  input.addEventListener("input", () => {
    if (!input.value.trim()) close();
  });
}
