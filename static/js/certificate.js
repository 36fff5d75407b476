/** Prints the certificate, and shares it where the device has a share sheet. */
export function connect(root) {
  const share = root.querySelector("[data-share]");
  if (share && navigator.share) share.hidden = false;

  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) globalThis.print();
    if (share?.contains(event.target)) {
      // The promise rejects when the person closes the sheet: that is an answer, not an error.
      navigator.share({ title: share.dataset.shareTitle, url: share.dataset.share }).catch(() => {});
    }
  });
}
