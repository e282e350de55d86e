// What the loader keeps on the host's own origin, once the visitor has used the panel: one text for the tab, and for the browser one and
// how the owner wants the launcher to look. A browser may forbid it, and then each page begins anew.

import { settings } from "./tag.js";

const kept = (store, more = "") => (value) => {
  try {
    const key = "beforehand:" + settings.workspace + more;
    const storage = window[store];
    if (value) storage[key] = value;
    else if (value != null) delete storage[key];
    value = storage[key];
    return more ? JSON.parse(value) : value;
  } catch {}
};

// Each gives what is kept; with a value it keeps that, and forgets with a false one.
export const tab = kept("sessionStorage");
export const device = kept("localStorage");
export const published = kept("localStorage", ":look");
