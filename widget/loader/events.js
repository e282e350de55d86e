// What a host page can hear: DOM events `beforehand:NAME` on `window`, or the same by a function given to `on`.
//
// Going through the browser's own events keeps listeners apart: a fault in one is for the host's console and stops no other.

const PREFIX = "beforehand:";

// How much is unread, as it was told last: a listener that comes late is told at once.
let unread;

const off = (name, listener) => removeEventListener(PREFIX + name, listener);

export const events = {
  /** Gives back a function that ends it. */
  on(name, listener) {
    addEventListener(PREFIX + name, listener);
    if (name === "unread" && unread) listener(unread);
    return () => off(name, listener);
  },

  off,
};

/** A listener finds the details on the event itself as well, as if it were given them alone. */
export const emit = (name, detail) => {
  const event = Object.assign(new CustomEvent(PREFIX + name, { detail }), detail);
  if (name === "unread") unread = event;
  dispatchEvent(event);
};
