// A panel that does not come, and one that the edge does not give.

import { now, title, update } from "./first.js";
import { say } from "./sentences.js";

// A frame that has not spoken after ten seconds is tried again, and has twice the time then: the network may be slow.
let patience = 1e4;

let timer;

const again = () => {
  timer = 0;
  if (now.ready_ || !now.frame_) return;
  patience *= 2;
  say("no panel: see frame-src, and the origins around the page");
  title.onclick();
  // It says so, in every language, while it tries.
  now.late_ = 1;
  update();
};

/** Waits for a frame that is there and has not spoken. */
export const expect = () => {
  if (now.frame_ && !now.ready_) timer ||= setTimeout(again, patience);
  else {
    clearTimeout(timer);
    timer = 0;
  }
};

export const heard = {
  // The panel begins anew by itself.
  again() {
    now.ready_ = 0;
    update();
  },
};
