// Where the widget stands in the host page.
//
// Behind the body, not in it: what a page does to its body, to all of the body's children, or by replacing it, does not reach there.
// In the browser's top layer, which nothing of the page moves, cuts off or covers. While a modal dialog is open, all outside of it can be
// seen and not used: then it stands in the dialog on top.
//
// It begins at the end of the body. React takes over the document that the server has made of it (`hydrateRoot`), and where it finds
// something behind the body that it does not know, it draws the whole page anew. At the end of the body it suffers that.

import { ask, ofPage } from "./dom.js";
import { now } from "./now.js";
import { host } from "./view.js";

// Whether nothing takes over the document any more.
let isOver;

/** The document belongs to the page that is in it. */
export const settle = () => (isOver = true);

// The dialog that had the keyboard last.
let dialog = host;

const MODAL = "dialog:modal";

const isModal = (node) => node.matches?.(MODAL);

/** Follows the keyboard: the dialog that opens on top takes it, in whatever shadow tree it is. */
export const follow = (event) => {
  dialog = event.composedPath().find(isModal) ?? dialog;
};

/** Puts it where it can be used. Where that takes it out of the page first, the frame in it starts anew. */
export const place = () => {
  // Nobody can use what is in a body that is inert.
  const home =
    (isModal(dialog) ? dialog : ask("querySelector", MODAL)) ??
    ofPage(isOver || ofPage("body")?.inert ? "documentElement" : "body");
  if (!home || host.parentNode === home) return;
  if (host.isConnected && home.moveBefore) home.moveBefore(host, null);
  else {
    home.append(host);
    now.ready_ = 0;
  }
  raise();
};

/** Brings it before everything else that is in the top layer. */
export const raise = () => {
  host.togglePopover?.(false);
  host.togglePopover?.(true);
};
