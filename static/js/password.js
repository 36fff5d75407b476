/** Puts a button beside each password field of a form that shows what is typed, and hides it again before it is sent. */
export function connect(form) {
  const fields = [...form.querySelectorAll('input[type="password"]')];
  const { showLabel, hideLabel } = form.dataset;

  const buttons = fields.map((field) => {
    const row = document.createElement("div");
    const button = document.createElement("button");
    row.className = "password";
    button.className = "password__toggle";
    button.type = "button";
    button.setAttribute("aria-controls", field.id);
    field.replaceWith(row);
    row.append(field, button);

    const show = (visible) => {
      field.type = visible ? "text" : "password";
      button.textContent = visible ? hideLabel : showLabel;
      button.setAttribute("aria-pressed", String(visible));
    };
    button.addEventListener("click", () => {
      show(field.type === "password");
      field.focus();
    });
    show(false);
    return show;
  });

  // A field of type text would be offered by the browser's form history.
  form.addEventListener("submit", () => {
    for (const show of buttons) show(false);
  });
}
