/**
 * Connects behaviour to markup: each name in a data-controller attribute loads the module of that name once and calls its
 * connect(element). Names are literal imports so that hashed file names survive collectstatic.
 */
const controllers = {
  certificate: () => import("./certificate.js"),
  copy: () => import("./copy.js"),
  dialog: () => import("./dialog.js"),
  disclosure: () => import("./disclosure.js"),
  embed: () => import("./embed.js"),
  live: () => import("./live.js"),
  menu: () => import("./menu.js"),
  notifications: () => import("./notifications.js"),
  outline: () => import("./outline.js"),
  player: () => import("./player.js"),
  quiz: () => import("./quiz.js"),
  shortcuts: () => import("./shortcuts.js"),
  slides: () => import("./slides.js"),
  suggest: () => import("./suggest.js"),
  tabs: () => import("./tabs.js"),
  theme: () => import("./theme.js"),
  toast: () => import("./toast.js"),
  video: () => import("./video.js"),
};

const connected = new WeakMap();

async function connect(element, name) {
  const names = connected.get(element) ?? new Set();
  if (names.has(name) || !controllers[name]) return;
  names.add(name);
  connected.set(element, names);
  try {
    const module = await controllers[name]();
    if (element.isConnected) module.connect(element);
  } catch (error) {
    console.error(`Controller "${name}" failed`, error);
  }
}

function scan(root) {
  const elements = [...root.querySelectorAll("[data-controller]")];
  if (root.matches?.("[data-controller]")) elements.unshift(root);
  for (const element of elements) {
    for (const name of element.dataset.controller.split(/\s+/)) connect(element, name);
  }
}

// Buttons that open a <dialog> by id work everywhere, also in fragments that arrive later.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
});

scan(document);
document.addEventListener("htmx:load", (event) => scan(event.detail.elt));
