// The look of what stands on the host page. Pixels, because a host's `rem` can be anything; nothing is inherited.
//
// The layer is as high as sensible: above a host's own, a little under the highest value, which hosts keep for emergencies.
// Ink on paper until the owner gives an accent: that is at home on every site. What stands on the accent is black or white,
// whichever has more contrast: both have the same at a CIE lightness of 49.4.
//
// The icon is a bubble with a half-typed line and its cursor; open, it is an arrow down.

const RULES = `
:host{all:initial;--paper:#fff;--ink:#17181c;--fill:var(--accent,var(--ink));--on:var(--paper)}
@media(prefers-color-scheme:dark){:host{--paper:#212227;--ink:#f2f2f4}}
@supports(color:lab(from red l a b)){:host{--on:lab(from var(--fill) calc((49.4 - l)*infinity) 0 0)}}
@media print{:host{display:none}}
*{box-sizing:border-box;font:15px/22px system-ui,sans-serif}
.launcher,.wait,iframe{position:fixed;z-index:2147483000;right:var(--right,20px);left:var(--left,auto);bottom:92px;border-radius:16px;background:var(--paper);color:var(--ink);box-shadow:0 2px 6px #0003,0 8px 32px #0003}
.left{--right:auto;--left:20px}
button{border:1px solid transparent;padding:0;background:none;color:inherit;cursor:pointer}
.launcher{z-index:2147483001;bottom:max(20px,env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;background:var(--fill);color:var(--on)}
.launcher::before{content:"";position:absolute;inset:-12px;border-radius:50%}
button:focus-visible{outline:2px solid var(--ink);outline-offset:3px;box-shadow:0 0 0 3px var(--paper)}
i{display:block;width:26px;height:20px;margin:auto;border:2px solid;border-radius:7px 7px 7px 1px;background:linear-gradient(currentColor 0 0)4px 7px/8px 2px no-repeat,linear-gradient(currentColor 0 0)15px 4px/2px 8px no-repeat}
[aria-expanded=true] i{width:14px;height:14px;border-width:0 2px 2px 0;border-radius:0;background:none;transform:translateY(-4px)rotate(45deg)}
.badge{position:absolute;top:-5px;right:-5px;min-width:22px;padding:0 6px;border-radius:11px;background:#c8102e;color:#fff}
.badge:empty{display:none}
iframe,.wait{width:400px;height:min(640px,100dvh - 112px);border:0}
.wait{padding:20px}
.ready .wait,:not(.open)>.wait{display:none}
.peek iframe{width:min(320px,100vw - 40px);height:104px}
[inert]{visibility:hidden;opacity:0}
@media(prefers-reduced-motion:no-preference){iframe{transition:opacity .2s}}
@media(max-width:479.9px){.open iframe,.wait{inset:var(--top,0) 0 auto;width:100%;height:var(--height,100dvh);border-radius:0}.ready>[aria-expanded=true]{display:none}}
`;

/** Adopted, because a strict host allows no style in the markup. */
export const styleSheet = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  return sheet;
};

/** Takes the owner's accent, any CSS colour. Values that are no colours are left out. */
export const paint = (element, accent) => element.style.setProperty("--accent", CSS.supports("color", accent) ? accent : "");
