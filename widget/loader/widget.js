// One launcher with its panel. There is one of it on a page at a time, from `boot` to `shutdown`.

import { make, ofPage, on } from "./dom.js";
import { emit } from "./events.js";
import { device, tab } from "./memory.js";
import { follow, place, raise, settle } from "./place.js";
import { say } from "./say.js";
import { lock } from "./style.js";
import { settings } from "./tag.js";
import { badge, host, launcher, region, root, wait } from "./view.js";
import { wordsFor } from "./words.js";

// On a phone the panel covers the page: who has followed a link there wants to see the page.
const PHONE = 480;
// Two figures make the badge wider than the button's edge can carry.
const MOST_SHOWN = 9;
// A page changes in several steps; what follows from them can wait until they are taken. The first step, into the page, doubles it.
const SETTLED = 49;
// A page that takes the widget out waits twice as long for it each time, and has it no more when that is longer than this.
const LONGEST = 9e3;
// After this time, once was no more than once.
const FORGIVEN = 5e4;
// A framework takes over the document that a server has made as soon as its scripts are there.
const TAKEN_OVER = 4e3;

// Where the panel comes from, while there is a widget.
export let edge;
let language, words, article, timer, frame, ready, waiting;
// A frame that has not spoken after ten seconds is tried again, and has twice the time then: the network may be slow.
let patience = 1e4;
let pause = SETTLED;
let open = false;
let quiet = false;
let unread = { __proto__: null };

/** With the keyboard of a phone up, only the visual viewport knows how much room there is. */
const fit = () => {
  const { height, offsetTop, scale } = visualViewport;
  // Zooming in makes it smaller too, and is no keyboard.
  if (frame && scale < 1.01) frame.style.cssText = `max-height:${height}px;margin-top:${offsetTop}px`;
};

const draw = () => {
  const { count, peek, words: said } = unread;
  region.className = [ready && "ready", open ? "open" : peek && "peek", settings.position].join(" ");
  // A value that is no colour changes nothing.
  launcher.style.color = settings.accent;
  launcher.ariaExpanded = open;
  launcher.ariaLabel = words[1] + (count ? ", " + said : "");
  badge.textContent = count > MOST_SHOWN ? MOST_SHOWN + "+" : count;
  badge.hidden = !count;
  lock.disabled = !open;
  // A page may have put its own list in the place of the one with ours.
  const sheets = ofPage("adoptedStyleSheets");
  sheets.includes(lock) || sheets.push(lock);
  region.hidden = !edge;
};

/** The frame that is there begins anew, and is to speak in time. */
const expect = () => {
  clearTimeout(timer);
  ready = 0;
  timer = setTimeout(again, patience);
  draw();
  later();
};

/** A frame that is put into the page loads, each time. */
const start = () => {
  region.append(frame);
  expect();
};

const load = () => {
  if (frame || !edge) return;
  const address = `/panel?host=${location.origin}&workspace=${settings.workspace}&locale=${escape(language)}`;
  frame = make("iframe", { title: words[1], src: edge + address, referrerPolicy: "no-referrer" });
  start();
};

/** A frame that has not come: shows so, in every language, and tries again. */
const again = () => {
  if (ready || !frame) return;
  patience *= 2;
  say("no panel: see frame-src, and the origins around the page");
  wait.textContent = words[1] + " ⚠";
  region.append(frame);
  expect();
};

/** Posts to the edge's origin and no other: a frame that went elsewhere hears nothing. */
const tell = (kind, more) => ready && frame.contentWindow?.postMessage({ beforehand: 1, kind, ...more }, edge);

// One wait for all that happens meanwhile: with a page that takes the widget out again and again, there would be more and more of them.
const later = () => (waiting ||= setTimeout(update, pause));
const languages = new MutationObserver(later);

/** Takes note of what has changed in the page and in the settings. */
export const update = () => {
  waiting = 0;
  if (!edge) return;
  const spoken = language;
  language = String(settings.locale || ofPage("documentElement").lang || navigator.language);
  if (language !== spoken) {
    words = wordsFor(language);
    region.lang = words[0];
    region.ariaLabel = wait.textContent = words[1];
  }
  if (!host.isConnected) {
    pause *= 2;
    setTimeout(() => (pause /= 2), FORGIVEN);
    if (pause > LONGEST) return heard.refused({ say: "leave div[popover=manual] in the page" });
  }
  if (place()) expect();
  languages.observe(ofPage("documentElement"), { attributeFilter: ["lang"] });
  draw();
  const { identity } = settings;
  tell("page", { url: location.href, title: ofPage("title"), locale: language, identity, forget: device() });
};

/** Says that the panel is on the screen, and takes the keyboard there if the visitor wanted that. */
const enter = () => {
  if (!quiet) frame.focus();
  tell("shown", { quiet });
};

const sendArticle = () => {
  if (ready) article &&= tell("open-article", { id: article });
};

const turn = (next) => {
  if (next === open) return;
  // Where the visitor is in the host's own page, closing must not pull the focus away.
  const inside = root.activeElement;
  open = next;
  tab(open);
  draw();
  if (open) enter();
  else {
    if (inside) launcher.focus();
    tell("hidden");
  }
  emit(open ? "show" : "hide");
};

export const show = () => {
  if (!edge) return;
  update();
  raise();
  load();
  turn(true);
  sendArticle();
};

export const hide = () => turn((quiet = false));

export const toggle = () => (open ? hide() : show());

export const showArticle = (id) => {
  if (!id) return say("showArticle needs an id");
  article = String(id);
  show();
};

const took = (said) => {
  unread = said;
  draw();
  emit("unread", { count: said.count });
};

/** The panel forgets its place, or all of the visitor, now or when it is there next: see `forget` in the panel. */
const forget = (what) => {
  if (!edge) return;
  // Nobody is signed in any more.
  settings.identity = null;
  hide();
  took({ count: 0 });
  device(what);
  update();
};

export const reset = () => forget("all");

/** Leaves the page alone. */
const end = () => {
  hide();
  const gone = frame;
  edge = frame = ready = null;
  draw();
  // With another `boot` the rest may be there again before it has gone.
  if (gone) gone.hidden = true;
  emit("shutdown");
  setTimeout(() => {
    // It has heard what it was told last.
    gone?.remove();
    edge || host.remove();
  }, 1e3);
};

export const shutdown = () => {
  if (!edge) return;
  forget(settings.identity ? "all" : "view");
  end();
};

const heard = {
  __proto__: null,
  ready() {
    ready = 1;
    update();
    if (open) enter();
    sendArticle();
    emit("ready");
  },
  close: hide,
  open: show,
  unread(said) {
    took(said);
    // Nothing is changed where that is not known.
    device(said.waits && 1);
  },
  forgotten: () => device(0),
  again: expect,
  error: ({ code }) => emit("error", { code }),
  // The edge has no panel for this page.
  refused({ say: sentence }) {
    say(sentence);
    end();
  },
};

/** Listens, for as long as the page lives: without a widget nothing comes of it. */
export const listen = () => {
  setTimeout(() => later(settle()), TAKEN_OVER);
  // What is taken out of the page, with whatever is around it, has no size.
  new ResizeObserver(later).observe(wait);
  launcher.onclick = toggle;
  // A finger enters too, when it touches.
  launcher.onpointerenter = launcher.onfocus = load;
  region.onkeydown = ({ key }) => {
    if (key === "Escape") hide();
  };
  // Both the window and the origin are checked: a forged message is not even worth a word in the console.
  on(window, "message", ({ source, origin, data }) => {
    if (source === frame?.contentWindow && origin === edge) heard[data?.kind]?.(data);
  });
  on(window, "online", again);
  for (const name of ["resize", "scroll"]) on(visualViewport, name, fit);
  // Nothing of the host's is patched, and nothing is looked at by the clock. Where there is no Navigation API, most changes follow a click.
  on(window, "click", later);
  on(window, "focus", (event) => later(follow(event)));
  window.navigation?.addEventListener("currententrychange", later);
};

/** Draws the launcher, for the panel of this edge. */
export const begin = (origin) => {
  edge = origin;
  update();
  emit("boot");
  if (tab() && innerWidth >= PHONE) {
    // The page was loaded, and nobody has asked for the keyboard to leave it.
    quiet = true;
    show();
  } else if (device() > 0) {
    // A visitor who waits for a person has used the panel already, and hears of the reply on every page.
    setTimeout(load, 1e3);
  }
};
