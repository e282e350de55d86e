// The look of what stands on the host page. Pixels, because a host's `rem` can be anything; nothing is inherited.
//
// In a shadow tree, what is important outranks all that the page says of the host element, important or not. There are no custom
// properties: they are inherited whatever `all` says, and a page that registers one of the same name says what values it can have.
//
// The layer is the browser's own top one, whose backdrop a page may have coloured for its dialogs. Browsers without it have a layer
// above a host's own, and under the highest value, which hosts keep for emergencies.
// Ink on paper until the owner gives an accent: that is at home on every site. What stands on the accent is black or white,
// whichever has more contrast: both have the same at a CIE lightness of 49.4. Browsers that cannot count with colours draw it in grey.
// The section has the ink and the paper, for all in it to inherit. In a rule, what comes first is what compresses best.
//
// The icon is a bubble with a half-typed line and its cursor; open, it is an arrow down.

const RULES = `\
:host{all:initial!important;z-index:99999999!important;position:fixed!important}\
:host::backdrop{display:none!important}\
section{color:#18181c;background:#fff}\
@media(prefers-color-scheme:dark){section{color:#f1f1f1;background:#222227}}\
@media print{*{display:none}}\
*{font:15px/22px system-ui,sans-serif;box-sizing:border-box}\
button,output,iframe{right:20px;height:min(640px,100% - 112px);box-shadow:0 4px 24px #0004;background:inherit;border-radius:16px;bottom:92px;width:400px;border:0;position:fixed}\
.left>*{right:auto;left:20px}\
output{unicode-bidi:plaintext;padding:16px}\
iframe,output{visibility:hidden}\
.open:not(.ready) output,.ready.open iframe,.ready.peek iframe{visibility:visible}\
button{width:56px;color:inherit;border-radius:50%;padding:0;height:56px;cursor:pointer;z-index:1;bottom:max(20px,env(safe-area-inset-bottom));background:currentColor;border:1px solid #0000}\
button:focus-visible{outline-offset:2px}\
i{border:2px solid;border-radius:7px 7px 7px 1px;background:linear-gradient(currentColor 0 0)4px 7px/8px 2px no-repeat,linear-gradient(currentColor 0 0)15px 4px/2px 8px no-repeat;height:20px;display:block;color:gray;margin:auto;width:26px;color:lab(from currentColor calc((49.4 - l)*9e6) 0 0)}\
[aria-expanded=true] i{border-width:0 2px 2px 0;background:none;width:14px;border-radius:0;height:14px;transform:translateY(-4px)rotate(45deg)}\
span{position:absolute;top:-4px;background:#c8102f;min-width:22px;border-radius:11px;right:-4px;padding:0 6px;color:#fff}\
.peek iframe{width:280px;height:104px}\
@media(max-width:479.99px){.open>:not(button){inset:0;width:100%;height:100%;border-radius:0}.ready>[aria-expanded=true]{display:none}}`;

// The page under a panel that covers it, as on a phone: it can be neither scrolled nor reached, by no keyboard and no screen reader. The
// browser holds these rules apart from the document: nothing of the page is changed that a framework could draw anew, or keep in a copy of
// the page when it goes elsewhere.
const LOCKED = "@media(max-width:479.99px){*{visibility:hidden!important}:root,body{overflow:hidden!important}}";

/** A sheet to adopt, because a strict host allows no style in the markup. */
const sheetOf = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
};

export const sheet = sheetOf(RULES);

/** For the document: `disabled` while the panel is closed. */
export const lock = sheetOf(LOCKED);
