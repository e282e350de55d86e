// What stands on the host page, but for the frame.

import { make } from "./dom.js";
import { sheet } from "./style.js";

// A button, with which one tries again once the panel is late.
export const title = make("button");
export const close = make("button", { textContent: "✕" });
// What stands in the panel's place until it is there, and says why it is not.
export const wait = make("output", 0, title, close);
export const badge = make("span");
export const icon = make("i");
export const launcher = make("button", 0, icon, badge);
// With a name it is a landmark, so that a screen reader finds the launcher on a page that has all its content in landmarks.
export const region = make("section", 0, wait, launcher);
export const host = make("div", { popover: "manual" });
export const root = host.attachShadow({ mode: "open" });

root.adoptedStyleSheets = [sheet];
root.append(region);
