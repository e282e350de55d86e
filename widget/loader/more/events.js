// What a host page can hear: DOM events `beforehand:NAME` on `window`, or the same by a function given to `on`.
//
// Going through the browser's own events keeps listeners apart: a fault in one is for the host's console and stops no other.

import { now } from "./first.js";
import { noSuch, say } from "./sentences.js";

const PREFIX = "beforehand:";

/** What the panel tells of a conversation. It holds no text of anybody, unless the owner has published that it may. */
const TOLD = ["message", "escalated", "resolved", "rated"];

// `show` and `hide` are how `open` and `close` were called before.
const NAMES = ["boot", "shutdown", "ready", "open", "close", "show", "hide", "unread", "error", "identity-expired", ...TOLD];

const listeners = new Set();

/** A listener finds the details on the event itself as well, as if it were given them alone. */
const eventOf = (name, detail) => Object.assign(new CustomEvent(PREFIX + name, { detail }), detail);

export const emit = (name, detail) => dispatchEvent(eventOf(name, detail));

/** What a listener that comes late is told at once; nothing where nothing is so. */
const present = (name) => {
  const is = { __proto__: null, boot: now.edge_, ready: now.ready_, open: now.open_, show: now.open_, unread: now.unread_ };
  if (is[name]) return eventOf(name, name === "unread" ? { count: is.unread.count } : undefined);
};

const off = (name, listener) => {
  removeEventListener(PREFIX + name, listener);
  for (const one of listeners) if (one.name === name && one.listener === listener) listeners.delete(one);
};

const listen = (name, listener, once) => {
  const nothing = () => {};
  if (!NAMES.includes(name)) return noSuch("event", name, NAMES) ?? nothing;
  if (typeof listener !== "function") return say(`on("${name}") needs a function`) ?? nothing;
  const event = present(name);
  if (!event || !once) {
    listeners.add({ name, listener });
    addEventListener(PREFIX + name, listener, { __proto__: null, once });
  }
  // As the browser does with all others: a fault in it is for the console.
  if (event)
    try {
      listener(event);
    } catch (error) {
      reportError(error);
    }
  return () => off(name, listener);
};

export const commands = {
  /** Gives back a function that ends it. */
  on: (name, listener) => listen(name, listener, false),
  once: (name, listener) => listen(name, listener, true),
  off,
};

// What was so when it was looked at last.
const was = { __proto__: null };

/** Tells what has changed since. */
export const compare = () => {
  const { edge_: edge, open_: open, ready_: ready, unread_: unread } = now;
  const before = { ...was };
  // A listener may change all of it again.
  Object.assign(was, { edge, open, ready, unread });
  if (edge && !before.edge) emit("boot");
  if (!open && before.open) ["close", "hide"].forEach((name) => emit(name));
  if (open && !before.open) ["open", "show"].forEach((name) => emit(name));
  if (ready && !before.ready) emit("ready");
  if (unread && unread !== before.unread) emit("unread", { count: unread.count });
  if (!edge && before.edge) emit("shutdown");
};

export const heard = {
  event: ({ name, detail }) => TOLD.includes(name) && emit(name, { ...detail }),
  error({ code }) {
    emit("error", { code });
    if (code === "identity_expired") emit("identity-expired");
  },
};

/** Takes all listeners off that were put on by a call. */
export const silence = () => {
  for (const { name, listener } of listeners) off(name, listener);
};
