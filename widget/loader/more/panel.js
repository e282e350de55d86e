// What a page wants of the panel, and what it tells of the visitor. It waits until the panel is there.

import { now, settings, tell, update } from "./first.js";
import { say } from "./sentences.js";

// A page that tracks without end, for a visitor who never wants the panel, is not to fill the memory.
const MOST_TRACKED = 100;

let attributes = {};
let tracked = [];
let wishes = [];

/** Tells the panel what waits, in the order that it needs: who the visitor is, what they did, what is to be shown. */
export const flush = () => {
  if (!now.ready_) return;
  if (Object.keys(attributes).length) tell("attributes", { values: attributes });
  for (const one of tracked.splice(0)) tell("track", one);
  for (const [kind, more] of wishes.splice(0)) tell(kind, more);
};

/** Forgets what was told of the visitor. */
export const forget = () => {
  attributes = {};
  tracked = [];
  wishes = [];
};

const wish = (kind, more) => {
  wishes.push([kind, more]);
  now.commands_.show();
  flush();
};

/** A wish for something that has an id. */
const wishFor = (name, kind) => (id) => (id ? wish(kind, { id: String(id) }) : say(`${name} needs an id: Beforehand("${name}", "the-id")`));

/** A wish for a text. */
const wishForText = (name, text) =>
  text !== null && typeof text === "object" ? say(`${name} needs a text: Beforehand("${name}", "My lamp hums")`) : wish(name, { text: String(text ?? "") });

const isPlain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value);

/** What can be told of an object: texts, numbers, booleans; a mistake in one of them is told and leaves the others. */
const plain = (what, values) => {
  const entries = Object.entries({ ...values });
  for (const [name, value] of entries) {
    if (!isPlain(value)) say(`${what} "${name}" needs a text, a number, true, false or null`);
    else if (name.length > 60 || String(value).length > 240) say(`${what} "${name}" is cut: names have 60 letters, values 240`);
  }
  return Object.fromEntries(entries.filter(([, value]) => isPlain(value)));
};

export const commands = {
  compose: (text = "") => wishForText("compose", text),
  article: wishFor("article", "open-article"),
  // As it was called before.
  showArticle: wishFor("showArticle", "open-article"),
  conversation: wishFor("conversation", "open-conversation"),
  search: (text = "") => wishForText("search", text),

  identify(jwt) {
    if (typeof jwt !== "string" || jwt.split(".").length !== 3) return say('identify needs a JWT that your server has signed: Beforehand("identify", jwt)');
    settings.identity = jwt;
    update();
  },

  attributes(values) {
    if (!values || typeof values !== "object") return say('attributes needs an object: Beforehand("attributes", { plan: "pro" })');
    Object.assign(attributes, plain("the attribute", values));
    flush();
  },

  track(name, data) {
    if (!name || typeof name !== "string") return say('track needs a name: Beforehand("track", "ordered", { total: 89 })');
    if (tracked.length >= MOST_TRACKED) return say(`track: ${MOST_TRACKED} events wait for the panel, and no more are kept`);
    tracked.push({ name, data: plain("in track,", data) });
    now.tracked_?.(name);
    flush();
  },
};
