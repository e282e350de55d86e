// What the site owner wrote on the script tag.

import { ofPage } from "./dom.js";

/**
 * Where the panel comes from, and how the launcher looks. Without a workspace nothing is ever drawn. What a script of the page has
 * put on the prototype of all objects, such as an identity, is no setting.
 */
export const readTag = (script) => ({ __proto__: null, ...script?.dataset, edge: script && new URL(script.src).origin });

/** The language for the panel: as the owner says, else the page's, else the browser's; `pt-BR` gives `pt`. */
export const languageOf = (settings) =>
  String(settings.locale || ofPage("documentElement").lang || navigator.language || "en")
    .toLowerCase()
    .split("-")[0];
