// `window.Beforehand(name, ...)`: what a host page can call at once. The rest is in the second part, and waits for it.

import { ofPage } from "./dom.js";
import { device } from "./memory.js";
import { now } from "./now.js";
import { lacks, say } from "./say.js";
import { partsOf, settings } from "./tag.js";
import { begin, bringMore, hide, show, toggle, update } from "./widget.js";

// The names of those that want the panel, or want it to go, begin with one of these letters, or have these two: it is brought for them. What
// listens, tells of the visitor or has the next panel forget them can wait until there is one.
const WANTS = /^[cds]|ar/;

const change = (changes) => {
  for (const [name, value] of Object.entries({ ...changes })) {
    if (!now.edge_ || !/^(work|ed)/.test(name)) settings[name] = value;
    else if (settings[name] !== value) return say(`"${settings[name]}" is here already`);
  }
  update();
};

const boot = (changes) => {
  change(changes);
  // Where nothing has named the workspace yet, a later call may.
  if (now.edge_ || !settings.workspace) return;
  const { origin } = partsOf(settings.edge);
  if (origin === location.origin || !/^http/.test(settings.edge)) lacks("edge");
  // A page that has no origin has no domain.
  else if (!ofPage("domain")) say("the page needs an origin");
  else begin(origin);
};

now.commands_ = {
  // Properties that every object inherits are no commands.
  __proto__: null,
  boot,
  update: change,
  show,
  hide,
  toggle,
  // The second part knows more.
  state: () => ({ open: now.open_ }),
};

/** Runs one call. It never throws into the host's code. */
export const run = (now.run_ = (call) => {
  const [name, ...given] = call;
  try {
    if (!now.busy_ && now.commands_[name]) return now.commands_[name](...given);
  } catch (error) {
    return reportError(error);
  }
  // The panel that is there next forgets, whatever comes in between: the page may go elsewhere at once.
  if (name === "reset" || (name === "shutdown" && settings.identity)) device("all");
  // It waits for the second part, which it brings unless it can wait for the visitor. What could be done at once waits behind it.
  now.waiting_.push(call);
  if (now.edge_ && !now.late_ && WANTS.test(name)) now.busy_ = bringMore();
  return () => run(["off", ...given]);
});

/** Takes what waits. */
export const take = (now.take_ = () => {
  now.busy_ = 0;
  for (const call of now.waiting_.splice(0)) run(call);
});
