// What the site owner wrote on the script tag.

import { ask, make, ofPage } from "./dom.js";

/** Where an edge has this script. A copy elsewhere does not know its edge by its own address. */
const PATH = "/beforehand.js";

/** The parts of an address, read by an anchor: a page may have a variable of its own with the name `URL`. */
export const partsOf = (href) => make("a", { href });

/** Gone once this script has run. A module has none, and a script that was made anew by another one may be elsewhere. */
const script = ofPage("currentScript") ?? ask("querySelector", "script[data-workspace]") ?? ask("querySelector", `[src*="${PATH}"]`);

/**
 * What was set by name. What a script of the page has put on the prototype of all objects, such as an identity, is no setting. The
 * workspace comes first: a second tag hands all of this to the first one, which takes nothing from another workspace's tag.
 */
export const settings = { __proto__: null, workspace: 0 };

const { origin, pathname, search } = partsOf(script?.src);
if (pathname === PATH) {
  settings.edge = origin;
  // For tag managers, which drop attributes. The old way to read an address never throws, and nothing here has a letter for which it
  // would be too old.
  for (const [, name, value] of search.matchAll(/(\w+)=([^&]*)/g)) settings[name] = unescape(value);
}
Object.assign(settings, script?.dataset);
