// Stands in for Zendesk's messaging (`zE("messenger", "open")`) and its older Web Widget (`zE("webWidget", "open")`).

import { bridge, flat, given, replay } from "./common.js";

export default (now) => {
  const { call, lacks, open } = bridge(now, "zE");
  const hidden = (is) => call("update", { launcher: is ? "hidden" : "" });
  let unread = 0;
  call("on", "unread", ({ count }) => (unread = count));

  const takeSettings = ({ color, locale, offset, position } = {}) => {
    const { horizontal, vertical } = offset ?? {};
    const pixels = (length) => parseInt(length, 10) || 20;
    call(
      "update",
      given({ accent: color?.theme, locale, offset: offset && `${pixels(horizontal)} ${pixels(vertical)}`, position: position?.horizontal }),
    );
  };

  const shared = {
    open: () => call("show"),
    close: () => call("hide"),
    toggle: () => call("toggle"),
    show: () => hidden(false),
    hide: () => hidden(true),
  };

  // Each with the first part of a call, as far as its colon.
  const parts = {
    __proto__: null,
    messenger: {
      __proto__: null,
      ...shared,
      loginUser(ask, done) {
        ask((jwt) => {
          call("identify", jwt);
          done?.(null);
        });
      },
      logoutUser: () => call("reset"),
      resetWidget: () => call("reset"),
    },
    "messenger:set": {
      __proto__: null,
      locale: (locale) => call("update", { locale }),
      conversationFields: (fields) => call("attributes", Object.fromEntries(fields.map(({ id, value }) => ["field_" + id, value]))),
      conversationTags: (tags) => call("attributes", { tags: tags.join(", ") }),
      cookies() {},
      zIndex() {},
    },
    "messenger:on": {
      __proto__: null,
      open: (heard) => call("on", "open", () => heard()),
      close: (heard) => call("on", "close", () => heard()),
      unreadMessages: (heard) => call("on", "unread", ({ count }) => heard(count)),
    },
    webWidget: {
      __proto__: null,
      ...shared,
      identify: (user) => call("attributes", flat(user)),
      prefill: (fields) => call("attributes", Object.fromEntries(Object.entries({ ...fields }).map(([name, field]) => [name, field?.value]))),
      setLocale: (locale) => call("update", { locale }),
      updateSettings: (settings) => takeSettings(settings?.webWidget),
      "helpCenter:setSuggestions": ({ search } = {}) => search && lacks("helpCenter:setSuggestions", "articles of the page come by themselves"),
      "chat:send": (text) => call("compose", text),
      clear() {},
      updatePath() {},
      reset: () => call("reset"),
      logout: () => call("reset"),
    },
    "webWidget:get": {
      __proto__: null,
      display: () => (open() ? "chat" : "launcher"),
      "chat:unreadMessages": () => unread,
      "chat:isChatting": () => false,
    },
  };
  parts["webWidget:on"] = { ...parts["messenger:on"], "chat:unreadMessages": parts["messenger:on"].unreadMessages };

  const queue = [...(window.zE?.q ?? []), ...(window.zE?._ ?? []), ...(window.zEQueue ?? [])];
  const run = replay([], (part, name, ...more) =>
    typeof part === "function" ? part() : (parts[part]?.[name] ?? (() => lacks(`${part} ${name}`)))(...more),
  );
  window.zE = Object.assign((...args) => run(args), {
    activate: shared.open,
    hide: shared.hide,
    show: shared.show,
    identify: parts.webWidget.identify,
    logout: parts.webWidget.logout,
    setLocale: parts.webWidget.setLocale,
  });
  window.zEmbed ??= window.zE;
  takeSettings(window.zESettings?.webWidget);
  for (const args of queue) run(args);
};
