/**
 * Toasts. Server messages are in the page already; scripts and HX-Trigger headers add more:
 * {"toast": {"text": "Note deleted", "level": "success", "undo_url": "/notes/1/restore/"}}.
 * A failed htmx request says so too. Errors stay until dismissed, others for some seconds and never while pointed at or focused.
 */
const SECONDS = 8;

function keepFor(toast, seconds) {
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), seconds * 1000);
  };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

function arrange(toast) {
  if (!toast.classList.contains("toast--error")) keepFor(toast, SECONDS);
}

function build(template, { text, level = "info", undo_url: undoUrl }) {
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.classList.replace("toast--info", `toast--${level}`);
  toast.querySelector("[data-toast-text]").textContent = text;
  if (undoUrl) {
    const undo = toast.querySelector("[data-toast-undo]");
    undo.hidden = false;
    undo.addEventListener("click", () => {
      toast.remove();
      // The source is <body>, so that the CSRF header of the page goes with it.
      globalThis.htmx?.ajax("POST", undoUrl, { source: document.body, target: document.body, swap: "none" });
    });
  }
  return toast;
}

export function connect(root) {
  const list = root.querySelector("[data-toast-list]");
  const template = root.querySelector("[data-toast-template]");

  root.addEventListener("click", (event) => {
    event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
  });
  document.addEventListener("toast", (event) => {
    const toast = build(template, event.detail);
    list.append(toast);
    arrange(toast);
  });
  const tell = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));
  document.addEventListener("htmx:responseError", () => tell(root.dataset.errorText));
  document.addEventListener("htmx:sendError", () => tell(root.dataset.offlineText));
  for (const toast of list.querySelectorAll("[data-toast]")) arrange(toast);
}
