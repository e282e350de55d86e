// One field of a form, and what stands beneath it.

import { ask, make } from "../dom.js";
import { say } from "../more/sentences.js";
import { rowOf } from "./row.js";
import { sheet } from "./style.js";

/** A screen reader is told what is found when writing has paused for so long, not on every key. */
const PAUSE = 1e3;

/** Where it stands: in the element that the page names, or behind the field, and behind a label that is around it. */
const place = (element, host) => {
  const wanted = element.dataset.beforehand;
  let named;
  try {
    named = wanted && ask("querySelector", wanted);
  } catch {}
  if (wanted && !named) say(`data-beforehand="${wanted}" names no element: write a selector, or nothing for a place beneath the field`);
  if (named) named.append(host);
  else beneath(element).after(host);
};

/**
 * The element behind which there is room beneath the field: the field, the label around it, or what is around that where it stands in a row or
 * apart from what follows it.
 */
const beneath = (element) => {
  let at = element.closest("label") ?? element;
  for (;;) {
    const around = at.parentElement;
    if (!around || around.matches("body,main,dialog")) return at;
    const { display, flexDirection, flexWrap } = getComputedStyle(around);
    const { position, float } = getComputedStyle(at);
    const isInRow = display.includes("flex") && flexDirection.startsWith("row") && flexWrap === "nowrap";
    if (!isInRow && float === "none" && !/absolute|fixed/.test(position)) return at;
    at = around;
  }
};

/** What stands beneath a field; nothing at first. */
export const fieldOf = (element, tell, edge) => {
  const heading = make("p", { id: "heading" });
  const list = make("ul");
  // Heard, and not seen.
  const status = make("output");
  const area = make("section", { hidden: true }, heading, list);
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(area, status);
  area.role = "group";
  area.setAttribute("aria-labelledby", "heading");

  let rows = new Map();
  let words = {};
  let tallest = 0;
  let pause;

  const key = ({ id, answer }) => (answer ? "!" : "") + id;

  const announce = () => {
    const names = [...rows.values()].map((row) => row.name());
    status.textContent = names.length ? [words.suggestions, ...names].join(". ") : "";
  };

  /** It looks as the field does: its letters, its paper, its corners. */
  const dress = () => {
    const { font, color, backgroundColor, borderRadius } = getComputedStyle(element);
    Object.assign(area.style, { font, color, backgroundColor, borderRadius });
  };

  const clear = () => {
    clearTimeout(pause);
    rows = new Map();
    tallest = 0;
    area.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    host.remove();
  };

  return {
    element,
    clear,

    /** Takes what was found. */
    show({ rows: found, lang }) {
      // Nobody loses what they are reading, and nothing is moved under a finger.
      if (root.activeElement) return;
      const kept = [...rows].filter(([, row]) => row.isOpen());
      if (!element.value.trim() && !kept.length) return clear();
      const next = new Map(kept);
      for (const one of found) {
        const row = next.get(key(one)) ?? rows.get(key(one)) ?? rowOf(one, { tell, edge, back: () => element.focus() });
        row.found(one, lang);
        row.speak(words);
        next.set(key(one), row);
      }
      rows = next;
      list.replaceChildren(...[...rows.values()].map((row) => row.item));
      if (rows.size && !host.isConnected) place(element, host);
      area.hidden = false;
      // The room stays, so that what stands below does not jump with each key; an empty box would look like another field.
      area.style.visibility = rows.size ? "" : "hidden";
      dress();
      tallest = Math.max(tallest, list.offsetHeight);
      list.style.minHeight = tallest + "px";
      clearTimeout(pause);
      pause = setTimeout(announce, PAUSE);
    },

    /** Takes the words. */
    speak({ words: given, lang }) {
      words = given;
      area.lang = status.lang = lang;
      area.dir = status.dir = "auto";
      heading.textContent = words.suggestions;
      for (const row of rows.values()) row.speak(words);
    },

    /** Takes the text of one of them. */
    read(said) {
      for (const row of rows.values()) row.read(said);
    },
  };
};
