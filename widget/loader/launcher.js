// The round button and its unread count.

import { make } from "./dom.js";

// Two figures make the badge wider than the button's edge can carry.
const MOST_SHOWN = 9;

/** The launcher and what it shows. `onToggle` is the visitor's click; `onIntent` says that one may follow soon. */
export const createLauncher = (onToggle, onIntent) => {
  let words;
  let unread = 0;

  const badge = make("span", { className: "badge", ariaHidden: true });
  const button = make(
    "button",
    {
      className: "launcher",
      onclick: onToggle,
      // A finger enters too, when it touches.
      onpointerenter: onIntent,
      onfocus: onIntent,
    },
    make("i"),
    badge,
  );

  const label = () => {
    button.ariaLabel = words[1] + (unread ? `, ${unread} ${words[2]}` : "");
  };

  return {
    button,

    speak(newWords) {
      words = newWords;
      label();
    },

    count(count) {
      unread = count;
      badge.textContent = count > MOST_SHOWN ? MOST_SHOWN + "+" : count || "";
      label();
    },
  };
};
