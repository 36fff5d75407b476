/**
 * Keeps the bell and the list up to date while a page is open. One socket per page, whatever is connected to it; without
 * it everything works by reload. Messages: {"type": "unread", "count"}, {"type": "notification", "title", "url", …}.
 */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const NOT_SIGNED_IN = 4401;

const lists = new Set();
let socket;
let wait = FIRST_WAIT;
let timer;

function showCount(count) {
  for (const badge of document.querySelectorAll("[data-unread-count]")) {
    if (!count) {
      badge.replaceChildren();
      continue;
    }
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = ` ${badge.dataset.unreadLabel ?? "unread"}`;
    badge.replaceChildren(count > 99 ? "99+" : String(count), words);
  }
}

function refreshLists() {
  for (const list of lists) {
    if (!list.isConnected) lists.delete(list);
    // Never under the hands of somebody who is about to press a button in it.
    else if (!list.contains(document.activeElement)) {
      globalThis.htmx?.ajax("GET", location.pathname + location.search, { source: list, target: list, swap: "outerHTML" });
    }
  }
}

function onMessage(event) {
  const message = JSON.parse(event.data);
  wait = FIRST_WAIT;
  if (message.type === "unread") showCount(message.count);
  if (message.type === "notification") {
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: message.title, level: "info" } }));
    refreshLists();
  }
}

function open() {
  clearTimeout(timer);
  if (socket && socket.readyState <= WebSocket.OPEN) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/notifications/`);
  socket.addEventListener("message", onMessage);
  socket.addEventListener("close", ({ code }) => {
    if (code === NOT_SIGNED_IN) return;
    // Spread over time, so that a restarted server is not called by everybody at once.
    timer = setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
}

function tellRead(link) {
  const uuid = link.dataset.notificationLink;
  const form = link.closest(".notification").querySelector("form");
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "read", uuid }));
  else if (form) {
    const body = new FormData(form);
    body.set("quiet", "1");
    fetch(form.action, { method: "POST", body, keepalive: true });
  }
}

export function connect(root) {
  open();
  if (!root.matches("[data-notification-list]")) return;
  lists.add(root);
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-notification-link]");
    if (link?.closest(".notification--unread")) tellRead(link);
  });
}

addEventListener("online", () => socket && open());
addEventListener("pageshow", (event) => event.persisted && socket && open());
