/** A list in localStorage. Storage may be switched off or full: then nothing is kept, and nothing breaks. */
export function loadList(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

export function keepList(key, list) {
  try {
    if (list.length) localStorage.setItem(key, JSON.stringify(list));
    else localStorage.removeItem(key);
  } catch {
    // Only the connection saves then.
  }
}

/** Send JSON to the API; rejects when there is no connection or no answer in time. */
export function send(method, url, body, { csrf, keepalive = false }) {
  // After logging in again in another tab the cookie is newer than the token in the page.
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  return fetch(url, {
    method,
    keepalive,
    credentials: "same-origin",
    signal: AbortSignal.timeout(10_000),
    headers: { "Content-Type": "application/json", "X-CSRFToken": cookie ?? csrf },
    body: JSON.stringify(body),
  });
}
