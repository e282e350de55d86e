// Forms of the page's own (`data-beforehand` on a field): what stands beneath one comes when somebody is at the first of them.

import { ofPage } from "../dom.js";
import { now } from "./first.js";

let coming;

/** Brings it. Where it does not come, a form works as it would without us, and the next key asks again. */
const bring = (element) => {
  if (element?.matches?.("[data-beforehand]")) coming ||= now.bring_("form").catch(() => (coming = 0));
};

/** Waits for somebody who writes in one, with the function that listens. */
export const wait = (on) => {
  for (const name of ["focus", "input"]) on(window, name, (event) => bring(event.composedPath()[0]));
  bring(ofPage("activeElement"));
};
