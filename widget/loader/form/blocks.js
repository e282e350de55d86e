// The blocks of an article as elements, as the panel has them: each name stands for one element, and no HTML is read.

import { make } from "../dom.js";
import { linkTo } from "./link.js";

/** Blocks and spans that are an element with what is in them. */
const ELEMENTS = {
  __proto__: null,
  paragraph: "p",
  quote: "blockquote",
  terms: "dl",
  named: "dt",
  means: "dd",
  strong: "strong",
  emphasis: "em",
  struck: "s",
  key: "kbd",
  raised: "sup",
  lowered: "sub",
};

/** Something that may be wider than its room: the keyboard reaches it, to scroll it. */
const wide = (tag, ...inside) => make(tag, { className: "wide", tabIndex: 0 }, ...inside);

const cellOf = ({ head, more_columns: columns = 0, more_rows: rows = 0, blocks }, all) =>
  make(head ? "th" : "td", { colSpan: columns + 1, rowSpan: rows + 1 }, ...all(blocks));

const MADE = {
  __proto__: null,
  text: (text) => text,
  code: (code, all) => (code.text == null ? make("code", 0, ...all(code)) : wide("pre", code.text)),
  heading: ({ level, text }, all) => make("p", { className: level > 2 ? "" : "title" }, make("strong", 0, ...all(text))),
  anchor: () => "",
  list: ({ ordered, start = 1, items }, all) =>
    make(ordered ? "ol" : "ul", ordered ? { start } : 0, ...items.map((item) => make("li", 0, ...all(item)))),
  callout: ({ kind, title = [], blocks }, all, { words }) =>
    make("aside", { role: "note" }, make("small", { textContent: words["callout_" + kind] }), make("strong", 0, ...all(title)), ...all(blocks)),
  details: ({ summary, blocks }, all) => make("details", 0, make("summary", 0, ...all(summary)), ...all(blocks)),
  table: (rows, all) => wide("div", make("table", 0, ...rows.map((row) => make("tr", 0, ...row.map((cell) => cellOf(cell, all)))))),
  figure: ({ blocks, caption }, all) => make("figure", 0, ...all(blocks), make("figcaption", 0, ...all(caption))),
  rule: () => make("hr"),
  break: () => make("br"),
  task: (checked) => make("input", { type: "checkbox", disabled: true, checked }),
  link: ({ url, text }, all) => linkTo(url, ...all(text)) ?? make("span", 0, ...all(text)),
  article: ({ id, text }, all, { open }) => make("button", { type: "button", className: "link", onclick: () => open(id) }, ...all(text)),
  // Another place in the same text is a few lines away.
  jump: ({ text }, all) => make("span", 0, ...all(text)),
  picture: ({ src, alt = "", size: [width, height] = [] }, all, { edge }) =>
    make("img", { loading: "lazy", alt, ...(width && { width, height }), src: src.startsWith("/") ? edge + src : src }),
};

/** The nodes of blocks or spans. Those of a newer edge are left out. */
export const nodesOf = (what, context) => {
  if (typeof what === "string") return [what];
  const all = (inner) => nodesOf(inner, context);
  return (what ?? []).flatMap((one) => {
    const [name, value] = typeof one === "string" ? [one] : (Object.entries(one)[0] ?? []);
    const made = MADE[name]?.(value, all, context);
    if (made !== undefined) return [made];
    return ELEMENTS[name] ? [make(ELEMENTS[name], { dir: /^[pn]/.test(name) ? "auto" : "" }, ...all(value))] : [];
  });
};
