/** Copies the text of [data-copy-source], or the value of a field in it, and says so for two seconds. */
export function connect(root) {
  const button = root.querySelector("[data-copy]");
  const label = root.querySelector("[data-copy-label]");
  const source = root.querySelector("[data-copy-source]");
  const words = label.textContent;

  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.innerText.trim());
    label.textContent = button.dataset.copiedLabel;
    setTimeout(() => {
      label.textContent = words;
    }, 2000);
  });
}
