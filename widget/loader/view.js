// What stands on the host page, but for the frame.

import { make } from "./dom.js";
import { sheet } from "./style.js";

// What stands in the panel's place until it is there, and says why it is not.
export const wait = make("output");
export const badge = make("span");
export const launcher = make("button", 0, make("i"), badge);
// With a name it is a landmark, so that a screen reader finds the launcher on a page that has all its content in landmarks.
export const region = make("section", 0, wait, launcher);
export const host = make("div", { popover: "manual" });
export const root = host.attachShadow({ mode: "open" });

root.adoptedStyleSheets = [sheet];
root.append(region);
