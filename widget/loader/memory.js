// What the loader keeps on the host's own origin, once the visitor has used the panel: one text for the tab and one for the
// browser. A browser may forbid it, and then each page begins anew.

import { settings } from "./tag.js";

const kept = (store) => (value) => {
  try {
    const key = "beforehand:" + settings.workspace;
    const storage = window[store];
    if (value) storage[key] = value;
    else if (value != null) delete storage[key];
    return storage[key];
  } catch {}
};

// Each gives what is kept; with a value it keeps that, and forgets with a false one.
export const tab = kept("sessionStorage");
export const device = kept("localStorage");
