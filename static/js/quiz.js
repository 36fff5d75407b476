/**
 * Sitting a quiz: each answer is saved as it is given, kept on this device while the connection is away, and handed in when
 * the time is over. Without this script the page is one form.
 */
import { readAnswer, writeAnswer } from "./quiz_answers.js";
import { connectMap } from "./quiz_map.js";
import { Saver } from "./quiz_saver.js";
import { startTimer } from "./quiz_timer.js";

const TYPING_DELAY = 600;

export function connect(root) {
  const { attempt, api, resultUrl, submitUrl, serverTime, deadline } = root.dataset;
  const form = root.querySelector("[data-sitting-form]");
  const fieldsets = new Map([...form.querySelectorAll("[data-question]")].map((item) => [item.dataset.question, item]));
  const map = connectMap(root, fieldsets, attempt);
  const saveState = root.querySelector("[data-save-state]");
  const saveText = root.querySelector("[data-save-text]");
  const announcer = root.querySelector("[data-announce]");
  let trouble = false;
  let leaving = false;

  const say = (text) => {
    announcer.textContent = text;
  };
  const show = (text, isError) => {
    saveText.textContent = text;
    saveState.classList.toggle("save-state--error", isError);
  };
  const refuse = (id, text) => {
    const fieldset = fieldsets.get(id);
    fieldset.classList.toggle("question--invalid", Boolean(text));
    fieldset.querySelector("[data-error]").textContent = text;
    fieldset.querySelector("input[type=text]")?.setAttribute("aria-invalid", String(Boolean(text)));
  };
  const leave = (url) => {
    leaving = true;
    location.assign(url);
  };

  const saver = new Saver({
    key: `quiz:${attempt}`,
    url: (id) => `${api}responses/${id}/`,
    csrf: form.querySelector("[name=csrfmiddlewaretoken]").value,
    serverTime,
    sequences: new Map([...fieldsets].map(([id, item]) => [id, Number(item.dataset.sequence)])),
    onSaving: () => show(root.dataset.textSaving, false),
    onSaved(time) {
      const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
      show(root.dataset.textSaved.replace("{time}", clock.format(time)), false);
      if (trouble) say(root.dataset.textBack);
      trouble = false;
      root.querySelector("[data-stuck]").hidden = true;
    },
    onTrouble(signedOut) {
      show(signedOut ? root.dataset.textSignedOut : root.dataset.textWaiting, true);
      if (!trouble) say(root.dataset.textLost);
      trouble = true;
    },
    onRefused(id, detail) {
      refuse(id, detail);
      show(root.dataset.textRefused, true);
    },
    onNewer(id, answer) {
      writeAnswer(fieldsets.get(id), answer);
      map.answered(id, answer !== null);
      say(root.dataset.textElsewhere);
    },
    onEnded: () => leave(resultUrl),
  });

  for (const [id, answer] of saver.restored()) {
    writeAnswer(fieldsets.get(id), answer);
    map.answered(id, answer !== null);
  }

  form.addEventListener("input", (event) => {
    const fieldset = event.target.closest("[data-question]");
    if (!fieldset) return;
    const id = fieldset.dataset.question;
    const answer = readAnswer(fieldset);
    refuse(id, "");
    map.answered(id, answer !== null);
    saver.change(id, answer, event.target.type === "text" ? TYPING_DELAY : 0);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await saver.settle()) {
      leave(submitUrl);
      return;
    }
    const invalid = form.querySelector(".question--invalid");
    if (invalid) invalid.focus();
    else root.querySelector("[data-stuck]").hidden = false;
  });

  addEventListener("beforeunload", (event) => {
    if (!leaving && saver.hasPending) event.preventDefault();
  });

  if (deadline) {
    startTimer(root, {
      deadline,
      now: () => saver.now(),
      minutes: root.dataset.textMinutes,
      minute: root.dataset.textMinute,
      async onOver() {
        say(root.dataset.textOver);
        show(root.dataset.textOver, false);
        await saver.settle();
        for (const fieldset of fieldsets.values()) fieldset.disabled = true;
        await saver.submit(`${api}submit/`);
        leave(resultUrl);
      },
    });
  }
}
