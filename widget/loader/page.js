// Notices that a single-page app has gone elsewhere, without patching the host's `history`.

import { ofPage } from "./dom.js";

/** Calls back when something happened after which the address may be another one. */
export const watchPage = (signal, callback) => {
  // A router sets the title after the address, in the same turn: look when that turn is over.
  const later = () => setTimeout(callback);
  addEventListener("popstate", later, { __proto__: null, signal });
  // An element may have this name where the browser has no such thing.
  window.navigation?.addEventListener("currententrychange", later, { __proto__: null, signal });
  // For browsers without the Navigation API: most changes follow a click.
  addEventListener("click", later, { __proto__: null, signal, capture: true });
};

/** Where the visitor is, for the panel. */
export const pageNow = (locale) => ({ url: location.href, title: ofPage("title"), locale, seen: [] });
