/** Counts down to the server's deadline by the server's clock, and announces 10, 5 and 1 minutes politely. */
const MARKS = [10, 5, 1];

const twoDigits = (number) => String(number).padStart(2, "0");

function format(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = twoDigits(seconds % 60);
  return hours ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

export function startTimer(root, { deadline, now, minutes, minute, onOver }) {
  const timer = root.querySelector("[data-timer]");
  const text = timer.querySelector("[data-timer-text]");
  const live = timer.querySelector("[data-timer-live]");
  const end = new Date(deadline).getTime();
  let before = Infinity;

  function tick() {
    const left = Math.max(0, Math.ceil((end - now()) / 1000));
    text.textContent = format(left);
    timer.classList.toggle("timer--soon", left <= 300 && left > 60);
    timer.classList.toggle("timer--last", left <= 60);
    const mark = MARKS.find((value) => left <= value * 60 && before > value * 60 && left > (value - 1) * 60);
    if (mark && before !== Infinity) live.textContent = mark === 1 ? minute : minutes.replace("{n}", mark);
    before = left;
    if (left === 0) {
      clearInterval(clock);
      onOver();
    }
  }

  // Looking at the clock each time, not counting ticks: a sleeping tab misses ticks.
  const clock = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => before > 0 && tick());
  tick();
}
