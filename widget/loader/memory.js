// What the loader keeps on the host's own origin, once the visitor has used the panel: one text for the tab and one for the
// browser. A browser may forbid it, and then each page begins anew.

/** `tab()` and `device()` give what is kept; with a value they keep that, and forget with a false one. */
export const createMemory = (workspace) => {
  const key = "beforehand:" + workspace;
  const kept = (store) => (value) => {
    try {
      const storage = window[store];
      if (value) storage.setItem(key, value);
      else if (value !== undefined) storage.removeItem(key);
      return storage.getItem(key);
    } catch {}
  };
  return { tab: kept("sessionStorage"), device: kept("localStorage") };
};
