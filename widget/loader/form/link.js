// Links, to where nothing but a page, a mail or a call opens.

import { make } from "../dom.js";

const SAFE = /^\s*(https?:\/\/|mailto:|tel:)/i;

/** A link with this text, in a tab of its own: what was written in the form stays. Nothing where the address is no safe one. */
export const linkTo = (url, ...inside) =>
  SAFE.test(url) ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...inside) : undefined;
