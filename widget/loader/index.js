// Beforehand's script on a host page. It draws one button; everything else waits until the visitor wants it.

import { createCommands } from "./commands.js";
import { readTag } from "./tag.js";

// Both are gone or changed once this script has run, so they are read before anything else.
const settings = readTag(document.currentScript);
const stub = window.Beforehand;

// A second tag on the same page finds the first one's work and leaves it alone.
if (!stub?.live) {
  const waiting = stub?.q ?? [];
  let run = (call) => {
    waiting.push(call);
  };

  window.Beforehand = (...call) => run(call);
  window.Beforehand.live = true;

  const start = () => {
    run = createCommands(settings);
    run(["boot"]);
    for (const call of waiting) run(call);
  };

  // An async script in the head can be here before there is a body to draw in.
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start, { once: true });
}
