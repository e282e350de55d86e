// Where the widget stands in the host page.
//
// Behind the body, not in it: what a page does to its body, to all of the body's children, or by replacing it, does not reach there.
// In the browser's top layer, which nothing of the page moves, cuts off or covers. While a modal dialog is open, all outside of it can be
// seen and not used: then it stands in the dialog.

import { ask, ofPage } from "./dom.js";
import { host } from "./view.js";

const LOOKED_AT = { childList: true, attributes: true, attributeFilter: ["lang"] };

/** Puts it where it can be used. True if the frame in it has to start anew. */
export const place = (observer) => {
  const home = [...ask("querySelectorAll", "dialog:modal")].pop() ?? ofPage("documentElement");
  if (host.parentNode === home) return;
  const moves = host.isConnected && home.moveBefore;
  home[moves ? "moveBefore" : "insertBefore"](host, null);
  raise();
  // It leaves the page with one of these, or as a child of one. Their children are few, and seldom change.
  for (let node = host; (node = node.parentNode); ) observer.observe(node, LOOKED_AT);
  return !moves;
};

/** Brings it before everything else that is in the top layer. */
export const raise = () => {
  host.togglePopover?.(false);
  host.togglePopover?.(true);
};
