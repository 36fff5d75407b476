/** Shows the chosen photo before it is sent, and says at once when the file is too large. */
export function connect(form) {
  const input = form.querySelector('input[type="file"]');
  const message = form.querySelector("[data-avatar-error]");
  const preview = document.querySelector("[data-avatar-preview] .avatar");
  const before = [...preview.childNodes];
  let address = "";

  input.addEventListener("change", () => {
    const [file] = input.files;
    const tooLarge = Boolean(file) && file.size > Number(form.dataset.maxBytes);
    message.hidden = !tooLarge;
    message.textContent = tooLarge ? form.dataset.tooLarge : "";
    if (address) URL.revokeObjectURL(address);
    address = "";
    if (tooLarge) input.value = "";
    if (!file || tooLarge) {
      preview.replaceChildren(...before);
      return;
    }
    address = URL.createObjectURL(file);
    const image = new Image(96, 96);
    image.alt = "";
    image.src = address;
    image.addEventListener("error", () => preview.replaceChildren(...before));
    preview.replaceChildren(image);
  });
}
