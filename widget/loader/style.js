// The look of what stands on the host page. Pixels, because a host's `rem` can be anything; nothing is inherited.
//
// In a shadow tree, what is important outranks all that the page says of the host element, important or not. Custom properties are
// inherited whatever `all` says: so they have their values on the section, where no rule of the page reaches.
//
// The layer is the browser's own top one, whose backdrop a page may have coloured for its dialogs. Browsers without it have a layer
// above a host's own, and under the highest value, which hosts keep for emergencies.
// Ink on paper until the owner gives an accent: that is at home on every site. What stands on the accent is black or white,
// whichever has more contrast: both have the same at a CIE lightness of 49.4. Browsers that cannot count with colours inherit the paper.
// The short names: `--p` is the paper, `--i` the ink, `--h` and `--t` the height and the top of a phone's room. In a rule, what comes first
// is what compresses best.
//
// The icon is a bubble with a half-typed line and its cursor; open, it is an arrow down.

const RULES = `\
:host{all:initial!important;position:fixed!important;z-index:999999999!important}\
:host::backdrop{display:none!important}\
section{--h:100%;--p:#fff;--i:#17181c;--t:0}\
@media(prefers-color-scheme:dark){section{--i:#f2f2f4;--p:#212227}}\
@media print{*{display:none}}\
*{font:15px/22px system-ui,sans-serif;box-sizing:border-box}\
button,output,iframe{bottom:92px;right:20px;width:400px;height:min(640px,100% - 112px);border:0;position:fixed;border-radius:16px;background:var(--p);box-shadow:0 4px 24px #0004}\
.left>*{right:auto;left:20px}\
output{padding:20px;color:var(--i);unicode-bidi:plaintext}\
iframe,output{visibility:hidden}\
.open output,.ready.open iframe,.ready.peek iframe{visibility:visible}\
.ready output{visibility:hidden}\
button{border:1px solid transparent;z-index:1;border-radius:50%;width:56px;height:56px;background:currentColor;color:var(--i);padding:0;cursor:pointer;bottom:max(20px,env(safe-area-inset-bottom))}\
button:focus-visible{outline:2px solid var(--i);outline-offset:2px;box-shadow:0 0 0 3px var(--p)}\
i{margin:auto;color:var(--p);display:block;color:lab(from currentColor calc((49.4 - l)*infinity) 0 0);width:26px;height:20px;border:2px solid;border-radius:7px 7px 7px 1px;background:linear-gradient(currentColor 0 0)4px 7px/8px 2px no-repeat,linear-gradient(currentColor 0 0)15px 4px/2px 8px no-repeat}\
[aria-expanded=true] i{height:14px;border-width:0 2px 2px 0;border-radius:0;width:14px;background:none;transform:translateY(-4px)rotate(45deg)}\
span{top:-4px;border-radius:11px;position:absolute;min-width:22px;padding:0 6px;background:#c8102e;right:-4px;color:#fff}\
span:empty{display:none}\
.peek iframe{width:280px;height:104px}\
@media(max-width:479.9px){.open>:not(button){height:var(--h);inset:var(--t)0 auto;border-radius:0;width:100%}.ready>[aria-expanded=true]{display:none}}`;

// The page under a panel that covers it, as on a phone: it can be neither scrolled nor reached, by no keyboard and no screen reader. The
// browser holds these rules apart from the document: nothing of the page is changed that a framework could draw anew, or keep in a copy of
// the page when it goes elsewhere.
const LOCKED = "@media(max-width:479.9px){:root,body{visibility:hidden!important;overflow:hidden!important}}";

/** A sheet to adopt, because a strict host allows no style in the markup. */
const sheetOf = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
};

export const sheet = sheetOf(RULES);

/** For the document: `disabled` while the panel is closed. */
export const lock = sheetOf(LOCKED);
