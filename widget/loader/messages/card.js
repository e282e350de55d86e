// A message as it stands beside the launcher.

import { make, sheetOf } from "../dom.js";

const RULES = `\
aside{bottom:72px;width:min(300px,100% - 2px);box-sizing:border-box;background:canvas;color:canvastext;border-color:#8886!important;border-radius:16px;padding:4px 4px 8px;text-align:start;overflow-wrap:anywhere}\
.open aside{display:none}\
aside button{width:auto;height:auto;border:0;background:none;color:inherit;border-radius:12px;text-align:start;cursor:pointer;min-height:44px;padding:8px 12px}\
aside button:hover{background:#8882}\
aside .says{display:block;width:100%;padding-inline-end:48px}\
aside b,aside em{font-style:normal;font-size:13px;line-height:1.5}\
aside b{font-weight:600}aside em{margin-inline-start:4px}aside em:before{content:"· "}\
aside strong{display:block;font-weight:400;line-height:1.5;margin-top:4px}\
aside .close{position:absolute;inset-block-start:4px;inset-inline-end:4px;width:44px;text-align:center;padding:0}\
aside .never{font-size:13px;text-decoration:underline}`;

export const sheet = sheetOf(RULES);

/** A message with what one can do about it. It is no alarm: a screen reader says it when it has time, and the keyboard stays where it is. */
export const cardOf = (text, { name, tongue, words }, { answer, close, never }) => {
  const says = make(
    "button",
    { className: "says", onclick: answer },
    make("b", { textContent: name, dir: "auto" }),
    // Nobody is to think that a person has written it just now.
    make("em", { textContent: words.automatic }),
    make("strong", { textContent: text, dir: "auto" }),
  );
  const card = make(
    "aside",
    { lang: tongue, dir: /^(ar|fa|he|ur)/.test(tongue) ? "rtl" : "ltr", ariaLabel: name },
    make("div", { role: "status" }, says),
    make("button", { className: "close", textContent: "✕", ariaLabel: words.close, onclick: close }),
    make("button", { className: "never", textContent: words.messages_off, onclick: never }),
  );
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return card;
};
