// The round button, its unread count, and the preview of a reply that came while the panel was closed.

import { make } from "./dom.js";

// Two figures make the badge wider than the button's edge can carry.
const MOST_SHOWN = 9;

/**
 * The launcher's parts and what they show. `onToggle` and `onOpen` are the visitor's clicks; `onIntent` says that one may
 * follow soon.
 */
export const createLauncher = (onToggle, onOpen, onIntent) => {
  let words;
  let unread = 0;

  const badge = make("span", { className: "badge", ariaHidden: true });
  const button = make(
    "button",
    {
      className: "launcher",
     
      ariaHasPopup: "dialog",
      onclick: onToggle,
      // A finger enters too, when it touches.
      onpointerenter: onIntent,
      onfocus: onIntent,
    },
    make("i"),
    badge,
  );

  const said = make("div", { role: "status" });
  const dismiss = () => said.replaceChildren();

  const label = () => {
    button.ariaLabel = words[1] + (unread ? `, ${unread} ${words[2]}` : "");
  };

  return {
    parts: [button, said],
    focus: () => button.focus(),
    dismiss,

    speak(newWords) {
      words = newWords;
      label();
    },

    expand(open) {
      button.ariaExpanded = open;
    },

    count(count) {
      unread = count;
      badge.textContent = count > MOST_SHOWN ? MOST_SHOWN + "+" : count || "";
      label();
    },

    preview(from, text) {
      said.replaceChildren(
        make(
          "div",
          { className: "preview" },
          make("button", { className: "open", onclick: onOpen }, make("b", null, from), make("span", null, text)),
          make("button", { className: "dismiss", ariaLabel: words[3], onclick: dismiss }, "×"),
        ),
      );
    },
  };
};
