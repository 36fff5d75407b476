/** Chooses the browser's time zone in a registration form that has not been touched yet. */
export function connect(form) {
  const select = form.querySelector('select[name="timezone"]');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || select.value !== "UTC") return;
  const option = [...select.options].find((candidate) => candidate.value === zone);
  if (option) option.selected = true;
}
