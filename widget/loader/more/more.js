// The second part of the loader, which comes with the frame: all that a page can call and hear, and what the first view does not need.

import { ofPage } from "../dom.js";
import { checkAll, check } from "./checks.js";
import { commands as ending, heard as whenEnding } from "./ending.js";
import { commands as listening, compare, heard as events } from "./events.js";
import { know, now, settings, update } from "./first.js";
import { wait as waitForForms } from "./form.js";
import { draw, fit, heard as look, keepLook, lookOfPanel } from "./look.js";
import { device, tab } from "./memory.js";
import { commands as wishes, flush } from "./panel.js";
import { expect, heard as patience } from "./patience.js";
import { noSuch } from "./sentences.js";

// On a phone the panel covers the page: who has followed a link there wants to see the page.
const PHONE = 480;

/** What is so, for a page that asks. */
const state = () => ({
  booted: Boolean(now.edge_),
  open: now.open_,
  ready: Boolean(now.ready_),
  unread: now.unread_?.count ?? 0,
  workspace: settings.workspace || "",
  edge: now.edge_ || "",
  locale: now.language_ ?? "",
  version: VERSION,
});

/** A command that looks at its settings first. */
const checked = (command) => (changes) => {
  command(check(changes));
};

/** Adds what there is to call. A name that there is not is answered. */
const addCommands = () => {
  const { boot, update: change, ...rest } = now.commands_;
  const all = { __proto__: null, ...rest, ...listening, ...wishes, ...ending, boot: checked(boot), update: checked(change), state };
  now.commands_ = new Proxy(all, {
    get: (all, name) => all[name] ?? (() => noSuch("command", name, Object.keys(all))),
  });
};

/** Understands what else the panel says, and what it has said before. */
const addHeard = () => {
  const { ready, unread } = now.heard_;
  Object.assign(now.heard_, events, look, patience, whenEnding, {
    ready() {
      ready();
      flush();
    },
    unread(said) {
      unread(said);
      // Nothing is changed where that is not known.
      device(said.waits && 1);
    },
  });
};

let wasOpen;

/** After the first part has drawn. */
const drawn = () => {
  const { open_: open } = now;
  draw();
  expect();
  if (open && !wasOpen) keepLook();
  // It is open as the visitor wants it from the next time on.
  if (!open && wasOpen) now.quiet_ = 0;
  wasOpen = open;
  compare();
};

/** Follows what the page does, until it is taken off it. */
const listen = () => {
  let waiting;
  const later = () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      update();
    }, 49);
  };
  const { signal } = (now.gone_ = new AbortController());
  const on = (target, name, heard) => target.addEventListener(name, heard, { __proto__: null, capture: true, signal });
  for (const name of ["resize", "scroll"]) on(visualViewport, name, fit);
  if (window.navigation) on(window.navigation, "currententrychange", later);
  const observer = new MutationObserver(later);
  observer.observe(ofPage("documentElement"), { attributes: true });
  on(signal, "abort", () => observer.disconnect());
  waitForForms(on);
};

/** Calls of the page that wait, without listeners that were taken off again, and without what was told of a visitor who is forgotten by now. */
const withoutGone = (calls) => {
  const isTakenOff = ([name, event, listener], at) =>
    String(name).startsWith("on") && calls.slice(at).some(([later, ...rest]) => later === "off" && rest[0] === event && rest[1] === listener);
  const forgotten = calls.findLastIndex(([name]) => name === "reset");
  const isForgotten = ([name], at) => at < forgotten && /^(attributes|identify|track)$/.test(name);
  return calls.filter((call, at) => !isTakenOff(call, at) && !isForgotten(call, at));
};

const begin = () => {
  addCommands();
  addHeard();
  now.look_ = lookOfPanel;
  now.drawn_ = drawn;
  listen();
  checkAll(settings);
  update();
  flush();
  // What the panel has said meanwhile.
  if (now.unread_) device(now.unread_.waits && 1);
  now.heard_[now.unheard_?.kind]?.(now.unheard_);
  now.waiting_ = withoutGone(now.waiting_);
  now.take_();
  // The panel was open on the page before, and nobody has asked for the keyboard to leave the page.
  if (tab() && !now.open_ && innerWidth >= PHONE) {
    now.quiet_ = 1;
    now.commands_.show();
  }
};

export default (...given) => {
  know(...given);
  try {
    begin();
  } catch (error) {
    // It is no reason to look for this part again.
    reportError(error);
  }
};
