/**
 * A native video that remembers its second, speed and captions, counts what was really watched, and obeys keys:
 * K play or pause, J and L ten seconds, C captions, F whole screen. The first video of a lesson is the one that counts.
 */
import { isShortcut } from "./shortcuts.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const STEP = 10;
const NEAR_END = 5;

function remembered(key, fallback) {
  try {
    return localStorage.getItem(key) ?? fallback;
  } catch {
    return fallback;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

export function connect(root) {
  const video = root.querySelector("video");
  if (!video) return;
  const player = root.closest(".player");
  const isMain = player?.querySelector('[data-controller~="video"]') === root;
  const state = isMain ? player.querySelector("[data-player-state]") : null;

  keepPlace(video, Number(state?.dataset.position ?? 0));
  keepSpeed(root, video);
  keepCaptions(video);
  if (!player || isMain) connectKeys(root, video);
  if (state) connectReports(player, video);
}

function keepPlace(video, second) {
  const go = () => {
    // Whoever had reached the end begins again.
    if (second > 0 && second < video.duration - NEAR_END) video.currentTime = second;
  };
  if (video.readyState >= 1) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
}

function keepSpeed(root, video) {
  const template = document.querySelector("[data-video-tools]");
  const apply = () => (video.playbackRate = Number(remembered("video.speed", "1")) || 1);
  if (template) {
    const tools = template.content.firstElementChild.cloneNode(true);
    const select = tools.querySelector("select");
    for (const speed of SPEEDS) select.add(new Option(`${speed}×`, String(speed)));
    select.value = remembered("video.speed", "1");
    select.addEventListener("change", () => {
      remember("video.speed", select.value);
      apply();
    });
    video.addEventListener("ratechange", () => {
      if (SPEEDS.includes(video.playbackRate)) select.value = String(video.playbackRate);
      remember("video.speed", String(video.playbackRate));
    });
    video.after(tools);
  }
  video.addEventListener("loadedmetadata", apply);
  apply();
}

function keepCaptions(video) {
  const track = [...video.textTracks].find((item) => item.kind === "captions");
  if (!track) return;
  track.mode = remembered("video.captions", "on") === "on" ? "showing" : "hidden";
  video.textTracks.addEventListener("change", () => remember("video.captions", track.mode === "showing" ? "on" : "off"));
}

function connectKeys(root, video) {
  const actions = {
    k: () => (video.paused ? video.play() : video.pause()),
    j: () => (video.currentTime -= STEP),
    l: () => (video.currentTime += STEP),
    c: () => {
      const track = video.textTracks[0];
      if (track) track.mode = track.mode === "showing" ? "hidden" : "showing";
    },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.()),
  };
  document.addEventListener("keydown", (event) => {
    const action = isShortcut(event) && actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function connectReports(player, video) {
  let start = null;
  let last = 0;

  const report = (isUrgent) => {
    const range = start !== null && last > start ? [start, last] : null;
    start = video.paused || video.seeking ? null : video.currentTime;
    const detail = { range, position: video.currentTime, duration: video.duration || null, isPlaying: !video.paused, isUrgent };
    player.dispatchEvent(new CustomEvent("video:report", { detail }));
  };

  video.addEventListener("playing", () => {
    start ??= video.currentTime;
    last = video.currentTime;
  });
  video.addEventListener("timeupdate", () => {
    if (video.seeking || start === null) return;
    const now = video.currentTime;
    // A jump is not watched: what was watched before it ends here.
    if (now < last || now - last > 2 * Math.max(1, video.playbackRate)) {
      report(false);
      start = now;
    }
    last = now;
    if (last - start >= 5) report(false);
  });
  video.addEventListener("seeking", () => report(false));
  for (const name of ["pause", "seeked", "ended"]) video.addEventListener(name, () => report(true));
  player.addEventListener("video:flush", () => {
    if (!video.paused || start !== null) report(false);
  });
}
