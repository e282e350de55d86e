// A page with the wrapper for React, which mounts twice in strict mode.

import { Beforehand } from "beforehand-widget/react";
import { createElement, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

const FIRST = { workspace: "demo", edge: window.edge, accent: "rgb(1, 2, 3)" };

const Shop = () => {
  const [options, setOptions] = useState(FIRST);
  window.set = (changes) => setOptions(changes && { ...FIRST, ...changes });
  return createElement("p", null, "Lamps", options && createElement(Beforehand, options));
};

createRoot(document.querySelector("main")).render(createElement(StrictMode, null, createElement(Shop)));
