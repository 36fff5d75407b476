import { keepList, loadList } from "./quiz_store.js";

/** The map of questions: which are answered, flagged and in view. Flags are notes to oneself, kept on this device. */
export function connectMap(root, fieldsets, attempt) {
  const key = `quiz-flags:${attempt}`;
  const flags = new Set(loadList(key));
  const answered = new Set();
  const links = new Map([...root.querySelectorAll("[data-map-link]")].map((link) => [link.dataset.mapLink, link]));
  const { textAnswered, textOpen, textFlagged } = root.dataset;

  function draw(id) {
    const link = links.get(id);
    link.classList.toggle("question-map__link--answered", answered.has(id));
    link.classList.toggle("question-map__link--flagged", flags.has(id));
    const states = [answered.has(id) ? textAnswered : textOpen, ...(flags.has(id) ? [textFlagged] : [])];
    link.querySelector("[data-map-state]").textContent = `, ${states.join(", ")}`;
    fieldsets.get(id).querySelector("[data-flag]").setAttribute("aria-pressed", String(flags.has(id)));
  }

  for (const [id, fieldset] of fieldsets) {
    if (links.get(id).classList.contains("question-map__link--answered")) answered.add(id);
    fieldset.querySelector("[data-flag]").addEventListener("click", () => {
      if (!flags.delete(id)) flags.add(id);
      keepList(key, [...flags]);
      draw(id);
    });
    draw(id);
  }

  const inView = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.add(target.dataset.question);
        else inView.delete(target.dataset.question);
      }
      const current = [...fieldsets.keys()].find((id) => inView.has(id));
      for (const [id, link] of links) {
        if (id === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-20% 0px -45% 0px" },
  );
  for (const fieldset of fieldsets.values()) observer.observe(fieldset);

  return {
    answered(id, isAnswered) {
      if (isAnswered) answered.add(id);
      else answered.delete(id);
      draw(id);
    },
  };
}
