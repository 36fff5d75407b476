/** The scripts of the account pages: password fields, time zone, photo. Everything works without them. */
import { connect as connectAvatar } from "./avatar.js";
import { connect as connectPassword } from "./password.js";
import { connect as connectTimezone } from "./timezone.js";

const controllers = { avatar: connectAvatar, password: connectPassword, timezone: connectTimezone };

for (const [name, connect] of Object.entries(controllers)) {
  for (const element of document.querySelectorAll(`[data-controller~="${name}"]`)) connect(element);
}
