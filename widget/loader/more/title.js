// The title of the page, with the number of unread replies before it: who reads in another tab sees that there is one.

import { ofPage } from "../dom.js";
import { now } from "./first.js";

// What stands before the title just now. A page that sets its title anew takes it away.
let mark = "";

/** The title as the page has it. */
export const titleOfPage = () => {
  const title = ofPage("title");
  return mark && title.startsWith(mark) ? title.slice(mark.length) : title;
};

/** Sets the mark, or takes it away. */
export const markTitle = () => {
  const title = titleOfPage();
  const count = now.edge_ && !now.open_ && !now.silent_ && now.unread_?.count;
  const next = count ? `(${count}) ` : "";
  if (next || mark) Reflect.set(Document.prototype, "title", next + title, document);
  mark = next;
};
