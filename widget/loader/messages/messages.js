// Messages that the owner has published, shown beside the launcher before a visitor asks: one in a visit, each once, and never over something else.

import { ask as onPage, ofPage } from "../dom.js";
import { cardOf, sheet } from "./card.js";
import { memoryOf } from "./memory.js";
import { fits, nameIn, textFor, waits } from "./rules.js";

/** A visitor who writes is not disturbed. */
const isWriting = () => ofPage("activeElement")?.matches?.("input,textarea,select,[contenteditable]");

export default (now, settings, tell, host) => {
  const memory = memoryOf(settings.workspace);
  // Where nothing is kept, a message would come again on each page.
  if (!memory) return;
  // Another `boot` begins anew.
  now.hush_?.abort();
  const { signal } = (now.hush_ = new AbortController());
  const tracked = new Set();
  const root = host.shadowRoot;
  let given, language, card, timer;
  let path, since;

  /** Nothing stands in its way, and nobody talks already. */
  const isFree = () =>
    !now.open_ && !now.unread_?.count && !memory.isTalking() && !onPage("querySelector", "dialog:modal") && ofPage("visibilityState") === "visible" && !isWriting();

  const take = () => {
    card?.remove();
    card = undefined;
  };

  const answer = ({ id, text }) => {
    take();
    now.commands_.show();
    // After it has heard of the page.
    const greet = () => setTimeout(tell, 0, "answer-message", { id, text });
    if (now.ready_) greet();
    else addEventListener("beforehand:ready", greet, { __proto__: null, once: true });
  };

  const show = (message, text) => {
    memory.shown(message.id);
    card = cardOf(text, given, {
      answer: () => answer({ id: message.id, text }),
      close: take,
      never() {
        memory.off();
        take();
      },
    });
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    root.firstChild.append(card);
  };

  /** Looks whether one is due. */
  const look = () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    if (location.pathname !== path) {
      path = location.pathname;
      since = performance.now();
      take();
    }
    // A visitor who has opened the panel in this visit knows the way.
    if (now.open_) memory.over();
    if (card && (now.open_ || now.unread_?.count || !now.edge_)) take();
    if (!now.edge_) return;
    if (language !== now.language_) return ask();
    if (card || !given || memory.isOver()) return;
    const state = { path, tracked, seconds: (performance.now() - since) / 1e3, isNew: memory.isNew(), name: nameIn(settings.identity ?? now.waiting_.findLast(([call]) => call === "identify")?.[1]) };
    const fitting = given.messages.filter(({ id, when, text }) => !memory.wasShown(id) && fits(when, state) && textFor(text, state));
    const due = fitting.find(({ when }) => waits(when, state) <= 0);
    if (!due) {
      const soonest = Math.min(...fitting.map(({ when }) => waits(when, state)));
      if (soonest < Infinity) timer = setTimeout(look, soonest * 1e3);
    } else if (isFree()) show(due, textFor(due.text, state));
  };

  const ask = async () => {
    const wanted = (language = now.language_);
    take();
    given = undefined;
    try {
      // As a script: a policy that lets in the widget's own lets in this one.
      const came = await import(`${now.edge_}/w/${settings.workspace}/messages/${encodeURIComponent(wanted)}.js`);
      // Meanwhile the page may have come to speak another language.
      if (wanted === language) given = came.default;
    } catch {
      // It is no reason for a word: the site works as without them.
    }
    if (!given?.messages.length) return;
    // The first visit is kept only where a message depends on it.
    if (given.messages.some(({ when }) => when.visitors)) memory.begin();
    look();
  };

  const hear = (name) => {
    tracked.add(name);
    look();
  };
  now.tracked_ = hear;
  // Without the second part, calls wait: what they tell is heard here as well.
  for (const [call, name] of now.waiting_) if (call === "track") tracked.add(name);
  now.commands_.track ??= (...told) => {
    now.waiting_.push(["track", ...told]);
    hear(told[0]);
  };

  const soon = () => setTimeout(look);
  const options = { __proto__: null, capture: true, signal };
  for (const name of ["click", "focusout", "popstate", "visibilitychange", "beforehand:open", "beforehand:close", "beforehand:unread", "beforehand:shutdown"])
    addEventListener(name, soon, options);
  const inLanguage = () => {
    now.commands_.update();
    soon();
  };
  const observer = new MutationObserver(inLanguage);
  observer.observe(ofPage("documentElement"), { __proto__: null, attributes: true, attributeFilter: ["lang"] });
  window.navigation?.addEventListener("currententrychange", soon, options);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
    take();
  });
  look();
};
