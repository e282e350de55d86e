// Types the same questions into our engine and into MiniSearch, in one page, and times every key.
import init, { Matcher } from "wasm-bindgen-glue";
import { make } from "../rivals/engines/minisearch.js";

let questions;
let ours;
let rival;

/** Loads a set into our engine, and into the other if it is wanted. */
async function prepare(withRival) {
  await init({ module_or_path: "/page.wasm" });
  const set = await (await fetch("/set.json")).json();
  const index = await (await fetch("/index")).arrayBuffer();
  questions = set.questions;
  ours = new Matcher(new Uint8Array(index));
  rival = withRival ? make(set) : undefined;
}

/** Times every key of one question in both, in turns, so that whatever else the machine does meets both alike. */
function replay(number) {
  const typed = [...questions[number]].map((_, last, all) => all.slice(0, last + 1).join(""));
  if (number % 2 === 0) {
    const times = timeOurs(typed);
    return { ours: times, rival: timeRival(typed) };
  }
  const times = timeRival(typed);
  return { ours: timeOurs(typed), rival: times };
}

function timeOurs(typed) {
  ours.start_question();
  return typed.map((text) => timed(() => ours.key(text)));
}

function timeRival(typed) {
  return rival ? typed.map((text) => timed(() => rival.search(text))) : [];
}

function timed(search) {
  const started = performance.now();
  search();
  return performance.now() - started;
}

// The clock has steps of 5 microseconds only where no other origin's page can be in the process.
globalThis.bench = { prepare, replay, isolated: () => globalThis.crossOriginIsolated };
