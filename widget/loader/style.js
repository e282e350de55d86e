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
section{--t:0;--h:100%;--i:#17181c;--p:#fff}\
@media(prefers-color-scheme:dark){section{--p:#212227;--i:#f2f2f4}}\
@media print{*{display:none}}\
*{font:15px/22px system-ui,sans-serif;box-sizing:border-box}\
button,output,iframe{bottom:92px;border:0;right:20px;width:400px;height:min(640px,100% - 112px);position:fixed;border-radius:16px;background:var(--p);box-shadow:0 4px 24px #0004}\
.left>*{left:20px;right:auto}\
output{padding:20px;color:var(--i);unicode-bidi:plaintext}\
iframe,output{visibility:hidden}\
.open:not(.ready) output,.ready.open iframe,.ready.peek iframe{visibility:visible}\
button{border-radius:50%;border:1px solid transparent;width:56px;height:56px;background:currentColor;color:var(--i);cursor:pointer;bottom:max(20px,env(safe-area-inset-bottom));z-index:1;padding:0}\
button:focus-visible{outline:2px solid var(--i);outline-offset:2px;box-shadow:0 0 0 3px var(--p)}\
i{margin:auto;display:block;color:var(--p);color:lab(from currentColor calc((49.4 - l)*infinity) 0 0);width:26px;height:20px;border:2px solid;border-radius:7px 7px 7px 1px;background:linear-gradient(currentColor 0 0)4px 7px/8px 2px no-repeat,linear-gradient(currentColor 0 0)15px 4px/2px 8px no-repeat}\
[aria-expanded=true] i{border-width:0 2px 2px 0;border-radius:0;width:14px;height:14px;transform:translateY(-4px)rotate(45deg);background:none}\
span{top:-4px;border-radius:11px;position:absolute;min-width:22px;right:-4px;padding:0 6px;background:#c8102e;color:#fff}\
.peek iframe{height:104px;width:280px}\
@media(max-width:479.9px){.open>:not(button){height:var(--h);border-radius:0;width:100%;inset:var(--t)0 auto}.ready>[aria-expanded=true]{display:none}}`;

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
