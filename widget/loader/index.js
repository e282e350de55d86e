// Beforehand's script on a host page. It draws one button; everything else waits until the visitor wants it.

import { run } from "./commands.js";
import { ofPage } from "./dom.js";
import { say } from "./say.js";
import { settings } from "./tag.js";
import { listen } from "./widget.js";

// An element whose id is this name is no stub.
const stub = typeof Beforehand === "function" && Beforehand;

// A second tag on the same page finds the first one's work and leaves it alone.
if (stub.live) {
  if (stub.live !== settings.workspace) say(`"${stub.live}" is here already`);
} else {
  const waiting = stub.q ?? [];
  let called = (call) => {
    waiting.push(call);
    // What `on` gives: it takes the listener off once it is on.
    return () => called(["off", call[1], call[2]]);
  };

  window.Beforehand = (...call) => called(call);
  window.Beforehand.live = settings.workspace ?? "it";

  const start = () => {
    listen();
    called = run;
    for (const call of [["boot"], ...waiting]) run(call);
  };

  // While the page is still read, what stands at its end will be in its middle.
  if (ofPage("readyState") === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
