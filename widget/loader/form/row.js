// An article or an answer beneath a field: its title, which opens its text.

import { make } from "../dom.js";
import { nodesOf } from "./blocks.js";
import { linkTo } from "./link.js";

/** Pieces of a text: plain and marked ones take turns. */
const marked = (into, pieces) => into.replaceChildren(...pieces.map((piece, at) => (at % 2 ? make("mark", { textContent: piece }) : piece)));

/** The row for something that was found. */
export const rowOf = ({ id, answer }, { tell, edge, back }) => {
  const kind = make("small");
  const title = make("b", { dir: "auto" });
  const snippet = make("span", { dir: "auto" });
  const button = make("button", { type: "button", ariaExpanded: "false" }, kind, title, snippet);
  const body = make("div", { hidden: true });
  const item = make("li", 0, button, body);

  // What is read: it may lead to another article.
  let about = { id, answer };
  let words = {};
  let said;
  let helped;

  const wish = () => tell("form-open", about);

  const choice = (name, chosen) => make("button", { type: "button", className: "choice", textContent: words[name], onclick: chosen });

  const says = (isHelped) => () => {
    tell("form-helped", { ...about, helped: isHelped });
    helped = isHelped;
    draw();
    if (isHelped) return body.lastChild.focus();
    toggle();
    back();
  };

  const end = () =>
    helped
      ? make("p", { textContent: words.helped_thanks, tabIndex: -1, className: "own" })
      : make("div", { className: "own", role: "group", ariaLabel: words.helped }, make("p", { textContent: words.helped }), choice("helped_yes", says(true)), choice("helped_no", says(false)));

  const draw = () => {
    if (!said) return body.replaceChildren(make("p", { textContent: words.article_loading }));
    const { blocks, url, why, lang, title: own } = said;
    if (why === "article_failed") return body.replaceChildren(make("p", { role: "alert", textContent: words[why] }), choice("retry", retry));
    if (why) return body.replaceChildren(make("p", { role: "alert", textContent: words[why] }));
    const name = about.id === id ? [] : [make("p", { className: "title", textContent: own })];
    // Long ones are scrolled in their place: the form stays where it is.
    const text = make("div", { lang, dir: "auto", className: "text", tabIndex: 0, role: "group", ariaLabel: about.id === id ? title.textContent || words.answer : own }, ...name, ...nodesOf(blocks, { words, edge, open }));
    const whole = linkTo(url, words.article_open);
    body.replaceChildren(...(helped ? [] : [text, ...(whole ? [make("p", { className: "own" }, whole)] : [])]), end());
  };

  const open = (other) => {
    about = { id: other, answer: false };
    retry();
  };

  const retry = () => {
    said = undefined;
    draw();
    wish();
    button.focus();
  };

  const toggle = () => {
    body.hidden = !body.hidden;
    button.ariaExpanded = String(!body.hidden);
    if (!body.hidden && !said) {
      draw();
      wish();
    }
  };
  button.onclick = toggle;

  return {
    item,
    isOpen: () => !body.hidden,
    name: () => (answer ? snippet : title).textContent,

    /** Shows why it was found. */
    found({ title: inTitle, snippet: inText }, lang) {
      title.lang = snippet.lang = lang;
      marked(title, answer ? [] : inTitle);
      marked(snippet, inText);
    },

    speak(given) {
      if (given === words) return;
      words = given;
      kind.textContent = answer ? words.answer : "";
      if (!body.hidden) draw();
    },

    /** Takes its text. */
    read(given) {
      if (given.id !== about.id || given.answer !== about.answer) return;
      said = given;
      if (!body.hidden) draw();
    },
  };
};
