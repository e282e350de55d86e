// Stands in for Intercom's Messenger: `Intercom("boot", {…})`, `window.intercomSettings`.

import { bridge, flat, given, replay } from "./common.js";

const THEMES = { __proto__: null, light: "light", dark: "dark", system: "auto" };

// What is about the Messenger, and nothing that is told of the visitor.
const IGNORED = ["app_id", "api_base", "widget", "session_duration", "z_index", "page_title"];

export default (now) => {
  const { call, lacks } = bridge(now, "Intercom");

  const take = (settings) => {
    const {
      action_color,
      alignment,
      background_color,
      custom_launcher_selector,
      hide_default_launcher,
      horizontal_padding,
      intercom_user_jwt,
      language_override,
      theme_mode,
      user_hash,
      vertical_padding,
      ...rest
    } = { ...settings };
    const padded = horizontal_padding != null || vertical_padding != null;
    call(
      "update",
      given({
        accent: background_color ?? action_color,
        launcher: custom_launcher_selector ?? (hide_default_launcher == null ? null : hide_default_launcher ? "hidden" : ""),
        locale: language_override,
        offset: padded ? `${horizontal_padding ?? 20} ${vertical_padding ?? 20}` : null,
        position: alignment,
        theme: THEMES[theme_mode],
      }),
    );
    if (intercom_user_jwt) call("identify", intercom_user_jwt);
    if (user_hash) lacks("user_hash", "sign a JWT in its place (docs/identity.md)");
    for (const name of IGNORED) delete rest[name];
    const attributes = flat(rest);
    if (Object.keys(attributes).length) call("attributes", attributes);
  };

  const listen = (event, of) => (heard) => typeof heard === "function" && call("on", event, (said) => heard(of?.(said)));

  const commands = {
    __proto__: null,
    boot(settings) {
      call("boot");
      take(settings);
    },
    shutdown() {
      // There it is a log-out.
      call("reset");
      call("shutdown");
    },
    update: take,
    show: () => call("show"),
    hide: () => call("hide"),
    showMessages: () => call("show"),
    showNewMessage: (text) => (text ? call("compose", text) : call("show")),
    showSpace: (space) => (space === "news" || space === "tasks" ? lacks(space) : call("show")),
    showArticle: (id) => call("article", id),
    showConversation: (id) => call("conversation", id),
    trackEvent: (name, data) => call("track", name, flat(data)),
    onShow: listen("open"),
    onHide: listen("close"),
    onUnreadCountChange: listen("unread", ({ count }) => count),
    reattach_activator() {},
  };

  const queue = window.Intercom?.q;
  const run = replay([], (name, ...more) => (commands[name] ?? (() => lacks(name)))(...more));
  window.Intercom = (...args) => run(args);
  // As there, so that the snippet finds it at work.
  window.Intercom.booted = true;
  if (window.intercomSettings) take(window.intercomSettings);
  for (const args of queue ?? []) run(args);
};
