// Stands in for Crisp: `$crisp.push(["do", "chat:open"])`.

import { bridge, flat, given, replay } from "./common.js";

export default (now) => {
  const { call, lacks, open } = bridge(now, "$crisp");
  const hidden = (is) => call("update", { launcher: is ? "hidden" : "" });
  const listeners = { __proto__: null };
  let hiddenNow = false;
  let unread = 0;
  let prefill;
  call("on", "unread", ({ count }) => (unread = count));

  const show = () => {
    if (prefill) call("compose", prefill);
    else call("show");
    prefill = undefined;
  };
  const attribute = (name) => ([value]) => call("attributes", given({ [name]: value }));
  /** Pairs of a name and a value, as Crisp has them: `["k", "v"]` or `[[["k", "v"], …]]`. */
  const pairs = ([first, value]) => (Array.isArray(first) ? first : [[first, value]]);

  const actions = {
    __proto__: null,
    "do chat:open": show,
    "do chat:close": () => call("hide"),
    "do chat:toggle": () => (open() ? call("hide") : show()),
    "do chat:show": () => hidden((hiddenNow = false)),
    "do chat:hide": () => hidden((hiddenNow = true)),
    "do helpdesk:search": ([text]) => call("search", text),
    "do helpdesk:query": ([text]) => call("search", text),
    "do helpdesk:article:open": ([, slug]) => call("article", slug),
    "do message:send": ([, text]) => call("compose", text),
    "do message:read"() {},
    "do session:reset": () => call("reset"),
    "set message:text": ([text]) => (prefill = text),
    "set user:email": attribute("email"),
    "set user:phone": attribute("phone"),
    "set user:nickname": attribute("name"),
    "set user:avatar": attribute("avatar"),
    "set user:company": ([name, more]) => call("attributes", flat({ company: name, ...flat(more, "company_") })),
    "set session:segments": ([segments]) => call("attributes", { segments: segments.join(", ") }),
    "set session:data": (values) => call("attributes", flat(Object.fromEntries(pairs(values)))),
    "set session:event": ([events]) =>
      [].concat(events).forEach((event) => {
        const [name, data] = [].concat(event);
        call("track", name, flat(data));
      }),
    "config color:theme": ([colour]) => CSS.supports("color", colour) && call("update", { accent: colour }),
    "config color:mode": ([theme]) => call("update", { theme }),
    "config position:reverse": ([is]) => call("update", { position: is ? "left" : "right" }),
  };
  const events = {
    __proto__: null,
    "chat:opened": ["open"],
    "chat:closed": ["close"],
    "message:received": ["message", ({ detail }) => detail],
  };

  const run = ([kind, name, values = []]) => {
    if (kind === "on" && events[name]) {
      const [event, of] = events[name];
      const [heard] = [].concat(values);
      (listeners[name] ??= []).push(call("on", event, (said) => heard(of?.(said))));
    } else if (kind === "on" && name === "session:loaded") [].concat(values)[0]();
    else if (kind === "off") for (const off of listeners[name]?.splice(0) ?? []) off();
    else if (kind === "safe") return;
    else (actions[`${kind} ${name}`] ?? (() => lacks(`${kind} ${name}`)))([].concat(values));
  };

  const queue = Array.isArray(window.$crisp) ? window.$crisp : [];
  const safe = replay([], run);
  window.$crisp = {
    push: (...calls) => calls.forEach((one) => safe([one])),
    get: (name) => (name === "chat:unread:count" ? unread : lacks(`get ${name}`)),
    is(name) {
      const known = { __proto__: null, "chat:opened": open(), "chat:closed": !open(), "chat:visible": !hiddenNow };
      return known[name] ?? false;
    },
  };
  const { locale } = window.CRISP_RUNTIME_CONFIG ?? {};
  if (locale) call("update", { locale });
  for (const one of queue) safe([one]);
  window.CRISP_READY_TRIGGER?.();
};
