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

  let words = {};
  let said;
  let helped;

  const wish = () => tell("form-open", { id, answer });

  const choice = (name, chosen) => make("button", { type: "button", className: "choice", textContent: words[name], onclick: chosen });

  const says = (isHelped) => () => {
    tell("form-helped", { id, answer, helped: isHelped });
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
    const { blocks, url, why, lang } = said;
    if (why === "article_failed") return body.replaceChildren(make("p", { role: "alert", textContent: words[why] }), choice("retry", retry));
    if (why) return body.replaceChildren(make("p", { role: "alert", textContent: words[why] }));
    const text = make("div", { lang, dir: "auto" }, ...nodesOf(blocks, { words, edge }));
    const whole = linkTo(url, words.article_open);
    body.replaceChildren(text, ...(whole ? [make("p", { className: "own" }, whole)] : []), end());
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
      said = given;
      if (!body.hidden) draw();
    },
  };
};
