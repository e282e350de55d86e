// `window.Beforehand(name, ...)`: the names that a host page can call.

import { ofPage } from "./dom.js";
import { events } from "./events.js";
import { isNothing, say } from "./say.js";
import { partsOf, settings } from "./tag.js";
import { begin, edge, hide, reset, show, showArticle, shutdown, toggle, update } from "./widget.js";

// What can be said at `boot` alone, and what can change.
const SETTINGS = ["workspace", "edge", "locale", "accent", "position", "identity"];
const FIXED = 2;
// How long a page may take to name its workspace in a call, before that is taken for forgotten.
const FORGOTTEN = 1e3;

const lacks = (name) => say(`the script tag needs data-${name}`);

const take = (changes) => {
  for (const [name, value] of Object.entries({ ...changes })) {
    const at = SETTINGS.indexOf(name);
    if (at < 0) isNothing(name);
    else if (!edge || at >= FIXED) settings[name] = value;
    else if (settings[name] !== value) return say(`"${settings[name]}" is here already`);
  }
  update();
};

const boot = (changes) => {
  take(changes);
  if (edge) return;
  const { origin } = partsOf(settings.edge);
  if (!settings.workspace) setTimeout(() => settings.workspace || lacks("workspace"), FORGOTTEN);
  else if (origin === location.origin || !/^https?:/.test(settings.edge)) lacks("edge");
  // A page that has no origin has no domain.
  else if (!ofPage("domain")) say("the page needs an origin");
  else begin(origin);
};

const commands = {
  // Properties that every object inherits are no commands.
  __proto__: null,
  ...events,
  boot,
  update: take,
  shutdown,
  show,
  hide,
  toggle,
  reset,
  showArticle,
};

/** Runs one call. It never throws into the host's code. */
export const run = ([name, ...given]) => {
  try {
    return (commands[name] ?? (() => isNothing(name)))(...given);
  } catch (error) {
    reportError(error);
  }
};
