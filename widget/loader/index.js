// Beforehand's script on a host page. It draws one button; everything else waits until the visitor wants it.

import { createCommands } from "./commands.js";
import { ofPage } from "./dom.js";
import { readTag } from "./tag.js";

// Both are gone or changed once this script has run, so they are read before anything else.
const settings = readTag(ofPage("currentScript"));
const { Beforehand } = window;
// An element whose id is this name is no stub.
const stub = typeof Beforehand === "function" && Beforehand;

// A second tag on the same page finds the first one's work and leaves it alone.
if (!stub.live) {
  const waiting = stub.q ?? [];
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
  if (ofPage("body")) start();
  else addEventListener("DOMContentLoaded", start, { __proto__: null, once: true });
}
