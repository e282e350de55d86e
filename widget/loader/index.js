// Beforehand's script on a host page. It draws one button; everything else waits until the visitor wants it.

import { run, take } from "./commands.js";
import { ofPage } from "./dom.js";
import { now } from "./now.js";
import { settings } from "./tag.js";
import { listen } from "./widget.js";

// An element whose id is this name is no stub.
const stub = typeof Beforehand === "function" && Beforehand;

// A second tag on the same page finds the first one's work and leaves it alone.
if (stub.live) stub("boot", settings);
else {
  // A call of `boot` from before this script counts more than the tag; a later one does not.
  const called = stub.q ?? [];
  now.waiting_ = [called.find(([name]) => name === "boot") ?? ["boot"], ...called];
  window.Beforehand = (...call) => run(call);
  // What was here before comes back if this goes.
  window.Beforehand.live = stub || 1;

  const start = () => {
    listen();
    take();
  };

  // While the page is still read, what stands at its end will be in its middle.
  if (ofPage("readyState") === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
