/** Brings the current tab into view where the row of tabs is wider than the screen. */
export function connect(root) {
  const list = root.querySelector(".tabs__list");
  const current = list?.querySelector("[aria-current]");
  if (!current || list.scrollWidth <= list.clientWidth) return;
  const [outer, inner] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
  list.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}
