// What a host page can hear: DOM events `beforehand:NAME` on `window`, or the same by a function given to `on`.
//
// Going through the browser's own events keeps listeners apart: a fault in one is for the host's console and stops no other.

const PREFIX = "beforehand:";

// The function that listens in place of the host's, which wants the detail alone.
const stands = new WeakMap();

// How much is unread, as it was told last: a listener that comes late is told at once.
let unread;

const off = (name, listener) => removeEventListener(PREFIX + name, stands.get(listener));

export const events = {
  /** Gives back a function that ends it. */
  on(name, listener) {
    if (!stands.has(listener)) stands.set(listener, (event) => listener(event.detail));
    addEventListener(PREFIX + name, stands.get(listener));
    if (name === "unread" && unread) listener(unread);
    return () => off(name, listener);
  },

  off,
};

export const emit = (name, detail) => {
  if (name === "unread") unread = detail;
  dispatchEvent(new CustomEvent(PREFIX + name, { detail }));
};
