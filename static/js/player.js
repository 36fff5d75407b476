/**
 * Saves what a learner does in a unit: active time and, told by video.js, position and watched ranges. At most one request
 * every five seconds, the rest by beacon when the page is left. Also the keys N and P.
 */
import { isShortcut } from "./shortcuts.js";

const MIN_GAP = 5000;
const REGULAR_GAP = 15000;
const IDLE_AFTER = 90000;

export function connect(root) {
  connectKeys();
  const state = root.querySelector("[data-player-state]");
  if (state) connectSaving(root, state);
}

function connectKeys() {
  const rows = document.querySelector("[data-player-shortcuts]");
  if (rows) document.querySelector("dialog [data-shortcuts]")?.append(rows.content.cloneNode(true));
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    const direction = { n: "next", p: "prev" }[event.key.toLowerCase()];
    if (direction) document.querySelector(`.player-bar a[rel="${direction}"]`)?.click();
  });
}

function connectSaving(root, state) {
  const report = { active: 0, watched: [], position: null, duration: null };
  let lastSave = Date.now();
  let lastInput = Date.now();
  let isPlaying = false;
  let isSaving = false;
  let isStopped = false;

  const hasNews = () => report.active > 0 || report.watched.length > 0 || report.position !== null;

  const take = () => {
    const body = { active_seconds: report.active };
    if (report.watched.length) body.watched = report.watched.slice(0, 200);
    if (report.position !== null) body.position_seconds = report.position;
    if (report.duration) body.duration_seconds = report.duration;
    Object.assign(report, { active: 0, watched: [], position: null });
    return body;
  };

  const giveBack = (body) => {
    report.active += body.active_seconds;
    report.watched.unshift(...(body.watched ?? []));
    report.position ??= body.position_seconds ?? null;
  };

  const save = async () => {
    if (isSaving || isStopped || !hasNews()) return;
    isSaving = true;
    lastSave = Date.now();
    const body = take();
    try {
      const response = await fetch(state.dataset.progressUrl, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRFToken": state.dataset.csrf },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw response;
      show("saved");
      update(state, await response.json());
    } catch (problem) {
      // What can never succeed is not sent again and again: signed out, no longer enrolled, refused.
      if (problem instanceof Response && problem.status < 500 && problem.status !== 429) isStopped = true;
      else giveBack(body);
      show("failed");
    } finally {
      isSaving = false;
    }
  };

  const soon = () => {
    const wait = Math.max(0, MIN_GAP - (Date.now() - lastSave));
    clearTimeout(soon.timer);
    soon.timer = setTimeout(save, wait);
  };

  for (const name of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) {
    addEventListener(name, () => (lastInput = Date.now()), { passive: true });
  }
  setInterval(() => {
    const isHere = document.visibilityState === "visible" && (isPlaying || Date.now() - lastInput < IDLE_AFTER);
    if (isHere) report.active += 1;
    if (hasNews() && Date.now() - lastSave >= REGULAR_GAP) save();
  }, 1000);

  root.addEventListener("video:report", ({ detail }) => {
    isPlaying = detail.isPlaying;
    report.position = detail.position;
    report.duration = detail.duration;
    if (detail.range) report.watched.push(detail.range);
    if (detail.isUrgent) soon();
  });

  addEventListener("pagehide", () => {
    root.dispatchEvent(new CustomEvent("video:flush"));
    if (isStopped || !hasNews()) return;
    const form = new FormData();
    form.append("csrfmiddlewaretoken", state.dataset.csrf);
    form.append("report", JSON.stringify(take()));
    navigator.sendBeacon(state.dataset.beaconUrl, form);
  });
}

function show(outcome) {
  const element = document.querySelector("[data-player-saved]");
  if (!element) return;
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format();
  const text = outcome === "saved" ? `${element.dataset.savedLabel} ${time}` : element.dataset.failedLabel;
  element.classList.toggle("player-saved--failed", outcome !== "saved");
  element.hidden = false;
  // A screen reader hears a change only when it is one.
  if (element.textContent !== text) element.textContent = text;
}

function update(state, saved) {
  const share = document.querySelector("[data-player-share]");
  if (share && state.dataset.rule === "video" && saved.duration_seconds) {
    const seconds = saved.watched.reduce((sum, [from, to]) => sum + to - from, 0);
    share.textContent = `${Math.min(100, Math.floor((100 * seconds) / saved.duration_seconds))} %`;
  }
  if (!saved.is_completed || state.dataset.completed === "true") return;
  state.dataset.completed = "true";
  // The rule is met: fetch button, outline and progress anew. Completing twice is completing once.
  globalThis.htmx?.ajax("POST", state.dataset.completeUrl, {
    source: document.body,
    target: "#completion",
    swap: "outerHTML",
  });
}
