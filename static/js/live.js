/**
 * Keeps the progress bars of the dashboard up to date over a socket. The page is true without it: a reload shows the same.
 * Bars are [data-course-progress="<uuid>"].
 */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60000;
const NOT_SIGNED_IN = 4401;

export function connect(root) {
  let wait = FIRST_WAIT;
  let isGone = false;

  const open = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${root.dataset.livePath}`);
    socket.addEventListener("open", () => (wait = FIRST_WAIT));
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "update") apply(root, message.charts.course_progress?.courses ?? []);
    });
    socket.addEventListener("close", ({ code }) => {
      if (isGone || code === NOT_SIGNED_IN || !root.isConnected) return;
      setTimeout(open, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
    addEventListener("pagehide", () => {
      isGone = true;
      socket.close();
    }, { once: true });
  };
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isGone = false;
    open();
  });
  open();
}

function apply(root, courses) {
  for (const { uuid, done, required, percent } of courses) {
    for (const element of root.querySelectorAll(`[data-course-progress="${CSS.escape(uuid)}"]`)) {
      const bar = element.querySelector("progress");
      const text = element.querySelector(".progress__text span");
      if (bar) bar.value = percent;
      // The words are the server's, so that they are in its language; only the numbers change.
      if (text) text.textContent = replaceNumbers(text.textContent, [done, required]);
    }
  }
}

function replaceNumbers(text, numbers) {
  let index = 0;
  return text.replace(/\d+/g, (found) => String(numbers[index++] ?? found));
}
