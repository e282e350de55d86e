// A form of the page's own: beneath the field where the visitor writes (`data-beforehand`) stands what may answer the text, before the form is
// sent. The panel searches, in its frame on this device; nobody else is told the text.

import { ofPage } from "../dom.js";
import { fieldOf } from "./field.js";

const FIELDS = "textarea[data-beforehand],input[data-beforehand]";

export default (now, settings, tell) => {
  const fields = new Map();
  // The one that was written in last, for which the panel searches.
  let current;

  let text;

  const search = () => {
    text = current.element.value;
    tell("form", { text });
  };

  const follow = (type, element) => {
    if (!element?.matches?.(FIELDS)) return;
    let field = fields.get(element);
    if (!field) fields.set(element, (field = fieldOf(element, tell, now.edge_)));
    // A page can set a text of its own.
    if (type === "focus" && (field === current ? element.value === text : !element.value)) return;
    current = field;
    search();
  };

  // Forms in the shadow trees of the page's own elements are forms, too.
  const hear = (event) => follow(event.type, event.composedPath()[0]);

  /** Takes away the suggestions for a text that is not there any more. */
  const clear = (isGone) => {
    for (const [element, field] of fields) {
      if (!isGone(element)) continue;
      field.clear();
      if (field === current) tell("form", { text: "" });
      if (!element.isConnected) fields.delete(element);
    }
  };

  Object.assign(now.heard_, {
    form: (said) => current?.show(said),
    "form-words": (said) => {
      for (const field of fields.values()) field.speak(said);
    },
    "form-article": (said) => {
      for (const field of fields.values()) field.read(said);
    },
  });

  const { signal } = now.gone_;
  const on = (name, heard) => addEventListener(name, heard, { __proto__: null, capture: true, signal });
  on("input", hear);
  on("focus", hear);
  // A page that checks the form itself may stop it and leave the text: what was found stays with that.
  on("reset", ({ target }) => clear((element) => element.form === target));
  on("beforehand:ready", () => current && search());
  on("pageshow", () => current && search());
  on("beforehand:shutdown", () => clear(() => true));
  signal.addEventListener("abort", () => clear(() => true));

  // The visitor may be writing already.
  follow("focus", ofPage("activeElement"));
};
