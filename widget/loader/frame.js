// The panel's iframe, and the only door between it and the host page.

import { make } from "./dom.js";

/**
 * Makes the frame at the first `load`, not before. `onMessage(kind, data)` gets what the panel says and nothing else: both
 * the window and the origin of each message are checked, and a forged one is not even worth a word in the console.
 */
export const createFrame = (edge, parent, signal, onMessage) => {
  let frame;

  addEventListener(
    "message",
    ({ source, origin, data }) => {
      if (frame && source === frame.contentWindow && origin === edge && data?.beforehand === 1) onMessage(data.kind, data);
    },
    { __proto__: null, signal },
  );

  return {
    expand(shown) {
      if (frame) frame.inert = !shown;
    },

    focus: () => frame?.focus(),

    /** True unless it is there already. */
    load(address, title) {
      if (frame) return;
      frame = make("iframe", { title, src: edge + address, inert: true });
      parent.append(frame);
      return true;
    },

    drop() {
      frame?.remove();
      frame = null;
    },

    /** Posts to the edge's origin and no other: a frame that went elsewhere hears nothing. */
    post(kind, more) {
      frame.contentWindow?.postMessage({ beforehand: 1, kind, ...more }, edge);
    },
  };
};
