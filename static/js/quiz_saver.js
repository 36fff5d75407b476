/**
 * Saves answers one after the other. What is not saved yet is also kept in localStorage, so that neither a lost connection
 * nor a closed tab loses it. A sequence number is the server's time of the change: an older change never overwrites a newer
 * one, whichever device it comes from and whenever it arrives.
 */
import { keepList, loadList, send } from "./quiz_store.js";

const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Saver {
  #options;
  #pending = new Map();
  #clockOffset;
  #timer;
  #running = null;
  #failures = 0;

  constructor(options) {
    this.#options = options;
    this.#setClock(options.serverTime);
    this.#load();
    addEventListener("online", () => this.#schedule(0));
    addEventListener("pagehide", () => this.#sendLast());
    if (this.hasPending) this.#schedule(0);
  }

  get hasPending() {
    return this.#pending.size > 0;
  }

  /** The server's clock, as far as this device can tell. */
  now() {
    return Date.now() + this.#clockOffset;
  }

  /** Answers of an earlier visit that were not saved. */
  restored() {
    return [...this.#pending].map(([id, { answer }]) => [id, answer]);
  }

  change(id, answer, delay) {
    const sequence = Math.max(Math.round(this.now()), this.#last(id) + 1);
    this.#pending.set(id, { answer, sequence });
    this.#options.sequences.set(id, sequence);
    this.#keep();
    this.#options.onSaving();
    this.#schedule(delay);
  }

  /** Try to save everything now; tell whether nothing is left. */
  async settle() {
    clearTimeout(this.#timer);
    await this.#run();
    if (this.hasPending) await this.#run();
    return !this.hasPending;
  }

  /** Hand in, as often as it takes. */
  async submit(url) {
    for (let tries = 0; ; tries += 1) {
      try {
        const response = await this.#request("POST", url, {});
        if (response.status < 500 && response.status !== 429) return;
      } catch {
        this.#options.onTrouble(false);
      }
      await pause(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** tries));
    }
  }

  #last(id) {
    return this.#options.sequences.get(id) ?? 0;
  }

  #schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), delay);
  }

  #run() {
    this.#running ??= this.#flush().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #flush() {
    for (const [id, entry] of [...this.#pending]) {
      try {
        if (!(await this.#save(id, entry))) return;
      } catch {
        this.#retry(false);
        return;
      }
    }
    if (this.hasPending) this.#schedule(0);
  }

  async #save(id, entry) {
    const { answer: response, sequence } = entry;
    const reply = await this.#request("PUT", this.#options.url(id), { response, sequence });
    if (reply.ok) {
      this.#failures = 0;
      this.#stored(id, entry, await reply.json());
    } else if (reply.status === 400) {
      this.#done(id, entry);
      this.#options.onRefused(id, (await reply.json()).detail);
    } else if (await this.#isOver(reply)) {
      this.#pending.clear();
      this.#keep();
      this.#options.onEnded();
      return false;
    } else {
      this.#retry(reply.status === 401 || reply.status === 403, Number(reply.headers.get("Retry-After")) * 1000);
      return false;
    }
    return true;
  }

  /** Whether the attempt has ended or the learner has left the course. Anything else is worth another try. */
  async #isOver(reply) {
    if (![403, 404, 409].includes(reply.status)) return false;
    const { code } = await reply.json();
    return reply.status !== 403 || code === "enrollment_ended";
  }

  #stored(id, entry, body) {
    this.#setClock(body.server_time);
    this.#done(id, entry);
    this.#options.sequences.set(id, Math.max(this.#last(id), body.sequence));
    if (body.sequence > entry.sequence && !this.#pending.has(id)) this.#options.onNewer(id, body.response);
    if (!this.hasPending) this.#options.onSaved(new Date(body.saved_at));
  }

  #done(id, entry) {
    if (this.#pending.get(id) === entry) this.#pending.delete(id);
    this.#keep();
  }

  #retry(signedOut, wait = 0) {
    this.#failures += 1;
    const backoff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.#failures - 1));
    this.#options.onTrouble(signedOut);
    this.#schedule(Math.max(wait || 0, backoff * (0.75 + Math.random() / 2)));
  }

  #request(method, url, body, keepalive = false) {
    return send(method, url, body, { csrf: this.#options.csrf, keepalive });
  }

  /** The page goes away: send what there is without waiting. It stays in localStorage until it is known to be saved. */
  #sendLast() {
    for (const [id, { answer: response, sequence }] of this.#pending) {
      this.#request("PUT", this.#options.url(id), { response, sequence }, true).catch(() => {});
    }
  }

  #setClock(serverTime) {
    this.#clockOffset = new Date(serverTime).getTime() - Date.now();
  }

  #load() {
    for (const [id, entry] of loadList(this.#options.key)) {
      if (this.#options.sequences.has(id) && entry.sequence > this.#last(id)) this.#pending.set(id, entry);
    }
    this.#keep();
  }

  #keep() {
    keepList(this.#options.key, [...this.#pending]);
  }
}
