// Stands in for Chatwoot: `window.$chatwoot`, `window.chatwootSettings`, `chatwoot:…` events.

import { bridge, flat, given } from "./common.js";

export default (now) => {
  const { call, lacks, open } = bridge(now, "Chatwoot");
  const emit = (name, detail) => dispatchEvent(new CustomEvent("chatwoot:" + name, { detail }));
  const hidden = (is) => call("update", { launcher: is ? "hidden" : "" });

  const nothing = (name) => [name, () => lacks(name)];
  const missing = [
    "popoutChatWindow",
    "setLabel",
    "removeLabel",
    "deleteCustomAttribute",
    "deleteConversationCustomAttribute",
  ];

  const { darkMode, hideMessageBubble, locale, position } = window.chatwootSettings ?? {};
  call("update", given({ locale, position, theme: darkMode }));
  if (hideMessageBubble) hidden(true);

  window.$chatwoot = {
    ...Object.fromEntries(missing.map(nothing)),
    hasLoaded: true,
    get isOpen() {
      return open();
    },
    toggle: (state) => call(state === "open" ? "show" : state === "close" ? "hide" : "toggle"),
    toggleBubbleVisibility: (state) => hidden(state === "hide"),
    setUser(id, { identifier_hash, ...rest } = {}) {
      if (identifier_hash) lacks("identifier_hash", "sign a JWT in its place (docs/identity.md)");
      call("attributes", flat({ user_id: id, ...rest }));
    },
    setCustomAttributes: (values) => call("attributes", flat(values)),
    setConversationCustomAttributes: (values) => call("attributes", flat(values)),
    setLocale: (locale) => call("update", { locale }),
    setColorScheme: (theme) => call("update", { theme }),
    reset: () => call("reset"),
  };
  window.chatwootSDK = { run() {} };

  const heard = {
    open: () => emit("opened"),
    close: () => emit("closed"),
    message: ({ detail }) => emit("on-message", detail),
    error: ({ detail }) => emit("error", detail),
  };
  for (const [name, listener] of Object.entries(heard)) call("on", name, listener);
  emit("ready");
};
