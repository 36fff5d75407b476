/** Reading an answer from a question's fields and writing it back, in the shapes that the API takes. */
const checked = (fieldset) => [...fieldset.querySelectorAll("input:checked")].map((input) => input.value);
const text = (fieldset) => fieldset.querySelector("input[type=text]");

const kinds = {
  single_choice: {
    read: (fieldset) => checked(fieldset)[0] ?? null,
    values: (answer) => (answer === null ? [] : [answer]),
  },
  multiple_choice: {
    read(fieldset) {
      const values = checked(fieldset);
      return values.length ? values : null;
    },
    values: (answer) => answer ?? [],
  },
  true_false: {
    read(fieldset) {
      const [value] = checked(fieldset);
      return value === undefined ? null : value === "true";
    },
    values: (answer) => (answer === null ? [] : [String(answer)]),
  },
};

export function readAnswer(fieldset) {
  const kind = kinds[fieldset.dataset.kind];
  return kind ? kind.read(fieldset) : text(fieldset).value.trim() || null;
}

export function writeAnswer(fieldset, answer) {
  const kind = kinds[fieldset.dataset.kind];
  if (!kind) {
    text(fieldset).value = answer ?? "";
    return;
  }
  const values = kind.values(answer);
  for (const input of fieldset.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    input.checked = values.includes(input.value);
  }
}
