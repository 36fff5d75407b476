/** Slides scroll by themselves; this adds buttons, arrow keys and the position. */
export function connect(root) {
  const track = root.querySelector("[data-slides-track]");
  const slides = [...root.querySelectorAll("[data-slide]")];
  const previous = root.querySelector("[data-slides-previous]");
  const next = root.querySelector("[data-slides-next]");
  const position = root.querySelector("[data-slides-position]");
  let current = 0;

  const show = (index) => {
    current = index;
    position.textContent = `${index + 1} / ${slides.length}`;
    previous.disabled = index === 0;
    next.disabled = index === slides.length - 1;
  };

  const go = (index) => {
    const slide = slides[Math.max(0, Math.min(slides.length - 1, index))];
    // Relative to where both are now, which holds in right-to-left too, where scrollLeft is negative.
    track.scrollBy({ left: slide.getBoundingClientRect().left - track.getBoundingClientRect().left });
  };

  previous.addEventListener("click", () => go(current - 1));
  next.addEventListener("click", () => go(current + 1));
  track.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(track).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const steps = { ArrowRight: -1, ArrowLeft: -1, [forward]: 1 };
    const target = { Home: 0, End: slides.length - 1 }[event.key] ?? (event.key in steps ? current + steps[event.key] : null);
    if (target === null || event.target !== track) return;
    event.preventDefault();
    go(target);
  });

  const observer = new IntersectionObserver(
    (entries) => {
      const visible = entries.find((entry) => entry.isIntersecting);
      if (visible) show(slides.indexOf(visible.target));
    },
    { root: track, threshold: 0.6 },
  );
  for (const slide of slides) observer.observe(slide);
  show(0);
}
