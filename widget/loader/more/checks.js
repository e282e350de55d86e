// What is wrong with the settings of a page, said in its console.

import { ask } from "../dom.js";
import { noSuch, say } from "./sentences.js";

const SETTINGS = [
  "workspace",
  "edge",
  "locale",
  "accent",
  "position",
  "identity",
  "launcher",
  "offset",
  "theme",
  "radius",
  "font",
  "icon",
  "shim",
  "messages",
];

const isSelector = (text) => {
  try {
    return ask("querySelector", text) !== undefined;
  } catch {}
};

/** What each can be, and how that is written. */
const FORMS = {
  __proto__: null,
  accent: [(value) => CSS.supports("color", value), "a colour of CSS, such as #0a7d4b"],
  position: [(value) => /^(left|right)$/.test(value), "left or right"],
  launcher: [isSelector, '"hidden" or a selector, such as "#help"'],
  offset: [(value) => /^\d{1,3}\D+\d{1,3}\b\D*$/.test(value), 'pixels sideways and up, such as "20 84"'],
  theme: [(value) => /^(light|dark|auto|page)$/.test(value), "light, dark, auto or page"],
  radius: [(value) => CSS.supports("border-radius", /^\d+$/.test(value) ? value + "px" : value), "pixels, such as 8"],
};

/** Says what is no setting, or has a value that means nothing, and gives the rest. Nothing is a value that takes a setting back. */
export const check = (changes) => {
  const rest = { ...changes };
  for (const [name, value] of Object.entries(rest)) {
    const [fits, form] = FORMS[name] ?? [];
    if (!SETTINGS.includes(name)) noSuch("setting", name, SETTINGS);
    else if (fits && value != null && value !== "" && !fits(value)) {
      say(`${name} "${value}" means nothing: write ${form}`);
      delete rest[name];
    }
  }
  return rest;
};

/** As `check`, for all that was set before, but for what other programs have written on the tag. */
export const checkAll = (settings) => {
  const scripts = [...ask("querySelectorAll", "script")];
  const isOnTag = (name) => scripts.some(({ dataset, src }) => name in dataset || src.includes(name + "="));
  const set = Object.fromEntries(Object.entries({ ...settings }).filter(([name]) => SETTINGS.includes(name) || !isOnTag(name)));
  const rest = check(set);
  for (const name of Object.keys(set)) if (!(name in rest)) delete settings[name];
};
