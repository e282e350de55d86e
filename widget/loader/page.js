// Notices that a single-page app has gone elsewhere, without patching the host's `history`.

/** Calls back when something happened after which the address may be another one. */
export const watchPage = (signal, callback) => {
  // A router sets the title after the address, in the same turn: look when that turn is over.
  const later = () => setTimeout(callback);
  addEventListener("popstate", later, { signal });
  window.navigation?.addEventListener("currententrychange", later, { signal });
  // For browsers without the Navigation API: most changes follow a click.
  document.addEventListener("click", later, { signal, capture: true });
};

/** Where the visitor is, for the panel. */
export const pageNow = (locale) => ({ url: location.href, title: document.title, locale, seen: [] });
