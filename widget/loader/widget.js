// One launcher with its panel. There is one of it on a page at a time, from `boot` to `shutdown`.

import { ask, make, ofPage } from "./dom.js";
import { device, published, tab } from "./memory.js";
import { HEARD } from "./names.js";
import { now } from "./now.js";
import { follow, place, raise, settle } from "./place.js";
import { lacks, say } from "./say.js";
import { settings } from "./tag.js";
import { badge, close, host, icon, launcher, region, root, title, wait } from "./view.js";
import { wordsFor } from "./words.js";

// A page changes in several steps; what follows from them can wait until they are taken. The first step, into the page, doubles it.
const SETTLED = 49;
// A page that takes the widget out waits twice as long for it each time, and has it no more when that is longer than this.
const LONGEST = 9e3;
// After this time, once was no more than once.
const FORGIVEN = 5e4;
// A framework takes over the document that a server has made as soon as its scripts are there. So long a page may take to name its workspace
// as well.
const TAKEN_OVER = 4e3;

let waiting, coming;
let pause = SETTLED;
// A browser may remember that an address gave nothing: each time it is another one.
let times = 0;

/** All buttons for the panel: the page's own, and the launcher. */
const buttons = () => {
  let own = [];
  try {
    own = ask("querySelectorAll", settings.launcher);
  } catch {
    // Where a selector is none, the launcher stays.
    delete settings.launcher;
  }
  return [...own, launcher];
};

const draw = () => {
  for (const button of buttons()) button.ariaExpanded = now.open_;
  // What the owner has published, under what the page says.
  const look = { __proto__: null, ...now.published_, ...settings };
  const [, side, up] = /(\d+)\D+(\d+)/.exec(look.offset) ?? [0, 20, 20];
  region.className = [now.open_ && (now.ready_ ? "open ready" : "open wait"), look.position, look.theme].join(" ");
  // A value that means nothing to the browser changes nothing.
  region.style.cssText = `inset:0 ${side}px max(${up}px,env(safe-area-inset-bottom))`;
  launcher.style.cssText = "color:" + look.accent;
  icon.style.cssText = look.icon && !now.open_ && `border:0;background:url("${look.icon}")center/contain`;
  launcher.hidden = look.launcher;
  badge.textContent = now.unread_?.count || "";
  title.textContent = now.title_ + (now.late_ ? " ⚠ ↻" : "");
  now.drawn_?.();
};

/**
 * Runs what comes later, from the edge: the second part, or what stands in for another widget's script on a page that asks for it. Its name
 * holds a digest of all of them. Where it does not come, the browser's console says why.
 */
const bring = (now.bring_ = (name) =>
  import(`${now.edge_}/a/${name}.${PARTS}.js?${times++}`).then((part) => part.default(now, settings, tell, host, hear)));

/** Brings the second part. Without it the panel comes as well, unless that has the same reason. */
export const bringMore = () =>
  (coming ||= bring("more").catch(() => {
    coming = 0;
    now.late_ = 1;
    draw();
    now.take_();
  }));

/** A frame that is put into the page loads, each time; and with it what belongs to it, unless that is there. */
const start = () => {
  if (now.ready_ || !now.frame_) return;
  region.append(now.frame_);
  now.late_ = 0;
  draw();
  bringMore();
};

const load = () => {
  if (now.frame_ || !now.edge_) return;
  const address = `/panel?host=${location.origin}&workspace=${settings.workspace}&locale=${now.language_}`;
  now.frame_ = make("iframe", { title: now.title_, referrerPolicy: "no-referrer", src: now.edge_ + address });
  start();
};

/** Posts to the edge's origin and no other: a frame that went elsewhere hears nothing. */
const tell = (kind, more) =>
  now.ready_ && now.frame_.contentWindow?.postMessage({ beforehand: 1, kind, ...more }, now.edge_);

// One wait for all that happens meanwhile: with a page that takes the widget out again and again, there would be more and more of them.
const later = () => (waiting ||= setTimeout(update, pause));

/** Takes note of what has changed in the page and in the settings. */
export const update = () => {
  waiting = 0;
  if (!now.edge_) return;
  now.language_ = String(settings.locale || ofPage("documentElement").lang || navigator.language);
  [region.lang, now.title_] = wordsFor(now.language_);
  region.ariaLabel = launcher.ariaLabel = close.ariaLabel = now.title_;
  if (!host.isConnected) {
    pause *= 2;
    setTimeout(() => (pause /= 2), FORGIVEN);
    if (pause > LONGEST) return (now.edge_ = hide(say("leave div[popover=manual] in the page")));
    // It may be taken out again before anything has a size.
    later();
  }
  place();
  draw();
  // In the order that compresses best.
  tell("page", {
    url: location.href,
    title: ofPage("title"),
    ...now.look_?.(),
    identity: settings.identity,
    locale: now.language_,
    forget: device(),
  });
};

/** Says that the panel is on the screen, and takes the keyboard there if the visitor wanted that. */
const enter = () => {
  now.quiet_ || (now.ready_ ? now.frame_ : close).focus();
  tell("shown", { quiet: now.quiet_ });
};

const turn = (next) => {
  if (next === now.open_) return;
  // Where the visitor is in the host's own page, closing must not pull the focus away.
  const inside = root.activeElement;
  now.open_ = next;
  tab(next);
  draw();
  if (next) enter();
  else {
    if (inside) buttons()[0].focus();
    tell("hidden");
  }
};

export const show = () => {
  if (!now.edge_) return;
  update();
  raise();
  load();
  turn(true);
};

export const hide = () => turn(false);

export const toggle = () => (now.open_ ? hide() : show());

const heard = (now.heard_ = {
  __proto__: null,
  ready() {
    now.ready_ = 1;
    now.late_ = 0;
    update();
    if (now.open_) enter();
  },
  close: hide,
  open: show,
  forgotten: () => device(0),
  unread(said) {
    now.unread_ = said;
    draw();
  },
});

/** What only the second part understands. Before that is there, the last of it counts. */
const keep = (said) => {
  now.unheard_ = said;
};

/** Hears what happens in the page. Nothing of the host's is patched, and nothing is looked at by the clock. */
const hear = (event) => {
  const { origin, source, data, type } = event;
  // Both the window and the origin are checked: a forged message is not even worth a word in the console.
  if (type === "message") return source === now.frame_?.contentWindow && origin === now.edge_ && (heard[data?.kind] ?? keep)(data);
  if (type === "online") return start();
  const path = event.composedPath();
  // A finger is over it too, when it touches.
  if (path.some((node) => node === launcher || node.matches?.(settings.launcher)))
    type === "click" ? toggle(event.preventDefault()) : load();
  // For what is written in a form of the page's own there may be an answer, too.
  else if (path[0].matches?.("[data-beforehand]")) load();
  // Most changes of a page follow a click.
  if (type !== "pointerover") later(follow(event));
};

/** Listens, for as long as the page lives: without a widget nothing comes of it. */
export const listen = () => {
  setTimeout(() => {
    later(settle());
    settings.workspace || lacks("workspace");
  }, TAKEN_OVER);
  // What is taken out of the page, with whatever is around it, has no size.
  new ResizeObserver(later).observe(wait);
  close.onclick = hide;
  title.onclick = start;
  region.onkeydown = ({ key }) => {
    if (key === "Escape") hide();
  };
  for (const name of HEARD) addEventListener(name, hear, true);
};

/** Draws the launcher, for the panel of this edge. */
export const begin = (origin) => {
  now.edge_ = origin;
  now.published_ = published();
  update();
  if (settings.shim) bring(settings.shim);
  if (settings.messages != null) bring("messages");
  // The panel was open on the page before, or the visitor waits for a person: who has used it hears of the reply on every page.
  if (tab() || device() > 0) setTimeout(load, tab() ? 0 : 1e3);
};
