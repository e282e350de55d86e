// A page that a server has made with React, and that React takes over as a whole, as Next and Remix do. It is bundled with each React.

import { createElement, startTransition, useState } from "react";
import { hydrateRoot } from "react-dom/client";

// How React spells attributes that it spells otherwise than HTML.
const SPELT = { async: true, defer: true };

/** A script of the head, as the server has written it. */
const script = ({ attributes }, key) => {
  const given = [...attributes].map(({ name, value }) => [name, SPELT[name] ?? value]);
  return createElement("script", { key, ...Object.fromEntries(given) });
};

const scripts = [...document.querySelectorAll("head script")].map(script);

const Page = () => {
  const [count, setCount] = useState(0);
  const more = createElement("button", { onClick: () => setCount(count + 1) }, `Lamps: ${count}`);
  const head = createElement("head", null, createElement("title", null, "Shop"), ...scripts);
  return createElement("html", { lang: "en" }, head, createElement("body", null, createElement("main", null, more)));
};

window.mistakes = [];
window.made = document.documentElement;

const takeOver = () =>
  startTransition(() => {
    hydrateRoot(document, createElement(Page), { onRecoverableError: ({ message }) => mistakes.push(message) });
  });

// `?late=1500` is for a framework that loads its own parts after the page.
const late = new URLSearchParams(location.search).get("late");
if (late) addEventListener("load", () => setTimeout(takeOver, late));
else takeOver();
