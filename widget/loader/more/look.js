// What the launcher and the panel look like, beyond what the first view needs.

import { ofPage, sheetOf } from "../dom.js";
import { badge, close, host, launcher, now, region, root, settings, title, update, wait } from "./first.js";
import { device, published } from "./memory.js";
import { markTitle, titleOfPage } from "./title.js";
import { wordsOf } from "./words.js";

// Two figures make the badge wider than the button's edge can carry.
const MOST_SHOWN = 9;

// The open launcher is an arrow down. The lines in the panel's place breathe, unless the visitor wants nothing to move.
const RULES = `\
button{cursor:pointer}\
:focus-visible{outline:3px solid #000!important;box-shadow:0 0 0 5px #fff!important}\
output+[aria-expanded=true] i{border-width:0 2px 2px 0!important;background:none!important;width:12px;border-radius:0;height:12px;transform:translateY(-4px)rotate(45deg)}\
span{position:absolute;top:-4px;right:-4px;background:#c8102f;color:#fff;box-sizing:border-box;min-width:22px;border-radius:11px;padding:0 6px;line-height:22px;text-align:center}\
span:empty{display:none}\
output>*{border-radius:0;border-bottom:1px solid #8886}\
output>:first-child{padding:0 20px;text-align:start}\
output:not(.late)>:first-child{pointer-events:none}\
.late>:first-child{text-decoration:underline}\
.peek.peek iframe{visibility:visible;width:280px;height:104px}\
@media(prefers-reduced-motion:no-preference){@keyframes wait{to{opacity:.4}}output:before,output:after{animation:wait .8s infinite alternate}}`;

// The page under a panel that covers it, as on a phone: it can be neither scrolled nor reached, by no keyboard and no screen reader. The
// browser holds these rules apart from the document: nothing of the page is changed that a framework could draw anew, or keep in a copy of
// the page when it goes elsewhere.
const LOCKED = "@media(max-width:479.99px){*{visibility:hidden!important}:root,body{overflow:hidden!important}}";

/** For the document: `disabled` while the panel is closed. */
const lock = sheetOf(LOCKED);

const sheet = sheetOf(RULES);

/** A number of pixels, or how a browser understands the text. */
const lengthOf = (radius) => (/^\d+$/.test(radius) ? radius + "px" : radius);

/** Draws the rest, after the first part has drawn. */
export const draw = () => {
  const { frame_: frame, late_: late, open_: open, ready_: ready, title_: name } = now;
  const { count, peek, words } = now.unread_ ?? {};
  const [closing, again] = wordsOf(region.lang);
  markTitle();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  // A page may have put its own list in the place of the one with ours.
  const sheets = ofPage("adoptedStyleSheets");
  sheets.includes(lock) || sheets.push(lock);
  lock.disabled = !open;
  region.hidden = !now.edge_;
  region.classList.toggle("peek", Boolean(ready && !open && peek));
  launcher.ariaLabel = name + (count ? ", " + words : "");
  badge.textContent = count > MOST_SHOWN ? MOST_SHOWN + "+" : count || "";
  close.ariaLabel = closing;
  wait.classList.toggle("late", Boolean(late));
  wait.dir = "auto";
  title.textContent = late ? `${name} ⚠ ${again}` : name;
  title.tabIndex = late ? 0 : -1;
  for (const part of [wait, frame]) if (part) part.style.borderRadius = innerWidth < 480 ? "" : lengthOf(settings.radius ?? "");
};

/** Takes back what is not in the widget's own element. */
export const clear = () => {
  const sheets = ofPage("adoptedStyleSheets");
  if (sheets.includes(lock)) sheets.splice(sheets.indexOf(lock), 1);
};

/** Light, dark, or both as the visitor has it, for a page that says so to the browser itself (`color-scheme`). */
const ofThePage = () => {
  const schemes = getComputedStyle(ofPage("documentElement")).colorScheme;
  if (!schemes.includes("dark")) return "light";
  return schemes.includes("light") ? "auto" : "dark";
};

/** What the page wants of the panel's look, nothing where it says nothing, and its own title. */
export const lookOfPanel = () => {
  const { accent, font, radius } = settings;
  const theme = settings.theme ?? now.published_?.theme;
  const wanted = { accent, font, radius, theme: theme === "page" ? ofThePage() : theme };
  const said = Object.entries(wanted).filter(([, value]) => value != null && value !== "");
  const title = titleOfPage();
  if (said.length) return { title, look: Object.fromEntries(said.map(([name, value]) => [name, String(value)])) };
  return { title };
};

/** Keeps what the owner has published for the next page, where the visitor has used the panel. */
export const keepLook = () => {
  if (now.published_ && (now.open_ || device())) published(JSON.stringify(now.published_));
};

export const heard = {
  look({ accent, icon, position, offset, theme, hidden, silent }) {
    now.silent_ = silent;
    const said = Object.entries({ accent, icon, position, offset, theme, launcher: hidden ? "hidden" : undefined });
    now.published_ = Object.fromEntries(said.filter(([, value]) => typeof value === "string"));
    if (device() || now.open_) published(JSON.stringify(now.published_));
    update();
  },
};

// With the keyboard of a phone up, only the visual viewport knows how much room there is.
export const fit = () => {
  const { height, offsetTop, scale } = visualViewport;
  // Zooming in makes it smaller too, and is no keyboard.
  if (now.frame_ && host.isConnected && scale < 1.01) Object.assign(now.frame_.style, { maxHeight: height + "px", marginTop: offsetTop + "px" });
};
