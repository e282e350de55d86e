// How the widget forgets a visitor, and how it leaves the page.

import { HEARD } from "../names.js";
import { close, hear, host, launcher, now, region, settings, title, update } from "./first.js";
import { silence } from "./events.js";
import { clear } from "./look.js";
import { device, messages, messagesOfTab, published } from "./memory.js";
import { forget as forgetTold } from "./panel.js";
import { say } from "./sentences.js";

/** The panel forgets its place, or all of the visitor, now or when it is there next: see `forget` in the panel. */
const forget = (what) => {
  if (!now.edge_) return;
  // Nobody is signed in any more.
  settings.identity = null;
  forgetTold();
  now.commands_.hide();
  now.unread_ = { count: 0 };
  published(false);
  // The place is part of the whole.
  if (device() !== "all") device(what);
  update();
};

/** Leaves the page alone until the next `boot`. */
const end = () => {
  now.commands_.hide();
  const gone = now.frame_;
  now.edge_ = now.frame_ = now.ready_ = 0;
  // With another `boot` the rest may be there again before it has gone.
  if (gone) gone.hidden = true;
  now.drawn_();
  setTimeout(() => {
    // It has heard what it was told last.
    gone?.remove();
    now.edge_ || host.remove();
  }, 1e3);
};

/** Takes everything off the page, for ever: the element, what listens, and the name. The visitor is not forgotten. */
const destroy = () => {
  if (now.edge_) end();
  host.remove();
  clear();
  for (const name of HEARD) removeEventListener(name, hear, true);
  now.gone_.abort();
  now.hush_?.abort();
  silence();
  // A page that has kept the function finds that it does nothing.
  now.commands_ = new Proxy({}, { get: () => () => say("it was destroyed: load the script again") });
  const { live } = window.Beforehand ?? {};
  if (typeof live === "function") window.Beforehand = Object.assign(live, { q: [] });
  else if (live) delete window.Beforehand;
};

export const commands = {
  reset() {
    // The next visitor is here for the first time.
    messages(false);
    messagesOfTab(false);
    forget("all");
  },
  shutdown() {
    if (!now.edge_) return;
    forget(settings.identity ? "all" : "view");
    end();
  },
  destroy,
};

export const heard = {
  // The edge has no panel for this page.
  refused({ say: sentence }) {
    say(sentence);
    end();
  },
};
