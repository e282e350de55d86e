// What the site owner wrote on the script tag.

/** Where the panel comes from, and how the launcher looks. Without a workspace nothing is ever drawn. */
export const readTag = (script) => {
  return script ? { ...script.dataset, edge: new URL(script.src).origin } : {};
};

/** The language for the panel: as the owner says, else the page's, else the browser's; `pt-BR` gives `pt`. */
export const languageOf = (settings) =>
  String(settings.locale || document.documentElement.lang || navigator.language || "en")
    .toLowerCase()
    .split("-")[0];
