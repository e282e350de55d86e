// What the loader keeps on the host's own origin, as in the first part.

import { settings } from "./first.js";

const kept = (store, more = "") => (value) => {
  try {
    const key = "beforehand:" + settings.workspace + more;
    const storage = window[store];
    if (value) storage[key] = value;
    else if (value != null) delete storage[key];
    return storage[key];
  } catch {}
};

// Each gives what is kept; with a value it keeps that, and forgets with a false one.
export const tab = kept("sessionStorage");
export const device = kept("localStorage");
export const published = kept("localStorage", ":look");
export const messages = kept("localStorage", ":messages");
export const messagesOfTab = kept("sessionStorage", ":messages");
